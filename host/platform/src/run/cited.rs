//! Looking up the rows that an app names as evidence, among those that the host gave to its run.
//!
//! An app names a row by its reader and its number there. The host repeats what the reader gave, in the same order, and
//! takes the addresses from the vault. What the run was not given is dropped.

use crate::run::vault_rows::VaultRows;
use mesinfos_model::{Category, Position, RowId};
use mesinfos_runtime::{Citations, RowSourceError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Rows behind the figures with one label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Label of the figures, as the app wrote it.
    pub label: String,
    /// Category of the rows.
    pub category: Category,
    /// The rows, in order of address.
    pub rows: Vec<RowId>,
    /// Number of sums behind the figures: at a coarse granularity, or without their date, rows are given as units that
    /// are not looked up one by one.
    pub sums: u64,
}

/// Looks up what an app cites. The order is that of its first citation of each label.
pub(crate) fn look_up(sources: &BTreeMap<Category, VaultRows>, citations: &Citations) -> Vec<Evidence> {
    let mut wanted: BTreeMap<(Category, u32), BTreeSet<u32>> = BTreeMap::new();
    for one in citations.iter() {
        wanted.entry((one.category, one.reader)).or_default().extend(&one.rows);
    }
    let mut found: BTreeMap<(Category, u32), BTreeMap<u32, Option<RowId>>> = BTreeMap::new();
    for ((category, reader), numbers) in wanted {
        let Some(source) = sources.get(&category) else { continue };
        // If the rows changed meanwhile, there is no evidence of them.
        found.insert((category, reader), source.rows_of(reader, &numbers).unwrap_or_default());
    }
    let mut all: Vec<Evidence> = Vec::new();
    // A sum that is named twice with a label counts once, as a row does.
    let mut summed: Vec<BTreeSet<(u32, u32)>> = Vec::new();
    for one in citations.iter() {
        let Some(rows) = found.get(&(one.category, one.reader)) else { continue };
        let at = all.iter().position(|other| (&other.label, other.category) == (&one.label, one.category));
        let at = at.unwrap_or_else(|| {
            let (label, category) = (one.label.clone(), one.category);
            all.push(Evidence { label, category, rows: Vec::new(), sums: 0 });
            summed.push(BTreeSet::new());
            all.len() - 1
        });
        for number in one.rows.iter().collect::<BTreeSet<_>>() {
            match rows.get(number) {
                Some(Some(id)) => all[at].rows.push(*id),
                Some(None) if summed[at].insert((one.reader, *number)) => all[at].sums += 1,
                Some(None) | None => {}
            }
        }
    }
    for evidence in &mut all {
        evidence.rows.sort();
        evidence.rows.dedup();
    }
    all.retain(|evidence| !evidence.rows.is_empty() || evidence.sums > 0);
    all
}

impl VaultRows {
    /// The rows with these numbers that a reader gave, each with its address; without one if it is a sum, or its date
    /// is not given. Numbers that the reader did not give are left out.
    ///
    /// # Errors
    /// If the vault cannot be read.
    fn rows_of(
        &self,
        reader: u32,
        numbers: &BTreeSet<u32>,
    ) -> Result<BTreeMap<u32, Option<RowId>>, RowSourceError> {
        let Some((asked, given)) = self.opened(reader) else { return Ok(BTreeMap::new()) };
        let numbers = || numbers.iter().copied().filter(|number| u64::from(*number) < given);
        let Some(last) = numbers().max() else { return Ok(BTreeMap::new()) };
        if !self.scope().by_month() {
            return Ok(numbers().map(|number| (number, None)).collect());
        }
        let mut found = BTreeMap::new();
        let wanted: BTreeSet<u32> = numbers().collect();
        let mut number: u32 = 0;
        for month in self.addressed(&asked)? {
            let month = month?;
            for row in self.scope().rows_given(&asked, month.month, &month.batch) {
                if wanted.contains(&number) {
                    let packed = month.batch.integer(month.batch.schema().position(), row).unwrap_or(0);
                    let import = month.imports.get(row).copied().unwrap_or(0);
                    found.insert(number, Some(RowId { import, position: Position::unpacked(packed) }));
                }
                if number >= last {
                    return Ok(found);
                }
                number += 1;
            }
        }
        Ok(found)
    }
}
