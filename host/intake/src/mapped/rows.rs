//! Reading a table by what a person says about its columns.

use super::columns::time_in;
use super::words::currency_in;
use super::{CurrencyColumn, DecimalMark, Every, Mapping, ReadingUnit, RowKind, ValueColumns};
use crate::bank::values::{day, minor, needed_currency};
use crate::bank::words;
use crate::energy::wall_clock::WallClock;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{Mark, mark_of, scaled_with};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Row};
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time::{Instant, clock, instant, local_at, zone};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::category::{bank, energy, purchases, water};
use mesinfos_model::{Category, Cell, Day};

/// Description of the format.
pub(crate) static ABOUT: FormatInfo = FormatInfo {
    id: "mapped-table",
    fr: "Tableau dont vous avez dit les colonnes",
    en: "Table whose columns you described",
    origin: "",
    categories: &[Category::Bank, Category::Purchases, Category::Energy, Category::Water],
    looks_for: "a table of text with a column of dates and one of numbers",
    spec: "docs/decisions/0048-mapped-tables.md",
    counts: OrdinalKind::Lines,
};

/// Zone of local times: that of the holders.
const ZONE: &str = "Europe/Paris";

/// Millilitres per litre.
const MILLILITRES: u32 = 3;

/// A table, read by a mapping that was checked.
pub(crate) struct Mapped(pub(crate) Mapping);

impl Format for Mapped {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, _: &Head) -> bool {
        false
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = Reading::of(&self.0);
        let mut records = input.table(self.0.delimiter as u8);
        for _ in 0..self.0.skip {
            match records.next()? {
                Some(row) => table.header = row.iter().map(str::to_owned).collect(),
                None => break,
            }
        }
        while let Some(row) = records.next()? {
            if row.is_blank() {
                continue;
            }
            table.row(row, rows)?;
        }
        table.end(rows);
        Ok(())
    }
}

/// The column of a wrong value, and the reason; 0 for the row as a whole.
type Wrong = (u16, Reason);

/// A state of a register.
#[derive(Debug, Clone, Copy)]
struct State {
    line: u64,
    at: Instant,
    value: i64,
}

/// A table being read.
struct Reading<'m> {
    mapping: &'m Mapping,
    zone: TimeZone,
    /// Local times of readings, which follow one another.
    clock: WallClock,
    mark: Mark,
    header: Vec<String>,
    /// Name of the series of readings.
    series: String,
    label: String,
    /// The word of money that comes in: the first that is not that of money that goes out.
    into: Option<String>,
    /// The state before, and how many followed one another.
    state: Option<State>,
    differences: u64,
    /// Whether states run backwards.
    is_backwards: Option<bool>,
}

impl<'m> Reading<'m> {
    fn of(mapping: &'m Mapping) -> Reading<'m> {
        let column = mapping.value.columns().first().copied().unwrap_or(0);
        Reading {
            mapping,
            zone: zone(ZONE),
            clock: WallClock::of(zone(ZONE)),
            mark: match mapping.decimal {
                DecimalMark::Comma => Mark::Comma,
                DecimalMark::Point => Mark::Point,
            },
            header: Vec::new(),
            // A person's meter of one holder: two columns are two series.
            series: format!("{} {:?} {column}", part(&mapping.holder), mapping.rows),
            label: String::new(),
            into: None,
            state: None,
            differences: 0,
            is_backwards: None,
        }
    }

    /// Name of a column in messages.
    fn name(&self, column: u16) -> Option<String> {
        let at = usize::from(column).checked_sub(1)?;
        let name = self.header.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
        Some(name.map_or_else(|| column.to_string(), str::to_owned))
    }

    fn row(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let done =
            if self.mapping.rows.is_reading() { self.reading(row, rows) } else { self.money(row, rows) };
        match done {
            Ok(pushed) => pushed,
            Err((column, reason)) => {
                rows.reject(row.line, self.name(column).as_deref(), reason);
                Ok(())
            }
        }
    }

    fn day(&self, row: Row<'_>) -> Result<Day, Wrong> {
        let order = self.mapping.date_order;
        let text = cell(row, self.mapping.date);
        let found = day(text, order.code()).and_then(|day| i32::try_from(day).ok());
        found.map(Day).ok_or_else(|| {
            let reason =
                if text.is_empty() { Reason::NoDate } else { Reason::not_a_date(text, order.example()) };
            (self.mapping.date, reason)
        })
    }

    /// Local time of a row, in seconds of UTC; midnight if it has none.
    fn instant(&mut self, row: Row<'_>) -> Result<Instant, Wrong> {
        let text = cell(row, self.mapping.date);
        if let Some(at) = instant(text) {
            return Ok(at);
        }
        let day = self.day(row)?;
        let time = match self.mapping.time {
            Some(column) => {
                let text = cell(row, column);
                clock(text).ok_or_else(|| (column, Reason::not_a_time(text, "08:30")))?
            }
            None => time_in(text).and_then(clock).unwrap_or(Time::midnight()),
        };
        let found = if self.mapping.rows.is_reading() {
            self.clock.at(day.civil().to_datetime(time))
        } else {
            local_at(day, time, &self.zone)
        };
        found.ok_or((self.mapping.date, Reason::DateOutOfYears))
    }

    /// A movement or a purchase.
    fn money(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Wrong> {
        let mapping = self.mapping;
        let currency = match &mapping.currency {
            Some(CurrencyColumn::Is(code)) => code.as_str(),
            Some(CurrencyColumn::In(column)) => {
                needed_currency(cell(row, *column)).map_err(|reason| (*column, reason))?
            }
            None => "",
        };
        let amount = self.amount(row, currency)?;
        self.label.clear();
        for column in &mapping.label {
            words::add(&mut self.label, cell(row, *column));
        }
        if mapping.rows == RowKind::Bank {
            let kind = words::kind(&self.label).unwrap_or(bank::kind::OTHER);
            let cells: [(usize, Cell<'_>); 7] = [
                (bank::HOLDER, mapping.holder.as_str().into()),
                (bank::BOOKED_ON, i64::from(self.day(row)?.0).into()),
                (bank::AMOUNT, amount.into()),
                (bank::CURRENCY, currency.into()),
                (bank::STATUS, bank::status::BOOKED.into()),
                (bank::KIND, kind.into()),
                (bank::LABEL, words::some(&self.label).into()),
            ];
            return Ok(rows.push(Category::Bank, row.line, &cells));
        }
        // What was paid is positive in a purchase.
        let (paid, status) = match amount.checked_neg() {
            Some(paid) if paid >= 0 => (paid, purchases::status::BOUGHT),
            Some(paid) => (paid, purchases::status::RETURNED),
            None => return Err((0, Reason::NoAmount)),
        };
        let (at, offset) = self.instant(row)?;
        let cells: [(usize, Cell<'_>); 8] = [
            (purchases::HOLDER, mapping.holder.as_str().into()),
            (purchases::ROW, purchases::row::RECEIPT.into()),
            (purchases::AT, at.into()),
            (purchases::UTC_OFFSET, offset.into()),
            (purchases::MERCHANT, words::some(&self.label).into()),
            (purchases::STATUS, status.into()),
            (purchases::AMOUNT, paid.into()),
            (purchases::CURRENCY, currency.into()),
        ];
        Ok(rows.push(Category::Purchases, row.line, &cells))
    }

    /// Signed amount in minor units: positive for money that comes in.
    fn amount(&mut self, row: Row<'_>, currency: &str) -> Result<i64, Wrong> {
        let (mapping, mark) = (self.mapping, self.mark);
        let one = |column: u16| match cell(row, column) {
            "" => Err((column, Reason::NoAmount)),
            text if is_in_another(text, currency) => Err((column, Reason::not_an_amount_of(text, currency))),
            text => minor(text, Some(currency), mark).map_err(|reason| (column, reason)),
        };
        let negated = |column: u16, amount: i64| {
            amount.checked_neg().ok_or_else(|| (column, Reason::out_of_bounds(amount.to_string())))
        };
        match &mapping.value {
            ValueColumns::Signed { column } => one(*column),
            ValueColumns::Spent { column } => negated(*column, one(*column)?),
            ValueColumns::OutAndIn { out, into } => match (cell(row, *out), cell(row, *into)) {
                ("", "") => Err((*out, Reason::NoAmount)),
                ("", _) => one(*into),
                (_, "") => Ok(-one(*out)?.checked_abs().unwrap_or(i64::MAX)),
                _ => match (one(*out)?, one(*into)?) {
                    (0, into) => Ok(into),
                    (out, 0) => Ok(-out.checked_abs().unwrap_or(i64::MAX)),
                    _ => Err((*out, Reason::TwoAmounts)),
                },
            },
            ValueColumns::Directed { amount, direction, out } => {
                let value = one(*amount)?;
                let word = cell(row, *direction);
                match word.to_lowercase() {
                    _ if word.is_empty() => Err((*direction, Reason::Missing)),
                    _ if value < 0 => Err((*amount, Reason::sign_of_its_own(cell(row, *amount)))),
                    folded if folded == out.trim().to_lowercase() => negated(*amount, value),
                    folded if self.into.get_or_insert_with(|| folded.clone()).as_str() == folded => Ok(value),
                    _ => {
                        let known = [out.trim(), self.into.as_deref().unwrap_or_default()].join(", ");
                        Err((*direction, Reason::not_one_of(word, known)))
                    }
                }
            }
            ValueColumns::Consumed { column } | ValueColumns::Register { column } => {
                Err((*column, Reason::NoAmount))
            }
        }
    }

    /// A reading.
    fn reading(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Wrong> {
        let (column, is_register) = match self.mapping.value {
            ValueColumns::Register { column } => (column, true),
            ref other => (other.columns().first().copied().unwrap_or(0), false),
        };
        let value = self.measure(cell(row, column), column)?;
        let at = self.instant(row)?;
        if is_register {
            return self.register(State { line: row.line, at, value }, column, rows);
        }
        let length = self.length(at).ok_or((self.mapping.date, Reason::DateOutOfYears))?;
        Ok(self.push(row.line, at, length, value, rows))
    }

    /// What was consumed since the state before, or until it if states run backwards.
    fn register(
        &mut self,
        state: State,
        column: u16,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Wrong> {
        let Some(before) = self.state else {
            self.state = Some(state);
            return Ok(Ok(()));
        };
        if state.at.0 == before.at.0 {
            return Err((self.mapping.date, Reason::StateTwice));
        }
        let is_backwards = state.at.0 < before.at.0;
        if *self.is_backwards.get_or_insert(is_backwards) != is_backwards {
            return Err((self.mapping.date, Reason::StatesUnordered));
        }
        self.state = Some(state);
        self.differences += 1;
        let (first, last) = if is_backwards { (state, before) } else { (before, state) };
        let used = last.value.checked_sub(first.value).filter(|used| *used >= 0);
        let used = used.ok_or((column, Reason::RegisterLower))?;
        let length = last.at.0.saturating_sub(first.at.0);
        Ok(self.push(state.line, first.at, length, used, rows))
    }

    /// The one state of a register tells nothing.
    fn end(&self, rows: &mut RowWriter<'_>) {
        if let (Some(state), 0, ValueColumns::Register { column }) =
            (self.state, self.differences, &self.mapping.value)
        {
            rows.reject(state.line, self.name(*column).as_deref(), Reason::OnlyState);
        }
    }

    /// Energy in milliwatt-hours, or volume in millilitres.
    fn measure(&self, text: &str, column: u16) -> Result<i64, Wrong> {
        let (digits, unit) = match self.mapping.unit {
            Some(ReadingUnit::Wh) => (3, "Wh"),
            Some(ReadingUnit::Kwh) | None => (6, "kWh"),
            Some(ReadingUnit::Litre) => (MILLILITRES, "l"),
            Some(ReadingUnit::CubicMetre) => (MILLILITRES + 3, "m³"),
        };
        if text.is_empty() {
            return Err((column, Reason::Missing));
        }
        let value = scaled_with(text, digits, mark_of(text, self.mark));
        value.ok_or_else(|| (column, Reason::not_a_number_of(text, unit)))
    }

    /// Seconds that a reading covers.
    fn length(&self, (start, offset): Instant) -> Option<i64> {
        let local = Day(i32::try_from((start + offset * 60).div_euclid(86_400)).ok()?);
        let until = |day: Day| {
            let (end, _) = local_at(day, Time::midnight(), &self.zone)?;
            let (begin, _) = local_at(local, Time::midnight(), &self.zone)?;
            Some(end - begin)
        };
        match self.mapping.every? {
            Every::QuarterHour => Some(900),
            Every::HalfHour => Some(1_800),
            Every::Hour => Some(3_600),
            Every::Day => until(Day(local.0.checked_add(1)?)),
            Every::Month => {
                let date = local.civil();
                let next = date.checked_add(jiff::Span::new().try_months(1).ok()?).ok()?;
                until(Day::from_civil(next))
            }
        }
    }

    fn push(
        &self,
        line: u64,
        (start, offset): Instant,
        length: i64,
        value: i64,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let holder = self.mapping.holder.as_str();
        if self.mapping.rows == RowKind::Water {
            let cells: [(usize, Cell<'_>); 6] = [
                (water::HOLDER, holder.into()),
                (water::SERIES, self.series.as_str().into()),
                (water::START, start.into()),
                (water::UTC_OFFSET, offset.into()),
                (water::DURATION, length.into()),
                (water::VOLUME, value.into()),
            ];
            return rows.push(Category::Water, line, &cells);
        }
        let is_volume = matches!(self.mapping.unit, Some(ReadingUnit::Litre | ReadingUnit::CubicMetre));
        let commodity = if self.mapping.rows == RowKind::Gas {
            energy::commodity::GAS
        } else {
            energy::commodity::ELECTRICITY
        };
        let cells: [(usize, Cell<'_>); 8] = [
            (energy::HOLDER, holder.into()),
            (energy::SERIES, self.series.as_str().into()),
            (energy::COMMODITY, commodity.into()),
            (energy::DIRECTION, energy::direction::CONSUMED.into()),
            (energy::START, start.into()),
            (energy::UTC_OFFSET, offset.into()),
            (energy::DURATION, length.into()),
            (if is_volume { energy::VOLUME } else { energy::ENERGY }, value.into()),
        ];
        rows.push(Category::Energy, line, &cells)
    }
}

/// Whether an amount has the sign or code of another currency. A dollar may be of several countries.
fn is_in_another(text: &str, currency: &str) -> bool {
    match currency_in(text) {
        Some(found) => found != currency,
        None => text.contains('$') && matches!(currency, "EUR" | "GBP" | "CHF"),
    }
}

/// The cell of a column, which counts from 1.
fn cell<'r>(row: Row<'r>, column: u16) -> &'r str {
    usize::from(column).checked_sub(1).map_or("", |at| row.get(at))
}

#[cfg(test)]
mod tests {
    use super::super::mapping::tests::{of_bank, of_meter};
    use super::super::{DateOrder, probe::probe};
    use super::*;
    use crate::{Read, read_as};
    use mesinfos_model::Batch;
    use proptest::prelude::*;

    fn read(mapping: &Mapping, text: &[u8]) -> (Read, Option<Batch>) {
        mapping.check().unwrap();
        let mut batches: Vec<Batch> = Vec::new();
        let mut sink = |batch: Batch| {
            batches.push(batch);
            Ok(())
        };
        let read = read_as(&Mapped(mapping.clone()), "t.csv", &mut &*text, &mut sink).unwrap();
        for batch in &batches {
            crate::check(batch).unwrap();
        }
        (read, batches.into_iter().next())
    }

    fn integers(batch: &Batch, field: usize) -> Vec<i64> {
        (0..batch.rows()).filter_map(|row| batch.integer(field, row)).collect()
    }

    fn rejected(read: &Read) -> Vec<(u64, Option<&str>)> {
        read.rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect()
    }

    #[test]
    fn a_statement_and_its_bad_rows() {
        let file = "Jour;Texte;Somme\n13/01/2026;CB SHOP;-1 234,50\n\n31/02/2026;X;1\n14/01/2026;VIR;abc\n14/01/2026;VIR;\n15/01/2026;SALAIRE;2.000,00\n";
        let (read, batch) = read(&of_bank(), file.as_bytes());
        let batch = batch.unwrap();
        assert_eq!(integers(&batch, bank::AMOUNT), [-123_450, 200_000]);
        assert_eq!(batch.text(bank::HOLDER, 0), Some("Ma banque"));
        assert_eq!(batch.text(bank::LABEL, 1), Some("SALAIRE"));
        assert_eq!(rejected(&read), [(4, Some("Jour")), (5, Some("Somme")), (6, Some("Somme"))]);
        assert_eq!(read.about.id, "mapped-table");
    }

    #[test]
    fn every_way_to_write_an_amount() {
        let of = |value, file: &str| {
            let mapping = Mapping { value, label: Vec::new(), skip: 0, ..of_bank() };
            let (read, batch) = read(&mapping, file.as_bytes());
            (batch.map_or_else(Vec::new, |batch| integers(&batch, bank::AMOUNT)), read.rejected_count)
        };
        let spent = ValueColumns::Spent { column: 2 };
        assert_eq!(of(spent, "13/01/2026;5,20\n13/01/2026;-7\n"), (vec![-520, 700], 0));
        let pair = || ValueColumns::OutAndIn { out: 2, into: 3 };
        assert_eq!(
            of(
                pair(),
                "13/01/2026;5,20;\n13/01/2026;-5,20;0\n13/01/2026;;7\n13/01/2026;0,00;8\n13/01/2026;1;1\n13/01/2026;;\n"
            ),
            (vec![-520, -520, 700, 800], 2)
        );
        let word = ValueColumns::Directed { amount: 2, direction: 3, out: "D".to_owned() };
        assert_eq!(
            of(word, "13/01/2026;5,20;d\n13/01/2026;7;C\n13/01/2026;-7;C\n13/01/2026;7;\n"),
            (vec![-520, 700], 2)
        );
    }

    #[test]
    fn purchases_are_what_was_paid() {
        let mapping = Mapping {
            rows: RowKind::Purchase,
            value: ValueColumns::Spent { column: 3 },
            time: Some(4),
            ..of_bank()
        };
        let (read, batch) = read(
            &mapping,
            b"d;l;p;t\n13/01/2026;Shop;5,20;08:30\n14/01/2026;Shop;-2,00;9:00\n14/01/2026;Shop;2;noon\n",
        );
        let batch = batch.unwrap();
        assert_eq!(integers(&batch, purchases::AMOUNT), [520, -200]);
        assert_eq!(integers(&batch, purchases::AT)[0], 1_768_289_400, "08:30 in Paris");
        assert_eq!(
            integers(&batch, purchases::STATUS),
            [purchases::status::BOUGHT, purchases::status::RETURNED]
        );
        assert_eq!(rejected(&read), [(4, Some("t"))]);
    }

    #[test]
    fn readings_of_days_half_hours_and_months() {
        let file = "Jour;kWh\n29/03/2026;12,5\n30/03/2026;7\n";
        let batch = read(&of_meter(), file.as_bytes()).1.unwrap();
        assert_eq!(integers(&batch, energy::ENERGY), [12_500_000, 7_000_000]);
        // The clocks go forward on 29 March.
        assert_eq!(integers(&batch, energy::DURATION), [23 * 3_600, 86_400]);
        let timed = Mapping { every: Some(Every::HalfHour), date_order: DateOrder::YearFirst, ..of_meter() };
        let file = "t;kWh\n2026-01-13T00:00:00+01:00;0,25\n2026-01-13 00:30;0.5\n";
        let batch = read(&timed, file.as_bytes()).1.unwrap();
        assert_eq!(integers(&batch, energy::START), [1_768_258_800, 1_768_260_600]);
        assert_eq!(integers(&batch, energy::ENERGY), [250_000, 500_000]);
        let months = Mapping { every: Some(Every::Month), ..of_meter() };
        let batch = read(&months, b"m;kWh\n01/02/2026;100\n").1.unwrap();
        assert_eq!(integers(&batch, energy::DURATION), [28 * 86_400]);
    }

    #[test]
    fn states_of_a_register_are_differences_in_either_direction() {
        let mapping = Mapping {
            rows: RowKind::Water,
            unit: Some(ReadingUnit::CubicMetre),
            value: ValueColumns::Register { column: 2 },
            every: None,
            ..of_meter()
        };
        let forwards =
            "d;m3\n01/01/2026;100\n01/02/2026;110,5\n01/03/2026;110,5\n01/04/2026;9\n01/03/2026;1\n";
        let (report, batch) = read(&mapping, forwards.as_bytes());
        let batch = batch.unwrap();
        assert_eq!(integers(&batch, water::VOLUME), [10_500_000, 0]);
        assert_eq!(integers(&batch, water::DURATION)[0], 31 * 86_400);
        assert_eq!(rejected(&report), [(5, Some("m3")), (6, Some("d"))]);
        let backwards = "d;m3\n01/02/2026;110,5\n01/01/2026;100\n";
        assert_eq!(integers(&read(&mapping, backwards.as_bytes()).1.unwrap(), water::VOLUME), [10_500_000]);
        let (report, batch) = read(&mapping, b"d;m3\n01/02/2026;110,5\n");
        assert!(batch.is_none() && report.rejected_count == 1);
    }

    #[test]
    fn an_amount_in_another_currency_is_not_one_in_this() {
        let file =
            "d;l;m\n13/01/2026;A;5,20 €\n13/01/2026;B;5,20 $\n13/01/2026;C;GBP 5,20\n13/01/2026;D;EUR 7\n";
        let (report, batch) = read(&of_bank(), file.as_bytes());
        assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [520, 700]);
        assert_eq!(rejected(&report), [(3, Some("m")), (4, Some("m"))]);
        let dollars = Mapping { currency: Some(CurrencyColumn::Is("USD".to_owned())), ..of_bank() };
        assert_eq!(read(&dollars, file.as_bytes()).0.rejected_count, 3);
    }

    #[test]
    fn a_third_word_of_direction_is_not_money_that_comes_in() {
        let value = ValueColumns::Directed { amount: 2, direction: 3, out: "débit".to_owned() };
        let mapping = Mapping { value, label: Vec::new(), skip: 0, ..of_bank() };
        let file = "13/01/2026;5;DÉBIT\n13/01/2026;7;Crédit\n13/01/2026;9;Annulé\n13/01/2026;8;CRÉDIT\n";
        let (report, batch) = read(&mapping, file.as_bytes());
        assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [-500, 700, 800]);
        assert_eq!(rejected(&report), [(3, Some("3"))]);
    }

    #[test]
    fn the_hour_that_is_there_twice_is_two_hours() {
        let file = "t;kWh\n25/10/2026 01:00;1\n25/10/2026 02:00;2\n25/10/2026 02:00;3\n25/10/2026 03:00;4\n";
        let mapping = Mapping { every: Some(Every::Hour), ..of_meter() };
        let starts = integers(&read(&mapping, file.as_bytes()).1.unwrap(), energy::START);
        assert!(starts.windows(2).all(|pair| pair[1] - pair[0] == 3_600), "{starts:?}");
        let register = Mapping { value: ValueColumns::Register { column: 2 }, every: None, ..of_meter() };
        let (report, batch) = read(&register, file.as_bytes());
        assert_eq!((report.rejected_count, integers(&batch.unwrap(), energy::DURATION)), (0, vec![3_600; 3]));
    }

    #[test]
    fn hostile_tables_end_in_rows_or_reasons() {
        for file in [
            &b"a;b;c\n13/01/2026;\"x;1\n"[..],
            b"a;b;c\n13/01/2026;x;99999999999999999999\n",
            b"a;b;c\n13/01/2026;x;-9223372036854775808\n13/01/2026;=1+1;1\n",
            b"\xff\xfe\0;",
            b"",
        ] {
            let _ = read(&of_bank(), file);
            let _ = read(&Mapping { value: ValueColumns::Spent { column: 3 }, ..of_bank() }, file);
        }
    }

    proptest! {
        /// What a table with a random layout says is what comes back, by the guess and the answers.
        #[test]
        fn a_written_table_comes_back(
            rows in prop::collection::vec((0_i32..20_000, -9_999_999_i64..9_999_999, "[A-Z]{3,9}"), 1..40),
            delimiter in prop::sample::select(vec![';', ',', '\t', '|']),
            comma in any::<bool>(),
            order in prop::sample::select(vec![DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst]),
            has_header in any::<bool>(),
            has_short_year in any::<bool>(),
            value in prop::sample::select(vec![
                ValueColumns::Signed { column: 3 },
                ValueColumns::Spent { column: 3 },
                ValueColumns::OutAndIn { out: 3, into: 4 },
                ValueColumns::Directed { amount: 3, direction: 4, out: "D".to_owned() },
            ]),
        ) {
            let mut rows = rows;
            if has_short_year {
                // Only then the order in which rows stand tells nothing wrong about years.
                rows.sort_unstable();
            }
            let written = |amount: i64| {
                let sign = if amount < 0 { "-" } else { "" };
                let mark = if comma { ',' } else { '.' };
                let text = format!("{sign}{}{mark}{:02}", amount.abs() / 100, amount.abs() % 100);
                if text.contains(delimiter) { format!("\"{text}\"") } else { text }
            };
            let cells = |amount: i64| match &value {
                ValueColumns::Spent { .. } => written(-amount),
                ValueColumns::OutAndIn { .. } if amount < 0 => format!("{}{delimiter}", written(-amount)),
                ValueColumns::OutAndIn { .. } => format!("{delimiter}{}", written(amount)),
                ValueColumns::Directed { .. } => {
                    format!("{}{delimiter}{}", written(amount.abs()), if amount < 0 { "D" } else { "C" })
                }
                _ => written(amount),
            };
            let date = |day: i32| {
                let date = Day(day).civil();
                let (day, month) = (format!("{:02}", date.day()), format!("{:02}", date.month()));
                let year = if has_short_year { format!("{:02}", date.year() % 100) } else { date.year().to_string() };
                match order {
                    DateOrder::YearFirst => format!("{year}-{month}-{day}"),
                    DateOrder::DayFirst => format!("{day}/{month}/{year}"),
                    DateOrder::MonthFirst => format!("{month}/{day}/{year}"),
                }
            };
            let names = match &value {
                ValueColumns::OutAndIn { .. } => vec!["Date", "Label", "Debit", "Credit"],
                ValueColumns::Directed { .. } => vec!["Date", "Label", "Amount", "D/C"],
                _ => vec!["Date", "Label", "Amount"],
            };
            let mut file = if has_header { names.join(&delimiter.to_string()) + "\n" } else { String::new() };
            for (day, amount, label) in &rows {
                file.push_str(&format!("{}{delimiter}{label}{delimiter}{}\n", date(*day), cells(*amount)));
            }
            let (head, input) = Head::take(file.as_bytes()).unwrap();
            let probe = probe(Input::new(&head, input)).unwrap().unwrap();
            // The person answers what is open, and says what the guess may not know.
            let settled = probe.guess.date_order;
            let mapping = Mapping {
                holder: "H".to_owned(),
                date_order: order,
                label: vec![2],
                value,
                currency: Some(CurrencyColumn::Is("EUR".to_owned())),
                ..probe.guess
            };
            prop_assert_eq!((mapping.delimiter, mapping.date, mapping.skip), (delimiter, 1, u16::from(has_header)));
            if !probe.open.contains(&super::super::Open::DateOrder) {
                prop_assert_eq!(settled, order, "settled, and wrong");
            }
            let (report, batch) = read(&mapping, file.as_bytes());
            prop_assert_eq!(report.rejected_count, 0);
            let batch = batch.unwrap();
            let expected: Vec<(i64, i64)> = rows.iter().map(|(day, amount, _)| (i64::from(*day), *amount)).collect();
            let mut found: Vec<(i64, i64)> =
                integers(&batch, bank::BOOKED_ON).into_iter().zip(integers(&batch, bank::AMOUNT)).collect();
            let mut expected = expected;
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let (head, input) = Head::take(&*bytes).unwrap();
            let _ = probe(Input::new(&head, input));
            let _ = read(&of_bank(), &bytes);
        }
    }
}
