//! Lists rows of a category, each with its file and position.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say::say;
use crate::typed::{category_of, period};
use crate::verbs::Act;
use mesinfos_model::Period;
use mesinfos_wire::{Row, each};
use mesinfos_words::cli::Cli;
use mesinfos_words::names;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    category: String,
    #[arg(long)]
    person: String,
    #[arg(long)]
    period: Option<String>,
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let within = self.period.as_deref().map_or(Ok(Period::ALL), period)?;
        let category = category_of(&self.category)?;
        let rows = session.open()?.rows(&out.caller(&self.person)?, category, &within, self.limit)?;
        out.print(&each::<_, Row>(&rows), |_| {
            out.list(&rows, Cli::NoRows, |row| {
                let value = |(field, value): &(&'static str, String)| {
                    mesinfos_words::labelled(names::field(category, field, out.lang), value, out.lang)
                };
                let values: Vec<String> = row.values.iter().map(value).collect();
                say!("{}", values.join(" · "));
                say!("    {}:{} ({})", row.file, row.place, row.id);
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
