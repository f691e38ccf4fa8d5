//! Bytes at rest: the one small storage trait that `vault` and `consent` stand on, and its
//! backends. What is stored here is already sealed; this room knows no keys, categories or grants.
//!
//! - [`Store`]: ordered keys with small values, atomic durable commits, and immutable chunks, all of
//!   them in [`Partition`]s: one for each person, and one for the house.
//! - [`View`]: ranges that were read at once, served to rooms that read record by record.
//! - [`Lease`]: which of several hosts does a job.
//! - [`dump`]: a whole store as one stream, and back.
//! - [`sled_store::SledStore`]: the embedded default.
//! - [`memory::MemoryStore`]: for tests, and the model that [`contract`] holds backends against.
//! - [`Sealer`]: how a room above asks for a record to be sealed without knowing a key.
//!
//! Invariants:
//! - When [`Store::commit`] or [`Store::put_chunks`] has returned, what it wrote survives a power cut.
//!   Never acknowledge before.
//! - A commit and a chunk belong to one partition, so a store may keep each person on another server.

mod chunk_files;
mod commit;
pub mod contract;
pub mod dump;
mod group;
mod lease;
#[cfg(target_os = "linux")]
mod log_sync;
pub mod memory;
mod partition;
mod sled_error;
pub mod sled_store;
mod upgrade;
mod view;

pub use commit::Commit;
pub use lease::Lease;
pub use partition::{Partition, PersonId, Range, Record};
pub use view::View;

use std::time::{Duration, SystemTime};

/// The largest value of a key, in bytes. Larger things are chunks: a log-structured store keeps
/// old bytes for long and never syncs blobs.
pub const MAX_VALUE: usize = 4096;

/// What can go wrong at rest.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A precondition of a commit did not hold: somebody else wrote first. Nothing was written.
    #[error("the record changed meanwhile; nothing was written, try again")]
    Conflict,
    /// A value over [`MAX_VALUE`]. Nothing was written.
    #[error("a record of {size} bytes is over the limit of {MAX_VALUE}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// Another process has the store open.
    #[error("the data folder is in use by another process")]
    InUse,
    /// What is stored is not what was written.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The store cannot be reached. Nothing was written: it is safe to try again.
    #[error("the store is not available: {0}; nothing was written")]
    Unavailable(String),
    /// The store gave no answer. What was being written may be there or not: read before trying again.
    #[error("the store did not confirm a write: {0}; it may have been written")]
    Unknown(String),
    /// The disk said no. Nothing was acknowledged.
    #[error("the disk refused: {0}")]
    Io(#[from] std::io::Error),
}

/// The result of this room.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A chunk: 16 bytes that are never used twice in a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkId(pub [u8; 16]);

/// UTC seconds since 1970, by this machine.
fn machine_seconds() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The error for a chunk that a record names and that is not there.
fn missing_chunk(partition: Partition, chunk: ChunkId) -> StoreError {
    StoreError::Damaged(format!("the chunk {} of {partition} is missing", chunk_files::hex(&chunk.0)))
}

/// Which chunks are meant.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// These; one that is not there is fine.
    Some(&'a [ChunkId]),
    /// Every chunk of the partition.
    All,
}

/// An ordered store of small records and immutable chunks, in partitions. Blocking: call it from a thread
/// that may wait.
pub trait Store: Send + Sync {
    /// The records of each range, in the order of the ranges; of one range in byte order of keys. Ranges
    /// of one partition are one snapshot: no commit is seen in one of them and not in another.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>>;

    /// Makes all changes of a commit at once. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::TooLarge`] and [`StoreError::Unavailable`] leave everything
    /// as it was; after any other error it may have been written.
    fn commit(&self, commit: &Commit) -> Result<()>;

    /// Writes chunks. Durable when it returns; not visible to anybody until a commit names them. A chunk
    /// that exists is never written again.
    ///
    /// # Errors
    /// [`StoreError`]; chunks may then be there that no commit names: see [`Store::chunks_of`].
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()>;

    /// The bodies of chunks, in the order asked for.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if one is not there.
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>>;

    /// The chunks of a partition, named by a commit or not, in order of id, and how long ago each was
    /// written.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be listed.
    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>>;

    /// Deletes chunks. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError`] if one cannot be deleted.
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()>;

    /// At most `limit` persons whose partition holds a record or a chunk, in order of id, after `after`
    /// (excluded).
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be listed.
    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>>;

    /// The time of the store, in UTC seconds since 1970: the same for all hosts that use it.
    ///
    /// # Errors
    /// [`StoreError`] if it does not answer.
    fn clock(&self) -> Result<i64>;

    /// The value of a key.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    fn get(&self, partition: Partition, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut found = self.read(&[Range::key(partition, key)])?;
        Ok(found.pop().and_then(|mut records| records.pop()).map(|(_, value)| value))
    }

    /// At most `limit` records whose keys start with `prefix`, in byte order, after the key `after`
    /// (excluded).
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    fn scan(
        &self,
        partition: Partition,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Record>> {
        let range = Range::prefix(partition, prefix).after(after).at_most(limit);
        Ok(self.read(&[range])?.pop().unwrap_or_default())
    }

    /// The body of one chunk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is not there.
    fn get_chunk(&self, partition: Partition, chunk: ChunkId) -> Result<Vec<u8>> {
        self.get_chunks(partition, &[chunk])?.pop().ok_or_else(|| missing_chunk(partition, chunk))
    }
}

/// Whatever leads to a store is one.
macro_rules! leads_to_a_store {
    ($($pointer:ty),+) => {
        $(impl<S: Store + ?Sized> Store for $pointer {
            fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
                (**self).read(ranges)
            }
            fn commit(&self, commit: &Commit) -> Result<()> {
                (**self).commit(commit)
            }
            fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
                (**self).put_chunks(partition, chunks)
            }
            fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
                (**self).get_chunks(partition, chunks)
            }
            fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
                (**self).chunks_of(partition)
            }
            fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
                (**self).delete_chunks(partition, which)
            }
            fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
                (**self).persons(after, limit)
            }
            fn clock(&self) -> Result<i64> {
                (**self).clock()
            }
        })+
    };
}

leads_to_a_store!(&S, std::sync::Arc<S>);

/// Seals records of one person for a room that must not know keys. `place` is the key under which
/// the record stands: a record that is moved elsewhere does not open.
pub trait Sealer: Send + Sync {
    /// Seals.
    ///
    /// # Errors
    /// [`SealError`] if the person's key is not to be had.
    fn seal(&self, place: &[u8], plain: &[u8]) -> std::result::Result<Vec<u8>, SealError>;

    /// Opens.
    ///
    /// # Errors
    /// [`SealError`] if it was not sealed for this person and place, or was changed.
    fn open(&self, place: &[u8], sealed: &[u8]) -> std::result::Result<Vec<u8>, SealError>;
}

/// A record that does not open: changed, moved, or sealed with a key that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed record does not open: it was changed or moved, or its key is gone")]
pub struct SealError;
