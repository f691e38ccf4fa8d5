//! Persons: making, listing, erasing; their audit chains.

use crate::{Person, Platform, PlatformError, Result, now};
use mesinfos_consent::{AuditEvent, ConsentError, Entry, Receipt, ReceiptId, Verified, prefixes};
use mesinfos_model::Digest;
use mesinfos_vault::{CategorySummary, ErasureReceipt, ErasureRequest, VaultError};

impl Platform {
    /// Makes a person's vault.
    ///
    /// # Errors
    /// If the name cannot be one, or is taken.
    pub fn create_person(&self, name: &str) -> Result<()> {
        let vault = self.vault.create_person(name)?;
        let person = Person { sealer: vault.sealer(), vault };
        self.act(&person, now(), |_| Ok(((), vec![AuditEvent::PersonCreated])))
    }

    /// Whether there is a person of that name.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn has_person(&self, name: &str) -> Result<bool> {
        match self.vault.person(name) {
            Ok(_) => Ok(true),
            Err(VaultError::NoSuchPerson { .. } | VaultError::BadName { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn person_or_create(&self, name: &str) -> Result<Person> {
        match self.person(name) {
            Err(PlatformError::Vault(VaultError::NoSuchPerson { .. })) => {
                self.create_person(name)?;
                self.person(name)
            }
            found => found,
        }
    }

    /// Names of all persons.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn persons(&self) -> Result<Vec<String>> {
        Ok(self.vault.persons()?)
    }

    /// What is in a person's vault, by category.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn summary(&self, name: &str) -> Result<Vec<CategorySummary>> {
        Ok(self.person(name)?.vault.summary()?)
    }

    /// The person's audit chain, the oldest entry first.
    ///
    /// # Errors
    /// If there is no such person, or the chain is broken.
    pub fn audit_entries(&self, name: &str) -> Result<Vec<Entry>> {
        let person = self.person(name)?;
        let audit = self.audit(&person);
        Ok(audit.entries(None, usize::MAX)?)
    }

    /// Walks the whole audit chain of a person.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] with the first entry that is not what was written.
    pub fn audit_verify(&self, name: &str) -> Result<Verified> {
        let person = self.person(name)?;
        let audit = self.audit(&person);
        Ok(audit.verify()?)
    }

    /// The receipts of a person's runs.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn receipts_of(&self, name: &str) -> Result<Vec<Receipt>> {
        let person = self.person(name)?;
        let receipts = self.receipts(&person);
        Ok(receipts.list()?)
    }

    /// One receipt.
    ///
    /// # Errors
    /// If there is no such person or receipt.
    pub fn receipt(&self, name: &str, id: ReceiptId) -> Result<Receipt> {
        let person = self.person(name)?;
        let receipts = self.receipts(&person);
        Ok(receipts.get(id)?)
    }

    /// Erases a person: running apps are stopped, the audit chain gets its last entry, the keys
    /// are destroyed so that no copy can be read any more, and what is stored is deleted.
    ///
    /// # Errors
    /// If there is no such person, or the disk refuses: an erasure that was begun is finished when
    /// the platform is opened next.
    pub fn erase(&self, name: &str) -> Result<ErasureReceipt> {
        let person = self.person(name)?;
        for grant in self.grants(&person).list()? {
            self.stop_runs(grant.id());
        }
        let at = now();
        self.act(&person, at, |_| Ok(((), vec![AuditEvent::Erased])))?;
        let closing: Digest = match self.audit(&person).verify() {
            Ok(verified) => verified.head,
            // A broken chain must not keep anybody from leaving.
            Err(ConsentError::Broken(_)) => Digest([0; 32]),
            Err(error) => return Err(error.into()),
        };
        let also = prefixes(person.vault.id());
        let request = ErasureRequest { at_utc_seconds: at, closing, also };
        Ok(self.vault.erase(name, &request)?)
    }
}
