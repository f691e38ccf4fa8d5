//! The digest of a file that is read in order. Of a large file, a thread computes it beside the reading.

use mesinfos_model::Digest;
use sha2::{Digest as _, Sha256};
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Bytes after which a thread is worth its start.
const LARGE: u64 = 1 << 20;

/// Bytes that are handed over at once.
const PIECE: usize = 256 << 10;

/// Pieces that may wait: a slow thread holds up the reading instead of taking more memory.
const WAITING: usize = 4;

/// A reader that hashes the bytes read through it.
pub(super) struct Hashing<R> {
    inner: R,
    bytes: u64,
    hash: Hash,
}

enum Hash {
    Here(Sha256),
    Beside(Beside),
}

/// A thread that hashes.
struct Beside {
    piece: Vec<u8>,
    full: SyncSender<Vec<u8>>,
    /// Buffers that come back.
    empty: Receiver<Vec<u8>>,
    thread: JoinHandle<Sha256>,
}

impl<R> Hashing<R> {
    pub(super) fn new(inner: R) -> Hashing<R> {
        Hashing { inner, bytes: 0, hash: Hash::Here(Sha256::new()) }
    }

    /// The digest of all bytes that were read.
    pub(super) fn digest(self) -> Digest {
        let hash = match self.hash {
            Hash::Here(hash) => hash,
            Hash::Beside(beside) => beside.finish(),
        };
        Digest(hash.finalize().into())
    }

    fn update(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        match &mut self.hash {
            Hash::Here(hash) => {
                hash.update(bytes);
                if self.bytes >= LARGE
                    && let Some(beside) = Beside::begin(hash.clone())
                {
                    self.hash = Hash::Beside(beside);
                }
            }
            Hash::Beside(beside) => beside.update(bytes),
        }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.update(&buffer[..read]);
        Ok(read)
    }
}

impl Beside {
    /// Goes on with a hash in a thread; `None` if the system starts none.
    fn begin(mut hash: Sha256) -> Option<Beside> {
        let (full, pieces) = sync_channel::<Vec<u8>>(WAITING);
        let (back, empty) = sync_channel::<Vec<u8>>(WAITING);
        let work = move || {
            for mut piece in pieces {
                hash.update(&piece);
                piece.clear();
                // One buffer too many is dropped.
                let _ = back.try_send(piece);
            }
            hash
        };
        let thread = std::thread::Builder::new().name("hashing".to_owned()).spawn(work).ok()?;
        Some(Beside { piece: Vec::with_capacity(PIECE), full, empty, thread })
    }

    fn update(&mut self, bytes: &[u8]) {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            let next = self.empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(PIECE));
            // The thread ends only by a panic, which `finish` passes on.
            let _ = self.full.send(std::mem::replace(&mut self.piece, next));
        }
    }

    fn finish(self) -> Sha256 {
        let Beside { piece, full, thread, .. } = self;
        let _ = full.send(piece);
        drop(full);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_file_whatever_its_size() {
        let large = usize::try_from(LARGE).unwrap();
        for size in [0, 1, large - 1, large, large + 1, large + PIECE, 3 * large + 12_345] {
            let file: Vec<u8> = (0..size).map(|n| (n ^ n >> 8 ^ n >> 16).to_le_bytes()[0]).collect();
            for step in [7_001, 65_536, 1 << 20] {
                let mut hashing = Hashing::new(&file[..]);
                let mut buffer = vec![0; step];
                while hashing.read(&mut buffer).unwrap() > 0 {}
                assert_eq!(hashing.digest().0, <[u8; 32]>::from(Sha256::digest(&file)), "{size} by {step}");
            }
        }
    }

    #[test]
    fn a_file_that_is_left_in_the_middle_leaves_no_thread_waiting() {
        let mut hashing = Hashing::new(std::io::repeat(1));
        let mut buffer = vec![0; 3 << 20];
        hashing.read_exact(&mut buffer).unwrap();
        let Hash::Beside(beside) = hashing.hash else { panic!("a thread") };
        let Beside { full, thread, .. } = beside;
        drop(full);
        thread.join().unwrap();
    }
}
