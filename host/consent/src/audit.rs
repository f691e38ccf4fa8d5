//! The audit chain: everything that happened to a person's data.

use crate::bounded_text::Name;
use crate::error::{ConsentError, Result};
use crate::faults::{Log, Mismatch, RecordKind};
use crate::grant::GrantRef;
use crate::id::{GrantId, ReceiptId};
use crate::keys;
use crate::state::EventKind;
use crate::terms::Act;
use mesinfos_model::{Category, Day, Digest};
use mesinfos_records::{Chain, Link, Records, all_or_nothing, json, sha};
use mesinfos_store::{Commit, PersonId, Sealer, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// Rows of one category read by a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRead {
    /// The category.
    pub category: Category,
    /// First day of the granted period, inclusive; `None` if unbounded.
    pub from: Option<Day>,
    /// End of the granted period, exclusive; `None` if unbounded.
    pub until: Option<Day>,
    /// Number of rows that left the vault for the run, each as often as it was read.
    pub rows: u64,
    /// Number of different rows among them; `None` if no row was read twice, and in entries of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distinct: Option<u64>,
    /// Bytes of the columns that the app read.
    pub bytes: u64,
}

impl CategoryRead {
    /// Number of different rows that left the vault for the run.
    pub fn distinct_rows(&self) -> u64 {
        self.distinct.unwrap_or(self.rows)
    }
}

/// Reference to an event of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRef {
    /// Number of the event within the grant, from 0.
    pub seq: u64,
    /// Hash of the event.
    pub hash: Digest,
}

/// An event of the audit chain. The list is closed: nothing else can happen to a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AuditEvent {
    /// The person's vault was created.
    PersonCreated,
    /// A file was imported; one event for each of its categories.
    Imported {
        /// Number of the import in the vault.
        import: u64,
        /// Name of the file.
        file: Name,
        /// Format used to read it.
        format: Name,
        /// Category of the rows.
        category: Category,
        /// Number of new rows.
        accepted: u64,
        /// Number of rows of the whole file, over all categories, that could not be read.
        rejected: u64,
        /// Number of rows already in the vault.
        duplicates: u64,
        /// Number of rows that replaced an earlier version.
        #[serde(default, skip_serializing_if = "mesinfos_model::is_zero")]
        corrected: u64,
    },
    /// A whole import was undone.
    Undone {
        /// Number of the import in the vault.
        import: u64,
        /// Name of the file.
        file: Name,
        /// Number of rows deleted.
        rows: u64,
    },
    /// The person changed a row, or rows are back because the import whose rows stood for them was undone.
    Amended {
        /// Number of the row's import in the vault.
        import: u64,
        /// Name of the file.
        file: Name,
        /// Category of the row.
        category: Category,
        /// What was done.
        change: RowChange,
        /// Number of rows that the import has less.
        removed: u64,
        /// Number of rows that are back. Not written if none are: earlier entries have no such field.
        #[serde(default, skip_serializing_if = "mesinfos_model::is_zero")]
        returned: u64,
    },
    /// The text of a kept document was read, and is kept beside it.
    TextRead {
        /// Number of the document's import in the vault.
        import: u64,
        /// Name of the document.
        file: Name,
        /// Whether it was recognised from the pixels of a picture.
        recognised: bool,
        /// Size of the text in bytes.
        bytes: u64,
    },
    /// An app, or another version of it, was installed.
    Installed {
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
    },
    /// A grant changed.
    Grant {
        /// Id of the grant.
        grant: GrantId,
        /// Id of the app.
        app: Name,
        /// Kind of the event.
        change: EventKind,
        /// The event in the grant's record; `None` in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event: Option<EventRef>,
    },
    /// A run of an app began; written before it reads a row. The [`Ran`] or [`Replayed`] with the same run id
    /// has the outcome; without one, the run is in progress or was interrupted.
    ///
    /// [`Ran`]: AuditEvent::Ran
    /// [`Replayed`]: AuditEvent::Replayed
    Began {
        /// Id of the run; its receipt has the same id.
        run: ReceiptId,
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
        /// The grant, and its scope at that time.
        grant: GrantRef,
        /// Sequence number of the vault as of which the run reads: later imports are invisible to it.
        as_of: u64,
        /// The receipt replayed, if it is a replay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replay: Option<ReceiptId>,
    },
    /// A run of an app ended, or was refused.
    Ran {
        /// Id of the run; `None` if none began, and in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<ReceiptId>,
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
        /// Ids of the grants.
        grants: Vec<GrantId>,
        /// Outcome: a code of a closed list.
        outcome: Name,
        /// Id of the receipt, if there is one.
        receipt: Option<ReceiptId>,
        /// Digest of the receipt, as defined by [`Receipts::put`](crate::Receipts::put); `None` without a
        /// receipt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<Digest>,
        /// Rows read, by category.
        reads: Vec<CategoryRead>,
        /// Number of refused attempts that this entry sums up; `None` for a single run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        times: Option<u64>,
    },
    /// A run was replayed from its receipt.
    Replayed {
        /// Id of the receipt.
        receipt: ReceiptId,
        /// Whether all results were identical.
        identical: bool,
        /// Id of the run that replayed it; `None` in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<ReceiptId>,
        /// Outcome: a code of a closed list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Name>,
        /// Rows read, by category.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reads: Vec<CategoryRead>,
    },
    /// A trial of an app began: the person asked to see what it would show, before granting anything. Written
    /// before it reads a row. Its views are for the person only, and nothing is kept of them.
    TrialBegan {
        /// Id of the trial.
        run: ReceiptId,
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
        /// Number of runs of the trial: one with everything, others with less, to show the difference.
        runs: u64,
    },
    /// A trial of an app ended.
    Tried {
        /// Id of the trial.
        run: ReceiptId,
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
        /// Number of runs.
        runs: u64,
        /// Outcome of the first run: a code of a closed list.
        outcome: Name,
        /// Rows read by the first run, by category. The others read no other rows.
        reads: Vec<CategoryRead>,
    },
    /// An app that the person has was stopped, or goes on. Written for everybody who has it.
    AppChanged {
        /// Id of the app.
        app: Name,
        /// Version of the app.
        version: Name,
        /// SHA-256 of the component.
        component: Digest,
        /// What happened.
        change: AppChange,
        /// Why, as whoever did it says.
        reason: Reason,
    },
    /// The person took a copy of all their data.
    Exported,
    /// The person took rows of a category as a file.
    Downloaded {
        /// The category.
        category: Category,
        /// Form of the file: `csv`, `json` or `parquet`.
        form: Name,
    },
    /// The person withholds rows from every app, or no longer does.
    Withheld {
        /// Category of the rows.
        category: Category,
        /// What is withheld.
        what: WithheldKind,
        /// Name of the holder, or the words; empty for a row, and for rows that name no holder.
        of: Name,
        /// Whether apps may be given these rows again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ended: bool,
    },
    /// Something happened to how the person signs in. Only accounts have such entries: the command and the API have none.
    Account {
        /// What happened.
        act: AccountAct,
        /// Browser and system, as it names them; empty if it does not.
        device: Name,
        /// Number of failed sign-ins in a row, of those that failed. Not written for anything else.
        #[serde(default, skip_serializing_if = "mesinfos_model::is_zero")]
        times: u64,
    },
    /// The person had all their data erased: the last entry of a chain.
    Erased,
}

/// What a person withholds from every app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithheldKind {
    /// One row.
    Row,
    /// The rows of a holder.
    Holder,
    /// Rows that have some words.
    Words,
}

impl WithheldKind {
    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            WithheldKind::Row => "row",
            WithheldKind::Holder => "holder",
            WithheldKind::Words => "words",
        }
    }
}

/// What happened to how a person signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountAct {
    /// A browser signed in with the password.
    SignedIn,
    /// A browser signed in with a passkey.
    SignedInWithPasskey,
    /// Somebody typed the person's name with a wrong password.
    SignInFailed,
    /// A recovery code was used up for a new password.
    Recovered,
    /// The password was changed, or there is one now.
    PasswordChanged,
    /// There is a new passkey.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// There are new recovery codes, and the earlier ones are worth nothing.
    CodesReplaced,
    /// All sessions were ended.
    EndedEverywhere,
}

impl AccountAct {
    /// All of them.
    pub const ALL: [AccountAct; 9] = [
        AccountAct::SignedIn,
        AccountAct::SignedInWithPasskey,
        AccountAct::SignInFailed,
        AccountAct::Recovered,
        AccountAct::PasswordChanged,
        AccountAct::PasskeyAdded,
        AccountAct::PasskeyRemoved,
        AccountAct::CodesReplaced,
        AccountAct::EndedEverywhere,
    ];

    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            AccountAct::SignedIn => "signed-in",
            AccountAct::SignedInWithPasskey => "signed-in-with-passkey",
            AccountAct::SignInFailed => "sign-in-failed",
            AccountAct::Recovered => "recovered",
            AccountAct::PasswordChanged => "password-changed",
            AccountAct::PasskeyAdded => "passkey-added",
            AccountAct::PasskeyRemoved => "passkey-removed",
            AccountAct::CodesReplaced => "codes-replaced",
            AccountAct::EndedEverywhere => "ended-everywhere",
        }
    }
}

/// Reason of a change of an app. The registry takes 500 characters.
pub type Reason = crate::bounded_text::Text<500>;

/// What happened to an app that a person has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppChange {
    /// The operator stopped it for now.
    Suspended,
    /// The operator lets it go on.
    Resumed,
    /// It was withdrawn for good.
    Yanked,
}

impl AppChange {
    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            AppChange::Suspended => "suspended",
            AppChange::Resumed => "resumed",
            AppChange::Yanked => "yanked",
        }
    }
}

/// What a person did to one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowChange {
    /// It was deleted.
    Deleted,
    /// It was corrected.
    Corrected,
    /// It is again as the holder gave it.
    Restored,
    /// It may come back with the next import of its file.
    Lifted,
    /// A row of another file stands for it: the person said that they are the same.
    Superseded,
    /// A later file has another version of it, which replaced it.
    Replaced,
    /// It could not be read; the person corrected it, and it was added to its import.
    Added,
    /// It stays as a row of this import, which holds it too: the import that brought it was undone.
    Stayed,
    /// It is back: the import of the row that stood for it, or replaced it, was undone.
    Returned,
}

impl AuditEvent {
    /// Whether the event ends something: a grant or a part of one, a run, an import, a person. A store
    /// accepts such entries on a disk that is nearly full.
    pub fn is_ending(&self) -> bool {
        match self {
            AuditEvent::Undone { .. }
            | AuditEvent::Amended { change: RowChange::Deleted, .. }
            | AuditEvent::Ran { .. }
            | AuditEvent::Replayed { .. }
            | AuditEvent::Tried { .. }
            | AuditEvent::AppChanged { change: AppChange::Suspended | AppChange::Yanked, .. }
            | AuditEvent::Withheld { ended: false, .. }
            | AuditEvent::Erased => true,
            AuditEvent::Grant { change, .. } => change.is_ending(),
            AuditEvent::PersonCreated
            | AuditEvent::Imported { .. }
            | AuditEvent::Amended { .. }
            | AuditEvent::TextRead { .. }
            | AuditEvent::Installed { .. }
            | AuditEvent::Began { .. }
            | AuditEvent::TrialBegan { .. }
            | AuditEvent::AppChanged { change: AppChange::Resumed, .. }
            | AuditEvent::Exported
            | AuditEvent::Account { .. }
            | AuditEvent::Withheld { ended: true, .. }
            | AuditEvent::Downloaded { .. } => false,
        }
    }
}

/// One entry of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Sequence number, from 0.
    pub seq: u64,
    /// Time in UTC seconds.
    pub at: i64,
    /// Actor and channel; `None` in entries of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Act>,
    /// The event.
    pub event: AuditEvent,
    /// Hash of the previous entry.
    pub prev: Digest,
    /// `SHA-256("mesinfos/audit/1", prev, JSON of {"at", "by", "event"})`, as computed by
    /// [`mesinfos_records::sha::digest`].
    pub hash: Digest,
}

/// A verified audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Number of entries.
    pub entries: u64,
    /// Hash of the last entry. A copy kept elsewhere serves to check later that nothing up to here was
    /// replaced.
    pub head: Digest,
}

#[derive(Serialize, Deserialize)]
struct Body {
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Act>,
    event: AuditEvent,
}

/// Records outside the audit chain that its head is bound to, because an older copy of them would open just
/// as well. Empty in heads written by older versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    /// Digest of the records that name the newest grant of each app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grants: Option<Digest>,
    /// The vault's sequence number, which counts imports and undos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sequence: Option<u64>,
    /// Whether the chain is closed. A closed chain accepts no more entries.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) closed: bool,
}

/// The audit chain of one person.
pub struct Audit<'a> {
    pub(crate) chain: Chain<'a, Bound>,
    person: PersonId,
    by: Option<Act>,
}

impl<'a> Audit<'a> {
    /// The audit chain of a person, with the sealer of that person.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, person: PersonId) -> Audit<'a> {
        Audit {
            chain: Chain {
                records: Records::new(store, sealer, person),
                log: Log::Audit.into(),
                domain: "mesinfos/audit/1",
                prefix: keys::audit(person),
                head: keys::audit_head(person),
                parts: None,
                beside: PhantomData,
            },
            person,
            by: None,
        }
    }

    /// The same chain, with the actor and channel of new entries.
    #[must_use]
    pub fn by(self, act: Act) -> Audit<'a> {
        Audit { by: Some(act), ..self }
    }

    /// Adds entries to the commit that holds the recorded changes, and binds the head to the grants as of
    /// that commit. The commit fails with [`mesinfos_store::StoreError::Conflict`] if a concurrent writer
    /// adds an entry first; the caller then prepares it again.
    ///
    /// # Errors
    /// [`ConsentError::TooLarge`], [`ConsentError::Broken`], [`ConsentError::Closed`] and others; the commit
    /// is then unchanged.
    pub fn append(&self, events: &[AuditEvent], at: i64, commit: &mut Commit) -> Result<Vec<AuditEntry>> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let body =
            |event: &AuditEvent| json(RecordKind::Entry, &Body { at, by: self.by, event: event.clone() });
        let bodies = events.iter().map(body).collect::<mesinfos_records::Result<_>>()?;
        let links = all_or_nothing(commit, |commit| {
            let (head, mut tip) = self.chain.end(commit)?;
            if tip.bound.closed {
                return Err(ConsentError::Closed);
            }
            for event in events {
                follow(&mut tip.bound, event);
            }
            let apps = keys::grant_apps(self.person);
            if tip.bound.grants.is_none() || commit.puts.iter().any(|(key, _)| key.starts_with(&apps)) {
                tip.bound.grants = Some(self.grants_digest(commit)?);
            }
            Ok(self.chain.append(bodies, (head, tip), commit)?)
        })?;
        links.into_iter().map(entry).collect()
    }

    /// The hash of the last entry, counting entries that `commit` adds. For an empty chain, the `prev` of its
    /// first entry.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] if the head does not open.
    pub fn head(&self, commit: &Commit) -> Result<Digest> {
        Ok(self.chain.end(commit)?.1.hash)
    }

    /// Checks that the chain ends where its head says, at a cost that does not grow with the chain.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] if it does not.
    pub fn check_end(&self) -> Result<()> {
        self.settled(|_| Ok(()))
    }

    /// Calls `look` with the records bound to the head, again until the head does not change during the call,
    /// and returns the last result. Before each call, checks that the chain ends where its head says, at a
    /// cost that does not grow with the chain.
    pub(crate) fn settled<T>(&self, mut look: impl FnMut(Bound) -> Result<T>) -> Result<T> {
        self.chain.settled(|tip| {
            self.chain.check_end(tip)?;
            look(tip.bound)
        })
    }

    /// Checks the vault's sequence number, read by `sequence`, against the head.
    ///
    /// # Errors
    /// [`Mismatch::Sequence`] if they differ, and errors of `sequence`.
    pub fn check_sequence<E: From<ConsentError>>(
        &self,
        mut sequence: impl FnMut() -> std::result::Result<u64, E>,
    ) -> std::result::Result<u64, E> {
        let seen = self.settled(|bound| {
            Ok(sequence().map(|found| (found, bound.sequence.filter(|&logged| logged != found))))
        })?;
        match seen? {
            (found, None) => Ok(found),
            (found, Some(logged)) => Err(ConsentError::from(Mismatch::Sequence { logged, found }).into()),
        }
    }

    /// Checks that the records of the newest grants are those bound to the head.
    pub(crate) fn check_grants(&self, bound: Bound) -> Result<()> {
        match bound.grants {
            Some(logged) if self.grants_digest(&self.chain.records.empty_commit())? != logged => {
                Err(Mismatch::Grants.into())
            }
            _ => Ok(()),
        }
    }

    /// Digest of the sealed records that name the newest grant of each app, as of `commit`.
    fn grants_digest(&self, commit: &Commit) -> Result<Digest> {
        let prefix = keys::grant_apps(self.person);
        let mut all: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        all.extend(self.chain.records.all(&prefix)?);
        all.extend(commit.puts.iter().filter(|(key, _)| key.starts_with(&prefix)).cloned());
        let parts: Vec<&[u8]> = all.iter().flat_map(|(key, sealed)| [&key[..], sealed]).collect();
        Ok(sha::digest("mesinfos/grants/1", &parts))
    }

    /// At most `limit` entries after number `after`, oldest first. Each is checked against its own hash; only
    /// [`Audit::verify`] detects missing entries.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] with the number of a changed entry.
    pub fn entries(&self, after: Option<u64>, limit: usize) -> Result<Vec<AuditEntry>> {
        self.chain.page(after, limit)?.into_iter().map(entry).collect()
    }

    /// Reads the whole chain and checks it: every entry present, unchanged, in order, up to the end.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] with the number of the first faulty entry.
    pub fn verify(&self) -> Result<Verified> {
        let tip = self
            .chain
            .walk::<ConsentError>(&self.chain.records.empty_commit(), &mut |link| entry(link).map(drop))?;
        Ok(Verified { entries: tip.length, head: tip.hash })
    }
}

/// Updates the bound state, except the grants, for one entry.
fn follow(bound: &mut Bound, event: &AuditEvent) {
    match event {
        AuditEvent::PersonCreated => bound.sequence = Some(0),
        AuditEvent::Imported { import, .. } => bound.sequence = Some(*import),
        AuditEvent::Undone { .. } => bound.sequence = bound.sequence.map(|sequence| sequence + 1),
        AuditEvent::Erased => bound.closed = true,
        _ => {}
    }
}

pub(crate) fn entry(link: Link) -> Result<AuditEntry> {
    let Link { seq, prev, hash, body } = link;
    let Body { at, by, event } = serde_json::from_slice(&body).map_err(|e| ConsentError::Unreadable {
        what: RecordKind::Entry,
        why: format!("entry {seq}: {e}"),
    })?;
    Ok(AuditEntry { seq, at, by, event, prev, hash })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Broken;
    use crate::testing::empty_commit;
    use crate::testing::{ALICE, BOB, Home, OpenSealer, component};
    use mesinfos_records::{Fault, Tip};
    use mesinfos_store::{MAX_VALUE, StoreError};

    fn log(home: &Home) -> Audit<'_> {
        Audit::new(&home.store, &home.sealer, ALICE)
    }

    /// Entries are hashed as they are written: one of before a field was added is still written as it was.
    #[test]
    fn an_earlier_entry_of_a_changed_row_stays_as_it_was_written() {
        let event = AuditEvent::Amended {
            import: 3,
            file: "a.csv".into(),
            category: Category::Bank,
            change: RowChange::Deleted,
            removed: 1,
            returned: 0,
        };
        let written = serde_json::to_string(&event).unwrap();
        assert!(!written.contains("returned"), "{written}");
        assert_eq!(serde_json::from_str::<AuditEvent>(&written).unwrap(), event);
    }

    fn import(file: &str) -> AuditEvent {
        AuditEvent::Imported {
            import: 1,
            file: file.into(),
            format: "camt.053".into(),
            category: Category::Bank,
            accepted: 12,
            rejected: 1,
            duplicates: 3,
            corrected: 0,
        }
    }

    fn run() -> AuditEvent {
        AuditEvent::Ran {
            app: "budget".into(),
            version: "1.0.0".into(),
            component: component(1),
            grants: vec![GrantId::new(7)],
            outcome: "completed".into(),
            run: Some(ReceiptId::new(7)),
            digest: None,
            times: None,
            receipt: Some(ReceiptId::new(7)),
            reads: vec![CategoryRead {
                category: Category::Bank,
                from: Some(Day(0)),
                until: None,
                rows: 12,
                distinct: None,
                bytes: 480,
            }],
        }
    }

    fn replay() -> AuditEvent {
        let receipt = ReceiptId::new(8);
        AuditEvent::Replayed { receipt, identical: true, run: None, outcome: None, reads: Vec::new() }
    }

    /// An audit chain of six entries.
    fn home() -> Home {
        let home = Home::new();
        let events = [
            vec![AuditEvent::PersonCreated],
            vec![import("compte.xml"), import("compte-2.xml")],
            vec![run(), replay()],
            vec![AuditEvent::Exported],
        ];
        for (at, events) in events.iter().enumerate() {
            home.commit(|commit| log(&home).append(events, at as i64, commit));
        }
        home
    }

    fn fault(home: &Home) -> (u64, Fault) {
        match log(home).verify() {
            Err(ConsentError::Broken(Broken { log: Log::Audit, seq, fault })) => (seq, fault),
            other => panic!("{other:?}"),
        }
    }

    fn key(home: &Home, seq: u64) -> Vec<u8> {
        log(home).chain.key(seq)
    }

    /// Replaces the body of an entry and gives it a correct hash, as an attacker with the key could.
    fn reseal(home: &Home, seq: u64, prev: Digest, body: &[u8]) -> Digest {
        let hash = sha::digest("mesinfos/audit/1", &[&prev.0, body]);
        let plain = [&prev.0[..], &hash.0, body].concat();
        let sealed = home.sealer.seal(&key(home, seq), &plain).unwrap();
        home.overwrite(&key(home, seq), Some(sealed));
        hash
    }

    #[test]
    fn entries_come_back_in_order_and_verify() {
        let home = home();
        let entries = log(&home).entries(None, 100).unwrap();
        assert_eq!(entries.len(), 6);
        assert_eq!(entries[0].event, AuditEvent::PersonCreated);
        assert_eq!((entries[4].seq, entries[4].at), (4, 2));
        assert!(entries.windows(2).all(|pair| pair[1].prev == pair[0].hash));
        let verified = log(&home).verify().unwrap();
        assert_eq!(verified, Verified { entries: 6, head: entries[5].hash });
        let page = log(&home).entries(Some(2), 2).unwrap();
        assert_eq!(page, entries[3..5]);
        // The hash of an entry is computed as documented.
        let body = serde_json::to_vec(&Body { at: 2, by: None, event: entries[4].event.clone() }).unwrap();
        assert_eq!(entries[4].hash, sha::digest("mesinfos/audit/1", &[&entries[3].hash.0, &body]));
    }

    #[test]
    fn events_are_stored_as_json_with_their_kind() {
        let text = serde_json::to_string(&import("a")).unwrap();
        assert!(text.starts_with("{\"kind\":\"imported\",\"import\":1,\"file\":\"a\""), "{text}");
        let grant = GrantId::new(0);
        let events = [
            import("a"),
            run(),
            AuditEvent::Erased,
            AuditEvent::Grant { grant, app: "budget".into(), change: EventKind::Withdrawn, event: None },
        ];
        for event in events {
            let text = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<AuditEvent>(&text).unwrap(), event);
        }
    }

    #[test]
    fn an_empty_log_is_whole() {
        assert_eq!(log(&Home::new()).verify().unwrap().entries, 0);
    }

    #[test]
    fn any_flipped_byte_is_named() {
        let home = home();
        for seq in 0..6 {
            let key = key(&home, seq);
            let good = home.value(&key);
            for byte in 0..good.len() {
                let mut bad = good.clone();
                bad[byte] ^= 1;
                home.overwrite(&key, Some(bad));
                assert_eq!(fault(&home), (seq, Fault::Changed));
                assert!(log(&home).entries(None, 100).is_err());
            }
            home.overwrite(&key, Some(good));
        }
        log(&home).verify().unwrap();
        let head = keys::audit_head(ALICE);
        let mut bad = home.value(&head);
        bad[40] ^= 1;
        home.overwrite(&head, Some(bad));
        assert_eq!(fault(&home), (0, Fault::Head));
    }

    #[test]
    fn a_missing_entry_is_named() {
        for seq in 0..5 {
            let home = home();
            home.overwrite(&key(&home, seq), None);
            assert_eq!(fault(&home), (seq, Fault::Missing));
        }
    }

    #[test]
    fn a_tail_that_was_cut_is_named() {
        for kept in 0..6 {
            let home = home();
            for seq in kept..6 {
                home.overwrite(&key(&home, seq), None);
            }
            assert_eq!(fault(&home), (kept, Fault::Cut { length: 6 }));
        }
        let home = home();
        home.overwrite(&keys::audit_head(ALICE), None);
        assert_eq!(fault(&home), (0, Fault::Beyond));
    }

    #[test]
    fn swapped_entries_are_named() {
        let home = home();
        let (one, two) = (key(&home, 1), key(&home, 2));
        let (first, second) = (home.value(&one), home.value(&two));
        home.overwrite(&one, Some(second));
        home.overwrite(&two, Some(first));
        assert_eq!(fault(&home), (1, Fault::Changed));
    }

    #[test]
    fn one_who_has_the_key_cannot_reorder_or_rewrite_either() {
        let body = |home: &Home, seq: usize| log(home).chain.page(None, 6).unwrap()[seq].clone();
        // Swapped, each with its own hashes.
        let swapped = home();
        let (first, second) = (body(&swapped, 1), body(&swapped, 2));
        reseal(&swapped, 1, second.prev, &second.body);
        reseal(&swapped, 2, first.prev, &first.body);
        assert_eq!(fault(&swapped), (1, Fault::Unchained));
        // Rewritten in the middle, with a correct link to the entry before.
        let rewritten = home();
        let old = body(&rewritten, 3);
        reseal(&rewritten, 3, old.prev, b"{\"at\":2,\"event\":{\"kind\":\"exported\"}}");
        assert_eq!(fault(&rewritten), (4, Fault::Unchained));
        // Rewritten at the end.
        let last = home();
        let old = body(&last, 5);
        reseal(&last, 5, old.prev, b"{\"at\":3,\"event\":{\"kind\":\"erased\"}}");
        assert_eq!(fault(&last), (5, Fault::Replaced));
        // Added after the end.
        let longer = home();
        let old = body(&longer, 5);
        reseal(&longer, 6, old.hash, b"{\"at\":3,\"event\":{\"kind\":\"erased\"}}");
        assert_eq!(fault(&longer), (6, Fault::Beyond));
        // Truncated, with a forged head: only a head kept elsewhere detects it.
        let cut = home();
        let kept = log(&cut).verify().unwrap().head;
        let old = body(&cut, 4);
        cut.overwrite(&key(&cut, 5), None);
        let tip = Tip { length: 5, hash: old.hash, bound: Bound::default() };
        let tip = serde_json::to_vec(&tip).unwrap();
        let head = keys::audit_head(ALICE);
        cut.overwrite(&head, Some(cut.sealer.seal(&head, &tip).unwrap()));
        assert_ne!(log(&cut).verify().unwrap().head, kept);
    }

    #[test]
    fn a_log_does_not_open_or_continue_for_another_person() {
        let home = home();
        let bob = OpenSealer(BOB);
        let theirs = Audit::new(&home.store, &bob, BOB);
        let mut commit = Commit::new(BOB.into());
        let entries = theirs.append(&[AuditEvent::PersonCreated], 0, &mut commit).unwrap();
        home.store.commit(&commit).unwrap();
        assert_ne!(entries[0].prev, log(&home).entries(None, 1).unwrap()[0].prev);
        home.overwrite_of(BOB, &theirs.chain.key(0), Some(home.value(&key(&home, 0))));
        let broken = theirs.verify().unwrap_err();
        assert!(matches!(broken, ConsentError::Broken(Broken { seq: 0, fault: Fault::Changed, .. })));
    }

    #[test]
    fn of_two_writers_one_wins_and_the_other_sees_it() {
        let home = home();
        let (mut one, mut two) = (empty_commit(), empty_commit());
        log(&home).append(&[import("one")], 5, &mut one).unwrap();
        log(&home).append(&[import("two")], 5, &mut two).unwrap();
        home.store.commit(&one).unwrap();
        assert!(matches!(home.store.commit(&two), Err(StoreError::Conflict)));
        assert_eq!(log(&home).verify().unwrap().entries, 7);
    }

    #[test]
    fn one_batch_takes_several_appends() {
        let home = home();
        home.commit(|commit| {
            log(&home).append(&[import("one")], 5, commit)?;
            let second = log(&home).append(&[import("two"), import("three")], 5, commit)?;
            assert_eq!(second[0].seq, 7);
            log(&home).append(&[], 5, commit)
        });
        assert_eq!(log(&home).verify().unwrap().entries, 9);
    }

    #[test]
    fn an_entry_is_never_overwritten() {
        let home = home();
        let head = keys::audit_head(ALICE);
        let old = home.value(&head);
        home.commit(|commit| log(&home).append(&[import("more")], 5, commit));
        home.overwrite(&head, Some(old));
        let mut commit = empty_commit();
        log(&home).append(&[import("instead")], 5, &mut commit).unwrap();
        assert!(matches!(home.store.commit(&commit), Err(StoreError::Conflict)));
        assert_eq!(fault(&home), (6, Fault::Beyond));
    }

    #[test]
    fn names_are_cut_so_that_entries_fit_and_what_does_not_leaves_the_batch_alone() {
        let home = Home::new();
        let name = || Name::from("\"é\u{1f600}\n".repeat(1_000));
        let reads = Category::ALL.iter().map(|&category| CategoryRead {
            category,
            from: Some(Day(-1)),
            until: Some(Day(0)),
            rows: u64::MAX,
            distinct: Some(u64::MAX),
            bytes: u64::MAX,
        });
        let ran = |grants: usize| AuditEvent::Ran {
            app: name(),
            version: name(),
            component: component(1),
            grants: (0..grants).map(|_| GrantId::new(0)).collect(),
            outcome: name(),
            run: Some(ReceiptId::new(0)),
            digest: Some(component(1)),
            times: Some(u64::MAX),
            receipt: Some(ReceiptId::new(0)),
            reads: reads.clone().collect(),
        };
        let entries = home.commit(|commit| log(&home).append(&[ran(3)], i64::MIN, commit));
        let AuditEvent::Ran { app, .. } = &entries[0].event else { panic!() };
        assert_eq!(app.as_str().chars().count(), 120);
        assert!(app.as_str().ends_with('…'));

        let mut commit = empty_commit();
        commit.put(b"k".to_vec(), b"v".to_vec());
        let too_large = log(&home).append(&[import("fits"), ran(200)], 0, &mut commit);
        let Err(ConsentError::TooLarge { size, .. }) = too_large else { panic!("{too_large:?}") };
        assert!(size > MAX_VALUE);
        assert_eq!((commit.puts.len(), commit.preconditions.len()), (1, 0));
    }

    #[test]
    fn a_log_of_many_pages_verifies() {
        let home = Home::new();
        let count = 2 * mesinfos_records::PAGE as u64 + 1;
        for at in 0..count {
            home.commit(|commit| log(&home).append(&[AuditEvent::Exported], at as i64, commit));
        }
        assert_eq!(log(&home).verify().unwrap().entries, count);
        home.overwrite(&key(&home, 300), None);
        assert_eq!(fault(&home), (300, Fault::Missing));
    }
}
