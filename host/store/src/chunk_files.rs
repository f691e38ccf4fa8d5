//! Chunks as files: `chunks/<first byte>/<person>/<chunk>`, names in hexadecimal.
//!
//! A chunk is written to `incoming/`, synced, renamed to its place, and then the folders are
//! synced. So what stands under `chunks/` is whole, and what a crash leaves stands in `incoming/`
//! and is removed at the next opening.
//!
//! Everything goes through a [`Dir`]: no path can lead out of the store folder.

use crate::{ChunkId, PersonId, Result};
use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicU64, Ordering};

const INCOMING: &str = "incoming";
const CHUNKS: &str = "chunks";

/// The chunk files of a store folder.
#[derive(Debug)]
pub(crate) struct ChunkFiles {
    incoming: Dir,
    chunks: Dir,
    /// Numbers what is being written.
    next: AtomicU64,
}

impl ChunkFiles {
    /// Opens or creates the two folders and removes what a crash left unfinished.
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

    /// Writes chunks; durable when it returns. One that exists is left as it is.
    pub(crate) fn put(&self, person: PersonId, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        if chunks.is_empty() {
            return Ok(());
        }
        self.chunks.create_dir_all(folder(person))?;
        let target = self.chunks.open_dir(folder(person))?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        for (chunk, body) in chunks {
            let name = hex(&chunk.0);
            if target.try_exists(&name)? {
                continue;
            }
            // Two who write one chunk at the same time, of two persons or of one, each write a file of their own.
            let temporary =
                format!("{}-{name}-{}", hex(&person.0), self.next.fetch_add(1, Ordering::Relaxed));
            let mut file = self.incoming.open_with(&temporary, &options)?;
            file.write_all(body)?;
            file.sync_data()?;
            self.incoming.rename(&temporary, &target, &name)?;
        }
        sync_dir(&target)?;
        // Always the parents too: that they exist does not tell that they ever reached the disk. A
        // folder without changes costs next to nothing here.
        sync_dir(&self.chunks.open_dir(shard(person))?)?;
        sync_dir(&self.chunks)?;
        Ok(())
    }

    /// The body of a chunk.
    pub(crate) fn get(&self, person: PersonId, chunk: ChunkId) -> Result<Vec<u8>> {
        match self.chunks.read(format!("{}/{}", folder(person), hex(&chunk.0))) {
            Ok(body) => Ok(body),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(crate::missing_chunk(person, chunk)),
            Err(e) => Err(e.into()),
        }
    }

    /// The chunks that a person has here, in order of id.
    pub(crate) fn of(&self, person: PersonId) -> Result<Vec<ChunkId>> {
        let mut found: Vec<ChunkId> = match self.chunks.open_dir(folder(person)) {
            Ok(dir) => names(&dir)?.iter().filter_map(|name| unhex(name).map(ChunkId)).collect(),
            Err(e) if e.kind() == ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(e.into()),
        };
        found.sort_unstable();
        Ok(found)
    }

    /// The persons who have a folder here, in order of id.
    pub(crate) fn persons(&self) -> Result<Vec<PersonId>> {
        let mut found = Vec::new();
        for shard in names(&self.chunks)? {
            let persons = names(&self.chunks.open_dir(shard)?)?;
            found.extend(persons.iter().filter_map(|name| unhex(name).map(PersonId)));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Deletes chunks; durable when it returns.
    pub(crate) fn delete(&self, person: PersonId, chunks: &[ChunkId]) -> Result<()> {
        let dir = match self.chunks.open_dir(folder(person)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
            dir => dir?,
        };
        for chunk in chunks {
            absent_is_fine(dir.remove_file(hex(&chunk.0)))?;
        }
        Ok(sync_dir(&dir)?)
    }

    /// Deletes all of a person; durable when it returns.
    pub(crate) fn delete_person(&self, person: PersonId) -> Result<()> {
        absent_is_fine(self.chunks.remove_dir_all(folder(person)))?;
        match self.chunks.open_dir(shard(person)) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            shard => Ok(sync_dir(&shard?)?),
        }
    }
}

/// Makes the names in a folder durable. A `Dir` may be a handle that only names its folder
/// (`O_PATH`) and cannot be synced, so the folder is opened for reading first.
pub(crate) fn sync_dir(dir: &Dir) -> io::Result<()> {
    dir.open(".")?.sync_all()
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn names(dir: &Dir) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in dir.entries()? {
        // Names that are not text are none of ours.
        names.extend(entry?.file_name().into_string());
    }
    Ok(names)
}

/// One level of folders, so that none holds every person.
fn shard(person: PersonId) -> String {
    hex(&person.0[..1])
}

fn folder(person: PersonId) -> String {
    format!("{}/{}", shard(person), hex(&person.0))
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

    const PERSON: PersonId = PersonId([7; 16]);

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
        assert_eq!(files.of(PERSON).unwrap(), [ChunkId([1; 16])]);
        let files = ChunkFiles::open(&dir).unwrap();
        assert_eq!(dir.read_dir("incoming").unwrap().count(), 0);
        assert_eq!(files.get(PERSON, ChunkId([1; 16])).unwrap(), b"body");
    }

    #[test]
    fn names_that_are_not_ours_are_passed_over() {
        let (_temp, dir) = folder_on_disk();
        let files = ChunkFiles::open(&dir).unwrap();
        files.put(PERSON, &[(ChunkId([0xab; 16]), Vec::new())]).unwrap();
        for name in ["readme", "+1", "ABABABABABABABABABABABABABABABAB", "ab"] {
            dir.write(format!("chunks/07/{}/{name}", hex(&PERSON.0)), b"").unwrap();
        }
        assert_eq!(files.of(PERSON).unwrap(), [ChunkId([0xab; 16])]);
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
