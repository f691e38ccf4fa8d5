//! Chunks of an index, and how one of them is opened.

use crate::bodies::Plan;
use crate::chunk::{Opener, Place};
use crate::error::Result;
use crate::person::PersonVault;
use crate::records::{Indexed, damaged};
use mesinfos_model::{Batch, Category, Digest, FieldSet, Position, RowId, RowSet};
use mesinfos_store::ChunkId;
use std::sync::Arc;

/// Rows of one civil month: all of them, unless there are more than fit in one page. A month as people have
/// them is one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Which month: see [`mesinfos_model::Day::month`]; [`mesinfos_model::day::UNDATED`] for rows without
    /// a date.
    pub month: i32,
    /// Its rows, the earliest first, and none earlier than those of the page before; not cut to the period
    /// that was asked for.
    pub batch: Batch,
    /// The chunks that they are in, in the order of imports, and the SHA-256 of each sealed chunk, as it
    /// was recorded when the chunk was written: what a digest of "what was read" is made of.
    pub chunks: Vec<(ChunkId, Digest)>,
    /// Whether it is the last page of its month.
    pub is_last: bool,
}

/// What of chunks is opened.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) wanted: FieldSet,
    pub(crate) excluded: Arc<RowSet>,
}

impl Opened {
    pub(crate) fn all(category: Category) -> Opened {
        Opened { wanted: FieldSet::stored(category), excluded: Arc::default() }
    }
}

/// Opens one chunk.
pub(crate) fn open(
    vault: &PersonVault,
    (category, month): (Category, i32),
    indexed: &Indexed,
    of: &Opened,
    plan: &Plan,
    opener: &mut Opener,
) -> Result<Batch> {
    let sealed = plan.body(vault, indexed.chunk)?;
    let place = Place { category, month, chunk: indexed.chunk };
    // Where no row of its import is left out, no row has to say where it stood.
    let import = indexed.entry.seq;
    let [from, to] = [0, u64::MAX].map(|n| RowId { import, position: Position { member: n, ordinal: n } });
    let is_whole = of.excluded.range(from..=to).next().is_none();
    let position = category.schema().place();
    let wanted = if is_whole { of.wanted } else { of.wanted.with(position) };
    let batch = opener.open(vault.keys(), place, wanted, &sealed)?;
    if batch.rows() as u64 != indexed.entry.rows {
        return Err(damaged("the index entry of a chunk"));
    }
    // It is in order already; one that is not must not be lost to those who merge chunks.
    let batch = batch.sorted();
    if is_whole {
        return Ok(batch);
    }
    let id = |row: &usize| {
        let packed = batch.integer(position, *row).unwrap_or(0);
        RowId { import, position: Position::unpacked(packed) }
    };
    let kept: Vec<usize> = (0..batch.rows()).filter(|row| !of.excluded.contains(&id(row))).collect();
    let kept = batch.select(&kept);
    if of.wanted.contains(position) {
        return Ok(kept);
    }
    kept.with_column(position, mesinfos_model::Column::Absent).map_err(|e| damaged(&e.to_string()))
}
