//! Erasure of everything about a person.

use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{Act, AuditEvent, ConsentError};
use mesinfos_model::Digest;
use mesinfos_vault::{ErasureReceipt, ErasureRequest};

impl Platform {
    /// Erases a person: stops running apps, closes the audit chain with a last entry, destroys the keys so
    /// that no copy can be read, and deletes the stored data. The account that opens their vault is removed with it:
    /// its name is theirs too.
    ///
    /// # Errors
    /// If there is no such person; [`mesinfos_vault::VaultError::ErasureBegun`] if the erasure has begun but
    /// is not finished. [`Platform::upkeep`] or another call finishes it.
    pub fn erase(&self, caller: &Caller) -> Result<ErasureReceipt> {
        let name = caller.person()?.as_str();
        if self.find(name)?.is_none()
            && let Some(receipt) = self.vault.continue_erasure(name)?
        {
            return Ok(receipt);
        }
        self.write_of(caller, |person| self.erase_person(caller.act(), person))
    }

    pub(crate) fn erase_person(&self, by: Act, person: &Person) -> Result<ErasureReceipt> {
        let name = person.vault.name();
        let (at, whose) = (self.clock.now(), person.vault.id());
        match self.act(person, by, at, |_| Ok(((), vec![AuditEvent::Erased]))) {
            // A retry after an I/O error: the chain is already closed.
            Ok(()) | Err(PlatformError::Consent(ConsentError::Closed)) => {}
            // A tampered chain must not prevent an erasure.
            Err(PlatformError::Consent(ConsentError::Broken(_))) => {}
            Err(error) => return Err(error),
        }
        // From here on no run can begin. Stop those that have.
        self.underway.stop(|run| run.person == whose);
        let closing: Digest = match self.audit(person).verify() {
            Ok(verified) => verified.head,
            // A broken chain must not prevent it either.
            Err(ConsentError::Broken(_)) => Digest([0; 32]),
            Err(error) => return Err(error.into()),
        };
        // Remove the person from deposit tokens, which would otherwise apply to a later person of the same
        // name.
        self.doors.forget(name)?;
        let request = ErasureRequest { at_utc_seconds: at, closing };
        let identity = self.identity();
        self.vault.erase_with(name, &request, |person| Ok(identity.removal_of(person)?))
    }
}
