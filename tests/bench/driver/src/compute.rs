//! The three computations by all contestants: same rows, same results, in turns.

use crate::machine::version;
use crate::native::{self, Native};
use crate::options::Options;
use crate::ours::me;
use crate::ours::{self, Ours, PERSON};
use crate::process::{self, Peer};
use crate::records::Records;
use crate::table::{Report, median, millis, ratio};
use crate::work::{Contestant, Work};
use crate::{data, guest, target};
use mesinfos_platform::{Isolation, Platform};
use mesinfos_vault::PersonVault;
use std::path::Path;
use std::time::{Duration, Instant};

/// Time of a contestant per turn and computation: as many runs as fit, within bounds.
const TURN: Duration = Duration::from_millis(150);
const MOST_RUNS: usize = 10;

#[derive(Default)]
struct Times {
    time: Vec<Duration>,
    whole: Vec<Duration>,
}

/// Creates a data folder with one person, their rows and the apps.
fn prepare(folder: &Path) {
    let platform = Platform::open(folder, &Isolation::InProcess).unwrap();
    let files = [
        ("bank.json", data::bank(data::TRANSACTIONS)),
        ("energy.csv", data::energy(data::half_hours(10))),
        ("phone.json", data::phone(data::CALLS)),
    ];
    for (name, file) in files {
        let report = platform.import(&me(PERSON), name, file.as_bytes()).unwrap();
        assert_eq!(report.rejected(), 0, "{name}: {:?}", report.files[0].problems.first());
        eprintln!("  {name}: {} rows", report.categories[0].accepted);
    }
    for work in Work::ALL {
        ours::give(&platform, &guest(&format!("{}.wasm", work.id())), [PERSON]);
    }
}

/// Copies a data folder: an open one is locked, and all contestants need the same sealed chunks.
pub(crate) fn copy(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp").arg("-r").arg(from).arg(to).status();
    assert!(copied.unwrap().success());
}

fn contestants(options: &Options, folder: &Path) -> Vec<Box<dyn Contestant>> {
    let original = folder.join("data");
    prepare(&original);
    let fresh = |name: &str| {
        let copied = folder.join(name);
        copy(&original, &copied);
        copied
    };
    let vault = native::vault(&fresh("native"));
    let person = vault.person(PERSON).unwrap();
    let mut all: Vec<Box<dyn Contestant>> = vec![Box::new(Native { person: person.clone() })];
    for apart in [false, true] {
        if options.wants(if apart { "apart" } else { "ours" }) {
            all.push(Box::new(Ours::open(&fresh(&format!("ours-{apart}")), apart)));
        }
    }
    peers(options, &person, folder, &mut all);
    all
}

/// Adds the peers: contestants other than MesInfos and native code.
fn peers(options: &Options, person: &PersonVault, folder: &Path, all: &mut Vec<Box<dyn Contestant>>) {
    if options.wants("records") {
        all.push(Box::new(Records::new(person.clone(), &guest("records.wasm"))));
    }
    #[cfg(feature = "extism")]
    if options.wants("extism") {
        all.push(Box::new(crate::extism::Extism::new(person.clone(), guest("extism.wasm"))));
    }
    let (python, rows) = (target().join("venv/bin/python"), folder.join("rows"));
    let (node, duckdb) = (options.wants("node"), options.wants("duckdb") && python.is_file());
    if node || duckdb {
        process::write_rows(person, &rows);
    }
    if node {
        let name = format!("Node.js {}, worker thread, JSON", version("node", &["--version"]));
        let includes = "the text of the rows, already opened, to the worker; parsing it, computing";
        all.push(Box::new(Peer::start("node", name, includes, Path::new("node"), "node.mjs", &rows)));
    }
    if duckdb {
        let said = version(&python.to_string_lossy(), &["-c", "import duckdb; print(duckdb.__version__)"]);
        let name = format!("DuckDB {said}, Parquet");
        let includes = "a Parquet file that is not sealed: SQL, one thread, execute and fetch";
        all.push(Box::new(Peer::start("duckdb", name, includes, &python, "duck.py", &rows)));
    }
}

pub(crate) fn measure(options: &Options, report: &mut Report) {
    let folder = tempfile::tempdir().unwrap();
    let mut all = contestants(options, folder.path());
    for work in Work::ALL {
        let expected = all[0].run(work).answer;
        for contestant in &mut all[1..] {
            let answer = contestant.run(work).answer;
            assert_eq!(answer, expected, "{}: {} gives another result", work.id(), contestant.id());
        }
    }
    let mut times: Vec<[Times; 3]> = all.iter().map(|_| <[Times; 3]>::default()).collect();
    for round in 0..options.rounds {
        eprintln!("  round {} of {}", round + 1, options.rounds);
        for (index, work) in Work::ALL.into_iter().enumerate() {
            for (contestant, times) in all.iter_mut().zip(&mut times) {
                turn(contestant.as_mut(), work, &mut times[index]);
            }
        }
    }
    write(&all, times, report);
}

fn turn(contestant: &mut dyn Contestant, work: Work, times: &mut Times) {
    // One untimed run, so that the caches hold this contestant's data.
    contestant.run(work);
    let started = Instant::now();
    for _ in 0..MOST_RUNS {
        let ran = contestant.run(work);
        times.time.push(ran.time);
        times.whole.extend(ran.whole);
        if started.elapsed() > TURN {
            break;
        }
    }
}

fn write(all: &[Box<dyn Contestant>], times: Vec<[Times; 3]>, report: &mut Report) {
    report.title("Three computations, milliseconds (median) and ratio to native Rust");
    let mut head = vec!["".to_owned()];
    for work in Work::ALL {
        head.extend([work.id().to_owned(), "ratio".to_owned()]);
    }
    head.push("what is in the time".to_owned());
    report.head(&head);
    let medians: Vec<[(Duration, Option<Duration>); 3]> = times
        .into_iter()
        .map(|works| {
            works.map(|times| (median(times.time), Some(times.whole).filter(|w| !w.is_empty()).map(median)))
        })
        .collect();
    for (contestant, works) in all.iter().zip(&medians) {
        let mut row = vec![contestant.name()];
        for (work, native) in works.iter().zip(&medians[0]) {
            row.extend([millis(work.0), ratio(work.0, native.0)]);
        }
        row.push(contestant.includes().to_owned());
        report.row(&row);
        if works.iter().all(|work| work.1.is_some()) {
            let mut row = vec![format!("{}, whole run", contestant.name())];
            for (work, native) in works.iter().zip(&medians[0]) {
                let whole = work.1.unwrap();
                row.extend([millis(whole), ratio(whole, native.0)]);
            }
            row.push(
                "the same, and before it the grant, after it the receipt and the audit entry on disk"
                    .to_owned(),
            );
            report.row(&row);
        }
    }
    let [bank, energy, phone] =
        [data::TRANSACTIONS, data::half_hours(10), data::CALLS].map(|rows| rows.to_string());
    report.text(&format!(
        "`budget`: {bank} bank transactions of five years, by month and kind, and what comes back every month. \
         `profile`: {energy} half-hourly readings of ten years, mean power by half-hour of the local day, least and greatest day. \
         `plans`: {phone} calls and messages of two years, use by month, cost under four plans."
    ));
}
