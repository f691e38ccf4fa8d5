//! Moments: a thing that happened and its payment, told by two holders.
//!
//! The rule is narrow, and stands on the page: the same amount in the same currency, paid on the same day or at most
//! [`LATER`] days later, and no other row that fits. What fits twice is not linked, nor what may fit a row that was not
//! opened.

use super::lines::{Known, Line, line, stands_alone};
use crate::app::domain::Domain;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day};
use mesinfos_platform::{DayRows, Row};
use std::collections::BTreeSet;

/// Days after an event within which its payment may stand in the bank's rows.
pub(super) const LATER: i32 = 3;

/// An event and its payment.
pub(super) struct Moment<'a> {
    /// Day of the event.
    pub(super) day: Day,
    event: (Category, &'a Row),
    payment: &'a Row,
}

/// What was paid on a day: minor units and currency.
#[derive(Debug, Clone, Copy)]
struct Paid<'a> {
    day: Day,
    amount: i64,
    currency: &'a str,
}

/// What was paid for a row that tells of an event.
fn price(category: Category, row: &Row) -> Option<i64> {
    row.number(price_field(category)?).filter(|amount| *amount > 0)
}

fn has_price(category: Category) -> bool {
    price_field(category).is_some()
}

fn price_field(category: Category) -> Option<&'static str> {
    Some(match category {
        Category::Purchases | Category::Bills => "amount",
        Category::Health => "charged",
        Category::Mobility | Category::Telecom => "cost",
        _ => return None,
    })
}

/// The moments among rows of some days.
pub(super) fn moments(days: &[DayRows]) -> Vec<Moment<'_>> {
    let (mut events, mut payments) = (Vec::new(), Vec::new());
    for of in days {
        for row in &of.rows {
            let Some(currency) = row.value("currency") else { continue };
            let paid = |amount| Paid { day: of.day, amount, currency };
            if of.category == Category::Bank {
                let spent = row.number("amount").and_then(i64::checked_neg).filter(|amount| *amount > 0);
                payments.extend(spent.map(|amount| (row, paid(amount))));
            } else if stands_alone(of.category, row, &of.rows) {
                events.extend(price(of.category, row).map(|amount| ((of.category, row), paid(amount))));
            }
        }
    }
    // A day of which not all rows were opened may have others that fit.
    let cut = |is_bank: bool, day: i64| {
        let is_cut = |of: &DayRows| of.total > of.rows.len() as u64 && i64::from(of.day.0) == day;
        let counts =
            |of: &DayRows| if is_bank { of.category == Category::Bank } else { has_price(of.category) };
        days.iter().any(|of| counts(of) && is_cut(of))
    };
    let is_sure = |event: Day, payment: Day| {
        let (event, payment, later) = (i64::from(event.0), i64::from(payment.0), i64::from(LATER));
        !(event..=event + later).any(|day| cut(true, day))
            && !(payment - later..=payment).any(|day| cut(false, day))
    };
    let pairs = linked(
        &events.iter().map(|(_, paid)| *paid).collect::<Vec<_>>(),
        &payments.iter().map(|(_, paid)| *paid).collect::<Vec<_>>(),
    );
    let moment = |(event, payment): (usize, usize)| Moment {
        day: events[event].1.day,
        event: events[event].0,
        payment: payments[payment].0,
    };
    let pairs =
        pairs.into_iter().filter(|(event, payment)| is_sure(events[*event].1.day, payments[*payment].1.day));
    pairs.map(moment).collect()
}

/// Places of events and payments that fit each other and nothing else.
fn linked(events: &[Paid<'_>], payments: &[Paid<'_>]) -> Vec<(usize, usize)> {
    let fits = |event: &Paid<'_>, payment: &Paid<'_>| {
        let later = i64::from(payment.day.0) - i64::from(event.day.0);
        event.amount == payment.amount
            && event.currency == payment.currency
            && (0..=i64::from(LATER)).contains(&later)
    };
    let payment_of = |event: &Paid<'_>| {
        let mut fitting = (0..payments.len()).filter(|at| fits(event, &payments[*at]));
        let only = fitting.next().filter(|_| fitting.next().is_none())?;
        (events.iter().filter(|other| fits(other, &payments[only])).count() == 1).then_some(only)
    };
    events.iter().enumerate().filter_map(|(at, event)| Some((at, payment_of(event)?))).collect()
}

impl Moment<'_> {
    /// The rows that it is made of.
    pub(super) fn rows(&self) -> [Known; 2] {
        let (category, event) = self.event;
        [(category, event.id), (Category::Bank, self.payment.id)]
    }

    pub(super) fn domain(&self) -> Domain {
        Domain::of(self.event.0)
    }

    /// Number of holders that tell of it.
    pub(super) fn holders(&self) -> u64 {
        let names = [self.event.1, self.payment].map(|row| row.value("holder"));
        names.into_iter().collect::<BTreeSet<_>>().len() as u64
    }

    pub(super) fn title(&self, lang: Lang) -> String {
        line(self.event.0, self.event.1, lang).title
    }

    /// The line of the event, then that of the payment.
    pub(super) fn lines(&self, lang: Lang) -> [Line; 2] {
        let (category, event) = self.event;
        [line(category, event, lang), line(Category::Bank, self.payment, lang)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn paid(day: i32, amount: i64) -> Paid<'static> {
        Paid { day: Day(day), amount, currency: "EUR" }
    }

    #[test]
    fn an_event_has_its_payment_if_only_one_fits() {
        let visit = [paid(10, 3_000)];
        assert_eq!(linked(&visit, &[paid(12, 3_000)]), [(0, 0)]);
        assert_eq!(linked(&visit, &[paid(20, 3_000), paid(10, 3_000)]), [(0, 1)]);
        // Another amount or currency, too late, too early.
        let dollars = Paid { currency: "USD", ..paid(12, 3_000) };
        for other in [paid(12, 3_001), dollars, paid(14, 3_000), paid(9, 3_000)] {
            assert!(linked(&visit, &[other]).is_empty(), "{other:?}");
        }
        // Two payments, or two events: nobody knows which.
        assert!(linked(&visit, &[paid(11, 3_000), paid(12, 3_000)]).is_empty());
        assert!(linked(&[paid(10, 3_000), paid(11, 3_000)], &[paid(12, 3_000)]).is_empty());
        assert_eq!(linked(&[paid(10, 3_000), paid(8, 3_000)], &[paid(12, 3_000)]), [(0, 0)]);
        // Days at the ends of time.
        assert!(linked(&[paid(i32::MIN, 1)], &[paid(i32::MAX, 1)]).is_empty());
    }
}
