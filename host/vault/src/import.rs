//! Import: from the rows of a file to sealed chunks, and the commit that makes them visible.

use crate::alike::Candidates;
use crate::bodies::{Bodies, Plan};
use crate::bounds::Size;
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::gathered::{Compared, Flags, Gathered, Importing, New, WRITTEN, parts};
use crate::identity::Known;
use crate::new_chunk::sealed_chunk;
use crate::opened::{OpenOptions, open};
use crate::person::PersonVault;
use crate::reader;
use crate::records::{self, Indexed};
use mesinfos_model::category::documents;
use mesinfos_model::{Batch, Category, Day, Digest};
use mesinfos_store::{ChunkId, Commit, Record, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// Maximum length of a file name in an import record, in characters.
const MAX_FILE_NAME: usize = 200;

/// Origin of imported rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSource {
    /// Name of the file, truncated to 200 characters.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_sha256: Digest,
    /// Id of the format used to read it.
    pub format: String,
    /// Time of the import: UTC seconds since 1970.
    pub at_utc_seconds: i64,
}

/// Result of an import for one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryOutcome {
    /// Category of the rows.
    pub category: Category,
    /// Number of new rows.
    pub added: u64,
    /// Number of rows already in the vault.
    pub duplicates: u64,
    /// The first day of the file's rows, new or not.
    pub first: Option<Day>,
    /// The last day of the file's rows, new or not.
    pub last: Option<Day>,
}

/// Result of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// Number of the import, from 1: the person's sequence number after it. Undos take numbers too.
    pub import_id: u64,
    /// Results by category, in the order of [`Category::ALL`].
    pub categories: Vec<CategoryOutcome>,
}

/// The stored record of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// Origin of the rows.
    pub source: ImportSource,
    /// Result of the import.
    #[serde(flatten)]
    pub outcome: ImportOutcome,
    /// Time of the undo, which deletes its rows, in UTC seconds since 1970. `None` if it was not undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<i64>,
}

impl CategoryOutcome {
    /// The result for a category without rows in the file.
    pub fn none(category: Category) -> CategoryOutcome {
        CategoryOutcome { category, added: 0, duplicates: 0, first: None, last: None }
    }
}

impl ImportOutcome {
    /// Number of new rows, over all categories.
    pub fn added(&self) -> u64 {
        self.categories.iter().map(|c| c.added).sum()
    }

    /// Number of rows already in the vault, over all categories.
    pub fn duplicates(&self) -> u64 {
        self.categories.iter().map(|c| c.duplicates).sum()
    }

    /// The first day of the file's rows.
    pub fn first(&self) -> Option<Day> {
        self.categories.iter().filter_map(|c| c.first).min()
    }

    /// The last day of the file's rows.
    pub fn last(&self) -> Option<Day> {
        self.categories.iter().filter_map(|c| c.last).max()
    }
}

/// Name of import records in errors.
pub(crate) const IMPORT: &str = "an import";
const FILE: &str = "the name of an imported file";

/// Time limit for an import. Must be well below the age at which a sweep deletes unnamed chunks.
const PATIENCE: Duration = Duration::from_hours(6);

/// Sealed chunks, and the commit with their index entries.
struct Prepared<'a> {
    vault: &'a PersonVault,
    sequence: u64,
    chunks: Vec<(ChunkId, Vec<u8>)>,
    bytes: usize,
    commit: Commit,
    /// Positions of the new rows that have a file to keep.
    kept: BTreeSet<i64>,
}

impl PersonVault {
    /// Every import, oldest first.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRecord>> {
        let open = |(key, sealed): &Record| Ok(self.records().open(IMPORT, key, sealed)?);
        self.records().all(&records::imports(self.id()))?.iter().map(open).collect()
    }

    /// The names of archive members with rows, by number of the import and of the member.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn files(&self) -> Result<Vec<((u64, u64), String)>> {
        let open = |(key, sealed): &Record| {
            let import = records::import_of_file(key)?;
            let (number, name): (u64, String) = self.records().open(FILE, key, sealed)?;
            Ok(((import, number), name))
        };
        self.records().all(&records::files(self.id()))?.iter().map(open).collect()
    }
}

impl Importing {
    /// Finds the rows of a month that the stored chunks `kept` do not have.
    fn new_of(
        &self,
        (category, month): (Category, i32),
        gathered: &Gathered,
        kept: &[Indexed],
        plan: &Plan,
        Compared { amended, in_file }: &Compared,
        opener: &mut Opener,
    ) -> Result<New> {
        if kept.is_empty() && Known::is_multiset(category) && amended.is_empty(category) {
            return Ok(New::All);
        }
        // In a set, a row may also duplicate an earlier row of the same file, so the file's own rows count
        // too.
        let own = if Known::is_multiset(category) { 0 } else { gathered.count as u64 };
        let identities = kept.iter().map(|indexed| indexed.entry.rows).sum::<u64>() + own;
        let passes = identities.div_ceil(self.bounds.known).max(1);
        let mut new = Flags::none(gathered.count);
        let (gone, corrected) = amended.of(category, month, in_file);
        for pass in 0..passes {
            let mut known = Known::of(category, pass, passes);
            let wanted = Known::columns(category).with(category.schema().time);
            let of = OpenOptions { wanted, ..OpenOptions::all(category) };
            for indexed in kept {
                known.keep(&open(&self.vault, (category, month), indexed, &of, plan, opener)?);
            }
            known.forget_ids(&corrected);
            known.keep_ids(&gone);
            self.each((category, month), gathered, opener, &mut |before, rows| {
                for row in (0..rows.rows()).filter(|&row| known.take(rows, row) == Some(true)) {
                    new.set(before + row);
                }
                Ok(())
            })?;
        }
        Ok(if new.count == gathered.count { New::All } else { New::Some(new) })
    }

    /// The result that the import would have now. Writes nothing.
    ///
    /// # Errors
    /// [`VaultError`] if stored rows cannot be read.
    pub fn outcome(&self) -> Result<Vec<CategoryOutcome>> {
        self.by_category(self.vault.sequence()?, &self.compared()?, |_, _, _, _| Ok(()))
    }

    /// The result for each category, compared with the rows as of sequence number `as_of`. Calls `each` for
    /// every month with new rows.
    fn by_category(
        &self,
        as_of: u64,
        compared: &Compared,
        mut each: impl FnMut((Category, i32), &Gathered, &New, &mut Opener) -> Result<()>,
    ) -> Result<Vec<CategoryOutcome>> {
        let mut outcomes: Vec<CategoryOutcome> = Vec::new();
        let mut opener = Opener::new()?;
        let kept = reader::chunks_of_months(&self.vault, self.months.keys().copied(), as_of)?;
        let plan = Plan::new(Bodies::default(), kept.values().flatten());
        for (&month, gathered) in &self.months {
            let (category, _) = month;
            let at = match outcomes.iter().position(|outcome| outcome.category == category) {
                Some(at) => at,
                None => {
                    outcomes.push(CategoryOutcome::none(category));
                    outcomes.len() - 1
                }
            };
            let kept = kept.get(&month).map_or(&[][..], Vec::as_slice);
            let new = self.new_of(month, gathered, kept, &plan, compared, &mut opener)?;
            let added = match &new {
                New::All => gathered.count,
                New::Some(flags) => flags.count,
            };
            let outcome = &mut outcomes[at];
            outcome.first = outcome.first.into_iter().chain(gathered.first).min();
            outcome.last = outcome.last.into_iter().chain(gathered.last).max();
            outcome.added += added as u64;
            outcome.duplicates += (gathered.count - added) as u64;
            if added > 0 {
                each(month, gathered, &new, &mut opener)?;
            }
        }
        outcomes.sort_by_key(|outcome| Category::ALL.iter().position(|c| *c == outcome.category));
        Ok(outcomes)
    }

    /// Seals the new rows, writes them to disk, still invisible, and returns the commit that makes them
    /// visible. Join to it any changes that must be atomic with it, and commit once. On
    /// [`mesinfos_store::StoreError::Conflict`], another import or undo was committed first: prepare again.
    /// Chunks that no commit names are swept.
    ///
    /// `files` are the names of archive members with rows, by number.
    ///
    /// # Errors
    /// [`VaultError::TooSlow`] and others; nothing is visible then.
    pub fn prepare(
        &self,
        mut source: ImportSource,
        files: &[(u64, String)],
    ) -> Result<(Commit, ImportOutcome)> {
        if self.begun.elapsed() > PATIENCE {
            return Err(VaultError::TooSlow { hours: PATIENCE.as_secs() / 3_600 });
        }
        let person = self.vault.id();
        let before = self.vault.sequence()?;
        let sequence = before + 1;
        let mut prepared = Prepared {
            vault: &self.vault,
            sequence,
            chunks: Vec::new(),
            bytes: 0,
            commit: self.vault.empty_commit(),
            kept: BTreeSet::new(),
        };
        // Rows are compared with what the person changed: a change meanwhile makes the commit fail.
        self.vault.expect_amendments(&mut prepared.commit)?;
        let mut candidates = Candidates::of(self, sequence)?;
        let compared = self.compared()?;
        let categories = self.by_category(before, &compared, |month, gathered, new, opener| {
            candidates.add(self, month, gathered, new, opener)?;
            prepared.month(self, month, gathered, new, opener)
        })?;
        candidates.record(self, before, &compared, &mut prepared.commit)?;
        prepared.write()?;
        for document in self.documents.iter().filter(|document| prepared.kept.contains(&document.position)) {
            document.name(sequence, &mut prepared.commit)?;
        }
        source.file_name = short_name(source.file_name);
        let record_key = records::import(person, sequence);
        let outcome = ImportOutcome { import_id: sequence, categories };
        let record = ImportRecord { source, outcome, undone_at: None };
        let mut commit = prepared.commit;
        commit.put(record_key.clone(), self.vault.records().seal(IMPORT, &record_key, &record)?);
        for (number, name) in files {
            let record_key = records::import_file(person, sequence, *number);
            let file = (*number, short_name(name.clone()));
            commit.put(record_key.clone(), self.vault.records().seal(FILE, &record_key, &file)?);
        }
        let counter = records::sequence(person);
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, sequence.to_be_bytes());
        Ok((commit, record.outcome))
    }
}

impl Prepared<'_> {
    /// Seals the new rows of a month. Rows are sorted by time within runs of [`Bounds::run`] bytes.
    fn month(
        &mut self,
        importing: &Importing,
        (category, month): (Category, i32),
        gathered: &Gathered,
        new: &New,
        opener: &mut Opener,
    ) -> Result<()> {
        let bounds = importing.bounds;
        let size = bounds.chunk_of(gathered.all_bytes);
        let (mut run, mut bytes, mut number) = (Vec::new(), 0, 0);
        importing.each((category, month), gathered, opener, &mut |before, rows| {
            let rows = match new {
                New::All => rows.clone(),
                New::Some(flags) => {
                    let new: Vec<usize> = (0..rows.rows()).filter(|row| flags.is(before + row)).collect();
                    rows.select(&new)
                }
            };
            if rows.rows() == 0 {
                return Ok(());
            }
            bytes += rows.bytes();
            run.push(rows);
            if bytes >= bounds.run {
                bytes = 0;
                self.run(month, Batch::concat(category, &std::mem::take(&mut run)), size, &mut number)?;
            }
            Ok(())
        })?;
        if run.is_empty() {
            Ok(())
        } else {
            self.run(month, Batch::concat(category, &run), size, &mut number)
        }
    }

    /// Seals one run: new rows of a month, in file order.
    fn run(&mut self, month: i32, rows: Batch, size: Size, number: &mut u32) -> Result<()> {
        if rows.category() == Category::Documents {
            let has_file = |row: &usize| rows.text(documents::SHA256, *row).is_some();
            let places =
                (0..rows.rows()).filter(has_file).filter_map(|row| rows.integer(documents::POSITION, row));
            self.kept.extend(places);
        }
        for part in parts(&rows.sorted(), size)? {
            self.seal(month, &part, *number)?;
            *number += 1;
        }
        Ok(())
    }

    fn seal(&mut self, month: i32, rows: &Batch, number: u32) -> Result<()> {
        let (chunk, body, entry) = sealed_chunk(self.vault, month, rows, self.sequence, Some(number))?;
        let record_key = records::chunk(self.vault.id(), rows.category(), month, chunk);
        let sealed = self.vault.records().seal(reader::INDEX, &record_key, &entry)?;
        self.commit.put(record_key, sealed);
        self.commit.name(chunk);
        self.bytes += body.len();
        self.chunks.push((chunk, body));
        if self.bytes >= WRITTEN { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        self.bytes = 0;
        let chunks = std::mem::take(&mut self.chunks);
        if chunks.is_empty() {
            return Ok(());
        }
        Ok(self.vault.store().put_chunks(self.vault.partition(), &chunks)?)
    }
}

fn short_name(mut name: String) -> String {
    if let Some((cut, _)) = name.char_indices().nth(MAX_FILE_NAME) {
        name.truncate(cut);
    }
    name
}
