//! Files kept whole, in pieces of at most 4 MiB, each sealed separately.
//!
//! ```text
//! magic       4   "MIDO"
//! format      1   1
//! algorithm   1   1: AES-256-GCM
//! key version 4   version of the person key
//! chunk id   16   the document's id (12 random bytes) and the number of the piece from 0, big-endian
//! ---             end of the header; `sealed.rs` has the rest, around the bytes of the file
//! ```
//! Little-endian unless noted. A piece opens only under its own document and number. The document's record,
//! which has the size and the SHA-256 of the whole file, reveals missing pieces.

use crate::error::{Result, VaultError};
use crate::ids::DocumentId;
use crate::keys::PersonKeys;
use crate::person::PersonVault;
use crate::records::{self, damaged};
use crate::sealed::{self, AES_256_GCM};
use aws_lc_rs::digest::{Context, SHA256};
use mesinfos_model::Digest;
use mesinfos_store::{ChunkId, Commit, PersonId, Store, Which};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const MAGIC: &[u8; 4] = b"MIDO";
const FORMAT: u8 = 1;
const HEADER: usize = 4 + 1 + 1 + 4 + 16;

/// Bytes of a file per piece.
const PIECE: usize = 4 << 20;

/// First byte of the address of a piece: no category has this number, so no chunk of rows starts with it.
const NO_CATEGORY: u8 = 0;

fn position(chunk: ChunkId) -> Vec<u8> {
    [&[NO_CATEGORY][..], &chunk.0].concat()
}

fn header(keys: &PersonKeys, chunk: ChunkId) -> Vec<u8> {
    [&MAGIC[..], &[FORMAT, AES_256_GCM], &keys.version.to_le_bytes(), &chunk.0].concat()
}

/// Name of a document's record in errors.
const DOCUMENT: &str = "the record of a document";

/// The record of a document.
#[derive(Serialize, Deserialize)]
struct DocumentRecord {
    size: u64,
    sha256: Digest,
}

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDocument {
    /// Number of its import.
    pub import: u64,
    /// Position of its `documents` row within the import.
    pub position: i64,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the whole file.
    pub sha256: Digest,
    id: DocumentId,
    pieces: u32,
}

/// The pieces of a kept file, in order. After an error the iterator ends, and the pieces returned so far are
/// not the whole file.
pub struct Pieces {
    vault: PersonVault,
    document: KeptDocument,
    next: u32,
    size: u64,
    hash: Option<Context>,
}

impl PersonVault {
    /// The file kept with a row, by the row's import and position; `None` if no file is kept.
    ///
    /// # Errors
    /// [`VaultError`] if its record cannot be read.
    pub fn document(&self, import: u64, position: i64) -> Result<Option<KeptDocument>> {
        let prefix = records::document(self.id(), import, position);
        let found = self.records().scan(&prefix, None, 1)?;
        found.first().map(|(key, sealed)| self.kept(key, sealed)).transpose()
    }

    /// The kept files of an import.
    pub(crate) fn documents_of(&self, import: u64) -> Result<Vec<(Vec<u8>, KeptDocument)>> {
        let found = self.records().all(&records::documents_of_import(self.id(), import))?;
        found.into_iter().map(|(key, sealed)| self.kept(&key, &sealed).map(|kept| (key, kept))).collect()
    }

    /// All kept files.
    ///
    /// # Errors
    /// [`VaultError`] if their records cannot be read.
    pub fn all_documents(&self) -> Result<Vec<KeptDocument>> {
        let found = self.records().all(&records::documents(self.id()))?;
        found.into_iter().map(|(key, sealed)| self.kept(&key, &sealed)).collect()
    }

    /// The content of a kept file.
    pub fn pieces(&self, document: &KeptDocument) -> Pieces {
        let hash = Some(Context::new(&SHA256));
        Pieces { vault: self.clone(), document: document.clone(), next: 0, size: 0, hash }
    }

    /// Adds to a commit that a kept file belongs to another row, as does its text.
    pub(crate) fn move_document(
        &self,
        document: &KeptDocument,
        (import, position): (u64, i64),
        commit: &mut Commit,
    ) -> Result<()> {
        let moved = KeptDocument { import, position, ..document.clone() };
        let key = moved.key(self.id());
        let record = DocumentRecord { size: document.size, sha256: document.sha256 };
        commit.delete(document.key(self.id()));
        commit.put(key.clone(), self.records().seal(DOCUMENT, &key, &record)?);
        document.chunks().for_each(|chunk| commit.name(chunk));
        self.move_text(document, &moved, commit)
    }

    fn kept(&self, key: &[u8], sealed: &[u8]) -> Result<KeptDocument> {
        let (import, position, id, pieces) =
            records::document_parts(key).ok_or_else(|| damaged("the key of a document"))?;
        let DocumentRecord { size, sha256 } = self.records().open(DOCUMENT, key, sealed)?;
        Ok(KeptDocument { import, position, size, sha256, id, pieces })
    }
}

impl KeptDocument {
    /// Key of its record.
    pub(crate) fn key(&self, person: PersonId) -> Vec<u8> {
        records::document_key(person, self.import, self.position, self.id, self.pieces)
    }

    /// Chunks of the pieces.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = ChunkId> {
        self.id.chunks(self.pieces)
    }
}

impl Iterator for Pieces {
    type Item = Result<Zeroizing<Vec<u8>>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next < self.document.pieces && self.hash.is_some() {
            let piece = self.open(self.document.id.chunk(self.next));
            self.next += 1;
            if piece.is_err() {
                self.hash = None;
            }
            return Some(piece);
        }
        let hash = self.hash.take()?.finish();
        let whole = self.size == self.document.size && hash.as_ref() == self.document.sha256.0;
        if whole { None } else { Some(Err(damaged("a document"))) }
    }
}

impl Pieces {
    fn open(&mut self, chunk: ChunkId) -> Result<Zeroizing<Vec<u8>>> {
        let keys = self.vault.keys();
        let sealed = self.vault.store().get_chunk(self.vault.partition(), chunk)?;
        let mut plain = Zeroizing::new(Vec::new());
        let expected = |_: &[u8; HEADER]| header(keys, chunk);
        let length = sealed::open(keys, &position(chunk), expected, &sealed, &mut plain)
            .map_err(|why| VaultError::DocumentDamaged { why: why.to_string() })?
            .len();
        plain.truncate(length);
        self.size += length as u64;
        if let Some(hash) = &mut self.hash {
            hash.update(&plain);
        }
        Ok(plain)
    }
}

/// A file during its import.
pub(crate) struct Keeping {
    vault: PersonVault,
    /// Position of its future row.
    pub(crate) position: i64,
    id: DocumentId,
    pieces: u32,
    size: u64,
    hash: Context,
    held: Zeroizing<Vec<u8>>,
}

impl Keeping {
    pub(crate) fn begin(vault: &PersonVault, position: i64) -> Result<Keeping> {
        Ok(Keeping {
            vault: vault.clone(),
            position,
            id: DocumentId::random()?,
            pieces: 0,
            size: 0,
            hash: Context::new(&SHA256),
            held: Zeroizing::new(Vec::new()),
        })
    }

    /// Adds the next bytes of the file.
    pub(crate) fn take(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            if self.held.capacity() == 0 {
                // Allocate the whole capacity at once: growing would leave copies behind.
                self.held = Zeroizing::new(Vec::with_capacity(PIECE));
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
            if self.held.len() == PIECE {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Seals and writes the buffered bytes; no record names them yet.
    pub(crate) fn write(&mut self) -> Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let chunk = self.id.chunk(self.pieces);
        let keys = self.vault.keys();
        let body = std::mem::take(&mut self.held);
        let sealed = sealed::seal(keys, &position(chunk), &header(keys, chunk), body)?;
        self.pieces += 1;
        Ok(self.vault.store().put_chunks(self.vault.partition(), &[(chunk, sealed)])?)
    }

    /// Drops the buffered bytes of a file whose row was never added.
    pub(crate) fn abandon(&mut self) {
        self.held = Zeroizing::new(Vec::new());
    }

    /// Adds the document's record to the commit of its import.
    pub(crate) fn name(&self, import: u64, commit: &mut Commit) -> Result<()> {
        let key = records::document_key(self.vault.id(), import, self.position, self.id, self.pieces);
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(self.hash.clone().finish().as_ref());
        let entry = DocumentRecord { size: self.size, sha256: Digest(sha256) };
        let sealed = self.vault.records().seal(DOCUMENT, &key, &entry)?;
        commit.put(key, sealed);
        self.id.chunks(self.pieces).for_each(|chunk| commit.name(chunk));
        Ok(())
    }

    /// Deletes the pieces written, unless the commit names the document.
    pub(crate) fn forget_if_unnamed(&self, named: &[DocumentId]) {
        if self.pieces > 0 && !named.contains(&self.id) {
            let chunks: Vec<ChunkId> = self.id.chunks(self.pieces).collect();
            // Chunks that cannot be deleted now are swept later.
            let _ = self.vault.store().delete_chunks(self.vault.partition(), Which::Some(&chunks));
        }
    }
}
