//! Repayment of student loans, month by month, in whole minor units (cents).
//!
//! Each month, interest on the principal is added: a twelfth of the yearly rate, rounded to the cent. A
//! payment goes to interest first, then to principal, as for federal loans of the United States (34 CFR
//! 685.211(a)); unpaid interest bears no interest.

use crate::schedule::Due;
use mesinfos_sdk::Date;

/// A loan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Loan {
    /// The same for its instalments.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) servicer: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) principal: i64,
    /// Unpaid interest so far.
    pub(crate) interest: i64,
    /// Yearly rate in hundredths of a per cent; `None` if the file does not have it.
    pub(crate) rate: Option<i64>,
    /// Monthly payment requested by the servicer, without insurance.
    pub(crate) payment: Option<i64>,
    /// Insurance paid with it.
    pub(crate) insurance: i64,
    /// The sum lent; 0 if the file does not have it.
    pub(crate) lent: i64,
    /// Its instalments by day, if its bank gave them.
    pub(crate) table: Vec<Due>,
    /// The day of the principal and the interest; `None` if the file does not have it.
    pub(crate) balance_on: Option<Date>,
}

/// Days after which a balance is no longer that of today, if payments are due.
const OLD: i32 = 45;

impl Loan {
    pub(crate) fn owed(&self) -> i64 {
        self.principal.saturating_add(self.interest)
    }

    /// Whether payments may be missing from the balance.
    pub(crate) fn is_old(&self, today: Date) -> bool {
        self.owed() > 0 && self.balance_on.is_none_or(|on| today - on > OLD)
    }

    /// The loan after the payments of `paid` months since its balance: each month bears interest, then the payment is
    /// made. `None` if its payment or its rate is not known.
    pub(crate) fn carried(&self, paid: usize) -> Option<Loan> {
        let payment = self.payment?;
        self.rate?;
        let mut debt = Debt::of(self);
        for _ in 0..paid {
            debt.bear_interest();
            debt.pay(payment);
        }
        Some(Loan { principal: debt.principal, interest: debt.interest, ..self.clone() })
    }
}

/// Hundredths of a per cent per unit, times twelve months.
const TWELFTH: i64 = 10_000 * 12;

/// Maximum number of months of a plan: fifty years.
const LONGEST: usize = 600;

/// Debt of a loan during repayment.
#[derive(Clone, Debug)]
struct Debt {
    principal: i64,
    interest: i64,
    rate: i64,
}

impl Debt {
    fn of(loan: &Loan) -> Debt {
        Debt { principal: loan.principal, interest: loan.interest, rate: loan.rate.unwrap_or(0) }
    }

    fn owed(&self) -> i64 {
        self.principal.saturating_add(self.interest)
    }

    /// Adds the interest of a month, and returns it.
    fn bear_interest(&mut self) -> i64 {
        let interest = self.principal.saturating_mul(self.rate).saturating_add(TWELFTH / 2) / TWELFTH;
        self.interest = self.interest.saturating_add(interest);
        interest
    }

    /// Pays, and returns the excess.
    fn pay(&mut self, payment: i64) -> i64 {
        let to_interest = payment.min(self.interest);
        self.interest -= to_interest;
        let to_principal = (payment - to_interest).min(self.principal);
        self.principal -= to_principal;
        payment - to_interest - to_principal
    }
}

/// Monthly payment that repays a loan in `months`: the smallest sufficient whole number of cents.
///
/// Except for the monthly rounding, it is P × r / (1 − (1 + r)^−n), the payment of an annuity, where P is
/// the debt, r the monthly rate and n the number of months.
pub(crate) fn level_payment(loan: &Loan, months: usize) -> i64 {
    let is_enough = |payment: i64| {
        let mut debt = Debt::of(loan);
        (0..months).any(|_| {
            debt.bear_interest();
            debt.pay(payment);
            debt.owed() == 0
        })
    };
    // Upper bound: the whole debt with one month's interest.
    let mut debt = Debt::of(loan);
    debt.bear_interest();
    let (mut least, mut most) = (0, debt.owed());
    while least < most {
        let middle = least + (most - least) / 2;
        if is_enough(middle) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    most
}

/// Repayment of several loans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Total interest paid, including interest unpaid at the start.
    pub(crate) interest: i64,
    /// Debt at the start and after each month, until it is zero.
    pub(crate) owed: Vec<i64>,
}

impl Plan {
    pub(crate) fn months(&self) -> usize {
        self.owed.len() - 1
    }
}

/// Pays `payments` each month, one per loan, and `extra` to the unpaid loan with the highest rate. `None`
/// if the repayment never ends.
pub(crate) fn plan(loans: &[Loan], payments: &[i64], extra: i64) -> Option<Plan> {
    let mut debts: Vec<(Debt, i64)> = loans.iter().map(Debt::of).zip(payments.iter().copied()).collect();
    debts.sort_by_key(|(debt, _)| -debt.rate);
    let all = |debts: &[(Debt, i64)]| debts.iter().map(|(debt, _)| debt.owed()).sum::<i64>();
    let mut interest: i64 = debts.iter().map(|(debt, _)| debt.interest).sum();
    let mut owed = vec![all(&debts)];
    while owed.last().is_some_and(|owed| *owed > 0) {
        if owed.len() > LONGEST {
            return None;
        }
        for (debt, payment) in &mut debts {
            interest = interest.saturating_add(debt.bear_interest());
            debt.pay(*payment);
        }
        let mut more = extra;
        for (debt, _) in &mut debts {
            more = debt.pay(more);
        }
        owed.push(all(&debts));
    }
    Some(Plan { interest, owed })
}
