//! Runs that were refused, each of which is an entry in the log, but not more than one for each app in a
//! minute: whoever asks in a loop must not fill it.

use mesinfos_store::PersonId;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Refusals of one app within so long are one entry, or two: the first, and one with the number of others.
const TERM: Duration = Duration::from_secs(60);

type Key = (PersonId, String);

/// What was refused lately.
#[derive(Default)]
pub(crate) struct Refusals {
    /// When it was logged last, and how many came since.
    lately: Mutex<HashMap<Key, (Instant, u64)>>,
}

impl Refusals {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (Instant, u64)>> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refusal. What it returns is for how many an entry is due now: none if one was logged a
    /// moment ago.
    pub(crate) fn count(&self, person: PersonId, app: &str) -> Option<u64> {
        let now = Instant::now();
        let mut lately = self.lock();
        // Nothing is kept of what is logged and over.
        lately.retain(|_, (at, since)| *since > 0 || now - *at < TERM);
        match lately.entry((person, app.to_owned())) {
            Entry::Vacant(place) => {
                place.insert((now, 0));
                Some(1)
            }
            Entry::Occupied(mut place) => {
                let (at, since) = place.get_mut();
                *since += 1;
                if now - *at < TERM {
                    return None;
                }
                *at = now;
                Some(std::mem::take(since))
            }
        }
    }

    /// The apps with refusals of a person that are in no entry yet, and how many. They count as logged.
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
