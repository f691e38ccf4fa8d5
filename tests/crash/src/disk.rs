//! A disk in memory that tracks which of its data would survive a power cut.
//!
//! Every file and every folder exists twice: as programs see it, and as it is on the disk. A sync of a file
//! makes its content and size durable, a sync of a folder the names in it; syncing a file does not make its
//! name durable. A power cut loses or keeps unsynced data as on real disks:
//!
//! - of the writes to a file, any blocks of 4096 bytes, in any order, and of some of them only the first
//!   sectors of 512 bytes;
//! - the file size after any one of those writes;
//! - of the changes of a folder, any number of the oldest, as a journaling file system keeps them.

use crate::chance::Chance;
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

/// Inode number of the root folder.
pub(crate) const ROOT: u64 = 1;
const BLOCK: usize = 4096;
const SECTOR: usize = 512;

/// Syncs that the disk only pretends to perform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lie {
    /// No sync: an honest disk.
    Nothing,
    /// Every sync.
    Everything,
    /// Syncs of the index's log.
    Log,
    /// Syncs of folders.
    Folders,
    /// Syncs of chunk files.
    Chunks,
}

/// Reason why an operation fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The power is out.
    NoPower,
    /// No such file or folder.
    NotFound,
    /// The name is taken.
    Exists,
    /// A folder was expected.
    NotFolder,
    /// A file was expected.
    IsFolder,
    /// The folder is not empty.
    NotEmpty,
}

type Result<T> = std::result::Result<T, Refused>;

/// Unsynced changes that survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// About this percentage of blocks: none at 0, all at 100.
    Share(u64),
    /// The last changes of each file, this many: the oldest writes are written last.
    Latest(usize),
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Size(usize),
}

#[derive(Debug, Clone)]
enum Renaming {
    Put(String, u64),
    Remove(String),
    /// Within one folder; atomic.
    Move(String, String, u64),
}

#[derive(Debug)]
struct FileContent {
    now: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Debug)]
struct FolderContent {
    now: BTreeMap<String, u64>,
    durable: BTreeMap<String, u64>,
    pending: Vec<Renaming>,
}

#[derive(Debug)]
enum Content {
    File(FileContent),
    Folder(FolderContent),
}

#[derive(Debug)]
struct Inode {
    content: Content,
    mode: u32,
    modified: SystemTime,
    lies: bool,
}

/// Metadata of a file or folder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    /// Inode number.
    pub(crate) number: u64,
    /// Size in bytes.
    pub(crate) size: u64,
    /// Whether it is a folder.
    pub(crate) is_folder: bool,
    /// Permission bits.
    pub(crate) mode: u32,
    /// Time of the last change.
    pub(crate) modified: SystemTime,
}

/// The disk.
#[derive(Debug)]
pub(crate) struct Disk {
    inodes: BTreeMap<u64, Inode>,
    next: u64,
    lie: Lie,
    steps: u64,
    last_step: Option<u64>,
    has_power: bool,
}

fn folder(lies: bool) -> Inode {
    let content = FolderContent { now: BTreeMap::new(), durable: BTreeMap::new(), pending: Vec::new() };
    Inode { content: Content::Folder(content), mode: 0o755, modified: SystemTime::now(), lies }
}

fn write(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if content.len() < end {
        content.resize(end, 0);
    }
    content[at..end].copy_from_slice(bytes);
}

fn rename(names: &mut BTreeMap<String, u64>, change: &Renaming) {
    match change {
        Renaming::Put(name, number) => {
            names.insert(name.clone(), *number);
        }
        Renaming::Remove(name) => {
            names.remove(name);
        }
        Renaming::Move(from, to, number) => {
            names.remove(from);
            names.insert(to.clone(), *number);
        }
    }
}

impl FileContent {
    fn sync(&mut self) {
        for change in self.pending.drain(..) {
            match change {
                Change::Write { at, bytes } => write(&mut self.durable, at, &bytes),
                Change::Size(size) => self.durable.resize(size, 0),
            }
        }
    }

    /// Sets the content to that on the disk after a power cut.
    fn cut(&mut self, kept: Kept, chance: &mut Chance) {
        let pending = std::mem::take(&mut self.pending);
        // The size after one of the changes: sizes are in the journal, which keeps their order.
        let sized = match kept {
            Kept::Share(0) => 0,
            Kept::Share(100) | Kept::Latest(_) => pending.len(),
            Kept::Share(_) => chance.index(pending.len() + 1),
        };
        let share = |index: usize| match kept {
            Kept::Share(share) => share,
            Kept::Latest(count) if index + count >= pending.len() => 100,
            Kept::Latest(_) => 0,
        };
        let mut size = self.durable.len();
        for (index, change) in pending.iter().enumerate() {
            match change {
                Change::Write { at, bytes } => {
                    if index < sized {
                        size = size.max(at + bytes.len());
                    }
                    self.keep_blocks(*at, bytes, share(index), chance);
                }
                Change::Size(new) if index < sized => {
                    size = *new;
                    self.durable.resize(size, 0);
                }
                Change::Size(_) => {}
            }
        }
        self.durable.resize(size, 0);
        self.now.clone_from(&self.durable);
    }

    fn keep_blocks(&mut self, at: usize, bytes: &[u8], kept: u64, chance: &mut Chance) {
        let mut from = 0;
        while from < bytes.len() {
            let until = bytes.len().min((at + from) / BLOCK * BLOCK + BLOCK - at);
            if chance.percent(kept) {
                let is_torn = kept < 100 && chance.percent(10);
                let sectors = if is_torn { chance.index(BLOCK / SECTOR) } else { BLOCK / SECTOR };
                let start_of_block = (at + from) / BLOCK * BLOCK;
                let torn = (start_of_block + sectors * SECTOR).saturating_sub(at).clamp(from, until);
                write(&mut self.durable, at + from, &bytes[from..torn]);
            }
            from = until;
        }
    }
}

impl FolderContent {
    fn sync(&mut self) {
        for change in self.pending.drain(..) {
            rename(&mut self.durable, &change);
        }
    }

    fn cut(&mut self, kept: Kept, chance: &mut Chance) {
        let pending = std::mem::take(&mut self.pending);
        let count = match kept {
            Kept::Share(0) => 0,
            Kept::Share(100) => pending.len(),
            Kept::Share(_) | Kept::Latest(_) => chance.index(pending.len() + 1),
        };
        for change in &pending[..count] {
            rename(&mut self.durable, change);
        }
        self.now.clone_from(&self.durable);
    }

    fn change(&mut self, change: Renaming) {
        rename(&mut self.now, &change);
        self.pending.push(change);
    }
}

impl Disk {
    /// An empty disk.
    pub(crate) fn new(lie: Lie) -> Disk {
        let lies = matches!(lie, Lie::Everything | Lie::Folders);
        let inodes = BTreeMap::from([(ROOT, folder(lies))]);
        Disk { inodes, next: ROOT + 1, lie, steps: 0, last_step: None, has_power: true }
    }

    /// Schedules a power cut at this step from now, or none. A step is a change or a sync.
    pub(crate) fn arm(&mut self, steps: Option<u64>) {
        self.last_step = steps.map(|steps| self.steps + steps);
    }

    /// Whether the disk has power, so that operations succeed.
    pub(crate) fn has_power(&self) -> bool {
        self.has_power
    }

    /// Number of steps so far.
    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }

    /// Drops unsynced changes, except a random share, and restores the power.
    pub(crate) fn cut(&mut self, chance: &mut Chance) {
        let kept = match chance.below(7) {
            0 => Kept::Share(0),
            1 => Kept::Share(10),
            2 => Kept::Share(50),
            3 => Kept::Share(90),
            4 => Kept::Share(100),
            _ => Kept::Latest(1 + chance.index(4)),
        };
        self.cut_keeping(kept, chance);
    }

    /// [`Disk::cut`] with a given share.
    pub(crate) fn cut_keeping(&mut self, kept: Kept, chance: &mut Chance) {
        for inode in self.inodes.values_mut() {
            // Some files keep a different share.
            let kept = match kept {
                Kept::Share(1..100) if chance.percent(20) => Kept::Share(*chance.pick(&[0, 50, 100])),
                kept => kept,
            };
            match &mut inode.content {
                Content::File(file) => file.cut(kept, chance),
                Content::Folder(folder) => folder.cut(kept, chance),
            }
        }
        let mut reached = BTreeSet::new();
        let mut next = vec![ROOT];
        while let Some(number) = next.pop() {
            if reached.insert(number)
                && let Some(Inode { content: Content::Folder(folder), .. }) = self.inodes.get(&number)
            {
                next.extend(folder.now.values());
            }
        }
        self.inodes.retain(|number, _| reached.contains(number));
        (self.has_power, self.last_step) = (true, None);
    }

    /// Every file, with its path and content.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut next = vec![(String::new(), ROOT)];
        while let Some((path, number)) = next.pop() {
            match self.inodes.get(&number).map(|inode| &inode.content) {
                Some(Content::File(file)) => found.push((path, file.now.clone())),
                Some(Content::Folder(folder)) => {
                    next.extend(folder.now.iter().map(|(name, number)| (format!("{path}/{name}"), *number)));
                }
                None => {}
            }
        }
        found
    }

    fn ask(&self) -> Result<()> {
        if self.has_power { Ok(()) } else { Err(Refused::NoPower) }
    }

    /// Counts a step. Fails if the power was already out; false if it fails during this step.
    fn step(&mut self) -> Result<bool> {
        self.ask()?;
        self.steps += 1;
        self.has_power = self.last_step.is_none_or(|last| self.steps < last);
        Ok(self.has_power)
    }

    fn inode(&self, number: u64) -> Result<&Inode> {
        self.inodes.get(&number).ok_or(Refused::NotFound)
    }

    fn file_mut(&mut self, number: u64) -> Result<&mut FileContent> {
        let inode = self.inodes.get_mut(&number).ok_or(Refused::NotFound)?;
        inode.modified = SystemTime::now();
        match &mut inode.content {
            Content::File(file) => Ok(file),
            Content::Folder(_) => Err(Refused::IsFolder),
        }
    }

    fn folder(&self, number: u64) -> Result<&FolderContent> {
        match &self.inode(number)?.content {
            Content::Folder(folder) => Ok(folder),
            Content::File(_) => Err(Refused::NotFolder),
        }
    }

    fn folder_mut(&mut self, number: u64) -> Result<&mut FolderContent> {
        let inode = self.inodes.get_mut(&number).ok_or(Refused::NotFound)?;
        inode.modified = SystemTime::now();
        match &mut inode.content {
            Content::Folder(folder) => Ok(folder),
            Content::File(_) => Err(Refused::NotFolder),
        }
    }

    fn about_known(&self, number: u64) -> Result<About> {
        let inode = self.inode(number)?;
        let (size, is_folder) = match &inode.content {
            Content::File(file) => (file.now.len() as u64, false),
            Content::Folder(_) => (0, true),
        };
        Ok(About { number, size, is_folder, mode: inode.mode, modified: inode.modified })
    }

    /// Metadata of a file or folder.
    pub(crate) fn about(&self, number: u64) -> Result<About> {
        self.ask()?;
        self.about_known(number)
    }

    /// Looks up a name in a folder.
    pub(crate) fn lookup(&self, parent: u64, name: &str) -> Result<About> {
        self.ask()?;
        let number = self.folder(parent)?.now.get(name).ok_or(Refused::NotFound)?;
        self.about_known(*number)
    }

    /// Names in a folder.
    pub(crate) fn names(&self, number: u64) -> Result<Vec<(String, About)>> {
        self.ask()?;
        let names = self.folder(number)?.now.iter();
        names.map(|(name, number)| Ok((name.clone(), self.about_known(*number)?))).collect()
    }

    /// Creates a file or a folder.
    pub(crate) fn create(&mut self, parent: u64, name: &str, is_folder: bool, mode: u32) -> Result<About> {
        let goes_on = self.step()?;
        if self.folder(parent)?.now.contains_key(name) {
            return Err(Refused::Exists);
        }
        let mut inode = if is_folder {
            folder(matches!(self.lie, Lie::Everything | Lie::Folders))
        } else {
            let lies = match self.lie {
                Lie::Everything => true,
                Lie::Nothing | Lie::Folders => false,
                Lie::Log => name == "db",
                // Only chunk files have names of digits and dashes.
                Lie::Chunks => name.contains('-'),
            };
            let file = FileContent { now: Vec::new(), durable: Vec::new(), pending: Vec::new() };
            Inode { content: Content::File(file), mode, modified: SystemTime::now(), lies }
        };
        inode.mode = mode;
        let number = self.next;
        self.next += 1;
        self.inodes.insert(number, inode);
        self.folder_mut(parent)?.change(Renaming::Put(name.to_owned(), number));
        if goes_on { self.about_known(number) } else { Err(Refused::NoPower) }
    }

    /// Removes a name.
    pub(crate) fn remove(&mut self, parent: u64, name: &str, is_folder: bool) -> Result<()> {
        let goes_on = self.step()?;
        let number = *self.folder(parent)?.now.get(name).ok_or(Refused::NotFound)?;
        match (&self.inode(number)?.content, is_folder) {
            (Content::File(_), true) => return Err(Refused::NotFolder),
            (Content::Folder(_), false) => return Err(Refused::IsFolder),
            (Content::Folder(folder), true) if !folder.now.is_empty() => return Err(Refused::NotEmpty),
            _ => {}
        }
        self.folder_mut(parent)?.change(Renaming::Remove(name.to_owned()));
        if goes_on { Ok(()) } else { Err(Refused::NoPower) }
    }

    /// Renames a file, replacing an existing target.
    pub(crate) fn rename(&mut self, from: (u64, &str), to: (u64, &str)) -> Result<()> {
        let goes_on = self.step()?;
        let number = *self.folder(from.0)?.now.get(from.1).ok_or(Refused::NotFound)?;
        self.folder(to.0)?;
        if from.0 == to.0 {
            let change = Renaming::Move(from.1.to_owned(), to.1.to_owned(), number);
            self.folder_mut(from.0)?.change(change);
        } else {
            self.folder_mut(to.0)?.change(Renaming::Put(to.1.to_owned(), number));
            self.folder_mut(from.0)?.change(Renaming::Remove(from.1.to_owned()));
        }
        if goes_on { Ok(()) } else { Err(Refused::NoPower) }
    }

    /// Reads at most `size` bytes of a file.
    pub(crate) fn read(&self, number: u64, at: u64, size: usize) -> Result<&[u8]> {
        self.ask()?;
        let Content::File(file) = &self.inode(number)?.content else { return Err(Refused::IsFolder) };
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(file.now.len());
        Ok(&file.now[from..file.now.len().min(from + size)])
    }

    /// Writes to a file.
    pub(crate) fn write(&mut self, number: u64, at: u64, bytes: &[u8]) -> Result<()> {
        let goes_on = self.step()?;
        let at = usize::try_from(at).map_err(|_| Refused::NotFound)?;
        let file = self.file_mut(number)?;
        write(&mut file.now, at, bytes);
        file.pending.push(Change::Write { at, bytes: bytes.to_vec() });
        if goes_on { Ok(()) } else { Err(Refused::NoPower) }
    }

    /// Truncates a file, or extends it with zeros.
    pub(crate) fn resize(&mut self, number: u64, size: u64) -> Result<()> {
        let goes_on = self.step()?;
        let size = usize::try_from(size).map_err(|_| Refused::NotFound)?;
        let file = self.file_mut(number)?;
        file.now.resize(size, 0);
        file.pending.push(Change::Size(size));
        if goes_on { Ok(()) } else { Err(Refused::NoPower) }
    }

    /// Sets permissions.
    pub(crate) fn allow(&mut self, number: u64, mode: u32) -> Result<()> {
        self.ask()?;
        self.inodes.get_mut(&number).ok_or(Refused::NotFound)?.mode = mode;
        Ok(())
    }

    /// Makes the current state of a file or folder durable, unless the disk lies about it.
    pub(crate) fn sync(&mut self, number: u64) -> Result<()> {
        if !self.step()? {
            return Err(Refused::NoPower);
        }
        let inode = self.inodes.get_mut(&number).ok_or(Refused::NotFound)?;
        match &mut inode.content {
            _ if inode.lies => {}
            Content::File(file) => file.sync(),
            Content::Folder(folder) => folder.sync(),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(disk: &mut Disk, kept: u64, number: u64) {
        disk.cut_keeping(Kept::Share(kept), &mut Chance::of(7, number));
    }

    fn file(disk: &mut Disk, name: &str) -> u64 {
        disk.create(ROOT, name, false, 0o600).unwrap().number
    }

    fn content(disk: &Disk, name: &str) -> Option<Vec<u8>> {
        let about = disk.lookup(ROOT, name).ok()?;
        Some(disk.read(about.number, 0, usize::MAX / 2).unwrap().to_vec())
    }

    /// A disk with one durable file of this many bytes of ones.
    fn with_file(bytes: usize) -> (Disk, u64) {
        let mut disk = Disk::new(Lie::Nothing);
        let number = file(&mut disk, "file");
        disk.write(number, 0, &vec![1; bytes]).unwrap();
        disk.sync(number).unwrap();
        disk.sync(ROOT).unwrap();
        (disk, number)
    }

    #[test]
    fn what_was_synced_stays_and_what_was_not_goes() {
        let (mut disk, number) = with_file(3);
        disk.write(number, 3, b"more").unwrap();
        assert_eq!(content(&disk, "file").unwrap(), b"\x01\x01\x01more");
        cut(&mut disk, 0, 0);
        assert_eq!(content(&disk, "file").unwrap(), [1, 1, 1]);
        disk.write(number, 3, b"more").unwrap();
        disk.sync(number).unwrap();
        cut(&mut disk, 0, 1);
        assert_eq!(content(&disk, "file").unwrap(), b"\x01\x01\x01more");
    }

    #[test]
    fn a_name_is_durable_when_its_folder_was_synced() {
        let mut disk = Disk::new(Lie::Nothing);
        let number = file(&mut disk, "file");
        disk.write(number, 0, b"body").unwrap();
        disk.sync(number).unwrap();
        cut(&mut disk, 0, 0);
        assert_eq!(content(&disk, "file"), None);
        let number = file(&mut disk, "file");
        disk.write(number, 0, b"body").unwrap();
        disk.sync(ROOT).unwrap();
        cut(&mut disk, 0, 1);
        assert_eq!(content(&disk, "file").unwrap(), b"", "a name does not bring its content");
    }

    #[test]
    fn nothing_is_answered_without_power_and_the_last_step_is_not_confirmed() {
        let (mut disk, number) = with_file(1);
        disk.write(number, 1, &[2]).unwrap();
        disk.arm(Some(1));
        assert_eq!(disk.sync(number), Err(Refused::NoPower));
        assert_eq!(disk.write(number, 2, &[3]), Err(Refused::NoPower));
        assert_eq!(disk.about(number).unwrap_err(), Refused::NoPower);
        cut(&mut disk, 0, 0);
        assert_eq!(content(&disk, "file").unwrap(), [1]);
    }

    #[test]
    fn blocks_are_kept_one_by_one_and_torn_at_sectors() {
        let (mut torn, mut mixed) = (0, 0);
        for number in 0..200 {
            let (mut disk, file) = with_file(4 * BLOCK);
            disk.write(file, 0, &vec![2; 4 * BLOCK]).unwrap();
            cut(&mut disk, 50, number);
            let body = content(&disk, "file").unwrap();
            assert_eq!(body.len(), 4 * BLOCK);
            assert!(body.chunks(SECTOR).all(|sector| sector.iter().all(|byte| *byte == sector[0])));
            let whole = |block: &[u8]| block.iter().all(|byte| *byte == block[0]);
            torn += body.chunks(BLOCK).filter(|block| !whole(block)).count();
            mixed += usize::from(body.contains(&1) && body.contains(&2));
            // A torn block begins with the new content.
            assert!(body.chunks(BLOCK).all(|block| whole(block) || block[0] == 2));
        }
        assert!(torn > 10 && mixed > 100, "{torn} torn, {mixed} mixed");
    }

    #[test]
    fn writes_that_do_not_begin_at_a_block_are_split_at_blocks() {
        for number in 0..50 {
            let (mut disk, file) = with_file(3 * BLOCK);
            disk.write(file, 100, &vec![2; 2 * BLOCK]).unwrap();
            cut(&mut disk, 50, number);
            let body = content(&disk, "file").unwrap();
            assert!(body[..100].iter().chain(&body[2 * BLOCK + 100..]).all(|byte| *byte == 1));
            for part in [100..BLOCK, BLOCK..2 * BLOCK, 2 * BLOCK..2 * BLOCK + 100] {
                let ends = body[part].windows(2).filter(|pair| pair[0] != pair[1]).count();
                assert!(ends <= 1, "torn more than once");
            }
        }
    }

    #[test]
    fn what_was_written_last_may_be_there_alone() {
        let (mut disk, file) = with_file(3 * BLOCK);
        for (at, byte) in [(0, 2), (1, 3), (2, 4)] {
            disk.write(file, at * BLOCK as u64, &[byte; BLOCK]).unwrap();
        }
        disk.cut_keeping(Kept::Latest(2), &mut Chance::of(7, 0));
        let body = content(&disk, "file").unwrap();
        assert_eq!([body[0], body[BLOCK], body[2 * BLOCK]], [1, 3, 4]);
    }

    #[test]
    fn sizes_are_lost_or_kept() {
        let mut sizes = BTreeSet::new();
        for number in 0..200 {
            let (mut disk, file) = with_file(10);
            disk.resize(file, 3).unwrap();
            disk.write(file, 3, &[2; 20]).unwrap();
            cut(&mut disk, 50, number);
            sizes.insert(content(&disk, "file").unwrap().len());
        }
        assert_eq!(sizes, BTreeSet::from([3, 10, 23]));
    }

    #[test]
    fn of_a_folder_the_oldest_changes_are_kept() {
        let mut seen = BTreeSet::new();
        for number in 0..200 {
            let mut disk = Disk::new(Lie::Nothing);
            for name in ["a", "b", "c"] {
                file(&mut disk, name);
            }
            disk.rename((ROOT, "a"), (ROOT, "z")).unwrap();
            cut(&mut disk, 50, number);
            let names = disk.names(ROOT).unwrap();
            seen.insert(names.into_iter().map(|(name, _)| name).collect::<Vec<_>>().concat());
        }
        let all = ["", "a", "ab", "abc", "bcz"].map(str::to_owned);
        assert_eq!(seen, BTreeSet::from(all), "a name is moved whole or not at all");
    }

    #[test]
    fn a_file_that_was_removed_comes_back_if_its_folder_was_not_synced() {
        let (mut disk, _) = with_file(3);
        disk.remove(ROOT, "file", false).unwrap();
        assert_eq!(content(&disk, "file"), None);
        cut(&mut disk, 0, 0);
        assert_eq!(content(&disk, "file").unwrap(), [1, 1, 1]);
        disk.remove(ROOT, "file", false).unwrap();
        disk.sync(ROOT).unwrap();
        cut(&mut disk, 0, 1);
        assert_eq!(content(&disk, "file"), None);
        assert_eq!(disk.inodes.len(), 1, "what no name leads to is gone");
    }

    #[test]
    fn a_move_between_folders_needs_the_sync_of_the_target() {
        for synced in [false, true] {
            let (mut disk, number) = with_file(3);
            let target = disk.create(ROOT, "target", true, 0o700).unwrap().number;
            disk.sync(ROOT).unwrap();
            disk.rename((ROOT, "file"), (target, "file")).unwrap();
            if synced {
                disk.sync(target).unwrap();
            }
            cut(&mut disk, 0, 0);
            assert!(disk.lookup(ROOT, "file").is_ok(), "that it left was not synced");
            let found = disk.lookup(target, "file").map(|about| about.number);
            assert_eq!(found, if synced { Ok(number) } else { Err(Refused::NotFound) });
        }
    }

    #[test]
    fn folders_with_names_in_them_are_not_removed() {
        let mut disk = Disk::new(Lie::Nothing);
        let inner = disk.create(ROOT, "inner", true, 0o700).unwrap().number;
        disk.create(inner, "file", false, 0o600).unwrap();
        assert_eq!(disk.remove(ROOT, "inner", true), Err(Refused::NotEmpty));
        assert_eq!(disk.remove(ROOT, "inner", false), Err(Refused::IsFolder));
        disk.remove(inner, "file", false).unwrap();
        disk.remove(ROOT, "inner", true).unwrap();
    }

    #[test]
    fn a_disk_lies_about_what_it_was_told_to() {
        for (lie, kept) in [
            (Lie::Nothing, ["db", "p-1", "other"].as_slice()),
            (Lie::Log, &["p-1", "other"]),
            (Lie::Chunks, &["db", "other"]),
            (Lie::Folders, &[]),
            (Lie::Everything, &[]),
        ] {
            let mut disk = Disk::new(lie);
            for name in ["db", "p-1", "other"] {
                let number = file(&mut disk, name);
                disk.write(number, 0, b"body").unwrap();
                disk.sync(number).unwrap();
            }
            disk.sync(ROOT).unwrap();
            cut(&mut disk, 0, 0);
            for name in ["db", "p-1", "other"] {
                let is_there = content(&disk, name).is_some_and(|body| body == b"body");
                assert_eq!(is_there, kept.contains(&name), "{lie:?}, {name}");
            }
        }
    }
}
