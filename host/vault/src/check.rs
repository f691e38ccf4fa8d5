//! Checks of stored chunks: whether each exists, and whether each opens.

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::index::index;
use crate::opened::{OpenOptions, open};
use crate::person::PersonVault;
use crate::records::{self, HOUSE};
use crate::vault::Vault;
use mesinfos_model::Category;
use mesinfos_store::{ChunkId, Store, StoreError};
use std::collections::HashSet;

/// Persons listed in one step.
const PAGE: usize = 1_000;

/// Result of [`PersonVault::check`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Number of chunks named by records, including pieces and texts of documents.
    pub chunks: u64,
    /// Number of chunks that do not exist.
    pub missing: u64,
    /// Number of chunks that exist but do not open.
    pub changed: u64,
}

impl Checked {
    /// Fails if a chunk is missing or changed.
    ///
    /// # Errors
    /// [`VaultError::Lost`].
    pub fn whole(self) -> Result<Checked> {
        match self {
            Checked { missing: 0, changed: 0, .. } => Ok(self),
            Checked { missing, changed, .. } => Err(VaultError::Lost { missing, changed }),
        }
    }

    /// Counts one chunk. Returns an error of the disk, which says nothing about the chunk.
    fn count(&mut self, opened: Result<()>) -> Result<()> {
        self.chunks += 1;
        match opened {
            // A chunk of a newer program opens and is authentic.
            Ok(()) | Err(VaultError::Newer { .. }) => {}
            Err(VaultError::Store(StoreError::MissingChunk { .. })) => self.missing += 1,
            Err(
                VaultError::Damaged(_)
                | VaultError::ChunkDamaged { .. }
                | VaultError::DocumentDamaged { .. }
                | VaultError::Store(StoreError::Damaged(_)),
            ) => self.changed += 1,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// Missing or unreadable chunks, over all persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Number of persons with such a chunk.
    pub persons: u64,
    /// Number of such chunks.
    pub chunks: u64,
}

impl PersonVault {
    /// Opens every chunk that the person's records name, one at a time. Skips the pieces of a document after
    /// its first fault.
    ///
    /// # Errors
    /// If the records cannot be read, or the disk reports an error.
    pub fn check(&self) -> Result<Checked> {
        let mut checked = Checked::default();
        let mut opener = Opener::new()?;
        for &category in Category::ALL {
            let of = OpenOptions::all(category);
            for (month, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)?
            {
                // A plan of one chunk: reading ahead over a missing chunk would fail for its neighbours too.
                let plan = Plan::new(Bodies::default(), std::iter::once(&indexed));
                let opened = open(self, (category, month), &indexed, &of, &plan, &mut opener);
                checked.count(opened.map(|_| ()))?;
            }
        }
        for &category in Category::ALL {
            for (month, indexed) in self.held(category)? {
                let opened = self.open_alone((category, month), &indexed, &mut opener);
                checked.count(opened.map(|_| ()))?;
            }
            for of in self.superseded(category)? {
                checked.count(self.open_superseded(&of, &mut opener).map(|_| ()))?;
            }
        }
        for document in self.all_documents()? {
            for piece in self.pieces(&document) {
                checked.count(piece.map(|_| ()))?;
            }
        }
        for text in self.texts()? {
            checked.count(self.read_text(&text).map(|_| ()))?;
        }
        Ok(checked)
    }
}

impl Vault {
    /// Counts the chunks named by records that do not exist. Needs no key and opens nothing.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn gaps(&self) -> Result<Gaps> {
        let mut gaps = Gaps::default();
        let mut after = None;
        loop {
            let persons = self.store.persons(after, PAGE)?;
            for &person in &persons {
                // An erasure deletes the chunks first.
                if self.store.get(HOUSE, &records::erasing(person))?.is_some() {
                    continue;
                }
                let there: HashSet<ChunkId> =
                    self.store.chunks_of(person.into())?.into_iter().map(|(chunk, _)| chunk).collect();
                let missing = self.named_chunks(person)?.difference(&there).count() as u64;
                gaps.chunks += missing;
                gaps.persons += u64::from(missing > 0);
            }
            after = persons.last().copied();
            if persons.len() < PAGE {
                return Ok(gaps);
            }
        }
    }
}
