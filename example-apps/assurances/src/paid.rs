//! Amounts by provider: prices in contracts, bills, and debits. Amounts are minor units of one currency.

use crate::contract::Contract;
use mesinfos_sdk::Date;
use mesinfos_sdk::words::{fold, names};
use std::collections::BTreeMap;

/// A bill, or a payment reported by the provider.
#[derive(Clone, Debug)]
pub(crate) struct Billed {
    pub(crate) day: Date,
    pub(crate) vendor: String,
    pub(crate) is_bill: bool,
    pub(crate) is_insurance: bool,
    pub(crate) minor: i64,
}

/// Money leaving an account.
#[derive(Clone, Debug)]
pub(crate) struct Debit {
    pub(crate) day: Date,
    /// Label of the statement, as written; `words` is its folded form.
    pub(crate) label: String,
    pub(crate) words: String,
    /// Whether it is a direct debit or a fee, the usual means of payment for insurance.
    pub(crate) is_regular: bool,
    /// Amount in minor units, positive.
    pub(crate) minor: i64,
}

/// Amounts of the last twelve months for one provider; `None` if unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paid {
    /// Yearly price of its active contracts; `None` if one of them is unknown.
    pub(crate) stated: Option<i64>,
    pub(crate) billed: Option<i64>,
    pub(crate) debited: Option<i64>,
}

/// The first day of the twelve months before `today`.
pub(crate) fn year_before(today: Date) -> Date {
    today.plus_days(-364)
}

/// First and last day of the bank's data in the twelve months before `today`, and the months between them to the
/// nearest one; `None` if there is no debit.
pub(crate) fn covered(debits: &[Debit], today: Date) -> Option<(Date, Date, i64)> {
    let days = || debits.iter().map(|debit| debit.day).filter(|day| within(*day, today));
    let (first, last) = (days().min()?, days().max()?);
    // A month has 365 / 12 days.
    let months = (i64::from(last - first) * 24 + 365) / 730;
    Some((first, last, months))
}

/// Amounts of each provider of active contracts or of insurance bills.
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

/// Sum of a vendor's bills or, if there are none, of its payments: never both.
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

/// Debits that look like insurance and whose payee is not the provider of a known contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    pub(crate) label: String,
    pub(crate) times: i64,
    pub(crate) sum: i64,
    pub(crate) last: Date,
}

/// Insurers, and words for insurance, in French statements, as whole words. Words that begin with "ASSUR"
/// count too.
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

/// Regular debits of the last twelve months that look like insurance and match no known contract, most
/// expensive first.
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
