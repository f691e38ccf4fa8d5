//! Codes come from the tables of the categories: no source file of this crate writes one as a number.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_model::{Category, FieldKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Numbers from here on are not codes but lengths, bounds and units.
const NO_CODE: u64 = 32;

/// Names of the constants of all fields that hold codes, such as `PREMIUM_PERIOD`.
fn fields() -> BTreeSet<String> {
    let fields = Category::ALL.iter().flat_map(|category| category.schema().fields);
    let coded = fields.filter(|field| matches!(field.kind, FieldKind::Code(_)));
    coded.map(|field| field.name.to_uppercase().replace('-', "_")).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Whether a text begins with a number that may be a code.
fn begins_with_code(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    text[..end].trim_end_matches("_i64").parse().is_ok_and(|number: u64| number < NO_CODE)
}

/// The text after each `before` in a line.
fn behind<'l>(line: &'l str, before: &'l str) -> impl Iterator<Item = &'l str> {
    line.match_indices(before).map(move |(at, _)| &line[at + before.len()..])
}

/// Whether a line is like `const CARD: i64 = 0;`.
fn is_constant(line: &str) -> bool {
    let is_alone = |value: &&str| !value.contains([' ', '(']);
    line.contains("const ") && behind(line, ": i64 = ").filter(is_alone).any(begins_with_code)
}

/// Whether a line is like `(bank::KIND, 0_i64.into())`, `batch.integer(bank::KIND, 0), Some(0)` or
/// `all(bank::KIND), [Some(0), …]`.
fn is_value(line: &str, fields: &BTreeSet<String>) -> bool {
    behind(line, "::").any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_uppercase() && c != '_').unwrap_or(rest.len());
        let (field, rest) = rest.split_at(end);
        let is_pushed = rest.strip_prefix(", ").is_some_and(|value| {
            begins_with_code(value) && value.split([',', ' ']).next().is_some_and(|v| v.contains(".into()"))
        });
        let compared = rest.split_once("), ").map_or("", |(_, compared)| compared);
        let first = compared.trim_start_matches('[').trim_start_matches("Some(");
        let is_compared = first.len() < compared.len() && begins_with_code(first);
        fields.contains(field) && (is_pushed || is_compared)
    })
}

/// Whether a line is an entry of a table of words and codes: `("mobile", 1),`
fn is_entry(line: &str) -> bool {
    behind(line, ", ").any(|rest| begins_with_code(rest) && rest.contains(')'))
}

fn wrong(text: &str, fields: &BTreeSet<String>) -> Vec<usize> {
    let mut is_table = false;
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let is_typed = line.contains("(&str, i64)") || line.contains("(&[&str], i64)");
        is_table |= is_typed && (line.contains("const ") || line.contains("static "));
        if is_constant(line) || is_value(line, fields) || is_table && is_entry(line) {
            wrong.push(number);
        }
        is_table &= !line.contains("];");
    }
    wrong
}

#[test]
fn no_code_is_written_as_a_number() {
    let fields = fields();
    let mut paths = Vec::new();
    for folder in ["src", "tests"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut paths);
    }
    assert!(paths.len() > 100);
    let this = Path::new(file!()).file_name().unwrap();
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| path.file_name() != Some(this)) {
        let lines = wrong(&std::fs::read_to_string(path).unwrap(), &fields);
        found.extend(lines.iter().map(|line| format!("{}:{line}", path.display())));
    }
    assert!(found.is_empty(), "take the constants of the table: {found:#?}");
}

#[test]
fn numbers_in_place_of_codes_are_found() {
    let fields = fields();
    for text in [
        "const CARD: i64 = 0;",
        "    pub(super) const OTHER: i64 = 12;",
        "const SERVICES: &[(&str, i64)] = &[\n    (\"edf\", service::ENERGY),\n    (\"mobile\", 1),\n];",
        "const WORDS: &[(&[&str], i64)] =\n    &[(&[\"renvoy\"], 2), (&[\"sortant\"], direction::OUT)];",
        "            (energy::COMMODITY, 1_i64.into()),",
        "        assert_eq!(batch.integer(bills::SERVICE, 0), Some(1));",
        "        assert_eq!(all(mobility::MODE), [Some(0), None]);",
        "        assert_eq!(all(mobility::MODE), [0, 1].map(Some));",
    ] {
        assert_eq!(wrong(text, &fields).len(), 1, "{text}");
    }
    for text in [
        "const DAY: i64 = 86_400;",
        "const REDIRECT: i64 = 0xC000_0000;",
        "const DAY_MINUTES: i64 = 24 * 60;",
        "const CARD: i64 = kind::CARD;",
        "const SERVICES: &[(&str, i64)] = &[(\"edf\", service::ENERGY)];\nlet pair = (\"litres\", 3);",
        "        assert_eq!(batch.integer(bills::SERVICE, 1), Some(service::TELECOM));",
        "            (telecom::MESSAGES, 1.into()),",
        "        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(10));",
    ] {
        assert!(wrong(text, &fields).is_empty(), "{text}");
    }
}
