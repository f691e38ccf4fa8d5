//! What is really paid today: from what the person says, else from her bills, else from her contract.

use mesinfos_sdk::Date;
use mesinfos_sdk::bills::Kind;
use mesinfos_sdk::contracts::PremiumPeriod;
use std::collections::BTreeMap;

/// The bills of a mobile line, in cents of euros.
#[derive(Debug, Default)]
pub(crate) struct Bills {
    /// By day of issue.
    pub(crate) totals: BTreeMap<Date, i64>,
    /// What their lines were for.
    pub(crate) lines: BTreeMap<Kind, i64>,
    pub(crate) vendor: Option<String>,
}

impl Bills {
    /// A year at the pace of the newest bills, twelve at most, in cents, and how many they are. Between
    /// two bills lies the time that the second one is for, so that bills of two months count as such. A
    /// single bill is taken for one of a month.
    pub(crate) fn yearly(&self) -> Option<(i64, usize)> {
        let newest: Vec<(&Date, &i64)> = self.totals.iter().rev().take(13).collect();
        let (last, first) = (newest.first()?, newest.last()?);
        let days = i64::from(*last.0 - *first.0);
        let paid: i64 = newest.iter().take(newest.len() - 1).map(|(_, cents)| **cents).sum();
        // Bills within days of each other say nothing of a pace.
        if days >= 25 { Some((paid * 365 / days, newest.len() - 1)) } else { Some((*last.1 * 12, 1)) }
    }
}

/// A year of a contract's price, in cents.
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
