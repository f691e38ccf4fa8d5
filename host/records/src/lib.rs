//! Sealed records and append-only chains of them: what `vault` and `consent` keep in the store, each in
//! their own keys.
//!
//! - [`Records`]: records of one partition, sealed for the key under which they stand. A record that is longer
//!   than a value may be stands in parts.
//! - [`Chain`]: an append-only list of sealed records, each of which holds the hash of the one before.
//! - [`sha::digest`]: SHA-256 with domain separation.
//!
//! Invariants:
//! - What this room reads may have been changed, moved, put back or cut off by whoever can write the store:
//!   it opens only at its place, and a chain says where it is broken.
//! - It commits nothing: changes go into a [`Commit`](mesinfos_store::Commit) that holds what makes it fail if
//!   anybody else wrote first.
//! - It knows no key, category or grant.

mod chain;
mod error;
mod sealed;
pub mod sha;

pub use chain::{Chain, Link, Tip, Unbound};
pub use error::{Broken, Fault, RecordError, Result};
pub use sealed::{Current, MAX_PARTS, PAGE, PART, Records, fits, json, whole};
