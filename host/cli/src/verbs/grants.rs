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
    #[arg(long)]
    all: bool,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let grants = session.open()?.grants_of(&out.caller(&self.person)?)?;
        out.print(&each::<_, Grant>(&grants), |_| {
            let none = if grants.is_empty() { Cli::NoGrantsYet } else { Cli::NoGrantInForce };
            let (in_force, past): (Vec<_>, Vec<_>) = grants.iter().rev().partition(|grant| grant.is_in_force);
            let shown = if self.all { [in_force, past].concat() } else { in_force };
            out.list(&shown, none, |grant| {
                out.grant_line(grant, &mesinfos_words::consent::state_of(&grant.state, out.lang));
                let at = mesinfos_words::instant(grant.given_at, out.lang);
                out.detail(Cli::GrantGivenAt { at: &at });
                out.given(grant);
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
