//! Context of a verb: data folder, output, and isolation of apps.

use crate::acts::Output;
use crate::failure::Result;
use crate::wall::Wall;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::Doors;
use std::path::PathBuf;

/// Context of a verb.
pub(crate) struct Session {
    pub(crate) out: Output,
    pub(crate) folder: PathBuf,
    pub(crate) wall: Wall,
    /// Whether the command line names a language.
    pub(crate) names_language: bool,
}

impl Session {
    /// Opens the platform on the data folder.
    pub(crate) fn open(&self) -> Result<Platform> {
        self.wall.open(&self.folder)
    }

    /// Opens tokens and addresses of the data folder. A running server does not lock them.
    pub(crate) fn doors(&self) -> Result<Doors> {
        Ok(Doors::open(&self.folder)?)
    }
}
