//! Replays a run from its receipt and reports whether the result is identical.

use crate::failure::{OrSay, Result};
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_wire::Replay;
use mesinfos_words::audit as events;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    receipt: String,
    #[arg(long)]
    person: String,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let id = &self.receipt;
        let id = id.parse().or_say(Cli::NotAReceipt { id });
        let id = id.map_err(|failure| failure.hint(Cli::HintReceipts))?;
        let replayed = session.open()?.replay(&out.caller(&self.person)?, id)?;
        let replay = Replay::from(&replayed);
        out.print(&replay, |replay| {
            if replay.identical {
                out.say(Cli::ReplayIdentical { app: &replay.receipt.app.id });
            }
            for difference in &replayed.1 {
                out.say(Cli::ReplayDifferent { what: &events::difference(difference, out.lang) });
            }
        })?;
        Ok(if replay.identical { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
