//! A person's imports with what the audit chain knows of them.

use crate::{Caller, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_vault::ImportRecord;
use std::collections::HashMap;

/// An import, as the person sees it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its record.
    pub record: ImportRecord,
    /// Number of rows of the file that could not be read. Their lines and the reasons are not kept.
    pub rejected: u64,
    /// Names of the files in an imported archive that had rows, in the order of the archive.
    pub members: Vec<String>,
}

impl Platform {
    /// All imports of the person, newest first, undone ones included.
    ///
    /// # Errors
    /// If there is no such person, or the audit chain is broken.
    pub fn past_imports(&self, caller: &Caller) -> Result<Vec<PastImport>> {
        self.read_of(caller, |person| {
            let entries = self.audit(person).entries(None, usize::MAX)?;
            let rejected: HashMap<u64, u64> = entries
                .into_iter()
                .filter_map(|entry| match entry.event {
                    AuditEvent::Imported { import, rejected, .. } => Some((import, rejected)),
                    _ => None,
                })
                .collect();
            let mut files = person.vault.files()?;
            files.sort();
            let past = person.vault.imports()?.into_iter().rev().map(|record| {
                let import = record.outcome.import_id;
                let own = files.iter().filter(|((of, member), _)| *of == import && *member > 0);
                PastImport {
                    rejected: rejected.get(&import).copied().unwrap_or(0),
                    members: own.map(|(_, name)| name.clone()).collect(),
                    record,
                }
            });
            Ok(past.collect())
        })
    }
}
