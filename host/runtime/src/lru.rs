//! A bounded cache of the most recently used values.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most recently used entries, the latest first.
pub(crate) struct Lru<K, V> {
    entries: Mutex<VecDeque<(K, V)>>,
    most: usize,
}

impl<K: PartialEq, V: Clone> Lru<K, V> {
    pub(crate) fn new(most: usize) -> Lru<K, V> {
        Lru { entries: Mutex::new(VecDeque::new()), most }
    }

    /// A panic while the lock was held leaves entries out of order at worst.
    fn entries(&self) -> MutexGuard<'_, VecDeque<(K, V)>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let mut entries = self.entries();
        let at = entries.iter().position(|(k, _)| k == key)?;
        let entry = entries.remove(at)?;
        let value = entry.1.clone();
        entries.push_front(entry);
        Some(value)
    }

    pub(crate) fn put(&self, key: K, value: V) {
        let mut entries = self.entries();
        entries.retain(|(k, _)| *k != key);
        entries.push_front((key, value));
        entries.truncate(self.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_used_goes_first() {
        let recent = Lru::new(2);
        recent.put("a", 1);
        recent.put("b", 2);
        assert_eq!(recent.get(&"a"), Some(1));
        recent.put("c", 3);
        assert_eq!((recent.get(&"a"), recent.get(&"b"), recent.get(&"c")), (Some(1), None, Some(3)));
    }
}
