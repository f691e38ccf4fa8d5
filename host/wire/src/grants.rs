//! What an app may see: what a person gives, and what they gave.

use mesinfos_model::row::NotARowId;
use mesinfos_model::{Category, CategoryScope, Digest, Grain, Period};
use mesinfos_platform::consent::State;
use mesinfos_platform::{Ask, GrantView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::schema::Type;

/// A grant to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrant {
    /// The app's id.
    #[schema(examples("budget"))]
    pub app: String,
    /// SHA-256 of the component that the person was shown, as `/api/apps` has it. If another one is installed by
    /// now, or none is named, nothing is granted.
    #[schema(value_type = Option<Digest>)]
    pub component: Option<String>,
    /// What is given; nothing here is all that the app asks for.
    #[serde(default)]
    pub categories: Vec<GivenCategory>,
    /// Until when, in UTC seconds; none is until it is withdrawn.
    pub until: Option<i64>,
}

/// What a person gives of one category. What is left open is given as the app asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenCategory {
    /// Which category.
    #[schema(value_type = Category)]
    pub category: String,
    /// Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06.
    #[schema(examples("2026", "2011-03..2011-06"))]
    pub period: Option<String>,
    /// With `period`: whether rows that have no date, such as contacts or allergies, come too.
    pub undated: Option<bool>,
    /// Only these fields.
    pub fields: Option<Vec<String>>,
    /// No finer than this.
    #[schema(value_type = Option<Grain>)]
    pub granularity: Option<String>,
    /// Only rows of these holders.
    pub holders: Option<Vec<String>>,
    /// Without these rows.
    #[serde(default)]
    #[schema(value_type = Vec<mesinfos_model::RowId>)]
    pub without: Vec<String>,
}

/// Something in a grant that is not what it should be: in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGrant(pub String);

impl GivenCategory {
    /// As the platform takes it.
    ///
    /// # Errors
    /// [`BadGrant`] that names the first part which is not understood.
    pub fn ask(self) -> Result<(Category, Ask), BadGrant> {
        let no_category = || BadGrant(format!("there is no category \"{}\"", self.category));
        let category = Category::from_id(&self.category).ok_or_else(no_category)?;
        let grain = self.granularity.as_deref().map(|id| {
            Grain::from_id(id).ok_or_else(|| BadGrant(format!("there is no granularity \"{id}\"")))
        });
        let period = self.period.as_deref().map(Period::parse).transpose();
        let excluded = self.without.iter().map(|id| id.parse()).collect::<Result<_, NotARowId>>();
        let ask = Ask {
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

/// A grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Of which app.
    pub app: String,
    /// Of which version.
    pub version: String,
    /// Of which component.
    pub component: Digest,
    /// Where it stands: only "given" and "renewed" let the app run.
    #[schema(schema_with = states)]
    pub state: String,
    /// What it lets the app see now: nothing unless it is given or renewed.
    pub scope: BTreeMap<Category, CategoryScope>,
    /// Until when, in UTC seconds; none is until it is withdrawn.
    #[schema(required = true)]
    pub until: Option<i64>,
    /// When it was given just now: the categories of which it lets the app see more than the grant whose place it
    /// takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wider: Vec<Category>,
}

/// The words of the states of a grant.
fn states() -> ObjectBuilder {
    let words = State::ALL.iter().map(|state| state.id());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

impl From<&GrantView> for Grant {
    fn from(grant: &GrantView) -> Grant {
        Grant {
            id: grant.id.to_string(),
            app: grant.app.clone(),
            version: grant.version.clone(),
            component: grant.component,
            state: grant.state.clone(),
            scope: grant.scope.clone(),
            until: grant.until,
            wider: grant.wider.iter().map(|wider| wider.category).collect(),
        }
    }
}
