//! A store that forgets: for tests, and the model that the other backends are held against.

use crate::{Batch, ChunkId, MAX_VALUE, PersonId, Result, Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Records and chunks in memory, behind one lock. Nothing outlives it.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    records: BTreeMap<Vec<u8>, Vec<u8>>,
    chunks: BTreeMap<(PersonId, ChunkId), Vec<u8>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    /// Every change is made in one step, so what a panicking thread left behind is whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.lock().records.get(key).cloned())
    }

    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let from = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            _ => Bound::Included(prefix),
        };
        let inner = self.lock();
        let found = inner.records.range::<[u8], _>((from, Bound::Unbounded));
        Ok(found
            .take_while(|(key, _)| key.starts_with(prefix))
            .take(limit)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    fn commit(&self, batch: &Batch) -> Result<()> {
        if let Some((_, value)) = batch.puts.iter().find(|(_, value)| value.len() > MAX_VALUE) {
            return Err(StoreError::TooLarge { size: value.len() });
        }
        let mut inner = self.lock();
        if batch.preconditions.iter().any(|(key, value)| inner.records.get(key) != value.as_ref()) {
            return Err(StoreError::Conflict);
        }
        for key in &batch.deletes {
            inner.records.remove(key);
        }
        inner.records.extend(batch.puts.iter().cloned());
        Ok(())
    }

    fn put_chunks(&self, person: PersonId, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        let mut inner = self.lock();
        for (chunk, body) in chunks {
            inner.chunks.entry((person, *chunk)).or_insert_with(|| body.clone());
        }
        Ok(())
    }

    fn get_chunk(&self, person: PersonId, chunk: ChunkId) -> Result<Vec<u8>> {
        let body = self.lock().chunks.get(&(person, chunk)).cloned();
        body.ok_or_else(|| crate::missing_chunk(person, chunk))
    }

    fn chunks_of(&self, person: PersonId) -> Result<Vec<ChunkId>> {
        let inner = self.lock();
        Ok(inner.chunks.keys().filter(|(of, _)| *of == person).map(|(_, chunk)| *chunk).collect())
    }

    fn persons_with_chunks(&self) -> Result<Vec<PersonId>> {
        let persons: BTreeSet<PersonId> = self.lock().chunks.keys().map(|(of, _)| *of).collect();
        Ok(persons.into_iter().collect())
    }

    fn delete_chunks(&self, person: PersonId, chunks: &[ChunkId]) -> Result<()> {
        let mut inner = self.lock();
        for chunk in chunks {
            inner.chunks.remove(&(person, *chunk));
        }
        Ok(())
    }

    fn delete_person_chunks(&self, person: PersonId) -> Result<()> {
        self.lock().chunks.retain(|(of, _), _| *of != person);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_the_contract() {
        crate::contract::check(&super::MemoryStore::new()).unwrap();
    }
}
