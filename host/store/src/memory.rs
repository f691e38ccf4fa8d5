//! An in-memory store for tests, and the model for checks of the other backends.

use crate::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, StoreError, Which};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Records and chunks in memory, behind one lock.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
    /// Seconds by which its clock is ahead of the machine's.
    ahead: AtomicI64,
}

/// Body of a chunk, and the second at which it was written.
type Chunk = (Vec<u8>, i64);

#[derive(Debug, Default)]
struct Inner {
    records: BTreeMap<Partition, BTreeMap<Vec<u8>, Vec<u8>>>,
    chunks: BTreeMap<Partition, BTreeMap<ChunkId, Chunk>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    /// Advances its clock by `time`, which ages all its chunks.
    pub fn pass(&self, time: Duration) {
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Ignores poisoning: every change is a single step, so a panic leaves valid data.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        crate::machine_seconds().saturating_add(self.ahead.load(Ordering::Relaxed))
    }
}

impl Inner {
    fn read(&self, range: &Range) -> Vec<Record> {
        let Some(records) = self.records.get(&range.partition) else { return Vec::new() };
        if range.is_empty() {
            return Vec::new();
        }
        let bounds: (Bound<&[u8]>, Bound<&[u8]>) =
            (range.from.as_ref().map(Vec::as_slice), range.until.as_ref().map(Vec::as_slice));
        let found = records.range::<[u8], _>(bounds);
        range.cut(found.map(|(key, value)| (key.clone(), value.clone())).collect())
    }
}

impl Store for MemoryStore {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        let inner = self.lock();
        Ok(ranges.iter().map(|range| inner.read(range)).collect())
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        commit.check_sizes()?;
        let mut inner = self.lock();
        let chunks = inner.chunks.get(&commit.partition);
        let is_there = |chunk| chunks.is_some_and(|chunks| chunks.contains_key(chunk));
        if !commit.names.iter().all(is_there) {
            return Err(StoreError::Conflict);
        }
        let records = inner.records.entry(commit.partition).or_default();
        if commit.preconditions.iter().any(|(key, value)| records.get(key) != value.as_ref()) {
            return Err(StoreError::Conflict);
        }
        for key in &commit.deletes {
            records.remove(key);
        }
        records.extend(commit.puts.iter().cloned());
        Ok(())
    }

    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        let now = self.now();
        let mut inner = self.lock();
        let there = inner.chunks.entry(partition).or_default();
        for (chunk, body) in chunks {
            there.entry(*chunk).or_insert_with(|| (body.clone(), now));
        }
        Ok(())
    }

    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        let inner = self.lock();
        let there = inner.chunks.get(&partition);
        let body = |chunk: &ChunkId| {
            let found = there.and_then(|there| there.get(chunk));
            found.map(|(body, _)| body.clone()).ok_or(StoreError::MissingChunk { partition, chunk: *chunk })
        };
        chunks.iter().map(body).collect()
    }

    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        let now = self.now();
        let inner = self.lock();
        let there = inner.chunks.get(&partition).into_iter().flatten();
        let age = |at: i64| Duration::from_secs(u64::try_from(now - at).unwrap_or(0));
        Ok(there.map(|(chunk, (_, at))| (*chunk, age(*at))).collect())
    }

    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        let mut inner = self.lock();
        match (inner.chunks.get_mut(&partition), which) {
            (Some(there), Which::All) => there.clear(),
            (Some(there), Which::Some(chunks)) => there.retain(|chunk, _| !chunks.contains(chunk)),
            (None, _) => {}
        }
        Ok(())
    }

    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        let inner = self.lock();
        let of_records = inner.records.iter().filter(|(_, records)| !records.is_empty()).map(|(of, _)| *of);
        let of_chunks = inner.chunks.iter().filter(|(_, chunks)| !chunks.is_empty()).map(|(of, _)| *of);
        let persons: BTreeSet<PersonId> = of_records
            .chain(of_chunks)
            .filter_map(|partition| match partition {
                Partition::Person(person) => Some(person),
                Partition::House => None,
            })
            .collect();
        Ok(persons.into_iter().filter(|person| Some(*person) > after).take(limit).collect())
    }

    fn clock(&self) -> Result<i64> {
        Ok(self.now())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_the_contract() {
        crate::contract::check(&super::MemoryStore::new()).unwrap();
    }
}
