//! Whether this host can serve now.

use crate::{Platform, Result};
use mesinfos_store::Store;

/// How far apart the clocks of the store and of this host may be, in seconds: leases of hosts and ends of grants
/// are told by them.
const APART: u64 = 2;

/// What a host needs to serve, and whether it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// The store answers.
    pub store: bool,
    /// Keys can be had.
    pub keys: bool,
    /// The clocks of the store and of this host are less than two seconds apart.
    pub clock: bool,
}

impl Readiness {
    /// Whether all of it is so.
    pub fn is_ready(self) -> bool {
        self.store && self.keys && self.clock
    }
}

impl Platform {
    /// Whether this host can serve now. It reads one record, the clock of the store, and the key file.
    pub fn readiness(&self) -> Readiness {
        let clock = self.answers();
        Readiness {
            store: clock.is_ok(),
            keys: self.vault.health().is_ok(),
            clock: clock.is_ok_and(|at| at.abs_diff(self.clock.now()) < APART),
        }
    }

    /// The time of the store, if it answers.
    fn answers(&self) -> Result<i64> {
        self.store.persons(None, 1)?;
        Ok(self.store().clock()?)
    }
}
