//! Readings from the customer portal as an XLSX workbook: a table of days below a heading that names the
//! meter.
//!
//! Days without data have zeros and "Absence de Données".

use super::{Fault, Used, after, millionths, qualification};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::workbook::{self, Line, TEXTS, each_line, open, places, serial, texts};
use crate::{month, time};
use mesinfos_model::{Category, Day};

/// The `grdf-xlsx` format.
pub(crate) struct GrdfWorkbook;

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
        workbook::is_one(bytes)
            // If the shared strings are past the head, `read` decides whether the workbook is one of
            // these.
            && texts(bytes, |name| name == TEXTS).is_none_or(|texts| texts.contains("Energie consomm"))
            && !crate::energy::enedis::is_workbook(bytes)
            && !crate::education::is_loan_workbook(bytes)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut book = open(input.bytes(workbook::PACKED)?)?;
        let texts = workbook::shared(&mut book)?;
        let mut table = Table::default();
        for member in places(&mut book, |name| name.starts_with("xl/worksheets/sheet"))? {
            table.columns = None;
            each_line(&mut book, member, &texts, &mut |number, line| table.line(number, line, rows))?;
        }
        if table.seen { Ok(()) } else { Err(FormatError::broken(0, Reason::NoGasTable)) }
    }
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
            date: ["date de relev", "semaine", "mois", "période", "periode"].into_iter().find_map(find)?,
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
    let (from, until) =
        period(text).ok_or_else(|| ("Date de relevé", Reason::not_a_date(text, "24/11/2020")))?;
    let energy = millionths(cell(columns.energy), "Energie consommée (kWh)")?;
    let volume = millionths(columns.volume.map_or("", cell), "Volume consommé (m3)")?;
    Used { meter, from, until, energy, volume, quality }.give(ordinal, rows)
}

/// First day of a reading, and the day after its last one: a day, a week « Du 22/11/2021 au 28/11/2021 », or a month
/// « Novembre 2021 ».
fn period(text: &str) -> Option<(Day, Day)> {
    let one = |text: &str| time::day(text, "dmy").or_else(|| time::day(text, "ymd")).or_else(|| serial(text));
    let lower = text.trim().to_lowercase();
    if let Some((from, until)) = lower.strip_prefix("du ").and_then(|days| days.split_once(" au ")) {
        return Some((one(from.trim())?, after(one(until.trim())?)));
    }
    if let Some(from) = month::day(&format!("1 {lower}")) {
        let civil = from.civil();
        let next = civil.last_of_month().tomorrow().ok()?;
        return Some((from, Day::from_ymd(next.year(), next.month(), next.day())?));
    }
    let day = one(text)?;
    Some((day, after(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[(u32, &str)]) -> Line {
        cells.iter().map(|(column, text)| (*column, (*text).into())).collect()
    }

    #[test]
    fn weeks_and_months_are_periods() {
        let shown = |text| period(text).map(|(from, until)| format!("{from} {until}"));
        assert_eq!(shown("Du 22/11/2021 au 28/11/2021").as_deref(), Some("2021-11-22 2021-11-29"));
        assert_eq!(shown("Décembre 2021").as_deref(), Some("2021-12-01 2022-01-01"));
        assert_eq!(shown("24/11/2020").as_deref(), Some("2020-11-24 2020-11-25"));
        assert_eq!([shown("Du 22/11/2021"), shown("Semaine 4"), shown("")], [None, None, None]);
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
        let (given, rejected, ..) = rows.into_parts();
        assert_eq!((given, rejected.len()), (2, 1), "{rejected:?}");
        assert_eq!(rejected[0].line, Some(6));
        assert_eq!(batches[0].text(mesinfos_model::category::energy::METER, 0), Some("22423299474865"));
    }
}
