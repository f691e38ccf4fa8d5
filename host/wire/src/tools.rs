//! Results of developer tools, available only from the command: built apps and galleries of views.

use mesinfos_model::view::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Created {
    /// Id of the app.
    pub app: String,
    /// Its folder.
    pub folder: String,
    /// Who publishes it.
    pub publisher: String,
}

/// A built app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Built {
    /// Path of the component.
    pub component: String,
    /// Size in bytes.
    pub size: u64,
}

/// An app's view for a sample person in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Shown {
    /// Name of the person.
    pub person: String,
    /// Id of the app.
    pub app: String,
    /// Language of the view.
    pub lang: Lang,
    /// Path of the text relative to the gallery's folder, or null if there is no view.
    #[schema(required = true)]
    pub file: Option<String>,
    /// Headline of the view, or the reason why there is none.
    pub words: String,
}
