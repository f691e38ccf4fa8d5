//! The plans, and the cost of each for past use.

use crate::usage::Use;
use mesinfos_sdk::numbers::scaled;

/// A plan: monthly allowances, and prices beyond them, in cents, taxes included.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) name: &'static str,
    pub(crate) monthly: i64,
    pub(crate) minutes: i64,
    pub(crate) messages: i64,
    pub(crate) gigabytes: i64,
    /// Part of `gigabytes` usable in the European Economic Area.
    pub(crate) gigabytes_in_europe: i64,
    /// Price of each started minute and gigabyte beyond the allowance.
    pub(crate) minute: i64,
    pub(crate) gigabyte: i64,
}

/// No limit.
pub(crate) const ALL: i64 = i64::MAX;

/// Invented plans, similar to offers without commitment in France in 2026; no operator sells them. Replace
/// them by real offers here.
#[rustfmt::skip]
pub(crate) const PLANS: [Plan; 5] = [
    Plan { name: "Exemple Mini", monthly: 299, minutes: 120, messages: ALL, gigabytes: 1, gigabytes_in_europe: 1, minute: 5, gigabyte: 300 },
    Plan { name: "Exemple 20", monthly: 599, minutes: ALL, messages: ALL, gigabytes: 20, gigabytes_in_europe: 12, minute: 0, gigabyte: 200 },
    Plan { name: "Exemple 100", monthly: 899, minutes: ALL, messages: ALL, gigabytes: 100, gigabytes_in_europe: 20, minute: 0, gigabyte: 200 },
    Plan { name: "Exemple 200", monthly: 1_299, minutes: ALL, messages: ALL, gigabytes: 200, gigabytes_in_europe: 30, minute: 0, gigabyte: 200 },
    Plan { name: "Exemple 350", monthly: 1_999, minutes: ALL, messages: ALL, gigabytes: 350, gigabytes_in_europe: 40, minute: 0, gigabyte: 200 },
];

/// Bytes in a gigabyte, as sold by operators.
pub(crate) const GIGABYTE: i64 = 1_000_000_000;

impl Plan {
    /// Cost of a month, in cents. `gigabytes` replaces the data used, if the operator does not report it or
    /// the person gave a number.
    pub(crate) fn cost(&self, used: &Use, gigabytes: Option<i64>) -> i64 {
        let beyond = |used: i64, most: i64| used.saturating_sub(most).max(0);
        let begun = |amount: i64, of: i64| amount.saturating_add(of - 1) / of;
        let gigabytes = gigabytes.unwrap_or_else(|| begun(used.bytes.unwrap_or(0), GIGABYTE));
        self.monthly
            + beyond(begun(used.seconds, 60), self.minutes) * self.minute
            + beyond(gigabytes, self.gigabytes) * self.gigabyte
    }

    /// Yearly cost at the pace of these months, in cents.
    pub(crate) fn yearly(&self, months: &[&Use], gigabytes: Option<i64>) -> i64 {
        let count = i64::try_from(months.len()).unwrap_or(1).max(1);
        scaled(months.iter().map(|used| self.cost(used, gigabytes)).sum::<i64>(), 12, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_a_plan_is_paid() {
        let used = Use { seconds: 130 * 60 + 1, bytes: Some(2 * GIGABYTE + 1), ..Use::default() };
        assert_eq!(PLANS[0].cost(&used, None), 299 + 11 * 5 + 2 * 300);
        assert_eq!(PLANS[0].cost(&used, Some(1)), 299 + 11 * 5);
        assert_eq!(PLANS[2].cost(&used, None), 899);
        let exactly = Use { seconds: 120 * 60, bytes: Some(GIGABYTE), ..Use::default() };
        assert_eq!(PLANS[0].cost(&exactly, None), 299, "nothing is begun beyond it");
        let none = Use::default();
        let mean = PLANS[0].yearly(&[&used, &none, &none], Some(1));
        assert_eq!(mean, 12 * 299 + 220, "12 x 55 / 3, and not 11 x 5 cut");
        assert_eq!(PLANS[0].yearly(&[&used; 7], Some(1)), 12 * (299 + 55));
        assert_eq!(PLANS[2].yearly(&[&used, &used, &used], Some(101)), 12 * (899 + 200));
    }
}
