//! CSV files of a Linky meter: load curves, daily registers, daily energy, daily peaks.
//!
//! A file holds one or more tables, each with a line of names, a line that describes the measurement, and
//! rows from `Horodate` on. In real files, the step of a curve is not in the header and may change within
//! a file, so it is taken from the distance to the row before; daily registers are followed by a table of
//! calendars, from `Periode` on, which is skipped; a peak is stamped with the moment it occurred.
//!
//! "SGE HDM" and the customer portal share the layout, which is described (with its errors) in
//! <https://github.com/consometers/sge-tiers>.

use super::{Fault, Of, PARIS, Registers, day_of, of_day, point, stamp, value};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time::{self, Instant};
use mesinfos_model::Category;
use mesinfos_model::category::energy::quality;
use std::collections::HashMap;

/// The `enedis-csv` format.
pub(crate) struct EnedisCsv;

const FIRST_CELL: &str = "Identifiant PRM";

/// Steps a curve may have, in seconds.
const STEPS: [i64; 5] = [300, 600, 900, 1_800, 3_600];

/// Step in seconds of a curve that does not reveal it: Linky's own.
const USUAL_STEP: i64 = 1_800;

/// Maximum number of rows held until the first step is known.
const WAITING: usize = 10_000;

/// Most times kept to find rows that stand twice: ten years of half-hours, twice.
const SEEN: usize = 350_000;

/// Longest time without an offset, in bytes: `2021-01-07T01:00:00`.
const LOCAL: usize = 19;

static ABOUT: FormatInfo = FormatInfo {
    id: "enedis-csv",
    fr: "Relevés Enedis (CSV : courbe de charge, index, énergie et puissance quotidiennes)",
    en: "Enedis readings (CSV: load curve, registers, daily energy and peaks)",
    origin: "Enedis",
    categories: &[Category::Energy],
    looks_for: "a first line that begins with \"Identifiant PRM;\"",
    spec: "https://www.enedis.fr/faq/compteur-linky/comment-comprendre-le-fichier-de-mes-donnees",
    counts: OrdinalKind::Lines,
};

impl Format for EnedisCsv {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().trim_start().strip_prefix(FIRST_CELL).is_some_and(|rest| rest.starts_with(';'))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut lines = input.lines();
        let mut table: Option<Table> = None;
        let mut is_head = false;
        while let Some((line, text)) = lines.next()? {
            let text = text.trim_start_matches('\u{feff}').trim();
            let first = text.split(';').next().unwrap_or_default().trim();
            match first {
                _ if text.bytes().all(|byte| byte == b';') => {}
                FIRST_CELL => {
                    finish(table.take(), rows)?;
                    is_head = true;
                }
                _ if is_head => {
                    table = Some(Table::new(text));
                    is_head = false;
                }
                "Horodate" => {
                    if let Some(table) = &mut table {
                        table.columns(text);
                    }
                }
                // Calendars map registers to price slots.
                "Periode" | "Période" => {
                    if let Some(table) = &mut table {
                        table.is_over = true;
                    }
                }
                _ => match table.as_mut().map(|table| table.row(line, text, rows)) {
                    Some(Ok(given)) => given?,
                    Some(Err((field, reason))) => rows.reject(line, Some(field), reason),
                    None => rows.reject(line, None, Reason::OutsideATable),
                },
            }
        }
        finish(table, rows)
    }
}

fn finish(table: Option<Table>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(mut table) = table else { return Ok(()) };
    table.curve.finish(&table.meter, table.is_produced, rows)?;
    table.registers.finish(rows);
    Ok(())
}

/// Content of a table.
enum Kind {
    Curve,
    Index,
    DailyEnergy,
    Peak,
    Other(String),
}

struct Table {
    meter: String,
    kind: Kind,
    is_produced: bool,
    /// Index of the cell that holds the value.
    value: usize,
    /// Its rows are done: the lines that follow belong to it and are skipped.
    is_over: bool,
    curve: Curve,
    registers: Registers,
}

impl Table {
    /// Parses its second line: meter; kind; from; until; quantity; consumption or production; …; unit.
    fn new(text: &str) -> Table {
        let mut cells = text.split(';').map(str::trim);
        let meter = cells.next().unwrap_or_default().to_owned();
        let name = cells.next().unwrap_or_default();
        let folded = name.to_lowercase();
        let begins = |start: &str| folded.starts_with(start);
        let kind = match () {
            () if begins("courbe de charge") => Kind::Curve,
            () if begins("index") => Kind::Index,
            () if begins("energie globale") || begins("énergie globale") => Kind::DailyEnergy,
            () if begins("puissance maximale") => Kind::Peak,
            () => Kind::Other(name.to_owned()),
        };
        let is_produced = cells.any(|cell| cell.eq_ignore_ascii_case("production"));
        let (curve, registers) = (Curve::default(), Registers::default());
        Table { meter, kind, is_produced, value: 1, is_over: false, curve, registers }
    }

    fn columns(&mut self, text: &str) {
        if let Kind::Index = self.kind {
            // The total register, over all price slots.
            let total = text.split(';').position(|cell| matches!(cell.trim(), "EAS T" | "EAI T"));
            self.value = total.unwrap_or(usize::MAX);
        }
    }

    fn row(
        &mut self,
        line: u64,
        text: &str,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        if self.is_over {
            return Ok(Ok(()));
        }
        if let Kind::Other(what) = &self.kind {
            return Err(("Type de donnees", Reason::not_energy(what)));
        }
        let mut cells = text.split(';').map(str::trim);
        let text = cells.next().unwrap_or_default();
        let at = stamp(text, "Horodate")?;
        let cell = self.value.checked_sub(1).and_then(|skipped| cells.nth(skipped));
        let cell = cell.ok_or(("Valeur", Reason::NoValue))?;
        let value = value(cell, "Valeur")?;
        if let Kind::Curve = self.kind {
            let at = if text.len() <= LOCAL { self.curve.after_the_change(at) } else { at };
            let row = Row { line, at, value, step: None };
            if self.curve.is_there(row)? {
                return Ok(Ok(()));
            }
            return Ok(self.curve.take(row, &self.meter, self.is_produced, rows));
        }
        // An empty reading is not a row.
        let Some(value) = value else { return Ok(Ok(())) };
        let of = |what| Of { meter: &self.meter, is_produced: self.is_produced, what, slot: None };
        let no_day = || ("Horodate", Reason::DateOutOfBounds);
        Ok(match self.kind {
            Kind::Index => self.registers.take(of("index"), at, value, line, rows),
            Kind::Peak => {
                let day = day_of(at)
                    .and_then(|day| of_day(day, None, Some(value), quality::MEASURED))
                    .ok_or_else(no_day)?;
                of("peak").give(day, line, rows)
            }
            _ => {
                // In winter some days are stamped an hour before they begin.
                let near = (at.0 + 7_200, at.1);
                let energy = number::times(value, 1_000, 1);
                let day = day_of(near)
                    .and_then(|day| of_day(day, energy, None, quality::MEASURED))
                    .ok_or_else(no_day)?;
                of("day").give(day, line, rows)
            }
        })
    }
}

#[derive(Clone, Copy)]
struct Row {
    line: u64,
    at: Instant,
    value: Option<i64>,
    /// Seconds, once known.
    step: Option<i64>,
}

/// A curve. Rows wait for the next one, because only the distance between two reveals their step.
#[derive(Default)]
struct Curve {
    /// Rows before the first two that are one step apart: they get that step too.
    waiting: Vec<Row>,
    last: Option<Row>,
    step: Option<i64>,
    /// A time that is one step from the next: all others are whole steps from it.
    phase: Option<i64>,
    /// Values by their time, to find rows that stand twice.
    seen: HashMap<i64, Option<i64>>,
}

impl Curve {
    /// Whether the row stands in the table already, with the same value.
    fn is_there(&mut self, row: Row) -> Result<bool, Fault> {
        match self.seen.get(&row.at.0) {
            Some(value) if *value == row.value || row.value.is_none() => Ok(true),
            Some(Some(_)) => Err(("Horodate", Reason::ReadingTwice)),
            // Empty before, and now with a value.
            Some(None) => {
                self.seen.insert(row.at.0, row.value);
                Ok(false)
            }
            None => {
                if self.seen.len() < SEEN {
                    self.seen.insert(row.at.0, row.value);
                }
                Ok(false)
            }
        }
    }

    /// A local time without an offset. In the hour that occurs twice, one that is not after the row before is the second.
    fn after_the_change(&self, at: Instant) -> Instant {
        let later = (at.0 + 3_600, at.1 - 60);
        let is_twice = time::offset(later.0, &PARIS) == Some(later.1);
        let is_back = self.last.is_some_and(|last| at.0 <= last.at.0 && last.at.0 <= later.0);
        if is_twice && is_back { later } else { at }
    }

    fn take(
        &mut self,
        mut row: Row,
        meter: &str,
        is_produced: bool,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let mut last = self.last.take();
        if let Some(last) = &mut last {
            let distance = row.at.0.saturating_sub(last.at.0);
            if STEPS.contains(&distance.saturating_abs()) {
                self.step = Some(distance.abs());
                self.phase = self.phase.or(Some(row.at.0));
                // In a file in reverse order, the distance belongs to the row before. So it does after a gap, if the step
                // changed there.
                let is_off = |step: i64| self.phase.is_some_and(|phase| (last.at.0 - phase) % step != 0);
                if distance < 0 || last.step.is_some_and(is_off) {
                    last.step = self.step;
                }
            }
        }
        row.step = self.step;
        self.last = Some(row);
        let Some(last) = last else { return Ok(()) };
        self.waiting.push(last);
        if self.step.is_none() && self.waiting.len() < WAITING {
            return Ok(());
        }
        self.let_go(meter, is_produced, rows)
    }

    fn let_go(
        &mut self,
        meter: &str,
        is_produced: bool,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let of = Of { meter, is_produced, what: "curve", slot: None };
        for row in self.waiting.drain(..) {
            if let Some(watts) = row.value {
                let step = row.step.or(self.step).unwrap_or(USUAL_STEP);
                // What a point off the steps means is not documented; two intervals of a curve cannot overlap.
                if self.phase.is_some_and(|phase| (row.at.0 - phase) % step != 0) {
                    rows.reject(row.line, Some("Horodate"), Reason::BetweenSteps);
                    continue;
                }
                of.give(point(row.at, watts, step, quality::MEASURED), row.line, rows)?;
            }
        }
        Ok(())
    }

    fn finish(
        &mut self,
        meter: &str,
        is_produced: bool,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        self.waiting.extend(self.last.take());
        self.let_go(meter, is_produced, rows)
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Batch;
    use mesinfos_model::category::energy;

    const HEADER: &str = "\u{feff}Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n";

    fn read(body: &str) -> (crate::Read, Batch) {
        let (mut reads, mut batches) = read_all(format!("{HEADER}{body}").as_bytes()).unwrap();
        (reads.remove(0), batches.remove(0))
    }

    #[test]
    fn a_curve_whose_step_changes() {
        let (read, batch) = read(
            "09111642617347;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\nHorodate;Valeur\n\
             2021-02-12T22:00:00+01:00;100\n2021-02-12T23:00:00+01:00;\n2021-02-13T00:00:00+01:00;477\n\
             2021-02-13T00:30:00+01:00;477\n2021-02-13T25:00:00+01:00;1\n2021-02-13T01:00:00+01:00;-4\n",
        );
        assert_eq!((batch.rows(), read.rejected_count), (3, 2));
        assert_eq!(read.rejected[0].line, Some(8));
        let row = |r| (batch.integer(energy::DURATION, r), batch.integer(energy::ENERGY, r));
        assert_eq!(row(0), (Some(3_600), Some(100_000)));
        assert_eq!(row(2), (Some(1_800), Some(238_500)));
        assert_eq!(batch.day(2).unwrap().to_string(), "2021-02-13");
    }

    #[test]
    fn a_curve_that_goes_backward() {
        let (_, batch) = read(
            "1;Courbe de charge;1;2;Energie active;Production;Comptage Brut;W;\nHorodate;Valeur\n\
             2021-02-13T00:30:00+01:00;30\n2021-02-13T00:00:00+01:00;20\n2021-02-12T23:00:00+01:00;10\n",
        );
        let steps: Vec<_> = (0..3).map(|r| batch.integer(energy::DURATION, r)).collect();
        assert_eq!(steps, [Some(1_800), Some(3_600), Some(3_600)]);
        assert_eq!(batch.integer(energy::DIRECTION, 0), Some(energy::direction::PRODUCED));
    }

    #[test]
    fn ten_minutes_are_stamped_at_their_start() {
        let (_, batch) = read(
            "1;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\nHorodate;Valeur\n\
             2021-02-13T00:00:00+01:00;60\n2021-02-13T00:10:00+01:00;6\n",
        );
        assert_eq!(batch.time(0), Some(1_613_170_800));
        assert_eq!(batch.integer(energy::ENERGY, 0), Some(10_000));
    }

    #[test]
    fn registers_are_differenced_and_peaks_are_of_their_day() {
        let (read, batch) = read(&format!(
            "1;Index;1;2;Energie active;Consommation;Comptage Brut;Wh;\nHorodate;Type de releve;EAS F1;EAS T\n\
             2021-07-01T00:00:00+02:00;Arrêté quotidien;10;1000\n2021-07-02T00:00:00+02:00;Arrêté quotidien;10;1500\n\
             2021-07-03T00:00:00+02:00;Arrêté quotidien;10;1400\n2021-07-04T00:00:00+02:00;Arrêté quotidien;;\n\n\
             Periode;Identifiant calendrier fournisseur\nDu 2021-07-01T00:00:00+02:00 au;FC011827;HC\n\
             {}1;Puissance maximale quotidienne;1;2;Puissance maximale atteinte;Consommation;Comptage Brut;VA;\n\
             Horodate;Valeur\n2021-07-02T15:17:24+02:00;3000\n",
            HEADER.trim_start_matches('\u{feff}')
        ));
        assert_eq!((batch.rows(), read.rejected_count), (2, 1), "{:?}", read.rejected);
        assert_eq!(batch.integer(energy::ENERGY, 0), Some(500_000));
        assert_eq!(batch.integer(energy::DURATION, 0), Some(86_400));
        assert_eq!(batch.integer(energy::QUALITY, 0), Some(energy::quality::DERIVED));
        assert_eq!((batch.integer(energy::PEAK, 1), batch.integer(energy::ENERGY, 1)), (Some(3_000), None));
        assert_eq!(batch.time(1), Some(1_625_176_800));
    }

    #[test]
    fn days_and_what_is_not_known() {
        let (read, batch) = read(
            "1;Energie globale quotidienne;1;2;Energie active;Consommation;Comptage Brut;Wh;\nHorodate;Valeur\n\
             2021-07-01T00:00:00+02:00;9000\n2021-12-01T23:00:00+01:00;8000\n",
        );
        assert_eq!((batch.rows(), read.rejected_count), (2, 0));
        assert_eq!(batch.day(1).unwrap().to_string(), "2021-12-02");
        let (reads, batches) = read_all(
            format!("{HEADER}1;Tension;1;2;;;;V;\nHorodate;Valeur\n2021-07-02T00:00:00+02:00;230\nx\n")
                .as_bytes(),
        )
        .unwrap();
        assert!(batches.is_empty());
        assert_eq!(reads[0].rejected_count, 2);
        assert!(reads[0].rejected[0].reason.to_string().contains("Tension"));
    }
}
