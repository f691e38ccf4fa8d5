//! Storage at rest: a small storage trait, on which `vault` and `consent` are built, and its backends.
//! Values arrive already sealed: this crate knows no keys, categories or grants.
//!
//! - [`Store`]: ordered keys with small values, atomic durable commits and immutable chunks, in
//!   [`Partition`]s: one per person, and the house partition for data that belongs to no person.
//! - [`Snapshot`]: a snapshot of some ranges, for crates that read record by record.
//! - [`Overlay`]: a store as it would be after a commit.
//! - [`Lease`]: chooses which of several hosts does a job.
//! - [`dump`]: a whole store as one stream, and back.
//! - [`sled_store::SledStore`]: the embedded default.
//! - [`memory::MemoryStore`]: for tests; also the model against which [`contract`] checks backends.
//! - [`Sealer`]: lets a crate above seal records without access to a key.
//!
//! Invariants:
//! - Once [`Store::commit`] or [`Store::put_chunks`] has returned, its writes survive a power cut. They
//!   must never acknowledge earlier.
//! - A commit or a chunk belongs to one partition, so a store may keep each person on another server.

mod chunk_files;
mod commit;
pub mod contract;
pub mod dump;
mod group;
mod lease;
#[cfg(target_os = "linux")]
mod log_sync;
pub mod memory;
mod overlay;
mod partition;
mod reserve;
mod sled_error;
pub mod sled_store;
mod snapshot;
mod upgrade;

pub use commit::Commit;
pub use lease::Lease;
pub use overlay::Overlay;
pub use partition::{Partition, PersonId, Range, Record};
pub use snapshot::Snapshot;

use std::fmt;
use std::fs::TryLockError;
use std::time::{Duration, SystemTime};

/// The largest value of a key, in bytes. Larger data goes into chunks: a log-structured store keeps old
/// bytes for a long time and never syncs blobs.
pub const MAX_VALUE: usize = 4096;

/// Errors of a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A precondition of a commit did not hold: a concurrent writer was first. Nothing was written.
    #[error("the record changed meanwhile; nothing was written, try again")]
    Conflict,
    /// A value is over [`MAX_VALUE`]. Nothing was written.
    #[error("a record of {size} bytes is over the limit of {MAX_VALUE}")]
    TooLarge {
        /// Size in bytes.
        size: usize,
    },
    /// Another process has the store open.
    #[error("the data folder is in use by another process")]
    InUse,
    /// The stored bytes are not those written, or the store is in an invalid state.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A stream to be loaded is not a complete dump.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// A chunk that a record names does not exist.
    #[error("the chunk {chunk} of {partition} is missing")]
    MissingChunk {
        /// Partition of the chunk.
        partition: Partition,
        /// Id of the chunk.
        chunk: ChunkId,
    },
    /// The operator has closed the store, or opened it for reading only. Nothing was written.
    #[error("the operator has closed the store to writes; nothing was written")]
    Closed,
    /// The store cannot be reached. Nothing was written: a retry is safe.
    #[error("the store is not available: {0}; nothing was written")]
    Unavailable(String),
    /// The store did not answer. The write may have happened or not: read before a retry.
    #[error("the store did not confirm a write: {0}; it may have been written")]
    Unknown(String),
    /// The disk reported an error. Nothing was acknowledged.
    #[error("the disk reported an error: {0}")]
    Io(#[from] std::io::Error),
}

/// Reason why a stream cannot be loaded as a dump ([`dump::load`]). The fault is in the stream, not in the
/// store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DumpError {
    /// The stream does not start like a dump.
    #[error("this is not a dump of a store")]
    NotADump,
    /// The stream ends too soon.
    #[error("the dump is incomplete: it was cut short")]
    CutShort,
    /// The stream's bytes are not those written.
    #[error("the dump was changed after it was written")]
    Changed,
}

/// If another process holds the lock, the folder is in use.
impl From<TryLockError> for StoreError {
    fn from(error: TryLockError) -> StoreError {
        match error {
            TryLockError::WouldBlock => StoreError::InUse,
            TryLockError::Error(error) => StoreError::Io(error),
        }
    }
}

/// Result with [`StoreError`].
pub type Result<T> = std::result::Result<T, StoreError>;

/// Id of a chunk: 16 bytes, never reused within a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkId(pub [u8; 16]);

impl fmt::Display for ChunkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chunk_files::hex(&self.0))
    }
}

/// UTC seconds since 1970, by the clock of this machine.
fn machine_seconds() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Selection of chunks of a partition.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// These chunks; missing ones are ignored.
    Some(&'a [ChunkId]),
    /// Every chunk of the partition.
    All,
}

/// An ordered store of small records and immutable chunks, in partitions. All methods block: call them from
/// a thread that may block.
pub trait Store: Send + Sync {
    /// The records of each range, in the order of the ranges; within a range, in byte order of keys. Ranges
    /// of one partition are read from one snapshot: a commit is visible in all of them or in none.
    ///
    /// # Errors
    /// [`StoreError`] if the records cannot be read.
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>>;

    /// Applies all changes of a commit atomically. They are durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::TooLarge`], [`StoreError::Closed`] and [`StoreError::Unavailable`]
    /// leave everything unchanged; after any other error the commit may have been written.
    fn commit(&self, commit: &Commit) -> Result<()>;

    /// Writes chunks. They are durable when it returns, and not visible until a commit names them. An
    /// existing chunk is never written again.
    ///
    /// # Errors
    /// [`StoreError`]; the chunks may then exist without a commit that names them: see [`Store::chunks_of`].
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()>;

    /// The bodies of chunks, in the order of the ids.
    ///
    /// # Errors
    /// [`StoreError::MissingChunk`] if one is missing.
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>>;

    /// All chunks of a partition, whether a commit names them or not, in order of id, each with the time
    /// since it was written.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be listed.
    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>>;

    /// Deletes chunks. The deletion is durable when it returns.
    ///
    /// # Errors
    /// [`StoreError`] if a chunk cannot be deleted.
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()>;

    /// At most `limit` persons whose partition holds a record or a chunk, in order of id, after `after`
    /// (exclusive).
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be listed.
    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>>;

    /// Number of chunks worth fetching with one [`Store::get_chunks`]. A remote store returns sixty as fast as one;
    /// a local one is read as the chunks are needed, so that other work goes on meanwhile.
    fn chunks_at_once(&self) -> usize {
        64
    }

    /// The store's clock, in UTC seconds since 1970: the same for all hosts that use the store.
    ///
    /// # Errors
    /// [`StoreError`] if the store does not answer.
    fn clock(&self) -> Result<i64>;

    /// Removes what the store keeps for itself and needs no longer. Called now and then, by one host at a time.
    ///
    /// # Errors
    /// [`StoreError`]; the next call continues.
    fn upkeep(&self) -> Result<()> {
        Ok(())
    }

    /// The value of a key; `None` if the key does not exist.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    fn get(&self, partition: Partition, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut found = self.read(&[Range::key(partition, key)])?;
        Ok(found.pop().and_then(|mut records| records.pop()).map(|(_, value)| value))
    }

    /// At most `limit` records whose keys start with `prefix`, in byte order, after the key `after`
    /// (exclusive).
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
    /// [`StoreError::MissingChunk`] if it is missing.
    fn get_chunk(&self, partition: Partition, chunk: ChunkId) -> Result<Vec<u8>> {
        self.get_chunks(partition, &[chunk])?.pop().ok_or(StoreError::MissingChunk { partition, chunk })
    }
}

/// Implements [`Store`] for pointers to a store.
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
            fn chunks_at_once(&self) -> usize {
                (**self).chunks_at_once()
            }
            fn clock(&self) -> Result<i64> {
                (**self).clock()
            }
            fn upkeep(&self) -> Result<()> {
                (**self).upkeep()
            }
        })+
    };
}

leads_to_a_store!(&S, std::sync::Arc<S>);

/// Seals records of one person for a crate that must not know keys. `record_key` is the key under which the
/// record is stored: a record moved to another key does not open.
pub trait Sealer: Send + Sync {
    /// Seals `plain` for the key `record_key`.
    ///
    /// # Errors
    /// [`SealError`] if the person's key is not available.
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> std::result::Result<Vec<u8>, SealError>;

    /// Opens a record read from the key `record_key`.
    ///
    /// # Errors
    /// [`SealError`] if it was sealed for another person or key, or was changed.
    fn open(&self, record_key: &[u8], sealed: &[u8]) -> std::result::Result<Vec<u8>, SealError>;
}

/// A record does not open: it was changed or moved, or its key is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed record does not open: it was changed or moved, or its key is gone")]
pub struct SealError;
