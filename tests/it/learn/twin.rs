//! Rows that agree with others in their visible data and differ in everything else.

use super::rows::{Random, Row, Value, identity, int, one, text, unique};
use super::seen::{Seen, bucket, is_whole};
use mesinfos_model::category::energy;
use mesinfos_model::{Category, FieldKind, Grain, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a twin, and the boundaries between its imports.
pub(super) struct Twin {
    pub(super) rows: Vec<Row>,
    cuts: Vec<usize>,
}

impl Twin {
    pub(super) fn parts(&self) -> impl Iterator<Item = &[Row]> {
        let ends = self.cuts.iter().copied().chain([usize::MAX]);
        let mut from = 0;
        ends.map(move |end| {
            let end = end.min(self.rows.len());
            let part = &self.rows[from.min(end)..end];
            from = end;
            part
        })
    }

    /// Whether rows of two imports have a name in common, by which one is a later version of the other.
    fn has_versions(&self, category: Category) -> bool {
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        let parts = self.parts().enumerate();
        let rows = parts.flat_map(|(part, rows)| rows.iter().map(move |row| (part, row)));
        for (part, row) in rows {
            for name in category.schema().revision.names {
                let fields = name.required.iter().chain(name.others);
                let values: Vec<Option<&Value>> = fields.map(|field| row.get(field)).collect();
                let name = format!("{:?} {values:?}", name.required);
                if *named.entry(name).or_insert(part) != part {
                    return true;
                }
            }
        }
        false
    }
}

/// A twin of `rows` under a scope.
pub(super) fn of(rows: &[Row], seen: &Seen, random: &mut Random) -> Twin {
    let category = seen.category;
    let (mut visible, mut hidden): (Vec<Row>, Vec<Row>) =
        rows.iter().cloned().partition(|row| seen.sees(row));
    hidden.retain(|_| random.below(2) == 0);
    let mut known: BTreeSet<(String, i64)> =
        visible.iter().chain(&hidden).map(|row| identity(category, row)).collect();
    for _ in 0..random.below(40) {
        let row = one(category, random);
        if !seen.sees(&row) && known.insert(identity(category, &row)) {
            hidden.push(row);
        }
    }
    if seen.is_coarse() {
        coarse(&mut visible, seen, &mut known, random);
    } else {
        fine(&mut visible, seen, &mut known, random);
    }
    assert!(visible.iter().all(|row| seen.sees(row)), "a twin is seen");
    let mut all =
        if seen.in_order() { interleaved(visible, hidden, random) } else { [visible, hidden].concat() };
    rename(category, &mut all, random);
    if seen.in_order() {
        return Twin { rows: all, cuts: Vec::new() };
    }
    random.shuffle(&mut all);
    let mut cuts: Vec<usize> = (0..random.below(3)).map(|_| random.place(all.len() + 1)).collect();
    cuts.sort_unstable();
    let twin = Twin { rows: all, cuts };
    // A later version replaces a row: the twin would have fewer.
    if twin.has_versions(category) { Twin { cuts: Vec::new(), ..twin } } else { twin }
}

fn interleaved(visible: Vec<Row>, hidden: Vec<Row>, random: &mut Random) -> Vec<Row> {
    let (mut visible, mut hidden) = (visible.into_iter().peekable(), hidden.into_iter().peekable());
    let mut all = Vec::new();
    while visible.peek().is_some() || hidden.peek().is_some() {
        let first = hidden.peek().is_none() || visible.peek().is_some() && random.below(2) == 0;
        all.extend(if first { visible.next() } else { hidden.next() });
    }
    all
}

/// Replaces the texts behind pseudonyms by others of different length and order.
fn rename(category: Category, rows: &mut [Row], random: &mut Random) {
    let fields: Vec<usize> = category
        .schema()
        .open_fields()
        .filter(|(_, field)| field.kind == FieldKind::Pseudonym)
        .map(|(field, _)| field)
        .collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        for field in &fields {
            if let Some(Value::Text(name)) = row.get_mut(field) {
                let count = names.len();
                let fresh = || format!("{}{count}", "q".repeat(1 + random.place(9)));
                *name = names.entry(name.clone()).or_insert_with(fresh).clone();
            }
        }
    }
}

/// Replaces a row if the new one stays visible and unique.
fn change(row: &mut Row, to: Row, seen: &Seen, known: &mut BTreeSet<(String, i64)>) {
    let (old, new) = (identity(seen.category, row), identity(seen.category, &to));
    if seen.sees(&to) && (old == new || known.insert(new)) {
        if old != identity(seen.category, &to) {
            known.remove(&old);
        }
        *row = to;
    }
}

/// The row with one field replaced by that of another row: another value, or none.
fn with(row: &Row, field: usize, other: &Row) -> Row {
    let mut row = row.clone();
    match other.get(&field) {
        Some(value) => row.insert(field, value.clone()),
        None => row.remove(&field),
    };
    row
}

/// Granularities with individual rows: fields that are not granted may have any value.
fn fine(rows: &mut [Row], seen: &Seen, known: &mut BTreeSet<(String, i64)>, random: &mut Random) {
    let category = seen.category;
    let currency = category.schema().index("currency");
    for row in rows {
        for (field, of_table) in category.schema().open_fields() {
            if random.below(2) == 0 {
                continue;
            }
            if seen.shows(field) {
                if seen.grain == Grain::Rounded {
                    roundly(row, field, of_table.unit, random);
                }
                continue;
            }
            // The currency determines rounding.
            if seen.grain == Grain::Rounded && Some(field) == currency {
                continue;
            }
            let other = one(category, random);
            if field == unique(category) && !other.contains_key(&field) {
                continue;
            }
            change(row, with(row, field, &other), seen, known);
        }
    }
}

/// Another value with the same rounded value.
fn roundly(row: &mut Row, field: usize, unit: Unit, random: &mut Random) {
    let euros = row.values().any(|value| *value == Value::Text("EUR".to_owned()));
    match (row.get(&field).cloned(), unit) {
        (Some(Value::Int(cents)), Unit::MinorUnits) if euros && cents.rem_euclid(100) != 50 => {
            let whole = (cents + 50).div_euclid(100) * 100;
            row.insert(field, Value::Int(whole + random.within(-49, 50)));
        }
        (Some(Value::Int(degrees)), Unit::E7Degrees) => {
            let whole = (degrees + 50_000).div_euclid(100_000) * 100_000;
            row.insert(field, Value::Int(whole + random.within(-50_000, 50_000)));
        }
        (Some(Value::Text(text)), _) if text == "CB 12,34" => {
            row.insert(field, Value::Text(format!("CB 12,{}", random.within(10, 100))));
        }
        _ => {}
    }
}

/// Readings by hour, day or month: only the sum of each period is visible.
fn coarse(rows: &mut Vec<Row>, seen: &Seen, known: &mut BTreeSet<(String, i64)>, random: &mut Random) {
    let mut groups: BTreeMap<(String, i64, usize), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let (bucket, joined) = bucket(row, seen.grain);
        let series = text(row, energy::SERIES).unwrap_or("").to_owned();
        groups.entry((series, bucket, if joined { 0 } else { at + 1 })).or_default().push(at);
    }
    for group in groups.values() {
        let shows_rest = group.len() == 1 && is_whole(&rows[group[0]], seen.grain);
        for &at in group {
            unseen_fields(&mut rows[at], seen, shows_rest, known, random);
            let moved = moved(&rows[at], seen.grain, random);
            change(&mut rows[at], moved, seen, known);
        }
        if group.len() > 1 {
            for _ in 0..random.below(4) {
                let (a, b) = (*random.of(group), *random.of(group));
                if a != b {
                    share(rows, a, b, random);
                }
            }
            split(rows, *random.of(group), seen, known, random);
        }
    }
    if !seen.shows(energy::UTC_OFFSET) {
        elsewhere(rows, seen, known, random);
    }
}

/// Changes fields of a row that a coarse granularity hides.
fn unseen_fields(
    row: &mut Row,
    seen: &Seen,
    shows_rest: bool,
    known: &mut BTreeSet<(String, i64)>,
    random: &mut Random,
) {
    let other = one(Category::Energy, random);
    let needs_currency = seen.shows(energy::COST);
    let free = |field: usize| match field {
        energy::TARIFF | energy::PEAK => !shows_rest || !seen.shows(field),
        energy::ENERGY | energy::VOLUME | energy::COST => !seen.shows(field),
        energy::METER | energy::COMMODITY | energy::DIRECTION | energy::QUALITY => !seen.shows(field),
        energy::HOLDER => !seen.shows(field),
        energy::CURRENCY => !seen.shows(field) && !needs_currency,
        _ => false,
    };
    for (field, _) in Category::Energy.schema().open_fields().filter(|(field, _)| free(*field)) {
        if random.below(2) == 0 {
            change(row, with(row, field, &other), seen, known);
        }
    }
}

/// The same reading at another time in its bucket.
fn moved(row: &Row, grain: Grain, random: &mut Random) -> Row {
    let offset = int(row, energy::UTC_OFFSET).unwrap_or(0) * 60;
    let (bucket, _) = bucket(row, grain);
    let (from, slots) = match grain {
        Grain::Hourly => (bucket * 3_600, 2),
        Grain::Daily => (bucket * 86_400, 48),
        _ => (bucket * 86_400, 28 * 48),
    };
    let mut moved = row.clone();
    moved.insert(energy::START, Value::Int(from + random.within(0, slots) * 1_800 - offset));
    moved
}

/// Moves some of a row's amounts to another row.
fn share(rows: &mut [Row], from: usize, to: usize, random: &mut Random) {
    for field in [energy::ENERGY, energy::VOLUME, energy::COST] {
        if let (Some(a), Some(b)) = (int(&rows[from], field), int(&rows[to], field)) {
            let some = random.within(-100, 100);
            rows[from].insert(field, Value::Int(a - some));
            rows[to].insert(field, Value::Int(b + some));
        }
    }
}

/// Splits a reading in two.
fn split(
    rows: &mut Vec<Row>,
    at: usize,
    seen: &Seen,
    known: &mut BTreeSet<(String, i64)>,
    random: &mut Random,
) {
    let Some(half) = int(&rows[at], energy::DURATION).filter(|seconds| *seconds % 3_600 == 0).map(|s| s / 2)
    else {
        return;
    };
    let mut second = moved(&rows[at], seen.grain, random);
    second.insert(energy::DURATION, Value::Int(half));
    if !seen.sees(&second) || !known.insert(identity(Category::Energy, &second)) {
        return;
    }
    rows[at].insert(energy::DURATION, Value::Int(half));
    for field in [energy::ENERGY, energy::VOLUME, energy::COST] {
        if let Some(whole) = int(&rows[at], field) {
            let part = random.within(0, 50);
            rows[at].insert(field, Value::Int(part));
            second.insert(field, Value::Int(whole - part));
        }
    }
    rows.push(second);
}

/// The same local times in another time zone.
fn elsewhere(rows: &mut [Row], seen: &Seen, known: &mut BTreeSet<(String, i64)>, random: &mut Random) {
    let east = *random.of(&[-60, 0, 90]);
    let there: Vec<Row> = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            let (start, offset) =
                (int(&row, energy::START).unwrap(), int(&row, energy::UTC_OFFSET).unwrap_or(0));
            row.insert(energy::START, Value::Int(start - east * 60));
            row.insert(energy::UTC_OFFSET, Value::Int(offset + east));
            row
        })
        .collect();
    let old: BTreeSet<_> = rows.iter().map(|row| identity(Category::Energy, row)).collect();
    let apart = |row: &Row| {
        let new = identity(Category::Energy, row);
        old.contains(&new) || !known.contains(&new)
    };
    if there.iter().all(|row| seen.sees(row) && apart(row)) {
        rows.clone_from_slice(&there);
        known.extend(there.iter().map(|row| identity(Category::Energy, row)));
    }
}
