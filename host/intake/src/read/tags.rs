//! Tags in an element, as bytes: see [`super::Xml::tags`].

use super::depth::{DEPTH, refused, too_deep};
use super::guard::{Count, Guarded, RECORD};
use crate::error::{FormatError, OverLimit};
use crate::reason::{Excess, Limit, Reason};
use std::io::BufRead;

/// A tag, and the text before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'t> {
    pub(crate) kind: TagKind,
    /// Local name.
    pub(crate) name: &'t [u8],
    /// Text between the tag before and this one.
    pub(crate) text: &'t [u8],
    /// Line at which the text before it begins.
    pub(crate) line: u64,
}

/// Effect of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    Opens,
    Closes,
    /// Opens and closes at once.
    Empty,
}

/// Reads up to the end tag of an element whose start tag was read, and leaves that end tag unread.
pub(super) fn read(
    input: &mut Guarded<'_>,
    count: &Count,
    depth: usize,
    each: &mut dyn FnMut(Tag<'_>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut scan = Scan { open: Vec::new(), marks: Vec::new(), outside: depth, line: count.line() };
    let mut tokens = Tokens::default();
    loop {
        count.next_record();
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Err(FormatError::broken(scan.line, Reason::EndsWithinAnElement));
        }
        let mut taken = 0;
        while let Some((text, tag)) = tokens.next(available, &mut taken) {
            if !scan.take(text, tag, each)? {
                let end_tag = tag.to_vec();
                input.consume(taken);
                input.unread(&end_tag);
                return Ok(());
            }
        }
        tokens.carry(&available[taken..])?;
        let length = available.len();
        input.consume(length);
    }
}

/// Splits pieces of a file into texts and the tags after them.
#[derive(Default)]
struct Tokens {
    /// Rest of the piece before, which ended inside a token.
    carried: Vec<u8>,
    /// The carried bytes were delivered.
    is_given: bool,
    cut: Cut,
}

impl Tokens {
    /// The next text and tag of a piece, after its first `taken` bytes; `None` if no tag ends in the
    /// rest.
    fn next<'t>(&'t mut self, piece: &'t [u8], taken: &mut usize) -> Option<(&'t [u8], &'t [u8])> {
        if std::mem::take(&mut self.is_given) {
            self.carried.clear();
        }
        if self.carried.is_empty()
            && let Some((at, end)) = plain(&piece[*taken..])
        {
            let token = &piece[*taken..*taken + end];
            *taken += end;
            return Some(token.split_at(at));
        }
        while let Some(end) = memchr::memchr(b'>', &piece[*taken..]) {
            let token = &piece[*taken..=*taken + end];
            *taken += token.len();
            self.carried.extend_from_slice(token);
            if let Some(at) = self.cut.tag(&self.carried) {
                self.is_given = true;
                return Some(self.carried.split_at(at));
            }
        }
        None
    }

    fn carry(&mut self, rest: &[u8]) -> Result<(), FormatError> {
        if std::mem::take(&mut self.is_given) {
            self.carried.clear();
        }
        self.carried.extend_from_slice(rest);
        match self.carried.len() as u64 > RECORD {
            true => Err(OverLimit::error(Excess::Record, Limit::Bytes(RECORD)).into()),
            false => Ok(()),
        }
    }
}

/// Fast path for the most common token, a text and a tag without attributes: start and end of the tag.
fn plain(bytes: &[u8]) -> Option<(usize, usize)> {
    let at = bytes.iter().position(|byte| *byte == b'<')?;
    let tag = &bytes[at + 1..];
    if matches!(tag.first()?, b'!' | b'?') {
        return None;
    }
    let end = tag.iter().position(|byte| *byte == b'>' || *byte <= b' ')?;
    (tag[end] == b'>').then_some((at, at + end + 2))
}

/// Start of a tag in bytes that end with `>`. A `>` may be text, or be inside a quoted value or a
/// comment: then more bytes are needed, and the bytes already scanned are not scanned again.
#[derive(Default)]
struct Cut {
    seen: usize,
    at: Option<usize>,
    quote: Option<u8>,
}

impl Cut {
    fn tag(&mut self, token: &[u8]) -> Option<usize> {
        if self.at.is_none() {
            self.at = memchr::memchr(b'<', &token[self.seen..]).map(|at| self.seen + at);
            self.seen = self.at.unwrap_or(token.len());
        }
        let at = self.at?;
        let tag = &token[at..];
        let is_whole = match tag.get(1..) {
            Some([b'!', b'-', b'-', rest @ ..]) => rest.len() >= 3 && rest.ends_with(b"-->"),
            Some([b'!', b'[', ..]) => tag.ends_with(b"]]>"),
            Some([b'?', ..]) => tag.ends_with(b"?>"),
            _ => {
                for &byte in &token[self.seen..] {
                    match self.quote {
                        Some(quote) if quote == byte => self.quote = None,
                        None if matches!(byte, b'"' | b'\'') => self.quote = Some(byte),
                        _ => {}
                    }
                }
                self.seen = token.len();
                self.quote.is_none()
            }
        };
        if is_whole {
            *self = Cut::default();
        }
        is_whole.then_some(at)
    }
}

struct Scan {
    /// Names of the open elements, concatenated.
    open: Vec<u8>,
    /// Start of each name in `open`, and of its local part.
    marks: Vec<(usize, usize)>,
    /// Number of open elements around the scan.
    outside: usize,
    line: u64,
}

impl Scan {
    /// Takes a tag; false at the end of the element itself.
    fn take(
        &mut self,
        text: &[u8],
        tag: &[u8],
        each: &mut dyn FnMut(Tag<'_>) -> Result<(), FormatError>,
    ) -> Result<bool, FormatError> {
        let line = self.line;
        self.line += lines(text);
        match &tag[1..tag.len() - 1] {
            [b'/', name @ ..] => {
                let spaced = name;
                let name = name.trim_ascii_end();
                self.line += lines(&spaced[name.len()..]);
                let Some((mark, local)) = self.marks.pop() else { return Ok(false) };
                if self.open[mark..] != *name {
                    let [open, name] = [&self.open[mark..], name].map(super::text::decode);
                    return Err(FormatError::broken(line, Reason::wrong_end(name, open)));
                }
                each(Tag { kind: TagKind::Closes, name: &self.open[local..], text, line })?;
                self.open.truncate(mark);
            }
            inner @ ([b'!', ..] | [b'?', ..]) => {
                self.line += lines(tag);
                let is_passed =
                    inner[0] == b'?' || inner.starts_with(b"!--") || inner.starts_with(b"![CDATA[");
                return if is_passed { Ok(true) } else { Err(refused(line)) };
            }
            inner => self.start(text, inner, line, each)?,
        }
        Ok(true)
    }

    fn start(
        &mut self,
        text: &[u8],
        inner: &[u8],
        line: u64,
        each: &mut dyn FnMut(Tag<'_>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let (mut local, mut end) = (0, inner.len());
        for (index, byte) in inner.iter().enumerate() {
            match byte {
                b':' => local = index + 1,
                b' ' | b'\t' | b'\n' | b'\r' | b'/' => {
                    end = index;
                    break;
                }
                _ => {}
            }
        }
        let name = &inner[local..end];
        if end < inner.len() {
            self.line += lines(inner);
            if inner.ends_with(b"/") {
                return each(Tag { kind: TagKind::Empty, name, text, line });
            }
        }
        if self.marks.len() + self.outside >= DEPTH {
            return Err(too_deep());
        }
        let mark = self.open.len();
        self.marks.push((mark, mark + local));
        self.open.extend_from_slice(&inner[..end]);
        each(Tag { kind: TagKind::Opens, name, text, line })
    }
}

fn lines(bytes: &[u8]) -> u64 {
    // Most slices are a few bytes long: too short to repay the call of a search.
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
