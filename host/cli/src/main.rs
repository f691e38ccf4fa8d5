//! The `mesinfos` command: one verb for each use case of the platform.
//!
//! Results go to stdout, progress and remarks to stderr. Exit code 0: done; 1: not done, and the
//! last line on stderr says why and what to do; 2: the command line was not understood.

mod acts;
mod args;
mod build;
mod commands;
mod demo;
mod serve;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let json = args.json;
    match commands::run(args) {
        Ok(code) => code,
        Err(error) => {
            let code = error
                .downcast_ref::<mesinfos_platform::PlatformError>()
                .map_or("error", mesinfos_platform::PlatformError::code);
            if json {
                let body = serde_json::json!({ "error": { "code": code, "message": format!("{error:#}") } });
                println!("{body}");
            }
            eprintln!("error[{code}]: {error:#}");
            ExitCode::FAILURE
        }
    }
}
