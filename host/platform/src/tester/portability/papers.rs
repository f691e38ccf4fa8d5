//! The papers of a person: the documents that are kept whole, and their names in the archive.

use super::archive::{Member, Pieces};
use crate::tester::own_rows::id;
use crate::{PlatformError, Result};
use mesinfos_intake::portable::safe_name;
use mesinfos_model::category::documents;
use mesinfos_model::{Category, Period, RowId};
use mesinfos_vault::{KeptDocument, PersonVault};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Papers by the row that describes them.
#[derive(Clone, Default)]
pub(super) struct Papers(Arc<BTreeMap<RowId, Paper>>);

struct Paper {
    name: String,
    kept: KeptDocument,
}

impl Papers {
    /// The papers of a vault, numbered in the order of their rows.
    pub(super) fn of(vault: &PersonVault) -> Result<Papers> {
        let mut found = BTreeMap::new();
        for origin in vault.origins(Category::Documents, &Period::ALL)? {
            let (import, batch) = origin?;
            for row in (0..batch.rows()).filter(|&row| batch.text(documents::SHA256, row).is_some()) {
                let id = id(&batch, row, import);
                let kept = vault.document(import, id.position.packed())?;
                let kept = kept.ok_or_else(|| PlatformError::NoSuchDocument { id: id.to_string() })?;
                let name = batch.text(documents::NAME, row).unwrap_or_default();
                found.insert(id, (safe_name(name), kept));
            }
        }
        let named = found.into_iter().enumerate().map(|(at, (id, (name, kept)))| {
            let number = format!("papers/{:05}", at + 1);
            let name = if name.is_empty() { number } else { format!("{number}-{name}") };
            (id, Paper { name, kept })
        });
        Ok(Papers(Arc::new(named.collect())))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Size of all papers, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.0.values().map(|paper| paper.kept.size).sum()
    }

    /// Member with the paper of a row.
    pub(super) fn name(&self, row: RowId) -> Option<&str> {
        self.0.get(&row).map(|paper| paper.name.as_str())
    }

    /// Members with the texts that were read of papers.
    pub(super) fn texts(&self, vault: &PersonVault) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        for Paper { name, kept } in self.0.values() {
            let Some(text) = vault.text_of(kept)? else { continue };
            let (vault, name) = (vault.clone(), format!("texts/{}.txt", name.trim_start_matches("papers/")));
            let read = std::iter::once_with(move || Ok(vault.read_text(&text)?.as_bytes().to_vec()));
            members.push(Member::new(name, "text/plain; charset=utf-8", Box::new(read)));
        }
        Ok(members)
    }

    /// The members.
    pub(super) fn members<'a>(&'a self, vault: &'a PersonVault) -> impl Iterator<Item = Member> + 'a {
        self.0.values().map(|Paper { name, kept }| {
            let pieces = vault.pieces(kept).map(|piece| Ok(piece?.to_vec()));
            let pieces: Pieces = Box::new(pieces);
            let form = "application/octet-stream";
            // Most are packed already, and whoever takes the archive in refuses what is packed too tightly.
            Member { is_packed: true, ..Member::new(name.clone(), form, pieces) }
        })
    }
}
