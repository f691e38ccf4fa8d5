//! Grants that end while an app runs or a run is about to begin: the audit chain has every run that began,
//! the outcome says that the grant ended, and nothing is read or shown afterwards.

use crate::forge::{Forged, reader};
use crate::lab::{Lab, PEOPLE, times};
use crate::mutants::Random;
use crate::support::{app, me};
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::consent::{AuditEvent, EventKind, GrantId, Name, ReceiptId};
use mesinfos_platform::{CategoryChoice, Logged, PlatformError, RunState};
use std::collections::{HashMap, HashSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Name of the person.
const WHO: &str = PEOPLE[0];

/// Takes a page and loops forever.
fn spins(id: &str) -> Forged<'_> {
    const RUN: &str = "(call $next (call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)) \
                       (i32.const 128)) (loop $l (br $l)) (i32.const 64)";
    reader(id, RUN)
}

fn code(lab: &Lab, id: &str) -> &'static str {
    lab.run(WHO, id).map_or_else(|error| error.code(), |_| "completed")
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// The last run that ended, from the audit chain: outcome, rows and receipt.
fn last_run(lab: &Lab) -> (Name, u64, Option<ReceiptId>) {
    let entries = lab.platform.audit_entries(&me(WHO)).unwrap();
    let runs = entries.into_iter().rev().find_map(|logged| match logged.entry.event {
        AuditEvent::Ran { outcome, receipt, reads, .. } => {
            Some((outcome, reads.iter().map(|read| read.rows).sum(), receipt))
        }
        _ => None,
    });
    runs.unwrap()
}

type End = fn(&Lab, &str);

/// All ways in which a grant ends or narrows.
const ENDS: [(&str, End); 5] = [
    ("revoke", |lab, id| drop(lab.platform.withdraw(&me(WHO), id).unwrap())),
    ("pause", |lab, id| drop(lab.platform.pause(&me(WHO), id).unwrap())),
    ("narrow", |lab, id| {
        let ask =
            CategoryChoice { period: Some(Period::parse("2011").unwrap()), ..CategoryChoice::default() };
        drop(lab.platform.narrow(&me(WHO), id, &[(Category::Bank, ask)], &[]).unwrap());
    }),
    ("given-again", |lab, id| lab.grant(WHO, id)),
    ("another-version", |lab, id| {
        let mut forged = spins(id).component();
        let version = b"version = \"0.1.0\"";
        let at = forged.windows(version.len()).position(|part| part == version).unwrap();
        forged[at + version.len() - 2] = b'1';
        lab.platform.install(&forged).unwrap();
    }),
];

#[test]
fn what_ends_during_a_run_ends_it_and_is_in_the_log() {
    for lab in [Lab::new(), Lab::apart()] {
        for (how, end) in ENDS {
            let id = lab.install(&spins(&format!("ends-{how}")).component());
            let (ended, after) = std::thread::scope(|scope| {
                let run = scope.spawn(|| (code(&lab, &id), Instant::now()));
                std::thread::sleep(Duration::from_millis(400));
                end(&lab, &id);
                let over = Instant::now();
                let (ended, at) = run.join().unwrap();
                (ended, at.saturating_duration_since(over))
            });
            assert_eq!(ended, "withdrawn", "{how}");
            assert!(after < Duration::from_secs(2), "{how}: it kept its place for {after:?}");
            let (outcome, rows, receipt) = last_run(&lab);
            assert_eq!(outcome.as_str(), "withdrawn", "{how}");
            assert!(rows > 0, "{how}: what it read is not in the log");
            let receipt = lab.platform.receipt(&me(WHO), receipt.unwrap()).unwrap();
            assert_eq!((receipt.outcome.as_str(), receipt.view), ("withdrawn", None), "{how}");
            assert_eq!(receipt.reads[&Category::Bank].rows, rows, "{how}");
            lab.platform.audit_verify(&me(WHO), receipt.log).unwrap();
        }
    }
}

#[test]
fn a_run_that_was_given_no_row_is_stopped_too() {
    // A period for which the person has no data.
    const RUN: &str = "(loop $l (br $l)) (i32.const 64)";
    for lab in [Lab::new(), Lab::apart()] {
        let id = lab.install(&reader("no-rows", RUN).component());
        let ask =
            CategoryChoice { period: Some(Period::parse("1950").unwrap()), ..CategoryChoice::default() };
        lab.platform.grant(&me(WHO), &id, &[(Category::Bank, ask)], None).unwrap();
        let after = std::thread::scope(|scope| {
            let run = scope.spawn(|| (code(&lab, &id), Instant::now()));
            std::thread::sleep(Duration::from_millis(400));
            drop(lab.platform.withdraw(&me(WHO), &id).unwrap());
            let over = Instant::now();
            let (ended, at) = run.join().unwrap();
            assert_eq!(ended, "withdrawn");
            at.saturating_duration_since(over)
        });
        assert!(after < Duration::from_secs(2), "it kept its place for {after:?}");
    }
}

#[test]
fn a_grant_that_expires_during_a_run_ends_it() {
    for lab in [Lab::new(), Lab::apart()] {
        let (record, _) = lab.platform.install(&spins("expires").component()).unwrap();
        lab.platform.grant(&me(WHO), &record.id, &[], Some(now() + 3)).unwrap();
        assert_eq!(code(&lab, &record.id), "withdrawn");
        let (outcome, rows, _) = last_run(&lab);
        assert!(outcome.as_str() == "withdrawn" && rows > 0);
        assert_eq!(code(&lab, &record.id), "not-granted");
    }
}

/// Takes a page every few milliseconds, forever: on a fast machine too, it must not come to the limit of handles before
/// its grant ends.
fn reads_on(id: &str) -> Forged<'_> {
    let run = "(loop $l
         (local.set 7 (call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
         (call $next (local.get 7) (i32.const 128))
         (call $drop (local.get 7))
         (local.set 0 (i32.const 20000000))
         (loop $wait (br_if $wait (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
         (if (i32.eqz (i32.load8_u (i32.const 132))) (then unreachable))
         (br $l)) (i32.const 64)";
    reader(id, run)
}

#[test]
fn who_reads_on_is_stopped_at_the_next_page() {
    for lab in [Lab::new(), Lab::apart()] {
        // Each page takes a handle; in such a short time the run takes few.
        let (record, _) = lab.platform.install(&reads_on("reads-on").component()).unwrap();
        for (how, end) in ENDS.iter().take(3) {
            lab.grant(WHO, &record.id);
            std::thread::scope(|scope| {
                let run = scope.spawn(|| (code(&lab, &record.id), Instant::now()));
                std::thread::sleep(Duration::from_millis(300));
                end(&lab, &record.id);
                let ended = Instant::now();
                let (code, at) = run.join().unwrap();
                assert_eq!(code, "withdrawn", "{how}");
                let after = at.saturating_duration_since(ended);
                assert!(after < Duration::from_millis(700), "{how}: it went on for {after:?}");
            });
        }
        // The grant expires, too.
        lab.platform.grant(&me(WHO), &record.id, &[], Some(now() + 2)).unwrap();
        let started = Instant::now();
        assert_eq!(code(&lab, &record.id), "withdrawn");
        assert!(started.elapsed() < Duration::from_millis(3_500), "{:?}", started.elapsed());
    }
}

#[test]
fn an_erasure_during_a_run_ends_it() {
    for lab in [Lab::new(), Lab::apart()] {
        let id = lab.install(&spins("erased").component());
        std::thread::scope(|scope| {
            let run = scope.spawn(|| code(&lab, &id));
            std::thread::sleep(Duration::from_millis(400));
            lab.platform.erase(&me(WHO)).unwrap();
            assert_eq!(run.join().unwrap(), "withdrawn");
        });
        assert_eq!(code(&lab, &id), "no-such-person");
    }
}

/// An app that declares its parameters after `turns` turns of a loop.
fn slow_parameters(id: &str, turns: u64) -> Vec<u8> {
    let parameters = format!(
        "(local i64) (local.set 2 (i64.const {turns}))
         (loop $l (br_if $l (i32.wrap_i64 (i64.shr_u
            (local.tee 2 (i64.sub (local.get 2) (i64.const 1))) (i64.const 3)))))
         (i32.const 64)"
    );
    Forged { parameters: &parameters, ..spins(id) }.component()
}

/// Number of turns that currently take about two seconds on this machine.
fn two_seconds(lab: &Lab) -> u64 {
    static MEASURED: AtomicUsize = AtomicUsize::new(0);
    let number = MEASURED.fetch_add(1, Ordering::Relaxed);
    let some: u32 = 200_000_000;
    let id = lab.install(&slow_parameters(&format!("measured-{number}"), some.into()));
    let started = Instant::now();
    lab.platform.parameters(&me(WHO), &id).unwrap();
    let tenths = started.elapsed().as_millis().max(1) / 100 + 1;
    u64::from(some) * 20 / u64::try_from(tenths).unwrap()
}

#[test]
fn what_ends_before_a_run_begins_keeps_it_from_reading() {
    for lab in [Lab::new(), Lab::apart()] {
        let expires: End = |lab, id| {
            lab.platform.grant(&me(WHO), id, &[], Some(now() + 1)).unwrap();
        };
        for (how, end) in
            ENDS.iter().filter(|(how, _)| ["revoke", "pause"].contains(how)).chain([&("expire", expires)])
        {
            // If the machine became faster after the measurement, a run begins before its grant ends; if it
            // became slower, the parameters time out. In either case, measure and try once more.
            let attempt = |number: usize| {
                let turns = two_seconds(&lab);
                let id = lab.install(&slow_parameters(&format!("before-{how}-{number}"), turns));
                let before = lab.platform.audit_entries(&me(WHO)).unwrap().len();
                let ended = std::thread::scope(|scope| {
                    let run = scope.spawn(|| code(&lab, &id));
                    std::thread::sleep(Duration::from_millis(300));
                    end(&lab, &id);
                    run.join().unwrap()
                });
                (before, ended)
            };
            let is_of_the_machine = |ended: &str| ["timed-out", "withdrawn"].contains(&ended);
            let mut attempts = (0..8).map(attempt);
            let (before, ended) = attempts.find(|(_, ended)| !is_of_the_machine(ended)).unwrap();
            assert_eq!(ended, "not-granted", "{how}");
            let since = &lab.platform.audit_entries(&me(WHO)).unwrap()[before..];
            let began = since.iter().any(|logged| matches!(logged.entry.event, AuditEvent::Began { .. }));
            assert!(!began, "{how}: it began");
            assert_eq!(last_run(&lab).1, 0);
        }
        // After narrowing, the app still runs, with the narrower scope.
        let id = lab.install(&slow_parameters("before-narrow", two_seconds(&lab)));
        std::thread::scope(|scope| {
            let run = scope.spawn(|| code(&lab, &id));
            std::thread::sleep(Duration::from_millis(300));
            ENDS[2].1(&lab, &id);
            assert_eq!(run.join().unwrap(), "timed-out");
        });
        let (_, rows, receipt) = last_run(&lab);
        let receipt = lab.platform.receipt(&me(WHO), receipt.unwrap()).unwrap();
        assert_eq!(receipt.scope[&Category::Bank].period, Period::parse("2011").unwrap());
        assert_eq!(rows, 0, "nothing is there of 2011");
    }
}

#[test]
fn an_app_that_another_version_replaced_meanwhile_does_not_begin() {
    let lab = Lab::new();
    let turns = two_seconds(&lab);
    let id = lab.install(&slow_parameters("replaced", turns));
    std::thread::scope(|scope| {
        let run = scope.spawn(|| code(&lab, &id));
        std::thread::sleep(Duration::from_millis(300));
        ENDS[4].1(&lab, &id);
        assert_eq!(run.join().unwrap(), "withdrawn");
    });
    let entries = lab.platform.audit_entries(&me(WHO)).unwrap();
    assert!(!entries.iter().any(|logged| matches!(logged.entry.event, AuditEvent::Began { .. })));
}

/// Runs in an audit chain, checked while reading.
struct Told {
    /// Runs that ended with a view.
    completed: HashSet<ReceiptId>,
    /// Number of runs that ended.
    ended: usize,
}

/// Checks the properties of every audit chain: a run begins before it ends, under a grant that is not
/// withdrawn, and a run with a view ended before its grant was withdrawn.
fn told(entries: &[Logged]) -> Told {
    let mut withdrawn: HashSet<GrantId> = HashSet::new();
    let mut running: HashMap<ReceiptId, GrantId> = HashMap::new();
    let mut told = Told { completed: HashSet::new(), ended: 0 };
    for logged in entries {
        let seq = logged.entry.seq;
        match &logged.entry.event {
            AuditEvent::Grant { grant, change: EventKind::Withdrawn, .. } => drop(withdrawn.insert(*grant)),
            AuditEvent::Began { run, grant, .. } => {
                assert!(!withdrawn.contains(&grant.id), "entry {seq}: begun after its withdrawal");
                assert_eq!(logged.run, None, "entry {seq} has no end");
                running.insert(*run, grant.id);
            }
            AuditEvent::Ran { run: Some(run), outcome, receipt, reads, .. } => {
                let grant =
                    running.remove(run).unwrap_or_else(|| panic!("entry {seq} ends what did not begin"));
                assert_eq!(*receipt, Some(*run));
                told.ended += 1;
                let is_over = withdrawn.contains(&grant);
                assert_eq!(outcome.as_str() == "withdrawn", is_over, "entry {seq}: {outcome}, {reads:?}");
                if outcome.as_str() == "completed" {
                    told.completed.insert(*run);
                }
            }
            _ => {}
        }
    }
    assert!(running.is_empty(), "runs without an end");
    told
}

/// Races withdrawals against runs: in each, a run starts and the grant is withdrawn a moment later. Covers
/// all moments of a run.
fn races(lab: &Lab, count: usize, seed: u64) {
    // Maximum for one person without going to the background.
    const OF_ONE_LOG: usize = 200;
    let (budget, _) = lab.platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
    let id = budget.id.as_str();
    lab.person("measured");
    lab.grant("measured", id);
    lab.run("measured", id).unwrap();
    let started = Instant::now();
    lab.run("measured", id).unwrap();
    let whole = started.elapsed();
    let mut random = Random(seed);
    let (mut raced, mut views, mut stopped) = (0, 0, 0);
    while raced < count {
        let races = OF_ONE_LOG.min(count - raced);
        let person = format!("racer-{raced}");
        lab.person(&person);
        let (start, end) = (Barrier::new(2), Barrier::new(2));
        let mut shown = HashSet::new();
        let mut refused = 0;
        // Assert after both threads have finished: if one panicked, the other would wait at a barrier
        // forever.
        let mut failed = Vec::new();
        let (over, late) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..races {
                    start.wait();
                    let wait = whole.mul_f64(random.below(1_200) as f64 / 1_000.0);
                    let until = Instant::now() + wait;
                    while Instant::now() < until {
                        std::hint::spin_loop();
                    }
                    lab.platform.withdraw(&me(&person), id).unwrap();
                    over.store(true, Ordering::SeqCst);
                    end.wait();
                }
            });
            for _ in 0..races {
                lab.grant(&person, id);
                over.store(false, Ordering::SeqCst);
                start.wait();
                let is_over = over.load(Ordering::SeqCst);
                match lab.run(&person, id) {
                    Ok(output) => {
                        late.fetch_or(is_over, Ordering::SeqCst);
                        shown.insert(output.receipt.id);
                    }
                    Err(PlatformError::NotGranted { .. }) => refused += 1,
                    Err(error) if error.code() == "withdrawn" => {}
                    Err(error) => failed.push(error),
                }
                end.wait();
            }
        });
        assert!(failed.is_empty(), "{failed:?}");
        assert!(!late.load(Ordering::SeqCst), "a run that started after the withdrawal showed something");
        let entries = lab.platform.audit_entries(&me(&person)).unwrap();
        let told = told(&entries);
        assert_eq!(told.completed, shown, "views that left, and views that the log mentions");
        assert_eq!(told.ended + refused, races);
        lab.platform.audit_verify(&me(&person), None).unwrap();
        views += shown.len();
        stopped += told.ended - shown.len();
        raced += races;
        lab.platform.erase(&me(&person)).unwrap();
    }
    eprintln!("{raced} races: {views} views, {stopped} runs stopped, a run takes {whole:?}");
    assert!(views > 0 && stopped > 0, "the withdrawals are not in the midst of the runs");
    // A withdrawal is not the app's fault, and later runs start without a delay.
    assert!(views + stopped > raced / 2, "most races were over before their run began");
}

#[test]
fn withdrawals_race_runs() {
    races(&Lab::new(), times(500, 50_000), 1);
}

#[test]
fn withdrawals_race_runs_apart() {
    races(&Lab::apart(), times(500, 50_000), 2);
}

#[test]
fn many_runs_and_imports_at_once_lose_no_entry() {
    let lab = Lab::new();
    let id = lab.install(&std::fs::read(app("budget")).unwrap());
    let statement = |n: usize| {
        let day = Day(20_000 + i32::try_from(n).unwrap());
        format!(
            r#"[{{"docType":"bankoperation","date":"{day}T00:00:00.000Z","amount":-{n}.28,"raw":"r{n}","title":"t","bankAccount":"a"}}]"#
        )
    };
    let runs = times(60, 1_000);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..runs {
                    assert_eq!(code(&lab, &id), "completed");
                }
            });
        }
        scope.spawn(|| {
            for n in 0..runs {
                lab.platform.import(&me(WHO), "s.json", statement(n).as_bytes()).unwrap();
            }
        });
    });
    let entries = lab.platform.audit_entries(&me(WHO)).unwrap();
    assert_eq!(told(&entries).completed.len(), 3 * runs);
    assert_eq!(lab.platform.receipts_of(&me(WHO)).unwrap().len(), 3 * runs);
    lab.platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn a_run_is_seen_while_it_is_under_way() {
    let lab = Lab::new();
    let id = lab.install(&spins("seen").component());
    std::thread::scope(|scope| {
        let run = scope.spawn(|| code(&lab, &id));
        std::thread::sleep(Duration::from_millis(400));
        let last = lab.platform.audit_entries(&me(WHO)).unwrap().pop().unwrap();
        assert!(matches!(last.entry.event, AuditEvent::Began { .. }), "{last:?}");
        assert_eq!(last.run, Some(RunState::UnderWay));
        assert_eq!(run.join().unwrap(), "timed-out");
    });
    let began = lab.platform.audit_entries(&me(WHO)).unwrap().into_iter().rev().nth(1).unwrap();
    assert_eq!(began.run, None, "{began:?}");
}
