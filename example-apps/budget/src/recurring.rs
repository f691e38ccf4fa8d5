//! Movements that recur every month: rent, subscriptions, a salary.

use crate::ledger::{Ledger, Movement};
use crate::themes::Theme;
use mesinfos_sdk::Date;
use mesinfos_sdk::bank::Kind;
use std::collections::BTreeMap;

/// A recurring movement. Amounts are in minor units, positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recurring {
    pub(crate) name: String,
    pub(crate) theme: Theme,
    pub(crate) incoming: bool,
    /// Median of all payments.
    pub(crate) usual: i64,
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

/// Recurring movements: a name with one movement a month, in at least three months and in three of four
/// months between the first and the last, the last one at most 45 days before `until`. Four of five amounts
/// are within 15 % of their median; direct debits (an energy bill) may vary more. Most expensive first.
/// Movements without a name, withdrawals and own transfers never recur.
pub(crate) fn recurring(ledger: &Ledger, until: Date) -> Vec<Recurring> {
    let mut series: BTreeMap<(usize, bool), Vec<&Movement>> = BTreeMap::new();
    for one in ledger.movements.iter().filter(|one| !matches!(one.theme, Theme::Own | Theme::Cash)) {
        series.entry((one.name, one.minor > 0)).or_default().push(one);
    }
    let named = series.into_iter().filter_map(|((place, incoming), all)| {
        let name = ledger.names.get(place).filter(|name| !name.is_empty())?;
        of(name, incoming, all, until)
    });
    let mut found: Vec<Recurring> = named.collect();
    found.sort_by(|a, b| b.usual.cmp(&a.usual).then_with(|| a.name.cmp(&b.name)));
    found
}

fn of(name: &str, incoming: bool, mut all: Vec<&Movement>, until: Date) -> Option<Recurring> {
    all.sort_by_key(|one| one.on);
    let (first, last) = (all.first()?, all.last()?);
    let months = |date: Date| date.year() * 12 + i32::from(date.month());
    let once = all.windows(2).all(|pair| months(pair[0].on) != months(pair[1].on));
    let span = usize::try_from(months(last.on) - months(first.on)).unwrap_or(0) + 1;
    if !once || all.len() < 3 || all.len() * 4 < span * 3 || until - last.on > 45 {
        return None;
    }
    let usual = median(all.iter().map(|one| one.minor.abs()).collect())?;
    let steady = all.iter().filter(|one| (one.minor.abs() - usual).abs() * 100 <= usual * 15).count();
    let day = median(all.iter().map(|one| i64::from(one.on.day())).collect())?;
    let debit = all.iter().all(|one| one.kind == Kind::DirectDebit);
    (debit || steady * 5 >= all.len() * 4).then(|| Recurring {
        name: name.to_owned(),
        theme: last.theme,
        incoming,
        usual,
        latest: last.minor.abs(),
        last: last.on,
        day: u8::try_from(day).unwrap_or(31),
    })
}

/// Median; the lower of the two middle numbers if the count is even.
pub(crate) fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::day;

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
        assert!(recurring(&ledger, day(2026, 6, 30)).is_empty(), "it has stopped");
    }

    #[test]
    fn three_times_in_a_year_is_not_every_month() {
        let mut ledger = Ledger::default();
        for month in [1, 6, 12] {
            ledger.put(day(2026, month, 5), -5_000, Theme::Health, "DENTISTE");
        }
        assert!(recurring(&ledger, day(2026, 12, 31)).is_empty());
    }
}
