//! Typical mistakes of authors: each command says where the mistake is and what to do.
//!
//! `tests/mistakes/mistakes.toml` has the mistakes, and the files beside it what is said, word for word. `BLESS=1` writes
//! them anew. Apps in Python need packages of pip and are tried by `cargo xtask languages`.

use crate::support::{Data, binary};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Deserialize)]
struct Mistakes {
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    name: String,
    /// Language of the new app.
    template: String,
    file: String,
    from: String,
    to: String,
    #[serde(default = "check")]
    verb: Vec<String>,
}

fn check() -> Vec<String> {
    vec!["check".to_owned()]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mistakes")
}

/// What a command says in a folder, with numbers that differ from run to run taken out.
fn said(app: &Path, verb: &[String], lang: &str) -> String {
    let output = Command::new(binary())
        .args(verb)
        .args(["--lang", lang])
        .current_dir(app)
        .env("NO_COLOR", "1")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap();
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8(words).unwrap();
    // Another version of the compiler has other words around its errors.
    let is_compiler = words.contains("could not compile");
    let is_same = |line: &&str| {
        let is_fetched = line.contains("npm install") || line.contains("pip install");
        // Time and memory of a run, and paths of the toolchain.
        let is_cost = line.contains(" ms, ") && (line.contains("gardé") || line.contains("kept"));
        let is_told =
            !is_compiler || line.starts_with("error") || line.contains("erreur") || line.contains("-->");
        is_told && !is_fetched && !is_cost && !line.contains("/rustc/")
    };
    let kept: Vec<&str> = words.lines().filter(is_same).collect();
    kept.join("\n").trim().to_owned()
}

/// Makes each mistake of an app in `template`, and compares what is said.
fn told(template: &str, place: &str) {
    let mistakes = std::fs::read_to_string(folder().join("mistakes.toml")).unwrap();
    let Mistakes { mistake } = toml::from_str(&mistakes).unwrap();
    let (data, name) = (Data::new(), format!("app-{template}"));
    let app = data.path().join(&name);
    data.ok(&["new", app.to_str().unwrap(), "--publisher", "Équipe 7", "--lang", template]);
    let chosen: Vec<&Mistake> =
        mistake.iter().filter(|one| one.template == template && one.name.starts_with(place)).collect();
    assert!(chosen.len() >= 9, "{}", chosen.len());
    let mut differ = Vec::new();
    for one in chosen {
        let path = app.join(&one.file);
        let before = std::fs::read_to_string(&path).unwrap();
        assert!(before.contains(&one.from), "{}: the app has no {:?}", one.name, one.from);
        std::fs::write(&path, before.replacen(&one.from, &one.to, 1)).unwrap();
        // An app that runs is built and run once.
        let langs: &[&str] = if one.verb[0] == "run" { &["fr"] } else { &["fr", "en"] };
        let words: Vec<String> = langs.iter().map(|lang| said(&app, &one.verb, lang)).collect();
        let words = words.join("\n\n");
        std::fs::write(&path, before).unwrap();
        let file = folder().join(&one.name).with_extension("txt");
        let words = format!("$ mesinfos {}\n{words}\n", one.verb.join(" "));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, words).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != words {
            differ.push(format!("{}:\n{words}", one.name));
        }
    }
    assert!(differ.is_empty(), "BLESS=1 writes what is said now:\n{}", differ.join("\n"));
}

#[test]
fn what_is_said_of_mistakes_in_manifests() {
    told("rust", "manifest");
}

#[test]
fn what_is_said_of_mistakes_in_rust() {
    told("rust", "rust");
}

#[test]
fn what_is_said_of_mistakes_in_javascript() {
    told("js", "js");
}

#[test]
#[ignore = "needs the packages of pip: cargo xtask languages runs it"]
fn what_is_said_of_mistakes_in_python() {
    told("python", "python");
}
