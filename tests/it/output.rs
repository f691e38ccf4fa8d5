//! A server logs no personal data: the test puts canaries in every possible place.

use crate::http::Server;
use crate::support::{Data, app};
use serde_json::json;
use std::process::Stdio;

#[test]
fn a_server_says_nothing_of_what_it_is_given() {
    is_silent("text");
}

#[test]
fn events_as_json_say_nothing_of_it_either() {
    is_silent("json");
}

/// Sends canaries and searches the server's output for them.
fn is_silent(form: &str) {
    let data = Data::new();
    let mut server = Server::start(&data, &["--log", form], Stdio::piped());
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
    let bearer = format!("Bearer {}", server.token);
    let headers = [
        ("authorization", bearer.as_str()),
        ("x-request-id", "canary"),
        ("traceparent", "00-canary-canary-01"),
        ("user-agent", "canary"),
        ("cookie", "mesinfos=canary"),
        ("referer", "http://canary.example/canary"),
        ("content-type", "application/canary"),
    ];
    let answer = server.send("POST", "/api/runs?canary", &headers, b"{\"canary\":\"canary\"}");
    assert_ne!(answer.header("x-request-id").unwrap(), "canary");
    let asked = server.send("CANARY", "/api/people", &headers, b"canary");
    assert!((400..500).contains(&asked.status), "{}", asked.status);
    server.send("GET", "/open/canary", &[], b"");
    server.send("GET", "/results/canary?canary", &[("cookie", "session=canary")], b"");
    server.send("GET", "/invitation/canary", &[], b"");
    server.send("GET", "/api/people", &[("authorization", "Bearer mi_canary_canary")], b"");
    server.send_bare("GET", "/", &[("host", "canary.example")], b"");
    for (method, path) in [
        ("GET", "/api/people/canary"),
        ("DELETE", "/api/people/canary"),
        ("GET", "/api/people/canary/documents/canary"),
        ("DELETE", "/api/people/camille/imports/canary"),
        ("DELETE", "/api/people/camille/grants/canary"),
        ("POST", "/api/people/camille/receipts/canary/replay"),
        ("GET", "/api/people/camille/audit/verify?head=canary"),
        ("POST", "/api/people/camille/imports?file=canary.pdf&document=true"),
        ("POST", "/api/people/camille/imports?dry_run=true&file=canary.csv"),
    ] {
        let answer = server.ask(method, path, b"canary");
        assert!(answer.header("x-request-id").is_some(), "{method} {path}");
    }
    for run in [
        json!({ "person": "canary", "app": "misbehave" }),
        json!({ "person": "camille", "app": "canary" }),
        json!({ "person": "camille", "app": "misbehave", "lang": "canary" }),
        json!({ "person": "camille", "app": "misbehave", "params": { "canary": "canary" } }),
        json!({ "person": "camille", "app": "misbehave", "params": { "attack": "canary" } }),
    ] {
        let ran = server.ask_json("POST", "/api/runs", &run);
        assert!(ran.status >= 400, "{run}: {}", ran.status);
    }
    let (output, errors) = server.ends();
    assert!(output.contains("API"), "this is what it said: {output}");
    // The output contains the events that an operator needs.
    let event = |name: &str| match form {
        "json" => format!("\"event\":\"{name}\""),
        _ => format!(" {name} "),
    };
    for name in ["request", "run", "import", "upkeep", "opened"] {
        assert!(errors.contains(&event(name)), "{name}: {errors}");
    }
    assert!(errors.contains("/api/people/{person}/documents/{document}"), "{errors}");
    assert!(
        errors.contains("trapped") && errors.contains("misbehave") && errors.contains("other"),
        "{errors}"
    );
    if form == "json" {
        for line in errors.lines() {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(event["at"].is_string() && event["event"].is_string(), "{line}");
        }
    }
    for (stream, said) in [("stdout", output), ("stderr", errors)] {
        assert!(!said.to_lowercase().contains("canary"), "{stream}: {said}");
    }
}
