//! Imports data holders' files into a person's vault.

use crate::failure::{Doing, Failure, Result};
use crate::rejects::Rejects;
use crate::session::Session;
use crate::shared::{
    ImportAs, Target, import_file, keep_up, open_file, print_import, print_new_person, shown,
};
use crate::verbs::Act;
use crate::{hints, private};
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::intake::mapped::{Mapping, RowKind};
use mesinfos_platform::{Platform, PlatformError};
use mesinfos_wire::{Imported, each};
use mesinfos_words::cli::Cli;
use mesinfos_words::report::TOLD;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, required_unless_present = "dry_run")]
    person: Option<String>,
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long)]
    document: bool,
    #[arg(long, value_name = "JSON", conflicts_with = "document")]
    map: Option<PathBuf>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "CSV")]
    rejects: Option<PathBuf>,
}

/// Columns of a table that are named.
const NAMED: usize = 6;

/// The error, with what the file looks like if it is a table that no format knows.
fn with_table(platform: &Platform, path: &Path, error: Failure) -> Failure {
    let Some(PlatformError::Intake(IntakeError::Unrecognised { .. })) = error.platform() else {
        return error;
    };
    // What is not a plain file was read up, and what cannot be opened again was told.
    let Some((name, file)) =
        open_file(path).ok().filter(|(_, file)| file.metadata().is_ok_and(|about| about.is_file()))
    else {
        return error;
    };
    let Some(probe) =
        platform.probe_table(&name, file).ok().flatten().filter(|probe| !probe.header.is_empty())
    else {
        return error;
    };
    let mut names = probe.header.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if probe.header.len() > NAMED {
        names.push('…');
    }
    let (columns, path) = (u64::from(probe.columns), shown(path));
    error.hint(match probe.guess.rows {
        RowKind::Bank => Cli::HintBankTable { columns, names: &names, path: &path },
        _ => Cli::HintTable { columns, names: &names, path: &path },
    })
}

/// Largest file of a mapping, in bytes.
const MAPPING: u64 = 64 << 10;

impl Args {
    /// How the files are read.
    fn how(&self) -> Result<ImportAs> {
        let Some(path) = &self.map else {
            return Ok(if self.document { ImportAs::Document } else { ImportAs::Recognised });
        };
        let mut text = String::new();
        let read = open_file(path)?.1.take(MAPPING).read_to_string(&mut text);
        read.doing(Cli::Reading { path: &shown(path) })?;
        let mapping: Mapping = serde_json::from_str(&text).map_err(|error| {
            let (line, column) = (error.line() as u64, error.column() as u64);
            Failure::said(Cli::MapBad { path: &shown(path), line, column })
        })?;
        mapping.check().map_err(PlatformError::from)?;
        Ok(ImportAs::Table(Box::new(mapping)))
    }
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn makes_folder(&self) -> bool {
        !self.dry_run
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let how = self.how()?;
        let target = match &self.person {
            Some(person) if !self.dry_run => Target::Vault(out.caller(person)?),
            Some(person) => Target::Nowhere(out.caller(person)?),
            None => Target::Nowhere(out.nobody()),
        };
        let (_unused, platform) = if self.dry_run {
            session.open_or_unused()?
        } else {
            let platform = session.open()?;
            keep_up(&platform);
            (None, platform)
        };
        // Create the table before importing: an existing file must not be overwritten.
        let table = self.rejects.as_deref();
        let file = table
            .map(|path| private::create_new(path).doing(Cli::Writing { path: &shown(path) }))
            .transpose()?;
        let mut rejects = Rejects::new();
        let (mut reports, mut failures) = (Vec::new(), Vec::new());
        for path in &self.files {
            let imported =
                import_file(&platform, &target, path, &how).unwrap_or_else(|error| vec![Err(error)]);
            let is_whole = imported.len() == 1;
            for imported in imported {
                match imported {
                    Ok(report) => {
                        if file.is_some() {
                            rejects.add(&report, path, out.lang);
                        }
                        reports.push(report);
                    }
                    // An unreadable file does not prevent the import of the others.
                    Err(error) => {
                        if let (Some(PlatformError::AllRejected(report)), true) =
                            (error.platform(), file.is_some())
                        {
                            rejects.add(report, path, out.lang);
                        }
                        failures.push(if is_whole { with_table(&platform, path, error) } else { error });
                    }
                }
            }
        }
        let mut table = table;
        if let (Some(mut file), Some(path)) = (file, table) {
            let written = file.write_all(rejects.csv().as_bytes()).and_then(|()| file.sync_all());
            if let Err(failure) = written.doing(Cli::Writing { path: &shown(path) }) {
                // The files are imported: report them all the same, and leave no part of a table.
                let _ = std::fs::remove_file(path);
                table = None;
                failures.push(failure);
            }
        }
        let imported =
            Imported { imports: each(&reports), errors: failures.iter().map(hints::problem).collect() };
        out.print(&imported, |_| {
            reports.iter().for_each(|report| print_import(report, out.lang));
            let files = || reports.iter().flat_map(|report| &report.files);
            match (table, rejects.rows()) {
                (Some(path), 0) => out.say(Cli::NoRejects { path: &shown(path) }),
                (Some(path), rows) => out.say(Cli::RejectsWritten { rows, path: &shown(path) }),
                (None, _) if files().any(|file| file.problems.len() > TOLD) => out.say(Cli::RejectsHaveThem),
                (None, _) => {}
            }
        })?;
        if let (Some(person), true, false) =
            (&self.person, reports.iter().any(|report| report.is_first), out.json)
        {
            print_new_person(&platform, out, person, self.dry_run)?;
        }
        if let (Target::Vault(_), Some(person), false, false) =
            (&target, &self.person, reports.is_empty(), out.json)
        {
            let command = if platform.apps()?.is_empty() {
                "mesinfos install APP.wasm".to_owned()
            } else {
                format!("mesinfos grants --person {}", hints::word(person))
            };
            out.say(Cli::Next { command: &command });
        }
        match failures.len() {
            0 => Ok(ExitCode::SUCCESS),
            // Reported like any single failure, with its code.
            1 => Err(failures.remove(0).in_output()),
            _ => Err(Failure::several(failures).in_output()),
        }
    }
}
