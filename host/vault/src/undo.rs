//! Undo of a whole import.

use crate::error::{Result, VaultError};
use crate::ids::Link;
use crate::import::{IMPORT, ImportRecord};
use crate::index::index;
use crate::person::PersonVault;
use crate::records;
use mesinfos_model::{Category, Day, RowSet};
use mesinfos_store::{ChunkId, Commit, Store, Which};
use std::collections::BTreeMap;

/// Result of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Record of the undone import.
    pub record: ImportRecord,
    /// Number of rows it had added.
    pub rows: u64,
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
        for (key, document) in self.documents_of(import_id)? {
            commit.delete(key);
            chunks.extend(document.chunks());
            chunks.extend(self.end_text(&document, &mut commit)?);
        }
        self.end_amendments(import_id, &mut commit)?;
        let mut restored = self.restore_superseded(import_id, &mut commit)?;
        let versions = self.end_superseded(import_id, watched, &mut commit)?;
        restored.extend(versions.back.into_iter().map(|((own, category), rows)| (own, category, rows)));
        chunks.extend(versions.chunks);
        let (links, earlier) = (versions.links, versions.earlier);
        self.end_alike(import_id, &mut commit)?;
        record.undone_at = Some(at_utc_seconds);
        let record_key = records::import(self.id(), import_id);
        commit.put(record_key.clone(), self.records().seal(IMPORT, &record_key, &record)?);
        // Makes an import in progress conflict: it has compared its rows with those deleted here.
        let counter = records::sequence(self.id());
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, (before + 1).to_be_bytes());
        Ok((commit, Undone { record, rows, earlier, restored, links, overlapping, chunks }))
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
