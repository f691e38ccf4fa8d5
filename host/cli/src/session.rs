//! Context of a verb: data folder, output, and isolation of apps.

use crate::author::language::Language;
use crate::failure::{Doing, Failure, Result};
use crate::shared::{Output, shown};
use crate::shared_store;
use crate::wall::Wall;
use mesinfos_platform::Platform;
use mesinfos_platform::credentials::Credentials;
use mesinfos_store_postgres::Address;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use tempfile::TempDir;

/// Context of a verb.
pub(crate) struct Session {
    pub(crate) out: Output,
    pub(crate) folder: PathBuf,
    /// Whether the command line names the data folder.
    pub(crate) names_folder: bool,
    /// Whether the verb creates a data folder that does not exist.
    pub(crate) makes_folder: bool,
    /// Where the store is, if not in the data folder.
    pub(crate) store: Option<Address>,
    pub(crate) wall: Wall,
    /// Whether the command line names a language.
    pub(crate) names_language: bool,
    /// The language of a new app: `new` takes it in place of that of its messages.
    pub(crate) app_language: Option<Language>,
}

impl Session {
    /// Opens the platform on the data folder.
    pub(crate) fn open(&self) -> Result<Platform> {
        self.expect_folder()?;
        self.open_behind(&self.wall)
    }

    /// Opens the platform on the data folder, and on the store that the command line names.
    pub(crate) fn open_behind(&self, wall: &Wall) -> Result<Platform> {
        match &self.store {
            Some(address) => shared_store::open(address, &self.folder, wall),
            None => wall.open(&self.folder),
        }
    }

    /// As [`Session::open`], for a verb that lists contents. `None` before the first use on this machine:
    /// the data folder is missing and not named on the command line.
    pub(crate) fn open_if_any(&self) -> Result<Option<Platform>> {
        if self.is_before_first_use() { Ok(None) } else { self.open().map(Some) }
    }

    /// As [`Session::open`], but `None` if there is no store; never creates one.
    pub(crate) fn open_if_stored(&self) -> Result<Option<Platform>> {
        if self.store.is_some() || self.folder.join("store").is_dir() {
            self.open().map(Some)
        } else {
            Ok(None)
        }
    }

    /// As [`Session::open`], for work that keeps nothing: if nothing is stored yet, opens the platform on an
    /// empty folder that is removed when the first value returned is dropped.
    pub(crate) fn open_or_unused(&self) -> Result<(Option<TempDir>, Platform)> {
        if self.store.is_some() || !mesinfos_platform::is_unused(&self.folder)? {
            return Ok((None, self.open_behind(&self.wall)?));
        }
        let temporary = std::env::temp_dir();
        let unused = tempfile::tempdir().doing(Cli::Opening { path: &shown(&temporary) })?;
        let platform = self.wall.open(unused.path())?;
        Ok((Some(unused), platform))
    }

    /// As [`Session::open_if_any`], for [`Session::doors`].
    pub(crate) fn doors_if_any(&self) -> Result<Option<Credentials>> {
        if self.is_before_first_use() { Ok(None) } else { self.doors().map(Some) }
    }

    /// Opens tokens and addresses of the data folder. A running server does not lock them.
    pub(crate) fn doors(&self) -> Result<Credentials> {
        self.expect_folder()?;
        Ok(Credentials::open(&self.folder)?)
    }

    /// Fails if there is no data folder and the verb creates none.
    pub(crate) fn expect_folder(&self) -> Result<()> {
        if !self.lacks_folder() {
            return Ok(());
        }
        let path = shown(&self.folder);
        Err(if self.names_folder {
            Failure::said(Cli::NoFolder { path: &path })
        } else {
            Failure::said(Cli::NothingYet { path: &path }).hint(Cli::HintFirst)
        })
    }

    fn is_before_first_use(&self) -> bool {
        !self.names_folder && self.lacks_folder()
    }

    /// Whether the folder is missing. An inaccessible folder does not count as missing: opening it reports
    /// the error.
    fn lacks_folder(&self) -> bool {
        !self.makes_folder && matches!(self.folder.try_exists(), Ok(false))
    }
}
