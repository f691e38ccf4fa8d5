//! The pages of the data dictionary match the tables of categories, and the page of formats what each says of itself.
//!
//! `cargo xtask generate` (this test with `BLESS=1`) rewrites them.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_words::dictionary::markdown;
use std::fmt::Write as _;
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

#[test]
fn formats() {
    let abouts = mesinfos_intake::abouts();
    let mut page = format!(
        "<!-- Written from the formats in host/intake/src by `cargo xtask generate`. -->\n\n# Formats that can be imported\n\n\
         {} formats. A file is recognised by its content, whatever its name. A file in a ZIP archive is read too. \
         `mesinfos formats` prints this list; [adding a format](../adding/format.md) says how to extend it. A table that \
         none of them knows can be read by a mapping: `mesinfos map FILE` prints one to complete.\n\n\
         | id | format | from | rows of | recognised by | described in |\n|---|---|---|---|---|---|\n",
        abouts.len()
    );
    for about in abouts {
        let categories: Vec<String> =
            about.categories.iter().map(|category| format!("`{category}`")).collect();
        // What anything may be in needs no list.
        let categories = if about.categories.len() == Category::ALL.len() {
            "any".to_owned()
        } else {
            categories.join(", ")
        };
        // A page of this folder is named from the root.
        let spec = match about.spec.strip_prefix("docs/") {
            Some(path) => format!("[{path}](../{path})"),
            None if about.spec.starts_with("http") => format!("<{}>", about.spec),
            None => about.spec.to_owned(),
        };
        // Names of elements are no markup of the page.
        let [name, origin, marks] =
            [about.en, about.origin, about.looks_for].map(|text| text.replace('<', "\\<"));
        let cells = [&name, &origin, &categories, &marks, &spec].map(|cell| cell.replace('|', "\\|"));
        writeln!(page, "| `{}` | {} |", about.id, cells.join(" | ")).unwrap();
    }
    hold("docs/reference/formats.md", &page);
}
