//! Whether an app can do without a category.

use serde::{Deserialize, Serialize};

/// Whether an app can do without a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    /// The app needs it, and is not started without a grant of it.
    Required,
    /// The app can do without it. A refusal looks like an absence to it.
    Optional,
}
