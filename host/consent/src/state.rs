//! The states of a grant, and the transitions between them.
//!
//! The names are those of the consent states of the Data Privacy Vocabulary (DPV 2, module "consent status"),
//! which ISO/IEC TS 27560:2023 records use. `paused` and `superseded` are not in DPV.

use serde::{Deserialize, Serialize};
use std::fmt;

/// State of a grant. Only [`GrantState::Given`] and [`GrantState::Renewed`] let an app run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantState {
    /// The person was asked and has not answered. `dpv:ConsentRequested`
    Shown,
    /// The person closed the question without an answer. `dpv:ConsentRequestDeferred`
    Deferred,
    /// The person refused. `dpv:ConsentRefused`
    Refused,
    /// The person gave the grant. `dpv:ConsentGiven`
    Given,
    /// The person switched it off for a while. Not in DPV: the record stays, and no app runs under it.
    Paused,
    /// The person gave it again, for longer. `dpv:RenewedConsentGiven`
    Renewed,
    /// Its end has passed. `dpv:ConsentExpired`
    Expired,
    /// The person took it back. `dpv:ConsentWithdrawn`
    Withdrawn,
    /// Somebody other than the person ended it: the app is gone, or a holder left. `dpv:ConsentRevoked`
    Revoked,
    /// It was obtained by a misleading notice or binary: past runs are in doubt too. `dpv:ConsentInvalidated`
    Invalidated,
    /// A newer record replaced it. Not in DPV.
    Superseded,
}

/// Kind of an event of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The person is shown the question.
    Shown,
    /// The person closes the question.
    Deferred,
    /// The person refuses.
    Refused,
    /// The person gives the grant.
    Given,
    /// The person pauses it.
    Paused,
    /// The person resumes it.
    Resumed,
    /// The person gives it again, for longer.
    Renewed,
    /// The person takes back a part of it.
    Narrowed,
    /// It reaches its end.
    Expired,
    /// The person withdraws it.
    Withdrawn,
    /// Somebody other than the person ends it.
    Revoked,
    /// It turns out to have been obtained by misleading the person.
    Invalidated,
    /// A newer record replaces it.
    Superseded,
}

impl EventKind {
    /// Whether the event narrows, pauses or closes a grant or a question.
    pub(crate) fn is_ending(self) -> bool {
        match self {
            EventKind::Deferred
            | EventKind::Refused
            | EventKind::Paused
            | EventKind::Narrowed
            | EventKind::Expired
            | EventKind::Withdrawn
            | EventKind::Revoked
            | EventKind::Invalidated
            | EventKind::Superseded => true,
            EventKind::Shown | EventKind::Given | EventKind::Resumed | EventKind::Renewed => false,
        }
    }
}

/// The actor of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The person whose data it is.
    Person,
    /// The platform, applying a rule: expiry, or a newer record.
    Platform,
    /// The operator of the platform.
    Operator,
    /// The publisher of the app.
    Publisher,
    /// A data holder.
    Holder,
}

/// A transition that is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransitionError {
    /// Not allowed in this state.
    #[error("a grant that is {state} cannot be {event}{}", advice(*.state, *.event))]
    Impossible {
        /// Current state.
        state: GrantState,
        /// Kind of the event.
        event: EventKind,
    },
    /// No record can begin with this event.
    #[error("a grant begins by being shown or given, not {event}")]
    NotAnOpening {
        /// Kind of the event.
        event: EventKind,
    },
    /// Not allowed for this actor.
    #[error("\"{event}\" cannot be done by the {actor}: {}", if event.is_the_persons() {
        "only the person can"
    } else {
        "the person can withdraw the grant instead"
    })]
    NotTheirs {
        /// Kind of the event.
        event: EventKind,
        /// The actor.
        actor: Actor,
    },
}

fn advice(state: GrantState, event: EventKind) -> &'static str {
    match (state, event) {
        (GrantState::Deferred, EventKind::Given) => ": show the question again first",
        (GrantState::Paused, EventKind::Renewed) => ": resume it first",
        (_, EventKind::Given | EventKind::Resumed | EventKind::Renewed) => ": ask for a new one instead",
        _ => "",
    }
}

impl GrantState {
    /// Every state.
    pub const ALL: &'static [GrantState] = &[
        GrantState::Shown,
        GrantState::Deferred,
        GrantState::Refused,
        GrantState::Given,
        GrantState::Paused,
        GrantState::Renewed,
        GrantState::Expired,
        GrantState::Withdrawn,
        GrantState::Revoked,
        GrantState::Invalidated,
        GrantState::Superseded,
    ];

    /// The state of a record that begins with this event.
    ///
    /// # Errors
    /// [`TransitionError::NotAnOpening`] for every event but `shown` and `given`.
    pub fn opening(event: EventKind) -> Result<GrantState, TransitionError> {
        match event {
            EventKind::Shown => Ok(GrantState::Shown),
            EventKind::Given => Ok(GrantState::Given),
            event => Err(TransitionError::NotAnOpening { event }),
        }
    }

    /// The state after an event. `given` is reached only from `shown` and, by resuming, from `paused`; a
    /// grant that was renewed and then paused is `given` when it is resumed.
    ///
    /// # Errors
    /// [`TransitionError::Impossible`] if the event cannot happen in this state.
    pub fn after(self, event: EventKind) -> Result<GrantState, TransitionError> {
        use EventKind as E;
        use GrantState as S;
        Ok(match (self, event) {
            (S::Deferred, E::Shown) => S::Shown,
            (S::Shown, E::Deferred) => S::Deferred,
            (S::Shown | S::Deferred, E::Refused) => S::Refused,
            (S::Shown, E::Given) | (S::Paused, E::Resumed) => S::Given,
            (S::Given | S::Renewed, E::Paused) => S::Paused,
            (S::Given | S::Renewed | S::Expired, E::Renewed) => S::Renewed,
            (S::Given | S::Renewed | S::Paused, E::Narrowed) => self,
            (S::Given | S::Renewed | S::Paused, E::Expired) => S::Expired,
            (S::Given | S::Renewed | S::Paused | S::Expired, E::Withdrawn) => S::Withdrawn,
            (state, E::Revoked) if state.is_open() => S::Revoked,
            (state, E::Superseded) if state.is_open() => S::Superseded,
            // Allowed after the end too, because it concerns past runs.
            (state, E::Invalidated) if !matches!(state, S::Refused | S::Invalidated) => S::Invalidated,
            (state, event) => return Err(TransitionError::Impossible { state, event }),
        })
    }

    /// Whether an app may run in this state.
    pub fn runs(self) -> bool {
        matches!(self, GrantState::Given | GrantState::Renewed)
    }

    /// Whether the person was asked and may still answer.
    pub fn is_asked(self) -> bool {
        matches!(self, GrantState::Shown | GrantState::Deferred)
    }

    /// Whether the grant is in force or can be again. An app has at most one such grant.
    pub fn is_granted(self) -> bool {
        self.runs() || matches!(self, GrantState::Paused | GrantState::Expired)
    }

    fn is_open(self) -> bool {
        self.is_asked() || self.is_granted()
    }

    /// IRI of the DPV concept; `None` for `paused` and `superseded`, which are not in DPV.
    pub fn dpv(self) -> Option<&'static str> {
        Some(match self {
            GrantState::Shown => "https://w3id.org/dpv#ConsentRequested",
            GrantState::Deferred => "https://w3id.org/dpv#ConsentRequestDeferred",
            GrantState::Refused => "https://w3id.org/dpv#ConsentRefused",
            GrantState::Given => "https://w3id.org/dpv#ConsentGiven",
            GrantState::Renewed => "https://w3id.org/dpv#RenewedConsentGiven",
            GrantState::Expired => "https://w3id.org/dpv#ConsentExpired",
            GrantState::Withdrawn => "https://w3id.org/dpv#ConsentWithdrawn",
            GrantState::Revoked => "https://w3id.org/dpv#ConsentRevoked",
            GrantState::Invalidated => "https://w3id.org/dpv#ConsentInvalidated",
            GrantState::Paused | GrantState::Superseded => return None,
        })
    }

    /// Identifier in commands, the API and stored records.
    pub fn id(self) -> &'static str {
        match self {
            GrantState::Shown => "shown",
            GrantState::Deferred => "deferred",
            GrantState::Refused => "refused",
            GrantState::Given => "given",
            GrantState::Paused => "paused",
            GrantState::Renewed => "renewed",
            GrantState::Expired => "expired",
            GrantState::Withdrawn => "withdrawn",
            GrantState::Revoked => "revoked",
            GrantState::Invalidated => "invalidated",
            GrantState::Superseded => "superseded",
        }
    }
}

impl EventKind {
    /// Every kind of event.
    pub const ALL: &'static [EventKind] = &[
        EventKind::Shown,
        EventKind::Deferred,
        EventKind::Refused,
        EventKind::Given,
        EventKind::Paused,
        EventKind::Resumed,
        EventKind::Renewed,
        EventKind::Narrowed,
        EventKind::Expired,
        EventKind::Withdrawn,
        EventKind::Revoked,
        EventKind::Invalidated,
        EventKind::Superseded,
    ];

    /// Whether only the person can cause the event. One exception: the operator may pause, see
    /// [`EventKind::by`].
    pub fn is_the_persons(self) -> bool {
        matches!(
            self,
            EventKind::Deferred
                | EventKind::Refused
                | EventKind::Given
                | EventKind::Paused
                | EventKind::Resumed
                | EventKind::Renewed
                | EventKind::Narrowed
                | EventKind::Withdrawn
        )
    }

    /// Checks that this actor may cause the event.
    ///
    /// # Errors
    /// [`TransitionError::NotTheirs`] if an event of the person has another actor, or if an event that others
    /// cause (`revoked`, `invalidated`) has the person as its actor.
    pub fn by(self, actor: Actor) -> Result<(), TransitionError> {
        let others = matches!(self, EventKind::Revoked | EventKind::Invalidated);
        let wrong = match (actor, self) {
            (Actor::Person, _) => others,
            // Used after a restore: a pause gives an app nothing, and only the person can end it.
            (Actor::Operator, EventKind::Paused) => false,
            _ => self.is_the_persons(),
        };
        if wrong { Err(TransitionError::NotTheirs { event: self, actor }) } else { Ok(()) }
    }

    /// Identifier in commands, the API and stored records.
    pub fn id(self) -> &'static str {
        match self {
            EventKind::Shown => "shown",
            EventKind::Deferred => "deferred",
            EventKind::Refused => "refused",
            EventKind::Given => "given",
            EventKind::Paused => "paused",
            EventKind::Resumed => "resumed",
            EventKind::Renewed => "renewed",
            EventKind::Narrowed => "narrowed",
            EventKind::Expired => "expired",
            EventKind::Withdrawn => "withdrawn",
            EventKind::Revoked => "revoked",
            EventKind::Invalidated => "invalidated",
            EventKind::Superseded => "superseded",
        }
    }
}

impl fmt::Display for GrantState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Actor::Person => "person",
            Actor::Platform => "platform",
            Actor::Operator => "operator",
            Actor::Publisher => "publisher",
            Actor::Holder => "holder",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows: states in the order of [`GrantState::ALL`]; columns: events in the order of [`EventKind::ALL`].
    /// `-`: not allowed; otherwise the first two letters of the next state.
    const TABLE: &[(&str, &str)] = &[
        //            sh de re gi pa rs rn na ex wi rv in su
        ("shown", "       -  de re gi -  -  -  -  -  -  rv in su"),
        ("deferred", "    sh -  re -  -  -  -  -  -  -  rv in su"),
        ("refused", "     -  -  -  -  -  -  -  -  -  -  -  -  - "),
        ("given", "       -  -  -  -  pa -  rn gi ex wi rv in su"),
        ("paused", "      -  -  -  -  -  gi -  pa ex wi rv in su"),
        ("renewed", "     -  -  -  -  pa -  rn rn ex wi rv in su"),
        ("expired", "     -  -  -  -  -  -  rn -  -  wi rv in su"),
        ("withdrawn", "   -  -  -  -  -  -  -  -  -  -  -  in - "),
        ("revoked", "     -  -  -  -  -  -  -  -  -  -  -  in - "),
        ("invalidated", " -  -  -  -  -  -  -  -  -  -  -  -  - "),
        ("superseded", "  -  -  -  -  -  -  -  -  -  -  -  in - "),
    ];

    fn short(state: GrantState) -> &'static str {
        match state {
            GrantState::Renewed => "rn",
            GrantState::Revoked => "rv",
            state => &state.id()[..2],
        }
    }

    #[test]
    fn every_pair_is_as_in_the_table() {
        assert_eq!(TABLE.len(), GrantState::ALL.len());
        for (&state, (name, row)) in GrantState::ALL.iter().zip(TABLE) {
            assert_eq!(state.id(), *name);
            let cells: Vec<&str> = row.split_whitespace().collect();
            assert_eq!(cells.len(), EventKind::ALL.len());
            for (&event, cell) in EventKind::ALL.iter().zip(cells) {
                let after = state.after(event);
                assert_eq!(after.map_or("-", short), cell, "{state} then {event}");
                if after.is_err() {
                    assert_eq!(after, Err(TransitionError::Impossible { state, event }));
                }
            }
        }
    }

    #[test]
    fn no_silent_path_leads_to_running() {
        for &state in GrantState::ALL.iter().filter(|state| !state.runs()) {
            for &event in EventKind::ALL {
                if state.after(event).is_ok_and(GrantState::runs) {
                    assert!(event.is_the_persons() && event != EventKind::Paused, "{state} then {event}");
                    for actor in [Actor::Platform, Actor::Operator, Actor::Publisher, Actor::Holder] {
                        assert!(event.by(actor).is_err());
                    }
                }
            }
        }
    }

    #[test]
    fn a_record_begins_with_a_question_or_an_answer() {
        for &event in EventKind::ALL {
            let opens = matches!(event, EventKind::Shown | EventKind::Given);
            assert_eq!(GrantState::opening(event).is_ok(), opens, "{event}");
        }
    }

    #[test]
    fn words_are_those_that_are_stored() {
        for state in GrantState::ALL {
            assert_eq!(serde_json::to_string(state).unwrap(), format!("\"{state}\""));
        }
        for event in EventKind::ALL {
            assert_eq!(serde_json::to_string(event).unwrap(), format!("\"{event}\""));
        }
    }

    #[test]
    fn errors_say_what_to_do() {
        let error = GrantState::Withdrawn.after(EventKind::Resumed).unwrap_err();
        let text = "a grant that is withdrawn cannot be resumed: ask for a new one instead";
        assert_eq!(error.to_string(), text);
        let error = EventKind::Given.by(Actor::Publisher).unwrap_err();
        let text = "\"given\" cannot be done by the publisher: only the person can";
        assert_eq!(error.to_string(), text);
    }
}
