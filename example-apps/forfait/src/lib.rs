//! Forfait: use of a mobile plan, its cost, and the cost of other plans for the same use; after "Refact",
//! the analyser of phone bills named by the project's founders.
//!
//! `usage` counts, `plans` prices, `paid` finds today's cost, `page` shows the results. This module reads
//! the data.

mod page;
mod paid;
mod plans;
mod usage;
#[cfg(test)]
mod whole;

use mesinfos_sdk::telecom::{self, PeerKind};
use mesinfos_sdk::view::{self, Param, Report, Unit};
use mesinfos_sdk::{Context, Currency, Failure, Lang, Period, Source, app, bills, contracts};
use page::Page;
use paid::{Bills, Paid};
use std::collections::BTreeMap;
use usage::{Event, Line};

app!(run: run, parameters: parameters);

/// Gigabytes per month if neither the data nor the person gives a number: an assumption, stated in the
/// view.
const ASSUMED_GIGABYTES: i64 = 20;

fn parameters(lang: Lang) -> Vec<Param> {
    let bill = lang.t("Votre facture par mois (0 : inconnue)", "Your monthly bill (0: unknown)");
    let data = lang.t(
        "Internet mobile par mois, en Go (0 : d’après vos données)",
        "Mobile data per month, in GB (0: from your data)",
    );
    vec![view::euros("bill", bill, 200, 0), view::number("data", data, Unit::Gigabyte, (0, 500), 0)]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut lines = read_use()?;
    let count = lines.len();
    // A plan is for one line: use the one with the most events.
    let line = lines.drain(..).max_by_key(|line| line.events).ok_or(Failure::NeedsData(vec!["telecom"]))?;
    let (bills, contract) = (read_bills()?, read_contract()?);
    let said = whole(ctx, "bill").map(|euros| Paid::yearly(euros * 1_200));
    let of_contract = contract.as_ref().map(|one| Paid::yearly(one.yearly));
    let now = said.or(bills.paid().map(|(paid, _)| paid)).or(of_contract);
    let measured = line.months.values().any(|used| used.bytes.is_some());
    let gigabytes = whole(ctx, "data").or((!measured).then_some(ASSUMED_GIGABYTES));
    let assumed = !measured && whole(ctx, "data").is_none();
    let page = Page {
        ctx,
        line: &line,
        whole: line.whole(),
        lines: count,
        bills: &bills,
        contract,
        now,
        said,
        gigabytes,
        assumed,
    };
    Ok(page.report())
}

/// A whole number set by the person; `None` if it is 0.
#[allow(clippy::cast_possible_truncation, reason = "the host keeps it between 0 and 500")]
fn whole(ctx: &Context, id: &str) -> Option<i64> {
    ctx.number(id).map(|number| number.round() as i64).filter(|number| *number > 0)
}

fn read_use() -> Result<Vec<Line>, Failure> {
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for event in telecom::events(Period::all()) {
        let event = event?;
        let (Some(at), Some(service)) = (event.at(), event.service()) else {
            continue;
        };
        let name = event.line().unwrap_or_default();
        if !lines.contains_key(name) {
            lines.insert(name.to_owned(), Line::default());
        }
        if let Some(line) = lines.get_mut(name) {
            line.add(&Event {
                on: at.date(),
                service,
                direction: event.direction(),
                peer: event.peer_kind().unwrap_or(PeerKind::Unknown),
                seconds: event.duration().unwrap_or(0),
                messages: event.messages().unwrap_or(1),
                bytes: event.bytes(),
                roaming: event.roaming(),
            });
        }
    }
    Ok(lines.into_values().collect())
}

/// Bills of telephone lines in euros.
fn read_bills() -> Result<Bills, Failure> {
    let mut read = Bills::default();
    for bill in bills::bills(Period::all()) {
        let bill = bill?;
        let amount = bill.amount().filter(|money| money.currency == Currency::EUR);
        let (Some(bills::Service::Telecom), Some(amount)) = (bill.service(), amount) else {
            continue;
        };
        match (bill.row(), bill.issued_on()) {
            (Some(bills::Row::Bill), Some(on)) => {
                *read.totals.entry(on).or_default() += amount.minor;
                read.sources.entry(on).or_default().push(bill.as_source());
                read.vendor = bill.vendor().map(str::to_owned).or(read.vendor);
            }
            (Some(bills::Row::Line), _) => {
                *read.lines.entry(bill.kind().unwrap_or(bills::Kind::Other)).or_default() += amount.minor;
            }
            _ => {}
        }
    }
    Ok(read)
}

/// An active telephone contract, in euros.
struct Contract {
    product: Option<String>,
    holder: Option<String>,
    /// Yearly price in cents.
    yearly: i64,
    /// Its row.
    source: Source,
}

/// The active contract of a telephone line, the most expensive one of several: nothing tells which one is
/// for this line.
fn read_contract() -> Result<Option<Contract>, Failure> {
    let mut found: Option<Contract> = None;
    for contract in contracts::contracts(Period::all()) {
        let contract = contract?;
        let running =
            !matches!(contract.status(), Some(contracts::Status::Ended | contracts::Status::Closed));
        if contract.row() != Some(contracts::Row::Contract)
            || contract.kind() != Some(contracts::Kind::Telecom)
        {
            continue;
        }
        let premium = contract.premium().filter(|money| running && money.currency == Currency::EUR);
        let yearly = premium
            .zip(contract.premium_period())
            .and_then(|(money, period)| paid::yearly(money.minor, period));
        if let Some(yearly) = yearly.filter(|cents| found.as_ref().is_none_or(|one| one.yearly < *cents)) {
            let (product, holder) =
                (contract.product().map(str::to_owned), contract.holder().map(str::to_owned));
            found = Some(Contract { product, holder, yearly, source: contract.as_source() });
        }
    }
    Ok(found)
}
