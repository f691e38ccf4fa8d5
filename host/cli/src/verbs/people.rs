//! Lists the people, or the contents of one person's vault.

use crate::failure::Result;
use crate::session::Session;
use crate::shared::Output;
use crate::terminal::say;
use crate::verbs::Act;
use mesinfos_model::{Day, Period};
use mesinfos_platform::Platform;
use mesinfos_wire::{CategorySummary, each};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    person: Option<String>,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        match self.person {
            Some(person) => summary(&session.open()?, out, &person)?,
            None => {
                let names = session.open_if_any()?.map(|platform| platform.persons()).transpose()?;
                out.print(&names.unwrap_or_default(), |names| {
                    out.list(names, Cli::NobodyYet, |name| say::line(name));
                })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn summary(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let there = platform.summary(&out.caller(person)?)?;
    out.print(&each::<_, CategorySummary>(&there), |_| {
        out.list(&there, Cli::NothingInTheVault, |one| {
            let mut rows = Cli::CategoryThere { rows: one.rows }.to(out.lang);
            if (1..one.rows).contains(&one.undated) {
                rows = Cli::SomeUndated { rows: &rows, undated: one.undated }.to(out.lang);
            }
            let days = match (one.first, one.last) {
                (Some(first), Some(last)) => {
                    let until = Some(Day(last.0.saturating_add(1)));
                    mesinfos_words::period(&Period { from: Some(first), until }, out.lang)
                }
                _ => Cli::Undated.to(out.lang),
            };
            let holders = one.holders.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let mut line = format!("{:<30} {rows:>18} · {days}", one.category.name(out.lang));
            if !holders.is_empty() {
                line.push_str(" · ");
                line.push_str(&holders);
            }
            say::line(&line);
        });
    })
}
