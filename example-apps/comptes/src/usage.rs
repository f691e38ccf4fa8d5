//! Movements of the last year: what each one is, and what was used of each service, by account.

use crate::fees::{FEES, Fee, has};
use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::words::fold;
use mesinfos_sdk::{Currency, Date, Source};
use std::collections::{BTreeMap, BTreeSet};

/// What a movement is for this app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Fee(Fee),
    /// A payment by card, and whether it was in another currency.
    Card(bool),
    /// A withdrawal, and whether it was in another currency.
    Cash(bool),
    /// A cheque that was written.
    Cheque,
    /// A cheque that was paid in.
    ChequeIn,
    /// A transfer that was sent, and whether it was instant.
    Transfer(bool),
    Debit,
    Other,
}

/// A booked movement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Movement {
    pub(crate) on: Date,
    pub(crate) account: usize,
    pub(crate) minor: i64,
    pub(crate) what: What,
    pub(crate) source: Source,
}

impl What {
    pub(crate) fn of(
        kind: Kind,
        bank_category: Option<&str>,
        label: &str,
        minor: i64,
        home: Currency,
    ) -> What {
        if let Some(fee) = Fee::of(kind, bank_category, label, minor) {
            return What::Fee(fee);
        }
        match kind {
            Kind::Card if minor < 0 => What::Card(is_abroad(label, home)),
            Kind::Cash if minor < 0 => What::Cash(is_abroad(label, home)),
            Kind::Cheque if minor < 0 => What::Cheque,
            Kind::Cheque => What::ChequeIn,
            Kind::Transfer if minor < 0 => {
                let text = fold(label);
                What::Transfer(["INST", "INSTANTANE", "INSTANT"].iter().any(|word| has(&text, word)))
            }
            Kind::DirectDebit if minor < 0 => What::Debit,
            _ => What::Other,
        }
    }
}

/// Currencies that statements name beside an amount. Payments in Swedish kronor and Romanian lei cost what those in
/// euros do (Regulation (EU) 2021/1230), so they are not among them.
const CURRENCIES: [&str; 20] = [
    "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "JPY", "MAD", "NOK", "PLN",
    "THB", "TND", "TRY", "USD", "ZAR",
];

/// Whether the label of a payment has an amount in another currency, or says so in words.
fn is_abroad(label: &str, home: Currency) -> bool {
    let text = fold(label);
    let words: Vec<&str> = text.split(' ').collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let beside = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        before.is_some_and(|word| is_number(word)) || words.get(at + 1).is_some_and(|word| is_number(word))
    };
    let foreign = || CURRENCIES.iter().filter(|code| **code != home.code());
    has(&text, "HORS ZONE EURO")
        || words.iter().enumerate().any(|(at, word)| {
            foreign().any(|code| {
                (word == code && beside(at))
                    || word.strip_suffix(code).is_some_and(is_number)
                    || word.strip_prefix(code).is_some_and(is_number)
            })
        })
}

/// The movements of some accounts within some days.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) movements: Vec<Movement>,
    /// Days that are known: those of months with a movement.
    pub(crate) known: i64,
    /// Whole months with a movement and without a payment by card.
    pub(crate) idle: i64,
}

/// Days of the last year that count as a whole year: a month may have no movement.
const WHOLE: i64 = 330;

impl Usage {
    /// The movements from `from` to `until`, of one account or of all.
    pub(crate) fn of(movements: &[Movement], account: Option<usize>, (from, until): (Date, Date)) -> Usage {
        let inside = |one: &&Movement| {
            (from..=until).contains(&one.on) && account.is_none_or(|account| one.account == account)
        };
        let movements: Vec<Movement> = movements.iter().filter(inside).copied().collect();
        let Some(first) = movements.iter().map(|one| one.on).min() else {
            return Usage::default();
        };
        let months: BTreeSet<Date> = movements.iter().map(|one| one.on.month_start()).collect();
        let paid: BTreeSet<Date> = movements
            .iter()
            .filter(|one| matches!(one.what, What::Card(_)))
            .map(|one| one.on.month_start())
            .collect();
        let last_of = |month: Date| month.plus_months(1).plus_days(-1);
        let days = |month: &Date| i64::from(last_of(*month).min(until) - (*month).max(first)) + 1;
        let known = months.iter().map(days).sum();
        let is_idle = |month: &&Date| **month >= from && last_of(**month) <= until && !paid.contains(*month);
        let idle = i64::try_from(months.iter().filter(is_idle).count()).unwrap_or(0);
        Usage { movements, known, idle }
    }

    /// Whether the days are a whole year.
    pub(crate) fn is_whole(&self) -> bool {
        self.known >= WHOLE
    }

    fn fees(&self) -> impl Iterator<Item = (Fee, &Movement)> {
        self.movements.iter().filter_map(|one| match one.what {
            What::Fee(fee) => Some((fee, one)),
            _ => None,
        })
    }

    /// Number of bookings and cost of each kind of fee that there is; what was given back is taken off.
    pub(crate) fn by_kind(&self) -> Vec<(Fee, i64, i64)> {
        let of = |kind: &Fee| {
            let (mut number, mut cost) = (0, 0);
            for (_, one) in self.fees().filter(|(fee, _)| fee == kind) {
                number += i64::from(one.minor < 0);
                cost -= one.minor;
            }
            (*kind, number, cost)
        };
        FEES.iter().map(of).filter(|(_, number, cost)| (*number, *cost) != (0, 0)).collect()
    }

    /// Cost of the fees that `is` chooses.
    pub(crate) fn cost(&self, is: impl Fn(Fee) -> bool) -> i64 {
        -self.fees().filter(|(fee, _)| is(*fee)).map(|(_, one)| one.minor).sum::<i64>()
    }

    /// Rows of these fees.
    pub(crate) fn fee_rows(&self, is: impl Fn(Fee) -> bool) -> impl Iterator<Item = Source> {
        self.fees().filter(move |(fee, _)| is(*fee)).map(|(_, one)| one.source)
    }

    /// Number and sum of the movements that `is` chooses.
    pub(crate) fn count(&self, is: impl Fn(What) -> bool) -> (i64, i64) {
        let chosen = self.movements.iter().filter(|one| is(one.what));
        chosen.fold((0, 0), |(number, sum), one| (number + 1, sum + one.minor.abs()))
    }

    /// Amounts of the movements that `is` chooses, in order, by calendar month.
    pub(crate) fn by_month(&self, is: impl Fn(What) -> bool) -> BTreeMap<Date, Vec<i64>> {
        let mut months: BTreeMap<Date, Vec<i64>> = BTreeMap::new();
        for one in self.movements.iter().filter(|one| is(one.what)) {
            months.entry(one.on.month_start()).or_default().push(one.minor.abs());
        }
        months
    }

    /// Payments and withdrawals in another currency that only a fee tells of: their amounts are not known.
    pub(crate) fn untold_abroad(&self) -> i64 {
        let fees = self.fees().filter(|(fee, one)| *fee == Fee::Abroad && one.minor < 0).count();
        let told = self.count(|what| matches!(what, What::Card(true) | What::Cash(true))).0;
        (i64::try_from(fees).unwrap_or(0) - told).max(0)
    }

    /// Whether fees tell of an overdraft.
    pub(crate) fn is_overdrawn(&self) -> bool {
        self.fees().any(|(fee, _)| matches!(fee, Fee::Overdraft | Fee::Intervention))
    }

    /// Whether the account has a card.
    pub(crate) fn has_card(&self) -> bool {
        self.movements
            .iter()
            .any(|one| matches!(one.what, What::Card(_) | What::Fee(Fee::Card | Fee::Package)))
    }
}
