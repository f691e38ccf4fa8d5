//! Names of people in any script, through every door: equivalent spellings are one name, and all others are
//! different.

use crate::http::Server;
use crate::support::{Data, sample};

const NAME: &str = "Éloïse d’Arc";
/// The same name in Unicode NFD, as some keyboards and file systems produce it.
const DECOMPOSED: &str = "E\u{301}loi\u{308}se d’Arc";

fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_name_in_any_script_is_one_name_at_every_door() {
    let data = Data::new();
    let (bank, energy) = (sample("banque.json"), sample("electricite.csv"));
    let import = |name: &str, file: &std::path::Path| {
        data.ok(&["import", "--person", name, file.to_str().unwrap()])["imports"][0]["is_first"].take()
    };
    assert_eq!(import(NAME, &bank), true);
    assert_eq!(import(DECOMPOSED, &energy), false);
    assert_eq!(import(&format!(" {NAME} "), &energy), false);
    assert_eq!(import("李雷", &bank), true);
    assert_eq!(data.ok(&["people"]), serde_json::json!([NAME, "李雷"]));
    let create = ["token", "create", "--scope", "deposit", "--name", "EDF", "--expires", "7d", "--person"];
    let token = data.ok(&[&create[..], &[DECOMPOSED]].concat())["token"].as_str().unwrap().to_owned();
    let server = Server::on(&data);
    for name in [NAME, DECOMPOSED] {
        let there = server.ask("GET", &format!("/api/people/{}", encoded(name)), b"");
        assert_eq!(there.json().as_array().map(Vec::len), Some(2), "{}", there.text());
        let path = format!("/api/people/{}/imports?file=b.json", encoded(name));
        let bearer = format!("Bearer {token}");
        let sent = server.send("POST", &path, &[("Authorization", &bearer)], &std::fs::read(&bank).unwrap());
        assert_eq!(sent.status, 200, "{}", sent.text());
    }
    for other in ["Eloise d’Arc", "éloïse d’arc", "Éloïse d'Arc", "..", "a/b", "a\u{202e}b", ""] {
        let answer = server.ask("GET", &format!("/api/people/{}", encoded(other)), b"");
        assert!(matches!(answer.status, 404 | 422), "{other:?}: {}", answer.text());
    }
    drop(server);
    assert_eq!(data.ok(&["erase", "--person", DECOMPOSED, "--yes"])["erased"], NAME);
    assert_eq!(data.ok(&["people"]), serde_json::json!(["李雷"]));
}
