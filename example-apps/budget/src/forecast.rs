//! Usual monthly costs, changes, and a forecast of the current month.

use crate::ledger::Ledger;
use crate::recurring::Recurring;
use crate::themes::Theme;
use mesinfos_sdk::Date;
use mesinfos_sdk::numbers::{median, scaled};
use mesinfos_sdk::span::LEAST_MONTHS;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of whole months used for the current pace.
const PACE_MONTHS: usize = 6;
/// Maximum age in days of data used for a forecast.
const FRESH: i32 = 10;

/// One theme in a month, compared with its usual amount, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) theme: Theme,
    pub(crate) now: i64,
    pub(crate) usual: i64,
}

/// The last whole month, in minor units: in all, and each theme against the median of up to twelve whole months before.
/// In all it is compared with the usual month that is shown, which has it among its twelve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) month: Date,
    /// The first of the months before.
    pub(crate) since: Date,
    pub(crate) spent: i64,
    /// Largest change first.
    pub(crate) themes: Vec<Change>,
}

/// Changes in the last of these months in a row; `None` with fewer than three before it. The usual amount
/// of a theme is the median of its months, so these amounts do not add up to the usual total.
pub(crate) fn changes(spending: &BTreeMap<Date, BTreeMap<Theme, i64>>, months: &[Date]) -> Option<Changes> {
    let (&month, before) = months.split_last()?;
    let since = *before.first()?;
    let before: Vec<&BTreeMap<Theme, i64>> = before.iter().filter_map(|month| spending.get(month)).collect();
    if before.len() < LEAST_MONTHS {
        return None;
    }
    let now = spending.get(&month)?;
    let themes: BTreeSet<Theme> =
        before.iter().copied().chain([now]).flat_map(BTreeMap::keys).copied().collect();
    let of = |month: &BTreeMap<Theme, i64>, theme| month.get(&theme).copied().unwrap_or(0);
    let mut themes: Vec<Change> = themes
        .into_iter()
        .filter_map(|theme| {
            let usual = median(before.iter().map(|month| of(month, theme)).collect())?;
            Some(Change { theme, now: of(now, theme), usual })
        })
        .collect();
    themes.sort_by_key(|change| -(change.now - change.usual).abs());
    let total = |month: &BTreeMap<Theme, i64>| month.values().sum::<i64>();
    Some(Changes { month, since, spent: total(now), themes })
}

/// Forecast of the current month. Amounts are in minor units, positive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Forecast {
    pub(crate) month: Date,
    /// Last day with known movements.
    pub(crate) known_until: Date,
    pub(crate) spent: i64,
    /// Recurring payments still expected: name, usual day, amount.
    pub(crate) due: Vec<(String, Date, i64)>,
    /// All other spending, at the usual pace for the remaining days.
    pub(crate) pace: i64,
    /// Recurring income still expected.
    pub(crate) income_due: i64,
    /// Number of whole months that the pace is based on.
    pub(crate) months: usize,
}

impl Forecast {
    pub(crate) fn due_total(&self) -> i64 {
        self.due.iter().map(|(.., minor)| minor).sum()
    }

    pub(crate) fn total(&self) -> i64 {
        self.spent + self.due_total() + self.pace
    }

    /// Expected change of today's balance by the end of the month.
    pub(crate) fn balance_moves(&self) -> i64 {
        self.income_due - self.due_total() - self.pace
    }
}

/// Forecast of the month of `today`, by the ordinary `months`. `None` if the data is too old, or too short for usual
/// amounts.
///
/// Recurring payments still expected count with their usual amount. All other spending continues at the
/// median of the last whole months (six at most), for the rest of the month.
pub(crate) fn forecast(
    ledger: &Ledger,
    recurring: &[Recurring],
    months: &[Date],
    today: Date,
) -> Option<Forecast> {
    let (_, last) = ledger.days()?;
    let month = today.month_start();
    let end = month.plus_months(1);
    if !(0..=FRESH).contains(&(today - last)) {
        return None;
    }
    // Data that ends before this month covers none of its days.
    let known_until = last.max(month.plus_days(-1));
    let months: Vec<Date> =
        months.iter().rev().copied().filter(|whole| *whole < month).take(PACE_MONTHS).collect();
    if months.len() < LEAST_MONTHS {
        return None;
    }
    let comes_back: BTreeSet<&str> =
        recurring.iter().filter(|one| !one.incoming).map(|one| one.name.as_str()).collect();
    let is_recurring =
        |name: usize| ledger.names.get(name).is_some_and(|name| comes_back.contains(name.as_str()));
    let mut others: BTreeMap<Date, i64> = months.iter().map(|month| (*month, 0)).collect();
    let mut spent = 0;
    for one in ledger.movements.iter().filter(|one| one.minor < 0 && one.theme != Theme::Own) {
        if one.on >= month {
            spent -= one.minor;
        } else if let Some(other) = others.get_mut(&one.on.month_start()).filter(|_| !is_recurring(one.name))
        {
            *other -= one.minor;
        }
    }
    let length = i64::from(end - month);
    let left = i64::from(end - known_until) - 1;
    let pace = scaled(median(others.into_values().collect())?, left, length);
    let awaited = |one: &&Recurring| one.last < month;
    let day = |one: &Recurring| {
        month
            .plus_days(i32::from(one.day) - 1)
            .min(end.plus_days(-1))
            .max(known_until.plus_days(1).min(end.plus_days(-1)))
    };
    let mut due: Vec<(String, Date, i64)> = recurring
        .iter()
        .filter(|one| !one.incoming)
        .filter(awaited)
        .map(|one| (one.name.clone(), day(one), one.usual))
        .collect();
    due.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let income_due = recurring.iter().filter(|one| one.incoming).filter(awaited).map(|one| one.usual).sum();
    Some(Forecast { month, known_until, spent, due, pace, income_due, months: months.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::day;
    use crate::recurring::recurring;

    /// The forecast of a day, with what recurs on the last day of the data.
    fn forecast(ledger: &Ledger, until: Date, today: Date) -> Option<Forecast> {
        let months = ledger.ordinary_months(today, 13);
        super::forecast(ledger, &recurring(ledger, &months, until), &months, today)
    }

    fn ledger() -> Ledger {
        let mut ledger = Ledger::default();
        for month in 1..=4 {
            ledger.put(day(2026, month, 2), -3_000, Theme::Groceries, "CB SHOP");
            ledger.put(day(2026, month, 10), -3_000, Theme::Groceries, "CB SHOP");
            ledger.put(day(2026, month, 20), -65_000, Theme::Housing, "PRLV LOYER");
            ledger.put(day(2026, month, 28), 200_000, Theme::Transfer, "VIR SALAIRE");
        }
        ledger
    }

    #[test]
    fn a_month_goes_on_as_usual() {
        let mut ledger = ledger();
        ledger.put(day(2026, 5, 2), -2_000, Theme::Groceries, "CB SHOP");
        ledger.put(day(2026, 5, 16), -500, Theme::Groceries, "CB SHOP");
        let forecast = forecast(&ledger, day(2026, 5, 16), day(2026, 5, 17)).unwrap();
        assert_eq!((forecast.spent, forecast.months), (2_500, 4));
        assert_eq!(forecast.due, [("LOYER".to_owned(), day(2026, 5, 20), 65_000)]);
        // 15 of 31 days remain after the 16th; beside the rent, a month costs 60 EUR.
        assert_eq!(forecast.pace, 2_903, "60 x 15 / 31");
        assert_eq!(forecast.total(), 2_500 + 65_000 + 2_903);
        assert_eq!(forecast.balance_moves(), 200_000 - 65_000 - 2_903);
    }

    #[test]
    fn old_data_says_nothing_of_this_month() {
        let on = |today| forecast(&ledger(), day(2026, 4, 28), today);
        assert_eq!(on(day(2026, 6, 17)), None);
        assert!(on(day(2026, 5, 1)).is_some_and(|f| f.spent == 0 && f.due.len() == 1));
    }

    #[test]
    fn a_month_is_held_against_those_before() {
        let mut ledger = ledger();
        ledger.put(day(2026, 4, 11), -9_000, Theme::Health, "CB DENTISTE");
        let months = ledger.ordinary_months(day(2026, 5, 1), 13);
        let changes = changes(&ledger.spending(), &months).unwrap();
        assert_eq!((changes.month, changes.since, changes.spent), (day(2026, 4, 1), day(2026, 1, 1), 80_000));
        assert_eq!(changes.themes[0], Change { theme: Theme::Health, now: 9_000, usual: 0 });
        assert!(super::changes(&ledger.spending(), &months[1..]).is_none());
    }
}
