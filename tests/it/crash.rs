//! Killing an import at any moment loses no acknowledged row and leaves no partial file.

use crate::support::{Data, binary};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Imports that must have been interrupted.
const KILLS: u32 = 100;
/// Maximum number of imports started: some finish before they are killed.
const TRIES: u32 = 400;
const ROWS: u64 = 240;

#[test]
fn killed_imports_lose_nothing_and_leave_no_half() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    // Twelve months, so that a file has many chunks.
    let file = |n: u32| {
        let rows: Vec<String> = (0..ROWS)
            .map(|row| {
                let (month, day) = (row % 12 + 1, row % 28 + 1);
                format!(
                    r#"{{"docType":"bankoperation","date":"2026-{month:02}-{day:02}T00:00:00.000Z","amount":-{n}.{:02},"raw":"file {n} row {row}"}}"#,
                    row % 100
                )
            })
            .collect();
        let path = folder.path().join(format!("{n}.json"));
        std::fs::write(&path, format!("[{}]", rows.join(","))).unwrap();
        path
    };
    let started = Instant::now();
    data.ok(&["import", "--person", "p", file(0).to_str().unwrap()]);
    let whole = started.elapsed().min(Duration::from_millis(500));
    let rows = || data.ok(&["people", "--person", "p"])[0]["rows"].as_u64().unwrap();
    let (mut known, mut acknowledged, mut killed, mut tries) = (ROWS, 0, 0, 0);
    while killed < KILLS {
        tries += 1;
        assert!(tries <= TRIES, "only {killed} of {TRIES} imports were killed in time");
        let mut import = Command::new(binary())
            .args(["--json", "--data"])
            .arg(data.path())
            .args(["import", "--person", "p"])
            .arg(file(tries))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Covers all moments of an import: 37 and 101 are coprime.
        std::thread::sleep(whole * (tries * 37 % 101) / 101);
        import.kill().unwrap();
        let output = import.wait_with_output().unwrap();
        killed += u32::from(!output.status.success());
        let said = !output.stdout.is_empty();
        acknowledged += u32::from(said);
        let now = rows();
        assert!(now == known || now == known + ROWS, "{now} rows after {known}: half a file");
        assert!(!said || now == known + ROWS, "an acknowledged import is gone");
        known = now;
    }
    data.ok(&["audit", "verify", "--person", "p"]);
    eprintln!("{killed} of {tries} imports were killed; {acknowledged} were acknowledged");
}
