//! Random rows: few, and with little difference between them.

use super::seen::LEFT_OUT;
use mesinfos_model::category::{bank, energy, health, mobility};
use mesinfos_model::{Batch, BatchBuilder, Category, Cell, FieldKind};
use std::collections::{BTreeMap, BTreeSet};

/// Pseudo-random numbers: xorshift64 (Marsaglia, 2003).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most.max(1)
    }

    pub(super) fn within(&mut self, from: i64, until: i64) -> i64 {
        from + self.below((until - from).cast_unsigned()).cast_signed()
    }

    /// An index below `among`; 0 if `among` is 0.
    pub(super) fn place(&mut self, among: usize) -> usize {
        usize::try_from(self.below(among as u64)).unwrap()
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.place(all.len())]
    }

    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.place(at + 1));
        }
    }
}

/// Value of a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Int(i64),
    Text(String),
}

/// Cells of a row.
pub(super) type Row = BTreeMap<usize, Value>;

pub(super) fn int(row: &Row, field: usize) -> Option<i64> {
    match row.get(&field) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}

pub(super) fn text(row: &Row, field: usize) -> Option<&str> {
    match row.get(&field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

pub(super) fn batch(category: Category, rows: &[Row]) -> Batch {
    let mut builder = BatchBuilder::new(category);
    for row in rows {
        let cells = row.iter().map(|(field, value)| match value {
            Value::Int(number) => (*field, Cell::Int(*number)),
            Value::Text(text) => (*field, Cell::Text(text)),
        });
        builder.push_cells(cells);
    }
    builder.finish()
}

/// Rows of some weeks, of two holders.
pub(super) fn random(category: Category, random: &mut Random) -> Vec<Row> {
    let count = random.of(&[0, 1, 3, 8, 20, 40]);
    let mut rows: Vec<Row> = Vec::new();
    let mut known = BTreeSet::new();
    for _ in 0..*count {
        let row = one(category, random);
        if known.insert(identity(category, &row)) {
            rows.push(row);
        }
    }
    rows
}

/// Key that must differ between two rows, or they would be duplicates.
pub(super) fn identity(category: Category, row: &Row) -> (String, i64) {
    match category {
        Category::Energy => {
            (text(row, energy::SERIES).unwrap_or("").to_owned(), int(row, energy::START).unwrap_or(0))
        }
        _ => {
            let field = unique(category);
            (text(row, field).unwrap_or("").to_owned(), int(row, field).unwrap_or(0))
        }
    }
}

/// A field of the category's identity that is unique to each row.
pub(super) fn unique(category: Category) -> usize {
    match category {
        Category::Bank => bank::REFERENCE,
        Category::Mobility => mobility::LABEL,
        Category::Health => health::NUMBER,
        _ => energy::START,
    }
}

/// A single row.
pub(super) fn one(category: Category, random: &mut Random) -> Row {
    let mut row = Row::new();
    let holder = *random.of(&["Alpha", "Beta"]);
    let day = random.within(0, 75) + i64::from(super::FIRST);
    // Most fields are present in most rows.
    for (field, of_table) in category.schema().open_fields() {
        if random.below(4) == 0 {
            continue;
        }
        let value = match of_table.kind {
            FieldKind::Date => Value::Int(day + random.within(-3, 40)),
            FieldKind::Instant => continue,
            FieldKind::Integer => {
                Value::Int(*random.of(&[-1_249, -1_200, 0, 49, 50, 151, 20_000, 488_566_140]))
            }
            FieldKind::Code(codes) => Value::Int(random.below(codes.len() as u64).cast_signed()),
            FieldKind::Term | FieldKind::Text => {
                Value::Text((*random.of(&["x", "CB 12,34", "é", "zz"])).to_owned())
            }
            FieldKind::Pseudonym => Value::Text(format!("{}-{}", of_table.name.len() % 2, random.below(4))),
        };
        row.insert(field, value);
    }
    let mut put = |field, value| row.insert(field, value);
    let schema = category.schema();
    put(schema.holder, Value::Text(holder.to_owned()));
    let at = if random.below(6) == 0 { LEFT_OUT.start + random.within(0, 3) } else { random.within(1, 900) };
    put(schema.position(), Value::Int(at));
    match category {
        Category::Bank => {
            put(bank::BOOKED_ON, Value::Int(day));
            put(bank::CURRENCY, Value::Text((*random.of(&["EUR", "JPY"])).to_owned()));
            put(bank::REFERENCE, Value::Text(format!("r{}", random.below(1 << 40))));
        }
        Category::Energy => series(&mut row, random, holder, day),
        Category::Mobility => {
            put(mobility::AT, Value::Int(day * 86_400 + random.within(-7_200, 86_400)));
            put(mobility::UTC_OFFSET, Value::Int(*random.of(&[-300, 0, 60, 120, 600])));
            put(mobility::DURATION, Value::Int(*random.of(&[0, 600, 7_200, 3 * 86_400])));
            put(mobility::CURRENCY, Value::Text("EUR".to_owned()));
            put(mobility::LABEL, Value::Text(format!("l{}", random.below(1 << 40))));
        }
        _ => {
            put(health::ON, Value::Int(day));
            put(health::UNTIL, Value::Int(day + *random.of(&[0, 0, 1, 40])));
            put(health::NUMBER, Value::Int(random.below(1 << 40).cast_signed()));
            put(health::CURRENCY, Value::Text("EUR".to_owned()));
            for field in [health::ON, health::UNTIL] {
                if random.below(4) == 0 {
                    row.remove(&field);
                }
            }
        }
    }
    row
}

/// A reading of a series: all its rows have the same meter, place and UTC offset.
fn series(row: &mut Row, random: &mut Random, holder: &str, day: i64) {
    let kind = random.place(3);
    let number = i64::try_from(kind).unwrap();
    let offset = [60, 120, -300][kind];
    // Some readings are longer than a day.
    let durations = [[1_800, 1_800, 3_600], [1_800, 3_600, 1_800], [86_400, 2 * 86_400, 31 * 86_400]];
    let duration = *random.of(&durations[kind]);
    let slot = random.within(0, 47);
    let start = day * 86_400 + slot * 1_800 - offset * 60;
    for (field, value) in [
        (energy::COMMODITY, number % 2),
        (energy::DIRECTION, number),
        (energy::START, start),
        (energy::UTC_OFFSET, offset),
        (energy::DURATION, duration),
        (energy::ENERGY, random.within(-50, 5_000)),
    ] {
        row.insert(field, Value::Int(value));
    }
    row.insert(energy::SERIES, Value::Text(format!("{holder}-{number}")));
    row.insert(energy::METER, Value::Text(format!("meter-{holder}")));
    if random.below(3) > 0 {
        row.insert(energy::CURRENCY, Value::Text("EUR".to_owned()));
    }
}
