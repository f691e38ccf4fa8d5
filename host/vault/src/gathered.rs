//! Rows of one file, gathered by category and month before they are compared with the stored ones.

use crate::amend::Amendments;
use crate::aside::{Job, Spill, Spilling};
use crate::bounds::Bounds;
use crate::chunk::{ChunkAddress, Opener};
use crate::document::Keeping;
use crate::error::{Result, VaultError};
use crate::identity::{identity_of, member};
use crate::new_chunk::days;
use crate::person::PersonVault;
use crate::records::{self, Indexed};
use crate::sweep::named_chunks;
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, CarriedChange, Category, Day, Digest, FieldSet};
use mesinfos_store::{ChunkId, Store, Which};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

/// Batches of one month held before they are concatenated.
const PIECES: usize = 64;

/// Maximum number of months that one import may touch: three centuries. Otherwise a file of random dates
/// would create a file on disk for each month.
const MAX_MONTHS: usize = 3_600;

/// Rows of one file, gathered by category and month before they are compared with the stored rows. Rows that
/// do not fit in memory are spilled to sealed chunks that no record names. The commit of the import names those
/// that are complete months; the others are deleted on drop or, after a crash, by a later sweep. So commit before the drop.
pub struct Importing {
    pub(crate) vault: PersonVault,
    pub(crate) months: BTreeMap<(Category, i32), Gathered>,
    held: usize,
    /// Rows that may still be being written.
    writing: Option<Arc<Spilling>>,
    pub(crate) documents: Vec<Keeping>,
    /// What the person changed of the rows in another instance.
    pub(crate) carried: Vec<CarriedChange>,
    pub(crate) bounds: Bounds,
    pub(crate) begun: Instant,
    /// Whether the files of an archive are exports, which may have the same rows. Those of another instance's archive are
    /// not: each has the rows that counted there.
    may_repeat: bool,
}

/// The rows of one month, in file order.
#[derive(Default)]
pub(crate) struct Gathered {
    /// Spilled rows, which precede `rows`.
    aside: Vec<Spill>,
    rows: Vec<Batch>,
    /// Size of `rows` in memory, in bytes.
    bytes: usize,
    /// Number of rows, spilled ones included.
    pub(crate) count: usize,
    pub(crate) all_bytes: u64,
    pub(crate) first: Option<Day>,
    pub(crate) last: Option<Day>,
    /// The file of the archive that its first row is of, and whether others have rows of it too.
    member: Option<(u64, bool)>,
}

impl Gathered {
    /// Whether several files of an archive have rows of the month.
    pub(crate) fn is_of_several(&self) -> bool {
        self.member.is_some_and(|(_, is_of_several)| is_of_several)
    }

    /// The chunks of all rows, if they are already sealed as they would be at the end of the import.
    pub(crate) fn whole_aside(&self) -> Result<Option<&[Indexed]>> {
        let [only] = &self.aside[..] else { return Ok(None) };
        let written = only.written()?;
        Ok((written.is_run && self.rows.is_empty()).then_some(&written.chunks))
    }
}

/// What the rows of a file are compared with, beside the stored ones: what the person changed, and what of it the file has
/// as the holder gave it.
pub(crate) struct Compared {
    pub(crate) amended: Amendments,
    /// Identities of the amended rows that the file has as the holder gave them.
    pub(crate) in_file: BTreeSet<Digest>,
    /// Categories with stored rows.
    pub(crate) stored: BTreeSet<Category>,
}

/// Selection of the new rows of a month.
pub(crate) enum New {
    All,
    /// By index in file order.
    Some(Flags),
}

impl New {
    pub(crate) fn is(&self, row: usize) -> bool {
        match self {
            New::All => true,
            New::Some(flags) => flags.is(row),
        }
    }
}

/// One bit per row, because there may be very many rows.
pub(crate) struct Flags {
    words: Vec<u64>,
    pub(crate) count: usize,
}

impl Flags {
    pub(crate) fn none(rows: usize) -> Flags {
        Flags { words: vec![0; rows.div_ceil(64)], count: 0 }
    }

    pub(crate) fn set(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
        self.count += 1;
    }

    /// Removes a row that is set.
    pub(crate) fn unset(&mut self, row: usize) {
        self.words[row / 64] &= !(1 << (row % 64));
        self.count -= 1;
    }

    pub(crate) fn is(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }
}

impl PersonVault {
    /// Starts the import of a file's rows.
    pub fn begin_import(&self) -> Importing {
        Importing {
            vault: self.clone(),
            months: BTreeMap::new(),
            held: 0,
            writing: None,
            documents: Vec::new(),
            carried: Vec::new(),
            bounds: Bounds::USUAL,
            begun: Instant::now(),
            may_repeat: true,
        }
    }
}

impl Importing {
    /// Counts every row of the archive, also one that two of its files have: the archive of another instance has the rows
    /// that counted there.
    pub fn repeat_nothing(&mut self) {
        self.may_repeat = false;
    }

    /// Whether rows of a month may be in several files of the archive.
    pub(crate) fn may_repeat(&self, gathered: &Gathered) -> bool {
        self.may_repeat && gathered.is_of_several()
    }

    pub(crate) fn vault(&self) -> &PersonVault {
        &self.vault
    }

    pub(crate) fn months(&self) -> impl Iterator<Item = ((Category, i32), &Gathered)> {
        self.months.iter().map(|(month, gathered)| (*month, gathered))
    }

    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.held
    }

    #[cfg(test)]
    pub(crate) fn within(mut self, bounds: Bounds) -> Importing {
        self.bounds = bounds;
        self
    }

    /// Adds rows.
    ///
    /// # Errors
    /// [`VaultError::NoTime`] for rows without the time that their category requires;
    /// [`VaultError::TooManyMonths`]; [`VaultError::RowTooLarge`]; errors of the store.
    pub fn add(&mut self, batch: &Batch) -> Result<()> {
        let category = batch.category();
        if category == Category::Documents
            && let Some(document) = self.documents.last_mut()
        {
            // The row of a document comes after all its bytes.
            document.write()?;
        }
        for (month, rows) in batch.by_month() {
            if month == UNDATED && !category.schema().undated {
                let field = category.schema().fields[category.schema().time].name;
                return Err(VaultError::NoTime { category, field, rows: rows.rows() });
            }
            let gathered = self.months.entry((category, month)).or_default();
            let bytes = rows.bytes();
            gathered.bytes += bytes;
            gathered.all_bytes += bytes as u64;
            gathered.count += rows.rows();
            // Files are read one after the other: a batch is of several if its ends are.
            for own in [0, rows.rows().saturating_sub(1)].map(|row| member(&rows, row)) {
                let (first, is_of_several) = gathered.member.get_or_insert((own, false));
                *is_of_several |= *first != own;
            }
            let (first, last) = days(&rows);
            gathered.first = gathered.first.into_iter().chain(first).min();
            gathered.last = gathered.last.into_iter().chain(last).max();
            self.held += bytes;
            gathered.rows.push(rows);
            if gathered.rows.len() >= PIECES {
                let whole = Batch::concat(category, &std::mem::take(&mut gathered.rows));
                gathered.rows.push(whole);
            }
        }
        if self.months.len() > MAX_MONTHS {
            return Err(VaultError::TooManyMonths { limit: MAX_MONTHS });
        }
        while self.held > self.bounds.held {
            self.put_aside()?;
        }
        Ok(())
    }

    /// Adds the next bytes of a file to keep. They belong to the `documents` row at position `position`,
    /// which is added after all of them. The file is kept if that row is new; otherwise it is already stored.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn keep(&mut self, position: i64, bytes: &[u8]) -> Result<()> {
        match self.documents.last_mut() {
            Some(document) if document.position == position => document.take(bytes),
            last => {
                if let Some(last) = last {
                    last.abandon();
                }
                let mut document = Keeping::begin(&self.vault, position)?;
                document.take(bytes)?;
                self.documents.push(document);
                Ok(())
            }
        }
    }

    /// Spills the months with the most bytes in memory: about a quarter of what is held, written together.
    fn put_aside(&mut self) -> Result<()> {
        if let Some(writing) = self.writing.take() {
            writing.months()?;
        }
        let (mut jobs, mut all): (Vec<Job>, usize) = (Vec::new(), 0);
        while jobs.is_empty() || all < self.bounds.held / 4 {
            let largest = self.months.iter_mut().max_by_key(|(_, gathered)| gathered.bytes);
            let Some((month, gathered)) = largest.filter(|(_, gathered)| gathered.bytes > 0) else { break };
            let (bytes, rows) = (std::mem::take(&mut gathered.bytes), std::mem::take(&mut gathered.rows));
            self.held -= bytes;
            all += bytes;
            let size = self.bounds.chunk_of(gathered.all_bytes);
            jobs.push(Job { month: *month, rows, bytes, size, is_small: bytes <= self.bounds.run });
        }
        let months: Vec<(Category, i32)> = jobs.iter().map(|job| job.month).collect();
        let spilling = Spilling::begin(&self.vault, jobs)?;
        for (place, month) in months.iter().enumerate() {
            if let Some(gathered) = self.months.get_mut(month) {
                gathered.aside.push(Spill::new(&spilling, place));
            }
        }
        self.writing = Some(spilling);
        Ok(())
    }

    /// Calls `each` with the gathered rows of a month, batch by batch in file order, and the number of rows
    /// before the batch.
    pub(crate) fn each(
        &self,
        (category, month): (Category, i32),
        gathered: &Gathered,
        opener: &mut Opener,
        each: &mut dyn FnMut(usize, &Batch) -> Result<()>,
    ) -> Result<()> {
        let mut before = 0;
        for spill in &gathered.aside {
            for Indexed { chunk, .. } in &spill.written()?.chunks {
                let sealed = self.vault.store().get_chunk(self.vault.partition(), *chunk)?;
                let address = ChunkAddress { category, month, chunk: *chunk };
                let rows = opener.open(self.vault.keys(), address, FieldSet::stored(category), &sealed)?;
                each(before, &rows)?;
                before += rows.rows();
            }
        }
        for rows in &gathered.rows {
            each(before, rows)?;
            before += rows.rows();
        }
        Ok(())
    }

    /// [`Compared`] for the rows of the file.
    pub(crate) fn compared(&self) -> Result<Compared> {
        let (amended, mut opener) = (self.vault.amended()?, Opener::new()?);
        let mut in_file = BTreeSet::new();
        for (&month, gathered) in &self.months {
            let of = amended.originals(month.0).filter(|(own, _)| *own == month.1);
            let wanted: BTreeSet<Digest> = of.map(|(_, identity)| identity).collect();
            if wanted.is_empty() {
                continue;
            }
            self.each(month, gathered, &mut opener, &mut |_, batch| {
                let identities = (0..batch.rows()).map(|row| Digest(identity_of(batch, row)));
                in_file.extend(identities.filter(|identity| wanted.contains(identity)));
                Ok(())
            })?;
        }
        let stored = self.vault.summary()?.into_iter().map(|summary| summary.category).collect();
        Ok(Compared { amended, in_file, stored })
    }
}

impl Drop for Importing {
    fn drop(&mut self) {
        // Chunks that cannot be deleted now are swept later.
        let spills = self.months.values().flat_map(|month| &month.aside);
        let aside = spills.filter_map(|spill| spill.written().ok()).flat_map(|written| &written.chunks);
        let aside = aside.map(|indexed| indexed.chunk);
        let mut aside: Vec<ChunkId> = aside.collect();
        if !aside.is_empty()
            && let Ok(named) = named_chunks(&**self.vault.store(), self.vault.id())
        {
            aside.retain(|chunk| !named.contains(chunk));
            let _ = self.vault.store().delete_chunks(self.vault.partition(), Which::Some(&aside));
        }
        if self.documents.is_empty() {
            return;
        }
        let Ok(named) = self.vault.records().all(&records::documents(self.vault.id())) else {
            return;
        };
        let named = named.iter().filter_map(|(key, _)| records::document_parts(key).map(|(.., id, _)| id));
        let named: Vec<_> = named.collect();
        for document in &self.documents {
            document.forget_if_unnamed(&named);
        }
    }
}
