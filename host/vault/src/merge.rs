//! The rows of one month in order, page by page.
//!
//! Each chunk of a month is sorted by time. Rows of equal time are in the order of imports, and within an
//! import in the order of its chunks. Pages are made by merging chunks. A chunk is opened when the merge
//! reaches it and dropped when it is exhausted, so that memory does not grow with the month.

use crate::bodies::Plan;
use crate::bounds::Bounds;
use crate::chunk::Opener;
use crate::error::Result;
use crate::opened::{self, MonthPage, OpenOptions};
use crate::person::PersonVault;
use crate::records::Indexed;
use mesinfos_model::{Batch, Category};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Sort key of rows without a time: they come first.
const NO_TIME: i64 = i64::MIN;

/// The remaining pages of one month.
pub(crate) struct Merge {
    vault: PersonVault,
    category: Category,
    of: OpenOptions,
    month: i32,
    bounds: Bounds,
    plan: Plan,
    /// In the order that their rows of equal time have.
    chunks: Vec<Indexed>,
    /// Index of the next row of each chunk.
    at: Vec<usize>,
    /// Heap of the chunks not exhausted, each with the time of its next row, or with a lower bound while that
    /// is not known.
    next: BinaryHeap<Reverse<(i64, usize)>>,
    /// Whether a chunk's time in `next` is exact.
    is_known: Vec<bool>,
    open: Open,
}

/// Open chunks, each with the number of its last use.
#[derive(Default)]
struct Open {
    chunks: BTreeMap<usize, (u64, Batch)>,
    bytes: usize,
    uses: u64,
}

impl Merge {
    pub(crate) fn new(
        vault: &PersonVault,
        category: Category,
        of: OpenOptions,
        (month, mut chunks): (i32, Vec<Indexed>),
        bounds: Bounds,
        plan: Plan,
    ) -> Merge {
        // Chunk ids are random: ordering by them would give rows of equal time a different order in each
        // vault.
        chunks.sort_by_key(|indexed| {
            let entry = &indexed.entry;
            // Chunks of imports by earlier versions have no number.
            let by_day = entry.number.is_none().then_some(entry.first);
            (entry.seq, entry.number, by_day, indexed.chunk)
        });
        let firsts = chunks.iter().enumerate();
        let next = firsts.map(|(order, i)| Reverse((i.entry.from.unwrap_or(NO_TIME), order))).collect();
        // The indexed time is that of the first row, which may be excluded or withheld.
        let is_first = of.gives_all();
        let is_known = chunks.iter().map(|indexed| is_first && indexed.entry.from.is_some()).collect();
        let at = vec![0; chunks.len()];
        let (vault, open) = (vault.clone(), Open::default());
        Merge { vault, category, of, month, bounds, plan, chunks, at, next, is_known, open }
    }

    /// The next page; `None` at the end.
    pub(crate) fn next_page(&mut self, opener: &mut Opener) -> Result<Option<MonthPage>> {
        // The range of rows taken from each chunk.
        let mut taken: BTreeMap<usize, std::ops::Range<usize>> = BTreeMap::new();
        let (mut rows, mut bytes) = (0, 0);
        while rows < self.bounds.page.rows && bytes < self.bounds.page.bytes {
            self.settle(opener)?;
            let Some(Reverse((_, order))) = self.next.pop() else { break };
            let batch = self.open(order, opener)?;
            let at = self.at[order];
            let most = (self.bounds.page.rows - rows).min(fitting(&batch, self.bounds.page.bytes - bytes));
            let until = self.until(&batch, at, order).min(at + most);
            bytes += batch.bytes() / batch.rows().max(1) * (until - at);
            rows += until - at;
            taken.entry(order).and_modify(|range| range.end = until).or_insert(at..until);
            self.at[order] = until;
            if until < batch.rows() {
                self.next.push(Reverse((time(&batch, until), order)));
            }
        }
        if taken.is_empty() {
            return Ok(None);
        }
        let mut parts = Vec::with_capacity(taken.len());
        let mut chunks = Vec::with_capacity(taken.len());
        let mut imports: Vec<u64> = Vec::new();
        for (order, range) in taken {
            let batch = self.open(order, opener)?;
            if range.end >= batch.rows() {
                self.open.forget(order);
            }
            let is_whole = range == (0..batch.rows());
            if self.of.with_imports {
                imports.extend(range.clone().map(|_| self.chunks[order].entry.seq));
            }
            parts.push(if is_whole { batch } else { batch.select(&range.collect::<Vec<_>>()) });
            chunks.push((self.chunks[order].chunk, self.chunks[order].entry.sha256));
        }
        self.settle(opener)?;
        // `parts` are in the order of rows of equal time, and the sort is stable.
        let batch = Batch::concat(self.category, &parts);
        if self.of.with_imports {
            imports = sorted(&batch, &imports);
        }
        let batch = batch.sorted();
        Ok(Some(MonthPage { month: self.month, batch, imports, chunks, is_last: self.next.is_empty() }))
    }

    /// Makes the earliest time in `next` exact: opens chunks whose first time is unknown, and drops chunks
    /// with all rows excluded.
    fn settle(&mut self, opener: &mut Opener) -> Result<()> {
        while let Some(Reverse((_, order))) = self.next.peek().copied()
            && !self.is_known[order]
        {
            self.next.pop();
            self.is_known[order] = true;
            let batch = self.open(order, opener)?;
            if batch.rows() == 0 {
                self.open.forget(order);
            } else {
                self.next.push(Reverse((time(&batch, self.at[order]), order)));
            }
        }
        Ok(())
    }

    /// End of the rows of a chunk, from index `at`, that precede the next row of every other chunk.
    fn until(&self, batch: &Batch, at: usize, order: usize) -> usize {
        let Some(Reverse(other)) = self.next.peek() else { return batch.rows() };
        let (mut from, mut to) = (at + 1, batch.rows().max(at + 1));
        while from < to {
            let middle = from + (to - from) / 2;
            if (time(batch, middle), order) < *other { from = middle + 1 } else { to = middle }
        }
        to.min(batch.rows())
    }

    fn open(&mut self, order: usize, opener: &mut Opener) -> Result<Batch> {
        if let Some(batch) = self.open.get(order) {
            return Ok(batch);
        }
        let month = (self.category, self.month);
        let batch = opened::open(&self.vault, month, &self.chunks[order], &self.of, &self.plan, opener)?;
        self.open.put(order, batch.clone(), self.bounds.open);
        Ok(batch)
    }
}

impl Open {
    fn get(&mut self, order: usize) -> Option<Batch> {
        self.uses += 1;
        let (used, batch) = self.chunks.get_mut(&order)?;
        *used = self.uses;
        Some(batch.clone())
    }

    /// Keeps an open chunk, and drops the least recently used ones while `bytes` exceeds `most`.
    fn put(&mut self, order: usize, batch: Batch, most: usize) {
        self.uses += 1;
        self.bytes += batch.bytes();
        self.chunks.insert(order, (self.uses, batch));
        while self.bytes > most && self.chunks.len() > 1 {
            let oldest = self.chunks.iter().min_by_key(|(_, (used, _))| *used).map(|(order, _)| *order);
            let Some(oldest) = oldest else { return };
            self.forget(oldest);
        }
        debug_assert!(self.bytes <= most || self.chunks.len() == 1);
    }

    fn forget(&mut self, order: usize) {
        if let Some((_, batch)) = self.chunks.remove(&order) {
            self.bytes -= batch.bytes();
        }
    }
}

/// What belongs to each row of a batch, in the order of [`Batch::sorted`].
fn sorted(batch: &Batch, of_rows: &[u64]) -> Vec<u64> {
    let mut order: Vec<usize> = (0..of_rows.len()).collect();
    order.sort_by_key(|row| time(batch, *row));
    order.into_iter().map(|row| of_rows[row]).collect()
}

fn time(batch: &Batch, row: usize) -> i64 {
    batch.time(row).unwrap_or(NO_TIME)
}

/// The approximate number of rows of a batch that fit in `bytes`; at least one.
fn fitting(batch: &Batch, bytes: usize) -> usize {
    (bytes / (batch.bytes() / batch.rows().max(1)).max(1)).max(1)
}
