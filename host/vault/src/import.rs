//! Import: from the rows of a file to sealed chunks, and the commit that makes them visible.

use crate::alike::Candidates;
use crate::bounds::Size;
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::gathered::{Gathered, Importing, New, WRITTEN, parts};
use crate::ids::Link;
use crate::new_chunk::sealed_chunk;
use crate::person::PersonVault;
use crate::records::{self, Indexed};
use crate::selection::{Chosen, ReplacedIn, Selection};
use mesinfos_model::category::documents;
use mesinfos_model::{Batch, Category, Day, Digest, RowSet};
use mesinfos_store::{ChunkId, Commit, Record, Store};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
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
    /// Number of rows that replaced an earlier version.
    #[serde(default, skip_serializing_if = "mesinfos_model::is_zero")]
    pub corrected: u64,
    /// Number of the rows already in the vault of which a later or a firmer version is there.
    #[serde(default, skip_serializing_if = "mesinfos_model::is_zero")]
    pub older: u64,
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
    /// Rows of earlier imports that rows of this one replaced: import, category and number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<(u64, Category, u64)>,
    /// Watched rows that were replaced, or are probably one with a row of the import, each with that row. Not in the record.
    #[serde(skip)]
    pub links: Vec<Link>,
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
        CategoryOutcome { category, added: 0, corrected: 0, older: 0, duplicates: 0, first: None, last: None }
    }
}

impl ImportOutcome {
    /// Number of new rows, over all categories.
    pub fn added(&self) -> u64 {
        self.categories.iter().map(|c| c.added).sum()
    }

    /// Number of rows that replaced an earlier version, over all categories.
    pub fn corrected(&self) -> u64 {
        self.categories.iter().map(|c| c.corrected).sum()
    }

    /// Number of rows of which a later version is in the vault, over all categories.
    pub fn older(&self) -> u64 {
        self.categories.iter().map(|c| c.older).sum()
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
    /// The result that the import would have now. Writes nothing.
    ///
    /// # Errors
    /// [`VaultError`] if stored rows cannot be read.
    pub fn outcome(&self) -> Result<Vec<CategoryOutcome>> {
        Ok(self.outcomes(&self.select(self.vault.sequence()?, &self.compared()?)?))
    }

    /// The result for each category.
    fn outcomes(&self, selection: &Selection) -> Vec<CategoryOutcome> {
        let mut outcomes: Vec<CategoryOutcome> = Vec::new();
        for (month, gathered) in self.months() {
            let at = match outcomes.iter().position(|outcome| outcome.category == month.0) {
                Some(at) => at,
                None => {
                    outcomes.push(CategoryOutcome::none(month.0));
                    outcomes.len() - 1
                }
            };
            let chosen = selection.months.get(&month);
            let (stored, versions) =
                chosen.map_or((0, 0), |chosen| (chosen.stored(gathered), chosen.versions()));
            let outcome = &mut outcomes[at];
            outcome.first = outcome.first.into_iter().chain(gathered.first).min();
            outcome.last = outcome.last.into_iter().chain(gathered.last).max();
            outcome.added += (stored - versions) as u64;
            outcome.corrected += versions as u64;
            outcome.older += chosen.map_or(0, Chosen::older) as u64;
            outcome.duplicates += (gathered.count - stored) as u64;
        }
        outcomes.sort_by_key(|outcome| Category::ALL.iter().position(|c| *c == outcome.category));
        outcomes
    }

    /// Seals the new rows, writes them to disk, still invisible, and returns the commit that makes them
    /// visible. Join to it any changes that must be atomic with it, and commit once. On
    /// [`mesinfos_store::StoreError::Conflict`], another import or undo was committed first: prepare again.
    /// Chunks that no commit names are swept.
    ///
    /// `files` are the names of archive members with rows, by number. `watched` are stored rows of which the caller wants to
    /// know what replaced them ([`ImportOutcome::links`]).
    ///
    /// # Errors
    /// [`VaultError::TooSlow`] and others; nothing is visible then.
    pub fn prepare(
        &self,
        mut source: ImportSource,
        files: &[(u64, String)],
        watched: &BTreeMap<Category, RowSet>,
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
        let (compared, mut opener) = (self.compared()?, Opener::new()?);
        let mut candidates = Candidates::of(self, sequence, &compared.stored);
        let selection = self.select(before, &compared)?;
        let categories = self.outcomes(&selection);
        for (month, gathered) in self.months() {
            if let Some(chosen) = selection.months.get(&month).filter(|chosen| chosen.stored(gathered) > 0) {
                candidates.add(self, month, gathered, chosen, &mut opener)?;
                prepared.month(self, month, gathered, &chosen.new, &mut opener)?;
            }
        }
        let mut links =
            candidates.record(self, before, (&compared, &selection), watched, &mut prepared.commit)?;
        prepared.write()?;
        links.extend(self.links(&selection, watched, sequence)?);
        let replaced = prepared.replace(selection, &mut opener)?;
        for document in self.documents.iter().filter(|document| prepared.kept.contains(&document.position)) {
            document.name(sequence, &mut prepared.commit)?;
        }
        source.file_name = short_name(source.file_name);
        let record_key = records::import(person, sequence);
        let outcome = ImportOutcome { import_id: sequence, categories, replaced, links };
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
    /// Puts replaced rows aside. Returns their number by import and category.
    fn replace(&mut self, selection: Selection, opener: &mut Opener) -> Result<Vec<(u64, Category, u64)>> {
        let mut replaced: BTreeMap<(u64, Category), u64> = BTreeMap::new();
        for (month, chunks) in selection.replaced {
            for (chunk, ReplacedIn { entry, rows }) in chunks {
                *replaced.entry((entry.seq, month.0)).or_default() += rows.len() as u64;
                let indexed = Indexed { chunk, entry };
                self.vault.supersede(month, &indexed, &rows, self.sequence, opener, &mut self.commit)?;
            }
        }
        Ok(replaced.into_iter().map(|((import, category), rows)| (import, category, rows)).collect())
    }

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
        let indexed = Indexed { chunk, entry };
        self.vault.put_current((rows.category(), month), &indexed, &mut self.commit)?;
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
