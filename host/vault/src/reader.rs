//! From sealed chunks back to the rows of a month.

use crate::chunk::{Opener, Place};
use crate::error::Result;
use crate::person::PersonVault;
use crate::records::{self, ChunkEntry, damaged};
use mesinfos_model::{Batch, Category, Day, Digest, FieldSet, Period};
use mesinfos_store::ChunkId;
use std::collections::{BTreeMap, BTreeSet};

/// The rows of one civil month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Which month: see [`mesinfos_model::Day::month`]; [`mesinfos_model::day::UNDATED`] for rows without
    /// a date.
    pub month: i32,
    /// All its rows, the earliest first; not cut to the period that was asked for.
    pub batch: Batch,
    /// The chunks that they are in, in the order of imports, and the SHA-256 of each sealed chunk, as it
    /// was recorded when the chunk was written: what a digest of "what was read" is made of.
    pub chunks: Vec<(ChunkId, Digest)>,
}

/// What there is of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategorySummary {
    /// Which category.
    pub category: Category,
    /// How many rows.
    pub rows: u64,
    /// The day of the earliest; none if no row has a date.
    pub first: Option<Day>,
    /// The day of the latest.
    pub last: Option<Day>,
    /// Names of the holders that they come from.
    pub holders: BTreeSet<String>,
}

/// The months of a category that a period touches, in order. A month is opened when it is asked
/// for. What it gives does not change when more is imported meanwhile.
pub struct MonthReader {
    vault: PersonVault,
    category: Category,
    wanted: FieldSet,
    months: std::vec::IntoIter<(i32, Vec<Indexed>)>,
    opener: Opener,
}

pub(crate) struct Indexed {
    pub(crate) chunk: ChunkId,
    pub(crate) entry: ChunkEntry,
}

impl MonthReader {
    pub(crate) fn new(
        vault: &PersonVault,
        category: Category,
        period: &Period,
        as_of: u64,
    ) -> Result<MonthReader> {
        let mut months: Vec<(i32, Vec<Indexed>)> = Vec::new();
        let prefix = records::chunks_of_category(vault.id(), category);
        for (month, indexed) in index(vault, &prefix, |month| period.touches_month(month))? {
            if indexed.entry.seq > as_of {
                continue;
            }
            match months.last_mut() {
                Some((last, chunks)) if *last == month => chunks.push(indexed),
                _ => months.push((month, vec![indexed])),
            }
        }
        let months = months.into_iter();
        let wanted = FieldSet::stored(category);
        Ok(MonthReader { vault: vault.clone(), category, wanted, months, opener: Opener::new()? })
    }

    /// Makes only these columns, and the one that rows are ordered by; the others are absent.
    #[must_use]
    pub fn only(self, fields: FieldSet) -> MonthReader {
        MonthReader { wanted: fields.with(self.category.schema().time), ..self }
    }

    /// How many months are left.
    pub fn remaining(&self) -> usize {
        self.months.len()
    }
}

impl Iterator for MonthReader {
    type Item = Result<Month>;

    fn next(&mut self) -> Option<Result<Month>> {
        let (month, chunks) = self.months.next()?;
        Some(open_month(&self.vault, self.category, self.wanted, (month, &chunks), &mut self.opener))
    }
}

impl PersonVault {
    /// The months of a category that a period touches, as they were after the import `as_of`.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn months(&self, category: Category, period: &Period, as_of: u64) -> Result<MonthReader> {
        MonthReader::new(self, category, period, as_of)
    }

    /// The rows of a category in the months that a period touches, chunk by chunk, each with the number of
    /// the import that brought it: for the person, who may see where each row came from.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn origins(&self, category: Category, period: &Period) -> Result<Vec<(u64, Batch)>> {
        let mut opener = Opener::new()?;
        let prefix = records::chunks_of_category(self.id(), category);
        let mut found = Vec::new();
        for (month, indexed) in index(self, &prefix, |month| period.touches_month(month))? {
            let import = indexed.entry.seq;
            let chunks = [indexed];
            let wanted = FieldSet::stored(category);
            let month = open_month(self, category, wanted, (month, &chunks), &mut opener)?;
            found.push((import, month.batch));
        }
        Ok(found)
    }

    /// How many rows there are of each import and category. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn rows_by_import(&self) -> Result<BTreeMap<(u64, Category), u64>> {
        let mut rows = BTreeMap::new();
        for &category in Category::ALL {
            for entry in entries(self, category)? {
                *rows.entry((entry.seq, category)).or_default() += entry.rows;
            }
        }
        Ok(rows)
    }

    /// What there is, by category; categories without rows are left out. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn summary(&self) -> Result<Vec<CategorySummary>> {
        let mut all = Vec::new();
        for &category in Category::ALL {
            let summary = entries(self, category)?.into_iter().map(|entry| {
                let (rows, first, last) = (entry.rows, entry.first, entry.last);
                let holders = entry.holders.into_iter().collect();
                CategorySummary { category, rows, first, last, holders }
            });
            all.extend(summary.reduce(|mut a, b| {
                a.rows += b.rows;
                a.first = a.first.into_iter().chain(b.first).min();
                a.last = a.last.max(b.last);
                a.holders.extend(b.holders);
                a
            }));
        }
        Ok(all)
    }
}

/// One month as it was after the import `as_of`. Without rows if there is nothing.
pub(crate) fn load_month(vault: &PersonVault, category: Category, month: i32, as_of: u64) -> Result<Month> {
    let prefix = records::chunks_of_month(vault.id(), category, month);
    let mut chunks: Vec<Indexed> =
        index(vault, &prefix, |_| true)?.into_iter().map(|(_, indexed)| indexed).collect();
    chunks.retain(|indexed| indexed.entry.seq <= as_of);
    open_month(vault, category, FieldSet::stored(category), (month, &chunks), &mut Opener::new()?)
}

/// The entries of every chunk of a person.
fn entries(vault: &PersonVault, category: Category) -> Result<Vec<ChunkEntry>> {
    let prefix = records::chunks_of_category(vault.id(), category);
    let all = index(vault, &prefix, |_| true)?;
    Ok(all.into_iter().map(|(_, indexed)| indexed.entry).collect())
}

/// The chunks under a prefix whose month is wanted, in order of month and id.
pub(crate) fn index(
    vault: &PersonVault,
    prefix: &[u8],
    wanted: impl Fn(i32) -> bool,
) -> Result<Vec<(i32, Indexed)>> {
    let mut found = Vec::new();
    for (key, sealed) in records::scan_all(vault.store(), prefix)? {
        let (month, chunk) = records::month_and_chunk(&key).ok_or_else(|| damaged("the key of a chunk"))?;
        if wanted(month) {
            let entry = records::open(vault.sealer_ref(), &key, &sealed)?;
            found.push((month, Indexed { chunk, entry }));
        }
    }
    Ok(found)
}

fn open_month(
    vault: &PersonVault,
    category: Category,
    wanted: FieldSet,
    (month, chunks): (i32, &[Indexed]),
    opener: &mut Opener,
) -> Result<Month> {
    // Ids are random: in their order, rows of one time would come in another order in another vault.
    let mut chunks: Vec<&Indexed> = chunks.iter().collect();
    chunks.sort_by_key(|indexed| (indexed.entry.seq, indexed.entry.first, indexed.chunk));
    let mut batches = Vec::with_capacity(chunks.len());
    for indexed in &chunks {
        let sealed = vault.store().get_chunk(vault.id(), indexed.chunk)?;
        let place = Place { category, month, chunk: indexed.chunk };
        let batch = opener.open(vault.keys(), place, wanted, &sealed)?;
        if batch.rows() as u64 != indexed.entry.rows {
            return Err(damaged("the index entry of a chunk"));
        }
        batches.push(batch);
    }
    let chunks = chunks.iter().map(|indexed| (indexed.chunk, indexed.entry.sha256)).collect();
    Ok(Month { month, batch: Batch::concat(category, &batches).sorted(), chunks })
}
