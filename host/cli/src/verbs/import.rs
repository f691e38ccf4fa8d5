//! Imports holders' files into a person's vault.

use crate::acts::{Target, import_file, keep_up, print_import, print_new_person, shown};
use crate::failure::{Doing, Failure, Result};
use crate::session::Session;
use crate::verbs::Act;
use crate::{hints, private};
use mesinfos_platform::PlatformError;
use mesinfos_wire::{Imported, each};
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, required_unless_present = "dry_run")]
    person: Option<String>,
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long)]
    document: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "CSV")]
    rejects: Option<PathBuf>,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let target = match &self.person {
            Some(person) if !self.dry_run => Target::Vault(out.caller(person)?),
            Some(person) => Target::Nowhere(out.caller(person)?),
            None => Target::Nowhere(out.nobody()),
        };
        let platform = session.open()?;
        keep_up(&platform);
        let (mut reports, mut refused, mut failures) = (Vec::new(), Vec::new(), Vec::new());
        for path in &self.files {
            match import_file(&platform, &target, path, self.document) {
                Ok(report) => reports.push(report),
                // An unreadable file does not prevent the import of the others.
                Err(error) => {
                    if let Some(PlatformError::AllRejected(report)) = error.platform() {
                        refused.push((**report).clone());
                    }
                    failures.push(error);
                }
            }
        }
        if let Some(path) = &self.rejects {
            let csv = mesinfos_platform::rejects_csv(&[&reports[..], &refused].concat());
            private::write(path, csv.as_bytes()).doing(Cli::Writing { path: &shown(path) })?;
        }
        let imported =
            Imported { imports: each(&reports), errors: failures.iter().map(hints::problem).collect() };
        out.print(&imported, |_| reports.iter().for_each(|report| print_import(report, out.lang)))?;
        if let (Some(person), true, false) =
            (&self.person, reports.iter().any(|report| report.is_first), out.json)
        {
            print_new_person(&platform, out, person)?;
        }
        match failures.len() {
            0 => Ok(ExitCode::SUCCESS),
            // Reported like any single failure, with its code.
            1 => Err(failures.remove(0)),
            _ => Err(Failure::several(failures)),
        }
    }
}
