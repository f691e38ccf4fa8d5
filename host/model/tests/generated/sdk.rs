//! Modules of the Rust SDK, one for each category: its codes, its columns and its rows.

use crate::wit::{comment, explained};
use mesinfos_model::category::Code;
use mesinfos_model::{Category, Field, FieldKind, Schema, Unit};
use std::fmt::Write as _;

/// `booked-on` as `booked_on`.
fn snake(name: &str) -> String {
    name.replace('-', "_")
}

/// `direct-debit` as `DirectDebit`.
fn pascal(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if capital.ends_with('.') { capital } else { format!("{capital}.") }
}

/// How a column is held by a page.
fn column(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Date => "Vec<i32>",
        FieldKind::Instant | FieldKind::Integer => "Vec<i64>",
        FieldKind::Code(_) => "Vec<u8>",
        FieldKind::Term | FieldKind::Pseudonym => "Terms",
        FieldKind::Text => "Texts",
    }
}

/// The type of a row's value and how it is got.
fn value(schema: &Schema, field: &Field) -> (String, String) {
    let name = snake(field.name);
    let at = |function: &str| format!("{function}(self.page.{name}(), self.index)");
    match (field.kind, field.unit) {
        (FieldKind::Date, _) => ("Date".to_owned(), at("day")),
        (FieldKind::Instant, _) => {
            let offset = schema.utc_offset.map_or("utc_offset".to_owned(), |i| snake(schema.fields[i].name));
            let get = format!("timestamp(self.page.{name}(), self.page.{offset}(), self.index)");
            ("Timestamp".to_owned(), get)
        }
        (FieldKind::Integer, Unit::MinorUnits) => {
            ("Money".to_owned(), format!("money(self.page.{name}(), self.page.currency(), self.index)"))
        }
        (FieldKind::Integer, Unit::MilliwattHours) => {
            ("Energy".to_owned(), format!("{}.map(Energy)", at("long")))
        }
        (FieldKind::Integer, _) => ("i64".to_owned(), at("long")),
        (FieldKind::Code(_), _) => {
            let ty = pascal(field.name);
            (ty.clone(), format!("{ty}::get(self.page.{name}(), self.index)"))
        }
        (FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text, _) => {
            ("&str".to_owned(), format!("self.page.{name}().get(self.index)"))
        }
    }
}

fn codes(out: &mut String, field: &Field, codes: &[Code]) {
    let _ = writeln!(out, "codes! {{");
    out.push_str(&comment(&sentence(field.en), "    ", "///"));
    let _ = writeln!(out, "    {} {{", pascal(field.name));
    for (number, code) in codes.iter().enumerate() {
        let _ = writeln!(out, "        /// {}", sentence(code.en));
        let _ = writeln!(out, "        {} = {number},", pascal(code.id));
    }
    out.push_str("    }\n}\n\n");
}

pub(crate) fn module(category: Category) -> String {
    let schema = category.schema();
    let fields: Vec<&Field> = schema.open_fields().map(|(_, field)| field).collect();
    let (row, rows) = schema.sdk;
    let mut body = String::new();
    for field in &fields {
        if let FieldKind::Code(list) = field.kind {
            codes(&mut body, field, list);
        }
    }
    let _ = writeln!(body, "category! {{\n    {row} from crate::bindings::mesinfos::data::{category};");
    for field in &fields {
        body.push_str(&comment(&sentence(&explained(field)), "    ", "///"));
        let _ = writeln!(body, "    {}: {},", snake(field.name), column(field.kind));
    }
    body.push_str("}\n\n");
    let _ = writeln!(
        body,
        "/// The rows of `period`, from the oldest to the newest.\n#[must_use]\npub fn {rows}(period: Period) -> Rows \
         {{\n    all(period)\n}}\n\nimpl {row} {{"
    );
    for (number, field) in fields.iter().enumerate() {
        let (ty, get) = value(schema, field);
        if number > 0 {
            body.push('\n');
        }
        body.push_str(&comment(&sentence(&explained(field)), "    ", "///"));
        let _ = writeln!(
            body,
            "    #[must_use]\n    pub fn {}(&self) -> Option<{ty}> {{\n        {get}\n    }}",
            snake(field.name)
        );
    }
    body.push_str("}\n");
    let uses = |words: &[&'static str]| -> Vec<&'static str> {
        words
            .iter()
            .copied()
            .filter(|word| {
                let lower = word.chars().next().is_some_and(char::is_lowercase);
                match *word {
                    "category" => true,
                    "codes" => body.contains("codes! {"),
                    word if lower => body.contains(&format!("{word}(self.page")),
                    word => body.contains(&format!(": {word},")) || body.contains(&format!("Option<{word}>")),
                }
            })
            .collect()
    };
    let data = uses(&["Terms", "Texts", "category", "codes", "day", "long", "money", "timestamp"]);
    let units = uses(&["Date", "Energy", "Money", "Timestamp"]);
    let mut out = comment(schema.about_en, "", "//!");
    out.push_str("//!\n//! Written from the table of the category by `cargo xtask generate`.\n\n");
    let braced = |names: &[&str]| match names {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    let _ = writeln!(out, "use crate::data::{};", braced(&data));
    if !units.is_empty() {
        let _ = writeln!(out, "use crate::units::{};", braced(&units));
    }
    out.push('\n');
    out.push_str(&body);
    out
}

pub(crate) fn list() -> String {
    let mut out = String::from(
        "//! The categories as an author sees them, one module for each.\n//!\n//! Written from the tables of \
         categories by `cargo xtask generate`.\n\n#![allow(unreachable_pub, reason = \
         \"some stand behind a module that adds to them\")]\n\n",
    );
    let mut names: Vec<String> = Category::ALL.iter().map(ToString::to_string).collect();
    names.sort();
    for name in names {
        let _ = writeln!(out, "pub mod {name};");
    }
    out
}
