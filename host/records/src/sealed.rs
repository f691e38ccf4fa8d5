//! How a sealed record is read and put into a commit.

use crate::error::{RecordError, Result};
use mesinfos_store::{Commit, MAX_VALUE, Partition, Record, Sealer, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many records one step of a scan asks for.
pub const PAGE: usize = 256;

/// How much of a record that is longer than a value may be stands under one key, in bytes: what a
/// value may have, less what sealing adds (28 bytes) and some room.
pub const PART: usize = MAX_VALUE - 96;

/// The most parts of a record: one megabyte. The largest grant takes some 240 (every category, each with the
/// most holders, of the longest names, of characters that take six bytes as JSON, and without the most rows),
/// and the receipt of a run under it a few more.
pub const MAX_PARTS: usize = 256;

/// What stands in the place of a record that is kept in parts, before their number (u16). Other
/// records are JSON and begin with a brace.
const IN_PARTS: &[u8] = b"mesinfos/parts/1";

/// The sealed records of one partition.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// Where they stand.
    pub store: &'a dyn Store,
    /// Seals and opens them.
    pub sealer: &'a dyn Sealer,
    /// Of whom they are.
    pub partition: Partition,
}

/// The sealed value of a key as a commit that is being filled will find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Current {
    /// The commit itself writes it.
    Pending(Vec<u8>),
    /// What is in the store.
    Stored(Option<Vec<u8>>),
}

impl Current {
    /// The sealed value, if there is one.
    pub fn sealed(&self) -> Option<&[u8]> {
        match self {
            Current::Pending(sealed) => Some(sealed),
            Current::Stored(sealed) => sealed.as_deref(),
        }
    }
}

impl<'a> Records<'a> {
    /// The records of a partition, whose sealer it is.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, partition: impl Into<Partition>) -> Records<'a> {
        Records { store, sealer, partition: partition.into() }
    }

    /// A commit without changes.
    pub fn nothing(&self) -> Commit {
        Commit::new(self.partition)
    }

    /// The sealed value of a key.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.store.get(self.partition, key)?)
    }

    /// At most `limit` sealed records whose keys start with a prefix, after the key `after`.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<Record>> {
        Ok(self.store.scan(self.partition, prefix, after, limit)?)
    }

    /// Every sealed record whose key starts with a prefix: for what a person has few of.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn all(&self, prefix: &[u8]) -> Result<Vec<Record>> {
        self.scan(prefix, None, usize::MAX)
    }

    /// Seals a record for its key.
    ///
    /// # Errors
    /// [`RecordError::Unsealable`].
    pub fn seal<T: Serialize>(
        &self,
        what: impl Into<&'static str>,
        key: &[u8],
        record: &T,
    ) -> Result<Vec<u8>> {
        let what = what.into();
        let plain = json(what, record)?;
        self.sealer.seal(key, &plain).map_err(|_| RecordError::Unsealable { what })
    }

    /// The value of a key: that of the commit, if the commit writes it, so that one commit can hold
    /// several changes of the same record.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn current(&self, key: &[u8], commit: &Commit) -> Result<Current> {
        match commit.puts.iter().rev().find(|(k, _)| k == key) {
            Some((_, sealed)) => Ok(Current::Pending(sealed.clone())),
            None => Ok(Current::Stored(self.get(key)?)),
        }
    }

    /// Seals a record into a commit that happens only if the key is still as it was found.
    ///
    /// # Errors
    /// [`RecordError::Unsealable`], [`RecordError::TooLarge`].
    pub fn replace(
        &self,
        what: impl Into<&'static str>,
        key: Vec<u8>,
        found: Current,
        plain: &[u8],
        commit: &mut Commit,
    ) -> Result<()> {
        let what = what.into();
        let Ok(sealed) = self.sealer.seal(&key, plain) else {
            return Err(RecordError::Unsealable { what });
        };
        if sealed.len() > MAX_VALUE {
            return Err(RecordError::TooLarge { what, size: sealed.len(), most: MAX_VALUE });
        }
        if let Current::Stored(value) = found {
            commit.expect(key.clone(), value);
        }
        commit.put(key, sealed);
        Ok(())
    }

    /// What is to stand under the key of a record that has so much room there: the record, or, if it is
    /// longer, what says that it is in parts, which are added to the commit.
    ///
    /// # Errors
    /// [`RecordError::Unsealable`], [`RecordError::TooLarge`].
    pub fn cut(
        &self,
        what: impl Into<&'static str>,
        parts: &[u8],
        plain: &[u8],
        room: usize,
        commit: &mut Commit,
    ) -> Result<Vec<u8>> {
        let what = what.into();
        if plain.len() <= room {
            return Ok(plain.to_vec());
        }
        let count = fits(what, plain)?;
        for (number, part) in (0_u16..).zip(plain.chunks(PART)) {
            let key = [parts, &number.to_be_bytes()].concat();
            self.replace(what, key, Current::Stored(None), part, commit)?;
        }
        Ok([IN_PARTS, &count.to_be_bytes()].concat())
    }

    /// The whole of a record that [`Records::cut`] made this of; none if a part is missing or does not
    /// open. That the parts are those of this record is for its hash to say.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn joined(&self, parts: &[u8], stored: Vec<u8>, commit: &Commit) -> Result<Option<Vec<u8>>> {
        let Some(count) = stored.strip_prefix(IN_PARTS).and_then(|count| count.try_into().ok()) else {
            return Ok(Some(stored));
        };
        let mut whole = Vec::new();
        for number in 0..u16::from_be_bytes(count) {
            let key = [parts, &number.to_be_bytes()].concat();
            let found = self.current(&key, commit)?;
            let Some(Ok(part)) = found.sealed().map(|sealed| self.sealer.open(&key, sealed)) else {
                return Ok(None);
            };
            whole.extend(part);
        }
        Ok(Some(whole))
    }

    /// Opens the record that was found under a key.
    ///
    /// # Errors
    /// [`RecordError::Unreadable`].
    pub fn open<T: DeserializeOwned>(
        &self,
        what: impl Into<&'static str>,
        key: &[u8],
        sealed: &[u8],
    ) -> Result<T> {
        let what = what.into();
        let unreadable = |why: String| RecordError::Unreadable { what, why };
        let plain = self.sealer.open(key, sealed).map_err(|e| unreadable(e.to_string()))?;
        serde_json::from_slice(&plain).map_err(|e| unreadable(e.to_string()))
    }
}

/// How many parts a record takes.
///
/// # Errors
/// [`RecordError::TooLarge`] if they are too many.
pub fn fits(what: impl Into<&'static str>, plain: &[u8]) -> Result<u16> {
    let what = what.into();
    let count = plain.len().div_ceil(PART);
    match u16::try_from(count) {
        Ok(parts) if count <= MAX_PARTS => Ok(parts),
        _ => Err(RecordError::TooLarge { what, size: plain.len(), most: MAX_PARTS * PART }),
    }
}

/// A value as JSON.
///
/// # Errors
/// [`RecordError::Unreadable`] if it has no JSON.
pub fn json<T: Serialize>(what: impl Into<&'static str>, value: &T) -> Result<Vec<u8>> {
    let what = what.into();
    serde_json::to_vec(value)
        .map_err(|e| RecordError::Unreadable { what, why: format!("it is no JSON: {e}") })
}

/// Does something with a commit that leaves it as it was if it fails.
///
/// # Errors
/// What `fill` says.
pub fn whole<T, E>(
    commit: &mut Commit,
    fill: impl FnOnce(&mut Commit) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut filled = commit.clone();
    let done = fill(&mut filled)?;
    *commit = filled;
    Ok(done)
}
