//! One person's vault: name, id and keys. Writing is in `import`, reading in `reader`.

use crate::error::{Result, VaultError};
use crate::keys::{PersonKeys, RecordSealer};
use crate::records;
use mesinfos_model::Category;
use mesinfos_records::Records;
use mesinfos_store::{Commit, Partition, PersonId, Range, Sealer, Store};
use std::sync::Arc;

/// The opened vault of one person. Cheap to clone. Holds their key: keep it no longer than needed.
#[derive(Clone)]
pub struct PersonVault {
    store: Arc<dyn Store>,
    inner: Arc<Inner>,
}

struct Inner {
    name: String,
    /// The sealed name as stored: it never changes while the person exists.
    sealed_name: Vec<u8>,
    keys: PersonKeys,
    sealer: Arc<RecordSealer>,
}

impl PersonVault {
    /// Opens the vault of these keys; `None` if the person is gone.
    pub(crate) fn open(store: Arc<dyn Store>, keys: PersonKeys) -> Result<Option<PersonVault>> {
        let record_key = records::name(keys.person);
        let Some(sealed_name) = store.get(keys.person.into(), &record_key)? else {
            return Ok(None);
        };
        let sealer = Arc::new(keys.record_sealer()?);
        let name = String::from_utf8(sealer.open(&record_key, &sealed_name)?)
            .map_err(|_| records::damaged("a person's name"))?;
        Ok(Some(PersonVault { store, inner: Arc::new(Inner { name, sealed_name, keys, sealer }) }))
    }

    /// The same vault on another store handle: see [`mesinfos_store::Snapshot`].
    #[must_use]
    pub fn over(&self, store: Arc<dyn Store>) -> PersonVault {
        PersonVault { store, inner: Arc::clone(&self.inner) }
    }

    /// The person's name.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The person's id. In every crate, the store keys of their records contain it.
    pub fn id(&self) -> PersonId {
        self.inner.keys.person
    }

    /// Seals and opens the person's records, for crates without access to keys.
    pub fn sealer(&self) -> Arc<dyn Sealer> {
        self.inner.sealer.clone()
    }

    /// Adds the precondition that the person has not been erased. Every commit that writes records of the
    /// person needs it, except that of an import, which already fails after an erasure.
    pub fn guard(&self, commit: &mut Commit) {
        commit.expect(records::name(self.id()), Some(self.inner.sealed_name.clone()));
    }

    /// The number of imports and undos so far. Passed to a reader as `as_of`, it selects the current state.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the person was erased meanwhile.
    pub fn sequence(&self) -> Result<u64> {
        let counter = self.records().get(&records::sequence(self.id()))?;
        records::number(
            &counter
                .ok_or_else(|| VaultError::Damaged(format!("the vault of \"{}\" was erased", self.name())))?,
        )
    }

    /// An empty commit for this person's partition.
    pub fn empty_commit(&self) -> Commit {
        Commit::new(self.partition())
    }

    /// The person's partition of the store.
    pub fn partition(&self) -> Partition {
        self.id().into()
    }

    /// The store used for reads and writes.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The person's records.
    pub(crate) fn records(&self) -> Records<'_> {
        Records::new(&*self.store, &*self.inner.sealer, self.id())
    }

    pub(crate) fn keys(&self) -> &PersonKeys {
        &self.inner.keys
    }
}

/// The ranges to read for a person's current data in some categories.
pub fn ranges(person: PersonId, categories: &[Category]) -> Vec<Range> {
    let key = |key: Vec<u8>| Range::key(person.into(), key);
    let chunks =
        |category: &Category| Range::prefix(person.into(), records::chunks_of_category(person, *category));
    let withheld = [records::withheld(person), records::still_withheld(person)];
    let withheld = withheld.map(|prefix| Range::prefix(person.into(), prefix));
    let mut ranges = vec![key(records::name(person)), key(records::sequence(person))];
    ranges.extend(withheld);
    ranges.extend(categories.iter().map(chunks));
    ranges
}
