//! Lists the installed apps.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_wire::{AppRecord, each};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, apps) = (&session.out, session.open()?.apps()?);
        out.print(&each::<_, AppRecord>(&apps), |_| {
            out.list(&apps, Cli::NoAppsYet, |app| {
                say!("{:<16} {:<10} {} ({})", app.id, app.version, app.component, app.publisher);
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
