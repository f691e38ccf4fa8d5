//! The audit log, as doors show it.

use crate::run::{CategoryRead, GrantRef, outcomes};
use mesinfos_model::{Category, Digest};
use mesinfos_platform as platform;
use mesinfos_platform::consent::{self, EventKind};
use serde::{Deserialize, Serialize};
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;
use utoipa::{IntoParams, ToSchema};

/// What the log is held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VerifyQuery {
    /// A head of the log that was kept elsewhere: the log must contain it.
    #[param(value_type = Option<Digest>)]
    pub head: Option<String>,
}

/// A log that is whole: grants, receipts and rows are as it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verified {
    /// Always true: what is not whole is a problem.
    pub ok: bool,
    /// How many entries it has.
    pub entries: u64,
    /// The hash of the last one, to keep elsewhere.
    pub head: Digest,
}

impl From<&consent::Verified> for Verified {
    fn from(verified: &consent::Verified) -> Verified {
        Verified { ok: true, entries: verified.entries, head: verified.head }
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Which, counted from 0.
    pub seq: u64,
    /// When, in UTC seconds.
    pub at: i64,
    /// Who did it, and through which door; entries of older versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<Act>,
    /// What happened.
    pub event: AuditEvent,
    /// Hash of the entry before.
    pub prev: Digest,
    /// Its hash.
    pub hash: Digest,
    /// Of a run that began: where it stands, if its end is not in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub run: Option<RunState>,
}

/// Who did something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The person.
    Person,
    /// The platform, by a rule.
    Platform,
    /// Who operates the platform.
    Operator,
    /// Who publishes the app.
    Publisher,
    /// Who holds the data.
    Holder,
}

/// Through which door something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// The `mesinfos` command.
    Cli,
    /// The web pages.
    Web,
    /// The JSON API.
    Api,
}

/// Where a run stands whose end is not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// It goes on.
    UnderWay,
    /// The host ended before it did.
    Interrupted,
}

/// An event in the record of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventRef {
    /// Which of the grant's events, counted from 0.
    pub seq: u64,
    /// Its hash.
    pub hash: Digest,
}

/// Something that happened to a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AuditEvent {
    /// The vault was made.
    PersonCreated,
    /// A file came in; one event for each category in it.
    Imported {
        /// The number of the import.
        import: u64,
        /// The file's name.
        file: String,
        /// The format that it was read as.
        format: String,
        /// What it held.
        category: Category,
        /// Rows that are new.
        accepted: u64,
        /// Rows that could not be read.
        rejected: u64,
        /// Rows that were there already.
        duplicates: u64,
    },
    /// An import was taken back, whole.
    Undone {
        /// The number of the import.
        import: u64,
        /// The name that the file had.
        file: String,
        /// Rows that are gone.
        rows: u64,
    },
    /// An app was installed, or another version of it.
    Installed {
        /// Its id.
        app: String,
        /// Its version.
        version: String,
        /// SHA-256 of its component.
        component: Digest,
    },
    /// Something happened to a grant.
    Grant {
        /// Which.
        #[schema(format = "uuid")]
        grant: String,
        /// Of which app.
        app: String,
        /// What.
        #[schema(schema_with = changes)]
        change: String,
        /// The event in the grant's record; entries of older versions do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        event: Option<EventRef>,
    },
    /// A run of an app began: written before it reads a row.
    Began {
        /// Its id, which is that of its receipt.
        #[schema(format = "uuid")]
        run: String,
        /// The app's id.
        app: String,
        /// Its version.
        version: String,
        /// SHA-256 of its component.
        component: Digest,
        /// Under which grant, and what that gave then.
        grant: GrantRef,
        /// The number of the vault's last import that it can see.
        as_of: u64,
        /// The receipt that it does again, if it is a replay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        replay: Option<String>,
    },
    /// A run of an app ended, or it was kept from running.
    Ran {
        /// Which run; none if none began, and in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        run: Option<String>,
        /// The app's id.
        app: String,
        /// Its version.
        version: String,
        /// SHA-256 of its component.
        component: Digest,
        /// Under which grants.
        grants: Vec<String>,
        /// How it ended.
        #[schema(schema_with = outcomes)]
        outcome: String,
        /// Its receipt, where there is one.
        #[schema(required = true, format = "uuid")]
        receipt: Option<String>,
        /// The digest of the receipt; none without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        digest: Option<Digest>,
        /// What it read.
        reads: Vec<CategoryRead>,
        /// How often, if this tells of several tries that were refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        times: Option<u64>,
    },
    /// A run was done again from its receipt.
    Replayed {
        /// Which.
        #[schema(format = "uuid")]
        receipt: String,
        /// Whether everything came out the same.
        identical: bool,
        /// The run that did it; none in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        run: Option<String>,
        /// How it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(schema_with = outcomes, required = false)]
        outcome: Option<String>,
        /// What it read.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reads: Vec<CategoryRead>,
    },
    /// The person took a copy of everything.
    Exported,
    /// The person had everything erased: the last entry of a log.
    Erased,
}

/// The words of what happens to a grant.
fn changes() -> ObjectBuilder {
    let words = EventKind::ALL.iter().map(|kind| kind.id());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

impl From<consent::Act> for Act {
    fn from(act: consent::Act) -> Act {
        Act {
            actor: match act.actor {
                consent::Actor::Person => Actor::Person,
                consent::Actor::Platform => Actor::Platform,
                consent::Actor::Operator => Actor::Operator,
                consent::Actor::Publisher => Actor::Publisher,
                consent::Actor::Holder => Actor::Holder,
            },
            channel: match act.channel {
                consent::Channel::Cli => Channel::Cli,
                consent::Channel::Web => Channel::Web,
                consent::Channel::Api => Channel::Api,
            },
        }
    }
}

impl From<&platform::Logged> for AuditEntry {
    fn from(logged: &platform::Logged) -> AuditEntry {
        let entry = &logged.entry;
        AuditEntry {
            seq: entry.seq,
            at: entry.at,
            by: entry.by.map(Act::from),
            event: AuditEvent::from(&entry.event),
            prev: entry.prev,
            hash: entry.hash,
            run: logged.run.map(|run| match run {
                platform::RunState::UnderWay => RunState::UnderWay,
                platform::RunState::Interrupted => RunState::Interrupted,
            }),
        }
    }
}

fn text(value: &impl ToString) -> String {
    value.to_string()
}

impl From<&consent::AuditEvent> for AuditEvent {
    fn from(event: &consent::AuditEvent) -> AuditEvent {
        use consent::AuditEvent as E;
        match event {
            E::PersonCreated => AuditEvent::PersonCreated,
            E::Imported { import, file, format, category, accepted, rejected, duplicates } => {
                AuditEvent::Imported {
                    import: *import,
                    file: text(file),
                    format: text(format),
                    category: *category,
                    accepted: *accepted,
                    rejected: *rejected,
                    duplicates: *duplicates,
                }
            }
            E::Undone { import, file, rows } => {
                AuditEvent::Undone { import: *import, file: text(file), rows: *rows }
            }
            E::Installed { app, version, component } => {
                AuditEvent::Installed { app: text(app), version: text(version), component: *component }
            }
            E::Grant { grant, app, change, event } => AuditEvent::Grant {
                grant: text(grant),
                app: text(app),
                change: change.id().to_owned(),
                event: event.map(|event| EventRef { seq: event.seq, hash: event.hash }),
            },
            E::Began { run, app, version, component, grant, as_of, replay } => AuditEvent::Began {
                run: text(run),
                app: text(app),
                version: text(version),
                component: *component,
                grant: (*grant).into(),
                as_of: *as_of,
                replay: replay.as_ref().map(text),
            },
            E::Ran { run, app, version, component, grants, outcome, receipt, digest, reads, times } => {
                AuditEvent::Ran {
                    run: run.as_ref().map(text),
                    app: text(app),
                    version: text(version),
                    component: *component,
                    grants: grants.iter().map(text).collect(),
                    outcome: text(outcome),
                    receipt: receipt.as_ref().map(text),
                    digest: *digest,
                    reads: crate::each(reads),
                    times: *times,
                }
            }
            E::Replayed { receipt, identical, run, outcome, reads } => AuditEvent::Replayed {
                receipt: text(receipt),
                identical: *identical,
                run: run.as_ref().map(text),
                outcome: outcome.as_ref().map(text),
                reads: crate::each(reads),
            },
            E::Exported => AuditEvent::Exported,
            E::Erased => AuditEvent::Erased,
        }
    }
}
