//! All selected rows of a person's category, in pieces, oldest first: what a person takes away.

use crate::tester::own_rows::{Row, file_names, id};
use crate::tester::row_filter::{Fit, RowFilter, RowSieve};
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_model::day::UNDATED;
use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, Period, RowId};
use mesinfos_vault::{MonthChunks, Origins};
use std::collections::HashMap;

/// Rows in one piece: a megabyte or two of text.
const PIECE: usize = 500;

/// Bytes of open rows that are put in order at once. A month is far smaller, unless it has a row every
/// second.
const SORTED: usize = 32 << 20;

/// Selected rows, in pieces. Months are opened on demand. Rows without a date come first, then months in
/// order; rows of a month are in order of time, in parts if they take more than 32 MiB.
pub struct RowExport {
    months: std::vec::IntoIter<MonthChunks>,
    open: Option<Origins>,
    sieve: RowSieve,
    names: HashMap<(u64, u64), String>,
    lang: Lang,
    sorted: usize,
    held: Held,
    undated_left_out: u64,
}

/// Open rows, and those of them that are still to be given.
#[derive(Default)]
struct Held {
    batches: Vec<Batch>,
    /// Time, id, index of the batch and of the row in it.
    rows: std::vec::IntoIter<(Option<i64>, RowId, usize, usize)>,
}

impl Platform {
    /// As [`Platform::export_rows`], for a file with the form `form` that leaves the vault: the log has an entry
    /// before the first piece.
    ///
    /// # Errors
    /// As [`Platform::export_rows`].
    pub fn download_rows(
        &self,
        caller: &Caller,
        category: Category,
        filter: &RowFilter,
        form: &'static str,
    ) -> Result<RowExport> {
        let rows = self.export_rows(caller, category, filter)?;
        self.log_download(caller, category, form)?;
        Ok(rows)
    }

    /// Writes to the log that the person takes rows of a category away.
    pub(super) fn log_download(&self, caller: &Caller, category: Category, form: &'static str) -> Result<()> {
        let event = AuditEvent::Downloaded { category, form: form.into() };
        self.write_of(caller, |person| {
            self.act(person, caller.act(), self.clock.now(), |_| Ok(((), vec![event.clone()])))
        })
    }

    /// The person's rows of a category that a filter selects, in pieces, with all fields unredacted. For the
    /// person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person. A piece is an error if its rows cannot be read, for example because their
    /// import was undone meanwhile.
    pub fn export_rows(&self, caller: &Caller, category: Category, filter: &RowFilter) -> Result<RowExport> {
        self.read_of(caller, |Person { vault, .. }| {
            let sieve = RowSieve::new(filter, category, caller.lang);
            let mut months = vault.month_chunks(category)?;
            months.reverse();
            let mut undated_left_out = 0;
            if filter.period != Period::ALL
                && let Some(at) = months.iter().position(|month| month.month() == UNDATED)
            {
                undated_left_out = undated(&months.remove(at), category, filter, caller.lang)?;
            }
            Ok(RowExport {
                months: months.into_iter(),
                open: None,
                sieve,
                names: file_names(vault)?,
                lang: caller.lang,
                sorted: SORTED,
                held: Held::default(),
                undated_left_out,
            })
        })
    }
}

/// Number of rows without a date that a filter would select if it had no period.
fn undated(month: &MonthChunks, category: Category, filter: &RowFilter, lang: Lang) -> Result<u64> {
    let sieve = RowSieve::new(&RowFilter { period: Period::ALL, ..filter.clone() }, category, lang);
    if sieve.is_by_days() {
        return Ok(month.chunks().map(|chunk| chunk.rows).sum());
    }
    let mut rows = 0;
    for origin in month.origins(|_| true)? {
        rows += sieve.rows(&origin?.1).len() as u64;
    }
    Ok(rows)
}

impl RowExport {
    /// Number of rows that the filter's period leaves out because they have no date.
    pub fn undated_left_out(&self) -> u64 {
        self.undated_left_out
    }

    /// Sets how many bytes of open rows are put in order at once.
    #[cfg(test)]
    pub(crate) fn sorted_at_once(&mut self, bytes: usize) {
        self.sorted = bytes;
    }

    /// Opens the next rows. `false` if there are none.
    fn fill(&mut self) -> Result<bool> {
        let (mut batches, mut bytes, mut rows) = (Vec::new(), 0, Vec::new());
        loop {
            let Some(open) = &mut self.open else {
                let Some(month) = self.months.next() else { break };
                let fits: Vec<bool> =
                    month.chunks().map(|chunk| self.sieve.fit(chunk) != Fit::None).collect();
                self.open = Some(month.origins(|at| fits.get(at) == Some(&true))?);
                continue;
            };
            let Some(origin) = open.next() else {
                self.open = None;
                // A month ends here: later rows are newer.
                if rows.is_empty() { continue } else { break }
            };
            let (import, batch) = origin?;
            let selected = self.sieve.rows(&batch);
            if selected.is_empty() {
                continue;
            }
            let at = batches.len();
            rows.extend(selected.into_iter().map(|row| (batch.time(row), id(&batch, row, import), at, row)));
            bytes += batch.bytes();
            batches.push(batch);
            if bytes >= self.sorted {
                break;
            }
        }
        rows.sort_unstable();
        self.held = Held { batches, rows: rows.into_iter() };
        Ok(self.held.rows.len() > 0)
    }
}

impl Iterator for RowExport {
    type Item = Result<Vec<Row>>;

    fn next(&mut self) -> Option<Result<Vec<Row>>> {
        if self.held.rows.len() == 0 {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
        let Held { batches, rows } = &mut self.held;
        let piece = rows
            .by_ref()
            .take(PIECE)
            .map(|(_, id, at, row)| Row::of(&batches[at], row, id, &self.names, self.lang));
        Some(Ok(piece.collect()))
    }
}
