//! The rows behind a figure of a kept result, for the person.

use crate::tester::own_rows::{Row, file_names, id};
use crate::{Caller, Person, Platform, Result};
use mesinfos_model::{Category, Period, RowId};
use std::collections::BTreeSet;

impl Platform {
    /// The person's rows with these addresses, oldest first, at most `limit` of them. Those that were erased since are
    /// left out. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows_at(
        &self,
        caller: &Caller,
        category: Category,
        ids: &BTreeSet<RowId>,
        limit: usize,
    ) -> Result<Vec<Row>> {
        self.read_of(caller, |Person { vault, .. }| {
            let names = file_names(vault)?;
            let imports = ids.iter().map(|id| id.import).collect();
            let mut rows = Vec::new();
            for origin in vault.origins(category, &Period::ALL)?.of_imports(&imports) {
                let (import, batch) = origin?;
                for row in 0..batch.rows() {
                    let id = id(&batch, row, import);
                    if ids.contains(&id) {
                        rows.push(Row::of(&batch, row, id, &names, caller.lang));
                    }
                }
            }
            rows.sort_by_key(|row| (row.time(), row.id));
            rows.truncate(limit);
            Ok(rows)
        })
    }
}
