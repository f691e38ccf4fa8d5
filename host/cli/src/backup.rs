//! A backup of the store to a file, and back.

use crate::acts::Output;
use crate::private;
use crate::terminal::say::{remark, say};
use anyhow::{Context, Result};
use mesinfos_platform::Platform;
use mesinfos_wire::{BackedUp, PutBack};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Bytes that are read and written at once.
const BUFFER: usize = 1 << 20;

/// Writes the store of a platform to a file that is not there yet.
pub(crate) fn backup(platform: &Platform, out: &Output, path: &Path) -> Result<()> {
    let file = private::create_new(path).with_context(|| format!("making {}", path.display()))?;
    let written = write(platform, file).with_context(|| format!("writing {}", path.display()));
    let Ok(backup) = written else {
        // What is no whole backup must not pass for one.
        let _ = std::fs::remove_file(path);
        return written.map(|_| ());
    };
    let told = BackedUp::new(path.display().to_string(), backup);
    out.print(&told, |told| {
        say!("{}: {} people, {} records, {} chunks", told.file, told.persons, told.records, told.chunks);
        remark!("It is sealed, and has no key: keep keys/ and doors/ of the data folder in other places.");
        remark!(
            "After each erasure it is of no use for some people: make another one then, and delete this one."
        );
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
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let restored = Platform::restore(folder, &mut BufReader::with_capacity(BUFFER, file))
        .with_context(|| format!("putting {} back", path.display()))?;
    out.print(&PutBack::from(&restored), |told| {
        say!("{} people open.", told.open);
        if told.closed > 0 {
            say!("{} do not: they were erased since, or share a key with one who was.", told.closed);
            say!("Nothing of them was put back. A backup that was made after the erasure has the others.");
        }
        if told.apps_missing > 0 {
            say!(
                "{} apps have no component: put the folder apps/ back, or install them again.",
                told.apps_missing
            );
        }
        say!("next: mesinfos doctor --deep");
    })
}
