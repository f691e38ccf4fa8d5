//! A person's kept documents and their contents.

use crate::tester::own_rows::{Row, file_names, id};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_model::category::documents;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Period, RowId};
use mesinfos_vault::{KeptDocument, PersonVault, Pieces};

/// A kept document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Row id, which identifies the document.
    pub id: RowId,
    /// Name of the document.
    pub name: String,
    /// Kind, in the caller's language.
    pub kind: String,
    /// Code of the kind in the category's list; `None` if it is missing.
    pub kind_code: Option<i64>,
    /// Media type, detected from the first bytes.
    pub media_type: String,
    /// Date of creation as `2024-01-31`, if known.
    pub on: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// Name of the imported file.
    pub file: String,
}

impl Platform {
    /// The person's kept documents, oldest first.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn documents(&self, caller: &Caller) -> Result<Vec<Document>> {
        self.read_of(caller, |person| documents_in(&person.vault, caller.lang))
    }

    /// A document and its bytes. For the person only: no app reaches this.
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

pub(crate) fn documents_in(vault: &PersonVault, lang: Lang) -> Result<Vec<Document>> {
    let files = file_names(vault)?;
    let mut found = Vec::new();
    for origin in vault.origins(Category::Documents, &Period::ALL)? {
        let (import, batch) = origin?;
        for place in (0..batch.rows()).filter(|&row| batch.text(documents::SHA256, row).is_some()) {
            let id = id(&batch, place, import);
            let row = Row::of(&batch, place, id, &files, lang);
            let of = |field: &str| row.value(field).unwrap_or_default().to_owned();
            found.push((
                row.time(),
                Document {
                    id,
                    name: of("name"),
                    kind: of("kind"),
                    kind_code: batch.integer(documents::KIND, place),
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
