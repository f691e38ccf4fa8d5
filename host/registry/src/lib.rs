//! Which components exist, who published them, and whether they may run.
//!
//! - [`PublicKey`], [`SecretKey`]: Ed25519 keys of publishers. [`signature()`] reads the signature of a component.
//! - [`Registry`]: apps and their versions, from draft to published, suspended and yanked. An id belongs to the key that
//!   registered it.
//! - [`log`]: the public, append-only, signed log of versions and of changes of their state.
//!
//! Invariants:
//! - It knows no person, no grant and no code that runs. An owner is an opaque text.
//! - It commits nothing: changes are added to a [`Commit`](mesinfos_store::Commit) of the house with preconditions. A
//!   change and its entry of the log are one commit, so nothing is published that the log does not have.
//! - A version never changes: it is found by the SHA-256 of its component, and a number stands for one component.
//! - Nothing that is a draft is in the log, and no entry names an account.
//!
//! Start reading at [`Registry`].

mod claim;
mod error;
mod key;
pub mod log;
mod record;
mod registry;
mod release;
pub mod signature;

pub use claim::{IdClaim, Proof};
pub use error::{RegistryError, Result};
pub use key::{NotAKey, PublicKey, SIGNATURE, SecretKey};
pub use registry::{LONGEST_REASON, MOST_DRAFTS, MOST_WAITING, Registry};
pub use release::{App, By, Change, Event, LogEntry, Number, Owner, Release, Role, State, Version, number};
pub use signature::{Forged, Signature, Succession, sign, signature};
