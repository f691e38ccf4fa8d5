//! Who acts, and through which door: what is done is logged as theirs.

use crate::runs::{RunInput, RunOutput};
use crate::{ImportReport, Platform, Result, Source, UndoReport};
use mesinfos_consent::{Act, Actor, Channel, Difference, Receipt, ReceiptId};
use mesinfos_vault::ErasureReceipt;

/// The platform, for one who acts. Its methods are those of [`Platform`] with the same names.
#[derive(Clone, Copy)]
pub struct Acting<'a> {
    platform: &'a Platform,
    by: Act,
}

impl Platform {
    /// The platform, for one who acts through a door.
    pub fn by(&self, by: Act) -> Acting<'_> {
        Acting { platform: self, by }
    }

    /// The platform, for a person who acts through a door.
    pub fn via(&self, channel: Channel) -> Acting<'_> {
        self.by(Act { actor: Actor::Person, channel })
    }
}

impl Acting<'_> {
    /// Runs an app.
    ///
    /// # Errors
    /// As [`Platform::run`].
    pub fn run(&self, name: &str, app: &str, input: &RunInput) -> Result<RunOutput> {
        self.platform.run_by(self.by, name, app, input)
    }

    /// Runs an app again from a receipt.
    ///
    /// # Errors
    /// As [`Platform::replay`].
    pub fn replay(&self, name: &str, id: ReceiptId) -> Result<(Receipt, Vec<Difference>)> {
        self.platform.replay_by(self.by, name, id)
    }

    /// Imports a file.
    ///
    /// # Errors
    /// As [`Platform::import`].
    pub fn import<'a>(&self, name: &str, file: &str, input: impl Into<Source<'a>>) -> Result<ImportReport> {
        self.platform.import_by(self.by, name, file, input.into())
    }

    /// Takes an import back.
    ///
    /// # Errors
    /// As [`Platform::undo_import`].
    pub fn undo_import(&self, name: &str, import: u64) -> Result<UndoReport> {
        self.platform.undo_import_by(self.by, name, import)
    }

    /// Erases a person.
    ///
    /// # Errors
    /// As [`Platform::erase`].
    pub fn erase(&self, name: &str) -> Result<ErasureReceipt> {
        self.platform.erase_by(self.by, name)
    }
}
