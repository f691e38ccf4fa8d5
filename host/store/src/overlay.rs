//! What a store would have after a commit, before it is made: for a decision that depends on the whole of it.

use crate::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, StoreError, Which};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A store as it would be after a commit. For reading: it takes no commit, and deletes no chunk.
pub struct Overlay<S = Arc<dyn Store>> {
    store: S,
    partition: Partition,
    /// Keys that the commit writes, or deletes.
    changes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<S: Store> Overlay<S> {
    /// The store after a commit.
    pub fn new(store: S, commit: &Commit) -> Overlay<S> {
        let deletes = commit.deletes.iter().map(|key| (key.clone(), None));
        let puts = commit.puts.iter().map(|(key, value)| (key.clone(), Some(value.clone())));
        Overlay { store, partition: commit.partition, changes: deletes.chain(puts).collect() }
    }

    fn changed(&self, range: &Range) -> Vec<(&Vec<u8>, &Option<Vec<u8>>)> {
        if range.partition != self.partition || range.is_empty() {
            return Vec::new();
        }
        let bounds = (range.from.clone(), range.until.clone());
        self.changes.range::<Vec<u8>, _>(bounds).collect()
    }
}

impl<S: Store> Store for Overlay<S> {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        let changed: Vec<_> = ranges.iter().map(|range| self.changed(range)).collect();
        // As many more as may be deleted.
        let wider = |(range, changed): (&Range, &Vec<_>)| Range {
            limit: range.limit.saturating_add(changed.len()),
            ..range.clone()
        };
        let wider: Vec<Range> = ranges.iter().zip(&changed).map(wider).collect();
        let found = self.store.read(&wider)?;
        let all = ranges.iter().zip(changed).zip(found).map(|((range, changed), found)| {
            let mut all: BTreeMap<Vec<u8>, Vec<u8>> = found.into_iter().collect();
            for (key, value) in changed {
                match value {
                    Some(value) => all.insert(key.clone(), value.clone()),
                    None => all.remove(key),
                };
            }
            range.cut(all.into_iter().collect())
        });
        Ok(all.collect())
    }

    fn commit(&self, _: &Commit) -> Result<()> {
        Err(StoreError::Conflict)
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

    fn delete_chunks(&self, _: Partition, _: Which<'_>) -> Result<()> {
        Err(StoreError::Conflict)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;

    #[test]
    fn it_reads_what_the_store_has_after_the_commit() {
        let (store, house) = (MemoryStore::new(), Partition::House);
        let mut first = Commit::new(house);
        for key in [b"a1", b"a2", b"a3", b"b1"] {
            first.put(*key, *key);
        }
        store.commit(&first).unwrap();
        let mut commit = Commit::new(house);
        commit.delete(*b"a1");
        commit.delete(*b"a2");
        commit.put(*b"a2", *b"xx");
        commit.put(*b"a4", *b"a4");
        let over = Overlay::new(&store, &commit);
        let prefix = Range::prefix(house, *b"a");
        let other = Range::prefix(PersonId([1; 16]).into(), *b"a");
        let ranges = [
            prefix.clone(),
            prefix.clone().at_most(1),
            prefix.clone().last(1),
            prefix.after(Some(b"a2")),
            Range::key(house, *b"a1"),
            other,
        ];
        let before = over.read(&ranges).unwrap();
        assert_eq!(over.get(house, b"a2").unwrap(), Some(b"xx".to_vec()));
        assert_eq!(over.get(house, b"a1").unwrap(), None);
        store.commit(&commit).unwrap();
        assert_eq!(before, store.read(&ranges).unwrap());
        assert!(matches!(Overlay::new(&store, &commit).commit(&commit), Err(StoreError::Conflict)));
    }
}
