//! Daily readings of Veolia and SEDIF (the water of Greater Paris), CSV:
//! `Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé`.
//!
//! A row with a time (SEDIF) covers the day that ends at it; a row without one (service.eau.veolia.fr) covers its own
//! day, and its index is that of the morning (<https://github.com/mdeweerd/meterstoha/issues/11>). An estimated day has 0
//! litres, and its consumption is included in the next measured day. Dates have two forms; the file does not name its
//! meter. "M" and "E" stand for "Mesuré" and "Estimé".

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{self, Mark};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::water::{self, quality};

/// The `veolia-water-csv` format.
pub(crate) struct Veolia;

/// The reason to reject a row: its field, and the problem.
type Fault = (&'static str, Reason);

const HOLDER: &str = "Veolia";
const SERIES: &str = "veolia/day";

const DATE: &str = "Date de relevé";
const INDEX: &str = "Index relevé";
const USED: &str = "Consommation du jour";
const QUALITY: &str = "Index Mesuré/Estimé";

static ABOUT: FormatInfo = FormatInfo {
    id: "veolia-water-csv",
    fr: "Relevés d’eau Veolia / SEDIF (CSV)",
    en: "Veolia / SEDIF water readings (CSV)",
    origin: "Veolia, SEDIF",
    categories: &[Category::Water],
    looks_for: "a first line \"Date de relevé;Index relevé (litres);Consommation du jour (litres);…\"",
    spec: "https://github.com/s0nik42/veolia-idf",
    counts: OrdinalKind::Lines,
};

impl Format for Veolia {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let names = head.names(';');
        ["Date de relev", "Index relev", "Consommation du jour"]
            .iter()
            .all(|start| names.iter().any(|name| name.starts_with(start)))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b';');
        let Some(header) = table.next()? else { return Ok(()) };
        let layout = Layout::of(&Columns::of(header)).ok_or_else(|| {
            let names = "\"Date de relevé\", \"Consommation du jour (litres)\"";
            FormatError::broken(1, Reason::columns_needed(names))
        })?;
        let zone = time::zone("Europe/Paris");
        while let Some(row) = table.next()? {
            if row.is_blank() {
                continue;
            }
            match layout.read(row, &zone, rows) {
                Ok(given) => given?,
                Err((field, reason)) => rows.reject(row.line, Some(field), reason),
            }
        }
        Ok(())
    }
}

/// Index of each column, and the decimals that convert its quantities to millilitres.
struct Layout {
    date: usize,
    index: Option<usize>,
    used: usize,
    quality: Option<usize>,
    decimals: u32,
}

impl Layout {
    fn of(columns: &Columns) -> Option<Layout> {
        let find = |unit: &str, name: &str| columns.find(&[&format!("{name} ({unit})")]);
        let (unit, decimals) =
            [("litres", 3), ("m3", 6), ("m³", 6)].into_iter().find(|(unit, _)| find(unit, USED).is_some())?;
        Some(Layout {
            date: columns.find(&[DATE])?,
            index: find(unit, INDEX),
            used: find(unit, USED)?,
            quality: columns.find(&[QUALITY]),
            decimals,
        })
    }

    fn read(
        &self,
        row: Row<'_>,
        zone: &TimeZone,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let (at, has_time) = moment(row.get(self.date))?;
        let out = || (DATE, Reason::DateOutOfBounds);
        let other = if has_time { at.date().yesterday() } else { at.date().tomorrow() };
        let other = other.ok().map(|day| day.to_datetime(at.time())).ok_or_else(out)?;
        let (start, end) = if has_time { (other, at) } else { (at, other) };
        let (start, end) = time::local(start, zone).zip(time::local(end, zone)).ok_or_else(out)?;
        let volume = self.volume(row.get(self.used), USED)?;
        let index = self.index.map_or(Ok(None), |column| self.volume(row.get(column), INDEX))?;
        if volume.is_none() && index.is_none() {
            return Ok(Ok(()));
        }
        let quality = match self.quality.map_or("", |column| row.get(column)).to_lowercase() {
            text if text == "m" || text.starts_with("mesur") => Some(quality::MEASURED),
            text if text == "e" || text.starts_with("estim") => Some(quality::ESTIMATED),
            text if text.is_empty() => None,
            _ => Some(quality::OTHER),
        };
        let cells = [
            (water::HOLDER, HOLDER.into()),
            (water::SERIES, SERIES.into()),
            (water::START, start.0.into()),
            (water::UTC_OFFSET, start.1.into()),
            (water::DURATION, (end.0 - start.0).into()),
            (water::VOLUME, volume.into()),
            (water::INDEX, index.into()),
            (water::QUALITY, quality.into()),
        ];
        Ok(rows.push(Category::Water, row.line, &cells))
    }

    /// Millilitres; `None` if the cell is empty.
    fn volume(&self, text: &str, field: &'static str) -> Result<Option<i64>, Fault> {
        if text.is_empty() {
            return Ok(None);
        }
        let mark = if text.contains(',') { Mark::Comma } else { Mark::Point };
        let volume = number::scaled_with(text, self.decimals, mark).filter(|volume| *volume >= 0);
        volume.map(Some).ok_or_else(|| (field, Reason::not_a_quantity(text)))
    }
}

/// `2026-05-13 19:00:00`, `13/05/2026 12:00`, or either without its time; and whether it has one.
fn moment(text: &str) -> Result<(DateTime, bool), Fault> {
    let wrong = || (DATE, Reason::not_a_date(text, "13/05/2026 12:00"));
    let day = time::day(text, "ymd").or_else(|| time::day(text, "dmy")).ok_or_else(wrong)?;
    let clock = text.trim().split_once([' ', 'T']).map(|(_, clock)| time::clock(clock).ok_or_else(wrong));
    let clock = clock.transpose()?;
    Ok((day.civil().to_datetime(clock.unwrap_or(Time::midnight())), clock.is_some()))
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::water;
    use mesinfos_model::category::water::quality::{ESTIMATED, MEASURED, OTHER};

    #[test]
    fn days_are_read() {
        let file = "Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé\n\
            2026-05-13 19:00:00;2043608;71;Mesuré\n14/05/2026 12:00;2043608;0;Estimé\n15/05/2026;;;\n\
            2016-03-033 19:00:00;1;1;Mesuré\n16/05/2026;1;-5;Mesuré\n17/05/2026;1;1,5;?\n";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((batch.rows(), reads[0].rejected_count), (3, 2), "{:?}", reads[0].rejected);
        let of = |field| [0, 1, 2].map(|row| batch.integer(field, row));
        assert_eq!(of(water::VOLUME), [Some(71_000), Some(0), Some(1_500)]);
        assert_eq!(of(water::QUALITY), [MEASURED, ESTIMATED, OTHER].map(Some));
        assert_eq!((batch.time(0), batch.integer(water::DURATION, 0)), (Some(1_778_605_200), Some(86_400)));
        assert_eq!(batch.integer(water::INDEX, 0), Some(2_043_608_000));
    }

    #[test]
    fn cubic_metres_and_old_encodings() {
        let file = b"Date de relev\xE9;Index relev\xE9 (m3);Consommation du jour (m3);Index Mesur\xE9/Estim\xE9\r\n13/05/2026;2043;0.071;Mesur\xE9\r\n";
        let (_, batches) = read_all(file).unwrap();
        assert_eq!(batches[0].integer(water::VOLUME, 0), Some(71_000));
    }
}
