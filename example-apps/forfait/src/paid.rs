//! Today's actual cost: from the person's setting, else from bills, else from the contract.

use mesinfos_sdk::bills::Kind;
use mesinfos_sdk::contracts::PremiumPeriod;
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

impl Bills {
    /// Yearly cost in cents at the pace of the newest bills, twelve at most, and their number. A bill
    /// covers the time since the previous one, so two-month bills count as such. A single bill counts as
    /// monthly.
    pub(crate) fn yearly(&self) -> Option<(i64, usize)> {
        let newest: Vec<(&Date, &i64)> = self.totals.iter().rev().take(13).collect();
        let (last, first) = (newest.first()?, newest.last()?);
        let days = i64::from(*last.0 - *first.0);
        let paid: i64 = newest.iter().take(newest.len() - 1).map(|(_, cents)| **cents).sum();
        // Bills within days of each other give no pace.
        if days >= 25 { Some((paid * 365 / days, newest.len() - 1)) } else { Some((*last.1 * 12, 1)) }
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
        assert_eq!(bills.yearly(), None);
        for month in [1, 3, 5] {
            bills.totals.insert(Date::new(2026, month, 1).unwrap(), 4_000);
            if month == 1 {
                assert_eq!(bills.yearly(), Some((48_000, 1)));
            }
        }
        // 80 EUR in the 120 days from January to May.
        assert_eq!(bills.yearly(), Some((8_000 * 365 / 120, 2)));
    }
}
