//! How long sessions live.

use crate::limits;
use crate::since;
use std::time::Duration;

/// Limits of a session's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Life {
    /// Time after which an unused session ends.
    idle: Duration,
    /// Time after which any session ends.
    whole: Duration,
}

impl Life {
    /// For people with a vault.
    pub(crate) const TESTER: Life = Life { idle: limits::IDLE, whole: limits::SESSION };
    /// For the other roles, also where a person with a vault has one.
    pub(crate) const STAFF: Life = Life { idle: limits::STAFF_IDLE, whole: limits::STAFF_SESSION };
    /// For sample accounts.
    pub(crate) const SAMPLE: Life = Life { idle: limits::SAMPLE_IDLE, whole: limits::SAMPLE_SESSION };
    /// For guests.
    pub(crate) const GUEST: Life = Life { idle: limits::GUEST_IDLE, whole: limits::GUEST_SESSION };

    /// Whether a session has ended. A time before its last use counts as the time of that use.
    pub(crate) fn is_over(self, opened_at: i64, used_at: i64, now: i64) -> bool {
        since(used_at, now) >= self.idle.as_secs() || since(opened_at, now) >= self.whole.as_secs()
    }

    /// Time after which an unused session ends.
    pub(crate) fn unused(self) -> Duration {
        self.idle
    }

    /// Interval between two notes that a session was used: each is a commit, and idleness is counted from the
    /// last one.
    pub(crate) fn noted(self) -> Duration {
        limits::NOTED.min(self.idle / 30)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_idleness_and_by_age() {
        for (life, idle, whole, noted) in [
            (Life::TESTER, 7 * 86_400, 30 * 86_400, 600),
            (Life::STAFF, 1_800, 12 * 3_600, 60),
            (Life::SAMPLE, 1_800, 2 * 3_600, 60),
            (Life::GUEST, 20 * 3_600, 72 * 3_600, 600),
        ] {
            assert!(!life.is_over(1_000, 1_000, 1_000 + idle - 1));
            assert!(life.is_over(1_000, 1_000, 1_000 + idle));
            let used = 1_000 + whole - 1;
            assert!(!life.is_over(1_000, used, used) && life.is_over(1_000, used, used + 1));
            assert!(!life.is_over(1_000, 1_000, i64::MIN));
            assert_eq!(life.noted().as_secs(), noted);
        }
    }
}
