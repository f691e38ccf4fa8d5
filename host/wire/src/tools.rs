//! Results of developer tools, available only from the command: built apps and galleries of views.

use crate::CheckFinding;
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

/// Views of an app beside those that its author accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tested {
    /// Number of views.
    pub views: u64,
    /// Runs that the app did not survive.
    pub failed: Vec<String>,
    /// Views that are not as accepted.
    pub differing: Vec<String>,
}

/// A run of an app on sample data, of which nothing is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Tried {
    /// The view; none if the run ended otherwise.
    pub view: Option<mesinfos_model::view::View>,
    /// Code of how the run ended.
    pub outcome: String,
    /// Rows read, by category.
    pub rows: std::collections::BTreeMap<mesinfos_model::Category, u64>,
    /// Time from instantiation to view, in microseconds.
    pub microseconds: u64,
    /// Largest memory, in bytes.
    pub memory: u64,
    /// Calls of the app into the host.
    pub host_calls: u64,
    /// Notes of the app.
    pub notes: String,
    /// Why an app in a folder ended without a view, with the place in its source; none if the outcome says everything.
    pub why: Option<CheckFinding>,
}

/// Files that were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Written {
    /// Their folder.
    pub folder: String,
}

/// A draft that could be installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Drafted {
    /// Id of the app.
    pub app: String,
    /// SHA-256 of the component.
    pub component: mesinfos_model::Digest,
}

/// A built app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Built {
    /// Path of the component.
    pub component: String,
    /// Size in bytes.
    pub size: u64,
    /// Public key that it is signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A key of a publisher, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublisherKey {
    /// Its name, or the path of its file.
    pub name: String,
    /// Path of the file of the secret key.
    pub file: String,
    /// The public key.
    #[schema(examples("ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))]
    pub key: String,
}

/// A claim of the id of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IdClaim {
    /// Id of the app.
    pub app: String,
    /// Host name of the server for which it is made.
    pub host: String,
    /// The public key that makes it.
    pub key: String,
    /// The claim: a line to send with the submission of the first version.
    pub claim: String,
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
