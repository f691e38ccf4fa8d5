//! Sample people: listed, written to folders, or brought in as anybody's files are.

use crate::acts::{Output, print_import};
use crate::terminal::say::say;
use anyhow::{Context, Result, bail};
use mesinfos_model::view::Lang;
use mesinfos_personas::{Persona, SampleFile, personas, population};
use mesinfos_platform::Platform;
use mesinfos_wire::{ImportReport, SamplePerson, Words};
use std::path::Path;

/// Who there is.
pub(crate) fn list(out: &Output) -> Result<()> {
    let people = personas().iter().map(|persona| SamplePerson {
        id: persona.id.to_owned(),
        about: Words::of(|lang| about(persona, lang)),
    });
    out.print(&people.collect::<Vec<_>>(), |_| {
        for persona in personas() {
            say!("{:<18} {}", persona.id, about(persona, out.lang));
        }
    })
}

fn about(persona: &Persona, lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => persona.fr,
        Lang::En => persona.en,
    }
}

/// Those who are named; all of them if nobody is.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<&'static Persona>> {
    if names.is_empty() {
        return Ok(personas().iter().collect());
    }
    names
        .iter()
        .map(|name| {
            let found = personas().iter().find(|persona| persona.id == name);
            found.with_context(|| {
                format!("there is no sample person \"{name}\": `mesinfos personas` lists them")
            })
        })
        .collect()
}

/// Writes each person's files to a folder of her name.
pub(crate) fn write(folder: &Path, people: &[&Persona], seed: u64) -> Result<()> {
    people.iter().try_for_each(|persona| write_files(&folder.join(persona.id), persona.files(seed)))
}

/// Writes the files of so many people: each processor takes its part of them, and holds one person at a time.
pub(crate) fn write_population(folder: &Path, people: u64, seed: u64) -> Result<()> {
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
            part.join().unwrap_or_else(|_| bail!("writing the sample people failed"))
        };
        parts.into_iter().try_for_each(ended)
    })
}

fn write_files(folder: &Path, files: impl Iterator<Item = SampleFile>) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    for file in files {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Imports each person's files into a vault of her name, as if she had downloaded them.
pub(crate) fn import(platform: &Platform, out: &Output, people: &[&Persona], seed: u64) -> Result<()> {
    let mut reports: Vec<ImportReport> = Vec::new();
    for persona in people {
        for file in persona.files(seed) {
            let report = platform
                .import(&out.caller(persona.id)?, &file.name, file.bytes.as_slice())
                .with_context(|| format!("importing {} of {}", file.name, persona.id))?;
            if report.rejected() > 0 {
                bail!("{} of {}: {} rows were rejected", file.name, persona.id, report.rejected());
            }
            reports.push(ImportReport::from(&report));
        }
    }
    out.print(&reports, |reports| reports.iter().for_each(|report| print_import(report, out.lang)))
}
