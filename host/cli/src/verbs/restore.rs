//! Restores a backup into a data folder.

use crate::failure::{Doing, Result};
use crate::session::Session;
use crate::shared::shown;
use crate::verbs::Act;
use crate::verbs::backup::BUFFER;
use mesinfos_platform::Platform;
use mesinfos_wire::PutBack;
use mesinfos_words::cli::Cli;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn makes_folder(&self) -> bool {
        true
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let name = shown(&self.from);
        let file = File::open(&self.from).doing(Cli::Opening { path: &name })?;
        let mut from = BufReader::with_capacity(BUFFER, file);
        let reason = Cli::SuspendedByRestore.to(out.lang);
        let restored =
            Platform::restore(&session.folder, &mut from, &reason).doing(Cli::PuttingBack { path: &name })?;
        let nobody_is_back = restored.open == 0 && restored.closed > 0;
        out.print(&PutBack::from(&restored), |told| {
            match (told.open, told.closed) {
                (0, 0) => out.say(Cli::NobodyYet),
                // Reported as a failure.
                (0, _) => {}
                (people, _) => out.say(Cli::VaultsOpen { people }),
            }
            if told.closed > 0 {
                out.say(Cli::VaultsClosed { people: told.closed });
                out.say(Cli::NothingOfThem);
            }
            if let Some(at) = told.at {
                out.say(Cli::BackupOf { at: &mesinfos_words::instant(at, out.lang) });
            }
            out.say(Cli::BackupIsOld);
            if told.paused > 0 {
                out.say(Cli::GrantsPaused { grants: told.paused });
            }
            if !told.suspended.is_empty() {
                out.say(Cli::AppsSuspended { apps: told.suspended.len() as u64 });
                for app in &told.suspended {
                    let component = app.component.to_string();
                    out.say(Cli::ResumeApp { app: &app.id, version: &app.version, component: &component });
                }
            }
            if told.apps_missing > 0 {
                out.say(Cli::AppsWithoutComponent { apps: told.apps_missing });
            }
            if nobody_is_back {
                out.say(Cli::NoVaultOpens { path: &shown(&session.folder.join("store")) });
            } else {
                out.say(Cli::Next { command: "mesinfos doctor --deep" });
            }
        })?;
        Ok(if nobody_is_back { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
