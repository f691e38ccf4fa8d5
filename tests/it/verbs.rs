//! What each verb of a developer has: help in both languages, a manual page, completions, and answers as JSON, which are in
//! English whatever the language of the system.

use crate::support::binary;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Verbs of a developer, with their own verbs.
const VERBS: &[&str] = &[
    "build",
    "check",
    "dev",
    "dictionary",
    "doctor",
    "keys",
    "keys claim",
    "keys list",
    "keys new",
    "keys replace",
    "keys show",
    "log export",
    "log verify",
    "new",
    "preview",
    "preview consent",
    "publish",
    "run",
    "test",
];

fn ran(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(binary())
        .args(arguments)
        .current_dir(folder)
        .env("LANG", "fr_FR.UTF-8")
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn each_has_help_in_both_languages_a_manual_page_and_completions() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["fr", "en"] {
        let out = folder.path().join(lang);
        assert!(
            ran(folder.path(), &["--lang", lang, "man", "--out", out.to_str().unwrap()]).status.success()
        );
    }
    let scripts = ["bash", "zsh", "fish"].map(|shell| said(&ran(folder.path(), &["completions", shell])));
    for verb in VERBS {
        let words: Vec<&str> = verb.split(' ').collect();
        let [french, english] = ["fr", "en"].map(|lang| {
            let help = said(&ran(folder.path(), &[&["--lang", lang][..], &words, &["--help"]].concat()));
            let about = help.lines().next().unwrap_or_default().to_owned();
            assert!(about.len() > 10 && help.contains("--json"), "{verb}: {help}");
            let page = folder.path().join(lang).join(format!("mesinfos-{}.1", words.join("-")));
            let page = std::fs::read_to_string(&page).unwrap_or_else(|_| panic!("no manual page of {verb}"));
            let plain = page.replace("\\-", "-").replace("\\(aq", "'").replace("\\*(Aq", "'");
            assert!(plain.contains(&about), "{verb}: {plain}");
            about
        });
        assert_ne!(french, english, "{verb}");
        for script in &scripts {
            assert!(words.iter().all(|word| script.contains(word)), "{verb}");
        }
    }
}

#[test]
fn each_answers_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let json = |arguments: &[&str]| -> Value {
        let output = ran(path, &[&["--json"], arguments].concat());
        let said = said(&output);
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{arguments:?}: {said}"))
    };
    assert!(json(&["doctor"])["findings"].is_array());
    assert!(json(&["dictionary"]).as_array().unwrap().len() > 10);
    assert_eq!(json(&["dictionary", "bank"])[0]["id"], "bank");
    let unknown = json(&["dictionary", "nothing"]);
    assert!(unknown["detail"].as_str().unwrap().contains("nothing"), "{unknown}");
    assert_eq!(json(&["keys", "list"]), serde_json::json!([]));
    let made = json(&["keys", "new"]);
    assert_eq!(json(&["keys", "show"]), made);
    assert_eq!(json(&["keys", "list"])[0], made);
    let next = json(&["keys", "replace"]);
    assert_ne!(next["key"], made["key"]);
    let claim = json(&["keys", "claim", "coffees", "--owner", "account:1", "--to", "https://infos.example"]);
    assert_eq!((&claim["host"], &claim["key"]), (&"infos.example".into(), &next["key"]));
    // A folder without an app, in a French system: what is told is in English, as all JSON is.
    for verb in ["test", "check", "preview consent", "build"] {
        let words: Vec<&str> = verb.split(' ').collect();
        let refused = json(&words);
        let detail = refused["detail"].as_str().unwrap_or_else(|| panic!("{verb}: {refused}"));
        assert!(detail.contains("manifest") || detail.contains("mesinfos.toml"), "{verb}: {detail}");
        assert!(!detail.contains('’') && !detail.contains(" dans "), "{verb}: {detail}");
    }
    // What is wrong with a manifest, and what a view is not.
    std::fs::write(path.join("mesinfos.toml"), "[app]\nid = \"Coffees\"\n").unwrap();
    let found = json(&["check"]);
    let words = found["findings"][0]["message"].as_str().unwrap_or_else(|| panic!("{found}"));
    assert!(words.contains("is") && !words.contains("est"), "{words}");
}
