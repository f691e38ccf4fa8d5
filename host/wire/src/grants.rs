//! Grants: requests and summaries.

use mesinfos_model::row::NotARowId;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, CategoryScope, Digest, Grain, Period};
use mesinfos_platform::consent::{GrantState, Widening};
use mesinfos_platform::{CategoryChoice, GrantSummary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;

/// Request to give a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// Id of the app.
    #[schema(examples("budget"))]
    pub app: String,
    /// SHA-256 of the component shown to the person, as in `/api/apps`. Nothing is granted if it is missing
    /// or another component is installed now.
    #[schema(value_type = Option<Digest>)]
    pub component: Option<String>,
    /// Categories to give. If empty, everything that the app requests.
    #[serde(default)]
    pub categories: Vec<GivenCategory>,
    /// Expiry in UTC seconds. Without one, the grant lasts until withdrawal.
    pub until: Option<i64>,
}

/// The person's choice for one category. Fields left out follow the app's request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenCategory {
    /// Id of the category.
    #[schema(value_type = Category)]
    pub category: String,
    /// Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06.
    #[schema(examples("2026", "2011-03..2011-06"))]
    pub period: Option<String>,
    /// With `period`: whether to include rows without a date, such as contacts or allergies.
    pub undated: Option<bool>,
    /// Only these fields.
    pub fields: Option<Vec<String>>,
    /// Finest granularity allowed.
    #[schema(value_type = Option<Grain>)]
    pub granularity: Option<String>,
    /// Only rows of these holders.
    pub holders: Option<Vec<String>>,
    /// Ids of rows to exclude.
    #[serde(default)]
    #[schema(value_type = Vec<mesinfos_model::RowId>)]
    pub without: Vec<String>,
}

/// A malformed part of a grant, as a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGrant(pub String);

impl GivenCategory {
    /// The choice in the platform's types.
    ///
    /// # Errors
    /// [`BadGrant`] that names the first malformed part.
    pub fn ask(self) -> Result<(Category, CategoryChoice), BadGrant> {
        let no_category = || BadGrant(format!("there is no category \"{}\"", self.category));
        let category = Category::from_id(&self.category).ok_or_else(no_category)?;
        let grain = self.granularity.as_deref().map(|id| {
            Grain::from_id(id).ok_or_else(|| BadGrant(format!("there is no granularity \"{id}\"")))
        });
        let period = self.period.as_deref().map(Period::parse).transpose();
        let excluded = self.without.iter().map(|id| id.parse()).collect::<Result<_, NotARowId>>();
        let ask = CategoryChoice {
            period: period.map_err(|error| BadGrant(error.to_string()))?,
            undated: self.undated,
            fields: self.fields,
            grain: grain.transpose()?,
            holders: self.holders,
            excluded: excluded.map_err(|error| BadGrant(error.to_string()))?,
        };
        Ok((category, ask))
    }
}

/// Summary of a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// Id of the grant.
    #[schema(format = "uuid")]
    pub id: String,
    /// Id of the app.
    pub app: String,
    /// Version of the app.
    pub version: String,
    /// SHA-256 of the component it binds to.
    pub component: Digest,
    /// State. Only "given" and "renewed" let the app run.
    #[schema(schema_with = states)]
    pub state: String,
    /// What the app may see now, or will see once a paused grant is resumed. Empty after the grant has
    /// ended.
    pub scope: BTreeMap<Category, CategoryScope>,
    /// Expiry in UTC seconds, or null if it lasts until withdrawal.
    #[schema(required = true)]
    pub until: Option<i64>,
    /// SHA-256 of the notice that the person was shown; absent if no notice of this platform was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Digest>,
    /// When it was given, in UTC seconds.
    pub given_at: i64,
    /// Only in the response to a new grant: categories in which the app may see more than under the grant
    /// that this one replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wider: Vec<Category>,
    /// Only in the response to a new grant: categories in which the app may see less than under the grant
    /// that this one replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrower: Vec<Category>,
    /// Only in the response to a new grant: whether it lasts longer than the grant that it replaces.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub longer: bool,
    /// Only in the response to a new or narrowed grant: granted categories in which the vault has rows, all
    /// of them outside the grant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<Category>,
}

/// A notice: the text that a person is shown before they answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// Language of the text.
    pub language: Lang,
    /// Version of its template.
    pub version: u16,
    /// SHA-256 of the text.
    pub sha256: Digest,
    /// The text.
    pub text: String,
}

impl From<&mesinfos_platform::consent::Notice> for Notice {
    fn from(notice: &mesinfos_platform::consent::Notice) -> Notice {
        let (language, version, sha256) = (notice.language, notice.version, notice.digest());
        Notice { language, version, sha256, text: notice.text.clone() }
    }
}

/// Schema of the states of a grant.
fn states() -> ObjectBuilder {
    let words = GrantState::ALL.iter().map(|state| state.id());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

impl From<&GrantSummary> for Grant {
    fn from(grant: &GrantSummary) -> Grant {
        let replaced = grant.replaced.as_ref();
        let of = |ways: &[Widening]| ways.iter().map(|way| way.category).collect::<Vec<Category>>();
        Grant {
            id: grant.id.to_string(),
            app: grant.app.clone(),
            version: grant.version.clone(),
            component: grant.component,
            state: grant.state.clone(),
            scope: grant.scope.clone(),
            until: grant.until,
            notice: grant.notice,
            given_at: grant.given_at,
            wider: replaced.map_or_else(Vec::new, |replaced| of(&replaced.wider)),
            narrower: replaced.map_or_else(Vec::new, |replaced| of(&replaced.narrower)),
            longer: grant.lasts_longer(),
            unmatched: grant.unmatched.iter().map(|outside| outside.category).collect(),
        }
    }
}
