//! The text of a kept file, sealed beside it: one chunk, and one record that names it.
//!
//! ```text
//! magic       4   "MITX"
//! format      1   1
//! algorithm   1   1: AES-256-GCM
//! key version 4   version of the person key
//! chunk id   16   random
//! ---             end of the header; `sealed.rs` has the rest, around the text in UTF-8
//! ```
//! Little-endian unless noted. A text is derived from its file: it goes with it, and can be read again. A
//! record of a later version of this program counts as no text.

use crate::document::KeptDocument;
use crate::error::{Result, VaultError};
use crate::ids::random_id;
use crate::keys::PersonKeys;
use crate::person::PersonVault;
use crate::records::{self, damaged};
use crate::sealed::{self, AES_256_GCM};
use crate::sha;
use mesinfos_model::Digest;
use mesinfos_store::{ChunkId, Commit, Store, Which};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const MAGIC: &[u8; 4] = b"MITX";
const FORMAT: u8 = 1;
const HEADER: usize = 4 + 1 + 1 + 4 + 16;

/// Largest text that is kept, in bytes.
pub const LARGEST_TEXT: usize = 1 << 20;

/// Version of the record.
const VERSION: u32 = 1;

/// First byte of the address of a text, as of a piece of a document: no category has this number.
const NO_CATEGORY: u8 = 0;

/// Name of a text's record in errors.
const TEXT: &str = "the record of a text";

/// How a text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSource {
    /// The characters that the file contains.
    Characters,
    /// Recognised from the pixels of a picture: it may be wrong.
    Recognised,
}

/// The record of a text.
#[derive(Serialize, Deserialize)]
struct TextRecord {
    version: u32,
    source: TextSource,
    is_cut: bool,
    bytes: u64,
    at: i64,
    /// SHA-256 of the sealed text.
    sha256: Digest,
}

/// A kept text, without its characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// Number of the import of its document.
    pub import: u64,
    /// Position of the document's row within the import.
    pub position: i64,
    /// How it was read.
    pub source: TextSource,
    /// Whether the document has more text than is kept.
    pub is_cut: bool,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was read, in UTC seconds.
    pub at: i64,
    chunk: ChunkId,
    sha256: Digest,
}

/// A text that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewText<'a> {
    /// The text, of at most [`LARGEST_TEXT`] bytes.
    pub text: &'a str,
    /// How it was read.
    pub source: TextSource,
    /// Whether the document has more text.
    pub is_cut: bool,
    /// When it was read, in UTC seconds.
    pub at: i64,
}

fn position(chunk: ChunkId) -> Vec<u8> {
    [&[NO_CATEGORY][..], &chunk.0].concat()
}

fn header(keys: &PersonKeys, chunk: ChunkId) -> Vec<u8> {
    [&MAGIC[..], &[FORMAT, AES_256_GCM], &keys.version.to_le_bytes(), &chunk.0].concat()
}

impl PersonVault {
    /// All kept texts.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn texts(&self) -> Result<Vec<KeptText>> {
        let found = self.records().all(&records::texts(self.id()))?;
        let kept = found.into_iter().map(|(key, value)| self.kept_text(&key, &value));
        kept.filter_map(Result::transpose).collect()
    }

    /// The text kept with a document; `None` if there is none.
    ///
    /// # Errors
    /// [`VaultError`] if its record cannot be read.
    pub fn text_of(&self, document: &KeptDocument) -> Result<Option<KeptText>> {
        let key = records::text(self.id(), document.import, document.position);
        let value = self.records().get(&key)?;
        value.map_or(Ok(None), |value| self.kept_text(&key, &value))
    }

    fn kept_text(&self, key: &[u8], value: &[u8]) -> Result<Option<KeptText>> {
        let (import, position) = records::text_parts(key).ok_or_else(|| damaged("the key of a text"))?;
        let (chunk, sealed) = records::text_chunk(value).ok_or_else(|| damaged(TEXT))?;
        let record: TextRecord = self.records().open(TEXT, key, sealed)?;
        let TextRecord { version, source, is_cut, bytes, at, sha256 } = record;
        let kept = KeptText { import, position, source, is_cut, bytes, at, chunk, sha256 };
        Ok((version <= VERSION).then_some(kept))
    }

    /// The characters of a kept text.
    ///
    /// # Errors
    /// [`VaultError::DocumentDamaged`] if it is not as it was written; errors of the store.
    pub fn read_text(&self, text: &KeptText) -> Result<Zeroizing<String>> {
        let sealed = self.store().get_chunk(self.partition(), text.chunk)?;
        if sha::sha256(&sealed) != text.sha256 {
            return Err(damaged("a text"));
        }
        let keys = self.keys();
        let mut plain = Zeroizing::new(Vec::new());
        let expected = |_: &[u8; HEADER]| header(keys, text.chunk);
        let found = sealed::open(keys, &position(text.chunk), expected, &sealed, &mut plain)
            .map_err(|why| VaultError::DocumentDamaged { why: why.to_string() })?;
        let characters = std::str::from_utf8(found).map_err(|_| damaged("a text"))?;
        Ok(Zeroizing::new(characters.to_owned()))
    }

    /// Seals a text of a document, writes it, still invisible, and returns the commit that makes it visible
    /// in place of an earlier one. Join to it any changes that must be atomic with it, and commit once. It
    /// fails if the document is gone then, or another text was kept meanwhile. After the commit, call
    /// [`PersonVault::finish_text`].
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the document is gone; errors of the store.
    pub fn prepare_text(&self, document: &KeptDocument, new: NewText<'_>) -> Result<(Commit, Replaced)> {
        let mut commit = self.empty_commit();
        let document_key = document.key(self.id());
        let kept = self.records().get(&document_key)?.ok_or_else(|| damaged("the record of a document"))?;
        commit.expect(document_key, Some(kept));
        let key = records::text(self.id(), document.import, document.position);
        let before = self.records().get(&key)?;
        let replaced = before.as_deref().and_then(records::text_chunk).map(|(chunk, _)| chunk);
        commit.expect(key.clone(), before);
        let text = prefix(new.text, LARGEST_TEXT);
        let chunk = ChunkId(random_id()?);
        let body = Zeroizing::new(text.as_bytes().to_vec());
        let sealed = sealed::seal(self.keys(), &position(chunk), &header(self.keys(), chunk), body)?;
        let record = TextRecord {
            version: VERSION,
            source: new.source,
            is_cut: new.is_cut || text.len() < new.text.len(),
            bytes: text.len() as u64,
            at: new.at,
            sha256: sha::sha256(&sealed),
        };
        self.store().put_chunks(self.partition(), &[(chunk, sealed)])?;
        let record = self.records().seal(TEXT, &key, &record)?;
        commit.put(key, [&chunk.0[..], &record].concat());
        commit.name(chunk);
        Ok((commit, Replaced(replaced)))
    }

    /// Deletes the text that another one replaced. If it cannot be deleted now, it is swept later.
    pub fn finish_text(&self, replaced: Replaced) {
        if let Some(chunk) = replaced.0 {
            let _ = self.store().delete_chunks(self.partition(), Which::Some(&[chunk]));
        }
    }

    /// Adds to a commit that the text of a document goes with it to another row. The commit fails if another text is kept
    /// meanwhile.
    pub(crate) fn move_text(
        &self,
        from: &KeptDocument,
        to: &KeptDocument,
        commit: &mut Commit,
    ) -> Result<()> {
        let key = records::text(self.id(), from.import, from.position);
        let before = self.records().get(&key)?;
        if let Some((chunk, sealed)) = before.as_deref().and_then(records::text_chunk) {
            let record: TextRecord = self.records().open(TEXT, &key, sealed)?;
            let own = records::text(self.id(), to.import, to.position);
            let sealed = self.records().seal(TEXT, &own, &record)?;
            commit.put(own, [&chunk.0[..], &sealed].concat());
            commit.name(chunk);
            commit.delete(key.clone());
        }
        commit.expect(key, before);
        Ok(())
    }

    /// Adds the end of a document's text to the commit that ends the document. The commit fails if a text is
    /// kept meanwhile. Returns its chunk.
    pub(crate) fn end_text(&self, document: &KeptDocument, commit: &mut Commit) -> Result<Option<ChunkId>> {
        let key = records::text(self.id(), document.import, document.position);
        let before = self.records().get(&key)?;
        let chunk = before.as_deref().and_then(records::text_chunk).map(|(chunk, _)| chunk);
        if before.is_some() {
            commit.delete(key.clone());
        }
        commit.expect(key, before);
        Ok(chunk)
    }
}

/// A text that a commit replaces.
#[derive(Debug, Clone, Copy)]
pub struct Replaced(Option<ChunkId>);

/// The first `most` bytes of a text, or a little less: no character is cut.
fn prefix(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(prefix("aé", 3), "aé");
        assert_eq!(prefix("aé", 2), "a");
        assert_eq!(prefix("", 2), "");
    }
}
