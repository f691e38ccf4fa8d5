//! The embedded store: records in sled 0.34.7, chunks as files.
//!
//! ```text
//! <store>/index/      sled's own folder: records, all sealed by the rooms above
//! <store>/chunks/     chunk files
//! <store>/incoming/   chunk files that are being written
//! ```
//!
//! sled's `flush` does not reach the disk on Linux (it calls `sync_file_range`, sled issue 1452),
//! so every acknowledged commit is followed by a `sync_data` through a handle of our own; callers
//! that commit at the same time share one (see `group.rs`). A reader may see a commit of another
//! caller an instant before the disk has it; whoever made it is told only afterwards.

use crate::chunk_files::{ChunkFiles, sync_dir};
use crate::group::Group;
use crate::{Batch, ChunkId, MAX_VALUE, PersonId, Result, Store, StoreError};
use cap_std::fs::Dir;
use sled::transaction::{ConflictableTransactionError, TransactionError, abort};
use std::fs::File;
use std::io;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Memory for sled's pages. Its default is 1 GiB, which is most of a small machine; records are
/// small, and a store of a hundred thousand persons has its inner nodes in a tenth of this.
const CACHE_BYTES: u64 = 64 << 20;

/// How long to wait for another process to let go: the lock of one that was just killed lingers
/// until the kernel has taken it down.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_RETRY: Duration = Duration::from_millis(25);

const INDEX: &str = "index";
/// sled's log, and the file that it locks.
const LOG: &str = "db";
/// What a snapshot that would not load is renamed to, before its own name.
const ASIDE: &str = "damaged-";

/// A store folder that this process has to itself.
#[derive(Debug)]
pub struct SledStore {
    db: sled::Db,
    /// Our own handle on sled's log, for the sync that sled does not do.
    log: File,
    group: Group,
    chunks: ChunkFiles,
    repaired: bool,
}

impl SledStore {
    /// Opens or creates the store in a folder. `path` is where that folder is: sled opens its own
    /// subfolder by path, the one place in this room that does not go through a [`Dir`].
    ///
    /// A snapshot file that a crash has damaged is moved aside: sled then reads its whole log
    /// instead, with the same result. See [`SledStore::repaired`].
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it open, [`StoreError::Damaged`] if the records
    /// cannot be read, [`StoreError::Io`] if the disk refuses.
    pub fn open(dir: &Dir, path: &Path) -> Result<SledStore> {
        dir.create_dir_all(INDEX)?;
        let index = dir.open_dir(INDEX)?;
        let place = path.join(INDEX);
        let (db, repaired) = match open_patiently(&place) {
            Err(StoreError::Damaged(_)) if move_snapshots_aside(&index)? => (open_patiently(&place)?, true),
            opened => (opened?, false),
        };
        let log = index.open(LOG)?.into_std();
        // Each time, not only the first: a crash right after creation leaves files that look as if
        // they had been synced.
        flush(&db, &log)?;
        index.open("conf")?.sync_all()?;
        sync_dir(&index)?;
        let chunks = ChunkFiles::open(dir)?;
        Ok(SledStore { db, log, group: Group::default(), chunks, repaired })
    }

    /// Whether opening had to move a damaged snapshot aside: worth a line in the operator's log.
    pub fn repaired(&self) -> bool {
        self.repaired
    }
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.db.get(key).map_err(sled_error)?.map(|value| value.to_vec()))
    }

    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
        let from = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            _ => Bound::Included(prefix),
        };
        let mut found = Vec::new();
        for record in self.db.range::<&[u8], _>((from, Bound::Unbounded)).take(limit) {
            let (key, value) = record.map_err(sled_error)?;
            if !key.starts_with(prefix) {
                break;
            }
            found.push((key.to_vec(), value.to_vec()));
        }
        Ok(found)
    }

    fn commit(&self, batch: &Batch) -> Result<()> {
        if let Some((_, value)) = batch.puts.iter().find(|(_, value)| value.len() > MAX_VALUE) {
            return Err(StoreError::TooLarge { size: value.len() });
        }
        self.group.check()?;
        // sled runs the closure again when transactions collide: it does nothing but read and
        // write the tree.
        let outcome: std::result::Result<(), TransactionError<()>> = self.db.transaction(|tree| {
            for (key, expected) in &batch.preconditions {
                if tree.get(key)?.as_deref() != expected.as_deref() {
                    return abort(());
                }
            }
            for key in &batch.deletes {
                tree.remove(key.as_slice())?;
            }
            for (key, value) in &batch.puts {
                tree.insert(key.as_slice(), value.as_slice())?;
            }
            Ok::<(), ConflictableTransactionError<()>>(())
        });
        match outcome {
            Ok(()) => self.group.wait(|| flush(&self.db, &self.log)),
            Err(TransactionError::Abort(())) => Err(StoreError::Conflict),
            Err(TransactionError::Storage(e)) => Err(sled_error(e)),
        }
    }

    fn put_chunks(&self, person: PersonId, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        self.group.check()?;
        self.chunks.put(person, chunks)
    }

    fn get_chunk(&self, person: PersonId, chunk: ChunkId) -> Result<Vec<u8>> {
        self.chunks.get(person, chunk)
    }

    fn chunks_of(&self, person: PersonId) -> Result<Vec<ChunkId>> {
        self.chunks.of(person)
    }

    fn persons_with_chunks(&self) -> Result<Vec<PersonId>> {
        self.chunks.persons()
    }

    fn delete_chunks(&self, person: PersonId, chunks: &[ChunkId]) -> Result<()> {
        self.chunks.delete(person, chunks)
    }

    fn delete_person_chunks(&self, person: PersonId) -> Result<()> {
        self.chunks.delete_person(person)
    }
}

/// Everything that sled has in memory, on the disk.
fn flush(db: &sled::Db, log: &File) -> io::Result<()> {
    db.flush().map_err(io::Error::from)?;
    log.sync_data()
}

fn open_patiently(place: &Path) -> Result<sled::Db> {
    let started = Instant::now();
    loop {
        match open_index(place) {
            Err(StoreError::InUse) if started.elapsed() < LOCK_PATIENCE => {
                std::thread::sleep(LOCK_RETRY);
            }
            other => return other,
        }
    }
}

fn open_index(place: &Path) -> Result<sled::Db> {
    let config = sled::Config::default()
        .path(place)
        .cache_capacity(CACHE_BYTES)
        // We flush before each acknowledgement; a thread that flushes now and then adds nothing.
        .flush_every_ms(None);
    // Some kinds of damage make sled panic rather than return an error (its issues 1387, 1527).
    match catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(Ok(db)) => Ok(db),
        Ok(Err(e)) => Err(sled_error(e)),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(StoreError::Damaged(format!("sled gave up: {}", said.unwrap_or("no reason given"))))
        }
    }
}

/// Renames sled's snapshots, finished or not. Says whether there were any.
fn move_snapshots_aside(index: &Dir) -> Result<bool> {
    let mut any = false;
    for entry in index.entries()? {
        let Ok(name) = entry?.file_name().into_string() else {
            continue;
        };
        if name.starts_with("snap.") {
            index.rename(&name, index, format!("{ASIDE}{name}"))?;
            any = true;
        }
    }
    sync_dir(index)?;
    Ok(any)
}

fn sled_error(error: sled::Error) -> StoreError {
    match error {
        // sled 0.34.7 has no variant for it (`Config::try_lock`); a test holds these words.
        sled::Error::Io(e) if e.to_string().contains("could not acquire lock") => StoreError::InUse,
        sled::Error::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
            StoreError::Damaged(format!("a file of the index is cut short: {e}"))
        }
        sled::Error::Io(e) => StoreError::Io(e),
        other => StoreError::Damaged(other.to_string()),
    }
}
