//! What only the command makes: apps, and galleries of what they show.

use mesinfos_model::view::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A built app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Built {
    /// Where the component is.
    pub component: String,
    /// Its size in bytes.
    pub size: u64,
}

/// How an app did on a person in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shown {
    /// The person's name.
    pub person: String,
    /// The app's id.
    pub app: String,
    /// The language.
    pub lang: Lang,
    /// The text, from the folder of the gallery on; none if there is no view.
    #[schema(required = true)]
    pub file: Option<String>,
    /// The headline of the view, or why there is none.
    pub words: String,
}
