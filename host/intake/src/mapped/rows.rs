//! Reading a table by what a person says about its columns.

use super::amounts::amount;
use super::beginning::heads;
use super::columns::{AfterDate, after_date, is_row, plausible_day, time_of_day};
use super::currencies::is_currency;
use super::readings::{Meters, measure};
use super::ways::{self, Way};
use super::when::{When, Wrong, ZONE};
use super::words::is_no_movement;
use super::{CurrencyColumn, DecimalMark, Mapping, RowKind, ValueColumns, byte_of};
use crate::bank::values::{day, needed_currency};
use crate::bank::words;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Row};
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time::{instant, is_plausible, local_at, zone};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::category::{bank, purchases};
use mesinfos_model::{Category, Cell, Day};
use sha2::{Digest as _, Sha256};

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
        let mut records = input.table(byte_of(self.0.delimiter)).with_rows(is_row);
        for _ in 0..self.0.skip {
            match records.next()? {
                Some(row) => table.header = row.iter().map(str::to_owned).collect(),
                None => break,
            }
        }
        while let Some(row) = records.next()? {
            match row.is_closed() {
                true if row.is_blank() => {}
                true => table.row(row, rows)?,
                false => rows.reject(row.line, None, Reason::QuoteNotClosed),
            }
        }
        table.end(rows);
        Ok(())
    }
}

/// A table being read.
struct Reading<'m> {
    mapping: &'m Mapping,
    zone: TimeZone,
    mark: Mark,
    header: Vec<String>,
    /// Number of cells of a row: of the header, or of the first row if there is none.
    width: Option<usize>,
    label: String,
    /// The word of money that comes in.
    into: Option<String>,
    /// Whether what goes out is negative in a column of its own.
    is_out_negative: Option<bool>,
    meters: Meters,
}

impl<'m> Reading<'m> {
    fn of(mapping: &'m Mapping) -> Reading<'m> {
        Reading {
            mapping,
            zone: zone(ZONE),
            mark: match mapping.decimal {
                DecimalMark::Comma => Mark::Comma,
                DecimalMark::Point => Mark::Point,
            },
            header: Vec::new(),
            width: None,
            label: String::new(),
            into: None,
            is_out_negative: None,
            meters: Meters::default(),
        }
    }

    /// Name of a column in messages.
    fn name(&self, column: u16) -> Option<String> {
        let at = usize::from(column).checked_sub(1)?;
        let name = self.header.get(at).map(|name| name.trim()).filter(|name| !name.is_empty());
        Some(name.map_or_else(|| column.to_string(), str::to_owned))
    }

    fn row(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let done = match self.fits(row) {
            Err(wrong) => Err(wrong),
            Ok(()) if self.mapping.rows.is_reading() => self.reading(row, rows),
            Ok(()) => self.money(row, rows),
        };
        match done {
            Ok(pushed) => pushed,
            Err((column, reason)) => {
                rows.reject(row.line, self.name(column).as_deref(), reason);
                Ok(())
            }
        }
    }

    /// A decimal comma without quotation marks makes another cell, and values move into columns that are not theirs.
    fn fits(&mut self, row: Row<'_>) -> Result<(), Wrong> {
        let header = &self.header;
        let of_header = || if heads(header, row.len()) { header.len() } else { row.len() };
        let width = *self.width.get_or_insert_with(of_header);
        match row.iter().skip(width).all(str::is_empty) {
            true => Ok(()),
            false => Err((0, Reason::columns(width.to_string(), row.len().to_string()))),
        }
    }

    fn day(&self, row: Row<'_>) -> Result<Day, Wrong> {
        let (column, order) = (self.mapping.date, self.mapping.date_order);
        let text = cell(row, column);
        if let Some(day) = plausible_day(text, order) {
            return Ok(day);
        }
        let is_day = day(text, order.code()).is_some();
        Err((
            column,
            match () {
                () if is_day => Reason::DateOutOfBounds,
                () if text.is_empty() => Reason::NoDate,
                () => Reason::not_a_date(text, order.example()),
            },
        ))
    }

    /// Local day and time of a row, or its instant; midnight if it has no time.
    fn when(&self, row: Row<'_>) -> Result<When, Wrong> {
        let text = cell(row, self.mapping.date);
        if let Some(at) = instant(text) {
            let is_sound = is_plausible(Day::of_instant(at.0, at.1));
            return if is_sound {
                Ok(When::At(at))
            } else {
                Err((self.mapping.date, Reason::DateOutOfBounds))
            };
        }
        let wrong = |column: u16, text: &str| (column, Reason::not_a_time(text, "08:30"));
        // A day before something that is no time is still a day.
        if let (None, AfterDate::Odd(rest)) = (self.mapping.time, after_date(text))
            && let Some(before) = text.strip_suffix(rest)
            && plausible_day(before.trim(), self.mapping.date_order).is_some()
        {
            return Err(wrong(self.mapping.date, rest));
        }
        let day = self.day(row)?;
        let time = match self.mapping.time {
            Some(column) => {
                let text = cell(row, column);
                time_of_day(text).ok_or_else(|| wrong(column, text))?
            }
            None => match after_date(text) {
                AfterDate::Nothing => Time::midnight(),
                AfterDate::Time(time) => time,
                AfterDate::Odd(rest) => return Err(wrong(self.mapping.date, rest)),
            },
        };
        Ok(When::Local(day, time))
    }

    /// Account, meter or register of a row; empty if the table has no such column.
    fn account<'r>(&self, row: Row<'r>) -> &'r str {
        self.mapping.account.map_or("", |column| part(cell(row, column)))
    }

    /// A movement or a purchase.
    fn money(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Wrong> {
        let mapping = self.mapping;
        self.label.clear();
        for column in &mapping.label {
            words::add(&mut self.label, cell(row, *column));
        }
        // What is only a sum of other rows has no date, or a label that says so.
        let when = if mapping.rows == RowKind::Bank {
            When::Local(self.day(row)?, Time::midnight())
        } else {
            self.when(row)?
        };
        if is_no_movement(&self.label) {
            let column = mapping.label.first().copied().unwrap_or(0);
            return Err((column, Reason::not_a_movement(&self.label)));
        }
        let currency = match &mapping.currency {
            Some(CurrencyColumn::Is(code)) => code.as_str(),
            Some(CurrencyColumn::In(column)) => {
                let text = cell(row, *column);
                let code = needed_currency(text).map_err(|reason| (*column, reason))?;
                Some(code)
                    .filter(|code| is_currency(code))
                    .ok_or_else(|| (*column, Reason::not_a_currency(text)))?
            }
            None => "",
        };
        let amount = self.amount(row, currency)?;
        let account = self.account(row);
        if let (RowKind::Bank, When::Local(day, _)) = (mapping.rows, when) {
            let kind = words::kind(&self.label).unwrap_or(bank::kind::OTHER);
            let cells: [(usize, Cell<'_>); 8] = [
                (bank::HOLDER, mapping.holder.as_str().into()),
                (bank::ACCOUNT, words::some(account).into()),
                (bank::BOOKED_ON, i64::from(day.0).into()),
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
        let found = match when {
            When::At(at) => Some(at),
            When::Local(day, time) => local_at(day, time, &self.zone),
        };
        let (at, offset) = found.ok_or((mapping.date, Reason::DateOutOfBounds))?;
        // Two shops may take the same amount on one day.
        let receipt = receipt(&[&mapping.holder, account, &self.label, currency], &[at, paid]);
        let cells: [(usize, Cell<'_>); 9] = [
            (purchases::HOLDER, mapping.holder.as_str().into()),
            (purchases::ROW, purchases::row::RECEIPT.into()),
            (purchases::RECEIPT, receipt.as_str().into()),
            (purchases::AT, at.into()),
            (purchases::UTC_OFFSET, offset.into()),
            (purchases::MERCHANT, words::some(&self.label).into()),
            (purchases::STATUS, status.into()),
            (purchases::AMOUNT, paid.into()),
            (purchases::CURRENCY, currency.into()),
        ];
        Ok(rows.push(Category::Purchases, row.line, &cells))
    }

    /// Signed amount in minor units: positive for money that comes in. A mark such as "DR" beside it says the same as the
    /// columns do, or takes the place of a sign.
    fn amount(&mut self, row: Row<'_>, currency: &str) -> Result<i64, Wrong> {
        let (mapping, mark) = (self.mapping, self.mark);
        let one = |column: u16| match cell(row, column) {
            "" => Err((column, Reason::NoAmount)),
            text => amount(text, currency, mark, mapping.in_cents).map_err(|reason| (column, reason)),
        };
        let signed = |column: u16| Err((column, Reason::sign_of_its_own(cell(row, column))));
        let negated = |column: u16, amount: i64| {
            amount.checked_neg().ok_or_else(|| (column, Reason::out_of_bounds(amount.to_string())))
        };
        match &mapping.value {
            ValueColumns::Signed { column } | ValueColumns::Spent { column } => {
                let (value, way) = one(*column)?;
                let is_spent = matches!(mapping.value, ValueColumns::Spent { .. });
                match way {
                    Some(Way::Out) => negated(*column, value),
                    None if is_spent => negated(*column, value),
                    Some(Way::In) | None => Ok(value),
                }
            }
            ValueColumns::OutAndIn { out, into } => {
                let of = |column: u16, way: Way| match cell(row, column) {
                    "" => Ok(0),
                    _ => match one(column)? {
                        (_, Some(other)) if other != way => signed(column),
                        (value, _) => Ok(value),
                    },
                };
                let (spent, received) = (of(*out, Way::Out)?, of(*into, Way::In)?);
                let is_empty = cell(row, *out).is_empty() && cell(row, *into).is_empty();
                match (spent, received) {
                    _ if is_empty => Err((*out, Reason::NoAmount)),
                    (0, received) if received < 0 => signed(*into),
                    (0, received) => Ok(received),
                    (spent, 0) => match *self.is_out_negative.get_or_insert(spent < 0) == (spent < 0) {
                        true if spent < 0 => Ok(spent),
                        true => negated(*out, spent),
                        false => signed(*out),
                    },
                    _ => Err((*out, Reason::TwoAmounts)),
                }
            }
            ValueColumns::Directed { amount, direction, out, into } => {
                let (value, told) = one(*amount)?;
                let word = cell(row, *direction);
                let folded = word.to_lowercase();
                let way = match () {
                    () if word.is_empty() => return Err((*direction, Reason::Missing)),
                    () if folded == out.trim().to_lowercase() => Way::Out,
                    () => self.comes_in(*direction, word, out, into.as_deref())?,
                };
                match way {
                    _ if value < 0 || told.is_some_and(|told| told != way) => signed(*amount),
                    Way::Out => negated(*amount, value),
                    Way::In => Ok(value),
                }
            }
            ValueColumns::Consumed { column } | ValueColumns::Register { column } => {
                Err((*column, Reason::NoAmount))
            }
        }
    }

    /// Whether a word that is not that of money that goes out is that of what comes in.
    fn comes_in(&mut self, column: u16, word: &str, out: &str, into: Option<&str>) -> Result<Way, Wrong> {
        let folded = word.to_lowercase();
        let is_it = match (into, &self.into) {
            (Some(into), _) => folded == into.trim().to_lowercase(),
            (None, Some(into)) => folded == *into,
            (None, None) => !ways::is_known(out) || ways::comes_in(word, out),
        };
        if is_it {
            self.into.get_or_insert(folded);
            return Ok(Way::In);
        }
        let into = into.or(self.into.as_deref()).unwrap_or_default();
        let known: Vec<&str> =
            [out.trim(), into.trim()].into_iter().filter(|word| !word.is_empty()).collect();
        Err((column, Reason::not_one_of(word, known.join(", "))))
    }

    /// A reading.
    fn reading(&mut self, row: Row<'_>, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Wrong> {
        let when = self.when(row)?;
        let column = self.mapping.value.columns().first().copied().unwrap_or(0);
        let value = measure(self.mapping, cell(row, column), column, self.mark)?;
        let account = self.account(row);
        self.meters.reading(self.mapping, &self.zone, account, (row.line, when, value), rows)
    }

    /// The one state of a register tells nothing.
    fn end(&self, rows: &mut RowWriter<'_>) {
        let column = self.mapping.value.columns().first().copied().unwrap_or(0);
        if matches!(self.mapping.value, ValueColumns::Register { .. }) {
            for line in self.meters.alone() {
                rows.reject(line, self.name(column).as_deref(), Reason::OnlyState);
            }
        }
    }
}

/// Identity of a purchase, in hexadecimal digits: of the shop and its currency too, which are no part of a row's identity.
fn receipt(texts: &[&str], numbers: &[i64]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    numbers.iter().for_each(|number| hash.update(number.to_le_bytes()));
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The cell of a column, which counts from 1.
fn cell<'r>(row: Row<'r>, column: u16) -> &'r str {
    usize::from(column).checked_sub(1).map_or("", |at| row.get(at))
}

#[cfg(test)]
mod public_reports;
#[cfg(test)]
pub(super) mod tests;
