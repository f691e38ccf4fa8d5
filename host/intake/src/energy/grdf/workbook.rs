//! Readings from the customer portal as an XLSX workbook: a table of days below a heading that names the
//! meter.
//!
//! Days without data have zeros and "Absence de Données". The parts of the workbook are read here, as
//! XML: XLSX libraries hold a whole sheet in memory, and panic on out-of-range cell references.

use super::{Fault, Used, after, millionths, qualification};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::{Excess, Limit, Reason};
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::{Category, Day};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

/// The `grdf-xlsx` format.
pub(crate) struct GrdfWorkbook;

/// Largest compressed workbook, in bytes: its directory is at the end, so it is held whole. A year of
/// days takes 50 KiB.
const PACKED: u64 = 16 << 20;

/// Maximum number of bytes its parts may unpack to: a year of days takes 1 MiB.
const UNPACKED: u64 = 32 << 20;

/// Maximum number of bytes one packed byte of a part may expand to: sheets pack to 1/10, seldom to 1/50.
const RATIO: u64 = 200;

/// Part with the shared strings.
const TEXTS: &str = "xl/sharedStrings.xml";

/// Most shared strings: a day has one.
const MOST_TEXTS: usize = 100_000;

/// Cells per row that are read.
const CELLS: u32 = 64;

/// Maximum number of bytes of a cell that are read: only days, numbers and column titles matter.
const CELL: usize = 256;

static ABOUT: FormatInfo = FormatInfo {
    id: "grdf-xlsx",
    fr: "Relevés GRDF (classeur XLSX)",
    en: "GRDF gas readings (XLSX workbook)",
    origin: "GRDF",
    categories: &[Category::Energy],
    looks_for: "an XLSX workbook with the columns \"Date de relevé\" and \"Energie consommée (kWh)\"",
    spec: "https://github.com/ssenart/PyGazpar",
    counts: OrdinalKind::Lines,
};

impl Format for GrdfWorkbook {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let bytes = head.bytes();
        let has = |piece: &[u8]| memchr::memmem::find(bytes, piece).is_some();
        bytes.starts_with(b"PK\x03\x04")
            && has(b"[Content_Types].xml")
            && has(b"xl/")
            // If the shared strings are past the head, `read` decides whether the workbook is one of
            // these.
            && texts(bytes).is_none_or(|texts| texts.contains("Energie consomm"))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut book = open(input.bytes(PACKED)?)?;
        let mut texts: Vec<Rc<str>> = Vec::new();
        let mut table = Table::default();
        for member in places(&mut book, |name| name == TEXTS)? {
            each(&mut book, member, "si", &mut |text| {
                if texts.len() >= MOST_TEXTS {
                    return Err(FormatError::too_many(Excess::WorkbookTexts, MOST_TEXTS));
                }
                texts.push(start(text.whole_text().trim()).into());
                Ok(())
            })?;
        }
        for member in places(&mut book, |name| name.starts_with("xl/worksheets/sheet"))? {
            table.columns = None;
            let mut number = 0;
            each(&mut book, member, "row", &mut |row| {
                number = row.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                table.line(number, &line(&row, &texts), rows)
            })?;
        }
        if table.seen { Ok(()) } else { Err(FormatError::broken(0, Reason::NoGasTable)) }
    }
}

type Book = zip::ZipArchive<Cursor<Vec<u8>>>;

/// Cells of a line, by column. Many may share one text.
type Line = BTreeMap<u32, Rc<str>>;

/// Opens a workbook, and refuses one that would fill memory or take too long.
fn open(bytes: Vec<u8>) -> Result<Book, FormatError> {
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

/// The part of a text that is read.
fn start(text: &str) -> &str {
    &text[..text.floor_char_boundary(CELL)]
}

fn broken(reason: impl std::fmt::Display) -> FormatError {
    FormatError::broken(0, Reason::not_a_workbook(reason.to_string()))
}

/// Indexes of the parts whose name matches.
fn places(book: &mut Book, is_one: impl Fn(&str) -> bool) -> Result<Vec<usize>, FormatError> {
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
fn each(
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

/// Cells of a `row`, as text (ECMA-376, part 1, 18.3.1.4).
fn line(row: &Node, texts: &[Rc<str>]) -> Line {
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

/// Shared strings of a workbook, if they are in its first bytes.
fn texts(bytes: &[u8]) -> Option<String> {
    let read = |part: &mut dyn Read| {
        let mut texts = Vec::new();
        part.take(1 << 20).read_to_end(&mut texts).ok()?;
        Some(crate::read::decode(&texts).into_owned())
    };
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        return read(&mut archive.by_name(TEXTS).ok()?);
    }
    let mut rest = bytes;
    while let Ok(Some(mut part)) = zip::read::read_zipfile_from_stream(&mut rest) {
        if part.name().is_ok_and(|name| name == TEXTS) {
            return read(&mut part);
        }
    }
    None
}

#[derive(Default)]
struct Table {
    meter: String,
    columns: Option<Columns>,
    /// Whether a table was found.
    seen: bool,
}

/// Index of each column.
struct Columns {
    date: u32,
    volume: Option<u32>,
    energy: u32,
    qualification: Option<u32>,
}

impl Columns {
    fn of(line: &Line) -> Option<Columns> {
        let find = |start: &str| {
            line.iter().find(|(_, text)| text.to_lowercase().starts_with(start)).map(|(at, _)| *at)
        };
        Some(Columns {
            date: find("date de relev")?,
            volume: find("volume consomm"),
            energy: find("energie consomm").or_else(|| find("énergie consomm"))?,
            qualification: find("qualification"),
        })
    }
}

impl Table {
    fn line(&mut self, ordinal: u64, line: &Line, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if let Some(columns) = Columns::of(line) {
            self.columns = Some(columns);
            self.seen = true;
            return Ok(());
        }
        if let Some((label, _)) = line.iter().find(|(_, text)| text.starts_with("N° PCE")) {
            let meter = line.range(label + 1..).map(|(_, text)| text).find(|text| !text.is_empty());
            self.meter = meter.map(|meter| (**meter).to_owned()).unwrap_or_default();
        }
        let Some(columns) = &self.columns else { return Ok(()) };
        match reading(&self.meter, columns, line, ordinal, rows) {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                Ok(())
            }
        }
    }
}

fn reading(
    meter: &str,
    columns: &Columns,
    line: &Line,
    ordinal: u64,
    rows: &mut RowWriter<'_>,
) -> Result<Result<(), FormatError>, Fault> {
    let cell = |column: u32| line.get(&column).map_or("", |text| text);
    let (quality, is_there) = qualification(columns.qualification.map_or("", cell));
    if line.values().all(|text| text.is_empty()) || !is_there {
        return Ok(Ok(()));
    }
    let text = cell(columns.date);
    let day = time::day(text, "dmy").or_else(|| time::day(text, "ymd")).or_else(|| serial(text));
    let day = day.ok_or_else(|| ("Date de relevé", Reason::not_a_date(text, "24/11/2020")))?;
    let energy = millionths(cell(columns.energy), "Energie consommée (kWh)")?;
    let volume = millionths(columns.volume.map_or("", cell), "Volume consommé (m3)")?;
    Used { meter, from: day, until: after(day), energy, volume, quality }.give(ordinal, rows)
}

/// Day of a workbook serial number: days since 1899-12-30.
fn serial(text: &str) -> Option<Day> {
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
    fn lines_are_read_under_their_head() {
        let mut batches = Vec::new();
        let mut sink = |batch| {
            batches.push(batch);
            Ok(())
        };
        let mut rows = RowWriter::new("test", 0, &mut sink);
        let mut table = Table::default();
        for (row, cells) in [
            line(&[(2, "N° PCE :"), (4, "22423299474865")]),
            line(&[
                (1, "Date de relevé"),
                (4, "Volume consommé (m3)"),
                (5, "Energie consommée (kWh)"),
                (8, "Qualification du relevé"),
            ]),
            line(&[(1, "24/11/2020"), (4, "12"), (5, "133"), (8, "Mesuré")]),
            line(&[(1, "2020-11-25"), (5, "7.5"), (8, "Estimé")]),
            line(&[(1, "16/11/2021"), (4, "0"), (5, "0"), (8, "Absence de Données")]),
            line(&[(1, "31/11/2021"), (5, "1")]),
            line(&[]),
        ]
        .iter()
        .enumerate()
        {
            table.line(row as u64 + 1, cells, &mut rows).unwrap();
        }
        rows.flush().unwrap();
        let (given, rejected, _) = rows.into_parts();
        assert_eq!((given, rejected.len()), (2, 1), "{rejected:?}");
        assert_eq!(rejected[0].line, Some(6));
        assert_eq!(batches[0].text(mesinfos_model::category::energy::METER, 0), Some("22423299474865"));
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
            super::line(&row, &texts),
            line(&[(1, "Mesuré"), (2, "7.5"), (4, ""), (5, &"é".repeat(CELL / 2))])
        );
        assert_eq!(serial("44159").map(|day| day.to_string()).as_deref(), Some("2020-11-24"));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(open(b"PK\x03\x04 and nothing".to_vec()).is_err());
        assert_eq!(texts(b"PK\x03\x04 and nothing"), None);
    }
}
