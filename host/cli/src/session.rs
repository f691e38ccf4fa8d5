//! What a verb works with: the data folder, where results go, and the wall behind which apps run.

use crate::acts::Output;
use crate::failure::Result;
use crate::wall::Wall;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::Doors;
use std::path::PathBuf;

/// What a verb works with.
pub(crate) struct Session {
    pub(crate) out: Output,
    pub(crate) folder: PathBuf,
    pub(crate) wall: Wall,
    /// Whether the command line names a language.
    pub(crate) names_language: bool,
}

impl Session {
    /// The platform on the data folder.
    pub(crate) fn open(&self) -> Result<Platform> {
        self.wall.open(&self.folder)
    }

    /// Tokens and addresses of the data folder, which a running server does not lock.
    pub(crate) fn doors(&self) -> Result<Doors> {
        Ok(Doors::open(&self.folder)?)
    }
}
