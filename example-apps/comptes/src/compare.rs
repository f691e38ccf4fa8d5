//! What the person's use of one account would have cost at a tariff: a range where the tariff or the movements leave
//! something open.

use crate::fees::Fee;
use crate::tariffs::{Abroad, Cash, INTERVENTION, Tariff};
use crate::usage::{Usage, What};
use mesinfos_sdk::numbers::scaled;

/// A cost in cents: at least and at most; and what was used whose price is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) least: i64,
    pub(crate) most: i64,
    pub(crate) unknown: Vec<Fee>,
}

/// A range in ten-thousandths of a cent.
type Range = (i128, i128);

/// Cost of a year; of a shorter time, the services that are paid for one by one are brought to a year at the same
/// pace.
pub(crate) fn cost(tariff: &Tariff, usage: &Usage) -> Cost {
    let mut unknown = Vec::new();
    let (mut least, mut most) = (0, 0);
    let mut add = |fee: Fee, range: Option<Range>| match range {
        Some((low, high)) => (least, most) = (least + low, most + high),
        None => unknown.push(fee),
    };
    if usage.has_card() {
        let idle = i128::from(tariff.idle) * i128::from(usage.idle) * 10_000;
        add(Fee::Card, Some((idle, idle)));
    }
    add(Fee::Abroad, abroad(tariff, usage));
    add(Fee::Withdrawal, cash(tariff.cash, usage));
    let passed = i128::from(usage.count(|what| what == What::Fee(Fee::Intervention)).0) * 10_000;
    let range = match tariff.intervention {
        Some(cents) => (passed * i128::from(cents), passed * i128::from(cents)),
        None => (0, passed * i128::from(INTERVENTION)),
    };
    add(Fee::Intervention, Some(range));
    let (times, by) = if usage.is_whole() { (1, 1) } else { (365, i128::from(usage.known.max(1))) };
    let yearly = tariff.account + if usage.has_card() { tariff.card.unwrap_or(0) } else { 0 };
    let whole = |range: i128| yearly + scaled(range, times, by * 10_000);
    Cost { least: whole(least), most: whole(most), unknown }
}

/// Payments and withdrawals in another currency; `None` if a price or an amount is not known.
fn abroad(tariff: &Tariff, usage: &Usage) -> Option<Range> {
    let untold = usage.untold_abroad() > 0;
    if untold && !(tariff.abroad == Abroad::Free && tariff.abroad_cash == Abroad::Free) {
        return None;
    }
    let payments = each(tariff.abroad, usage, What::Card(true))?;
    let cash = each(tariff.abroad_cash, usage, What::Cash(true))?;
    Some((payments.0 + cash.0, payments.1 + cash.1))
}

fn each(price: Abroad, usage: &Usage, what: What) -> Option<Range> {
    let months = usage.by_month(|one| one == what);
    let amounts = || months.values().flatten().map(|cents| i128::from(*cents));
    let exact = |cost: i128| Some((cost, cost));
    match price {
        _ if months.is_empty() => exact(0),
        Abroad::Unknown => None,
        Abroad::Free => exact(0),
        Abroad::Rate { rate, most } => {
            let limit = most.map_or(i128::MAX, |cents| i128::from(cents) * 10_000);
            exact(amounts().map(|cents| (cents * i128::from(rate)).min(limit)).sum())
        }
        Abroad::ForHundred(cents) => {
            // Either all of it follows the amount, or nothing does.
            let fixed = i128::from(cents) * 10_000;
            let ranges = amounts().map(|amount| (amount * i128::from(cents), fixed));
            let ends = ranges.map(|(rate, fixed)| (rate.min(fixed), rate.max(fixed)));
            Some(ends.fold((0, 0), |sum, end| (sum.0 + end.0, sum.1 + end.1)))
        }
        Abroad::After { free, rate } => {
            let paid = months.values().flat_map(|amounts| amounts.iter().skip(free));
            exact(paid.map(|cents| i128::from(*cents) * i128::from(rate)).sum())
        }
        Abroad::Yearly(free) => (amounts().count() <= free).then_some((0, 0)),
    }
}

/// Withdrawals in euros. Whose machine it was is not known.
fn cash(price: Cash, usage: &Usage) -> Option<Range> {
    let months = usage.by_month(|what| what == What::Cash(false));
    match price {
        Cash::Free => Some((0, 0)),
        Cash::Each { free, then, own } => {
            let beyond: usize = months.values().map(|month| month.len().saturating_sub(free)).sum();
            if beyond == 0 {
                return Some((0, 0));
            }
            let all = i128::try_from(beyond).ok()? * i128::from(then?) * 10_000;
            Some((if own { 0 } else { all }, all))
        }
    }
}

/// Saving against what was paid: at least, at most. `None` unless it is larger than its own uncertainty, and large
/// enough to act on.
pub(crate) fn saving(paid: i64, cost: &Cost) -> Option<(i64, i64)> {
    let (least, most) = (paid - cost.most, paid - cost.least);
    (cost.unknown.is_empty() && least >= WORTH && least > most - least).then_some((least, most))
}

/// Least saving to act on, in cents.
const WORTH: i64 = 1_000;
