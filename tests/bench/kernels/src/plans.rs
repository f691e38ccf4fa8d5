//! Monthly use of a telephone line, and its cost under four plans.

use crate::{Answer, Answers, Local, month};
use std::collections::BTreeMap;

/// A plan: included use, and prices beyond it, in cents.
#[derive(Debug)]
pub struct Plan {
    /// Its name.
    pub name: &'static str,
    monthly: i64,
    minutes: i64,
    messages: i64,
    minute: i64,
    message: i64,
}

const ALL: i64 = i64::MAX;

/// Invented plans.
pub const PLANS: [Plan; 4] = [
    Plan { name: "2 h", monthly: 299, minutes: 120, messages: 100, minute: 5, message: 5 },
    Plan { name: "5 h", monthly: 599, minutes: 300, messages: ALL, minute: 5, message: 0 },
    Plan { name: "10 h", monthly: 899, minutes: 600, messages: ALL, minute: 5, message: 0 },
    Plan { name: "no limit", monthly: 1_299, minutes: ALL, messages: ALL, minute: 0, message: 0 },
];

/// Codes of the contract, for service and direction.
const VOICE: u8 = 0;
const SMS: u8 = 1;
const MMS: u8 = 2;
const OUT: u8 = 1;

/// Accumulates calls and messages.
#[derive(Debug, Default)]
pub struct Calls {
    /// Seconds and messages by month.
    months: BTreeMap<i32, (i64, i64)>,
}

/// Use in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Months since 1970-01.
    pub month: i32,
    /// Started minutes.
    pub minutes: i64,
    /// Messages.
    pub messages: i64,
}

/// The result of [`Calls`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Every month with use.
    pub months: Vec<Used>,
    /// Cost of a year under each of [`PLANS`], in cents.
    pub yearly: [i64; PLANS.len()],
    /// Index of the cheapest plan.
    pub best: usize,
}

impl Calls {
    /// Adds one event: start in UTC seconds, local time minus UTC in minutes, codes of service and
    /// direction, seconds, and messages.
    pub fn add(
        &mut self,
        at: i64,
        offset: i64,
        (service, direction): (u8, u8),
        seconds: Option<i64>,
        messages: Option<i64>,
    ) {
        if direction != OUT {
            return;
        }
        let month = self.months.entry(month(Local::new(at, offset).day)).or_default();
        match service {
            VOICE => month.0 += seconds.unwrap_or(0),
            SMS | MMS => month.1 += messages.unwrap_or(1),
            _ => {}
        }
    }

    /// Computes the result.
    #[must_use]
    pub fn finish(self) -> Compared {
        let months = self.months.into_iter().map(|(month, (seconds, messages))| Used {
            month,
            minutes: (seconds + 59) / 60,
            messages,
        });
        let months: Vec<Used> = months.collect();
        let count = (months.len() as i64).max(1);
        let yearly = PLANS.map(|plan| months.iter().map(|used| plan.cost(used)).sum::<i64>() * 12 / count);
        let best = (0..PLANS.len()).min_by_key(|&plan| yearly[plan]).unwrap_or(0);
        Compared { months, yearly, best }
    }
}

impl Plan {
    fn cost(&self, used: &Used) -> i64 {
        let beyond = |used: i64, most: i64| used.saturating_sub(most).max(0);
        self.monthly
            + beyond(used.minutes, self.minutes) * self.minute
            + beyond(used.messages, self.messages) * self.message
    }
}

impl Answers for Compared {
    fn answer(&self) -> Answer {
        let mut numbers = Vec::new();
        for used in &self.months {
            numbers.extend([i64::from(used.month), used.minutes, used.messages]);
        }
        numbers.extend(self.yearly);
        numbers.push(self.best as i64);
        Answer { numbers, texts: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_goes_out_counts() {
        let mut calls = Calls::default();
        calls.add(0, 0, (VOICE, OUT), Some(121), None);
        calls.add(0, 0, (VOICE, 0), Some(10_000), None);
        calls.add(0, 0, (SMS, OUT), None, Some(101));
        let found = calls.finish();
        assert_eq!(found.months, [Used { month: 0, minutes: 3, messages: 101 }]);
        assert_eq!((found.yearly, found.best), ([304 * 12, 599 * 12, 899 * 12, 1_299 * 12], 0));
    }
}
