//! Floods of parameters, notes, calls and instances. Each ends in an outcome of the closed list.

use crate::forge::{Forged, OPEN, bank_and, reader};
use crate::lab::{Lab, PEOPLE};
use crate::support::app;
use mesinfos_platform::PlatformError;
use mesinfos_platform::runtime::limits;
use std::time::{Duration, Instant};

const NOTE: (&str, &str, &str) = ("mesinfos:app/log@0.1.0", "note", "(func $note (param i32 i32))");

/// A memory of six megabytes.
const ROOMY: &str = r#"(memory (export "memory") 100)
   (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))"#;

#[test]
fn a_flood_of_parameters_ends_in_its_outcome() {
    flood_of_parameters(&Lab::new());
}

#[test]
fn a_flood_of_parameters_ends_in_its_outcome_apart() {
    flood_of_parameters(&Lab::apart());
}

fn flood_of_parameters(lab: &Lab) {
    let honest = lab.install(&std::fs::read(app("budget")).unwrap());
    let list = |address: u32, length: u32| {
        format!(
            "(i32.store (i32.const 64) (i32.const {address})) (i32.store (i32.const 68) (i32.const {length}))
             (i32.const 64)"
        )
    };
    // The first text of the first parameter: its id.
    let text = |length: u32| {
        format!(
            "(memory.fill (i32.const 65536) (i32.const 97) (i32.const {length}))
             (i32.store (i32.const 1024) (i32.const 65536)) (i32.store (i32.const 1028) (i32.const {length}))
             {}",
            list(1024, 1)
        )
    };
    let (thousands, endless, outside) = (list(1024, 5_000), list(1024, 0x1000_0000), list(6_553_592, 5_000));
    let (long, huge) = (text(100_000), text(5 << 20));
    let call = format!("(drop {OPEN}) (loop $l (br_if $l {OPEN})) (i32.const 64)");
    for (id, parameters, expected) in [
        ("params-thousands", &thousands[..], "invalid-view"),
        ("params-endless", &endless, "trapped"),
        ("params-outside", &outside, "trapped"),
        // Its label is empty.
        ("params-long", &long, "invalid-view"),
        ("params-huge", &huge, "output-too-large"),
        ("params-trap", "unreachable", "trapped"),
        (
            "params-grow",
            "(loop $l (drop (memory.grow (i32.const 16))) (br $l)) (i32.const 64)",
            "out-of-memory",
        ),
        // Readers exist as in a run, and are empty.
        ("params-call", &call, "too-many-handles"),
    ] {
        let forged = Forged { parameters, fields: ROOMY, usual: false, ..reader(id, "(i32.const 64)") };
        let id = lab.install(&forged.component());
        assert_eq!(lab.outcome(PEOPLE[0], &id), expected, "{id}");
        assert_eq!(lab.outcome(PEOPLE[0], &honest), "completed", "after {id}");
    }
}

/// Outcome code of a run, "busy" included.
fn code(lab: &Lab, person: &str, id: &str) -> &'static str {
    lab.run(person, id).map_or_else(|error| error.code(), |_| "completed")
}

#[test]
fn an_app_that_spins_over_its_parameters_is_on_probation() {
    for lab in [Lab::new(), Lab::apart()] {
        let honest = lab.install(&std::fs::read(app("budget")).unwrap());
        let parameters = "(loop $l (br $l)) (i32.const 64)";
        let id = lab.install(&Forged { parameters, ..reader("params-spin", "(i32.const 64)") }.component());
        assert_eq!(code(&lab, PEOPLE[0], &id), "timed-out");
        // From here on, their runs start one at a time with a delay: a concurrent one times out.
        let mut codes = std::thread::scope(|scope| {
            let both = [PEOPLE[0]; 2].map(|person| scope.spawn(|| code(&lab, person, &id)));
            assert_eq!(code(&lab, PEOPLE[0], &honest), "completed", "meanwhile");
            both.map(|run| run.join().unwrap())
        });
        codes.sort_unstable();
        assert_eq!(codes, ["busy", "timed-out"]);
    }
}

/// A stopped run of one person must not be visible in the duration of another person's run.
#[test]
fn an_app_that_was_stopped_for_one_person_starts_at_once_for_another() {
    for lab in [Lab::new(), Lab::apart()] {
        let id = lab.install(&reader("stopped-for-one", "unreachable").component());
        let took = |person| {
            let began = Instant::now();
            assert_eq!(lab.outcome(person, &id), "trapped");
            began.elapsed()
        };
        took(PEOPLE[0]);
        assert!(took(PEOPLE[0]) >= Duration::from_millis(250), "their runs start late from now on");
        assert!(took(PEOPLE[1]) < Duration::from_millis(250), "another's does not");
    }
}

#[test]
fn a_flood_of_notes_is_cut_and_ends() {
    let head = bank_and(&[NOTE]);
    let imports = &["bank", "mesinfos:app/log@0.1.0"];
    let note = |length: u32| {
        format!("(loop $l (call $note (i32.const 65536) (i32.const {length})) (br $l)) (i32.const 64)")
    };
    let (short, long, huge) = (note(1), note(1 << 20), note(5 << 20));
    for lab in [Lab::new(), Lab::apart()] {
        for (id, run, expected) in [
            ("notes-many", &short, &["too-many-calls"][..]),
            ("notes-long", &long, &["timed-out", "too-many-calls"]),
            ("notes-huge", &huge, &["output-too-large"]),
        ] {
            let forged = Forged { imports, head: &head, fields: ROOMY, usual: false, ..reader(id, run) };
            let id = lab.install(&forged.component());
            let started = Instant::now();
            match lab.run(PEOPLE[0], &id) {
                Err(PlatformError::Ended { outcome, log, .. }) => {
                    assert!(expected.contains(&outcome.code()), "{id}: {outcome}");
                    assert!(log.len() <= limits::NOTES, "{id}: {} bytes of notes", log.len());
                }
                other => panic!("{id}: {other:?}"),
            }
            assert!(started.elapsed() < Duration::from_secs(15), "{id} took {:?}", started.elapsed());
        }
    }
}
