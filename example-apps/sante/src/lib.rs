//! Santé: a health record on a page, after the "Blue Button" of the United States: medicines, vaccines,
//! dates, measures, and amounts paid by each party. It sorts data and gives no medical advice.

use mesinfos_sdk::health::{self, HealthEntry, Kind, Row};
use mesinfos_sdk::view::Report;
use mesinfos_sdk::{Context, Currency, Failure, Money, Period, app, bills, contracts};
use std::collections::BTreeMap;

mod costs;
mod pages;
mod record;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use costs::{Care, Refund};
use record::{Item, Measure, Values};

app!(run: run);

/// Granted data.
#[derive(Default)]
struct Given {
    items: Vec<Item>,
    /// Vital signs and laboratory results.
    measures: BTreeMap<Measure, Values>,
    /// Care, in one currency.
    care: Vec<Care>,
    /// What complementary insurances gave back, in the currency of the care.
    refunds: Vec<Refund>,
    covers: Vec<Cover>,
    /// Whether any contract was read, of whatever kind.
    has_contracts: bool,
    /// Whether any claim was read, with or without amounts.
    has_claims: bool,
    /// Whether care in other currencies was left out.
    others: bool,
}

/// An active health contract.
struct Cover {
    provider: String,
    name: String,
    since: Option<mesinfos_sdk::Date>,
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut given = Given::default();
    let mut care: Vec<(Option<Currency>, Care)> = Vec::new();
    for entry in health::entries(Period::all()) {
        let entry = entry?;
        match entry.row() {
            Some(Row::Claim) => {
                given.has_claims = true;
                care.push(read_care(ctx, &entry, false));
            }
            Some(Row::ClaimLine) => care.push(read_care(ctx, &entry, true)),
            Some(Row::Item) => read_item(&entry, &mut given),
            None => {}
        }
    }
    given.covers = read_covers(ctx, &mut given.has_contracts)?;
    let currency = in_one_currency(care, &mut given);
    if given.items.is_empty() && given.measures.is_empty() && given.care.is_empty() && given.covers.is_empty()
    {
        return Err(Failure::NeedsData(vec!["health"]));
    }
    // The order of files and of their rows says nothing.
    given.care.sort_by(costs::in_order);
    given.items.sort();
    given.items = record::unique(given.items);
    given.refunds = read_refunds(currency)?;
    Ok(pages::report(ctx, currency, &given))
}

/// Reads an item of the record; vital signs and laboratory results become measures. Steps and the like are
/// not part of a health record.
fn read_item(entry: &HealthEntry, given: &mut Given) {
    let (Some(kind), Some(label)) = (entry.kind(), entry.label()) else { return };
    match kind {
        Kind::Activity => {}
        Kind::Vital | Kind::LabResult => {
            if let (Some(on), Some(value)) = (entry.on(), entry.value()) {
                let measure = (label.to_owned(), entry.unit().map(str::to_owned));
                given.measures.entry(measure).or_default().add(on, value, entry.number());
            }
        }
        _ => given.items.push(Item {
            kind,
            on: entry.on(),
            until: entry.until(),
            label: label.to_owned(),
            provider: entry.provider().map(str::to_owned),
            status: entry.status().map(str::to_owned),
            dose: entry.dose().map(str::to_owned),
        }),
    }
}

fn read_care(ctx: &Context, entry: &HealthEntry, is_line: bool) -> (Option<Currency>, Care) {
    let (charged, insurer, person) = (entry.charged(), entry.paid(), entry.patient());
    let minor = |money: Option<Money>| money.map(|money| money.minor);
    let care = Care {
        claim: entry.claim().map(str::to_owned),
        is_line,
        holder: entry
            .holder()
            .unwrap_or(ctx.t("Organisme non indiqué", "Organisation not stated"))
            .to_owned(),
        on: entry.on(),
        kind: entry.kind(),
        label: entry.label().map(str::to_owned),
        provider: entry.provider().map(str::to_owned),
        charged: minor(charged),
        insurer: minor(insurer),
        person: minor(person),
        back: 0,
        source: entry.as_source(),
    };
    (charged.or(insurer).or(person).map(|money| money.currency), care)
}

/// Reads what complementary insurances gave back, from the bills of health.
fn read_refunds(currency: Currency) -> Result<Vec<Refund>, Failure> {
    let mut refunds = Vec::new();
    for row in bills::bills(Period::all()) {
        let row = row?;
        let is_health = row.row() == Some(bills::Row::Bill) && row.service() == Some(bills::Service::Health);
        let (Some(on), Some(money)) = (row.issued_on(), row.amount()) else { continue };
        let is_refund = money.minor < 0 || row.status() == Some(bills::Status::Refunded);
        if is_health && is_refund && money.currency == currency {
            refunds.push(Refund { on, minor: money.minor.saturating_abs() });
        }
    }
    Ok(refunds)
}

/// Reads active health contracts; `has_contracts` says whether any contract was read.
fn read_covers(ctx: &Context, has_contracts: &mut bool) -> Result<Vec<Cover>, Failure> {
    let mut covers = Vec::new();
    for row in contracts::contracts(Period::all()) {
        let row = row?;
        *has_contracts |= row.row() == Some(contracts::Row::Contract);
        let is_contract =
            row.row() == Some(contracts::Row::Contract) && row.kind() == Some(contracts::Kind::Health);
        let has_ended = matches!(row.status(), Some(contracts::Status::Ended | contracts::Status::Closed))
            || row.end().is_some_and(|end| end < ctx.today);
        if is_contract && !has_ended {
            covers.push(Cover {
                provider: row
                    .holder()
                    .unwrap_or(ctx.t("Organisme non indiqué", "Organisation not stated"))
                    .to_owned(),
                name: row.product().unwrap_or_default().to_owned(),
                since: row.start(),
            });
        }
    }
    Ok(covers)
}

/// Keeps the currency of most claims, and care without any amount.
fn in_one_currency(care: Vec<(Option<Currency>, Care)>, given: &mut Given) -> Currency {
    let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
    for (currency, _) in &care {
        currency.map(|currency| *counts.entry(currency).or_default() += 1);
    }
    given.others = counts.len() > 1;
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let currency = most.map_or(Currency::EUR, |(currency, _)| currency);
    let in_it = care.into_iter().filter(|(of, _)| of.is_none_or(|of| of == currency));
    given.care = in_it.map(|(_, care)| care).collect();
    currency
}
