//! Every real file beside the project, and its outcome: `docs/real-files.md`.
//!
//! With `BLESS=1` the page is rewritten; otherwise it is checked against the outcomes. Without the files
//! the test checks nothing, and says so.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Totals, read_file};
use mesinfos_model::{Batch, Category, Day, FieldKind};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

/// Rows and first and last time of a category.
#[derive(Default)]
struct Seen {
    rows: usize,
    times: Option<(i64, i64)>,
}

fn spell(category: Category, time: i64) -> String {
    let schema = category.schema();
    match schema.fields[schema.time].kind {
        FieldKind::Date => Day(i32::try_from(time).unwrap()).to_string(),
        _ => jiff::Timestamp::from_second(time).unwrap().to_string(),
    }
}

/// Outcome of a file: a line for each category, or the reason for failure.
fn lines(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut seen: BTreeMap<Category, Seen> = BTreeMap::new();
    let mut totals = Totals::default();
    let mut sink = |batch: Batch| {
        totals.add(&batch);
        let seen = seen.entry(batch.category()).or_default();
        seen.rows += batch.rows();
        for time in (0..batch.rows()).filter_map(|row| batch.time(row)) {
            let (first, last) = seen.times.unwrap_or((time, time));
            seen.times = Some((first.min(time), last.max(time)));
        }
        Ok(())
    };
    let reads = match read_file(name, &mut &*bytes, &mut sink) {
        Ok(reads) => reads,
        Err(IntakeError::Unrecognised { .. }) => {
            return vec![format!("| {name} | – | – | – | | | not known |")];
        }
        Err(error) => {
            let reason = error
                .to_string()
                .replace(&format!("{name}, "), "")
                .replace(&format!("{name}: "), "")
                .replace('|', "/");
            return vec![format!("| {name} | – | – | – | | | refused: {reason} |")];
        }
    };
    let rejected: u64 = reads.iter().map(|read| read.rejected_count).sum();
    let formats: Vec<&str> = reads.iter().map(|read| read.about.id).collect();
    if seen.is_empty() {
        let reason = reads
            .iter()
            .flat_map(|read| &read.rejected)
            .next()
            .map(|r| r.reason.to_string().replace('|', "/"));
        let reason = reason.unwrap_or_else(|| "it holds no row".to_owned());
        return vec![format!("| {name} | {} | – | 0 | {rejected} | | {reason} |", formats.join(", "))];
    }
    let of = |(category, seen): (&Category, &Seen)| {
        let period = seen.times.map_or_else(
            || "undated".to_owned(),
            |(first, last)| format!("{} – {}", spell(*category, first), spell(*category, last)),
        );
        let sums: Vec<String> = totals
            .of(*category)
            .iter()
            .map(|t| format!("{} {} {} {}", t.field, t.of, t.value, t.unit).replace("  ", " "))
            .collect();
        format!(
            "| {name} | {} | {category} | {} | {rejected} | {period} | {} |",
            formats.join(", "),
            seen.rows,
            sums.join("; ")
        )
    };
    seen.iter().map(of).collect()
}

#[test]
fn the_page_of_real_files_is_true() {
    let folder = root().join("../shared/fixtures");
    if !folder.is_dir() {
        eprintln!("skipped: there are no real files beside the project");
        return;
    }
    let mut all = Vec::new();
    files(&folder, &mut all);
    let mut page = String::from(
        "<!-- Written by the test `real_files` of mesinfos-intake with BLESS=1. -->\n\n# Real files\n\nWhat comes of each \
         real file that the formats are held against. The files themselves are not part of the project. Sums are \
         whole numbers of the unit; for money, minor units of the currency. \"Rejected\" counts rows that cannot be \
         read, each told with its place and the reason.\n\n| file | format | category | rows | rejected | period | \
         sums, or why there is nothing |\n|---|---|---|---|---|---|---|\n",
    );
    for path in all {
        let name = path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        if name == "PROVENANCE.md" {
            continue;
        }
        for line in lines(&name, &std::fs::read(&path).unwrap()) {
            let _ = writeln!(page, "{line}");
        }
    }
    let file = root().join("docs/real-files.md");
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(file, page).unwrap();
    }
    let found = std::fs::read_to_string(file).unwrap_or_default();
    assert!(found == page, "docs/real-files.md is not what comes of the files: run `cargo xtask generate`");
}
