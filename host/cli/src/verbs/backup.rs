//! Writes a backup of the store to a file.

use crate::failure::{Doing, Result};
use crate::private;
use crate::session::Session;
use crate::shared::{Output, shown};
use crate::terminal::say::remark;
use crate::verbs::Act;
use mesinfos_platform::Platform;
use mesinfos_wire::BackedUp;
use mesinfos_words::cli::Cli;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Buffer size for reading and writing a backup, in bytes.
pub(crate) const BUFFER: usize = 1 << 20;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        backup(&session.open()?, &session.out, &self.to)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a backup to a new file.
fn backup(platform: &Platform, out: &Output, path: &Path) -> Result<()> {
    let name = shown(path);
    let file = private::create_new(path).doing(Cli::Making { path: &name })?;
    let written = write(platform, file).doing(Cli::Writing { path: &name });
    let Ok(backup) = written else {
        // An incomplete backup must not pass for a complete one.
        let _ = std::fs::remove_file(path);
        return written.map(|_| ());
    };
    let told = BackedUp::new(name, backup);
    out.print(&told, |told| {
        let people = Cli::PeopleThere { count: told.persons }.to(out.lang);
        let records = Cli::RecordsThere { count: told.records }.to(out.lang);
        let chunks = Cli::ChunksThere { count: told.chunks }.to(out.lang);
        out.say(Cli::BackedUp { path: &told.file, people: &people, records: &records, chunks: &chunks });
        remark!("{}", Cli::BackupHasNoKeys.to(out.lang));
        remark!("{}", Cli::BackupAfterErasure.to(out.lang));
    })
}

fn write(platform: &Platform, file: File) -> Result<mesinfos_platform::Backup> {
    let mut to = BufWriter::with_capacity(BUFFER, file);
    let backup = platform.backup(&mut to)?;
    to.flush()?;
    to.get_ref().sync_all()?;
    Ok(backup)
}
