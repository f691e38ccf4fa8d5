//! What a person allowed, what was done with it, and the proof of both.
//!
//! - [`Grants`]: what a person was asked, gave, narrowed, paused, withdrew. A [`Grant`] is the fold
//!   of an append-only list of events; consent binds to the exact hash of a component.
//! - [`Receipts`]: what one run was given and gave back, in digests, so that it can be replayed.
//! - [`Audit`]: the log of everything that happened to a person's data, which she can verify.
//!
//! Start reading at [`state`] (which states there are and what leads from one to another), then
//! [`terms`], [`items`] and [`grant`] (what a record holds), then [`ledger`] (how records are found and changed); grants
//! and log stand on the chains of `mesinfos_records`.
//!
//! What stands in the store (`id`: the 16 bytes of the person; `grant`, `receipt`: the 16 bytes of
//! a UUID; numbers big-endian). Every value is sealed for the person and for its key:
//!
//! | key | value |
//! |---|---|
//! | `audit/` id `/` u64 | one [`Entry`] of the log |
//! | `audit-head/` id | how long the log is, its last hash, and what it is bound to (see below) |
//! | `grant/` id `/` grant `/` u64 | one [`GrantEvent`] |
//! | `grant-head/` id `/` grant | how many events a grant has, and the last hash |
//! | `grant-app/` id `/` first 16 bytes of a digest of the app's id | the app's newest grant and request |
//! | `receipt/` id `/` receipt | one [`Receipt`] |
//!
//! All of it stands in the person's partition.
//!
//! Invariants:
//! - No clock, no I/O but through [`Store`](mesinfos_store::Store) and
//!   [`Sealer`](mesinfos_store::Sealer), and no commit: every change goes into a commit that the
//!   caller commits together with what the change is about. On an error the batch is as it was.
//!   (The caller also guards the batch against an erasure that happens meanwhile.)
//! - A batch holds the preconditions that make it fail if anybody else wrote first.
//! - At most one grant of an app runs for a person, and only the component that it names.
//! - Nothing but an act of the person leads to `given`; nothing widens what she gave.
//! - An event or entry is never overwritten. One that was changed, moved, left out or cut off is
//!   found when it is read, and named.
//! - Records hang in the log by their digests: its entries hold the hash of each event of a grant and the
//!   digest of each receipt, and its head is bound to the newest grants of all apps and to the count of
//!   imports. So a record that was put back to an older state, left out or rewritten does not agree with
//!   the log: [`verify()`] finds all of that, and [`Grants::live_for`] what would let an app run, at a cost
//!   that does not grow with the log.
//! - What no chain can find alone is a store of which everything was put back to an older state, the
//!   log's head included: for that, compare with a head that was kept elsewhere (a receipt has one).
//! - This room knows no vault and no runtime.

pub mod audit;
mod error;
pub mod faults;
pub mod grant;
mod id;
pub mod items;
mod keys;
pub mod ledger;
pub mod receipt;
pub mod state;
pub mod terms;
#[cfg(test)]
mod testing;
mod text;
mod verify;

pub use audit::{Audit, AuditEvent, CategoryRead, Entry, EventRef, Verified};
pub use error::{ConsentError, Result};
pub use faults::{
    Against, AppField, Broken, Decided, Log, Mismatch, RecordKind, TermsError, Widening, Wider,
};
pub use grant::{Change, Grant, GrantEvent, GrantRef};
pub use id::{GrantId, NotAnId, ReceiptId};
pub use items::{Decision, Item, widenings};
pub use keys::ranges;
pub use ledger::{Absence, Grants};
pub use mesinfos_records::Fault;
pub use receipt::{Difference, ReadDigest, Receipt, Receipts};
pub use state::{Actor, EventKind, State, TransitionError};
pub use terms::{Act, App, Channel, Draft, Mode, Purpose, Terms, Validity, pseudonym};
pub use text::{Name, Sentence, Text};
pub use verify::{Imports, verify};
