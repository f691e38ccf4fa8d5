//! Prints the dictionary of the categories.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say;
use crate::typed::category_of;
use crate::verbs::Act;
use mesinfos_model::Category;
use mesinfos_wire::CategoryEntry;
use mesinfos_words::dictionary;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    category: Option<String>,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let categories = match self.category.as_deref() {
            Some(id) => vec![category_of(id)?],
            None => Category::ALL.to_vec(),
        };
        let entries: Vec<CategoryEntry> = categories.iter().copied().map(CategoryEntry::from).collect();
        out.print(&entries, |_| say::text(&dictionary::markdown(&categories, out.lang)))?;
        Ok(ExitCode::SUCCESS)
    }
}
