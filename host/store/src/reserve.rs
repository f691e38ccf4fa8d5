//! Disk space reserved for acts that end something on a full disk: a withdrawal, an erasure, a deletion.
//!
//! While there is enough space, the store folder contains a file of [`SIZE`] bytes without content. When
//! less than that is free, only commits that end something (see [`Commit::ending`](crate::Commit::ending))
//! are accepted. If such a commit, or opening the store, has next to no space left, the file is removed. It
//! is made again once there is enough space.
//!
//! The check precedes the write, because a write that fails half-way leaves sled in an unknown state.

use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};
use std::fs::File;
use std::io::{self, ErrorKind};

/// Size of the file in bytes. sled's log grows by segments of 512 KiB, and opening a store may begin two.
pub(crate) const SIZE: u64 = 4 << 20;

/// Free bytes from which the file is made.
const PLENTY: u64 = 4 * SIZE;

/// Free bytes below which the file is removed to make room for an ending commit or for opening the store: two
/// segments of sled's log.
const LITTLE: u64 = 1 << 20;

const NAME: &str = "reserve";

/// The reserve file of a store folder.
#[derive(Debug)]
pub(crate) struct Reserve {
    dir: Dir,
    /// The folder, open for queries about its file system.
    folder: File,
}

impl Reserve {
    pub(crate) fn of(dir: &Dir) -> io::Result<Reserve> {
        let folder = dir.open(".")?.into_std();
        Ok(Reserve { dir: dir.try_clone()?, folder })
    }

    /// Fails with [`ErrorKind::StorageFull`] if only commits that end something may be written now. Makes
    /// or removes the file depending on the free space.
    pub(crate) fn admit(&self, is_ending: bool) -> io::Result<()> {
        let free = self.free()?;
        if free >= PLENTY {
            self.make();
        }
        match is_ending {
            // Other commits leave the space to commits that end something.
            false if free < SIZE => Err(ErrorKind::StorageFull.into()),
            true if free < LITTLE => self.remove().map(drop),
            _ => Ok(()),
        }
    }

    /// Bytes that this user may still write.
    fn free(&self) -> io::Result<u64> {
        let room = rustix::fs::fstatvfs(&self.folder)?;
        Ok(room.f_bavail.saturating_mul(room.f_frsize))
    }

    /// Makes the file unless it exists. Best effort: if the file system cannot allocate it, there is no
    /// reserve.
    fn make(&self) {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let Ok(file) = self.dir.open_with(NAME, &options) else { return };
        if allocate(&file.into_std()).is_err() {
            let _ = self.dir.remove_file(NAME);
        }
    }

    /// Removes the file. Returns whether there was one.
    fn remove(&self) -> io::Result<bool> {
        match self.dir.remove_file(NAME) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Allocates the blocks, which setting a length does not do.
fn allocate(file: &File) -> io::Result<()> {
    Ok(rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), 0, SIZE)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_takes_its_room_and_gives_it_back() {
        let temp = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(temp.path(), cap_std::ambient_authority()).unwrap();
        let reserve = Reserve::of(&dir).unwrap();
        assert!(reserve.free().unwrap() >= PLENTY, "this test needs a disk with some room");
        reserve.admit(false).unwrap();
        reserve.admit(false).unwrap();
        let made = temp.path().join(NAME).metadata().unwrap();
        assert_eq!(made.len(), SIZE);
        assert!(std::os::unix::fs::MetadataExt::blocks(&made) * 512 >= SIZE, "its blocks are allocated");
        assert!(reserve.remove().unwrap());
        assert!(!reserve.remove().unwrap());
    }
}
