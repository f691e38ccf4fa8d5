//! Today's actual cost: from the person's setting, else from bills, else from the contract.

use mesinfos_sdk::bills::Kind;
use mesinfos_sdk::contracts::PremiumPeriod;
use mesinfos_sdk::numbers::{scaled, times_a_year};
use mesinfos_sdk::{Date, Source};
use std::collections::BTreeMap;

/// Bills of a mobile line, in euro cents.
#[derive(Debug, Default)]
pub(crate) struct Bills {
    /// Totals by day of issue.
    pub(crate) totals: BTreeMap<Date, i64>,
    /// Amounts of the bills' lines, by kind.
    pub(crate) lines: BTreeMap<Kind, i64>,
    pub(crate) vendor: Option<String>,
    /// Rows of the totals, by day of issue.
    pub(crate) sources: BTreeMap<Date, Vec<Source>>,
}

/// What is paid: an amount in cents, so many times a year. Not divided before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paid {
    cents: i64,
    /// Number of payments in `cents`, positive.
    payments: i64,
    times_a_year: i64,
}

impl Paid {
    pub(crate) const fn yearly(cents: i64) -> Paid {
        Paid { cents, payments: 1, times_a_year: 1 }
    }

    pub(crate) fn a_year(self) -> i64 {
        scaled(self.cents, self.times_a_year, self.payments)
    }

    pub(crate) fn a_month(self) -> i64 {
        scaled(self.cents, self.times_a_year, self.payments * 12)
    }
}

impl Bills {
    /// What is paid by the newest bills, those of a year at most, and their number. The usual time between two bills
    /// tells whether they are monthly, so that a month without its bill does not lower the price. A single bill, or
    /// bills of no period, count as monthly: the newest one.
    pub(crate) fn paid(&self) -> Option<(Paid, usize)> {
        let last = *self.totals.values().next_back()?;
        let days: Vec<Date> = self.totals.keys().rev().take(13).copied().collect();
        let Some(times_a_year) = times_a_year(days) else {
            return Some((Paid { cents: last, payments: 1, times_a_year: 12 }, 1));
        };
        let most = usize::try_from(times_a_year).unwrap_or(12);
        let newest: Vec<i64> = self.totals.values().rev().take(most).copied().collect();
        let payments = i64::try_from(newest.len()).unwrap_or(1);
        Some((Paid { cents: newest.iter().sum(), payments, times_a_year }, newest.len()))
    }
}

impl Bills {
    /// Rows of the newest bills.
    pub(crate) fn newest(&self, count: usize) -> impl Iterator<Item = Source> {
        self.sources.values().rev().take(count).flatten().copied()
    }
}

/// Yearly price of a contract, in cents; `None` if it is paid once.
pub(crate) fn yearly(premium: i64, period: PremiumPeriod) -> Option<i64> {
    match period {
        PremiumPeriod::Month => Some(premium * 12),
        PremiumPeriod::Quarter => Some(premium * 4),
        PremiumPeriod::Year => Some(premium),
        PremiumPeriod::Once => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_of_two_months_are_of_two_months() {
        let mut bills = Bills::default();
        assert_eq!(bills.paid(), None);
        for month in [1, 3, 5] {
            bills.totals.insert(Date::new(2026, month, 1).unwrap(), 4_000);
            if month == 1 {
                assert_eq!(bills.paid().map(|(paid, of)| (paid.a_year(), of)), Some((48_000, 1)));
            }
        }
        assert_eq!(
            bills.paid().map(|(paid, of)| (paid.a_year(), paid.a_month(), of)),
            Some((24_000, 2_000, 3))
        );
    }

    fn of(bills: &[(u8, i64)]) -> Paid {
        let on = |month| Date::new(2025, month, 6).unwrap();
        let totals = bills.iter().map(|(month, cents)| (on(*month), *cents)).collect();
        Bills { totals, ..Bills::default() }.paid().unwrap().0
    }

    #[test]
    fn two_monthly_bills_are_two_months() {
        let paid = of(&[(2, 1_999), (3, 1_999)]);
        assert_eq!((paid.a_month(), paid.a_year()), (1_999, 23_988), "28 days lie between them");
    }

    #[test]
    fn months_without_a_bill_do_not_lower_the_price() {
        let paid = of(&[(1, 1_000), (2, 1_000), (3, 1_001), (7, 1_000), (8, 1_000), (9, 1_000)]);
        assert_eq!((paid.a_month(), paid.a_year()), (1_000, 12_002));
    }
}
