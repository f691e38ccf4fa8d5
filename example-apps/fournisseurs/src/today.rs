//! The person's present contract and payments, from granted contracts and bills.

use mesinfos_sdk::bills::{self, Service};
use mesinfos_sdk::contracts::{self, Kind, Status};
use mesinfos_sdk::numbers::times_a_year;
use mesinfos_sdk::words::fold;
use mesinfos_sdk::{AccessError, Currency, Date, Period};
use std::collections::BTreeSet;

/// The present contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contract {
    /// Supplier and product, as named in the contract.
    pub(crate) supplier: String,
    pub(crate) product: String,
    /// Subscribed power in volt-amperes.
    pub(crate) power: Option<i64>,
}

/// An energy bill, in euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paid {
    /// Payee.
    pub(crate) to: String,
    pub(crate) on: Date,
    pub(crate) cents: i64,
}

/// The newest energy contract that has not ended.
pub(crate) fn contract() -> Result<Option<Contract>, AccessError> {
    let mut newest: Option<(Option<Date>, Contract)> = None;
    for row in contracts::contracts(Period::all()) {
        let row = row?;
        let is_energy = row.row() == Some(contracts::Row::Contract) && row.kind() == Some(Kind::Energy);
        if !is_energy || row.status() == Some(Status::Ended) {
            continue;
        }
        // A contract with a subscribed power is for electricity, not gas.
        let rank = |(start, contract): &(Option<Date>, Contract)| (contract.power.is_some(), *start);
        let found = Contract {
            supplier: row.holder().unwrap_or_default().to_owned(),
            product: row.product().unwrap_or_default().to_owned(),
            power: row.power(),
        };
        let found = (row.start(), found);
        if newest.as_ref().is_none_or(|newest| rank(&found) >= rank(newest)) {
            newest = Some(found);
        }
    }
    Ok(newest.map(|(_, contract)| contract))
}

/// Energy bills in euros. Payments are left out: they pay for the same bills.
pub(crate) fn paid() -> Result<Vec<Paid>, AccessError> {
    let mut paid = Vec::new();
    for row in bills::bills(Period::all()) {
        let row = row?;
        if row.row() != Some(bills::Row::Bill) || row.service() != Some(Service::Energy) {
            continue;
        }
        if let (Some(on), Some(money)) =
            (row.issued_on(), row.amount().filter(|m| m.currency == Currency::EUR))
        {
            let to = row.vendor().or(row.holder()).unwrap_or_default().to_owned();
            paid.push(Paid { to, on, cents: money.minor });
        }
    }
    Ok(paid)
}

/// Electricity bills among energy bills: those of the contract's supplier or, if it is unknown, those of
/// the only supplier. With several, it is unknown which one sells gas.
pub(crate) fn of_electricity(paid: Vec<Paid>, contract: Option<&Contract>) -> Vec<Paid> {
    let supplier = contract.map(|contract| fold(&contract.supplier)).filter(|name| !name.is_empty());
    let only = || {
        let first = paid.first().map(|bill| fold(&bill.to))?;
        paid.iter().all(|bill| fold(&bill.to) == first).then_some(first)
    };
    match supplier.or_else(only) {
        Some(supplier) => paid.into_iter().filter(|bill| fold(&bill.to) == supplier).collect(),
        None => Vec::new(),
    }
}

/// Amount paid in the year that ends with `last`, in cents; `None` if the bills are of fewer than eleven months.
pub(crate) fn of_year(paid: &[Paid], last: Date) -> Option<i64> {
    let from = last.plus_days(-365);
    let of: Vec<&Paid> = paid.iter().filter(|paid| paid.on > from && paid.on <= last).collect();
    // The usual time between two bills, before this year too: a single yearly bill is of twelve months.
    let days: BTreeSet<Date> = paid.iter().map(|paid| paid.on).collect();
    let times_a_year = times_a_year(days.into_iter().collect())?;
    let bills = of.iter().map(|paid| paid.on).collect::<BTreeSet<Date>>().len();
    let months = i64::try_from(bills).ok()? * 12 / times_a_year;
    (months >= 11).then(|| of.iter().map(|paid| paid.cents).sum()).filter(|cents| *cents > 0)
}
