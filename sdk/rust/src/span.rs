//! Days that rows are of, and what may be said of them. A year is said only of days that are nearly a year, an ordinary
//! month only of whole months in a row; two sources are added only if they are of the same time.

use crate::numbers::median;
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Most days from one row to the next without a hole in the data. A household pays, drives or phones more often than once
/// a month: after a longer silence, rows are missing.
const SILENCE: i32 = 31;

/// Days that count as a year: a monthly payment must not count thirteen times.
const NEARLY_A_YEAR: i64 = 330;

/// Least number of days, a quarter of a year, that is brought to a year. Of fewer, one cold week or one journey decides.
const A_QUARTER: i64 = 90;

/// Most days between the ends of two sources that are of the same time, and from the newest row to today if rows are
/// those of now. Bills and statements come some weeks late.
const NEAR: i32 = 62;

/// Most days from the end of the newest whole month to today, if it tells what an ordinary month is now: half a year.
const HALF_A_YEAR: i32 = 183;

/// A month is missing if it has less than this part of the rows of an ordinary month.
const NEXT_TO_NOTHING: i64 = 8;

/// Least number of whole months in a row that tell of an ordinary month.
pub const LEAST_MONTHS: usize = 3;

/// What a number of known days says of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing: amounts are those of the days.
    Part,
    /// Amounts can be brought to a year, and the text says so.
    Pace,
    /// It is a year.
    Year,
}

impl Reach {
    /// The reach of a number of known days.
    ///
    /// ```
    /// use mesinfos_sdk::span::Reach;
    /// assert_eq!([21, 89, 90, 329, 330].map(Reach::of), [
    ///     Reach::Part, Reach::Part, Reach::Pace, Reach::Pace, Reach::Year
    /// ]);
    /// ```
    #[must_use]
    pub fn of(days: i64) -> Reach {
        match days {
            NEARLY_A_YEAR.. => Reach::Year,
            A_QUARTER.. => Reach::Pace,
            _ => Reach::Part,
        }
    }
}

/// Days from the first to the last one, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Span {
    /// From the first to the last of these days, in any order.
    pub fn of(days: impl IntoIterator<Item = Date>) -> Option<Span> {
        days.into_iter().fold(None, |span: Option<Span>, day| {
            let Span { first, last } = span.unwrap_or(Span { first: day, last: day });
            Some(Span { first: first.min(day), last: last.max(day) })
        })
    }

    /// The newest of these days, back to the first hole: rows of ten years ago and of last week are not ten years.
    ///
    /// ```
    /// use mesinfos_sdk::{Date, span::Span};
    /// let day = |year, month, day| Date::new(year, month, day).unwrap();
    /// let rows = [day(2016, 3, 1), day(2026, 2, 3), day(2026, 11, 4), day(2026, 11, 12)];
    /// let newest = Span::newest(rows).unwrap();
    /// assert_eq!((newest.first, newest.days()), (day(2026, 11, 4), 9));
    /// ```
    pub fn newest(days: impl IntoIterator<Item = Date>) -> Option<Span> {
        runs(&days.into_iter().collect()).pop()
    }

    /// Number of days.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.last - self.first) + 1
    }

    /// Its last 365 days.
    #[must_use]
    pub fn last_year(self) -> Span {
        Span { first: self.first.max(self.last.plus_days(-364)), ..self }
    }

    /// Whether it is of the time of `today`: figures of it are those of now.
    #[must_use]
    pub fn is_current(self, today: Date) -> bool {
        today - self.last <= NEAR
    }

    /// Whether both end at nearly the same time, so that a year of one and a year of the other are the same year.
    #[must_use]
    pub fn is_with(self, other: Span) -> bool {
        (self.last - other.last).abs() <= NEAR
    }

    /// From the first day of either to the last day of either.
    #[must_use]
    pub fn and(self, other: Span) -> Span {
        Span { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// Days without a hole between them, oldest first.
fn runs(days: &BTreeSet<Date>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for &day in days {
        match runs.last_mut().filter(|run| day - run.last <= SILENCE) {
            Some(run) => run.last = day,
            None => runs.push(Span { first: day, last: day }),
        }
    }
    runs
}

/// Months that rows of these days cover, oldest first: rows begin by their 5th and go on to their last five days, without a
/// hole. A month with next to nothing beside the others is missing: a stray row is no statement.
#[must_use]
pub fn whole_months(days: impl IntoIterator<Item = Date>) -> BTreeSet<Date> {
    let mut counts: BTreeMap<Date, i64> = BTreeMap::new();
    let mut distinct = BTreeSet::new();
    for day in days {
        *counts.entry(day.month_start()).or_default() += 1;
        distinct.insert(day);
    }
    let runs = runs(&distinct);
    let is_covered = |month: Date| {
        runs.iter()
            .any(|run| run.first <= month.plus_days(4) && run.last >= month.plus_months(1).plus_days(-5))
    };
    counts.retain(|month, _| is_covered(*month));
    let ordinary = median(counts.values().copied().collect()).unwrap_or(0);
    counts
        .into_iter()
        .filter(|(_, count)| count.saturating_mul(NEXT_TO_NOTHING) >= ordinary)
        .map(|(month, _)| month)
        .collect()
}

/// The newest whole months in a row, `most` at most, oldest first, that tell of an ordinary month of now: see
/// [`whole_months`]. The month of `today` goes on, and is not one of them. A missing month ends them. None if they end
/// more than half a year before `today`, or are fewer than [`LEAST_MONTHS`].
///
/// ```
/// use mesinfos_sdk::{Date, span::ordinary_months};
/// let first = Date::new(2025, 1, 1).unwrap();
/// let days = || (0..200).map(|n| first.plus_days(n));
/// let months = ordinary_months(days(), first.plus_days(200), 4);
/// assert_eq!(months, [3, 4, 5, 6].map(|month| Date::new(2025, month, 1).unwrap()));
/// assert!(ordinary_months(days(), first.plus_days(2_000), 4).is_empty(), "of another time");
/// ```
#[must_use]
pub fn ordinary_months(days: impl IntoIterator<Item = Date>, today: Date, most: usize) -> Vec<Date> {
    let begun = today.month_start();
    // Rows of the month that goes on show that the one before it is covered to its end.
    let whole = whole_months(days).into_iter().filter(|month| *month < begun).collect();
    let months = newest_of(&whole, most);
    let is_recent = months.last().is_some_and(|newest| today - newest.plus_months(1) <= HALF_A_YEAR);
    if is_recent && months.len() >= LEAST_MONTHS { months } else { Vec::new() }
}

/// The newest whole months in a row, `most` at most, oldest first, however few and old they are: a text that tells of them
/// says which ones.
#[must_use]
pub fn newest_months(days: impl IntoIterator<Item = Date>, most: usize) -> Vec<Date> {
    newest_of(&whole_months(days), most)
}

fn newest_of(whole: &BTreeSet<Date>, most: usize) -> Vec<Date> {
    let back = std::iter::successors(whole.last().copied(), |month| Some(month.plus_months(-1)));
    let mut months: Vec<Date> = back.take_while(|month| whole.contains(month)).take(most).collect();
    months.reverse();
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn the_month_that_goes_on_is_not_whole() {
        let days = || all(day(2026, 8, 1), day(2026, 11, 29));
        let until = |today| ordinary_months(days(), today, 12).last().copied();
        assert_eq!(until(day(2026, 11, 30)), Some(day(2026, 10, 1)));
        assert_eq!(until(day(2026, 12, 1)), Some(day(2026, 11, 1)));
        // A row each tenth day: the newest of October is of the 23rd, and those of November go on from there.
        let seldom = || all(day(2026, 6, 5), day(2026, 11, 29)).step_by(10);
        let until = |today| ordinary_months(seldom(), today, 12).last().copied();
        assert_eq!(until(day(2026, 11, 30)), Some(day(2026, 10, 1)));
        let cut = seldom().filter(|on| *on < day(2026, 11, 1));
        assert_eq!(ordinary_months(cut, day(2026, 11, 30), 12).last(), Some(&day(2026, 9, 1)));
    }

    /// Each day from the first to the last one.
    fn all(first: Date, last: Date) -> impl Iterator<Item = Date> {
        (first.0..=last.0).map(Date)
    }

    #[test]
    fn a_hole_ends_the_newest_days() {
        let span = |days: &[Date]| Span::newest(days.iter().copied()).map(|span| (span.first, span.days()));
        assert_eq!(span(&[]), None);
        assert_eq!(span(&[day(2026, 1, 1), day(2026, 2, 1)]), Some((day(2026, 1, 1), 32)));
        assert_eq!(span(&[day(2026, 1, 1), day(2026, 2, 2)]), Some((day(2026, 2, 2), 1)));
        let order = [day(2026, 3, 1), day(2025, 1, 1), day(2026, 2, 20)];
        assert_eq!(span(&order), Some((day(2026, 2, 20), 10)), "in any order");
        assert_eq!(
            Span::of(order).map(|span| (span.first, span.last)),
            Some((day(2025, 1, 1), day(2026, 3, 1)))
        );
    }

    #[test]
    fn a_year_is_the_last_one() {
        let span = Span { first: day(2021, 2, 2), last: day(2026, 2, 1) };
        assert_eq!((span.last_year().first, span.last_year().days()), (day(2025, 2, 2), 365));
        let short = Span { first: day(2026, 1, 1), last: day(2026, 2, 1) };
        assert_eq!(short.last_year(), short);
    }

    #[test]
    fn sources_are_of_one_time_if_they_end_together() {
        let until = |last| Span { first: day(2020, 1, 1), last };
        let (a, b) = (until(day(2026, 3, 1)), until(day(2026, 5, 2)));
        assert!(a.is_with(b) && b.is_with(a));
        assert!(!a.is_with(until(day(2026, 5, 3))));
        assert!(a.is_current(day(2026, 5, 2)) && !a.is_current(day(2026, 5, 3)));
        assert!(a.is_current(day(2026, 1, 1)), "rows after today are of now");
        assert_eq!(a.and(b), Span { first: day(2020, 1, 1), last: day(2026, 5, 2) });
    }

    #[test]
    fn months_in_a_row_are_ordinary() {
        let today = day(2026, 1, 1);
        let months = |days: &mut dyn Iterator<Item = Date>| ordinary_months(days, today, 12);
        let year = months(&mut all(day(2023, 1, 1), day(2025, 12, 31)));
        assert_eq!((year.len(), year[0], year[11]), (12, day(2025, 1, 1), day(2025, 12, 1)));
        let hole = all(day(2024, 1, 1), day(2025, 12, 31)).filter(|day| ![5, 6].contains(&day.month()));
        assert_eq!(months(&mut { hole }).len(), 6, "from July on");
        assert!(months(&mut all(day(2025, 11, 1), day(2025, 12, 31))).is_empty(), "two are too few");
        assert!(months(&mut all(day(2025, 10, 6), day(2025, 12, 31))).is_empty(), "October began before");
        assert_eq!(months(&mut all(day(2025, 10, 5), day(2025, 12, 27))).len(), 3);
        assert!(months(&mut all(day(2025, 10, 5), day(2025, 12, 26))).is_empty());
        assert!(months(&mut std::iter::empty()).is_empty());
    }

    #[test]
    fn months_of_another_time_are_not_ordinary() {
        let days = || all(day(2025, 1, 1), day(2025, 6, 30));
        // July is the 1st day without data.
        let after = |days_later: i32| day(2025, 7, 1).plus_days(days_later);
        assert_eq!(ordinary_months(days(), after(183), 12).len(), 6);
        assert!(ordinary_months(days(), after(184), 12).is_empty());
    }

    #[test]
    fn stray_rows_are_no_month() {
        // Some rows of ten years ago, two of February, three weeks of November.
        let old = (1..=10).map(|month| day(2016, month, 7));
        let rows =
            old.chain([day(2026, 2, 3), day(2026, 2, 20)]).chain(all(day(2026, 11, 2), day(2026, 11, 20)));
        assert!(ordinary_months(rows, day(2026, 11, 30), 12).is_empty());
        // Every day of a month twice, but of May one row, in the middle.
        let whole = all(day(2026, 1, 1), day(2026, 10, 31)).filter(|on| on.month() != 5);
        let rows: Vec<Date> = whole.flat_map(|on| [on, on]).chain([day(2026, 5, 16)]).collect();
        let months = ordinary_months(rows.iter().copied(), day(2026, 11, 1), 12);
        assert_eq!((months.len(), months[0]), (5, day(2026, 6, 1)));
        let some = rows.into_iter().chain((1..=7).map(|n| day(2026, 5, n)));
        assert_eq!(ordinary_months(some, day(2026, 11, 1), 12).len(), 10, "eight rows are few, but some");
    }
}
