//! Rows that a later import replaced: the file of that import has another version of them.
//!
//! They stay sealed, as chunks under another key: no reader of current data sees them, an import knows them, and they are
//! back when the import that replaced them is undone.

use crate::amend::DeletedVersion;
use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::columns;
use crate::error::Result;
use crate::held::Heirs;
use crate::identity::{content, fingerprint, identity_of, names_of, row_id};
use crate::ids::Link;
use crate::index::index;
use crate::opened::{OpenOptions, open};
use crate::person::PersonVault;
use crate::records::{self, ChunkIndexEntry, Indexed, damaged};
use crate::rule_set::RuleSet;
use mesinfos_model::{Batch, Category, Digest, RowId, RowSet};
use mesinfos_store::{ChunkId, Commit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const SUPERSEDED: &str = "the index entry of replaced rows";

/// Earlier versions of a row that are told.
const MOST_EARLIER: usize = 20;

/// What the index says of a chunk of replaced rows.
#[derive(Serialize, Deserialize)]
struct SupersededEntry {
    /// Whether the rows that replaced them have other identities.
    is_renamed: bool,
    entry: ChunkIndexEntry,
}

/// A chunk of rows that the rows of a later import replaced.
pub(crate) struct Superseded {
    pub(crate) category: Category,
    pub(crate) month: i32,
    /// That import.
    pub(crate) by: u64,
    pub(crate) is_renamed: bool,
    pub(crate) indexed: Indexed,
}

/// What replaces a row of a chunk.
pub(crate) struct Replacement {
    /// Whether it has another identity.
    pub(crate) is_renamed: bool,
    /// The row of the file: its month, and its index there.
    pub(crate) by: (i32, usize),
}

/// Rows of a chunk to replace, by their indexes.
pub(crate) type Replaced = BTreeMap<u32, Replacement>;

/// An earlier version of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRow {
    /// Its import.
    pub import: u64,
    /// The import that replaced it.
    pub by: u64,
    /// The row, alone.
    pub row: Batch,
}

/// What is known of a row, and of those that replaced it.
pub(crate) trait Inherited: Clone + Default {
    /// Adds what is known of another row.
    fn inherit(&mut self, other: &Self);
}

impl Inherited for RuleSet {
    fn inherit(&mut self, other: &RuleSet) {
        self.add(*other);
    }
}

impl<T: Ord + Clone> Inherited for BTreeSet<T> {
    fn inherit(&mut self, other: &BTreeSet<T>) {
        self.extend(other.iter().cloned());
    }
}

/// Month and import of a chunk, and its number among those of the import.
type ChunkNumber = (i32, u64, Option<u32>);

/// What two versions of a row have in common: its identity, or a name.
type Key = [u8; 32];

fn keys_of(batch: &Batch, row: usize) -> impl Iterator<Item = Key> {
    std::iter::once(identity_of(batch, row)).chain(names_of(batch, row).into_iter().flatten())
}

/// What the undo of an import does with versions.
#[derive(Default)]
pub(crate) struct EndOfVersions {
    /// Number of rows that are back, by import and category.
    pub(crate) back: BTreeMap<(u64, Category), u64>,
    /// Watched rows of the import with the rows that are back for them.
    pub(crate) links: Vec<Link>,
    /// Number of rows of the import that later ones had replaced.
    pub(crate) earlier: u64,
    /// Chunks to delete.
    pub(crate) chunks: Vec<ChunkId>,
}

/// Imports with later versions of rows, and whether these have other identities.
#[derive(Default)]
struct Later {
    /// Each stands for one row: `None` if it does already.
    versions: Vec<Option<(u64, bool)>>,
    by_key: HashMap<Key, Vec<usize>>,
}

impl Later {
    fn add(&mut self, batch: &Batch, row: usize, version: (u64, bool)) {
        for key in keys_of(batch, row) {
            self.by_key.entry(key).or_default().push(self.versions.len());
        }
        self.versions.push(Some(version));
    }

    fn take(&mut self, batch: &Batch, row: usize) -> Option<(u64, bool)> {
        for key in keys_of(batch, row) {
            let Some(of_key) = self.by_key.get_mut(&key) else { continue };
            while let Some(at) = of_key.pop() {
                if let Some(version) = self.versions.get_mut(at).and_then(Option::take) {
                    return Some(version);
                }
            }
        }
        None
    }
}

impl PersonVault {
    /// The chunks of replaced rows of a category, by the import that replaced them, the first first.
    pub(crate) fn superseded(&self, category: Category) -> Result<Vec<Superseded>> {
        let prefix = records::superseded_of_category(self.id(), category);
        let mut all = Vec::new();
        for (key, sealed) in self.records().all(&prefix)? {
            let of = records::month_and_chunk(&key).zip(records::superseded_by(&key));
            let ((month, chunk), by) = of.ok_or_else(|| damaged("the key of replaced rows"))?;
            let SupersededEntry { is_renamed, entry } = self.records().open(SUPERSEDED, &key, &sealed)?;
            all.push(Superseded { category, month, by, is_renamed, indexed: Indexed { chunk, entry } });
        }
        Ok(all)
    }

    pub(crate) fn open_superseded(&self, of: &Superseded, opener: &mut Opener) -> Result<Batch> {
        let plan = Plan::new(Bodies::default(), std::iter::once(&of.indexed));
        let all = OpenOptions::all(of.category);
        open(self, (of.category, of.month), &of.indexed, &all, &plan, opener)
    }

    fn put_superseded(&self, of: &Superseded, commit: &mut Commit) -> Result<()> {
        let key = records::superseded_chunk(self.id(), of.category, of.by, of.month, of.indexed.chunk);
        let entry = SupersededEntry { is_renamed: of.is_renamed, entry: of.indexed.entry.clone() };
        commit.put(key.clone(), self.records().seal(SUPERSEDED, &key, &entry)?);
        commit.name(of.indexed.chunk);
        Ok(())
    }

    /// Makes rows of a month current again: those of one number of one import. They go back to the rest of the chunk that
    /// they were taken from, in their order in the file, if it is there. Returns chunks to delete.
    fn join_current(
        &self,
        (category, month): (Category, i32),
        mut parts: Vec<(Indexed, Batch)>,
        commit: &mut Commit,
    ) -> Result<Vec<ChunkId>> {
        let Some(of) = parts.first().map(|(indexed, _)| indexed.entry.clone()) else { return Ok(Vec::new()) };
        let is_rest = |other: &Indexed| {
            of.number.is_some() && (other.entry.seq, other.entry.number) == (of.seq, of.number)
        };
        let all = index(self, &records::chunks_of_month(self.id(), category, month), |_| true)?;
        if let Some((_, rest)) = all.into_iter().find(|(_, other)| is_rest(other)) {
            let plan = Plan::new(Bodies::default(), std::iter::once(&rest));
            let (all, mut opener) = (OpenOptions::all(category), Opener::new()?);
            let batch = open(self, (category, month), &rest, &all, &plan, &mut opener)?;
            parts.push((rest, batch));
        }
        let rows: u64 = parts.iter().map(|(indexed, _)| indexed.entry.rows).sum();
        if parts.len() == 1 || rows > columns::MAX_ROWS as u64 {
            for (indexed, _) in &parts {
                self.put_current((category, month), indexed, commit)?;
            }
            return Ok(Vec::new());
        }
        let batches: Vec<Batch> = parts.iter().map(|(_, batch)| batch.clone()).collect();
        let all = Batch::concat(category, &batches);
        let mut order: Vec<usize> = (0..all.rows()).collect();
        let position = category.schema().position();
        order.sort_by_key(|row| (all.time(*row).unwrap_or(i64::MIN), all.integer(position, *row)));
        let joined = self.split_off(month, &all, &order, &of)?;
        for (indexed, _) in &parts {
            commit.delete(records::chunk(self.id(), category, month, indexed.chunk));
        }
        self.put_current((category, month), &joined, commit)?;
        Ok(parts.into_iter().map(|(indexed, _)| indexed.chunk).collect())
    }

    /// Writes rows of a chunk as a chunk of their own, still invisible.
    fn split_off(&self, month: i32, batch: &Batch, rows: &[usize], of: &ChunkIndexEntry) -> Result<Indexed> {
        self.write_chunk(month, &batch.select(rows), of.seq, of.number)
    }

    /// Adds to a commit that rows of a chunk are replaced by rows of the import `by`. Chunks are written, still invisible.
    pub(crate) fn supersede(
        &self,
        (category, month): (Category, i32),
        indexed: &Indexed,
        replaced: &Replaced,
        by: u64,
        opener: &mut Opener,
        commit: &mut Commit,
    ) -> Result<()> {
        commit.delete(records::chunk(self.id(), category, month, indexed.chunk));
        let renamed = |is_renamed: bool| {
            let of = replaced.iter().filter(move |(_, row)| row.is_renamed == is_renamed);
            of.map(|(row, _)| *row as usize).collect::<Vec<usize>>()
        };
        let groups = [(false, renamed(false)), (true, renamed(true))];
        let whole = groups.iter().find(|(_, rows)| rows.len() as u64 == indexed.entry.rows);
        if let Some((is_renamed, _)) = whole {
            let indexed = Indexed { chunk: indexed.chunk, entry: indexed.entry.clone() };
            let whole = Superseded { category, month, by, is_renamed: *is_renamed, indexed };
            return self.put_superseded(&whole, commit);
        }
        let plan = Plan::new(Bodies::default(), std::iter::once(indexed));
        let batch = open(self, (category, month), indexed, &OpenOptions::all(category), &plan, opener)?;
        let is_kept = |row: &usize| u32::try_from(*row).is_ok_and(|row| !replaced.contains_key(&row));
        let kept: Vec<usize> = (0..batch.rows()).filter(is_kept).collect();
        if !kept.is_empty() {
            let kept = self.split_off(month, &batch, &kept, &indexed.entry)?;
            self.put_current((category, month), &kept, commit)?;
        }
        for (is_renamed, rows) in groups.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let indexed = self.split_off(month, &batch, &rows, &indexed.entry)?;
            self.put_superseded(&Superseded { category, month, by, is_renamed, indexed }, commit)?;
        }
        Ok(())
    }

    /// Adds to the commit that undoes an import the end of its replaced rows, and the return of those that its rows
    /// replaced, unless another version stands. `watched` are rows of the import.
    pub(crate) fn end_superseded(
        &self,
        import: u64,
        watched: &BTreeMap<Category, RowSet>,
        heirs: &mut Heirs,
        commit: &mut Commit,
    ) -> Result<EndOfVersions> {
        let mut opener = Opener::new()?;
        let mut end = EndOfVersions::default();
        for &category in Category::ALL {
            let all = self.superseded(category)?;
            let mut returned: BTreeMap<ChunkNumber, Vec<(Indexed, Batch)>> = BTreeMap::new();
            if !all.iter().any(|of| of.by == import || of.indexed.entry.seq == import) {
                self.end_held(category, heirs, returned, &mut end, commit)?;
                continue;
            }
            let watched = self.keys_of_watched(category, import, watched.get(&category), &mut opener)?;
            // Versions that replaced rows of the import, by what they have in common with them.
            let mut later = Later::default();
            heirs.promoted(category).for_each(|(by, batch, row)| later.add(batch, row, (by, false)));
            for of in all.iter().filter(|of| of.indexed.entry.seq == import) {
                let batch = self.open_superseded(of, &mut opener)?;
                if of.by != import {
                    (0..batch.rows()).for_each(|row| later.add(&batch, row, (of.by, of.is_renamed)));
                }
                commit.delete(records::superseded_chunk(
                    self.id(),
                    category,
                    of.by,
                    of.month,
                    of.indexed.chunk,
                ));
                end.chunks.push(of.indexed.chunk);
                end.earlier += batch.rows() as u64;
            }
            let replaced = all.iter().filter(|of| of.by == import && of.indexed.entry.seq != import);
            for of in replaced {
                let batch = self.open_superseded(of, &mut opener)?;
                let mut groups: BTreeMap<Option<(u64, bool)>, Vec<usize>> = BTreeMap::new();
                for row in 0..batch.rows() {
                    let next = later.take(&batch, row);
                    let next = next.map(|(by, is_renamed)| (by, is_renamed || of.is_renamed));
                    groups.entry(next).or_default().push(row);
                }
                let old = &of.indexed;
                commit.delete(records::superseded_chunk(self.id(), category, import, of.month, old.chunk));
                let is_whole = groups.len() == 1;
                for (next, rows) in groups {
                    let indexed = if is_whole {
                        Indexed { chunk: old.chunk, entry: old.entry.clone() }
                    } else {
                        self.split_off(of.month, &batch, &rows, &old.entry)?
                    };
                    match next {
                        Some((by, is_renamed)) => {
                            let moved = Superseded { category, month: of.month, by, is_renamed, indexed };
                            self.put_superseded(&moved, commit)?;
                        }
                        None => {
                            let month = of.month;
                            let of = (month, old.entry.seq, old.entry.number);
                            returned.entry(of).or_default().push((indexed, batch.select(&rows)));
                            *end.back.entry((old.entry.seq, category)).or_default() += rows.len() as u64;
                            for &row in &rows {
                                heirs.returned((category, month), &batch, row);
                                let of = keys_of(&batch, row).filter_map(|key| watched.get(&key));
                                let id = row_id(&batch, row, old.entry.seq);
                                end.links.extend(of.flatten().map(|from| (category, *from, id)));
                            }
                        }
                    }
                }
                if !is_whole {
                    end.chunks.push(old.chunk);
                }
            }
            self.end_held(category, heirs, returned, &mut end, commit)?;
        }
        Ok(end)
    }

    /// Makes current what is back and what stays.
    fn end_held(
        &self,
        category: Category,
        heirs: &mut Heirs,
        mut returned: BTreeMap<ChunkNumber, Vec<(Indexed, Batch)>>,
        end: &mut EndOfVersions,
        commit: &mut Commit,
    ) -> Result<()> {
        heirs.keep_rest(category);
        let chunks = self.take_held(category, heirs, commit, &mut |month, indexed, batch| {
            let of = (month, indexed.entry.seq, indexed.entry.number);
            returned.entry(of).or_default().push((indexed, batch));
        })?;
        end.chunks.extend(chunks);
        for ((month, ..), parts) in returned {
            end.chunks.extend(self.join_current((category, month), parts, commit)?);
        }
        Ok(())
    }

    /// Rows of an import among `watched`, by what earlier versions have in common with them.
    fn keys_of_watched(
        &self,
        category: Category,
        import: u64,
        watched: Option<&RowSet>,
        opener: &mut Opener,
    ) -> Result<HashMap<Key, Vec<RowId>>> {
        let mut keys: HashMap<Key, Vec<RowId>> = HashMap::new();
        let Some(watched) = watched.filter(|rows| rows.iter().any(|row| row.import == import)) else {
            return Ok(keys);
        };
        let all = OpenOptions::all(category);
        for (month, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)? {
            if indexed.entry.seq != import {
                continue;
            }
            let plan = Plan::new(Bodies::default(), std::iter::once(&indexed));
            let batch = open(self, (category, month), &indexed, &all, &plan, opener)?;
            for row in 0..batch.rows() {
                let id = row_id(&batch, row, import);
                if watched.contains(&id) {
                    keys_of(&batch, row).for_each(|key| keys.entry(key).or_default().push(id));
                }
            }
        }
        // A row that the person corrected is known as the holder gave it.
        let amended = self.amendments()?.into_iter();
        let own = amended.filter(|one| one.category == category && watched.contains(&one.row));
        for (id, row) in own.filter_map(|one| Some((one.row, one.original()?))) {
            keys_of(&row, 0).for_each(|key| keys.entry(key).or_default().push(id));
        }
        Ok(keys)
    }

    /// The chunks with earlier versions of a row of an import, each with the indexes of these in it, the latest first.
    fn versions_of(
        &self,
        batch: &Batch,
        row: usize,
        import: u64,
    ) -> Result<Vec<(Superseded, Batch, Vec<usize>)>> {
        let mut opener = Opener::new()?;
        let mut wanted: BTreeMap<u64, HashSet<Key>> = BTreeMap::new();
        wanted.entry(import).or_default().extend(keys_of(batch, row));
        let mut found = Vec::new();
        // A row is replaced by a later import only, so that one pass from the latest finds all.
        let mut all = self.superseded(batch.category())?;
        all.sort_by_key(|of| std::cmp::Reverse((of.by, of.indexed.entry.seq)));
        for of in all {
            let Some(keys) = wanted.get(&of.by) else { continue };
            let rows = self.open_superseded(&of, &mut opener)?;
            let is_it = |row: &usize| keys_of(&rows, *row).any(|key| keys.contains(&key));
            let versions: Vec<usize> = (0..rows.rows()).filter(is_it).collect();
            let keys: Vec<Key> = versions.iter().flat_map(|row| keys_of(&rows, *row)).collect();
            wanted.entry(of.indexed.entry.seq).or_default().extend(keys);
            if !versions.is_empty() {
                found.push((of, rows, versions));
            }
        }
        Ok(found)
    }

    /// Earlier versions of a row, which is alone in `row`: those that files had before the row of `import` replaced them,
    /// the latest first, at most 20.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn earlier(&self, row: &Batch, import: u64) -> Result<Vec<EarlierRow>> {
        if row.rows() == 0 {
            return Ok(Vec::new());
        }
        let found = self.versions_of(row, 0, import)?.into_iter();
        let of = |(of, batch, rows): (Superseded, Batch, Vec<usize>)| {
            let version = move |row: usize| EarlierRow {
                import: of.indexed.entry.seq,
                by: of.by,
                row: batch.select(&[row]),
            };
            rows.into_iter().map(version)
        };
        Ok(found.flat_map(of).take(MOST_EARLIER).collect())
    }

    /// Adds to the commit that deletes a row the end of its earlier versions. Returns them without their values.
    pub(crate) fn forget_versions(
        &self,
        batch: &Batch,
        row: usize,
        import: u64,
        commit: &mut Commit,
    ) -> Result<Vec<DeletedVersion>> {
        let mut deleted = Vec::new();
        for (of, rows, versions) in self.versions_of(batch, row, import)? {
            deleted.extend(versions.iter().map(|&row| DeletedVersion {
                import: of.indexed.entry.seq,
                position: rows.integer(rows.schema().position(), row).unwrap_or(0),
                key: Digest(fingerprint(&rows, row)),
                identity: Digest(identity_of(&rows, row)),
                month: of.month,
                names: names_of(&rows, row).into_iter().flatten().map(Digest).collect(),
                given: (Digest(content(&rows, row)), rows.time(row)),
            }));
            let (chunk, month) = (of.indexed.chunk, of.month);
            commit.delete(records::superseded_chunk(self.id(), of.category, of.by, month, chunk));
            let kept: Vec<usize> = (0..rows.rows()).filter(|row| !versions.contains(row)).collect();
            if !kept.is_empty() {
                let indexed = self.split_off(month, &rows, &kept, &of.indexed.entry)?;
                self.put_superseded(&Superseded { indexed, ..of }, commit)?;
            }
        }
        Ok(deleted)
    }

    /// Rows, with those that replaced them since: what a person left out stays out in its later versions. Of several rows
    /// that cannot be told apart, all.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn with_later(&self, category: Category, rows: &RowSet) -> Result<RowSet> {
        let mut all = rows.iter().map(|row| (*row, BTreeSet::<()>::new())).collect();
        self.add_later(category, &mut all)?;
        Ok(all.into_keys().collect())
    }

    /// Adds to rows those that replaced them since, each with what is known of the row that it replaced.
    pub(crate) fn add_later<T: Inherited>(
        &self,
        category: Category,
        rows: &mut BTreeMap<RowId, T>,
    ) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let all = self.superseded(category)?;
        let mut opener = Opener::new()?;
        // The index is in the order of the imports that replaced rows.
        for by in all.iter().map(|of| of.by).collect::<BTreeSet<u64>>() {
            let mut wanted: HashMap<Key, T> = HashMap::new();
            for of in all.iter().filter(|of| of.by == by) {
                let batch = self.open_superseded(of, &mut opener)?;
                for row in 0..batch.rows() {
                    let Some(known) = rows.get(&row_id(&batch, row, of.indexed.entry.seq)) else { continue };
                    keys_of(&batch, row).for_each(|key| wanted.entry(key).or_default().inherit(known));
                }
            }
            if wanted.is_empty() {
                continue;
            }
            let mut add = |batch: &Batch| {
                for row in 0..batch.rows() {
                    let found = keys_of(batch, row).filter_map(|key| wanted.get(&key));
                    for known in found {
                        rows.entry(row_id(batch, row, by)).or_default().inherit(known);
                    }
                }
            };
            for of in all.iter().filter(|of| of.indexed.entry.seq == by) {
                add(&self.open_superseded(of, &mut opener)?);
            }
            let of = OpenOptions::all(category);
            for (month, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)?
            {
                if indexed.entry.seq == by {
                    let plan = Plan::new(Bodies::default(), std::iter::once(&indexed));
                    add(&open(self, (category, month), &indexed, &of, &plan, &mut opener)?);
                }
            }
        }
        Ok(())
    }
}
