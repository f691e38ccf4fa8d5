//! The secrets that this crate uses and does not hold.

use mesinfos_store::Sealer;

/// Seals the records of this crate, and hashes names for their keys.
pub trait Secrets: Sealer {
    /// Keyed hash of a text: without the key, a guessed name cannot be found in a copy of the store. Different
    /// values of `what` give unrelated hashes.
    fn tag(&self, what: &str, text: &str) -> [u8; 32];
}
