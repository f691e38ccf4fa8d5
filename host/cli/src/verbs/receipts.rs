//! Lists the receipts of a person's runs.

use crate::failure::Result;
use crate::session::Session;
use crate::verbs::Act;
use mesinfos_wire::{Receipt, each};
use mesinfos_words::cli::Cli;
use mesinfos_words::outcome;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    person: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let receipts = session.open()?.receipts_of(&out.caller(&self.person)?)?;
        out.print(&each::<_, Receipt>(&receipts), |_| {
            out.list(&receipts, Cli::NoReceiptsYet, |receipt| {
                let read = receipt.reads.iter().filter(|(_, read)| read.rows > 0);
                let read = read.map(|(category, read)| {
                    Cli::ReceiptRead { rows: read.distinct_rows(), category: category.name(out.lang) }
                        .to(out.lang)
                });
                let read: Vec<String> = read.collect();
                let reads = match read.as_slice() {
                    [] => Cli::ReceiptReadNothing.to(out.lang),
                    some => Cli::ReceiptReadAll { reads: &mesinfos_words::names::series(some, out.lang) }
                        .to(out.lang),
                };
                out.say(Cli::ReceiptLine {
                    id: &receipt.id.to_string(),
                    app: &receipt.app.id,
                    at: &mesinfos_words::instant(receipt.at, out.lang),
                    outcome: &outcome::outcome_of_code(receipt.outcome.as_str(), out.lang),
                    reads: &reads,
                });
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
