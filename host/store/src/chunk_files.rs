//! Chunks as files: `chunks/<first byte>/<person>/<chunk>`, with names in hexadecimal; those of the house
//! partition are under `chunks/house/`.
//!
//! A chunk is written to `incoming/`, synced and renamed, and then the folders are synced. So files under
//! `chunks/` are complete. A crash leaves partial files only in `incoming/`; they are removed when the
//! store is next opened.
//!
//! All access goes through a [`Dir`], so no path can lead out of the store folder.

use crate::{ChunkId, Partition, PersonId, Result, StoreError, Which};
use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

const INCOMING: &str = "incoming";
const CHUNKS: &str = "chunks";
const HOUSE: &str = "house";

/// The chunk files of a store folder.
#[derive(Debug)]
pub(crate) struct ChunkFiles {
    incoming: Dir,
    chunks: Dir,
    /// Counter for unique names in `incoming/`.
    next: AtomicU64,
}

impl ChunkFiles {
    /// Opens or creates the two folders, and removes the leftovers of a crash.
    pub(crate) fn open(dir: &Dir) -> Result<ChunkFiles> {
        let open = |name| -> io::Result<Dir> {
            dir.create_dir_all(name)?;
            dir.open_dir(name)
        };
        let files = ChunkFiles { incoming: open(INCOMING)?, chunks: open(CHUNKS)?, next: AtomicU64::new(0) };
        for entry in files.incoming.entries()? {
            files.incoming.remove_file(entry?.file_name())?;
        }
        sync_dir(dir)?;
        Ok(files)
    }

    /// Opens the two folders of a store that cannot be written.
    pub(crate) fn read_only(dir: &Dir) -> Result<ChunkFiles> {
        let open = |name| dir.open_dir(name);
        Ok(ChunkFiles { incoming: open(INCOMING)?, chunks: open(CHUNKS)?, next: AtomicU64::new(0) })
    }

    /// Writes chunks, durably. Existing chunks stay unchanged.
    pub(crate) fn put(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        if chunks.is_empty() {
            return Ok(());
        }
        let folder = folder(partition);
        self.chunks.create_dir_all(&folder)?;
        let target = self.chunks.open_dir(&folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        for (chunk, body) in chunks {
            let name = hex(&chunk.0);
            if target.try_exists(&name)? {
                continue;
            }
            // Each writer has its own file, so the same chunk id may be written concurrently, in the same
            // partition or in two.
            let temporary =
                format!("{}-{name}-{}", name_of(partition), self.next.fetch_add(1, Ordering::Relaxed));
            let mut file = self.incoming.open_with(&temporary, &options)?;
            file.write_all(body)?;
            file.sync_data()?;
            self.incoming.rename(&temporary, &target, &name)?;
        }
        sync_dir(&target)?;
        // Always sync the parents too: an existing folder may not have reached the disk. Syncing an
        // unchanged folder costs next to nothing.
        if let Partition::Person(person) = partition {
            sync_dir(&self.chunks.open_dir(shard(person))?)?;
        }
        sync_dir(&self.chunks)?;
        Ok(())
    }

    /// The bodies of chunks, in the order of the ids.
    pub(crate) fn get(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        let folder = folder(partition);
        let body = |chunk: &ChunkId| match self.chunks.read(format!("{folder}/{}", hex(&chunk.0))) {
            Ok(body) => Ok(body),
            Err(e) if e.kind() == ErrorKind::NotFound => {
                Err(StoreError::MissingChunk { partition, chunk: *chunk })
            }
            Err(e) => Err(e.into()),
        };
        chunks.iter().map(body).collect()
    }

    /// Whether all these chunks exist.
    pub(crate) fn are_here(&self, partition: Partition, chunks: &[ChunkId]) -> Result<bool> {
        if chunks.is_empty() {
            return Ok(true);
        }
        let dir = match self.chunks.open_dir(folder(partition)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(false),
            dir => dir?,
        };
        for chunk in chunks {
            if !dir.try_exists(hex(&chunk.0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The chunks of a partition, in order of id, with their ages.
    pub(crate) fn of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        let dir = match self.chunks.open_dir(folder(partition)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            dir => dir?,
        };
        let now = SystemTime::now();
        let mut found = Vec::new();
        for name in names(&dir)? {
            let Some(chunk) = unhex(&name).map(ChunkId) else { continue };
            match dir.metadata(&name) {
                // A modification time in the future counts as age zero.
                Ok(file) => {
                    let age = now.duration_since(file.modified()?.into_std()).unwrap_or_default();
                    found.push((chunk, age));
                }
                Err(e) if e.kind() == ErrorKind::NotFound => {}
                Err(e) => return Err(e.into()),
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// At most `limit` persons with a non-empty chunk folder, in order of id, after `after` (exclusive).
    pub(crate) fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        let mut shards = names(&self.chunks)?;
        shards.retain(|name| name.len() == 2 && after.is_none_or(|after| *name >= shard(after)));
        shards.sort_unstable();
        let mut found = Vec::new();
        for shard in shards {
            let dir = self.chunks.open_dir(shard)?;
            let mut persons: Vec<PersonId> = names(&dir)?
                .iter()
                .filter_map(|name| unhex(name).map(PersonId))
                .filter(|person| Some(*person) > after)
                .collect();
            persons.sort_unstable();
            for person in persons {
                if found.len() >= limit {
                    return Ok(found);
                }
                if dir.read_dir(hex(&person.0))?.next().is_some() {
                    found.push(person);
                }
            }
        }
        Ok(found)
    }

    /// Deletes chunks, durably.
    pub(crate) fn delete(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        let folder = folder(partition);
        let dir = match self.chunks.open_dir(&folder) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
            dir => dir?,
        };
        match (which, partition) {
            (Which::Some(chunks), _) => {
                for chunk in chunks {
                    absent_is_fine(dir.remove_file(hex(&chunk.0)))?;
                }
                sync_dir(&dir)?;
            }
            (Which::All, Partition::House) => {
                absent_is_fine(self.chunks.remove_dir_all(&folder))?;
                sync_dir(&self.chunks)?;
            }
            (Which::All, Partition::Person(person)) => {
                absent_is_fine(self.chunks.remove_dir_all(&folder))?;
                sync_dir(&self.chunks.open_dir(shard(person))?)?;
            }
        }
        Ok(())
    }
}

/// Makes the names in a folder durable. A `Dir` may be an `O_PATH` handle, which cannot be synced, so the
/// folder is opened for reading first.
pub(crate) fn sync_dir(dir: &Dir) -> io::Result<()> {
    dir.open(".")?.sync_all()
}

pub(crate) fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn names(dir: &Dir) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in dir.entries()? {
        // This module writes only UTF-8 names.
        names.extend(entry?.file_name().into_string());
    }
    Ok(names)
}

/// Name of the folder between `chunks/` and the person's, so that no folder holds every person.
fn shard(person: PersonId) -> String {
    hex(&person.0[..1])
}

fn folder(partition: Partition) -> String {
    match partition {
        Partition::House => HOUSE.to_owned(),
        Partition::Person(person) => format!("{}/{}", shard(person), hex(&person.0)),
    }
}

fn name_of(partition: Partition) -> String {
    match partition {
        Partition::House => HOUSE.to_owned(),
        Partition::Person(person) => hex(&person.0),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

fn unhex(name: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(name, 16).ok()?;
    let id = number.to_be_bytes();
    (hex(&id) == name).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: PersonId = PersonId([7; 16]);
    const PERSON: Partition = Partition::Person(ID);

    fn ids(files: &ChunkFiles) -> Vec<ChunkId> {
        files.of(PERSON).unwrap().into_iter().map(|(chunk, _)| chunk).collect()
    }

    fn folder_on_disk() -> (tempfile::TempDir, Dir) {
        let temp = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(temp.path(), cap_std::ambient_authority()).unwrap();
        (temp, dir)
    }

    #[test]
    fn what_a_crash_left_is_not_listed_and_goes_at_the_next_opening() {
        let (_temp, dir) = folder_on_disk();
        let files = ChunkFiles::open(&dir).unwrap();
        files.put(PERSON, &[(ChunkId([1; 16]), b"body".to_vec())]).unwrap();
        dir.write("incoming/02020202020202020202020202020202", b"half").unwrap();
        assert_eq!(ids(&files), [ChunkId([1; 16])]);
        let files = ChunkFiles::open(&dir).unwrap();
        assert_eq!(dir.read_dir("incoming").unwrap().count(), 0);
        assert_eq!(files.get(PERSON, &[ChunkId([1; 16])]).unwrap(), [b"body"]);
    }

    #[test]
    fn names_that_are_not_ours_are_passed_over() {
        let (_temp, dir) = folder_on_disk();
        let files = ChunkFiles::open(&dir).unwrap();
        files.put(PERSON, &[(ChunkId([0xab; 16]), Vec::new())]).unwrap();
        for name in ["readme", "+1", "ABABABABABABABABABABABABABABABAB", "ab"] {
            dir.write(format!("chunks/07/{}/{name}", hex(&ID.0)), b"").unwrap();
        }
        assert_eq!(ids(&files), [ChunkId([0xab; 16])]);
    }

    #[test]
    fn a_link_does_not_lead_out_of_the_folder() {
        let (temp, dir) = folder_on_disk();
        let outside = tempfile::tempdir().unwrap();
        let files = ChunkFiles::open(&dir).unwrap();
        dir.create_dir("chunks/07").unwrap();
        std::os::unix::fs::symlink(outside.path(), temp.path().join(format!("chunks/{}", folder(PERSON))))
            .unwrap();
        assert!(files.put(PERSON, &[(ChunkId([1; 16]), b"body".to_vec())]).is_err());
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}
