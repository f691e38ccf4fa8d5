//! Compares the generated files with the tables of categories, the WIT, and the documents that pages of the book show.
//!
//! `cargo xtask generate` (these tests with `BLESS=1`) rewrites them.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod bindings;
mod book;
mod scripts;
mod sdk;
mod view;
mod wit;

use mesinfos_model::Category;
use std::io::Write;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares a file with its expected content, or writes it when blessing.
fn hold(path: &str, expected: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        return std::fs::write(&file, expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{path} is not what it is generated from: run `cargo xtask generate` and commit what it writes"
    );
}

/// Formats a Rust file like `cargo fmt`.
fn formatted(source: &str) -> String {
    let mut rustfmt = std::process::Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("rustfmt is needed (rustup component add rustfmt): {error}"));
    rustfmt.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn wit_interfaces() {
    for &category in Category::ALL {
        hold(&format!("wit/data/{category}.wit"), &wit::interface(category));
    }
    hold("wit/app/worlds.wit", &wit::worlds());
}

#[test]
fn sdk_modules() {
    for &category in Category::ALL {
        hold(&format!("sdk/rust/src/columns/{category}.rs"), &formatted(&sdk::module(category)));
    }
    hold("sdk/rust/src/columns/mod.rs", &formatted(&sdk::list()));
}

#[test]
fn sdk_bindings() {
    hold("sdk/rust/src/bindings.rs", &formatted(&bindings::rust(&root().join("wit"))));
}

#[test]
fn view_vocabulary() {
    let types = view::types(&root().join("wit"));
    hold("host/model/src/view/vocabulary.rs", &formatted(&types));
    let cases = view::cases(&root().join("wit/released/0.1.0"));
    hold("host/runtime/src/contract/v0_1/cases.rs", &formatted(&cases));
}

/// Copies of the contract, and modules of the SDKs that stand alone.
#[test]
fn script_sdks() {
    for &category in Category::ALL {
        hold(&format!("sdk/js/categories/{category}.js"), &scripts::js(category));
        hold(&format!("sdk/js/categories/{category}.d.ts"), &scripts::typescript(category));
        hold(&format!("sdk/python/mesinfos/{category}.py"), &scripts::python(category));
    }
    hold("sdk/js/lib/tables.js", &scripts::js_tables());
    hold("sdk/python/mesinfos/_tables.py", &scripts::python_tables());
    let wit = root().join("wit");
    hold("sdk/js/lib/shapes.js", &scripts::js_shapes(&wit));
    hold("sdk/js/lib/vocabulary.d.ts", &scripts::typescript_shapes(&wit));
    hold("sdk/python/mesinfos/_shapes.py", &scripts::python_shapes(&wit));
    let categories = Category::ALL.iter().map(|category| format!("data/{category}.wit"));
    let shared = ["app/evidence.wit", "app/log.wit", "app/view.wit", "data/types.wit"].map(str::to_owned);
    for file in shared.into_iter().chain(categories) {
        let text = std::fs::read_to_string(wit.join(&file)).unwrap();
        hold(&format!("sdk/js/wit/{file}"), &text);
        hold(&format!("sdk/python/mesinfos/wit/{file}"), &text);
    }
}

#[test]
fn pages_of_the_book() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    hold("docs/reference/contract.md", &book::contract(&root().join("wit")));
    let (schema, example) =
        (read("sdk/templates/mesinfos.schema.json"), read("example-apps/conso/mesinfos.toml"));
    hold("docs/reference/manifest.md", &book::manifest(&schema, &example));
    hold("docs/reference/api.md", &book::api(&read("docs/openapi.json")));
}
