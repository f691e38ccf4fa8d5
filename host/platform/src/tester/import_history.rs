//! A person's imports with what the audit chain knows of them.

use crate::{Caller, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_model::Category;
use mesinfos_vault::ImportRecord;
use std::collections::{BTreeSet, HashMap};

/// An import, as the person sees it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastImport {
    /// Its record.
    pub record: ImportRecord,
    /// Number of rows of the file that could not be read. Their lines and the reasons are not kept.
    pub rejected: u64,
    /// Names of the files in an imported archive that had rows, in the order of the archive.
    pub members: Vec<String>,
    /// Number of its rows that are still in the vault: without those that the person deleted, or for which another row
    /// stands.
    pub rows: u64,
    /// Categories of these rows.
    pub categories: Vec<Category>,
    /// Whether the person corrected, deleted or annotated rows of it, which an undo forgets.
    pub is_changed: bool,
    /// Number of its rows that are probably the same as earlier ones, on which the person has not decided.
    pub alike: usize,
}

impl Platform {
    /// All imports of the person, newest first, undone ones included.
    ///
    /// # Errors
    /// If there is no such person, or the audit chain is broken.
    pub fn past_imports(&self, caller: &Caller) -> Result<Vec<PastImport>> {
        self.read_of(caller, |person| {
            let mut rejected: HashMap<u64, u64> = HashMap::new();
            for entry in self.audit(person).entries(None, usize::MAX)? {
                if let AuditEvent::Imported { import, rejected: rows, .. } = entry.event {
                    rejected.insert(import, rows);
                }
            }
            let amended = person.vault.amendments()?.into_iter().map(|one| one.row.import);
            let noted = self.notes_in(person)?.into_iter().map(|note| note.row.import);
            let changed: BTreeSet<u64> = amended.chain(noted).collect();
            let there = person.vault.rows_of_imports()?;
            let mut files = person.vault.files()?;
            files.sort();
            let mut past = Vec::new();
            for record in person.vault.imports()?.into_iter().rev() {
                let import = record.outcome.import_id;
                let own = files.iter().filter(|((of, member), _)| *of == import && *member > 0);
                let is_undone = record.undone_at.is_some();
                let of = || there.iter().filter(move |((of, _), _)| *of == import);
                past.push(PastImport {
                    rows: of().map(|(_, rows)| rows).sum(),
                    categories: of().map(|((_, category), _)| *category).collect(),
                    is_changed: !is_undone && changed.contains(&import),
                    rejected: rejected.get(&import).copied().unwrap_or(0),
                    members: own.map(|(_, name)| name.clone()).collect(),
                    alike: if is_undone { 0 } else { person.vault.alike(import)?.len() },
                    record,
                });
            }
            Ok(past)
        })
    }
}
