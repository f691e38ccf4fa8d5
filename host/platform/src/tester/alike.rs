//! Rows of an import that are probably the same as earlier ones: shown to the person, who decides.

use crate::tester::own_rows::Row;
use crate::{Caller, Platform, Result};
use mesinfos_consent::RowChange;
use mesinfos_model::Category;
use mesinfos_vault::{AlikeRow, AlikeRows, Change, Decision};

/// Pairs that are shown at once.
const SHOWN: usize = 25;

/// Two rows that are probably the same, as the person sees them.
#[derive(Debug, Clone)]
pub struct AlikePair {
    /// Which rows they are.
    pub rows: AlikeRows,
    /// The row of the import.
    pub new: Row,
    /// The row that was there before.
    pub old: Row,
}

/// The pairs of an import.
#[derive(Debug, Clone, Default)]
pub struct AlikePairs {
    /// The first ones.
    pub pairs: Vec<AlikePair>,
    /// Number of the others.
    pub more: usize,
}

impl Platform {
    /// The pairs of rows of an import on which the person has not decided. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn alike_rows(&self, caller: &Caller, import: u64) -> Result<AlikePairs> {
        let all = self.read_of(caller, |person| Ok(person.vault.alike(import)?))?;
        let mut found = AlikePairs::default();
        for (at, rows) in all.iter().enumerate() {
            if found.pairs.len() >= SHOWN {
                found.more = all.len() - at;
                break;
            }
            // One of them may be gone, or changed, since.
            let new = self.row_with(caller, rows.category, rows.new)?;
            let Some(new) = new else { continue };
            if let Some(old) = self.row_with(caller, rows.category, rows.old)? {
                found.pairs.push(AlikePair { rows: *rows, new, old });
            }
        }
        Ok(found)
    }

    fn row_with(&self, caller: &Caller, category: Category, row: AlikeRow) -> Result<Option<Row>> {
        let Some(origin) = self.row_origin(caller, category, row.id)? else { return Ok(None) };
        let at = origin.keys.iter().position(|key| *key == row.key);
        Ok(at.and_then(|at| origin.rows.into_iter().nth(at)))
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
                    let commit = person.vault.prepare_decided(import, rows, decision)?;
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
}
