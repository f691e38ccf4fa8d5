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

/// What a tester will be asked for an app, on a sample person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentPreview {
    /// Id of the app.
    pub app: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component.
    pub component: mesinfos_model::Digest,
    /// Name of the publisher.
    pub publisher: String,
    /// Whether the component is signed. If not, the name is only declared.
    pub signed: bool,
    /// Id of the purpose.
    pub purpose: String,
    /// The sample person whose rows are counted.
    pub sample: String,
    /// What people read, in each language.
    pub texts: Vec<ConsentText>,
    /// What is asked for, in the order of the page.
    pub asks: Vec<ConsentAsk>,
}

/// What people read of a request in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentText {
    /// The question.
    pub question: String,
    /// The badge beside it.
    pub badge: String,
    /// The text to which an answer is bound.
    pub notice: crate::Notice,
}

/// A category that an app asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentAsk {
    /// The category.
    pub category: mesinfos_model::Category,
    /// Whether the app cannot do without it.
    pub required: bool,
    /// Whether it is given apart.
    pub sensitive: bool,
    /// Number of months that the app looks back; everything without one.
    #[schema(required = true)]
    pub months: Option<u16>,
    /// Rows, or sums of rows, that the app would read of the sample person.
    pub rows: u64,
    /// Fields that it reads if the person gives what it asks for.
    pub read: Vec<String>,
    /// Fields of the category that it does not read.
    pub not_read: Vec<String>,
    /// Fields that it asks for, and that are given only by name.
    pub by_name: Vec<String>,
    /// The level of detail that it asks for.
    pub granularity: mesinfos_model::Grain,
    /// The levels that the person may choose.
    pub granularities: Vec<mesinfos_model::Grain>,
    /// Why the author asks for it; the French text stands for a missing English one.
    pub why: crate::Words,
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
