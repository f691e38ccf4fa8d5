//! Attacks on the runtime with components that no compiler emits. Each ends in an outcome of the closed list,
//! in bounded time, without affecting an honest app beside it.

use crate::forge::{Forged, OPEN, reader};
use crate::lab::{Lab, PEOPLE, times};
use crate::support::app;
use mesinfos_platform::runtime::Outcome;
use std::time::{Duration, Instant};

/// An app that imports `bank`, so that it can be granted, and does something else.
fn other<'a>(id: &'a str, fields: &'a str, run: &'a str) -> Forged<'a> {
    Forged { fields, ..reader(id, run) }
}

/// An app with its own memory and allocator.
fn unusual<'a>(id: &'a str, fields: &'a str) -> Forged<'a> {
    Forged { fields, usual: false, ..reader(id, "(i32.const 64)") }
}

#[test]
fn every_attack_ends_in_its_outcome() {
    attack(&Lab::new());
}

#[test]
fn every_attack_ends_in_its_outcome_apart() {
    attack(&Lab::apart());
}

fn attack(lab: &Lab) {
    let honest = lab.install(&std::fs::read(app("budget")).unwrap());
    let after_drop = format!(
        "(local.set 7 {OPEN}) (call $drop (local.get 7)) (call $next (local.get 7) (i32.const 128)) (i32.const 64)"
    );
    let twice =
        format!("(local.set 7 {OPEN}) (call $drop (local.get 7)) (call $drop (local.get 7)) (i32.const 64)");
    let confused = format!("(drop (call $rows {OPEN})) (i32.const 64)");
    let handles = format!("(loop $l (drop {OPEN}) (br $l)) (i32.const 64)");
    let answer_outside = format!("(call $next {OPEN} (i32.const -8)) (i32.const 64)");
    let answer_odd = format!("(call $next {OPEN} (i32.const 129)) (i32.const 64)");
    let realloc = |body: &str| {
        format!(
            r#"(memory (export "memory") 2)
               (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) {body})"#
        )
    };
    let outside = realloc("(i32.const -64)");
    let odd = realloc("(i32.const 4097)");
    let spins = realloc("(loop $l (br $l)) (i32.const 0)");
    let calls_out = realloc(&format!("(drop {OPEN}) (i32.const 4096)"));
    let text = |ptr: i64, len: i64| {
        format!(
            "(i32.store8 (i32.const 300) (i32.const 255)) (i32.store (i32.const 72) (i32.const {ptr}))
             (i32.store (i32.const 76) (i32.const {len})) (i32.const 64)"
        )
    };
    let (no_utf8, endless, wrapped) = (text(300, 1), text(300, 0xffff_ffff), text(-1, 2));
    let cases: Vec<(Forged, &str)> = vec![
        (other("start-spin", "(func $spin (loop $l (br $l))) (start $spin)", "(i32.const 64)"), "timed-out"),
        (reader("spin", "(loop $l (br $l)) (i32.const 64)"), "timed-out"),
        (
            reader("grow", "(loop $l (drop (memory.grow (i32.const 16))) (br $l)) (i32.const 64)"),
            "out-of-memory",
        ),
        (
            other(
                "grow-table",
                "(table $t 1 funcref)",
                "(loop $l (drop (table.grow $t (ref.null func) (i32.const 1000))) (br $l)) (i32.const 64)",
            ),
            "out-of-memory",
        ),
        (other("wide-table", "(table 1000000 funcref)", "(i32.const 64)"), "out-of-memory"),
        (
            unusual(
                "wide-memory",
                r#"(memory (export "memory") 2000)
                   (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))"#,
            ),
            "out-of-memory",
        ),
        (other("recurse", "(func $f (call $f))", "(call $f) (i32.const 64)"), "stack-overflow"),
        (reader("handles", &handles), "too-many-handles"),
        (reader("forged-handle", "(call $next (i32.const 77) (i32.const 128)) (i32.const 64)"), "trapped"),
        (reader("after-drop", &after_drop), "trapped"),
        (reader("drop-twice", &twice), "trapped"),
        (reader("confused-handle", &confused), "trapped"),
        (reader("answer-outside", &answer_outside), "trapped"),
        (reader("answer-odd", &answer_odd), "trapped"),
        (unusual("realloc-outside", &outside), "trapped"),
        (unusual("realloc-odd", &odd), "trapped"),
        (unusual("realloc-spins", &spins), "timed-out"),
        (unusual("realloc-calls-out", &calls_out), "trapped"),
        (reader("no-utf8", &no_utf8), "trapped"),
        (reader("endless-text", &endless), "trapped"),
        (reader("wrapped-text", &wrapped), "trapped"),
        (reader("view-outside", "(i32.const -16)"), "trapped"),
        (reader("view-odd", "(i32.const 65)"), "trapped"),
        (reader("no-such-case", "(i32.store8 (i32.const 64) (i32.const 9)) (i32.const 64)"), "trapped"),
        (reader("empty-view", "(i32.const 64)"), "invalid-view"),
    ];
    for (forged, expected) in &cases {
        let id = lab.install(&forged.component());
        let started = Instant::now();
        let outcome = lab.outcome("camille", &id);
        assert_eq!(outcome, *expected, "{id}");
        assert!(Outcome::CODES.contains(&outcome));
        assert!(started.elapsed() < Duration::from_secs(15), "{id} took {:?}", started.elapsed());
        assert_eq!(lab.outcome("camille", &honest), "completed", "after {id}");
    }
}

/// Leaves a mark in memory, a global and a table. Traps if one of the marks is there at the start.
const MAILMAN: &str = r#"
  (global $g (mut i64) (i64.const 0))
  (table $t 8 funcref)
  (elem declare func $mark)
  (func $mark)
  (func $look
    (if (i64.ne (global.get $g) (i64.const 0)) (then unreachable))
    (if (i64.ne (i64.load (i32.const 60000)) (i64.const 0)) (then unreachable))
    (if (i32.eqz (ref.is_null (table.get $t (i32.const 3)))) (then unreachable))
    (global.set $g (i64.const 0x4341_4e41_5259))
    (i64.store (i32.const 60000) (i64.const 0x4341_4e41_5259))
    (table.set $t (i32.const 3) (ref.func $mark)))
"#;

#[test]
fn nothing_is_there_from_the_run_before() {
    look_for_letters(&Lab::new());
}

#[test]
fn nothing_is_there_from_the_run_before_apart() {
    look_for_letters(&Lab::apart());
}

fn look_for_letters(lab: &Lab) {
    let mailman = lab.install(&other("mailman", MAILMAN, "(call $look) (i32.const 64)").component());
    for run in 0..times(200, 10_000) {
        let person = PEOPLE[run / 3 % 2];
        assert_eq!(lab.outcome(person, &mailman), "invalid-view", "run {run}: \"trapped\" is a letter found");
    }
}

#[test]
fn fresh_memory_has_no_foreign_bytes() {
    let lab = Lab::new();
    // Write all of 60 MiB.
    let fill = "(drop (memory.grow (i32.const 950)))
        (memory.fill (i32.const 131072) (i32.const 165) (i32.const 62259200)) (i32.const 64)";
    // Read all of 60 MiB.
    let scan = "(drop (memory.grow (i32.const 950))) (local.set 7 (i32.const 131072))
        (loop $l
          (if (i64.ne (i64.load (local.get 7)) (i64.const 0)) (then unreachable))
          (local.set 7 (i32.add (local.get 7) (i32.const 8)))
          (br_if $l (i32.lt_u (local.get 7) (i32.const 62390272))))
        (i32.const 64)";
    let (fill, scan) = (reader("fill", fill), reader("scan", scan));
    let (fill, scan) = (lab.install(&fill.component()), lab.install(&scan.component()));
    for run in 0..times(20, 1_000) {
        assert_eq!(lab.outcome("camille", &fill), "invalid-view", "run {run}");
        assert_eq!(
            lab.outcome("dominique", &scan),
            "invalid-view",
            "run {run}: \"trapped\" is a foreign byte"
        );
    }
}

#[test]
fn what_the_sandbox_has_no_use_for_is_refused() {
    let lab = Lab::new();
    for (id, fields) in [
        ("second-memory", "(memory 1)"),
        ("memory64", "(memory i64 1)"),
        ("shared-memory", "(memory 1 2 shared)"),
        ("gc", "(type (struct (field i32)))"),
        ("exceptions", "(tag)"),
        ("tail-call", "(func $f (return_call $f))"),
        ("relaxed-simd", "(func (param v128) (drop (i32x4.relaxed_trunc_f32x4_s (local.get 0))))"),
    ] {
        // Built without validation, as an attacker would.
        let component = other(id, fields, "(i32.const 64)").unchecked();
        let refused = lab.platform.install(&component).map(|_| ()).unwrap_err();
        assert_eq!(refused.code(), "refused", "{id}: {refused}");
    }
}

#[test]
fn a_manifest_cannot_claim_less_or_more_than_the_code() {
    let problems = |forged: &Forged| {
        let (check, _) = mesinfos_platform::check(&forged.component());
        check.problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let run = format!("(drop {OPEN}) (i32.const 64)");
    let base = reader("claims", &run);
    assert_eq!(problems(&base), [""; 0]);
    assert_eq!(problems(&Forged { reads: &[], ..reader("less", &run) }), ["undeclared"]);
    let more = Forged { reads: &[("bank", "required"), ("energy", "optional")], ..reader("more", &run) };
    assert_eq!(problems(&more), ["unused"]);
    let missing = base.bare();
    let (check, _) = mesinfos_platform::check(&missing);
    assert_eq!(check.problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["manifest"]);
}
