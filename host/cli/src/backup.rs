//! A backup of the store to a file, and back.

use crate::acts::{Output, shown};
use crate::failure::{Doing, Result};
use crate::private;
use crate::terminal::say::remark;
use mesinfos_platform::Platform;
use mesinfos_wire::{BackedUp, PutBack};
use mesinfos_words::cli::Cli;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Bytes that are read and written at once.
const BUFFER: usize = 1 << 20;

/// Writes the store of a platform to a file that is not there yet.
pub(crate) fn backup(platform: &Platform, out: &Output, path: &Path) -> Result<()> {
    let name = shown(path);
    let file = private::create_new(path).doing(Cli::Making { path: &name })?;
    let written = write(platform, file).doing(Cli::Writing { path: &name });
    let Ok(backup) = written else {
        // What is no whole backup must not pass for one.
        let _ = std::fs::remove_file(path);
        return written.map(|_| ());
    };
    let told = BackedUp::new(name, backup);
    out.print(&told, |told| {
        let count = |number| mesinfos_words::count(number, out.lang);
        let (path, records, chunks) = (&told.file, count(told.records), count(told.chunks));
        out.say(Cli::BackedUp { path, people: told.persons, records: &records, chunks: &chunks });
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

/// Puts a backup back into a data folder.
pub(crate) fn restore(folder: &Path, out: &Output, path: &Path) -> Result<()> {
    let name = shown(path);
    let file = File::open(path).doing(Cli::Opening { path: &name })?;
    let restored = Platform::restore(folder, &mut BufReader::with_capacity(BUFFER, file))
        .doing(Cli::PuttingBack { path: &name })?;
    out.print(&PutBack::from(&restored), |told| {
        out.say(Cli::VaultsOpen { people: told.open });
        if told.closed > 0 {
            out.say(Cli::VaultsClosed { people: told.closed });
            out.say(Cli::NothingOfThem);
        }
        if told.apps_missing > 0 {
            out.say(Cli::AppsWithoutComponent { apps: told.apps_missing });
        }
        out.say(Cli::Next { command: "mesinfos doctor --deep" });
    })
}
