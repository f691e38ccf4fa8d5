//! Enedis CSV exports of a Linky meter: load curves, daily index, daily energy.
//!
//! A file holds one table or several, each with a line of names, a line of what is measured, and
//! rows from `Horodate` on. Facts that were found in real files:
//! - a curve is in watts, the mean over the step; its step is not in the header and may change
//!   within a file, so it is taken from the distance to the row before;
//! - rows of half-hours and hours are stamped at the END of their interval, rows of ten minutes
//!   (professional meters) at its start;
//! - a row without a value is a reading that the meter does not have: it is no row here, and no
//!   error.
//!
//! Index rows are registers: each pair of neighbours makes one reading, in a series of its own.

use crate::{Format, Intake, IntakeError, text};
use mesinfos_model::category::energy;
use mesinfos_model::view::Lang;
use mesinfos_model::{BatchBuilder, Category};
use std::io::BufRead;

/// The format.
pub(crate) struct Enedis;

const FIRST_CELL: &str = "Identifiant PRM";

/// Steps of a curve in seconds.
const STEPS: [i64; 4] = [600, 900, 1_800, 3_600];
/// The step whose rows are stamped at their start.
const START_STAMPED: i64 = 600;

impl Format for Enedis {
    fn id(&self) -> &'static str {
        "enedis-csv"
    }
    fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => "Relevés Enedis (CSV : courbe de charge, index, énergie quotidienne)",
            Lang::En => "Enedis readings (CSV: load curve, index, daily energy)",
        }
    }
    fn categories(&self) -> &'static [Category] {
        &[Category::Energy]
    }
    fn looks_for(&self) -> &'static str {
        "a first line that begins with \"Identifiant PRM;\""
    }
    fn spec(&self) -> &'static str {
        "https://www.enedis.fr/faq/compteur-linky/comment-comprendre-le-fichier-de-mes-donnees"
    }
    fn recognise(&self, head: &[u8]) -> bool {
        text::decode(head).trim_start().starts_with(FIRST_CELL)
    }
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
        let text = text::whole(file, input)?;
        let mut intake = Intake::default();
        let mut builder = BatchBuilder::new(Category::Energy);
        let mut table: Option<Table> = None;
        let mut expects_meta = false;
        for (index, line) in text.lines().enumerate() {
            let line_number = index as u64 + 1;
            let cells: Vec<&str> = line.split(';').map(str::trim).collect();
            match cells[0] {
                "" if cells.iter().all(|cell| cell.is_empty()) => {}
                FIRST_CELL => {
                    finish(table.take(), &mut builder, &mut intake);
                    expects_meta = true;
                }
                _ if expects_meta => {
                    table = Some(Table::new(&cells));
                    expects_meta = false;
                }
                "Horodate" => {
                    if let Some(table) = &mut table {
                        table.columns(&cells);
                    }
                }
                stamp => match table.as_mut().map(|table| table.row(line_number, stamp, &cells)) {
                    Some(Ok(())) => {}
                    Some(Err((field, reason))) => {
                        intake.reject(1, line_number, Some(field), reason);
                    }
                    None => intake.reject(1, line_number, None, "a row outside a table"),
                },
            }
        }
        finish(table, &mut builder, &mut intake);
        intake.batches.push(builder.finish());
        Ok(intake)
    }
}

/// What a table holds.
#[derive(PartialEq)]
enum Kind {
    Curve,
    Index,
    DailyEnergy,
    Other(String),
}

struct Row {
    line: u64,
    at: i64,
    offset: i64,
    value: Option<i64>,
}

struct Table {
    meter: String,
    kind: Kind,
    direction: i64,
    /// Which cell holds the value.
    value: usize,
    rows: Vec<Row>,
}

impl Table {
    /// From its second line: meter; kind; from; until; quantity; consumption or production; …; unit.
    fn new(cells: &[&str]) -> Table {
        let what = cells.get(1).copied().unwrap_or_default().to_lowercase();
        let kind = match () {
            () if what.starts_with("courbe de charge") => Kind::Curve,
            () if what.starts_with("index") => Kind::Index,
            () if what.starts_with("energie globale") || what.starts_with("énergie globale") => {
                Kind::DailyEnergy
            }
            () => Kind::Other(cells.get(1).copied().unwrap_or_default().to_owned()),
        };
        let produced = cells.iter().any(|cell| cell.eq_ignore_ascii_case("production"));
        let (meter, direction) = (cells[0].to_owned(), i64::from(produced));
        Table { meter, kind, direction, value: 1, rows: Vec::new() }
    }

    fn columns(&mut self, cells: &[&str]) {
        if self.kind == Kind::Index {
            // The total register, over all tariffs.
            self.value = cells.iter().position(|cell| *cell == "EAS T").unwrap_or(cells.len());
        }
    }

    fn row(&mut self, line: u64, stamp: &str, cells: &[&str]) -> Result<(), (&'static str, String)> {
        if let Kind::Other(what) = &self.kind {
            return Err(("Type de donnees", format!("\"{what}\" is not energy: it is not imported")));
        }
        let (at, offset) = instant(stamp).ok_or_else(|| {
            ("Horodate", format!("\"{stamp}\" is not an instant as 2021-01-07T01:00:00+01:00"))
        })?;
        let value = match cells.get(self.value).copied() {
            None => return Err(("Valeur", "the line has no cell for the value".to_owned())),
            Some("") => None,
            Some(text) => match text.parse::<i64>() {
                Ok(value) if (0..=1_000_000_000_000).contains(&value) => Some(value),
                _ => {
                    return Err(("Valeur", format!("\"{text}\" is not a whole number of W or Wh")));
                }
            },
        };
        self.rows.push(Row { line, at, offset, value });
        Ok(())
    }
}

/// Seconds since 1970 UTC, and local time minus UTC in minutes.
fn instant(text: &str) -> Option<(i64, i64)> {
    let at: jiff::Timestamp = text.parse().ok()?;
    let sign = text.rfind(['+', '-']).filter(|&place| place > 10)?;
    let (hours, minutes) = text.get(sign + 1..)?.split_once(':')?;
    let offset = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    Some((at.as_second(), if text.as_bytes()[sign] == b'-' { -offset } else { offset }))
}

fn finish(table: Option<Table>, builder: &mut BatchBuilder, intake: &mut Intake) {
    let Some(mut table) = table else { return };
    match table.kind {
        Kind::Curve => curve(&mut table, builder),
        Kind::Index => index(&mut table, builder, intake),
        Kind::DailyEnergy => {
            for row in &table.rows {
                let energy = row.value.map(|wh| wh * 1_000);
                push(&table, builder, "day", row.at, row.offset, 86_400, energy, 0);
            }
        }
        Kind::Other(_) => {}
    }
}

fn curve(table: &mut Table, builder: &mut BatchBuilder) {
    table.rows.sort_by_key(|row| row.at);
    let distance = |i: usize| table.rows[i].at - table.rows[i - 1].at;
    let is_step = |i: &usize| STEPS.contains(&distance(*i));
    // Before the first step is known, the first one that comes holds.
    let mut step = (1..table.rows.len()).find(is_step).map_or(1_800, distance);
    for (i, row) in table.rows.iter().enumerate() {
        if i > 0 && is_step(&i) {
            step = distance(i);
        }
        let start = if step == START_STAMPED { row.at } else { row.at - step };
        let energy = row.value.map(|watts| watts * step * 1_000 / 3_600);
        push(table, builder, "curve", start, row.offset, step, energy, 0);
    }
}

fn index(table: &mut Table, builder: &mut BatchBuilder, intake: &mut Intake) {
    table.rows.retain(|row| row.value.is_some());
    table.rows.sort_by_key(|row| row.at);
    for pair in table.rows.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(low), Some(high)) = (before.value, after.value) else {
            continue;
        };
        let duration = after.at - before.at;
        if high < low || duration <= 0 {
            let reason =
                "the register is lower than, or not later than, the one before: the meter was changed?";
            intake.reject(1, after.line, Some("EAS T"), reason);
            continue;
        }
        // 4: derived from two registers.
        push(table, builder, "index", before.at, before.offset, duration, Some((high - low) * 1_000), 4);
    }
}

#[allow(clippy::too_many_arguments, reason = "these are the fields of a row")]
fn push(
    table: &Table,
    builder: &mut BatchBuilder,
    series: &str,
    start: i64,
    offset: i64,
    duration: i64,
    energy: Option<i64>,
    quality: i64,
) {
    // A reading that the meter does not have is no row.
    let Some(energy) = energy else { return };
    let way = if table.direction == 0 { "in" } else { "out" };
    let series = format!("{}/{way}/{series}", table.meter);
    builder.push(&[
        (energy::HOLDER, "Enedis".into()),
        (energy::SERIES, series.as_str().into()),
        (energy::METER, table.meter.as_str().into()),
        (energy::COMMODITY, 0_i64.into()),
        (energy::DIRECTION, table.direction.into()),
        (energy::START, start.into()),
        (energy::UTC_OFFSET, offset.into()),
        (energy::DURATION, duration.into()),
        (energy::ENERGY, energy.into()),
        (energy::QUALITY, quality.into()),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "\u{feff}Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n";

    #[test]
    fn a_curve_whose_step_changes() {
        let file = format!(
            "{HEADER}09111642617347;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\nHorodate;Valeur\n\
             2021-02-12T22:00:00+01:00;100\n2021-02-12T23:00:00+01:00;\n2021-02-13T00:00:00+01:00;477\n\
             2021-02-13T00:30:00+01:00;477\n2021-02-13T25:00:00+01:00;1\n2021-02-13T01:00:00+01:00;-4\n"
        );
        let intake = crate::read_file("e.csv", &mut file.as_bytes()).unwrap();
        let batch = &intake.batches[0];
        assert_eq!((batch.rows(), intake.rejected_count), (3, 2));
        assert_eq!(intake.rejected[0].line, Some(8));
        let row = |r| (batch.integer(energy::DURATION, r), batch.integer(energy::ENERGY, r));
        assert_eq!(row(0), (Some(3_600), Some(100_000)));
        assert_eq!(row(2), (Some(1_800), Some(238_500)));
        assert_eq!(batch.day(2).unwrap().to_string(), "2021-02-13");
        assert_eq!(crate::totals(batch)[0].value, 816); // 100 + 477 + 238.5 Wh
    }

    #[test]
    fn index_rows_are_differenced_and_power_is_refused() {
        let file = format!(
            "{HEADER}1;Index;1;2;Energie active;Consommation;Comptage Brut;Wh;\nHorodate;Type de releve;EAS F1;EAS T\n\
             2021-07-01T00:00:00+02:00;Arrêté quotidien;10;1000\n2021-07-02T00:00:00+02:00;Arrêté quotidien;10;1500\n\
             2021-07-03T00:00:00+02:00;Arrêté quotidien;10;1400\n\
             {}1;Puissance maximale quotidienne;1;2;;;;VA;\nHorodate;Valeur\n2021-07-02T00:00:00+02:00;3000\n",
            &HEADER[3..]
        );
        let intake = crate::read_file("e.csv", &mut file.as_bytes()).unwrap();
        let batch = &intake.batches[0];
        assert_eq!((batch.rows(), intake.rejected_count), (1, 2));
        assert_eq!(batch.integer(energy::ENERGY, 0), Some(500_000));
        assert_eq!(batch.integer(energy::DURATION, 0), Some(86_400));
    }
}
