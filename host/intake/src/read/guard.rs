//! A reader that tracks its line, and refuses a record that does not end.

use super::filter::read_buffered;
use crate::error::OverLimit;
use crate::reason::{Excess, Limit};
use std::cell::{Cell, RefCell};
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
    unreadable: Rc<RefCell<Unreadable>>,
    /// The last two bytes taken.
    last: [u8; 2],
}

/// Lines that are kept of those with characters that could not be read.
const LINES: usize = 20;

/// What stands in a text for a character that could not be read: U+FFFD.
const REPLACED: &[u8; 3] = b"\xEF\xBF\xBD";

/// Characters of a file that could not be read: what is wrong of its encoding, and what its holder had lost already. Each
/// stands in the text as "\u{fffd}".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Number of characters.
    pub count: u64,
    /// Lines with one, from 1, in their order: the first [`Unreadable::LINES`].
    pub lines: Vec<u64>,
}

impl Unreadable {
    /// Lines that are kept.
    pub const LINES: usize = LINES;

    fn add(&mut self, line: u64) {
        self.count += 1;
        if self.lines.last() != Some(&line) && self.lines.len() < LINES {
            self.lines.push(line);
        }
    }
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
        Guarded {
            inner,
            count: Rc::default(),
            longest: RECORD,
            again: Vec::new(),
            given: 0,
            unreadable: Rc::default(),
            last: [0; 2],
        }
    }

    /// Adds the characters that could not be read to those.
    pub(crate) fn telling(self, unreadable: &Rc<RefCell<Unreadable>>) -> Guarded<'a> {
        Guarded { unreadable: Rc::clone(unreadable), ..self }
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
            look_for_unreadable(taken, &mut self.last, self.count.line(), &self.unreadable);
            let ends = memchr::memchr_iter(b'\n', taken).count() as u64;
            self.count.line_ends.set(self.count.line_ends.get() + ends);
        }
        self.count.in_record.set(self.count.in_record.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Tells the characters in the bytes taken that could not be read. `line` is that of the first byte; `last` has the two
/// bytes before it, and then the last two.
fn look_for_unreadable(taken: &[u8], last: &mut [u8; 2], line: u64, unreadable: &RefCell<Unreadable>) {
    // One that begins before the bytes taken: it has no line end.
    let next = |at: usize| taken.get(at).copied().unwrap_or_default();
    let edge = [last[0], last[1], next(0), next(1)];
    if edge[..3] == *REPLACED || edge[1..] == *REPLACED {
        unreadable.borrow_mut().add(line);
    }
    for at in memchr::memchr_iter(REPLACED[0], taken).filter(|at| taken[*at..].starts_with(REPLACED)) {
        let ends = memchr::memchr_iter(b'\n', &taken[..at]).count() as u64;
        unreadable.borrow_mut().add(line + ends);
    }
    match taken {
        [.., one, two] => *last = [*one, *two],
        [one] => *last = [last[1], *one],
        [] => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_told_with_its_line() {
        let text = "a\n\u{fffd}b\u{fffd}\n\n￼￾é\n\u{fffd}".as_bytes();
        for size in [1, 2, 3, 5, 64] {
            let told = Rc::default();
            let input = std::io::BufReader::with_capacity(size, text);
            let mut input = Guarded::new(Box::new(input)).telling(&told);
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut input, &mut bytes).unwrap();
            assert_eq!(bytes, text);
            assert_eq!(*told.borrow(), Unreadable { count: 3, lines: vec![2, 5] }, "in pieces of {size}");
        }
        let told: Rc<RefCell<Unreadable>> = Rc::default();
        let many = "\u{fffd}\n".repeat(100);
        let mut input = Guarded::new(Box::new(many.as_bytes())).telling(&told);
        std::io::copy(&mut input, &mut std::io::sink()).unwrap();
        assert_eq!((told.borrow().count, told.borrow().lines.len()), (100, LINES));
    }
}
