//! The cells of rejected rows of a table, with the lines above its first row: enough to show a row, and to read it again
//! once a person has corrected it.
//!
//! Only a table keeps them, and only within limits: what is beyond them is rejected without its cells.

use crate::read::{CurrentRecord, Table};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;

/// Longest record whose cells are kept, in bytes.
pub const LARGEST_RAW_ROW: usize = CurrentRecord::LARGEST;

/// Most cells of a record that are kept. A person looks at them.
pub const MOST_RAW_CELLS: usize = 100;

/// Largest size of the records that are kept of a file, in bytes.
pub const LARGEST_RAW: usize = 64 << 10;

/// Largest size of the lines above the first row, in bytes.
pub const LARGEST_ABOVE: usize = 8 << 10;

/// Rejected rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRows {
    /// Byte between cells.
    pub delimiter: u8,
    /// The lines above the first row, each with its end: those about the account, and the header.
    pub above: String,
    /// Line and cells of each row.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Collects the rejected rows of a file.
#[derive(Default)]
pub(crate) struct Collector {
    current: Rc<RefCell<CurrentRecord>>,
    first: Option<u64>,
    bytes: usize,
    rows: Vec<(u64, Vec<String>)>,
}

impl Collector {
    pub(crate) fn of(current: Rc<RefCell<CurrentRecord>>) -> Collector {
        Collector { current, ..Collector::default() }
    }

    /// Says that this line has a row.
    pub(crate) fn row(&mut self, line: u64) {
        self.first = Some(self.first.map_or(line, |first| first.min(line)));
    }

    /// Says that the reading of a row depends on others of the file.
    pub(crate) fn turn_off(&mut self) {
        self.current.borrow_mut().turn_off();
    }

    /// Takes the cells of a rejected row, if it is the one being read.
    pub(crate) fn reject(&mut self, line: u64) {
        self.row(line);
        let current = self.current.borrow();
        let is_known = self.rows.last().is_some_and(|(last, _)| *last == line);
        let Some(record) = current.of(line).filter(|_| !is_known) else { return };
        let size = record.len();
        if self.bytes + size > LARGEST_RAW {
            return;
        }
        let text = String::from_utf8_lossy(record);
        let mut table = Table::of_text(&text, current.delimiter());
        if let Ok(Some(row)) = table.next()
            && row.len() <= MOST_RAW_CELLS
        {
            let cells = row.iter().map(str::to_owned).collect();
            self.bytes += size;
            self.rows.push((line, cells));
        }
    }

    /// The rows, if any is kept. `head` is the text at the beginning of the file.
    pub(crate) fn finish(self, head: &str) -> Option<RawRows> {
        let above = above(head, self.first?)?;
        let delimiter = self.current.borrow().delimiter();
        (!self.rows.is_empty()).then(|| RawRows { delimiter, above: above.to_owned(), rows: self.rows })
    }
}

/// The lines before a line, from 1; `None` if they are too long.
fn above(head: &str, line: u64) -> Option<&str> {
    let before = usize::try_from(line).ok()?.checked_sub(1)?;
    let end: usize = head.split_inclusive('\n').take(before).map(str::len).sum();
    let lines = head.get(..end)?;
    let is_whole = lines.matches('\n').count() == before;
    (is_whole && lines.len() <= LARGEST_ABOVE).then_some(lines)
}

impl RawRows {
    /// Whether the rows could have been kept here: for rows from a process that reads hostile files.
    pub fn is_bounded(&self) -> bool {
        let size = |cells: &[String]| cells.iter().map(|cell| cell.len() + 1).sum::<usize>();
        // A byte that is not UTF-8 becomes three.
        let is_row = |cells: &[String]| {
            cells.len() <= MOST_RAW_CELLS && size(cells) <= 3 * LARGEST_RAW_ROW + MOST_RAW_CELLS
        };
        matches!(self.delimiter, b',' | b';' | b'\t' | b'|')
            && self.above.len() <= LARGEST_ABOVE
            && self.rows.iter().all(|(line, cells)| *line > 0 && is_row(cells))
            && self.rows.iter().map(|(_, cells)| size(cells)).sum::<usize>() <= 4 * LARGEST_RAW
    }

    /// Names of the columns: the cells of the last line above the rows that is not empty.
    pub fn names(&self) -> Vec<String> {
        let mut table = Table::of_text(&self.above, self.delimiter);
        let mut names = Vec::new();
        while let Ok(Some(row)) = table.next() {
            if !row.is_blank() {
                names = row.iter().map(str::to_owned).collect();
            }
        }
        names
    }

    /// A file with the lines above and one row of these cells, and the line of the row in it.
    pub fn with(&self, cells: &[String]) -> (String, u64) {
        let line = self.above.matches('\n').count() as u64 + 1;
        (format!("{}{}\n", self.above, self.line(cells)), line)
    }

    /// A line with these cells. Line ends in a cell are spaces.
    pub fn line(&self, cells: &[String]) -> String {
        let delimiter = char::from(self.delimiter);
        let mut line = String::new();
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                line.push(delimiter);
            }
            let cell = cell.replace(['\n', '\r'], " ");
            if cell.contains([delimiter, '"']) {
                line.push('"');
                line.push_str(&cell.replace('"', "\"\""));
                line.push('"');
            } else {
                line.push_str(&cell);
            }
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_from_its_file() {
        let raw =
            RawRows { delimiter: b';', above: "compte;1\n\nDate;Libellé\n".to_owned(), rows: Vec::new() };
        assert_eq!(raw.names(), ["Date", "Libellé"]);
        let cells = ["2025-01-03", "a;b \"c\"", "", "two\r\nlines"].map(str::to_owned);
        let (file, line) = raw.with(&cells);
        assert_eq!(line, 4);
        let mut table = Table::of_text(&file, b';');
        for _ in 0..2 {
            table.next().unwrap();
        }
        let row = table.next().unwrap().unwrap();
        assert_eq!(row.line, 4);
        assert_eq!(row.iter().collect::<Vec<_>>(), ["2025-01-03", "a;b \"c\"", "", "two  lines"]);
        assert!(table.next().unwrap().is_none());
    }

    #[test]
    fn lines_above_are_whole_or_not_kept() {
        assert_eq!(above("a\nb\nc", 3), Some("a\nb\n"));
        assert_eq!(above("a\nb\nc", 1), Some(""));
        assert_eq!(above("a\nb\nc", 4), None);
        assert_eq!(above("a", 0), None);
        assert_eq!(above(&format!("{}\nb", "x".repeat(LARGEST_ABOVE)), 2), None);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut collector = Collector::default();
        for line in 1..=1_000 {
            let text = format!("{line};{}", "x".repeat(1_000));
            collector.current.borrow_mut().set(b';', line, text.as_bytes());
            collector.reject(line);
        }
        let long = "y".repeat(LARGEST_RAW_ROW + 1);
        collector.current.borrow_mut().set(b';', 1_001, long.as_bytes());
        collector.reject(1_001);
        let raw = collector.finish("").unwrap();
        assert!(raw.is_bounded() && raw.rows.len() < 70 && raw.rows.len() > 50, "{}", raw.rows.len());
        let row =
            |cells: Vec<String>| RawRows { delimiter: b';', above: String::new(), rows: vec![(1, cells)] };
        assert!(!row(vec![String::new(); MOST_RAW_CELLS + 1]).is_bounded());
        assert!(!row(vec!["x".repeat(10_000)]).is_bounded());
        assert!(!RawRows { delimiter: b'x', ..raw.clone() }.is_bounded());
        assert!(!RawRows { above: "x".repeat(LARGEST_ABOVE + 1), ..raw }.is_bounded());
    }

    #[test]
    fn a_row_that_needs_the_others_is_not_kept() {
        let mut collector = Collector::default();
        collector.turn_off();
        collector.current.borrow_mut().set(b';', 1, b"a;b");
        collector.reject(1);
        assert_eq!(collector.finish(""), None);
    }
}
