//! Leaving: everything of a person is erased.

use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{AuditEvent, ConsentError};
use mesinfos_model::Digest;
use mesinfos_vault::{ErasureReceipt, ErasureRequest};

impl Platform {
    /// Erases a person: running apps are stopped, the audit chain gets its last entry, the keys
    /// are destroyed so that no copy can be read any more, and what is stored is deleted.
    ///
    /// # Errors
    /// If there is no such person, or the disk refuses: an erasure that was begun is finished by
    /// [`Platform::upkeep`].
    pub fn erase(&self, caller: &Caller) -> Result<ErasureReceipt> {
        self.write_of(caller, |person| self.leave(caller, person))
    }

    fn leave(&self, caller: &Caller, person: &Person) -> Result<ErasureReceipt> {
        let (by, name) = (caller.act(), person.vault.name());
        let (at, whose) = (self.clock.now(), person.vault.id());
        match self.act(person, by, at, |_| Ok(((), vec![AuditEvent::Erased]))) {
            // An erasure that the disk refused before: the log has had its last entry.
            Ok(()) | Err(PlatformError::Consent(ConsentError::Closed)) => {}
            // A log that was tampered with must not keep anybody from leaving.
            Err(PlatformError::Consent(ConsentError::Broken(_))) => {}
            Err(error) => return Err(error),
        }
        // From here on no run begins; those that began are stopped.
        self.underway.stop(|run| run.person == whose);
        let closing: Digest = match self.audit(person).verify() {
            Ok(verified) => verified.head,
            // Nor must a broken chain.
            Err(ConsentError::Broken(_)) => Digest([0; 32]),
            Err(error) => return Err(error.into()),
        };
        // Who could send files for her cannot any more, not even for another one of her name.
        self.doors.forget(name)?;
        let request = ErasureRequest { at_utc_seconds: at, closing };
        Ok(self.vault.erase(name, &request)?)
    }
}
