//! What can be imported, and what each category holds: in both languages, so that a door need not be asked twice.

use crate::imports::Counts;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Grain, Reach};
use mesinfos_platform::intake::About;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// For a French reader.
    pub fr: String,
    /// For an English reader.
    pub en: String,
}

impl Words {
    /// The text in each language.
    pub fn of<T: Into<String>>(text: impl Fn(Lang) -> T) -> Words {
        Words { fr: text(Lang::Fr).into(), en: text(Lang::En).into() }
    }
}

/// A format of holders' files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Format {
    /// Its id.
    #[schema(examples("green-button-xml"))]
    pub id: String,
    /// What people call it.
    pub name: Words,
    /// Who hands such files out.
    pub origin: String,
    /// The categories that it may hold, the main one first.
    pub categories: Vec<Category>,
    /// What makes a file one of this format.
    pub looks_for: String,
    /// Where the format is described.
    pub spec: String,
    /// What the places of its rows count.
    pub counts: Counts,
}

impl From<&About> for Format {
    fn from(about: &About) -> Format {
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
    /// Its id.
    pub id: Category,
    /// What people call it.
    pub name: Words,
    /// What it holds.
    pub about: Words,
    /// How finely it can be given.
    pub granularities: Vec<Grain>,
    /// Whether rows of it may have no date.
    pub undated: bool,
    /// Its fields.
    pub fields: Vec<FieldEntry>,
}

/// A field of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldEntry {
    /// Its name in grants and views of rows.
    pub id: String,
    /// What people call it.
    pub name: Words,
    /// What has to be known of it beside its name; may be empty.
    pub about: Words,
    /// What its values are.
    pub values: Words,
    /// Whether giving the category gives it.
    pub given: FieldGiven,
}

/// Whether giving a category gives a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldGiven {
    /// It does.
    WithTheCategory,
    /// Only a grant that names it gives it.
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
