//! Reproducible random numbers: the differences between lives.
//!
//! Each subject of a life has its own stream, so that one more purchase does not change the telephone
//! calls. ChaCha is stable by specification. Sampling is implemented here, because general-purpose crates
//! may change theirs between versions.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of one subject of one person.
    pub(crate) fn of(seed: u64, person: u64, subject: &str) -> Chance {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&person.to_le_bytes());
        key[16..24].copy_from_slice(&name(subject).to_le_bytes());
        Chance(ChaCha8Rng::from_seed(key))
    }

    /// From 0 to `end` (exclusive); 0 if `end` is 0.
    fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// From `low` to `high`, both inclusive.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let choices = high.saturating_sub(low).saturating_add(1).max(1).unsigned_abs();
        low.saturating_add(i64::try_from(self.below(choices)).unwrap_or(0))
    }

    /// True in `cases` of a thousand draws.
    pub(crate) fn permille(&mut self, cases: i64) -> bool {
        self.between(0, 999) < cases
    }

    /// A random element. Panics if there is none.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let last = i64::try_from(of.len()).unwrap_or(1) - 1;
        &of[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }
}

/// Hash of a name (FNV-1a, 64 bits).
pub(crate) fn name(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_stable_and_apart() {
        let draw = |seed, person, subject| {
            let mut chance = Chance::of(seed, person, subject);
            [chance.between(0, 999), chance.between(0, 999), chance.between(0, 999)]
        };
        assert_eq!(draw(1, 2, "shop"), draw(1, 2, "shop"));
        assert_ne!(draw(1, 2, "shop"), draw(1, 2, "calls"));
        assert_ne!(draw(1, 2, "shop"), draw(1, 3, "shop"));
        assert_ne!(draw(1, 2, "shop"), draw(2, 2, "shop"));
    }
}
