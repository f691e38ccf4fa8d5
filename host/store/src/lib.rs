//! Bytes at rest: the one small storage trait that `vault` and `consent` stand on, and its
//! backends. What is stored here is already sealed; this room knows no keys, categories or grants.
//!
//! - [`Store`]: ordered keys with small values, atomic durable commits, and immutable chunk files.
//! - [`sled_store::SledStore`]: the embedded default.
//! - [`memory::MemoryStore`]: for tests, and the model that [`contract`] holds backends against.
//! - [`Sealer`]: how a room above asks for a record to be sealed without knowing a key.
//!
//! Invariant: when [`Store::commit`] or [`Store::put_chunks`] has returned, what it wrote survives
//! a power cut. Never acknowledge before.

mod chunk_files;
pub mod contract;
mod group;
pub mod memory;
pub mod sled_store;

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
    /// The disk said no. After this the store takes no more writes: restart once it is mended.
    #[error("the disk refused: {0}")]
    Io(#[from] std::io::Error),
}

/// The result of this room.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Changes that happen together or not at all: if every precondition holds, the deletes and then
/// the puts.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Keys to write and their new values.
    pub puts: Vec<(Vec<u8>, Vec<u8>)>,
    /// Keys to delete; deleting one that is not there is fine.
    pub deletes: Vec<Vec<u8>>,
    /// Keys that must have this value (none: must not exist) for the batch to happen.
    pub preconditions: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl Batch {
    /// Writes a key.
    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.puts.push((key.into(), value.into()));
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        self.deletes.push(key.into());
    }

    /// Lets the batch happen only if the key has this value (none: does not exist).
    pub fn expect(&mut self, key: impl Into<Vec<u8>>, value: Option<Vec<u8>>) {
        self.preconditions.push((key.into(), value));
    }

    /// Adds everything of another batch to this one.
    pub fn join(&mut self, other: Batch) {
        self.puts.extend(other.puts);
        self.deletes.extend(other.deletes);
        self.preconditions.extend(other.preconditions);
    }
}

/// A person inside the store: 16 random bytes, so that no key or path names anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub [u8; 16]);

/// A chunk: 16 bytes that are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkId(pub [u8; 16]);

/// The error for a chunk that a record names and that is not there.
fn missing_chunk(person: PersonId, chunk: ChunkId) -> StoreError {
    let (person, chunk) = (chunk_files::hex(&person.0), chunk_files::hex(&chunk.0));
    StoreError::Damaged(format!("the chunk {chunk} of person {person} is missing"))
}

/// An ordered store of small records and immutable chunks. Blocking; one process at a time.
pub trait Store: Send + Sync {
    /// The value of a key.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>>;

    /// At most `limit` keys that start with `prefix`, in byte order, after `after` (excluded).
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<(Vec<u8>, Vec<u8>)>>;

    /// Makes all changes of a batch at once. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] and [`StoreError::TooLarge`] leave everything as it was.
    fn commit(&self, batch: &Batch) -> Result<()>;

    /// Writes chunks of a person. Durable when it returns; not visible to anybody until a commit
    /// names them. A chunk that exists is never written again.
    ///
    /// # Errors
    /// [`StoreError`]; chunks may then be on disk that nothing names: see [`Store::chunks_of`].
    fn put_chunks(&self, person: PersonId, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()>;

    /// The body of a chunk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is not there.
    fn get_chunk(&self, person: PersonId, chunk: ChunkId) -> Result<Vec<u8>>;

    /// The chunks that are on disk for a person, named by a commit or not, and the persons that
    /// have any: what a collection of orphans looks through.
    ///
    /// # Errors
    /// [`StoreError`] if the folder cannot be read.
    fn chunks_of(&self, person: PersonId) -> Result<Vec<ChunkId>>;

    /// Persons for whom there is a chunk folder.
    ///
    /// # Errors
    /// [`StoreError`] if the folder cannot be read.
    fn persons_with_chunks(&self) -> Result<Vec<PersonId>>;

    /// Deletes some chunks of a person. Those that are not there are fine.
    ///
    /// # Errors
    /// [`StoreError`] if one cannot be deleted.
    fn delete_chunks(&self, person: PersonId, chunks: &[ChunkId]) -> Result<()>;

    /// Deletes every chunk of a person, and the folder.
    ///
    /// # Errors
    /// [`StoreError`] if one cannot be deleted.
    fn delete_person_chunks(&self, person: PersonId) -> Result<()>;
}

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
