//! Readings of energy meters, one row per interval of a series (ESPI `IntervalReading`).
//!
//! A meter often has several series for the same time (half-hours and days), so the sum of all rows counts
//! energy twice. [`consumed`] selects series without overlap; [`readings`] returns every row unchanged.

pub use crate::columns::energy::*;
pub use crate::load::{above_summer, base_load, by_day, covered, sum};

use crate::data::{AccessError, Period};
use crate::numbers::scaled;
use crate::span::Span;
use crate::units::{Date, Energy, Timestamp};
use std::collections::BTreeMap;

const DAY: i64 = 86_400;

/// From the first to the last day of readings.
pub fn span(readings: &[Interval]) -> Option<Span> {
    let (first, last) = readings.iter().fold(None, |span: Option<(Date, Date)>, reading| {
        let (first, last) = (reading.start.date(), reading.last_day());
        Some(span.map_or((first, last), |span| (span.0.min(first), span.1.max(last))))
    })?;
    Some(Span { first, last })
}

/// Energy of one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Start of the interval.
    pub start: Timestamp,
    /// Length in seconds, positive.
    pub seconds: i64,
    /// Energy of the whole interval.
    pub energy: Energy,
}

impl Interval {
    fn end(&self) -> i64 {
        self.start.utc.saturating_add(self.seconds)
    }

    /// The local day in which it ends: that of a whole month is the last of the month.
    #[must_use]
    pub fn last_day(&self) -> Date {
        // The clock may change within an interval of days, whose end is then an hour from midnight.
        let before = if self.seconds >= DAY { 2 * 3_600 } else { 1 };
        Timestamp { utc: self.end().saturating_sub(before), ..self.start }.date()
    }

    /// Mean power in watts, rounded.
    #[must_use]
    pub fn watts(&self) -> i64 {
        scaled(self.energy.0, 3_600, i128::from(self.seconds.max(1)) * 1_000)
    }
}

/// A local day has 23 to 25 hours; a longer interval is a month or a bill.
pub(crate) const LONGEST_DAY: i64 = 25 * 3600;

/// Consumption of `commodity` over all meters, each moment counted once; see [`without_overlap`]. Rows
/// without a start, a length or an energy are left out.
///
/// # Errors
/// [`AccessError`] if the rows cannot be read.
pub fn consumed(commodity: Commodity, period: Period) -> Result<Vec<Interval>, AccessError> {
    let mut series: BTreeMap<(String, String), Vec<Interval>> = BTreeMap::new();
    for page in pages(period) {
        let page = page?;
        // In a page, a series has the same codes in all rows: compare texts only once.
        let mut of_page: BTreeMap<(Option<u32>, Option<u32>), Vec<Interval>> = BTreeMap::new();
        for index in 0..page.len() {
            let row = MeterReading::of(&page, index);
            if row.commodity() != Some(commodity) || row.direction() != Some(Direction::Consumed) {
                continue;
            }
            if let (Some(start), Some(seconds @ 1..), Some(energy)) =
                (row.start(), row.duration(), row.energy())
            {
                let codes = (page.meter().code(index), page.series().code(index));
                of_page.entry(codes).or_default().push(Interval { start, seconds, energy });
            }
        }
        for ((meter, name), rows) in of_page {
            let meter = meter.and_then(|code| page.meter().value(code)).unwrap_or_default().to_owned();
            let name = name.and_then(|code| page.series().value(code)).unwrap_or_default().to_owned();
            series.entry((meter, name)).or_default().extend(rows);
        }
    }
    let mut meters: BTreeMap<String, Vec<Vec<Interval>>> = BTreeMap::new();
    for ((meter, _), rows) in series {
        meters.entry(meter).or_default().push(rows);
    }
    let mut all: Vec<Interval> = meters.into_values().flat_map(|meter| without_overlap(&meter)).collect();
    all.sort_by_key(|interval| interval.start.utc);
    Ok(all)
}

/// Intervals of one meter's series (one list each) such that no two cover the same time.
///
/// For each local day, takes the series that covers most of it; among series that cover as much (within an
/// hour), the finest one. Takes months and bills only if there is no shorter reading.
#[must_use]
pub fn without_overlap(series: &[Vec<Interval>]) -> Vec<Interval> {
    // Per day and series: seconds covered and number of rows.
    let mut days: BTreeMap<Date, BTreeMap<usize, (i64, usize)>> = BTreeMap::new();
    let short = |interval: &&Interval| interval.seconds <= LONGEST_DAY;
    for (index, rows) in series.iter().enumerate() {
        for row in rows.iter().filter(short) {
            let cover = days.entry(row.start.date()).or_default().entry(index).or_default();
            *cover = (cover.0.saturating_add(row.seconds), cover.1 + 1);
        }
    }
    let chosen = |day: Date| {
        let covers = days.get(&day)?;
        let most = covers.values().map(|cover| cover.0).max()?;
        let near = covers.iter().filter(|(_, cover)| cover.0 >= most - 3600);
        near.max_by_key(|(index, cover)| (cover.1, std::cmp::Reverse(**index))).map(|(i, _)| *i)
    };
    let chosen: BTreeMap<Date, usize> = days.keys().filter_map(|day| Some((*day, chosen(*day)?))).collect();
    let mut kept = Vec::new();
    for (index, rows) in series.iter().enumerate() {
        let of_day = |row: &&Interval| chosen.get(&row.start.date()) == Some(&index);
        kept.extend(rows.iter().filter(short).filter(of_day).copied());
    }
    let mut kept = in_order(kept);
    let long = series.iter().flatten().filter(|row| row.seconds > LONGEST_DAY).copied();
    let free: Vec<Interval> = long.filter(|row| is_free(&kept, row)).collect();
    kept.extend(free);
    in_order(kept)
}

/// Whether no interval of `kept`, which is in order, overlaps `row`.
fn is_free(kept: &[Interval], row: &Interval) -> bool {
    let after = kept.partition_point(|other| other.end() <= row.start.utc);
    kept.get(after).is_none_or(|other| other.start.utc >= row.end())
}

/// Sorts by start, and drops each interval that begins before the end of the previous one. A day counted as
/// 24 hours by a data holder, although clocks changed, may overlap by up to an hour.
fn in_order(mut rows: Vec<Interval>) -> Vec<Interval> {
    rows.sort_by_key(|row| (row.start.utc, row.seconds));
    let mut end = i64::MIN;
    rows.retain(|row| {
        let lap = (row.seconds / 20).min(3600);
        let apart = row.start.utc.saturating_add(lap) >= end;
        if apart {
            end = row.end();
        }
        apart
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_on_its_last_day() {
        let day = |month, day| Date::new(2025, month, day).unwrap();
        let of = |first: Date, offset, seconds| Interval {
            start: Timestamp { utc: i64::from(first.0) * DAY - offset * 60, offset },
            seconds,
            energy: Energy(1),
        };
        // Hours, days, and the months of France in which the clock changes.
        assert_eq!(of(day(1, 1), 60, 3_600).last_day(), day(1, 1));
        assert_eq!(of(day(1, 1), 60, DAY).last_day(), day(1, 1));
        assert_eq!(of(day(12, 1), 60, 31 * DAY).last_day(), day(12, 31));
        assert_eq!(of(day(10, 1), 120, 31 * DAY + 3_600).last_day(), day(10, 31));
        assert_eq!(of(day(3, 1), 60, 31 * DAY - 3_600).last_day(), day(3, 31));
        let year = [of(day(1, 1), 60, 31 * DAY), of(day(12, 1), 60, 31 * DAY)];
        assert_eq!(span(&year), Some(Span { first: day(1, 1), last: day(12, 31) }));
        assert_eq!(span(&[]), None);
    }

    fn rows(first: i64, seconds: i64, count: i64) -> Vec<Interval> {
        let at = |i| Timestamp { utc: first + i * seconds, offset: 0 };
        (0..count).map(|i| Interval { start: at(i), seconds, energy: Energy(seconds) }).collect()
    }

    #[test]
    fn the_finer_series_wins_where_it_is_whole() {
        let half_hours = rows(0, 1800, 48 + 10);
        let days = rows(0, DAY, 3);
        let kept = without_overlap(&[days, half_hours]);
        assert_eq!(kept.len(), 48 + 2, "half-hours of the whole day, then days");
        assert_eq!(sum(&kept).0, 3 * DAY, "nothing twice, nothing lost");
    }

    #[test]
    fn months_fill_only_what_is_free() {
        let months = rows(0, 30 * DAY, 2);
        let kept = without_overlap(&[months, rows(0, DAY, 5)]);
        assert_eq!(sum(&kept).0, (5 + 30) * DAY);
    }

    #[test]
    fn power_is_energy_by_time_and_rounded() {
        let of = |seconds, energy| Interval { seconds, energy: Energy(energy), ..rows(0, 1, 1)[0] }.watts();
        assert_eq!([of(3_600, 1_500), of(3_600, 1_499), of(1_800, 500_000), of(0, 1)], [2, 1, 1_000, 4]);
    }

    #[test]
    fn a_day_is_of_the_series_that_covers_it_within_an_hour() {
        // Half-hours of 23 hours beside a day of 24: an hour less is near enough, two half-hours and a quarter are not.
        let day = rows(0, DAY, 1);
        assert_eq!(without_overlap(&[day.clone(), rows(0, 1_800, 46)]).len(), 46);
        assert_eq!(without_overlap(&[day.clone(), rows(0, 900, 91)]), day);
        // Of two that are as fine, the first.
        let other: Vec<Interval> =
            rows(0, 3_600, 24).iter().map(|row| Interval { energy: Energy(7), ..*row }).collect();
        assert_eq!(without_overlap(&[rows(0, 3_600, 24), other.clone()]), rows(0, 3_600, 24));
        assert_eq!(without_overlap(&[other.clone(), rows(0, 3_600, 24)]), other);
    }

    #[test]
    fn a_long_reading_is_taken_where_nothing_else_is() {
        let longer = |first, seconds| Interval { seconds, ..rows(first, 1, 1)[0] };
        // 25 hours are a day, a second more is a bill: it does not count beside a day that it overlaps.
        assert_eq!(without_overlap(&[vec![longer(0, LONGEST_DAY)], rows(0, 3_600, 1)]).len(), 1);
        let bill = longer(0, 2 * DAY);
        assert_eq!(without_overlap(&[vec![bill], rows(2 * DAY, DAY, 1)]).len(), 2, "a day after it");
        assert_eq!(without_overlap(&[vec![bill], rows(2 * DAY - 1, DAY, 1)]).len(), 1, "a second too early");
        assert_eq!(
            without_overlap(&[vec![longer(DAY, 2 * DAY)], rows(0, DAY, 1)]).len(),
            2,
            "a day before it"
        );
        assert_eq!(without_overlap(&[vec![longer(DAY - 1, 2 * DAY)], rows(0, DAY, 1)]).len(), 1);
    }

    #[test]
    fn a_twentieth_may_overlap_and_an_hour_at_most() {
        let two = |seconds: i64, lap: i64| {
            let mut all = rows(0, seconds, 1);
            all.extend(rows(seconds - lap, seconds, 1));
            in_order(all).len()
        };
        assert_eq!((two(3_600, 180), two(3_600, 181)), (2, 1));
        assert_eq!((two(DAY, 3_600), two(DAY, 3_601)), (2, 1));
    }

    #[test]
    fn what_is_consumed_is_of_each_meter_once() {
        use crate::testing::{Row, give};
        let row = |meter: &str, series: &str, start: i64, seconds: i64| {
            let row =
                Row::new().set("commodity", Commodity::Electricity).set("direction", Direction::Consumed);
            let row =
                row.set("meter", meter).set("series", series).set("start", start).set("duration", seconds);
            row.set("energy", seconds)
        };
        let mut given: Vec<Row> = (0..24).map(|hour| row("A", "hours", hour * 3_600, 3_600)).collect();
        given.push(row("A", "days", 0, DAY));
        given.push(row("B", "days", 0, DAY));
        given.push(row("A", "hours", DAY, 3_600).set("commodity", Commodity::Gas));
        given.push(row("A", "hours", DAY, 3_600).set("direction", Direction::Produced));
        for column in ["start", "duration", "energy", "commodity", "direction"] {
            given.push(row("A", "hours", DAY, 3_600).without(column));
        }
        given.push(row("A", "hours", DAY, 3_600).set("duration", 0));
        given.push(row("A", "hours", DAY, 3_600).without("meter").without("series"));
        give("energy", given);
        let all = consumed(Commodity::Electricity, Period::all()).unwrap();
        assert_eq!(
            (all.len(), sum(&all)),
            (26, Energy(2 * DAY + 3_600)),
            "24 hours of A, a day of B, an hour of no meter"
        );
        assert!(all.windows(2).all(|pair| pair[0].start.utc <= pair[1].start.utc));
    }

    #[test]
    fn a_reading_given_twice_counts_once() {
        let mut twice = rows(0, 3600, 24);
        twice.extend(rows(0, 3600, 24));
        assert_eq!(sum(&without_overlap(&[twice])).0, DAY);
        assert!(without_overlap(&[]).is_empty());
    }

    #[test]
    fn hours_in_a_row_all_stay_where_clocks_change() {
        // 2025-10-26 in Paris: 25 hours, of which two are shown as 2:00; 2025-03-30: 23.
        for (midnight, before, after, hours) in [(1_761_429_600, 120, 60, 25), (1_743_289_200, 60, 120, 23)] {
            let change = midnight + before * 60 + 3_600;
            let units: Vec<Interval> = (0..hours)
                .map(|hour| midnight + hour * 3_600)
                .map(|utc| Interval {
                    start: Timestamp { utc, offset: if utc < change { before } else { after } },
                    seconds: 3_600,
                    energy: Energy(1_000),
                })
                .collect();
            let kept = without_overlap(std::slice::from_ref(&units));
            assert_eq!(kept, units);
            assert_eq!(sum(&kept).0, hours * 1_000);
        }
    }

    #[test]
    fn the_short_day_of_march_stays() {
        let mut days = rows(0, DAY, 2);
        days.extend(rows(2 * DAY - 3600, DAY, 1));
        assert_eq!(without_overlap(&[days]).len(), 3);
    }
}
