//! Killed at any moment of an import: no acknowledged row is lost, and no file is half there.

use crate::support::{Data, binary};
use std::process::{Command, Stdio};
use std::time::Duration;

const KILLS: u64 = 100;
const ROWS: u64 = 240;

#[test]
fn killed_imports_lose_nothing_and_leave_no_half() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    // Twelve months, so that a file is many chunks.
    let file = |n: u64| {
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
    data.ok(&["import", "--person", "p", file(1_000).to_str().unwrap()]);
    let rows = || data.ok(&["people", "--person", "p"])[0]["rows"].as_u64().unwrap();
    let (mut known, mut acknowledged, mut killed) = (ROWS, 0, 0);
    for n in 0..KILLS {
        let mut import = Command::new(binary())
            .args(["--json", "--data"])
            .arg(data.path())
            .args(["import", "--person", "p"])
            .arg(file(n))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(2 + n * 83 % 97));
        import.kill().unwrap();
        let output = import.wait_with_output().unwrap();
        killed += u64::from(!output.status.success());
        let said = !output.stdout.is_empty();
        acknowledged += u64::from(said);
        let now = rows();
        assert!(now == known || now == known + ROWS, "{now} rows after {known}: half a file");
        assert!(!said || now == known + ROWS, "an acknowledged import is gone");
        known = now;
    }
    data.ok(&["audit", "verify", "--person", "p"]);
    assert!(killed >= KILLS / 4, "only {killed} were killed in time; {acknowledged} were acknowledged");
}
