//! Checks of a log from its tiles, as anybody can make them.

use super::merkle::{self, complete, includes, is_consistent, leaf, split};
use super::note::Checkpoint;
use super::tile::{HEIGHT, Kind, Tile, WIDTH, hashes_at};
use mesinfos_model::Digest;
use std::collections::HashMap;

/// Where the tiles of a log come from.
pub trait Tiles {
    /// Error of this source.
    type Error;

    /// The bytes at the address of a tile.
    ///
    /// # Errors
    /// If they cannot be had.
    fn tile(&self, tile: Tile) -> Result<Vec<u8>, Self::Error>;
}

/// What is wrong with a log, or why it cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum LogError<E> {
    /// The tiles cannot be had.
    #[error("{0}")]
    Tiles(E),
    /// A tile is not what its address says.
    #[error("{0} is not a tile of its width")]
    Malformed(Tile),
    /// A tile is not the one that its entries or the tiles below it give.
    #[error("{0} is not the tile that the entries give")]
    Tampered(Tile),
    /// The entries do not give the root that the log signed.
    #[error("the entries do not give the root that the log signed")]
    OtherRoot,
    /// An entry is not in the tree that the log signed.
    #[error("entry {0} is not in the tree that the log signed")]
    NotIncluded(u64),
    /// The log is not a continuation of what it was.
    #[error("the log of {now} entries is not a continuation of the one of {before}")]
    Inconsistent {
        /// Number of entries then.
        before: u64,
        /// Number of entries now.
        now: u64,
    },
}

/// Hashes or entries read from a source, each tile once.
pub struct Reader<'a, T> {
    tiles: &'a T,
    size: u64,
    read: HashMap<Tile, Vec<Digest>>,
}

type Checked<V, T> = std::result::Result<V, LogError<<T as Tiles>::Error>>;

impl<'a, T: Tiles> Reader<'a, T> {
    /// A reader of a tree of this size.
    pub fn new(tiles: &'a T, size: u64) -> Reader<'a, T> {
        Reader { tiles, size, read: HashMap::new() }
    }

    fn hashes(&mut self, tile: Tile) -> Checked<&[Digest], T> {
        if !self.read.contains_key(&tile) {
            let bytes = self.tiles.tile(tile).map_err(LogError::Tiles)?;
            let (hashes, rest) = bytes.as_chunks::<32>();
            if hashes.len() as u64 != tile.width || !rest.is_empty() {
                return Err(LogError::Malformed(tile));
            }
            self.read.insert(tile, hashes.iter().copied().map(Digest).collect());
        }
        Ok(&self.read[&tile])
    }

    /// Hash of the entries from `from` up to `until`, which is not above the size.
    fn range(&mut self, from: u64, until: u64) -> Checked<Digest, T> {
        let length = until - from;
        if !length.is_power_of_two() || !from.is_multiple_of(length) {
            let middle = from + split(length);
            let (left, right) = (self.range(from, middle)?, self.range(middle, until)?);
            return Ok(merkle::node(&left, &right));
        }
        let level = length.trailing_zeros();
        let (tiles, within) = (level / HEIGHT, level % HEIGHT);
        let first = from >> (HEIGHT * tiles);
        // A size has 64 bits, thus 8 levels of tiles.
        let tiles = u8::try_from(tiles).unwrap_or(u8::MAX);
        let tile = Tile::of(Kind::Hashes(tiles), first, hashes_at(tiles, self.size));
        let (at, width) = (place(first % WIDTH), 1 << within);
        let hashes = self.hashes(tile)?;
        hashes.get(at..at + width).map(complete).ok_or(LogError::Malformed(tile))
    }

    /// Audit path of an entry (RFC 6962, section 2.1.1).
    fn path(&mut self, index: u64) -> Checked<Vec<Digest>, T> {
        let (mut from, mut until, mut path) = (0, self.size, Vec::new());
        while until - from > 1 {
            let middle = from + split(until - from);
            if index < middle {
                path.push(self.range(middle, until)?);
                until = middle;
            } else {
                path.push(self.range(from, middle)?);
                from = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// Consistency proof of an earlier size (RFC 6962, section 2.1.2).
    fn proof(&mut self, before: u64) -> Checked<Vec<Digest>, T> {
        let (mut from, mut until, mut proof) = (0, self.size, Vec::new());
        if before == 0 || before == self.size {
            return Ok(proof);
        }
        while until != before {
            let middle = from + split(until - from);
            if before <= middle {
                proof.push(self.range(middle, until)?);
                until = middle;
            } else {
                proof.push(self.range(from, middle)?);
                from = middle;
            }
        }
        if from > 0 {
            proof.push(self.range(from, until)?);
        }
        proof.reverse();
        Ok(proof)
    }
}

/// Checks that an entry is in the tree that a log signed.
///
/// # Errors
/// [`LogError`].
pub fn check_included<T: Tiles>(tiles: &T, head: &Checkpoint, index: u64, entry: &[u8]) -> Checked<(), T> {
    if index >= head.size {
        return Err(LogError::NotIncluded(index));
    }
    let path = Reader::new(tiles, head.size).path(index)?;
    match includes((head.size, &head.root), index, &leaf(entry), &path) {
        true => Ok(()),
        false => Err(LogError::NotIncluded(index)),
    }
}

/// Checks that a log continues what it signed before.
///
/// # Errors
/// [`LogError`].
pub fn check_continues<T: Tiles>(tiles: &T, before: &Checkpoint, now: &Checkpoint) -> Checked<(), T> {
    let inconsistent = || LogError::Inconsistent { before: before.size, now: now.size };
    if before.size > now.size {
        return Err(inconsistent());
    }
    let proof = Reader::new(tiles, now.size).proof(before.size)?;
    match is_consistent((before.size, &before.root), (now.size, &now.root), &proof) {
        true => Ok(()),
        false => Err(inconsistent()),
    }
}

/// Reads every entry and every tile of a log, and checks that they give the root that it signed. `visit` gets each
/// entry with its index.
///
/// # Errors
/// [`LogError`].
pub fn check_whole<T: Tiles>(
    tiles: &T,
    head: &Checkpoint,
    mut visit: impl FnMut(u64, &[u8]),
) -> Checked<(), T> {
    let mut hashes: Vec<Digest> = Vec::new();
    for tile in Tile::all(Kind::Entries, head.size) {
        let bytes = tiles.tile(tile).map_err(LogError::Tiles)?;
        let entries = entries(&bytes).filter(|entries| entries.len() as u64 == tile.width);
        for entry in entries.ok_or(LogError::Malformed(tile))? {
            visit(hashes.len() as u64, entry);
            hashes.push(leaf(entry));
        }
    }
    let mut peaks: Vec<Digest> = Vec::new();
    for (level, index) in merkle::peaks(head.size) {
        let (from, width) = (index << level, 1_u64 << level);
        peaks.push(complete(&hashes[place(from)..place(from + width)]));
    }
    if merkle::root(&peaks) != head.root {
        return Err(LogError::OtherRoot);
    }
    let mut reader = Reader::new(tiles, head.size);
    let mut level = 0;
    while !hashes.is_empty() {
        for tile in Tile::all(Kind::Hashes(level), hashes.len() as u64) {
            let from = place(tile.index * WIDTH);
            if reader.hashes(tile)? != &hashes[from..from + place(tile.width)] {
                return Err(LogError::Tampered(tile));
            }
        }
        hashes = hashes.chunks_exact(place(WIDTH)).map(complete).collect();
        level += 1;
    }
    Ok(())
}

/// Place of a hash that is in memory.
fn place(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// The entries of a bundle; `None` if the bytes are no bundle.
pub fn entries(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    Some(entries)
}
