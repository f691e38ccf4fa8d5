//! Cost of reading data holders' files, compared with a user's Python script, and cost of storing the rows
//! sealed and durable.

use crate::options::Options;
use crate::ours::{me, nobody};
use crate::table::{Report, median};
use crate::{data, ours, target};
use mesinfos_platform::intake::read_file;
use mesinfos_platform::{Isolation, Platform};
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Rows of the files read: tens of megabytes each.
const ROWS: u32 = 400_000;

/// Rows of the imported file.
const IMPORTED: u32 = 1_000_000;

/// A file, and the Python library to read it.
struct Kind {
    id: &'static str,
    what: &'static str,
    python: &'static str,
    write: fn(u32) -> String,
}

const KINDS: [Kind; 5] = [
    Kind { id: "bank-csv", what: "bank CSV", python: "csv", write: data::boursorama },
    Kind { id: "enedis-csv", what: "Enedis load curve, CSV", python: "csv", write: data::energy },
    Kind { id: "green-button", what: "Green Button, XML", python: "lxml", write: data::green_button },
    Kind { id: "ofx", what: "OFX 1, SGML", python: "ofxtools", write: data::ofx },
    Kind { id: "records", what: "Google location, JSON", python: "json", write: data::records },
];

pub(crate) fn measure(options: &Options, report: &mut Report) {
    let folder = tempfile::tempdir().unwrap();
    let rows = if options.quick { ROWS / 100 } else { ROWS };
    let python = target().join("venv/bin/python");
    let has_python = Command::new(&python)
        .args(["-c", "import lxml, ofxtools"])
        .status()
        .is_ok_and(|status| status.success());
    report.title("Reading holders' files, one core");
    let head = ["what", "MB", "rows", "MesInfos, MB/s", "Python, MB/s", "with", "Python / MesInfos"];
    report.head(&head.map(str::to_owned));
    for kind in &KINDS {
        eprintln!("  {}", kind.id);
        let path = folder.path().join(kind.id);
        std::fs::write(&path, (kind.write)(rows)).unwrap();
        let size = std::fs::metadata(&path).unwrap().len() as f64 / 1e6;
        let (count, ours) = times(options, || parse(&path));
        let mut row = vec![kind.what.to_owned(), format!("{size:.0}"), count.to_string()];
        row.push(format!("{:.0}", size / ours.as_secs_f64()));
        if has_python {
            // It is slow: one run is enough to tell a factor of twenty from two.
            let theirs = in_python(&python, kind.id, &path, count);
            row.push(format!("{:.1}", size / theirs.as_secs_f64()));
            row.push(kind.python.to_owned());
            row.push(format!("{:.0}", theirs.as_secs_f64() / ours.as_secs_f64()));
        } else {
            row.extend(["–", kind.python, "–"].map(str::to_owned));
        }
        report.row(&row);
    }
    apart(options, folder.path(), report);
    durable(options, folder.path(), report);
}

/// The same files read in one process per file, as a server does, compared with reading in this process. A
/// dry run: format, rows, sums and digest; nothing is written.
fn apart(options: &Options, folder: &Path, report: &mut Report) {
    let open = |name: &str, apart| Platform::open(&folder.join(name), &ours::isolation(apart)).unwrap();
    let platforms = [open("here", false), open("apart", true)];
    report.title("Reading in a process of its own");
    let head = ["what", "in process, MB/s", "process for each file, MB/s", "ratio"];
    report.head(&head.map(str::to_owned));
    for kind in &KINDS {
        eprintln!("  {} apart", kind.id);
        let path = folder.join(kind.id);
        let size = std::fs::metadata(&path).unwrap().len() as f64 / 1e6;
        let mut taken = [Vec::new(), Vec::new()];
        // In turns, so that a slow moment of the machine affects both.
        for _ in 0..options.rounds.clamp(1, 5) {
            let rows = [0, 1].map(|at| {
                let file = std::fs::File::open(&path).unwrap();
                let started = Instant::now();
                let read = platforms[at].import_dry_run(&nobody(), kind.id, file).unwrap();
                taken[at].push(started.elapsed());
                read.files[0].rows
            });
            assert_eq!(rows[0], rows[1], "{}", kind.id);
        }
        let [here, apart] = taken.map(|times| size / median(times).as_secs_f64());
        let cells = [format!("{here:.0}"), format!("{apart:.0}"), format!("{:.2}", apart / here)];
        report.row(&[&[kind.what.to_owned()][..], &cells].concat());
    }
}

fn times(options: &Options, run: impl Fn() -> (u64, Duration)) -> (u64, Duration) {
    let runs: Vec<(u64, Duration)> = (0..options.rounds.clamp(1, 5)).map(|_| run()).collect();
    (runs[0].0, median(runs.into_iter().map(|(_, time)| time).collect()))
}

/// Reads a whole file and drops the rows.
fn parse(path: &Path) -> (u64, Duration) {
    let started = Instant::now();
    let mut file = BufReader::with_capacity(1 << 16, std::fs::File::open(path).unwrap());
    let mut rows = 0;
    let reads = read_file("bench", &mut file, &mut |batch: mesinfos_model::Batch| {
        rows += batch.rows() as u64;
        Ok(())
    });
    let time = started.elapsed();
    let rejected = &reads.unwrap()[0].rejected;
    assert!(rejected.is_empty(), "{}: {:?}", path.display(), rejected.first());
    (rows, time)
}

/// The same rows in Python, which times itself.
fn in_python(python: &Path, kind: &str, path: &Path, rows: u64) -> Duration {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../peers/formats.py");
    let output = Command::new(python).arg(script).arg(kind).arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (count, seconds) = said.trim().split_once(' ').unwrap_or_else(|| {
        panic!("{kind}: {said} {}", String::from_utf8_lossy(&output.stderr));
    });
    assert_eq!(count.parse::<u64>().unwrap(), rows, "{kind}");
    Duration::from_secs_f64(seconds.parse().unwrap())
}

/// A million rows, sealed and on disk, compared with reading them only.
fn durable(options: &Options, folder: &Path, report: &mut Report) {
    let rows = if options.quick { IMPORTED / 100 } else { IMPORTED };
    let path = folder.join("million.csv");
    std::fs::write(&path, data::boursorama(rows)).unwrap();
    let mut person = 0;
    let platform = Platform::open(&folder.join("data"), &Isolation::InProcess).unwrap();
    let mut import = || {
        person += 1;
        let started = Instant::now();
        let file = std::fs::File::open(&path).unwrap();
        let report = platform.import(&me(&format!("p{person}")), "million.csv", file).unwrap();
        (report.categories[0].accepted, started.elapsed())
    };
    let (mut read, mut imported, mut count) = (Vec::new(), Vec::new(), 0);
    // In turns, so that a slow moment of the machine affects both.
    for _ in 0..options.rounds.clamp(1, 5) {
        let (rows, time) = parse(&path);
        read.push(time);
        let (accepted, time) = import();
        imported.push(time);
        assert_eq!(accepted, rows);
        count = rows;
    }
    let ratio = |(read, imported): (&Duration, &Duration)| imported.as_secs_f64() / read.as_secs_f64();
    let mut ratios: Vec<f64> = read.iter().zip(&imported).map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    report.title("A durable import");
    let head = ["what", "rows", "read only, s", "sealed and on disk, s", "ratio", "least", "greatest"];
    report.head(&head.map(str::to_owned));
    report.row(&[
        "bank CSV".to_owned(),
        count.to_string(),
        format!("{:.2}", median(read).as_secs_f64()),
        format!("{:.2}", median(imported).as_secs_f64()),
        format!("{:.2}", ratios[ratios.len() / 2]),
        format!("{:.2}", ratios[0]),
        format!("{:.2}", ratios[ratios.len() - 1]),
    ]);
}
