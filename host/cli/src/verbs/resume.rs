//! Resumes a paused grant.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    app: String,
    #[arg(long)]
    person: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let resumed = session.open()?.resume(&out.caller(&self.person)?, &self.app)?;
        out.grant_as(&resumed, &Cli::GrantResumed.to(out.lang))?;
        Ok(ExitCode::SUCCESS)
    }
}
