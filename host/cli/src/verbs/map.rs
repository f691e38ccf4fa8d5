//! Says what a table looks like that no format knows, as a mapping to complete.

use crate::failure::{Doing, Failure, Result};
use crate::session::Session;
use crate::shared::{open_file, shown};
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_platform::intake::mapped::{Open, TableProbe};
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, path) = (&session.out, &self.file);
        let (name, file) = open_file(path)?;
        let (_unused, platform) = session.open_or_unused()?;
        let probe = platform.probe_table(&name, file).doing(Cli::Reading { path: &shown(path) })?;
        let probe = probe.ok_or_else(|| Failure::said(Cli::MapNoTable { path: &shown(path) }))?;
        out.print(&probe, |probe| {
            say!("{}", serde_json::to_string_pretty(&probe.guess).unwrap_or_default());
        })?;
        if !out.json {
            remarks(&probe, session);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Which column is which number, and what the table does not tell.
fn remarks(probe: &TableProbe, session: &Session) {
    let out = &session.out;
    for (at, name) in probe.header.iter().enumerate() {
        out.remark(Cli::MapColumn { column: at as u64 + 1, name });
    }
    out.remark(Cli::MapHolder);
    for open in &probe.open {
        out.remark(match open {
            Open::Date => Cli::MapDate,
            Open::DateOrder => Cli::MapDateOrder,
            Open::Sign => Cli::MapSign,
            Open::Decimal => Cli::MapDecimal,
            Open::Currency => Cli::MapCurrency,
            Open::Unit => Cli::MapUnit,
            Open::Every => Cli::MapEvery,
            Open::Value => Cli::MapValue,
            Open::Direction => Cli::MapDirection,
        });
    }
    out.remark(Cli::MapNext);
}
