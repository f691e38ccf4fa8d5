//! Erases a person.

use crate::failure::{Failure, Result};
use crate::language::lang;
use crate::session::Session;
use crate::shared::keep_up;
use crate::terminal::say;
use crate::verbs::Act;
use mesinfos_wire::Erased;
use mesinfos_words::cli::Cli;
use std::io::IsTerminal;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    person: String,
    #[arg(long)]
    yes: bool,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let Args { person, yes } = self;
        let (platform, out) = (session.open()?, &session.out);
        let caller = out.caller(&person)?;
        // No confirmation for a person without a vault: `erase` reports the error.
        let is_here = platform.who(&caller)?.is_some();
        if is_here && !yes && !confirmed(&person)? {
            return Err(Failure::said(Cli::NothingErased));
        }
        let erased = Erased::new(caller.person()?.as_str(), &platform.erase(&caller)?);
        keep_up(&platform);
        out.print(&erased, |erased| {
            out.say(Cli::Erased { person: &erased.erased });
            out.say(Cli::LogClosed { head: &erased.closing.to_string() });
            out.say(Cli::BackupsBefore);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn confirmed(person: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::said(Cli::ErasingNeedsYes { person }));
    }
    say::ask(&Cli::AskErase { person }.to(lang()));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim() == person)
}
