//! Memory of concurrent runs, observed from outside the apps.

use crate::options::Options;
use crate::ours::me;
use crate::table::Report;
use crate::{data, guest, ours};
use mesinfos_platform::{Isolation, Platform};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The maximum that the platform runs at once: eight of one app, three for one person.
const RUNS: usize = 32;
const APPS: usize = 4;
const PEOPLE: usize = 11;
const ROWS: u32 = 500;

/// Memory in kibibytes, and a number of processes.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Resident set of this process.
    host: i64,
    /// Proportional set size of all descendant processes, and their number.
    below: i64,
    processes: i64,
}

pub(crate) fn measure(_: &Options, report: &mut Report) {
    report.title(&format!("Memory of a run among {RUNS} at once"));
    let head = ["", "host (RSS) grows by", "a runner process (PSS)", "processes"];
    report.head(&head.map(str::to_owned));
    for apart in [false, true] {
        let (before, most) = held(apart);
        let mebibytes = |kibibytes: i64| format!("{:.2} MiB", kibibytes as f64 / 1024.0);
        let host = mebibytes((most.host - before.host) / RUNS as i64);
        let runner = if apart { mebibytes(most.below / most.processes.max(1)) } else { "–".to_owned() };
        let sandbox = if apart { "process for each run" } else { "in process" };
        report.row(&[sandbox.to_owned(), host, runner, most.processes.to_string()]);
    }
    report.text(&format!(
        "The app keeps {ROWS} rows of two years and computes for a while. PSS counts a page that several \
         processes share once in all; the mean is over all processes of the sandbox, the fork server and waiting \
         runners included."
    ));
}

/// Memory before the runs, and at the moment of maximum use.
fn held(apart: bool) -> (Seen, Seen) {
    let folder = tempfile::tempdir().unwrap();
    let people: Vec<String> = (0..PEOPLE).map(|person| format!("p{person}")).collect();
    let apps: Vec<String> = {
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        for person in &people {
            platform.import(&me(person), "phone.json", data::phone(ROWS).as_bytes()).unwrap();
        }
        let give = |app: usize| ours::give(&platform, &renamed(app), people.iter().map(String::as_str));
        (0..APPS).map(give).collect()
    };
    let platform = Platform::open(folder.path(), &ours::isolation(apart)).unwrap();
    let run = |person: usize, app: usize| {
        platform.run(&me(&people[person]), &apps[app], &ours::input()).unwrap();
    };
    (0..APPS).for_each(|app| run(app, app));
    let before = seen();
    let over = AtomicBool::new(false);
    let most = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut most = Seen::default();
            while !over.load(Ordering::Acquire) {
                let now = seen();
                if now.host + now.below > most.host + most.below {
                    most = now;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            most
        });
        let runs: Vec<_> = (0..RUNS).map(|i| scope.spawn(move || run(i % PEOPLE, i % APPS))).collect();
        runs.into_iter().for_each(|run| run.join().unwrap());
        over.store(true, Ordering::Release);
        watcher.join().unwrap()
    });
    (before, most)
}

/// The app with another id of the same length in its manifest.
fn renamed(app: usize) -> Vec<u8> {
    let mut bytes = guest("wait.wasm");
    let old = br#"id = "wait""#;
    let place = bytes.windows(old.len()).rposition(|window| window == old).unwrap();
    bytes[place..place + old.len()].copy_from_slice(format!(r#"id = "wai{app}""#).as_bytes());
    bytes
}

fn seen() -> Seen {
    let of = |process: u32, field: &str| -> i64 {
        let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(field));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
    };
    let shares: Vec<i64> = below(std::process::id()).into_iter().map(|process| of(process, "Pss:")).collect();
    // A process that has exited has no share.
    let processes = shares.iter().filter(|share| **share > 0).count() as i64;
    Seen { host: of(std::process::id(), "Rss:"), below: shares.iter().sum(), processes }
}

/// All descendants of a process.
fn below(process: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // After the name, which ends with the last parenthesis: state, parent.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = children.remove(&process).unwrap_or_default();
    let mut next = 0;
    while let Some(&process) = found.get(next) {
        found.extend(children.remove(&process).unwrap_or_default());
        next += 1;
    }
    found
}
