//! What a person's rows of a category amount to in each month: energy, water, money, distance, time. Each moment of
//! a meter counts once, and a bill once, not also by its lines. For the person only.

use crate::{Caller, Platform, Result};
use mesinfos_model::category::{bank, bills, energy, health, mobility, purchases, telecom, water};
use mesinfos_model::{Batch, Category, Day, FieldSet, Period};
use mesinfos_vault::PersonVault;
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are opened for one sum by month, at most: a few milliseconds of a processor for two years of half-hours.
pub const MOST_SUMMED: u64 = 200_000;

/// Series that are told apart, at most: energies, currencies, holders.
const MOST_SERIES: usize = 8;

/// Series of readings of one category, at most: a meter has a few.
const MOST_READ: usize = 64;

/// A local day has 23 to 25 hours; a longer reading is of a month or a bill.
const LONGEST_DAY: i64 = 25 * 3_600;

/// The longest reading that is of one month.
const LONGEST_MONTH: i64 = 32 * 86_400;

/// What is summed, in the unit that rows are stored in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Energy, in milliwatt-hours.
    Energy,
    /// A volume, in millilitres.
    Volume,
    /// Money, in minor units of the currency of the series.
    Money,
    /// A distance, in metres.
    Distance,
    /// A time, in seconds.
    Time,
}

/// What a series of sums is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SumOf {
    /// All that the category has.
    All,
    /// An energy that was consumed: the index of its code.
    Consumed(usize),
    /// An energy that was produced.
    Produced(usize),
    /// Money that left the accounts, as a positive number.
    Out,
    /// Money that came in.
    In,
    /// A field of the category, by name.
    Field(&'static str),
    /// What one holder returned. Two holders may tell of one trip, so nobody adds them.
    Holder(String),
}

/// Sums of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSums {
    /// What they are of.
    pub of: SumOf,
    /// Currency, if they are of money. Empty if the rows do not say.
    pub currency: Option<String>,
    /// The sum of each month that has rows, by the number of the month.
    pub months: BTreeMap<i32, i64>,
}

/// Sums of a category by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantities {
    /// What is summed.
    pub measured: Measured,
    /// The series, at least one.
    pub series: Vec<MonthSums>,
    /// Rows of those months that should count and cannot: without the figure, or of more than a month.
    pub left_out: u64,
}

impl Platform {
    /// Sums of the person's rows of a category in the months from `first` to `last`, counted as
    /// [`Day::month`] counts them. `None` if nobody should add up rows of this category, no row has the figure,
    /// there are more than [`MOST_SUMMED`] rows, or the sums are of too many things.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn quantities(
        &self,
        caller: &Caller,
        category: Category,
        (first, last): (i32, i32),
    ) -> Result<Option<Quantities>> {
        self.read_of(caller, |person| sum_up(&person.vault, category, (first, last), MOST_SUMMED))
    }
}

fn sum_up(
    vault: &PersonVault,
    category: Category,
    (first, last): (i32, i32),
    most: u64,
) -> Result<Option<Quantities>> {
    let Some(rule) = Rule::of(category) else { return Ok(None) };
    let is_in = |month: i32| month >= first && month <= last;
    let months = vault.months_known()?;
    let known = months.iter().filter(|known| known.category == category && is_in(known.month));
    if known.map(|known| known.rows).sum::<u64>() > most {
        return Ok(None);
    }
    let period = Period {
        from: Some(Day::first_of_month(first)),
        until: Some(Day::first_of_month(last.saturating_add(1))),
    };
    let mut sums = Sums::new(category, rule);
    for page in vault.months(category, &period, vault.sequence()?)?.whole().only(rule.fields(category)) {
        let page = page?;
        // Rows without a date are of no month.
        if is_in(page.month) && !sums.add(&page.batch, page.month) {
            return Ok(None);
        }
    }
    Ok(sums.finish())
}

/// How rows of a category are added up.
#[derive(Clone, Copy)]
enum Rule {
    Readings(Readings),
    Accounts,
    Documents(Documents),
    Single(Single),
}

/// Readings of meters.
#[derive(Clone, Copy)]
struct Readings {
    duration: usize,
    series: usize,
    meter: usize,
    /// Figures, the first that any row has counts.
    figures: &'static [(usize, Measured)],
    /// Fields that tell what was read, and in which direction.
    flow: Option<(usize, usize)>,
}

/// Documents with lines: a document counts, and the lines of a document that is not there.
#[derive(Clone, Copy)]
struct Documents {
    row: usize,
    whole: i64,
    part: i64,
    id: usize,
    currency: usize,
    amounts: &'static [(usize, &'static str)],
    /// A field and its codes of rows that do not count.
    void: Option<(usize, &'static [i64])>,
}

/// Rows of one kind with a figure.
#[derive(Clone, Copy)]
struct Single {
    kind: usize,
    is: i64,
    figure: usize,
    measured: Measured,
    /// Whether rows of two holders may tell of one thing.
    by_holder: bool,
}

impl Rule {
    fn of(category: Category) -> Option<Rule> {
        Some(match category {
            Category::Energy => Rule::Readings(Readings {
                duration: energy::DURATION,
                series: energy::SERIES,
                meter: energy::METER,
                figures: &[(energy::ENERGY, Measured::Energy), (energy::VOLUME, Measured::Volume)],
                flow: Some((energy::COMMODITY, energy::DIRECTION)),
            }),
            Category::Water => Rule::Readings(Readings {
                duration: water::DURATION,
                series: water::SERIES,
                meter: water::METER,
                figures: &[(water::VOLUME, Measured::Volume)],
                flow: None,
            }),
            Category::Bank => Rule::Accounts,
            Category::Bills => Rule::Documents(Documents {
                row: bills::ROW,
                whole: bills::row::BILL,
                part: bills::row::LINE,
                id: bills::BILL,
                currency: bills::CURRENCY,
                amounts: &[(bills::AMOUNT, "amount")],
                void: None,
            }),
            Category::Purchases => Rule::Documents(Documents {
                row: purchases::ROW,
                whole: purchases::row::RECEIPT,
                part: purchases::row::LINE,
                id: purchases::RECEIPT,
                currency: purchases::CURRENCY,
                amounts: &[(purchases::AMOUNT, "amount")],
                void: Some((purchases::STATUS, &[purchases::status::CANCELLED, purchases::status::RETURNED])),
            }),
            Category::Health => Rule::Documents(Documents {
                row: health::ROW,
                whole: health::row::CLAIM,
                part: health::row::CLAIM_LINE,
                id: health::CLAIM,
                currency: health::CURRENCY,
                amounts: &[(health::CHARGED, "charged"), (health::PAID, "paid")],
                void: None,
            }),
            Category::Mobility => Rule::Single(Single {
                kind: mobility::ROW,
                is: mobility::row::LEG,
                figure: mobility::DISTANCE,
                measured: Measured::Distance,
                by_holder: true,
            }),
            Category::Telecom => Rule::Single(Single {
                kind: telecom::SERVICE,
                is: telecom::service::VOICE,
                figure: telecom::DURATION,
                measured: Measured::Time,
                by_holder: false,
            }),
            Category::Contracts
            | Category::Education
            | Category::Browsing
            | Category::Social
            | Category::Profile
            | Category::Documents => return None,
        })
    }

    /// The columns that it needs.
    fn fields(self, category: Category) -> FieldSet {
        let schema = category.schema();
        let mut fields: Vec<usize> = vec![schema.time];
        fields.extend(schema.utc_offset);
        match self {
            Rule::Readings(of) => {
                fields.extend([of.duration, of.series, of.meter]);
                fields.extend(of.figures.iter().map(|(field, _)| *field));
                fields.extend(of.flow.into_iter().flat_map(|(what, direction)| [what, direction]));
            }
            Rule::Accounts => fields.extend([bank::AMOUNT, bank::CURRENCY, bank::STATUS]),
            Rule::Documents(of) => {
                fields.extend([of.row, of.id, of.currency]);
                fields.extend(of.amounts.iter().map(|(field, _)| *field));
                fields.extend(of.void.map(|(field, _)| field));
            }
            Rule::Single(of) => fields.extend([of.kind, of.figure, schema.holder]),
        }
        fields.into_iter().fold(FieldSet::NONE, FieldSet::with)
    }
}

/// Sums under way.
struct Sums {
    rule: Rule,
    holder: usize,
    measured: Measured,
    series: BTreeMap<(SumOf, Option<String>), BTreeMap<i32, i64>>,
    left_out: u64,
    readings: Vec<MeterSeries>,
    /// Ids of the documents that are there.
    wholes: BTreeSet<String>,
    parts: Vec<Part>,
}

/// A line of a document, until it is known whether the document is there.
struct Part {
    id: Option<String>,
    currency: String,
    month: i32,
    amounts: Vec<(&'static str, i64)>,
}

/// What one series of a meter has.
struct MeterSeries {
    of: SumOf,
    meter: String,
    series: String,
    days: BTreeMap<i32, DayReading>,
    /// Readings of more than a day: first second, last second, first day, figure.
    long: Vec<(i64, i64, i32, [Option<i64>; 2])>,
}

/// The readings of a series on a local day.
#[derive(Clone, Copy, Default)]
struct DayReading {
    seconds: i64,
    rows: u32,
    /// The sum of each figure; `None` if no reading has it.
    figures: [Option<i64>; 2],
    /// Readings without each figure.
    without: [u32; 2],
}

impl Sums {
    fn new(category: Category, rule: Rule) -> Sums {
        let measured = match rule {
            Rule::Readings(of) => of.figures[0].1,
            Rule::Accounts | Rule::Documents(_) => Measured::Money,
            Rule::Single(of) => of.measured,
        };
        Sums {
            rule,
            holder: category.schema().holder,
            measured,
            series: BTreeMap::new(),
            left_out: 0,
            readings: Vec::new(),
            wholes: BTreeSet::new(),
            parts: Vec::new(),
        }
    }

    fn count(&mut self, of: SumOf, currency: Option<&str>, month: i32, figure: i64) {
        let months = self.series.entry((of, currency.map(str::to_owned))).or_default();
        let sum = months.entry(month).or_default();
        *sum = sum.saturating_add(figure);
    }

    /// Adds rows of a month. `false` if they are of too many things.
    fn add(&mut self, rows: &Batch, month: i32) -> bool {
        match self.rule {
            Rule::Readings(of) => return self.add_readings(of, rows),
            Rule::Accounts => self.add_movements(rows, month),
            Rule::Documents(of) => self.add_documents(of, rows, month),
            Rule::Single(of) => self.add_single(of, rows, month),
        }
        self.series.len() <= MOST_SERIES
    }

    fn add_movements(&mut self, rows: &Batch, month: i32) {
        for row in 0..rows.rows() {
            if matches!(rows.integer(bank::STATUS, row), Some(bank::status::PENDING | bank::status::REVERSED))
            {
                continue;
            }
            let currency = rows.text(bank::CURRENCY, row).unwrap_or_default();
            match rows.integer(bank::AMOUNT, row) {
                Some(amount @ ..0) => {
                    self.count(SumOf::Out, Some(currency), month, amount.saturating_neg());
                }
                Some(amount) => self.count(SumOf::In, Some(currency), month, amount),
                None => self.left_out += 1,
            }
        }
    }

    fn add_documents(&mut self, of: Documents, rows: &Batch, month: i32) {
        for row in 0..rows.rows() {
            let is_void = of.void.is_some_and(|(field, codes)| {
                rows.integer(field, row).is_some_and(|code| codes.contains(&code))
            });
            let kind = rows.integer(of.row, row);
            let is_whole = kind.is_none() || kind == Some(of.whole);
            if is_void || !(is_whole || kind == Some(of.part)) {
                continue;
            }
            let id = rows.text(of.id, row).filter(|id| !id.is_empty());
            let currency = rows.text(of.currency, row).unwrap_or_default();
            let amounts = of.amounts.iter();
            let amounts: Vec<(&'static str, i64)> =
                amounts.filter_map(|(field, name)| Some((*name, rows.integer(*field, row)?))).collect();
            if !is_whole {
                let (id, currency) = (id.map(str::to_owned), currency.to_owned());
                self.parts.push(Part { id, currency, month, amounts });
                continue;
            }
            self.wholes.extend(id.filter(|id| !self.wholes.contains(*id)).map(str::to_owned));
            self.left_out += u64::from(amounts.is_empty());
            for (name, amount) in amounts {
                self.count(of.part_name(name), Some(currency), month, amount);
            }
        }
    }

    fn add_single(&mut self, of: Single, rows: &Batch, month: i32) {
        for row in (0..rows.rows()).filter(|row| rows.integer(of.kind, *row) == Some(of.is)) {
            let Some(figure) = rows.integer(of.figure, row) else {
                self.left_out += 1;
                continue;
            };
            let what = if of.by_holder {
                SumOf::Holder(rows.text(self.holder, row).unwrap_or_default().to_owned())
            } else {
                SumOf::All
            };
            self.count(what, None, month, figure);
        }
    }

    fn add_readings(&mut self, of: Readings, rows: &Batch) -> bool {
        let mut last = 0;
        for row in 0..rows.rows() {
            let what = match of.flow {
                None => SumOf::All,
                Some((what, direction)) => {
                    let commodity = rows.integer(what, row).and_then(|code| usize::try_from(code).ok());
                    match (commodity, rows.integer(direction, row)) {
                        (Some(code), Some(energy::direction::CONSUMED)) => SumOf::Consumed(code),
                        (Some(code), Some(energy::direction::PRODUCED)) => SumOf::Produced(code),
                        // A balance or a sum of both directions is neither.
                        _ => {
                            self.left_out += 1;
                            continue;
                        }
                    }
                }
            };
            let (Some(start), Some(seconds @ 1..=LONGEST_MONTH), Some(day)) =
                (rows.time(row), rows.integer(of.duration, row), rows.day(row))
            else {
                self.left_out += 1;
                continue;
            };
            let mut figures = [None; 2];
            for (figure, (field, _)) in figures.iter_mut().zip(of.figures) {
                *figure = rows.integer(*field, row);
            }
            let meter = rows.text(of.meter, row).unwrap_or_default();
            let series = rows.text(of.series, row).unwrap_or_default();
            // Most rows are of the series of the row before.
            let is_it = |one: &MeterSeries| one.of == what && one.meter == meter && one.series == series;
            if !self.readings.get(last).is_some_and(is_it) {
                last = self.readings.iter().position(is_it).unwrap_or(self.readings.len());
            }
            if last == self.readings.len() {
                if last == MOST_READ {
                    return false;
                }
                self.readings.push(MeterSeries {
                    of: what,
                    meter: meter.to_owned(),
                    series: series.to_owned(),
                    days: BTreeMap::new(),
                    long: Vec::new(),
                });
            }
            let one = &mut self.readings[last];
            if seconds > LONGEST_DAY {
                one.long.push((start, start.saturating_add(seconds), day.0, figures));
                continue;
            }
            let reading = one.days.entry(day.0).or_default();
            reading.seconds = reading.seconds.saturating_add(seconds);
            reading.rows += 1;
            for (at, figure) in figures.into_iter().enumerate() {
                match figure {
                    Some(figure) => {
                        let sum = reading.figures[at].unwrap_or(0).saturating_add(figure);
                        reading.figures[at] = Some(sum);
                    }
                    None => reading.without[at] += 1,
                }
            }
        }
        true
    }

    fn finish(mut self) -> Option<Quantities> {
        match self.rule {
            Rule::Readings(of) => self.finish_readings(of),
            Rule::Documents(of) => {
                for part in std::mem::take(&mut self.parts) {
                    if part.id.as_ref().is_some_and(|id| self.wholes.contains(id)) {
                        continue;
                    }
                    self.left_out += u64::from(part.amounts.is_empty());
                    for (name, amount) in part.amounts {
                        self.count(of.part_name(name), Some(&part.currency), part.month, amount);
                    }
                }
            }
            Rule::Accounts | Rule::Single(_) => {}
        }
        if self.series.is_empty() || self.series.len() > MOST_SERIES {
            return None;
        }
        let Sums { measured, left_out, series, .. } = self;
        let series =
            series.into_iter().map(|((of, currency), months)| MonthSums { of, currency, months }).collect();
        Some(Quantities { measured, series, left_out })
    }

    /// Adds up the readings, each moment of a meter once.
    ///
    /// For each local day, the series counts that covers most of it; among those that cover as much (within an
    /// hour), the finest. A longer reading counts if no shorter one is within it. It counts to the month in which it
    /// begins. The apps' SDK has the same rule.
    fn finish_readings(&mut self, of: Readings) {
        let has = |at: usize| {
            let any = |one: &MeterSeries| {
                one.days.values().any(|day| day.figures[at].is_some())
                    || one.long.iter().any(|(.., figures)| figures[at].is_some())
            };
            self.readings.iter().any(any)
        };
        let at = (0..of.figures.len()).find(|at| has(*at)).unwrap_or(0);
        self.measured = of.figures[at].1;
        let mut meters: BTreeMap<(SumOf, String), Vec<MeterSeries>> = BTreeMap::new();
        for one in std::mem::take(&mut self.readings) {
            meters.entry((one.of.clone(), one.meter.clone())).or_default().push(one);
        }
        for ((what, _), series) in meters {
            let days: BTreeSet<i32> = series.iter().flat_map(|one| one.days.keys().copied()).collect();
            for day in &days {
                let there = || series.iter().filter_map(|one| one.days.get(day)).enumerate();
                let most = there().map(|(_, day)| day.seconds).max().unwrap_or(0);
                let near = there().filter(|(_, day)| day.seconds >= most - 3_600);
                let finest = near.max_by_key(|(order, day)| (day.rows, std::cmp::Reverse(*order)));
                let Some((_, reading)) = finest else { continue };
                self.left_out += u64::from(reading.without[at]);
                if let Some(figure) = reading.figures[at] {
                    self.count(what.clone(), None, Day(*day).month(), figure);
                }
            }
            let mut long: Vec<_> = series.iter().flat_map(|one| &one.long).copied().collect();
            long.sort_unstable();
            let mut end = i64::MIN;
            for (start, until, day, figures) in long {
                let last =
                    day.saturating_add(i32::try_from((until - start - 1) / 86_400).unwrap_or(i32::MAX));
                // Two bills may share the day of a reading.
                let is_free = start.saturating_add((until - start) / 20) >= end
                    && days.range(day..=last).next().is_none();
                if !is_free {
                    continue;
                }
                end = until;
                match figures[at] {
                    Some(figure) => self.count(what.clone(), None, Day(day).month(), figure),
                    None => self.left_out += 1,
                }
            }
        }
    }
}

impl Documents {
    /// What a sum of one of the amounts is called.
    fn part_name(self, name: &'static str) -> SumOf {
        if self.amounts.len() == 1 { SumOf::All } else { SumOf::Field(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isolation;
    use crate::caller::me;
    use mesinfos_model::{BatchBuilder, Cell};

    const JANUARY: i32 = 55 * 12;
    /// The first of January 2025, in UTC seconds.
    const START: i64 = 1_735_689_600;
    const DAY: i64 = 86_400;

    type Cells<'a> = Vec<(usize, Cell<'a>)>;

    fn sums(category: Category, rows: &[Cells<'_>]) -> Option<Quantities> {
        sums_within(category, rows, MOST_SUMMED)
    }

    fn sums_within(category: Category, rows: &[Cells<'_>], most: u64) -> Option<Quantities> {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let mut batch = BatchBuilder::new(category);
        for row in rows {
            batch.push(row);
        }
        platform.import_rows(&me("p"), "f", &[batch.finish()]).unwrap();
        let person = platform.person("p").unwrap();
        sum_up(&person.vault, category, (JANUARY, JANUARY + 2), most).unwrap()
    }

    fn months(of: &MonthSums) -> Vec<(i32, i64)> {
        of.months.iter().map(|(month, sum)| (month - JANUARY, *sum)).collect()
    }

    fn reading<'a>(series: &'a str, start: i64, seconds: i64, energy: Option<i64>) -> Cells<'a> {
        let mut cells: Cells<'a> = vec![
            (energy::HOLDER, "Enedis".into()),
            (energy::SERIES, series.into()),
            (energy::METER, "m".into()),
            (energy::COMMODITY, energy::commodity::ELECTRICITY.into()),
            (energy::DIRECTION, energy::direction::CONSUMED.into()),
            (energy::START, start.into()),
            (energy::UTC_OFFSET, 0_i64.into()),
            (energy::DURATION, seconds.into()),
        ];
        cells.extend(energy.map(|energy| (energy::ENERGY, energy.into())));
        cells
    }

    #[test]
    fn each_moment_of_a_meter_counts_once() {
        // A whole first day and half of the second in half-hours; two days and two months of the same meter.
        let mut rows: Vec<Cells<'_>> =
            (0..72).map(|at| reading("half-hours", START + at * 1_800, 1_800, Some(10))).collect();
        rows.push(reading("days", START, DAY, Some(480)));
        rows.push(reading("days", START + DAY, DAY, Some(500)));
        rows.push(reading("months", START, 31 * DAY, Some(9_999)));
        rows.push(reading("months", START + 31 * DAY, 28 * DAY, Some(7_000)));
        rows.push(reading("years", START, 365 * DAY, Some(100_000)));
        rows.push(reading("days", START + 40 * DAY, DAY, None));
        let found = sums(Category::Energy, &rows).unwrap();
        assert_eq!(found.measured, Measured::Energy);
        let [of] = &found.series[..] else { panic!("{found:?}") };
        assert_eq!(of.of, SumOf::Consumed(0));
        // The month of February has a day within it, which has no figure.
        assert_eq!(months(of), [(0, 480 + 500)]);
        assert_eq!(found.left_out, 2, "the year, and the day without a figure");
    }

    #[test]
    fn a_month_counts_where_nothing_shorter_was_read() {
        let rows = [
            reading("months", START, 31 * DAY, Some(9_000)),
            reading("months", START + 31 * DAY, 28 * DAY, Some(7_000)),
            reading("bills", START + 45 * DAY, 30 * DAY, Some(1)),
        ];
        let found = sums(Category::Energy, &rows).unwrap();
        assert_eq!(months(&found.series[0]), [(0, 9_000), (1, 7_000)]);
    }

    #[test]
    fn what_flows_in_two_directions_is_two_things() {
        let mut made = reading("out", START, DAY, Some(300));
        made[4].1 = energy::direction::PRODUCED.into();
        let mut net = reading("net", START, DAY, Some(5));
        net[4].1 = energy::direction::NET.into();
        let found = sums(Category::Energy, &[reading("in", START, DAY, Some(700)), made, net]).unwrap();
        let of: Vec<_> = found.series.iter().map(|one| (one.of.clone(), months(one))).collect();
        assert_eq!(of, [(SumOf::Consumed(0), vec![(0, 700)]), (SumOf::Produced(0), vec![(0, 300)])]);
        assert_eq!(found.left_out, 1);
    }

    #[test]
    fn money_that_is_pending_or_cancelled_does_not_count() {
        let row = |day: i64, amount: i64, currency: &'static str, status: i64| -> Cells<'static> {
            vec![
                (bank::BOOKED_ON, (START / DAY + day).into()),
                (bank::AMOUNT, amount.into()),
                (bank::CURRENCY, currency.into()),
                (bank::STATUS, status.into()),
            ]
        };
        let booked = bank::status::BOOKED;
        let rows = [
            row(0, -1_200, "EUR", booked),
            row(1, -300, "EUR", booked),
            row(2, 5_000, "EUR", booked),
            row(32, -7, "EUR", booked),
            row(3, -9, "USD", booked),
            row(4, -40_000, "EUR", bank::status::PENDING),
            row(5, -40_001, "EUR", bank::status::REVERSED),
        ];
        let found = sums(Category::Bank, &rows).unwrap();
        let of: Vec<_> =
            found.series.iter().map(|s| (&s.of, s.currency.as_deref().unwrap(), months(s))).collect();
        let expected = [
            (&SumOf::Out, "EUR", vec![(0, 1_500), (1, 7)]),
            (&SumOf::Out, "USD", vec![(0, 9)]),
            (&SumOf::In, "EUR", vec![(0, 5_000)]),
        ];
        assert_eq!(of, expected);
    }

    #[test]
    fn lines_count_where_their_receipt_is_not_there() {
        let row = |kind: i64, receipt: &'static str, amount: i64, status: i64| -> Cells<'static> {
            vec![
                (purchases::ROW, kind.into()),
                (purchases::RECEIPT, receipt.into()),
                (purchases::AT, START.into()),
                (purchases::AMOUNT, amount.into()),
                (purchases::STATUS, status.into()),
                (purchases::CURRENCY, "EUR".into()),
            ]
        };
        let bought = purchases::status::BOUGHT;
        let (line, receipt) = (purchases::row::LINE, purchases::row::RECEIPT);
        let rows = [
            row(line, "a", 400, bought),
            row(line, "a", 600, bought),
            row(receipt, "a", 1_000, bought),
            row(line, "b", 50, bought),
            row(line, "b", 70, purchases::status::CANCELLED),
        ];
        let found = sums(Category::Purchases, &rows).unwrap();
        assert_eq!(months(&found.series[0]), [(0, 1_050)]);
        assert_eq!((found.series.len(), found.left_out), (1, 0));
    }

    #[test]
    fn trips_of_two_holders_are_not_added() {
        let row = |holder: &'static str, kind: i64, metres: i64| -> Cells<'static> {
            vec![
                (mobility::HOLDER, holder.into()),
                (mobility::ROW, kind.into()),
                (mobility::AT, START.into()),
                (mobility::DISTANCE, metres.into()),
            ]
        };
        let leg = mobility::row::LEG;
        let rows = [row("G", leg, 1_000), row("S", leg, 900), row("G", mobility::row::VISIT, 5)];
        let found = sums(Category::Mobility, &rows).unwrap();
        let of: Vec<_> = found.series.iter().map(|one| (one.of.clone(), months(one))).collect();
        let holder = |name: &str| SumOf::Holder(name.to_owned());
        assert_eq!(of, [(holder("G"), vec![(0, 1_000)]), (holder("S"), vec![(0, 900)])]);
    }

    #[test]
    fn the_rows_that_are_opened_are_bounded() {
        let rows: Vec<Cells<'_>> =
            (0..4).map(|at| reading("days", START + at * DAY, DAY, Some(10))).collect();
        assert!(sums_within(Category::Energy, &rows, 4).is_some());
        assert!(sums_within(Category::Energy, &rows, 3).is_none());
        // Rows of other months are not opened.
        let mut more = rows;
        more.push(reading("days", START + 200 * DAY, DAY, Some(10)));
        assert_eq!(months(&sums_within(Category::Energy, &more, 4).unwrap().series[0]), [(0, 40)]);
    }

    #[test]
    fn what_nobody_should_add_up_has_no_sum() {
        for &category in Category::ALL {
            let fields = Rule::of(category).map(|rule| rule.fields(category));
            assert!(fields.is_none_or(|fields| fields.contains(category.schema().time)), "{category}");
        }
        assert!(Rule::of(Category::Social).is_none() && Rule::of(Category::Contracts).is_none());
        // Energies, currencies and holders are bounded.
        let currencies: Vec<String> = (0..=MOST_SERIES).map(|at| format!("X{at:02}")).collect();
        let row = |currency: &'static str| -> Cells<'static> {
            vec![
                (bank::BOOKED_ON, (START / DAY).into()),
                (bank::AMOUNT, 5_i64.into()),
                (bank::CURRENCY, currency.into()),
            ]
        };
        let rows: Vec<Cells<'_>> =
            currencies.iter().map(|currency| row(Box::leak(currency.clone().into_boxed_str()))).collect();
        assert!(sums(Category::Bank, &rows[..MOST_SERIES]).is_some());
        assert!(sums(Category::Bank, &rows).is_none());
    }
}
