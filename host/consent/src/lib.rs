//! Grants, receipts and the audit chain: a person's consent, its use, and the proof of both.
//!
//! - [`Grants`]: the questions shown to a person, and the grants that they gave, narrowed, paused or
//!   withdrew. A [`Grant`] is the fold of an append-only list of events; consent binds to the exact hash of a
//!   component.
//! - [`Notices`]: the texts that the person was shown before they answered.
//! - [`Receipts`]: the inputs and outputs of each run, as digests, so that it can be replayed and compared.
//! - [`Audit`]: the chain of everything that happened to a person's data, which they can verify.
//!
//! Start reading at [`state`] (states and transitions), then [`terms`], [`grant_items`] and [`grant`]
//! (content of a record), then [`grants`] (finding and changing records). Grants and the audit chain are
//! built on the chains of `mesinfos_records`.
//!
//! Records in the store (`id`: the 16 bytes of the person; `grant`, `receipt`: the 16 bytes of a UUID;
//! numbers big-endian). Every value is sealed for the person and its key:
//!
//! | key | value |
//! |---|---|
//! | `audit/` id `/` u64 | one [`AuditEntry`] of the audit chain |
//! | `audit-head/` id | length of the audit chain, its last hash, and the records bound to it (see below) |
//! | `grant/` id `/` grant `/` u64 | one [`GrantEvent`] |
//! | `grant-head/` id `/` grant | number of events of a grant, and the last hash |
//! | `grant-app/` id `/` first 16 bytes of a digest of the app's id | the app's newest grant and question |
//! | `grant-part/` id `/` grant `/` u64 `/` u16 | one part of a [`GrantEvent`] too long for one record |
//! | `receipt/` id `/` receipt | one [`Receipt`] |
//! | `notice/` id `/` digest | one [`Notice`], under the digest of its text |
//! | `notice-part/` id `/` digest `/` u16 | one part of a [`Notice`] too long for one record |
//! | `receipt-part/` id `/` receipt `/` u16 | one part of a [`Receipt`] too long for one record |
//!
//! All of them are in the person's partition.
//!
//! Invariants:
//! - No clock, no I/O except through [`Store`](mesinfos_store::Store) and [`Sealer`](mesinfos_store::Sealer),
//!   and no commit: every change is added to a commit that the caller commits together with the act it
//!   records. On an error the commit is unchanged. (The caller also guards it against a concurrent erasure.)
//! - A commit holds preconditions that make it fail after a concurrent write.
//! - At most one grant of an app is in force for a person, and only for the component that it names.
//! - Only an act of the person leads to `given`; nothing widens a grant.
//! - An event or entry is never overwritten. One that was changed, moved, omitted or truncated is detected on
//!   reading, and named.
//! - Records are bound to the audit chain by digests. Its entries hold the hash of each event of a grant and
//!   the digest of each receipt; its head is bound to the newest grants of all apps and to the count of
//!   imports and undos. So a record that was restored to an older state, omitted or rewritten does not agree
//!   with the chain. [`verify()`] detects all of that; [`Grants::live_for`] detects what would let an app
//!   run, at a cost that does not grow with the chain.
//! - A chain alone cannot detect that the whole store, its own head included, was restored to an older state.
//!   A comparison with a head kept elsewhere does (a receipt has one).
//! - This crate does not depend on the vault or the runtime.

pub mod audit;
mod bounded_text;
mod error;
pub mod faults;
pub mod grant;
pub mod grant_items;
pub mod grants;
mod id;
mod keys;
mod notice;
pub mod receipt;
pub mod state;
pub mod terms;
#[cfg(test)]
mod testing;
mod verify;

pub use audit::{
    AccountAct, AppChange, Audit, AuditEntry, AuditEvent, CategoryRead, EventRef, Reason, RowChange,
    Verified, WithheldKind,
};
pub use bounded_text::{Name, Sentence, Text};
pub use error::{ConsentError, Result};
pub use faults::MAX_EXCLUDED;
pub use faults::{
    Against, AppField, Broken, Decided, Log, Mismatch, RecordKind, TermsError, Widening, Wider,
};
pub use grant::{Change, Grant, GrantEvent, GrantRef};
pub use grant_items::{Decision, Item, widenings};
pub use grants::{Grants, NotLive};
pub use id::{GrantId, NotAnId, ReceiptId};
pub use keys::ranges;
pub use mesinfos_records::Fault;
pub use notice::{Notice, Notices};
pub use receipt::{Difference, ReadDigest, Receipt, Receipts};
pub use state::{Actor, EventKind, GrantState, TransitionError};
pub use terms::{Act, AppVersion, Channel, Draft, Mode, Purpose, Terms, Validity, pseudonym};
pub use verify::{Imports, verify};
