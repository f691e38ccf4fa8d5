//! Import of rows made by a test, as if read from a file.

use crate::tester::imports::replaced;
use crate::{Caller, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_model::{Batch, Digest};
use mesinfos_vault::{CategoryOutcome, ImportSource};

impl Platform {
    /// Imports rows into a person's vault, creating it if missing: one import, in the order given.
    ///
    /// # Errors
    /// If the disk fails. Nothing is stored then.
    pub fn import_rows(&self, caller: &Caller, file: &str, rows: &[Batch]) -> Result<()> {
        let (person, _) = self.person_or_create(caller)?;
        // Without rows, nothing is imported.
        if rows.iter().all(|batch| batch.rows() == 0) {
            return Ok(());
        }
        let mut importing = person.vault.begin_import();
        for batch in rows {
            importing.add(batch)?;
        }
        let at = self.clock.now();
        self.act(&person, caller.act(), at, |batch| {
            let source = ImportSource {
                file_name: file.to_owned(),
                file_sha256: Digest([0; 32]),
                format: "rows".to_owned(),
                at_utc_seconds: at,
            };
            let outcome = self.join_rows(&person, &importing, source, &[], (caller.act(), at), batch)?;
            let imported = |category: &CategoryOutcome| AuditEvent::Imported {
                import: outcome.import_id,
                file: file.into(),
                format: "rows".into(),
                category: category.category,
                accepted: category.added,
                rejected: 0,
                duplicates: category.duplicates,
                corrected: category.corrected,
            };
            let replaced = replaced(&person, &outcome.replaced)?;
            Ok(((), outcome.categories.iter().map(imported).chain(replaced).collect()))
        })
    }
}
