//! Power cuts, on a disk that forgets unsynced data.

use crate::campaign::{Cycles, LARGE, LIFE, PATIENCE, Plan, Tally};
use crate::chance::Chance;
use crate::disk::{Disk, Kept, Lie};
use crate::expected::Expected;
use crate::mount::{Mounted, Shared};
use crate::script::WRITERS;
use crate::work::Task;
use anyhow::{Result, bail};
use std::time::Instant;
use tempfile::TempDir;

/// End of a session.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// The process is killed after about this many steps of the disk.
    Kill(u64),
    /// The power fails at this step of the disk.
    Cut(u64),
    /// The process closes the store after this many operations, and then the power fails.
    Close(u64),
}

/// A disk, and its expected contents.
struct Life<'a> {
    plan: &'a Plan,
    name: &'a str,
    lie: Lie,
    folder: TempDir,
    disk: Shared,
    expected: Expected,
    /// Number of cycles of this disk.
    age: u32,
    session: u32,
    tally: Tally,
    chance: Chance,
    began: Instant,
}

impl<'a> Life<'a> {
    fn new(plan: &'a Plan, name: &'a str, lie: Lie) -> Result<Life<'a>> {
        let (folder, disk, expected) =
            (tempfile::tempdir()?, Shared::new(Disk::new(lie)), Expected::default());
        let (tally, chance, began) = (Tally::default(), Chance::of(plan.seed, 2), Instant::now());
        Ok(Life { plan, name, lie, folder, disk, expected, age: 0, session: 0, tally, chance, began })
    }

    fn begin_cycle(&mut self) {
        if self.age == LIFE {
            self.renew();
        }
        self.age += 1;
        self.tally.cycles += 1;
    }

    fn renew(&mut self) {
        (self.disk, self.expected, self.age) = (Shared::new(Disk::new(self.lie)), Expected::default(), 0);
    }

    fn mount(&self) -> Result<Mounted> {
        Ok(Mounted::new(&self.disk, self.folder.path())?)
    }

    /// Runs one process on the mounted disk.
    fn session(&mut self, writers: u8, large: u64, ending: Ending) -> Result<()> {
        self.session += 1;
        let operations = match ending {
            Ending::Close(operations) => Some(operations),
            Ending::Cut(_) | Ending::Kill(_) => None,
        };
        let first = self.disk.lock().steps();
        if let Ending::Cut(steps) = ending {
            self.disk.lock().arm(Some(steps));
        }
        let (seed, session) = (self.plan.seed, self.session);
        let task = Task { seed, session, operations, writers, large, acknowledges_early: false };
        let mut process = self.plan.work(self.folder.path(), task)?;
        let ended = process.wait(PATIENCE, || {
            let disk = self.disk.lock();
            match ending {
                Ending::Kill(steps) => disk.steps() >= first + steps,
                Ending::Close(_) | Ending::Cut(_) => !disk.has_power(),
            }
        })?;
        let was_well = self.disk.lock().has_power();
        let said = process.end()?;
        self.tally.stops += 1;
        self.tally.hear(&said, &mut self.expected);
        if was_well && !ended && !matches!(ending, Ending::Kill(_)) {
            // It still waits for something: the power fails now.
            eprintln!("{}, cycle {}: a session did not end", self.name, self.tally.cycles);
        }
        if was_well && ended && self.tally.refuse(self.name, &said) == 0 && operations.is_none() {
            bail!("a process ended on its own: {:?}", said.last());
        }
        Ok(())
    }

    /// Runs a session of random length and ending on the mounted disk.
    fn any_session(&mut self, kills: bool) -> Result<()> {
        let chance = &mut self.chance;
        let large = *chance.pick(&LARGE);
        let ending = match chance.below(100) {
            _ if kills => Ending::Kill(1 + chance.below(4_000)),
            0..15 => Ending::Close(chance.magnitude(600)),
            15..35 => Ending::Cut(chance.magnitude(60)),
            35..50 => Ending::Cut(chance.magnitude(6_000)),
            _ => Ending::Cut(1 + chance.below(6_000)),
        };
        // A large commit takes few steps for many bytes.
        let fewer = if large > 10 { 8 } else { 1 };
        let ending = match ending {
            Ending::Kill(steps) => Ending::Kill(steps.div_ceil(fewer)),
            Ending::Cut(steps) => Ending::Cut(steps.div_ceil(fewer)),
            Ending::Close(operations) => Ending::Close(operations.div_ceil(fewer)),
        };
        self.session(WRITERS, large, ending)
    }

    /// Checks the store after a cut, and begins a new one if there are findings.
    fn judge(&mut self) -> Result<()> {
        let after_cut = self.plan.keep.as_ref().map(|_| self.disk.lock().files());
        let mounted = self.mount()?;
        let found = self.plan.look(self.folder.path(), self.chance.percent(50))?;
        drop(mounted);
        if self.tally.judge(self.name, self.plan.told, &found, &mut self.expected) {
            if let Some(keep) = &self.plan.keep {
                let place = keep.join(format!("{}-{}", self.name.replace(' ', "-"), self.tally.cycles));
                for (path, body) in after_cut.into_iter().flatten() {
                    let path = place.join(path.trim_start_matches('/'));
                    std::fs::create_dir_all(path.parent().unwrap_or(&place))?;
                    std::fs::write(path, body)?;
                }
            }
            self.renew();
        }
        Ok(())
    }

    fn end(mut self) -> Tally {
        self.tally.took = self.began.elapsed();
        self.tally
    }
}

/// Cuts the power at random moments.
pub(crate) fn cuts(plan: &Plan, name: &str, cycles: Cycles, lie: Lie) -> Result<Tally> {
    let mut life = Life::new(plan, name, lie)?;
    while !cycles.are_enough(&life.tally) {
        life.begin_cycle();
        // Sometimes the power fails again before the store is checked.
        loop {
            let mounted = life.mount()?;
            // Sometimes a process is killed first: its unsynced data is visible to the next process, but
            // not on the disk.
            if life.chance.percent(25) {
                life.any_session(true)?;
            }
            life.any_session(false)?;
            drop(mounted);
            life.disk.lock().cut(&mut life.chance);
            if !life.chance.percent(20) {
                break;
            }
        }
        life.judge()?;
    }
    Ok(life.end())
}

/// Cuts the power while all threads overwrite records with large commits. Of the unsynced data, only the
/// last writes reach the disk, so data is lost if the index overwrites it before its replacement is on the
/// disk.
pub(crate) fn last_writes(plan: &Plan, name: &str, cycles: u32) -> Result<Tally> {
    let mut life = Life::new(plan, name, Lie::Nothing)?;
    while !Cycles::Just(cycles).are_enough(&life.tally) {
        life.begin_cycle();
        let mounted = life.mount()?;
        let steps = 200 + life.chance.below(800);
        life.session(WRITERS, 100, Ending::Cut(steps))?;
        drop(mounted);
        let kept = Kept::Latest(1 + life.chance.index(12));
        life.disk.lock().cut_keeping(kept, &mut life.chance);
        life.judge()?;
    }
    Ok(life.end())
}

/// Cuts the power during the first opening of a store, or soon after.
pub(crate) fn first_openings(plan: &Plan, name: &str, cycles: u32) -> Result<Tally> {
    let mut life = Life::new(plan, name, Lie::Nothing)?;
    while !Cycles::Just(cycles).are_enough(&life.tally) {
        life.renew();
        life.begin_cycle();
        let mounted = life.mount()?;
        let steps = 1 + life.chance.below(500);
        life.session(WRITERS, LARGE[0], Ending::Cut(steps))?;
        drop(mounted);
        life.disk.lock().cut(&mut life.chance);
        life.judge()?;
    }
    Ok(life.end())
}
