//! The parent: lets processes write, stops them, and has what is left looked at.

use crate::chance::Chance;
use crate::expected::{Expected, Finding, Kind};
use crate::process::Process;
use crate::script::{Found, Said, WRITERS};
use crate::work::Task;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// After so many cycles a store is left, and another one begun.
pub(crate) const LIFE: u32 = 25;
/// So many of a hundred operations are large commits, in one session or another.
pub(crate) const LARGE: [u64; 4] = [1, 1, 5, 40];
/// How long a session may last, and how long looking may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What happened in the cycles of one kind.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Cycles that were made.
    pub(crate) cycles: u32,
    /// Times that a process was stopped.
    pub(crate) stops: u64,
    /// Operations that began.
    pub(crate) started: u64,
    /// Operations that the store acknowledged.
    pub(crate) acknowledged: u64,
    /// Times that a damaged snapshot was moved aside.
    pub(crate) moved: u64,
    /// Errors of the store before it was stopped.
    pub(crate) refused: u64,
    /// What is wrong.
    pub(crate) findings: Vec<Finding>,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Tally {
    /// How often something of a kind was found.
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

    /// Counts what is wrong after a cycle and tells some of it. True if there is something.
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

    /// Counts errors that the store had while nothing stopped it.
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

/// How long a campaign goes on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cycles {
    /// So many cycles.
    Just(u32),
    /// So many, and then until something acknowledged is lost, to twenty times as many.
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

/// What all campaigns share.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Decides what happens when.
    pub(crate) seed: u64,
    /// Where to leave stores in which something is wrong.
    pub(crate) keep: Option<PathBuf>,
    /// How many findings of one cycle to tell.
    pub(crate) told: usize,
}

impl Plan {
    /// A process that writes.
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

    /// What a process finds that looks.
    pub(crate) fn look(&self, folder: &Path, closes: bool) -> Result<Vec<Found>> {
        let mut arguments = vec!["look".to_owned(), folder.to_string_lossy().into_owned()];
        arguments.extend(closes.then(|| "--close".to_owned()));
        let mut process = Process::start(&arguments)?;
        if !process.wait(PATIENCE, || false)? {
            eprintln!("whoever looks does not come to an end");
        }
        process.end()
    }

    /// Kills processes at any moment, on a plain folder.
    ///
    /// # Errors
    /// If processes or folders cannot be made.
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
            // Mostly while it writes, now and then while it opens the store.
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
