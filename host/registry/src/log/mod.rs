//! The log of apps: append-only, signed, public.
//!
//! It is served as C2SP tlog-tiles: [`tile`] has the addresses, [`note`] the signed head, [`merkle`] the hashes. [`proof`]
//! checks a log from what is served, and shares nothing else with the code that writes it. [`keys`] checks to which keys
//! the ids belong.

pub mod keys;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod tile;

use crate::error::{RegistryError, Result};
use merkle::{leaf, node, root};
use mesinfos_model::Digest;
use mesinfos_store::{Commit, Partition, Store};
use note::{Checkpoint, LogKey};
use serde::{Deserialize, Serialize};
use tile::{HEIGHT, Kind, Tile, WIDTH, hashes_at};

const HOUSE: Partition = Partition::House;

/// Key of the end of the log.
const TIP: &[u8] = b"registry/log/tip";

/// Keys of entries: this and the index.
const ENTRIES: &[u8] = b"registry/log/entry/";

/// Keys of hashes: this, the level of tiles, and the index.
const HASHES: &[u8] = b"registry/log/hash/";

/// Largest entry, in bytes: a record of the store, and less than 64 KiB, the most that a bundle takes.
pub const LARGEST_ENTRY: usize = 3_500;

/// The end of the log.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Tip {
    size: u64,
    /// Hashes of the complete subtrees, from the left.
    peaks: Vec<Digest>,
    /// The signed head.
    note: String,
}

/// The log in a store.
pub struct Log<'a> {
    store: &'a dyn Store,
    key: &'a LogKey,
}

fn entry_key(index: u64) -> Vec<u8> {
    [ENTRIES, &index.to_be_bytes()].concat()
}

fn level_key(level: u8) -> Vec<u8> {
    [HASHES, &[level]].concat()
}

fn hash_key(level: u8, index: u64) -> Vec<u8> {
    [&level_key(level)[..], &index.to_be_bytes()].concat()
}

impl<'a> Log<'a> {
    /// The log of a store, signed with `key`.
    pub fn new(store: &'a dyn Store, key: &'a LogKey) -> Log<'a> {
        Log { store, key }
    }

    /// Adds entries to a commit of the house, which fails if others were added meanwhile.
    ///
    /// # Errors
    /// [`RegistryError::TooLarge`]; if the store cannot be read.
    pub fn append(&self, entries: &[Vec<u8>], commit: &mut Commit) -> Result<()> {
        let stored = self.store.get(HOUSE, TIP)?;
        let mut tip: Tip = stored.as_deref().map_or_else(|| Ok(Tip::default()), crate::record::read)?;
        for entry in entries {
            if entry.len() > LARGEST_ENTRY {
                return Err(RegistryError::TooLarge { size: entry.len(), most: LARGEST_ENTRY });
            }
            commit.expect(entry_key(tip.size), None);
            commit.put(entry_key(tip.size), entry.clone());
            let (mut hash, mut level, mut index) = (leaf(entry), 0, tip.size);
            commit.put(hash_key(0, index), hash.0);
            // Each complete subtree on the right edge grows with the one on its left.
            while index & 1 == 1 {
                let Some(left) = tip.peaks.pop() else {
                    return Err(crate::record::damaged("the end of the log"));
                };
                (hash, level, index) = (node(&left, &hash), level + 1, index >> 1);
                if level % HEIGHT == 0
                    && let Ok(level) = u8::try_from(level / HEIGHT)
                {
                    commit.put(hash_key(level, index), hash.0);
                }
            }
            tip.peaks.push(hash);
            tip.size += 1;
        }
        let origin = self.key.verifier().name.clone();
        let head = Checkpoint { origin, size: tip.size, root: root(&tip.peaks) };
        tip.note = self.key.sign(&head.to_string());
        commit.expect(TIP, stored);
        commit.put(TIP, crate::record::written(&tip)?);
        Ok(())
    }

    /// The signed head; that of the empty log before the first entry.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn checkpoint(&self) -> Result<String> {
        match self.store.get(HOUSE, TIP)? {
            Some(tip) => Ok(crate::record::read::<Tip>(&tip)?.note),
            None => {
                let origin = self.key.verifier().name.clone();
                Ok(self.key.sign(&Checkpoint { origin, size: 0, root: merkle::empty() }.to_string()))
            }
        }
    }

    /// Number of entries.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn size(&self) -> Result<u64> {
        let tip = self.store.get(HOUSE, TIP)?;
        tip.map_or(Ok(0), |tip| Ok(crate::record::read::<Tip>(&tip)?.size))
    }

    /// The bytes of a tile or an entry bundle; `None` if the log does not have all of it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>> {
        let Some(start) = tile.index.checked_mul(WIDTH) else { return Ok(None) };
        let size = self.size()?;
        let (prefix, count) = match tile.kind {
            Kind::Entries => (ENTRIES.to_vec(), size),
            Kind::Hashes(level) => (level_key(level), hashes_at(level, size)),
        };
        if start.checked_add(tile.width).is_none_or(|end| end > count) {
            return Ok(None);
        }
        let before = start.checked_sub(1).map(|before| [&prefix[..], &before.to_be_bytes()].concat());
        let width = usize::try_from(tile.width).unwrap_or(usize::MAX);
        let records = self.store.scan(HOUSE, &prefix, before.as_deref(), width)?;
        let mut bytes = Vec::new();
        for (at, (key, value)) in records.iter().enumerate() {
            if *key != [&prefix[..], &(start + at as u64).to_be_bytes()].concat() {
                return Err(crate::record::damaged("the log"));
            }
            if tile.kind == Kind::Entries {
                let length = u16::try_from(value.len()).map_err(|_| crate::record::damaged("the log"))?;
                bytes.extend(length.to_be_bytes());
            }
            bytes.extend(value);
        }
        if records.len() != width {
            return Err(crate::record::damaged("the log"));
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests;
