//! Spending by month and kind, and payments that recur every month.

use crate::{Answer, Answers, month};
use std::collections::{BTreeMap, HashMap};

/// Number of kinds: card, transfer, direct debit, cash, and others.
pub const KINDS: usize = 5;

/// Maximum number of recurring payments reported, most expensive first.
const MOST: usize = 30;

/// Accumulates transactions, oldest first.
#[derive(Debug, Default)]
pub struct Budget {
    income: i64,
    months: BTreeMap<i32, [i64; KINDS]>,
    /// The month and amount of each payment, by label without digits.
    payments: HashMap<String, Vec<(i32, i64)>>,
    /// Buffer for the current label, without digits.
    label: String,
}

/// Spending in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Months since 1970-01.
    pub month: i32,
    /// Amount by kind, in minor units.
    pub spent: [i64; KINDS],
}

/// The result of [`Budget`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgeted {
    /// Total income, in minor units.
    pub income: i64,
    /// Every month with spending.
    pub months: Vec<Month>,
    /// Label and mean amount of recurring payments.
    pub recurring: Vec<(String, i64)>,
}

impl Budget {
    /// Adds one transaction: day since 1970-01-01, amount in minor units, code of its kind, label.
    pub fn add(&mut self, day: i32, minor: i64, kind: u8, label: &str) {
        if minor >= 0 {
            self.income += minor;
            return;
        }
        let month = month(day);
        let kind = usize::from(kind).min(KINDS - 1);
        self.months.entry(month).or_default()[kind] -= minor;
        self.label.clear();
        self.label.push_str(label);
        self.label.retain(|c| !c.is_ascii_digit());
        match self.payments.get_mut(&self.label) {
            Some(paid) => paid.push((month, -minor)),
            None => drop(self.payments.insert(self.label.clone(), vec![(month, -minor)])),
        }
    }

    /// Computes the result. A payment recurs if its label was paid in three months or more, once in each,
    /// with amounts within 15 % of their mean.
    #[must_use]
    pub fn finish(self) -> Budgeted {
        let recurring = self.payments.into_iter().filter_map(|(label, paid)| {
            let count = paid.len() as i64;
            let once = paid.windows(2).all(|pair| pair[0].0 != pair[1].0);
            if !once || count < 3 || label.trim().is_empty() {
                return None;
            }
            let mean = paid.iter().map(|(_, minor)| minor).sum::<i64>() / count;
            let steady = paid.iter().all(|(_, minor)| (minor - mean).abs() * 100 <= mean * 15);
            steady.then(|| (label.trim().to_owned(), mean))
        });
        let mut recurring: Vec<(String, i64)> = recurring.collect();
        recurring.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        recurring.truncate(MOST);
        let months = self.months.into_iter().map(|(month, spent)| Month { month, spent });
        Budgeted { income: self.income, months: months.collect(), recurring }
    }
}

impl Answers for Budgeted {
    fn answer(&self) -> Answer {
        let mut numbers = vec![self.income];
        for month in &self.months {
            numbers.push(i64::from(month.month));
            numbers.extend(month.spent);
        }
        numbers.extend(self.recurring.iter().map(|(_, mean)| mean));
        Answer { numbers, texts: self.recurring.iter().map(|(label, _)| label.clone()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_found_without_its_digits() {
        let mut budget = Budget::default();
        for month in 0..4 {
            budget.add(month * 31, -1_000 - i64::from(month), 2, &format!("RENT {month:03}"));
            budget.add(month * 31 + 1, -500, 0, "SHOP 12");
            budget.add(month * 31 + 2, -500, 0, "SHOP 13");
            budget.add(month * 31 + 3, 2_000, 1, "PAY");
        }
        let found = budget.finish();
        assert_eq!(found.recurring, [("RENT".to_owned(), 1_001)]);
        assert_eq!((found.income, found.months.len()), (8_000, 4));
        assert_eq!(found.months[0].spent, [1_000, 0, 1_000, 0, 0]);
    }
}
