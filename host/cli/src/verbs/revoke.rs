//! Withdraws the grant of an app.

use crate::failure::Result;
use crate::hints::word;
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
        out.grant(&session.open()?.withdraw(&out.caller(&self.person)?, &self.app)?)?;
        if !out.json {
            let command = format!("mesinfos receipts --person {}", word(&self.person));
            out.say(Cli::Next { command: &command });
        }
        Ok(ExitCode::SUCCESS)
    }
}
