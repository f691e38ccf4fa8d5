//! The parent: starts writing processes, stops them, and has the remaining data checked.

use crate::chance::Chance;
use crate::expected::{Expected, Finding, Kind};
use crate::process::Process;
use crate::script::{Found, Said, WRITERS};
use crate::work::Task;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Cycles before a store is discarded and a new one begun.
pub(crate) const LIFE: u32 = 25;
/// Percentages of large commits among the operations, one of which each session picks.
pub(crate) const LARGE: [u64; 4] = [1, 1, 5, 40];
/// Time limit of a session, and of a check.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Results of the cycles of one kind.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Cycles run.
    pub(crate) cycles: u32,
    /// Processes stopped.
    pub(crate) stops: u64,
    /// Operations begun.
    pub(crate) started: u64,
    /// Operations acknowledged by the store.
    pub(crate) acknowledged: u64,
    /// Damaged snapshots moved aside.
    pub(crate) moved: u64,
    /// Errors reported by the store in sessions that nothing stopped.
    pub(crate) refused: u64,
    /// Defects found.
    pub(crate) findings: Vec<Finding>,
    /// Duration.
    pub(crate) took: Duration,
}

impl Tally {
    /// Number of findings of a kind.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }

    pub(crate) fn hear(&mut self, said: &[Said], expected: &mut Expected) {
        for said in said {
            expected.hear(said);
            match said {
                Said::Open(moved) => self.moved += u64::from(*moved),
                Said::Starts(..) => self.started += 1,
                Said::Done(..) => self.acknowledged += 1,
                Said::Failed(_) | Said::End => {}
            }
        }
    }

    /// Counts the findings of a cycle and prints the first ones. True if there are any.
    pub(crate) fn judge(
        &mut self,
        name: &str,
        told: usize,
        found: &[Found],
        expected: &mut Expected,
    ) -> bool {
        self.moved += found.iter().filter(|found| **found == Found::Open(true)).count() as u64;
        let wrong = expected.check(found);
        for finding in wrong.iter().take(told) {
            eprintln!("{name}, cycle {}: {:?}: {}", self.cycles, finding.kind, finding.words);
        }
        if wrong.len() > told && told > 0 {
            eprintln!("{name}, cycle {}: and {} more", self.cycles, wrong.len() - told);
        }
        let is_wrong = !wrong.is_empty();
        self.findings.extend(wrong);
        is_wrong
    }

    /// Counts errors reported by the store while nothing stopped it.
    pub(crate) fn refuse(&mut self, name: &str, said: &[Said]) -> u64 {
        let mut refused = 0;
        for said in said {
            if let Said::Failed(why) = said {
                refused += 1;
                eprintln!("{name}, cycle {}: refused: {why}", self.cycles);
            }
        }
        self.refused += refused;
        refused
    }
}

/// Length of a campaign.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cycles {
    /// This many cycles.
    Just(u32),
    /// At least this many, then until an acknowledged operation is lost, at most twenty times as many.
    UntilLost(u32),
}

impl Cycles {
    pub(crate) fn are_enough(self, tally: &Tally) -> bool {
        match self {
            Cycles::Just(cycles) => tally.cycles >= cycles,
            Cycles::UntilLost(cycles) => {
                tally.cycles >= cycles.saturating_mul(20)
                    || tally.cycles >= cycles && tally.count(Kind::Lost) > 0
            }
        }
    }
}

/// Settings shared by all campaigns.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Seed of all random choices.
    pub(crate) seed: u64,
    /// Folder for copies of faulty stores.
    pub(crate) keep: Option<PathBuf>,
    /// Maximum number of findings printed per cycle.
    pub(crate) told: usize,
}

impl Plan {
    /// Starts a writing process.
    pub(crate) fn work(&self, folder: &Path, task: Task) -> Result<Process<Said>> {
        let mut arguments = vec![
            "work".to_owned(),
            folder.to_string_lossy().into_owned(),
            format!("--seed={}", task.seed),
            format!("--session={}", task.session),
            format!("--writers={}", task.writers),
            format!("--large={}", task.large),
        ];
        arguments.extend(task.operations.map(|operations| format!("--operations={operations}")));
        arguments.extend(task.acknowledges_early.then(|| "--acknowledge-early".to_owned()));
        Process::start(&arguments)
    }

    /// Runs a checking process and returns its findings.
    pub(crate) fn look(&self, folder: &Path, closes: bool) -> Result<Vec<Found>> {
        let mut arguments = vec!["look".to_owned(), folder.to_string_lossy().into_owned()];
        arguments.extend(closes.then(|| "--close".to_owned()));
        let mut process = Process::start(&arguments)?;
        if !process.wait(PATIENCE, || false)? {
            eprintln!("the checking process does not end");
        }
        process.end()
    }

    /// Kills processes at random moments, on an ordinary folder.
    ///
    /// # Errors
    /// If processes or folders cannot be created.
    pub(crate) fn kills(&self, name: &str, cycles: Cycles, acknowledges_early: bool) -> Result<Tally> {
        let started = Instant::now();
        let mut tally = Tally::default();
        let mut chance = Chance::of(self.seed, 1);
        let mut folder = tempfile::tempdir()?;
        let mut expected = Expected::default();
        let mut age = 0;
        for session in 1.. {
            if cycles.are_enough(&tally) {
                break;
            }
            if age == LIFE {
                (folder, expected, age) = (tempfile::tempdir()?, Expected::default(), 0);
            }
            age += 1;
            let large = *chance.pick(&LARGE);
            let task = Task {
                seed: self.seed,
                session,
                operations: None,
                writers: WRITERS,
                large,
                acknowledges_early,
            };
            let mut process = self.work(folder.path(), task)?;
            // Mostly while it writes, sometimes while it opens the store.
            if chance.percent(80) {
                let speaks = process.speaks.clone();
                process.wait(PATIENCE, || speaks.load(Ordering::Relaxed))?;
            }
            let moment = if chance.percent(50) { chance.magnitude(400_000) } else { chance.below(400_000) };
            let moment = Duration::from_micros(moment);
            let ended = process.wait(moment, || false)?;
            let said = process.end()?;
            tally.stops += 1;
            tally.cycles += 1;
            if ended {
                tally.refuse(name, &said);
            }
            tally.hear(&said, &mut expected);
            let found = self.look(folder.path(), chance.percent(50))?;
            if tally.judge(name, self.told, &found, &mut expected) {
                if let Some(keep) = &self.keep {
                    let place = keep.join(format!("kill-{session}"));
                    copy(folder.path(), &place)?;
                }
                (folder, expected, age) = (tempfile::tempdir()?, Expected::default(), 0);
            }
        }
        tally.took = started.elapsed();
        Ok(tally)
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
