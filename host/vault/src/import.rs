//! From the rows of a file to sealed chunks and a commit that makes them visible.

use crate::chunk::{self, Place};
use crate::columns;
use crate::error::{Result, VaultError};
use crate::identity::new_rows;
use crate::person::PersonVault;
use crate::reader::load_month;
use crate::records::{self, ChunkEntry};
use crate::sha;
use mesinfos_model::{Batch, Category, Day, Digest};
use mesinfos_store::ChunkId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest file name that an import record keeps, in characters.
const MAX_FILE_NAME: usize = 200;

/// The most bytes of holders' names in a chunk's index entry: with the rest of it, well under the
/// 4096 bytes of a record. A chunk almost always has one holder.
const MAX_HOLDERS: usize = 2048;

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSource {
    /// The name of the file, cut at 200 characters.
    pub file_name: String,
    /// The SHA-256 of the file.
    pub file_sha256: Digest,
    /// The id of the format that it was read as.
    pub format: String,
    /// When: UTC seconds since 1970.
    pub at_utc_seconds: i64,
}

/// What an import does to one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryOutcome {
    /// Which category.
    pub category: Category,
    /// Rows that are new.
    pub added: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// The first day of the file's rows, new or not.
    pub first: Option<Day>,
    /// The last day of the file's rows, new or not.
    pub last: Option<Day>,
}

/// What an import does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// The number of the import among the person's, from 1: also her sequence number after it.
    pub import_id: u64,
    /// By category, in the order of [`Category::ALL`].
    pub categories: Vec<CategoryOutcome>,
}

/// An import as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// Where the rows came from.
    pub source: ImportSource,
    /// What it did.
    #[serde(flatten)]
    pub outcome: ImportOutcome,
}

impl ImportOutcome {
    /// Rows that are new, of all categories.
    pub fn added(&self) -> u64 {
        self.categories.iter().map(|c| c.added).sum()
    }

    /// Rows that were there already, of all categories.
    pub fn duplicates(&self) -> u64 {
        self.categories.iter().map(|c| c.duplicates).sum()
    }

    /// The first day of the file.
    pub fn first(&self) -> Option<Day> {
        self.categories.iter().filter_map(|c| c.first).min()
    }

    /// The last day of the file.
    pub fn last(&self) -> Option<Day> {
        self.categories.iter().filter_map(|c| c.last).max()
    }
}

/// Chunks that are sealed but not written, and the entries that will name them.
#[derive(Default)]
struct Prepared {
    chunks: Vec<(ChunkId, Vec<u8>)>,
    commit: mesinfos_store::Batch,
}

impl PersonVault {
    /// Seals the rows of a file that are not in the vault yet and writes them to disk, without
    /// making them visible: that is the commit that it returns. Join to it what has to happen at
    /// the same moment and commit it once. On [`mesinfos_store::StoreError::Conflict`] another
    /// import came first: prepare again. Chunks whose commit never happens are removed when the
    /// vault is opened the next time.
    ///
    /// # Errors
    /// [`VaultError`]; nothing is visible then.
    pub fn prepare_import(
        &self,
        source: ImportSource,
        batches: &[Batch],
    ) -> Result<(mesinfos_store::Batch, ImportOutcome)> {
        prepare(self, source, batches)
    }

    /// Every import, the first one first.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRecord>> {
        records::scan_all(self.store(), &records::imports(self.id()))?
            .iter()
            .map(|(key, sealed)| records::open(self.sealer_ref(), key, sealed))
            .collect()
    }
}

fn prepare(
    vault: &PersonVault,
    mut source: ImportSource,
    batches: &[Batch],
) -> Result<(mesinfos_store::Batch, ImportOutcome)> {
    let person = vault.id();
    let before = vault.sequence()?;
    let sequence = before + 1;
    let mut prepared = Prepared::default();
    let mut categories = Vec::new();
    for &category in Category::ALL {
        let rows: Vec<Batch> = batches.iter().filter(|batch| batch.category() == category).cloned().collect();
        if rows.iter().any(|batch| batch.rows() > 0) {
            let rows = Batch::concat(category, &rows);
            categories.push(prepare_category(vault, &rows, sequence, &mut prepared)?);
        }
    }
    if let Some((cut, _)) = source.file_name.char_indices().nth(MAX_FILE_NAME) {
        source.file_name.truncate(cut);
    }
    let outcome = ImportOutcome { import_id: sequence, categories };
    let place = records::import(person, sequence);
    let record = ImportRecord { source, outcome };
    let mut commit = prepared.commit;
    commit.put(place.clone(), records::seal(vault.sealer_ref(), &place, &record)?);
    let counter = records::sequence(person);
    commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
    commit.put(counter, sequence.to_be_bytes());
    if !prepared.chunks.is_empty() {
        vault.store().put_chunks(person, &prepared.chunks)?;
    }
    Ok((commit, record.outcome))
}

fn prepare_category(
    vault: &PersonVault,
    rows: &Batch,
    sequence: u64,
    prepared: &mut Prepared,
) -> Result<CategoryOutcome> {
    let category = rows.category();
    let months = rows.by_month();
    let with_time: usize = months.iter().map(|(_, batch)| batch.rows()).sum();
    if with_time != rows.rows() {
        let field = rows.schema().fields[rows.schema().time].name;
        return Err(VaultError::NoTime { category, field, rows: rows.rows() - with_time });
    }
    let mut outcome = CategoryOutcome { category, added: 0, duplicates: 0, first: None, last: None };
    for (month, batch) in months {
        let (first, last) = days(&batch);
        outcome.first = outcome.first.into_iter().chain(first).min();
        outcome.last = outcome.last.into_iter().chain(last).max();
        let kept = load_month(vault, category, month, sequence - 1)?;
        let new = new_rows(&batch, &kept.batch);
        outcome.added += new.len() as u64;
        outcome.duplicates += (batch.rows() - new.len()) as u64;
        if !new.is_empty() {
            prepare_month(vault, month, &batch.select(&new).sorted(), sequence, prepared)?;
        }
    }
    Ok(outcome)
}

/// Seals the rows of one month, in as many chunks as they need.
fn prepare_month(
    vault: &PersonVault,
    month: i32,
    rows: &Batch,
    sequence: u64,
    prepared: &mut Prepared,
) -> Result<()> {
    let category = rows.category();
    if !columns::fits(rows) {
        if rows.rows() <= 1 {
            return Err(VaultError::RowTooLarge { category, limit: columns::MAX_TEXT });
        }
        let (head, tail): (Vec<usize>, Vec<usize>) = (0..rows.rows()).partition(|row| row * 2 < rows.rows());
        prepare_month(vault, month, &rows.select(&head), sequence, prepared)?;
        return prepare_month(vault, month, &rows.select(&tail), sequence, prepared);
    }
    let chunk = ChunkId(records::random_id()?);
    let body = chunk::seal(vault.keys(), Place { category, month, chunk }, rows)?;
    let (first, last) = days(rows);
    let first_of_month = Day::first_of_month(month);
    let entry = ChunkEntry {
        seq: sequence,
        rows: rows.rows() as u64,
        first: first.unwrap_or(first_of_month),
        last: last.unwrap_or(first_of_month),
        sha256: sha::sha256(&body),
        holders: holders(rows),
    };
    let place = records::chunk(vault.id(), category, month, chunk);
    let sealed = records::seal(vault.sealer_ref(), &place, &entry)?;
    prepared.commit.put(place, sealed);
    prepared.chunks.push((chunk, body));
    Ok(())
}

fn days(rows: &Batch) -> (Option<Day>, Option<Day>) {
    let days = || (0..rows.rows()).filter_map(|row| rows.day(row));
    (days().min(), days().max())
}

/// Names of the holders, as far as there is room for them.
fn holders(rows: &Batch) -> Vec<String> {
    let names: BTreeSet<&str> =
        (0..rows.rows()).filter_map(|row| rows.text(rows.schema().holder, row)).collect();
    let mut room = MAX_HOLDERS;
    let fit = names.into_iter().take_while(|name| {
        // In JSON a byte can become six.
        let size = name.len() * 6 + 3;
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    });
    fit.map(str::to_owned).collect()
}
