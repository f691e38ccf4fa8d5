//! Import: from the rows of a file to sealed chunks, and the commit that makes them visible.

use crate::alike::Candidates;
use crate::bounds::Size;
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::gathered::{Gathered, Importing, New};
use crate::held::FIRST_HELD;
use crate::identity::identity_of;
use crate::ids::Link;
use crate::index::index;
use crate::new_chunk::{WRITTEN, parts, sealed_chunk};
use crate::person::PersonVault;
use crate::records::{self, ChunkIndexEntry, Indexed};
use crate::selection::{Chosen, ReplacedIn, Selection};
use mesinfos_model::category::documents;
use mesinfos_model::{Batch, Category, Day, Digest, Position, RowSet};
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
    /// Notes of another instance with rows of the import: category, position and text. Not in the record.
    #[serde(skip)]
    pub notes: Vec<(Category, Position, String)>,
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
    /// Whether the rows that were in the vault already are kept as rows of this import too, so that they stay when the
    /// import that brought them is undone. Imports of earlier versions kept none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_held: bool,
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

    /// Adds what was imported later as a part of the same import.
    fn add(&mut self, later: &ImportOutcome) {
        for of in &later.categories {
            let own = match self.categories.iter().position(|own| own.category == of.category) {
                Some(own) => own,
                None => {
                    self.categories.push(CategoryOutcome::none(of.category));
                    self.categories.len() - 1
                }
            };
            let own = &mut self.categories[own];
            own.added += of.added;
            own.corrected += of.corrected;
            own.older += of.older;
            own.duplicates += of.duplicates;
            own.first = own.first.into_iter().chain(of.first).min();
            own.last = own.last.into_iter().chain(of.last).max();
        }
        self.categories.sort_by_key(|own| Category::ALL.iter().position(|c| *c == own.category));
        self.replaced.extend(later.replaced.iter().copied());
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

/// Number of the first chunk of rows that are added later: each line of a file has its own.
const FIRST_ADDED: u32 = 1 << 26;

/// Sealed chunks, and the commit with their index entries.
struct Prepared<'a> {
    vault: &'a PersonVault,
    sequence: u64,
    /// Number of the first chunk.
    base: u32,
    /// Rows that are not sealed yet, and their size in memory, in bytes.
    waiting: Vec<Waiting>,
    waiting_bytes: usize,
    chunks: Vec<(ChunkId, Vec<u8>)>,
    bytes: usize,
    commit: Commit,
    /// Positions of the new rows that have a file to keep.
    kept: BTreeSet<i64>,
}

/// Rows of a chunk that is not sealed yet.
struct Waiting {
    month: i32,
    rows: Batch,
    is_held: bool,
    number: u32,
}

/// Size of the rows that are sealed at once, in bytes.
const AT_ONCE: usize = 8 << 20;

/// Most threads that seal, ...
const MOST_THREADS: usize = 4;

/// ... and size of the rows from which a second one is worth its start, in bytes.
const SHARED: usize = 1 << 20;

/// Rows of a month of a file.
enum Part<'a> {
    /// Those to store as current rows.
    New(&'a New),
    /// The others, which are held beside the stored rows, without those that the person deleted, and those that another
    /// file of the archive has too.
    Held(&'a Chosen, BTreeSet<Digest>),
}

impl Part<'_> {
    /// Number of the first chunk: chunks of held rows come after those of new ones.
    fn first_number(&self) -> u32 {
        match self {
            Part::New(_) => 0,
            Part::Held(..) => FIRST_HELD,
        }
    }
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
        let (mut commit, outcome) = self.sealed(before, sequence, 0, watched)?;
        source.file_name = short_name(source.file_name);
        let record_key = records::import(person, sequence);
        let record = ImportRecord { source, outcome, undone_at: None, is_held: true };
        commit.put(record_key.clone(), self.vault.records().seal(IMPORT, &record_key, &record)?);
        for (number, name) in files {
            let record_key = records::import_file(person, sequence, *number);
            let file = (*number, short_name(name.clone()));
            commit.put(record_key.clone(), self.vault.records().seal(FILE, &record_key, &file)?);
        }
        let counter = records::sequence(person);
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, sequence.to_be_bytes());
        self.vault.keep_withheld(false, &mut commit)?;
        Ok((commit, record.outcome))
    }

    /// The commit that adds the rows to an import which is there: rows of its file that could not be read, as the person
    /// corrected them. `place` is the line of the first one. On a conflict, prepare again.
    ///
    /// # Errors
    /// [`VaultError::NoSuchImport`] if it is not there, or undone.
    pub fn prepare_addition(
        &self,
        import: u64,
        place: u64,
        watched: &BTreeMap<Category, RowSet>,
    ) -> Result<(Commit, ImportOutcome)> {
        let (vault, person) = (&self.vault, self.vault.id());
        let before = vault.sequence()?;
        let key = records::import(person, import);
        let no_such = || VaultError::NoSuchImport { import_id: import };
        let found = vault.records().get(&key)?.ok_or_else(no_such)?;
        let mut record: ImportRecord = vault.records().open(IMPORT, &key, &found)?;
        if record.undone_at.is_some() {
            return Err(no_such());
        }
        let base = FIRST_ADDED + u32::try_from(place % u64::from(FIRST_HELD)).unwrap_or(0);
        let (mut commit, outcome) = self.sealed(before, import, base, watched)?;
        record.outcome.add(&outcome);
        commit.expect(key.clone(), Some(found));
        commit.put(key.clone(), vault.records().seal(IMPORT, &key, &record)?);
        // An import or a change of a row in progress has not compared its rows with these.
        let changes = vault.expect_amendments(&mut commit)?;
        commit.put(records::amendment_count(person), (changes + 1).to_be_bytes());
        commit.expect(records::sequence(person), Some(before.to_be_bytes().to_vec()));
        vault.keep_withheld(false, &mut commit)?;
        Ok((commit, outcome))
    }

    /// Identities of the rows of a month that an import has already.
    fn own(&self, month: (Category, i32), import: u64, opener: &mut Opener) -> Result<Vec<Digest>> {
        let mut own = Vec::new();
        let current = records::chunks_of_month(self.vault.id(), month.0, month.1);
        let held = records::held_of_month(self.vault.id(), month.0, month.1);
        for prefix in [current, held] {
            for (_, indexed) in index(&self.vault, &prefix, |_| true)? {
                if indexed.entry.seq == import {
                    let batch = self.vault.open_alone(month, &indexed, opener)?;
                    own.extend((0..batch.rows()).map(|row| Digest(identity_of(&batch, row))));
                }
            }
        }
        Ok(own)
    }

    /// Seals the rows as rows of an import, and the commit with them. `base` is the number of its first chunk: zero for a
    /// new import.
    fn sealed(
        &self,
        before: u64,
        import: u64,
        base: u32,
        watched: &BTreeMap<Category, RowSet>,
    ) -> Result<(Commit, ImportOutcome)> {
        let mut prepared = Prepared {
            vault: &self.vault,
            sequence: import,
            base,
            waiting: Vec::new(),
            waiting_bytes: 0,
            chunks: Vec::new(),
            bytes: 0,
            commit: self.vault.empty_commit(),
            kept: BTreeSet::new(),
        };
        // Rows are compared with what the person changed: a change meanwhile makes the commit fail.
        self.vault.expect_amendments(&mut prepared.commit)?;
        let (compared, mut opener) = (self.compared()?, Opener::new()?);
        let mut candidates = Candidates::of(self, import, &compared.stored)?;
        let mut selection = self.select(before, &compared)?;
        let categories = self.outcomes(&selection);
        for (month, gathered) in self.months() {
            if let Some(chosen) = selection.months.get(&month).filter(|chosen| chosen.stored(gathered) > 0) {
                if base == 0 {
                    candidates.add(self, month, gathered, chosen, &mut opener)?;
                }
                match gathered.whole_aside()? {
                    // Sealing them again would give the same chunks. Documents have more to look at.
                    Some(aside) if matches!(chosen.new, New::All) && month.0 != Category::Documents => {
                        prepared.name(month, aside)?;
                    }
                    _ => prepared.month(self, month, gathered, &Part::New(&chosen.new), &mut opener)?,
                }
            }
            if let Some(chosen @ Chosen { new: New::Some(_), .. }) = selection.months.get(&month) {
                let mut deleted = compared.amended.deleted(month.0);
                if base > 0 {
                    deleted.extend(self.own(month, import, &mut opener)?);
                }
                prepared.month(self, month, gathered, &Part::Held(chosen, deleted), &mut opener)?;
            }
        }
        let mut links = Vec::new();
        if base == 0 {
            let found = (&compared, &selection);
            links = candidates.record(self, before, found, watched, &mut prepared.commit)?;
        }
        prepared.finish()?;
        links.extend(self.links(&selection, watched, import)?);
        let selection_of_carried = std::mem::take(&mut selection.carried);
        let replaced = prepared.replace(selection, &mut opener)?;
        let notes = self.put_carried(import, &compared, &selection_of_carried, &mut prepared.commit)?;
        for document in self.documents.iter().filter(|document| prepared.kept.contains(&document.position)) {
            document.name(import, &mut prepared.commit)?;
        }
        Ok((prepared.commit, ImportOutcome { import_id: import, categories, replaced, links, notes }))
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

    /// Names chunks that are written already, with all rows of a month.
    fn name(&mut self, month: (Category, i32), aside: &[Indexed]) -> Result<()> {
        for (number, Indexed { chunk, entry }) in (self.base..).zip(aside) {
            let entry = ChunkIndexEntry { seq: self.sequence, number: Some(number), ..entry.clone() };
            self.vault.put_current(month, &Indexed { chunk: *chunk, entry }, &mut self.commit)?;
        }
        Ok(())
    }

    /// Seals the new rows of a month. Rows are sorted by time within runs of [`Bounds::run`] bytes.
    fn month(
        &mut self,
        importing: &Importing,
        (category, month): (Category, i32),
        gathered: &Gathered,
        part: &Part<'_>,
        opener: &mut Opener,
    ) -> Result<()> {
        let bounds = importing.bounds;
        let size = bounds.chunk_of(gathered.all_bytes);
        let (mut run, mut bytes, mut number) = (Vec::new(), 0, self.base + part.first_number());
        importing.each((category, month), gathered, opener, &mut |before, rows| {
            let rows = match part {
                Part::New(New::All) => rows.clone(),
                Part::New(New::Some(flags)) => {
                    let new: Vec<usize> = (0..rows.rows()).filter(|row| flags.is(before + row)).collect();
                    rows.select(&new)
                }
                Part::Held(chosen, deleted) => {
                    let is_held = |row: &usize| {
                        !chosen.new.is(before + row)
                            && !chosen.is_repeat(before + row)
                            && (deleted.is_empty() || !deleted.contains(&Digest(identity_of(rows, *row))))
                    };
                    rows.select(&(0..rows.rows()).filter(is_held).collect::<Vec<usize>>())
                }
            };
            if rows.rows() == 0 {
                return Ok(());
            }
            bytes += rows.bytes();
            run.push(rows);
            if bytes >= bounds.run {
                bytes = 0;
                self.run(month, Batch::concat(category, &std::mem::take(&mut run)), size, part, &mut number)?;
            }
            Ok(())
        })?;
        if run.is_empty() {
            Ok(())
        } else {
            self.run(month, Batch::concat(category, &run), size, part, &mut number)
        }
    }

    /// Seals one run: new rows of a month, in file order.
    fn run(&mut self, month: i32, rows: Batch, size: Size, of: &Part<'_>, number: &mut u32) -> Result<()> {
        if rows.category() == Category::Documents && matches!(of, Part::New(_)) {
            let has_file = |row: &usize| rows.text(documents::SHA256, *row).is_some();
            let places =
                (0..rows.rows()).filter(has_file).filter_map(|row| rows.integer(documents::POSITION, row));
            self.kept.extend(places);
        }
        for part in parts(&rows.sorted(), size)? {
            self.seal(month, part, of, *number)?;
            *number += 1;
        }
        Ok(())
    }

    fn seal(&mut self, month: i32, rows: Batch, of: &Part<'_>, number: u32) -> Result<()> {
        self.waiting_bytes += rows.bytes();
        self.waiting.push(Waiting { month, rows, is_held: matches!(of, Part::Held(..)), number });
        if self.waiting_bytes >= AT_ONCE { self.seal_waiting() } else { Ok(()) }
    }

    /// Seals what waits, on all processors.
    fn seal_waiting(&mut self) -> Result<()> {
        let bytes = std::mem::take(&mut self.waiting_bytes);
        let waiting = std::mem::take(&mut self.waiting);
        let (vault, sequence) = (self.vault, self.sequence);
        let seal = |one: &Waiting| sealed_chunk(vault, one.month, &one.rows, sequence, Some(one.number));
        let most = if bytes < SHARED { 1 } else { MOST_THREADS };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(most);
        let share = waiting.len().div_ceil(threads).max(1);
        let sealed: Vec<_> = std::thread::scope(|scope| {
            let (own, others) = waiting.split_at(share.min(waiting.len()));
            let seal = &seal;
            let others = others
                .chunks(share)
                .map(|share| scope.spawn(move || share.iter().map(seal).collect::<Vec<_>>()));
            let others: Vec<_> = others.collect();
            let mut sealed: Vec<_> = own.iter().map(seal).collect();
            for thread in others {
                sealed.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            sealed
        });
        for (Waiting { month, rows, is_held, .. }, sealed) in waiting.iter().zip(sealed) {
            let (chunk, body, entry) = sealed?;
            let (month, indexed) = ((rows.category(), *month), Indexed { chunk, entry });
            if *is_held {
                self.vault.put_held(month, &indexed, &mut self.commit)?;
            } else {
                self.vault.put_current(month, &indexed, &mut self.commit)?;
            }
            self.bytes += body.len();
            self.chunks.push((chunk, body));
            if self.bytes >= WRITTEN {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Seals and writes everything.
    fn finish(&mut self) -> Result<()> {
        self.seal_waiting()?;
        self.write()
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
