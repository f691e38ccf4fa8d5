//! What is really paid, by provider: what contracts state, what is billed, what left the bank. Amounts
//! are minor units of one currency.

use crate::contract::Contract;
use mesinfos_sdk::Date;
use mesinfos_sdk::words::{fold, names};
use std::collections::BTreeMap;

/// A bill or a payment that the provider says was made.
#[derive(Clone, Debug)]
pub(crate) struct Billed {
    pub(crate) day: Date,
    pub(crate) vendor: String,
    pub(crate) is_bill: bool,
    pub(crate) is_insurance: bool,
    pub(crate) minor: i64,
}

/// Money that left an account.
#[derive(Clone, Debug)]
pub(crate) struct Debit {
    pub(crate) day: Date,
    /// As the statement says it, and folded.
    pub(crate) label: String,
    pub(crate) words: String,
    /// Whether it is a direct debit or a fee, as insurance is paid.
    pub(crate) is_regular: bool,
    /// Positive.
    pub(crate) minor: i64,
}

/// What is known of the last twelve months of a provider; `None` where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paid {
    /// By its contracts that run, for a year; `None` where the price of one is not known.
    pub(crate) stated: Option<i64>,
    pub(crate) billed: Option<i64>,
    pub(crate) debited: Option<i64>,
}

/// The first day of the twelve months before `today`.
pub(crate) fn year_before(today: Date) -> Date {
    today.plus_days(-364)
}

/// What each provider of contracts that run, or of insurance bills, was paid.
pub(crate) fn by_provider(
    contracts: &[Contract],
    bills: &[Billed],
    debits: &[Debit],
    today: Date,
) -> BTreeMap<String, Paid> {
    let mut providers: BTreeMap<String, Paid> = BTreeMap::new();
    for bill in bills.iter().filter(|bill| bill.is_insurance) {
        providers.entry(bill.vendor.clone()).or_default();
    }
    for contract in contracts.iter().filter(|contract| contract.is_active(today)) {
        providers.entry(contract.provider.clone()).or_default();
    }
    for (name, paid) in &mut providers {
        let of_it = |contract: &&Contract| contract.provider == *name && contract.is_active(today);
        let prices: Vec<Option<i64>> = contracts.iter().filter(of_it).map(Contract::yearly).collect();
        paid.stated = (!prices.is_empty()).then(|| prices.into_iter().sum::<Option<i64>>()).flatten();
        paid.billed = billed(bills, name, today);
        let folded = fold(name);
        let named = |debit: &&Debit| within(debit.day, today) && names(&debit.words, &folded);
        paid.debited = some_sum(debits.iter().filter(named).map(|debit| debit.minor));
    }
    providers
}

/// Bills of a vendor; its payments where there are no bills: never both.
fn billed(bills: &[Billed], vendor: &str, today: Date) -> Option<i64> {
    let of = |is_bill: bool| {
        let of_it = bills.iter().filter(move |bill| {
            bill.is_bill == is_bill && within(bill.day, today) && fold(&bill.vendor) == fold(vendor)
        });
        some_sum(of_it.map(|bill| bill.minor))
    };
    of(true).or_else(|| of(false))
}

fn within(day: Date, today: Date) -> bool {
    (year_before(today)..=today).contains(&day)
}

fn some_sum(mut minors: impl Iterator<Item = i64>) -> Option<i64> {
    let first = minors.next()?;
    Some(first.saturating_add(minors.sum()))
}

/// Debits that look like insurance and whose payee is the provider of no contract that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) label: String,
    pub(crate) times: i64,
    pub(crate) sum: i64,
    pub(crate) last: Date,
}

/// Insurers and words of insurance in statements of France. Whole words, but for beginnings of "ASSURANCE".
const INSURERS: &[&str] = &[
    "MUTUELLE",
    "PREVOYANCE",
    "MAIF",
    "MACIF",
    "MATMUT",
    "MAAF",
    "GMF",
    "MMA",
    "AXA",
    "ALLIANZ",
    "GROUPAMA",
    "GENERALI",
    "MGEN",
    "AG2R",
    "SWISSLIFE",
    "PACIFICA",
    "APRIL",
    "CNP",
    "THELEM",
    "ALAN",
    "LUKO",
    "ABEILLE",
    "SURAVENIR",
    "MALAKOFF",
];

/// Regular debits of the last twelve months that look like insurance beside the known contracts, the
/// dearest first.
pub(crate) fn beside(contracts: &[Contract], debits: &[Debit], today: Date) -> Vec<Beside> {
    let active = contracts.iter().filter(|contract| contract.is_active(today));
    let providers: Vec<String> = active.map(|contract| fold(&contract.provider)).collect();
    let mut found: BTreeMap<String, Beside> = BTreeMap::new();
    for debit in debits.iter().filter(|debit| debit.is_regular && within(debit.day, today)) {
        let said = &debit.words;
        let insures = said.split(' ').any(|word| INSURERS.contains(&word) || word.starts_with("ASSUR"));
        let known = providers.iter().any(|provider| names(said, provider));
        if !insures || known {
            continue;
        }
        let key: String = said.split(|c: char| c.is_ascii_digit()).collect();
        let label = debit.label.clone();
        let entry = found.entry(key).or_insert(Beside { label, times: 0, sum: 0, last: debit.day });
        entry.times += 1;
        entry.sum = entry.sum.saturating_add(debit.minor);
        entry.last = entry.last.max(debit.day);
    }
    let mut found: Vec<Beside> = found.into_values().collect();
    found.sort_by_key(|beside| -beside.sum);
    found
}
