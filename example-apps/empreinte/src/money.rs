//! Bank data: spending on energy, fuel and transport, in a year if the days allow it.

use crate::posts::Of;
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::span::{Reach, Span};
use mesinfos_sdk::spending::{self, Purpose};
use mesinfos_sdk::{AccessError, Currency, Date, Period, bank};
use std::collections::BTreeMap;

/// Purpose of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Theme {
    Energy,
    Fuel,
    Transit,
    Flights,
}

/// Purpose of a payment, by the table of the SDK.
pub(crate) fn theme(payment: &spending::Payment<'_>) -> Option<Theme> {
    match payment.purpose()? {
        Purpose::Energy => Some(Theme::Energy),
        Purpose::Fuel => Some(Theme::Fuel),
        Purpose::Transit => Some(Theme::Transit),
        Purpose::Flights => Some(Theme::Flights),
        _ => None,
    }
}

/// A payment with a theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    pub(crate) day: Date,
    pub(crate) cents: i64,
    pub(crate) theme: Option<Theme>,
}

/// Spending of the newest days without a hole, a year at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spending {
    /// Cents, brought to a year if the days allow it.
    pub(crate) cents: BTreeMap<Theme, i64>,
    /// Days from the first payment to the last.
    pub(crate) of: Of,
}

impl Spending {
    /// From payments in any order; `None` without any.
    pub(crate) fn of(payments: &[Payment]) -> Option<Spending> {
        // Days without a payment at the begin of the year are known, if the data begins before.
        let span = Span::newest(payments.iter().map(|payment| payment.day))?.last_year();
        let mut cents: BTreeMap<Theme, i64> = BTreeMap::new();
        for payment in payments.iter().filter(|payment| payment.day >= span.first) {
            if let Some(theme) = payment.theme {
                *cents.entry(theme).or_default() += payment.cents;
            }
        }
        let reach = Reach::of(span.days());
        if reach == Reach::Pace {
            cents.values_mut().for_each(|cents| *cents = scaled(*cents, 365, span.days()));
        }
        Some(Spending { cents, of: Of { span, reach } })
    }

    pub(crate) fn get(&self, theme: Theme) -> Option<i64> {
        self.cents.get(&theme).copied()
    }
}

/// Reads outgoing payments in euros.
pub(crate) fn payments() -> Result<Vec<Payment>, AccessError> {
    let mut payments = Vec::new();
    for row in bank::transactions(Period::all()) {
        let row = row?;
        if let (Some(day), Some(money)) = (row.booked_on(), row.amount())
            && money.minor < 0
            && money.currency == Currency::EUR
        {
            let payment = spending::Payment {
                kind: None,
                merchant: row.merchant_category(),
                bank_category: row.bank_category(),
                label: row.label().unwrap_or_default(),
            };
            let theme = theme(&payment);
            payments.push(Payment { day, cents: -money.minor, theme });
        }
    }
    Ok(payments)
}
