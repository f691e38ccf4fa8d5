//! What can go wrong in this room.

use mesinfos_store::StoreError;

/// The result of this room.
pub type Result<T> = std::result::Result<T, RecordError>;

/// What can go wrong with records and chains.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The store below.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record does not open at its place, or is not what the caller expects there.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// Which record.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A record cannot be sealed: the key is not to be had.
    #[error("{what} cannot be sealed: the key is not to be had")]
    Unsealable {
        /// Which record.
        what: &'static str,
    },
    /// A record would be larger than a record may be. Nothing was added to the commit.
    #[error("{what} would take {size} bytes, and at most {most} are kept")]
    TooLarge {
        /// Which record.
        what: &'static str,
        /// Its size in bytes.
        size: usize,
        /// The most that it may have.
        most: usize,
    },
    /// A chain of records was tampered with, or the store lost some.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// What is wrong with a record of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there, and later ones are.
    #[error("it is missing")]
    Missing,
    /// It does not open at its place, or is not what its hash says.
    #[error("it was changed, or moved here from another place")]
    Changed,
    /// It opens, but does not hold the hash of the one before.
    #[error("it does not continue the entry before it: one of the two was replaced")]
    Unchained,
    /// It and all after it are gone.
    #[error("it is missing with all that came after it; there were {length} entries")]
    Cut {
        /// How many there were.
        length: u64,
    },
    /// It stands after the end of the list.
    #[error("it stands after the end of the list")]
    Beyond,
    /// It is the last one and not the one that the head tells.
    #[error("it is not the entry that was the last one")]
    Replaced,
    /// The record that tells how long the list is does not open.
    #[error("the record of the list's end was changed, or moved here from another place")]
    Head,
}

/// A chain that was tampered with: the first place where that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {log} is broken at entry {seq}: {fault}")]
pub struct Broken {
    /// Which list.
    pub log: &'static str,
    /// Which of its entries, counted from 0.
    pub seq: u64,
    /// What is wrong with it.
    pub fault: Fault,
}
