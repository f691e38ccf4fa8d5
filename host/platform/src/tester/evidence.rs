//! The rows behind a figure of a kept result, for the person.

use crate::tester::own_rows::{Row, file_names, id};
use crate::tester::row_origin::is_in;
use crate::{Caller, Evidence, Person, Platform, Result};
use mesinfos_consent::ReceiptId;
use mesinfos_model::{Period, RowId};
use mesinfos_vault::row_fingerprint;
use std::collections::BTreeSet;

/// Rows of the lines that an app named as evidence.
#[derive(Debug, Clone, Default)]
pub struct EvidenceRows {
    /// The oldest of them, oldest first.
    pub rows: Vec<Row>,
    /// Number of all of them.
    pub total: u64,
    /// Number of named lines that have no such row any more.
    pub gone: u64,
    /// Number of rows that the person corrected since the run: it read other values.
    pub corrected_since: u64,
}

impl Platform {
    /// The person's rows that a run named as evidence and that its receipt gives, oldest first, at most `limit` of
    /// them. An id names a line of a file: of the rows of that line, those that the run was not given are left out.
    /// For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn evidence_rows(
        &self,
        caller: &Caller,
        receipt: ReceiptId,
        evidence: &Evidence,
        limit: usize,
    ) -> Result<EvidenceRows> {
        let category = evidence.category;
        let ids: BTreeSet<RowId> = evidence.rows.iter().copied().collect();
        let imports = ids.iter().map(|id| id.import).collect();
        self.read_of(caller, |person @ Person { vault, .. }| {
            let mut found = EvidenceRows::default();
            let receipt = self.receipts(person).get(receipt)?;
            let Some(scope) = receipt.scope.get(&category) else { return Ok(found) };
            let names = file_names(vault)?;
            let since = vault.amendments()?.into_iter();
            let since = since.filter(|one| one.category == category && one.at >= receipt.at);
            let corrected: BTreeSet<_> = since.filter_map(|one| Some((one.row, one.now?))).collect();
            let mut there = BTreeSet::new();
            for origin in vault.origins(category, &Period::ALL)?.of_imports(&imports) {
                let (import, batch) = origin?;
                for row in 0..batch.rows() {
                    let id = id(&batch, row, import);
                    if ids.contains(&id) && !scope.excluded.contains(&id) && is_in(scope, &batch, row) {
                        there.insert(id);
                        found.total += 1;
                        let is_corrected = corrected.contains(&(id, row_fingerprint(&batch, row)));
                        found.corrected_since += u64::from(is_corrected);
                        found.rows.push(Row::of(&batch, row, id, &names, caller.lang));
                    }
                }
            }
            found.gone = ids.len().saturating_sub(there.len()) as u64;
            found.rows.sort_by_key(|row| (row.time(), row.id));
            found.rows.truncate(limit);
            Ok(found)
        })
    }
}
