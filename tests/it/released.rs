//! What earlier versions wrote: their vaults open, and their apps run.
//!
//! `tests/released/COMMIT/` has a data folder that the version at that commit made (`vault.zip`: every sample of
//! `host/intake/tests/samples` imported for one person, two apps with grants, runs and receipts), and what that
//! version said of it (`expected.json`): all rows of all categories, and the views of the apps on one day.

use crate::support::Data;
use serde_json::Value;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const WHO: &str = "alix";

/// Every version of which there is a data folder.
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

/// A row as both versions say it.
fn without_id(row: &Value) -> Value {
    let mut row = row.clone();
    row.as_object_mut().unwrap().remove("id");
    row
}

#[test]
fn a_vault_of_every_earlier_version_opens_reads_and_runs() {
    for version in released() {
        let data = Data::new();
        unpack(&version.join("vault.zip"), data.path());
        let expected: Value =
            serde_json::from_slice(&std::fs::read(version.join("expected.json")).unwrap()).unwrap();
        let mut all = 0;
        for (category, rows) in expected["rows"].as_object().unwrap() {
            let now = data.ok(&["rows", "--person", WHO, category, "--limit", "100000"]);
            let now: Vec<Value> = now.as_array().unwrap().iter().map(without_id).collect();
            let then: Vec<Value> = rows.as_array().unwrap().iter().map(without_id).collect();
            assert_eq!(now, then, "{category} of {}", version.display());
            all += now.len();
        }
        assert!(all > 300, "{all} rows");
        for (app, view) in expected["views"].as_object().unwrap() {
            let run = data.ok(&["--lang", "en", "run", "--person", WHO, "--today", "2026-11-27", app]);
            assert_eq!(&run, view, "{app} of {}", version.display());
        }
        // Its grants, receipts and log hold, and more can be imported.
        assert_eq!(data.ok(&["audit", "--person", WHO, "verify"])["ok"], true);
        assert_eq!(data.ok(&["grants", "--person", WHO]).as_array().unwrap().len(), 2);
        assert!(data.ok(&["receipts", "--person", WHO]).as_array().unwrap().len() >= 4);
        let file = crate::support::sample("banque.json");
        let imported = data.ok(&["import", "--person", WHO, file.to_str().unwrap()]);
        assert_eq!(imported["imports"][0]["categories"][0]["accepted"], 194);
    }
}
