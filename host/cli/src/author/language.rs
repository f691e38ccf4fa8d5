//! Languages that apps are written in.

use std::path::Path;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    TypeScript,
    JavaScript,
    Python,
}

impl Language {
    /// Tags of the languages, as `mesinfos new --lang` takes them.
    pub(crate) const TAGS: [(&str, Language); 4] = [
        ("rust", Language::Rust),
        ("ts", Language::TypeScript),
        ("js", Language::JavaScript),
        ("python", Language::Python),
    ];

    pub(crate) fn from_tag(tag: &str) -> Option<Language> {
        Language::TAGS.iter().find(|(known, _)| *known == tag).map(|(_, language)| *language)
    }

    /// The language of the app in a folder, by the file of its package. Rust if there is none: cargo then says what
    /// is missing.
    pub(crate) fn of(folder: &Path) -> Language {
        let has = |name: &str| folder.join(name).is_file();
        if has("Cargo.toml") {
            Language::Rust
        } else if has("app.ts") {
            Language::TypeScript
        } else if has("package.json") {
            Language::JavaScript
        } else if has("app.py") || has("pyproject.toml") {
            Language::Python
        } else {
            Language::Rust
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_the_language_of_its_package() {
        for (files, language) in [
            (&["Cargo.toml"][..], Language::Rust),
            (&["package.json", "app.ts"], Language::TypeScript),
            (&["package.json", "app.js"], Language::JavaScript),
            (&["app.py"], Language::Python),
            (&[], Language::Rust),
        ] {
            let folder = tempfile::tempdir().unwrap();
            for file in files {
                std::fs::write(folder.path().join(file), "").unwrap();
            }
            assert_eq!(Language::of(folder.path()), language, "{files:?}");
        }
    }
}
