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
    connect: Duration::from_secs(2),
    read: Duration::from_secs(2),
    write: Duration::from_secs(3),
    busy: Duration::from_secs(5),
    outcome: Duration::from_secs(8),
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
                proxy.cut_answers(1 + n % 3);
            } else {
                proxy.cut_requests(1 + n % 3);
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
        assert!(terminated > 5, "only {terminated} backends were terminated");
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert!(acknowledged > 20, "only {acknowledged} commits");
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
    let store = server.store();
    increment(&store, PERSON).unwrap();
    std::thread::scope(|scope| {
        // A writer who has passed the gate, and waits for another of the same person.
        scope.spawn(|| {
            let person = "'07070707-0707-0707-0707-070707070707'";
            server.sql(&format!(
                "select pg_advisory_lock(uuid_hash_extended({person}, 0)); select pg_sleep(3)"
            ));
        });
        std::thread::sleep(Duration::from_millis(500));
        let under_way = scope.spawn(|| increment(&store, PERSON));
        std::thread::sleep(Duration::from_millis(500));
        server.sql("update mesinfos.gate set mode = 'read-only'");
        assert_eq!(count(&store, PERSON), 1, "it waits");
        server.sql("select pg_advisory_lock(19785, 7 >> 2)");
        assert_eq!(count(&store, PERSON), 2, "it was waited for");
        under_way.join().unwrap().unwrap();
    });
    assert!(matches!(increment(&store, PERSON), Err(StoreError::Closed)));
}

/// The answer to the second message of a commit was a conflict: the first one, which comes later, is a conflict too.
#[test]
fn a_conflict_stays() {
    let server = Server::start();
    let store = server.store();
    let sent = |is_again: bool| {
        server.sql(&format!(
            "select s01.commit('07070707-0707-0707-0707-070707070707', 'cccccccc-0000-0000-0000-000000000000', 1,
                now() + interval '1 minute', {is_again}, array['x'::bytea], array['1'::bytea], '{{}}', '{{}}',
                array['y'::bytea], array['2'::bytea])"
        ))
    };
    assert_eq!(sent(true), ["f"]);
    let mut commit = Commit::new(PERSON);
    commit.put("x", "1");
    store.commit(&commit).unwrap();
    assert_eq!(sent(false), ["f"]);
    assert_eq!(store.get(PERSON, b"y").unwrap(), None);
}

/// Two writers of one person, who expect the same: one after the other, never both.
#[test]
fn commits_of_one_person_are_serial() {
    let server = Server::start();
    let store = server.store();
    std::thread::scope(|scope| {
        // One who has written, and has not committed yet.
        scope.spawn(|| {
            server.sql(
                "begin;
                 select s01.commit('07070707-0707-0707-0707-070707070707', gen_random_uuid(), 1,
                    now() + interval '1 minute', false, array['count'::bytea], array[null::bytea], '{}', '{}',
                    array['count'::bytea], array[decode('0000000000000001', 'hex')]);
                 select pg_sleep(1);
                 commit;",
            );
        });
        std::thread::sleep(Duration::from_millis(400));
        let since = Instant::now();
        let mut commit = Commit::new(PERSON);
        commit.expect("count", None);
        commit.put("count", 9_u64.to_be_bytes());
        let second = store.commit(&commit);
        assert!(matches!(second, Err(StoreError::Conflict)), "{second:?}");
        assert!(since.elapsed() > Duration::from_millis(300), "it waited for the first");
    });
    assert_eq!(count(&store, PERSON), 1);
    // Others are not held up by it: this one has another lock.
    std::thread::scope(|scope| {
        scope.spawn(|| {
            server.sql("select pg_advisory_lock(uuid_hash_extended('07070707-0707-0707-0707-070707070707', 0)); select pg_sleep(1)");
        });
        std::thread::sleep(Duration::from_millis(300));
        let since = Instant::now();
        increment(&store, PersonId([8; 16]).into()).unwrap();
        assert!(since.elapsed() < Duration::from_millis(500), "{:?}", since.elapsed());
    });
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
    let set = |server: &Server, is_read_only: &str| {
        server.sql(&format!("alter system set default_transaction_read_only = {is_read_only}"));
        server.sql("select pg_reload_conf()");
        std::thread::sleep(Duration::from_millis(300));
    };
    set(&first, "on");
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
    // One that loses its role is left, also by the sessions that are open.
    set(&first, "off");
    init(&first.address(), &Patience::default()).unwrap();
    set(&second, "on");
    let mut commit = Commit::new(PERSON);
    commit.put("moved", "1");
    store.commit(&commit).unwrap();
    assert_eq!(first.sql("select count(*) from s01.record"), ["1"]);
    set(&first, "on");
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

/// A server on a network: TLS with a certificate, and a password.
#[test]
fn only_the_server_of_the_certificate_is_told_the_password() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::start_with(port, |data| {
        let key = data.join("server.key");
        std::fs::write(data.join("server.crt"), certified.cert.pem()).unwrap();
        std::fs::write(&key, certified.signing_key.serialize_pem()).unwrap();
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        let rules = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
        std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
        ["listen_addresses=127.0.0.1", "ssl=on"].map(ToOwned::to_owned).to_vec()
    });
    server.sql("alter role mi password 'open sesame'");
    server.store();
    let file = |name: &str, pem: String| {
        let path = server.folder().join(name);
        std::fs::write(&path, pem).unwrap();
        path.display().to_string()
    };
    let (right, wrong) = (file("right.pem", certified.cert.pem()), file("wrong.pem", other.cert.pem()));
    let address = |host: &str, rest: &str| {
        Address::parse(&format!("postgres://mi@{host}:{port}/postgres?{rest}")).unwrap()
    };
    let password = b"open sesame";
    let good = address("localhost", &format!("sslrootcert={right}")).with_password(password);
    let store = PostgresStore::with(good, SHORT).unwrap();
    increment(&store, PERSON).unwrap();
    let used = server.sql("select count(*) from pg_stat_ssl where ssl");
    assert_eq!(used, ["1"], "the session of the store is encrypted");
    for (address, expected) in [
        (address("localhost", &format!("sslrootcert={right}")).with_password(b"secret"), "28P01"),
        (address("localhost", &format!("sslrootcert={right}")), "password missing"),
        (address("localhost", &format!("sslrootcert={wrong}")).with_password(password), "certificate"),
        // The certificate is of another name.
        (address("127.0.0.1", &format!("sslrootcert={right}")).with_password(password), "certificate"),
        // The server does not take sessions without TLS; and they would not be offered a password.
        (address("127.0.0.1", "sslmode=disable").with_password(password), "no encryption"),
    ] {
        let refused = PostgresStore::with(address.clone(), SHORT).err();
        let Some(OpenError::Unreachable(why)) = refused else { panic!("{address:?}: {refused:?}") };
        assert!(why.contains(expected), "{address:?}: {why}");
        assert!(!why.contains("sesame") && !why.contains("secret"), "{why}");
    }
}
