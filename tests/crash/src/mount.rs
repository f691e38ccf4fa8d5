//! A mounted folder backed by the disk of [`crate::disk`].
//!
//! The kernel has no write-back cache here: a program's write reaches this process before the call returns.
//! So `sync_file_range` has nothing to write, and the kernel reports success.

use crate::disk::{About, Disk, Refused};
use fuser::{
    BsdFileFlags, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo,
    LockOwner, MountOption, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory,
    ReplyEmpty, ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// Validity of the kernel's cached metadata: all changes go through the kernel.
const REMEMBER: Duration = Duration::from_secs(60);

/// A disk shared with the thread that cuts its power.
#[derive(Debug, Clone)]
pub(crate) struct Shared(Arc<Mutex<Disk>>);

impl Shared {
    /// Shares a disk.
    pub(crate) fn new(disk: Disk) -> Shared {
        Shared(Arc::new(Mutex::new(disk)))
    }

    /// Locks the disk. It is consistent after every step.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A mounted disk, unmounted on drop.
#[derive(Debug)]
pub(crate) struct Mounted(Option<fuser::BackgroundSession>);

impl Mounted {
    /// Mounts a disk on a folder.
    ///
    /// # Errors
    /// The kernel's error, or a missing `/dev/fuse`.
    pub(crate) fn new(disk: &Shared, folder: &Path) -> io::Result<Mounted> {
        let mut config = Config::default();
        config.mount_options =
            vec![MountOption::FSName("mesinfos-crash".to_owned()), MountOption::NoSuid, MountOption::NoDev];
        fuser::spawn_mount(disk.clone(), folder, &config).map(|session| Mounted(Some(session)))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(session) = self.0.take()
            && let Err(error) = session.umount_and_join()
        {
            eprintln!("the folder of the tests cannot be unmounted: {error}");
        }
    }
}

fn number(refused: Refused) -> Errno {
    match refused {
        Refused::NoPower => Errno::EIO,
        Refused::NotFound => Errno::ENOENT,
        Refused::Exists => Errno::EEXIST,
        Refused::NotFolder => Errno::ENOTDIR,
        Refused::IsFolder => Errno::EISDIR,
        Refused::NotEmpty => Errno::ENOTEMPTY,
    }
}

fn attributes(about: About) -> FileAttr {
    FileAttr {
        ino: INodeNo(about.number),
        size: about.size,
        blocks: about.size.div_ceil(512),
        atime: about.modified,
        mtime: about.modified,
        ctime: about.modified,
        crtime: about.modified,
        kind: if about.is_folder { FileType::Directory } else { FileType::RegularFile },
        perm: u16::try_from(about.mode & 0o7777).unwrap_or(0o600),
        nlink: if about.is_folder { 2 } else { 1 },
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    }
}

/// All names here are text.
fn text(name: &OsStr) -> &str {
    name.to_str().unwrap_or("")
}

fn done(outcome: Result<(), Refused>, reply: ReplyEmpty) {
    match outcome {
        Ok(()) => reply.ok(),
        Err(refused) => reply.error(number(refused)),
    }
}

fn entry(outcome: Result<About, Refused>, reply: ReplyEntry) {
    match outcome {
        Ok(about) => reply.entry(&REMEMBER, &attributes(about), Generation(0)),
        Err(refused) => reply.error(number(refused)),
    }
}

fn attr(outcome: Result<About, Refused>, reply: ReplyAttr) {
    match outcome {
        Ok(about) => reply.attr(&REMEMBER, &attributes(about)),
        Err(refused) => reply.error(number(refused)),
    }
}

impl Filesystem for Shared {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        entry(self.lock().lookup(parent.0, text(name)), reply);
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        attr(self.lock().about(ino.0), reply);
    }

    fn setattr(
        &self,
        _: &Request,
        ino: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut disk = self.lock();
        let changed = || {
            if let Some(mode) = mode {
                disk.allow(ino.0, mode)?;
            }
            if let Some(size) = size {
                disk.resize(ino.0, size)?;
            }
            disk.about(ino.0)
        };
        attr({ changed }(), reply);
    }

    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, mode: u32, umask: u32, reply: ReplyEntry) {
        entry(self.lock().create(parent.0, text(name), true, mode & !umask), reply);
    }

    fn create(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        match self.lock().create(parent.0, text(name), false, mode & !umask) {
            Ok(about) => {
                let (attributes, none) = (attributes(about), FopenFlags::empty());
                reply.created(&REMEMBER, &attributes, Generation(0), FileHandle(0), none);
            }
            Err(refused) => reply.error(number(refused)),
        }
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        done(self.lock().remove(parent.0, text(name), false), reply);
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        done(self.lock().remove(parent.0, text(name), true), reply);
    }

    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        newparent: INodeNo,
        newname: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        if !flags.is_empty() {
            return reply.error(Errno::EINVAL);
        }
        done(self.lock().rename((parent.0, text(name)), (newparent.0, text(newname))), reply);
    }

    fn open(&self, _: &Request, ino: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        match self.lock().about(ino.0) {
            Ok(_) => reply.opened(FileHandle(0), FopenFlags::empty()),
            Err(refused) => reply.error(number(refused)),
        }
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        match self.lock().read(ino.0, offset, size as usize) {
            Ok(bytes) => reply.data(bytes),
            Err(refused) => reply.error(number(refused)),
        }
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        match self.lock().write(ino.0, offset, data) {
            Ok(()) => reply.written(u32::try_from(data.len()).unwrap_or(u32::MAX)),
            Err(refused) => reply.error(number(refused)),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        done(self.lock().sync(ino.0), reply);
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        done(self.lock().sync(ino.0), reply);
    }

    fn readdir(&self, _: &Request, ino: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let names = match self.lock().names(ino.0) {
            Ok(names) => names,
            Err(refused) => return reply.error(number(refused)),
        };
        // Numbers grow with time and are never reused: a listing that runs during changes continues after
        // the last number that it returned.
        let mut names: Vec<_> = names.into_iter().filter(|(_, about)| about.number > offset).collect();
        names.sort_by_key(|(_, about)| about.number);
        for (name, about) in names {
            let kind = attributes(about).kind;
            if reply.add(INodeNo(about.number), about.number, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        let plenty = 1 << 24;
        reply.statfs(plenty, plenty, plenty, plenty, plenty, 4096, 255, 4096);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::disk::{Kept, Lie};
    use std::fs::{File, OpenOptions};
    use std::io::Write;
    use std::os::unix::fs::FileExt;

    #[test]
    fn a_mounted_disk_is_a_folder_until_its_power_is_cut() {
        let (folder, disk) = (tempfile::tempdir().unwrap(), Shared::new(Disk::new(Lie::Nothing)));
        let at = |name: &str| folder.path().join(name);
        let mounted = match Mounted::new(&disk, folder.path()) {
            Ok(mounted) => mounted,
            Err(error) => return println!("skipped: it needs /dev/fuse and the right to mount ({error})"),
        };
        std::fs::create_dir(at("inner")).unwrap();
        let mut file = File::create(at("file")).unwrap();
        file.write_all(&[7; 300_000]).unwrap();
        file.sync_data().unwrap();
        assert_eq!(std::fs::read(at("file")).unwrap(), [7; 300_000]);
        std::fs::rename(at("file"), at("inner/file")).unwrap();
        for name in ["inner", "."] {
            File::open(at(name)).unwrap().sync_all().unwrap();
        }
        file.set_len(200_000).unwrap();
        file.write_all_at(b"word", 100_000).unwrap();
        assert_eq!(std::fs::metadata(at("inner/file")).unwrap().len(), 200_000);
        assert_eq!(&std::fs::read(at("inner/file")).unwrap()[100_000..100_005], b"word\x07");
        for n in 0..300 {
            std::fs::write(at(&format!("inner/{n}")), []).unwrap();
        }
        assert_eq!(std::fs::read_dir(at("inner")).unwrap().count(), 301);
        std::fs::remove_dir_all(at("inner")).unwrap();
        assert!(File::open(at("inner/file")).is_err());
        // Without power, a sync fails.
        disk.lock().arm(Some(1));
        assert!(file.sync_data().is_err());
        assert!(OpenOptions::new().append(true).create(true).open(at("other")).is_err());
        drop((file, mounted));

        disk.lock().cut_keeping(Kept::Share(0), &mut Chance::of(1, 1));
        let mounted = Mounted::new(&disk, folder.path()).unwrap();
        assert_eq!(std::fs::read(at("inner/file")).unwrap(), [7; 300_000]);
        assert_eq!(std::fs::read_dir(at("inner")).unwrap().count(), 1);
        drop(mounted);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
