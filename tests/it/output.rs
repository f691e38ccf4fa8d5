//! What a server writes down of what it is given: nothing of anybody's data.

use crate::http::Server;
use crate::support::{Data, app};
use serde_json::json;
use std::process::Stdio;

#[test]
fn a_server_says_nothing_of_what_it_is_given() {
    let data = Data::new();
    let mut server = Server::start(&data, &[], Stdio::piped());
    let row = |date: &str, words: &str| {
        json!({ "docType": "bankoperation", "bankAccount": "2531", "amount": -1.5, "date": date,
            "title": words, "raw": words })
    };
    let good = json!([row("2026-02-10T00:00:00.000Z", "canary"), row("canary", "canary")]).to_string();
    for (file, body) in [
        ("canary.json", good.as_bytes()),
        ("canary.xml", b"<canary><canary/></kanary>"),
        ("canary.csv", b"canary;canary\ncanary;canary"),
        ("canary.zip", b"PK\x03\x04canary"),
        ("canary.db", b"SQLite format 3\0canary"),
    ] {
        server.ask("POST", &format!("/api/people/camille/imports?new=true&file={file}"), body);
    }
    let component = std::fs::read(app("hostile-apps/misbehave")).unwrap();
    let installed = server.ask("POST", "/api/apps", &component);
    assert_eq!(installed.status, 200, "{}", installed.text());
    let shown = serde_json::from_slice::<serde_json::Value>(&installed.body).unwrap()["component"].clone();
    server.ask("POST", "/api/apps", b"\0asm\x0d\0\x01\0canary");
    let granted = server.ask_json(
        "POST",
        "/api/people/camille/grants",
        &json!({ "app": "misbehave", "component": shown }),
    );
    assert_eq!(granted.status, 200, "{}", granted.text());
    for attack in ["trap", "output", "view", "recurse"] {
        let run = json!({ "person": "camille", "app": "misbehave", "lang": "en",
            "params": { "attack": attack, "view": "blocks" } });
        let ran = server.ask_json("POST", "/api/runs", &run);
        assert!(!ran.text().contains("\"view\":{"), "{attack}");
    }
    server.ask("GET", "/api/people/camille/rows?category=bank", b"");
    server.ask("GET", "/canary?canary=canary", b"");
    let (output, errors) = server.ends();
    assert!(output.contains("API"), "this is what it said: {output}");
    for (stream, said) in [("stdout", output), ("stderr", errors)] {
        assert!(!said.to_lowercase().contains("canary"), "{stream}: {said}");
    }
}
