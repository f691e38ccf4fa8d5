//! Errors of this crate.

use mesinfos_store::StoreError;

/// Result with [`RecordError`].
pub type Result<T> = std::result::Result<T, RecordError>;

/// Errors of records and chains.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Error of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record does not open under its key, or does not hold the expected content.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// Kind of the record.
        what: &'static str,
        /// Reason.
        why: String,
    },
    /// A record cannot be sealed: the key is not available.
    #[error("{what} cannot be sealed: the encryption key is not available")]
    Unsealable {
        /// Kind of the record.
        what: &'static str,
    },
    /// A record is over the size limit. Nothing was added to the commit.
    #[error("{what} would take {size} bytes, more than the limit of {most} bytes; it was not stored")]
    TooLarge {
        /// Kind of the record.
        what: &'static str,
        /// Size in bytes.
        size: usize,
        /// Largest size, in bytes.
        most: usize,
    },
    /// A chain was tampered with, or the store lost records of it.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Fault of a record in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is missing, but later records exist.
    #[error("it is missing")]
    Missing,
    /// It does not open under its key, or does not match its own hash.
    #[error("it was changed, or moved here from another position")]
    Changed,
    /// It opens, but does not hold the hash of the record before.
    #[error("it does not follow from the entry before it: one of the two was replaced")]
    Unchained,
    /// It and all later records are missing.
    #[error("it and every later entry are missing; there were {length} entries")]
    Cut {
        /// Number of records according to the head.
        length: u64,
    },
    /// It comes after the end recorded in the head.
    #[error("it comes after the end of the list")]
    Beyond,
    /// It is the last record, but its hash is not the one in the head.
    #[error("it is not the entry recorded as the last one")]
    Replaced,
    /// The head, which stores the length, does not open.
    #[error("the record of the list's end was changed, or moved here from another position")]
    Head,
}

/// A broken chain, with the first record that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {log} is broken at entry {seq}: {fault}")]
pub struct Broken {
    /// Name of the chain.
    pub log: &'static str,
    /// Sequence number of the record, from 0.
    pub seq: u64,
    /// Fault of that record.
    pub fault: Fault,
}
