//! A chunk that is written: its sealed body, and what its index entry says of its rows.

use crate::bounds::Size;
use crate::chunk::{self, ChunkAddress};
use crate::columns;
use crate::error::{Result, VaultError};
use crate::ids::random_id;
use crate::index::INDEX;
use crate::person::PersonVault;
use crate::records::{self, ChunkIndexEntry, Indexed};
use crate::sha;
use mesinfos_model::{Batch, Category, Day};
use mesinfos_store::{ChunkId, Commit, Store};
use std::collections::BTreeSet;

/// Maximum size of the holders' names in a chunk's index entry, in bytes. With the rest of the entry, this is
/// well under the 4096 bytes of a record. A chunk almost always has one holder.
const MAX_HOLDERS: usize = 2048;

/// Bytes of sealed chunks per write: each write waits for the disk.
pub(crate) const WRITTEN: usize = 8 << 20;

/// A new chunk with rows of a month, its sealed body and its index entry. `number` orders the chunks of an import.
pub(crate) fn sealed_chunk(
    vault: &PersonVault,
    month: i32,
    rows: &Batch,
    sequence: u64,
    number: Option<u32>,
) -> Result<(ChunkId, Vec<u8>, ChunkIndexEntry)> {
    let category = rows.category();
    let chunk = ChunkId(random_id()?);
    let body = chunk::seal(vault.keys(), ChunkAddress { category, month, chunk }, rows)?;
    let (first, last) = days(rows);
    let entry = ChunkIndexEntry {
        seq: sequence,
        rows: rows.rows() as u64,
        first,
        last,
        sha256: sha::sha256(&body),
        holders: holders(rows),
        number,
        from: rows.time(0),
        size: u32::try_from(body.len()).ok(),
        days: days_of_month(rows, month),
    };
    Ok((chunk, body, entry))
}

impl PersonVault {
    /// Writes rows of a month as a chunk of an import, still invisible: [`PersonVault::put_current`] makes it one of current
    /// rows.
    pub(crate) fn write_chunk(
        &self,
        month: i32,
        rows: &Batch,
        sequence: u64,
        number: Option<u32>,
    ) -> Result<Indexed> {
        let (chunk, body, entry) = sealed_chunk(self, month, rows, sequence, number)?;
        self.store().put_chunks(self.partition(), &[(chunk, body)])?;
        Ok(Indexed { chunk, entry })
    }

    /// Adds to a commit that the rows of a chunk are current.
    pub(crate) fn put_current(
        &self,
        (category, month): (Category, i32),
        indexed: &Indexed,
        commit: &mut Commit,
    ) -> Result<()> {
        let key = records::chunk(self.id(), category, month, indexed.chunk);
        commit.put(key.clone(), self.records().seal(INDEX, &key, &indexed.entry)?);
        commit.name(indexed.chunk);
        Ok(())
    }
}

/// Days of a month that have a row, as bits; `None` for rows without a date.
fn days_of_month(rows: &Batch, month: i32) -> Option<u32> {
    let (first, next) = (Day::first_of_month(month), Day::first_of_month(month.saturating_add(1)));
    let in_month = (0..rows.rows()).filter_map(|row| rows.day(row)).filter(|day| (first..next).contains(day));
    let bits = in_month.map(|day| 1_u32.checked_shl(day.0.abs_diff(first.0)).unwrap_or(0));
    bits.reduce(|days, bit| days | bit)
}

/// First and last day of rows.
pub(crate) fn days(rows: &Batch) -> (Option<Day>, Option<Day>) {
    rows.days().unzip()
}

/// Names of the holders, up to [`MAX_HOLDERS`] bytes.
fn holders(rows: &Batch) -> Vec<String> {
    let names: BTreeSet<&str> =
        (0..rows.rows()).filter_map(|row| rows.text(rows.schema().holder, row)).collect();
    let mut room = MAX_HOLDERS;
    let fit = names.into_iter().take_while(|name| {
        // One byte can take six in JSON.
        let size = name.len() * 6 + 3;
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    });
    fit.map(str::to_owned).collect()
}

/// Splits rows into chunks of at most this size.
pub(crate) fn parts(rows: &Batch, size: Size) -> Result<Vec<Batch>> {
    let fits = columns::fits(rows);
    if fits && (rows.rows() <= 1 || rows.rows() <= size.rows && rows.bytes() <= size.bytes) {
        return Ok(vec![rows.clone()]);
    }
    if rows.rows() <= 1 {
        return Err(VaultError::RowTooLarge { category: rows.category(), limit: columns::MAX_TEXT });
    }
    let (head, tail): (Vec<usize>, Vec<usize>) = (0..rows.rows()).partition(|row| row * 2 < rows.rows());
    let mut all = parts(&rows.select(&head), size)?;
    all.extend(parts(&rows.select(&tail), size)?);
    Ok(all)
}
