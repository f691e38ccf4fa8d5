//! The cut: derives from a vault's rows exactly what a scope shows.
//!
//! A scope splits a category into *units of disclosure*: the holder's rows at a fine grain; whole local
//! hours, days or months of a series at a coarse one. A unit is given whole or not at all, and only if its
//! whole interval is in the window. Everything that an app receives is a function of the units alone:
//!
//! - **The period of a reader selects units** by the day that they show. If the time field was not granted,
//!   the period has no effect, and all units are given.
//! - **Order.** At a fine grain with a granted time field, units keep the vault's order: by time, and at
//!   equal times in the order of imports. In all other cases their order is derived from the visible
//!   values, so that it reveals neither the hidden time nor the order of the rows that were summed.
//! - **Pages** end at the end of the shown month, and after [`PAGE_ROWS`] rows; if units do not keep the
//!   vault's order, only after that many rows.
//! - **Columns.** A column without a value in any row of the page is empty, as if it had not been granted.
//!   The texts of a column of terms are those that its rows use, in the order of the rows.
//!
//! [`CategoryScope::units`] is the only way from rows to an app, in every sandbox.

use crate::Holders;
use crate::batch::{Batch, BatchBuilder};
use crate::category::{Category, End, FieldKind, Grain, Reach, Unit};
use crate::column::{Column, MISSING_I32, MISSING_I64, MISSING_TERM, MISSING_U8, TextColumn};
use crate::day::{Day, Period, UNDATED};
use crate::join::Join;
use crate::money;
use crate::order;
use crate::scope::{CategoryScope, FieldSet};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Maximum number of rows of a page. A month rarely has more, and a page of that size is a few megabytes.
pub const PAGE_ROWS: usize = 16_384;

/// Maximum number of units held in memory if their order is not the vault's. [`HELD_BYTES`] limits their size, and also
/// the size of sums. Ordering them takes a few times as much memory, and many runs may do so at once.
/// Thirty years of half-hourly readings fit.
pub const HELD_ROWS: usize = 1 << 19;

/// Maximum number of bytes of held units: see [`HELD_ROWS`].
pub const HELD_BYTES: usize = 32 << 20;

/// A category has more units than can be put in an order that hides their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{category} has more rows than an app is given without their dates ({HELD_ROWS} at most): grant the date or time field too, or a shorter period"
)]
pub struct TooManyDisclosureUnits {
    /// The category.
    pub category: Category,
}

impl CategoryScope {
    /// The fields that the cut reads: the visible ones, and those by which it filters, joins and rounds.
    /// All other fields may be absent from the rows passed to it.
    pub fn looks_at(&self) -> FieldSet {
        let schema = self.category.schema();
        let bounded = self.period != Period::ALL;
        let offset = schema.utc_offset.filter(|_| bounded || self.grain.is_coarse());
        let holder = Some(schema.holder).filter(|_| self.holders != Holders::Any);
        let end = schema.end.filter(|_| self.period.until.is_some()).map(End::field);
        let currency = schema.index("currency").filter(|_| self.grain != Grain::Raw);
        let series = schema.series.as_ref().filter(|_| self.grain.is_coarse());
        let joined = series.into_iter().flat_map(|table| [table.series, table.duration]);
        let beside = [Some(schema.time), offset, holder, end, currency];
        beside.into_iter().flatten().chain(joined).fold(self.fields, FieldSet::with)
    }

    /// Whether units are given month by month, in the vault's order: each unit is a row, and its day is
    /// visible. Otherwise all units form one whole, whatever period is asked for: their order is derived
    /// from the visible values, and two units of one month may be told apart only by units of another
    /// month.
    pub fn by_month(&self) -> bool {
        let schema = self.category.schema();
        let offset = schema.utc_offset.is_none_or(|field| self.fields.contains(field));
        self.shows_time() && offset && !self.grain.is_coarse()
    }

    /// The days whose months a reader of `asked` must read: the granted days, intersected with `asked` only
    /// if `asked` merely selects among months.
    pub fn within(&self, asked: Period) -> Period {
        if self.by_month() { self.period.intersect(&asked) } else { self.period }
    }

    /// Starts a cut: yields the units of a reader of `asked` if they are given month by month, otherwise
    /// all units.
    pub fn units(&self, asked: Period) -> DisclosureUnits {
        let asked = if self.by_month() { asked } else { Period::ALL };
        DisclosureUnits {
            scope: self.clone(),
            asked,
            month: None,
            join: self.new_join(),
            rows: 0,
            held: Vec::new(),
            held_rows: 0,
            held_bytes: 0,
            ready: VecDeque::new(),
        }
    }

    /// All units of these rows, with pseudonyms: what an app receives of them.
    ///
    /// # Errors
    /// [`TooManyDisclosureUnits`].
    pub fn cut(&self, month: &Batch, pseudonyms: &mut Pseudonyms) -> Result<Batch, TooManyDisclosureUnits> {
        let mut units = self.units(Period::ALL);
        for (month, rows) in month.by_month() {
            units.push(month, &rows)?;
        }
        units.end();
        let pages: Vec<Batch> = std::iter::from_fn(|| units.page()).collect();
        Ok(pseudonyms.hide(&Batch::concat(self.category, &pages), self.fields))
    }

    /// The rows of a month that a reader of `asked` gets, in order, if each unit is a row
    /// ([`by_month`](CategoryScope::by_month)): what [`units`](CategoryScope::units) gives of them.
    pub fn rows_given(&self, asked: &Period, month: i32, rows: &Batch) -> Vec<usize> {
        let any_day = self.holds_month(month) && (self.period.until.is_none() || rows.schema().end.is_none());
        let any_asked = month == UNDATED || asked.covers(&Period::of_month(month));
        (0..rows.rows())
            .filter(|&row| any_day || self.in_window(rows, row))
            .filter(|&row| self.holders.contains(rows.text(rows.schema().holder, row)))
            .filter(|&row| any_asked || rows.day(row).is_none_or(|day| asked.contains(day)))
            .collect()
    }

    fn new_join(&self) -> Option<Join> {
        let table = self.category.schema().series.as_ref().filter(|_| self.grain.is_coarse())?;
        Some(Join::new(self.category, table, self.grain, self.fields))
    }

    fn shows_time(&self) -> bool {
        self.fields.contains(self.category.schema().time)
    }

    /// Whether the window contains every day of a month. Units that start in the month may still end after
    /// the window.
    fn holds_month(&self, month: i32) -> bool {
        self.period == Period::ALL || month != UNDATED && self.period.covers(&Period::of_month(month))
    }

    /// Whether the whole interval of a row is in the window. A bounded window contains a row without a date
    /// only if the person chose so.
    fn in_window(&self, rows: &Batch, row: usize) -> bool {
        let Some(day) = rows.day(row) else {
            return self.period == Period::ALL || self.undated && rows.schema().undated;
        };
        self.period.contains(day)
            && self.period.until.is_none_or(|until| last_day(rows, row).is_none_or(|last| last < until))
    }

    /// The rows of a month that are in the scope, unchanged.
    fn within_window(&self, month: i32, rows: &Batch) -> Batch {
        // At monthly grain only whole months are given.
        if self.grain == Grain::Monthly && month != UNDATED && !self.holds_month(month) {
            return Batch::empty(self.category);
        }
        let any_day = self.holds_month(month) && (self.period.until.is_none() || rows.schema().end.is_none());
        if any_day && self.holders == Holders::Any {
            return rows.clone();
        }
        let keep: Vec<usize> = (0..rows.rows())
            .filter(|&row| any_day || self.in_window(rows, row))
            .filter(|&row| self.holders.contains(rows.text(rows.schema().holder, row)))
            .collect();
        if keep.len() == rows.rows() { rows.clone() } else { rows.select(&keep) }
    }

    /// Keeps only the granted columns.
    fn only_fields(&self, rows: Batch) -> Batch {
        let (category, count) = (rows.category(), rows.rows());
        let fields = category.schema().fields.iter().enumerate();
        let columns = fields.zip(rows.into_columns()).map(|((i, field), column)| match column {
            _ if !self.fields.contains(i) || field.reach == Reach::Host => Column::Absent,
            column => column,
        });
        // Every column comes from a valid batch, or is absent.
        Batch::of_sound(category, count, columns.collect())
    }
}

/// The last day of a row's interval, in local time; `None` if the row has only a start.
fn last_day(rows: &Batch, row: usize) -> Option<Day> {
    match rows.schema().end? {
        End::Day(field) => rows.integer(field, row).and_then(|day| i32::try_from(day).ok()).map(Day),
        End::Seconds(field) => {
            let seconds = rows.integer(field, row).filter(|&seconds| seconds > 0)?;
            let last = rows.time(row)?.saturating_add(seconds - 1);
            Some(Day::of_instant(last, rows.utc_offset(row)))
        }
    }
}

/// Takes rows month by month and returns pages of units. Pseudonyms are not applied yet.
pub struct DisclosureUnits {
    scope: CategoryScope,
    asked: Period,
    month: Option<i32>,
    join: Option<Join>,
    /// Rows in the scope so far.
    rows: u64,
    /// Units not yet on a page.
    held: Vec<Batch>,
    held_rows: usize,
    held_bytes: usize,
    ready: VecDeque<Batch>,
}

impl DisclosureUnits {
    /// Takes rows of a month, in the vault's order. A month may come in several parts.
    ///
    /// # Errors
    /// [`TooManyDisclosureUnits`].
    pub fn push(&mut self, month: i32, rows: &Batch) -> Result<(), TooManyDisclosureUnits> {
        if self.month.is_some_and(|open| open != month) {
            self.end_month();
        }
        self.month = Some(month);
        let rows = self.scope.within_window(month, rows);
        self.rows += rows.rows() as u64;
        match &mut self.join {
            Some(join) => {
                join.push(&rows);
                if join.bytes() > HELD_BYTES {
                    return Err(TooManyDisclosureUnits { category: self.scope.category });
                }
            }
            None => {
                let rows = if self.scope.grain == Grain::Rounded { rounded(&rows) } else { rows };
                self.hold(self.scope.only_fields(rows));
                self.fill_pages();
            }
        }
        if (self.held_bytes > HELD_BYTES || self.held_rows > HELD_ROWS) && !self.scope.by_month() {
            return Err(TooManyDisclosureUnits { category: self.scope.category });
        }
        Ok(())
    }

    /// The scope that they are cut to.
    pub fn scope(&self) -> &CategoryScope {
        &self.scope
    }

    /// Number of rows so far that are in the scope.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the input.
    pub fn end(&mut self) {
        self.end_month();
        if !self.scope.by_month() {
            let whole = self.take_held();
            let whole = order::canonical(whole, self.scope.fields);
            self.ready.push_back(whole);
        }
    }

    /// The next complete page, if any. Units that are not given month by month are on one page of any size:
    /// see [`page_of`].
    pub fn page(&mut self) -> Option<Batch> {
        self.ready.pop_front()
    }

    /// Ends the current month: its last page is ready.
    pub fn end_month(&mut self) {
        if let Some(join) = &mut self.join {
            let units = join.take();
            self.hold(self.scope.only_fields(units));
        }
        if self.scope.by_month() && self.held_rows > 0 {
            let rest = self.take_held();
            self.ready.push_back(rest);
        }
        self.month = None;
    }

    fn hold(&mut self, units: Batch) {
        let units = choose(units, &self.asked, self.month);
        if units.rows() > 0 {
            self.held_rows += units.rows();
            self.held_bytes += units.bytes();
            self.held.push(units);
        }
    }

    /// Makes full pages of a month available. Their boundaries depend on the units alone, not on the parts
    /// in which the month came.
    fn fill_pages(&mut self) {
        if !self.scope.by_month() || self.held_rows <= PAGE_ROWS {
            return;
        }
        let units = self.take_held();
        let mut from = 0;
        while units.rows() - from > PAGE_ROWS {
            self.ready.push_back(slice(&units, from, PAGE_ROWS));
            from += PAGE_ROWS;
        }
        let rest = slice(&units, from, units.rows() - from);
        (self.held_rows, self.held_bytes) = (rest.rows(), rest.bytes());
        self.held.push(rest);
    }

    fn take_held(&mut self) -> Batch {
        (self.held_rows, self.held_bytes) = (0, 0);
        Batch::concat(self.scope.category, &std::mem::take(&mut self.held))
    }
}

/// The next page of units that are not given month by month, and the start of the following page. Contains
/// the rows from `from` on whose visible day is in `asked`.
pub fn page_of(whole: &Batch, scope: &CategoryScope, asked: &Period, from: usize) -> Option<(Batch, usize)> {
    let asked = if scope.shows_time() { *asked } else { Period::ALL };
    let wanted = |row: &usize| whole.day(*row).is_none_or(|day| shown(day, &asked, scope.grain));
    let rows: Vec<usize> = (from..whole.rows()).filter(wanted).take(PAGE_ROWS).collect();
    let next = rows.last()? + 1;
    let page = if rows.len() == whole.rows() { whole.clone() } else { whole.select(&rows) };
    Some((page, next))
}

/// Whether the unit of a day is asked for. At monthly grain, any day of the month in `asked` suffices.
fn shown(day: Day, asked: &Period, grain: Grain) -> bool {
    if grain == Grain::Monthly { asked.touches_month(day.month()) } else { asked.contains(day) }
}

fn choose(units: Batch, asked: &Period, month: Option<i32>) -> Batch {
    if month.is_some_and(|month| month == UNDATED || asked.covers(&Period::of_month(month))) {
        return units;
    }
    let wanted = |row: &usize| units.day(*row).is_none_or(|day| asked.contains(day));
    let rows: Vec<usize> = (0..units.rows()).filter(wanted).collect();
    if rows.len() == units.rows() { units } else { units.select(&rows) }
}

fn slice(units: &Batch, from: usize, count: usize) -> Batch {
    units.select(&(from..from + count).collect::<Vec<_>>())
}

/// Pseudonyms of one run: "1", "2", … in the order in which the texts occur.
#[derive(Debug, Default)]
pub struct Pseudonyms {
    numbers: HashMap<String, usize>,
}

impl Pseudonyms {
    /// The page as sent to the app: absent columns in place of those without a value, terms in the order of
    /// the rows, and numbers in place of pseudonyms' texts.
    pub fn hide(&mut self, page: &Batch, fields: FieldSet) -> Batch {
        let each = page.schema().fields.iter().enumerate().zip(page.columns());
        let columns = each.map(|((i, field), column)| match column {
            _ if !fields.contains(i) || !has_value(column) => Column::Absent,
            Column::Terms { codes, values } => {
                let (codes, values) = in_order(codes, values);
                if field.kind == FieldKind::Pseudonym {
                    Column::Terms { codes, values: Arc::new(self.numbered(&values)) }
                } else {
                    Column::Terms { codes, values }
                }
            }
            column => column.clone(),
        });
        Batch::of_sound(page.category(), page.rows(), columns.collect())
    }

    fn numbered(&mut self, texts: &TextColumn) -> TextColumn {
        let mut numbers = TextColumn::default();
        for text in texts.iter() {
            let next = self.numbers.len() + 1;
            let number = match self.numbers.get(text) {
                Some(&known) => known,
                None => *self.numbers.entry(text.to_owned()).or_insert(next),
            };
            numbers.push(&number.to_string());
        }
        numbers
    }
}

fn has_value(column: &Column) -> bool {
    match column {
        Column::Absent => false,
        Column::I64(v) => v.iter().any(|&x| x != MISSING_I64),
        Column::I32(v) => v.iter().any(|&x| x != MISSING_I32),
        Column::U8(v) => v.iter().any(|&x| x != MISSING_U8),
        Column::Terms { codes, .. } => codes.iter().any(|&x| x != MISSING_TERM),
        Column::Text(v) => !v.utf8.is_empty(),
    }
}

/// Terms without unused entries, numbered in the order in which the rows use them.
fn in_order(codes: &Arc<Vec<u32>>, values: &Arc<TextColumn>) -> (Arc<Vec<u32>>, Arc<TextColumn>) {
    let mut next = 0;
    let is_so = codes.iter().all(|&code| {
        let sound = code == MISSING_TERM || code <= next;
        next += u32::from(code == next);
        sound
    });
    if is_so && next as usize == values.len() {
        return (Arc::clone(codes), Arc::clone(values));
    }
    let mut renumbered = vec![MISSING_TERM; values.len()];
    let mut kept = TextColumn::default();
    let each = |&code: &u32| match code {
        MISSING_TERM => MISSING_TERM,
        code => {
            let new = &mut renumbered[code as usize];
            if *new == MISSING_TERM {
                *new = u32::try_from(kept.len()).unwrap_or(MISSING_TERM);
                kept.push(values.get(code as usize));
            }
            *new
        }
    };
    (Arc::new(codes.iter().map(each).collect()), Arc::new(kept))
}

/// Granularity of rounded positions, in 1/10 000 000 degree: about a kilometre.
const ROUNDED_POSITION: i64 = 100_000;

/// Rounds money to whole units of its currency and positions to about a kilometre, and masks decimals in
/// texts: a label that repeats the amount would reveal the cents.
fn rounded(batch: &Batch) -> Batch {
    let currency = batch.schema().index("currency");
    let each = |column: &Arc<Vec<i64>>, round: &dyn Fn(usize, i64) -> i64| {
        let round = |(row, &x): (usize, &i64)| if x == MISSING_I64 { x } else { round(row, x) };
        Column::I64(Arc::new(column.iter().enumerate().map(round).collect()))
    };
    let columns = batch
        .schema()
        .fields
        .iter()
        .enumerate()
        .map(|(i, field)| match (batch.column(i), field.unit) {
            (Column::I64(minor), Unit::MinorUnits) => each(minor, &|row, x| {
                money::round_to_unit(x, currency.and_then(|c| batch.text(c, row)).unwrap_or(""))
            }),
            (Column::I64(degrees), Unit::E7Degrees) => each(degrees, &|_, x| {
                x.saturating_add(ROUNDED_POSITION / 2).div_euclid(ROUNDED_POSITION) * ROUNDED_POSITION
            }),
            (Column::Text(texts), _) => {
                let masked: Vec<String> = texts.iter().map(without_decimals).collect();
                Column::Text(Arc::new(masked.iter().map(String::as_str).collect()))
            }
            (Column::Terms { codes, values }, _) if field.kind == FieldKind::Term => masked_terms(batch, i)
                .unwrap_or_else(|| Column::Terms { codes: Arc::clone(codes), values: Arc::clone(values) }),
            (column, _) => column.clone(),
        })
        .collect();
    Batch::new(batch.category(), batch.rows(), columns).unwrap_or_else(|_| batch.clone())
}

/// A column of terms without decimals; `None` if it has none, which is usual.
fn masked_terms(batch: &Batch, field: usize) -> Option<Column> {
    let Column::Terms { values, .. } = batch.column(field) else { return None };
    if !values.iter().any(|text| without_decimals(text) != text) {
        return None;
    }
    let mut builder = BatchBuilder::new(batch.category());
    for row in 0..batch.rows() {
        let text = batch.text(field, row).map(without_decimals);
        builder.push(&[(field, text.as_deref().into())]);
    }
    Some(builder.finish().column(field).clone())
}

/// Masks the digits after each decimal point or comma: "CB 12,34" becomes "CB 12,**".
fn without_decimals(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let (mut before, mut point) = (None::<char>, false);
    for c in text.chars() {
        let digit = c.is_numeric();
        point = (point && digit) || (matches!(c, '.' | ',') && before.is_some_and(char::is_numeric));
        masked.push(if point && digit { '*' } else { c });
        before = Some(c);
    }
    masked
}

#[cfg(test)]
mod tests;
