//! Formats and the data dictionary, in both languages at once.

use crate::imports::OrdinalKind;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Grain, Reach};
use mesinfos_platform::intake::FormatInfo;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// French text.
    pub fr: String,
    /// English text.
    pub en: String,
}

impl Words {
    /// Renders a text in each language.
    pub fn of<T: Into<String>>(text: impl Fn(Lang) -> T) -> Words {
        Words { fr: text(Lang::Fr).into(), en: text(Lang::En).into() }
    }
}

/// A file format of data holders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Format {
    /// Id of the format.
    #[schema(examples("green-button-xml"))]
    pub id: String,
    /// Its common name.
    pub name: Words,
    /// Holders that issue such files.
    pub origin: String,
    /// Categories a file may contain, the main one first.
    pub categories: Vec<Category>,
    /// Content that identifies the format.
    pub looks_for: String,
    /// Where the format is documented.
    pub spec: String,
    /// What the ordinals of its rows count.
    pub counts: OrdinalKind,
}

impl From<&FormatInfo> for Format {
    fn from(about: &FormatInfo) -> Format {
        Format {
            id: about.id.to_owned(),
            name: Words::of(|lang| about.name(lang)),
            origin: about.origin.to_owned(),
            categories: about.categories.to_vec(),
            looks_for: about.looks_for.to_owned(),
            spec: about.spec.to_owned(),
            counts: about.counts.into(),
        }
    }
}

/// A category of the data dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryEntry {
    /// Id of the category.
    pub id: Category,
    /// Its common name.
    pub name: Words,
    /// Its contents.
    pub about: Words,
    /// Granularities in which it can be granted.
    pub granularities: Vec<Grain>,
    /// Whether its rows may lack a date.
    pub undated: bool,
    /// Its fields.
    pub fields: Vec<FieldEntry>,
}

/// A field of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldEntry {
    /// Id of the field in grants and in rows.
    pub id: String,
    /// Its common name.
    pub name: Words,
    /// Explanation beyond the name; may be empty.
    pub about: Words,
    /// Its values.
    pub values: Words,
    /// Whether a grant of the category includes the field.
    pub given: FieldGiven,
}

/// Whether a grant of a category includes a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldGiven {
    /// Every grant of the category includes the field.
    WithTheCategory,
    /// Only a grant that names the field includes it.
    ByName,
}

impl From<Category> for CategoryEntry {
    fn from(category: Category) -> CategoryEntry {
        let schema = category.schema();
        let fields = schema.open_fields().map(|(_, field)| FieldEntry {
            id: field.name.to_owned(),
            name: Words::of(|lang| field.label(lang)),
            about: Words::of(|lang| field.explained(lang)),
            values: Words::of(|lang| mesinfos_words::dictionary::values(field, lang)),
            given: match field.reach {
                Reach::Named => FieldGiven::ByName,
                Reach::App | Reach::Host => FieldGiven::WithTheCategory,
            },
        });
        CategoryEntry {
            id: category,
            name: Words::of(|lang| category.name(lang)),
            about: Words::of(|lang| schema.about(lang)),
            granularities: schema.grains.to_vec(),
            undated: schema.undated,
            fields: fields.collect(),
        }
    }
}
