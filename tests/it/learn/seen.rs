//! Independent restatement of the data that a grant shows.

use super::rows::{Random, Row, int, text};
use mesinfos_model::category::{energy, health, mobility};
use mesinfos_model::{
    Category, CategoryScope, Day, FieldSet, Grain, Holders, Period, Position, RowId, RowSet,
};
use mesinfos_platform::CategoryChoice;
use std::collections::BTreeSet;

/// A grant of one category.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) category: Category,
    pub(super) from: Option<i32>,
    pub(super) until: Option<i32>,
    pub(super) undated: bool,
    pub(super) fields: BTreeSet<usize>,
    pub(super) grain: Grain,
    pub(super) only: Option<&'static str>,
    /// Whether some rows are excluded: those at [`LEFT_OUT`].
    pub(super) leaves_out: bool,
}

/// Ordinals of rows that may be excluded.
pub(super) const LEFT_OUT: std::ops::Range<i64> = 900_000..900_003;

/// An upper bound for the number of imports per person.
const IMPORTS: u64 = 20;

impl Seen {
    pub(super) fn random(category: Category, random: &mut Random) -> Seen {
        let schema = category.schema();
        let open: Vec<usize> = schema.open_fields().map(|(field, _)| field).collect();
        let share = *random.of(&[2, 5, 9]);
        let mut fields: BTreeSet<usize> = open.iter().copied().filter(|_| random.below(10) < share).collect();
        fields.insert(*random.of(&open));
        let leaves_out = random.below(3) == 0;
        if random.below(2) == 0 {
            fields.insert(schema.time);
            fields.extend(schema.utc_offset);
        }
        if leaves_out {
            // Fields that would reveal excluded rows are not granted.
            fields.retain(|field| !FieldSet::running(category).contains(*field));
            fields.insert(schema.holder);
        }
        let first = super::FIRST + i32::try_from(random.below(50)).unwrap();
        let until = first + 1 + i32::try_from(random.below(60)).unwrap();
        let (from, until) =
            *random.of(&[(None, None), (Some(first), None), (None, Some(until)), (Some(first), Some(until))]);
        // Prefer the coarsest granularity: it hides the most.
        let grain = *random.of(schema.grains);
        let grain = *random.of(&[grain, schema.grains[schema.grains.len() - 1]]);
        // A monthly grant needs a whole month.
        let until = match (grain, from) {
            (Grain::Monthly, Some(from)) => until.map(|until| until.max(from + 62)),
            _ => until,
        };
        Seen {
            category,
            from,
            until,
            undated: random.below(2) == 0,
            fields,
            grain,
            only: *random.of(&[None, None, Some("Alpha")]),
            leaves_out,
        }
    }

    pub(super) fn ask(&self) -> CategoryChoice {
        let schema = self.category.schema();
        CategoryChoice {
            period: Some(Period { from: self.from.map(Day), until: self.until.map(Day) }),
            undated: Some(self.undated),
            fields: Some(self.fields.iter().map(|&field| schema.fields[field].name.to_owned()).collect()),
            grain: Some(self.grain),
            holders: self.only.map(|holder| vec![holder.to_owned()]),
            excluded: RowSet::new(),
        }
    }

    /// Row ids that may be excluded.
    pub(super) fn excluded(&self) -> RowSet {
        if !self.leaves_out {
            return RowSet::new();
        }
        let ids = |import| LEFT_OUT.map(move |at| RowId { import, position: Position::unpacked(at) });
        (1..=IMPORTS).flat_map(ids).collect()
    }

    /// The same scope in the host's types.
    pub(super) fn scope(&self) -> CategoryScope {
        let holders = self.only.map(|holder| BTreeSet::from([holder.to_owned()]));
        CategoryScope {
            category: self.category,
            period: Period { from: self.from.map(Day), until: self.until.map(Day) },
            undated: self.undated,
            fields: self.fields.iter().fold(FieldSet::NONE, |set, field| set.with(*field)),
            grain: self.grain,
            holders: holders.map_or(Holders::Any, Holders::Only),
            excluded: self.excluded(),
        }
    }

    pub(super) fn shows(&self, field: usize) -> bool {
        self.fields.contains(&field)
    }

    pub(super) fn is_coarse(&self) -> bool {
        !matches!(self.grain, Grain::Raw | Grain::Rounded)
    }

    /// Whether rows arrive in the order and months of the vault, which makes both visible.
    pub(super) fn in_order(&self) -> bool {
        let schema = self.category.schema();
        self.shows(schema.time)
            && !self.is_coarse()
            && schema.utc_offset.is_none_or(|field| self.shows(field))
    }

    /// Whether the scope includes a row, by row id, holder and days.
    pub(super) fn sees(&self, row: &Row) -> bool {
        let schema = self.category.schema();
        if self.only.is_some_and(|only| text(row, schema.holder) != Some(only)) {
            return false;
        }
        if self.leaves_out && int(row, schema.position()).is_some_and(|at| LEFT_OUT.contains(&at)) {
            return false;
        }
        let all = self.from.is_none() && self.until.is_none();
        let Some((first, last)) = days(self.category, row) else {
            return all || self.undated && schema.undated;
        };
        let (first, last) = if self.grain == Grain::Monthly {
            (month(first).0, last.max(month(first).1))
        } else {
            (first, last)
        };
        self.from.is_none_or(|from| i64::from(from) <= first)
            && self.until.is_none_or(|until| last < i64::from(until))
    }
}

/// First and last local day of a row.
pub(super) fn days(category: Category, row: &Row) -> Option<(i64, i64)> {
    let time = int(row, category.schema().time)?;
    let of_instant = |offset: usize, duration: usize| {
        let offset = int(row, offset).unwrap_or(0) * 60;
        let last = (time + int(row, duration).unwrap_or(0) - 1).max(time);
        ((time + offset).div_euclid(86_400), (last + offset).div_euclid(86_400))
    };
    Some(match category {
        Category::Energy => of_instant(energy::UTC_OFFSET, energy::DURATION),
        Category::Mobility => of_instant(mobility::UTC_OFFSET, mobility::DURATION),
        Category::Health => (time, int(row, health::UNTIL).unwrap_or(time).max(time)),
        _ => (time, time),
    })
}

/// First and last day of a day's month.
fn month(day: i64) -> (i64, i64) {
    let date = Day(i32::try_from(day).unwrap()).civil();
    let first = day - i64::from(date.day()) + 1;
    (first, first + i64::from(date.days_in_month()) - 1)
}

/// Bucket of an energy row at a coarse granularity, and whether it is joined with others.
pub(super) fn bucket(row: &Row, grain: Grain) -> (i64, bool) {
    let local = int(row, energy::START).unwrap() + int(row, energy::UTC_OFFSET).unwrap_or(0) * 60;
    let duration = int(row, energy::DURATION).unwrap();
    match grain {
        Grain::Hourly => (local.div_euclid(3_600), duration <= 3_600),
        Grain::Daily => (local.div_euclid(86_400), duration <= 25 * 3_600),
        _ => (month(local.div_euclid(86_400)).0, true),
    }
}

/// Whether a row alone fills its bucket and shows its other fields.
pub(super) fn is_whole(row: &Row, grain: Grain) -> bool {
    let least = match grain {
        Grain::Hourly => 3_600,
        Grain::Daily => 23 * 3_600,
        _ => 28 * 86_400 - 3_600,
    };
    int(row, energy::DURATION).unwrap() >= least
}
