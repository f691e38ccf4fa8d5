//! Readings of the customer's space as a workbook (XLSX): a table of days under a head that names the meter.
//!
//! Days without data have zeros and "Absence de Données".

use super::{Fault, Used, after, millionths, qualification};
use crate::error::Stop;
use crate::format::{About, Counts, Format};
use crate::read::{Head, Input};
use crate::rows::Rows;
use crate::time;
use calamine::{DataRef, Reader, Xlsx};
use mesinfos_model::Category;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The format.
pub(crate) struct GrdfWorkbook;

/// The largest workbook, packed: its list of parts is at its end, so it is held whole. A year of days has
/// 50 KiB.
const PACKED: u64 = 16 << 20;

/// The most that its parts may become, as the library holds the texts of a workbook.
const UNPACKED: u64 = 64 << 20;

/// Cells of a line that are looked at.
const CELLS: u32 = 64;

static ABOUT: About = About {
    id: "grdf-xlsx",
    fr: "Relevés GRDF (classeur XLSX)",
    en: "GRDF gas readings (XLSX workbook)",
    origin: "GRDF",
    categories: &[Category::Energy],
    looks_for: "an XLSX workbook with the columns \"Date de relevé\" and \"Energie consommée (kWh)\"",
    spec: "https://github.com/ssenart/PyGazpar",
    counts: Counts::Lines,
};

impl Format for GrdfWorkbook {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let bytes = head.bytes();
        let has = |piece: &[u8]| memchr::memmem::find(bytes, piece).is_some();
        bytes.starts_with(b"PK\x03\x04")
            && has(b"[Content_Types].xml")
            && has(b"xl/")
            // Of a workbook whose texts are past the head, `read` tells whether it is one of these.
            && texts(bytes).is_none_or(|texts| texts.contains("Energie consomm"))
    }

    fn read(&self, input: Input<'_>, rows: &mut Rows<'_>) -> Result<(), Stop> {
        let bytes = input.bytes(PACKED)?;
        unpacked(&bytes)?;
        let broken = |error: calamine::XlsxError| Stop::broken(0, format!("not a whole workbook: {error}"));
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        let mut table = Table::default();
        for sheet in book.sheet_names() {
            let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
            let mut line = Line::new();
            let mut place = 0;
            table.columns = None;
            while let Some(cell) = cells.next_cell().map_err(broken)? {
                let (row, column) = cell.get_position();
                if row != place {
                    table.line(place, &std::mem::take(&mut line), rows)?;
                    place = row;
                }
                if column < CELLS {
                    line.insert(column, text(cell.get_value()));
                }
            }
            table.line(place, &line, rows)?;
        }
        if table.seen {
            Ok(())
        } else {
            Err(Stop::broken(0, "the workbook has no table of gas readings of GRDF"))
        }
    }
}

/// The cells of a line that are not empty, by column.
type Line = BTreeMap<u32, String>;

/// The texts of a workbook, if they are in its first bytes.
fn texts(bytes: &[u8]) -> Option<String> {
    const TEXTS: &str = "xl/sharedStrings.xml";
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

/// Refuses a workbook that would fill memory.
fn unpacked(bytes: &[u8]) -> Result<(), Stop> {
    let broken = |error: String| Stop::broken(0, format!("not a whole workbook: {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut left = UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|error| broken(error.to_string()))?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| broken(error.to_string()))?;
        left = left
            .checked_sub(size)
            .ok_or_else(|| Stop::too_large("the unpacked workbook", format!("{} MiB", UNPACKED >> 20)))?;
    }
    Ok(())
}

/// A cell as it would stand in a text file.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // The shortest decimal that is this number: what the file has.
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(at) => {
            // Days since 1899-12-30.
            let days = format!("{:.0}", at.as_f64().floor()).parse::<i32>().ok();
            let day = days.and_then(|days| days.checked_sub(25_569)).map(mesinfos_model::Day);
            day.map(|day| day.to_string()).unwrap_or_default()
        }
        DataRef::DateTimeIso(text) => text.clone(),
        _ => String::new(),
    }
}

#[derive(Default)]
struct Table {
    meter: String,
    columns: Option<Columns>,
    /// Whether there was a table.
    seen: bool,
}

/// Which column is what.
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
    fn line(&mut self, row: u32, line: &Line, rows: &mut Rows<'_>) -> Result<(), Stop> {
        if let Some(columns) = Columns::of(line) {
            self.columns = Some(columns);
            self.seen = true;
            return Ok(());
        }
        if let Some((label, _)) = line.iter().find(|(_, text)| text.starts_with("N° PCE")) {
            let meter = line.range(label + 1..).map(|(_, text)| text).find(|text| !text.is_empty());
            self.meter = meter.cloned().unwrap_or_default();
        }
        let Some(columns) = &self.columns else { return Ok(()) };
        let place = u64::from(row) + 1;
        match reading(&self.meter, columns, line, place, rows) {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(place, Some(field), reason);
                Ok(())
            }
        }
    }
}

fn reading(
    meter: &str,
    columns: &Columns,
    line: &Line,
    place: u64,
    rows: &mut Rows<'_>,
) -> Result<Result<(), Stop>, Fault> {
    let cell = |column: u32| line.get(&column).map_or("", String::as_str);
    let (quality, is_there) = qualification(columns.qualification.map_or("", cell));
    if line.values().all(String::is_empty) || !is_there {
        return Ok(Ok(()));
    }
    let text = cell(columns.date);
    let day = time::day(text, "dmy").or_else(|| time::day(text, "ymd"));
    let day = day.ok_or_else(|| ("Date de relevé", format!("\"{text}\" is not a day as 24/11/2020")))?;
    let energy = millionths(cell(columns.energy), "Energie consommée (kWh)")?;
    let volume = millionths(columns.volume.map_or("", cell), "Volume consommé (m3)")?;
    Used { meter, from: day, until: after(day), energy, volume, quality }.give(place, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[(u32, &str)]) -> Line {
        cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect()
    }

    #[test]
    fn lines_are_read_under_their_head() {
        let mut batches = Vec::new();
        let mut sink = |batch| {
            batches.push(batch);
            Ok(())
        };
        let mut rows = Rows::new(0, &mut sink);
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
            table.line(u32::try_from(row).unwrap(), cells, &mut rows).unwrap();
        }
        rows.flush().unwrap();
        let (given, rejected, _) = rows.into_parts();
        assert_eq!((given, rejected.len()), (2, 1), "{rejected:?}");
        assert_eq!(rejected[0].line, Some(6));
        assert_eq!(batches[0].text(mesinfos_model::category::energy::METER, 0), Some("22423299474865"));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(unpacked(b"PK\x03\x04 and nothing").is_err());
        assert_eq!(texts(b"PK\x03\x04 and nothing"), None);
    }
}
