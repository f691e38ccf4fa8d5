//! The contract of a backend, as a list of checks: call [`check`] in the backend's tests with an empty
//! store.

use crate::{
    ChunkId, Commit, Lease, MAX_VALUE, Partition, PersonId, Range, Record, Result, Store, StoreError, Which,
};
use std::ops::Bound;
use std::sync::atomic::{AtomicBool, Ordering};

const HOUSE: Partition = Partition::House;
const ALICE: PersonId = PersonId([0xa1; 16]);
const BOB: PersonId = PersonId([0xb0; 16]);

/// Runs every check that needs only one process.
///
/// # Errors
/// Errors of the store where it should have succeeded.
///
/// # Panics
/// If the store breaks the contract; the message says how.
pub fn check(store: &dyn Store) -> Result<()> {
    for partition in [HOUSE, ALICE.into(), PersonId([0xff; 16]).into()] {
        records(store, partition)?;
        scans(store, partition)?;
        ranges(store, partition)?;
        conflicts(store, partition)?;
        sizes(store, partition)?;
        names(store, partition)?;
        concurrent_commits(store, partition)?;
        snapshots(store, partition)?;
        chunks(store, partition)?;
        empty(store, partition)?;
    }
    partitions(store)?;
    concurrent_chunks(store)?;
    persons(store)?;
    leases(store)
}

/// Deletes all records and chunks of a partition.
fn empty(store: &dyn Store, partition: Partition) -> Result<()> {
    let all = store.scan(partition, b"", None, usize::MAX)?;
    let mut commit = Commit::new(partition);
    commit.deletes = all.into_iter().map(|(key, _)| key).collect();
    store.commit(&commit)?;
    store.delete_chunks(partition, Which::All)
}

/// Chunk ids are per partition: two partitions may use the same ids, written concurrently.
fn concurrent_chunks(store: &dyn Store) -> Result<()> {
    let persons: Vec<PersonId> = (100..108).map(|n| PersonId([n; 16])).collect();
    let body = |person: PersonId, chunk: u8| vec![person.0[0] ^ chunk; 50_000];
    std::thread::scope(|scope| {
        let all: Vec<_> = persons
            .iter()
            .map(|&person| {
                scope.spawn(move || {
                    (0..20).try_for_each(|n| {
                        store.put_chunks(person.into(), &[(ChunkId([n; 16]), body(person, n))])
                    })
                })
            })
            .collect();
        all.into_iter()
            .try_for_each(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    for &person in &persons {
        let ids: Vec<ChunkId> = (0..20).map(|n| ChunkId([n; 16])).collect();
        let bodies = store.get_chunks(person.into(), &ids)?;
        assert!((0..20).map(|n| body(person, n)).eq(bodies), "each has its own");
        store.delete_chunks(person.into(), Which::All)?;
    }
    Ok(())
}

fn put(store: &dyn Store, partition: Partition, key: &[u8], value: &[u8]) -> Result<()> {
    let mut commit = Commit::new(partition);
    commit.put(key, value);
    store.commit(&commit)
}

fn records(store: &dyn Store, partition: Partition) -> Result<()> {
    store.commit(&Commit::new(partition))?;
    let get = |key: &[u8]| store.get(partition, key);
    assert_eq!(get(b"none")?, None, "a key that was never written");
    put(store, partition, b"a", b"1")?;
    put(store, partition, b"a", b"2")?;
    assert_eq!(get(b"a")?.as_deref(), Some(&b"2"[..]), "the last write stands");
    put(store, partition, b"empty", b"")?;
    assert_eq!(get(b"empty")?.as_deref(), Some(&b""[..]), "an empty value is a value");
    let mut commit = Commit::new(partition);
    commit.delete("a");
    commit.delete("empty");
    commit.delete("never there");
    commit.put("a", "3");
    store.commit(&commit)?;
    assert_eq!(get(b"a")?.as_deref(), Some(&b"3"[..]), "deletes come before puts");
    assert_eq!(get(b"empty")?, None, "deleted");
    Ok(())
}

fn scans(store: &dyn Store, partition: Partition) -> Result<()> {
    let mut commit = Commit::new(partition);
    let keys: [&[u8]; 6] = [b"s", b"s/", b"s/\x00", b"s/\x7f", b"s/\xff", b"t"];
    for key in keys {
        commit.put(key, key);
    }
    store.commit(&commit)?;
    let scan = |prefix: &[u8], after: Option<&[u8]>, limit| -> Result<Vec<Vec<u8>>> {
        let found = store.scan(partition, prefix, after, limit)?;
        assert!(found.iter().all(|(key, value)| key == value), "each key comes with its value");
        Ok(found.into_iter().map(|(key, _)| key).collect())
    };
    assert_eq!(scan(b"s/", None, 10)?, keys[1..5], "the prefix, in byte order");
    assert_eq!(scan(b"s/", None, 2)?, keys[1..3], "no more than asked for");
    assert_eq!(scan(b"s/", Some(b"s/\x00"), 10)?, keys[3..5], "after is excluded");
    assert_eq!(scan(b"s/", Some(b"s/\x01"), 10)?, keys[3..5], "after need not exist");
    assert_eq!(scan(b"s/", Some(b"a"), 10)?, keys[1..5], "after before the prefix is no matter");
    assert!(scan(b"s/", Some(b"u"), 10)?.is_empty(), "after behind the prefix leaves nothing");
    assert!(scan(b"s/", None, 0)?.is_empty(), "none was asked for");
    let all = store.scan(partition, b"", None, 100)?.len();
    assert_eq!(all, 1 + keys.len(), "the empty prefix is everything");
    Ok(())
}

/// Reads every combination of bounds over the keys of `scans`, many ranges in one call.
fn ranges(store: &dyn Store, partition: Partition) -> Result<()> {
    let all: Vec<Record> = store.scan(partition, b"", None, 100)?;
    let edges: [&[u8]; 6] = [b"", b"a", b"s/", b"s/\x01", b"s/\xff", b"u"];
    let mut bounds = vec![Bound::Unbounded];
    for edge in edges {
        bounds.extend([Bound::Included(edge.to_vec()), Bound::Excluded(edge.to_vec())]);
    }
    let mut asked = Vec::new();
    for from in &bounds {
        for until in &bounds {
            for limit in [1, 3, usize::MAX] {
                let (from, until) = (from.clone(), until.clone());
                asked.push(Range { partition, from, until, limit, is_backwards: false });
            }
            let last = asked[asked.len() - 2].clone();
            asked.push(last.last(2));
        }
    }
    let found = store.read(&asked)?;
    assert_eq!(found.len(), asked.len(), "an answer for each range");
    for (range, found) in asked.iter().zip(&found) {
        let mut expected: Vec<Record> = all.iter().filter(|(key, _)| range.contains(key)).cloned().collect();
        if range.is_backwards {
            expected.drain(..expected.len().saturating_sub(range.limit));
        }
        expected.truncate(range.limit);
        assert_eq!(*found, expected, "{range:?}");
    }
    assert!(store.read(&[])?.is_empty(), "nothing was asked for");
    Ok(())
}

fn conflicts(store: &dyn Store, partition: Partition) -> Result<()> {
    put(store, partition, b"c", b"1")?;
    let attempt = |key: &[u8], expected: Option<&[u8]>| {
        let mut commit = Commit::new(partition);
        commit.put("c2", "written");
        commit.delete("c");
        commit.expect(key, expected.map(<[u8]>::to_vec));
        store.commit(&commit)
    };
    for (key, expected) in
        [(&b"c"[..], None), (b"c", Some(&b"2"[..])), (b"none", Some(b"1")), (b"none", Some(b""))]
    {
        let outcome = attempt(key, expected);
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{outcome:?} is not a conflict");
    }
    assert_eq!(store.get(partition, b"c2")?, None, "a conflict writes nothing");
    assert!(store.get(partition, b"c")?.is_some(), "a conflict deletes nothing");
    attempt(b"c", Some(b"1"))?;
    attempt(b"c", None)?;
    assert_eq!(store.get(partition, b"c2")?.as_deref(), Some(&b"written"[..]));
    Ok(())
}

fn sizes(store: &dyn Store, partition: Partition) -> Result<()> {
    let largest = vec![7; MAX_VALUE];
    put(store, partition, b"large", &largest)?;
    assert_eq!(store.get(partition, b"large")?, Some(largest), "the largest value fits");
    let mut commit = Commit::new(partition);
    commit.put("small", "1");
    commit.put("large", vec![8; MAX_VALUE + 1]);
    let outcome = store.commit(&commit);
    assert!(
        matches!(outcome, Err(StoreError::TooLarge { size }) if size == MAX_VALUE + 1),
        "{outcome:?} for a value over the limit"
    );
    assert_eq!(store.get(partition, b"small")?, None, "a commit that is too large writes nothing");
    Ok(())
}

/// A commit that names a chunk and a sweep that deletes it cannot both succeed.
fn names(store: &dyn Store, partition: Partition) -> Result<()> {
    let naming = |chunks: &[u8]| {
        let mut commit = Commit::new(partition);
        commit.put("named", "by a record");
        chunks.iter().for_each(|&chunk| commit.name(ChunkId([chunk; 16])));
        store.commit(&commit)
    };
    assert!(matches!(naming(&[40]), Err(StoreError::Conflict)), "no chunk was ever there");
    store.put_chunks(partition, &[(ChunkId([40; 16]), vec![1]), (ChunkId([41; 16]), vec![2])])?;
    assert!(matches!(naming(&[40, 42]), Err(StoreError::Conflict)), "one of two is not there");
    assert_eq!(store.get(partition, b"named")?, None, "nothing was written");
    naming(&[40, 41])?;
    store.delete_chunks(partition, Which::Some(&[ChunkId([40; 16])]))?;
    assert!(matches!(naming(&[40, 41]), Err(StoreError::Conflict)), "one was swept");
    naming(&[41])?;
    store.delete_chunks(partition, Which::All)
}

/// Threads increment one record, each with the value read as a precondition: no increment may be lost.
fn concurrent_commits(store: &dyn Store, partition: Partition) -> Result<()> {
    const THREADS: usize = 4;
    const EACH: usize = 10;
    let count = |store: &dyn Store| -> Result<()> {
        for _ in 0..EACH {
            loop {
                let before = store.get(partition, b"count")?;
                let mut commit = Commit::new(partition);
                let next = before.as_ref().map_or(0, |value| value[0]) + 1;
                commit.put("count", [next]);
                commit.expect("count", before);
                match store.commit(&commit) {
                    Err(StoreError::Conflict) => {}
                    outcome => break outcome?,
                }
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| count(store))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
    })?;
    let counted = store.get(partition, b"count")?.map(|value| usize::from(value[0]));
    assert_eq!(counted, Some(THREADS * EACH), "two writers won over the same value");
    Ok(())
}

/// A read is one snapshot: a commit is visible in all of it or in none.
fn snapshots(store: &dyn Store, partition: Partition) -> Result<()> {
    const KEYS: [&[u8]; 3] = [b"m/1", b"m/5", b"m/9"];
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| -> Result<()> {
            for round in 0..40_u8 {
                let mut commit = Commit::new(partition);
                KEYS.iter().for_each(|key| commit.put(*key, [round]));
                store.commit(&commit)?;
            }
            over.store(true, Ordering::Release);
            Ok(())
        });
        let ranges = || KEYS.map(|key| Range::key(partition, key));
        while !over.load(Ordering::Acquire) && !writing.is_finished() {
            let found: Vec<_> = store.read(&ranges())?.into_iter().map(|mut one| one.pop()).collect();
            let values: Vec<_> = found.iter().map(|one| one.as_ref().map(|(_, value)| value)).collect();
            assert!(values.windows(2).all(|two| two[0] == two[1]), "half a commit was seen: {values:?}");
        }
        writing.join().unwrap_or_else(|e| std::panic::resume_unwind(e))
    })
}

fn chunks(store: &dyn Store, partition: Partition) -> Result<()> {
    let id = |n: u8| ChunkId([n; 16]);
    let ids = |partition| -> Result<Vec<ChunkId>> {
        Ok(store.chunks_of(partition)?.into_iter().map(|(chunk, _)| chunk).collect())
    };
    assert!(store.chunks_of(partition)?.is_empty());
    store.put_chunks(partition, &[])?;
    store.put_chunks(partition, &[(id(1), b"one".to_vec()), (id(2), vec![2; 1 << 20])])?;
    store.put_chunks(BOB.into(), &[(id(1), b"of bob".to_vec())])?;
    store.put_chunks(partition, &[(id(1), b"again".to_vec()), (id(3), Vec::new())])?;
    assert_eq!(store.get_chunk(partition, id(1))?, b"one", "a chunk is never written again");
    let several = store.get_chunks(partition, &[id(3), id(2), id(1), id(3)])?;
    let sizes: Vec<usize> = several.iter().map(Vec::len).collect();
    assert_eq!(sizes, [0, 1 << 20, 3, 0], "in the order asked for");
    assert!(store.get_chunks(partition, &[])?.is_empty());
    assert_eq!(store.get_chunk(BOB.into(), id(1))?, b"of bob", "partitions share no chunk");
    assert_eq!(ids(partition)?, [id(1), id(2), id(3)]);
    assert!(store.chunks_of(partition)?.iter().all(|(_, age)| age.as_secs() < 3_600), "they are new");
    let missing = store.get_chunks(BOB.into(), &[id(1), id(2)]);
    assert!(matches!(missing, Err(StoreError::MissingChunk { chunk, .. }) if chunk == id(2)), "{missing:?}");

    store.delete_chunks(partition, Which::Some(&[id(2), id(9)]))?;
    store.delete_chunks(PersonId([9; 16]).into(), Which::Some(&[id(1)]))?;
    assert_eq!(ids(partition)?, [id(1), id(3)]);
    store.delete_chunks(partition, Which::All)?;
    store.delete_chunks(partition, Which::All)?;
    assert!(ids(partition)?.is_empty() && store.get_chunk(partition, id(1)).is_err());
    assert_eq!(ids(BOB.into())?, [id(1)]);
    store.delete_chunks(BOB.into(), Which::All)
}

/// The same key in two partitions addresses two records.
fn partitions(store: &dyn Store) -> Result<()> {
    let next = PersonId([[0xa1; 15].as_slice(), &[0xa2]].concat().try_into().unwrap_or_default());
    let all = [HOUSE, ALICE.into(), next.into(), BOB.into()];
    for (n, partition) in (0_u8..).zip(all) {
        put(store, partition, b"k", &[n])?;
        put(store, partition, b"", &[n])?;
    }
    let ranges: Vec<Range> = all.iter().map(|partition| Range::prefix(*partition, b"")).collect();
    for (n, found) in (0_u8..).zip(store.read(&ranges)?) {
        assert_eq!(found, [(b"".to_vec(), vec![n]), (b"k".to_vec(), vec![n])], "partition {n}");
    }
    let mut commit = Commit::new(ALICE.into());
    commit.delete("k");
    commit.expect("k", Some(vec![1]));
    store.commit(&commit)?;
    assert_eq!(store.get(HOUSE, b"k")?, Some(vec![0]), "it was deleted of one person only");
    assert_eq!(store.get(BOB.into(), b"k")?, Some(vec![3]));
    all.iter().try_for_each(|partition| empty(store, *partition))
}

fn persons(store: &dyn Store) -> Result<()> {
    assert!(store.persons(None, 10)?.is_empty());
    put(store, HOUSE, b"k", b"1")?;
    let id = |n: u8| PersonId([n; 16]);
    for n in [0xff, 3, 0x70] {
        put(store, id(n).into(), b"a", b"1")?;
        put(store, id(n).into(), b"b", b"1")?;
    }
    for n in [3, 0x71, 0] {
        store.put_chunks(id(n).into(), &[(ChunkId([1; 16]), vec![1])])?;
    }
    let all = [0, 3, 0x70, 0x71, 0xff].map(id);
    assert_eq!(store.persons(None, 10)?, all, "who has a record or a chunk, in order");
    for (at, &person) in all.iter().enumerate() {
        assert_eq!(
            store.persons(Some(person), 2)?,
            all[at + 1..].iter().take(2).copied().collect::<Vec<_>>()
        );
    }
    assert!(store.persons(None, 0)?.is_empty());
    store.delete_chunks(id(0x71).into(), Which::Some(&[ChunkId([1; 16])]))?;
    assert!(!store.persons(None, 10)?.contains(&id(0x71)), "nothing of theirs is left");
    for person in all {
        empty(store, person.into())?;
    }
    empty(store, HOUSE)?;
    assert!(store.persons(None, 10)?.is_empty());
    Ok(())
}

fn leases(store: &dyn Store) -> Result<()> {
    let (one, two) = ([1; 16], [2; 16]);
    let Some(mut lease) = Lease::take(store, "sweep", one, 60)? else { panic!("nobody had it") };
    assert!(Lease::take(store, "sweep", two, 60)?.is_none(), "it is taken");
    assert!(Lease::take(store, "other", two, 60)?.is_some(), "another job is another lease");
    assert!(lease.renew(store, 60)?);
    lease.end(store, 0)?;
    let Some(late) = Lease::take(store, "sweep", two, -1)? else { panic!("it was given back") };
    let Some(lease) = Lease::take(store, "sweep", one, 60)? else { panic!("its time was over") };
    let mut late = late;
    assert!(!late.renew(store, 60)?, "somebody else has it by now");
    lease.end(store, 60)?;
    assert!(Lease::take(store, "sweep", two, 60)?.is_none(), "it was done just now");
    assert!(store.clock()? > 1_700_000_000, "UTC seconds");
    empty(store, HOUSE)
}
