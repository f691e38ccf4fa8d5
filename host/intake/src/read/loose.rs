//! Records of a table that anybody may have written: a quotation mark that does not end costs its line, not the lines
//! below it.

use super::guard::Guarded;
use super::lines::Lines;
use super::table::{Record, Row};
use crate::error::FormatError;
use crate::reason::{Excess, Limit};
use csv::StringRecord;
use std::collections::VecDeque;

/// Longest line, and longest record, in bytes.
const RECORD: u64 = 1 << 20;

/// Most cells of a record, as in every table.
const CELLS: usize = 4_096;

/// Most lines of a record. A cell of more is a quotation mark that does not end.
const LINES: usize = 100;

/// Records with trimmed cells.
pub(crate) struct Loose<'a> {
    lines: Lines<'a>,
    delimiter: char,
    /// Whether a line is a row of its own, even where a quotation mark is open.
    is_row: fn(&StringRecord) -> bool,
    /// Lines that were looked at, with their numbers.
    ahead: VecDeque<(u64, String)>,
    record: Record,
}

/// A record, and whether its quotation marks end. One whose marks do not is its first line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LooseRow<'r> {
    pub(crate) row: Row<'r>,
    pub(crate) is_closed: bool,
}

impl<'a> Loose<'a> {
    pub(crate) fn new(input: Guarded<'a>, delimiter: char, is_row: fn(&StringRecord) -> bool) -> Loose<'a> {
        let lines = Lines::new(input.longest(RECORD));
        Loose { lines, delimiter, is_row, ahead: VecDeque::new(), record: Record::default() }
    }

    /// The next record that is not an empty line.
    pub(crate) fn next(&mut self) -> Result<Option<LooseRow<'_>>, FormatError> {
        let (line, text) = loop {
            let Some((line, text)) = self.take()? else { return Ok(None) };
            if !text.is_empty() {
                break (line, text);
            }
        };
        let mut cells = Cells::new(self.delimiter);
        let is_open = cells.add(&text)? == End::Open;
        let is_closed = !is_open || self.is_continued(&mut cells, text.len())?;
        if !is_closed {
            cells = Cells::new(self.delimiter);
            cells.add(&text)?;
        }
        self.record = Record::of(cells.into_record().iter());
        Ok(Some(LooseRow { row: Row::of(line, &self.record), is_closed }))
    }

    fn take(&mut self) -> Result<Option<(u64, String)>, FormatError> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.line(),
        }
    }

    /// The next line of the file.
    fn line(&mut self) -> Result<Option<(u64, String)>, FormatError> {
        let Some((line, text)) = self.lines.next()? else { return Ok(None) };
        // What is in memory already is read at once, whatever its length.
        if text.len() as u64 > RECORD {
            return Err(FormatError::too_large(Excess::Record, Limit::Bytes(RECORD)));
        }
        Ok(Some((line, text.to_owned())))
    }

    /// Adds the lines below to a record with an open quotation mark, as far as they belong to it. Whether its marks end:
    /// if they do not, no line is taken.
    fn is_continued(&mut self, cells: &mut Cells, mut bytes: usize) -> Result<bool, FormatError> {
        for taken in 0..LINES {
            if self.ahead.len() == taken {
                let Some(line) = self.line()? else { return Ok(false) };
                self.ahead.push_back(line);
            }
            let text = &self.ahead[taken].1;
            bytes += text.len() + 1;
            let mut alone = Cells::new(self.delimiter);
            alone.add(text)?;
            if bytes as u64 > RECORD || (self.is_row)(&alone.into_record()) {
                return Ok(false);
            }
            match cells.add(text)? {
                End::Open => {}
                End::Odd => return Ok(false),
                End::Whole => {
                    self.ahead.drain(..=taken);
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// The records at the beginning of a text, at most so many.
pub(crate) fn beginning(
    text: &str,
    delimiter: char,
    is_row: fn(&StringRecord) -> bool,
    most: usize,
) -> Vec<Vec<String>> {
    let mut records = Loose::new(Guarded::new(Box::new(text.as_bytes())), delimiter, is_row);
    let mut all = Vec::new();
    while all.len() < most
        && let Ok(Some(found)) = records.next()
    {
        all.push(found.row.iter().map(str::to_owned).collect());
    }
    all
}

/// Where a line leaves its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// Within a quotation mark.
    Open,
    /// A quotation mark of a line above ends before something that is no end of a cell.
    Odd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark within a quoted cell.
    Mark,
}

/// The cells of a record, line by line.
struct Cells {
    delimiter: char,
    record: StringRecord,
    cell: String,
    within: Within,
}

impl Cells {
    fn new(delimiter: char) -> Cells {
        Cells { delimiter, record: StringRecord::new(), cell: String::new(), within: Within::Start }
    }

    fn add(&mut self, line: &str) -> Result<End, FormatError> {
        let mut is_carried = self.within == Within::Quoted;
        if is_carried {
            self.cell.push('\n');
        }
        for c in line.chars() {
            self.within = match (self.within, c) {
                (Within::Quoted, '"') => Within::Mark,
                (Within::Quoted, c) => self.push(c, Within::Quoted),
                (Within::Mark, '"') => self.push('"', Within::Quoted),
                (Within::Start, '"') => Within::Quoted,
                (_, c) if c == self.delimiter => {
                    is_carried = false;
                    self.end()?;
                    Within::Start
                }
                (Within::Mark, c) if is_carried && !c.is_whitespace() => return Ok(End::Odd),
                (Within::Mark, c) => self.push(c, if is_carried { Within::Mark } else { Within::Plain }),
                (Within::Start | Within::Plain, c) => self.push(c, Within::Plain),
            };
        }
        if self.within == Within::Quoted {
            return Ok(End::Open);
        }
        self.end()?;
        Ok(End::Whole)
    }

    fn push(&mut self, c: char, within: Within) -> Within {
        self.cell.push(c);
        within
    }

    fn end(&mut self) -> Result<(), FormatError> {
        self.record.push_field(&self.cell);
        self.cell.clear();
        match self.record.len() > CELLS {
            true => Err(FormatError::too_many(Excess::Cells, CELLS)),
            false => Ok(()),
        }
    }

    fn into_record(mut self) -> StringRecord {
        if self.within == Within::Quoted {
            self.record.push_field(&self.cell);
        }
        self.record
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Table;
    use proptest::prelude::*;

    fn is_row(record: &StringRecord) -> bool {
        record.len() >= 2 && record[0].starts_with("2026-")
    }

    type Read = (u64, Vec<String>, bool);

    fn all(text: &str) -> Vec<Read> {
        let mut records = Loose::new(Guarded::new(Box::new(text.as_bytes())), ';', is_row);
        let mut all = Vec::new();
        while let Some(found) = records.next().unwrap() {
            all.push((found.row.line, found.row.iter().map(str::to_owned).collect(), found.is_closed));
        }
        all
    }

    fn read(line: u64, cells: &[&str], is_closed: bool) -> Read {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect(), is_closed)
    }

    #[test]
    fn a_quotation_mark_that_does_not_end_costs_its_line() {
        // To the end of the file, to the next mark, and to a mark that ends well, below a row.
        for rest in ["2026-02;b;2\n", "2026-02;\"b\";2\n", "2026-02;b\";2\n"] {
            let found = all(&format!("2026-01;\"a;1\n{rest}2026-03;c;3\n"));
            assert_eq!(found.len(), 3, "{found:?}");
            assert_eq!(found[0], read(1, &["2026-01", "a;1"], false));
            assert_eq!((found[1].0, found[1].2, found[1].1[0].as_str()), (2, true, "2026-02"));
            assert_eq!(found[2], read(3, &["2026-03", "c", "3"], true));
        }
    }

    #[test]
    fn a_cell_of_several_lines_is_one() {
        assert_eq!(
            all("2026-01;\"a\n\nb \"\"c\"\";d\" ;1\n\n2026-02;e;2"),
            [read(1, &["2026-01", "a\n\nb \"c\";d", "1"], true), read(5, &["2026-02", "e", "2"], true)]
        );
        let long = format!("2026-01;\"{}\";1\n2026-02;e;2\n", "x\n".repeat(105));
        let found = all(&long);
        assert!(!found[0].2 && found.last() == Some(&read(107, &["2026-02", "e", "2"], true)));
    }

    #[test]
    fn limits_are_those_of_every_table() {
        let wide = ";".repeat(CELLS);
        let mut records = Loose::new(Guarded::new(Box::new(wide.as_bytes())), ';', is_row);
        assert!(matches!(records.next(), Err(FormatError::TooLarge { .. })));
        // A cell of several long lines.
        let long = format!("2026-01;\"{}\";1\n2026-02;e;2", format!("{}\n", "x".repeat(20 << 10)).repeat(60));
        let found = all(&long);
        assert!(!found[0].2 && found.last().is_some_and(|last| last.2 && last.0 == 62));
        let endless = std::io::Read::chain(&b"a;\""[..], std::io::Read::take(std::io::repeat(b'x'), 1 << 30));
        let mut records = Loose::new(Guarded::new(Box::new(std::io::BufReader::new(endless))), ';', is_row);
        assert!(matches!(records.next(), Err(FormatError::TooLarge { .. })));
    }

    proptest! {
        /// Tables that are written as they should be are read like every table.
        #[test]
        fn sound_tables_are_read_alike(
            rows in prop::collection::vec(prop::collection::vec("[a-z\";\n é]{0,8}", 1..5), 1..12),
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let lines: Vec<String> =
                rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";")).collect();
            let text = lines.join("\n");
            let mut table = Table::new(Guarded::new(Box::new(text.as_bytes())), b';');
            let mut expected = Vec::new();
            while let Some(row) = table.next().unwrap() {
                expected.push((row.line, row.iter().map(str::to_owned).collect::<Vec<_>>(), true));
            }
            prop_assert_eq!(all(&text), expected);
        }

        /// No line is lost, whatever the marks are.
        #[test]
        fn every_line_is_in_a_record(text in "[a\";\n]{0,80}") {
            let found = all(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let marks = |text: &str| text.chars().filter(|c| *c == 'a').count();
            let kept: usize = found.iter().flat_map(|(_, cells, _)| cells).map(|cell| marks(cell)).sum();
            prop_assert_eq!(kept, marks(&text));
        }
    }
}
