//! Deletion of unnamed data: chunks of imports that never committed, spools left by a crash, and partly
//! created persons.
//!
//! Only data older than a day by the store's clock is swept, and operations fail well before that age
//! ([`VaultError::TooSlow`](crate::VaultError::TooSlow)). So a sweep on one host never deletes data that
//! another is about to commit. If a clock was wrong, the commit that names a chunk fails because the chunk is
//! missing.

use crate::error::Result;
use crate::records::{self, HOUSE};
use crate::vault::Vault;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Store, StoreError, Which};
use std::collections::HashSet;
use std::time::Duration;

/// Age from which unnamed data counts as abandoned.
const ABANDONED: Duration = Duration::from_hours(24);

/// Result of a sweep over some persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// The last person swept, after whom the next sweep continues; `None` at the end.
    pub next: Option<PersonId>,
    /// Number of chunks deleted.
    pub chunks: usize,
    /// Number of partly created persons whose records were deleted.
    pub strays: usize,
}

impl Vault {
    /// Sweeps at most `limit` persons after `after` (exclusive), in order of their ids.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn sweep(&self, after: Option<PersonId>, limit: usize) -> Result<Swept> {
        let persons = self.store.persons(after, limit)?;
        let mut ranges = Vec::with_capacity(3 * persons.len());
        for &person in &persons {
            let keys = [records::person_key(person), records::erasing(person), records::stray(person)];
            ranges.extend(keys.map(|key| Range::key(HOUSE, key)));
        }
        let mut swept = Swept::default();
        let mut found = self.store.read(&ranges)?.into_iter().map(|mut records| records.pop());
        for &person in &persons {
            let (key, erasing, stray) = (found.next(), found.next(), found.next());
            let stray = stray.flatten().map(|(_, since)| since);
            match (key.flatten(), erasing.flatten()) {
                (Some(_), _) => {
                    swept.chunks += self.sweep_chunks(person, |vault| vault.named_chunks(person))?;
                    if stray.is_some() {
                        self.forget_stray(person, stray)?;
                    }
                }
                // The erasure in progress deletes everything.
                (None, Some(_)) => {}
                (None, None) => {
                    swept.chunks += self.sweep_chunks(person, |_| Ok(HashSet::new()))?;
                    swept.strays += usize::from(self.sweep_stray(person, stray)?);
                }
            }
        }
        swept.next = persons.last().copied().filter(|_| persons.len() == limit);
        Ok(swept)
    }

    /// Deletes old chunks that no record names.
    fn sweep_chunks(
        &self,
        person: PersonId,
        named: impl FnOnce(&Vault) -> Result<HashSet<ChunkId>>,
    ) -> Result<usize> {
        let partition = Partition::from(person);
        let old = |(chunk, age)| (age >= ABANDONED).then_some(chunk);
        let mut old: Vec<ChunkId> = self.store.chunks_of(partition)?.into_iter().filter_map(old).collect();
        if old.is_empty() {
            return Ok(0);
        }
        let named = named(self)?;
        old.retain(|chunk| !named.contains(chunk));
        if !old.is_empty() {
            self.store.delete_chunks(partition, Which::Some(&old))?;
        }
        Ok(old.len())
    }

    /// The chunks named in the keys of a person's records, which are readable without a decryption key.
    pub(crate) fn named_chunks(&self, person: PersonId) -> Result<HashSet<ChunkId>> {
        named_chunks(&*self.store, person)
    }

    /// Deletes the records of a person who has no key now and had none a day ago. Returns whether it deleted
    /// them.
    fn sweep_stray(&self, person: PersonId, since: Option<Vec<u8>>) -> Result<bool> {
        if self.store.scan(person.into(), &[], None, 1)?.is_empty() {
            return Ok(false);
        }
        let now = self.store.clock()?;
        let Some(since) = since else {
            let mut commit = Commit::new(HOUSE).ending();
            commit.expect(records::stray(person), None);
            commit.expect(records::person_key(person), None);
            commit.put(records::stray(person), now.to_be_bytes());
            return self.commit_unless_changed(&commit).map(|()| false);
        };
        let first = since.as_slice().try_into().map_or(now, i64::from_be_bytes);
        if now.saturating_sub(first) < i64::try_from(ABANDONED.as_secs()).unwrap_or(i64::MAX) {
            return Ok(false);
        }
        self.delete_all(person.into())?;
        self.forget_stray(person, Some(since))?;
        Ok(true)
    }

    fn forget_stray(&self, person: PersonId, stray: Option<Vec<u8>>) -> Result<()> {
        let mut commit = Commit::new(HOUSE).ending();
        commit.expect(records::stray(person), stray);
        commit.delete(records::stray(person));
        self.commit_unless_changed(&commit)
    }

    /// Commits. A conflict is not an error: the concurrent writer does the work.
    fn commit_unless_changed(&self, commit: &Commit) -> Result<()> {
        match self.store.commit(commit) {
            Err(StoreError::Conflict) => Ok(()),
            outcome => Ok(outcome?),
        }
    }
}

/// The chunks named in the keys of a person's records, which are readable without a decryption key.
pub(crate) fn named_chunks(store: &dyn Store, person: PersonId) -> Result<HashSet<ChunkId>> {
    let of = [
        records::chunks(person),
        records::superseded(person),
        records::held(person),
        records::documents(person),
        records::texts(person),
    ];
    let mut found = store.read(&of.map(|prefix| Range::prefix(person.into(), prefix)))?.into_iter();
    let mut chunks = found.next().unwrap_or_default();
    chunks.extend(found.next().unwrap_or_default());
    chunks.extend(found.next().unwrap_or_default());
    let (documents, texts) = (found.next().unwrap_or_default(), found.next().unwrap_or_default());
    let chunks = chunks.iter().filter_map(|(key, _)| records::month_and_chunk(key)).map(|(_, chunk)| chunk);
    let pieces = documents.iter().filter_map(|(key, _)| records::document_parts(key));
    let texts = texts.iter().filter_map(|(_, value)| records::text_chunk(value)).map(|(chunk, _)| chunk);
    Ok(chunks.chain(pieces.flat_map(|(.., id, pieces)| id.chunks(pieces))).chain(texts).collect())
}
