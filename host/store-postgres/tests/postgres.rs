//! Tests the store on PostgreSQL against the contract, against the model, and against lost answers, frozen servers and
//! closed gates.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

#[path = "../../store/tests/model/mod.rs"]
mod model;
mod proxy;
mod server;

use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Store, StoreError, Which, contract};
use mesinfos_store_postgres::{
    Address, Checked, Concern, FORMAT, Mode, OpenError, Patience, PostgresStore, check, init,
};
use model::{compare, steps};
use proptest::test_runner::{Config, TestRunner};
use proxy::Proxy;
use server::Server;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const HOUSE: Partition = Partition::House;
const PERSON: Partition = Partition::Person(PersonId([7; 16]));

/// Short waits, so that a test of them is short.
const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    read: Duration::from_millis(500),
    write: Duration::from_secs(1),
    busy: Duration::from_secs(2),
    outcome: Duration::from_secs(4),
    sessions: 3,
};

/// Adds one to a counter, expecting the value that was read.
fn increment(store: &dyn Store, partition: Partition) -> Result<(), StoreError> {
    let before = store.get(partition, b"count")?;
    let number = before.as_deref().map_or(0, |value| u64::from_be_bytes(value.try_into().unwrap()));
    let mut commit = Commit::new(partition);
    commit.expect("count", before);
    commit.put("count", (number + 1).to_be_bytes());
    store.commit(&commit)
}

fn count(store: &dyn Store, partition: Partition) -> u64 {
    let value = store.get(partition, b"count").unwrap();
    value.map_or(0, |value| u64::from_be_bytes(value.try_into().unwrap()))
}

#[test]
fn keeps_the_contract() {
    let server = Server::start();
    let store = server.store();
    contract::check(&store).unwrap();
    store.upkeep().unwrap();
    assert!(server.log().lines().all(|line| !line.contains("ERROR")), "{}", server.log());
}

/// Removes everything.
fn empty(store: &dyn Store) {
    let persons = store.persons(None, usize::MAX).unwrap();
    for partition in persons.into_iter().map(Partition::Person).chain([HOUSE]) {
        let mut commit = Commit::new(partition);
        commit.deletes =
            store.scan(partition, b"", None, usize::MAX).unwrap().into_iter().map(|(key, _)| key).collect();
        store.commit(&commit).unwrap();
        store.delete_chunks(partition, Which::All).unwrap();
    }
}

#[test]
fn answers_as_the_model_does() {
    let server = Server::start();
    let store = server.store();
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let compared = TestRunner::new(config).run(&steps(), |steps| {
        empty(&store);
        compare(steps, || PostgresStore::open(server.address()).unwrap())
    });
    compared.unwrap();
}

/// The answer to a commit is cut off after the server has applied it, or the commit before the server has it.
#[test]
fn a_commit_whose_answer_is_lost_is_applied_once() {
    let server = Server::start();
    server.store();
    let proxy = Proxy::start(server.folder(), 5432, 5433);
    let patience = Patience { outcome: Duration::from_secs(30), ..SHORT };
    let store = PostgresStore::with(server.address_at(5433), patience).unwrap();
    for partition in [HOUSE, PERSON] {
        increment(&store, partition).unwrap();
        for n in 0..20 {
            // The statement is prepared on this session: the next answer is that of the commit.
            store.get(partition, b"count").unwrap();
            let before = count(&store, partition);
            let mut commit = Commit::new(partition);
            commit.expect("count", Some(before.to_be_bytes().to_vec()));
            commit.put("count", (before + 1).to_be_bytes());
            if n % 2 == 0 {
                proxy.cut_answers(1 + n % 3)
            } else {
                proxy.cut_requests(1 + n % 3)
            }
            store.commit(&commit).unwrap_or_else(|error| panic!("{n}: {error}"));
            assert_eq!(proxy.left_to_cut(), 0, "nothing was cut: this tests nothing");
            assert_eq!(count(&store, partition), before + 1);
        }
        // A conflict that was lost is a conflict.
        let mut commit = Commit::new(partition);
        commit.expect("count", None);
        proxy.cut_answers(2);
        assert!(matches!(store.commit(&commit), Err(StoreError::Conflict)));
    }
    // Chunks, too, are there once the call returns.
    proxy.cut_answers(1);
    store.put_chunks(PERSON, &[(ChunkId([1; 16]), vec![5; 100])]).unwrap();
    assert_eq!(store.get_chunk(PERSON, ChunkId([1; 16])).unwrap(), vec![5; 100]);
}

/// Backends are terminated while several threads write: each acknowledged increment is there once.
#[test]
fn commits_of_terminated_backends_are_applied_once() {
    const WRITERS: usize = 3;
    let server = Server::start();
    let store = server.store_with(Patience {
        outcome: Duration::from_secs(30),
        busy: Duration::from_secs(30),
        ..SHORT
    });
    let over = AtomicBool::new(false);
    let acknowledged: u64 = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut acknowledged = 0;
                    while !over.load(Ordering::Acquire) {
                        match increment(&store, PERSON) {
                            Ok(()) => acknowledged += 1,
                            Err(StoreError::Conflict) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                    acknowledged
                })
            })
            .collect();
        let mut terminated = 0;
        for _ in 0..150 {
            std::thread::sleep(Duration::from_millis(20));
            // Those who are at work.
            let found = server.sql(
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where application_name = 'mesinfos' and state = 'active' limit 1",
            );
            terminated += found.len();
        }
        over.store(true, Ordering::Release);
        assert!(terminated > 20, "only {terminated} backends were terminated");
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert!(acknowledged > 50, "only {acknowledged} commits");
    assert_eq!(count(&store, PERSON), acknowledged, "acknowledged, and not there once");
}

/// A commit that no standby has yet is not acknowledged, even if the server is told to wait no longer, and even if
/// the repeated commit finds it applied.
#[test]
fn a_commit_that_was_not_replicated_is_not_acknowledged() {
    let server = Server::start();
    let patience = Patience { write: Duration::from_secs(20), outcome: Duration::from_secs(60), ..SHORT };
    let store = server.store_with(patience);
    increment(&store, PERSON).unwrap();
    let set = |value: &str| {
        server.sql(&format!("alter system set synchronous_standby_names = '{value}'"));
        server.sql("select pg_reload_conf()");
        std::thread::sleep(Duration::from_millis(300));
    };
    let waits =
        "select pid from pg_stat_activity where wait_event = 'SyncRep' and application_name = 'mesinfos'";
    let until = |what: &dyn Fn() -> bool| {
        let most = Instant::now() + Duration::from_secs(20);
        while !what() {
            assert!(Instant::now() < most, "{}", server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    // The administrator must not wait for a standby itself.
    server.sql("alter role mi set synchronous_commit = 'local'");
    set("nobody");
    let answered = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let committed = scope.spawn(|| {
            let committed = increment(&store, PERSON);
            answered.store(true, Ordering::Release);
            committed
        });
        for stop in ["pg_cancel_backend", "pg_terminate_backend", "pg_cancel_backend"] {
            until(&|| !server.sql(waits).is_empty());
            let waiting = server.sql(waits);
            server.sql(&format!("select {stop}({})", waiting[0]));
            // Another attempt, which finds the commit applied, waits for the standby too.
            until(&|| server.sql(waits).first().is_some_and(|pid| *pid != waiting[0]));
            assert!(!answered.load(Ordering::Acquire), "acknowledged without a standby");
        }
        assert_eq!(count(&store, PERSON), 2, "it is applied on this server");
        set("");
        committed.join().unwrap().unwrap();
    });
    assert_eq!(count(&store, PERSON), 2);
}

#[test]
fn a_frozen_server_holds_nobody_and_does_nothing_late() {
    let server = Server::start();
    let store = server.store_with(SHORT);
    increment(&store, PERSON).unwrap();
    let mut commit = Commit::new(PERSON);
    commit.put("late", "1");
    server.freeze();
    let since = Instant::now();
    let read = store.get(PERSON, b"count");
    assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
    assert!(since.elapsed() < SHORT.busy + SHORT.read + SHORT.connect, "{:?}", since.elapsed());
    server.thaw();
    increment(&store, PERSON).unwrap();
    server.freeze();
    let since = Instant::now();
    let committed = store.commit(&commit);
    assert!(matches!(committed, Err(StoreError::Unknown(_))), "{committed:?}");
    assert!(since.elapsed() < SHORT.outcome + SHORT.write + SHORT.connect, "{:?}", since.elapsed());
    // Nothing was sent on a session, so nothing was written.
    let committed = store.commit(&commit);
    assert!(matches!(committed, Err(StoreError::Unavailable(_))), "{committed:?}");
    server.thaw();
    increment(&store, PERSON).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(store.get(PERSON, b"late").unwrap(), None, "it was given up, and came too late");
    assert_eq!(count(&store, PERSON), 3);
}

#[test]
fn a_closed_gate_refuses_every_write() {
    let server = Server::start();
    let store = server.store_with(SHORT);
    increment(&store, PERSON).unwrap();
    store.put_chunks(PERSON, &[(ChunkId([1; 16]), vec![1])]).unwrap();
    for mode in ["read-only", "closed"] {
        server.sql(&format!("update mesinfos.gate set mode = '{mode}'"));
        for refused in [
            increment(&store, PERSON),
            increment(&store, HOUSE),
            store.put_chunks(PERSON, &[(ChunkId([2; 16]), vec![1])]),
            store.delete_chunks(PERSON, Which::All),
        ] {
            assert!(matches!(refused, Err(StoreError::Closed)), "{refused:?}");
        }
        assert_eq!(count(&store, PERSON), 1);
        assert_eq!(store.chunks_of(PERSON).unwrap().len(), 1);
    }
    assert_eq!(PostgresStore::open(server.address()).err(), Some(OpenError::Closed));
    server.sql("update mesinfos.gate set mode = 'read-only'");
    assert_eq!(count(&PostgresStore::open(server.address()).unwrap(), PERSON), 1);
    // A slot that is moving is waited for; one that is elsewhere is not written.
    server.sql("update mesinfos.gate set mode = 'open'; update mesinfos.owned set state = 'moving' where slot = 7 >> 2");
    std::thread::scope(|scope| {
        let written = scope.spawn(|| increment(&store, PERSON));
        increment(&store, HOUSE).unwrap();
        std::thread::sleep(Duration::from_millis(500));
        assert!(!written.is_finished());
        server.sql("update mesinfos.owned set state = 'here'");
        written.join().unwrap().unwrap();
    });
    server.sql("delete from mesinfos.owned where slot = 7 >> 2");
    let refused = increment(&store, PERSON);
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(count(&store, PERSON), 2);
}

/// Whoever has closed the gate, and then taken the lock of a slot exclusively, sees no later write to it.
#[test]
fn nobody_writes_once_the_gate_is_closed_and_its_lock_was_taken() {
    let server = Server::start();
    let store = server.store_with(SHORT);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Acquire) {
                    let _ = increment(&store, PERSON);
                }
            });
        }
        for _ in 0..10 {
            server.sql("update mesinfos.gate set mode = 'read-only'");
            server.sql("select pg_advisory_lock(19785, 7 >> 2)");
            let before = count(&store, PERSON);
            std::thread::sleep(Duration::from_millis(30));
            assert_eq!(count(&store, PERSON), before);
            server.sql("update mesinfos.gate set mode = 'open'");
            while count(&store, PERSON) == before {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        over.store(true, Ordering::Release);
    });
}

/// Two blind writers of one person: one after the other, never mixed.
#[test]
fn commits_of_one_person_are_serial() {
    let server = Server::start();
    let store = server.store();
    std::thread::scope(|scope| {
        for writer in 0..3_u8 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..60_u8 {
                    let mut commit = Commit::new(PERSON);
                    // In different orders: without the person's lock these would also block each other.
                    let keys = [[b'a'], [b'm'], [b'z']];
                    let keys: Vec<_> =
                        if n % 2 == 0 { keys.to_vec() } else { keys.into_iter().rev().collect() };
                    keys.iter().for_each(|key| commit.put(*key, [writer, n]));
                    store.commit(&commit).unwrap();
                }
            });
        }
    });
    let all: Vec<_> =
        store.scan(PERSON, b"", None, 10).unwrap().into_iter().map(|(_, value)| value).collect();
    assert_eq!(all.len(), 3);
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:?}");
    assert!(!server.log().contains("deadlock"), "{}", server.log());
}

#[test]
fn all_sessions_in_use_is_told() {
    let server = Server::start();
    let store = server.store_with(Patience { sessions: 1, busy: Duration::from_millis(300), ..SHORT });
    increment(&store, PERSON).unwrap();
    server.sql("alter system set synchronous_standby_names = 'nobody'");
    server.sql("select pg_reload_conf()");
    std::thread::sleep(Duration::from_millis(300));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| increment(&store, PERSON));
        std::thread::sleep(Duration::from_millis(300));
        let refused = store.clock();
        assert!(
            matches!(&refused, Err(StoreError::Unavailable(why)) if why.contains("in use")),
            "{refused:?}"
        );
        assert!(!waiting.is_finished());
        assert!(matches!(waiting.join().unwrap(), Err(StoreError::Unknown(_))));
    });
}

#[test]
fn a_store_is_created_once_and_checked() {
    let server = Server::start();
    let (address, patience) = (server.address(), Patience::default());
    assert_eq!(PostgresStore::open(address.clone()).err(), Some(OpenError::NoStore));
    assert_eq!(check(&address, &patience), Err(OpenError::NoStore));
    let created: Vec<bool> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..3).map(|_| scope.spawn(|| init(&address, &patience).unwrap())).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(created.iter().filter(|created| **created).count(), 1, "{created:?}");
    increment(&PostgresStore::open(address.clone()).unwrap(), PERSON).unwrap();
    assert_eq!(init(&address, &patience), Ok(false));
    assert_eq!(count(&PostgresStore::open(address.clone()).unwrap(), PERSON), 1, "it was left as it is");
    let checked = check(&address, &patience).unwrap();
    assert!(checked.server >= 15);
    let concerns = vec![Concern::NotDurable, Concern::NoStandby];
    assert_eq!(checked, Checked { server: checked.server, format: FORMAT, mode: Mode::Open, concerns });
    server.sql("update mesinfos.gate set mode = 'closed'; delete from mesinfos.owned where slot = 3");
    let checked = check(&address, &patience).unwrap();
    assert_eq!(checked.mode, Mode::Closed);
    assert_eq!(checked.concerns, [Concern::NotDurable, Concern::SlotsElsewhere, Concern::NoStandby]);
}

#[test]
fn a_store_of_another_format_is_refused() {
    let server = Server::start();
    let (address, patience) = (server.address(), Patience::default());
    let store = server.store_with(SHORT);
    increment(&store, PERSON).unwrap();
    // A format that this program may write beside newer ones.
    server.sql("update mesinfos.gate set format = 2");
    increment(&PostgresStore::open(address.clone()).unwrap(), PERSON).unwrap();
    for set in ["format = 0", "format = 2, oldest_program = 2"] {
        server.sql(&format!("update mesinfos.gate set {set}"));
        let refused = PostgresStore::open(address.clone()).err();
        let Some(OpenError::OtherFormat { found }) = refused else { panic!("{set}: {refused:?}") };
        assert!(found != FORMAT);
        assert_eq!(check(&address, &patience), Err(OpenError::OtherFormat { found }));
        assert_eq!(init(&address, &patience), Err(OpenError::OtherFormat { found }));
    }
    // Nor does a session write that was open before.
    let refused = increment(&store, PERSON);
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(count(&store, PERSON), 2);
}

#[test]
fn only_a_server_that_takes_writes_is_used() {
    let (first, second) = (Server::start(), Server::start());
    init(&second.address(), &Patience::default()).unwrap();
    first.sql("alter system set default_transaction_read_only = on");
    first.sql("select pg_reload_conf()");
    std::thread::sleep(Duration::from_millis(300));
    let folders = format!("{},{}", first.folder().display(), second.folder().display());
    let address = Address::parse(&format!("postgres://mi@/postgres?host={folders}")).unwrap();
    let store = PostgresStore::with(address.clone(), SHORT).unwrap();
    for _ in 0..5 {
        increment(&store, PERSON).unwrap();
    }
    assert_eq!(second.sql("select count(*) from s01.record"), ["1"]);
    // A frozen one delays nobody.
    first.freeze();
    let since = Instant::now();
    increment(&PostgresStore::with(address.clone(), SHORT).unwrap(), PERSON).unwrap();
    assert!(since.elapsed() < SHORT.connect, "{:?}", since.elapsed());
    first.thaw();
    drop(second);
    let Some(OpenError::Unreachable(why)) = PostgresStore::with(address, SHORT).err() else {
        panic!("no server")
    };
    assert!(why.contains("it does not take writes"), "{why}");
}

/// Sessions of a store outlive neither a restart of the server, nor errors; a call after it works.
#[test]
fn a_restart_of_all_backends_is_not_noticed() {
    let server = Server::start();
    let store = server.store();
    let chunks: Vec<_> = (0..40).map(|n| (ChunkId([n; 16]), vec![n; 400_000])).collect();
    let end = || {
        server
            .sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mesinfos'")
    };
    store.put_chunks(PERSON, &chunks).unwrap();
    assert!(!end().is_empty());
    let ids: Vec<ChunkId> = chunks.iter().map(|(id, _)| *id).collect();
    assert!(store.get_chunks(PERSON, &ids).unwrap().into_iter().eq(chunks.into_iter().map(|(_, body)| body)));
    end();
    store.put_chunks(PERSON, &[(ChunkId([99; 16]), Vec::new())]).unwrap();
    end();
    assert_eq!(store.read(&[Range::prefix(PERSON, []), Range::prefix(HOUSE, [])]).unwrap().len(), 2);
    end();
    assert_eq!(store.persons(None, 10).unwrap().len(), 1);
}

/// Outcomes of old commits are forgotten, those of new ones are not.
#[test]
fn old_outcomes_are_swept() {
    let server = Server::start();
    let store = server.store();
    increment(&store, PERSON).unwrap();
    increment(&store, HOUSE).unwrap();
    server.sql("update s01.applied set at = now() - interval '61 minutes'; update house.applied set at = now() - interval '59 minutes'");
    store.upkeep().unwrap();
    assert_eq!(server.sql("select count(*) from s01.applied"), ["0"]);
    assert_eq!(server.sql("select count(*) from house.applied"), ["1"]);
}
