//! Prints a script with which a shell completes the command line.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say;
use crate::usage;
use crate::verbs::Act;
use clap_complete::Shell;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut usage::command(session.out.lang), "mesinfos", &mut script);
        say::text(&String::from_utf8_lossy(&script));
        Ok(ExitCode::SUCCESS)
    }
}
