//! A file line by line.

use super::guard::{Count, Guarded};
use super::text;
use crate::error::FormatError;
use std::io::BufRead;
use std::rc::Rc;

/// Lines, ended by LF, CR LF or CR.
pub(crate) struct Lines<'a> {
    input: Guarded<'a>,
    count: Rc<Count>,
    number: u64,
    bytes: Vec<u8>,
    text: String,
    /// The line before ended with CR: an LF that comes first belongs to it.
    after_cr: bool,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(input: Guarded<'a>) -> Lines<'a> {
        let count = input.count();
        Lines { input, count, number: 0, bytes: Vec::new(), text: String::new(), after_cr: false }
    }

    /// The next line without its end, and its number from 1. A line that is not valid UTF-8 is decoded as
    /// Windows-1252.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, &str)>, FormatError> {
        self.bytes.clear();
        self.count.next_record();
        let mut ended = false;
        while !ended {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            if std::mem::take(&mut self.after_cr) && available[0] == b'\n' {
                self.input.consume(1);
                continue;
            }
            let taken = match memchr::memchr2(b'\n', b'\r', available) {
                Some(end) => {
                    self.bytes.extend_from_slice(&available[..end]);
                    self.after_cr = available[end] == b'\r';
                    ended = true;
                    end + 1
                }
                None => {
                    self.bytes.extend_from_slice(available);
                    available.len()
                }
            };
            self.input.consume(taken);
        }
        if !ended && self.bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Ok(Some((self.number, text))),
            Err(_) => {
                self.text = text::decode(&self.bytes).into_owned();
                Ok(Some((self.number, &self.text)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(Guarded::new(Box::new(std::io::BufReader::with_capacity(2, bytes))));
        let mut all = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            all.push((number, line.to_owned()));
        }
        all
    }

    #[test]
    fn every_kind_of_line_end() {
        let texts: Vec<String> = lines(b"a\nb\r\nc\rd\r\re\n\n").into_iter().map(|(_, l)| l).collect();
        assert_eq!(texts, ["a", "b", "c", "d", "", "e", ""]);
        assert_eq!(lines(b"caf\xE9\ncaf\xC3\xA9"), [(1, "café".to_owned()), (2, "café".to_owned())]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_without_an_end_is_refused() {
        let endless = std::io::BufReader::new(std::io::Read::take(std::io::repeat(b'x'), 1 << 30));
        let mut lines = Lines::new(Guarded::new(Box::new(endless)));
        assert!(matches!(lines.next(), Err(FormatError::TooLarge { .. })));
    }
}
