//! Whether an app can do without a category.

use serde::{Deserialize, Serialize};

/// Whether an app can do without a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    /// It cannot: without the grant it is not started.
    Required,
    /// It can: a refusal looks like an absence to it.
    Optional,
}
