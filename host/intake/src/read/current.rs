//! The record of a table that is being read.

/// The record of a table that is being read, as bytes.
#[derive(Debug, Default)]
pub(crate) struct CurrentRecord {
    delimiter: u8,
    /// Zero if the record is too long.
    line: u64,
    bytes: Vec<u8>,
    /// A row of this file means nothing without the others.
    is_off: bool,
}

impl CurrentRecord {
    /// Longest record that is told, in bytes.
    pub(crate) const LARGEST: usize = 2 << 10;

    pub(crate) fn set(&mut self, delimiter: u8, line: u64, record: &[u8]) {
        self.bytes.clear();
        (self.delimiter, self.line) = (delimiter, line);
        if record.len() <= CurrentRecord::LARGEST {
            self.bytes.extend_from_slice(record);
        } else {
            self.line = 0;
        }
    }

    /// Byte between cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Says that a row of this file means nothing without the others.
    pub(crate) fn turn_off(&mut self) {
        self.is_off = true;
    }

    /// The record at a line; `None` if another one is being read.
    pub(crate) fn of(&self, line: u64) -> Option<&[u8]> {
        (!self.is_off && line > 0 && self.line == line).then_some(&self.bytes)
    }
}
