//! A run: what is asked for, what comes of it, and its receipt.

use mesinfos_model::view::{Lang, Report};
use mesinfos_model::{Category, CategoryScope, Day, Digest};
use mesinfos_platform::consent;
use mesinfos_platform::runtime::Outcome;
use mesinfos_platform::{RunOutput, runs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;

/// A run to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// The person's name.
    #[schema(examples("camille"))]
    pub person: String,
    /// The app's id.
    #[schema(examples("budget"))]
    pub app: String,
    /// The language of the view; French if nothing is said.
    #[schema(value_type = Option<Lang>)]
    pub lang: Option<String>,
    /// Parameters, as text, by their ids.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

/// What a run gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunAnswer {
    /// The view, for the person alone.
    pub view: Report,
    /// Its receipt.
    pub receipt: Receipt,
    /// Categories that the app asks for and that were not given. The app does not know.
    pub not_given: Vec<Category>,
    /// What the app noted down, for the person alone. It is kept nowhere.
    pub log: String,
}

impl From<&RunOutput> for RunAnswer {
    fn from(output: &runs::RunOutput) -> RunAnswer {
        RunAnswer {
            view: output.report.clone(),
            receipt: (&output.receipt).into(),
            not_given: output.not_given.clone(),
            log: output.log.clone(),
        }
    }
}

/// A version of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AppVersion {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// A grant, as it was when something began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantRef {
    /// Which grant.
    #[schema(format = "uuid")]
    pub id: String,
    /// The newest of its events at that time.
    pub event: u64,
    /// Digest of what it gave.
    pub scope: Digest,
}

/// What a run read of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryRead {
    /// Which category.
    pub category: Category,
    /// The first day that was given; none is unbounded.
    #[schema(required = true)]
    pub from: Option<Day>,
    /// The day after the last; none is unbounded.
    #[schema(required = true)]
    pub until: Option<Day>,
    /// Rows that the app got.
    pub rows: u64,
    /// Bytes that they took.
    pub bytes: u64,
}

/// What a run read of one category, with the digest of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadDigest {
    /// Rows that left the vault for it: it may have taken fewer.
    pub rows: u64,
    /// Bytes of the columns that it looked at.
    pub bytes: u64,
    /// SHA-256 of what left the vault.
    pub digest: Digest,
}

/// The receipt of a run: what it was given and what it gave back, in digests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The layout of the record.
    #[schema(examples("mesinfos/receipt/1"))]
    pub schema: String,
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// When, in UTC seconds.
    pub at: i64,
    /// The person, under a name that holds for this app only.
    pub person: String,
    /// What ran.
    pub app: AppVersion,
    /// What it ran in: name, version, hash of the configuration.
    pub engine: String,
    /// The language that it was asked for.
    pub lang: Lang,
    /// The day that it was told.
    pub today: Day,
    /// What the person set: pairs of the id of a parameter and its value.
    pub parameters: Vec<(String, serde_json::Value)>,
    /// Under which grant.
    pub grant: GrantRef,
    /// What was linked.
    pub scope: BTreeMap<Category, CategoryScope>,
    /// The number of the vault's last import that it could see.
    pub as_of: u64,
    /// What it read, by category.
    pub reads: BTreeMap<Category, ReadDigest>,
    /// SHA-256 of the view; none if it gave none.
    #[schema(required = true)]
    pub view: Option<Digest>,
    /// How it ended.
    #[schema(schema_with = outcomes)]
    pub outcome: String,
    /// The head of the audit log when it began: keep it elsewhere, and the log up to there cannot be replaced
    /// unseen. None in receipts of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub log: Option<Digest>,
}

/// The codes of how a run ends.
pub(crate) fn outcomes() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Outcome::CODES.iter().copied()))
}

impl From<&consent::App> for AppVersion {
    fn from(app: &consent::App) -> AppVersion {
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
        let consent::CategoryRead { category, from, until, rows, bytes } = *read;
        CategoryRead { category, from, until, rows, bytes }
    }
}

impl From<&consent::Receipt> for Receipt {
    fn from(receipt: &consent::Receipt) -> Receipt {
        let reads = receipt.reads.iter().map(|(category, read)| {
            let consent::receipt::ReadDigest { rows, bytes, digest } = *read;
            (*category, ReadDigest { rows, bytes, digest })
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
            view: receipt.view,
            outcome: receipt.outcome.to_string(),
            log: receipt.log,
        }
    }
}

/// Whether a run came out the same when it was done again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Replay {
    /// The receipt that was replayed.
    pub receipt: Receipt,
    /// Whether everything came out the same.
    pub identical: bool,
    /// What did not, in words.
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
