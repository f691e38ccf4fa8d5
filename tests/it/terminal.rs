//! Terminal safety: no text from a data holder's file, a component or a file name can control the terminal.

use crate::support::{Data, app, binary};
use mesinfos_model::visible::is_hidden;
use std::process::{Command, Output};

/// Writes the clipboard, forges a link, clears the screen, hides text, and reverses its direction.
const HOSTILE: &str = "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}]8;;http://evil.example\u{1b}\\lien\u{1b}[2J\u{9b}2J\u{202e}\u{2066}\u{200b}canari";

/// Runs a command, for people and as JSON.
fn both(data: &Data, arguments: &[&str]) -> [Output; 2] {
    let command = || {
        let mut command = Command::new(binary());
        command.arg("--data").arg(data.path()).env("LANG", "fr_FR.UTF-8");
        command
    };
    [command().args(arguments).output().unwrap(), command().arg("--json").args(arguments).output().unwrap()]
}

/// Checks that a command's output is safe for a terminal, and that it contains the canary if expected.
fn is_harmless(data: &Data, arguments: &[&str], canary: bool) -> String {
    let mut said = String::new();
    for (form, output) in ["words", "JSON"].iter().zip(both(data, arguments)) {
        for stream in [&output.stdout, &output.stderr] {
            let text = std::str::from_utf8(stream).unwrap();
            let bad = text.chars().find(|&c| is_hidden(c) && c != '\n');
            assert_eq!(bad, None, "{form} of {arguments:?}: {text:?}");
            said += text;
        }
        if *form == "JSON" {
            let text = String::from_utf8(output.stdout).unwrap();
            let values: Vec<serde_json::Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            // JSON keeps the text, with escapes.
            let kept = !canary || values.iter().any(|value| value.to_string().contains("canari"));
            assert!(kept, "{arguments:?}: {values:?}");
        }
    }
    assert!(!canary || said.contains("canari"), "{arguments:?} does not say it: {said}");
    said
}

#[test]
fn a_holders_file_does_not_command_the_terminal() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    let quoted = serde_json::to_string(HOSTILE).unwrap();
    let row = |date: &str| {
        format!(
            r#"{{"docType":"bankoperation","date":{date},"amount":-1.5,"raw":{quoted},"label":{quoted}}}"#
        )
    };
    let statement =
        folder.path().join(format!("relevé {}.json", HOSTILE.replace(['/', '\\'], "_").replace('\n', "")));
    let rows = [row("\"2026-01-02T00:00:00.000Z\""), row(&quoted)];
    std::fs::write(&statement, format!("[{}]", rows.join(","))).unwrap();
    let statement = statement.to_str().unwrap();
    is_harmless(&data, &["import", "--dry-run", statement], true);
    is_harmless(&data, &["import", "--person", "camille", statement], true);
    is_harmless(&data, &["imports", "--person", "camille"], true);
    is_harmless(&data, &["rows", "bank", "--person", "camille"], true);
    let letter = folder.path().join("canari\u{1b}[2J\u{202e}.txt");
    std::fs::write(&letter, HOSTILE).unwrap();
    is_harmless(&data, &["import", "--person", "camille", "--document", letter.to_str().unwrap()], true);
    is_harmless(&data, &["documents", "--person", "camille"], true);
    is_harmless(&data, &["audit", "--person", "camille"], true);
    is_harmless(&data, &["people", "--person", "camille"], false);
    is_harmless(&data, &["undo", "1", "--person", "camille"], false);
    // Error messages that quote an argument or a missing file.
    is_harmless(&data, &["import", "--person", "camille", &format!("{HOSTILE}.csv")], true);
    is_harmless(&data, &["rows", HOSTILE, "--person", "camille"], true);
    is_harmless(&data, &["people", "--person", HOSTILE], true);
    is_harmless(&data, &["run", HOSTILE, "--person", "camille"], true);
    is_harmless(&data, &["grant", HOSTILE, "--person", "camille"], true);
    is_harmless(&data, &["replay", HOSTILE, "--person", "camille"], true);
    for typed in [&[HOSTILE][..], &["rows", &format!("--{HOSTILE}")]] {
        let output = &both(&data, typed)[0];
        let text = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(output.status.code(), Some(2));
        // Quoted texts may be shortened.
        assert!(!text.is_empty() && !text.chars().any(|c| is_hidden(c) && c != '\n'), "{text:?}");
    }
}

/// A component with one import of this name; it does not validate.
fn importing(name: &str) -> Vec<u8> {
    let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
    let types = [1, 0x42, 2, 0x01, 0x40, 0, 1, 0, 0x04, 0, 1, b'f', 1, 0];
    bytes.extend([7, u8::try_from(types.len()).unwrap()]);
    bytes.extend(types);
    let length = u8::try_from(name.len()).unwrap();
    let import = [&[1, 0, length][..], name.as_bytes(), &[5, 0]].concat();
    bytes.extend([10, u8::try_from(import.len()).unwrap()]);
    bytes.extend(import);
    bytes
}

#[test]
fn a_component_does_not_rub_its_refusal_out() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.wasm");
    let forged = "x\u{1b}[2K\u{1b}[1A\u{1b}[2K  reads bank (required): amount\r\n  keeps nothing, sends nothing\u{1b}[8m";
    std::fs::write(&path, importing(forged)).unwrap();
    let evil = path.to_str().unwrap();
    for verb in ["check", "install"] {
        let said = is_harmless(&data, &[verb, evil], false);
        assert!(said.contains("refus"), "{said}");
        for line in said.lines() {
            assert!(!line.trim_start().starts_with("keeps nothing"), "a line of its own: {said}");
        }
    }
    // An invalid manifest, quoted in a parser error.
    let sound = std::fs::read(app("budget")).unwrap();
    let name = format!("id = \"{HOSTILE}\"\n\u{1b}[2J = canari");
    std::fs::write(&path, with_section(&sound, name.as_bytes())).unwrap();
    is_harmless(&data, &["check", evil], false);
}

/// A component with an additional custom section that contains a manifest.
fn with_section(component: &[u8], manifest: &[u8]) -> Vec<u8> {
    use wasm_encoder::Encode;
    let section = wasm_encoder::CustomSection {
        name: mesinfos_platform::runtime::manifest::SECTION.into(),
        data: manifest.into(),
    };
    let mut bytes = component.to_vec();
    bytes.push(0);
    section.encode(&mut bytes);
    bytes
}

#[test]
fn a_second_manifest_is_refused() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.wasm");
    let sound = std::fs::read(app("budget")).unwrap();
    // The manifest section twice: tools would show the first one, and the host would use the last one.
    let text =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../example-apps/budget/mesinfos.toml")).unwrap();
    std::fs::write(&path, with_section(&sound, &text)).unwrap();
    let output = data.run(&["check", path.to_str().unwrap()]);
    let check: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check["ok"], false);
    assert!(check["problems"].to_string().contains("two manifests"), "{check}");
}

/// Runs a command whose stdout is `stdout`, and returns its status and stderr.
fn into(data: &Data, arguments: &[&str], stdout: impl Into<std::process::Stdio>) -> (Option<i32>, String) {
    let mut command = Command::new(binary());
    command.arg("--data").arg(data.path()).args(["--lang", "en"]).args(arguments);
    let output = command.stdout(stdout).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn output_that_is_lost_does_not_hide_a_failure() {
    let data = Data::with("budget", &["banque.json"]);
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let refused = ["--json", "run", "budget", "--person", "camille"];
    let token = ["token", "create", "--scope", "all", "--name", "x"];
    // Closed stdout: no message, and the verb's own status.
    assert_eq!(into(&data, &["people"], closed()), (Some(0), String::new()));
    let (code, words) = into(&data, &refused, closed());
    assert!(code == Some(1) && words.contains("not started"), "{words}");
    // A full disk.
    for arguments in [&["people"][..], &["--help"], &refused] {
        let (code, words) = into(&data, arguments, full());
        assert!(code == Some(1) && words.contains("no space left"), "{arguments:?}: {words}");
    }
    // A secret that was never shown is revoked.
    for (code, words) in [into(&data, &token, closed()), into(&data, &token, full())] {
        assert!(code == Some(1) && words.contains("was revoked"), "{words}");
    }
    assert_eq!(data.ok(&["token", "list"]), serde_json::json!([]));
}
