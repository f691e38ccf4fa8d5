//! Tests the embedded store against the contract, against the model, and against crashes.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod model;

use cap_std::fs::Dir;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{
    ChunkId, Commit, MAX_VALUE, Partition, PersonId, Snapshot, Store, StoreError, contract,
};
use model::{compare, key, partition, range, steps};
use proptest::prelude::*;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn try_open(path: &Path) -> mesinfos_store::Result<SledStore> {
    let dir = Dir::open_ambient_dir(path, cap_std::ambient_authority()).unwrap();
    SledStore::open(&dir, path)
}

fn open(path: &Path) -> SledStore {
    try_open(path).unwrap()
}

const HOUSE: Partition = Partition::House;
const PERSON: Partition = Partition::Person(PersonId([1; 16]));

fn put(store: &dyn Store, key: &[u8], value: &[u8]) {
    let mut commit = Commit::new(HOUSE);
    commit.put(key, value);
    store.commit(&commit).unwrap();
}

#[test]
fn keeps_the_contract() {
    let temp = tempfile::tempdir().unwrap();
    contract::check(&open(temp.path())).unwrap();
}

#[test]
fn what_was_written_is_there_after_reopening() {
    let temp = tempfile::tempdir().unwrap();
    {
        let store = open(temp.path());
        put(&store, b"key", b"value");
        store.put_chunks(PERSON, &[(ChunkId([2; 16]), b"body".to_vec())]).unwrap();
    }
    let store = open(temp.path());
    assert_eq!(store.get(HOUSE, b"key").unwrap().as_deref(), Some(&b"value"[..]));
    assert_eq!(store.get_chunk(PERSON, ChunkId([2; 16])).unwrap(), b"body");
    assert!(!store.repaired());
}

#[test]
fn a_second_opening_is_told_that_the_store_is_busy() {
    let temp = tempfile::tempdir().unwrap();
    let _first = open(temp.path());
    assert!(matches!(try_open(temp.path()), Err(StoreError::InUse)));
}

#[test]
fn the_largest_values_side_by_side_become_no_blobs() {
    let temp = tempfile::tempdir().unwrap();
    let store = open(temp.path());
    for round in 0..4_u8 {
        let mut commit = Commit::new(HOUSE);
        for n in 0..64_u8 {
            commit.put([b'k', n], vec![n ^ round; MAX_VALUE]);
        }
        store.commit(&commit).unwrap();
    }
    drop(store);
    assert_eq!(std::fs::read_dir(temp.path().join("index/blobs")).unwrap().count(), 0);
}

#[test]
fn a_damaged_snapshot_is_moved_aside_and_loses_nothing() {
    let temp = tempfile::tempdir().unwrap();
    for round in 0..3_u8 {
        let store = open(temp.path());
        for n in 0..50_u8 {
            put(&store, &[b'k', n], &[n ^ round; 100]);
        }
    }
    let index = temp.path().join("index");
    let snapshots: Vec<_> = std::fs::read_dir(&index)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("snap."))
        .collect();
    assert!(!snapshots.is_empty(), "sled wrote no snapshot: this test tests nothing");
    for snapshot in &snapshots {
        let file = std::fs::OpenOptions::new().write(true).open(snapshot).unwrap();
        file.set_len(std::fs::metadata(snapshot).unwrap().len() / 2).unwrap();
    }
    let store = open(temp.path());
    assert!(store.repaired());
    for n in 0..50_u8 {
        assert_eq!(store.get(HOUSE, &[b'k', n]).unwrap(), Some(vec![n ^ 2; 100]));
    }
}

#[test]
fn what_a_crash_left_of_a_new_index_is_made_anew() {
    let temp = tempfile::tempdir().unwrap();
    let unfinished = temp.path().join("index-unfinished");
    std::fs::create_dir(&unfinished).unwrap();
    // Simulates a power cut while sled wrote its settings.
    std::fs::write(unfinished.join("conf"), [0; 58]).unwrap();
    std::fs::write(unfinished.join("db"), []).unwrap();
    let store = open(temp.path());
    put(&store, b"key", b"value");
    drop(store);
    assert!(!unfinished.exists());
    assert_eq!(open(temp.path()).get(HOUSE, b"key").unwrap().as_deref(), Some(&b"value"[..]));
}

#[test]
fn several_may_open_a_new_store_and_one_has_it() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| try_open(path))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(opened.iter().filter(|store| store.is_ok()).count(), 1);
    for refused in opened.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, StoreError::InUse), "{refused}");
    }
    assert!(!path.join("index-unfinished").exists());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// After any steps applied to both, the embedded store answers like the model.
    #[test]
    fn answers_as_the_model_does(steps in steps()) {
        let temp = tempfile::tempdir().unwrap();
        compare(steps, || open(temp.path()))?;
    }
}

const FOLDER: &str = "MESINFOS_STORE_CRASH_FOLDER";
const FIRST: &str = "MESINFOS_STORE_CRASH_FIRST";
const WRITERS: u64 = 3;

/// Child process of the test below: writes until it is killed, and prints each acknowledged commit. Does
/// nothing when run as an ordinary test.
#[test]
fn writer_that_is_to_be_killed() {
    let (Ok(folder), Ok(first)) = (std::env::var(FOLDER), std::env::var(FIRST)) else {
        return;
    };
    let first: u64 = first.parse().unwrap();
    let store = open(Path::new(&folder));
    let store = &store;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                for n in (first + writer..).step_by(usize::try_from(WRITERS).unwrap()) {
                    let chunk = ChunkId(u128::from(n).to_be_bytes());
                    let body = vec![n.to_be_bytes()[7]; 3000];
                    store.put_chunks(PERSON, &[(chunk, body.clone())]).unwrap();
                    let mut commit = Commit::new(PERSON);
                    commit.name(chunk);
                    commit.put([b"left/", &n.to_be_bytes()[..]].concat(), body.clone());
                    commit.put([b"right/", &n.to_be_bytes()[..]].concat(), body);
                    store.commit(&commit).unwrap();
                    println!("\nacknowledged {n}");
                }
            });
        }
    });
}

/// Kills a process thirty times while it commits. Every acknowledged commit must be present, and none
/// partially.
#[test]
fn a_killed_process_loses_no_acknowledged_commit() {
    let temp = tempfile::tempdir().unwrap();
    let mut acknowledged: Vec<u64> = Vec::new();
    for round in 0..30_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer_that_is_to_be_killed", "--nocapture", "--test-threads=1"])
            .env(FOLDER, temp.path())
            .env(FIRST, (round << 32).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let number = |line: &str| line.strip_prefix("acknowledged ").and_then(|n| n.parse::<u64>().ok());
        // Kill at a different moment of the write each time.
        let first = lines.by_ref().map_while(Result::ok).find_map(|line| number(&line));
        std::thread::sleep(Duration::from_millis(1 + (round * 37) % 60));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(first);
        acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| number(&line)));
    }
    assert!(acknowledged.len() > 100, "only {} commits were made", acknowledged.len());

    let store = open(temp.path());
    for n in &acknowledged {
        let body = vec![n.to_be_bytes()[7]; 3000];
        for side in [&b"left/"[..], b"right/"] {
            let value = store.get(PERSON, &[side, &n.to_be_bytes()[..]].concat()).unwrap();
            assert_eq!(value.as_ref(), Some(&body), "commit {n} was acknowledged and is lost");
        }
        let chunk = ChunkId(u128::from(*n).to_be_bytes());
        assert_eq!(store.get_chunk(PERSON, chunk).unwrap(), body);
    }
    let side = |prefix: &[u8]| -> Vec<Vec<u8>> {
        let found = store.scan(PERSON, prefix, None, usize::MAX).unwrap();
        found.into_iter().map(|(key, _)| key[prefix.len()..].to_vec()).collect()
    };
    assert_eq!(side(b"left/"), side(b"right/"), "a commit is there by half");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was read in advance, a snapshot answers like its store.
    #[test]
    fn a_view_is_as_its_store(
        records in proptest::collection::vec((partition(), key()), 0..30),
        read in proptest::collection::vec(range(), 0..4),
        asked in proptest::collection::vec(range(), 0..6),
    ) {
        let store = std::sync::Arc::new(MemoryStore::new());
        for (partition, key) in records {
            let mut commit = Commit::new(partition);
            commit.put(key, b"value");
            store.commit(&commit).unwrap();
        }
        let view = Snapshot::read(store.clone(), read.clone()).unwrap();
        prop_assert_eq!(view.read(&asked).unwrap(), store.read(&asked).unwrap());
        prop_assert_eq!(view.read(&read).unwrap(), store.read(&read).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each read through a snapshot sees one state of the store, never older than that of the previous
    /// read.
    #[test]
    fn a_view_goes_from_one_moment_to_the_next(
        read in proptest::collection::vec(range(), 0..4),
        asked in proptest::collection::vec(proptest::collection::vec(range(), 1..4), 1..6),
    ) {
        let store = std::sync::Arc::new(MemoryStore::new());
        let partitions: Vec<Partition> =
            read.iter().chain(asked.iter().flatten()).map(|range| range.partition).collect();
        let write = |value: &[u8]| {
            for partition in &partitions {
                let mut commit = Commit::new(*partition);
                for first in [0, 1, 255] {
                    commit.put(vec![first], value);
                    commit.put(vec![first, 1], value);
                }
                store.commit(&commit).unwrap();
            }
        };
        write(b"before");
        let view = Snapshot::read(store.clone(), read).unwrap();
        write(b"after");
        let mut is_after = false;
        for asked in asked {
            let found = view.read(&asked).unwrap();
            let values: std::collections::BTreeSet<Vec<u8>> =
                found.into_iter().flatten().map(|(_, value)| value).collect();
            prop_assert!(values.len() < 2, "of two moments");
            prop_assert!(!(is_after && values.contains(&b"before"[..])), "of an earlier moment");
            is_after |= values.contains(&b"after"[..]);
        }
    }
}

/// A store in the first layout, as old programs wrote it.
fn first_layout(path: &Path, records: &[(&[u8], &[u8])]) {
    std::fs::create_dir_all(path.join("index")).unwrap();
    let db = sled::Config::default().path(path.join("index")).flush_every_ms(None).open().unwrap();
    for (key, value) in records {
        db.insert(key, *value).unwrap();
    }
    db.flush().unwrap();
}

#[test]
fn a_store_of_the_first_layout_is_moved_into_partitions() {
    let temp = tempfile::tempdir().unwrap();
    let (alice, bob) = ([0xa1; 16], [0xb0; 16]);
    let of = |room: &str, id: [u8; 16], rest: &[u8]| [room.as_bytes(), &id, rest].concat();
    let house = [b"meta/format".to_vec(), of("key/", alice, b""), of("person/", bob, b"more")];
    let persons = [
        (alice, of("audit/", alice, b"/0")),
        (alice, of("chunk/", alice, b"x")),
        (bob, of("seq/", bob, b"")),
    ];
    let all: Vec<&[u8]> = house.iter().chain(persons.iter().map(|(_, key)| key)).map(Vec::as_slice).collect();
    let records: Vec<(&[u8], &[u8])> = all.iter().map(|key| (*key, *key)).collect();
    first_layout(temp.path(), &records);
    // The second opening finds nothing to migrate.
    for _ in 0..2 {
        let store = open(temp.path());
        assert_eq!(store.scan(HOUSE, b"", None, 100).unwrap().len(), house.len());
        for key in &house {
            assert_eq!(store.get(HOUSE, key).unwrap().as_ref(), Some(key));
        }
        for (id, key) in &persons {
            assert_eq!(store.get(Partition::Person(PersonId(*id)), key).unwrap().as_ref(), Some(key));
        }
        assert_eq!(store.persons(None, 10).unwrap(), [PersonId(alice), PersonId(bob)]);
    }
    // An old program finds a newer format than it knows.
    let db = sled::Config::default().path(temp.path().join("index")).open().unwrap();
    assert_eq!(db.len(), 1);
    assert_eq!(&db.get("meta/format").unwrap().unwrap()[..4], [0, 0, 0, 2]);
}

#[test]
fn a_store_with_records_of_no_known_room_is_left_as_it_is() {
    let temp = tempfile::tempdir().unwrap();
    first_layout(temp.path(), &[(b"meta/format", b"1"), (b"strange", b"1")]);
    assert!(matches!(try_open(temp.path()), Err(StoreError::Damaged(_))));
    // A store that failed to open releases its lock from another thread.
    let open = || sled::Config::default().path(temp.path().join("index")).open();
    let db = (0..100)
        .find_map(|_| open().inspect_err(|_| std::thread::sleep(Duration::from_millis(20))).ok())
        .unwrap();
    assert_eq!(db.get("meta/format").unwrap().as_deref(), Some(&b"1"[..]));
    assert_eq!(db.len(), 2);
}
