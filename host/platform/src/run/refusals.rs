//! Rate limit for logging refused runs, so that a loop cannot fill the audit chain: one entry per person, app
//! and minute.

use mesinfos_store::PersonId;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Window for one app and person. Refusals within it make one or two entries: the first refusal, and a count
/// of the others.
const TERM: Duration = Duration::from_secs(60);

type Key = (PersonId, String);

/// Recent refusals.
#[derive(Default)]
pub(crate) struct Refusals {
    /// Time of the last entry, and number of refusals since.
    lately: Mutex<HashMap<Key, (Instant, u64)>>,
}

impl Refusals {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (Instant, u64)>> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refusal. Returns the number of refusals to log now; `None` if an entry was logged within
    /// [`TERM`].
    pub(crate) fn count(&self, person: PersonId, app: &str) -> Option<u64> {
        let now = Instant::now();
        let mut lately = self.lock();
        // Drop expired windows with nothing left to log.
        lately.retain(|_, (at, since)| *since > 0 || now - *at < TERM);
        match lately.entry((person, app.to_owned())) {
            Entry::Vacant(entry) => {
                entry.insert((now, 0));
                Some(1)
            }
            Entry::Occupied(mut entry) => {
                let (at, since) = entry.get_mut();
                *since += 1;
                if now - *at < TERM {
                    return None;
                }
                *at = now;
                Some(std::mem::take(since))
            }
        }
    }

    /// A person's refusals not logged yet: apps, and number for each. Marks them as logged.
    pub(crate) fn due(&self, person: PersonId) -> Vec<(String, u64)> {
        let mut lately = self.lock();
        let due = lately.iter_mut().filter(|((of, _), (_, since))| *of == person && *since > 0);
        due.map(|((_, app), (_, since))| (app.clone(), std::mem::take(since))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_within_a_minute_are_one_entry_and_a_number() {
        let refusals = Refusals::default();
        let (alice, bob) = (PersonId([1; 16]), PersonId([2; 16]));
        assert_eq!(refusals.count(alice, "a"), Some(1));
        for _ in 0..1_000 {
            assert_eq!(refusals.count(alice, "a"), None);
        }
        assert_eq!(refusals.count(alice, "b"), Some(1));
        assert_eq!(refusals.count(bob, "a"), Some(1));
        let earlier = Instant::now().checked_sub(TERM).unwrap();
        refusals.lock().get_mut(&(alice, "a".to_owned())).unwrap().0 = earlier;
        assert_eq!(refusals.count(alice, "a"), Some(1_001), "a minute later");
        assert_eq!(refusals.count(alice, "a"), None);
        assert_eq!(refusals.due(alice), [("a".to_owned(), 1)]);
        assert_eq!(refusals.due(alice), []);
        assert_eq!(refusals.due(bob), []);
    }
}
