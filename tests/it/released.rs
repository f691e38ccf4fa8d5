//! Compatibility with earlier versions: their vaults open, and their apps run.
//!
//! `tests/released/COMMIT/` contains a data folder made by the version at that commit (`vault.zip`: all
//! samples of `host/intake/tests/samples` imported for one person, two apps with grants, runs and receipts),
//! and that version's output (`expected.json`): all rows of all categories, and the views of the apps on one
//! day. To add a folder for a new release, run
//! `BLESS=NAME cargo nextest run --workspace -E 'test(a_vault_of_every_earlier_version)'`.

use crate::support::Data;
use mesinfos_model::Category;
use serde_json::Value;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const WHO: &str = "alix";

/// Day of the views.
const TODAY: &str = "2026-11-27";

/// Versions with a data folder.
fn released() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("released");
    let mut versions: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    versions.sort();
    assert!(!versions.is_empty());
    versions
}

fn unpack(archive: &Path, folder: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let path = folder.join(file.enclosed_name().unwrap());
        if file.is_dir() {
            std::fs::create_dir_all(&path).unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).unwrap();
        } else {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

/// A row in the form common to all versions.
fn without_id(row: &Value) -> Value {
    let mut row = row.clone();
    row.as_object_mut().unwrap().remove("id");
    // The first versions wrote pairs.
    for value in row["values"].as_array_mut().unwrap() {
        if let Some([field, is]) = value.as_array().map(Vec::as_slice) {
            *value = serde_json::json!({ "field": field, "value": is });
        }
        // They had no ids of codes.
        if let Some(value) = value.as_object_mut() {
            value.remove("code");
        }
    }
    row
}

/// Creates the folder of the version being released.
fn bless(name: &str) {
    let data = Data::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host/intake/tests/samples");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        data.ok(&["import", "--person", WHO, file.to_str().unwrap()]);
    }
    let mut views = serde_json::Map::new();
    for app in ["budget", "radar"] {
        data.ok(&["install", crate::support::app(app).to_str().unwrap()]);
        data.ok(&["grant", "--person", WHO, app]);
        let view = data.view(&["--lang", "en", "run", "--person", WHO, "--today", TODAY, app]);
        views.insert(app.to_owned(), view);
    }
    let rows = Category::ALL.iter().map(|category| {
        let rows = data.ok(&["rows", "--person", WHO, category.id(), "--limit", "0"])["rows"].take();
        (category.id().to_owned(), rows)
    });
    let rows: serde_json::Map<String, Value> = rows.collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("released").join(name);
    std::fs::create_dir(&folder).unwrap();
    let expected = serde_json::json!({ "rows": rows, "views": views });
    std::fs::write(folder.join("expected.json"), serde_json::to_string(&expected).unwrap()).unwrap();
    let mut archive = zip::ZipWriter::new(std::fs::File::create(folder.join("vault.zip")).unwrap());
    pack(data.path(), "", &mut archive);
    archive.finish().unwrap();
}

fn pack(folder: &Path, name: &str, archive: &mut zip::ZipWriter<std::fs::File>) {
    let options = zip::write::SimpleFileOptions::default();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            archive.add_directory(format!("{name}/"), options).unwrap();
            pack(&path, &format!("{name}/"), archive);
        } else if path.extension().is_none_or(|extension| extension != "cwasm") {
            // Compiled code depends on the machine and is compiled again.
            archive.start_file(&name, options).unwrap();
            std::io::copy(&mut std::fs::File::open(path).unwrap(), archive).unwrap();
        }
    }
}

/// French names of codes that changed since a version was released: category, field, name then and now. The
/// codes did not change; `host/model/tests/released/tables.txt` has them.
const RENAMED: &[(&str, &str, &str, &str)] = &[
    ("mobility", "row", "étape", "séjour"),
    ("mobility", "mode", "course", "course à pied"),
    ("mobility", "place-kind", "station", "gare ou station"),
];

fn rename(category: &str, row: &mut Value) {
    for value in row["values"].as_array_mut().unwrap() {
        let is = |of: &&(&str, &str, &str, &str)| {
            of.0 == category && value["field"] == of.1 && value["value"] == of.2
        };
        if let Some((_, _, _, now)) = RENAMED.iter().find(is) {
            value["value"] = (*now).into();
        }
    }
}

#[test]
fn a_vault_of_every_earlier_version_opens_reads_and_runs() {
    if let Ok(name) = std::env::var("BLESS") {
        bless(&name);
    }
    for version in released() {
        let data = Data::new();
        unpack(&version.join("vault.zip"), data.path());
        let expected: Value =
            serde_json::from_slice(&std::fs::read(version.join("expected.json")).unwrap()).unwrap();
        let mut all = 0;
        for (category, rows) in expected["rows"].as_object().unwrap() {
            let now = data.ok(&["rows", "--person", WHO, category, "--limit", "0"]);
            let now: Vec<Value> = now["rows"].as_array().unwrap().iter().map(without_id).collect();
            let mut then: Vec<Value> = rows.as_array().unwrap().iter().map(without_id).collect();
            then.iter_mut().for_each(|row| rename(category, row));
            assert_eq!(now, then, "{category} of {}", version.display());
            all += now.len();
        }
        assert!(all > 300, "{all} rows");
        for (app, view) in expected["views"].as_object().unwrap() {
            let run = data.view(&["--lang", "en", "run", "--person", WHO, "--today", TODAY, app]);
            assert_eq!(&run, view, "{app} of {}", version.display());
        }
        // Its grants, receipts and audit chain verify, and imports work.
        assert_eq!(data.ok(&["audit", "--person", WHO, "verify"])["ok"], true);
        assert_eq!(data.ok(&["grants", "--person", WHO]).as_array().unwrap().len(), 2);
        assert!(data.ok(&["receipts", "--person", WHO]).as_array().unwrap().len() >= 2);
        let file = crate::support::sample("banque.json");
        let imported = data.ok(&["import", "--person", WHO, file.to_str().unwrap()]);
        assert_eq!(imported["imports"][0]["categories"][0]["accepted"], 194);
    }
}
