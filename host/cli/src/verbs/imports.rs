//! Lists the imports of a person.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say::{self, say};
use crate::verbs::Act;
use mesinfos_wire::{Import, each};
use mesinfos_words::audit as events;
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    person: String,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let imports: Vec<Import> = each(&session.open()?.imports(&out.caller(&self.person)?)?);
        out.print(&imports, |imports| {
            out.list(imports, Cli::NoImportsYet, |import| {
                let known = mesinfos_platform::intake::about(&import.format);
                let format = known.map_or(import.format.as_str(), |about| about.name(out.lang));
                let line = Cli::ImportLine { import: &import.import.to_string(), file: &import.file, format };
                let line = line.to(out.lang);
                match import.undone_at {
                    Some(_) => out.say(Cli::ImportUndone { line: &line }),
                    None => say::line(&line),
                }
                for category in &import.categories {
                    let counts =
                        events::rows(category.accepted, category.corrected, category.duplicates, 0, out.lang);
                    say!(
                        "    {}",
                        mesinfos_words::labelled(category.category.name(out.lang), counts, out.lang)
                    );
                }
            });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
