//! The embedded store: records in sled 0.34.7, chunks as files.
//!
//! ```text
//! <store>/index/      sled's own folder: a tree `house` with the records of the house, and a tree `persons`
//!                     with those of persons, each under the person's id before its key
//! <store>/chunks/     chunk files
//! <store>/incoming/   chunk files being written
//! ```
//!
//! sled intends to sync its log but does not on Linux; `log_sync.rs` does. Every commit is followed by a
//! `flush` before it is acknowledged; concurrent commits share one (see `group.rs`). A reader may see
//! another caller's commit just before it is durable; that caller receives its acknowledgement only
//! afterwards. After a failed sync the state of the disk is unknown: the commit fails with
//! [`StoreError::Unknown`], and every later one is refused.

use crate::chunk_files::{ChunkFiles, absent_is_fine, sync_dir};
use crate::group::Group;
use crate::partition::following;
use crate::reserve::Reserve;
use crate::sled_error::sled_error;
use crate::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, StoreError, Which, upgrade};
use cap_std::fs::Dir;
use sled::transaction::{ConflictableTransactionError, TransactionError, abort};
use std::collections::BTreeSet;
use std::fs::Permissions;
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Memory for sled's pages, in bytes. sled's default of 1 GiB is most of a small machine's memory. Records
/// are small, and the inner nodes of a store of a hundred thousand persons take a tenth of this.
const CACHE_BYTES: u64 = 64 << 20;

/// Time to wait for another process to release the lock: a killed process holds it until the kernel has
/// cleaned up.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_RETRY: Duration = Duration::from_millis(25);

/// Mode of a folder that only its owner may enter.
const OWNER_ONLY: u32 = 0o700;

const INDEX: &str = "index";
/// The index of a new store, until it is completely on disk.
const UNFINISHED: &str = "index-unfinished";
/// sled's log, which is also its lock file.
const LOG: &str = "db";
/// sled's settings, which it reads before its log.
const SETTINGS: &str = "conf";
/// Prefix of the new name of a snapshot that does not load.
const ASIDE: &str = "damaged-";

/// A store folder that is open only in this process.
#[derive(Debug)]
pub struct SledStore {
    db: sled::Db,
    house: sled::Tree,
    persons: sled::Tree,
    group: Group,
    chunks: ChunkFiles,
    /// Held shared by reads, exclusively by commits, so that ranges read together are one snapshot.
    reading: RwLock<()>,
    /// Held shared by commits that name chunks, exclusively by deletions of chunks.
    naming: RwLock<()>,
    repaired: bool,
    access: Access,
}

/// Whether the store folder is writable.
#[derive(Debug)]
enum Access {
    /// Writable, with a reserve for commits that end something.
    Writes(Reserve),
    /// Not writable; the index is a copy in another folder.
    Reads {
        why: ErrorKind,
        /// The folder with the copy, removed when the store is closed.
        _copy: tempfile::TempDir,
    },
}

impl SledStore {
    /// Opens or creates the store in a folder. `path` is the path of `dir`: sled opens its own subfolder by
    /// path, the only access in this crate that does not go through a [`Dir`].
    ///
    /// A folder that cannot be written, because its file system is read-only or full, is opened for
    /// reading: the index, still sealed, is copied to the folder for temporary files, and every write is
    /// refused. Other processes may then read it too.
    ///
    /// A snapshot file damaged by a crash is renamed, and sled reads its whole log instead, with the same
    /// result. See [`SledStore::repaired`].
    ///
    /// # Errors
    /// [`StoreError::InUse`] if another process has it open, [`StoreError::Damaged`] if the records cannot be
    /// read, [`StoreError::Io`] if the disk reports an error.
    pub fn open(dir: &Dir, path: &Path) -> Result<SledStore> {
        #[cfg(target_os = "linux")]
        if !crate::log_sync::is_in_place() {
            return Err(StoreError::Unavailable(
                "this program is linked in such a way that sled cannot sync".to_owned(),
            ));
        }
        if !is_writable(dir) {
            return SledStore::read_only(dir, ErrorKind::ReadOnlyFilesystem);
        }
        let reserve = Reserve::of(dir)?;
        // Opening also writes, and may use the reserve.
        reserve.admit(true)?;
        match SledStore::writable(dir, path, reserve) {
            Err(StoreError::Io(error)) if is_full(error.kind()) && dir.try_exists(INDEX)? => {
                SledStore::read_only(dir, error.kind())
            }
            opened => opened,
        }
    }

    fn writable(dir: &Dir, path: &Path, reserve: Reserve) -> Result<SledStore> {
        if !dir.try_exists(INDEX)? {
            create(dir, path)?;
        }
        let index = dir.open_dir(INDEX)?;
        // A killed process may leave data that is not on disk yet. sled trusts the contents it reads, so
        // sync first.
        for name in [LOG, SETTINGS] {
            absent_is_fine(index.open(name).and_then(|file| file.sync_all()))?;
        }
        sync_dir(&index)?;
        SledStore::with(dir, &index, &path.join(INDEX), Access::Writes(reserve))
    }

    /// Opens the store on a copy of the index.
    fn read_only(dir: &Dir, why: ErrorKind) -> Result<SledStore> {
        let index = dir.open_dir(INDEX)?;
        let copy = tempfile::Builder::new()
            .prefix("mesinfos-")
            .permissions(Permissions::from_mode(OWNER_ONLY))
            .tempdir()?;
        let to = Dir::open_ambient_dir(copy.path(), cap_std::ambient_authority())?;
        // A writer holds this lock; readers share it while they copy.
        let log = index.open(LOG)?.into_std();
        patiently(|| Ok(log.try_lock_shared()?))?;
        copy_dir(&index, &to)?;
        drop(log);
        let path = copy.path().to_owned();
        SledStore::with(dir, &to, &path, Access::Reads { why, _copy: copy })
    }

    /// Opens the store in `dir` with its index at `path`; `index` is the same folder.
    fn with(dir: &Dir, index: &Dir, path: &Path, access: Access) -> Result<SledStore> {
        let (db, repaired) = match open_patiently(path) {
            Err(StoreError::Damaged(_)) if move_snapshots_aside(index)? => (open_patiently(path)?, true),
            opened => (opened?, false),
        };
        let house = db.open_tree("house").map_err(sled_error)?;
        let persons = db.open_tree("persons").map_err(sled_error)?;
        upgrade::to_partitions(&db, &house, &persons, &|| flush(&db))?;
        flush(&db)?;
        sync_dir(index)?;
        // Only now: while the index is open, no other process writes chunks, so the leftovers of a crash
        // may be removed.
        let chunks = match access {
            Access::Writes(_) => ChunkFiles::open(dir)?,
            Access::Reads { .. } => ChunkFiles::read_only(dir)?,
        };
        let (group, reading, naming) = (Group::default(), RwLock::default(), RwLock::default());
        Ok(SledStore { db, house, persons, group, chunks, reading, naming, repaired, access })
    }

    /// The reserve. Fails if the store cannot be written.
    fn reserve(&self) -> Result<&Reserve> {
        match &self.access {
            Access::Writes(reserve) => Ok(reserve),
            Access::Reads { why, .. } => Err(io::Error::from(*why).into()),
        }
    }

    /// Whether opening had to rename a damaged snapshot. The operator should be told.
    pub fn repaired(&self) -> bool {
        self.repaired
    }
}

impl SledStore {
    fn tree(&self, partition: Partition) -> &sled::Tree {
        match partition {
            Partition::House => &self.house,
            Partition::Person(_) => &self.persons,
        }
    }

    fn read_one(&self, range: &Range) -> Result<Vec<Record>> {
        if range.is_empty() || range.limit == 0 {
            return Ok(Vec::new());
        }
        let prefix = prefix(&range.partition);
        let whole = Range::prefix(range.partition, prefix);
        let with = |key: &Vec<u8>| [prefix, key].concat();
        let from = match &range.from {
            Bound::Unbounded => whole.from,
            from => from.as_ref().map(with),
        };
        let until = match &range.until {
            Bound::Unbounded => whole.until,
            until => until.as_ref().map(with),
        };
        let all = self.tree(range.partition).range((from, until));
        let record = |record: sled::Result<(sled::IVec, sled::IVec)>| {
            let (key, value) = record.map_err(sled_error)?;
            Ok((key[prefix.len()..].to_vec(), value.to_vec()))
        };
        if range.is_backwards {
            let mut found = all.rev().take(range.limit).map(record).collect::<Result<Vec<Record>>>()?;
            found.reverse();
            return Ok(found);
        }
        all.take(range.limit).map(record).collect()
    }

    /// Applies a commit in memory and in sled's log, or fails with a conflict.
    fn apply(&self, commit: &Commit) -> Result<()> {
        let prefix = prefix(&commit.partition);
        let with = |key: &[u8]| [prefix, key].concat();
        let _naming = self.naming.read().unwrap_or_else(PoisonError::into_inner);
        if !self.chunks.are_here(commit.partition, &commit.names)? {
            return Err(StoreError::Conflict);
        }
        let _reading = self.reading.write().unwrap_or_else(PoisonError::into_inner);
        // sled repeats the closure when transactions collide: it may only read and write the tree.
        let outcome: std::result::Result<(), TransactionError<()>> =
            self.tree(commit.partition).transaction(|tree| {
                for (key, expected) in &commit.preconditions {
                    if tree.get(with(key))?.as_deref() != expected.as_deref() {
                        return abort(());
                    }
                }
                for key in &commit.deletes {
                    tree.remove(with(key))?;
                }
                for (key, value) in &commit.puts {
                    tree.insert(with(key), value.as_slice())?;
                }
                Ok::<(), ConflictableTransactionError<()>>(())
            });
        match outcome {
            Ok(()) => Ok(()),
            Err(TransactionError::Abort(())) => Err(StoreError::Conflict),
            Err(TransactionError::Storage(e)) => Err(sled_error(e)),
        }
    }
}

/// Prefix of every key of a partition in its tree.
fn prefix(partition: &Partition) -> &[u8] {
    match partition {
        Partition::House => &[],
        Partition::Person(person) => &person.0,
    }
}

impl Store for SledStore {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        let _reading = self.reading.read().unwrap_or_else(PoisonError::into_inner);
        ranges.iter().map(|range| self.read_one(range)).collect()
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        commit.check_sizes()?;
        let reserve = self.reserve()?;
        self.group.check()?;
        reserve.admit(commit.is_ending)?;
        self.apply(commit)?;
        self.group.wait(|| flush(&self.db))
    }

    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        let reserve = self.reserve()?;
        self.group.check()?;
        reserve.admit(false)?;
        self.chunks.put(partition, chunks)
    }

    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        self.chunks.get(partition, chunks)
    }

    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        self.chunks.of(partition)
    }

    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        self.reserve()?;
        let _naming = self.naming.write().unwrap_or_else(PoisonError::into_inner);
        self.chunks.delete(partition, which)
    }

    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        let mut all: BTreeSet<PersonId> = self.chunks.persons(after, limit)?.into_iter().collect();
        let mut last = after;
        for _ in 0..limit {
            // Skips all records of a person in one step.
            let from = match last.map(|person| following(&person.0)) {
                None => Vec::new(),
                Some(Some(next)) => next,
                Some(None) => break,
            };
            let Some(record) = self.persons.range(from..).next() else { break };
            let (key, _) = record.map_err(sled_error)?;
            let Some(id) = key.first_chunk::<16>() else {
                return Err(StoreError::Damaged("a record without a person".to_owned()));
            };
            last = Some(PersonId(*id));
            all.insert(PersonId(*id));
        }
        Ok(all.into_iter().take(limit).collect())
    }

    fn chunks_at_once(&self) -> usize {
        4
    }

    fn clock(&self) -> Result<i64> {
        Ok(crate::machine_seconds())
    }
}

/// Whether files can be created in a folder, according to its permissions and its file system.
fn is_writable(dir: &Dir) -> bool {
    let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
    dir.open(".")
        .is_ok_and(|dir| rustix::fs::accessat(dir, ".", access, rustix::fs::AtFlags::empty()).is_ok())
}

fn is_full(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// Copies a folder recursively.
fn copy_dir(from: &Dir, to: &Dir) -> io::Result<()> {
    for entry in from.entries()? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            to.create_dir(&name)?;
            copy_dir(&from.open_dir(&name)?, &to.open_dir(&name)?)?;
        } else {
            from.copy(&name, to, &name)?;
        }
    }
    Ok(())
}

/// Writes all of sled's memory to disk.
fn flush(db: &sled::Db) -> io::Result<()> {
    db.flush().map(|_| ()).map_err(io::Error::from)
}

/// Creates the index of a new store. A crash during creation may leave files that sled cannot read, so they
/// are created in another folder, which is renamed once it is on disk.
fn create(dir: &Dir, path: &Path) -> Result<()> {
    // Lock against other processes; released on drop.
    let store = dir.open(".")?.into_std();
    patiently(|| Ok(store.try_lock()?))?;
    if dir.try_exists(INDEX)? {
        return Ok(());
    }
    absent_is_fine(dir.remove_dir_all(UNFINISHED))?;
    dir.create_dir(UNFINISHED)?;
    let db = open_index(&path.join(UNFINISHED))?;
    flush(&db)?;
    drop(db);
    let made = dir.open_dir(UNFINISHED)?;
    for name in [LOG, SETTINGS] {
        made.open(name)?.sync_all()?;
    }
    sync_dir(&made)?;
    dir.rename(UNFINISHED, dir, INDEX)?;
    sync_dir(dir)?;
    Ok(())
}

fn open_patiently(path: &Path) -> Result<sled::Db> {
    patiently(|| open_index(path))
}

/// Retries `attempt` for [`LOCK_PATIENCE`] while another process has the store open.
fn patiently<T>(attempt: impl Fn() -> Result<T>) -> Result<T> {
    let started = Instant::now();
    loop {
        match attempt() {
            Err(StoreError::InUse) if started.elapsed() < LOCK_PATIENCE => {
                std::thread::sleep(LOCK_RETRY);
            }
            other => return other,
        }
    }
}

fn open_index(path: &Path) -> Result<sled::Db> {
    let config = sled::Config::default()
        .path(path)
        .cache_capacity(CACHE_BYTES)
        // Every acknowledgement is preceded by a flush; a periodic flush would add nothing.
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

/// Renames sled's snapshots, complete or not. Returns whether there were any.
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
