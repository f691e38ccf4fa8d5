//! Failed sign-ins, and the wait after them (ASVS 6.3.1).
//!
//! They are counted by name, whether or not the name belongs to an account, so that the wait does not reveal it. A
//! wait that ends early does: the person has signed in. Proofs of presence are counted by account, so that a
//! stranger cannot delay them. A recovery code cannot be guessed, and is not counted.

use crate::limits;
use crate::since;
use serde::{Deserialize, Serialize};

/// Record of failed sign-ins with one name.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Failures {
    pub(crate) count: u32,
    pub(crate) last_at: i64,
}

impl Failures {
    /// Seconds to wait before the next attempt; 0 if it may be made now.
    pub(crate) fn wait(&self, now: i64) -> u64 {
        let Some(beyond) = self.count.checked_sub(limits::FREE_ATTEMPTS) else { return 0 };
        let longest = limits::LONGEST_WAIT.as_secs();
        // 1, 2, 4 … seconds.
        let wait = 1_u64.checked_shl(beyond).unwrap_or(longest).min(longest);
        wait.saturating_sub(since(self.last_at, now))
    }

    /// The record after another failure.
    pub(crate) fn and_one(&self, now: i64) -> Failures {
        let before = if self.is_forgotten(now) { 0 } else { self.count };
        Failures { count: before.saturating_add(1), last_at: now }
    }

    pub(crate) fn is_forgotten(&self, now: i64) -> bool {
        since(self.last_at, now) >= limits::FORGOTTEN.as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_end() {
        let mut failures = Failures::default();
        let mut waits = Vec::new();
        for _ in 0..20 {
            failures = failures.and_one(1_000);
            waits.push(failures.wait(1_000));
        }
        assert_eq!(waits[..8], [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(waits[19], 900);
        assert_eq!((failures.wait(1_899), failures.wait(1_900)), (1, 0));
        assert_eq!(failures.wait(0), 900, "a clock set back shortens nothing");
        let many = Failures { count: u32::MAX, last_at: 1_000 };
        assert_eq!((many.wait(1_000), many.and_one(1_000).count), (900, u32::MAX));
        assert_eq!(many.and_one(1_000 + 86_400).count, 1);
    }
}
