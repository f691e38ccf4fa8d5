//! The walls around a runner that runs, as the system tells of them. What they hold is tested with
//! native code in the place of an app, in `host/runner/src/tests.rs`.

use crate::forge::reader;
use crate::lab::{Lab, PEOPLE};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Numbers of the processes that this one started.
fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers.filter(|process| value(*process, "status", "PPid:") == Some(parent.to_string())).collect()
}

/// What the system says of a process, after these words; of a limit, what it cannot be raised above.
fn value(process: u32, file: &str, words: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/{process}/{file}")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(words))?;
    let word = if file == "limits" { 1 } else { 0 };
    Some(line.split_whitespace().nth(word).unwrap_or_default().to_owned())
}

/// What each wall of a process is, by the words of the system.
type Walls = BTreeMap<&'static str, String>;

fn walls(process: u32) -> Option<Walls> {
    let status = ["Seccomp:", "NoNewPrivs:", "CapEff:", "CapPrm:", "CapInh:"].map(|words| ("status", words));
    let limits = ["Max core file size", "Max open files", "Max file size", "Max cpu time", "Max data size"];
    let limits = limits.map(|words| ("limits", words));
    status
        .into_iter()
        .chain(limits)
        .map(|(file, words)| Some((words, value(process, file, words)?)))
        .collect()
}

#[test]
fn a_runner_that_runs_is_walled_in() {
    let lab = Lab::apart();
    let spin = lab.install(&reader("walls-spin", "(loop $l (br $l)) (i32.const 64)").component());
    let mut seen = Vec::new();
    let found = std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(lab.outcome(PEOPLE[0], &spin), "timed-out"));
        let until = Instant::now() + Duration::from_secs(4);
        loop {
            let runners = children(std::process::id()).into_iter().flat_map(children);
            seen = runners.filter_map(walls).collect();
            // One that compiled the app may not be gone yet: it may take 120 seconds.
            let runs = |walls: &&Walls| walls["Seccomp:"] == "2" && walls["Max cpu time"] != "120";
            if let Some(runs) = seen.iter().find(runs) {
                break Some(runs.clone());
            }
            if Instant::now() > until {
                break None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let runs = found.unwrap_or_else(|| panic!("no runner has its filter on: {seen:#?}"));
    for (words, expected) in [
        ("NoNewPrivs:", "1"),
        ("CapEff:", "0000000000000000"),
        ("CapPrm:", "0000000000000000"),
        ("CapInh:", "0000000000000000"),
        ("Max core file size", "0"),
        ("Max open files", "16"),
        ("Max file size", "67108864"),
        ("Max cpu time", "7"),
    ] {
        assert_eq!(runs[words], expected, "{words}");
    }
    let memory: u64 = runs["Max data size"].parse().expect("a limit of memory");
    assert!(memory < 1 << 30, "{memory}");
    // Those that wait have all walls but the last.
    assert!(
        seen.iter().all(|walls| walls["NoNewPrivs:"] == "1" && walls["Max open files"] == "16"),
        "{seen:#?}"
    );
}
