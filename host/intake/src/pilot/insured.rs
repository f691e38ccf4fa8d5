//! Contracts without a number, told apart by what they say.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

/// Contracts of a file that have no number, by what identifies them. Two of a member may agree in it: what else they say
/// then tells them apart.
#[derive(Default)]
pub(super) struct Insured {
    seen: HashMap<u64, Vec<u64>>,
    hasher: RandomState,
}

impl Insured {
    /// Most contracts that agree in what identifies them; further ones are not told apart.
    const MOST: usize = 100;

    /// The id of a contract: its number among those that agree in what identifies them and differ otherwise is added to
    /// its own, from the second on.
    pub(super) fn id(
        &mut self,
        id: Option<String>,
        identity: &impl Hash,
        rest: &impl Hash,
    ) -> Option<String> {
        let rest = self.hasher.hash_one(rest);
        let seen = self.seen.entry(self.hasher.hash_one((&id, identity))).or_default();
        let number = seen.iter().position(|other| *other == rest).unwrap_or_else(|| {
            if seen.len() < Insured::MOST {
                seen.push(rest);
            }
            seen.len() - 1
        });
        match number {
            0 => id,
            _ => Some(format!("{}/{}", id.unwrap_or_default(), number + 1)),
        }
    }
}
