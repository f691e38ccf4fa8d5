//! Lists rows of a category, each with its file and position.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say::{remark, say};
use crate::typed::{category_of, period};
use crate::verbs::Act;
use mesinfos_model::Period;
use mesinfos_platform::RowsAsked;
use mesinfos_wire::Rows;
use mesinfos_words::cli::Cli;
use mesinfos_words::own_rows;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    category: String,
    #[arg(long)]
    person: String,
    #[arg(long)]
    period: Option<String>,
    #[arg(long)]
    undated: bool,
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let period = self.period.as_deref().map_or(Ok(Period::ALL), period)?;
        let category = category_of(&self.category)?;
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let asked = RowsAsked { period, undated: self.undated, limit };
        let found = session.open()?.rows(&out.caller(&self.person)?, category, &asked)?;
        out.print(&Rows::from(&found), |_| {
            out.list(&found.rows, Cli::NoRows, |row| {
                say!("{}", own_rows::values(category, row, out.lang).join(" · "));
                say!("    {}:{} ({})", row.file, row.place, row.id);
            });
            let (shown, total) = (found.rows.len() as u64, found.total);
            if shown < total {
                remark!("{}", Cli::RowsShown { shown, total }.to(out.lang));
            }
            if let count @ 1.. = found.undated_left_out {
                remark!("{}", Cli::UndatedLeftOut { count }.to(out.lang));
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
