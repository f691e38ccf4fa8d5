//! Writes the manual pages: one for the command, one for each verb.

use crate::failure::{Doing, Result};
use crate::session::Session;
use crate::shared::shown;
use crate::terminal::say::say;
use crate::usage;
use crate::verbs::Act;
use mesinfos_wire::Written;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "DIR", default_value = "man")]
    out: PathBuf,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        std::fs::create_dir_all(&self.out).doing(Cli::Making { path: &shown(&self.out) })?;
        clap_mangen::generate_to(usage::command(session.out.lang), &self.out)
            .doing(Cli::Writing { path: &shown(&self.out) })?;
        session.out.print(&Written { folder: shown(&self.out) }, |written| say!("{}", written.folder))?;
        Ok(ExitCode::SUCCESS)
    }
}
