//! A student loan of a French bank: interest alone while the studies last, then equal payments.

use crate::calendar::{months, on};
use jiff::ToSpan;
use jiff::civil::Date;

/// A student loan. Amounts are in cents.
#[derive(Clone, Copy)]
pub(crate) struct Loan {
    pub(crate) lender: &'static str,
    pub(crate) lent: i64,
    /// Yearly rate, in hundredths of a per cent.
    pub(crate) rate: i64,
    /// The day on which the sum was lent; instalments are due on this day of each month after it.
    pub(crate) start: Date,
    /// Months in which only interest and insurance are paid.
    pub(crate) deferred: usize,
    /// All months, with those of the deferral.
    pub(crate) months: usize,
    /// Insurance a month.
    pub(crate) insurance: i64,
}

/// An instalment, and what is owed after it.
pub(crate) struct Instalment {
    pub(crate) number: usize,
    pub(crate) due: Date,
    pub(crate) principal: i64,
    pub(crate) interest: i64,
    pub(crate) insurance: i64,
    pub(crate) remaining: i64,
}

impl Instalment {
    /// What the bank takes.
    pub(crate) fn payment(&self) -> i64 {
        self.principal + self.interest + self.insurance
    }
}

impl Loan {
    /// Interest of a month, rounded to the cent.
    fn interest(&self, owed: i64) -> i64 {
        (owed * self.rate + 60_000) / 120_000
    }

    /// The smallest whole number of cents that repays the sum in the months after the deferral.
    fn level(&self) -> i64 {
        let months = self.months - self.deferred;
        let is_enough = |payment: i64| {
            (0..months).try_fold(self.lent, |owed, _| {
                let owed = owed + self.interest(owed) - payment;
                if owed > 0 { Ok(owed) } else { Err(()) }
            })
        };
        let (mut least, mut most) = (0, self.lent + self.interest(self.lent));
        while least < most {
            let middle = least + (most - least) / 2;
            if is_enough(middle).is_err() { most = middle } else { least = middle + 1 }
        }
        most
    }

    /// All instalments, in order.
    pub(crate) fn instalments(&self) -> Vec<Instalment> {
        let (level, mut owed) = (self.level(), self.lent);
        let until = self.start.saturating_add((self.months as i64 + 1).months());
        let due = months(self.start, until).map(|month| on(month, self.start.day()));
        let due = due.filter(|due| *due > self.start);
        let each = (1..=self.months).zip(due).map(|(number, due)| {
            let interest = self.interest(owed);
            let principal = if number <= self.deferred { 0 } else { owed.min(level - interest) };
            owed -= principal;
            Instalment { number, due, principal, interest, insurance: self.insurance, remaining: owed }
        });
        each.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_loan_is_repaid_to_the_cent() {
        let loan = Loan {
            lender: "",
            lent: 600_000,
            rate: 110,
            start: date(2024, 9, 5),
            deferred: 3,
            months: 12,
            insurance: 150,
        };
        let all = loan.instalments();
        assert_eq!((all.len(), all[0].due, all[11].due), (12, date(2024, 10, 5), date(2025, 9, 5)));
        assert_eq!(all.iter().map(|one| one.principal).sum::<i64>(), 600_000);
        // 6 000.00 at 1.10 % a year: 5.50 of interest a month.
        assert_eq!((all[0].payment(), all[2].remaining, all[3].payment()), (700, 600_000, 67_123));
        assert!(all[3..11].iter().all(|one| one.payment() == 67_123));
        assert_eq!((all[11].payment(), all[11].remaining), (67_119, 0));
    }
}
