//! Bytes that are changed while they are read.

use std::io::{BufRead, Read, Result};

/// What changes the bytes of a file, piece by piece; where a piece ends says nothing.
pub(crate) trait Filter {
    /// Takes a piece, and writes what is complete.
    fn take(&mut self, piece: &[u8], out: &mut Vec<u8>);
    /// Writes the rest at the end of the file.
    fn end(&mut self, out: &mut Vec<u8>);
}

/// The bytes of a file after a [`Filter`].
pub(crate) struct Filtered<R, F> {
    inner: R,
    filter: F,
    out: Vec<u8>,
    given: usize,
}

impl<R: BufRead, F: Filter> Filtered<R, F> {
    pub(crate) fn new(inner: R, filter: F) -> Filtered<R, F> {
        Filtered { inner, filter, out: Vec::new(), given: 0 }
    }
}

impl<R: BufRead, F: Filter> BufRead for Filtered<R, F> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.given == self.out.len() {
            self.given = 0;
            self.out.clear();
            // A piece may yield nothing.
            while self.out.is_empty() {
                let piece = self.inner.fill_buf()?;
                if piece.is_empty() {
                    self.filter.end(&mut self.out);
                    break;
                }
                let taken = piece.len();
                self.filter.take(piece, &mut self.out);
                self.inner.consume(taken);
            }
        }
        Ok(&self.out[self.given..])
    }

    fn consume(&mut self, amount: usize) {
        self.given = (self.given + amount).min(self.out.len());
    }
}

impl<R: BufRead, F: Filter> Read for Filtered<R, F> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        read_buffered(self, buffer)
    }
}

/// [`Read::read`] of a reader that has a buffer.
pub(crate) fn read_buffered(reader: &mut impl BufRead, buffer: &mut [u8]) -> Result<usize> {
    let available = reader.fill_buf()?;
    let read = available.len().min(buffer.len());
    buffer[..read].copy_from_slice(&available[..read]);
    reader.consume(read);
    Ok(read)
}
