//! Components with random byte changes: inspecting one never panics. An accepted one requests nothing that
//! its binary does not import, and its run ends in an outcome of the closed list.

use crate::forge::{Forged, OPEN, reader};
use crate::lab::{Lab, times};
use crate::support::app;
use mesinfos_platform::runtime::{Outcome, inspect};

/// SplitMix64, so that mutants are reproducible.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

fn mutant(base: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = base.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + random.below(32)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            2 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let from = random.below(bytes.len());
                bytes[at] = bytes[from];
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

#[test]
fn looking_at_a_mutant_never_panics() {
    let run = format!("(drop {OPEN}) (i32.const 64)");
    let mut apps = vec![reader("small", &run).component()];
    apps.extend(["budget", "conso", "forfait"].map(|name| std::fs::read(app(name)).unwrap()));
    let asks: Vec<_> = apps.iter().map(|bytes| inspect(bytes).request.categories).collect();
    let mut random = Random(1);
    let (mut taken, count) = (0, times(700, 70_000));
    for round in 0..count {
        // Inspecting a small one takes a hundredth of the time.
        let which = if round % 10 == 0 { 1 + round / 10 % 3 } else { 0 };
        let inspection = inspect(&mutant(&apps[which], &mut random));
        if inspection.ok() {
            taken += 1;
            // Its manifest names all requested categories.
            let manifest = inspection.manifest.unwrap();
            assert!(inspection.request.categories.keys().all(|category| manifest.read(*category).is_some()));
            assert!(inspection.request.categories.keys().all(|category| asks[which].contains_key(category)));
        }
    }
    eprintln!("{taken} of {count} mutants were taken");
}

/// Installs a component, and runs it if it is accepted and reads something. Returns the outcome, from the
/// closed list.
pub(crate) fn run_if_taken(lab: &Lab, component: &[u8]) -> Option<&'static str> {
    let (record, inspection) = lab.platform.install(component).ok()?;
    if inspection.request.categories.is_empty() {
        return None;
    }
    lab.grant("camille", &record.id);
    let outcome = lab.outcome("camille", &record.id);
    assert!(Outcome::CODES.contains(&outcome), "{outcome}");
    Some(outcome)
}

#[test]
fn a_mutant_that_is_taken_runs_to_an_outcome() {
    let run = format!(
        "(call $next {OPEN} (i32.const 128)) (drop (call $rows (i32.load (i32.const 136)))) (i32.const 64)"
    );
    let base = reader("mutant", &run).bare();
    let mut random = Random(2);
    for (lab, count) in [(Lab::new(), times(200, 5_000)), (Lab::apart(), times(100, 1_000))] {
        let honest = lab.install(&std::fs::read(app("budget")).unwrap());
        let mut ran = 0;
        for round in 0..count {
            // A unique name: only one component per name and version can be installed.
            let id = format!("mutant-{round}");
            let forged = Forged { id: &id, ..reader("", "") };
            let mutant = mutant(&base, &mut random);
            // A mutant truncated within a section swallows the manifest.
            ran += usize::from(run_if_taken(&lab, &forged.with_manifest(&mutant)).is_some());
        }
        assert!(ran > 0, "no mutant was taken");
        assert_eq!(lab.outcome("camille", &honest), "completed");
        eprintln!("{ran} of {count} mutants ran");
    }
}
