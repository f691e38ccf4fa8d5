//! Crash tests of the embedded store: writing processes are killed, and their power is cut. Everything that
//! the store acknowledged must be present afterwards, complete and once.
//!
//! A check proves something only if it can fail. So the same campaign runs on disks that lie about their
//! syncs, and with processes that acknowledge before they write: each of these controls must lose
//! something.

mod campaign;
mod chance;
mod cuts;
mod disk;
mod expected;
mod look;
mod mount;
mod process;
mod script;
mod work;

use crate::campaign::{Cycles, Plan, Tally};
use crate::disk::{Disk, Lie};
use crate::expected::Kind;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(about = "Crashes for the embedded store")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Runs the campaign and its controls.
    Campaign {
        /// A thousand kills, 300 cycles of each kind of power cut, 50 of each control, unless other numbers
        /// are given.
        #[arg(long)]
        full: bool,
        /// Number of kills [default: 10].
        #[arg(long)]
        kills: Option<u32>,
        /// Number of cycles of each kind of power cut [default: 10].
        #[arg(long)]
        cuts: Option<u32>,
        /// Number of cycles of each control, which must lose something; up to twenty times as many if
        /// nothing is lost so far [default: 3].
        #[arg(long)]
        controls: Option<u32>,
        /// Seed of all random choices.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Leave faulty stores in this folder.
        #[arg(long)]
        keep: Option<PathBuf>,
    },
    /// The process that writes and is stopped.
    #[command(hide = true)]
    Work {
        folder: PathBuf,
        #[arg(long)]
        seed: u64,
        #[arg(long)]
        session: u32,
        #[arg(long)]
        operations: Option<u64>,
        #[arg(long)]
        writers: u8,
        #[arg(long)]
        large: u64,
        #[arg(long)]
        acknowledge_early: bool,
    },
    /// The process that reports the contents of a store.
    #[command(hide = true)]
    Look {
        folder: PathBuf,
        #[arg(long)]
        close: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().verb {
        Verb::Work { folder, seed, session, operations, writers, large, acknowledge_early } => {
            let acknowledges_early = acknowledge_early;
            work::run(&folder, work::Task { seed, session, operations, writers, large, acknowledges_early });
            Ok(true)
        }
        Verb::Look { folder, close } => {
            look::run(&folder, close);
            Ok(true)
        }
        Verb::Campaign { full, kills, cuts, controls, seed, keep } => {
            let usual = if full { [1_000, 300, 50] } else { [10, 10, 3] };
            let [kills, cuts, controls] =
                [(kills, 0), (cuts, 1), (controls, 2)].map(|(given, at)| given.unwrap_or(usual[at]));
            campaign(&Plan { seed, keep, told: 5 }, kills, cuts, controls)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the campaigns lost nothing and every control lost something.
fn campaign(plan: &Plan, kills: u32, cuts: u32, controls: u32) -> Result<bool> {
    let control = Plan { seed: plan.seed, keep: None, told: 0 };
    println!("seed {}", plan.seed);
    println!(
        "{:<26} {:>6} {:>6} {:>9} {:>9} {:>5} {:>5} {:>7} {:>8} {:>7} {:>10} {:>7} {:>6} {:>6}",
        "",
        "cycles",
        "stops",
        "started",
        "acked",
        "lost",
        "half",
        "doubled",
        "dangling",
        "foreign",
        "unreadable",
        "refused",
        "moved",
        "s"
    );
    let mut is_well = true;
    if kills > 0 {
        is_well &= honest("kills", &plan.kills("kills", Cycles::Just(kills), false)?);
        let name = "control: early word";
        is_well &= lying(name, &control.kills(name, Cycles::UntilLost(controls), true)?);
    }
    if cuts > 0 {
        if let Some(why) = cannot_mount() {
            println!("power cuts are skipped: {why}");
            return Ok(is_well);
        }
        is_well &= honest("power cuts", &cuts::cuts(plan, "power cuts", Cycles::Just(cuts), Lie::Nothing)?);
        is_well &= honest("last write alone", &cuts::last_writes(plan, "last write alone", cuts)?);
        is_well &= honest("first opening", &cuts::first_openings(plan, "first opening", cuts)?);
        for (name, lie) in [
            ("control: no syncs", Lie::Everything),
            ("control: no log syncs", Lie::Log),
            ("control: no folder syncs", Lie::Folders),
            ("control: no chunk syncs", Lie::Chunks),
        ] {
            is_well &= lying(name, &cuts::cuts(&control, name, Cycles::UntilLost(controls), lie)?);
        }
    }
    Ok(is_well)
}

/// Reason why no file system can be mounted here, if so.
fn cannot_mount() -> Option<String> {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return Some(error.to_string()),
    };
    match mount::Mounted::new(&mount::Shared::new(Disk::new(Lie::Nothing)), folder.path()) {
        Ok(_) => None,
        Err(error) => Some(format!("it needs /dev/fuse and the right to mount ({error})")),
    }
}

fn honest(name: &str, tally: &Tally) -> bool {
    row(name, tally);
    tally.findings.is_empty() && tally.refused == 0
}

fn lying(name: &str, tally: &Tally) -> bool {
    row(name, tally);
    let is_seen = tally.count(Kind::Lost) > 0;
    if !is_seen {
        println!("{name}: lost nothing, so the checks prove nothing");
    }
    is_seen
}

fn row(name: &str, tally: &Tally) {
    println!(
        "{name:<26} {:>6} {:>6} {:>9} {:>9} {:>5} {:>5} {:>7} {:>8} {:>7} {:>10} {:>7} {:>6} {:>6.1}",
        tally.cycles,
        tally.stops,
        tally.started,
        tally.acknowledged,
        tally.count(Kind::Lost),
        tally.count(Kind::Half),
        tally.count(Kind::Doubled),
        tally.count(Kind::Dangling),
        tally.count(Kind::Foreign),
        tally.count(Kind::Unreadable),
        tally.refused,
        tally.moved,
        tally.took.as_secs_f64()
    );
}
