//! People, and what is in their vaults.

use crate::formats::Words;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Digest};
use mesinfos_platform as platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// In which language words are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LangQuery {
    /// French if nothing is said.
    #[param(value_type = Option<Lang>)]
    pub lang: Option<String>,
}

/// What a vault holds of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategorySummary {
    /// Which category.
    pub category: Category,
    /// How many rows.
    pub rows: u64,
    /// The day of the earliest; none if no row has a date.
    #[schema(required = true)]
    pub first: Option<Day>,
    /// The day of the latest.
    #[schema(required = true)]
    pub last: Option<Day>,
    /// Names of the holders that they come from.
    pub holders: Vec<String>,
}

impl From<&platform::CategorySummary> for CategorySummary {
    fn from(summary: &platform::CategorySummary) -> CategorySummary {
        let platform::CategorySummary { category, rows, first, last, ref holders } = *summary;
        CategorySummary { category, rows, first, last, holders: holders.iter().cloned().collect() }
    }
}

/// A person who was erased: their keys are destroyed, and their files deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Erased {
    /// The name that they had.
    pub erased: String,
    /// When, in UTC seconds.
    pub at: i64,
    /// The last hash of their audit log.
    pub closing: Digest,
}

impl Erased {
    /// Of a person of that name.
    pub fn new(name: &str, receipt: &platform::ErasureReceipt) -> Erased {
        Erased { erased: name.to_owned(), at: receipt.at_utc_seconds, closing: receipt.closing }
    }
}

/// A sample person. Only the command has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SamplePerson {
    /// Their name.
    pub id: String,
    /// Who they are.
    pub about: Words,
}
