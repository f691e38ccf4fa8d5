//! Narrows a grant from now on.

use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::typed::category_of;
use crate::verbs::Act;
use crate::verbs::grant::{GrantArgs, asks, other_category, trimmed};
use mesinfos_model::Category;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    grant: GrantArgs,
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    drop: Vec<String>,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (platform, out, grant) = (session.open()?, &session.out, &self.grant);
        let dropped =
            trimmed(&self.drop).iter().map(|id| category_of(id)).collect::<Result<Vec<Category>>>()?;
        let caller = out.caller(&grant.person)?;
        let mut given = asks(grant, out, &platform, || {
            Ok(platform.given_to(&caller, &grant.app)?.into_keys().collect())
        })?;
        given.retain(|(category, _)| !dropped.contains(category));
        platform.check_holders(&caller, &given)?;
        let narrowed = platform.narrow(&caller, &grant.app, &given, &dropped).map_err(|error| {
            match other_category(&error, &given) {
                Some(category) => Failure::from(error).hint(Cli::HintOneCategory { category }),
                None => error.into(),
            }
        })?;
        let state = if narrowed.state == "paused" { Cli::GrantNarrowedPaused } else { Cli::GrantNarrowed };
        out.grant_as(&narrowed, &state.to(out.lang))?;
        if !out.json {
            out.unmatched(&narrowed);
        }
        Ok(ExitCode::SUCCESS)
    }
}
