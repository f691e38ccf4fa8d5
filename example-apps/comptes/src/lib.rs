//! Comptes: what a current account and its card cost in the last year, what was used of them, and what the same use
//! would cost at published French tariffs.
//!
//! `fees` tells which movements are fees, `usage` counts, `tariffs` are the published prices with their sources,
//! `compare` prices the use, `show` makes the view. This module reads the data.

mod compare;
mod fees;
mod show;
mod tariffs;
#[cfg(test)]
mod tests;
mod usage;
#[cfg(test)]
mod whole;

use compare::{Cost, cost};
use mesinfos_sdk::bank::{self, Kind, Status};
use mesinfos_sdk::view::Report;
use mesinfos_sdk::{Context, Currency, Date, Failure, Period, app};
use std::collections::BTreeMap;
use tariffs::TARIFFS;
use usage::{Movement, Usage, What};

app!(run: run);

/// Fewest known days for a comparison: with fewer, one trip would decide.
const TOO_FEW: i64 = 60;

/// Movements of one currency.
#[derive(Default)]
struct Ledger {
    movements: Vec<Movement>,
    /// Index of each account, by holder and pseudonym.
    accounts: BTreeMap<(String, String), usize>,
    /// Holder of each account.
    holders: Vec<String>,
    /// Whether any row says its kind, and its label.
    has_kinds: bool,
    has_labels: bool,
}

/// Data of the view.
struct Findings {
    currency: Currency,
    first: Date,
    last: Date,
    /// All accounts together.
    all: Usage,
    /// Name and use of each account that has movements.
    accounts: Vec<(String, Usage)>,
    /// Index into `accounts` of the one that is compared.
    main: usize,
    /// Cost of each tariff of [`TARIFFS`]; none for another currency, or for too few days.
    costs: Option<Vec<Cost>>,
    other_currencies: bool,
    has_kinds: bool,
    has_labels: bool,
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let ledgers = read()?;
    let other_currencies = ledgers.len() > 1;
    let most = ledgers.into_iter().max_by_key(|(_, ledger)| ledger.movements.len());
    let (currency, ledger) = most.ok_or(Failure::NeedsData(vec!["bank"]))?;
    let found = findings(currency, &ledger, other_currencies).ok_or(Failure::NeedsData(vec!["bank"]))?;
    Ok(show::report(ctx, &found))
}

/// The booked movements of each currency.
fn read() -> Result<BTreeMap<Currency, Ledger>, Failure> {
    let mut ledgers: BTreeMap<Currency, Ledger> = BTreeMap::new();
    for movement in bank::transactions(Period::all()) {
        let movement = movement?;
        let (Some(on), Some(amount)) = (movement.booked_on(), movement.amount()) else {
            continue;
        };
        if matches!(movement.status(), Some(Status::Pending | Status::Reversed)) {
            continue;
        }
        let label = movement.label().unwrap_or_default();
        let kind = movement.kind().unwrap_or(Kind::Other);
        let what = What::of(kind, movement.bank_category(), label, amount.minor, amount.currency);
        let holder = movement.holder().unwrap_or_default();
        let ledger = ledgers.entry(amount.currency).or_default();
        let account = ledger.account(holder, movement.account().unwrap_or_default());
        ledger.has_kinds |= movement.kind().is_some();
        ledger.has_labels |= movement.label().is_some();
        ledger.movements.push(Movement {
            on,
            account,
            minor: amount.minor,
            what,
            source: movement.as_source(),
        });
    }
    Ok(ledgers)
}

impl Ledger {
    fn account(&mut self, holder: &str, account: &str) -> usize {
        let next = self.holders.len();
        let at = *self.accounts.entry((holder.to_owned(), account.to_owned())).or_insert(next);
        if at == next {
            self.holders.push(holder.to_owned());
        }
        at
    }
}

fn findings(currency: Currency, ledger: &Ledger, other_currencies: bool) -> Option<Findings> {
    let last = ledger.movements.iter().map(|one| one.on).max()?;
    let from = last.plus_days(-364);
    let of = |account| Usage::of(&ledger.movements, account, (from, last));
    let all = of(None);
    let first = all.movements.iter().map(|one| one.on).min()?;
    let mut accounts = Vec::new();
    for (i, holder) in ledger.holders.iter().enumerate() {
        let usage = of(Some(i));
        if usage.movements.is_empty() {
            continue;
        }
        let same = ledger.holders[..i].iter().filter(|other| *other == holder).count();
        let name = if same == 0 { holder.clone() } else { format!("{holder} ({})", same + 1) };
        accounts.push((name, usage));
    }
    // The account whose card pays most often; the first of equals.
    let weight = |usage: &Usage| (usage.count(|what| matches!(what, What::Card(_))).0, usage.movements.len());
    let main = (0..accounts.len()).rev().max_by_key(|i| weight(&accounts[*i].1))?;
    let usage = &accounts[main].1;
    // Without kinds nothing tells what was used, without labels what a fee was for.
    let is_told = ledger.has_kinds && ledger.has_labels;
    let is_priced = currency == Currency::EUR && usage.known >= TOO_FEW && is_told;
    let costs = is_priced.then(|| TARIFFS.iter().map(|tariff| cost(tariff, usage)).collect());
    let (has_kinds, has_labels) = (ledger.has_kinds, ledger.has_labels);
    Some(Findings {
        currency,
        first,
        last,
        all,
        accounts,
        main,
        costs,
        other_currencies,
        has_kinds,
        has_labels,
    })
}
