//! Lists sample people, writes their files to folders, or imports them like any other files.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::session::Session;
use crate::shared::{Output, print_import, shown};
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_personas::{Persona, SampleFile, personas, population};
use mesinfos_platform::{ImportReport, Platform};
use mesinfos_wire::{SamplePerson, Words, each};
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "import")]
    out: Option<PathBuf>,
    #[arg(long)]
    import: bool,
    #[arg(long, value_name = "N", default_value_t = mesinfos_personas::SEED)]
    seed: u64,
    #[arg(long, value_name = "N", requires = "out", conflicts_with = "names")]
    people: Option<u64>,
}

impl Act for Args {
    fn has_personal_files(&self) -> bool {
        self.out.is_none()
    }

    fn makes_folder(&self) -> bool {
        self.import
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let people = chosen(&self.names)?;
        match (&self.out, self.people) {
            (Some(folder), Some(count)) => {
                write_population(folder, count, self.seed)?;
                written(&session.out, count, folder);
            }
            (Some(folder), None) => {
                write(folder, &people, self.seed)?;
                written(&session.out, people.len() as u64, folder);
            }
            (None, _) if self.import => import(&session.open()?, &session.out, &people, self.seed)?,
            (None, _) => list(&session.out, &people)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the sample people.
fn list(out: &Output, people: &[&Persona]) -> Result<()> {
    let told = people.iter().map(|persona| SamplePerson {
        id: persona.id.to_owned(),
        about: Words::of(|lang| lang.of(persona.fr, persona.en)),
    });
    out.print(&told.collect::<Vec<_>>(), |_| {
        for persona in people {
            say!("{:<18} {}", persona.id, out.lang.of(persona.fr, persona.en));
        }
    })
}

/// Sample people with the ids in `names`, or all if it is empty.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<&'static Persona>> {
    if names.is_empty() {
        return Ok(personas().iter().collect());
    }
    names
        .iter()
        .map(|name| {
            let found = personas().iter().find(|persona| persona.id == name);
            found.or_say(Cli::NoSuchSample { name }).map_err(|failure| failure.hint(Cli::HintPersonas))
        })
        .collect()
}

/// Reports the written files. Prints nothing as JSON: the files are the result.
fn written(out: &Output, people: u64, folder: &Path) {
    if !out.json {
        out.say(Cli::SamplesWritten { people, path: &shown(folder) });
    }
}

/// Writes each person's files to a folder named after them.
fn write(folder: &Path, people: &[&Persona], seed: u64) -> Result<()> {
    people.iter().try_for_each(|persona| write_files(&folder.join(persona.id), persona.files(seed)))
}

/// Writes the files of `people` invented people. Each thread takes a share and holds one person at a time.
fn write_population(folder: &Path, people: u64, seed: u64) -> Result<()> {
    let parts = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let part = |first: usize| {
            let own = population(people, seed).skip(first).step_by(parts);
            scope.spawn(move || {
                own.into_iter().try_for_each(|person| write_files(&folder.join(person.id()), person.files()))
            })
        };
        let parts: Vec<_> = (0..parts).map(part).collect();
        let ended = |part: std::thread::ScopedJoinHandle<'_, Result<()>>| {
            part.join().unwrap_or_else(|_| Err(Failure::said(Cli::SamplesFailed)))
        };
        parts.into_iter().try_for_each(ended)
    })
}

fn write_files(folder: &Path, files: impl Iterator<Item = SampleFile>) -> Result<()> {
    std::fs::create_dir_all(folder).doing(Cli::Making { path: &shown(folder) })?;
    for file in files {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.bytes).doing(Cli::Writing { path: &shown(&path) })?;
    }
    Ok(())
}

/// Imports each person's files into a vault of their name, as if they had downloaded them.
fn import(platform: &Platform, out: &Output, people: &[&Persona], seed: u64) -> Result<()> {
    let mut reports: Vec<ImportReport> = Vec::new();
    for persona in people {
        for file in persona.files(seed) {
            let (name, person) = (file.name.as_str(), persona.id);
            let report = platform
                .import(&out.caller(person)?, name, file.bytes.as_slice())
                .doing(Cli::ImportingOf { file: name, person })?;
            if report.rejected() > 0 {
                return Err(Failure::said(Cli::SampleRejected {
                    rows: report.rejected(),
                    file: name,
                    person,
                }));
            }
            reports.push(report);
        }
    }
    out.print(&each::<_, mesinfos_wire::ImportReport>(&reports), |_| {
        reports.iter().for_each(|report| print_import(report, out.lang));
    })
}
