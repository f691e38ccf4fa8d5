//! Readiness of this host.

use crate::{Platform, Result};
use mesinfos_store::Store;

/// Limit of the difference between the clocks of the store and of this host, in seconds, exclusive. Leases of
/// hosts and expiry of grants depend on both.
const APART: u64 = 2;

/// Conditions for serving, and whether each holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// The store answers.
    pub store: bool,
    /// Keys are available.
    pub keys: bool,
    /// The clocks of the store and of this host are less than two seconds apart.
    pub clock: bool,
}

impl Readiness {
    /// Whether all conditions hold.
    pub fn is_ready(self) -> bool {
        self.store && self.keys && self.clock
    }
}

impl Platform {
    /// Whether this host can serve now. Reads one record, the store's clock and the key file.
    pub fn readiness(&self) -> Readiness {
        let clock = self.answers();
        Readiness {
            store: clock.is_ok(),
            keys: self.vault.health().is_ok(),
            clock: clock.is_ok_and(|at| at.abs_diff(self.clock.now()) < APART),
        }
    }

    /// The store's clock, if the store answers.
    fn answers(&self) -> Result<i64> {
        self.store.persons(None, 1)?;
        Ok(self.store().clock()?)
    }
}
