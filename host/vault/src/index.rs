//! Which chunks there are, from their index entries.

use crate::error::Result;
use crate::person::PersonVault;
use crate::records::{self, Indexed, damaged};
use mesinfos_model::Category;
use mesinfos_store::{Range, Record, Store};
use std::collections::BTreeMap;

/// Name of a chunk's index entry in errors.
pub(crate) const INDEX: &str = "the index entry of a chunk";

/// The chunks of some months as of sequence number `as_of`, unordered, from one read.
pub(crate) fn chunks_of_months(
    vault: &PersonVault,
    months: impl Iterator<Item = (Category, i32)>,
    as_of: u64,
) -> Result<BTreeMap<(Category, i32), Vec<Indexed>>> {
    let months: Vec<(Category, i32)> = months.collect();
    let prefix = |&(category, month): &(Category, i32)| records::chunks_of_month(vault.id(), category, month);
    let ranges: Vec<Range> =
        months.iter().map(|month| Range::prefix(vault.partition(), prefix(month))).collect();
    let mut all = BTreeMap::new();
    for (month, found) in months.into_iter().zip(vault.store().read(&ranges)?) {
        let mut chunks = opened_index(vault, found, |_| true)?;
        chunks.retain(|(_, indexed)| indexed.entry.seq <= as_of);
        all.insert(month, chunks.into_iter().map(|(_, indexed)| indexed).collect());
    }
    Ok(all)
}

/// The chunks under a prefix in the wanted months, in order of month and id.
pub(crate) fn index(
    vault: &PersonVault,
    prefix: &[u8],
    wanted: impl Fn(i32) -> bool,
) -> Result<Vec<(i32, Indexed)>> {
    let found = vault.records().all(prefix)?;
    opened_index(vault, found, wanted)
}

fn opened_index(
    vault: &PersonVault,
    found: Vec<Record>,
    wanted: impl Fn(i32) -> bool,
) -> Result<Vec<(i32, Indexed)>> {
    let mut all = Vec::new();
    for (key, sealed) in found {
        let (month, chunk) = records::month_and_chunk(&key).ok_or_else(|| damaged("the key of a chunk"))?;
        if wanted(month) {
            let entry = vault.records().open(INDEX, &key, &sealed)?;
            all.push((month, Indexed { chunk, entry }));
        }
    }
    Ok(all)
}
