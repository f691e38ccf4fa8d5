//! From the rows of a file to sealed chunks and a commit that makes them visible.

use crate::chunk::{self, Opener, Place};
use crate::columns;
use crate::document::Keeping;
use crate::error::{Result, VaultError};
use crate::identity::new_rows;
use crate::person::PersonVault;
use crate::reader::load_month;
use crate::records::{self, ChunkEntry};
use crate::sha;
use mesinfos_model::category::documents;
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, Category, Day, Digest, FieldSet};
use mesinfos_store::ChunkId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    /// When it was undone, if it was: UTC seconds since 1970. Its rows are gone then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<i64>,
}

impl CategoryOutcome {
    /// Of a category of which a file had no row.
    pub fn none(category: Category) -> CategoryOutcome {
        CategoryOutcome { category, added: 0, duplicates: 0, first: None, last: None }
    }
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

/// How many bytes of rows an import holds before it puts the largest months aside, sealed.
const HELD: usize = 24 << 20;

/// How many batches of one month are held before they are made one.
const PIECES: usize = 64;

/// How many bytes of sealed chunks are written at once: each writing waits for the disk.
const WRITTEN: usize = 8 << 20;

/// The most months that one import may touch: three centuries. A file of dates made up at random would
/// leave a file on disk for each.
const MAX_MONTHS: usize = 3_600;

/// Rows of one file that are gathered, by category and month, before they are held against what is there.
/// What does not fit in memory is put aside in sealed chunks that nothing names; they go when this goes,
/// or, after a crash, when the vault is opened the next time.
pub struct Importing {
    vault: PersonVault,
    months: BTreeMap<(Category, i32), Gathered>,
    held: usize,
    documents: Vec<Keeping>,
}

/// The rows of one month.
#[derive(Default)]
struct Gathered {
    rows: Vec<Batch>,
    bytes: usize,
    aside: Vec<ChunkId>,
}

impl Gathered {
    fn take(&mut self, category: Category) -> Batch {
        self.bytes = 0;
        Batch::concat(category, &std::mem::take(&mut self.rows))
    }
}

/// Chunks that are sealed, and the entries that will name them.
struct Prepared<'a> {
    vault: &'a PersonVault,
    sequence: u64,
    chunks: Vec<(ChunkId, Vec<u8>)>,
    bytes: usize,
    commit: mesinfos_store::Batch,
    /// Places of new rows that have a file to keep.
    kept: BTreeSet<i64>,
}

impl PersonVault {
    /// Begins to take in the rows of a file.
    pub fn begin_import(&self) -> Importing {
        Importing { vault: self.clone(), months: BTreeMap::new(), held: 0, documents: Vec::new() }
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

    /// The files of an import that was an archive: number and name of each that had rows.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn import_files(&self, import_id: u64) -> Result<Vec<(u64, String)>> {
        records::scan_all(self.store(), &records::import_files(self.id(), import_id))?
            .iter()
            .map(|(key, sealed)| records::open(self.sealer_ref(), key, sealed))
            .collect()
    }
}

impl Importing {
    /// Takes rows.
    ///
    /// # Errors
    /// [`VaultError::NoTime`] for rows without the time that their category needs; what the disk says.
    pub fn add(&mut self, batch: &Batch) -> Result<()> {
        let category = batch.category();
        if category == Category::Documents
            && let Some(document) = self.documents.last_mut()
        {
            // Its row is the end of it.
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
        while self.held > HELD {
            self.put_aside()?;
        }
        Ok(())
    }

    /// Takes the next bytes of a file that is to be kept with the row of `documents` that has this place
    /// and comes after all of them. It is kept if its row is new; otherwise it is there already.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep(&mut self, place: i64, bytes: &[u8]) -> Result<()> {
        match self.documents.last_mut() {
            Some(document) if document.place == place => document.take(bytes),
            last => {
                if let Some(last) = last {
                    last.abandon();
                }
                let mut document = Keeping::begin(&self.vault, place)?;
                document.take(bytes)?;
                self.documents.push(document);
                Ok(())
            }
        }
    }

    /// Puts the month with most rows in memory aside.
    fn put_aside(&mut self) -> Result<()> {
        let largest = self.months.iter_mut().max_by_key(|(_, gathered)| gathered.bytes);
        let Some((&(category, month), gathered)) = largest else { return Ok(()) };
        self.held -= gathered.bytes;
        let rows = gathered.take(category);
        let mut sealed = Vec::new();
        for part in parts(&rows)? {
            let chunk = ChunkId(records::random_id()?);
            sealed.push((chunk, chunk::seal(self.vault.keys(), Place { category, month, chunk }, &part)?));
        }
        gathered.aside.extend(sealed.iter().map(|(chunk, _)| *chunk));
        Ok(self.vault.store().put_chunks(self.vault.id(), &sealed)?)
    }

    /// All rows of a month that were gathered.
    fn gathered(&self, (category, month): (Category, i32), gathered: &Gathered) -> Result<Batch> {
        let mut opener = Opener::new()?;
        let mut rows = Vec::with_capacity(gathered.aside.len() + gathered.rows.len());
        for &chunk in &gathered.aside {
            let sealed = self.vault.store().get_chunk(self.vault.id(), chunk)?;
            let place = Place { category, month, chunk };
            rows.push(opener.open(self.vault.keys(), place, FieldSet::stored(category), &sealed)?);
        }
        rows.extend_from_slice(&gathered.rows);
        Ok(Batch::concat(category, &rows))
    }

    /// What an import would do now, without writing anything.
    ///
    /// # Errors
    /// [`VaultError`] if what is there cannot be read.
    pub fn outcome(&self) -> Result<Vec<CategoryOutcome>> {
        let as_of = self.vault.sequence()?;
        self.by_category(|month, rows, outcome| new_of(&self.vault, month, rows, as_of, outcome).map(drop))
    }

    /// Calls `each` for every month that was gathered, with the outcome of its category.
    fn by_category(
        &self,
        mut each: impl FnMut(i32, &Batch, &mut CategoryOutcome) -> Result<()>,
    ) -> Result<Vec<CategoryOutcome>> {
        let mut outcomes: Vec<CategoryOutcome> = Vec::new();
        for (&(category, month), gathered) in &self.months {
            let rows = self.gathered((category, month), gathered)?;
            let at = match outcomes.iter().position(|outcome| outcome.category == category) {
                Some(at) => at,
                None => {
                    outcomes.push(CategoryOutcome::none(category));
                    outcomes.len() - 1
                }
            };
            each(month, &rows, &mut outcomes[at])?;
        }
        outcomes.sort_by_key(|outcome| Category::ALL.iter().position(|c| *c == outcome.category));
        Ok(outcomes)
    }

    /// Seals the rows that are not in the vault yet and writes them to disk, without making them
    /// visible: that is the commit that it returns. Join to it what has to happen at the same moment and
    /// commit it once. On [`mesinfos_store::StoreError::Conflict`] another import came first: prepare
    /// again. Chunks whose commit never happens are removed when the vault is opened the next time.
    ///
    /// `files` are the files of an archive that had rows, by number.
    ///
    /// # Errors
    /// [`VaultError`]; nothing is visible then.
    pub fn prepare(
        &self,
        mut source: ImportSource,
        files: &[(u64, String)],
    ) -> Result<(mesinfos_store::Batch, ImportOutcome)> {
        let person = self.vault.id();
        let before = self.vault.sequence()?;
        let sequence = before + 1;
        let mut prepared = Prepared {
            vault: &self.vault,
            sequence,
            chunks: Vec::new(),
            bytes: 0,
            commit: mesinfos_store::Batch::default(),
            kept: BTreeSet::new(),
        };
        let categories = self.by_category(|month, rows, outcome| prepared.month(month, rows, outcome))?;
        prepared.write()?;
        for document in self.documents.iter().filter(|document| prepared.kept.contains(&document.place)) {
            document.name(sequence, &mut prepared.commit)?;
        }
        source.file_name = short_name(source.file_name);
        let place = records::import(person, sequence);
        let outcome = ImportOutcome { import_id: sequence, categories };
        let record = ImportRecord { source, outcome, undone_at: None };
        let mut commit = prepared.commit;
        commit.put(place.clone(), records::seal(self.vault.sealer_ref(), &place, &record)?);
        for (number, name) in files {
            let place = records::import_file(person, sequence, *number);
            let file = (*number, short_name(name.clone()));
            commit.put(place.clone(), records::seal(self.vault.sealer_ref(), &place, &file)?);
        }
        let counter = records::sequence(person);
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, sequence.to_be_bytes());
        Ok((commit, record.outcome))
    }
}

impl Drop for Importing {
    fn drop(&mut self) {
        let aside: Vec<ChunkId> = self.months.values().flat_map(|month| month.aside.clone()).collect();
        if !aside.is_empty() {
            // What cannot be deleted now is when the vault is opened the next time.
            let _ = self.vault.store().delete_chunks(self.vault.id(), &aside);
        }
        if self.documents.is_empty() {
            return;
        }
        let Ok(named) = records::scan_all(self.vault.store(), &records::documents(self.vault.id())) else {
            return;
        };
        let named = named.iter().filter_map(|(key, _)| records::document_parts(key).map(|(.., id, _)| id));
        let named: Vec<_> = named.collect();
        for document in &self.documents {
            document.forget_if_unnamed(&named);
        }
    }
}

impl Prepared<'_> {
    /// What is new of a month's rows, sealed.
    fn month(&mut self, month: i32, rows: &Batch, outcome: &mut CategoryOutcome) -> Result<()> {
        if let Some(new) = new_of(self.vault, month, rows, self.sequence - 1, outcome)? {
            if new.category() == Category::Documents {
                let has_file = |row: &usize| new.text(documents::SHA256, *row).is_some();
                let places =
                    (0..new.rows()).filter(has_file).filter_map(|row| new.integer(documents::PLACE, row));
                self.kept.extend(places);
            }
            for part in parts(&new.sorted())? {
                self.seal(month, &part)?;
            }
        }
        Ok(())
    }

    fn seal(&mut self, month: i32, rows: &Batch) -> Result<()> {
        let category = rows.category();
        let chunk = ChunkId(records::random_id()?);
        let body = chunk::seal(self.vault.keys(), Place { category, month, chunk }, rows)?;
        let (first, last) = days(rows);
        let entry = ChunkEntry {
            seq: self.sequence,
            rows: rows.rows() as u64,
            first,
            last,
            sha256: sha::sha256(&body),
            holders: holders(rows),
        };
        let place = records::chunk(self.vault.id(), category, month, chunk);
        let sealed = records::seal(self.vault.sealer_ref(), &place, &entry)?;
        self.commit.put(place, sealed);
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
        Ok(self.vault.store().put_chunks(self.vault.id(), &chunks)?)
    }
}

/// The rows of a month that were not there after the import `as_of`; none if all were.
fn new_of(
    vault: &PersonVault,
    month: i32,
    rows: &Batch,
    as_of: u64,
    outcome: &mut CategoryOutcome,
) -> Result<Option<Batch>> {
    let (first, last) = days(rows);
    outcome.first = outcome.first.into_iter().chain(first).min();
    outcome.last = outcome.last.into_iter().chain(last).max();
    let kept = load_month(vault, rows.category(), month, as_of)?;
    let new = new_rows(rows, &kept.batch);
    outcome.added += new.len() as u64;
    outcome.duplicates += (rows.rows() - new.len()) as u64;
    Ok(match new.len() {
        0 => None,
        all if all == rows.rows() => Some(rows.clone()),
        _ => Some(rows.select(&new)),
    })
}

/// The rows in as many parts as chunks are needed for them.
fn parts(rows: &Batch) -> Result<Vec<Batch>> {
    if columns::fits(rows) {
        return Ok(vec![rows.clone()]);
    }
    if rows.rows() <= 1 {
        return Err(VaultError::RowTooLarge { category: rows.category(), limit: columns::MAX_TEXT });
    }
    let (head, tail): (Vec<usize>, Vec<usize>) = (0..rows.rows()).partition(|row| row * 2 < rows.rows());
    let mut all = parts(&rows.select(&head))?;
    all.extend(parts(&rows.select(&tail))?);
    Ok(all)
}

fn short_name(mut name: String) -> String {
    if let Some((cut, _)) = name.char_indices().nth(MAX_FILE_NAME) {
        name.truncate(cut);
    }
    name
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
