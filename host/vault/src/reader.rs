//! Reading rows back from sealed chunks, in pages of months.

use crate::bodies::{Bodies, Plan};
use crate::bounds::Bounds;
use crate::chunk::Opener;
use crate::error::Result;
use crate::index::{INDEX, index};
use crate::merge::Merge;
use crate::opened::{MonthPage, OpenOptions, open};
use crate::person::PersonVault;
use crate::records::{self, ChunkIndexEntry, Indexed};
use crate::superseded::Superseded;
use crate::withheld_rows::WithheldRows;
use mesinfos_model::{Batch, Category, Day, FieldSet, Period, RowSet};
use mesinfos_store::{Range, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Summary of the rows of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategorySummary {
    /// Category of the rows.
    pub category: Category,
    /// Number of rows.
    pub rows: u64,
    /// Number of rows without a date.
    pub undated: u64,
    /// Day of the earliest row; `None` if no row has a date.
    pub first: Option<Day>,
    /// Day of the latest row; `None` if no row has a date.
    pub last: Option<Day>,
    /// Names of the rows' holders.
    pub holders: BTreeSet<String>,
}

/// What is known of a month of a category, without opening a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSummary {
    /// The category.
    pub category: Category,
    /// The month, as [`Day::month`] counts them.
    pub month: i32,
    /// Number of rows.
    pub rows: u64,
    /// Days of the month that have a row: bit 0 is the first.
    pub days: u32,
}

/// The months of a category that overlap a period, in order, each in pages. Pages are opened on demand. Later
/// imports change neither the rows nor their division into pages. Rows that the person withholds from every app are left
/// out.
pub struct MonthReader {
    vault: PersonVault,
    category: Category,
    wanted: FieldSet,
    excluded: Arc<RowSet>,
    withheld: Arc<WithheldRows>,
    with_imports: bool,
    months: std::vec::IntoIter<(i32, Vec<Indexed>)>,
    plan: Plan,
    /// The month whose pages are being read, if it has more.
    open: Option<Merge>,
    opener: Opener,
    bounds: Bounds,
}

impl MonthReader {
    pub(crate) fn new(
        vault: &PersonVault,
        category: Category,
        period: &Period,
        as_of: u64,
    ) -> Result<MonthReader> {
        let mut months: BTreeMap<i32, Vec<Indexed>> = BTreeMap::new();
        let prefix = records::chunks_of_category(vault.id(), category);
        for (month, indexed) in index(vault, &prefix, |month| period.touches_month(month))? {
            if indexed.entry.seq <= as_of {
                months.entry(month).or_default().push(indexed);
            }
        }
        // Rows that were replaced later were current then.
        if as_of < vault.sequence()? {
            let then = |of: &Superseded| of.by > as_of && of.indexed.entry.seq <= as_of;
            let of = vault.superseded(category)?.into_iter().filter(then);
            for of in of.filter(|of| period.touches_month(of.month)) {
                months.entry(of.month).or_default().push(of.indexed);
            }
        }
        let months: Vec<(i32, Vec<Indexed>)> = months.into_iter().collect();
        let chunks = months.iter().flat_map(|(_, chunks)| chunks);
        let plan = Plan::new(Bodies::default(), chunks);
        let months = months.into_iter();
        let wanted = FieldSet::stored(category);
        let (vault, opener, bounds) = (vault.clone(), Opener::new()?, Bounds::USUAL);
        let (excluded, withheld) = (Arc::default(), Arc::new(vault.withheld_rows(category)?));
        Ok(MonthReader {
            vault,
            category,
            wanted,
            excluded,
            withheld,
            with_imports: false,
            months,
            plan,
            open: None,
            opener,
            bounds,
        })
    }

    /// Decodes only these columns and the time column, which orders rows; the others are absent.
    #[must_use]
    pub fn only(self, fields: FieldSet) -> MonthReader {
        MonthReader { wanted: fields.with(self.category.schema().time), ..self }
    }

    /// Excludes rows, leaving no trace that they exist.
    #[must_use]
    pub fn without(self, excluded: &RowSet) -> MonthReader {
        MonthReader { excluded: Arc::new(excluded.clone()), ..self }
    }

    /// Also rows that the person withholds from every app. For the person only.
    #[must_use]
    pub fn whole(self) -> MonthReader {
        MonthReader { withheld: Arc::default(), ..self }
    }

    /// Tells the import of each row. For the person only, who may see the origin of each row.
    #[must_use]
    pub fn with_imports(self) -> MonthReader {
        MonthReader { with_imports: true, ..self }
    }

    /// Shares fetched chunk bodies with other readers.
    #[must_use]
    pub fn sharing(self, bodies: &Bodies) -> MonthReader {
        MonthReader { plan: self.plan.sharing(bodies), ..self }
    }

    /// Number of remaining months, including the open one.
    pub fn remaining(&self) -> usize {
        self.months.len() + usize::from(self.open.is_some())
    }

    #[cfg(test)]
    pub(crate) fn within(self, bounds: Bounds) -> MonthReader {
        MonthReader { bounds, ..self }
    }
}

impl Iterator for MonthReader {
    type Item = Result<MonthPage>;

    fn next(&mut self) -> Option<Result<MonthPage>> {
        loop {
            let mut open = match self.open.take() {
                Some(open) => open,
                None => {
                    let month = self.months.next()?;
                    let of = OpenOptions {
                        wanted: self.wanted,
                        excluded: Arc::clone(&self.excluded),
                        withheld: Arc::clone(&self.withheld),
                        with_imports: self.with_imports,
                    };
                    Merge::new(&self.vault, self.category, of, month, self.bounds, self.plan.clone())
                }
            };
            match open.next_page(&mut self.opener) {
                Ok(None) => {}
                Ok(Some(page)) => {
                    self.open = (!page.is_last).then_some(open);
                    return Some(Ok(page));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Rows of a category, chunk by chunk, with their import: see [`PersonVault::origins`].
pub struct Origins {
    vault: PersonVault,
    category: Category,
    chunks: std::vec::IntoIter<(i32, Indexed)>,
    plan: Plan,
    opener: Opener,
}

impl Origins {
    pub(crate) fn new(
        vault: PersonVault,
        category: Category,
        chunks: Vec<(i32, Indexed)>,
        opener: Opener,
    ) -> Origins {
        let plan = Plan::new(Bodies::default(), chunks.iter().map(|(_, indexed)| indexed));
        Origins { vault, category, chunks: chunks.into_iter(), plan, opener }
    }

    /// Limits the iteration to chunks of these imports. No other chunk is opened.
    #[must_use]
    pub fn of_imports(self, imports: &BTreeSet<u64>) -> Origins {
        let own = self.chunks.filter(|(_, indexed)| imports.contains(&indexed.entry.seq));
        Origins::new(self.vault, self.category, own.collect(), self.opener)
    }
}

impl Iterator for Origins {
    type Item = Result<(u64, Batch)>;

    fn next(&mut self) -> Option<Result<(u64, Batch)>> {
        let (month, indexed) = self.chunks.next()?;
        let of = OpenOptions::all(self.category);
        let batch = open(&self.vault, (self.category, month), &indexed, &of, &self.plan, &mut self.opener);
        Some(batch.map(|batch| (indexed.entry.seq, batch)))
    }
}

impl PersonVault {
    /// The months of a category that overlap a period, in pages, as of sequence number `as_of`.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn months(&self, category: Category, period: &Period, as_of: u64) -> Result<MonthReader> {
        MonthReader::new(self, category, period, as_of)
    }

    /// The rows of a category in the months that overlap a period, chunk by chunk, each chunk with the number
    /// of its import. For the person only, who may see the origin of each row. Chunks are opened on demand.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn origins(&self, category: Category, period: &Period) -> Result<Origins> {
        let prefix = records::chunks_of_category(self.id(), category);
        let chunks = index(self, &prefix, |month| period.touches_month(month))?;
        Ok(Origins::new(self.clone(), category, chunks, Opener::new()?))
    }

    /// Number of rows per import and category. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn rows_by_import(&self) -> Result<BTreeMap<(u64, Category), u64>> {
        let mut rows = BTreeMap::new();
        for (category, entry) in self.entries()? {
            *rows.entry((entry.seq, category)).or_default() += entry.rows;
        }
        Ok(rows)
    }

    /// One summary per category that has rows. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn summary(&self) -> Result<Vec<CategorySummary>> {
        let mut all: Vec<CategorySummary> = Vec::new();
        for (category, entry) in self.entries()? {
            let next = CategorySummary {
                category,
                rows: entry.rows,
                // Rows without a date are in chunks of their own.
                undated: if entry.first.is_none() { entry.rows } else { 0 },
                first: entry.first,
                last: entry.last,
                holders: entry.holders.into_iter().collect(),
            };
            match all.iter_mut().find(|summary| summary.category == category) {
                Some(summary) => {
                    summary.rows += next.rows;
                    summary.undated += next.undated;
                    summary.first = summary.first.into_iter().chain(next.first).min();
                    summary.last = summary.last.max(next.last);
                    summary.holders.extend(next.holders);
                }
                None => all.push(next),
            }
        }
        all.sort_by_key(|summary| Category::ALL.iter().position(|c| *c == summary.category));
        Ok(all)
    }

    /// The months that have rows with a date, by category and month. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn months_known(&self) -> Result<Vec<MonthSummary>> {
        let mut months = BTreeMap::<(usize, i32), MonthSummary>::new();
        for (category, entry) in self.entries()? {
            let Some(first) = entry.first else { continue };
            let (month, order) = (first.month(), Category::ALL.iter().position(|c| *c == category));
            let days = entry.days.unwrap_or_else(|| all_days(first, entry.last.unwrap_or(first)));
            let found = months.entry((order.unwrap_or(usize::MAX), month)).or_insert(MonthSummary {
                category,
                month,
                rows: 0,
                days: 0,
            });
            found.rows += entry.rows;
            found.days |= days;
        }
        Ok(months.into_values().collect())
    }

    /// The index entries of all chunks, from one read.
    fn entries(&self) -> Result<Vec<(Category, ChunkIndexEntry)>> {
        let of = |&category: &Category| records::chunks_of_category(self.id(), category);
        let ranges: Vec<Range> =
            Category::ALL.iter().map(|category| Range::prefix(self.partition(), of(category))).collect();
        let mut all = Vec::new();
        for (&category, found) in Category::ALL.iter().zip(self.store().read(&ranges)?) {
            for (key, sealed) in found {
                all.push((category, self.records().open(INDEX, &key, &sealed)?));
            }
        }
        Ok(all)
    }
}

/// The days of a month from one to another, as bits: what is known of a chunk of an earlier version.
fn all_days(first: Day, last: Day) -> u32 {
    let start = Day::first_of_month(first.month());
    let bits = (first.0..=last.0.min(start.0.saturating_add(30)))
        .map(|day| 1_u32.checked_shl(day.abs_diff(start.0)).unwrap_or(0));
    bits.fold(0, |days, bit| days | bit)
}
