//! Verification of all records against the audit chain.

use crate::audit::{Audit, AuditEntry, AuditEvent, Verified, entry};
use crate::error::{ConsentError, Result};
use crate::faults::{Against, Mismatch};
use crate::grant::Grant;
use crate::grants::Grants;
use crate::id::{GrantId, ReceiptId};
use crate::notice::Notices;
use crate::receipt::Receipts;
use mesinfos_model::{Category, Digest};
use mesinfos_store::{PersonId, Sealer, Store};
use std::collections::{BTreeMap, BTreeSet};

/// Imports according to the audit chain, for a caller that checks the vault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imports {
    /// Imported rows, by import and category.
    pub rows: BTreeMap<(u64, Category), u64>,
    /// Imports that were undone.
    pub undone: BTreeSet<u64>,
}

/// Records outside the audit chain, as its entries describe them.
#[derive(Default)]
struct Checked {
    /// Hashes of events, by grant and event number.
    events: BTreeMap<GrantId, BTreeMap<u64, Digest>>,
    /// Grants with events that an older version logged without their hash.
    partly: BTreeSet<GrantId>,
    /// Digests of receipts; `None` if logged by an older version.
    receipts: BTreeMap<ReceiptId, Option<Digest>>,
    imports: Imports,
    /// Whether the head kept elsewhere was found.
    kept: bool,
}

impl Checked {
    fn take(&mut self, entry: &AuditEntry, kept: Option<Digest>) {
        self.kept |= kept == Some(entry.hash);
        match &entry.event {
            AuditEvent::Grant { grant, event: Some(event), .. } => {
                self.events.entry(*grant).or_default().insert(event.seq, event.hash);
            }
            AuditEvent::Grant { grant, event: None, .. } => {
                self.partly.insert(*grant);
            }
            AuditEvent::Ran { receipt: Some(receipt), digest, .. } => {
                self.receipts.insert(*receipt, *digest);
            }
            AuditEvent::Imported { import, category, accepted, corrected, .. } => {
                *self.imports.rows.entry((*import, *category)).or_default() += accepted + corrected;
            }
            AuditEvent::Amended { import, category, removed, returned, .. } => {
                let rows = self.imports.rows.entry((*import, *category)).or_default();
                *rows = rows.saturating_sub(*removed).saturating_add(*returned);
            }
            AuditEvent::Undone { import, .. } => {
                self.imports.undone.insert(*import);
            }
            _ => {}
        }
    }

    /// Checks a grant against the audit chain.
    fn grant(&self, grant: &Grant) -> Result<()> {
        let (id, nothing) = (grant.id(), BTreeMap::new());
        let logged = self.events.get(&id).unwrap_or(&nothing);
        let wrong = |event, what| Err(Mismatch::Event { grant: id, event, what }.into());
        for event in &grant.events {
            match logged.get(&event.seq) {
                Some(hash) if *hash == event.hash => {}
                Some(_) => return wrong(event.seq, Against::Other),
                // An older version logged events without a hash; newer ones follow them.
                None if self.partly.contains(&id)
                    && logged.first_key_value().is_none_or(|(first, _)| event.seq < *first) => {}
                None => return wrong(event.seq, Against::Unlogged),
            }
        }
        let length = grant.events.len() as u64;
        match logged.range(length..).next() {
            Some((missing, _)) => wrong(*missing, Against::Missing),
            None => Ok(()),
        }
    }

    /// Checks all grants against the audit chain.
    fn grants(&self, grants: &Grants<'_>) -> Result<()> {
        let all = grants.list()?;
        all.iter().try_for_each(|grant| self.grant(grant))?;
        let there: BTreeSet<GrantId> = all.iter().map(Grant::id).collect();
        match self.events.keys().chain(&self.partly).find(|id| !there.contains(id)) {
            Some(&grant) => Err(Mismatch::Event { grant, event: 0, what: Against::Missing }.into()),
            None => Ok(()),
        }
    }

    /// Checks that the notice of each grant and refusal is there, unchanged.
    fn notices(grants: &Grants<'_>, notices: Notices<'_>) -> Result<()> {
        for grant in grants.list()? {
            if let (Some(digest), Some(_)) = (grant.terms.notice, grant.terms.notice_version)
                && notices.get(digest)?.is_none()
            {
                return Err(Mismatch::Notice(grant.id()).into());
            }
        }
        Ok(())
    }

    /// Checks all receipts against the audit chain.
    fn receipts(&self, receipts: &Receipts<'_>) -> Result<()> {
        let mut there = BTreeSet::new();
        for (receipt, digest) in receipts.digests()? {
            let wrong = |what| Err(Mismatch::Receipt { receipt: receipt.id, what }.into());
            match self.receipts.get(&receipt.id) {
                None => return wrong(Against::Unlogged),
                Some(Some(logged)) if *logged != digest => return wrong(Against::Other),
                Some(_) => there.insert(receipt.id),
            };
        }
        match self.receipts.keys().find(|id| !there.contains(id)) {
            Some(&receipt) => Err(Mismatch::Receipt { receipt, what: Against::Missing }.into()),
            None => Ok(()),
        }
    }
}

/// Reads the whole audit chain of a person and checks every grant and receipt against it. `sealer` is that
/// person's sealer. `kept` is a head kept elsewhere: the hash of any entry so far.
///
/// # Errors
/// [`ConsentError::Broken`] for the chain itself, [`ConsentError::Mismatch`] for a record that does not agree
/// with it: the first one found.
pub fn verify(
    store: &dyn Store,
    sealer: &dyn Sealer,
    person: PersonId,
    kept: Option<Digest>,
) -> Result<(Verified, Imports)> {
    let audit = Audit::new(store, sealer, person);
    let (grants, receipts) = (Grants::new(store, sealer, person), Receipts::new(store, sealer, person));
    // Entries added meanwhile change the head; verification then starts again.
    audit.chain.settled(|before| {
        let mut told = Checked { kept: kept.is_none(), ..Checked::default() };
        let tip = audit.chain.walk::<ConsentError>(&audit.chain.records.empty_commit(), &mut |link| {
            told.take(&entry(link)?, kept);
            Ok(())
        })?;
        if let Some(kept) = kept.filter(|_| !told.kept) {
            return Err(Mismatch::Head(kept).into());
        }
        told.grants(&grants)?;
        Checked::notices(&grants, Notices::new(store, sealer, person))?;
        told.receipts(&receipts)?;
        audit.check_grants(before.bound)?;
        Ok::<_, ConsentError>((Verified { entries: tip.length, head: tip.hash }, told.imports))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Bound;
    use crate::audit::CategoryRead;
    use crate::faults::{Broken, Log};
    use crate::grant::Change;
    use crate::keys::{self, prefixes};
    use crate::receipt::{Receipt, Schema};
    use crate::state::EventKind;
    use crate::terms::Act;
    use crate::testing::empty_commit;
    use crate::testing::{ALICE, Backup, Home, PERSON, app, component, draft};
    use mesinfos_model::Day;
    use mesinfos_model::view::Lang;
    use mesinfos_records::{Fault, Tip};

    fn grants(home: &Home) -> Grants<'_> {
        Grants::new(&home.store, &home.sealer, ALICE)
    }

    fn audit(home: &Home) -> Audit<'_> {
        Audit::new(&home.store, &home.sealer, ALICE)
    }

    fn verified(home: &Home) -> Result<Verified> {
        verify(&home.store, &home.sealer, ALICE, None).map(|(verified, _)| verified)
    }

    fn live(home: &Home) -> Result<bool> {
        grants(home).live_for("budget", component(1), 30).map(|grant| grant.is_some())
    }

    fn give(home: &Home) -> GrantId {
        home.logged(|commit| grants(home).give(&draft(1), 10, commit)).id()
    }

    fn change(home: &Home, id: GrantId, change: Change) {
        home.logged(|commit| grants(home).change(id, change, PERSON, 20, commit));
    }

    fn run(home: &Home, grant: GrantId, at: i64) -> ReceiptId {
        let receipts = Receipts::new(&home.store, &home.sealer, ALICE);
        let grant = grants(home).get(grant).unwrap();
        let id = ReceiptId::new(at);
        let receipt = receipt_of(&grant, id, at);
        home.commit(|commit| {
            let digest = Some(receipts.put(&receipt, commit)?);
            audit(home).append(&[ran(id, digest)], at, commit)
        });
        id
    }

    fn receipt_of(grant: &Grant, id: ReceiptId, at: i64) -> Receipt {
        Receipt {
            schema: Schema::V1,
            id,
            at,
            person: grant.terms.person.clone(),
            app: app(1),
            engine: "wasmtime".into(),
            lang: Lang::Fr,
            today: Day(0),
            parameters: Vec::new(),
            grant: grant.reference(at).unwrap(),
            scope: grant.scope_at(at),
            as_of: 2,
            reads: BTreeMap::new(),
            withheld: BTreeMap::new(),
            view: None,
            outcome: "completed".into(),
            log: None,
        }
    }

    fn ran(id: ReceiptId, digest: Option<Digest>) -> AuditEvent {
        AuditEvent::Ran {
            run: Some(id),
            app: "budget".into(),
            version: "1.0.0".into(),
            component: component(1),
            grants: Vec::new(),
            outcome: "completed".into(),
            receipt: Some(id),
            digest,
            reads: Vec::<CategoryRead>::new(),
            times: None,
        }
    }

    fn grant_head(id: GrantId) -> Vec<u8> {
        keys::grant_head(ALICE, id)
    }

    fn event(id: GrantId, seq: u64) -> Vec<u8> {
        [&keys::grant(ALICE, id)[..], &seq.to_be_bytes()].concat()
    }

    fn of_app() -> Vec<u8> {
        keys::grant_app(ALICE, "budget")
    }

    /// A withdrawn grant, and all records from before the withdrawal.
    fn withdrawn() -> (Home, GrantId, Backup) {
        let home = Home::new();
        let id = give(&home);
        let backup = home.backup();
        assert!(live(&home).unwrap());
        change(&home, id, Change::Withdrawn);
        assert!(!live(&home).unwrap());
        verified(&home).unwrap();
        (home, id, backup)
    }

    #[test]
    fn a_withdrawal_is_not_undone_by_putting_records_of_the_grant_back() {
        // The attacker can write the store but has no key: every record opens under its own key. Try every
        // combination of the head, the event and the record of the app.
        for which in 1..8 {
            let (home, id, backup) = withdrawn();
            let all = [grant_head(id), event(id, 1), of_app()];
            let some = all.into_iter().enumerate().filter(|(i, _)| which >> i & 1 == 1);
            home.put_back(&backup, &some.map(|(_, prefix)| prefix).collect::<Vec<_>>());
            assert!(live(&home).is_err(), "{which}: an app would run");
            let found = verified(&home).unwrap_err();
            assert!(matches!(found, ConsentError::Mismatch(_) | ConsentError::Broken(_)), "{which}: {found}");
        }
        let (home, id, backup) = withdrawn();
        home.put_back(&backup, &[grant_head(id), event(id, 1)]);
        let why = live(&home).unwrap_err();
        assert!(matches!(why, ConsentError::Mismatch(Mismatch::Grant(found)) if found == id), "{why}");
        let missing = Mismatch::Event { grant: id, event: 1, what: Against::Missing };
        assert!(matches!(verified(&home), Err(ConsentError::Mismatch(found)) if found == missing));
    }

    #[test]
    fn nor_by_putting_the_head_of_the_log_back_with_them() {
        let (home, id, backup) = withdrawn();
        let head = keys::audit_head(ALICE);
        home.put_back(&backup, &[of_app(), grant_head(id), event(id, 1), head.clone()]);
        let beyond = Broken { log: Log::Audit, seq: 1, fault: Fault::Beyond };
        assert!(matches!(live(&home), Err(ConsentError::Broken(found)) if found == beyond));
        assert!(matches!(verified(&home), Err(ConsentError::Broken(found)) if found == beyond));
        // Removing the head does not help either.
        home.overwrite(&head, None);
        assert!(live(&home).is_err() && verified(&home).is_err());
    }

    #[test]
    fn a_store_that_was_put_back_whole_is_found_by_a_head_that_was_kept() {
        let (home, _, backup) = withdrawn();
        let kept = verified(&home).unwrap().head;
        let with = |home: &Home, kept| verify(&home.store, &home.sealer, ALICE, Some(kept)).map(|(v, _)| v);
        assert_eq!(with(&home, kept).unwrap().head, kept);
        give(&home);
        assert_ne!(with(&home, kept).unwrap().head, kept, "an older head is in the log too");
        home.put_back(&backup, &prefixes(ALICE));
        assert!(live(&home).unwrap() && verified(&home).is_ok());
        let error = with(&home, kept).unwrap_err();
        assert!(matches!(error, ConsentError::Mismatch(Mismatch::Head(head)) if head == kept));
        assert!(error.to_string().contains("is not in this log"), "{error}");
    }

    #[test]
    fn a_grant_of_another_app_that_is_left_out_is_found_too() {
        let home = Home::new();
        give(&home);
        let mut other = draft(1);
        other.app.id = "energy".into();
        let id = home.logged(|commit| grants(&home).give(&other, 10, commit)).id();
        let all = [event(id, 0), grant_head(id), keys::grant_app(ALICE, "energy")];
        home.put_back(&[], &all);
        assert!(live(&home).is_err());
        assert!(matches!(verified(&home), Err(ConsentError::Mismatch(_))));
        // A run does not check a grant that has ended; verification does.
        let home = Home::new();
        let old = give(&home);
        give(&home);
        home.put_back(&[], &[keys::grant(ALICE, old), grant_head(old)]);
        assert!(live(&home).unwrap());
        let missing = Mismatch::Event { grant: old, event: 0, what: Against::Missing };
        assert!(matches!(verified(&home), Err(ConsentError::Mismatch(found)) if found == missing));
    }

    #[test]
    fn every_event_of_a_grant_is_in_the_log() {
        let home = Home::new();
        let (old, new) = (give(&home), give(&home));
        // Closing the old grant has an entry.
        let entries = audit(&home).entries(None, 10).unwrap();
        let told: Vec<_> = entries
            .iter()
            .map(|entry| match &entry.event {
                AuditEvent::Grant { grant, change, event: Some(event), .. } => (*grant, *change, event.seq),
                other => panic!("{other:?}"),
            })
            .collect();
        let superseded = (old, EventKind::Superseded, 1);
        assert_eq!(told, [(old, EventKind::Given, 0), superseded, (new, EventKind::Given, 0)]);
        assert_eq!(entries[0].by, Some(PERSON));
        // An event without an entry was not recorded by this platform.
        home.commit(|commit| grants(&home).change(new, Change::Paused, PERSON, 20, commit));
        let unlogged = Mismatch::Event { grant: new, event: 1, what: Against::Unlogged };
        assert!(matches!(verified(&home), Err(ConsentError::Mismatch(found)) if found == unlogged));
        assert!(live(&home).is_err());
    }

    #[test]
    fn receipts_that_are_missing_rewritten_or_made_up_are_found() {
        let home = Home::new();
        let grant = give(&home);
        let (one, two) = (run(&home, grant, 11), run(&home, grant, 12));
        verified(&home).unwrap();
        let found = |home: &Home| match verified(home) {
            Err(ConsentError::Mismatch(Mismatch::Receipt { receipt, what })) => (receipt, what),
            other => panic!("{other:?}"),
        };
        let key = keys::receipt(ALICE, one);
        let good = home.value(&key);
        home.overwrite(&key, None);
        assert_eq!(found(&home), (one, Against::Missing));
        // An attacker with the keys writes a new receipt, valid on its own.
        let mut other = Receipts::new(&home.store, &home.sealer, ALICE).get(two).unwrap();
        other.id = one;
        let plain = serde_json::to_vec(&other).unwrap();
        home.overwrite(&key, Some(home.sealer.seal(&key, &plain).unwrap()));
        assert_eq!(found(&home), (one, Against::Other));
        home.overwrite(&key, Some(good));
        other.id = ReceiptId::new(13);
        home.commit(|commit| Receipts::new(&home.store, &home.sealer, ALICE).put(&other, commit));
        assert_eq!(found(&home), (other.id, Against::Unlogged));
    }

    #[test]
    fn the_vaults_count_of_imports_is_held_against_the_log() {
        let home = Home::new();
        let log = |events: &[AuditEvent]| home.commit(|commit| audit(&home).append(events, 0, commit));
        let imported = |import| AuditEvent::Imported {
            import,
            file: "f".into(),
            format: "f".into(),
            category: Category::Bank,
            accepted: 7,
            rejected: 0,
            duplicates: 0,
            corrected: 0,
        };
        let count = |found| audit(&home).check_sequence(|| Ok::<u64, ConsentError>(found));
        assert_eq!(count(9).unwrap(), 9, "a log of an older version does not know");
        log(&[AuditEvent::PersonCreated]);
        count(0).unwrap();
        log(&[imported(1), imported(1)]);
        log(&[imported(2)]);
        count(2).unwrap();
        log(&[AuditEvent::Undone { import: 1, file: "f".into(), rows: 14 }]);
        count(3).unwrap();
        for moved in [0, 2, 4, u64::MAX] {
            let expected = Mismatch::Sequence { logged: 3, found: moved };
            assert!(matches!(count(moved), Err(ConsentError::Mismatch(found)) if found == expected));
        }
        let (_, imports) = verify(&home.store, &home.sealer, ALICE, None).unwrap();
        assert_eq!(imports.rows, BTreeMap::from([((1, Category::Bank), 14), ((2, Category::Bank), 7)]));
        assert_eq!(imports.undone, BTreeSet::from([1]));
    }

    #[test]
    fn nothing_follows_the_last_entry() {
        let home = Home::new();
        give(&home);
        home.commit(|commit| audit(&home).append(&[AuditEvent::Erased], 0, commit));
        let mut commit = empty_commit();
        let closed = audit(&home).append(&[AuditEvent::Exported], 0, &mut commit);
        assert!(matches!(closed, Err(ConsentError::Closed)) && commit.puts.is_empty());
    }

    /// Records of an earlier version: entries without digests, heads bound to empty_commit, and records of apps
    /// without the ends of their grants.
    #[test]
    fn what_an_older_version_wrote_is_read_and_bound_by_the_next_entry() {
        let home = Home::new();
        let old = home.commit(|commit| grants(&home).give(&draft(1), 10, commit)).id();
        home.commit(|commit| grants(&home).change(old, Change::Paused, PERSON, 12, commit));
        home.commit(|commit| grants(&home).change(old, Change::Resumed, PERSON, 13, commit));
        let reseal =
            |key: &[u8], plain: &[u8]| home.overwrite(key, Some(home.sealer.seal(key, plain).unwrap()));
        reseal(&of_app(), format!("{{\"granted\":\"{old}\",\"asked\":null}}").as_bytes());
        let entry = |change| AuditEvent::Grant { grant: old, app: "budget".into(), change, event: None };
        let receipt = receipt_of(&grants(&home).get(old).unwrap(), ReceiptId::new(11), 11);
        home.commit(|commit| {
            Receipts::new(&home.store, &home.sealer, ALICE).put(&receipt, commit)?;
            let events = [entry(EventKind::Given), entry(EventKind::Paused), entry(EventKind::Resumed)];
            audit(&home).append(&[&events[..], &[ran(receipt.id, None)]].concat(), 0, commit)
        });
        let head = keys::audit_head(ALICE);
        let Tip { length, hash, .. } = audit(&home).chain.end(&empty_commit()).unwrap().1;
        reseal(&head, format!("{{\"length\":{length},\"hash\":\"{hash}\"}}").as_bytes());
        assert_eq!(audit(&home).chain.end(&empty_commit()).unwrap().1.bound, Bound::default());
        assert!(live(&home).unwrap());
        verified(&home).unwrap();

        let before = home.backup();
        home.commit(|commit| audit(&home).append(&[AuditEvent::Exported], 0, commit));
        assert!(audit(&home).chain.end(&empty_commit()).unwrap().1.bound.grants.is_some());
        assert!(live(&home).unwrap());
        change(&home, old, Change::Withdrawn);
        verified(&home).unwrap();
        home.put_back(&before, &[of_app(), grant_head(old), event(old, 3)]);
        assert!(live(&home).is_err() && verified(&home).is_err());
    }

    #[test]
    fn entries_say_who_did_it_and_where() {
        let home = Home::new();
        let by = Act { actor: crate::Actor::Holder, channel: crate::Channel::Api };
        home.commit(|commit| audit(&home).by(by).append(&[AuditEvent::PersonCreated], 0, commit));
        home.commit(|commit| audit(&home).append(&[AuditEvent::Exported], 0, commit));
        let said: Vec<_> = audit(&home).entries(None, 9).unwrap().into_iter().map(|e| e.by).collect();
        assert_eq!(said, [Some(by), None]);
        assert_eq!(verified(&home).unwrap().entries, 2);
    }
}
