//! Runs: request, response and receipt.

use mesinfos_model::view::{Lang, View};
use mesinfos_model::{Category, CategoryScope, Day, Digest};
use mesinfos_platform::RunOutput;
use mesinfos_platform::consent;
use mesinfos_platform::runtime::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;

/// Request to run an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// Name of the person.
    #[schema(examples("camille"))]
    pub person: String,
    /// Id of the app.
    #[schema(examples("budget"))]
    pub app: String,
    /// Language of the view. French by default.
    #[schema(value_type = Option<Lang>)]
    pub lang: Option<String>,
    /// Parameters by id, as text.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

/// Result of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunAnswer {
    /// The view, for the person only.
    pub view: View,
    /// Receipt of the run.
    pub receipt: Receipt,
    /// Requested categories that are not granted. The app cannot tell a refusal from an absence.
    pub not_given: Vec<Category>,
    /// The app's notes, for the person only. Stored nowhere.
    pub log: String,
}

impl From<&RunOutput> for RunAnswer {
    fn from(output: &RunOutput) -> RunAnswer {
        RunAnswer {
            view: output.view.clone(),
            receipt: (&output.receipt).into(),
            not_given: output.not_given.clone(),
            log: output.notes.clone(),
        }
    }
}

/// A version of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AppVersion {
    /// Id of the app.
    pub id: String,
    /// Version of the app.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// A grant and its state at the start of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantRef {
    /// Id of the grant.
    #[schema(format = "uuid")]
    pub id: String,
    /// Number of its newest event at that time.
    pub event: u64,
    /// Digest of its scope.
    pub scope: Digest,
}

/// Reads of a run in one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryRead {
    /// The category.
    pub category: Category,
    /// First day granted, or null if unbounded.
    #[schema(required = true)]
    pub from: Option<Day>,
    /// Day after the last one granted, or null if unbounded.
    #[schema(required = true)]
    pub until: Option<Day>,
    /// Rows that the app received, each as often as it read it.
    pub rows: u64,
    /// Different rows among them.
    pub distinct_rows: u64,
    /// Bytes of these rows.
    pub bytes: u64,
}

/// Reads of a run in one category, with their digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadDigest {
    /// Rows that left the vault, each as often as it was read. The app may have read fewer.
    pub rows: u64,
    /// Different rows among them.
    pub distinct_rows: u64,
    /// Bytes of the columns that the app read.
    pub bytes: u64,
    /// SHA-256 of the rows that left the vault.
    pub digest: Digest,
}

/// Receipt of a run: its inputs and results, as digests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Version of the receipt's layout.
    #[schema(examples("mesinfos/receipt/1"))]
    pub schema: String,
    /// Id of the receipt.
    #[schema(format = "uuid")]
    pub id: String,
    /// Time, in UTC seconds.
    pub at: i64,
    /// Pseudonym of the person, valid for this app only.
    pub person: String,
    /// The app version that ran.
    pub app: AppVersion,
    /// The engine: name, version, hash of the configuration.
    pub engine: String,
    /// Language requested from the app.
    pub lang: Lang,
    /// Current day as seen by the app.
    pub today: Day,
    /// The person's answers: pairs of a parameter id and its value.
    pub parameters: Vec<(String, serde_json::Value)>,
    /// The grant in force.
    pub grant: GrantRef,
    /// Scope of the run.
    pub scope: BTreeMap<Category, CategoryScope>,
    /// Number of the last import visible to the run.
    pub as_of: u64,
    /// Reads, by category.
    pub reads: BTreeMap<Category, ReadDigest>,
    /// Number of rows of these days that the person withholds from every app, by category. Absent if there were none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub withheld: BTreeMap<Category, u64>,
    /// SHA-256 of the view, or null if there was none.
    #[schema(required = true)]
    pub view: Option<Digest>,
    /// How the run ended.
    #[schema(schema_with = outcomes)]
    pub outcome: String,
    /// Head of the audit chain at the start of the run. With a copy stored elsewhere, the chain up to that
    /// entry cannot be replaced unnoticed. Absent in receipts of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub log: Option<Digest>,
}

/// Schema of the outcome codes.
pub(crate) fn outcomes() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Outcome::CODES.iter().copied()))
}

impl From<&consent::AppVersion> for AppVersion {
    fn from(app: &consent::AppVersion) -> AppVersion {
        AppVersion { id: app.id.clone(), version: app.version.clone(), component: app.component }
    }
}

impl From<consent::GrantRef> for GrantRef {
    fn from(grant: consent::GrantRef) -> GrantRef {
        GrantRef { id: grant.id.to_string(), event: grant.event, scope: grant.scope }
    }
}

impl From<&consent::CategoryRead> for CategoryRead {
    fn from(read: &consent::CategoryRead) -> CategoryRead {
        let consent::CategoryRead { category, from, until, rows, distinct: _, bytes } = *read;
        CategoryRead { category, from, until, rows, distinct_rows: read.distinct_rows(), bytes }
    }
}

impl From<&consent::Receipt> for Receipt {
    fn from(receipt: &consent::Receipt) -> Receipt {
        let reads = receipt.reads.iter().map(|(category, read)| {
            let consent::receipt::ReadDigest { rows, distinct: _, bytes, digest } = *read;
            (*category, ReadDigest { rows, distinct_rows: read.distinct_rows(), bytes, digest })
        });
        Receipt {
            schema: match receipt.schema {
                consent::receipt::Schema::V1 => "mesinfos/receipt/1".to_owned(),
            },
            id: receipt.id.to_string(),
            at: receipt.at,
            person: receipt.person.clone(),
            app: (&receipt.app).into(),
            engine: receipt.engine.to_string(),
            lang: receipt.lang,
            today: receipt.today,
            parameters: receipt.parameters.clone(),
            grant: receipt.grant.into(),
            scope: receipt.scope.clone(),
            as_of: receipt.as_of,
            reads: reads.collect(),
            withheld: receipt.withheld.clone(),
            view: receipt.view,
            outcome: receipt.outcome.to_string(),
            log: receipt.log,
        }
    }
}

/// Result of a replay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Replay {
    /// The receipt that was replayed.
    pub receipt: Receipt,
    /// Whether all results were identical.
    pub identical: bool,
    /// Differences, in words.
    pub differences: Vec<String>,
}

impl From<&(consent::Receipt, Vec<consent::Difference>)> for Replay {
    fn from((receipt, differences): &(consent::Receipt, Vec<consent::Difference>)) -> Replay {
        Replay {
            receipt: receipt.into(),
            identical: differences.is_empty(),
            differences: differences.iter().map(ToString::to_string).collect(),
        }
    }
}
