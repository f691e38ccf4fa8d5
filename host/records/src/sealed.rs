//! Reading sealed records, and adding them to a commit.

use crate::error::{RecordError, Result};
use mesinfos_store::{Commit, MAX_VALUE, Partition, Record, Sealer, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Number of records read in one step of a scan.
pub const PAGE: usize = 256;

/// Length of one part of a record in parts, in bytes: the largest value, less the overhead of sealing (28
/// bytes) and some margin.
pub const PART: usize = MAX_VALUE - 96;

/// Maximum number of parts of one record, about 1 MB in total. The largest grant takes about 240: every category, each
/// with the maximum number of holders, with names of maximum length made of characters that take six bytes
/// as JSON, and with the maximum number of excluded rows. The receipt of a run under it takes a few more.
pub const MAX_PARTS: usize = 256;

/// Marker stored instead of a record in parts, before the number of parts (u16). Other records are JSON and
/// start with a brace.
const IN_PARTS: &[u8] = b"mesinfos/parts/1";

/// The sealed records of one partition.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// Store of the records.
    pub store: &'a dyn Store,
    /// Seals and opens them.
    pub sealer: &'a dyn Sealer,
    /// Partition of the records.
    pub partition: Partition,
}

/// The sealed value of a key, as seen by a commit under construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Current {
    /// Written by the commit itself.
    Pending(Vec<u8>),
    /// Read from the store.
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
    /// The records of a partition, with the sealer of that partition.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, partition: impl Into<Partition>) -> Records<'a> {
        Records { store, sealer, partition: partition.into() }
    }

    /// An empty commit of the partition.
    pub fn empty_commit(&self) -> Commit {
        Commit::new(self.partition)
    }

    /// The sealed value of a key; `None` if the key does not exist.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.store.get(self.partition, key)?)
    }

    /// At most `limit` sealed records whose keys start with a prefix, after the key `after` (exclusive).
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<Record>> {
        Ok(self.store.scan(self.partition, prefix, after, limit)?)
    }

    /// All sealed records whose keys start with a prefix. Only for kinds of records of which a person has
    /// few.
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

    /// The value of a key: the one written by the commit, if any, else the stored one. One commit can thus
    /// change the same record several times.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn current(&self, key: &[u8], commit: &Commit) -> Result<Current> {
        match commit.puts.iter().rev().find(|(k, _)| k == key) {
            Some((_, sealed)) => Ok(Current::Pending(sealed.clone())),
            None => Ok(Current::Stored(self.get(key)?)),
        }
    }

    /// Seals a record into a commit, with the precondition that the key still has the value `found`.
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

    /// The value to store for a record with `room` bytes available: the record itself if it fits, else the
    /// marker of a record in parts. The parts are added to the commit.
    ///
    /// # Errors
    /// [`RecordError::Unsealable`], [`RecordError::TooLarge`].
    pub fn split(
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

    /// The whole record behind a value returned by [`Records::split`]; `None` if a part is missing or does
    /// not open. The caller checks by its hash that the parts belong to this record.
    ///
    /// # Errors
    /// [`RecordError::Store`].
    pub fn join_parts(&self, parts: &[u8], stored: Vec<u8>, commit: &Commit) -> Result<Option<Vec<u8>>> {
        let Some(count) = stored.strip_prefix(IN_PARTS).and_then(|count| count.try_into().ok()) else {
            return Ok(Some(stored));
        };
        let mut all_or_nothing = Vec::new();
        for number in 0..u16::from_be_bytes(count) {
            let key = [parts, &number.to_be_bytes()].concat();
            let found = self.current(&key, commit)?;
            let Some(Ok(part)) = found.sealed().map(|sealed| self.sealer.open(&key, sealed)) else {
                return Ok(None);
            };
            all_or_nothing.extend(part);
        }
        Ok(Some(all_or_nothing))
    }

    /// Opens a record read from a key.
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

/// The number of parts that a record takes.
///
/// # Errors
/// [`RecordError::TooLarge`] if it is over [`MAX_PARTS`].
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
/// [`RecordError::Unreadable`] if it cannot be serialised.
pub fn json<T: Serialize>(what: impl Into<&'static str>, value: &T) -> Result<Vec<u8>> {
    let what = what.into();
    serde_json::to_vec(value)
        .map_err(|e| RecordError::Unreadable { what, why: format!("it is not JSON: {e}") })
}

/// Fills a commit, or leaves it unchanged on an error.
///
/// # Errors
/// Errors of `fill`.
pub fn all_or_nothing<T, E>(
    commit: &mut Commit,
    fill: impl FnOnce(&mut Commit) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut filled = commit.clone();
    let done = fill(&mut filled)?;
    *commit = filled;
    Ok(done)
}
