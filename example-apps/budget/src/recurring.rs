//! Movements that recur every month: rent, subscriptions, a salary.

use crate::ledger::{Ledger, Movement};
use crate::themes::Theme;
use mesinfos_sdk::Date;
use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::numbers::{median, scaled};
use std::collections::{BTreeMap, BTreeSet};

/// A recurring movement. Amounts are in minor units, positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recurring {
    pub(crate) name: String,
    pub(crate) theme: Theme,
    pub(crate) incoming: bool,
    /// Median of the payments in the ordinary months; of all, if there are none.
    pub(crate) usual: i64,
    /// What was paid in the ordinary months, or a year at the usual amount if they are fewer than twelve.
    pub(crate) year: i64,
    /// Latest amount.
    pub(crate) latest: i64,
    pub(crate) last: Date,
    /// Usual day of the month.
    pub(crate) day: u8,
}

impl Recurring {
    /// Price rise: the difference between the latest and the usual amount, if it is between 3 % and 15 %. A
    /// larger change is a change in use, not in price.
    pub(crate) fn rise(&self) -> Option<i64> {
        let (rise, usual) = (self.latest - self.usual, self.usual);
        (!self.incoming && rise * 100 >= usual * 3 && rise * 100 <= usual * 15 && rise > 0).then_some(rise)
    }
}

/// Most days from one monthly payment to the next.
const LONGEST_MONTH: i64 = 45;

/// Number of whole months that make a year.
pub(crate) const YEAR: usize = 12;

/// Recurring movements: a name with one movement a month, in at least three months and in three of four months with
/// data between the first and the last, the last one at most 45 days before `until`; `year` has the ordinary months. Four of five amounts are within
/// 15 % of their median; direct debits (an energy bill) may vary more. Most expensive first. Movements without a name,
/// withdrawals and own transfers never recur.
pub(crate) fn recurring(ledger: &Ledger, year: &[Date], until: Date) -> Vec<Recurring> {
    let mut series: BTreeMap<(usize, bool), Vec<&Movement>> = BTreeMap::new();
    for one in ledger.movements.iter().filter(|one| !matches!(one.theme, Theme::Own | Theme::Cash)) {
        series.entry((one.name, one.minor > 0)).or_default().push(one);
    }
    let months: BTreeSet<Date> = ledger.movements.iter().map(|one| one.on.month_start()).collect();
    let known = Known { months, year: year.iter().copied().collect() };
    let named = series.into_iter().filter_map(|((place, incoming), all)| {
        let name = ledger.names.get(place).filter(|name| !name.is_empty())?;
        of(name, incoming, all, &known, until)
    });
    let mut found: Vec<Recurring> = named.collect();
    found.sort_by(|a, b| b.usual.cmp(&a.usual).then_with(|| a.name.cmp(&b.name)));
    found
}

/// Months with any movement, and the ordinary ones, twelve at most.
struct Known {
    months: BTreeSet<Date>,
    year: BTreeSet<Date>,
}

fn of(name: &str, incoming: bool, mut all: Vec<&Movement>, known: &Known, until: Date) -> Option<Recurring> {
    all.sort_by_key(|one| one.on);
    let (first, last) = (all.first()?, all.last()?);
    let once = all.windows(2).all(|pair| pair[0].on.month_start() != pair[1].on.month_start());
    // A month without any data says nothing of this payment.
    let span = known.months.range(first.on.month_start()..=last.on.month_start()).count();
    // Nor does it make a payment monthly: most times the next one came in about a month.
    let gap = median(all.windows(2).map(|pair| i64::from(pair[1].on - pair[0].on)).collect())?;
    if !once
        || gap > LONGEST_MONTH
        || all.len() < 3
        || all.len() * 4 < span * 3
        || i64::from(until - last.on) > LONGEST_MONTH
    {
        return None;
    }
    let middle = median(all.iter().map(|one| one.minor.abs()).collect())?;
    let steady = all.iter().filter(|one| (one.minor.abs() - middle).abs() * 100 <= middle * 15).count();
    let recent: Vec<i64> = all
        .iter()
        .filter(|one| known.year.contains(&one.on.month_start()))
        .map(|one| one.minor.abs())
        .collect();
    let paid: i64 = recent.iter().sum();
    let usual = median(recent).unwrap_or(middle);
    let year = if known.year.len() == YEAR && paid > 0 { paid } else { scaled(usual, 12, 1) };
    let day = median(all.iter().map(|one| i64::from(one.on.day())).collect())?;
    let debit = all.iter().all(|one| one.kind == Kind::DirectDebit);
    (debit || steady * 5 >= all.len() * 4).then(|| Recurring {
        name: name.to_owned(),
        theme: last.theme,
        incoming,
        usual,
        year,
        latest: last.minor.abs(),
        last: last.on,
        day: u8::try_from(day).unwrap_or(31),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::day;

    /// What recurs, on the last day of the data.
    fn recurring(ledger: &Ledger, until: Date) -> Vec<Recurring> {
        super::recurring(ledger, &ledger.ordinary_months(until, YEAR), until)
    }

    #[test]
    fn a_rent_comes_back_and_a_shop_does_not() {
        let mut ledger = Ledger::default();
        for (month, rent) in [(1, 65_000), (2, 65_000), (3, 67_000)] {
            ledger.put(day(2026, month, 5), -rent, Theme::Housing, "PRLV LOYER");
            ledger.put(day(2026, month, 9), -500, Theme::Groceries, "CB SHOP");
            ledger.put(day(2026, month, 28), 200_000, Theme::Transfer, "VIR SALAIRE");
            ledger.put(day(2026, month, 2), -4_000, Theme::Cash, "RETRAIT DAB");
            ledger.put(day(2026, month, 3), -900, Theme::Card, "**");
        }
        ledger.put(day(2026, 3, 20), -500, Theme::Groceries, "CB SHOP");
        let found = recurring(&ledger, day(2026, 3, 31));
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["SALAIRE", "LOYER"]);
        assert_eq!((found[1].usual, found[1].latest, found[1].day), (65_000, 67_000, 5));
        assert_eq!((found[1].rise(), found[0].rise()), (Some(2_000), None));
        assert_eq!(found[1].year, 12 * 65_000, "a year at the usual amount, for want of twelve months");
        assert!(recurring(&ledger, day(2026, 6, 30)).is_empty(), "it has stopped");
    }

    #[test]
    fn a_rise_is_of_three_to_fifteen_percent() {
        let rise = |incoming, usual, latest| {
            let (name, theme, last) = ("X".to_owned(), Theme::Telecom, day(2026, 1, 1));
            Recurring { name, theme, incoming, usual, year: 0, latest, last, day: 1 }.rise()
        };
        let of = [1_029, 1_030, 1_150, 1_151].map(|latest| rise(false, 1_000, latest));
        assert_eq!(of, [None, Some(30), Some(150), None]);
        assert_eq!(
            (rise(true, 1_000, 1_100), rise(false, 0, 0), rise(false, 1_000, 900)),
            (None, None, None)
        );
    }

    /// The days of a card payment of 10 EUR, and the first day of the search.
    fn found(days: &[(u8, u8)], minors: &[i64], until: (u8, u8)) -> usize {
        let mut ledger = Ledger::default();
        for month in 1..=12 {
            ledger.put(day(2026, month, 1), -100, Theme::Card, "**");
        }
        for ((month, of), minor) in days.iter().zip(minors) {
            ledger.put_by(Kind::Card, day(2026, *month, *of), -minor, Theme::Leisure, "CB CLUB");
        }
        recurring(&ledger, day(2026, until.0, until.1)).len()
    }

    #[test]
    fn three_months_of_four_until_45_days_ago_and_near_the_median() {
        let same = [1_000; 5];
        assert_eq!(found(&[(1, 5), (2, 5)], &same, (2, 5)), 0, "twice");
        assert_eq!(found(&[(1, 5), (2, 5), (3, 5)], &same, (3, 5)), 1);
        assert_eq!(found(&[(1, 5), (2, 5), (4, 5)], &same, (4, 5)), 1, "three months of four");
        assert_eq!(found(&[(1, 5), (2, 5), (5, 5)], &same, (5, 5)), 0, "three months of five");
        assert_eq!(found(&[(1, 5), (2, 5), (3, 5), (3, 6)], &same, (3, 6)), 0, "twice in March");
        assert_eq!(found(&[(1, 5), (2, 5), (3, 5)], &same, (4, 19)), 1, "45 days later");
        assert_eq!(found(&[(1, 5), (2, 5), (3, 5)], &same, (4, 20)), 0, "46 days later");
        let days = [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)];
        assert_eq!(found(&days, &[1_000, 1_000, 1_000, 1_150, 9_000], (5, 5)), 1, "four of five");
        assert_eq!(found(&days, &[1_000, 1_000, 1_000, 1_151, 9_000], (5, 5)), 0);
        assert_eq!(found(&days, &[1_000, 1_000, 1_000, 850, 849], (5, 5)), 1);
        assert_eq!(found(&days, &[1_000, 1_000, 1_000, 849, 849], (5, 5)), 0);
    }

    #[test]
    fn gaps_of_45_days_are_months() {
        // From 31 January: 45 days are 17 March, and 46 are 18 March; 45 more are 1 May.
        let same = [1_000; 3];
        assert_eq!(found(&[(1, 31), (3, 17), (4, 30)], &same, (4, 30)), 1, "45 and 44");
        assert_eq!(found(&[(1, 31), (3, 18), (5, 3)], &same, (5, 3)), 0, "46 and 46");
    }

    /// A bill of each month of some years, and another movement so that the months are whole.
    fn bills(of: impl Fn(i32, u8) -> Option<i64>, years: std::ops::RangeInclusive<i32>) -> Ledger {
        let mut ledger = Ledger::default();
        for (year, month) in years.flat_map(|year| (1..=12).map(move |month| (year, month))) {
            if let Some(minor) = of(year, month) {
                ledger.put_by(Kind::DirectDebit, day(year, month, 5), -minor, Theme::Utilities, "PRLV EDF");
                ledger.put(day(year, month, 1), -100, Theme::Card, "CB A");
                ledger.put(day(year, month, 28), -100, Theme::Card, "CB A");
            }
        }
        ledger
    }

    #[test]
    fn a_year_is_what_was_paid_in_the_last_one() {
        let ledger = bills(
            |year, month| Some(if year == 2025 { 9_000 + i64::from(month) } else { 5_000 }),
            2021..=2025,
        );
        let found = recurring(&ledger, day(2026, 1, 1));
        assert_eq!(
            (found[0].year, found[0].usual),
            (12 * 9_000 + 78, 9_007),
            "9 006.5, and not the old price"
        );
    }

    #[test]
    fn months_without_data_are_no_months_without_the_payment() {
        let gap = |_: i32, month: u8| (!(5..=9).contains(&month)).then_some(4_000);
        let found = recurring(&bills(gap, 2025..=2025), day(2025, 12, 28));
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["EDF"]);
        assert_eq!((found[0].usual, found[0].year), (4_000, 48_000));
    }

    #[test]
    fn three_times_in_a_year_is_not_every_month() {
        let mut ledger = Ledger::default();
        for month in [1, 6, 12] {
            ledger.put(day(2026, month, 5), -5_000, Theme::Health, "DENTISTE");
        }
        assert!(recurring(&ledger, day(2026, 12, 31)).is_empty(), "though nothing is known of other months");
    }
}
