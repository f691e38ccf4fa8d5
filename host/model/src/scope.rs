//! What a run may see, and the cut that makes rows so.
//!
//! A [`Scope`] is derived from live grants. [`CategoryScope::cut`] is the only way in which rows
//! go from a vault towards an app.

use crate::batch::{Batch, BatchBuilder, Cell};
use crate::category::{Category, FieldKind, Grain, Reach, Series, Unit};
use crate::column::{Column, MISSING_I64, MISSING_TERM, TextColumn};
use crate::day::{DAY_SECONDS, Day, Period};
use crate::money;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A set of fields of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldSet(u64);

impl FieldSet {
    /// No field.
    pub const NONE: FieldSet = FieldSet(0);

    /// Every field of a category that apps may ask for.
    pub fn all(category: Category) -> FieldSet {
        category.schema().open_fields().fold(FieldSet::NONE, |set, (index, _)| set.with(index))
    }

    /// Every field of a category, also those that never leave the host.
    pub fn stored(category: Category) -> FieldSet {
        (0..category.schema().fields.len()).fold(FieldSet::NONE, FieldSet::with)
    }

    /// The fields of this set that are given only by name.
    #[must_use]
    pub fn named(self, category: Category) -> FieldSet {
        let named =
            |(index, field): &(usize, &crate::Field)| field.reach == Reach::Named && self.contains(*index);
        category.schema().open_fields().filter(named).fold(FieldSet::NONE, |set, (index, _)| set.with(index))
    }

    /// The fields of this set that are not in `other`.
    #[must_use]
    pub fn without(self, other: FieldSet) -> FieldSet {
        FieldSet(self.0 & !other.0)
    }

    /// This set and one more field.
    #[must_use]
    pub fn with(self, field: usize) -> FieldSet {
        FieldSet(self.0 | 1 << field)
    }

    /// Whether the field is in it.
    pub fn contains(self, field: usize) -> bool {
        self.0 >> field & 1 == 1
    }

    /// Whether every field of `other` is in it.
    pub fn covers(self, other: FieldSet) -> bool {
        self.0 & other.0 == other.0
    }

    /// Names of the fields, in the order of the schema.
    pub fn names(self, category: Category) -> Vec<&'static str> {
        let fields = category.schema().fields.iter().enumerate();
        fields.filter(|(i, _)| self.contains(*i)).map(|(_, f)| f.name).collect()
    }

    /// The set of these fields, or the first name that the category does not have.
    ///
    /// # Errors
    /// The name that is no field of the category.
    pub fn from_names<'a>(
        category: Category,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<FieldSet, String> {
        names.into_iter().try_fold(FieldSet::NONE, |set, name| {
            category.schema().index(name).map(|i| set.with(i)).ok_or_else(|| name.to_owned())
        })
    }
}

/// Whose rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holders {
    /// Those of every holder, also of one that is added later.
    Any,
    /// Those of the holders named.
    Only(BTreeSet<String>),
}

impl Holders {
    /// Whether rows of that holder are in.
    pub fn contains(&self, holder: Option<&str>) -> bool {
        match self {
            Holders::Any => true,
            Holders::Only(names) => holder.is_some_and(|h| names.contains(h)),
        }
    }

    /// Whether every holder of `other` is in it.
    pub fn covers(&self, other: &Holders) -> bool {
        match (self, other) {
            (Holders::Any, _) => true,
            (Holders::Only(_), Holders::Any) => false,
            (Holders::Only(mine), Holders::Only(theirs)) => theirs.is_subset(mine),
        }
    }
}

/// What a run may see of one category.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CategoryScope {
    /// Which category.
    pub category: Category,
    /// Which days.
    pub period: Period,
    /// Which fields.
    pub fields: FieldSet,
    /// How finely.
    pub grain: Grain,
    /// Whose rows.
    pub holders: Holders,
}

/// The stored form of a scope names its fields.
#[derive(Serialize, Deserialize)]
struct Stored {
    category: Category,
    period: Period,
    fields: Vec<String>,
    grain: Grain,
    holders: Holders,
}

impl Serialize for CategoryScope {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let fields = self.fields.names(self.category).into_iter().map(str::to_owned).collect();
        Stored {
            category: self.category,
            period: self.period,
            fields,
            grain: self.grain,
            holders: self.holders.clone(),
        }
        .serialize(s)
    }
}

impl<'de> Deserialize<'de> for CategoryScope {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<CategoryScope, D::Error> {
        let stored = Stored::deserialize(d)?;
        let names = stored.fields.iter().map(String::as_str);
        let fields = FieldSet::from_names(stored.category, names).map_err(|name| {
            serde::de::Error::custom(format!("{} has no field \"{name}\"", stored.category))
        })?;
        Ok(CategoryScope {
            category: stored.category,
            period: stored.period,
            fields,
            grain: stored.grain,
            holders: stored.holders,
        })
    }
}

/// What a run may see: the categories that are in it, and of each what.
pub type Scope = BTreeMap<Category, CategoryScope>;

impl CategoryScope {
    /// Everything there is of a category for apps, fields that are given only by name too.
    pub fn all(category: Category) -> CategoryScope {
        CategoryScope {
            category,
            period: Period::ALL,
            fields: FieldSet::all(category),
            grain: Grain::Raw,
            holders: Holders::Any,
        }
    }

    /// Whether everything that `other` lets see is seen through this one too: `other` is this
    /// scope or a narrower one.
    pub fn covers(&self, other: &CategoryScope) -> bool {
        self.category == other.category
            && self.period.covers(&other.period)
            && self.fields.covers(other.fields)
            && self.grain <= other.grain
            && self.holders.covers(&other.holders)
    }

    /// The fields that [`CategoryScope::cut`] looks at: those that it lets be seen, and those by which
    /// it cuts and joins. What is not in this set may be absent from the month that it is given.
    pub fn looks_at(&self) -> FieldSet {
        let schema = self.category.schema();
        if !matches!(self.grain, Grain::Raw | Grain::Rounded) {
            return FieldSet::all(self.category);
        }
        let offset = schema.utc_offset.filter(|_| self.period != Period::ALL);
        let holder = Some(schema.holder).filter(|_| self.holders != Holders::Any);
        let currency = schema.index("currency").filter(|_| self.grain == Grain::Rounded);
        let beside = [Some(schema.time), offset, holder, currency];
        beside.into_iter().flatten().fold(self.fields, FieldSet::with)
    }

    /// The rows of one civil month as this scope lets them be seen: the days, holders and fields
    /// that are in it, at its grain, the oldest first.
    ///
    /// Coarser grains join the rows of a series that start in one local hour, day or month; rows
    /// that are longer than that stay as they are.
    pub fn cut(&self, month: &Batch, pseudonyms: &mut Pseudonyms) -> Batch {
        let whole_month = self.period == Period::ALL && self.holders == Holders::Any;
        let rows = if whole_month {
            month.clone()
        } else {
            let keep: Vec<usize> = (0..month.rows())
                .filter(|&row| self.in_period(month, row))
                .filter(|&row| self.holders.contains(month.text(month.schema().holder, row)))
                .collect();
            if keep.len() == month.rows() { month.clone() } else { month.select(&keep) }
        };
        let rows = match self.grain {
            Grain::Raw => rows,
            Grain::Rounded => rounded(&rows),
            Grain::Hourly | Grain::Daily | Grain::Monthly => aggregated(&rows, self.grain),
        };
        self.only_fields(&rows, pseudonyms)
    }

    /// Whether a row's day is in the period. Rows of categories that have undated ones are in it if they
    /// have no day: a contact is not narrowed by dates.
    fn in_period(&self, month: &Batch, row: usize) -> bool {
        month.day(row).map_or(month.schema().undated, |day| self.period.contains(day))
    }

    fn only_fields(&self, batch: &Batch, pseudonyms: &mut Pseudonyms) -> Batch {
        let columns = batch
            .schema()
            .fields
            .iter()
            .enumerate()
            .map(|(i, field)| match batch.column(i) {
                _ if !self.fields.contains(i) || field.reach == Reach::Host => Column::Absent,
                Column::Terms { codes, values } if field.kind == FieldKind::Pseudonym => {
                    pseudonyms.hide(codes, values)
                }
                column => column.clone(),
            })
            .collect();
        // Every column comes from a sound batch, or is absent, or was made just above.
        Batch::of_sound(self.category, batch.rows(), columns)
    }
}

/// Pseudonyms of one run: "1", "2", … in the order in which the texts come up.
#[derive(Debug, Default)]
pub struct Pseudonyms {
    numbers: HashMap<String, usize>,
}

impl Pseudonyms {
    fn hide(&mut self, codes: &Arc<Vec<u32>>, values: &TextColumn) -> Column {
        let mut order: Vec<Option<usize>> = vec![None; values.len()];
        for &code in codes.iter().filter(|&&code| code != MISSING_TERM) {
            let place = &mut order[code as usize];
            if place.is_none() {
                let next = self.numbers.len() + 1;
                let text = values.get(code as usize);
                *place = Some(*self.numbers.entry(text.to_owned()).or_insert(next));
            }
        }
        let hidden: Vec<String> =
            order.iter().map(|n| n.map(|n| n.to_string()).unwrap_or_default()).collect();
        let values = hidden.iter().map(String::as_str).collect();
        Column::Terms { codes: Arc::clone(codes), values: Arc::new(values) }
    }
}

/// A position is rounded to this many 1/10 000 000 degrees: about a kilometre.
const ROUNDED_POSITION: i64 = 100_000;

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
            (column, _) => column.clone(),
        })
        .collect();
    Batch::new(batch.category(), batch.rows(), columns).unwrap_or_else(|_| batch.clone())
}

/// The local hour, day or month in which a row starts, as a number that orders them.
fn bucket(batch: &Batch, row: usize, grain: Grain) -> i64 {
    let local = batch.time(row).unwrap_or(0) + batch.utc_offset(row) * 60;
    match grain {
        Grain::Hourly => local.div_euclid(3_600),
        Grain::Monthly => i64::from(Day::of_instant(local, 0).month()),
        _ => local.div_euclid(DAY_SECONDS),
    }
}

/// UTC seconds at which a bucket starts, given the offset of its first row.
fn bucket_start(bucket: i64, grain: Grain, offset_minutes: i64) -> i64 {
    let local = match grain {
        Grain::Hourly => bucket * 3_600,
        Grain::Monthly => i64::from(Day::first_of_month(i32::try_from(bucket).unwrap_or(0)).0) * DAY_SECONDS,
        _ => bucket * DAY_SECONDS,
    };
    local - offset_minutes * 60
}

/// Rows joined by series and local hour, day or month, as the table's [`Series`] says.
fn aggregated(batch: &Batch, grain: Grain) -> Batch {
    struct Sum {
        first: usize,
        start: i64,
        totals: Vec<Option<i64>>,
        duration: i64,
        rows: usize,
        /// Whether all rows have the same of each field that has to agree.
        agreed: Vec<bool>,
    }
    let schema = batch.schema();
    let Some(table) = &schema.series else {
        return batch.clone();
    };
    let longest = match grain {
        Grain::Hourly => 3_600,
        Grain::Daily => 25 * 3_600,
        _ => i64::MAX,
    };
    let mut sums: Vec<Sum> = Vec::new();
    let mut open: HashMap<(&str, i64), usize> = HashMap::new();
    for row in 0..batch.rows() {
        let duration = batch.integer(table.duration, row).unwrap_or(0);
        let bucket = bucket(batch, row, grain);
        let series = batch.text(table.series, row).unwrap_or("");
        let place = (duration <= longest).then(|| open.get(&(series, bucket)).copied()).flatten();
        match place {
            Some(at) => {
                let sum = &mut sums[at];
                for (total, &field) in sum.totals.iter_mut().zip(table.sums) {
                    let add = batch.integer(field, row);
                    *total = match (*total, add) {
                        (Some(a), Some(b)) => Some(a.saturating_add(b)),
                        (a, b) => a.or(b),
                    };
                }
                sum.duration = sum.duration.saturating_add(duration);
                sum.rows += 1;
                for (agreed, &field) in sum.agreed.iter_mut().zip(table.agreed) {
                    *agreed &= same(batch, field, row, sum.first);
                }
            }
            None => {
                let start = if duration <= longest {
                    open.insert((series, bucket), sums.len());
                    bucket_start(bucket, grain, batch.utc_offset(row))
                } else {
                    batch.time(row).unwrap_or(0)
                };
                sums.push(Sum {
                    first: row,
                    start,
                    totals: table.sums.iter().map(|&field| batch.integer(field, row)).collect(),
                    duration,
                    rows: 1,
                    agreed: vec![true; table.agreed.len()],
                });
            }
        }
    }
    let mut builder = BatchBuilder::new(batch.category());
    for sum in &sums {
        let whole = |field: usize| match table.agreed.iter().position(|&other| other == field) {
            Some(at) => sum.agreed[at],
            None => sum.rows == 1 || table.common.contains(&field),
        };
        let cells: Vec<(usize, Cell<'_>)> = (0..schema.fields.len())
            .map(|field| {
                let summed = table.sums.iter().position(|&other| other == field);
                let cell = match summed {
                    _ if field == schema.time => sum.start.into(),
                    _ if field == table.duration => sum.duration.into(),
                    Some(at) if sum_holds(table, field, &whole) => sum.totals[at].into(),
                    None if whole(field) => cell(batch, field, sum.first),
                    _ => Cell::Missing,
                };
                (field, cell)
            })
            .collect();
        builder.push(&cells);
    }
    builder.finish().sorted()
}

/// Whether a sum means anything: one of money does not if the rows are of several currencies.
fn sum_holds(table: &Series, field: usize, whole: &dyn Fn(usize) -> bool) -> bool {
    table.sum_needs.is_none_or(|(sum, needed)| sum != field || whole(needed))
}

fn same(batch: &Batch, field: usize, a: usize, b: usize) -> bool {
    batch.integer(field, a) == batch.integer(field, b) && batch.text(field, a) == batch.text(field, b)
}

fn cell(batch: &Batch, field: usize, row: usize) -> Cell<'_> {
    match batch.text(field, row) {
        Some(text) => text.into(),
        None => batch.integer(field, row).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::{bank, energy, mobility, social, telecom};

    fn half_hours(days: i64) -> Batch {
        let mut builder = BatchBuilder::new(Category::Energy);
        for slot in 0..days * 48 {
            builder.push(&[
                (energy::HOLDER, "Enedis".into()),
                (energy::SERIES, "S".into()),
                (energy::START, (slot * 1_800 - 3_600).into()),
                (energy::UTC_OFFSET, 60_i64.into()),
                (energy::DURATION, 1_800_i64.into()),
                (energy::ENERGY, (1_000 + slot).into()),
            ]);
        }
        builder.finish()
    }

    #[test]
    fn days_are_local_and_sums_are_kept() {
        let rows = half_hours(3);
        let total = |b: &Batch| (0..b.rows()).filter_map(|r| b.integer(energy::ENERGY, r)).sum::<i64>();
        for (grain, count) in [(Grain::Hourly, 72), (Grain::Daily, 3), (Grain::Monthly, 1)] {
            let scope = CategoryScope { grain, ..CategoryScope::all(Category::Energy) };
            let cut = scope.cut(&rows, &mut Pseudonyms::default());
            assert_eq!(cut.rows(), count, "{grain:?}");
            assert_eq!(total(&cut), total(&rows));
            assert_eq!(cut.time(0), Some(-3_600), "local midnight");
        }
    }

    #[test]
    fn days_fields_and_holders_are_cut() {
        let rows = half_hours(3);
        let scope = CategoryScope {
            period: Period::parse("1970-01-02").unwrap(),
            fields: FieldSet::NONE.with(energy::START).with(energy::ENERGY),
            ..CategoryScope::all(Category::Energy)
        };
        let cut = scope.cut(&rows, &mut Pseudonyms::default());
        assert_eq!(cut.rows(), 48);
        assert_eq!(cut.time(0), Some(23 * 3_600));
        assert!(cut.column(energy::HOLDER).is_absent());
        let other = Holders::Only(BTreeSet::from(["EDF".to_owned()]));
        let none = CategoryScope { holders: other, ..CategoryScope::all(Category::Energy) };
        assert_eq!(none.cut(&rows, &mut Pseudonyms::default()).rows(), 0);
    }

    #[test]
    fn a_cut_needs_no_more_than_what_it_looks_at() {
        let rows = half_hours(3);
        let window = Period::parse("1970-01-02").unwrap();
        let enedis = Holders::Only(BTreeSet::from(["Enedis".to_owned()]));
        let fields = FieldSet::NONE.with(energy::ENERGY);
        for grain in [Grain::Raw, Grain::Hourly, Grain::Daily, Grain::Monthly] {
            for period in [Period::ALL, window] {
                for holders in [Holders::Any, enedis.clone()] {
                    let scope = CategoryScope { category: Category::Energy, period, fields, grain, holders };
                    let columns = rows.columns().iter().enumerate();
                    let given = columns.map(|(field, column)| match column {
                        column if scope.looks_at().contains(field) => column.clone(),
                        _ => Column::Absent,
                    });
                    let less = Batch::new(Category::Energy, rows.rows(), given.collect()).unwrap();
                    let cut = |rows: &Batch| scope.cut(rows, &mut Pseudonyms::default());
                    assert_eq!(cut(&less), cut(&rows), "{scope:?}");
                }
            }
        }
    }

    #[test]
    fn what_never_leaves_the_host_does_not_leave_it() {
        let mut builder = BatchBuilder::new(Category::Bank);
        builder.push(&[(bank::BOOKED_ON, 1_i64.into()), (bank::PLACE, 17_i64.into())]);
        let batch = builder.finish();
        assert_eq!(batch.integer(bank::PLACE, 0), Some(17));
        let scopes = [FieldSet::all(Category::Bank), FieldSet::stored(Category::Bank)]
            .map(|fields| CategoryScope { fields, ..CategoryScope::all(Category::Bank) });
        for scope in scopes {
            let cut = scope.cut(&batch, &mut Pseudonyms::default());
            assert!(cut.column(bank::PLACE).is_absent());
        }
        assert!(FieldSet::from_names(Category::Bank, ["place"]).is_err());
    }

    #[test]
    fn what_has_no_date_is_in_every_window_and_what_must_have_one_in_none() {
        let window = Period::parse("2011").unwrap();
        let rows = |category, times: &[Option<i64>]| {
            let mut builder = BatchBuilder::new(category);
            for time in times {
                builder.push(&[(category.schema().time, (*time).into())]);
            }
            let scope = CategoryScope { period: window, ..CategoryScope::all(category) };
            scope.cut(&builder.finish(), &mut Pseudonyms::default()).rows()
        };
        assert_eq!(rows(Category::Social, &[None, Some(0)]), 1);
        assert_eq!(rows(Category::Bank, &[None, Some(0)]), 0);
        let mut builder = BatchBuilder::new(Category::Social);
        builder.push(&[(social::NAME, "Anne".into())]);
        assert_eq!(builder.finish().by_month()[0].0, crate::day::UNDATED);
    }

    #[test]
    fn rounded_positions_are_a_kilometre_wide() {
        let mut builder = BatchBuilder::new(Category::Mobility);
        for latitude in [488_566_140_i64, 488_549_999, -337_654_321] {
            builder.push(&[(mobility::AT, 0_i64.into()), (mobility::LATITUDE, latitude.into())]);
        }
        let scope = CategoryScope { grain: Grain::Rounded, ..CategoryScope::all(Category::Mobility) };
        let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default());
        let latitudes: Vec<_> = (0..3).map(|row| cut.integer(mobility::LATITUDE, row).unwrap()).collect();
        assert_eq!(latitudes, [488_600_000, 488_500_000, -337_700_000]);
    }

    #[test]
    fn rounded_money_hides_cents() {
        let mut builder = BatchBuilder::new(Category::Bank);
        builder.push(&[
            (bank::BOOKED_ON, 1_i64.into()),
            (bank::AMOUNT, (-1_249_i64).into()),
            (bank::CURRENCY, "EUR".into()),
        ]);
        let scope = CategoryScope { grain: Grain::Rounded, ..CategoryScope::all(Category::Bank) };
        let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default());
        assert_eq!(cut.integer(bank::AMOUNT, 0), Some(-1_200));
    }

    #[test]
    fn numbers_become_pseudonyms_that_hold_over_pages() {
        let page = |peers: &[&str]| {
            let mut builder = BatchBuilder::new(Category::Telecom);
            for peer in peers {
                builder.push(&[(telecom::AT, 0_i64.into()), (telecom::PEER, (*peer).into())]);
            }
            builder.finish()
        };
        let scope = CategoryScope::all(Category::Telecom);
        let mut names = Pseudonyms::default();
        let first = scope.cut(&page(&["+33611", "+33622"]), &mut names);
        let second = scope.cut(&page(&["+33622", "+33633"]), &mut names);
        assert_eq!(first.text(telecom::PEER, 0), Some("1"));
        assert_eq!(second.text(telecom::PEER, 0), Some("2"));
        assert_eq!(second.text(telecom::PEER, 1), Some("3"));
    }

    #[test]
    fn narrower_is_covered_and_wider_is_not() {
        let all = CategoryScope::all(Category::Energy);
        let narrow = CategoryScope {
            period: Period::parse("2011-03").unwrap(),
            grain: Grain::Daily,
            fields: FieldSet::NONE.with(energy::START),
            ..all.clone()
        };
        assert!(all.covers(&narrow) && !narrow.covers(&all));
        let json = serde_json::to_string(&narrow).unwrap();
        assert_eq!(serde_json::from_str::<CategoryScope>(&json).unwrap(), narrow);
        let wrong = json.replace("\"start\"", "\"iban\"");
        assert!(serde_json::from_str::<CategoryScope>(&wrong).is_err());
    }
}
