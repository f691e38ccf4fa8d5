//! Generates the WIT interfaces of the categories.

use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Field, FieldKind};
use std::fmt::Write as _;

/// WIT keywords that are used as names here, and so are written with `%`.
const KEYWORDS: &[&str] =
    &["from", "type", "use", "as", "with", "include", "string", "list", "resource", "result"];

pub(crate) fn escaped(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("%{name}") } else { name.to_owned() }
}

fn ty(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Date => "list<s32>",
        FieldKind::Instant | FieldKind::Integer => "list<s64>",
        FieldKind::Code(_) => "list<u8>",
        FieldKind::Term | FieldKind::Pseudonym => "terms",
        FieldKind::Text => "text",
    }
}

/// Explanation of a column for authors, as a sentence.
pub(crate) fn explained(field: &Field) -> String {
    let mut says = field.en.to_owned();
    match field.kind {
        FieldKind::Date => says.push_str("; days since 1970-01-01"),
        FieldKind::Instant => says.push_str("; UTC seconds since 1970-01-01T00:00:00Z"),
        FieldKind::Integer => {
            let _ = write!(says, "; {}", field.unit.says(Lang::En));
        }
        FieldKind::Code(codes) => {
            let codes: Vec<String> = codes.iter().enumerate().map(|(i, c)| format!("{i} {}", c.en)).collect();
            let _ = write!(says, "; {}", codes.join(", "));
        }
        FieldKind::Pseudonym => says.push_str("; a pseudonym valid within one run"),
        FieldKind::Term | FieldKind::Text => {}
    }
    if !field.about_en.is_empty() {
        let _ = write!(says, "; {}", field.about_en);
    }
    if field.reach == mesinfos_model::Reach::Named {
        says.push_str("; empty unless the person gave this field by name");
    }
    says
}

/// A comment wrapped at a hundred characters.
pub(crate) fn comment(says: &str, indent: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in says.split(' ') {
        if !line.is_empty()
            && indent.len() + mark.len() + 2 + line.chars().count() + word.chars().count() > 100
        {
            let _ = writeln!(out, "{indent}{mark} {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{indent}{mark} {line}");
    out
}

pub(crate) fn interface(category: Category) -> String {
    let schema = category.schema();
    let fields: Vec<&Field> = schema.open_fields().map(|(_, field)| field).collect();
    let has = |wanted: &str| fields.iter().any(|field| ty(field.kind) == wanted);
    let mut types = vec!["period", "granted", "access-error"];
    types.extend(["text", "terms"].iter().filter(|name| has(name)));
    let time = schema.fields[schema.time].name;
    let mut out = String::from(crate::sdk::GENERATED);
    out.push_str(&comment(schema.about_en, "", "///"));
    let _ = write!(
        out,
        "interface {category} {{\n  use types.{{{}}};\n\n  /// What the person granted of this category.\n  \
         scope: func() -> granted;\n\n  /// Rows from the oldest to the newest by `{time}`, a page at a \
         time.{}\n  resource reader {{\n    /// Reads the granted part of `period`.\n    constructor(period: period);\n    \
         /// The next page; none after the last one.\n    next: func() -> result<option<page>, access-error>;\n  }}\n\n",
        types.join(", "),
        if schema.undated { " Rows without a date\n  /// come first, if they are given." } else { "" },
    );
    out.push_str(
        "  /// Some rows as columns. Every column has `rows` entries, or none at all when nothing is known\n  \
         /// in it. Missing entries: -2147483648 in a list<s32>, -9223372036854775808 in a list<s64>, 255\n  \
         /// in a list<u8>.\n  resource page {\n    /// number of rows\n    rows: func() -> u32;\n",
    );
    for field in fields {
        out.push_str(&comment(&explained(field), "    ", "///"));
        let _ = writeln!(out, "    {}: func() -> {};", escaped(field.name), ty(field.kind));
    }
    out.push_str("  }\n}\n");
    out
}

pub(crate) fn worlds() -> String {
    let mut out = String::from(crate::sdk::GENERATED);
    out.push_str(
        "/// What the host calls.\nworld host-side {\n  export app;\n}\n\n/// What an app is built against. Only what its \
         code calls stays in the component.\nworld data-app {\n  import mesinfos:data/types@0.1.0;\n",
    );
    for category in Category::ALL {
        let _ = writeln!(out, "  import mesinfos:data/{category}@0.1.0;");
    }
    out.push_str("  import evidence;\n  import log;\n  export app;\n}\n");
    out
}
