//! The embedded store against the contract, against the model, and against being stopped.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

use cap_std::fs::Dir;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Batch, ChunkId, MAX_VALUE, PersonId, Store, StoreError, contract};
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

fn put(store: &dyn Store, key: &[u8], value: &[u8]) {
    let mut batch = Batch::default();
    batch.put(key, value);
    store.commit(&batch).unwrap();
}

#[test]
fn keeps_the_contract() {
    let temp = tempfile::tempdir().unwrap();
    contract::check(&open(temp.path())).unwrap();
}

#[test]
fn what_was_written_is_there_after_reopening() {
    let temp = tempfile::tempdir().unwrap();
    let person = PersonId([1; 16]);
    {
        let store = open(temp.path());
        put(&store, b"key", b"value");
        store.put_chunks(person, &[(ChunkId([2; 16]), b"body".to_vec())]).unwrap();
    }
    let store = open(temp.path());
    assert_eq!(store.get(b"key").unwrap().as_deref(), Some(&b"value"[..]));
    assert_eq!(store.get_chunk(person, ChunkId([2; 16])).unwrap(), b"body");
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
        let mut batch = Batch::default();
        for n in 0..64_u8 {
            batch.put([b'k', n], vec![n ^ round; MAX_VALUE]);
        }
        store.commit(&batch).unwrap();
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
        assert_eq!(store.get(&[b'k', n]).unwrap(), Some(vec![n ^ 2; 100]));
    }
}

#[derive(Debug, Clone)]
enum Step {
    Commit(Batch),
    Scan(Vec<u8>, Option<Vec<u8>>, usize),
    Reopen,
}

/// Few short keys, so that steps meet.
fn key() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(255)], 0..3)
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => proptest::collection::vec(0_u8..3, 0..2),
        1 => Just(vec![9; MAX_VALUE]),
        1 => Just(vec![9; MAX_VALUE + 1]),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let few = 0..3_usize;
    let batch = (
        proptest::collection::vec((key(), value()), few.clone()),
        proptest::collection::vec(key(), few),
        proptest::collection::vec((key(), proptest::option::of(value())), 0..2),
    )
        .prop_map(|(puts, deletes, preconditions)| Batch { puts, deletes, preconditions });
    prop_oneof![
        20 => batch.prop_map(Step::Commit),
        8 => (key(), proptest::option::of(key()), 0..5_usize)
            .prop_map(|(prefix, after, limit)| Step::Scan(prefix, after, limit)),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to both, the embedded store answers as the model does.
    #[test]
    fn answers_as_the_model_does(steps in proptest::collection::vec(step(), 1..40)) {
        let temp = tempfile::tempdir().unwrap();
        let model = MemoryStore::new();
        let mut store = open(temp.path());
        for step in steps {
            match step {
                Step::Commit(batch) => prop_assert_eq!(
                    format!("{:?}", store.commit(&batch)),
                    format!("{:?}", model.commit(&batch))
                ),
                Step::Scan(prefix, after, limit) => prop_assert_eq!(
                    store.scan(&prefix, after.as_deref(), limit).unwrap(),
                    model.scan(&prefix, after.as_deref(), limit).unwrap()
                ),
                Step::Reopen => {
                    drop(store);
                    store = open(temp.path());
                }
            }
        }
        prop_assert_eq!(store.scan(b"", None, 100).unwrap(), model.scan(b"", None, 100).unwrap());
    }
}

const FOLDER: &str = "MESINFOS_STORE_CRASH_FOLDER";
const FIRST: &str = "MESINFOS_STORE_CRASH_FIRST";
const WRITERS: u64 = 3;

/// The other half of the test below: writes until it is killed, and says what was acknowledged.
/// Does nothing when it runs as a test of its own.
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
                    store.put_chunks(PersonId([1; 16]), &[(chunk, body.clone())]).unwrap();
                    let mut batch = Batch::default();
                    batch.put([b"left/", &n.to_be_bytes()[..]].concat(), body.clone());
                    batch.put([b"right/", &n.to_be_bytes()[..]].concat(), body);
                    store.commit(&batch).unwrap();
                    println!("\nacknowledged {n}");
                }
            });
        }
    });
}

/// Thirty times: a process is killed while it commits; every commit that it was told is durable is
/// there, whole, and no commit is there by half.
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
        // The kill comes at another moment of the writing each time.
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
            let value = store.get(&[side, &n.to_be_bytes()[..]].concat()).unwrap();
            assert_eq!(value.as_ref(), Some(&body), "commit {n} was acknowledged and is lost");
        }
        let chunk = ChunkId(u128::from(*n).to_be_bytes());
        assert_eq!(store.get_chunk(PersonId([1; 16]), chunk).unwrap(), body);
    }
    let side = |prefix: &[u8]| -> Vec<Vec<u8>> {
        let found = store.scan(prefix, None, usize::MAX).unwrap();
        found.into_iter().map(|(key, _)| key[prefix.len()..].to_vec()).collect()
    };
    assert_eq!(side(b"left/"), side(b"right/"), "a commit is there by half");
}
