//! Host functions called with random values.
//!
//! A forged app contains a pseudo-random generator, seeded with the day it sees. In one mode it stays within
//! its types, so that a run makes as many calls as allowed. In the other it makes up handles and addresses,
//! and the run ends at the first invalid one.

use crate::forge::{Forged, bank_and, reader};
use crate::lab::{Lab, PEOPLE, times};
use crate::support::me;
use mesinfos_model::Day;
use mesinfos_platform::{PlatformError, RunInput};

const BANK: &str = "mesinfos:data/bank@0.1.0";

/// Rounds of one run: within its limits on calls and time.
const ROUNDS: usize = 20_000;

/// `$rnd` leaves the next number (xorshift). 16 readers are stored at address 1024; 0 means none.
const GENERATOR: &str = r"
  (global $s (mut i32) (i32.const 1)) (global $n (mut i32) (i32.const 0))
  (func $rnd (result i32)
    (global.set $s (i32.xor (global.get $s) (i32.shl (global.get $s) (i32.const 13))))
    (global.set $s (i32.xor (global.get $s) (i32.shr_u (global.get $s) (i32.const 17))))
    (global.set $s (i32.xor (global.get $s) (i32.shl (global.get $s) (i32.const 5))))
    (global.get $s))
  (func $bit (result i32) (i32.and (call $rnd) (i32.const 1)))
  (func $slot (result i32)
    (i32.add (i32.const 1024) (i32.shl (i32.and (call $rnd) (i32.const 15)) (i32.const 2))))";

/// Seed from year, month and day. Never 0, a fixed point of the generator.
const SEED: &str = "(global.set $s (i32.or (i32.const 1) (i32.mul (i32.const 0x9e3779b1)
    (i32.add (i32.mul (local.get 2) (i32.const 400))
      (i32.add (i32.mul (local.get 3) (i32.const 32)) (local.get 4))))))";

fn head() -> String {
    let ty = "(func $amount (param i32 i32))";
    let label = "(func $label (param i32 i32))";
    bank_and(&[
        (BANK, "[method]page.amount", ty),
        (BANK, "[method]page.label", label),
        (BANK, "[resource-drop]page", "(func $drop-page (param i32))"),
    ])
}

/// Opens, reads and drops in random order, as often as requested.
fn within_types() -> String {
    format!(
        "{SEED} (global.set $n (i32.const {ROUNDS}))
         (loop $l
           (local.set 7 (call $slot))
           (block $done
             (if (i32.eqz (i32.load (local.get 7))) (then
               (i32.store (local.get 7) (call $open (call $bit) (call $rnd) (call $bit) (call $rnd)))
               (br $done)))
             (if (i32.eqz (i32.and (call $rnd) (i32.const 7))) (then
               (call $drop (i32.load (local.get 7)))
               (i32.store (local.get 7) (i32.const 0))
               (br $done)))
             (call $next (i32.load (local.get 7)) (i32.const 128))
             (br_if $done (i32.load8_u (i32.const 128)))
             (br_if $done (i32.eqz (i32.load8_u (i32.const 132))))
             (local.set 7 (i32.load (i32.const 136)))
             (drop (call $rows (local.get 7)))
             (if (call $bit) (then (call $amount (local.get 7) (i32.const 192))))
             (if (call $bit) (then (call $label (local.get 7) (i32.const 192))))
             (call $drop-page (local.get 7)))
           (global.set $n (i32.sub (global.get $n) (i32.const 1)))
           (br_if $l (global.get $n)))
         (i32.const 64)"
    )
}

/// Calls functions with arbitrary values.
fn whatever() -> String {
    format!(
        "{SEED}
         (loop $l
           (block $six (block $five (block $four (block $three (block $two (block $one (block $zero
             (br_table $zero $one $two $three $four $five $six (i32.rem_u (call $rnd) (i32.const 7))))
             (drop (call $open (call $rnd) (call $rnd) (call $rnd) (call $rnd))) (br $l))
             (call $next (call $rnd) (call $rnd)) (br $l))
             (drop (call $rows (call $rnd))) (br $l))
             (call $drop (i32.and (call $rnd) (i32.const 7))) (br $l))
             (call $amount (i32.and (call $rnd) (i32.const 7)) (call $rnd)) (br $l))
             (call $drop-page (call $rnd)) (br $l))
             (drop (call $open (call $bit) (call $rnd) (call $bit) (call $rnd))) (br $l))
         (i32.const 64)"
    )
}

fn outcome(lab: &Lab, id: &str, seed: i32) -> &'static str {
    let input = RunInput { params: Vec::new() };
    match lab.platform.run(&me(PEOPLE[0]).on(Some(Day(seed))), id, &input) {
        Ok(_) => "completed",
        Err(PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. }) => outcome.code(),
        Err(other) => panic!("{seed}: {other}"),
    }
}

fn any_values(lab: &Lab, calls: usize, wild: usize) {
    let head = head();
    let (tame_run, wild_run) = (within_types(), whatever());
    let forged = |id, run| Forged { head: &head, fields: GENERATOR, ..reader(id, run) };
    let tame = lab.install(&forged("any-values", &tame_run).component());
    let any = lab.install(&forged("any-handles", &wild_run).component());
    let witness = lab.install(&reader("any-witness", "(i32.const 64)").component());
    for seed in 1..=calls.div_ceil(ROUNDS) {
        let ended = outcome(lab, &tame, i32::try_from(seed).unwrap());
        assert_eq!(ended, "invalid-view", "seed {seed}: what its types allow is no reason to stop it");
    }
    for seed in 1..=wild {
        let ended = outcome(lab, &any, i32::try_from(seed).unwrap());
        assert!(["trapped", "too-many-handles"].contains(&ended), "seed {seed}: {ended}");
    }
    assert_eq!(outcome(lab, &witness, 1), "invalid-view", "and the next one runs");
    eprintln!("{} calls with any values, {wild} runs with any handles", calls.div_ceil(ROUNDS) * ROUNDS);
}

#[test]
fn functions_of_the_host_take_any_values() {
    any_values(&Lab::new(), times(20_000, 10_000_000), times(6, 60));
}

#[test]
fn functions_of_the_host_take_any_values_apart() {
    any_values(&Lab::apart(), times(20_000, 1_000_000), times(6, 60));
}
