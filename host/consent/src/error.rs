//! What can go wrong in this room.

use crate::faults::{Broken, Log, Mismatch, RecordKind, TermsError, Widening};
use crate::id::{GrantId, ReceiptId};
use crate::state::TransitionError;
use mesinfos_records::{Broken as BrokenChain, RecordError};
use mesinfos_store::StoreError;

/// What can go wrong with grants, receipts and the log.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record does not open at its place, or is not of this room.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// Which record.
        what: RecordKind,
        /// What is wrong with it.
        why: String,
    },
    /// A record cannot be sealed: the person's key is not to be had.
    #[error("{what} cannot be sealed: the person's key is not to be had")]
    Unsealable {
        /// Which record.
        what: RecordKind,
    },
    /// A record would be larger than a record may be. Nothing was added to the batch.
    #[error(
        "{what} would take {size} bytes, and at most {most} are kept: name fewer holders, or shorten texts and parameters"
    )]
    TooLarge {
        /// Which record.
        what: RecordKind,
        /// Its size in bytes.
        size: usize,
        /// The most that it may have.
        most: usize,
    },
    /// A chain of records was tampered with, or the store lost some.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// Records do not agree with the log: some were put back to an older state, left out or replaced.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// The log has had its last entry: the person is being erased.
    #[error("the audit log had its last entry: this person is being erased; if that failed, erase her again")]
    Closed,
    /// What is asked for or given does not hold together.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// A change would let an app see more than was agreed.
    #[error(transparent)]
    Widening(#[from] Widening),
    /// A change that the state of the grant does not allow, or not by that actor.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// The person has no such grant.
    #[error("there is no grant {0}")]
    NoSuchGrant(GrantId),
    /// The person has no such receipt.
    #[error("there is no receipt {0}")]
    NoSuchReceipt(ReceiptId),
}

impl From<RecordError> for ConsentError {
    fn from(error: RecordError) -> ConsentError {
        match error {
            RecordError::Store(error) => ConsentError::Store(error),
            RecordError::Unreadable { what, why } => {
                ConsentError::Unreadable { what: RecordKind::called(what), why }
            }
            RecordError::Unsealable { what } => ConsentError::Unsealable { what: RecordKind::called(what) },
            RecordError::TooLarge { what, size, most } => {
                ConsentError::TooLarge { what: RecordKind::called(what), size, most }
            }
            RecordError::Broken(BrokenChain { log, seq, fault }) => {
                ConsentError::Broken(Broken { log: Log::called(log), seq, fault })
            }
        }
    }
}

/// The result of this room.
pub type Result<T> = std::result::Result<T, ConsentError>;
