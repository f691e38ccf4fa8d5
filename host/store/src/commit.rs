//! Atomic changes of one partition.

use crate::{ChunkId, MAX_VALUE, Partition, Result, StoreError};

/// Changes of one partition. If every precondition holds and every named chunk exists, the deletes and then
/// the puts are applied; otherwise nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Partition of all keys and chunks of the commit.
    pub partition: Partition,
    /// Keys to write, with their new values.
    pub puts: Vec<(Vec<u8>, Vec<u8>)>,
    /// Keys to delete; missing ones are ignored.
    pub deletes: Vec<Vec<u8>>,
    /// Keys that must have this value (`None`: must not exist).
    pub preconditions: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// Chunks of the partition that the puts begin to reference; they must exist. This commit and a sweep
    /// that deletes one of them as abandoned cannot both succeed.
    pub names: Vec<ChunkId>,
    /// Whether it ends something (a grant, a person), and so may use the space reserved for that.
    pub is_ending: bool,
}

impl Commit {
    /// An empty commit.
    pub fn new(partition: Partition) -> Commit {
        Commit {
            partition,
            puts: Vec::new(),
            deletes: Vec::new(),
            preconditions: Vec::new(),
            names: Vec::new(),
            is_ending: false,
        }
    }

    /// Marks the commit as ending something: a store accepts it on a nearly full disk.
    #[must_use]
    pub fn ending(self) -> Commit {
        Commit { is_ending: true, ..self }
    }

    /// Writes a key.
    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.puts.push((key.into(), value.into()));
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        self.deletes.push(key.into());
    }

    /// Adds a precondition: the key must have this value (`None`: must not exist).
    pub fn expect(&mut self, key: impl Into<Vec<u8>>, value: Option<Vec<u8>>) {
        self.preconditions.push((key.into(), value));
    }

    /// Adds a chunk that the puts reference and that must exist.
    pub fn name(&mut self, chunk: ChunkId) {
        self.names.push(chunk);
    }

    /// Adds all changes of another commit of the same partition.
    pub fn join(&mut self, other: Commit) {
        debug_assert_eq!(self.partition, other.partition, "a commit is of one partition");
        self.puts.extend(other.puts);
        self.deletes.extend(other.deletes);
        self.preconditions.extend(other.preconditions);
        self.names.extend(other.names);
    }

    /// Fails if a value is over [`MAX_VALUE`]. For stores: they check it first.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`].
    pub fn check_sizes(&self) -> Result<()> {
        match self.puts.iter().find(|(_, value)| value.len() > MAX_VALUE) {
            Some((_, value)) => Err(StoreError::TooLarge { size: value.len() }),
            None => Ok(()),
        }
    }
}
