//! Shows what an app asks for, word for word, or what a person was shown when they answered.

use crate::failure::Result;
use crate::hints::word;
use crate::session::Session;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_wire::Notice;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    app: String,
    #[arg(long)]
    person: Option<String>,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let platform = session.open()?;
        let notice = match &self.person {
            None => {
                let (record, manifest, inspection) = platform.describe(&self.app)?;
                Some(mesinfos_words::notice::notice(&record, &manifest, &inspection, out.lang))
            }
            Some(person) => {
                let caller = out.caller(person)?;
                let grants = platform.grants_of(&caller)?;
                let newest = grants.into_iter().rev().find(|grant| grant.app == self.app);
                let newest = newest
                    .ok_or_else(|| mesinfos_platform::PlatformError::NoGrant { app: self.app.clone() })?;
                platform.notice_of(&caller, newest.id)?
            }
        };
        let notice = notice.map(|notice| Notice::from(&notice));
        out.print(&notice, |notice| {
            let Some(notice) = notice else { return out.say(Cli::NoNotice) };
            notice.text.lines().for_each(|line| say!("{line}"));
            out.say(Cli::NoticeDigest { digest: &notice.sha256.to_string() });
            if self.person.is_none() {
                let command =
                    format!("mesinfos grant {} --person … --notice {}", word(&self.app), notice.sha256);
                out.say(Cli::Next { command: &command });
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
