//! The grants of one person: lookups and changes.
//!
//! An app has at most one grant that is in force or can be again, and at most one open question. One record
//! per app names both, and every new grant or question replaces that record, so that one of two concurrent
//! writers fails.

use crate::audit::{Audit, AuditEvent, Bound, EventRef};
use crate::bounded_text::Sentence;
use crate::error::{ConsentError, Result};
use crate::faults::{Log, Mismatch, RecordKind};
use crate::grant::{Body, Change, Grant};
use crate::id::GrantId;
use crate::keys;
use crate::notice::Notices;
use crate::state::{Actor, GrantState};
use crate::terms::{Act, Channel, Draft, Terms};
use mesinfos_model::{Day, Digest};
use mesinfos_records::{Chain, Current, Records, Tip, Unbound, all_or_nothing, json};
use mesinfos_store::{Commit, PersonId, Range, Record, Sealer, Snapshot, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::marker::PhantomData;

/// The grants of one person.
#[derive(Clone, Copy)]
pub struct Grants<'a> {
    records: Records<'a>,
    person: PersonId,
}

/// `grant-app/`: the newest grant and question of an app. A question, if any, is newer than the grant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct OfApp {
    granted: Option<GrantId>,
    asked: Option<GrantId>,
    /// End of the event chain of `granted`, to detect a chain restored to an older state. `None` in records
    /// of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    granted_tip: Option<Tip>,
    /// The same for `asked`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked_tip: Option<Tip>,
}

/// The reason a component may not run for a person. Days are in UTC.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotLive {
    /// The person was never asked.
    #[error("you have not been asked yet whether this app may read your data")]
    NeverAsked,
    /// The person was asked and has not answered.
    #[error("you have not answered yet whether this app may read your data (request {0})")]
    Undecided(GrantId),
    /// The person refused.
    #[error("you refused what this app asked for (request {0}); it may ask again")]
    Refused(GrantId),
    /// The person paused the grant.
    #[error("you paused this app; resume the grant {0} to run it")]
    Paused(GrantId),
    /// The grant's end has passed.
    #[error("your consent ended on {}; renew the grant {id} to run the app", day(*.when))]
    Expired {
        /// Id of the grant.
        id: GrantId,
        /// End in UTC seconds.
        when: i64,
    },
    /// The person withdrew the grant.
    #[error("you withdrew your consent on {} (grant {id}); give a new one to run the app", day(*.when))]
    Withdrawn {
        /// Id of the grant.
        id: GrantId,
        /// Time of the withdrawal, in UTC seconds.
        when: i64,
    },
    /// Somebody other than the person ended the grant.
    #[error("your consent was ended by the {by}: {reason} (grant {id})")]
    Revoked {
        /// Id of the grant.
        id: GrantId,
        /// Actor that ended it.
        by: Actor,
        /// Reason, as shown to the person.
        reason: Sentence,
    },
    /// The grant was obtained by misleading the person.
    #[error("your consent was found invalid: {reason} (grant {id}); give a new one to run the app")]
    Invalidated {
        /// Id of the grant.
        id: GrantId,
        /// Reason, as shown to the person.
        reason: Sentence,
    },
    /// The grant was replaced by a record that no longer exists.
    #[error("the grant {0} was closed; give a new one to run the app")]
    Superseded(GrantId),
    /// The grant is for another version of the app, which may run.
    #[error(
        "you gave this to version {version} of the app, and this is another version; review the changes and give this version a grant to run it (grant {id})"
    )]
    OtherVersion {
        /// Id of the grant.
        id: GrantId,
        /// Version the grant was given to.
        version: String,
        /// SHA-256 of that version's component.
        component: Digest,
    },
}

fn day(utc_seconds: i64) -> Day {
    Day::of_instant(utc_seconds, 0)
}

impl<'a> Grants<'a> {
    /// The grants of a person, with the sealer of that person.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, person: PersonId) -> Grants<'a> {
        Grants { records: Records::new(store, sealer, person), person }
    }

    /// Records that the person is shown a question. Closes an older question of the app; a grant for another
    /// version stays as it is until the person answers.
    ///
    /// # Errors
    /// [`ConsentError`]; the commit is then unchanged.
    pub fn show(&self, draft: &Draft, now: i64, commit: &mut Commit) -> Result<Grant> {
        draft.check_question()?;
        let change = Change::Shown { items: draft.items.clone() };
        all_or_nothing(commit, |commit| self.begin(draft, change, now, commit))
    }

    /// Records a new grant. Closes the app's previous grant and question in the same commit.
    ///
    /// # Errors
    /// [`ConsentError`]; the commit is then unchanged.
    pub fn give(&self, draft: &Draft, now: i64, commit: &mut Commit) -> Result<Grant> {
        draft.check_answer()?;
        let change = Change::Given { items: draft.items.clone(), until: draft.until };
        all_or_nothing(commit, |commit| self.begin(draft, change, now, commit))
    }

    /// Records a change of a grant. If the grant's end has passed, records its expiry first.
    ///
    /// # Errors
    /// [`ConsentError::NoSuchGrant`], [`ConsentError::Transition`], [`ConsentError::Widening`],
    /// [`ConsentError::Terms`] and others; the commit is then unchanged.
    pub fn change(
        &self,
        id: GrantId,
        change: Change,
        act: Act,
        now: i64,
        commit: &mut Commit,
    ) -> Result<Grant> {
        all_or_nothing(commit, |commit| {
            let mut grant = self.load(id, commit)?;
            if grant.recorded != grant.state_at(now) && change != Change::Expired {
                grant = self.expire(grant, act.channel, now, commit)?;
            }
            if let Change::Given { .. } = change {
                self.take_place(&grant.terms, true, act.channel, now, commit)?;
            }
            self.record(Some(grant), Body { at: now, act, change, terms: None }, id, commit)
        })
    }

    /// Records the expiry of every grant whose end has passed, and returns these grants.
    ///
    /// # Errors
    /// [`ConsentError`]; the commit is then unchanged.
    pub fn note_expiries(&self, channel: Channel, now: i64, commit: &mut Commit) -> Result<Vec<Grant>> {
        let over = |grant: &Grant| grant.recorded != grant.state_at(now);
        let over: Vec<Grant> = self.list()?.into_iter().filter(over).collect();
        all_or_nothing(commit, |commit| {
            over.into_iter().map(|grant| self.expire(grant, channel, now, commit)).collect()
        })
    }

    /// A grant by id.
    ///
    /// # Errors
    /// [`ConsentError::NoSuchGrant`], and [`ConsentError::Broken`] if it was tampered with.
    pub fn get(&self, id: GrantId) -> Result<Grant> {
        self.load(id, &self.records.empty_commit())
    }

    /// Records that the person was shown a question and refused it.
    ///
    /// # Errors
    /// [`ConsentError`]; the commit is then unchanged.
    pub fn refuse(&self, draft: &Draft, now: i64, commit: &mut Commit) -> Result<Grant> {
        all_or_nothing(commit, |commit| {
            let asked = self.show(draft, now, commit)?;
            self.change(asked.id(), Change::Refused, draft.act, now, commit)
        })
    }

    /// Records that the person was shown a question and put its answer off. They may still answer.
    ///
    /// # Errors
    /// [`ConsentError`]; the commit is then unchanged.
    pub fn defer(&self, draft: &Draft, now: i64, commit: &mut Commit) -> Result<Grant> {
        all_or_nothing(commit, |commit| {
            let asked = self.show(draft, now, commit)?;
            self.change(asked.id(), Change::Deferred, draft.act, now, commit)
        })
    }

    /// All grants and questions, oldest first.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] if one was tampered with.
    pub fn list(&self) -> Result<Vec<Grant>> {
        let of_all = [keys::grants, keys::grant_heads, keys::grants_parts];
        let ranges = of_all.map(|prefix| Range::prefix(self.person.into(), prefix(self.person)));
        let view = Snapshot::read(self.records.store, ranges.to_vec())?;
        let seen = Grants::new(&view, self.records.sealer, self.person);
        seen.ids()?.into_iter().map(|id| seen.get(id)).collect()
    }

    /// The audit entries for every grant event that `commit` adds, in order. The caller adds them to the audit
    /// chain in the same commit.
    ///
    /// # Errors
    /// [`ConsentError`] if a grant cannot be read.
    pub fn entries(&self, commit: &Commit) -> Result<Vec<AuditEvent>> {
        let prefix = keys::grants(self.person);
        let mut events = Vec::new();
        for (key, sealed) in &commit.puts {
            let Some((id, seq)) = key.strip_prefix(&prefix[..]).and_then(place) else {
                continue;
            };
            let link = self.chain(id).link(seq, sealed, commit)?;
            let grant = self.load(id, commit)?;
            let Some(change) = grant.events.iter().find(|event| event.seq == seq) else {
                continue;
            };
            events.push(AuditEvent::Grant {
                grant: id,
                app: grant.app().id.as_str().into(),
                change: change.change.kind(),
                event: Some(EventRef { seq, hash: link.hash }),
            });
        }
        Ok(events)
    }

    /// The grant in force at `now` (UTC seconds) for exactly this component of an app. Checked against the
    /// head of the audit chain: records restored to an older state are detected.
    ///
    /// # Errors
    /// [`ConsentError`] if it cannot be read or was tampered with.
    pub fn live_for(&self, app: &str, component: Digest, now: i64) -> Result<Option<Grant>> {
        Ok(self.standing(app, component, now)?.ok())
    }

    /// The reason no grant is in force at `now` (UTC seconds) for exactly this component of an app; `None` if
    /// one is.
    ///
    /// # Errors
    /// [`ConsentError`] if it cannot be read or was tampered with.
    pub fn why_not(&self, app: &str, component: Digest, now: i64) -> Result<Option<NotLive>> {
        Ok(self.standing(app, component, now)?.err())
    }

    /// The last grant given to an app, in any state; `None` if there never was one.
    ///
    /// # Errors
    /// [`ConsentError`] if it cannot be read or was tampered with.
    pub fn last_for(&self, app: &str) -> Result<Option<Grant>> {
        let key = keys::grant_app(self.person, app);
        let (_, of_app) = self.of_app(&key, &self.records.empty_commit())?;
        of_app.granted.map(|id| self.get(id)).transpose()
    }

    /// The question about an app that is newer than its last grant, in any state; `None` if there is none.
    ///
    /// # Errors
    /// [`ConsentError`] if it cannot be read or was tampered with.
    pub fn question_for(&self, app: &str) -> Result<Option<Grant>> {
        let key = keys::grant_app(self.person, app);
        let (_, of_app) = self.of_app(&key, &self.records.empty_commit())?;
        of_app.asked.map(|id| self.get(id)).transpose()
    }

    /// Adds the precondition that the grant has not changed since it was read. Used for the records of a run.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it has changed already, and other [`ConsentError`]s.
    pub fn guard(&self, grant: &Grant, commit: &mut Commit) -> Result<()> {
        let head = keys::grant_head(self.person, grant.id());
        let sealed = self.records.get(&head)?;
        let now = self.load(grant.id(), &self.records.empty_commit())?;
        if now.newest().map(|event| event.hash) != grant.newest().map(|event| event.hash) {
            return Err(StoreError::Conflict.into());
        }
        commit.expect(head, sealed);
        Ok(())
    }

    fn chain(&self, id: GrantId) -> Chain<'a> {
        Chain {
            records: self.records,
            log: Log::Grant.into(),
            domain: "mesinfos/grant-event/1",
            prefix: keys::grant(self.person, id),
            head: keys::grant_head(self.person, id),
            parts: Some(keys::grant_parts(self.person, id)),
            beside: PhantomData,
        }
    }

    /// A grant as it will be after `commit` is committed.
    fn load(&self, id: GrantId, commit: &Commit) -> Result<Grant> {
        let mut grant: Option<Grant> = None;
        self.chain(id).walk::<ConsentError>(commit, &mut |link| {
            let body = serde_json::from_slice(&link.body).map_err(|e| {
                let why = format!("event {} of {id}: {e}", link.seq);
                ConsentError::Unreadable { what: RecordKind::Grant, why }
            })?;
            grant = Some(Grant::push(grant.take(), body, &link)?);
            Ok(())
        })?;
        grant.ok_or(ConsentError::NoSuchGrant(id))
    }

    /// Adds an event to a grant, or begins one.
    fn record(&self, before: Option<Grant>, body: Body, id: GrantId, commit: &mut Commit) -> Result<Grant> {
        Grant::check(before.as_ref(), &body)?;
        let chain = self.chain(id);
        let (head, tip) = chain.end(commit)?;
        // The decision was based on the grant as read: fail if a concurrent writer has changed it since.
        if let Some(last) = before.as_ref().and_then(Grant::newest)
            && tip.hash != last.hash
        {
            return Err(StoreError::Conflict.into());
        }
        let links = chain.append(vec![json(RecordKind::Grant, &body)?], (head, tip), commit)?;
        let link = links.first().ok_or(ConsentError::NoSuchGrant(id))?;
        let grant = Grant::push(before, body, link)?;
        self.note_end(&grant, commit)?;
        Ok(grant)
    }

    /// Updates the end of a grant's chain in the record of its app, if that record names the grant.
    fn note_end(&self, grant: &Grant, commit: &mut Commit) -> Result<()> {
        let key = keys::grant_app(self.person, &grant.app().id);
        let (found, mut of_app) = self.of_app(&key, commit)?;
        let is_this = |id: Option<GrantId>| id == Some(grant.id());
        let place = match &mut of_app {
            OfApp { granted, granted_tip, .. } if is_this(*granted) => granted_tip,
            OfApp { asked, asked_tip, .. } if is_this(*asked) => asked_tip,
            _ => return Ok(()),
        };
        *place = Some(end_of(grant));
        let plain = json(OF_APP, &of_app)?;
        Ok(self.records.replace(OF_APP, key, found, &plain, commit)?)
    }

    fn begin(&self, draft: &Draft, change: Change, now: i64, commit: &mut Commit) -> Result<Grant> {
        let id = GrantId::new(now);
        let terms = draft.terms(id, self.person);
        let given = matches!(change, Change::Given { .. });
        self.take_place(&terms, given, draft.act.channel, now, commit)?;
        if let Some(notice) = &draft.notice {
            let Records { store, sealer, .. } = self.records;
            Notices::new(store, sealer, self.person).put(notice, commit)?;
        }
        self.record(None, Body { at: now, act: draft.act, change, terms: Some(terms) }, id, commit)
    }

    /// Makes a grant or question the newest of its app. A question closes the previous question; a grant
    /// closes the previous grant and question.
    fn take_place(
        &self,
        terms: &Terms,
        given: bool,
        channel: Channel,
        now: i64,
        commit: &mut Commit,
    ) -> Result<()> {
        let key = keys::grant_app(self.person, &terms.app.id);
        let (seen, before) = self.of_app(&key, commit)?;
        let granted = before.granted.filter(|_| given);
        for old in [granted, before.asked].into_iter().flatten().filter(|&old| old != terms.id) {
            let grant = self.load(old, commit)?;
            let state = grant.state_at(now);
            if state.is_asked() || state.is_granted() {
                let act = Act { actor: Actor::Platform, channel };
                let change = Change::Superseded { by: terms.id };
                self.record(Some(grant), Body { at: now, act, change, terms: None }, old, commit)?;
            }
        }
        // Closing the old ones has updated their ends in this record. The stored value must still be the one
        // read first: otherwise a grant given meanwhile would stay in force beside this one.
        let (found, before) = self.of_app(&key, commit)?;
        if let Current::Stored(seen) = seen {
            let expected = commit.preconditions.iter().find(|(expected, _)| *expected == key);
            let is_same = match &found {
                Current::Stored(found) => *found == seen,
                Current::Pending(_) => expected.is_some_and(|(_, value)| *value == seen),
            };
            if !is_same {
                return Err(StoreError::Conflict.into());
            }
        }
        let after = if given {
            OfApp { granted: Some(terms.id), ..OfApp::default() }
        } else {
            OfApp { asked: Some(terms.id), asked_tip: None, ..before }
        };
        let plain = json(OF_APP, &after)?;
        Ok(self.records.replace(OF_APP, key, found, &plain, commit)?)
    }

    fn expire(&self, grant: Grant, channel: Channel, now: i64, commit: &mut Commit) -> Result<Grant> {
        let (id, act) = (grant.id(), Act { actor: Actor::Platform, channel });
        let body = Body { at: now, act, change: Change::Expired, terms: None };
        self.record(Some(grant), body, id, commit)
    }

    fn of_app(&self, key: &[u8], commit: &Commit) -> Result<(Current, OfApp)> {
        let found = self.records.current(key, commit)?;
        let of_app = match found.sealed() {
            Some(sealed) => self.records.open(OF_APP, key, sealed)?,
            None => OfApp::default(),
        };
        Ok((found, of_app))
    }

    /// The grant in force for a component, or the reason there is none.
    fn standing(
        &self,
        app: &str,
        component: Digest,
        now: i64,
    ) -> Result<std::result::Result<Grant, NotLive>> {
        let Records { store, sealer, .. } = self.records;
        let audit = Audit::new(store, sealer, self.person);
        audit.settled(|bound| self.standing_under(&audit, bound, (app, component), now))
    }

    /// [`Grants::standing`] under one head of the audit chain.
    fn standing_under(
        &self,
        audit: &Audit<'_>,
        bound: Bound,
        (app, component): (&str, Digest),
        now: i64,
    ) -> Result<std::result::Result<Grant, NotLive>> {
        audit.check_grants(bound)?;
        let key = keys::grant_app(self.person, app);
        let (_, of_app) = self.of_app(&key, &self.records.empty_commit())?;
        let ending = |id: Option<GrantId>, end: Option<Tip>| -> Result<Option<Grant>> {
            let Some(id) = id else { return Ok(None) };
            let grant = self.get(id)?;
            match end {
                Some(end) if end != end_of(&grant) => Err(Mismatch::Grant(id).into()),
                _ => Ok(Some(grant)),
            }
        };
        let granted = ending(of_app.granted, of_app.granted_tip)?;
        let asked = ending(of_app.asked, of_app.asked_tip)?;
        let is_this = |grant: &Grant| grant.app().component == component && grant.app().id == app;
        if let Some(grant) = granted.as_ref().filter(|g| is_this(g) && g.state_at(now).runs()) {
            return Ok(Ok(grant.clone()));
        }
        // A question about exactly this component is more relevant than a grant to another or older
        // component.
        let told = asked.as_ref().filter(|grant| is_this(grant)).or(granted.as_ref()).or(asked.as_ref());
        Ok(Err(told.map_or(NotLive::NeverAsked, |grant| absence(grant, now))))
    }

    /// The ids of all grants, in order.
    fn ids(&self) -> Result<BTreeSet<GrantId>> {
        let prefix = keys::grants(self.person);
        let id = |(key, _): &Record| {
            let id = key.strip_prefix(&prefix[..]).and_then(|rest| rest.first_chunk::<16>());
            id.map(|id| GrantId::from_bytes(*id)).ok_or_else(|| {
                let why = "its key is not that of a grant".to_owned();
                ConsentError::Unreadable { what: RecordKind::Grant, why }
            })
        };
        self.records.all(&prefix)?.iter().map(id).collect()
    }
}

/// Kind of an app's record.
const OF_APP: RecordKind = RecordKind::OfApp;

/// End of the event chain of a grant.
fn end_of(grant: &Grant) -> Tip {
    let hash = grant.newest().map_or(Digest([0; 32]), |event| event.hash);
    Tip { length: grant.events.len() as u64, hash, bound: Unbound {} }
}

/// Grant id and event number, from the part of a key after the prefix.
fn place(rest: &[u8]) -> Option<(GrantId, u64)> {
    let (id, rest) = rest.split_first_chunk::<16>()?;
    let seq = rest.strip_prefix(b"/")?.try_into().ok()?;
    Some((GrantId::from_bytes(*id), u64::from_be_bytes(seq)))
}

/// The reason this grant does not let its app, or the requested component, run.
fn absence(grant: &Grant, now: i64) -> NotLive {
    let id = grant.id();
    let newest = grant.newest();
    let at = newest.map_or(now, |event| event.at);
    match (grant.state_at(now), newest.map(|event| &event.change)) {
        (GrantState::Shown | GrantState::Deferred, _) => NotLive::Undecided(id),
        (GrantState::Refused, _) => NotLive::Refused(id),
        (GrantState::Paused, _) => NotLive::Paused(id),
        (GrantState::Expired, _) => {
            let until = grant.validity.and_then(|validity| validity.until);
            let noticed = if grant.recorded == GrantState::Expired { at } else { now };
            NotLive::Expired { id, when: until.map_or(noticed, |until| until.min(noticed)) }
        }
        (GrantState::Withdrawn, _) => NotLive::Withdrawn { id, when: at },
        (GrantState::Revoked, Some(Change::Revoked { reason })) => {
            let by = newest.map_or(Actor::Platform, |event| event.act.actor);
            NotLive::Revoked { id, by, reason: reason.clone() }
        }
        (GrantState::Invalidated, Some(Change::Invalidated { reason })) => {
            NotLive::Invalidated { id, reason: reason.clone() }
        }
        (GrantState::Given | GrantState::Renewed, _) => NotLive::OtherVersion {
            id,
            version: grant.app().version.clone(),
            component: grant.app().component,
        },
        _ => NotLive::Superseded(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::{Broken, Decided, Log, TermsError, Wider};
    use crate::grant_items::{Decision, Item};
    use crate::state::{EventKind, TransitionError};
    use crate::testing::empty_commit;
    use crate::testing::{
        ALICE, BOB, Home, OPERATOR, OpenSealer, PERSON, bank_2011, component, draft, energy_daily, question,
        scope_of,
    };
    use mesinfos_model::Necessity;
    use mesinfos_model::{Category, CategoryScope, FieldSet, Grain, Holders, Period, Position, RowId};
    use mesinfos_records::Fault;

    fn grants(home: &Home) -> Grants<'_> {
        Grants::new(&home.store, &home.sealer, ALICE)
    }

    fn give(home: &Home, version: u8, now: i64) -> Grant {
        home.commit(|commit| grants(home).give(&draft(version), now, commit))
    }

    fn change(home: &Home, id: GrantId, change: Change, now: i64) -> Grant {
        home.commit(|commit| grants(home).change(id, change, PERSON, now, commit))
    }

    fn refused(home: &Home, id: GrantId, change: Change, now: i64) -> ConsentError {
        let mut commit = empty_commit();
        let error = grants(home).change(id, change, PERSON, now, &mut commit).unwrap_err();
        assert!(commit.puts.is_empty() && commit.preconditions.is_empty());
        error
    }

    fn why(home: &Home, version: u8, now: i64) -> Option<NotLive> {
        let absence = grants(home).why_not("budget", component(version), now).unwrap();
        let live = grants(home).live_for("budget", component(version), now).unwrap();
        assert_eq!(live.is_none(), absence.is_some());
        absence
    }

    fn revoked() -> Change {
        Change::Revoked { reason: "the app is gone".into() }
    }

    #[test]
    fn what_is_given_lets_exactly_that_component_run() {
        let home = Home::new();
        assert_eq!(why(&home, 1, 10), Some(NotLive::NeverAsked));
        let grant = give(&home, 1, 10);
        assert_eq!(grants(&home).get(grant.id()).unwrap(), grant);
        assert_eq!(grants(&home).live_for("budget", component(1), 10).unwrap(), Some(grant.clone()));
        assert_eq!(grant.scope_at(10), scope_of([bank_2011(), energy_daily()]));
        assert_eq!(grant.terms.person, crate::pseudonym(ALICE, "budget"));
        let other =
            NotLive::OtherVersion { id: grant.id(), version: "1.0.0".into(), component: component(1) };
        assert_eq!(why(&home, 2, 10), Some(other.clone()));
        assert!(other.to_string().starts_with("you gave this to version 1.0.0 of the app"));
        assert_eq!(grants(&home).live_for("other", component(1), 10).unwrap(), None);
    }

    /// A run reads the newest records of all grants in advance. A grant with many newer ones is read only
    /// during the lookup, and may have ended meanwhile.
    #[test]
    fn a_grant_that_ends_while_it_is_looked_for_is_given_or_withdrawn_and_not_broken() {
        // Number of grants newer than the one looked up.
        for others in [1, 100, 127, 128, 129, 200, 255, 256, 300] {
            let home = Home::new();
            let first = home.logged(|commit| grants(&home).give(&draft(1), 10, commit));
            for _ in 0..others {
                let mut other = draft(1);
                other.app.id = "other".into();
                home.logged(|commit| grants(&home).give(&other, 20, commit));
            }
            let before = Snapshot::read(&home.store, keys::ranges(ALICE)).unwrap();
            home.logged(|commit| grants(&home).change(first.id(), Change::Withdrawn, PERSON, 30, commit));
            let seen = Grants::new(&before, &home.sealer, ALICE);
            match seen.why_not("budget", component(1), 30) {
                Ok(None | Some(NotLive::Withdrawn { .. })) => {}
                other => panic!("{others} grants later: {other:?}"),
            }
            match seen.guard(&first, &mut empty_commit()) {
                Ok(()) | Err(ConsentError::Store(StoreError::Conflict)) => {}
                other => panic!("{others} grants later: {other:?}"),
            }
        }
    }

    #[test]
    fn the_record_says_what_a_consent_record_says() {
        let home = Home::new();
        let grant = give(&home, 1, 10);
        let record = serde_json::to_value(&grant).unwrap();
        let terms = &record["terms"];
        assert_eq!(terms["schema"], "mesinfos/grant/1");
        assert_eq!(terms["lawful_basis"], "eu-gdpr:A6-1-a");
        assert_eq!(terms["purpose"]["iri"], "https://w3id.org/dpv#PersonalisedBenefits");
        assert_eq!(terms["retention"]["app"], "PT0S");
        assert_eq!(terms["retention"]["result"], "until-withdrawal");
        assert_eq!(terms["mode"], "read");
        assert_eq!(terms["language"], "fr");
        assert_eq!(record["items"][2]["decision"], "refused");
        assert_eq!(record["events"][0]["act"]["channel"], "cli");
        assert_eq!(record["events"][0]["change"]["kind"], "given");
    }

    #[test]
    fn giving_again_closes_the_old_one_in_the_same_batch() {
        let home = Home::new();
        let old = give(&home, 1, 10);
        let mut commit = empty_commit();
        let new = grants(&home).give(&draft(2), 20, &mut commit).unwrap();
        assert_eq!(why(&home, 1, 20), None);
        home.store.commit(&commit).unwrap();
        let old = grants(&home).get(old.id()).unwrap();
        assert_eq!(old.recorded, GrantState::Superseded);
        assert_eq!(old.newest().unwrap().change, Change::Superseded { by: new.id() });
        assert!(matches!(why(&home, 1, 20), Some(NotLive::OtherVersion { .. })));
        assert_eq!(why(&home, 2, 20), None);
        // A return to the old version needs a new grant too.
        assert!(matches!(
            refused(&home, old.id(), Change::Renewed { until: None }, 30),
            ConsentError::Transition(TransitionError::Impossible { .. })
        ));
        let ids: Vec<_> = grants(&home).list().unwrap().iter().map(Grant::id).collect();
        assert_eq!(ids, [old.id(), new.id()]);
    }

    #[test]
    fn of_two_who_give_at_the_same_time_one_wins() {
        let home = Home::new();
        for _ in 0..2 {
            let (mut one, mut two) = (empty_commit(), empty_commit());
            grants(&home).give(&draft(1), 10, &mut one).unwrap();
            grants(&home).give(&draft(2), 10, &mut two).unwrap();
            home.store.commit(&one).unwrap();
            assert!(matches!(home.store.commit(&two), Err(StoreError::Conflict)));
            assert_eq!(why(&home, 1, 10), None);
        }
        let live = grants(&home).list().unwrap().into_iter().filter(|g| g.state_at(10).runs());
        assert_eq!(live.count(), 1);
    }

    #[test]
    fn a_withdrawal_and_another_change_cannot_both_win() {
        let home = Home::new();
        let id = give(&home, 1, 10).id();
        let (mut one, mut two) = (empty_commit(), empty_commit());
        let narrower = Change::Narrowed { scope: scope_of([bank_2011()]) };
        grants(&home).change(id, Change::Withdrawn, PERSON, 20, &mut one).unwrap();
        grants(&home).change(id, narrower, PERSON, 20, &mut two).unwrap();
        home.store.commit(&one).unwrap();
        assert!(matches!(home.store.commit(&two), Err(StoreError::Conflict)));
        assert_eq!(why(&home, 1, 20), Some(NotLive::Withdrawn { id, when: 20 }));
    }

    #[test]
    fn what_is_recorded_of_a_run_fails_if_the_grant_changed_meanwhile() {
        let home = Home::new();
        let grant = give(&home, 1, 10);
        let mut quiet = empty_commit();
        grants(&home).guard(&grant, &mut quiet).unwrap();
        home.store.commit(&quiet).unwrap();
        let mut late = empty_commit();
        grants(&home).guard(&grant, &mut late).unwrap();
        change(&home, grant.id(), Change::Withdrawn, 20);
        assert!(matches!(home.store.commit(&late), Err(StoreError::Conflict)));
        let error = grants(&home).guard(&grant, &mut empty_commit()).unwrap_err();
        assert!(matches!(error, ConsentError::Store(StoreError::Conflict)));
    }

    #[test]
    fn pausing_and_resuming_is_the_persons() {
        let home = Home::new();
        let id = give(&home, 1, 10).id();
        let paused = change(&home, id, Change::Paused, 20);
        assert!(paused.scope_at(20).is_empty());
        assert_eq!(why(&home, 1, 20), Some(NotLive::Paused(id)));
        let error = grants(&home).change(id, Change::Resumed, OPERATOR, 30, &mut empty_commit()).unwrap_err();
        assert!(matches!(error, ConsentError::Transition(TransitionError::NotTheirs { .. })));
        change(&home, id, Change::Resumed, 30);
        assert_eq!(why(&home, 1, 30), None);
    }

    #[test]
    fn time_ends_a_grant_whether_or_not_it_was_noticed() {
        let home = Home::new();
        let soon = Draft { until: Some(100), ..draft(1) };
        let id = home.commit(|commit| grants(&home).give(&soon, 10, commit)).id();
        assert_eq!(why(&home, 1, 99), None);
        assert_eq!(why(&home, 1, 100), Some(NotLive::Expired { id, when: 100 }));
        assert!(grants(&home).get(id).unwrap().scope_at(100).is_empty());
        assert!(grants(&home).note_expiries(Channel::Cli, 99, &mut empty_commit()).unwrap().is_empty());
        let noticed = home.commit(|commit| grants(&home).note_expiries(Channel::Cli, 150, commit));
        assert_eq!(noticed.iter().map(|g| g.recorded).collect::<Vec<_>>(), [GrantState::Expired]);
        // A recorded expiry stays, even if the clock goes back.
        assert_eq!(why(&home, 1, 50), Some(NotLive::Expired { id, when: 100 }));
        let late = refused(&home, id, Change::Renewed { until: Some(150) }, 160);
        assert!(matches!(late, ConsentError::Terms(TermsError::Ends { from: 160, until: 150 })));
        change(&home, id, Change::Renewed { until: Some(300) }, 160);
        assert_eq!(why(&home, 1, 299), None);
        assert_eq!(why(&home, 1, 300), Some(NotLive::Expired { id, when: 300 }));
        assert_eq!(
            why(&home, 1, 300).unwrap().to_string(),
            format!("your consent ended on 1970-01-01; renew the grant {id} to run the app")
        );
    }

    #[test]
    fn a_change_after_the_end_records_the_end_first() {
        let home = Home::new();
        let soon = Draft { until: Some(100), ..draft(1) };
        let id = home.commit(|commit| grants(&home).give(&soon, 10, commit)).id();
        let error = refused(&home, id, Change::Paused, 200);
        let impossible = TransitionError::Impossible { state: GrantState::Expired, event: EventKind::Paused };
        assert!(matches!(error, ConsentError::Transition(e) if e == impossible));
        let grant = change(&home, id, Change::Withdrawn, 200);
        let kinds: Vec<_> = grant.events.iter().map(|event| event.change.kind()).collect();
        assert_eq!(kinds, [EventKind::Given, EventKind::Expired, EventKind::Withdrawn]);
        assert_eq!(grants(&home).get(id).unwrap(), grant);
    }

    #[test]
    fn every_state_has_its_reason() {
        let home = Home::new();
        let operator =
            |id, change| home.commit(|commit| grants(&home).change(id, change, OPERATOR, 20, commit));
        let id = give(&home, 1, 10).id();
        operator(id, revoked());
        let Some(NotLive::Revoked { by: Actor::Operator, .. }) = why(&home, 1, 20) else { panic!() };
        let id = give(&home, 1, 10).id();
        change(&home, id, Change::Withdrawn, 20);
        operator(id, Change::Invalidated { reason: "the notice misled".into() });
        assert_eq!(why(&home, 1, 20), Some(NotLive::Invalidated { id, reason: "the notice misled".into() }));
        let id = give(&home, 1, 10).id();
        operator(id, Change::Superseded { by: GrantId::new(0) });
        assert_eq!(why(&home, 1, 20), Some(NotLive::Superseded(id)));
    }

    #[test]
    fn a_question_is_answered_within_what_was_asked() {
        let home = Home::new();
        let old = give(&home, 1, 10).id();
        let asked = home.commit(|commit| grants(&home).show(&question(2), 20, commit));
        let id = asked.id();
        // The old version keeps running until the person answers; the new one does not run.
        assert_eq!(why(&home, 1, 20), None);
        assert_eq!(why(&home, 2, 20), Some(NotLive::Undecided(id)));
        assert!(asked.scope_at(20).is_empty());

        let wide = asked.answer(&scope_of([CategoryScope::all(Category::Bank)]));
        assert!(matches!(wide, Err(ConsentError::Widening(w)) if w.by == [Wider::Period]));
        let all = vec![Item::given(Necessity::Required, CategoryScope::all(Category::Bank))];
        let error = refused(&home, id, Change::Given { items: all, until: None }, 30);
        assert!(matches!(error, ConsentError::Widening(_)));
        let silent = vec![Item::given(Necessity::Required, bank_2011())];
        let error = refused(&home, id, Change::Given { items: silent, until: None }, 30);
        assert!(matches!(error, ConsentError::Terms(TermsError::NotTheQuestion)));

        change(&home, id, Change::Deferred, 30);
        let items = asked.answer(&scope_of([bank_2011()])).unwrap();
        let yes = Change::Given { items, until: Some(1_000) };
        let error = refused(&home, id, yes.clone(), 30);
        assert!(error.to_string().ends_with("show the question again first"), "{error}");
        let again = Change::Shown { items: asked.items };
        change(&home, id, again, 40);
        let given = change(&home, id, yes, 50);
        assert_eq!(given.scope_at(50), scope_of([bank_2011()]));
        assert_eq!(given.validity.unwrap().from, 50);
        assert_eq!(why(&home, 2, 50), None);
        assert_eq!(grants(&home).get(old).unwrap().recorded, GrantState::Superseded);
    }

    #[test]
    fn a_refusal_stays_and_leaves_the_old_version_running() {
        let home = Home::new();
        let asked = home.commit(|commit| grants(&home).show(&question(1), 10, commit)).id();
        change(&home, asked, Change::Refused, 20);
        assert_eq!(why(&home, 1, 20), Some(NotLive::Refused(asked)));
        give(&home, 1, 30);
        let second = home.commit(|commit| grants(&home).show(&question(2), 40, commit)).id();
        change(&home, second, Change::Refused, 50);
        assert_eq!(why(&home, 1, 50), None);
        assert_eq!(why(&home, 2, 50), Some(NotLive::Refused(second)));
        // A second question closes the first.
        let third = home.commit(|commit| grants(&home).show(&question(3), 60, commit)).id();
        let fourth = home.commit(|commit| grants(&home).show(&question(4), 70, commit)).id();
        assert_eq!(grants(&home).get(third).unwrap().recorded, GrantState::Superseded);
        assert_eq!(why(&home, 4, 70), Some(NotLive::Undecided(fourth)));
        assert!(matches!(why(&home, 3, 70), Some(NotLive::OtherVersion { .. })));
    }

    #[test]
    fn a_question_holds_no_answer_and_an_answer_no_question() {
        let home = Home::new();
        let mut commit = empty_commit();
        let shown = grants(&home).show(&draft(1), 10, &mut commit).unwrap_err();
        assert!(matches!(shown, ConsentError::Terms(TermsError::Answered { found: Decided::Given, .. })));
        let given = grants(&home).give(&question(1), 10, &mut commit).unwrap_err();
        assert!(matches!(given, ConsentError::Terms(TermsError::Unanswered(_))));
        let by_operator = Draft { act: OPERATOR, ..draft(1) };
        let given = grants(&home).give(&by_operator, 10, &mut commit).unwrap_err();
        assert!(matches!(given, ConsentError::Transition(TransitionError::NotTheirs { .. })));
        assert!(commit.puts.is_empty());
    }

    #[test]
    fn narrowing_takes_effect_and_widening_does_not() {
        let home = Home::new();
        let id = give(&home, 1, 10).id();
        let few = FieldSet::NONE.with(0).with(4);
        let narrower = CategoryScope {
            period: Period::parse("2011-03..2011-06").unwrap(),
            fields: few,
            grain: Grain::Rounded,
            holders: Holders::Only(["A".to_owned()].into()),
            ..bank_2011()
        };
        let grant = change(&home, id, Change::Narrowed { scope: scope_of([narrower.clone()]) }, 20);
        assert_eq!(grant.recorded, GrantState::Given);
        assert_eq!(grants(&home).get(id).unwrap().scope_at(20), scope_of([narrower.clone()]));
        assert_eq!(grant.items[1].decision, Decision::Refused);
        let wider = [
            CategoryScope { period: bank_2011().period, ..narrower.clone() },
            CategoryScope { fields: few.with(9), ..narrower.clone() },
            CategoryScope { grain: Grain::Raw, ..narrower.clone() },
            CategoryScope { holders: Holders::Any, ..narrower },
            energy_daily(),
        ];
        for scope in wider {
            let error = refused(&home, id, Change::Narrowed { scope: scope_of([scope]) }, 30);
            assert!(matches!(error, ConsentError::Widening(_)), "{error}");
        }
        assert_eq!(grants(&home).get(id).unwrap(), grant);
    }

    /// A draft of every category with all fields. Each category has this number of holders, whose names end
    /// in `name`, and `without` excluded rows.
    fn everything(holders: usize, name: &str, without: usize) -> Draft {
        let given = |category: &Category| {
            let names = (0..holders).map(|i| format!("{i:0>2}{name}")).collect();
            let row = |n| RowId { import: u64::MAX, position: Position::unpacked(i64::MAX - n) };
            let excluded = (0..without).map(|n| row(i64::try_from(n).unwrap())).collect();
            let holders = Holders::Only(names);
            let scope = CategoryScope { holders, excluded, ..CategoryScope::all(*category) };
            Item::given(Necessity::Required, scope)
        };
        Draft { items: Category::ALL.iter().map(given).collect(), ..draft(1) }
    }

    #[test]
    fn every_category_with_all_fields_and_many_holders_is_kept() {
        // The longest holder names a scope may have, in characters that take six bytes in JSON.
        let longest = "\u{1}".repeat(crate::faults::MAX_HOLDER_NAME - 2);
        let most = (crate::faults::MAX_HOLDERS, longest.as_str(), crate::faults::MAX_EXCLUDED);
        for (holders, name, without) in [(1, "EDF", 0), most] {
            let home = Home::new();
            let given =
                home.logged(|commit| grants(&home).give(&everything(holders, name, without), 10, commit));
            assert_eq!(given.scope_at(10).len(), Category::ALL.len());
            assert_eq!(grants(&home).get(given.id()).unwrap(), given);
            let narrower = given.scope_at(10).into_iter().take(13).collect();
            let change = Change::Narrowed { scope: narrower };
            let narrow = |commit: &mut Commit| grants(&home).change(given.id(), change, PERSON, 20, commit);
            let narrowed = home.logged(narrow);
            let live = grants(&home).live_for("budget", component(1), 30).unwrap();
            assert_eq!(live.as_ref(), Some(&narrowed));
            assert_eq!(grants(&home).list().unwrap(), [narrowed], "a part is no grant");
            // A change in a part is detected like any other.
            let key = [&keys::grant_parts(ALICE, given.id())[..], &0_u64.to_be_bytes(), b"/\0\0"].concat();
            let mut bad = home.value(&key);
            *bad.last_mut().unwrap() ^= 1;
            home.overwrite(&key, Some(bad));
            let error = grants(&home).live_for("budget", component(1), 30).unwrap_err();
            let changed = Broken { log: Log::Grant, seq: 0, fault: Fault::Changed };
            assert!(matches!(error, ConsentError::Broken(b) if b == changed), "{error}");
        }
    }

    #[test]
    fn a_sealed_event_that_is_moved_to_another_person_or_grant_does_not_open() {
        let home = Home::new();
        let id = give(&home, 1, 10).id();
        let mine = grants(&home).chain(id);
        let bob = OpenSealer(BOB);
        let theirs = Grants::new(&home.store, &bob, BOB);
        let stolen = [
            (mine.key(0), theirs.chain(id).key(0)),
            (mine.head.clone(), theirs.chain(id).head),
            (keys::grant_app(ALICE, "budget"), keys::grant_app(BOB, "budget")),
        ];
        for (from, to) in &stolen {
            home.overwrite_of(BOB, to, Some(home.value(from)));
        }
        let error = theirs.get(id).unwrap_err();
        let changed = Broken { log: Log::Grant, seq: 0, fault: Fault::Changed };
        assert!(matches!(error, ConsentError::Broken(b) if b == changed), "{error}");
        assert!(theirs.live_for("budget", component(1), 10).is_err());
        assert!(theirs.list().is_err());

        let other = GrantId::new(11);
        home.overwrite(&grants(&home).chain(other).key(0), Some(home.value(&mine.key(0))));
        assert!(matches!(grants(&home).get(other), Err(ConsentError::Broken(b)) if b == changed));
    }

    #[test]
    fn a_withdrawal_cannot_be_taken_out_of_the_record() {
        let home = Home::new();
        let id = give(&home, 1, 10).id();
        change(&home, id, Change::Paused, 20);
        change(&home, id, Change::Withdrawn, 30);
        let chain = grants(&home).chain(id);
        let broken = |seq, fault| {
            let expected = Broken { log: Log::Grant, seq, fault };
            for error in [
                grants(&home).get(id).unwrap_err(),
                grants(&home).live_for("budget", component(1), 40).unwrap_err(),
            ] {
                assert!(matches!(error, ConsentError::Broken(b) if b == expected), "{error}");
            }
        };
        let last = home.value(&chain.key(2));
        home.overwrite(&chain.key(2), None);
        broken(2, Fault::Cut { length: 3 });
        home.overwrite(&chain.key(2), Some(last));
        home.overwrite(&chain.key(1), None);
        broken(1, Fault::Missing);
    }

    #[test]
    fn what_another_app_was_given_is_another_grant() {
        let home = Home::new();
        let first = give(&home, 1, 10);
        let mut other = draft(1);
        other.app.id = "energy".into();
        let second = home.commit(|commit| grants(&home).give(&other, 10, commit));
        assert_eq!(grants(&home).get(first.id()).unwrap().recorded, GrantState::Given);
        assert_ne!(first.terms.person, second.terms.person);
        assert_eq!(grants(&home).list().unwrap().len(), 2);
        assert!(matches!(grants(&home).get(GrantId::new(5)), Err(ConsentError::NoSuchGrant(_))));
    }

    #[test]
    fn a_receipts_reference_tells_the_event_and_the_scope() {
        let home = Home::new();
        let grant = give(&home, 1, 10);
        let before = grant.reference(10).unwrap();
        let scope = scope_of([bank_2011()]);
        let after = change(&home, grant.id(), Change::Narrowed { scope: scope.clone() }, 20);
        let after = after.reference(20).unwrap();
        assert_eq!((before.event, after.event), (0, 1));
        assert_ne!(before.scope, after.scope);
        assert_eq!(after.scope, crate::grant::scope_digest(&scope).unwrap());
    }
}
