//! A person's documents: the files that are kept, and each of them back as it came.

use crate::origins::{Row, file_names};
use crate::{Platform, PlatformError, Result};
use mesinfos_intake::{place, stored_place};
use mesinfos_model::category::documents;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Period};
use mesinfos_vault::{KeptDocument, Pieces};
use serde::{Serialize, Serializer};

/// Which document: the import that brought it, the number of its file in an archive (0 for a file by
/// itself), and its number in that file; as "3.0.1".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentId {
    import: u64,
    place: i64,
}

impl std::fmt::Display for DocumentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (member, number) = place(self.place);
        write!(f, "{}.{member}.{number}", self.import)
    }
}

impl std::str::FromStr for DocumentId {
    type Err = PlatformError;

    fn from_str(text: &str) -> Result<DocumentId> {
        let no_such = || PlatformError::NoSuchDocument { id: text.to_owned() };
        let numbers: Vec<u64> =
            text.split('.').map(str::parse).collect::<std::result::Result<_, _>>().map_err(|_| no_such())?;
        let [import, member, number] = numbers[..] else { return Err(no_such()) };
        let stored = stored_place(member, number);
        // What does not fit would name another document.
        if place(stored) == (member, number) {
            Ok(DocumentId { import, place: stored })
        } else {
            Err(no_such())
        }
    }
}

impl Serialize for DocumentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A document that is kept.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// By which it is got back.
    pub id: DocumentId,
    /// Its name.
    pub name: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its media type, as its first bytes say.
    pub media_type: String,
    /// When it was made, as 2024-01-31, if that is known.
    pub on: Option<String>,
    /// Bytes.
    pub size: u64,
    /// The file that was imported.
    pub file: String,
}

impl Platform {
    /// The files that are kept of a person, the oldest first.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn documents(&self, name: &str, lang: Lang) -> Result<Vec<Document>> {
        let vault = self.person(name)?.vault;
        let files = file_names(&vault)?;
        let mut found = Vec::new();
        for origin in vault.origins(Category::Documents, &Period::ALL)? {
            let (import, batch) = origin?;
            for row in (0..batch.rows()).filter(|&row| batch.text(documents::SHA256, row).is_some()) {
                let Some(stored) = batch.integer(documents::PLACE, row) else { continue };
                let file = files.get(&(import, place(stored).0)).cloned().unwrap_or_default();
                let row = Row::of(&batch, row, import, file, lang);
                let of = |field: &str| row.value(field).unwrap_or_default().to_owned();
                found.push((
                    row.time(),
                    Document {
                        id: DocumentId { import, place: stored },
                        name: of("name"),
                        kind: of("kind"),
                        media_type: of("media-type"),
                        on: row.value("on").map(str::to_owned),
                        size: of("size").parse().unwrap_or_default(),
                        file: row.file,
                    },
                ));
            }
        }
        found.sort_by_key(|(time, document)| (*time, document.id.import, document.id.place));
        Ok(found.into_iter().map(|(_, document)| document).collect())
    }

    /// A document back: what is known of it, and its bytes. They are the person's alone; no app ever comes
    /// near them.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchDocument`].
    pub fn document(&self, name: &str, id: DocumentId) -> Result<(Document, Pieces)> {
        let no_such = || PlatformError::NoSuchDocument { id: id.to_string() };
        let vault = self.person(name)?.vault;
        let kept: KeptDocument = vault.document(id.import, id.place)?.ok_or_else(no_such)?;
        let known = self.documents(name, Lang::Fr)?.into_iter().find(|document| document.id == id);
        Ok((known.ok_or_else(no_such)?, vault.pieces(&kept)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_text_and_nothing_else_is_one() {
        let id = DocumentId { import: 3, place: stored_place(12, 1) };
        assert_eq!((id.to_string().as_str(), "3.12.1".parse::<DocumentId>().unwrap()), ("3.12.1", id));
        for none in
            ["", "3", "3.1", "3.1.1.1", "a.0.1", "-1.0.1", "3.0.18446744073709551615", "3.9999999999.1"]
        {
            assert!(none.parse::<DocumentId>().is_err(), "{none}");
        }
    }
}
