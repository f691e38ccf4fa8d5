//! Opening a chunk by its index entry.

use crate::bodies::Plan;
use crate::chunk::{ChunkAddress, Opener};
use crate::error::Result;
use crate::person::PersonVault;
use crate::records::{Indexed, damaged};
use crate::withheld_rows::WithheldRows;
use mesinfos_model::{Batch, Category, Digest, FieldSet, Position, RowId, RowSet};
use mesinfos_store::ChunkId;
use std::sync::Arc;

/// Rows of one civil month: all of them, unless they exceed the limit of a page. A month of usual size is one
/// page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPage {
    /// Number of the month: see [`mesinfos_model::Day::month`]; [`mesinfos_model::day::UNDATED`] for rows
    /// without a date.
    pub month: i32,
    /// Rows in order of time, none earlier than those of the previous page. Not cut to the requested period.
    pub batch: Batch,
    /// The import of each row; empty unless [`with_imports`](crate::MonthReader::with_imports) asked for them.
    pub imports: Vec<u64>,
    /// Chunks of the rows, in the order of imports, each with the SHA-256 of its sealed body as recorded when
    /// it was written. Input for the digest of the data read.
    pub chunks: Vec<(ChunkId, Digest)>,
    /// Whether this is the last page of its month.
    pub is_last: bool,
}

/// Columns to decode and rows to exclude.
#[derive(Clone)]
pub(crate) struct OpenOptions {
    pub(crate) wanted: FieldSet,
    pub(crate) excluded: Arc<RowSet>,
    /// Rows that the person withholds from every app.
    pub(crate) withheld: Arc<WithheldRows>,
    /// Whether to tell the import of each row.
    pub(crate) with_imports: bool,
}

impl OpenOptions {
    pub(crate) fn all(category: Category) -> OpenOptions {
        OpenOptions {
            wanted: FieldSet::stored(category),
            excluded: Arc::default(),
            withheld: Arc::default(),
            with_imports: false,
        }
    }

    /// Whether every row of a chunk is given.
    pub(crate) fn gives_all(&self) -> bool {
        self.excluded.is_empty() && self.withheld.is_empty()
    }
}

/// Opens one chunk, without excluded and withheld rows.
pub(crate) fn open(
    vault: &PersonVault,
    (category, month): (Category, i32),
    indexed: &Indexed,
    of: &OpenOptions,
    plan: &Plan,
    opener: &mut Opener,
) -> Result<Batch> {
    let sealed = plan.body(vault, indexed.chunk)?;
    let address = ChunkAddress { category, month, chunk: indexed.chunk };
    // The position column is needed only if rows of this import are excluded.
    let import = indexed.entry.seq;
    let [from, to] = [0, u64::MAX].map(|n| RowId { import, position: Position { member: n, ordinal: n } });
    let is_whole = of.excluded.range(from..=to).next().is_none();
    let position = category.schema().position();
    let wanted = if is_whole { of.wanted } else { of.wanted.with(position) };
    // Whether a row is withheld may depend on any of its values.
    let wanted = if of.withheld.is_empty() { wanted } else { FieldSet::stored(category) };
    let batch = opener.open(vault.keys(), address, wanted, &sealed)?;
    if batch.rows() as u64 != indexed.entry.rows {
        return Err(damaged("the index entry of a chunk"));
    }
    // Chunks written by this crate are already sorted; the merge must not lose rows of one that is not.
    let batch = batch.sorted();
    if is_whole {
        return if of.withheld.is_empty() {
            Ok(batch)
        } else {
            of.withheld.sifted(&batch, import, of.wanted)
        };
    }
    let id = |row: &usize| {
        let packed = batch.integer(position, *row).unwrap_or(0);
        RowId { import, position: Position::unpacked(packed) }
    };
    let kept: Vec<usize> = (0..batch.rows()).filter(|row| !of.excluded.contains(&id(row))).collect();
    let kept = batch.select(&kept);
    if !of.withheld.is_empty() {
        return of.withheld.sifted(&kept, import, of.wanted);
    }
    if of.wanted.contains(position) {
        return Ok(kept);
    }
    kept.with_column(position, mesinfos_model::Column::Absent).map_err(|e| damaged(&e.to_string()))
}
