//! Pauses the grant of an app.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
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
        out.grant(&session.open()?.pause(&out.caller(&self.person)?, &self.app)?)?;
        Ok(ExitCode::SUCCESS)
    }
}
