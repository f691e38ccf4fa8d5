//! People, and summaries of their vaults.

use crate::formats::Words;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Digest};
use mesinfos_platform as platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Language of texts in the response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LangQuery {
    /// French by default.
    #[param(value_type = Option<Lang>)]
    pub lang: Option<String>,
}

/// Contents of a vault in one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategorySummary {
    /// The category.
    pub category: Category,
    /// Number of rows.
    pub rows: u64,
    /// Number of rows without a date.
    pub undated: u64,
    /// Earliest day, or null if no row has a date.
    #[schema(required = true)]
    pub first: Option<Day>,
    /// Latest day.
    #[schema(required = true)]
    pub last: Option<Day>,
    /// Names of the data holders of the rows.
    pub holders: Vec<String>,
}

impl From<&platform::CategorySummary> for CategorySummary {
    fn from(summary: &platform::CategorySummary) -> CategorySummary {
        let platform::CategorySummary { category, rows, undated, first, last, ref holders } = *summary;
        CategorySummary { category, rows, undated, first, last, holders: holders.iter().cloned().collect() }
    }
}

/// An erased person: their keys are destroyed and their files deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Erased {
    /// Name of the person.
    pub erased: String,
    /// Time, in UTC seconds.
    pub at: i64,
    /// Last hash of their audit chain.
    pub closing: Digest,
}

impl Erased {
    /// Describes the erasure of `name`.
    pub fn new(name: &str, receipt: &platform::ErasureReceipt) -> Erased {
        Erased { erased: name.to_owned(), at: receipt.at_utc_seconds, closing: receipt.closing }
    }
}

/// A sample person. Only the command provides them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SamplePerson {
    /// Name of the person.
    pub id: String,
    /// Description of the person.
    pub about: Words,
}
