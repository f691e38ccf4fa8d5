//! Installs an app, or another version of it.

use crate::failure::Result;
use crate::session::Session;
use crate::shared::read_app;
use crate::verbs::Act;
use mesinfos_platform::Publisher;
use mesinfos_wire::InstalledApp;
use mesinfos_words::cli::Cli;
use mesinfos_words::names;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP.wasm")]
    app: PathBuf,
    #[arg(long)]
    new_publisher: bool,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn makes_folder(&self) -> bool {
        true
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let publisher = if self.new_publisher { Publisher::Any } else { Publisher::Same };
        let platform = session.open()?;
        let before = platform.apps()?;
        let (record, inspection) = platform.install_of(&read_app(&self.app)?, publisher)?;
        let is_new = !before.contains(&record);
        out.print(&InstalledApp::from(&record), |_| {
            let (app, version) = (record.id.as_str(), record.version.as_str());
            let asks = names::categories(inspection.request.categories.keys(), out.lang);
            out.say(match asks.as_str() {
                _ if !is_new => Cli::InstalledAlready { app, version },
                "" => Cli::InstalledAsksNothing { app, version },
                asks => Cli::Installed { app, version, asks },
            });
            let component = record.component.to_string();
            out.detail(Cli::PublishedBy { publisher: &record.publisher, component: &component });
            match record.key {
                Some(key) => out.detail(Cli::SignedWith { key: &key.to_string() }),
                None => out.detail(Cli::NotSigned),
            }
            if let Some(manifest) = &inspection.manifest {
                out.said(manifest, |category| inspection.request.categories.contains_key(&category));
            }
            out.say(Cli::Next { command: &format!("mesinfos grant {app} --person …") });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
