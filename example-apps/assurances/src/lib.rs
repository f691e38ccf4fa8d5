//! Assurances: contracts in one place, with their yearly price, possible double cover, and dates on which
//! they can be ended; with bills or bank data, also the amounts actually paid.

use mesinfos_sdk::bills::{self, Service};
use mesinfos_sdk::contracts::{self, Kind, Row, Status};
use mesinfos_sdk::view::Report;
use mesinfos_sdk::words::{fold, names};
use mesinfos_sdk::{Context, Currency, Failure, Period, app, bank};
use std::collections::BTreeMap;

mod contract;
mod overlaps;
mod pages;
mod paid;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use contract::Contract;
use paid::{Billed, Debit};

app!(run: run);

/// Granted data, in one currency.
#[derive(Debug, Default)]
struct Given {
    contracts: Vec<Contract>,
    bills: Vec<Billed>,
    debits: Vec<Debit>,
    /// Whether amounts in other currencies were left out.
    others: bool,
    /// Whether any row of bills and of the bank was read, of whatever kind.
    has_bills: bool,
    has_bank: bool,
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let contracts = read_contracts(ctx)?;
    let ((bills, has_bills), (debits, has_bank)) = (read_bills()?, read_debits()?);
    if contracts.is_empty() && bills.is_empty() && debits.is_empty() {
        return Err(Failure::NeedsData(vec!["contracts"]));
    }
    let (currency, given) = in_one_currency(contracts, bills, debits);
    let given = Given { has_bills, has_bank, ..given };
    Ok(pages::report(ctx, currency, &given))
}

/// Whether a text is an insurer's own code, such as "NOR", which tells a person nothing beside a product's name.
fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Reads contracts and the things they cover.
fn read_contracts(ctx: &Context) -> Result<Vec<(Option<Currency>, Contract)>, Failure> {
    let mut found: Vec<(Option<Currency>, Contract)> = Vec::new();
    let mut covered: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in contracts::contracts(Period::all()) {
        let row = row?;
        let id = row.contract().map(str::to_owned);
        match row.row() {
            Some(Row::Contract) => {
                let premium = row.premium();
                let plan = row.plan().filter(|plan| row.product().is_none() || !is_code(plan));
                let name = [row.product(), plan].into_iter().flatten().collect::<Vec<_>>();
                let contract = Contract {
                    id,
                    provider: row
                        .holder()
                        .unwrap_or(ctx.t("Organisme non indiqué", "Provider not stated"))
                        .to_owned(),
                    kind: row.kind().unwrap_or(Kind::Other),
                    name: name.join(", "),
                    start: row.start(),
                    end: row.end(),
                    is_ended: matches!(row.status(), Some(Status::Ended | Status::Closed)),
                    premium: premium.map(|money| money.minor).zip(row.premium_period()),
                    covered: Vec::new(),
                    source: row.as_source(),
                };
                found.push((premium.map(|money| money.currency), contract));
            }
            Some(Row::Covered) => {
                if let Some((id, thing)) = id.zip(row.covered()) {
                    covered.entry(id).or_default().push(thing.to_owned());
                }
            }
            _ => {}
        }
    }
    for (_, contract) in &mut found {
        let things = contract.id.as_ref().and_then(|id| covered.get(id));
        contract.covered = things.cloned().unwrap_or_default();
        contract.covered.sort();
    }
    // The order of files and of their rows says nothing.
    found.sort_by(|(_, a), (_, b)| {
        let key = |one: &Contract| {
            (one.start, one.provider.clone(), one.kind, one.name.clone(), one.end, one.premium)
        };
        key(a).cmp(&key(b))
    });
    Ok(found)
}

/// Whether a row is a bill; `None` if it is neither a bill nor a payment that was made.
fn is_bill(row: Option<bills::Row>, status: Option<bills::Status>) -> Option<bool> {
    match row {
        Some(bills::Row::Bill) => Some(true),
        Some(bills::Row::Payment) if status == Some(bills::Status::Paid) => Some(false),
        _ => None,
    }
}

/// Bills and payments, and whether any row was read.
fn read_bills() -> Result<(Vec<(Currency, Billed)>, bool), Failure> {
    let (mut found, mut is_read) = (Vec::new(), false);
    for row in bills::bills(Period::all()) {
        let row = row?;
        is_read = true;
        let Some(is_bill) = is_bill(row.row(), row.status()) else { continue };
        let (Some(day), Some(money)) = (row.issued_on().or_else(|| row.due_on()), row.amount()) else {
            continue;
        };
        let Some(vendor) = row.vendor().or_else(|| row.holder()) else { continue };
        let is_insurance = row.service() == Some(Service::Insurance);
        let vendor = vendor.to_owned();
        found.push((money.currency, Billed { day, vendor, is_bill, is_insurance, minor: money.minor }));
    }
    Ok((found, is_read))
}

/// Debits, and whether any row was read.
fn read_debits() -> Result<(Vec<(Currency, Debit)>, bool), Failure> {
    let (mut found, mut is_read) = (Vec::new(), false);
    for row in bank::transactions(Period::all()) {
        let row = row?;
        is_read = true;
        let (Some(day), Some(money)) = (row.booked_on(), row.amount()) else { continue };
        if money.minor >= 0 {
            continue;
        }
        let label = row.label().unwrap_or_default();
        // Append the other party, unless the label names it.
        let party = row.counterparty().filter(|party| !names(&fold(label), &fold(party)));
        let label = [label, party.unwrap_or_default()].join(" ").trim().to_owned();
        let is_regular =
            matches!(row.kind(), None | Some(bank::Kind::DirectDebit | bank::Kind::Fee | bank::Kind::Other));
        let minor = money.minor.saturating_neg();
        found.push((money.currency, Debit { day, words: fold(&label), label, is_regular, minor }));
    }
    Ok((found, is_read))
}

/// Keeps the currency of most contracts; without one, that of most bills and debits.
fn in_one_currency(
    contracts: Vec<(Option<Currency>, Contract)>,
    bills: Vec<(Currency, Billed)>,
    debits: Vec<(Currency, Debit)>,
) -> (Currency, Given) {
    let of_contracts: Vec<Currency> = contracts.iter().filter_map(|(currency, _)| *currency).collect();
    let of_bills = || bills.iter().map(|(currency, _)| *currency);
    let of_debits = || debits.iter().map(|(currency, _)| *currency);
    let all: Vec<Currency> = of_contracts.iter().copied().chain(of_bills()).chain(of_debits()).collect();
    let currency = most(if of_contracts.is_empty() { &all } else { &of_contracts });
    let mut given = Given { others: all.iter().any(|other| *other != currency), ..Given::default() };
    for (of, mut contract) in contracts {
        contract.premium = contract.premium.filter(|_| of == Some(currency));
        given.contracts.push(contract);
    }
    given.bills = bills.into_iter().filter(|(of, _)| *of == currency).map(|(_, bill)| bill).collect();
    given.debits = debits.into_iter().filter(|(of, _)| *of == currency).map(|(_, debit)| debit).collect();
    (currency, given)
}

/// The most frequent currency; the euro if there is none.
fn most(currencies: &[Currency]) -> Currency {
    let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
    for currency in currencies {
        *counts.entry(*currency).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(Currency::EUR, |(currency, _)| currency)
}
