//! Sealed temporary storage for a byte stream that needs random access, such as an archive, whose directory
//! is at its end.
//!
//! The pieces are on the store's disk. They are sealed with a key made for the spool and held only in memory,
//! under a random id that belongs to no person. They are deleted on drop. After a crash they no longer open,
//! and a sweep deletes them like all data under an unknown id. The last piece stays in memory unless it is
//! full, so a stream shorter than one piece never touches the disk.
//!
//! ```text
//! magic       4   "MISP"
//! format      1   1
//! algorithm   1   1: AES-256-GCM
//! chunk id   16   the number of the piece from 0, big-endian
//! ---             end of the header; `sealed.rs` has the rest, around the bytes
//! ```

use crate::error::{Result, VaultError};
use crate::ids::random_id;
use crate::keys::{PersonKeys, SecretKey};
use crate::sealed::{self, AES_256_GCM};
use crate::vault::Vault;
use mesinfos_store::{ChunkId, PersonId, Store, Which};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;
use zeroize::Zeroizing;

const MAGIC: &[u8; 4] = b"MISP";
const FORMAT: u8 = 1;
const HEADER: usize = 4 + 1 + 1 + 16;

/// Bytes per piece. One piece is held in memory.
const PIECE: usize = 1 << 20;

/// A spool being written.
pub struct Spool {
    pieces: SpoolReader,
    size: u64,
    most: u64,
    held: Zeroizing<Vec<u8>>,
}

/// A finished spool, for random access.
pub struct Spooled {
    pieces: SpoolReader,
    size: u64,
    at: u64,
    /// Number of the piece decrypted in `plain`, if any.
    open: Option<u64>,
    plain: Zeroizing<Vec<u8>>,
    /// The last piece, unless it is full.
    tail: Zeroizing<Vec<u8>>,
}

/// The pieces on disk; deleted on drop.
struct SpoolReader {
    store: Arc<dyn Store>,
    keys: PersonKeys,
}

impl Vault {
    /// Starts a spool of at most `most` bytes.
    ///
    /// # Errors
    /// If the system returns no random bytes for a key.
    pub fn spool(&self, most: u64) -> Result<Spool> {
        let keys = PersonKeys::new(PersonId(random_id()?), 0, &SecretKey::random()?);
        let pieces = SpoolReader { store: Arc::clone(&self.store), keys };
        Ok(Spool { pieces, size: 0, most, held: Zeroizing::default() })
    }
}

impl Spool {
    /// Ends writing; reads start at the beginning.
    pub fn finish(self) -> Spooled {
        Spooled {
            pieces: self.pieces,
            size: self.size,
            at: 0,
            open: None,
            plain: Zeroizing::default(),
            tail: self.held,
        }
    }

    /// Bytes written so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    fn write_piece(&mut self) -> io::Result<()> {
        let number = self.size / PIECE as u64 - 1;
        let whole = std::mem::take(&mut self.held);
        self.pieces.put(number, whole).map_err(io::Error::other)
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let taken = bytes.len().min(PIECE - self.held.len());
        if self.size + taken as u64 > self.most {
            return Err(io::Error::other(VaultError::SpoolFull { limit: self.most >> 20 }));
        }
        if self.held.is_empty() {
            // Allocate the whole piece at once: a growing vector leaves unwiped copies behind.
            self.held.reserve_exact(PIECE);
        }
        self.held.extend_from_slice(&bytes[..taken]);
        self.size += taken as u64;
        if self.held.len() == PIECE {
            self.write_piece()?;
        }
        Ok(taken)
    }

    /// No-op: pieces are written when they are full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Spooled {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let (number, from) = (self.at / PIECE as u64, in_piece(self.at % PIECE as u64));
        let there = in_piece(self.size - number * PIECE as u64);
        let piece = if there < PIECE {
            &self.tail
        } else {
            if self.open != Some(number) {
                self.open = None;
                self.pieces.open(number, &mut self.plain).map_err(io::Error::other)?;
                self.open = Some(number);
            }
            &self.plain
        };
        let piece = piece.get(from..there).unwrap_or_default();
        let read = piece.len().min(buffer.len());
        buffer[..read].copy_from_slice(&piece[..read]);
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Spooled {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(from) => self.size.checked_add_signed(from),
            SeekFrom::Current(from) => self.at.checked_add_signed(from),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

impl SpoolReader {
    fn put(&self, number: u64, plain: Zeroizing<Vec<u8>>) -> Result<()> {
        let chunk = chunk(number);
        let sealed = sealed::seal(&self.keys, &chunk.0, &header(chunk), plain)?;
        Ok(self.store.put_chunks(self.keys.person.into(), &[(chunk, sealed)])?)
    }

    fn open(&self, number: u64, plain: &mut Zeroizing<Vec<u8>>) -> Result<()> {
        let chunk = chunk(number);
        let sealed = self.store.get_chunk(self.keys.person.into(), chunk)?;
        sealed::open(&self.keys, &chunk.0, |_: &[u8; HEADER]| header(chunk), &sealed, plain)
            .map_err(|why| VaultError::Damaged(format!("a spooled chunk does not open: {why}")))?;
        Ok(())
    }
}

impl Drop for SpoolReader {
    fn drop(&mut self) {
        // Chunks that cannot be deleted now are swept later.
        let _ = self.store.delete_chunks(self.keys.person.into(), Which::All);
    }
}

/// `bytes`, limited to the length of a piece.
fn in_piece(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(PIECE).min(PIECE)
}

fn chunk(number: u64) -> ChunkId {
    ChunkId(u128::from(number).to_be_bytes())
}

fn header(chunk: ChunkId) -> Vec<u8> {
    [&MAGIC[..], &[FORMAT, AES_256_GCM], &chunk.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kms::LocalKms;
    use cap_std::fs::Dir;
    use mesinfos_store::memory::MemoryStore;

    fn open(folder: &tempfile::TempDir, store: &Arc<MemoryStore>) -> Vault {
        let folder = Dir::open_ambient_dir(folder.path(), cap_std::ambient_authority()).unwrap();
        Vault::open(store.clone(), Arc::new(LocalKms::open(folder).unwrap())).unwrap()
    }

    fn put_down(vault: &Vault, bytes: &[u8]) -> Spooled {
        let mut spool = vault.spool(1 << 30).unwrap();
        // In writes of an odd size.
        bytes.chunks(70_001).for_each(|piece| spool.write_all(piece).unwrap());
        spool.finish()
    }

    #[test]
    fn what_was_put_down_is_read_from_anywhere_and_then_is_gone() {
        let (folder, store) = (tempfile::tempdir().unwrap(), Arc::new(MemoryStore::new()));
        let vault = open(&folder, &store);
        for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17] {
            let bytes: Vec<u8> = (0..size).map(|n| (n / 251 + n).to_le_bytes()[0]).collect();
            let mut spooled = put_down(&vault, &bytes);
            let mut whole = Vec::new();
            spooled.read_to_end(&mut whole).unwrap();
            assert!(whole == bytes, "{size} bytes");
            for from in [0, 5, size / 2, size.saturating_sub(3)] {
                spooled.seek(SeekFrom::Start(from as u64)).unwrap();
                let mut rest = Vec::new();
                spooled.read_to_end(&mut rest).unwrap();
                assert!(rest == bytes[from.min(size)..], "{size} bytes from {from}");
            }
            assert_eq!(spooled.seek(SeekFrom::End(0)).unwrap(), size as u64);
            let on_disk = store.chunks_of(spooled.pieces.keys.person.into()).unwrap().len();
            assert_eq!(on_disk, size / PIECE, "what is smaller than a piece stays in memory");
            assert!(spooled.seek(SeekFrom::End(-1 - i64::try_from(size).unwrap())).is_err());
            drop(spooled);
            assert!(store.persons(None, 9).unwrap().is_empty());
        }
    }

    #[test]
    fn nothing_of_it_is_readable_and_what_a_crash_leaves_is_swept() {
        let (folder, store) = (tempfile::tempdir().unwrap(), Arc::new(MemoryStore::new()));
        let vault = open(&folder, &store);
        let spooled = put_down(&vault, &b"canary".repeat(PIECE));
        let person = spooled.pieces.keys.person;
        let chunks = store.chunks_of(person.into()).unwrap();
        assert_eq!(chunks.len(), 6);
        for (chunk, _) in chunks {
            let sealed = store.get_chunk(person.into(), chunk).unwrap();
            assert!(!sealed.windows(6).any(|bytes| bytes == b"canary"));
        }
        // Simulates the end of the process.
        std::mem::forget(spooled);
        drop(vault);
        store.pass(std::time::Duration::from_hours(25));
        open(&folder, &store).sweep(None, 10).unwrap();
        assert!(store.chunks_of(person.into()).unwrap().is_empty());
    }

    #[test]
    fn it_has_a_size_that_it_may_have() {
        let (folder, store) = (tempfile::tempdir().unwrap(), Arc::new(MemoryStore::new()));
        let vault = open(&folder, &store);
        let mut spool = vault.spool(3 << 20).unwrap();
        spool.write_all(&vec![0; 3 << 20]).unwrap();
        let full = spool.write_all(&[0]).unwrap_err().to_string();
        assert!(full.contains("over 3 MiB"), "{full}");
        drop(spool);
        assert!(store.persons(None, 9).unwrap().is_empty());
    }
}
