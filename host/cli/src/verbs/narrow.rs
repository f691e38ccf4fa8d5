//! Narrows a grant from now on.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
use crate::verbs::grant::{GrantArgs, asks};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    grant: GrantArgs,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (platform, out, grant) = (session.open()?, &session.out, &self.grant);
        let given = asks(grant, out, &platform, true)?;
        let caller = out.caller(&grant.person)?;
        platform.check_holders(&caller, &given)?;
        out.grant(&platform.narrow(&caller, &grant.app, &given)?)?;
        Ok(ExitCode::SUCCESS)
    }
}
