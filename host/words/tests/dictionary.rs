//! The pages of the data dictionary match the tables of categories.
//!
//! `cargo xtask generate` (this test with `BLESS=1`) rewrites them.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_words::dictionary::markdown;
use std::path::Path;

/// Compares a page with its expected text, or writes it when blessing.
fn hold(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(&file, expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is not what the tables of categories say: run `cargo xtask generate` and commit what it writes"
    );
}

#[test]
fn data_dictionary() {
    let made = "<!-- Written from the tables in host/model/src/category by `cargo xtask generate`. -->\n\n";
    let fr = format!(
        "{made}# Dictionnaire des données\n\nCe que chaque catégorie contient, et ce qu’une application peut en demander. \
         (In English: [data-dictionary.md](data-dictionary.md).)\n\n{}",
        markdown(Category::ALL, Lang::Fr)
    );
    let en = format!(
        "{made}# Data dictionary\n\nWhat each category holds, and what an app can ask for. (En français : \
         [dictionnaire-des-donnees.md](dictionnaire-des-donnees.md).)\n\n{}",
        markdown(Category::ALL, Lang::En)
    );
    hold("docs/dictionnaire-des-donnees.md", &fr);
    hold("docs/data-dictionary.md", &en);
}
