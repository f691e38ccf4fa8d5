//! Audit chain: entries, events and the result of a verification.

use crate::run::{CategoryRead, GrantRef, outcomes};
use mesinfos_model::{Category, Digest};
use mesinfos_platform as platform;
use mesinfos_platform::consent::{self, EventKind, RowChange};
use serde::{Deserialize, Serialize};
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;
use utoipa::{IntoParams, ToSchema};

/// Options of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VerifyQuery {
    /// A head of the chain stored elsewhere, which the chain must contain.
    #[param(value_type = Option<Digest>)]
    pub head: Option<String>,
}

/// An intact audit chain: grants, receipts and rows agree with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Verified {
    /// Always true: a broken chain is reported as a problem.
    pub ok: bool,
    /// Number of entries.
    pub entries: u64,
    /// Hash of the last entry, to store elsewhere.
    pub head: Digest,
}

impl From<&consent::Verified> for Verified {
    fn from(verified: &consent::Verified) -> Verified {
        Verified { ok: true, entries: verified.entries, head: verified.head }
    }
}

/// An entry of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Sequence number, from 0.
    pub seq: u64,
    /// Time, in UTC seconds.
    pub at: i64,
    /// Actor and channel. Absent in entries of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<Act>,
    /// The event.
    pub event: AuditEvent,
    /// Hash of the previous entry.
    pub prev: Digest,
    /// Hash of this entry.
    pub hash: Digest,
    /// State of a run that began and has no end in the chain. Absent for all other entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub run: Option<RunState>,
}

/// Actor and channel of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Act {
    /// The actor.
    pub actor: Actor,
    /// The door it came through.
    pub channel: Channel,
}

/// Role of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The person.
    Person,
    /// The platform, by a rule.
    Platform,
    /// The operator of the platform.
    Operator,
    /// The publisher of the app.
    Publisher,
    /// The data holder.
    Holder,
}

/// Door through which an act came.
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

/// State of a run without an end in the audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// Still running.
    UnderWay,
    /// The host stopped before the run ended.
    Interrupted,
}

/// Reference to an event of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventRef {
    /// Sequence number among the grant's events, from 0.
    pub seq: u64,
    /// Hash of the event.
    pub hash: Digest,
}

/// An event in the history of a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AuditEvent {
    /// The vault was created.
    PersonCreated,
    /// A file was imported. One event per category.
    Imported {
        /// Number of the import.
        import: u64,
        /// Name of the file.
        file: String,
        /// Id of the format it was read as.
        format: String,
        /// Category of the rows.
        category: Category,
        /// New rows.
        accepted: u64,
        /// Rows rejected.
        rejected: u64,
        /// Duplicates: rows that the vault already had.
        duplicates: u64,
        /// Rows that replaced an earlier version.
        #[serde(default)]
        corrected: u64,
    },
    /// An import was undone in full.
    Undone {
        /// Number of the import.
        import: u64,
        /// Name of its file.
        file: String,
        /// Rows removed.
        rows: u64,
    },
    /// The person changed one row.
    Amended {
        /// Number of the row's import.
        import: u64,
        /// Name of its file.
        file: String,
        /// Category of the row.
        category: Category,
        /// What was done: deleted, corrected, restored, lifted (a deleted row may come back),
        /// superseded (a row of another file stands for it), replaced (a later file has another version), or returned
        /// (that file was undone).
        change: String,
        /// Rows that the import has less.
        removed: u64,
        /// Rows that are back.
        returned: u64,
    },
    /// The text of a kept document was read, and is kept beside it.
    TextRead {
        /// Number of the document's import.
        import: u64,
        /// Name of the document.
        file: String,
        /// Whether it was recognised from the pixels of a picture.
        recognised: bool,
        /// Size of the text in bytes.
        bytes: u64,
    },
    /// An app was installed or updated.
    Installed {
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
    },
    /// An app that the person has was stopped, or goes on.
    AppChanged {
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
        /// What happened.
        #[schema(examples("suspended"))]
        change: String,
        /// Why, as whoever did it says.
        reason: String,
    },
    /// A grant changed.
    Grant {
        /// Id of the grant.
        #[schema(format = "uuid")]
        grant: String,
        /// Id of the app.
        app: String,
        /// Kind of the change.
        #[schema(schema_with = changes)]
        change: String,
        /// The grant's event. Absent in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        event: Option<EventRef>,
    },
    /// A run began. Written before the app reads a row.
    Began {
        /// Id of the run, which is also the id of its receipt.
        #[schema(format = "uuid")]
        run: String,
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
        /// The grant, and its state at that time.
        grant: GrantRef,
        /// Number of the last import visible to the run.
        as_of: u64,
        /// Id of the receipt, if the run is a replay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        replay: Option<String>,
    },
    /// A run ended or was refused.
    Ran {
        /// Id of the run. Absent if no run began, and in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        run: Option<String>,
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
        /// Ids of the grants in force.
        grants: Vec<String>,
        /// How the run ended.
        #[schema(schema_with = outcomes)]
        outcome: String,
        /// Id of the receipt, or null if there is none.
        #[schema(required = true, format = "uuid")]
        receipt: Option<String>,
        /// Digest of the receipt. Absent without a receipt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        digest: Option<Digest>,
        /// Reads of the run, by category.
        reads: Vec<CategoryRead>,
        /// Number of refused attempts, if the entry covers several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        times: Option<u64>,
    },
    /// A run was replayed from its receipt.
    Replayed {
        /// Id of the receipt.
        #[schema(format = "uuid")]
        receipt: String,
        /// Whether all results were identical.
        identical: bool,
        /// Id of the replaying run. Absent in entries of older versions.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "uuid")]
        run: Option<String>,
        /// How the replaying run ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(schema_with = outcomes, required = false)]
        outcome: Option<String>,
        /// Reads of the replaying run, by category.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reads: Vec<CategoryRead>,
    },
    /// A trial of an app began, without a grant: the person asked to see what it would show.
    TrialBegan {
        /// Id of the trial.
        #[schema(format = "uuid")]
        run: String,
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
        /// Number of runs of the trial.
        runs: u64,
    },
    /// A trial ended. Nothing is kept of its views.
    Tried {
        /// Id of the trial.
        #[schema(format = "uuid")]
        run: String,
        /// Id of the app.
        app: String,
        /// Version of the app.
        version: String,
        /// SHA-256 of the component.
        component: Digest,
        /// Number of runs of the trial.
        runs: u64,
        /// How the first run ended.
        #[schema(schema_with = outcomes)]
        outcome: String,
        /// Reads of the first run, by category. The others read no other rows.
        reads: Vec<CategoryRead>,
    },
    /// The person exported a copy of all their data.
    Exported,
    /// The person took rows of a category as a file.
    Downloaded {
        /// The category.
        category: Category,
        /// Form of the file: `csv`, `json` or `parquet`.
        form: String,
    },
    /// The person withholds rows from every app, or no longer does.
    Withheld {
        /// Category of the rows.
        category: Category,
        /// What is withheld: `row`, `holder` or `words`.
        what: String,
        /// Name of the holder, or the words. Empty for a row, and for rows that name no holder.
        of: String,
        /// Whether apps may be given these rows again.
        ended: bool,
    },
    /// Something happened to how the person signs in.
    Account {
        /// What happened: `signed-in`, `signed-in-with-passkey`, `sign-in-failed`, `recovered`, `password-changed`,
        /// `passkey-added`, `passkey-removed`, `codes-replaced` or `ended-everywhere`.
        act: String,
        /// Browser and system, as the browser names them. Empty if it does not.
        device: String,
        /// Number of failed sign-ins in a row. Zero for anything else.
        times: u64,
    },
    /// All data of the person was erased. Last entry of a chain.
    Erased,
}

/// Schema of the kinds of grant changes.
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
            E::Imported { import, file, format, category, accepted, rejected, duplicates, corrected } => {
                AuditEvent::Imported {
                    import: *import,
                    file: text(file),
                    format: text(format),
                    category: *category,
                    accepted: *accepted,
                    rejected: *rejected,
                    duplicates: *duplicates,
                    corrected: *corrected,
                }
            }
            E::Undone { import, file, rows } => {
                AuditEvent::Undone { import: *import, file: text(file), rows: *rows }
            }
            E::Amended { import, file, category, change, removed, returned } => AuditEvent::Amended {
                import: *import,
                file: text(file),
                category: *category,
                change: match change {
                    RowChange::Deleted => "deleted",
                    RowChange::Corrected => "corrected",
                    RowChange::Restored => "restored",
                    RowChange::Lifted => "lifted",
                    RowChange::Superseded => "superseded",
                    RowChange::Replaced => "replaced",
                    RowChange::Added => "added",
                    RowChange::Stayed => "stayed",
                    RowChange::Returned => "returned",
                }
                .to_owned(),
                removed: *removed,
                returned: *returned,
            },
            E::TextRead { import, file, recognised, bytes } => AuditEvent::TextRead {
                import: *import,
                file: text(file),
                recognised: *recognised,
                bytes: *bytes,
            },
            E::Installed { app, version, component } => {
                AuditEvent::Installed { app: text(app), version: text(version), component: *component }
            }
            E::AppChanged { app, version, component, change, reason } => AuditEvent::AppChanged {
                app: text(app),
                version: text(version),
                component: *component,
                change: change.id().to_owned(),
                reason: reason.as_str().to_owned(),
            },
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
            E::TrialBegan { run, app, version, component, runs } => AuditEvent::TrialBegan {
                run: text(run),
                app: text(app),
                version: text(version),
                component: *component,
                runs: *runs,
            },
            E::Tried { run, app, version, component, runs, outcome, reads } => AuditEvent::Tried {
                run: text(run),
                app: text(app),
                version: text(version),
                component: *component,
                runs: *runs,
                outcome: text(outcome),
                reads: crate::each(reads),
            },
            E::Exported => AuditEvent::Exported,
            E::Downloaded { category, form } => {
                AuditEvent::Downloaded { category: *category, form: text(form) }
            }
            E::Account { act, device, times } => {
                AuditEvent::Account { act: act.id().to_owned(), device: text(device), times: *times }
            }
            E::Withheld { category, what, of, ended } => AuditEvent::Withheld {
                category: *category,
                what: what.id().to_owned(),
                of: text(of),
                ended: *ended,
            },
            E::Erased => AuditEvent::Erased,
        }
    }
}
