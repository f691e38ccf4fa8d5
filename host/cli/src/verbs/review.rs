//! The operator's review of versions in the data folder. Beside a running server, its pages do the same.

use crate::failure::{Failure, OrSay, Result};
use crate::session::Session;
use crate::verbs::Act;
use crate::verbs::publish::{local, told};
use mesinfos_model::Digest;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::registry::{Change, Owner};
use mesinfos_wire::{Release, each};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: ReviewVerb,
}

#[derive(Debug, clap::Subcommand)]
enum ReviewVerb {
    List {
        #[arg(value_name = "APP")]
        app: Option<String>,
    },
    Publish {
        #[arg(value_name = "HASH")]
        component: String,
    },
    Return(Why),
    Suspend(Why),
    Resume {
        #[arg(value_name = "HASH")]
        component: String,
    },
    Withdraw(Why),
}

#[derive(Debug, clap::Args)]
struct Why {
    #[arg(value_name = "HASH")]
    component: String,
    #[arg(long)]
    reason: String,
}

/// Number of versions of an app in a list.
const LISTED: usize = 50;

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, platform) = (&session.out, session.open()?);
        let caller = platform.caller(Actor::Operator, Channel::Cli, out.lang);
        let (component, change, reason) = match self.act {
            ReviewVerb::List { app } => {
                let found = match app {
                    Some(app) => platform.versions(&caller, &local()?, &app, None, LISTED)?,
                    None => platform.waiting_versions(&caller)?,
                };
                out.print(&each::<_, Release>(&found), |all| {
                    out.list(all, Cli::NothingWaits, |release| told(out, release));
                })?;
                return Ok(ExitCode::SUCCESS);
            }
            ReviewVerb::Publish { component } => (component, Change::Published, String::new()),
            ReviewVerb::Return(Why { component, reason }) => (component, Change::Returned, reason),
            ReviewVerb::Suspend(Why { component, reason }) => (component, Change::Suspended, reason),
            ReviewVerb::Resume { component } => (component, Change::Resumed, String::new()),
            ReviewVerb::Withdraw(Why { component, reason }) => (component, Change::Yanked, reason),
        };
        let digest: Digest = component.parse().or_say(Cli::NotAComponentHash { hash: &component })?;
        let version = platform
            .change_version(&caller, &Owner::operator(), digest, change, &reason)
            .map_err(Failure::from)?;
        out.print(&Release::from(&version), |release| told(out, release))?;
        Ok(ExitCode::SUCCESS)
    }
}
