//! A reader that tracks its line, and refuses a record that does not end.

use super::filter::read_buffered;
use crate::error::OverLimit;
use crate::reason::{Excess, Limit};
use std::cell::Cell;
use std::io::{BufRead, Read, Result};
use std::rc::Rc;

/// Longest record (a line, an element, an array entry), in bytes. A contact's photograph and the longest
/// note of a health record are well below it.
pub(crate) const RECORD: u64 = 16 << 20;

/// A reader that counts the bytes taken from it.
pub(crate) struct Guarded<'a> {
    inner: Box<dyn BufRead + 'a>,
    count: Rc<Count>,
    /// Longest record, in bytes.
    longest: u64,
    /// Bytes to deliver a second time, and how many of them were delivered.
    again: Vec<u8>,
    given: usize,
}

/// Position of a [`Guarded`].
#[derive(Default)]
pub(crate) struct Count {
    line_ends: Cell<u64>,
    in_record: Cell<u64>,
}

impl Count {
    /// Line of the next byte, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line_ends.get() + 1
    }

    /// Starts the next record.
    pub(crate) fn next_record(&self) {
        self.in_record.set(0);
    }
}

impl<'a> Guarded<'a> {
    pub(crate) fn new(inner: Box<dyn BufRead + 'a>) -> Guarded<'a> {
        Guarded { inner, count: Rc::default(), longest: RECORD, again: Vec::new(), given: 0 }
    }

    /// Sets the longest record, in bytes.
    pub(super) fn longest(self, longest: u64) -> Guarded<'a> {
        Guarded { longest, ..self }
    }

    /// Returns the bytes consumed last, to be delivered again; their lines are not counted twice.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        bytes.clone_into(&mut self.again);
        self.given = 0;
    }

    /// Shared position, which stays current after the reader is handed to a parser.
    pub(crate) fn count(&self) -> Rc<Count> {
        Rc::clone(&self.count)
    }
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        read_buffered(self, buffer)
    }
}

impl BufRead for Guarded<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.count.in_record.get() > self.longest {
            return Err(OverLimit::error(Excess::Record, Limit::Bytes(self.longest)));
        }
        if self.given < self.again.len() {
            return Ok(&self.again[self.given..]);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        if self.given < self.again.len() {
            self.given += amount;
            return;
        }
        // The consumed bytes came from `fill_buf`, so this does not read.
        if let Ok(available) = self.inner.fill_buf() {
            let taken = &available[..amount.min(available.len())];
            let ends = memchr::memchr_iter(b'\n', taken).count() as u64;
            self.count.line_ends.set(self.count.line_ends.get() + ends);
        }
        self.count.in_record.set(self.count.in_record.get() + amount as u64);
        self.inner.consume(amount);
    }
}
