//! Undo of a whole import.

use crate::error::{Result, VaultError};
use crate::import::{IMPORT, ImportRecord};
use crate::person::PersonVault;
use crate::reader::index;
use crate::records;
use mesinfos_model::Category;
use mesinfos_store::{ChunkId, Commit, Store, Which};

/// Result of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Record of the undone import.
    pub record: ImportRecord,
    /// Number of rows it had added.
    pub rows: u64,
    /// Later imports whose duplicates may have been rows of this one: these rows are now gone, and importing
    /// the files again restores them.
    pub overlapping: Vec<ImportRecord>,
    chunks: Vec<ChunkId>,
}

impl PersonVault {
    /// The commit that hides the rows of an import. Join to it any changes that must be atomic with it, and
    /// commit once; on [`mesinfos_store::StoreError::Conflict`] prepare again. After the commit call
    /// [`PersonVault::finish_undo`].
    ///
    /// # Errors
    /// [`VaultError::NoSuchImport`].
    pub fn prepare_undo(&self, import_id: u64, at_utc_seconds: i64) -> Result<(Commit, Undone)> {
        let before = self.sequence()?;
        let imports = self.imports()?;
        let is_it = |record: &&ImportRecord| record.outcome.import_id == import_id;
        let record = imports.iter().find(is_it).filter(|record| record.undone_at.is_none());
        let mut record = record.cloned().ok_or(VaultError::NoSuchImport { import_id })?;
        let overlapping = imports.into_iter().filter(|other| came_after(&record, other)).collect();
        let mut commit = self.nothing();
        let (mut rows, mut chunks) = (0, Vec::new());
        for &category in Category::ALL {
            let prefix = records::chunks_of_category(self.id(), category);
            for (month, indexed) in index(self, &prefix, |_| true)? {
                if indexed.entry.seq == import_id {
                    rows += indexed.entry.rows;
                    commit.delete(records::chunk(self.id(), category, month, indexed.chunk));
                    chunks.push(indexed.chunk);
                }
            }
        }
        for (key, document) in self.documents_of(import_id)? {
            commit.delete(key);
            chunks.extend(document.chunks());
        }
        record.undone_at = Some(at_utc_seconds);
        let place = records::import(self.id(), import_id);
        commit.put(place.clone(), self.records().seal(IMPORT, &place, &record)?);
        // Makes an import in progress conflict: it has compared its rows with those deleted here.
        let counter = records::sequence(self.id());
        commit.expect(counter.clone(), Some(before.to_be_bytes().to_vec()));
        commit.put(counter, (before + 1).to_be_bytes());
        Ok((commit, Undone { record, rows, overlapping, chunks }))
    }

    /// Deletes the chunks of an undone import.
    ///
    /// # Errors
    /// If the store cannot delete them; the rest is swept later.
    pub fn finish_undo(&self, undone: &Undone) -> Result<()> {
        Ok(self.store().delete_chunks(self.partition(), Which::Some(&undone.chunks))?)
    }
}

/// Whether duplicates in `other` may have been rows of `record`.
fn came_after(record: &ImportRecord, other: &ImportRecord) -> bool {
    other.outcome.import_id > record.outcome.import_id
        && other.undone_at.is_none()
        && other.outcome.categories.iter().any(|theirs| {
            let ours = record.outcome.categories.iter().find(|ours| ours.category == theirs.category);
            theirs.duplicates > 0
                && ours.is_some_and(|ours| ours.first <= theirs.last && theirs.first <= ours.last)
        })
}
