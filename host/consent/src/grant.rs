//! A grant: the fold of what happened to it.

use crate::error::{ConsentError, Result};
use crate::faults::{RecordKind, TermsError};
use crate::id::GrantId;
use crate::items::{Decision, Item, check_given, narrowed};
use crate::state::{EventKind, State};
use crate::terms::{Act, App, Terms, Validity};
use crate::text::Sentence;
use mesinfos_model::{Digest, Scope};
use mesinfos_records::{Link, json, sha};
use serde::{Deserialize, Serialize};

/// What happens to a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// The person is asked.
    Shown {
        /// What for: each item open. The same again if she is asked again.
        items: Vec<Item>,
    },
    /// She closes the question.
    Deferred,
    /// She says no.
    Refused,
    /// She says yes.
    Given {
        /// What she decides of each category; of a question, see [`Grant::answer`].
        items: Vec<Item>,
        /// Until when, UTC seconds, excluded; none is until she withdraws.
        until: Option<i64>,
    },
    /// She switches it off.
    Paused,
    /// She switches it on again.
    Resumed,
    /// She says yes again to what she gave.
    Renewed {
        /// Until when, UTC seconds, excluded; none is until she withdraws.
        until: Option<i64>,
    },
    /// She takes some of it back.
    Narrowed {
        /// What is left. A category that is not in it is refused from now on.
        scope: Scope,
    },
    /// Its time is over.
    Expired,
    /// She takes it back.
    Withdrawn,
    /// Somebody else ends it.
    Revoked {
        /// Why.
        reason: Sentence,
    },
    /// It is found to have been got by misleading.
    Invalidated {
        /// Why.
        reason: Sentence,
    },
    /// A newer record takes its place.
    Superseded {
        /// Which.
        by: GrantId,
    },
}

impl Change {
    /// What kind of event it is.
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
    /// Which of the grant's events, counted from 0.
    pub seq: u64,
    /// When, in UTC seconds.
    pub at: i64,
    /// Who did it, and where.
    pub act: Act,
    /// What happened.
    pub change: Change,
    /// Hash of the event before.
    pub prev: Digest,
    /// Hash of this one.
    pub hash: Digest,
}

/// What is stored of an event; the hashes stand beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) at: i64,
    pub(crate) act: Act,
    pub(crate) change: Change,
    /// With the first event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terms: Option<Terms>,
}

/// What a receipt keeps of the grant under which a run happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRef {
    /// Which grant.
    pub id: GrantId,
    /// The newest of its events at that time.
    pub event: u64,
    /// [`scope_digest`] of what it gave.
    pub scope: Digest,
}

/// A grant as its events made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// What never changes.
    pub terms: Terms,
    /// What the person says of each category, as it is now.
    pub items: Vec<Item>,
    /// When it holds; none while it was not given.
    pub validity: Option<Validity>,
    /// The state that the last event led to. Time goes on after it: see [`Grant::state_at`].
    pub recorded: State,
    /// Everything that happened, the oldest first; never empty.
    pub events: Vec<GrantEvent>,
}

/// What an event makes of a grant.
struct After {
    state: State,
    items: Vec<Item>,
    validity: Option<Validity>,
}

/// SHA-256 of a scope, over its JSON.
///
/// # Errors
/// [`ConsentError::Unreadable`] if it is no JSON, which no scope is known to bring about.
pub fn scope_digest(scope: &Scope) -> Result<Digest> {
    Ok(sha::digest("mesinfos/scope/1", &[&json(RecordKind::Scope, scope)?]))
}

/// Checks the first event of a grant.
fn begin(body: &Body) -> Result<After> {
    let kind = body.change.kind();
    kind.by(body.act.actor)?;
    let state = State::opening(kind)?;
    match &body.change {
        Change::Given { items, until } => {
            check_given(items)?;
            let validity = Some(Validity::new(body.at, *until)?);
            Ok(After { state, items: items.clone(), validity })
        }
        Change::Shown { items } => Ok(After { state, items: items.clone(), validity: None }),
        // `State::opening` lets no other through.
        _ => Err(TermsError::NotTheQuestion.into()),
    }
}

impl Grant {
    /// Its id.
    pub fn id(&self) -> GrantId {
        self.terms.id
    }

    /// Whom it is given to.
    pub fn app(&self) -> &App {
        &self.terms.app
    }

    /// Its newest event.
    pub fn newest(&self) -> Option<&GrantEvent> {
        self.events.last()
    }

    /// The state at `now` (UTC seconds): expired as soon as its time is over, whether or not that
    /// was recorded yet.
    pub fn state_at(&self, now: i64) -> State {
        let over = self.validity.and_then(|v| v.until).is_some_and(|until| until <= now);
        if over && self.recorded.is_granted() { State::Expired } else { self.recorded }
    }

    /// What it lets an app see at `now` (UTC seconds); nothing unless it runs then.
    pub fn scope_at(&self, now: i64) -> Scope {
        if !self.state_at(now).runs() {
            return Scope::new();
        }
        self.given()
    }

    /// What was given, whether the grant is switched on or not.
    pub fn given(&self) -> Scope {
        let given = self.items.iter().filter_map(|item| match &item.decision {
            Decision::Given(scope) => Some((item.category, scope.clone())),
            _ => None,
        });
        given.collect()
    }

    /// The number of the newest of its events.
    pub fn last_event(&self) -> u64 {
        self.newest().map_or(0, |event| event.seq)
    }

    /// What a receipt of a run at `now` says of this grant.
    ///
    /// # Errors
    /// As [`scope_digest`].
    pub fn reference(&self, now: i64) -> Result<GrantRef> {
        Ok(GrantRef { id: self.id(), event: self.last_event(), scope: scope_digest(&self.scope_at(now))? })
    }

    /// The items of an answer to a question that was shown: this scope given, every other category
    /// refused.
    ///
    /// # Errors
    /// [`ConsentError::Widening`] if she was not asked for some of it, [`ConsentError::Terms`] if
    /// it does not hold together.
    pub fn answer(&self, scope: &Scope) -> Result<Vec<Item>> {
        narrowed(&self.items, scope)
    }

    /// What an event would make of this grant.
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

    /// Checks that an event can happen to a grant, or begin one.
    pub(crate) fn check(before: Option<&Grant>, body: &Body) -> Result<()> {
        before.map_or_else(|| begin(body), |grant| grant.after(body)).map(drop)
    }

    /// The grant after its next event, or the one that an event begins. What is read from the
    /// store goes through the same checks as what is written.
    pub(crate) fn push(before: Option<Grant>, body: Body, link: &Link) -> Result<Grant> {
        let (After { state, items, validity }, terms, mut events) = match before {
            Some(grant) => (grant.after(&body)?, grant.terms, grant.events),
            None => {
                let after = begin(&body)?;
                let terms = body.terms.ok_or_else(|| ConsentError::Unreadable {
                    what: RecordKind::Grant,
                    why: "its first event holds no terms".to_owned(),
                })?;
                (after, terms, Vec::new())
            }
        };
        let Body { at, act, change, .. } = body;
        events.push(GrantEvent { seq: link.seq, at, act, change, prev: link.prev, hash: link.hash });
        Ok(Grant { terms, items, validity, recorded: state, events })
    }
}
