//! Undo of a whole import.

use crate::error::{Result, VaultError};
use crate::identity::hash_of;
use crate::ids::Link;
use crate::import::{IMPORT, ImportRecord};
use crate::index::index;
use crate::person::PersonVault;
use crate::records;
use crate::sweep::named_chunks;
use crate::withheld_rule::WithheldRule;
use mesinfos_model::{Category, Day, RowId, RowSet};
use mesinfos_store::{ChunkId, Commit, Store, Which};
use std::collections::BTreeMap;

/// Result of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Record of the undone import.
    pub record: ImportRecord,
    /// Number of its rows that are gone.
    pub rows: u64,
    /// Number of its rows that stay, because other imports hold them too: the import of which each is now one, category and
    /// number.
    pub stayed: Vec<(u64, Category, u64)>,
    /// Number of kept files that are gone.
    pub documents: u64,
    /// Number of rows it had added and that later imports had replaced: they are deleted too.
    pub earlier: u64,
    /// Watched rows of the import, each with a row that is back in its place.
    pub links: Vec<Link>,
    /// Rows of other imports that are back, because a row of this one stood for each or replaced it: import, category and
    /// number.
    pub restored: Vec<(u64, Category, u64)>,
    /// Later imports with duplicates that may have been rows of this one. These rows are now gone, and
    /// importing the files again restores them.
    pub overlapping: Vec<ImportRecord>,
    /// Rules about what no app is shown that came with the import, and end with it.
    pub ended: Vec<WithheldRule>,
    chunks: Vec<ChunkId>,
}

impl PersonVault {
    /// The commit that hides the rows of an import. `watched` are rows of which the caller wants to know what stands for
    /// them afterwards ([`Undone::links`]). Join to it any changes that must be atomic with it, and
    /// commit once; on [`mesinfos_store::StoreError::Conflict`], prepare again. After the commit, call
    /// [`PersonVault::finish_undo`].
    ///
    /// # Errors
    /// [`VaultError::NoSuchImport`].
    pub fn prepare_undo(
        &self,
        import_id: u64,
        at_utc_seconds: i64,
        watched: &BTreeMap<Category, RowSet>,
    ) -> Result<(Commit, Undone)> {
        let before = self.sequence()?;
        let imports = self.imports()?;
        let is_it = |record: &&ImportRecord| record.outcome.import_id == import_id;
        let record = imports.iter().find(is_it).filter(|record| record.undone_at.is_none());
        let mut record = record.cloned().ok_or(VaultError::NoSuchImport { import_id })?;
        let mut commit = self.empty_commit();
        // A change of a row writes another chunk: one meanwhile makes the commit fail.
        self.expect_amendments(&mut commit)?;
        let (mut rows, mut chunks, mut gone) = (0, Vec::new(), Vec::new());
        for &category in Category::ALL {
            let prefix = records::chunks_of_category(self.id(), category);
            for (month, indexed) in index(self, &prefix, |_| true)? {
                if indexed.entry.seq == import_id {
                    rows += indexed.entry.rows;
                    gone.push((category, indexed.entry.first.zip(indexed.entry.last)));
                    commit.delete(records::chunk(self.id(), category, month, indexed.chunk));
                    chunks.push(indexed.chunk);
                }
            }
        }
        let overlapping = imports.into_iter().filter(|other| may_have_had(other, &record, &gone)).collect();
        let mut heirs = self.heirs(import_id, &mut commit)?;
        chunks.append(&mut heirs.chunks);
        let same = heirs.keep_equal(import_id, &self.listed(false)?);
        self.end_amendments(import_id, &mut commit)?;
        for same in &same {
            self.keep_same(same, &mut commit)?;
        }
        let staying = |category: Category, fields: &[usize]| {
            let rows = heirs.promoted(category);
            rows.map(|(import, batch, row)| (import, hash_of(batch, fields, row))).collect()
        };
        let mut restored = self.restore_superseded(import_id, &staying, &mut commit)?;
        let versions = self.end_superseded(import_id, watched, &mut heirs, &mut commit)?;
        restored.extend(versions.back.into_iter().map(|((own, category), rows)| (own, category, rows)));
        chunks.extend(versions.chunks);
        let (mut links, earlier) = (versions.links, versions.earlier);
        links.extend(heirs.watched(watched));
        let stayed = heirs.stayed();
        rows = rows.saturating_sub(stayed.iter().map(|(.., rows)| rows).sum());
        let moved: BTreeMap<i64, RowId> = heirs
            .links()
            .filter(|(category, ..)| *category == Category::Documents)
            .map(|(_, from, to)| (from.position.packed(), to))
            .collect();
        let mut documents = 0;
        for (key, document) in self.documents_of(import_id)? {
            if let Some(to) = moved.get(&document.position) {
                self.move_document(&document, (to.import, to.position.packed()), &mut commit)?;
                continue;
            }
            documents += 1;
            commit.delete(key);
            chunks.extend(document.chunks());
            chunks.extend(self.end_text(&document, &mut commit)?);
        }
        self.end_alike(import_id, &mut commit)?;
        let ended = self.end_withheld(import_id, &mut commit)?;
        record.undone_at = Some(at_utc_seconds);
        let record_key = records::import(self.id(), import_id);
        commit.put(record_key.clone(), self.records().seal(IMPORT, &record_key, &record)?);
        // Makes an import in progress conflict: it has compared its rows with those deleted here.
        let counter = records::sequence(self.id());
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, (before + 1).to_be_bytes());
        self.keep_withheld(false, &mut commit)?;
        let undone =
            Undone { record, rows, stayed, documents, earlier, restored, links, overlapping, ended, chunks };
        Ok((commit, undone))
    }

    /// What an undo would do. Writes nothing that stays.
    ///
    /// # Errors
    /// [`VaultError::NoSuchImport`].
    pub fn preview_undo(&self, import_id: u64) -> Result<Undone> {
        let there = named_chunks(&**self.store(), self.id())?;
        let (commit, undone) = self.prepare_undo(import_id, 0, &BTreeMap::new())?;
        let mut written: Vec<ChunkId> = commit.names.iter().chain(&undone.chunks).copied().collect();
        written.retain(|chunk| !there.contains(chunk));
        // Chunks that cannot be deleted now are swept later.
        let _ = self.store().delete_chunks(self.partition(), Which::Some(&written));
        Ok(undone)
    }

    /// Number of current rows of each import, by category.
    ///
    /// # Errors
    /// [`VaultError`] if the index cannot be read.
    pub fn rows_of_imports(&self) -> Result<BTreeMap<(u64, Category), u64>> {
        let mut rows = BTreeMap::new();
        for &category in Category::ALL {
            for (_, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)? {
                *rows.entry((indexed.entry.seq, category)).or_default() += indexed.entry.rows;
            }
        }
        Ok(rows)
    }

    /// Deletes the chunks of an undone import.
    ///
    /// # Errors
    /// If the store cannot delete them; a later sweep deletes the rest.
    pub fn finish_undo(&self, undone: &Undone) -> Result<()> {
        Ok(self.store().delete_chunks(self.partition(), Which::Some(&undone.chunks))?)
    }
}

/// Category of the deleted rows of a chunk, with their first and last day; `None` if they have no date.
type Gone = (Category, Option<(Day, Day)>);

/// Whether duplicates in `other` may have been among the deleted rows of `record`. An import of the same file
/// does not count: undoing one of the two is no reason to import the file again.
fn may_have_had(other: &ImportRecord, record: &ImportRecord, gone: &[Gone]) -> bool {
    other.outcome.import_id > record.outcome.import_id
        && other.undone_at.is_none()
        && !other.is_held
        && other.source.file_sha256 != record.source.file_sha256
        && other.outcome.categories.iter().filter(|theirs| theirs.duplicates > 0).any(|theirs| {
            let theirs_days = theirs.first.zip(theirs.last);
            gone.iter().any(|(category, days)| *category == theirs.category && overlap(*days, theirs_days))
        })
}

/// Whether rows deleted in one span of days may have been among an import's rows in another. A record does
/// not say whether a file with dated rows had undated ones too.
fn overlap(deleted: Option<(Day, Day)>, imported: Option<(Day, Day)>) -> bool {
    match (deleted, imported) {
        (Some((first, last)), Some((from, to))) => first <= to && from <= last,
        (None, _) => true,
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_overlap_and_undated_rows_may() {
        let days = |first, last| Some((Day(first), Day(last)));
        assert!(overlap(days(1, 3), days(3, 5)));
        assert!(!overlap(days(1, 2), days(3, 5)));
        assert!(overlap(None, None) && overlap(None, days(3, 5)));
        assert!(!overlap(days(1, 2), None));
    }
}
