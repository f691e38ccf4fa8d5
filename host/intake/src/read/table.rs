//! A file of records with cells: CSV and its variants.

use super::guard::{Count, Guarded};
use super::text;
use crate::error::FormatError;
use crate::reason::{Excess, Reason};
use csv::StringRecord;
use std::rc::Rc;

/// Longest record, in bytes. Each cell takes eight more, and every byte may be a cell.
const RECORD: u64 = 1 << 20;

/// Most cells of a record. The widest known table, of a bank, has 85 columns.
const CELLS: usize = 4_096;

/// Records with trimmed cells.
pub(crate) struct Table<'a> {
    reader: csv::Reader<Guarded<'a>>,
    count: Rc<Count>,
    record: StringRecord,
}

/// A record, and the line at which it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    pub(crate) line: u64,
    cells: &'r StringRecord,
}

impl<'r> Row<'r> {
    pub(super) fn of(line: u64, cells: &'r StringRecord) -> Row<'r> {
        Row { line, cells }
    }

    /// The trimmed cell at this index; empty if there is none.
    pub(crate) fn get(&self, cell: usize) -> &'r str {
        self.cells.get(cell).unwrap_or_default().trim()
    }

    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether every cell is empty.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cells, trimmed.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'r str> + use<'r> {
        self.cells.iter().map(str::trim)
    }
}

impl<'a> Table<'a> {
    pub(crate) fn new(input: Guarded<'a>, delimiter: u8) -> Table<'a> {
        let count = input.count();
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(input.longest(RECORD));
        Table { reader, count, record: StringRecord::new() }
    }

    /// The next record that is not an empty line. A record that is not valid UTF-8 is decoded as
    /// Windows-1252.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, FormatError> {
        self.count.next_record();
        let mut bytes = std::mem::take(&mut self.record).into_byte_record();
        let more = self.reader.read_byte_record(&mut bytes).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            match error.into_kind() {
                csv::ErrorKind::Io(error) => FormatError::from(error),
                kind => FormatError::broken(line, Reason::not_csv(format!("{kind:?}"))),
            }
        })?;
        if !more {
            return Ok(None);
        }
        if bytes.len() > CELLS {
            return Err(FormatError::too_many(Excess::Cells, CELLS));
        }
        // The position of a record is that of the empty lines above it.
        let began = bytes.position().map_or(0, csv::Position::line);
        let within = memchr::memchr_iter(b'\n', bytes.as_slice()).count() as u64;
        let line = began.max(self.reader.position().line().saturating_sub(1 + within));
        self.record = match StringRecord::from_byte_record(bytes) {
            Ok(record) => record,
            Err(error) => error.into_byte_record().iter().map(text::decode).collect(),
        };
        Ok(Some(Row { line, cells: &self.record }))
    }
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

    #[test]
    fn a_quote_that_does_not_end_is_refused() {
        let endless = std::io::Read::chain(&b"a,\""[..], std::io::Read::take(std::io::repeat(b'x'), 1 << 30));
        let mut table = Table::new(Guarded::new(Box::new(std::io::BufReader::new(endless))), b',');
        assert!(matches!(table.next(), Err(FormatError::TooLarge { .. })));
    }
}
