//! Budget: usual monthly costs and what they are for, recurring payments, changes, and a forecast of the
//! current month.
//!
//! `ledger` holds the movements, `themes` classifies them, `recurring` and `forecast` compute, `page` shows
//! the results. This module reads the data.

mod forecast;
mod ledger;
mod page;
mod recurring;
mod themes;
#[cfg(test)]
mod whole;

use ledger::{Entry, Ledger};
use mesinfos_sdk::bank::{self, Kind, Status};
use mesinfos_sdk::view::{self, Report};
use mesinfos_sdk::{Context, Currency, Failure, Period, app};
use page::Page;
use std::collections::BTreeMap;
use themes::Theme;

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let (ledgers, pending) = read()?;
    let others = ledgers.len() > 1;
    // Show the currency with the most movements.
    let most = ledgers.into_iter().max_by_key(|(_, ledger)| ledger.movements.len());
    let (currency, mut ledger) = most.ok_or(Failure::NeedsData(vec!["bank"]))?;
    ledger.find_own_transfers();
    let page = Page::of(ctx, currency, &ledger).ok_or(Failure::NeedsData(vec!["bank"]))?;
    let sections = [
        Some(page.in_short()),
        page.this_month(),
        page.changes(),
        page.themes(),
        page.comes_back(),
        page.advice(),
    ];
    let (first, last) = page.days();
    let sections = sections.into_iter().flatten().collect();
    let report = view::report(ctx, "Budget", &page.headline(), sections).days(first, last);
    Ok(page.limits(report, others, pending))
}

/// Reads the booked movements of each currency; also returns the number of movements left out.
fn read() -> Result<(BTreeMap<Currency, Ledger>, usize), Failure> {
    let (mut ledgers, mut pending): (BTreeMap<Currency, Ledger>, usize) = (BTreeMap::new(), 0);
    for movement in bank::transactions(Period::all()) {
        let movement = movement?;
        let (Some(on), Some(amount)) = (movement.booked_on(), movement.amount()) else {
            continue;
        };
        // Pending movements appear again when booked; reversed ones never took place.
        if matches!(movement.status(), Some(Status::Pending | Status::Reversed)) {
            pending += 1;
            continue;
        }
        let (kind, label) = (movement.kind().unwrap_or(Kind::Other), movement.label().unwrap_or_default());
        let theme = Theme::of(kind, movement.merchant_category(), movement.bank_category(), label);
        let (balance, account) = (movement.balance(), movement.account().unwrap_or_default());
        let ledger = ledgers.entry(amount.currency).or_default();
        let source = movement.as_source();
        ledger.add(&Entry { on, amount, balance, account, kind, theme, label, source });
    }
    Ok((ledgers, pending))
}
