//! Lists the grants of a person.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_wire::{Grant, each};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    person: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let grants = session.open()?.grants_of(&out.caller(&self.person)?)?;
        out.print(&each::<_, Grant>(&grants), |_| {
            out.list(&grants, Cli::NoGrantsYet, |grant| {
                out.grant_line(grant);
                out.given(grant);
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
