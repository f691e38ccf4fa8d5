//! The entries of an array in a JSON document, each parsed once.
//!
//! A part of the document is held as text, at least an entry. A library parses the next entry from there and tells where
//! it ends, so that an entry that is not of the expected form costs itself only, and is not looked at twice.

use super::guard::{Count, Guarded, RECORD};
use super::values::{VALUES, bounded};
use crate::error::FormatError;
use crate::fault;
use crate::reason::{Excess, Limit, Reason};
use crate::rows::RowWriter;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::BufRead;
use std::rc::Rc;

/// Bytes that are read at once: few in tests, so that each of them cuts elements in many places.
const BLOCK: usize = if cfg!(test) { 8 } else { 32 << 10 };

/// Takes an entry: its ordinal among all of the document, from 1, and the text from it on. Returns where the entry ends;
/// `None` if the text does not have all of it.
pub(super) type Each<'e> = dyn FnMut(u64, Ahead<'_>) -> Result<Option<usize>, FormatError> + 'e;

/// The text from an entry on.
#[derive(Clone, Copy)]
pub(crate) struct Ahead<'t> {
    text: &'t str,
    is_last: bool,
}

impl<'t> Ahead<'t> {
    /// Parses the entry, and tells where it ends. No value if it is not of the expected form, and was rejected. `None` if
    /// the text has no whole entry: the caller passes that on, and is called again with more.
    pub(crate) fn parse<T: Deserialize<'t>>(
        self,
        ordinal: u64,
        rows: &mut RowWriter<'_>,
    ) -> Result<Option<(Option<T>, usize)>, FormatError> {
        // A short text has few values.
        if self.text.len() <= VALUES
            && let Some((value, end)) = self.next::<T>()
        {
            return Ok(Some((Some(value), end)));
        }
        let Some((raw, end)) = self.raw()? else { return Ok(None) };
        let odd = |error: serde_json::Error| rows.reject(ordinal, None, fault::record(&error));
        Ok(Some((serde_json::from_str(raw).map_err(odd).ok(), end)))
    }

    /// The entry as text.
    pub(super) fn raw(self) -> Result<Option<(&'t str, usize)>, FormatError> {
        let Some((raw, end)) = self.next::<&RawValue>() else { return Ok(None) };
        bounded(raw.get())?;
        Ok(Some((raw.get(), end)))
    }

    fn next<T: Deserialize<'t>>(self) -> Option<(T, usize)> {
        let mut values = serde_json::Deserializer::from_str(self.text).into_iter::<T>();
        let value = values.next()?.ok()?;
        let end = values.byte_offset();
        // A number may go on in the bytes after these.
        (self.is_last || end < self.text.len()).then_some((value, end))
    }
}

/// A document of which a part is held.
pub(super) struct Document<'a> {
    input: Guarded<'a>,
    count: Rc<Count>,
    text: String,
    /// Bytes after the text: the beginning of a character.
    rest: Vec<u8>,
    /// Bytes of the text that were taken.
    at: usize,
    is_last: bool,
    /// Number of line ends before the text, and bytes of its line before it.
    before: (usize, usize),
    seen: u64,
}

impl<'a> Document<'a> {
    pub(super) fn new(input: Guarded<'a>) -> Document<'a> {
        let count = input.count();
        Document {
            input,
            count,
            text: String::new(),
            rest: Vec::new(),
            at: 0,
            is_last: false,
            before: (0, 0),
            seen: 0,
        }
    }

    /// Reads the document to its end, and passes on the elements of the array at `path`.
    pub(super) fn read(mut self, path: &[&str], each: &mut Each<'_>) -> Result<(), FormatError> {
        self.value(path, each)?;
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.broken()),
        }
    }

    /// The value at this place, in which `path` leads to the array.
    fn value(&mut self, path: &[&str], each: &mut Each<'_>) -> Result<(), FormatError> {
        let (first, wanted) = match path.first() {
            Some(name) => (b'{', Wanted::ObjectWith(name)),
            None => (b'[', Wanted::Array),
        };
        if self.peek()? != Some(first) {
            return Err(self.unexpected(&wanted));
        }
        self.at += 1;
        match path.split_first() {
            Some((name, path)) => self.members(name, path, each),
            None => self.elements(each),
        }
    }

    fn members(&mut self, wanted: &str, path: &[&str], each: &mut Each<'_>) -> Result<(), FormatError> {
        let mut is_first = true;
        loop {
            match self.peek()? {
                Some(b'}') if is_first => return self.skip(),
                Some(b'"') if is_first => {}
                Some(_) if is_first => return Err(self.broken()),
                Some(b'}') => return self.skip(),
                Some(b',') => {
                    self.at += 1;
                    match self.peek()? {
                        Some(b'"') => {}
                        Some(b'}') => return Err(self.broken()),
                        Some(_) => return Err(self.broken()),
                        None => return Err(self.cut()),
                    }
                }
                Some(_) => return Err(self.broken()),
                None => return Err(self.cut()),
            }
            is_first = false;
            let mut is_wanted = false;
            self.whole(&mut |_, ahead| {
                let Some((name, end)) = ahead.next::<Cow<'_, str>>() else { return Ok(None) };
                is_wanted = name == wanted;
                Ok(Some(end))
            })?;
            match self.peek()? {
                Some(b':') => self.at += 1,
                Some(_) => return Err(self.broken()),
                None => return Err(self.cut()),
            }
            if is_wanted {
                self.value(path, each)?;
            } else {
                self.whole(&mut |_, ahead| Ok(ahead.next::<IgnoredAny>().map(|(_, end)| end)))?;
            }
        }
    }

    fn elements(&mut self, each: &mut Each<'_>) -> Result<(), FormatError> {
        let mut is_first = true;
        loop {
            match self.peek()? {
                Some(b']') => return self.skip(),
                Some(b',') if !is_first => {
                    self.at += 1;
                    if self.peek()? == Some(b']') {
                        return Err(self.broken());
                    }
                }
                Some(_) if is_first => {}
                Some(_) => return Err(self.broken()),
                None => return Err(self.cut()),
            }
            is_first = false;
            self.whole(each)?;
            self.seen += 1;
        }
    }

    /// Passes on the text from the value at this place on, until there is enough of it.
    fn whole(&mut self, each: &mut Each<'_>) -> Result<(), FormatError> {
        loop {
            let ahead = Ahead { text: &self.text[self.at..], is_last: self.is_last };
            if let Some(end) = each(self.seen + 1, ahead)? {
                self.at += end;
                return Ok(());
            }
            let wrong = serde_json::Deserializer::from_str(ahead.text).into_iter::<&RawValue>().next();
            let error = wrong.and_then(Result::err);
            match error {
                Some(error) if self.is_last || !(error.is_eof() || is_at_end(&error, ahead.text)) => {
                    return Err(self.not_json(&error));
                }
                None if self.is_last => return Err(self.cut()),
                _ => self.more()?,
            }
        }
    }

    /// Passes a byte.
    fn skip(&mut self) -> Result<(), FormatError> {
        self.at += 1;
        Ok(())
    }

    /// The next byte that is no white space; `None` at the end of the document.
    fn peek(&mut self) -> Result<Option<u8>, FormatError> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
            let next = rest.get(space).copied();
            self.at += space;
            if next.is_some() || self.is_last {
                return Ok(next);
            }
            self.more()?;
        }
    }

    /// Reads at least a block, and as much as there is of the entry: each is looked at a few times, not once for each block.
    fn more(&mut self) -> Result<(), FormatError> {
        let taken = &self.text.as_bytes()[..self.at];
        let ends = memchr::memchr_iter(b'\n', taken).count();
        self.before = match memchr::memrchr(b'\n', taken) {
            Some(last) => (self.before.0 + ends, self.at - last - 1),
            None => (self.before.0, self.before.1 + self.at),
        };
        self.text.drain(..self.at);
        self.at = 0;
        let longest = usize::try_from(RECORD).unwrap_or(usize::MAX);
        if self.text.len() > longest {
            return Err(FormatError::too_large(Excess::Record, Limit::Bytes(RECORD)));
        }
        // One byte more than an entry may have tells that it has too many.
        let wanted = (2 * self.text.len()).max(self.text.len() + BLOCK).min(longest + 1);
        while self.text.len() < wanted {
            self.count.next_record();
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                self.is_last = true;
                break;
            }
            let taken = available.len().min(BLOCK);
            self.rest.extend_from_slice(&available[..taken]);
            self.input.consume(taken);
            // The input is UTF-8, of which a character may be cut.
            let sound = match std::str::from_utf8(&self.rest) {
                Ok(text) => text,
                Err(error) if error.error_len().is_some() => {
                    return Err(self.broken());
                }
                Err(error) => std::str::from_utf8(&self.rest[..error.valid_up_to()]).unwrap_or_default(),
            };
            self.text.push_str(sound);
            let sound = sound.len();
            self.rest.drain(..sound);
        }
        Ok(())
    }

    /// The error for the place where the document is at: something else stands there than JSON has.
    fn broken(&self) -> FormatError {
        let (line, column) = self.place(1, usize::from(self.at < self.text.len()));
        FormatError::broken(self.seen + 1, Reason::not_json(line.to_string(), column.to_string()))
    }

    /// The error for a document that ends where it is at.
    fn cut(&self) -> FormatError {
        let (line, _) = self.place(1, 0);
        FormatError::broken(self.seen + 1, Reason::json_cut(line.to_string()))
    }

    /// The error of the library, whose line and column count from where the document is at.
    fn not_json(&self, error: &serde_json::Error) -> FormatError {
        let (line, column) = self.place(error.line(), error.column());
        let [line, column] = [line, column].map(|at| at.to_string());
        let reason = if error.is_eof() {
            Reason::json_cut(line)
        } else if error.is_data() {
            fault::record(error)
        } else {
            Reason::not_json(line, column)
        };
        FormatError::broken(self.seen + 1, reason)
    }

    /// Line and column in the document of those in the text that is left.
    fn place(&self, line: usize, column: usize) -> (usize, usize) {
        let taken = &self.text.as_bytes()[..self.at];
        let ends = memchr::memchr_iter(b'\n', taken).count();
        let in_line = match memchr::memrchr(b'\n', taken) {
            Some(last) => self.at - last - 1,
            None => self.before.1 + self.at,
        };
        (self.before.0 + ends + line, if line == 1 { in_line + column } else { column })
    }

    /// The error for a value of another kind.
    fn unexpected(&mut self, wanted: &Wanted<'_>) -> FormatError {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]);
        let read = match wanted {
            Wanted::Array => values.deserialize_seq(wanted),
            Wanted::ObjectWith(_) => values.deserialize_map(wanted),
        };
        match read {
            Err(error) => self.not_json(&error),
            // Not reached: the value does not begin as the wanted one does.
            Ok(()) => self.broken(),
        }
    }
}

/// Whether an error is at the end of a text, so that more of it may mend it: of a number that is cut after its sign, the
/// library does not say that it ends too early.
fn is_at_end(error: &serde_json::Error, text: &str) -> bool {
    const NEAR: usize = 4;
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let last = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1);
    error.line() == lines && error.column() + NEAR > text.len() - last
}

/// The kind of a value, for the message that it is another one.
enum Wanted<'w> {
    Array,
    ObjectWith(&'w str),
}

impl<'de> Visitor<'de> for &Wanted<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wanted::Array => f.write_str("an array"),
            Wanted::ObjectWith(name) => write!(f, "an object with \"{name}\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// The elements of a document, or what is wrong with it, read in pieces of `size` bytes.
    fn read(text: &str, path: &[&str], size: usize) -> (Vec<String>, Option<String>) {
        let mut found = Vec::new();
        let input = Guarded::new(Box::new(BufReader::with_capacity(size, text.as_bytes())));
        let mut each = |ordinal: u64, ahead: Ahead<'_>| {
            let Some((raw, end)) = ahead.raw()? else { return Ok(None) };
            found.push(format!("{ordinal}:{raw}"));
            Ok(Some(end))
        };
        let done = Document::new(input).read(path, &mut each);
        let why = done.err().map(|error| match error {
            FormatError::Broken { reason, ordinal } => format!("{ordinal}: {reason}"),
            other => format!("{other:?}"),
        });
        (found, why)
    }

    /// What the library says of a whole document.
    fn library(text: &str) -> Option<String> {
        serde_json::from_str::<Vec<&RawValue>>(text).err().map(|error| fault::json(&error).to_string())
    }

    /// A document that is cut anywhere gives the elements before the cut, and is told as the library tells the whole of it.
    #[test]
    fn a_document_may_be_cut_anywhere() {
        let whole = "[-12.5e3,\n {\"a\": [1, \"é\\u00e9\\\\\"], \"b\": true},null ,\t\"x\\\"y\" ]\n";
        let elements =
            ["1:-12.5e3", "2:{\"a\": [1, \"é\\u00e9\\\\\"], \"b\": true}", "3:null", "4:\"x\\\"y\""];
        assert_eq!(read(whole, &[], 1), (elements.map(str::to_owned).to_vec(), None));
        for end in (0..whole.len() - 2).filter(|end| whole.is_char_boundary(*end)) {
            let cut = &whole[..end];
            let (found, why) = read(cut, &[], 1);
            let (why, known) = (why.unwrap_or_default(), library(cut).unwrap_or_default());
            assert!(why.ends_with(&known), "{cut:?}: {why}; {known}");
            // A number may be cut within itself, and is one nevertheless.
            assert!(
                found.iter().zip(elements).all(|(found, element)| element.starts_with(found)),
                "{cut:?}: {found:?}"
            );
            assert_eq!(read(cut, &[], 64), (found, Some(why)));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, path, expected) in [
            ("[1,\n2 3]", &[][..], "3: it is not valid JSON: line 2, character 3"),
            ("[1,\n{\"a\": tru}]", &[], "2: it is not valid JSON: line 2, character 10"),
            ("[1,]", &[], "2: it is not valid JSON: line 1, character 4"),
            ("[1]\n x", &[], "2: it is not valid JSON: line 2, character 2"),
            ("{\"a\" 1}", &["a"], "1: it is not valid JSON: line 1, character 6"),
            ("{a: 1}", &["a"], "1: it is not valid JSON: line 1, character 2"),
            ("{\"b\": 1,}", &["a"], "1: it is not valid JSON: line 1, character 9"),
            ("{\"a\": 1}", &["a"], "1: \"1\" is not what is expected there"),
        ] {
            for size in [1, 64] {
                assert_eq!(read(text, path, size).1.as_deref(), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn long_elements_are_read_in_a_few_passes() {
        let long = format!("[\"{}\", {{\"a\": -1}}]", "x".repeat(20 * BLOCK));
        let (found, why) = read(&long, &[], BLOCK);
        assert_eq!((found.len(), why), (2, None));
        let endless = format!("[\"{}", "x".repeat(usize::try_from(RECORD).unwrap() + 9 * BLOCK));
        assert!(read(&endless, &[], BLOCK).1.is_some_and(|why| why.starts_with("TooLarge")));
    }

    /// An element that is not of the expected form costs itself only, one that is no JSON the rest.
    #[test]
    fn an_odd_element_costs_itself() {
        let mut sink = |_: mesinfos_model::Batch| Ok(());
        let mut rows = RowWriter::new("test", 0, &mut sink);
        let mut numbers = Vec::new();
        let input =
            Guarded::new(Box::new(BufReader::with_capacity(3, &b"[1, \"x\", {\"a\": 2}, -3, [}, 4]"[..])));
        let done = Document::new(input).read(&[], &mut |ordinal, ahead| {
            let Some((number, end)) = ahead.parse::<i64>(ordinal, &mut rows)? else { return Ok(None) };
            numbers.extend(number);
            Ok(Some(end))
        });
        assert!(matches!(done, Err(FormatError::Broken { ordinal: 5, .. })));
        let (_, rejected, ..) = rows.into_parts();
        let places: Vec<Option<u64>> = rejected.iter().map(|row| row.line).collect();
        assert_eq!((numbers, places), (vec![1, -3], vec![Some(2), Some(3)]));
    }
}
