//! Honest and hostile apps at the same time: the honest ones must not notice.

use crate::forge::{Forged, OPEN, reader};
use crate::lab::{Lab, PEOPLE, times};
use crate::support::app;
use mesinfos_platform::PlatformError;
use mesinfos_platform::runtime::Outcome;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// People who run honest apps, one run after another with a pause.
const HONEST: [&str; 4] = [PEOPLE[0], PEOPLE[1], "eden", "florence"];
const PAUSE: Duration = Duration::from_millis(100);

/// Maximum slowdown of the slowest percentile of honest runs beside hostile ones.
const WORSE: f64 = 1.2;

/// Attacks on other apps' resources, each repeated by its own thread.
fn hostile() -> Vec<(Forged<'static>, &'static [&'static str])> {
    let churn = Box::leak(format!("(loop $l (call $drop {OPEN}) (br $l)) (i32.const 64)").into_boxed_str());
    let read = Box::leak(
        format!(
            "(local.set 7 {OPEN}) (loop $l (call $next (local.get 7) (i32.const 128)) (br $l)) (i32.const 64)"
        )
        .into_boxed_str(),
    );
    vec![
        (reader("mixed-spin", "(loop $l (br $l)) (i32.const 64)"), &["timed-out"]),
        (reader("mixed-spin-too", "(local.set 7 (i32.const 1)) (loop $l (br $l)) (i32.const 64)"), &["timed-out"]),
        (
            reader(
                "mixed-touch",
                "(drop (memory.grow (i32.const 950))) (loop $l
                 (memory.fill (i32.const 131072) (i32.const 165) (i32.const 62259200)) (br $l)) (i32.const 64)",
            ),
            &["timed-out"],
        ),
        (reader("mixed-churn", churn), &["too-many-calls", "timed-out"]),
        (reader("mixed-read", read), &["too-many-calls", "timed-out", "too-many-rows"]),
        (reader("mixed-trap", "unreachable"), &["trapped"]),
        (Forged { fields: "(func $f (call $f))", ..reader("mixed-recurse", "(call $f) (i32.const 64)") }, &["stack-overflow"]),
        // Never stopped, so never on probation: as cheap as an honest app, but without pauses.
        (reader("mixed-nothing", "(i32.const 64)"), &["invalid-view"]),
    ]
}

fn run(lab: &Lab, person: &str, id: &str) -> Result<Duration, &'static str> {
    let started = Instant::now();
    match lab.run(person, id) {
        Ok(_) => Ok(started.elapsed()),
        Err(PlatformError::Ended { outcome, .. }) => Err(outcome.code()),
        Err(PlatformError::Busy) => Err("busy"),
        Err(other) => panic!("{id}: {other}"),
    }
}

/// Runs honest apps for `long`, beside these hostile apps. Returns the durations of the honest runs.
fn load(lab: &Lab, long: Duration, honest: &str, hostile: &[(String, &[&str])]) -> Vec<Duration> {
    let (took, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for (id, expected) in hostile {
            let over = &over;
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let code = run(lab, id, id).map_or_else(|code| code, |_| "completed");
                    // A background run may time out.
                    let late = ["busy", "timed-out"].contains(&code);
                    assert!(late || expected.contains(&code), "{id}: {code}");
                    assert!(code == "busy" || Outcome::CODES.contains(&code));
                }
            });
        }
        let until = Instant::now() + long;
        let honest: Vec<_> = HONEST
            .into_iter()
            .map(|person| {
                let took = &took;
                scope.spawn(move || {
                    while Instant::now() < until {
                        let one = run(lab, person, honest).expect("an honest run");
                        took.lock().unwrap().push(one);
                        std::thread::sleep(PAUSE);
                    }
                })
            })
            .collect();
        for thread in honest {
            thread.join().unwrap();
        }
        over.store(true, Ordering::Relaxed);
    });
    took.into_inner().unwrap()
}

fn percentile(took: &mut [Duration], of_hundred: usize) -> f64 {
    took.sort_unstable();
    took[(took.len() * of_hundred / 100).min(took.len() - 1)].as_secs_f64() * 1e3
}

#[test]
fn honest_apps_do_not_notice_hostile_ones() {
    let lab = Lab::apart();
    let honest = lab.install(&std::fs::read(app("budget")).unwrap());
    for person in &HONEST[PEOPLE.len()..] {
        lab.person(person);
        lab.grant(person, &honest);
    }
    // Each hostile app has its own person, named after its id.
    let install = |(forged, codes): (Forged, _)| {
        let id = lab.install(&forged.component());
        lab.person(&id);
        lab.grant(&id, &id);
        (id, codes)
    };
    let hostile: Vec<_> = hostile().into_iter().map(install).collect();
    // Alternate, so that a slow moment of the machine affects both.
    let (rounds, long) = (times(1, 30), Duration::from_secs(times(2, 30) as u64));
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        alone.extend(load(&lab, long, &honest, &[]));
        beside.extend(load(&lab, long, &honest, &hostile));
    }
    let [p50, p99] = [50, 99].map(|p| (percentile(&mut alone, p), percentile(&mut beside, p)));
    eprintln!(
        "honest runs: {} alone, {} beside hostile ones; p50 {:.1} and {:.1} ms, p99 {:.1} and {:.1} ms, ratio {:.2}",
        alone.len(),
        beside.len(),
        p50.0,
        p50.1,
        p99.0,
        p99.1,
        p99.1 / p99.0
    );
    // In long runs only: two seconds on a busy machine prove nothing.
    assert!(rounds == 1 || p99.1 <= WORSE * p99.0);
}
