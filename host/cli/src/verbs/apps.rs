//! Lists the installed apps and the categories each one requests.

use crate::failure::Result;
use crate::session::Session;
use crate::shared::Output;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_platform::Platform;
use mesinfos_wire::{InstalledApp, each};
use mesinfos_words::cli::Cli;
use mesinfos_words::names;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, platform) = (&session.out, session.open_if_any()?);
        let apps = platform.as_ref().map(Platform::apps).transpose()?.unwrap_or_default();
        out.print(&each::<_, InstalledApp>(&apps), |_| {
            out.list(&apps, Cli::NoAppsYet, |app| {
                let standing = mesinfos_words::notice::standing(app.key.is_some(), out.lang);
                say!("{:<16} {:<10} {} ({}, {standing})", app.id, app.version, app.component, app.publisher);
                if let Some(platform) = &platform {
                    asks(platform, out, &app.id);
                }
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the categories that an app requests. If its component cannot be read, the list continues.
fn asks(platform: &Platform, out: &Output, app: &str) {
    match platform.describe(app) {
        Ok((_, _, inspection)) => {
            let asks = names::categories(inspection.request.categories.keys(), out.lang);
            out.detail(match asks.as_str() {
                "" => Cli::AppAsksNothing,
                asks => Cli::AppAsks { asks },
            });
        }
        Err(error) => out.detail(Cli::AppUnread { why: &mesinfos_words::error(&error, out.lang) }),
    }
}
