//! One person's vault: who she is, and her keys. What goes in is in `import`, what comes out in
//! `reader`.

use crate::error::{Result, VaultError};
use crate::keys::{PersonKeys, RecordSealer};
use crate::records;
use mesinfos_model::Category;
use mesinfos_records::Records;
use mesinfos_store::{Commit, Partition, PersonId, Range, Sealer, Store};
use std::sync::Arc;

/// The opened vault of one person. Cheap to clone. Holds her key: keep it no longer than needed.
#[derive(Clone)]
pub struct PersonVault {
    store: Arc<dyn Store>,
    inner: Arc<Inner>,
}

struct Inner {
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
        let Some(sealed_name) = store.get(keys.person.into(), &place)? else {
            return Ok(None);
        };
        let sealer = Arc::new(keys.record_sealer()?);
        let name = String::from_utf8(sealer.open(&place, &sealed_name)?)
            .map_err(|_| records::damaged("a person's name"))?;
        Ok(Some(PersonVault { store, inner: Arc::new(Inner { name, sealed_name, keys, sealer }) }))
    }

    /// The same vault, read and written through another way to its store: see [`mesinfos_store::View`].
    #[must_use]
    pub fn over(&self, store: Arc<dyn Store>) -> PersonVault {
        PersonVault { store, inner: Arc::clone(&self.inner) }
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
    pub fn guard(&self, commit: &mut Commit) {
        commit.expect(records::name(self.id()), Some(self.inner.sealed_name.clone()));
    }

    /// How many imports there were: what a reader gives as `as_of` to see what is there now.
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

    /// A commit of this person without changes.
    pub fn nothing(&self) -> Commit {
        Commit::new(self.partition())
    }

    /// The person's partition of the store.
    pub fn partition(&self) -> Partition {
        self.id().into()
    }

    /// The store that it is read through.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Her records in this room.
    pub(crate) fn records(&self) -> Records<'_> {
        Records::new(&*self.store, &*self.inner.sealer, self.id())
    }

    pub(crate) fn keys(&self) -> &PersonKeys {
        &self.inner.keys
    }
}

/// What is read of a person's vault to know what there is of some categories now.
pub fn ranges(person: PersonId, categories: &[Category]) -> Vec<Range> {
    let key = |key: Vec<u8>| Range::key(person.into(), key);
    let chunks =
        |category: &Category| Range::prefix(person.into(), records::chunks_of_category(person, *category));
    let mut ranges = vec![key(records::name(person)), key(records::sequence(person))];
    ranges.extend(categories.iter().map(chunks));
    ranges
}
