//! The date of a document, from the file itself.

use crate::time;
use exif::{In, Tag, Value};
use memchr::memmem;
use std::io::Cursor;

/// Key of the creation date in PDF files (ISO 32000-1, 14.3.3), and the bytes needed after it.
const CREATED: &[u8] = b"/CreationDate";
const FOLLOWS: usize = 24;

/// Looks for a document's creation day as its bytes stream past.
pub(super) struct Dates {
    looking: bool,
    found: Option<i64>,
    /// The last bytes seen: a date may be split between two pieces.
    end: Vec<u8>,
}

impl Dates {
    /// A day already known, or `None` if it never will be.
    pub(super) fn known(found: Option<i64>) -> Dates {
        Dates { looking: false, found, end: Vec::new() }
    }

    /// Looks for the first creation date in a PDF file. A compressed or encrypted one is not found.
    pub(super) fn in_pdf() -> Dates {
        Dates { looking: true, found: None, end: Vec::new() }
    }

    pub(super) fn look(&mut self, piece: &[u8]) {
        if !self.looking || self.found.is_some() {
            return;
        }
        let overlap = CREATED.len() + FOLLOWS;
        self.end.extend_from_slice(&piece[..piece.len().min(overlap)]);
        self.found = pdf_date(&self.end).or_else(|| pdf_date(piece));
        let keep = piece.len().saturating_sub(overlap);
        if piece.len() >= overlap {
            self.end.clear();
            self.end.extend_from_slice(&piece[keep..]);
        } else {
            self.end.drain(..self.end.len().saturating_sub(overlap));
        }
    }

    /// Days since 1970-01-01; `None` if no date was found.
    pub(super) fn found(&self) -> Option<i64> {
        self.found
    }
}

/// Day of `/CreationDate (D:20240131120000+01'00')`, whose `D:` is optional.
fn pdf_date(bytes: &[u8]) -> Option<i64> {
    memmem::find_iter(bytes, CREATED).find_map(|at| {
        let rest = bytes[at + CREATED.len()..].trim_ascii_start().strip_prefix(b"(")?;
        let rest = rest.strip_prefix(b"D:").unwrap_or(rest);
        time::days(std::str::from_utf8(rest.get(..8)?).ok()?, "ymd")
    })
}

/// Day a photograph was taken (Exif 2.32: `DateTimeOriginal`, local time), if the first bytes of the file
/// contain it. The location is not read.
pub(super) fn taken(head: &[u8]) -> Option<i64> {
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(head)).ok()?;
    let field = exif.get_field(Tag::DateTimeOriginal, In::PRIMARY)?;
    let Value::Ascii(texts) = &field.value else { return None };
    let text = std::str::from_utf8(texts.first()?).ok()?;
    time::days(&text.get(..10)?.replace(':', "-"), "ymd")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_between_two_pieces_is_found() {
        let file = b"%PDF-1.4 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx /CreationDate (D:20240131120000Z) yyyyyyyyyyyyyyyyyyyyyyyyyy";
        for size in 1..file.len() {
            let mut dates = Dates::in_pdf();
            for piece in file.chunks(size) {
                dates.look(piece);
            }
            assert_eq!(dates.found(), Some(19_753), "in pieces of {size}");
        }
    }

    /// A JPEG file with one EXIF segment: big-endian TIFF, and an IFD that points to the Exif IFD with
    /// the date.
    #[test]
    fn the_day_on_which_a_photograph_was_taken_is_found() {
        let date = b"2019:07:14 21:30:05\0";
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
        };
        let tiff = [
            &b"MM\0*\0\0\0\x08"[..],
            &[0, 1],
            &entry(0x8769, 4, 1, 26),
            &[0; 4],
            &[0, 1],
            &entry(0x9003, 2, 20, 44),
            &[0; 4],
            date,
        ]
        .concat();
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        let file = [&b"\xff\xd8\xff\xe1"[..], &length, b"Exif\0\0", &tiff, b"\xff\xd9"].concat();
        assert_eq!(taken(&file), Some(18_091));
        assert_eq!(taken(&file[..40]), None);
    }
}
