//! The `mesinfos` command: one verb for each use case of the platform.
//!
//! Results go to stdout, progress and remarks to stderr. Exit code 0: done; 1: not done, and the
//! last line on stderr says why and what to do; 2: the command line was not understood.

mod acts;
mod args;
mod build;
mod commands;
mod demo;
mod gallery;
mod personas;
mod private;
mod serve;
mod terminal;

use clap::Parser;
use mesinfos_platform::PlatformError;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let json = args.json;
    match commands::run(args) {
        Ok(code) => code,
        Err(error) => {
            let known = error.downcast_ref::<PlatformError>();
            let code = known.map_or("error", PlatformError::code);
            let log = known.map_or("", PlatformError::log);
            if json {
                let body = serde_json::json!({
                    "error": { "code": code, "message": format!("{error:#}"), "log": log }
                });
                println!("{body}");
            } else {
                terminal::log(log);
            }
            eprintln!("error[{code}]: {error:#}");
            ExitCode::FAILURE
        }
    }
}
