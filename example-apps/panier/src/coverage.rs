//! Share of the shopping covered by receipts, compared with bank data. Amounts are in minor units.

use crate::basket::Shop;
use mesinfos_sdk::Date;
use mesinfos_sdk::words::{fold, names};
use std::collections::{BTreeMap, BTreeSet};

/// Money leaving an account.
#[derive(Clone, Debug)]
pub(crate) struct Debit {
    pub(crate) day: Date,
    /// Folded label of the statement.
    pub(crate) words: String,
    /// Whether it was paid to a food shop, by the table of purposes that all apps share.
    pub(crate) food: bool,
    /// Amount in minor units, positive.
    pub(crate) minor: i64,
}

/// Receipts and bank data over the same days.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Coverage {
    pub(crate) from: Date,
    pub(crate) until: Date,
    /// Amount on receipts of merchants named in the statements.
    pub(crate) receipts: i64,
    /// Amount paid to these merchants and to food shops.
    pub(crate) debits: i64,
}

/// Compares the days covered by both receipts and bank data. `None` if there are none, or if the statements
/// name no merchant of the receipts.
pub(crate) fn coverage(shops: &BTreeMap<String, Shop>, debits: &[Debit]) -> Option<Coverage> {
    let folded: Vec<(String, &Shop)> = shops.iter().map(|(name, shop)| (fold(name), shop)).collect();
    // Indexed by the first word of each name, so that a debit is compared with few names.
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (name, _)) in folded.iter().enumerate() {
        if let Some(word) = name.split(' ').find(|word| word.len() >= 3) {
            by_word.entry(word).or_default().push(i);
        }
    }
    let named = |debit: &Debit| -> Vec<usize> {
        let near = debit.words.split(' ').filter_map(|word| by_word.get(word)).flatten().copied();
        near.filter(|i| names(&debit.words, &folded[*i].0)).collect()
    };
    let seen: BTreeSet<usize> = debits.iter().flat_map(&named).collect();
    let paid = || seen.iter().flat_map(|i| folded[*i].1.paid());
    let days = || paid().map(|(day, _)| *day);
    let from = days().min()?.max(debits.iter().map(|debit| debit.day).min()?);
    let until = days().max()?.min(debits.iter().map(|debit| debit.day).max()?);
    let within = |day: Date| (from..=until).contains(&day);
    let counts = |debit: &&Debit| within(debit.day) && (debit.food || !named(debit).is_empty());
    let receipts = paid().filter(|(day, _)| within(*day)).map(|(_, minor)| minor).sum();
    let debits = debits.iter().filter(counts).map(|debit| debit.minor).sum();
    (from < until && debits > 0).then_some(Coverage { from, until, receipts, debits })
}
