//! Bank data: yearly spending on energy, fuel and transport.

use mesinfos_sdk::numbers::scaled;
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

/// Yearly spending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spending {
    /// Cents per year.
    pub(crate) yearly: BTreeMap<Theme, i64>,
    /// Days from the first payment to the last, of the last 365.
    pub(crate) days: i64,
}

impl Spending {
    /// From payments in any order; `None` with less than four weeks.
    pub(crate) fn of(payments: &[Payment]) -> Option<Spending> {
        let last = payments.iter().map(|payment| payment.day).max()?;
        let recent = || payments.iter().filter(|payment| payment.day > last.plus_days(-365));
        // Days without a payment at the begin of the year are known, if the data begins before.
        let first = payments.iter().map(|payment| payment.day).min()?;
        let days = (i64::from(last - first) + 1).min(365);
        let mut yearly: BTreeMap<Theme, i64> = BTreeMap::new();
        for payment in recent() {
            if let Some(theme) = payment.theme {
                *yearly.entry(theme).or_default() += payment.cents;
            }
        }
        // Eleven months or more count as a year: a monthly payment must not count thirteen times.
        let pace = if days >= 330 { 365 } else { days };
        yearly.values_mut().for_each(|cents| *cents = scaled(*cents, 365, pace));
        (days >= 28).then_some(Spending { yearly, days })
    }

    pub(crate) fn get(&self, theme: Theme) -> Option<i64> {
        self.yearly.get(&theme).copied()
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
