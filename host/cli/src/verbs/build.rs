//! Builds a component from an app's folder, or one from each of several.

use crate::author::component;
use crate::author::keys::Signing;
use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_wire::Built;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP_DIR", default_value = ".")]
    folders: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "output")]
    component: Option<PathBuf>,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    #[arg(long, conflicts_with = "key")]
    unsigned: bool,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let told = |built: &Built| {
            let size = mesinfos_words::size(built.size, out.lang);
            out.say(Cli::Built { path: &built.component, size: &size });
            if let Some(key) = &built.key {
                out.detail(Cli::SignedWith { key });
            }
        };
        let signing = match (self.key, self.unsigned) {
            (Some(key), _) => Signing::With(key),
            (None, true) => Signing::Unsigned,
            (None, false) => Signing::Usual,
        };
        let next = |built: &Built| {
            out.say(Cli::Next { command: &format!("mesinfos install {}", built.component) });
        };
        if let [folder] = &self.folders[..] {
            let built =
                component::build_one(folder, self.component.as_deref(), self.output.as_deref(), &signing)?;
            out.print(&built, |built| {
                told(built);
                next(built);
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.component.is_some() {
            return Err(Failure::said(Cli::OneComponent));
        }
        let built = component::build_all(&self.folders, self.output.as_deref(), &signing)?;
        out.print(&built, |built| {
            built.iter().for_each(told);
            built.last().into_iter().for_each(next);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
