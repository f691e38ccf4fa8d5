//! A snapshot of some ranges, for crates that read record by record.
//!
//! A use case knows in advance most of the records of a person that it needs. It reads them with one
//! [`Store::read`] and passes the snapshot to the crates as their store: reads within these ranges are
//! served from memory. At the first read of anything else, the snapshot passes all further reads to the
//! store below, including reads within its own ranges. So a reader sees the snapshot or later states, as
//! with any store, and never a record older than one already found. Commits go to the store below, which
//! checks their preconditions: a decision based on an outdated snapshot cannot be committed if the commit
//! expects the values on which it was based.

use crate::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, Which};
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A store with a snapshot of some of its ranges, used until anything else is read.
pub struct Snapshot<S = Arc<dyn Store>> {
    store: S,
    read: Vec<(Range, Vec<Record>)>,
    /// Set once anything else was read: the snapshot is no longer used.
    is_over: AtomicBool,
}

impl<S: Store> Snapshot<S> {
    /// Reads ranges with one call.
    ///
    /// # Errors
    /// Same as [`Store::read`].
    pub fn read(store: S, ranges: Vec<Range>) -> Result<Snapshot<S>> {
        let found = store.read(&ranges)?;
        Ok(Snapshot { store, read: ranges.into_iter().zip(found).collect(), is_over: AtomicBool::new(false) })
    }

    /// The records of a range, if the snapshot covers it.
    fn known(&self, range: &Range) -> Option<Vec<Record>> {
        if range.is_empty() || range.limit == 0 {
            return Some(Vec::new());
        }
        self.read.iter().find_map(|(read, records)| {
            let (mut from, mut until) = (read.from.clone(), read.until.clone());
            // If the limit cut a range short, only the part up to its last record (backwards: from its first)
            // is known.
            if records.len() >= read.limit {
                match read.is_backwards {
                    true => from = Bound::Included(records.first()?.0.clone()),
                    false => until = Bound::Included(records.last()?.0.clone()),
                }
            }
            let is_known = read.partition == range.partition
                && starts_within(&range.from, &from)
                && ends_within(&range.until, &until);
            let found = records.iter().filter(|(key, _)| range.contains(key)).cloned();
            is_known.then(|| range.cut(found.collect()))
        })
    }
}

fn starts_within(from: &Bound<Vec<u8>>, read: &Bound<Vec<u8>>) -> bool {
    match (from, read) {
        (_, Bound::Unbounded) => true,
        (Bound::Unbounded, _) => false,
        (Bound::Included(from), Bound::Excluded(read)) => from > read,
        (Bound::Included(from) | Bound::Excluded(from), Bound::Included(read) | Bound::Excluded(read)) => {
            from >= read
        }
    }
}

fn ends_within(until: &Bound<Vec<u8>>, read: &Bound<Vec<u8>>) -> bool {
    match (until, read) {
        (_, Bound::Unbounded) => true,
        (Bound::Unbounded, _) => false,
        (Bound::Included(until), Bound::Excluded(read)) => until < read,
        (Bound::Included(until) | Bound::Excluded(until), Bound::Included(read) | Bound::Excluded(read)) => {
            until <= read
        }
    }
}

impl<S: Store> Store for Snapshot<S> {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        if !self.is_over.load(Ordering::Acquire) {
            let known: Option<Vec<Vec<Record>>> = ranges.iter().map(|range| self.known(range)).collect();
            if let Some(found) = known {
                return Ok(found);
            }
            self.is_over.store(true, Ordering::Release);
        }
        self.store.read(ranges)
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        self.store.commit(commit)
    }

    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        self.store.put_chunks(partition, chunks)
    }

    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        self.store.get_chunks(partition, chunks)
    }

    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        self.store.chunks_of(partition)
    }

    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        self.store.delete_chunks(partition, which)
    }

    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        self.store.persons(after, limit)
    }

    fn chunks_at_once(&self) -> usize {
        self.store.chunks_at_once()
    }

    fn clock(&self) -> Result<i64> {
        self.store.clock()
    }
}
