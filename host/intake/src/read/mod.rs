//! Tools for formats: a file's head, and its content as lines, tables, trees and elements.
//!
//! Invariant: for any bytes, a reader holds at most one record of the file. A record is at most
//! [`RECORD`] bytes, and its parsed form (a tree, cells, values) is bounded in memory, not only in bytes.
//! Only [`Input::bytes`] and [`Input::string`] hold a whole file, within a limit set by the format.

mod current;
mod depth;
mod encoding;
mod entries;
mod filter;
mod guard;
mod head;
mod json;
mod lines;
mod table;
mod tags;
mod text;
mod values;
mod xml;

pub(crate) use current::CurrentRecord;
pub(crate) use filter::{Filter, Filtered};
pub use guard::Unreadable;
pub(crate) use guard::{Guarded, RECORD};
pub use head::Head;
pub(crate) use json::{Piece, Want, elements, entries, pieces, record, records};
pub(crate) use lines::Lines;
pub(crate) use table::{Columns, Row, Table, beginning};
pub(crate) use tags::{Tag, TagKind};
pub(crate) use text::{decode, unescaped};
pub(crate) use values::bounded;
pub(crate) use xml::{Node, Step, Xml};

use crate::error::FormatError;
use crate::reason::{Excess, Limit};
use std::cell::RefCell;
use std::io::{BufRead, Read};
use std::rc::Rc;

/// A file to read: its head, and its bytes from the first one on.
pub struct Input<'a> {
    pub(crate) head: &'a Head,
    bytes: Box<dyn BufRead + 'a>,
    unreadable: Rc<RefCell<Unreadable>>,
    record: Rc<RefCell<CurrentRecord>>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(head: &'a Head, bytes: impl BufRead + 'a) -> Input<'a> {
        Input { head, bytes: Box::new(bytes), unreadable: Rc::default(), record: Rc::default() }
    }

    /// The characters that could not be read, which stays current while the file is read.
    pub(crate) fn unreadable(&self) -> Rc<RefCell<Unreadable>> {
        Rc::clone(&self.unreadable)
    }

    /// The record of a table that is being read.
    pub(crate) fn record(&self) -> Rc<RefCell<CurrentRecord>> {
        Rc::clone(&self.record)
    }

    /// The same file, its bytes changed by a filter before they are decoded. A file whose encoding does not extend ASCII
    /// byte by byte stays as it is.
    pub(crate) fn filtered(self, filter: impl Filter + 'a) -> Input<'a> {
        if self.head.is_strict() {
            return self;
        }
        Input { bytes: Box::new(Filtered::new(self.bytes, filter)), ..self }
    }

    /// Raw bytes.
    pub(crate) fn raw(self) -> Box<dyn BufRead + 'a> {
        self.bytes
    }

    /// The whole file as raw bytes, for formats that cannot be read in one pass.
    pub(crate) fn bytes(self, limit: u64) -> Result<Vec<u8>, FormatError> {
        let mut bytes = Vec::new();
        self.bytes.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(FormatError::too_large(Excess::File, Limit::Bytes(limit)));
        }
        Ok(bytes)
    }

    /// The whole file as text with LF line ends, for formats that cannot be read in one pass.
    pub(crate) fn string(self, limit: u64) -> Result<String, FormatError> {
        let mut text = String::new();
        for_each_line(self.lines(), |line| {
            if (text.len() + line.len()) as u64 > limit {
                return Err(FormatError::too_large(Excess::File, Limit::Bytes(limit)));
            }
            text.push_str(line);
            text.push('\n');
            Ok(())
        })?;
        Ok(text)
    }

    /// The bytes as UTF-8, mended where they are not.
    pub(crate) fn text(self) -> Guarded<'a> {
        Guarded::new(self.head.decoder(self.bytes)).telling(&self.unreadable)
    }

    /// The file as lines.
    pub(crate) fn lines(self) -> Lines<'a> {
        Lines::new(self.text())
    }

    /// The file as records, with cells separated by `delimiter`.
    pub(crate) fn table(self, delimiter: u8) -> Table<'a> {
        let record = Rc::clone(&self.record);
        Table::new(self.text(), delimiter).telling(record)
    }

    /// The file as XML elements.
    pub(crate) fn xml(self) -> Xml<'a> {
        Xml::new(self.text())
    }
}

fn for_each_line(
    mut lines: Lines<'_>,
    mut each: impl FnMut(&str) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    while let Some((_, line)) = lines.next()? {
        each(line)?;
    }
    Ok(())
}
