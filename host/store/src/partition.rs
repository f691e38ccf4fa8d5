//! Partitions, and ranges of records in them.

use std::fmt;
use std::ops::Bound;

/// A person in the store: 16 random bytes, so that no key or path identifies anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub [u8; 16]);

/// The largest set of records that one commit may touch. A store keeps each partition on one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// Data that belongs to no person: keys of the instance, the list of persons, installed apps, leases.
    House,
    /// Data of one person.
    Person(PersonId),
}

impl From<PersonId> for Partition {
    fn from(person: PersonId) -> Partition {
        Partition::Person(person)
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Partition::House => f.write_str("the house"),
            Partition::Person(person) => write!(f, "person {}", crate::chunk_files::hex(&person.0)),
        }
    }
}

/// Key and value.
pub type Record = (Vec<u8>, Vec<u8>);

/// Consecutive records of a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Partition of the records.
    pub partition: Partition,
    /// Lower bound of the keys.
    pub from: Bound<Vec<u8>>,
    /// Upper bound of the keys.
    pub until: Bound<Vec<u8>>,
    /// Maximum number of records.
    pub limit: usize,
    /// Whether to keep the last records, not the first, if there are more than `limit`. Byte order either
    /// way.
    pub is_backwards: bool,
}

impl Range {
    /// Range of one key.
    pub fn key(partition: Partition, key: impl Into<Vec<u8>>) -> Range {
        let key = key.into();
        let (from, until) = (Bound::Included(key.clone()), Bound::Included(key));
        Range { partition, from, until, limit: 1, is_backwards: false }
    }

    /// Range of all keys with a prefix.
    pub fn prefix(partition: Partition, prefix: impl Into<Vec<u8>>) -> Range {
        let prefix = prefix.into();
        let until = following(&prefix).map_or(Bound::Unbounded, Bound::Excluded);
        Range { partition, from: Bound::Included(prefix), until, limit: usize::MAX, is_backwards: false }
    }

    /// Narrows the range to keys after `key`, which need not exist. Never widens it.
    #[must_use]
    pub fn after(self, key: Option<&[u8]>) -> Range {
        match (key, &self.from) {
            (Some(key), Bound::Included(from)) if key >= from.as_slice() => {
                Range { from: Bound::Excluded(key.to_vec()), ..self }
            }
            (Some(key), Bound::Excluded(from)) if key > from.as_slice() => {
                Range { from: Bound::Excluded(key.to_vec()), ..self }
            }
            (Some(key), Bound::Unbounded) => Range { from: Bound::Excluded(key.to_vec()), ..self },
            _ => self,
        }
    }

    /// Limits the range to its first `limit` records.
    #[must_use]
    pub fn at_most(self, limit: usize) -> Range {
        Range { limit, ..self }
    }

    /// Limits the range to its last `limit` records.
    #[must_use]
    pub fn last(self, limit: usize) -> Range {
        Range { limit, is_backwards: true, ..self }
    }

    /// Applies the limit to `records`, which must be in byte order and all within the range.
    pub(crate) fn cut(&self, mut records: Vec<Record>) -> Vec<Record> {
        if self.is_backwards {
            records.drain(..records.len().saturating_sub(self.limit));
        } else {
            records.truncate(self.limit);
        }
        records
    }

    /// Whether no key can be in the range.
    pub(crate) fn is_empty(&self) -> bool {
        let (from, until) = match (&self.from, &self.until) {
            (Bound::Unbounded, Bound::Excluded(until)) => return until.is_empty(),
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => return false,
            (
                Bound::Included(from) | Bound::Excluded(from),
                Bound::Included(until) | Bound::Excluded(until),
            ) => (from, until),
        };
        let is_one_key = matches!((&self.from, &self.until), (Bound::Included(_), Bound::Included(_)));
        from > until || from == until && !is_one_key
    }

    /// Whether a key is within the bounds; ignores the limit.
    pub(crate) fn contains(&self, key: &[u8]) -> bool {
        let from = match &self.from {
            Bound::Included(from) => key >= from.as_slice(),
            Bound::Excluded(from) => key > from.as_slice(),
            Bound::Unbounded => true,
        };
        from && match &self.until {
            Bound::Included(until) => key <= until.as_slice(),
            Bound::Excluded(until) => key < until.as_slice(),
            Bound::Unbounded => true,
        }
    }
}

/// The smallest byte string greater than all strings with a prefix; `None` if there is none.
pub(crate) fn following(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut next = prefix[..=last].to_vec();
    next[last] += 1;
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_before_what_follows_it() {
        assert_eq!(following(b"ab"), Some(b"ac".to_vec()));
        assert_eq!(following(b"a\xff\xff"), Some(b"b".to_vec()));
        assert_eq!(following(b"\xff"), None);
        assert_eq!(following(b""), None);
        let range = Range::prefix(Partition::House, "a\u{7f}");
        assert!(range.contains(b"a\x7f") && range.contains(b"a\x7f\xff") && !range.contains(b"a\x80"));
    }

    #[test]
    fn after_narrows_and_never_widens() {
        let range = Range::prefix(Partition::House, "b");
        assert_eq!(range.clone().after(Some(b"a")), range);
        assert!(!range.clone().after(Some(b"b")).contains(b"b"));
        let later = range.after(Some(b"bc"));
        assert_eq!(later.clone().after(Some(b"bb")), later);
        assert!(later.after(Some(b"c")).is_empty());
    }
}
