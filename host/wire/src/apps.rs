//! Apps: installed apps, and the check of a component.

use mesinfos_model::{Category, Digest};
use mesinfos_platform as platform;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Options of an installation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InstallQuery {
    /// Allow another publisher's component to replace the installed one.
    #[serde(default)]
    pub new_publisher: bool,
}

/// An app that was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Stopped {
    /// When, in UTC seconds.
    pub at: i64,
    /// Whether it is for good.
    pub is_final: bool,
    /// Why.
    pub reason: String,
}

/// An installed app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstalledApp {
    /// Id of the app.
    #[schema(examples("budget"))]
    pub id: String,
    /// Version of the app.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Publisher, as named in the manifest.
    pub publisher: String,
    /// Public key that signed the component. The id of the app belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// That the app was stopped: it runs for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
    /// Time of installation, in UTC seconds.
    pub installed_at: i64,
}

impl From<&platform::InstalledApp> for InstalledApp {
    fn from(record: &platform::InstalledApp) -> InstalledApp {
        InstalledApp {
            id: record.id.clone(),
            version: record.version.clone(),
            component: record.component,
            publisher: record.publisher.clone(),
            key: record.key.map(|key| key.to_string()),
            stopped: record.stopped.as_ref().map(|stopped| Stopped {
                at: stopped.at,
                is_final: stopped.is_final,
                reason: stopped.reason.clone(),
            }),
            installed_at: record.installed_at,
        }
    }
}

/// Result of checking a component: its requests, and reasons for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Check {
    /// Whether the component can be installed.
    pub ok: bool,
    /// Categories that the component imports.
    pub categories: Vec<Category>,
    /// What the component may do, derived from its imports.
    #[schema(examples("read"))]
    pub badge: String,
    /// Reasons for a refusal.
    pub problems: Vec<CheckProblem>,
    /// Names of the imported fields, by category.
    pub fields: BTreeMap<Category, Vec<String>>,
    /// Size of the component in bytes.
    pub size: u64,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// One reason for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckProblem {
    /// Stable code, independent of the wording.
    pub code: String,
    /// Message in English.
    pub message: String,
}

/// One thing that stands between an app and its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckFinding {
    /// Stable code, independent of the wording.
    pub code: String,
    /// What is wrong, and what to do, in the language of the command.
    pub message: String,
    /// Whether the app could not be installed.
    pub refuses: bool,
    /// File, line and column.
    pub place: Option<String>,
}

/// Result of checking the folder of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckedFolder {
    /// The check of its component, if it was built.
    pub check: Option<Check>,
    /// What was found in its files.
    pub findings: Vec<CheckFinding>,
}

impl From<&platform::Check> for Check {
    fn from(check: &platform::Check) -> Check {
        let names = |fields: &[&str]| fields.iter().map(|name| (*name).to_owned()).collect();
        let problem = |problem: &platform::CheckProblem| CheckProblem {
            code: problem.code.to_owned(),
            message: problem.message.clone(),
        };
        Check {
            ok: check.ok,
            categories: check.fields.keys().copied().collect(),
            badge: check.badge.to_owned(),
            problems: check.problems.iter().map(problem).collect(),
            fields: check.fields.iter().map(|(category, fields)| (*category, names(fields))).collect(),
            size: check.size as u64,
            component: check.component,
        }
    }
}
