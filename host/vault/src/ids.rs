//! Ids: random ones, which are never reused, and those of rows that replace others.

use crate::error::Result;
use mesinfos_model::{Category, RowId};
use mesinfos_store::ChunkId;

/// A row, and the row that stands for it now, by category.
pub type Link = (Category, RowId, RowId);

/// 16 random bytes, for the id of a new object.
pub(crate) fn random_id() -> Result<[u8; 16]> {
    let mut id = [0; 16];
    aws_lc_rs::rand::fill(&mut id).map_err(|_| crate::kms::KmsError::NoRandom)?;
    Ok(id)
}

/// Id of a document. The chunk ids of its pieces derive from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DocumentId(pub(crate) [u8; 12]);

impl DocumentId {
    pub(crate) fn random() -> Result<DocumentId> {
        let mut id = [0; 12];
        id.copy_from_slice(&random_id()?[..12]);
        Ok(DocumentId(id))
    }

    /// The chunks of a document with this number of pieces.
    pub(crate) fn chunks(self, pieces: u32) -> impl Iterator<Item = ChunkId> {
        (0..pieces).map(move |number| self.chunk(number))
    }

    pub(crate) fn chunk(self, number: u32) -> ChunkId {
        let mut id = [0; 16];
        id[..12].copy_from_slice(&self.0);
        id[12..].copy_from_slice(&number.to_be_bytes());
        ChunkId(id)
    }
}
