//! Apps: what is installed, and what a component asks for.

use mesinfos_model::{Category, Digest};
use mesinfos_platform as platform;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// How an app is installed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InstallQuery {
    /// Let another publisher's component take the place of the installed one.
    #[serde(default)]
    pub new_publisher: bool,
}

/// An installed app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AppRecord {
    /// Its id.
    #[schema(examples("budget"))]
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Who publishes it, as its manifest says.
    pub publisher: String,
    /// When it was installed, in UTC seconds.
    pub installed_at: i64,
}

impl From<&platform::AppRecord> for AppRecord {
    fn from(record: &platform::AppRecord) -> AppRecord {
        AppRecord {
            id: record.id.clone(),
            version: record.version.clone(),
            component: record.component,
            publisher: record.publisher.clone(),
            installed_at: record.installed_at,
        }
    }
}

/// What a component asks for, and why it would be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Check {
    /// Whether it is taken.
    pub ok: bool,
    /// The categories that it imports.
    pub categories: Vec<Category>,
    /// What it may do, computed from its imports.
    #[schema(examples("read"))]
    pub badge: String,
    /// Why it is refused.
    pub problems: Vec<CheckProblem>,
    /// Names of the fields that it imports, by category.
    pub fields: BTreeMap<Category, Vec<String>>,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub component: Digest,
}

/// One reason for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckProblem {
    /// A code that does not change with the wording.
    pub code: String,
    /// In words.
    pub message: String,
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
