//! Errors of this crate.

use crate::faults::{Broken, Log, Mismatch, RecordKind, TermsError, Widening};
use crate::id::{GrantId, ReceiptId};
use crate::state::TransitionError;
use mesinfos_records::{Broken as BrokenChain, RecordError};
use mesinfos_store::StoreError;

/// Errors of grants, receipts and the audit chain.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// Error of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record does not open under its key, or does not have the format of this crate.
    #[error("{what} cannot be read: {why}")]
    Unreadable {
        /// Kind of the record.
        what: RecordKind,
        /// Reason.
        why: String,
    },
    /// A record cannot be sealed: the person's key is not available.
    #[error("{what} cannot be sealed: the person's encryption key is not available")]
    Unsealable {
        /// Kind of the record.
        what: RecordKind,
    },
    /// A record is over the size limit. Nothing was added to the commit.
    #[error(
        "{what} would take {size} bytes, more than the limit of {most} bytes; it was not stored: name fewer holders, or shorten texts and parameters"
    )]
    TooLarge {
        /// Kind of the record.
        what: RecordKind,
        /// Size in bytes.
        size: usize,
        /// Limit in bytes.
        most: usize,
    },
    /// A chain was tampered with, or the store lost records of it.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// Records do not agree with the audit chain: some were restored to an older state, omitted or replaced.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// The audit chain is closed: the person is being erased.
    #[error("the audit log is closed: this person is being erased; if the erasure failed, start it again")]
    Closed,
    /// A request or an answer is inconsistent.
    #[error(transparent)]
    Terms(#[from] TermsError),
    /// The change would let an app see more than was agreed.
    #[error(transparent)]
    Widening(#[from] Widening),
    /// The change is not allowed in the grant's state, or for that actor.
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

/// Result with [`ConsentError`].
pub type Result<T> = std::result::Result<T, ConsentError>;
