//! The `mesinfos` command: one verb for each use case of the platform.
//!
//! Results go to stdout, progress and remarks to stderr. Exit codes: 0: success; 1: failure, with the
//! reason and the next step in the last lines on stderr; 2: invalid command line.

mod args;
mod author;
mod call;
mod config;
mod failure;
mod hints;
mod language;
mod lives;
mod log;
mod private;
mod process;
mod rejects;
mod remote;
mod samples;
mod session;
mod shared;
mod shared_store;
mod terminal;
mod typed;
mod usage;
mod verbs;
mod wall;

use failure::Failure;
use language::lang;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;
use terminal::say;

/// Exit code for an invalid command line, as clap uses it.
const NOT_UNDERSTOOD: u8 = 2;

fn main() -> ExitCode {
    let code = command();
    // Lost output is a failure.
    if say::has_failed() { ExitCode::FAILURE } else { code }
}

/// Runs the command line and reports a failure.
fn command() -> ExitCode {
    process::panic_without_data();
    language::settle(std::env::args_os().skip(1));
    let args = match usage::parse(lang()) {
        Ok(args) => args,
        Err(error) => return unparsed(&error),
    };
    prepare(&args);
    let json = args.json;
    match call::run(args) {
        Ok(code) => code,
        Err(failure) => {
            if json && !failure.is_in_output() {
                // Serializing strings cannot fail.
                let _ = say::json(&hints::problem(&failure));
            }
            failure.each().iter().for_each(|failure| told(failure, json));
            ExitCode::FAILURE
        }
    }
}

/// Protects this process and the files it creates. Called before any file is opened.
fn prepare(args: &args::Args) {
    // These hold no personal data yet and set up their own isolation.
    if !matches!(args.verb, verbs::Verb::Runner | verbs::Verb::Recogniser { .. }) {
        process::keep_to_itself();
    }
    if args.verb.has_personal_files() {
        process::make_private_files();
    }
}

/// Prints a failure and its next step to stderr.
fn told(failure: &Failure, json: bool) {
    let known = failure.platform();
    if let (Some(error), false) = (known, json) {
        terminal::log(error.log());
    }
    let code = known.map_or("error", |error| error.code());
    say::indented(&Cli::ErrorLine { code, words: &failure.words(lang()) }.to(lang()));
    if let Some(hint) = hints::of(failure, lang()) {
        say::indented(&Cli::HintLine { words: &hint }.to(lang()));
    }
}

/// Prints help and version to stdout, usage errors to stderr. A usage error quotes the command line, which
/// may include file names expanded from a pattern, so it is printed through `say`.
fn unparsed(error: &clap::Error) -> ExitCode {
    let words = error.render().to_string();
    if error.use_stderr() {
        if usage::wants_json(std::env::args_os()) {
            // Serializing strings cannot fail.
            let _ = say::json(&usage::problem(error));
        }
        match usage::explained(error, lang()) {
            Some(explained) => {
                say::warning(&Cli::ErrorLine { code: "usage", words: &explained.words }.to(lang()));
                explained.next.iter().for_each(|line| say::warning(line));
            }
            None => usage::spaced(&words, lang()).lines().for_each(say::warning),
        }
        return ExitCode::from(NOT_UNDERSTOOD);
    }
    say::text(&usage::spaced(&words, lang()));
    if error.kind() == clap::error::ErrorKind::DisplayHelp
        && let Some(args) = usage::of_run(std::env::args_os())
    {
        prepare(&args);
        call::help_of_run(&args);
    }
    ExitCode::SUCCESS
}
