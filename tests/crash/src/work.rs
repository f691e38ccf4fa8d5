//! The process that is stopped: opens the store, writes with several threads, and reports the operations
//! that it begins and those that the store acknowledges.

use crate::chance::Chance;
use crate::script::{
    COUNTERS, Deed, LARGE, PLACES, Said, body, chunk, large_value, operation, operation_of, partition,
    partition_of, partitions, value, writer,
};
use cap_std::fs::Dir;
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Commit, Store, StoreError, Which};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Maximum number of pairs of a thread, which then deletes some.
const PAIRS: usize = 30;

/// Settings of a writing process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    /// Seed of the threads' choices.
    pub(crate) seed: u64,
    /// Number of the session: the high part of operation numbers.
    pub(crate) session: u32,
    /// Close the store after this many operations; `None`: run until stopped.
    pub(crate) operations: Option<u64>,
    /// Number of writing threads.
    pub(crate) writers: u8,
    /// Percentage of operations that are large commits.
    pub(crate) large: u64,
    /// Acknowledge an operation before it begins: the checks must notice.
    pub(crate) acknowledges_early: bool,
}

/// Opens the store in a folder.
///
/// # Errors
/// As [`SledStore::open`].
pub(crate) fn open(folder: &Path) -> Result<SledStore, StoreError> {
    let dir = Dir::open_ambient_dir(folder, cap_std::ambient_authority())?;
    SledStore::open(&dir, folder)
}

/// Prints a line in one write: it is in the pipe on return.
pub(crate) fn say(line: impl std::fmt::Display) {
    // Ignore a closed pipe: this process is about to be killed.
    let _ = std::io::stdout().lock().write_all(format!("{line}\n").as_bytes());
}

/// Works until it is killed, or until all operations are done.
pub(crate) fn run(folder: &Path, task: Task) {
    let store = match open(folder) {
        Ok(store) => store,
        Err(error) => return say(Said::Failed(format!("it does not open: {error}"))),
    };
    say(Said::Open(store.repaired()));
    let left = AtomicU64::new(task.operations.unwrap_or(u64::MAX));
    let failed = std::thread::scope(|scope| {
        let start = |id| {
            let (store, left) = (&store, &left);
            scope.spawn(move || {
                let chance = Chance::of(task.seed, operation(task.session, id, 0));
                let mut thread = Thread { store, task, id, count: 0, chance, pairs: Vec::new() };
                thread.run(left).inspect_err(|error| say(Said::Failed(error.to_string()))).is_err()
            })
        };
        let threads: Vec<_> = (0..task.writers).map(start).collect();
        threads.into_iter().any(|thread| thread.join().unwrap_or(true))
    });
    drop(store);
    if !failed {
        say(Said::End);
    }
}

struct Thread<'a> {
    store: &'a SledStore,
    task: Task,
    id: u8,
    count: u32,
    chance: Chance,
    /// Existing pairs of this thread.
    pairs: Vec<u64>,
}

impl Thread<'_> {
    fn run(&mut self, left: &AtomicU64) -> Result<(), StoreError> {
        for partition in partitions() {
            for (key, _) in self.store.scan(partition, b"left/", None, usize::MAX)? {
                let pair = key.last_chunk().map(|bytes| u64::from_be_bytes(*bytes));
                self.pairs.extend(pair.filter(|pair| writer(*pair) == self.id));
            }
        }
        while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
            let deed = match self.chance.below(100) {
                any if any >= 100 - self.task.large => Deed::Large(self.id),
                0..30 if self.pairs.len() < PAIRS => Deed::Pair,
                0..30 => Deed::Gone,
                30..60 => Deed::Over(self.id, u8::try_from(self.chance.below(PLACES.into())).unwrap_or(0)),
                _ => Deed::Count(u8::try_from(self.chance.below(COUNTERS.into())).unwrap_or(0)),
            };
            self.count += 1;
            let new = operation(self.task.session, self.id, self.count);
            let number = match deed {
                Deed::Gone => self.pairs.swap_remove(self.chance.index(self.pairs.len())),
                _ => new,
            };
            say(Said::Starts(deed, number));
            if self.task.acknowledges_early {
                say(Said::Done(deed, number));
            }
            self.act(deed, number)?;
            if !self.task.acknowledges_early {
                say(Said::Done(deed, number));
            }
        }
        Ok(())
    }

    fn act(&mut self, deed: Deed, number: u64) -> Result<(), StoreError> {
        match deed {
            Deed::Pair => {
                let partition = partition_of(number);
                self.store.put_chunks(partition, &[(chunk(number), body(number))])?;
                let mut commit = Commit::new(partition);
                commit.name(chunk(number));
                commit.put(key("left/", number), value(number));
                commit.put(key("right/", number), value(number));
                self.store.commit(&commit)?;
                self.pairs.push(number);
            }
            Deed::Gone => {
                let partition = partition_of(number);
                let mut commit = Commit::new(partition);
                commit.delete(key("left/", number));
                commit.delete(key("right/", number));
                self.store.commit(&commit)?;
                self.store.delete_chunks(partition, Which::Some(&[chunk(number)]))?;
            }
            Deed::Over(writer, place) => {
                let mut commit = Commit::new(partition(place.into()));
                commit.put([b'o', writer, place, 0], value(number));
                commit.put([b'o', writer, place, 1], value(number));
                self.store.commit(&commit)?;
            }
            Deed::Large(writer) => {
                let mut commit = Commit::new(partition(writer.into()));
                for n in 0..LARGE {
                    commit.put([&[b'L', writer][..], &n.to_be_bytes()].concat(), large_value(number));
                }
                self.store.commit(&commit)?;
            }
            Deed::Count(counter) => self.count_up(counter, number)?,
        }
        Ok(())
    }

    fn count_up(&self, counter: u8, number: u64) -> Result<(), StoreError> {
        let partition = partition(counter.into());
        loop {
            let before = self.store.get(partition, b"counter")?;
            let count =
                before.as_deref().and_then(<[u8]>::first_chunk).map_or(0, |n| u64::from_be_bytes(*n)) + 1;
            let mut commit = Commit::new(partition);
            commit.expect(*b"counter", before);
            commit.put(*b"counter", [count.to_be_bytes(), number.to_be_bytes()].concat());
            commit.put(key("at/", count), number.to_be_bytes());
            match self.store.commit(&commit) {
                Err(StoreError::Conflict) => {}
                other => return other,
            }
        }
    }
}

/// A key that ends with a number.
pub(crate) fn key(room: &str, number: u64) -> Vec<u8> {
    [room.as_bytes(), &number.to_be_bytes()].concat()
}

/// The operation that wrote a value of [`Deed::Over`]. `None` if it is missing or not complete.
pub(crate) fn written_by(found: Option<&Vec<u8>>) -> Option<u64> {
    operation_of(found?, value)
}
