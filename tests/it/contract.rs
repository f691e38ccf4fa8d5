//! Released versions of the contract never change, and the current one stays compatible with them.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wit_component::WitPrinter;
use wit_parser::Resolve;

/// Released versions, with the SHA-256 of their files.
const RELEASED: [(&str, &str); 1] =
    [("0.1.0", "696a02ba1e898e5a4e8a7416aa3d298948f11c18b3bd793f950e517baa59050d")];

fn wit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wit")
}

/// Files of a version, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for part in ["app", "data"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{part}/{}", path.file_name().unwrap().to_str().unwrap());
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    files
}

/// Contents of a version without comments: by interface, its functions and everything else.
fn says(folder: &Path) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let mut resolve = Resolve::default();
    let packages = ["data", "app"].map(|part| resolve.push_dir(folder.join(part)).unwrap().0);
    let mut said = BTreeMap::new();
    for package in packages {
        let version = resolve.packages[package].name.to_string();
        for (name, id) in &resolve.packages[package].interfaces {
            let mut printer = WitPrinter::default();
            printer.emit_docs(false).print_interface(&resolve, *id).unwrap();
            let text = String::from(std::mem::take(&mut printer.output));
            // Types that an interface takes from others are not its own: the first text field of a category
            // adds one.
            let says = |line: &String| !line.is_empty() && !line.starts_with("use ");
            let lines = text.lines().map(|line| line.trim().to_owned()).filter(says);
            let parts = lines.partition(|line: &String| line.contains(": func("));
            said.insert(format!("{version}/{name}"), parts);
        }
    }
    said
}

#[test]
fn released_versions_never_change() {
    let there = std::fs::read_dir(wit().join("released")).unwrap().count();
    assert_eq!(there, RELEASED.len());
    for (version, sha256) in RELEASED {
        let mut hash = Sha256::new();
        for (name, bytes) in files(&wit().join("released").join(version)) {
            hash.update(name);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, sha256, "{version} was changed");
    }
}

/// An app built against `wit/` of a released version runs on a host of that version: same types, and all
/// earlier functions. New functions may be added: older hosts refuse an app that calls them.
#[test]
fn what_is_built_against_says_what_was_released() {
    let now = says(&wit());
    let mut compared = 0;
    for (version, _) in RELEASED {
        for (interface, (functions, types)) in says(&wit().join("released").join(version)) {
            // An interface of another version is a different interface.
            let Some((functions_now, types_now)) = now.get(&interface) else { continue };
            compared += 1;
            assert_eq!(&types, types_now, "{interface}");
            for function in &functions {
                assert!(functions_now.contains(function), "{interface}: {function}");
            }
        }
    }
    assert!(compared > 15, "{compared} interfaces");
}
