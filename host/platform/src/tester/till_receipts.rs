//! Till receipts: proposed from the text of a paper, corrected and confirmed by the person, and then rows of
//! `purchases` as an import of their own.

use crate::tester::imports::replaced;
use crate::tester::papers::receipt_of;
use crate::{Caller, Platform, PlatformError, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_intake::till::{self, TillReceipt};
use mesinfos_model::{Category, Digest, RowId};
use mesinfos_vault::ImportSource;

/// Hexadecimal digits of a document's digest that make the pseudonym of its receipt.
const PSEUDONYM: usize = 24;

/// The pseudonym of the receipt of a paper, which its rows have.
pub(super) fn receipt_id(paper: &Digest) -> String {
    paper.to_string().chars().take(PSEUDONYM).collect()
}

impl Platform {
    /// The receipt that the text of a paper seems to be. Stores nothing. For the person only.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchDocument`].
    pub fn propose_receipt(&self, caller: &Caller, paper: RowId) -> Result<TillReceipt> {
        let words = self.paper(caller, paper)?.words.unwrap_or_default();
        Ok(till::propose(&words))
    }

    /// Adds a receipt that the person confirmed, as an import whose file is the paper. Returns its number.
    ///
    /// # Errors
    /// [`PlatformError::BadReceipt`]; [`PlatformError::ReceiptKept`] if a receipt of the same paper was added
    /// before and not undone; [`PlatformError::NoSuchDocument`]. Nothing is stored then.
    pub fn confirm_receipt(&self, caller: &Caller, paper: RowId, receipt: &TillReceipt) -> Result<u64> {
        let (document, _) = self.document(caller, paper)?;
        self.write_of(caller, |person| {
            let no_such = || PlatformError::NoSuchDocument { id: paper.to_string() };
            let at = self.clock.now();
            let (import, links) = self.act(person, caller.act(), at, |batch| {
                let vault = &person.vault;
                let kept = vault.document(paper.import, paper.position.packed())?.ok_or_else(no_such)?;
                // The commit of an import fails if another import or undo came between.
                if let Some(import) = receipt_of(&vault.imports()?, &kept.sha256) {
                    return Err(PlatformError::ReceiptKept { import });
                }
                let id = receipt_id(&kept.sha256);
                let mut importing = vault.begin_import();
                importing.add(&till::batch(receipt, &id)?)?;
                let source = ImportSource {
                    file_name: document.name.clone(),
                    file_sha256: kept.sha256,
                    format: till::FORMAT.to_owned(),
                    at_utc_seconds: at,
                };
                let outcome = self.join_rows(person, &importing, source, &[], (caller.act(), at), batch)?;
                let event = AuditEvent::Imported {
                    import: outcome.import_id,
                    file: document.name.as_str().into(),
                    format: till::FORMAT.into(),
                    category: Category::Purchases,
                    accepted: outcome.added(),
                    rejected: 0,
                    duplicates: outcome.duplicates(),
                    corrected: outcome.corrected(),
                };
                let replaced = replaced(person, &outcome.replaced)?;
                let done = (outcome.import_id, outcome.links);
                Ok((done, std::iter::once(event).chain(replaced).collect()))
            })?;
            self.exclude_later(person, &links, caller.act())?;
            Ok(import)
        })
    }
}
