//! Lists the kept documents, or writes one to a file.

use crate::failure::{Doing, Result};
use crate::private;
use crate::session::Session;
use crate::shared::{Output, shown};
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_model::Day;
use mesinfos_platform::{Platform, PlatformError};
use mesinfos_wire::{Document, each};
use mesinfos_words::cli::Cli;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(requires = "output")]
    id: Option<String>,
    #[arg(long)]
    person: String,
    #[arg(long, short, value_name = "FILE", requires = "id")]
    output: Option<PathBuf>,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (platform, out) = (session.open()?, &session.out);
        match (self.id, self.output) {
            (Some(id), Some(output)) => get(&platform, out, &self.person, &id, &output)?,
            _ => list(&platform, out, &self.person)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let documents: Vec<Document> = each(&platform.documents(&out.caller(person)?)?);
    out.print(&documents, |documents| {
        out.list(documents, Cli::NoDocumentsYet, |document| {
            let on = document.on.as_deref().and_then(|on| on.parse::<Day>().ok());
            let on = on
                .map_or_else(|| mesinfos_words::MISSING.to_owned(), |day| mesinfos_words::day(day, out.lang));
            let (id, size) = (document.id.to_string(), mesinfos_words::size(document.size, out.lang));
            say!("{id:<10} {on:<18} {:<16} {} ({size})", document.kind, document.name);
        });
    })
}

/// Writes a document to a new file. Leaves no file if any piece fails to open.
fn get(platform: &Platform, out: &Output, person: &str, id: &str, output: &Path) -> Result<()> {
    let row = id.parse().map_err(|_| PlatformError::NoSuchDocument { id: id.to_owned() })?;
    let (document, mut pieces) = platform.document(&out.caller(person)?, row)?;
    let path = shown(output);
    let writing = Cli::Writing { path: &path };
    let mut file = private::create_new(output).doing(writing)?;
    let written = pieces.try_for_each(|piece| -> Result<()> { Ok(file.write_all(&piece?)?) });
    if let Err(failure) = written.and_then(|()| Ok(file.sync_all()?)) {
        let _ = std::fs::remove_file(output);
        return Err(failure.while_doing(writing));
    }
    out.print(&Document::from(&document), |document| {
        let size = mesinfos_words::size(document.size, out.lang);
        out.say(Cli::Document { path: &path, name: &document.name, size: &size });
    })
}
