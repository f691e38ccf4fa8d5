//! The workbook (XLSX) that the customer portal has given since February 2025: one sheet for each quantity.
//!
//! A sheet names its meter, and has a table of days under "Date | Valeur (en kWh)"; a day without a reading has "NA". The
//! name of the sheet says whether energy is consumed or produced. Enedis publishes no description; this one comes of
//! public programs: <https://github.com/grimmlink/tempo-comparatif/issues/17>,
//! <https://github.com/JC144/EDF_Simulateur_Prix/issues/127>.

use super::{Fault, Of, of_day};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{Mark, mark_of, scaled_with};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use crate::workbook::{self, Book, Line, each, each_line, open, places, serial};
use mesinfos_model::Category;
use mesinfos_model::category::energy::quality;
use std::collections::BTreeMap;

/// The `enedis-xlsx` format.
pub(crate) struct EnedisWorkbook;

static ABOUT: FormatInfo = FormatInfo {
    id: "enedis-xlsx",
    fr: "Relevés Enedis (classeur XLSX de l’espace client)",
    en: "Enedis readings (XLSX workbook of the customer portal)",
    origin: "Enedis",
    categories: &[Category::Energy],
    looks_for: "an XLSX workbook with the columns \"Date\" and \"Valeur (en kWh)\"",
    spec: "https://github.com/grimmlink/tempo-comparatif",
    counts: OrdinalKind::Lines,
};

/// Beginning of the column of values, which ends with the unit.
const VALUE: &str = "Valeur (en ";

/// Units of the values: whether it is an energy, and the decimals that make milliwatt-hours or volt-amperes of it.
const UNITS: [(&str, bool, u32); 4] =
    [("kWh", true, 6), ("Wh", true, 3), ("kVA", false, 3), ("VA", false, 0)];

/// Digits of a meter's identifier (PRM): a workbook that stores it as a number loses the zeros before it.
const PRM: usize = 14;

/// Words in place of a value that is missing, in lower case.
const NOTHING: [&str; 5] = ["", "na", "n/a", "-", "nc"];

impl Format for EnedisWorkbook {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        workbook::is_one(head.bytes()) && is_workbook(head.bytes())
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut book = open(input.bytes(workbook::PACKED)?)?;
        let texts = workbook::shared(&mut book)?;
        let names = sheets(&mut book)?;
        let mut table = Table::default();
        for member in places(&mut book, |name| name.starts_with("xl/worksheets/sheet"))? {
            let part =
                book.by_index(member).ok().and_then(|part| part.name().ok().map(|name| name.into_owned()));
            table.columns = None;
            table.is_produced = part
                .and_then(|part| names.get(part.trim_start_matches("xl/")).cloned())
                .is_some_and(|name| name.to_lowercase().contains("production"));
            each_line(&mut book, member, &texts, &mut |number, line| table.line(number, line, rows))?;
        }
        if table.seen { Ok(()) } else { Err(FormatError::broken(0, Reason::NoReadings)) }
    }
}

/// Whether the first bytes of a workbook have the mark of this one.
pub(in crate::energy) fn is_workbook(bytes: &[u8]) -> bool {
    workbook::texts(bytes, |name| name.starts_with("xl/") && name.ends_with(".xml"))
        .is_some_and(|texts| texts.contains(VALUE))
}

/// Name of each sheet, by its part within `xl`.
fn sheets(book: &mut Book) -> Result<BTreeMap<String, String>, FormatError> {
    let mut parts = BTreeMap::new();
    for member in places(book, |name| name == "xl/_rels/workbook.xml.rels")? {
        each(book, member, "Relationship", &mut |node| {
            if let Some((id, target)) = node.attribute("Id").zip(node.attribute("Target"))
                && parts.len() < SHEETS
            {
                parts.insert(id.to_owned(), target.trim_start_matches("/xl/").to_owned());
            }
            Ok(())
        })?;
    }
    let mut names = BTreeMap::new();
    for member in places(book, |name| name == "xl/workbook.xml")? {
        each(book, member, "sheet", &mut |node| {
            if let Some((id, name)) = node.attribute("id").zip(node.attribute("name"))
                && let Some(part) = parts.get(id)
            {
                names.insert(part.clone(), name.to_owned());
            }
            Ok(())
        })?;
    }
    Ok(names)
}

/// Most sheets whose name is read: a workbook has about five.
const SHEETS: usize = 1_000;

#[derive(Default)]
struct Table {
    meter: String,
    is_produced: bool,
    columns: Option<Columns>,
    /// Whether a table was found.
    seen: bool,
}

/// Index of each column, and the unit of the values.
#[derive(Clone, Copy)]
struct Columns {
    date: u32,
    value: u32,
    is_energy: bool,
    decimals: u32,
}

impl Columns {
    fn of(line: &Line) -> Option<Columns> {
        let (date, _) = line.iter().find(|(_, text)| &***text == "Date")?;
        let (value, name) = line.iter().find(|(_, text)| text.starts_with(VALUE))?;
        let unit = name[VALUE.len()..].trim_end_matches(')');
        let (_, is_energy, decimals) = UNITS.iter().find(|(known, ..)| *known == unit)?;
        Some(Columns { date: *date, value: *value, is_energy: *is_energy, decimals: *decimals })
    }
}

impl Table {
    fn line(&mut self, ordinal: u64, line: &Line, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if let Some(columns) = Columns::of(line) {
            self.columns = Some(columns);
            self.seen = true;
            return Ok(());
        }
        let is_label = |text: &str| text.contains("PRM") || text.starts_with("Point de livraison");
        if self.columns.is_none()
            && let Some((label, _)) = line.iter().find(|(_, text)| is_label(text))
            && let Some(meter) = line.range(label + 1..).map(|(_, text)| text).find(|text| is_meter(text))
        {
            self.meter = format!("{meter:0>PRM$}");
        }
        let Some(columns) = self.columns else { return Ok(()) };
        match self.reading(columns, line, ordinal, rows) {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                Ok(())
            }
        }
    }

    fn reading(
        &self,
        columns: Columns,
        line: &Line,
        ordinal: u64,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let cell = |column: u32| line.get(&column).map_or("", |text| text);
        let text = cell(columns.value);
        // A day without a reading is not a row.
        if NOTHING.contains(&text.to_lowercase().as_str()) {
            return Ok(Ok(()));
        }
        let date = cell(columns.date);
        let day = time::day(date, "dmy").or_else(|| time::day(date, "ymd")).or_else(|| serial(date));
        let day = day
            .filter(|_| !date.contains(':'))
            .ok_or_else(|| ("Date", Reason::not_a_date(date, "31/12/2025")))?;
        let value =
            scaled_with(text, columns.decimals, mark_of(text, Mark::Point)).filter(|value| *value >= 0);
        let value = value.ok_or_else(|| ("Valeur", Reason::not_a_quantity(text)))?;
        let (energy, peak) = if columns.is_energy { (Some(value), None) } else { (None, Some(value)) };
        let reading =
            of_day(day, energy, peak, quality::MEASURED).ok_or(("Date", Reason::DateOutOfBounds))?;
        let what = if columns.is_energy { "day" } else { "peak" };
        let of = Of { meter: &self.meter, is_produced: self.is_produced, what, slot: None };
        Ok(of.give(reading, ordinal, rows))
    }
}

fn is_meter(text: &str) -> bool {
    (10..=PRM).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::energy as e;

    #[test]
    fn days_are_read_by_sheet() {
        let sample = include_bytes!("../../../tests/samples/enedis-xlsx.xlsx");
        let (reads, batches) = read_all(sample).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, batch.rows(), reads[0].rejected_count), ("enedis-xlsx", 4, 0));
        let of = |field| (0..4).map(|row| batch.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(of(e::ENERGY), [Some(9_876_000), Some(4_250_000), None, Some(2_100_000)]);
        assert_eq!(of(e::PEAK), [None, None, Some(5_400), None]);
        assert_eq!(of(e::DURATION)[1], Some(23 * 3_600), "the day of the change");
        assert_eq!(of(e::DIRECTION)[3], Some(e::direction::PRODUCED));
        assert_eq!(batch.text(e::METER, 3), Some("00000000000042"));
        assert_eq!(batch.text(e::SERIES, 0), Some("00000000000042/in/day"));
    }
}
