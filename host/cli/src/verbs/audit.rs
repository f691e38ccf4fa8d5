//! Prints or verifies the audit chain of a person.

use crate::failure::{OrSay, Result};
use crate::hints::word;
use crate::session::Session;
use crate::shared::Output;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_platform::{Logged, Platform};
use mesinfos_wire::{AuditEntry, Verified, each};
use mesinfos_words::audit as events;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Option<AuditVerb>,
    #[arg(long, global = true)]
    person: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
enum AuditVerb {
    Verify {
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let name = self.person.or_say(Cli::WhoseLog)?;
        audit(&session.open()?, &session.out, &name, self.act.as_ref())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn audit(platform: &Platform, out: &Output, name: &str, act: Option<&AuditVerb>) -> Result<()> {
    if let Some(AuditVerb::Verify { head }) = act {
        let kept = head.as_deref().map(|head| head.parse().or_say(Cli::NotAHead { head }));
        let verified = Verified::from(&platform.audit_verify(&out.caller(name)?, kept.transpose()?)?);
        return out.print(&verified, |verified| {
            let (entries, last) = (verified.entries, verified.entries.saturating_sub(1));
            out.say(Cli::LogWhole { entries, last, head: &verified.head.to_string() });
            if head.is_none() {
                out.say(Cli::KeepHeadNextTime);
            }
        });
    }
    let logged = platform.audit_entries(&out.caller(name)?)?;
    out.print(&each::<_, AuditEntry>(&logged), |_| {
        for Logged { entry, run } in &logged {
            let at = mesinfos_words::instant(entry.at, out.lang);
            let by = entry.by.map(|by| format!(" · {}", events::act(by, out.lang))).unwrap_or_default();
            let run = run.map(|run| format!(" ({})", events::run_state(run, out.lang))).unwrap_or_default();
            say!("{:>4}  {at}{by}", entry.seq);
            say!("      {}{run}", events::audit_event(&entry.event, out.lang));
        }
        if let Some(Logged { entry, .. }) = logged.last() {
            let head = entry.hash.to_string();
            out.say(Cli::LogHead { head: &head });
            let command = format!("mesinfos audit verify --person {} --head {head}", word(name));
            out.say(Cli::KeepHead { command: &command });
        }
    })
}
