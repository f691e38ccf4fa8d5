//! Number of store requests: with a remote store, each one is a round trip.

use crate::support::{app, me};
use mesinfos_platform::{Isolation, Platform, RunInput};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, Which};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

/// A store that counts requests.
#[derive(Default)]
struct Counting {
    store: MemoryStore,
    reads: AtomicUsize,
    lots: AtomicUsize,
    chunks: AtomicUsize,
    commits: AtomicUsize,
}

/// Reads, chunk requests, chunks in them, and commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counted {
    reads: usize,
    lots: usize,
    chunks: usize,
    commits: usize,
}

impl Counting {
    fn counted(&self) -> Counted {
        Counted {
            reads: self.reads.swap(0, SeqCst),
            lots: self.lots.swap(0, SeqCst),
            chunks: self.chunks.swap(0, SeqCst),
            commits: self.commits.swap(0, SeqCst),
        }
    }
}

impl Store for Counting {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        self.reads.fetch_add(1, SeqCst);
        self.store.read(ranges)
    }
    fn commit(&self, commit: &Commit) -> Result<()> {
        self.commits.fetch_add(1, SeqCst);
        self.store.commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        self.store.put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        self.lots.fetch_add(1, SeqCst);
        self.chunks.fetch_add(chunks.len(), SeqCst);
        self.store.get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        self.store.chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        self.store.delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        self.store.persons(after, limit)
    }
    fn clock(&self) -> Result<i64> {
        self.store.clock()
    }
}

fn platform() -> (tempfile::TempDir, Arc<Counting>, Platform) {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Counting::default());
    let platform =
        Platform::on(Arc::clone(&store) as Arc<dyn Store>, folder.path(), &Isolation::InProcess).unwrap();
    (folder, store, platform)
}

/// One bank row on the eighth of each month, for a number of months.
fn movements(months: i32) -> String {
    let movement = |month: i32| {
        let (year, month) = (2020 + month / 12, month % 12 + 1);
        format!(
            r#"{{"docType":"bankoperation","date":"{year}-{month:02}-08T00:00:00.000Z","amount":-{month}2.28,
                "raw":"r","title":"t","bankAccount":"a"}}"#
        )
    };
    format!("[{}]", (0..months).map(movement).collect::<Vec<_>>().join(","))
}

const INPUT: RunInput = RunInput { params: Vec::new() };

#[test]
fn a_run_reads_four_times_however_much_there_is() {
    let (_folder, store, platform) = platform();
    platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
    // Other people, ended grants and earlier runs add no reads to a run.
    for name in ["alice", "bob"] {
        platform.import(&me(name), "a.json", movements(3).as_bytes()).unwrap();
    }
    for _ in 0..3 {
        platform.grant(&me("alice"), "budget", &[], None).unwrap();
    }
    let run = || {
        store.counted();
        platform.run(&me("alice"), "budget", &INPUT).unwrap();
        store.counted()
    };
    let first = run();
    assert_eq!((first.reads, first.lots, first.commits), (4, 1, 2), "{first:?}");
    platform.import(&me("alice"), "b.json", movements(60).as_bytes()).unwrap();
    for _ in 0..20 {
        run();
    }
    let later = run();
    assert_eq!((later.reads, later.lots, later.commits), (4, 1, 2), "{later:?}");
    assert_eq!(later.chunks, 60, "each chunk once: one for each month");
    // More chunks than one request fetches.
    platform.import(&me("alice"), "c.json", movements(100).as_bytes()).unwrap();
    let more = run();
    assert_eq!((more.reads, more.lots, more.commits), (4, 2, 2), "{more:?}");
}

#[test]
fn what_one_person_does_costs_the_same_among_many() {
    let costs = |others: usize| {
        let (_folder, store, platform) = platform();
        for n in 0..others {
            platform.create_person(&me(format!("p{n}"))).unwrap();
        }
        store.counted();
        platform.create_person(&me("alice")).unwrap();
        let made = store.counted();
        platform.who(&me("alice")).unwrap().unwrap();
        platform.who(&me("nobody")).unwrap();
        let found = store.counted();
        platform.import(&me("carol"), "a.json", movements(24).as_bytes()).unwrap();
        let imported = store.counted();
        platform.summary(&me("carol")).unwrap();
        platform.imports(&me("carol")).unwrap();
        (made, found, imported, store.counted())
    };
    // Fewer other people than fit in one bucket: a second bucket would cost another request.
    assert_eq!(costs(1), costs(50));
}

#[test]
fn opening_sweeps_nothing() {
    let (folder, store, platform) = platform();
    for n in 0..20 {
        platform.create_person(&me(format!("p{n}"))).unwrap();
    }
    let stray = Partition::Person(PersonId([7; 16]));
    store.put_chunks(stray, &[(ChunkId([1; 16]), vec![1])]).unwrap();
    store.store.pass(Duration::from_hours(25));
    drop(platform);
    store.counted();
    let again =
        Platform::on(Arc::clone(&store) as Arc<dyn Store>, folder.path(), &Isolation::InProcess).unwrap();
    // The version of what is stored, whether it is an event, and whether it was used, for which there must be keys.
    assert_eq!(store.counted(), Counted { reads: 3, lots: 0, chunks: 0, commits: 0 });
    assert_eq!(store.chunks_of(stray).unwrap().len(), 1);
    assert_eq!(again.upkeep().unwrap().chunks, 1);
    assert!(store.chunks_of(stray).unwrap().is_empty());
    // No second pass within an hour, by this host or another one.
    store.put_chunks(stray, &[(ChunkId([1; 16]), vec![1])]).unwrap();
    store.store.pass(Duration::from_mins(50));
    assert_eq!(again.upkeep().unwrap().chunks, 0);
    store.store.pass(Duration::from_hours(25));
    assert_eq!(again.upkeep().unwrap().chunks, 1);
}
