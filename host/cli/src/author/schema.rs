//! JSON Schema of an app's `mesinfos.toml`, for editors: a file, which a test compares with the tables.

/// The schema (draft 2020-12). Editors say the same as `mesinfos check`, which decides.
pub(crate) const SCHEMA: &str = include_str!("../../../../sdk/templates/mesinfos.schema.json");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::findings::icons;
    use mesinfos_model::Category;
    use mesinfos_platform::model::purpose::PURPOSES;
    use mesinfos_platform::runtime::{Manifest, ManifestError, ShapeProblem};
    use serde_json::{Value, json};

    /// What the file has to say.
    fn schema() -> Value {
        let bilingual = |what: &str, most: usize| {
            let text = json!({ "type": "string", "minLength": 1, "maxLength": most });
            json!({
                "type": "object",
                "description": what,
                "properties": { "fr": text, "en": text },
                "required": ["fr", "en"],
                "additionalProperties": false,
            })
        };
        let name =
            |what: &str| json!({ "type": "string", "description": what, "minLength": 1, "maxLength": 100 });
        let purposes: Vec<&str> = PURPOSES.iter().map(|(id, _)| *id).collect();
        let categories: Vec<&str> = Category::ALL.iter().map(|category| category.id()).collect();
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "mesinfos.toml of an app",
            "type": "object",
            "required": ["app"],
            "additionalProperties": false,
            "properties": {
                "app": {
                    "type": "object",
                    "required": ["id", "version", "publisher", "licence", "icon", "purpose", "name", "summary"],
                    "additionalProperties": false,
                    "properties": {
                        "id": {
                            "type": "string",
                            "description": "Name of the app for the platform; it belongs to its first publisher",
                            "pattern": "^[a-z][a-z0-9-]{1,39}$",
                        },
                        "version": {
                            "type": "string",
                            "description": "Version (semantic versioning); a number stands for one component",
                            "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$",
                        },
                        "publisher": name("Who publishes the app"),
                        "licence": name("Licence of the app, as an SPDX expression"),
                        "icon": { "description": "Icon, from the vocabulary of views", "enum": icons() },
                        "purpose": { "description": "Purpose, from a closed list", "enum": purposes },
                        "name": bilingual("Name that people see", 60),
                        "summary": bilingual("What it does for a person, in one sentence", 200),
                    },
                },
                "reads": {
                    "type": "array",
                    "description": "Categories that the code reads, each once",
                    "items": {
                        "type": "object",
                        "required": ["category", "need", "why"],
                        "additionalProperties": false,
                        "properties": {
                            "category": { "description": "Category of data", "enum": categories },
                            "need": {
                                "description": "Whether the app can do without it",
                                "enum": ["required", "optional"],
                            },
                            "months": {
                                "type": "integer",
                                "description": "Months that it wants to look back; everything if it is missing",
                                "minimum": 1,
                                "maximum": u16::MAX,
                            },
                            "undated": {
                                "type": "boolean",
                                "description": "Whether it also wants rows without a date when months limits it",
                                "default": false,
                            },
                            "why": bilingual("Reason for reading it, as people will read it", 200),
                        },
                    },
                },
            },
        })
    }

    #[test]
    fn the_file_is_that_of_the_tables() {
        let expected = format!("{:#}\n", schema());
        if std::env::var_os("BLESS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sdk/templates/mesinfos.schema.json");
            std::fs::write(path, &expected).unwrap();
        }
        assert_eq!(SCHEMA, expected, "run this test with BLESS=1, then again");
    }

    /// The manifest with the longest texts and the most fields that the schema allows.
    fn fullest() -> String {
        let text = |most: usize| format!("{{ fr = {0:?}, en = {0:?} }}", "é".repeat(most));
        format!(
            "[app]\nid = \"{id}\"\nversion = \"0.10.2\"\npublisher = \"{name}\"\nlicence = \"{name}\"\nicon = \"leaf\"\n\
             purpose = \"mobility\"\nname = {}\nsummary = {}\n[[reads]]\ncategory = \"energy\"\nneed = \"optional\"\n\
             months = 65535\nundated = true\nwhy = {}\n",
            text(60),
            text(200),
            text(200),
            id = "a".repeat(40),
            name = "n".repeat(100),
        )
    }

    #[test]
    fn the_schema_allows_what_is_read_and_no_other_field() {
        Manifest::parse(&fullest()).unwrap();
        let schema = schema();
        let fields = |path: &str| -> Vec<String> {
            schema.pointer(path).unwrap().as_object().unwrap().keys().cloned().collect()
        };
        // An unknown field makes the reader list those that it knows.
        for (table, path) in
            [("app", "/properties/app/properties"), ("[reads]", "/properties/reads/items/properties")]
        {
            let error = Manifest::parse(&format!("[{table}]\nunknown = 1\n")).unwrap_err();
            let ManifestError::Shape { problem: ShapeProblem::UnknownKey { mut known, .. }, .. } = error
            else {
                panic!("{error}");
            };
            known.sort();
            let mut schema = fields(path);
            schema.sort();
            assert_eq!(schema, known);
        }
    }

    #[test]
    fn what_the_schema_forbids_is_not_read() {
        let good = fullest();
        for (from, to) in [
            ("0.10.2", "0.10"),
            ("purpose = \"mobility\"", "purpose = \"coffee\""),
            ("months = 65535", "months = 0"),
            ("category = \"energy\"", "category = \"energies\""),
            ("need = \"optional\"", "need = \"mandatory\""),
            (&*"a".repeat(40), &*"a".repeat(41)),
            (&*"é".repeat(60), &*"é".repeat(201)),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            assert!(Manifest::parse(&bad).is_err(), "{from} -> {to}");
        }
    }
}
