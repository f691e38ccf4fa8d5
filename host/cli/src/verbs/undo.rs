//! Undoes an import, completely.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say;
use crate::verbs::Act;
use mesinfos_wire::Undone;
use mesinfos_words::report;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    import: u64,
    #[arg(long)]
    person: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let undone = session.open()?.undo_import(&out.caller(&self.person)?, self.import)?;
        out.print(&Undone::from(&undone), |_| {
            report::undo_report(&undone, out.lang).iter().for_each(|line| say::line(line));
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
