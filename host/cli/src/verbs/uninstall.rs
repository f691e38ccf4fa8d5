//! Removes an installed app.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_wire::InstalledApp;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    app: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let removed = session.open()?.uninstall(&self.app)?;
        session.out.print(&InstalledApp::from(&removed), |removed| {
            session.out.say(Cli::Uninstalled { app: &removed.id, version: &removed.version });
            session.out.say(Cli::UninstalledGrants);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
