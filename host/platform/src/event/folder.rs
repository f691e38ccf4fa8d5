//! The mark of an event's data folder.
//!
//! The mark is a file, and the event a record of the store. A folder with one of the two and not the other is opened as
//! nothing: who plants a mark in a real folder, or takes it out of an event's, gets neither.

use crate::private;
use crate::{PlatformError, Result};
use mesinfos_event::Event;
use mesinfos_store::Store;
use std::path::Path;

/// Name of the file that marks the data folder of an event.
const MARK: &str = "EVENT";

/// What is in it, for whoever looks into the folder.
const WORDS: &[u8] = b"mesinfos event 1\nSample people only. Opened by \"mesinfos event serve\" alone.\n";

/// What a data folder is opened as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One with the data of people.
    Real,
    /// That of an event.
    Event,
    /// That of an event which is being made.
    NewEvent,
}

/// Marks a folder, which is created if it is missing.
pub(super) fn mark(path: &Path) -> Result<()> {
    let folder = private::open(path)?;
    Ok(private::write(&folder, MARK, &[WORDS])?)
}

/// Removes what was made of an event that could not be made. The folder was unused before.
pub(super) fn unmake(path: &Path) -> Result<()> {
    for part in ["store", "keys", "apps", "doors"] {
        match std::fs::remove_dir_all(path.join(part)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(std::fs::remove_file(path.join(MARK))?)
}

/// Whether a folder has the mark. Whatever has its name is one: a link, also to nothing, or a folder.
fn is_marked(path: &Path) -> Result<bool> {
    match std::fs::symlink_metadata(path.join(MARK)) {
        Ok(_) => Ok(true),
        Err(error)
            if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Refuses a folder that is not of this kind, before anything is read or written.
pub(crate) fn check_marker(path: &Path, kind: Kind) -> Result<()> {
    match (is_marked(path)?, kind) {
        (true, Kind::Real) => Err(PlatformError::IsEvent { path: path.to_owned() }),
        (false, Kind::Event | Kind::NewEvent) => Err(PlatformError::NotAnEvent { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// Refuses a store that is not of this kind.
pub(crate) fn check_store(store: &dyn Store, path: &Path, kind: Kind) -> Result<()> {
    match (Event::is_in(store)?, kind) {
        (true, Kind::Real) => Err(PlatformError::IsEvent { path: path.to_owned() }),
        (false, Kind::Event) => Err(PlatformError::NotAnEvent { path: path.to_owned() }),
        // Whatever brought them there: an event has no people.
        (_, Kind::Event) if !store.persons(None, 1)?.is_empty() => {
            Err(PlatformError::NotAnEvent { path: path.to_owned() })
        }
        _ => Ok(()),
    }
}
