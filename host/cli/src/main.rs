//! The `mesinfos` command: one verb for each use case of the platform.
//!
//! Results go to stdout, progress and remarks to stderr. Exit code 0: done; 1: not done, and the
//! last lines on stderr say why and what to do; 2: the command line was not understood.

mod acts;
mod args;
mod backup;
mod build;
mod commands;
mod demo;
mod doctor;
mod doors;
mod gallery;
mod hints;
mod log;
mod personas;
mod private;
mod process;
mod samples;
mod serve;
mod terminal;
mod wall;

use clap::Parser;
use std::process::ExitCode;
use terminal::say;

/// What clap ends with when it did not understand.
const NOT_UNDERSTOOD: u8 = 2;

fn main() -> ExitCode {
    process::panic_without_data();
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return unparsed(&error),
    };
    // The fork server has nothing of anybody, and walls of its own.
    if !matches!(args.verb, args::Verb::Runner) {
        process::keep_to_itself();
    }
    if args.verb.has_personal_files() {
        process::make_private_files();
    }
    let json = args.json;
    match commands::run(args) {
        Ok(code) => code,
        Err(error) => {
            let problem = hints::problem(&error);
            if json {
                // Text becomes JSON without fail.
                let _ = say::json(&problem);
            } else {
                terminal::log(problem.log.as_deref().unwrap_or_default());
            }
            say::indented(&format!("error[{}]: {}", problem.code, problem.detail));
            if let Some(hint) = &problem.hint {
                say::indented(&format!("hint: {hint}"));
            }
            ExitCode::FAILURE
        }
    }
}

/// Help and version are asked for; anything else quotes what was typed, file names of a pattern among it.
fn unparsed(error: &clap::Error) -> ExitCode {
    let words = error.render().to_string();
    if error.use_stderr() {
        words.lines().for_each(say::warning);
        return ExitCode::from(NOT_UNDERSTOOD);
    }
    say::text(&words);
    ExitCode::SUCCESS
}
