//! Joins rows of a series into whole local hours, days or months.

use crate::batch::{Batch, BatchBuilder, Cell};
use crate::category::{Category, Grain, Series};
use crate::day::{DAY_SECONDS, Day};
use crate::scope::FieldSet;
use std::collections::HashMap;

/// Takes rows and returns one row for each series and bucket.
///
/// A bucket is the local hour, day or month in which a row starts. The day on which clocks go back has 25
/// hours, and the repeated hour is two buckets. Rows longer than a bucket are not joined with others, and
/// show the bucket in which they start, not their own start.
pub(crate) struct Join {
    category: Category,
    table: &'static Series,
    grain: Grain,
    /// Whether the start of a bucket is shown as an instant. If the offset from UTC is not granted, it is
    /// local time.
    shows_offset: bool,
    sums: Vec<Sum>,
    /// The first row of each sum.
    firsts: BatchBuilder,
    open: HashMap<String, HashMap<i64, usize>>,
    bytes: usize,
}

struct Sum {
    start: i64,
    totals: Vec<Option<i64>>,
    duration: i64,
    rows: u64,
    /// The common value of each field that has to agree; `None` once rows differ.
    agreed: Vec<Option<Value>>,
}

#[derive(PartialEq)]
enum Value {
    Missing,
    Int(i64),
    Text(String),
}

impl Value {
    fn of(rows: &Batch, field: usize, row: usize) -> Value {
        match (rows.text(field, row), rows.integer(field, row)) {
            (Some(text), _) => Value::Text(text.to_owned()),
            (None, Some(number)) => Value::Int(number),
            (None, None) => Value::Missing,
        }
    }
}

/// Approximate memory of a sum beyond its first row, in bytes.
const SUM_BYTES: usize = 256;

impl Join {
    pub(crate) fn new(category: Category, table: &'static Series, grain: Grain, fields: FieldSet) -> Join {
        let offset = category.schema().utc_offset;
        Join {
            category,
            table,
            grain,
            shows_offset: offset.is_some_and(|field| fields.contains(field)),
            sums: Vec::new(),
            firsts: BatchBuilder::new(category),
            open: HashMap::new(),
            bytes: 0,
        }
    }

    /// Approximate number of bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn push(&mut self, rows: &Batch) {
        for row in 0..rows.rows() {
            let duration = rows.integer(self.table.duration, row).unwrap_or(0);
            let series = rows.text(self.table.series, row).unwrap_or("");
            let bucket = bucket(rows, row, self.grain);
            if duration > longest(self.grain) {
                self.begin(rows, row, bucket, duration);
                continue;
            }
            match self.open.get(series).and_then(|buckets| buckets.get(&bucket)) {
                Some(&at) => self.sums[at].add(self.table, rows, row, duration),
                None => {
                    self.open.entry(series.to_owned()).or_default().insert(bucket, self.sums.len());
                    self.begin(rows, row, bucket, duration);
                }
            }
        }
    }

    fn begin(&mut self, rows: &Batch, row: usize, bucket: i64, duration: i64) {
        let offset = rows.utc_offset(row).saturating_mul(60);
        let start = bucket_start(bucket, self.grain, offset);
        self.sums.push(Sum {
            start: if self.shows_offset { start } else { start.saturating_add(offset) },
            totals: self.table.sums.iter().map(|&field| rows.integer(field, row)).collect(),
            duration,
            rows: 1,
            agreed: self.table.agreed.iter().map(|&field| Some(Value::of(rows, field, row))).collect(),
        });
        let cells: Vec<(usize, Cell<'_>)> =
            (0..rows.columns().len()).map(|field| (field, cell(rows, field, row))).collect();
        self.firsts.push(&cells);
        let texts: usize =
            cells.iter().map(|(_, c)| if let Cell::Text(text) = c { text.len() } else { 8 }).sum();
        self.bytes += SUM_BYTES + texts;
    }

    /// Returns the units so far, and starts again.
    pub(crate) fn take(&mut self) -> Batch {
        let firsts = std::mem::replace(&mut self.firsts, BatchBuilder::new(self.category)).finish();
        let sums = std::mem::take(&mut self.sums);
        self.open.clear();
        self.bytes = 0;
        let mut builder = BatchBuilder::new(self.category);
        for (at, sum) in sums.iter().enumerate() {
            let cells: Vec<(usize, Cell<'_>)> = (0..firsts.columns().len())
                .map(|field| (field, self.shown(sum, &firsts, at, field)))
                .collect();
            builder.push(&cells);
        }
        builder.finish()
    }

    fn shown<'a>(&self, sum: &Sum, firsts: &'a Batch, at: usize, field: usize) -> Cell<'a> {
        let table = self.table;
        if field == firsts.schema().time {
            return sum.start.into();
        }
        if field == table.duration {
            return sum.duration.into();
        }
        // Whether all rows share the first row's value. A single row shows its other fields only if it is
        // as long as its bucket: otherwise they would reveal something about less than a bucket.
        let holds = |field: usize| match table.agreed.iter().position(|&other| other == field) {
            Some(at) => sum.agreed[at].is_some(),
            None => table.common.contains(&field) || sum.rows == 1 && sum.duration >= shortest(self.grain),
        };
        match table.sums.iter().position(|&other| other == field) {
            // A sum of money is meaningless if the rows have different currencies.
            Some(place) if table.sum_needs.is_none_or(|(sum, needed)| sum != field || holds(needed)) => {
                sum.totals[place].into()
            }
            None if holds(field) => cell(firsts, field, at),
            _ => Cell::Missing,
        }
    }
}

impl Sum {
    fn add(&mut self, table: &Series, rows: &Batch, row: usize, duration: i64) {
        for (total, &field) in self.totals.iter_mut().zip(table.sums) {
            *total = match (*total, rows.integer(field, row)) {
                (Some(a), Some(b)) => Some(a.saturating_add(b)),
                (a, b) => a.or(b),
            };
        }
        self.duration = self.duration.saturating_add(duration);
        self.rows += 1;
        for (agreed, &field) in self.agreed.iter_mut().zip(table.agreed) {
            if agreed.as_ref().is_some_and(|value| *value != Value::of(rows, field, row)) {
                *agreed = None;
            }
        }
    }
}

fn cell(rows: &Batch, field: usize, row: usize) -> Cell<'_> {
    match rows.text(field, row) {
        Some(text) => text.into(),
        None => rows.integer(field, row).into(),
    }
}

/// Longest row, in seconds, that is joined with others: the longest bucket, clock changes included.
fn longest(grain: Grain) -> i64 {
    match grain {
        Grain::Hourly => 3_600,
        Grain::Monthly => i64::MAX,
        _ => 25 * 3_600,
    }
}

/// Length of the shortest whole bucket, in seconds.
fn shortest(grain: Grain) -> i64 {
    match grain {
        Grain::Hourly => 3_600,
        Grain::Monthly => 28 * DAY_SECONDS - 3_600,
        _ => 23 * 3_600,
    }
}

/// The local hour, day or month in which a row starts, as an ordered number. An hour is identified by the
/// UTC second at which it starts, because local time can have the same hour twice.
fn bucket(rows: &Batch, row: usize, grain: Grain) -> i64 {
    let offset = rows.utc_offset(row).saturating_mul(60);
    let local = rows.time(row).unwrap_or(0).saturating_add(offset);
    match grain {
        Grain::Hourly => local.div_euclid(3_600).saturating_mul(3_600).saturating_sub(offset),
        Grain::Monthly => i64::from(Day::of_instant(local, 0).month()),
        _ => local.div_euclid(DAY_SECONDS),
    }
}

/// The UTC second at which a bucket starts, for local time `offset` seconds ahead of UTC.
fn bucket_start(bucket: i64, grain: Grain, offset: i64) -> i64 {
    let local = match grain {
        Grain::Hourly => return bucket,
        Grain::Monthly => i64::from(Day::first_of_month(i32::try_from(bucket).unwrap_or(0)).0) * DAY_SECONDS,
        _ => bucket.saturating_mul(DAY_SECONDS),
    };
    local.saturating_sub(offset)
}
