//! The table of a loan's instalments: what is owed on a day, which of them the bank shows, and what is still to pay.

use crate::loan::Loan;
use mesinfos_sdk::Date;

/// An instalment: what is taken on its day, the insurance within it, and what is owed after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) on: Date,
    pub(crate) payment: i64,
    pub(crate) insurance: i64,
    pub(crate) remaining: i64,
}

/// A debit that may pay an instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Debit {
    pub(crate) on: Date,
    pub(crate) minor: i64,
}

/// Instalments that were due while the bank is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Days of the first and the last one.
    pub(crate) days: (Date, Date),
    pub(crate) due: usize,
    /// Debits of their sums, near their days.
    pub(crate) paid: Vec<Debit>,
    /// The first one without a debit.
    pub(crate) missing: Option<Date>,
}

/// Days after its day within which an instalment is taken: weekends, holidays and a second attempt.
const LATE: i32 = 12;

/// Days before its day: a bank may book at the end of the week before.
const EARLY: i32 = 3;

/// Takes from `debits` those that pay the instalments; `None` if none was due while the bank is known, from the first to
/// the last of `known`.
pub(crate) fn seen(table: &[Due], debits: &mut Vec<Debit>, known: (Date, Date)) -> Option<Seen> {
    let mut seen: Option<Seen> = None;
    for due in table.iter().filter(|due| due.payment > 0 && due.on >= known.0 && due.on <= known.1) {
        let days = due.on.plus_days(-EARLY)..=due.on.plus_days(LATE);
        let of = debits.iter().position(|debit| debit.minor == due.payment && days.contains(&debit.on));
        // It may still be taken.
        if of.is_none() && due.on.plus_days(LATE) >= known.1 {
            continue;
        }
        let seen = seen.get_or_insert_with(|| Seen {
            days: (due.on, due.on),
            due: 0,
            paid: Vec::new(),
            missing: None,
        });
        seen.days.1 = due.on;
        seen.due += 1;
        match of {
            Some(at) => seen.paid.push(debits.remove(at)),
            None => seen.missing = seen.missing.or(Some(due.on)),
        }
    }
    seen
}

/// What the borrower does on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Repays nothing until a day; pays the interest, or not even that.
    Deferred {
        until: Date,
        is_total: bool,
    },
    Repaying,
    Repaid,
}

impl Loan {
    /// The loan after the instalments due until a day, as its table says; `None` without a table, or before it begins.
    pub(crate) fn by_table(&self, today: Date) -> Option<Loan> {
        let last = self.table.iter().rfind(|due| due.on <= today)?;
        let next = self.to_come(today).first();
        let payment = next.map(|next| (next.payment - next.insurance).max(0));
        Some(Loan {
            principal: last.remaining,
            interest: 0,
            balance_on: Some(last.on),
            payment,
            insurance: next.map_or(0, |next| next.insurance),
            ..self.clone()
        })
    }

    /// Instalments after a day.
    pub(crate) fn to_come(&self, today: Date) -> &[Due] {
        let at = self.table.partition_point(|due| due.on <= today);
        &self.table[at..]
    }

    /// What is repaid at an instalment: less than nothing where interest is added to the debt.
    pub(crate) fn repaid(&self, due: &Due) -> i64 {
        let before = self.table.iter().rfind(|one| one.on < due.on).map(|one| one.remaining);
        before.unwrap_or_else(|| due.remaining.max(self.lent)) - due.remaining
    }

    /// Interest of an instalment: what is paid beyond the insurance and what is repaid.
    pub(crate) fn interest_of(&self, due: &Due) -> i64 {
        due.payment - due.insurance - self.repaid(due)
    }

    /// Interest and insurance of the instalments after a day.
    pub(crate) fn cost_to_come(&self, today: Date) -> (i64, i64) {
        let each = self.to_come(today).iter().map(|due| (self.interest_of(due), due.insurance));
        each.fold((0, 0), |(interest, insurance), (one, other)| (interest + one, insurance + other))
    }

    /// What the borrower does on a day, as the table says.
    pub(crate) fn state(&self, today: Date) -> Option<State> {
        self.table.first()?;
        let Some(next) = self.to_come(today).first() else { return Some(State::Repaid) };
        if self.repaid(next) > 0 {
            return Some(State::Repaying);
        }
        let until = self.to_come(today).iter().find(|due| self.repaid(due) > 0)?.on;
        Some(State::Deferred { until, is_total: next.payment <= next.insurance })
    }
}
