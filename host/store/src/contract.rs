//! What every backend must do, as one list of checks: call [`check`] from the backend's tests with
//! a store that is empty.

use crate::{Batch, ChunkId, MAX_VALUE, PersonId, Result, Store, StoreError};

/// Runs every check of the contract that one process can make.
///
/// # Errors
/// What the store returned where it should have succeeded.
///
/// # Panics
/// If the store breaks the contract; the message says how.
pub fn check(store: &dyn Store) -> Result<()> {
    records(store)?;
    scans(store)?;
    conflicts(store)?;
    sizes(store)?;
    concurrent_commits(store)?;
    chunks(store)?;
    concurrent_chunks(store)
}

/// Chunk ids are a person's own: two persons may have the same ones, and write them at the same time.
fn concurrent_chunks(store: &dyn Store) -> Result<()> {
    let persons: Vec<PersonId> = (100..108).map(|n| PersonId([n; 16])).collect();
    let body = |person: PersonId, chunk: u8| vec![person.0[0] ^ chunk; 50_000];
    std::thread::scope(|scope| {
        let all: Vec<_> = persons
            .iter()
            .map(|&person| {
                scope.spawn(move || {
                    (0..20).try_for_each(|n| store.put_chunks(person, &[(ChunkId([n; 16]), body(person, n))]))
                })
            })
            .collect();
        all.into_iter()
            .try_for_each(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    for &person in &persons {
        for n in 0..20 {
            assert!(store.get_chunk(person, ChunkId([n; 16]))? == body(person, n), "each has its own");
        }
        store.delete_person_chunks(person)?;
    }
    Ok(())
}

fn put(store: &dyn Store, key: &[u8], value: &[u8]) -> Result<()> {
    let mut batch = Batch::default();
    batch.put(key, value);
    store.commit(&batch)
}

fn records(store: &dyn Store) -> Result<()> {
    store.commit(&Batch::default())?;
    assert_eq!(store.get(b"none")?, None, "a key that was never written");
    put(store, b"a", b"1")?;
    put(store, b"a", b"2")?;
    assert_eq!(store.get(b"a")?.as_deref(), Some(&b"2"[..]), "the last write stands");
    put(store, b"empty", b"")?;
    assert_eq!(store.get(b"empty")?.as_deref(), Some(&b""[..]), "an empty value is a value");
    let mut batch = Batch::default();
    batch.delete("a");
    batch.delete("empty");
    batch.delete("never there");
    batch.put("a", "3");
    store.commit(&batch)?;
    assert_eq!(store.get(b"a")?.as_deref(), Some(&b"3"[..]), "deletes come before puts");
    assert_eq!(store.get(b"empty")?, None, "deleted");
    Ok(())
}

fn scans(store: &dyn Store) -> Result<()> {
    let mut batch = Batch::default();
    let keys: [&[u8]; 6] = [b"s", b"s/", b"s/\x00", b"s/\x7f", b"s/\xff", b"t"];
    for key in keys {
        batch.put(key, key);
    }
    store.commit(&batch)?;
    let scan = |prefix: &[u8], after: Option<&[u8]>, limit| -> Result<Vec<Vec<u8>>> {
        let found = store.scan(prefix, after, limit)?;
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
    let all = store.scan(b"", None, 100)?.len();
    assert_eq!(all, 1 + keys.len(), "the empty prefix is everything");
    Ok(())
}

fn conflicts(store: &dyn Store) -> Result<()> {
    put(store, b"c", b"1")?;
    let attempt = |key: &[u8], expected: Option<&[u8]>| {
        let mut batch = Batch::default();
        batch.put("c2", "written");
        batch.delete("c");
        batch.expect(key, expected.map(<[u8]>::to_vec));
        store.commit(&batch)
    };
    for (key, expected) in
        [(&b"c"[..], None), (b"c", Some(&b"2"[..])), (b"none", Some(b"1")), (b"none", Some(b""))]
    {
        let outcome = attempt(key, expected);
        assert!(matches!(outcome, Err(StoreError::Conflict)), "{outcome:?} is not a conflict");
    }
    assert_eq!(store.get(b"c2")?, None, "a conflict writes nothing");
    assert!(store.get(b"c")?.is_some(), "a conflict deletes nothing");
    attempt(b"c", Some(b"1"))?;
    attempt(b"c", None)?;
    assert_eq!(store.get(b"c2")?.as_deref(), Some(&b"written"[..]));
    Ok(())
}

fn sizes(store: &dyn Store) -> Result<()> {
    let largest = vec![7; MAX_VALUE];
    put(store, b"large", &largest)?;
    assert_eq!(store.get(b"large")?, Some(largest), "the largest value fits");
    let mut batch = Batch::default();
    batch.put("small", "1");
    batch.put("large", vec![8; MAX_VALUE + 1]);
    let outcome = store.commit(&batch);
    assert!(
        matches!(outcome, Err(StoreError::TooLarge { size }) if size == MAX_VALUE + 1),
        "{outcome:?} for a value over the limit"
    );
    assert_eq!(store.get(b"small")?, None, "a batch that is too large writes nothing");
    Ok(())
}

/// Threads count one record up, each only from the value that it read: none may be lost.
fn concurrent_commits(store: &dyn Store) -> Result<()> {
    const THREADS: usize = 4;
    const EACH: usize = 10;
    let count = |store: &dyn Store| -> Result<()> {
        for _ in 0..EACH {
            loop {
                let before = store.get(b"count")?;
                let mut batch = Batch::default();
                let next = before.as_ref().map_or(0, |value| value[0]) + 1;
                batch.put("count", [next]);
                batch.expect("count", before);
                match store.commit(&batch) {
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
    let counted = store.get(b"count")?.map(|value| usize::from(value[0]));
    assert_eq!(counted, Some(THREADS * EACH), "two writers won over the same value");
    Ok(())
}

fn chunks(store: &dyn Store) -> Result<()> {
    let (alice, bob) = (PersonId([0xa1; 16]), PersonId([0xb0; 16]));
    let id = |n: u8| ChunkId([n; 16]);
    assert!(store.persons_with_chunks()?.is_empty() && store.chunks_of(alice)?.is_empty());
    store.put_chunks(alice, &[])?;
    store.put_chunks(alice, &[(id(1), b"one".to_vec()), (id(2), vec![2; 1 << 20])])?;
    store.put_chunks(bob, &[(id(1), b"of bob".to_vec())])?;
    store.put_chunks(alice, &[(id(1), b"again".to_vec()), (id(3), Vec::new())])?;
    assert_eq!(store.get_chunk(alice, id(1))?, b"one", "a chunk is never written again");
    assert_eq!(store.get_chunk(alice, id(2))?.len(), 1 << 20);
    assert_eq!(store.get_chunk(alice, id(3))?, b"");
    assert_eq!(store.get_chunk(bob, id(1))?, b"of bob", "persons share no chunk");
    assert_eq!(store.chunks_of(alice)?, [id(1), id(2), id(3)]);
    assert_eq!(store.persons_with_chunks()?, [alice, bob]);
    let missing = store.get_chunk(bob, id(2));
    assert!(matches!(missing, Err(StoreError::Damaged(_))), "{missing:?} for a missing chunk");

    store.delete_chunks(alice, &[id(2), id(9)])?;
    store.delete_chunks(PersonId([9; 16]), &[id(1)])?;
    assert_eq!(store.chunks_of(alice)?, [id(1), id(3)]);
    store.delete_person_chunks(alice)?;
    store.delete_person_chunks(alice)?;
    assert!(store.chunks_of(alice)?.is_empty() && store.get_chunk(alice, id(1)).is_err());
    assert_eq!(store.persons_with_chunks()?, [bob]);
    Ok(())
}
