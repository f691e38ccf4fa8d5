//! Results that a person keeps: views of their runs, sealed in their vault beside the receipts.
//!
//! Two results are kept for each app, the last and the one before it, so that they can be compared, until the person
//! erases them or stops the app. An app never reads them.

use crate::run::cited::Evidence;
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{ConsentError, Receipt, ReceiptId};
use mesinfos_model::Category;
use mesinfos_model::view::View;
use mesinfos_records::{Current, PART, Records, all_or_nothing, json};
use mesinfos_store::{Commit, PersonId};
use serde::{Deserialize, Serialize};

const WHAT: &str = "a result";

/// Number of results kept for each app.
pub const KEPT: usize = 2;

/// A result that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptResult {
    /// Id of the run's receipt.
    pub receipt: ReceiptId,
    /// Id of the app.
    pub app: String,
    /// Time of the run, in UTC seconds.
    pub at: i64,
    /// The view.
    pub view: View,
    /// Notes of the app.
    pub notes: String,
    /// Requested categories that the grant did not give.
    pub not_given: Vec<Category>,
    /// Parameters as they were typed.
    pub parameters: Vec<(String, String)>,
    /// Rows that figures rest on. Empty in results kept by older versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

fn prefix(person: PersonId) -> Vec<u8> {
    [b"result/", &person.0[..], b"/"].concat()
}

fn key(person: PersonId, id: ReceiptId) -> Vec<u8> {
    [&prefix(person)[..], id.as_bytes()].concat()
}

fn parts(person: PersonId, id: ReceiptId) -> Vec<u8> {
    [b"result-part/", &person.0[..], b"/", id.as_bytes(), b"/"].concat()
}

impl Platform {
    fn kept<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    /// Keeps the result of a run, with the one before it, in place of the earlier results of its app.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn keep_result(&self, caller: &Caller, result: &KeptResult) -> Result<()> {
        self.write_of(caller, |person| {
            let (records, id) = (self.kept(person), person.vault.id());
            let mut commit = person.vault.empty_commit();
            person.vault.guard(&mut commit);
            let mut earlier = self.results_in(person)?;
            earlier.retain(|earlier| earlier.app == result.app && earlier.receipt != result.receipt);
            let over = (earlier.len() + 1).saturating_sub(KEPT);
            for earlier in &earlier[..over] {
                delete(id, earlier.receipt, &records, &mut commit)?;
            }
            let plain = json(WHAT, result).map_err(ConsentError::from)?;
            all_or_nothing(&mut commit, |commit| {
                let stored = records.split(WHAT, &parts(id, result.receipt), &plain, PART, commit)?;
                records.replace(WHAT, key(id, result.receipt), Current::Stored(None), &stored, commit)
            })
            .map_err(ConsentError::from)?;
            Ok(self.store().commit(&commit)?)
        })
    }

    /// The result of a run; `None` if it was not kept, or was erased.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn result(&self, caller: &Caller, id: ReceiptId) -> Result<Option<KeptResult>> {
        self.read_of(caller, |person| {
            let key = key(person.vault.id(), id);
            match self.kept(person).get(&key).map_err(ConsentError::from)? {
                Some(sealed) => self.opened(person, id, &sealed),
                None => Ok(None),
            }
        })
    }

    /// All kept results, oldest first.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn results(&self, caller: &Caller) -> Result<Vec<KeptResult>> {
        self.read_of(caller, |person| self.results_in(person))
    }

    /// Erases the result of a run. Whether there was one.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn erase_result(&self, caller: &Caller, id: ReceiptId) -> Result<bool> {
        self.erase_results(caller, |result| result.receipt == id)
    }

    /// Erases the results of an app. Whether there were any.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn erase_results_of(&self, caller: &Caller, app: &str) -> Result<bool> {
        self.erase_results(caller, |result| result.app == app)
    }

    fn erase_results(&self, caller: &Caller, which: impl Fn(&KeptResult) -> bool) -> Result<bool> {
        self.write_of(caller, |person| {
            let (records, id) = (self.kept(person), person.vault.id());
            let mut commit = person.vault.empty_commit().ending();
            for result in self.results_in(person)?.iter().filter(|result| which(result)) {
                delete(id, result.receipt, &records, &mut commit)?;
            }
            let is_some = !commit.deletes.is_empty();
            if is_some {
                self.store().commit(&commit)?;
            }
            Ok(is_some)
        })
    }

    pub(crate) fn results_in(&self, person: &Person) -> Result<Vec<KeptResult>> {
        let (records, whose) = (self.kept(person), prefix(person.vault.id()));
        let mut results = Vec::new();
        for (key, sealed) in records.all(&whose).map_err(ConsentError::from)? {
            let id = key.strip_prefix(&whose[..]).and_then(|id| id.try_into().ok());
            let Some(id) = id.map(ReceiptId::from_bytes) else { continue };
            results.extend(self.opened(person, id, &sealed)?);
        }
        // The id of a receipt begins with the time of its run.
        results.sort_by_key(|result| (result.at, result.receipt));
        Ok(results)
    }

    /// A result from the sealed value of its key. One that a concurrent change erased in part is gone.
    fn opened(&self, person: &Person, id: ReceiptId, sealed: &[u8]) -> Result<Option<KeptResult>> {
        let (records, whose) = (self.kept(person), person.vault.id());
        let Ok(stored) = records.sealer.open(&key(whose, id), sealed) else { return Ok(None) };
        let plain = records.join_parts(&parts(whose, id), stored, &records.empty_commit());
        let plain = plain.map_err(ConsentError::from)?;
        Ok(plain.and_then(|plain| serde_json::from_slice(&plain).ok()))
    }
}

/// Deletes a result in a commit.
fn delete(whose: PersonId, id: ReceiptId, records: &Records<'_>, commit: &mut Commit) -> Result<()> {
    commit.delete(key(whose, id));
    for (part, _) in records.all(&parts(whose, id)).map_err(ConsentError::from)? {
        commit.delete(part);
    }
    Ok(())
}

impl KeptResult {
    /// The result of a run with its parameters.
    pub fn of(run: crate::RunOutput, parameters: Vec<(String, String)>) -> KeptResult {
        let crate::RunOutput { view, receipt, notes, not_given, evidence, .. } = run;
        let Receipt { id, ref app, at, .. } = receipt;
        KeptResult { receipt: id, app: app.id.clone(), at, view, notes, not_given, parameters, evidence }
    }
}
