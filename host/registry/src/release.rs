//! Versions of apps, their states, and who may change them.

use crate::key::PublicKey;
use crate::signature::Succession;
use mesinfos_model::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;

/// State of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its author's alone.
    Draft,
    /// Waits for a review.
    Submitted,
    /// People may install it.
    Published,
    /// Stopped by an operator, who may let it go on.
    Suspended,
    /// Withdrawn for good.
    Yanked,
}

impl State {
    /// Every state.
    pub const ALL: [State; 5] =
        [State::Draft, State::Submitted, State::Published, State::Suspended, State::Yanked];

    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Published => "published",
            State::Suspended => "suspended",
            State::Yanked => "yanked",
        }
    }

    /// Whether a version in this state runs for nobody.
    pub fn is_blocked(self) -> bool {
        matches!(self, State::Suspended | State::Yanked)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Role in which somebody changes a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Its author.
    Developer,
    /// The operator of the instance.
    Operator,
}

impl Role {
    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            Role::Developer => "developer",
            Role::Operator => "operator",
        }
    }
}

/// A change of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The author uploads it.
    Uploaded,
    /// The author asks for a review.
    Submitted,
    /// The author takes it back before it was published.
    TakenBack,
    /// An operator gives it back to its author, with what to change.
    Returned,
    /// An operator publishes it.
    Published,
    /// An operator installs it without a review, on their own instance.
    Installed,
    /// An operator stops it.
    Suspended,
    /// An operator lets it go on.
    Resumed,
    /// Its author or an operator withdraws it for good.
    Yanked,
    /// An operator uninstalls it.
    Uninstalled,
    /// The id passes to the key that the key before named.
    KeyChanged,
}

impl Change {
    /// Every change.
    pub const ALL: [Change; 11] = [
        Change::Uploaded,
        Change::Submitted,
        Change::TakenBack,
        Change::Returned,
        Change::Published,
        Change::Installed,
        Change::Suspended,
        Change::Resumed,
        Change::Yanked,
        Change::Uninstalled,
        Change::KeyChanged,
    ];

    /// Stable word.
    pub fn id(self) -> &'static str {
        match self {
            Change::Uploaded => "uploaded",
            Change::Submitted => "submitted",
            Change::TakenBack => "taken-back",
            Change::Returned => "returned",
            Change::Published => "published",
            Change::Installed => "installed",
            Change::Suspended => "suspended",
            Change::Resumed => "resumed",
            Change::Yanked => "yanked",
            Change::Uninstalled => "uninstalled",
            Change::KeyChanged => "key-changed",
        }
    }

    /// Whether somebody in this role may make the change.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Change::Uploaded | Change::Submitted | Change::TakenBack => role == Role::Developer,
            Change::Returned
            | Change::Published
            | Change::Installed
            | Change::Suspended
            | Change::Resumed
            | Change::Uninstalled => role == Role::Operator,
            Change::Yanked => true,
            Change::KeyChanged => false,
        }
    }

    /// Whether people are told why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Change::Returned | Change::Suspended | Change::Yanked)
    }

    /// State of a version after the change; `None` if it is not possible in this state.
    pub fn after(self, state: State) -> Option<State> {
        match (self, state) {
            (Change::Submitted, State::Draft) => Some(State::Submitted),
            (Change::TakenBack | Change::Returned, State::Submitted) => Some(State::Draft),
            (Change::Published, State::Submitted) => Some(State::Published),
            (Change::Installed, State::Draft | State::Submitted | State::Published) => Some(State::Published),
            (Change::Suspended, State::Published) => Some(State::Suspended),
            (Change::Resumed, State::Suspended) => Some(State::Published),
            (Change::Yanked, State::Published | State::Suspended) => Some(State::Yanked),
            _ => None,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// To whom an app belongs: an account, a token, or the operator. An opaque text for this crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Owner(String);

impl Owner {
    /// Longest text of an owner.
    const LONGEST: usize = 80;

    /// The owner with this text: letters, digits, `-` and `:`.
    pub fn new(text: &str) -> Option<Owner> {
        let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b':');
        (is_plain && (1..=Owner::LONGEST).contains(&text.len())).then(|| Owner(text.to_owned()))
    }

    /// The operator of the instance.
    pub fn operator() -> Owner {
        Owner("operator".to_owned())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who makes a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// In which role.
    pub role: Role,
    /// Who.
    pub who: Owner,
}

impl By {
    /// The operator of the machine.
    pub fn operator() -> By {
        By { role: Role::Operator, who: Owner::operator() }
    }

    /// A developer.
    pub fn developer(who: Owner) -> By {
        By { role: Role::Developer, who }
    }
}

/// A version number: three numbers.
pub type Number = (u32, u32, u32);

/// The number of a version, as written in a manifest.
pub fn number(version: &str) -> Option<Number> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    let number = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(number)
}

/// What a component says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Id of the app.
    pub app: String,
    /// Version number.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Name of the publisher.
    pub publisher: String,
    /// Key that signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKey>,
    /// The key before, which named that key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succession: Option<Succession>,
    /// Size in bytes.
    pub size: u64,
    /// Whether it gives a view, or says why not, whatever optional categories are refused.
    #[serde(default)]
    pub works_refused: bool,
}

/// A version of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it is.
    #[serde(flatten)]
    pub release: Release,
    /// To whom it belongs.
    pub owner: Owner,
    /// Its number among the versions of the app; `None` for a draft.
    pub seq: Option<u64>,
    /// Its state.
    pub state: State,
    /// Since when, in UTC seconds.
    pub since: i64,
    /// Reason of the last change, if it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Number of events so far.
    pub events: u64,
}

/// What happened to a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, in UTC seconds.
    pub at: i64,
    /// What.
    pub change: Change,
    /// Who.
    pub by: By,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An app: to whom its id belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Its id.
    pub id: String,
    /// Key to which the id belongs; `None` while no version was signed.
    pub key: Option<PublicKey>,
    /// Account that may send versions.
    pub owner: Owner,
    /// When the id was first used, in UTC seconds.
    pub at: i64,
    /// Number of the next version.
    pub next: u64,
    /// Number of its versions that are no drafts.
    pub versions: u64,
    /// Highest version number that was published.
    pub highest: Option<Number>,
}

/// An entry of the log: public, for ever. It names no account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Version of this format.
    pub format: u32,
    /// When, in UTC seconds.
    pub at: i64,
    /// What happened.
    pub change: Change,
    /// By whom.
    pub by: Role,
    /// Id of the app.
    pub app: String,
    /// Version number.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Name of the publisher.
    pub publisher: String,
    /// Key that signed the component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKey>,
    /// Where the id passes to that key: the key before, and its signature that names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succession: Option<Succession>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_left_by_the_changes_of_its_row_only() {
        let rows: [(State, &[Change]); 5] = [
            (State::Draft, &[Change::Submitted, Change::Installed]),
            (State::Submitted, &[Change::TakenBack, Change::Returned, Change::Published, Change::Installed]),
            (State::Published, &[Change::Installed, Change::Suspended, Change::Yanked]),
            (State::Suspended, &[Change::Resumed, Change::Yanked]),
            (State::Yanked, &[]),
        ];
        for (state, allowed) in rows {
            for change in Change::ALL {
                assert_eq!(change.after(state).is_some(), allowed.contains(&change), "{state} {change}");
            }
        }
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert!(number("0.10.0") > number("0.9.9"));
        for not in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.-3", "1.2.4294967296"] {
            assert_eq!(number(not), None, "{not}");
        }
    }

    #[test]
    fn an_owner_is_a_plain_text() {
        assert!(Owner::new("account:0123").is_some());
        for not in ["", "a/b", "a b", "é", &"a".repeat(81)] {
            assert_eq!(Owner::new(not), None, "{not}");
        }
    }
}
