//! A grant: the fold of its events.

use crate::bounded_text::Sentence;
use crate::error::{ConsentError, Result};
use crate::faults::{RecordKind, TermsError};
use crate::grant_items::{Decision, Item, check_given, narrowed};
use crate::id::GrantId;
use crate::state::{EventKind, GrantState};
use crate::terms::{Act, AppVersion, Terms, Validity};
use mesinfos_model::{Digest, Scope};
use mesinfos_records::{Link, json, sha};
use serde::{Deserialize, Serialize};

/// A change of a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// The person is shown the question.
    Shown {
        /// One open item per category; the same ones if the question is shown again.
        items: Vec<Item>,
    },
    /// The person closes the question without an answer.
    Deferred,
    /// The person refuses.
    Refused,
    /// The person gives the grant.
    Given {
        /// The decision for each category; for a question, see [`Grant::answer`].
        items: Vec<Item>,
        /// End in UTC seconds, exclusive; `None` until withdrawal.
        until: Option<i64>,
    },
    /// The person pauses the grant.
    Paused,
    /// The person resumes a paused grant.
    Resumed,
    /// The person gives the same grant again, for longer.
    Renewed {
        /// End in UTC seconds, exclusive; `None` until withdrawal.
        until: Option<i64>,
    },
    /// The person takes back a part of the grant.
    Narrowed {
        /// The remaining scope. A category that is not in it is refused from now on.
        scope: Scope,
    },
    /// The grant reaches its end.
    Expired,
    /// The person withdraws the grant.
    Withdrawn,
    /// Somebody other than the person ends the grant.
    Revoked {
        /// Reason, as shown to the person.
        reason: Sentence,
    },
    /// The grant turns out to have been obtained by a misleading notice or binary.
    Invalidated {
        /// Reason, as shown to the person.
        reason: Sentence,
    },
    /// A newer record replaces it.
    Superseded {
        /// Id of the newer record.
        by: GrantId,
    },
}

impl Change {
    /// Kind of the event for this change.
    pub fn kind(&self) -> EventKind {
        match self {
            Change::Shown { .. } => EventKind::Shown,
            Change::Deferred => EventKind::Deferred,
            Change::Refused => EventKind::Refused,
            Change::Given { .. } => EventKind::Given,
            Change::Paused => EventKind::Paused,
            Change::Resumed => EventKind::Resumed,
            Change::Renewed { .. } => EventKind::Renewed,
            Change::Narrowed { .. } => EventKind::Narrowed,
            Change::Expired => EventKind::Expired,
            Change::Withdrawn => EventKind::Withdrawn,
            Change::Revoked { .. } => EventKind::Revoked,
            Change::Invalidated { .. } => EventKind::Invalidated,
            Change::Superseded { .. } => EventKind::Superseded,
        }
    }
}

/// One event of a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrantEvent {
    /// Sequence number within the grant, from 0.
    pub seq: u64,
    /// Time in UTC seconds.
    pub at: i64,
    /// Actor and channel.
    pub act: Act,
    /// The change.
    pub change: Change,
    /// Hash of the previous event.
    pub prev: Digest,
    /// Hash of this event.
    pub hash: Digest,
}

/// The stored body of an event; the hashes are stored beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) at: i64,
    pub(crate) act: Act,
    pub(crate) change: Change,
    /// Present in the first event only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terms: Option<Terms>,
}

/// Reference to the grant of a run, kept in its receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRef {
    /// Id of the grant.
    pub id: GrantId,
    /// Number of its newest event at that time.
    pub event: u64,
    /// [`scope_digest`] of its scope at that time.
    pub scope: Digest,
}

/// A grant in the state after its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// Terms, which never change.
    pub terms: Terms,
    /// Current decision for each category.
    pub items: Vec<Item>,
    /// Time during which the grant is in force; `None` until it is given.
    pub validity: Option<Validity>,
    /// The state after the last event. Expiry may have changed it since: see [`Grant::state_at`].
    pub recorded: GrantState,
    /// All events, oldest first; never empty.
    pub events: Vec<GrantEvent>,
}

/// The parts of a grant that an event changes.
struct After {
    state: GrantState,
    items: Vec<Item>,
    validity: Option<Validity>,
}

/// SHA-256 of a scope, over its JSON.
///
/// # Errors
/// [`ConsentError::Unreadable`] if it cannot be serialised; no scope is known to cause this.
pub fn scope_digest(scope: &Scope) -> Result<Digest> {
    Ok(sha::digest("mesinfos/scope/1", &[&json(RecordKind::Scope, scope)?]))
}

/// Checks the first event of a grant.
fn begin(body: &Body) -> Result<After> {
    let kind = body.change.kind();
    kind.by(body.act.actor)?;
    let state = GrantState::opening(kind)?;
    match &body.change {
        Change::Given { items, until } => {
            check_given(items)?;
            let validity = Some(Validity::new(body.at, *until)?);
            Ok(After { state, items: items.clone(), validity })
        }
        Change::Shown { items } => Ok(After { state, items: items.clone(), validity: None }),
        // `GrantState::opening` allows no other event.
        _ => Err(TermsError::NotTheQuestion.into()),
    }
}

impl Grant {
    /// Id of the grant.
    pub fn id(&self) -> GrantId {
        self.terms.id
    }

    /// The app version it is given to.
    pub fn app(&self) -> &AppVersion {
        &self.terms.app
    }

    /// The newest event.
    pub fn newest(&self) -> Option<&GrantEvent> {
        self.events.last()
    }

    /// The state at `now` (UTC seconds). A grant is expired from its end on, even if no event records that
    /// yet.
    pub fn state_at(&self, now: i64) -> GrantState {
        let over = self.validity.and_then(|v| v.until).is_some_and(|until| until <= now);
        if over && self.recorded.is_granted() { GrantState::Expired } else { self.recorded }
    }

    /// The scope of the app at `now` (UTC seconds); empty unless the grant is in force then.
    pub fn scope_at(&self, now: i64) -> Scope {
        if !self.state_at(now).runs() {
            return Scope::new();
        }
        self.given()
    }

    /// The scope given, in any state of the grant.
    pub fn given(&self) -> Scope {
        let given = self.items.iter().filter_map(|item| match &item.decision {
            Decision::Given(scope) => Some((item.category, scope.clone())),
            _ => None,
        });
        given.collect()
    }

    /// Number of the newest event; 0 if there is none.
    pub fn last_event(&self) -> u64 {
        self.newest().map_or(0, |event| event.seq)
    }

    /// Reference to this grant for the receipt of a run at `now` (UTC seconds).
    ///
    /// # Errors
    /// As [`scope_digest`].
    pub fn reference(&self, now: i64) -> Result<GrantRef> {
        Ok(GrantRef { id: self.id(), event: self.last_event(), scope: scope_digest(&self.scope_at(now))? })
    }

    /// The items of an answer to a question: `scope` is given, every other category refused.
    ///
    /// # Errors
    /// [`ConsentError::Widening`] if `scope` exceeds the question, [`ConsentError::Terms`] if it is invalid.
    pub fn answer(&self, scope: &Scope) -> Result<Vec<Item>> {
        narrowed(&self.items, scope)
    }

    /// Computes the effect of an event on this grant.
    fn after(&self, body: &Body) -> Result<After> {
        let kind = body.change.kind();
        kind.by(body.act.actor)?;
        let state = self.recorded.after(kind)?;
        let (mut items, mut validity) = (self.items.clone(), self.validity);
        match &body.change {
            Change::Shown { items } if *items != self.items => {
                return Err(TermsError::NotTheQuestion.into());
            }
            Change::Given { items: answer, until } => {
                check_given(answer)?;
                let scopes = answer.iter().filter_map(Item::scope);
                let scope = scopes.map(|scope| (scope.category, scope.clone())).collect();
                items = narrowed(&self.items, &scope)?;
                if items != *answer {
                    return Err(TermsError::NotTheQuestion.into());
                }
                validity = Some(Validity::new(body.at, *until)?);
            }
            Change::Narrowed { scope } => items = narrowed(&self.items, scope)?,
            Change::Renewed { until } => validity = Some(Validity::new(body.at, *until)?),
            _ => {}
        }
        Ok(After { state, items, validity })
    }

    /// Checks that an event may follow `before`, or begin a grant if that is `None`.
    pub(crate) fn check(before: Option<&Grant>, body: &Body) -> Result<()> {
        before.map_or_else(|| begin(body), |grant| grant.after(body)).map(drop)
    }

    /// The grant `before` with its next event added, or the grant that the event begins. Events read from the
    /// store pass the same checks as new ones.
    pub(crate) fn push(before: Option<Grant>, body: Body, link: &Link) -> Result<Grant> {
        let (After { state, items, validity }, terms, mut events) = match before {
            Some(grant) => (grant.after(&body)?, grant.terms, grant.events),
            None => {
                let after = begin(&body)?;
                let terms = body.terms.ok_or_else(|| ConsentError::Unreadable {
                    what: RecordKind::Grant,
                    why: "its first event has no terms".to_owned(),
                })?;
                (after, terms, Vec::new())
            }
        };
        let Body { at, act, change, .. } = body;
        events.push(GrantEvent { seq: link.seq, at, act, change, prev: link.prev, hash: link.hash });
        Ok(Grant { terms, items, validity, recorded: state, events })
    }
}
