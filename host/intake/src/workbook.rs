//! Tools for tables in XLSX workbooks (ECMA-376).
//!
//! The parts of a workbook are read here, as XML: XLSX libraries hold a whole sheet in memory, and panic on out-of-range
//! cell references.

use crate::error::FormatError;
use crate::read::{Head, Input, Node};
use crate::reason::{Excess, Limit, Reason};
use mesinfos_model::Day;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

/// Largest compressed workbook, in bytes: its directory is at the end, so it is held whole. A year of
/// days takes 50 KiB.
pub(crate) const PACKED: u64 = 16 << 20;

/// Maximum number of bytes its parts may unpack to: a year of days takes 1 MiB.
const UNPACKED: u64 = 32 << 20;

/// Maximum number of bytes one packed byte of a part may expand to: sheets pack to 1/10, seldom to 1/50.
const RATIO: u64 = 200;

/// Part with the shared strings.
pub(crate) const TEXTS: &str = "xl/sharedStrings.xml";

/// Most shared strings: a day has one.
const MOST_TEXTS: usize = 100_000;

/// Cells per row that are read.
const CELLS: u32 = 64;

/// Maximum number of bytes of a cell that are read: only days, numbers and column titles matter.
const CELL: usize = 256;

pub(crate) type Book = zip::ZipArchive<Cursor<Vec<u8>>>;

/// Cells of a line, by column. Many may share one text.
pub(crate) type Line = BTreeMap<u32, Rc<str>>;

/// Opens a workbook, and refuses one that would fill memory or take too long.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Book, FormatError> {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNPACKED;
    for member in 0..book.len() {
        let part = book.by_index(member).map_err(broken)?;
        let most = part.compressed_size().max(1 << 10).saturating_mul(RATIO);
        let size = std::io::copy(&mut part.take(most.min(left) + 1), &mut std::io::sink()).map_err(broken)?;
        if size > most {
            return Err(FormatError::too_large(Excess::WorkbookPart, Limit::Times(RATIO)));
        }
        left = left
            .checked_sub(size)
            .ok_or_else(|| FormatError::too_large(Excess::Workbook, Limit::Bytes(UNPACKED)))?;
    }
    Ok(book)
}

/// Whether a file that begins like this is a workbook.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    let has = |piece: &[u8]| memchr::memmem::find(bytes, piece).is_some();
    bytes.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(b"xl/")
}

/// Shared strings of a workbook.
pub(crate) fn shared(book: &mut Book) -> Result<Vec<Rc<str>>, FormatError> {
    let mut texts: Vec<Rc<str>> = Vec::new();
    for member in places(book, |name| name == TEXTS)? {
        each(book, member, "si", &mut |text| {
            if texts.len() >= MOST_TEXTS {
                return Err(FormatError::too_many(Excess::WorkbookTexts, MOST_TEXTS));
            }
            texts.push(start(text.whole_text().trim()).into());
            Ok(())
        })?;
    }
    Ok(texts)
}

/// The part of a text that is read.
fn start(text: &str) -> &str {
    &text[..text.floor_char_boundary(CELL)]
}

fn broken(_: impl std::error::Error) -> FormatError {
    FormatError::broken(0, Reason::NotAWorkbook)
}

/// Indexes of the parts whose name matches.
pub(crate) fn places(book: &mut Book, is_one: impl Fn(&str) -> bool) -> Result<Vec<usize>, FormatError> {
    let mut found = Vec::new();
    for member in 0..book.len() {
        let part = book.by_index(member).map_err(broken)?;
        if part.name().is_ok_and(|name| is_one(&name)) {
            found.push(member);
        }
    }
    Ok(found)
}

/// Calls `each` with the elements of a part that have this name.
pub(crate) fn each(
    book: &mut Book,
    member: usize,
    name: &str,
    each: &mut dyn FnMut(Node) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut part = BufReader::new(book.by_index(member).map_err(broken)?);
    let (head, input) = Head::take(&mut part)?;
    let mut xml = Input::new(&head, input).xml();
    while let Some(node) = xml.next(&[name])? {
        each(node)?;
    }
    Ok(())
}

/// Calls `line` with the number, from 1, and the cells of each row of a sheet.
pub(crate) fn each_line(
    book: &mut Book,
    member: usize,
    texts: &[Rc<str>],
    line: &mut dyn FnMut(u64, &Line) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut number = 0;
    each(book, member, "row", &mut |row| {
        number = row.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
        line(number, &cells(&row, texts))
    })
}

/// Cells of a `row`, as text (ECMA-376, part 1, 18.3.1.4).
fn cells(row: &Node, texts: &[Rc<str>]) -> Line {
    let mut next = 0;
    let mut line = Line::new();
    for cell in row.all("c") {
        let column = cell.attribute("r").and_then(column).unwrap_or(next);
        next = column.saturating_add(1);
        if column >= CELLS {
            continue;
        }
        let value = cell.text_at(&["v"]).unwrap_or_default();
        let text = match cell.attribute("t") {
            Some("s") => {
                let shared = value.parse::<usize>().ok().and_then(|at| texts.get(at));
                line.insert(column, shared.cloned().unwrap_or_default());
                continue;
            }
            Some("inlineStr") => cell.child("is").map(Node::whole_text).unwrap_or_default().into(),
            Some("e") => Cow::Borrowed(""),
            // Workbooks store the exact value of a double; its shortest decimal is the intended number.
            None | Some("n") => match value.parse::<f64>() {
                Ok(number) => Cow::Owned(number.to_string()),
                Err(_) => Cow::Borrowed(value),
            },
            Some(_) => Cow::Borrowed(value),
        };
        line.insert(column, start(text.trim()).into());
    }
    line
}

/// Column of a reference such as "B12", from 0.
fn column(reference: &str) -> Option<u32> {
    let mut letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters
        .try_fold(0_u32, |column, letter| column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1));
    column?.checked_sub(1)
}

/// Maximum number of bytes of the parts in a file's head that are read to recognise it.
const RECOGNISED: u64 = 1 << 20;

/// Texts of the parts of a workbook that are in its first bytes and whose name matches; `None` if there is none.
pub(crate) fn texts(bytes: &[u8], is_one: impl Fn(&str) -> bool) -> Option<String> {
    let mut texts = Vec::new();
    let mut found = false;
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for member in 0..archive.len() {
            let Ok(part) = archive.by_index(member) else { continue };
            if part.name().is_ok_and(|name| is_one(&name)) {
                found = true;
                part.take(RECOGNISED - texts.len() as u64).read_to_end(&mut texts).ok()?;
            }
        }
    } else {
        let mut rest = bytes;
        while let Ok(Some(part)) = zip::read::read_zipfile_from_stream(&mut rest) {
            if part.name().is_ok_and(|name| is_one(&name)) {
                found = true;
                // The head may cut the last part.
                let _ = part.take(RECOGNISED - texts.len() as u64).read_to_end(&mut texts);
            }
        }
    }
    found.then(|| crate::read::decode(&texts).into_owned())
}

/// Day of a workbook serial number: days since 1899-12-30.
pub(crate) fn serial(text: &str) -> Option<Day> {
    let days = text.parse::<i32>().ok().filter(|days| (20_000..=100_000).contains(days))?;
    Some(Day(days - 25_569))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[(u32, &str)]) -> Line {
        cells.iter().map(|(column, text)| (*column, (*text).into())).collect()
    }

    #[test]
    fn cells_are_told_by_reference_and_type() {
        assert_eq!(
            [column("A1"), column("Z9"), column("AA10"), column("7"), column("ZZZZZZZZZ1")],
            [Some(0), Some(25), Some(26), None, None]
        );
        let cell = |reference: &str, kind: &str, value: &str| Node {
            name: "c".into(),
            attributes: vec![("r".into(), reference.to_owned()), ("t".into(), kind.to_owned())],
            children: vec![Node { name: "v".into(), text: value.to_owned(), ..Node::default() }],
            ..Node::default()
        };
        let children = vec![
            cell("B1", "s", "0"),
            cell("", "n", "7.5000000000000000"),
            cell("E1", "s", "9"),
            cell("ZZ1", "n", "1"),
            cell("F1", "str", &"é".repeat(CELL)),
        ];
        let row = Node { children, ..Node::default() };
        let texts = ["Mesuré".into()];
        assert_eq!(
            super::cells(&row, &texts),
            line(&[(1, "Mesuré"), (2, "7.5"), (4, ""), (5, &"é".repeat(CELL / 2))])
        );
        assert_eq!(serial("44159").map(|day| day.to_string()).as_deref(), Some("2020-11-24"));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(open(b"PK\x03\x04 and nothing".to_vec()).is_err());
        assert_eq!(texts(b"PK\x03\x04 and nothing", |_| true), None);
    }
}
