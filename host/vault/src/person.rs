//! One person's vault: who she is, and her keys. What goes in is in `import`, what comes out in
//! `reader`.

use crate::error::{Result, VaultError};
use crate::keys::{PersonKeys, RecordSealer};
use crate::records;
use mesinfos_store::{PersonId, Sealer, Store};
use std::sync::Arc;

/// The opened vault of one person. Cheap to clone. Holds her key: keep it no longer than needed.
#[derive(Clone)]
pub struct PersonVault {
    inner: Arc<Inner>,
}

struct Inner {
    store: Arc<dyn Store>,
    name: String,
    /// The sealed name as it stands in the store: it never changes while the person is there.
    sealed_name: Vec<u8>,
    keys: PersonKeys,
    sealer: Arc<RecordSealer>,
}

impl PersonVault {
    /// Opens the vault whose keys these are; none if the person is gone.
    pub(crate) fn open(store: Arc<dyn Store>, keys: PersonKeys) -> Result<Option<PersonVault>> {
        let place = records::name(keys.person);
        let Some(sealed_name) = store.get(&place)? else {
            return Ok(None);
        };
        let sealer = Arc::new(keys.record_sealer()?);
        let name = String::from_utf8(sealer.open(&place, &sealed_name)?)
            .map_err(|_| records::damaged("a person's name"))?;
        Ok(Some(PersonVault { inner: Arc::new(Inner { store, name, sealed_name, keys, sealer }) }))
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The person's id: what the keys of her records start with, in every room.
    pub fn id(&self) -> PersonId {
        self.inner.keys.person
    }

    /// Seals and opens her records for rooms that know no key.
    pub fn sealer(&self) -> Arc<dyn Sealer> {
        self.inner.sealer.clone()
    }

    /// Lets a commit happen only if the person was not erased meanwhile. A commit of an import has
    /// that already; every other commit that writes records of the person needs it.
    pub fn guard(&self, commit: &mut mesinfos_store::Batch) {
        commit.expect(records::name(self.id()), Some(self.inner.sealed_name.clone()));
    }

    /// How many imports there were: what a reader gives as `as_of` to see what is there now.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the person was erased meanwhile.
    pub fn sequence(&self) -> Result<u64> {
        let counter = self.store().get(&records::sequence(self.id()))?;
        records::number(
            &counter
                .ok_or_else(|| VaultError::Damaged(format!("the vault of \"{}\" was erased", self.name())))?,
        )
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.inner.store
    }

    pub(crate) fn keys(&self) -> &PersonKeys {
        &self.inner.keys
    }

    pub(crate) fn sealer_ref(&self) -> &dyn Sealer {
        &*self.inner.sealer
    }
}
