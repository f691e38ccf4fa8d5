//! Rows of an import that are probably the same as earlier ones: shown to the person, who decides.

use crate::tester::own_rows::{Row, file_names, id};
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::RowChange;
use mesinfos_model::{Category, Digest, Period, RowId};
use mesinfos_vault::{AlikeRow, AlikeRows, Change, Decision, row_fingerprint};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs that are shown at once.
const SHOWN: usize = 25;

/// Pairs that are decided at once.
pub const DECIDED_AT_ONCE: usize = 200;

/// Two rows that are probably the same, as the person sees them.
#[derive(Debug, Clone)]
pub struct AlikePair {
    /// Which rows they are.
    pub rows: AlikeRows,
    /// The row of the import.
    pub new: Row,
    /// The row that was there before.
    pub old: Row,
    /// Whether one of them is shown to no app only because the person has not decided.
    pub is_withheld: bool,
}

/// Pairs of an import, of one category, of which apps count both rows until the person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedTwice {
    /// Category of the rows.
    pub category: Category,
    /// The import.
    pub import: u64,
    /// Number of pairs.
    pub pairs: u64,
    /// Time of the import, in UTC seconds.
    pub since: i64,
}

/// The pairs of an import.
#[derive(Debug, Clone, Default)]
pub struct AlikePairs {
    /// The first ones.
    pub pairs: Vec<AlikePair>,
    /// Number of the others.
    pub more: usize,
    /// All of them by the file of the earlier row, in the order of these files.
    pub groups: Vec<AlikeGroup>,
}

/// The pairs of an import whose earlier rows are of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeGroup {
    /// The import of the earlier rows.
    pub import: u64,
    /// Name of its file.
    pub file: String,
    /// Number of pairs.
    pub pairs: usize,
}

impl Platform {
    /// The pairs of rows of an import on which the person has not decided. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn alike_rows(&self, caller: &Caller, import: u64) -> Result<AlikePairs> {
        self.alike_rows_of(caller, import, SHOWN)
    }

    /// [`Platform::alike_rows`] of all pairs.
    ///
    /// # Errors
    /// As [`Platform::alike_rows`].
    pub fn all_alike_rows(&self, caller: &Caller, import: u64) -> Result<AlikePairs> {
        self.alike_rows_of(caller, import, usize::MAX)
    }

    fn alike_rows_of(&self, caller: &Caller, import: u64, most: usize) -> Result<AlikePairs> {
        self.read_of(caller, |Person { vault, .. }| {
            let mut all = vault.alike(import)?;
            // Those of one file stand together; the sort is stable.
            all.sort_by_key(|rows| rows.old.id.import);
            let shown = &all[..all.len().min(most)];
            let names = file_names(vault)?;
            let mut found: BTreeMap<(RowId, Digest), Row> = BTreeMap::new();
            let mut withheld = BTreeMap::new();
            for category in shown.iter().map(|rows| rows.category).collect::<BTreeSet<_>>() {
                withheld.insert(category, vault.withheld_rows(category)?);
                let of = shown.iter().filter(|rows| rows.category == category);
                let ids: BTreeSet<RowId> = of.flat_map(|rows| [rows.new.id, rows.old.id]).collect();
                let imports = ids.iter().map(|id| id.import).collect();
                for origin in vault.origins(category, &Period::ALL)?.of_imports(&imports) {
                    let (import, batch) = origin?;
                    for at in 0..batch.rows() {
                        let id = id(&batch, at, import);
                        if ids.contains(&id) {
                            let row = Row::of(&batch, at, id, &names, caller.lang);
                            found.insert((id, row_fingerprint(&batch, at)), row);
                        }
                    }
                }
            }
            // One of them may be gone, or changed, since.
            let row = |of: AlikeRow| found.get(&(of.id, of.key)).cloned();
            let pair = |rows: &AlikeRows| {
                let is = |row: AlikeRow| withheld.get(&rows.category).is_some_and(|all| all.is_alike(row.id));
                let is_withheld = is(rows.new) || is(rows.old);
                Some(AlikePair { rows: *rows, new: row(rows.new)?, old: row(rows.old)?, is_withheld })
            };
            let files: BTreeMap<u64, String> = vault
                .imports()?
                .into_iter()
                .map(|record| (record.outcome.import_id, record.source.file_name))
                .collect();
            let of_file = |rows: &[AlikeRows]| AlikeGroup {
                import: rows[0].old.id.import,
                file: files.get(&rows[0].old.id.import).cloned().unwrap_or_default(),
                pairs: rows.len(),
            };
            Ok(AlikePairs {
                pairs: shown.iter().filter_map(pair).collect(),
                more: all.len() - shown.len(),
                groups: all.chunk_by(|a, b| a.old.id.import == b.old.id.import).map(of_file).collect(),
            })
        })
    }

    /// What the person says of a pair of an import. Whether there was such a pair. A row that another one stands for is
    /// back when the import of that one is undone.
    ///
    /// # Errors
    /// If there is no such person, or the person changed too many rows already.
    pub fn decide_alike(
        &self,
        caller: &Caller,
        import: u64,
        rows: &AlikeRows,
        decision: Decision,
    ) -> Result<bool> {
        let (gone, by) = match decision {
            Decision::KeepNew => (rows.old, rows.new.id.import),
            Decision::KeepOld => (rows.new, rows.old.id.import),
            Decision::KeepBoth => {
                return self.write_of(caller, |person| {
                    let commit = person.vault.prepare_two(import, rows)?;
                    let Some(mut commit) = commit else { return Ok(false) };
                    person.vault.guard(&mut commit);
                    self.store().commit(&commit)?;
                    Ok(true)
                });
            }
        };
        let (row, change) = ((rows.category, gone.id, gone.key), Change::Supersede { by });
        self.change_row(caller, row, change, RowChange::Superseded, Some((import, *rows, decision)))
    }

    /// Number of the pairs of an import on which the person has not decided.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn alike_count(&self, caller: &Caller, import: u64) -> Result<usize> {
        self.read_of(caller, |person| Ok(person.vault.alike(import)?.len()))
    }

    /// The imports with pairs on which the person has not decided, the oldest first, each with their number.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn undecided_imports(&self, caller: &Caller) -> Result<Vec<(u64, usize)>> {
        self.read_of(caller, |person| Ok(person.vault.undecided_imports()?))
    }

    /// The pairs of which apps count both rows until the person decides, by category and import.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn counted_twice(&self, caller: &Caller) -> Result<Vec<CountedTwice>> {
        self.read_of(caller, |Person { vault, .. }| {
            let counts = vault.undecided_counts()?;
            if counts.is_empty() {
                return Ok(Vec::new());
            }
            let at: BTreeMap<u64, i64> = vault
                .imports()?
                .iter()
                .map(|record| (record.outcome.import_id, record.source.at_utc_seconds))
                .collect();
            let of = |((category, import), pairs): ((_, u64), u64)| CountedTwice {
                category,
                import,
                pairs,
                since: at.get(&import).copied().unwrap_or(0),
            };
            Ok(counts.into_iter().map(of).collect())
        })
    }

    /// What the person says of all pairs of an import, [`DECIDED_AT_ONCE`] at most. Returns the number of pairs decided.
    ///
    /// # Errors
    /// If there is no such person, or the person changed too many rows already; pairs before that are decided.
    pub fn decide_all_alike(&self, caller: &Caller, import: u64, decision: Decision) -> Result<u64> {
        self.decide_alike_of(caller, import, None, decision)
    }

    /// [`Platform::decide_all_alike`] for the pairs whose earlier row is of the import `of`; `None` for all pairs.
    ///
    /// # Errors
    /// As [`Platform::decide_all_alike`].
    pub fn decide_alike_of(
        &self,
        caller: &Caller,
        import: u64,
        of: Option<u64>,
        decision: Decision,
    ) -> Result<u64> {
        let mut all = self.read_of(caller, |person| Ok(person.vault.alike(import)?))?;
        all.retain(|rows| of.is_none_or(|of| rows.old.id.import == of));
        let mut decided = 0;
        for rows in all.iter().take(DECIDED_AT_ONCE) {
            // A row that was in two pairs may be gone with the first one.
            decided += u64::from(self.decide_alike(caller, import, rows, decision)?);
        }
        Ok(decided)
    }
}
