//! Table of rejected rows as CSV (RFC 4180): file, position, field, reason and, if available, the text of
//! the line.
//!
//! Reports do not contain the line, so it is read from the file again: only from regular files with lines,
//! not from archive members.

use mesinfos_model::view::Lang;
use mesinfos_platform::ImportReport;
use mesinfos_platform::intake::OrdinalKind;
use mesinfos_words::intake::why;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Maximum length of a line in the table, in bytes; the rest is cut.
const LONGEST: usize = 4 << 10;

/// The rejected rows of several imports.
pub(crate) struct Rejects {
    csv: String,
    rows: u64,
}

impl Rejects {
    pub(crate) fn new() -> Rejects {
        Rejects { csv: String::from("file,line,field,reason,text\r\n"), rows: 0 }
    }

    /// Adds the rejections in the report of an import.
    pub(crate) fn add(&mut self, report: &ImportReport, path: &Path, lang: Lang) {
        let of_archive = format!("{}/", report.file);
        for file in &report.files {
            let is_of_lines = file.counts == OrdinalKind::Lines && !file.file.starts_with(&of_archive);
            let wanted: BTreeSet<u64> = file.problems.iter().filter_map(|problem| problem.line).collect();
            // Lines are optional: the table is useful without them.
            let texts = if is_of_lines { lines(path, &wanted).unwrap_or_default() } else { BTreeMap::new() };
            for problem in &file.problems {
                let line = problem.line.map_or_else(String::new, |line| line.to_string());
                let text = problem.line.and_then(|line| texts.get(&line)).map(|line| decoded(line));
                let cells = [
                    cell(&file.file),
                    line,
                    cell(problem.field.as_deref().unwrap_or_default()),
                    cell(&why(problem, lang)),
                    cell(text.as_deref().unwrap_or_default()),
                ];
                self.csv.push_str(&cells.join(","));
                self.csv.push_str("\r\n");
                self.rows += 1;
            }
        }
    }

    /// Number of rejected rows in the table.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    pub(crate) fn csv(&self) -> &str {
        &self.csv
    }
}

/// A quoted CSV cell. A leading `'` keeps spreadsheets from evaluating file content as a formula (OWASP,
/// "CSV injection"), also after leading white space.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The wanted lines of a file, by number from 1. Empty unless it is a regular file: other inputs can be
/// read only once.
fn lines(path: &Path, wanted: &BTreeSet<u64>) -> std::io::Result<BTreeMap<u64, Vec<u8>>> {
    let mut found: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let Some(&last) = wanted.last() else { return Ok(found) };
    if !std::fs::metadata(path)?.is_file() {
        return Ok(found);
    }
    let mut input = BufReader::new(File::open(path)?);
    let mut number = 1;
    while number <= last {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let line = &buffer[..end.unwrap_or(buffer.len())];
        if wanted.contains(&number) {
            let kept = found.entry(number).or_default();
            let room = LONGEST.saturating_sub(kept.len());
            kept.extend_from_slice(&line[..line.len().min(room)]);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        number += u64::from(end.is_some());
        input.consume(used);
    }
    Ok(found)
}

/// Text of a line: UTF-8, else ISO 8859-1. Empty if it contains a zero byte: encodings with zero bytes have
/// other line ends.
fn decoded(line: &[u8]) -> String {
    if line.contains(&0) {
        return String::new();
    }
    let text = match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        // Cut within a character.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&line[..error.valid_up_to()]).into_owned()
        }
        Err(_) => line.iter().map(|&byte| char::from(byte)).collect(),
    };
    text.trim_start_matches('\u{feff}').trim_end_matches('\r').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        for formula in ["=1+1", " -1", "\t=1", "＝1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula}");
        }
    }

    #[test]
    fn lines_are_as_they_stand_in_the_file() {
        assert_eq!(decoded("é;1\r".as_bytes()), "é;1");
        assert_eq!(decoded(b"caf\xe9;1"), "café;1");
        assert_eq!(decoded(&"né".as_bytes()[..2]), "n");
        assert_eq!(decoded(b"a\0"), "");
    }
}
