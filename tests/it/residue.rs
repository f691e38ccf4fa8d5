//! No run finds data of a previous one: not in memory, globals or tables.

use crate::forge::{Forged, reader};
use crate::lab::{Lab, times};

/// As many as fit with the rest: a store allows far more globals than an app needs.
const GLOBALS: usize = 2_000;
const TABLE: usize = 19_000;
/// Initial memory pages, and address and length of the data segment.
const PAGES: usize = 900;
const SEGMENT: (usize, usize) = (131_072, 100);

/// Memory with a data segment, and globals and a table without initial values.
fn fields(more: &str) -> String {
    let globals: String = (0..GLOBALS).map(|i| format!("(global $g{i} (mut i64) (i64.const 0))")).collect();
    format!(
        r#"(memory (export "memory") {PAGES})
           (data (i32.const {}) "{}")
           (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
           {globals} (table $t {TABLE} funcref) (elem declare func $mark) (func $mark) {more}"#,
        SEGMENT.0,
        "x".repeat(SEGMENT.1)
    )
}

/// Fills memory, globals and table.
fn fill() -> String {
    let globals: String =
        (0..GLOBALS).map(|i| format!("(global.set $g{i} (i64.const 0x4341_4e41_5259))")).collect();
    fields(&format!(
        "(func $all {globals}
           (table.fill $t (i32.const 0) (ref.func $mark) (i32.const {TABLE}))
           (memory.fill (i32.const 65536) (i32.const 165) (i32.const {})))",
        (PAGES - 1) << 16
    ))
}

/// Scans memory, globals and table, and traps on anything except the data segment.
fn scan() -> String {
    let globals: String = (0..GLOBALS)
        .map(|i| format!("(if (i64.ne (global.get $g{i}) (i64.const 0)) (then unreachable))"))
        .collect();
    let memory = |from: usize, until: usize| {
        format!(
            "(local.set 0 (i32.const {from}))
             (loop $l
               (if (i32.load8_u (local.get 0)) (then unreachable))
               (local.set 0 (i32.add (local.get 0) (i32.const 1)))
               (br_if $l (i32.lt_u (local.get 0) (i32.const {until}))))"
        )
    };
    let (before, after) = (memory(65_536, SEGMENT.0), memory(SEGMENT.0 + SEGMENT.1, PAGES << 16));
    fields(&format!(
        "(func $all (local i32) {globals}
           (loop $t
             (if (i32.eqz (ref.is_null (table.get $t (local.get 0)))) (then unreachable))
             (local.set 0 (i32.add (local.get 0) (i32.const 1)))
             (br_if $t (i32.lt_u (local.get 0) (i32.const {TABLE}))))
           {before} {after})"
    ))
}

#[test]
fn fresh_globals_tables_and_memory_hold_nothing() {
    look(&Lab::new());
}

#[test]
fn fresh_globals_tables_and_memory_hold_nothing_apart() {
    look(&Lab::apart());
}

fn look(lab: &Lab) {
    let run = "(call $all) (i32.const 64)";
    let app = |id, fields: &str| Forged { fields, usual: false, ..reader(id, run) }.component();
    let (fill, scan) = (lab.install(&app("fill-all", &fill())), lab.install(&app("scan-all", &scan())));
    for run in 0..times(10, 1_000) {
        assert_eq!(lab.outcome("camille", &fill), "invalid-view", "run {run}");
        let found = lab.outcome("dominique", &scan);
        assert_eq!(found, "invalid-view", "run {run}: \"trapped\" is something foreign");
    }
}
