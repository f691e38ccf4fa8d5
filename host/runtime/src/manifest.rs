//! The manifest: names and reasons around a component's imports, in a custom section of the component.
//!
//! A component's imports say what it asks for. The manifest (`mesinfos.toml` in the app's folder) adds names,
//! reasons and what is optional. It can never ask for more than the imports, and one that claims less is
//! refused by [`mod@crate::inspect`].

use crate::imitation;
use mesinfos_model::purpose::PURPOSES;
use mesinfos_model::visible::is_hidden;
use mesinfos_model::{Category, DpvPurpose, Necessity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the custom section that holds the manifest's TOML text.
pub const SECTION: &str = "mesinfos:manifest";

/// Largest manifest, in bytes.
pub const MAX_MANIFEST: usize = 32 << 10;

/// A text in the languages of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// French.
    pub fr: String,
    /// English; the French one stands in where it is missing.
    pub en: Option<String>,
}

impl Bilingual {
    /// In a language.
    pub fn get(&self, lang: mesinfos_model::view::Lang) -> &str {
        match (lang, &self.en) {
            (mesinfos_model::view::Lang::En, Some(en)) => en,
            _ => &self.fr,
        }
    }
}

/// What the author says of one category that the app reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredRead {
    /// Which.
    pub category: Category,
    /// Required or optional.
    pub need: Necessity,
    /// How many months back it wants to look; none is everything.
    pub months: Option<u16>,
    /// Whether it wants rows without a date too, where `months` bounds it.
    #[serde(default)]
    pub undated: bool,
    /// What for.
    pub why: Bilingual,
}

/// The `[app]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppInfo {
    /// `[a-z][a-z0-9-]{1,39}`.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// SPDX expression.
    pub licence: String,
    /// Name of an icon of the view.
    pub icon: String,
    /// Its name.
    pub name: Bilingual,
    /// What it does for a person, in one sentence.
    pub summary: Bilingual,
    /// A purpose of the platform's closed list.
    pub purpose: String,
}

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The app.
    pub app: AppInfo,
    /// What it reads.
    #[serde(default)]
    pub reads: Vec<DeclaredRead>,
}

/// A manifest that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// There is none.
    #[error("the component carries no manifest: mesinfos.toml is not in it")]
    Missing,
    /// There are several.
    #[error(
        "the component carries {0} manifests: two manifests contradict each other; build it again from its folder"
    )]
    Several(usize),
    /// It is no TOML, or not of this shape.
    #[error("mesinfos.toml: {0}")]
    Malformed(String),
    /// A field has a value that it cannot have.
    #[error("mesinfos.toml: {field}: {problem}")]
    Field {
        /// Which field.
        field: String,
        /// What is wrong, and what is expected.
        problem: FieldProblem,
    },
}

/// What is wrong with a field of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// It is no id.
    #[error("\"{0}\": 2 to 40 of a-z, 0-9 and -, starting with a letter, are expected")]
    Id(String),
    /// It is no version.
    #[error("\"{0}\": three numbers as 1.2.3 are expected")]
    Version(String),
    /// It is none of [`PURPOSES`].
    #[error("\"{found}\" is none of {known}", found = .0, known = purposes())]
    Purpose(String),
    /// It is empty or too long.
    #[error("1 to {0} characters are expected")]
    Length(usize),
    /// It has characters that are not seen.
    #[error("it has control or direction characters")]
    Hidden,
    /// One of three is empty, too long, or has characters that are not seen.
    #[error("publisher, licence and icon need 1 to 100 characters")]
    Names,
    /// A category comes twice.
    #[error("{0} stands twice")]
    Twice(Category),
    /// No months.
    #[error("0 months read nothing; leave it out for everything")]
    NoMonths,
    /// It bears the name of the platform.
    #[error("it looks like the name of the platform, which no app may bear: choose one of your own")]
    Imitates,
}

/// The ids of [`PURPOSES`].
pub fn purposes() -> String {
    PURPOSES.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ")
}

impl Manifest {
    /// Reads the text of a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] that names the line or the field and says what is expected.
    pub fn parse(text: &str) -> Result<Manifest, ManifestError> {
        if text.len() > MAX_MANIFEST {
            return Err(ManifestError::Malformed(format!("it is over {MAX_MANIFEST} bytes")));
        }
        let manifest: Manifest = toml::from_str(text).map_err(|e| ManifestError::Malformed(e.to_string()))?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The first field that looks like the name of the platform. No app with one is installed; one that was
    /// installed before there was this rule runs on.
    pub(crate) fn imitates(&self) -> Option<&'static str> {
        let app = &self.app;
        let names = [Some(&app.id), Some(&app.publisher), Some(&app.name.fr), app.name.en.as_ref()];
        let fields = ["app.id", "app.publisher", "app.name.fr", "app.name.en"];
        let mut named = fields.into_iter().zip(names);
        named
            .find(|(_, name)| name.is_some_and(|name| imitation::names_the_host(name)))
            .map(|(field, _)| field)
    }

    fn check(&self) -> Result<(), ManifestError> {
        let bad = |field: &str, problem: FieldProblem| {
            Err(ManifestError::Field { field: field.to_owned(), problem })
        };
        let app = &self.app;
        let id_fits = (2..=40).contains(&app.id.len())
            && app.id.starts_with(|c: char| c.is_ascii_lowercase())
            && app.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !id_fits {
            return bad("app.id", FieldProblem::Id(app.id.clone()));
        }
        let numbers: Vec<&str> = app.version.split('.').collect();
        if numbers.len() != 3 || numbers.iter().any(|n| n.parse::<u32>().is_err()) {
            return bad("app.version", FieldProblem::Version(app.version.clone()));
        }
        if !PURPOSES.iter().any(|(id, _)| *id == app.purpose) {
            return bad("app.purpose", FieldProblem::Purpose(app.purpose.clone()));
        }
        let texts = [("app.name", &app.name, 60), ("app.summary", &app.summary, 200)];
        let whys = self.reads.iter().map(|read| ("reads.why", &read.why, 200));
        for (field, text, most) in texts.into_iter().chain(whys) {
            for words in [Some(&text.fr), text.en.as_ref()].into_iter().flatten() {
                if words.trim().is_empty() || words.chars().count() > most {
                    return bad(field, FieldProblem::Length(most));
                }
                if words.chars().any(is_hidden) {
                    return bad(field, FieldProblem::Hidden);
                }
            }
        }
        for text in [&app.publisher, &app.licence, &app.icon] {
            if text.trim().is_empty() || text.len() > 100 || text.chars().any(is_hidden) {
                return bad("app", FieldProblem::Names);
            }
        }
        let mut seen = BTreeMap::new();
        for read in &self.reads {
            if seen.insert(read.category, ()).is_some() {
                return bad("reads", FieldProblem::Twice(read.category));
            }
            if read.months == Some(0) {
                return bad("reads.months", FieldProblem::NoMonths);
            }
        }
        Ok(())
    }

    /// What it says of a category.
    pub fn read(&self, category: Category) -> Option<&DeclaredRead> {
        self.reads.iter().find(|read| read.category == category)
    }

    /// The term of the Data Privacy Vocabulary of its purpose; none only in a manifest that was not checked.
    pub fn purpose(&self) -> Option<DpvPurpose> {
        PURPOSES.iter().find(|(id, _)| *id == self.app.purpose).map(|(_, purpose)| *purpose)
    }
}

/// The component with a manifest's text in its custom section.
///
/// # Errors
/// [`ManifestError`] if the text is no manifest.
pub fn embed(component: &[u8], text: &str) -> Result<Vec<u8>, ManifestError> {
    use wasm_encoder::Encode;
    if let Some(field) = Manifest::parse(text)?.imitates() {
        let problem = FieldProblem::Imitates;
        return Err(ManifestError::Field { field: field.to_owned(), problem });
    }
    let section = wasm_encoder::CustomSection { name: SECTION.into(), data: text.as_bytes().into() };
    let mut bytes = component.to_vec();
    // A custom section may stand anywhere at the top level: at the end it moves nothing.
    bytes.push(0);
    section.encode(&mut bytes);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [app]
        id = "budget"
        version = "0.1.0"
        publisher = "Exemples"
        licence = "MIT"
        icon = "money"
        purpose = "personal-finance"
        name = { fr = "Budget" }
        summary = { fr = "Où va l’argent", en = "Where money goes" }
        [[reads]]
        category = "bank"
        need = "required"
        why = { fr = "pour compter" }
    "#;

    #[test]
    fn a_manifest_is_read() {
        let manifest = Manifest::parse(GOOD).unwrap();
        assert_eq!(manifest.read(Category::Bank).unwrap().need, Necessity::Required);
        assert!(manifest.read(Category::Energy).is_none());
    }

    #[test]
    fn a_wrong_field_is_named() {
        for (from, to, named) in [
            ("budget\"", "Budget\"", "app.id"),
            ("0.1.0", "1", "app.version"),
            ("personal-finance", "world-domination", "app.purpose"),
            ("\"bank\"", "\"banque\"", "banque"),
            ("licence", "license", "license"),
            ("pour compter", "pour\\u202Ecompter", "reads.why"),
            ("need =", "months = 0\nneed =", "reads.months"),
        ] {
            let error = Manifest::parse(&GOOD.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(named), "{to}: {error}");
        }
    }

    #[test]
    fn a_name_like_the_platforms_is_taken_for_no_new_app() {
        assert!(embed(b"", GOOD).is_ok());
        for (from, to, named) in [
            ("\"Exemples\"", "\"MesInfos\"", "app.publisher"),
            ("fr = \"Budget\"", "fr = \"Mes infos\"", "app.name.fr"),
            ("\"budget\"", "\"mes-infos\"", "app.id"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            // It is read all the same: an app that bore it before there was the rule runs on.
            assert_eq!(Manifest::parse(&text).unwrap().imitates(), Some(named));
            assert!(embed(b"", &text).unwrap_err().to_string().contains(named));
        }
    }
}
