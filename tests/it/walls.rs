//! Barriers around a runner during a run, as reported by the system. `host/runner/src/tests.rs` tests their
//! effect with native code in place of an app.

use crate::forge::{Forged, OPEN, bank_and, reader};
use crate::lab::{Lab, PEOPLE};
use crate::support::{app, binary, me};
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::{CategoryChoice, Isolation, Platform, RunInput};
use rustix::fs::inotify;
use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Process ids of the children of a process.
fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers.filter(|process| value(*process, "status", "PPid:") == Some(parent.to_string())).collect()
}

/// Value after `words` in a file of `/proc`; the hard value of a limit.
fn value(process: u32, file: &str, words: &str) -> Option<String> {
    let text = std::fs::read_to_string(format!("/proc/{process}/{file}")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(words))?;
    let word = if file == "limits" { 1 } else { 0 };
    Some(line.split_whitespace().nth(word).unwrap_or_default().to_owned())
}

/// State of each barrier of a process, by the system's name for it.
type Walls = BTreeMap<&'static str, String>;

fn walls(process: u32) -> Option<Walls> {
    let status = ["Seccomp:", "Seccomp_filters:", "NoNewPrivs:", "CapEff:", "CapPrm:", "CapInh:"];
    let status = status.map(|words| ("status", words));
    let limits = ["Max core file size", "Max open files", "Max file size", "Max cpu time", "Max data size"];
    let limits = limits.map(|words| ("limits", words));
    status
        .into_iter()
        .chain(limits)
        .map(|(file, words)| Some((words, value(process, file, words)?)))
        .collect()
}

/// Runners of this process, whatever they do.
pub(crate) fn runners() -> Vec<u32> {
    children(std::process::id()).into_iter().flat_map(children).collect()
}

/// Whether a runner executes a run, judged by its time limits: a compiling runner may take 120 seconds, and
/// a waiting one has no such limit yet.
fn runs(walls: &Walls) -> bool {
    walls["Seccomp:"] == "2" && walls["Max cpu time"] == "7"
}

/// A runner that executes a run.
fn that_runs() -> u32 {
    let until = Instant::now() + Duration::from_secs(4);
    while Instant::now() < until {
        // A process that has exited is listed until its parent waits for it.
        let alive = |runner: &u32| value(*runner, "status", "State:").is_some_and(|state| state != "Z");
        let runs = |runner: &u32| alive(runner) && walls(*runner).is_some_and(|walls| runs(&walls));
        if let Some(runner) = runners().into_iter().find(runs) {
            return runner;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing runs");
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
            seen = runners().into_iter().filter_map(walls).collect();
            let filters = |process| value(process, "status", "Seccomp_filters:")?.parse::<u32>().ok();
            let both = filters(std::process::id()).unwrap() + 2;
            let runs = |walls: &&Walls| runs(walls) && walls["Seccomp_filters:"] == both.to_string();
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
    // Waiting runners have all barriers but the last two.
    assert!(
        seen.iter().all(|walls| walls["NoNewPrivs:"] == "1" && walls["Max open files"] == "16"),
        "{seen:#?}"
    );
}

const BANK: &str = "mesinfos:data/bank@0.1.0";

/// An app that reads labels and other parties of the first page, and then loops forever.
fn looks_and_stays() -> Vec<u8> {
    let column = |name, ty| (BANK, name, ty);
    let head = bank_and(&[
        column("[method]page.label", "(func $label (param i32 i32))"),
        column("[method]page.counterparty", "(func $party (param i32 i32))"),
    ]);
    let page = "(i32.load (i32.const 136))";
    let run = format!(
        "(call $next {OPEN} (i32.const 128))
         (call $label {page} (i32.const 192)) (call $party {page} (i32.const 192))
         (loop $l (br $l)) (i32.const 64)"
    );
    Forged { head: &head, ..reader("looks-and-stays", &run) }.component()
}

fn statement(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let rows = rows.iter().map(|(day, raw, title)| {
        serde_json::json!({ "docType": "bankoperation", "bankAccount": "2531", "amount": -1.5,
            "date": format!("{day}T00:00:00.000Z"), "title": title, "raw": raw })
    });
    serde_json::to_vec(&rows.collect::<Vec<_>>()).unwrap()
}

/// Number of occurrences of each word in a process's memory, which is read once: the process may end soon. `None` if
/// reading the memory is not permitted.
fn in_memory<const N: usize>(process: u32, words: &[String; N]) -> Option<[usize; N]> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let longest = words.iter().map(String::len).max()?;
    let mut found = [0; N];
    let mut bytes = vec![0; (1 << 20) + longest];
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next()?, parts.next()?);
        let (from, until) = range.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (mut at, until) = (number(from), number(until));
        if !rights.starts_with('r') || until - at > 1 << 30 {
            continue;
        }
        while at < until {
            // Unmapped memory reads as nothing.
            let read = memory.read_at(&mut bytes, at).unwrap_or(0);
            for start in (0..read.min(1 << 20)).filter(|start| bytes[*start] == b'C') {
                for (found, word) in found.iter_mut().zip(words) {
                    *found += usize::from(bytes[start..read].starts_with(word.as_bytes()));
                }
            }
            at += 1 << 20;
        }
    }
    Some(found)
}

#[test]
fn a_runner_holds_what_was_granted_and_nothing_else() {
    let lab = Lab::apart();
    // These words are assembled at run time: no file of this test contains them.
    let word = |of: &str| format!("{}-{of}", "CANARY");
    let days = [("2026-02-10", "granted", "column"), ("2026-03-10", "day", "column")];
    let hers = days.map(|(day, raw, title)| (day, word(raw), word(title)));
    let others = [("2026-02-10", word("person"), word("person"))];
    for (person, rows) in [(PEOPLE[0], &hers[..]), (PEOPLE[1], &others[..])] {
        let rows: Vec<_> =
            rows.iter().map(|(day, raw, title)| (*day, raw.as_str(), title.as_str())).collect();
        lab.platform.import(&me(person), "canary.json", &statement(&rows)[..]).unwrap();
    }
    let (record, _) = lab.platform.install(&looks_and_stays()).unwrap();
    let february = Period { from: Day::from_ymd(2026, 2, 1), until: Day::from_ymd(2026, 3, 1) };
    let ask = CategoryChoice {
        period: Some(february),
        fields: Some(vec!["label".to_owned()]),
        ..CategoryChoice::default()
    };
    lab.platform.grant(&me(PEOPLE[0]), &record.id, &[(Category::Bank, ask)], None).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(lab.outcome(PEOPLE[0], &record.id), "timed-out"));
        let began = Instant::now();
        let words = ["granted", "column", "day", "person"].map(word);
        // Parameters are requested in a separate runner; a run reads its page at once.
        let found = loop {
            match in_memory(that_runs(), &words) {
                Some([0, ..]) if began.elapsed() < Duration::from_secs(3) => {}
                found => break found,
            }
        };
        let Some([granted, refused @ ..]) = found else {
            eprintln!("not looked at: only root looks into a runner");
            return;
        };
        assert!(granted > 0, "it has what was granted");
        assert_eq!(refused, [0; 3], "a column, a day and a person that were not granted");
    });
}

#[test]
fn the_network_of_runners_has_nothing_in_it_and_nothing_goes_through_it() {
    let lab = Lab::apart();
    if lab.platform.walls() != [("network namespace", true)] {
        eprintln!("not looked at: this system allows no network namespace");
        return;
    }
    let hostile = lab.install(&reader("network-trap", "unreachable").component());
    let spin = lab.install(&reader("network-spin", "(loop $l (br $l)) (i32.const 64)").component());
    let honest = lab.install(&std::fs::read(app("budget")).unwrap());
    assert_eq!(lab.outcome(PEOPLE[0], &hostile), "trapped");
    assert_eq!(lab.outcome(PEOPLE[0], &honest), "completed");
    std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(lab.outcome(PEOPLE[1], &spin), "timed-out"));
        let own = std::fs::read_link("/proc/self/ns/net").unwrap();
        let servers = children(std::process::id());
        assert!(!servers.is_empty());
        let mut looked = 0;
        for process in servers.into_iter().chain([that_runs()]) {
            if let Ok(network) = std::fs::read_link(format!("/proc/{process}/ns/net")) {
                assert_ne!(network, own, "a network of its own");
            }
            // A runner that waited may have ended meanwhile.
            let Ok(devices) = std::fs::read_to_string(format!("/proc/{process}/net/dev")) else { continue };
            looked += 1;
            let devices: Vec<&str> = devices.lines().skip(2).collect();
            for device in devices {
                let mut numbers = device.split_whitespace();
                assert_eq!(numbers.next(), Some("lo:"), "nothing but what is always there");
                assert!(numbers.all(|number| number == "0"), "no packet, no byte: {device}");
            }
        }
        assert!(looked > 0);
    });
}

/// A folder and all folders below it.
fn folders(folder: &Path) -> Vec<std::path::PathBuf> {
    let below = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = below.filter(|path| path.is_dir()).flat_map(|path| folders(&path));
    std::iter::once(folder.to_owned()).chain(below).collect()
}

#[test]
fn a_run_apart_touches_no_key_and_no_code() {
    let data = tempfile::tempdir().unwrap();
    let platform = Platform::open(data.path(), &Isolation::Process { program: binary() }).unwrap();
    platform.import(&me("camille"), "one.json", &statement(&[("2026-02-10", "a", "b")])[..]).unwrap();
    let mut apps = Vec::new();
    for (id, run) in
        [("files-trap", "unreachable"), ("files-read", &*format!("(drop {OPEN}) (i32.const 64)"))]
    {
        let (record, _) = platform.install(&reader(id, run).component()).unwrap();
        platform.grant(&me("camille"), &record.id, &[], None).unwrap();
        apps.push(record.id);
    }
    let input = RunInput { params: Vec::new() };
    let run = || apps.iter().for_each(|app| assert!(platform.run(&me("camille"), app, &input).is_err()));
    // Warm the caches first, so that files read only once are read now.
    run();
    let watch = inotify::init(inotify::CreateFlags::NONBLOCK).unwrap();
    for folder in ["keys", "apps"].iter().flat_map(|folder| folders(&data.path().join(folder))) {
        inotify::add_watch(&watch, &folder, inotify::WatchFlags::ALL_EVENTS).unwrap();
    }
    let mut buffer = [std::mem::MaybeUninit::uninit(); 4_096];
    let mut events = inotify::Reader::new(&watch, &mut buffer);
    run();
    if let Ok(event) = events.next() {
        panic!("{:?} of {:?}", event.events(), event.file_name());
    }
    // Check that the watch reports reads.
    std::fs::read_dir(data.path().join("keys")).unwrap().for_each(drop);
    assert!(events.next().is_ok());
}
