//! A file of records with cells: CSV and its variants (RFC 4180), as programs and people really write them.
//!
//! A record is a line. A cell that begins with a quote ends with a quote before a delimiter or a line end; quotes within
//! it may be doubled or not. If no such quote is on its line, the cell may go on over the next lines, up to [`CELL`]
//! bytes, to the next cell that begins with a quote, and to the next line that is a record of its own where the format
//! says what is one. If it does not end there either, its quote is a character like any other, and the record says so: a
//! quote without an end costs its record at most, never the ones after it.

use super::current::CurrentRecord;
use super::guard::{Count, Guarded};
use super::text;
use crate::error::FormatError;
use crate::reason::{Excess, Limit};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::BufRead;
use std::ops::Range;
use std::rc::Rc;

/// Longest record, in bytes. Each cell takes sixteen more, and every byte may be a cell.
const RECORD: u64 = 1 << 20;

/// Most cells of a record. The widest known table, of a bank, has 85 columns.
const CELLS: usize = 4_096;

/// Most bytes that are held at once, beside a record.
const BLOCK: usize = 64 << 10;

/// Longest cell over several lines, in bytes: a letter's worth of text.
const CELL: usize = 64 << 10;

/// Records with trimmed cells.
pub(crate) struct Table<'a> {
    input: Guarded<'a>,
    count: Rc<Count>,
    delimiter: u8,
    /// Bytes of the lines read so far that no record has taken, from `begin` on.
    held: Vec<u8>,
    begin: usize,
    /// Line of `begin`, from 1.
    line: u64,
    record: Record,
    /// Whether a line is a record of its own, even where a quote is open above it.
    is_row: Option<fn(&Row<'_>) -> bool>,
    /// A line that was split to look at it.
    looked_at: Record,
    /// Where the record is told.
    told: Option<Rc<RefCell<CurrentRecord>>>,
}

/// Cells of a record: ranges of its text.
#[derive(Debug, Default)]
struct Record {
    text: String,
    cells: Vec<Range<usize>>,
    /// The quote of a cell does not end.
    is_open: bool,
}

/// A record, and the line at which it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    pub(crate) line: u64,
    record: &'r Record,
}

impl Record {
    /// The trimmed cell at this index.
    fn cell(&self, index: usize) -> &str {
        let cell = self.cells.get(index).and_then(|range| self.text.get(range.clone())).unwrap_or_default();
        // Most cells begin and end with a letter or a digit of ASCII.
        let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let is_trimmed = is_visible(cell.as_bytes().first()) && is_visible(cell.as_bytes().last());
        if is_trimmed { cell } else { cell.trim() }
    }
}

impl<'r> Row<'r> {
    /// The trimmed cell at this index; empty if there is none.
    pub(crate) fn get(&self, cell: usize) -> &'r str {
        self.record.cell(cell)
    }

    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.record.cells.len()
    }

    /// Whether every cell that begins with a quote ends with one.
    pub(crate) fn is_closed(&self) -> bool {
        !self.record.is_open
    }

    /// Whether every cell is empty.
    pub(crate) fn is_blank(&self) -> bool {
        self.iter().all(str::is_empty)
    }

    /// The cells, trimmed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'r str> + Clone + use<'r> {
        let record = self.record;
        (0..record.cells.len()).map(|cell| record.cell(cell))
    }
}

impl<'a> Table<'a> {
    pub(crate) fn new(input: Guarded<'a>, delimiter: u8) -> Table<'a> {
        let input = input.longest(RECORD);
        let count = input.count();
        Table {
            input,
            count,
            delimiter,
            held: Vec::new(),
            begin: 0,
            line: 1,
            record: Record::default(),
            is_row: None,
            looked_at: Record::default(),
            told: None,
        }
    }

    /// The same table, which tells each record.
    pub(crate) fn telling(self, told: Rc<RefCell<CurrentRecord>>) -> Table<'a> {
        Table { told: Some(told), ..self }
    }

    /// The same table, in which such a line is a record of its own even where a quote is open above it.
    pub(crate) fn with_rows(self, is_row: fn(&Row<'_>) -> bool) -> Table<'a> {
        Table { is_row: Some(is_row), ..self }
    }

    /// The records of the first bytes of a file.
    pub(crate) fn of_text(text: &'a str, delimiter: u8) -> Table<'a> {
        Table::new(Guarded::new(Box::new(text.as_bytes())), delimiter)
    }

    /// The next record that is not an empty line. A record that is not valid UTF-8 is mended.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, FormatError> {
        let (line, mut end) = loop {
            let Some(end) = self.line_end(self.begin)? else { return Ok(None) };
            let line = self.line;
            if !without_end(&self.held[self.begin..end]).is_empty() {
                break (line, end);
            }
            (self.line, self.begin) = (line + 1, end);
        };
        let own = without_end(&self.held[self.begin..end]);
        let mut lines = 1;
        if !split(&mut self.record, own, self.delimiter)? {
            let mut from = 0;
            while let Some(opened) = open_quote(&self.held[self.begin..end], from, self.delimiter) {
                let close = match opened {
                    (opened, true) => self.closed(self.begin + opened, end)?,
                    (_, false) => None,
                };
                match close {
                    // The line in which the cell ends belongs to the record, and may open another one.
                    Some((close, line_end)) => (from, end) = (close - self.begin, line_end),
                    None => from = opened.0,
                }
            }
            quoted(&mut self.record, without_end(&self.held[self.begin..end]), self.delimiter)?;
            lines = memchr::memchr_iter(b'\n', &self.held[self.begin..end]).count() as u64;
        }
        if let Some(told) = &self.told {
            told.borrow_mut().set(self.delimiter, line, &self.held[self.begin..end]);
        }
        (self.line, self.begin) = (line + lines, end);
        Ok(Some(Row { line, record: &self.record }))
    }

    /// End of the line that begins at `from` in the held bytes, after its line end; `None` at the end of the file.
    fn line_end(&mut self, mut from: usize) -> Result<Option<usize>, FormatError> {
        let mut searched = from;
        loop {
            let end = memchr::memchr(b'\n', &self.held[searched..]).map(|end| searched + end + 1);
            if (end.unwrap_or(self.held.len()) - from) as u64 > RECORD {
                return Err(FormatError::too_large(Excess::Record, Limit::Bytes(RECORD)));
            }
            if end.is_some() {
                return Ok(end);
            }
            // What is taken goes when a record ends with what is held, so that what is left is short.
            if from == self.begin && self.begin > 0 {
                self.held.drain(..self.begin);
                (from, self.begin) = (0, 0);
            }
            searched = self.held.len();
            self.count.next_record();
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok((self.held.len() > from).then_some(self.held.len()));
            }
            let taken = available.len().min(BLOCK);
            self.held.extend_from_slice(&available[..taken]);
            self.input.consume(taken);
        }
    }

    /// Where a cell that goes on after its line ends: after its last quote, and the end of that line.
    fn closed(&mut self, opened: usize, line_end: usize) -> Result<Option<(usize, usize)>, FormatError> {
        let mut end = line_end;
        while end - opened <= CELL {
            let Some(next) = self.line_end(end)? else { return Ok(None) };
            let bare = without_end(&self.held[end..next]);
            if let Some(is_row) = self.is_row {
                quoted(&mut self.looked_at, bare, self.delimiter)?;
                if is_row(&Row { line: 0, record: &self.looked_at }) {
                    return Ok(None);
                }
            }
            match ending(bare, 0, self.delimiter) {
                End::At(close) => return Ok(Some((end + close + 1, next))),
                End::Never => return Ok(None),
                End::Later => end = next,
            }
        }
        Ok(None)
    }
}

/// A line without its end.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Where a quoted cell ends.
enum End {
    /// At this quote.
    At(usize),
    /// Not before another cell seems to begin.
    Never,
    /// Perhaps in the lines after these.
    Later,
}

/// Looks for the quote that ends a quoted cell, from `from` on: an odd one before a delimiter or the end, perhaps with
/// spaces between. A quote after a delimiter or at the start of a line, and before something else, begins another cell:
/// it bounds the search, so that all searches of a file together take one pass.
fn ending(lines: &[u8], from: usize, delimiter: u8) -> End {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'"', &lines[at..]) {
        let first = at + found;
        let run = lines[first..].iter().take_while(|byte| **byte == b'"').count();
        at = first + run;
        let after = lines[at..].iter().find(|byte| **byte != b' ');
        let ends = after.is_none_or(|after| *after == delimiter || *after == b'\n');
        if run % 2 == 1 && ends {
            return End::At(at - 1);
        }
        let is_first = first == 0 || lines[first - 1] == delimiter || lines[first - 1] == b'\n';
        if run % 2 == 1 && is_first && lines.get(at) != Some(&b' ') {
            return End::Never;
        }
    }
    End::Later
}

/// Finds a cell that begins with a quote and does not end in these lines, in cells from `from` on: the index after its
/// quote, and whether it may end in the next lines.
fn open_quote(lines: &[u8], from: usize, delimiter: u8) -> Option<(usize, bool)> {
    let lines = without_end(lines);
    let mut at = from;
    // After a quote that was given up, or that ended a cell, the rest of that cell is skipped.
    if from > 0 {
        at += memchr::memchr(delimiter, lines.get(from..)?)? + 1;
    }
    loop {
        if lines.get(at) == Some(&b'"') {
            match ending(lines, at + 1, delimiter) {
                End::At(close) => at = close + 1,
                End::Never => return Some((at + 1, false)),
                End::Later => return Some((at + 1, true)),
            }
        }
        at += memchr::memchr(delimiter, lines.get(at..)?)? + 1;
    }
}

/// Splits a record of one line, if every cell that begins with a quote ends with the next one, as in nearly all records.
/// Its cells are parts of the line. False if it is not such a record.
fn split(record: &mut Record, bytes: &[u8], delimiter: u8) -> Result<bool, FormatError> {
    record.text.clear();
    match std::str::from_utf8(bytes) {
        Ok(text) => record.text.push_str(text),
        Err(_) => record.text.push_str(&text::decode(bytes)),
    }
    record.cells.clear();
    record.is_open = false;
    let bytes = record.text.as_bytes();
    let mut begin = 0;
    while record.cells.len() <= CELLS {
        let (cell, end) = if bytes.get(begin) == Some(&b'"') {
            let Some(close) = memchr::memchr(b'"', &bytes[begin + 1..]) else { return Ok(false) };
            let (cell, end) = (begin + 1..begin + 1 + close, begin + close + 2);
            if bytes.get(end).is_some_and(|after| *after != delimiter) {
                return Ok(false);
            }
            (cell, end)
        } else {
            let end = bytes[begin..].iter().position(|byte| *byte == delimiter);
            let end = end.map_or(bytes.len(), |end| begin + end);
            (begin..end, end)
        };
        record.cells.push(cell);
        if end == bytes.len() {
            break;
        }
        begin = end + 1;
    }
    within(record).map(|()| true)
}

/// Splits a record with quotes. Bytes of a delimiter and of quotes are ASCII, so text may be mended first.
fn quoted(record: &mut Record, bytes: &[u8], delimiter: u8) -> Result<(), FormatError> {
    let whole: Cow<'_, str> = text::decode(bytes);
    let bytes = whole.as_bytes();
    record.text.clear();
    record.cells.clear();
    record.is_open = false;
    let mut at = 0;
    loop {
        let begin = record.text.len();
        let close = match bytes.get(at) {
            Some(b'"') => match ending(bytes, at + 1, delimiter) {
                End::At(close) => Some(close),
                End::Never | End::Later => {
                    record.is_open = true;
                    None
                }
            },
            _ => None,
        };
        let end = match close {
            Some(close) => {
                push_unquoted(&mut record.text, &whole[at + 1..close]);
                close + 1
            }
            None => at,
        };
        let next = memchr::memchr(delimiter, &bytes[end..]).map(|found| end + found);
        if close.is_none() {
            record.text.push_str(&whole[end..next.unwrap_or(bytes.len())]);
        }
        record.cells.push(begin..record.text.len());
        match next {
            Some(next) if record.cells.len() <= CELLS => at = next + 1,
            _ => return within(record),
        }
    }
}

/// Adds a text with its doubled quotes as one each.
fn push_unquoted(text: &mut String, mut rest: &str) {
    while let Some(at) = rest.find("\"\"") {
        text.push_str(&rest[..=at]);
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
}

fn within(record: &Record) -> Result<(), FormatError> {
    match record.cells.len() > CELLS {
        true => Err(FormatError::too_many(Excess::Cells, CELLS)),
        false => Ok(()),
    }
}

/// The records at the beginning of a text, at most so many. `is_row` is that of [`Table::with_rows`].
pub(crate) fn beginning(
    text: &str,
    delimiter: u8,
    is_row: fn(&Row<'_>) -> bool,
    most: usize,
) -> Vec<Vec<String>> {
    let mut records = Table::of_text(text, delimiter).with_rows(is_row);
    let mut all = Vec::new();
    while all.len() < most
        && let Ok(Some(row)) = records.next()
    {
        all.push(row.iter().map(str::to_owned).collect());
    }
    all
}

/// Columns of a header, by name.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    names: Vec<String>,
}

impl Columns {
    /// Columns of a header record.
    pub(crate) fn of(header: Row<'_>) -> Columns {
        Columns { names: header.iter().map(fold).collect() }
    }

    /// Index of the first of these names that is present, in any case.
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = fold(name);
            self.names.iter().position(|other| *other == name)
        })
    }

    /// Number of columns.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

fn fold(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn records_of_any_line_end_and_encoding() {
        let bytes = b"Date ;\xC9tat\n\"a;b\";2\n\n3\n";
        let mut table = Table::new(Guarded::new(Box::new(&bytes[..])), b';');
        let columns = Columns::of(table.next().unwrap().unwrap());
        assert_eq!((columns.find(&["etat", "état"]), columns.find(&["date"])), (Some(1), Some(0)));
        let row = table.next().unwrap().unwrap();
        assert_eq!((row.line, row.get(0), row.get(1), row.get(9)), (2, "a;b", "2", ""));
        let row = table.next().unwrap().unwrap();
        assert_eq!((row.line, row.get(0)), (4, "3"), "an empty line is counted");
        assert!(table.next().unwrap().is_none());
    }

    #[test]
    fn a_line_of_cells_without_number_is_refused() {
        for cells in [CELLS + 1, 3 << 20] {
            let line = ",".repeat(cells);
            let mut table = Table::new(Guarded::new(Box::new(line.as_bytes())), b',');
            assert!(matches!(table.next(), Err(FormatError::TooLarge { .. })), "{cells}");
        }
        let line = ",".repeat(CELLS - 1);
        let mut table = Table::new(Guarded::new(Box::new(line.as_bytes())), b',');
        assert_eq!(table.next().unwrap().map(|row| row.len()), Some(CELLS));
    }

    fn all(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut all = Vec::new();
        for size in [1, 3, 1 << 12] {
            let input = std::io::BufReader::with_capacity(size, text.as_bytes());
            let mut table = Table::new(Guarded::new(Box::new(input)), b';');
            let mut rows = Vec::new();
            while let Some(row) = table.next().unwrap() {
                rows.push((row.line, row.iter().map(str::to_owned).collect()));
            }
            assert!(all.is_empty() || all == rows, "in buffers of {size}");
            all = rows;
        }
        all
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        all(text).into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn quotes_as_people_write_them() {
        for (line, expected) in [
            ("\"a\";\"\";\"\"\"\";\"b\"\"c\"", vec!["a", "", "\"", "b\"c"]),
            ("\"Le \"Bon\" Coin\";12", vec!["Le \"Bon\" Coin", "12"]),
            ("20\" screen;x", vec!["20\" screen", "x"]),
            ("\"a;b\" ;c", vec!["a;b", "c"]),
            ("=\"0012\";c", vec!["=\"0012\"", "c"]),
            ("\"20 inch;x", vec!["\"20 inch", "x"]),
            ("a;\"20 inch;\"x;y\"", vec!["a", "\"20 inch", "x;y"]),
            (";", vec!["", ""]),
        ] {
            assert_eq!(cells(line), [expected], "{line}");
        }
    }

    #[test]
    fn a_quote_without_an_end_costs_no_other_record() {
        let shop = "1;SHOP\n2;\"20 INCH SCREEN\n3;SHOP C\n4;\"D\"\n";
        let rows = cells(shop);
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!((rows[1][1].as_str(), rows[3][1].as_str()), ("\"20 INCH SCREEN", "D"));
        let end = cells("1;\"a\n2;b\n");
        assert_eq!(end, [["1", "\"a"], ["2", "b"]]);
        // Each line begins a cell that does not end: the searches together take one pass.
        let endless = "\"x;".repeat(CELLS / 2) + "\n";
        assert_eq!(cells(&endless.repeat(500)).len(), 500);
        let many: String = (0..2_000).map(|n| format!("{n};\"x\n")).collect();
        assert_eq!(cells(&many).len(), 2_000);
    }

    #[test]
    fn a_cell_may_go_on_over_lines() {
        let rows = all("1;\"PAYMENT\n  OF; A \"\"SHOP\"\"\n\nX\";\"2\n3\"\n4;y\n");
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert_eq!(rows[0].1, ["1", "PAYMENT\n  OF; A \"SHOP\"\n\nX", "2\n3"]);
        assert_eq!((rows[0].0, rows[1].0), (1, 6));
    }

    fn is_dated(row: &Row<'_>) -> bool {
        row.len() >= 2 && row.get(0).starts_with("2026-")
    }

    fn dated(text: &str) -> Vec<(u64, Vec<String>, bool)> {
        let mut table = Table::of_text(text, b';').with_rows(is_dated);
        let mut all = Vec::new();
        while let Some(row) = table.next().unwrap() {
            all.push((row.line, row.iter().map(str::to_owned).collect(), row.is_closed()));
        }
        all
    }

    #[test]
    fn a_cell_of_several_lines_is_bounded() {
        let long = format!("1;\"{}\";x\n2;y\n", format!("{}\n", "z".repeat(1_000)).repeat(CELL / 1_000 + 2));
        let rows = cells(&long);
        assert!(rows.len() > 2 && rows[0][1].starts_with("\"z"), "{}", rows.len());
        assert_eq!(rows.last().map(Vec::as_slice), Some(&["2".to_owned(), "y".to_owned()][..]));
    }

    #[test]
    fn a_line_that_is_a_record_is_in_no_cell() {
        let read = |line, cells: [&str; 3], is_closed| (line, cells.map(str::to_owned).to_vec(), is_closed);
        // To the end of the file, to the next quote, and to a quote that ends well, below a record.
        for (rest, label) in [("2026-02;b;2\n", "b"), ("2026-02;\"b\";2\n", "b"), ("2026-02;b\";2\n", "b\"")]
        {
            assert_eq!(
                dated(&format!("2026-01;\"a;1\n{rest}2026-03;c;3\n")),
                [
                    read(1, ["2026-01", "\"a", "1"], false),
                    read(2, ["2026-02", label, "2"], true),
                    read(3, ["2026-03", "c", "3"], true)
                ]
            );
        }
        assert_eq!(
            dated("2026-01;\"a\n\nb \"\"c\"\";d\" ;1\n\n2026-02;e;2"),
            [read(1, ["2026-01", "a\n\nb \"c\";d", "1"], true), read(5, ["2026-02", "e", "2"], true)]
        );
    }

    proptest! {
        /// Tables that are written as they should be are read as they were written.
        #[test]
        fn sound_tables_come_back(
            rows in prop::collection::vec(prop::collection::vec("[a-z\";\n é]{0,8}", 1..5), 1..12),
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let lines: Vec<String> =
                rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";")).collect();
            let found = dated(&lines.join("\n"));
            let cells: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            prop_assert_eq!(found.iter().map(|(_, cells, _)| cells.clone()).collect::<Vec<_>>(), cells);
            prop_assert!(found.iter().all(|(_, _, is_closed)| *is_closed));
        }

        /// No line is lost, whatever the quotes are.
        #[test]
        fn every_line_is_in_a_record(text in "[a\";\n]{0,80}") {
            let found = dated(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0));
            let letters = |text: &str| text.chars().filter(|c| *c == 'a').count();
            let kept: usize = found.iter().flat_map(|(_, cells, _)| cells).map(|cell| letters(cell)).sum();
            prop_assert_eq!(kept, letters(&text));
        }
    }

    #[test]
    fn a_line_that_does_not_end_is_refused() {
        let endless = std::io::Read::chain(&b"a,\""[..], std::io::Read::take(std::io::repeat(b'x'), 1 << 30));
        let mut table = Table::new(Guarded::new(Box::new(std::io::BufReader::new(endless))), b',');
        assert!(matches!(table.next(), Err(FormatError::TooLarge { .. })));
    }
}
