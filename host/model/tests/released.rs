//! Released tables: stored rows depend on them forever.
//!
//! `released/tables.txt` has a line for each table and one for each of its fields. Existing lines never
//! change. Lines are added with `BLESS=1 cargo nextest run -p mesinfos-model -E 'binary(released)'`, and
//! only together with a new version of the table.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_model::{Category, FieldKind};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The current tables by category: the version, and the storage of each field by its number.
type Tables = BTreeMap<String, (u16, BTreeMap<u8, String>)>;

fn today() -> Tables {
    let table = |category: &Category| {
        let schema = category.schema();
        let fields =
            schema.fields.iter().map(|field| (field.number, format!("{} {}", field.name, kind(field.kind))));
        (category.id().to_owned(), (schema.version, fields.collect()))
    };
    Category::ALL.iter().map(table).collect()
}

/// The storage of a field: for codes, their order.
fn kind(kind: FieldKind) -> String {
    match kind {
        FieldKind::Date => "date".to_owned(),
        FieldKind::Instant => "instant".to_owned(),
        FieldKind::Integer => "integer".to_owned(),
        FieldKind::Term | FieldKind::Pseudonym => "term".to_owned(),
        FieldKind::Text => "text".to_owned(),
        FieldKind::Code(codes) => {
            codes.iter().fold("code".to_owned(), |all, code| format!("{all} {}", code.id))
        }
    }
}

fn read(text: &str) -> Tables {
    let mut tables = Tables::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let (category, what, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let table = tables.entry(category.to_owned()).or_default();
        match what {
            "version" => table.0 = rest.parse().unwrap(),
            number => drop(table.1.insert(number.parse().unwrap(), rest.to_owned())),
        }
    }
    tables
}

fn write(tables: &Tables) -> String {
    let mut text = String::from("# Stored fields by number. Nothing here may change; see released.rs.\n");
    for (category, (version, fields)) in tables {
        let _ = writeln!(text, "\n{category} version {version}");
        for (number, field) in fields {
            let _ = writeln!(text, "{category} {number} {field}");
        }
    }
    text
}

/// Released fields that the current tables could not read, and whether tables have to be blessed.
fn compare(released: &Tables, today: &Tables) -> (Vec<String>, bool) {
    let (mut wrong, mut is_new) = (Vec::new(), false);
    for (category, (version, fields)) in today {
        let Some((old_version, old)) = released.get(category) else {
            is_new = true;
            continue;
        };
        let mut changed = false;
        for (number, field) in fields {
            match old.get(number) {
                None => changed = true,
                Some(old) if old == field => {}
                // Codes were added at the end.
                Some(old) if old.contains(" code ") && field.starts_with(&format!("{old} ")) => {
                    changed = true;
                }
                Some(old) => wrong.push(format!("{category}: {number} was {old:?}, and is {field:?}")),
            }
        }
        is_new |= changed;
        if changed && version <= old_version {
            wrong.push(format!("{category}: its version has to be over {old_version}"));
        }
        if version < old_version {
            wrong.push(format!("{category}: version {version} after {old_version}"));
        }
    }
    for (category, (_, old)) in released {
        let Some((_, fields)) = today.get(category) else { continue };
        for (number, field) in old.iter().filter(|(number, _)| !fields.contains_key(number)) {
            wrong.push(format!(
                "{category}: {number} ({field}) is gone; a field that nobody may see is `.host()`"
            ));
        }
    }
    wrong.extend(released.keys().filter(|c| !today.contains_key(*c)).map(|c| format!("{c} is gone")));
    (wrong, is_new)
}

#[test]
fn released_tables_stay_readable() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released/tables.txt");
    let released = read(&std::fs::read_to_string(&path).unwrap_or_default());
    let today = today();
    let (wrong, is_new) = compare(&released, &today);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if std::env::var_os("BLESS").is_some() {
        let mut all = released;
        for (category, (version, fields)) in today {
            let table = all.entry(category).or_default();
            table.0 = version;
            table.1.extend(fields);
        }
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, write(&all)).unwrap();
    } else {
        assert!(!is_new, "a table has more than was released: see the head of this file");
    }
}

#[test]
fn what_would_lose_rows_is_found() {
    let table = |version, fields: &[(u8, &str)]| {
        let fields = fields.iter().map(|(number, field)| (*number, (*field).to_owned())).collect();
        Tables::from([("bank".to_owned(), (version, fields))])
    };
    let released = table(2, &[(1, "amount integer"), (2, "kind code a b"), (3, "old term")]);
    assert_eq!(read(&write(&released)), released);
    // One more field and one more code.
    let more = [(1, "amount integer"), (2, "kind code a b c"), (3, "old term"), (4, "new term")];
    assert_eq!(compare(&released, &table(3, &more)), (vec![], true));
    for (version, fields) in [
        (2, &more[..]),
        (3, &[(1, "amount text"), (2, "kind code a b"), (3, "old term")]),
        (3, &[(1, "sum integer"), (2, "kind code a b"), (3, "old term")]),
        (3, &[(1, "amount integer"), (2, "kind code b a"), (3, "old term")]),
        (3, &[(1, "amount integer"), (2, "kind code a"), (3, "old term")]),
        (3, &[(1, "amount integer"), (2, "kind code a bc"), (3, "old term")]),
        (3, &[(1, "amount integer"), (2, "kind code a b"), (3, "new term")]),
        (1, &more),
        (3, &more[1..]),
    ] {
        assert!(!compare(&released, &table(version, fields)).0.is_empty(), "{version} {fields:?}");
    }
    assert!(!compare(&released, &Tables::new()).0.is_empty());
}
