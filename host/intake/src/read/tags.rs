//! The tags in an element, as bytes: see [`super::Xml::tags`].

use super::guard::{Count, Guarded, RECORD};
use super::xml::{DEPTH, doctype, too_deep};
use crate::error::{OverLimit, Stop};
use std::io::BufRead;

/// A tag, and the text before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'t> {
    pub(crate) kind: TagKind,
    /// Its local name.
    pub(crate) name: &'t [u8],
    /// What is between it and the tag before.
    pub(crate) text: &'t [u8],
    /// The line that the text before it began at.
    pub(crate) line: u64,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    Opens,
    Closes,
    /// Both.
    Empty,
}

/// Reads to the end tag of an element of which the start tag was read, and leaves that end tag unread.
pub(super) fn read(
    input: &mut Guarded<'_>,
    count: &Count,
    depth: usize,
    each: &mut dyn FnMut(Tag<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut scan =
        Scan { open: Vec::new(), marks: Vec::new(), outside: depth, line: count.line(), cut: Cut::default() };
    // What a piece of the file ended within.
    let mut carried: Vec<u8> = Vec::new();
    loop {
        count.next_record();
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Err(Stop::broken(scan.line, "the file ends within an element"));
        }
        let mut taken = 0;
        while let Some(length) = memchr::memchr(b'>', &available[taken..]).map(|end| end + 1) {
            let piece = &available[taken..taken + length];
            taken += length;
            let token = if carried.is_empty() {
                piece
            } else {
                carried.extend_from_slice(piece);
                &carried
            };
            match scan.cut.tag(token) {
                None if carried.is_empty() => carried.extend_from_slice(piece),
                None => {}
                Some(at) => {
                    if !scan.take(&token[..at], &token[at..], each)? {
                        let end_tag = token[at..].to_vec();
                        input.consume(taken);
                        input.unread(&end_tag);
                        return Ok(());
                    }
                    carried.clear();
                }
            }
        }
        carried.extend_from_slice(&available[taken..]);
        if carried.len() as u64 > RECORD {
            return Err(
                OverLimit::error("a single record of the file", format!("{} MiB", RECORD >> 20)).into()
            );
        }
        let length = available.len();
        input.consume(length);
    }
}

/// Where a tag begins in bytes that end with `>`. Some `>` are text, or in a quoted value or a comment: then
/// more bytes are needed, and what was looked at is not looked at again.
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
    /// Names of the open elements, one after the other, and where each begins.
    open: Vec<u8>,
    marks: Vec<usize>,
    /// Elements that are open around.
    outside: usize,
    line: u64,
    cut: Cut,
}

impl Scan {
    /// Takes a tag; false if it is the end of the element itself.
    fn take(
        &mut self,
        text: &[u8],
        tag: &[u8],
        each: &mut dyn FnMut(Tag<'_>) -> Result<(), Stop>,
    ) -> Result<bool, Stop> {
        let line = self.line;
        self.line += lines(text) + lines(tag);
        let inner = &tag[1..tag.len() - 1];
        match inner.first() {
            Some(b'?') => return Ok(true),
            Some(b'!') if inner.starts_with(b"!--") || inner.starts_with(b"![CDATA[") => return Ok(true),
            Some(b'!') => return Err(doctype(line)),
            _ => {}
        }
        let (kind, name) = match inner {
            [b'/', name @ ..] => (TagKind::Closes, name.trim_ascii_end()),
            _ => {
                let kind = if inner.ends_with(b"/") { TagKind::Empty } else { TagKind::Opens };
                let end = inner.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
                (kind, &inner[..end.unwrap_or(inner.len())])
            }
        };
        match kind {
            TagKind::Opens => {
                if self.marks.len() + self.outside >= DEPTH {
                    return Err(too_deep());
                }
                self.marks.push(self.open.len());
                self.open.extend_from_slice(name);
            }
            TagKind::Closes => {
                let Some(mark) = self.marks.pop() else { return Ok(false) };
                if self.open[mark..] != *name {
                    let [open, name] = [&self.open[mark..], name].map(super::text::decode);
                    return Err(Stop::broken(line, format!("</{name}> ends <{open}>")));
                }
                self.open.truncate(mark);
            }
            TagKind::Empty => {}
        }
        let colon = name.iter().position(|byte| *byte == b':').map_or(0, |colon| colon + 1);
        each(Tag { kind, name: &name[colon..], text, line })?;
        Ok(true)
    }
}

fn lines(bytes: &[u8]) -> u64 {
    // Most are a few bytes long: too short for a search to be worth its call.
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
