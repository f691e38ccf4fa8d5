//! The manifest: names and reasons for a component's imports, in a custom section of the component.
//!
//! A component's imports define its request. The manifest (`mesinfos.toml` in the app's folder) adds names,
//! reasons and whether a category is optional. It can never ask for more than the imports, and
//! [`mod@crate::inspect`] refuses one that claims less.

use crate::imitation;
use mesinfos_model::purpose::PURPOSES;
use mesinfos_model::visible::is_hidden;
use mesinfos_model::{Category, DpvPurpose, Necessity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

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
    /// English; the French text is used if it is missing.
    pub en: Option<String>,
}

impl Bilingual {
    /// The text in a language.
    pub fn get(&self, lang: mesinfos_model::view::Lang) -> &str {
        match (lang, &self.en) {
            (mesinfos_model::view::Lang::En, Some(en)) => en,
            _ => &self.fr,
        }
    }
}

/// What the author declares about one category that the app reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredRead {
    /// Category that it reads.
    pub category: Category,
    /// Required or optional.
    pub need: Necessity,
    /// Number of months that it wants to look back; `None` for everything.
    pub months: Option<u16>,
    /// Whether it also wants rows without a date when `months` limits it.
    #[serde(default)]
    pub undated: bool,
    /// Reason for reading it.
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
    /// Name under which it is published.
    pub publisher: String,
    /// SPDX expression.
    pub licence: String,
    /// Name of an icon in the view's icon set.
    pub icon: String,
    /// Display name.
    pub name: Bilingual,
    /// What it does for a person, in one sentence.
    pub summary: Bilingual,
    /// Id of a purpose in the platform's closed list.
    pub purpose: String,
}

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// General information.
    pub app: AppInfo,
    /// Categories that it reads.
    #[serde(default)]
    pub reads: Vec<DeclaredRead>,
}

/// Reason for refusing a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// The component has no manifest.
    #[error("the component has no manifest: mesinfos.toml is not embedded in it")]
    Missing,
    /// The component has several manifests.
    #[error(
        "the component contains {0} manifests: two manifests may contradict each other; rebuild it from its folder"
    )]
    Several(usize),
    /// The text is not TOML.
    #[error("mesinfos.toml: {0}")]
    Malformed(String),
    /// The text is TOML with another key, value or type than a manifest has.
    #[error("mesinfos.toml, line {line}: {problem}")]
    Shape {
        /// Line, counted from 1.
        line: usize,
        /// Bytes of the text that are wrong.
        span: Range<usize>,
        /// The problem, with what was expected.
        problem: ShapeProblem,
    },
    /// A field has an invalid value.
    #[error("mesinfos.toml: {field}: {problem}")]
    Field {
        /// Path of the field.
        field: String,
        /// The problem, with what was expected.
        problem: FieldProblem,
    },
}

/// Something in the text of a manifest that a manifest does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeProblem {
    /// A key that does not exist there.
    #[error("there is no key \"{found}\" here; known: {}", known.join(", "))]
    UnknownKey {
        /// The key.
        found: String,
        /// The keys that exist there.
        known: Vec<String>,
    },
    /// A word that is not in a closed list.
    #[error("\"{found}\" is not known; known: {}", known.join(", "))]
    UnknownValue {
        /// The word.
        found: String,
        /// The words of the list.
        known: Vec<String>,
    },
    /// A key that is missing in the table that begins there.
    #[error("the key \"{0}\" is missing")]
    MissingKey(String),
    /// A value of another type.
    #[error("found {found}, expected {expected}")]
    WrongType {
        /// What is there, in the words of the reader.
        found: String,
        /// What was expected, in the words of the reader.
        expected: String,
    },
    /// Not TOML from there on.
    #[error("not TOML: {0}")]
    Syntax(String),
}

impl ShapeProblem {
    /// The known word that the one found was probably meant to be.
    pub fn meant(&self) -> Option<&str> {
        let (ShapeProblem::UnknownKey { found, known } | ShapeProblem::UnknownValue { found, known }) = self
        else {
            return None;
        };
        nearest(found, known.iter().map(String::as_str))
    }

    /// What the message of the TOML reader says. Its forms are those of `serde::de::Error`.
    fn of(message: &str) -> ShapeProblem {
        let between =
            |text: &str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        let mut named = between(message).into_iter();
        let parts = |rest: &str| {
            let (found, expected) = rest.split_once(", expected ")?;
            let words = |text: &str| text.trim().trim_end_matches('.').to_owned();
            Some((words(found), words(expected)))
        };
        if message.starts_with("unknown field")
            && let Some(found) = named.next()
        {
            return ShapeProblem::UnknownKey { found, known: named.collect() };
        }
        if message.starts_with("unknown variant")
            && let Some(found) = named.next()
        {
            return ShapeProblem::UnknownValue { found, known: named.collect() };
        }
        if message.starts_with("missing field")
            && let Some(found) = named.next()
        {
            return ShapeProblem::MissingKey(found);
        }
        let typed =
            ["invalid type: ", "invalid value: "].iter().find_map(|start| message.strip_prefix(start));
        if let Some((found, expected)) = typed.and_then(parts) {
            return ShapeProblem::WrongType { found, expected };
        }
        ShapeProblem::Syntax(message.to_owned())
    }
}

/// The word that is nearest to another, if it is near enough to be meant: at most a third of its letters differ, or it
/// begins in the same way.
pub fn nearest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    let is_near = |word: &str, distance: usize| {
        let begins =
            word.len() >= 4 && (found.starts_with(word) || (found.len() >= 4 && word.starts_with(&found)));
        begins || distance * 3 <= word.chars().count().max(found.chars().count())
    };
    let all = known
        .map(|word| (strsim::levenshtein(&found, word), word))
        .filter(|(distance, word)| is_near(word, *distance));
    all.min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// Problem with a field of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Not a valid id.
    #[error("\"{0}\": expected 2 to 40 characters from a-z, 0-9 and -, starting with a letter")]
    Id(String),
    /// Not a version number.
    #[error("\"{0}\": expected three numbers such as 1.2.3")]
    Version(String),
    /// Not one of [`PURPOSES`].
    #[error("\"{found}\" is not one of {known}", found = .0, known = purposes())]
    Purpose(String),
    /// Empty or too long.
    #[error("expected 1 to {0} characters")]
    Length(usize),
    /// It contains invisible characters.
    #[error("it contains control or direction characters")]
    Hidden,
    /// The publisher, licence or icon is empty, too long, or contains invisible characters.
    #[error("publisher, licence and icon each need 1 to 100 characters")]
    Names,
    /// A category is listed twice.
    #[error("{0} is listed twice")]
    Twice(Category),
    /// `months` is zero.
    #[error("0 months would read nothing; omit it to read everything")]
    NoMonths,
    /// It imitates the name of the platform.
    #[error("it looks like the platform's name, which no app may use: choose another")]
    Imitates,
    /// It is a name that people take for a data holder.
    #[error("it looks like \"{0}\", a data holder: write your own name or that of your team")]
    ImitatesHolder(&'static str),
}

/// The ids of [`PURPOSES`], separated by commas.
pub fn purposes() -> String {
    PURPOSES.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ")
}

impl Manifest {
    /// Parses the text of a manifest.
    ///
    /// # Errors
    /// [`ManifestError`], which names the line or the field and the expected value.
    pub fn parse(text: &str) -> Result<Manifest, ManifestError> {
        if text.len() > MAX_MANIFEST {
            return Err(ManifestError::Malformed(format!("it is over {MAX_MANIFEST} bytes")));
        }
        let manifest: Manifest = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let line = text.get(..span.start).unwrap_or_default().matches('\n').count() + 1;
            ManifestError::Shape { line, span, problem: ShapeProblem::of(error.message()) }
        })?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Checks that no field looks like the platform's name.
    ///
    /// # Errors
    /// [`ManifestError::Field`] with the first one that does.
    pub fn check_names(&self) -> Result<(), ManifestError> {
        match self.imitates() {
            Some((field, problem)) => Err(ManifestError::Field { field: field.to_owned(), problem }),
            None => Ok(()),
        }
    }

    /// The first field that looks like the platform's name, or a publisher that looks like a data holder. An app with
    /// such a field cannot be installed; one installed before this rule existed keeps running.
    pub(crate) fn imitates(&self) -> Option<(&'static str, FieldProblem)> {
        let app = &self.app;
        let names = [Some(&app.id), Some(&app.publisher), Some(&app.name.fr), app.name.en.as_ref()];
        let fields = ["app.id", "app.publisher", "app.name.fr", "app.name.en"];
        let mut named = fields.into_iter().zip(names);
        let host = named.find(|(_, name)| name.is_some_and(|name| imitation::names_the_host(name)));
        host.map(|(field, _)| (field, FieldProblem::Imitates)).or_else(|| {
            let holder = imitation::names_a_holder(&app.publisher)?;
            Some(("app.publisher", FieldProblem::ImitatesHolder(holder.name)))
        })
    }

    fn check(&self) -> Result<(), ManifestError> {
        let bad = |field: &str, problem: FieldProblem| {
            Err(ManifestError::Field { field: field.to_owned(), problem })
        };
        let app = &self.app;
        if !mesinfos_model::is_app_id(&app.id) {
            return bad("app.id", FieldProblem::Id(app.id.clone()));
        }
        if !is_version(&app.version) {
            return bad("app.version", FieldProblem::Version(app.version.clone()));
        }
        if !PURPOSES.iter().any(|(id, _)| *id == app.purpose) {
            return bad("app.purpose", FieldProblem::Purpose(app.purpose.clone()));
        }
        let texts = [("app.name".to_owned(), &app.name, 60), ("app.summary".to_owned(), &app.summary, 200)];
        let whys = self.reads.iter().map(|read| (format!("reads.{}.why", read.category), &read.why, 200));
        for (field, text, most) in texts.into_iter().chain(whys) {
            for words in [Some(&text.fr), text.en.as_ref()].into_iter().flatten() {
                if words.trim().is_empty() || words.chars().count() > most {
                    return bad(&field, FieldProblem::Length(most));
                }
                if words.chars().any(is_hidden) {
                    return bad(&field, FieldProblem::Hidden);
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
                return bad(&format!("reads.{}.months", read.category), FieldProblem::NoMonths);
            }
        }
        Ok(())
    }

    /// The declaration about a category; `None` if there is none.
    pub fn read(&self, category: Category) -> Option<&DeclaredRead> {
        self.reads.iter().find(|read| read.category == category)
    }

    /// The purpose as a term of the Data Privacy Vocabulary; `None` only in a manifest that was not
    /// checked.
    pub fn purpose(&self) -> Option<DpvPurpose> {
        PURPOSES.iter().find(|(id, _)| *id == self.app.purpose).map(|(_, purpose)| *purpose)
    }
}

/// Embeds a manifest's text into a component, as its custom section.
///
/// # Errors
/// [`ManifestError`] if the text is not a valid manifest.
pub fn embed(component: &[u8], text: &str) -> Result<Vec<u8>, ManifestError> {
    use wasm_encoder::Encode;
    Manifest::parse(text)?.check_names()?;
    let section = wasm_encoder::CustomSection { name: SECTION.into(), data: text.as_bytes().into() };
    let mut bytes = component.to_vec();
    // A custom section may be anywhere at the top level; at the end it moves nothing.
    bytes.push(0);
    section.encode(&mut bytes);
    Ok(bytes)
}

/// Whether a text is a version number: three numbers of 32 bits in digits, without zeros before them, so that one number
/// has one text and no text is long.
fn is_version(text: &str) -> bool {
    let is_number = |number: &str| {
        number.bytes().all(|byte| byte.is_ascii_digit())
            && (number == "0" || !number.starts_with('0'))
            && number.parse::<u32>().is_ok()
    };
    text.split('.').count() == 3 && text.split('.').all(is_number)
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
            ("0.1.0", "01.0.0", "app.version"),
            ("0.1.0", "+1.0.0", "app.version"),
            ("0.1.0", "1.0.00000000000", "app.version"),
            ("0.1.0", "1", "app.version"),
            ("personal-finance", "world-domination", "app.purpose"),
            ("\"bank\"", "\"banque\"", "banque"),
            ("licence", "license", "license"),
            ("pour compter", "pour\\u202Ecompter", "reads.bank.why"),
            ("need =", "months = 0\nneed =", "reads.bank.months"),
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
            ("\"Exemples\"", "\"Ameli\"", "app.publisher"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            // Parsing still accepts it: an app installed before the rule existed keeps running.
            assert_eq!(Manifest::parse(&text).unwrap().imitates().map(|(field, _)| field), Some(named));
            assert!(embed(b"", &text).unwrap_err().to_string().contains(named));
        }
        // An app may be about a holder, and say so in its name.
        assert!(embed(b"", &GOOD.replacen("fr = \"Budget\"", "fr = \"Ma facture EDF\"", 1)).is_ok());
    }

    #[test]
    fn what_a_manifest_does_not_have_is_named_with_its_line_and_the_word_that_was_meant() {
        let line = |named: &str| GOOD.lines().position(|line| line.contains(named)).unwrap() + 1;
        for (from, to, at, meant) in [
            ("need =", "needs =", line("need ="), Some("need")),
            ("\"bank\"", "\"banking\"", line("\"bank\""), Some("bank")),
            ("\"required\"", "\"requird\"", line("need ="), Some("required")),
            ("\"required\"", "\"mandatory\"", line("need ="), None),
            ("licence =", "license =", line("licence ="), Some("licence")),
            ("fr = \"pour", "de = \"pour", line("why ="), None),
            ("version = \"0.1.0\"", "version = 1", line("version ="), None),
        ] {
            let error = Manifest::parse(&GOOD.replacen(from, to, 1)).unwrap_err();
            let ManifestError::Shape { line, problem, .. } = &error else { panic!("{to}: {error}") };
            assert_eq!((*line, problem.meant()), (at, meant), "{to}: {error}");
        }
        let open = GOOD.replacen("\"Exemples\"", "\"Exemples", 1);
        let error = Manifest::parse(&open).unwrap_err();
        assert!(matches!(error, ManifestError::Shape { problem: ShapeProblem::Syntax(_), .. }), "{error}");
        assert_eq!(nearest("abc", ["xyz", "de"].into_iter()), None);
        assert_eq!(nearest("amout", ["amount", "account"].into_iter()), Some("amount"));
    }
}
