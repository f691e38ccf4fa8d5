//! Versions of apps in the registry, and its log.

use mesinfos_model::Digest;
use mesinfos_platform::registry;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A version of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Release {
    /// Id of the app.
    #[schema(examples("budget"))]
    pub app: String,
    /// Version number.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Publisher, as named in the manifest.
    pub publisher: String,
    /// Public key that signed it.
    pub key: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// Its state: draft, submitted, published, suspended or yanked.
    #[schema(examples("submitted"))]
    pub state: String,
    /// Since when, in UTC seconds.
    pub since: i64,
    /// Reason of the last change, if it has one.
    pub reason: String,
    /// Whether it works whatever optional categories are refused. Known once it is submitted.
    pub works_refused: bool,
}

impl From<&registry::Version> for Release {
    fn from(version: &registry::Version) -> Release {
        let release = &version.release;
        Release {
            app: release.app.clone(),
            version: release.version.clone(),
            component: release.component,
            publisher: release.publisher.clone(),
            key: release.key.map(|key| key.to_string()),
            size: release.size,
            state: version.state.id().to_owned(),
            since: version.since,
            reason: version.reason.clone(),
            works_refused: release.works_refused,
        }
    }
}

/// What happened to a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseEvent {
    /// When, in UTC seconds.
    pub at: i64,
    /// What.
    #[schema(examples("published"))]
    pub change: String,
    /// In which role: developer or operator.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl From<&registry::Event> for ReleaseEvent {
    fn from(event: &registry::Event) -> ReleaseEvent {
        ReleaseEvent {
            at: event.at,
            change: event.change.id().to_owned(),
            by: event.by.role.id().to_owned(),
            reason: event.reason.clone(),
        }
    }
}

/// A version with what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseHistory {
    /// The version.
    pub release: Release,
    /// What happened to it, oldest first.
    pub events: Vec<ReleaseEvent>,
}

/// Versions of a developer, and those that wait for an operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Releases {
    /// The developer as the registry knows them, for whom a claim of an id is made.
    pub owner: String,
    /// Drafts and newest versions of the developer.
    pub own: Vec<Release>,
    /// For an operator: versions that wait for a review, oldest first.
    pub waiting: Vec<Release>,
}

/// A change of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewState {
    /// The change: submitted, taken-back, returned, published, suspended, resumed or yanked.
    #[schema(examples("published"))]
    pub change: String,
    /// Why. Needed to give back, to suspend and to withdraw.
    #[serde(default)]
    pub reason: String,
    /// To submit the first version of an id: the line that `mesinfos keys claim` gives.
    #[serde(default)]
    pub claim: String,
}

impl NewState {
    /// The change.
    pub fn change(&self) -> Option<registry::Change> {
        use registry::Change::{Published, Resumed, Returned, Submitted, Suspended, TakenBack, Yanked};
        let changes = [Submitted, TakenBack, Returned, Published, Suspended, Resumed, Yanked];
        changes.into_iter().find(|change| change.id() == self.change)
    }
}

/// A draft that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeletedDraft {
    /// SHA-256 of its component.
    pub deleted: Digest,
}

/// An entry of the log about a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LogChange {
    /// Its index in the log.
    pub index: u64,
    /// When, in UTC seconds.
    pub at: i64,
    /// Id of the app.
    pub app: String,
    /// Version number.
    pub version: String,
    /// What happened.
    pub change: String,
}

impl LogChange {
    /// The entry at an index.
    pub fn new(index: u64, entry: &registry::LogEntry) -> LogChange {
        let registry::LogEntry { at, app, version, change, .. } = entry.clone();
        // The entry may come from another server.
        let [app, version] = [app, version].map(|text| mesinfos_model::visible::clean(&text));
        LogChange { index, at, app, version, change: change.id().to_owned() }
    }
}

/// A log that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VerifiedLog {
    /// Name and public key of the log.
    pub log: String,
    /// Number of entries.
    pub entries: u64,
    /// Root of its tree.
    pub root: Digest,
    /// Number of entries of the head that was verified before, which it continues.
    pub continues: Option<u64>,
    /// Ids under which the operator had installed versions without a signature, and that belong to a key since.
    pub signed_since: Vec<SignedSince>,
    /// The entries about the app that was asked for.
    pub changes: Vec<LogChange>,
}

/// An id that had no signature, and belongs to a key since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedSince {
    /// Index of the first entry with the key.
    pub index: u64,
    /// Id of the app.
    pub app: String,
    /// The key.
    pub key: String,
}
