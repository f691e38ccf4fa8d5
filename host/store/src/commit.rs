//! Changes that happen together or not at all.

use crate::{ChunkId, MAX_VALUE, Partition, Result, StoreError};

/// Changes of one partition. If every precondition holds and every named chunk is there, the deletes and
/// then the puts happen; otherwise nothing does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Whose records they are.
    pub partition: Partition,
    /// Keys to write and their new values.
    pub puts: Vec<(Vec<u8>, Vec<u8>)>,
    /// Keys to delete; deleting one that is not there is fine.
    pub deletes: Vec<Vec<u8>>,
    /// Keys that must have this value (none: must not exist).
    pub preconditions: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// Chunks of the partition that the puts begin to name: they must be there. A sweep that took one for
    /// abandoned and this commit cannot both happen.
    pub names: Vec<ChunkId>,
}

impl Commit {
    /// Of a partition, without changes.
    pub fn new(partition: Partition) -> Commit {
        Commit {
            partition,
            puts: Vec::new(),
            deletes: Vec::new(),
            preconditions: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Writes a key.
    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.puts.push((key.into(), value.into()));
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        self.deletes.push(key.into());
    }

    /// Lets the commit happen only if the key has this value (none: does not exist).
    pub fn expect(&mut self, key: impl Into<Vec<u8>>, value: Option<Vec<u8>>) {
        self.preconditions.push((key.into(), value));
    }

    /// Begins to name a chunk.
    pub fn name(&mut self, chunk: ChunkId) {
        self.names.push(chunk);
    }

    /// Adds everything of another commit of the same partition to this one.
    pub fn join(&mut self, other: Commit) {
        debug_assert_eq!(self.partition, other.partition, "a commit is of one partition");
        self.puts.extend(other.puts);
        self.deletes.extend(other.deletes);
        self.preconditions.extend(other.preconditions);
        self.names.extend(other.names);
    }

    /// Refuses values that are too large.
    pub(crate) fn check_sizes(&self) -> Result<()> {
        match self.puts.iter().find(|(_, value)| value.len() > MAX_VALUE) {
            Some((_, value)) => Err(StoreError::TooLarge { size: value.len() }),
            None => Ok(()),
        }
    }
}
