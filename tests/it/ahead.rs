//! Prefetch of pages: the rows an app gets and its receipt are the same in this process and in a runner.

use crate::forge::{Forged, OPEN, bank_and, reader};
use crate::lab::Lab;
use crate::support::me;
use mesinfos_model::Category;

/// Next page of the reader in local 7, or of the reader at address 512. Leaves 0 on the stack if there is
/// none.
const NEXT: &str = "(call $next (local.get 7) (i32.const 128)) (i32.load8_u (i32.const 132))";
const OTHER: &str = "(call $next (i32.load (i32.const 512)) (i32.const 128)) (i32.load8_u (i32.const 132))";

/// Rows and digest read by an app, from its newest receipt.
fn read(lab: &Lab, id: &str) -> (u64, String) {
    assert_eq!(lab.outcome("camille", id), "invalid-view", "{id} has nothing to show");
    let receipts = lab.platform.receipts_of(&me("camille")).unwrap();
    let receipt = receipts.into_iter().rfind(|receipt| receipt.app.id.as_str() == id).unwrap();
    let reads = receipt.reads[&Category::Bank];
    (reads.rows, reads.digest.to_string())
}

#[test]
fn receipts_say_the_same_on_both_sides_of_the_wall() {
    let all = format!("(local.set 7 {OPEN}) (loop $l {NEXT} (br_if $l)) (i32.const 64)");
    let first = format!("(local.set 7 {OPEN}) (drop (block (result i32) {NEXT})) (i32.const 64)");
    let none = format!("(drop {OPEN}) (i32.const 64)");
    // Alternate between two readers; finish the second one, then the first one.
    let turns = format!(
        "(local.set 7 {OPEN}) (i32.store (i32.const 512) {OPEN})
         (loop $l (drop (block (result i32) {NEXT})) {OTHER} (br_if $l))
         (loop $l {NEXT} (br_if $l)) (i32.const 64)"
    );
    // More readers than prefetch, each for its first page; none is closed.
    let many = format!(
        "(i32.store (i32.const 516) (i32.const 30))
         (loop $l (local.set 7 {OPEN}) (drop (block (result i32) {NEXT}))
           (i32.store (i32.const 516) (i32.sub (i32.load (i32.const 516)) (i32.const 1)))
           (br_if $l (i32.load (i32.const 516)))) (i32.const 64)"
    );
    // Close each reader while pages are under way: the next reader must not get them.
    let closed = format!(
        "(i32.store (i32.const 516) (i32.const 20))
         (loop $l (local.set 7 {OPEN}) (drop (block (result i32) {NEXT})) (call $drop (local.get 7))
           (i32.store (i32.const 516) (i32.sub (i32.load (i32.const 516)) (i32.const 1)))
           (br_if $l (i32.load (i32.const 516)))) (i32.const 64)"
    );
    let cases = [
        ("all", &all),
        ("first", &first),
        ("none", &none),
        ("turns", &turns),
        ("many", &many),
        ("closed", &closed),
    ];
    let here = Lab::new();
    // Ask for the date field: without it, all months are one page.
    let head = bank_and(&[("mesinfos:data/bank@0.1.0", "[method]page.booked-on", "(func (param i32 i32))")]);
    let ids = cases.map(|(id, run)| here.install(&Forged { head: &head, ..reader(id, run) }.component()));
    let read_here = ids.each_ref().map(|id| read(&here, id));
    let apart = here.behind_the_wall();
    assert_eq!(ids.each_ref().map(|id| read(&apart, id)), read_here);
    let [all, first, none, turns, many, closed] = read_here.map(|(rows, _)| rows);
    assert!(0 < first && first < all, "what was asked for ahead counts, and no more: {first} of {all}");
    assert_eq!((none, turns), (0, 2 * all));
    assert!(many > 30 && closed > 20);
}
