//! One person's vault: import and read.

use crate::error::{Result, VaultError};
use crate::import::{self, ImportOutcome, ImportRecord, ImportSource};
use crate::keys::{PersonKeys, RecordSealer};
use crate::reader::{self, MonthReader};
use crate::records;
use mesinfos_model::{Batch, Category, Day, Period};
use mesinfos_store::{PersonId, Sealer, Store};
use std::collections::BTreeSet;
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

/// What there is of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategorySummary {
    /// Which category.
    pub category: Category,
    /// How many rows.
    pub rows: u64,
    /// The day of the earliest.
    pub first: Day,
    /// The day of the latest.
    pub last: Day,
    /// Names of the holders that they come from.
    pub holders: BTreeSet<String>,
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

    /// Seals the rows of a file that are not in the vault yet and writes them to disk, without
    /// making them visible: that is the commit that it returns. Join to it what has to happen at
    /// the same moment and commit it once. On [`mesinfos_store::StoreError::Conflict`] another
    /// import came first: prepare again. Chunks whose commit never happens are removed when the
    /// vault is opened the next time.
    ///
    /// # Errors
    /// [`VaultError`]; nothing is visible then.
    pub fn prepare_import(
        &self,
        source: ImportSource,
        batches: &[Batch],
    ) -> Result<(mesinfos_store::Batch, ImportOutcome)> {
        import::prepare(self, source, batches)
    }

    /// The months of a category that a period touches, as they were after the import `as_of`.
    ///
    /// # Errors
    /// [`VaultError`] if the index cannot be read.
    pub fn months(&self, category: Category, period: &Period, as_of: u64) -> Result<MonthReader> {
        MonthReader::new(self, category, period, as_of)
    }

    /// Every import, the first one first.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRecord>> {
        records::scan_all(self.store(), &records::imports(self.id()))?
            .iter()
            .map(|(key, sealed)| records::open(self.sealer_ref(), key, sealed))
            .collect()
    }

    /// What there is, by category; categories without rows are left out. Opens no chunk.
    ///
    /// # Errors
    /// [`VaultError`] if the index cannot be read.
    pub fn summary(&self) -> Result<Vec<CategorySummary>> {
        let mut all = Vec::new();
        for &category in Category::ALL {
            let summary = reader::entries(self, category)?.into_iter().map(|entry| {
                let (rows, first, last) = (entry.rows, entry.first, entry.last);
                let holders = entry.holders.into_iter().collect();
                CategorySummary { category, rows, first, last, holders }
            });
            all.extend(summary.reduce(|mut a, b| {
                a.rows += b.rows;
                a.first = a.first.min(b.first);
                a.last = a.last.max(b.last);
                a.holders.extend(b.holders);
                a
            }));
        }
        Ok(all)
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
