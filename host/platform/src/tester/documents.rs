//! A person's documents: the files that are kept, and each of them back as it came.

use crate::tester::own_rows::{Row, file_names, id};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_model::category::documents;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Period, RowId};
use mesinfos_vault::{KeptDocument, PersonVault, Pieces};

/// A document that is kept.
#[derive(Debug, Clone)]
pub struct Document {
    /// By which it is got back.
    pub id: RowId,
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
    pub fn documents(&self, caller: &Caller) -> Result<Vec<Document>> {
        self.read_of(caller, |person| documents_in(&person.vault, caller.lang))
    }

    /// A document back: what is known of it, and its bytes. They are the person's alone; no app ever comes
    /// near them.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchDocument`].
    pub fn document(&self, caller: &Caller, id: RowId) -> Result<(Document, Pieces)> {
        let no_such = || PlatformError::NoSuchDocument { id: id.to_string() };
        self.read_of(caller, |Person { vault, .. }| {
            let kept: KeptDocument = vault.document(id.import, id.position.packed())?.ok_or_else(no_such)?;
            let known = documents_in(vault, caller.lang)?.into_iter().find(|document| document.id == id);
            Ok((known.ok_or_else(no_such)?, vault.pieces(&kept)))
        })
    }
}

fn documents_in(vault: &PersonVault, lang: Lang) -> Result<Vec<Document>> {
    let files = file_names(vault)?;
    let mut found = Vec::new();
    for origin in vault.origins(Category::Documents, &Period::ALL)? {
        let (import, batch) = origin?;
        for row in (0..batch.rows()).filter(|&row| batch.text(documents::SHA256, row).is_some()) {
            let id = id(&batch, row, import);
            let file = files.get(&(import, id.position.member)).cloned().unwrap_or_default();
            let row = Row::of(&batch, row, id, file, lang);
            let of = |field: &str| row.value(field).unwrap_or_default().to_owned();
            found.push((
                row.time(),
                Document {
                    id,
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
    found.sort_by_key(|(time, document)| (*time, document.id));
    Ok(found.into_iter().map(|(_, document)| document).collect())
}
