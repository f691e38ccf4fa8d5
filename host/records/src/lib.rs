//! Sealed records and append-only hash chains of them: the storage layer of `vault` and `consent`, each under
//! its own keys.
//!
//! - [`Records`]: records of one partition, each sealed for the key under which it is stored. A record longer
//!   than the largest value is stored in parts.
//! - [`Chain`]: an append-only list of sealed records, each with the hash of the record before.
//! - [`sha::digest`]: SHA-256 with domain separation.
//!
//! Invariants:
//! - Stored bytes are untrusted: anyone with write access to the store may have changed, moved, restored or
//!   truncated them. A record opens only under its own key, and a chain reports where it is broken.
//! - It commits nothing: changes are added to a [`Commit`](mesinfos_store::Commit) with the preconditions
//!   that make it fail after a concurrent write.
//! - It knows no key, category or grant.

mod chain;
mod error;
mod sealed;
pub mod sha;

pub use chain::{Chain, END, Link, Tip, Unbound};
pub use error::{Broken, Fault, RecordError, Result};
pub use sealed::{Current, MAX_PARTS, PAGE, PART, Records, all_or_nothing, fits, json};
