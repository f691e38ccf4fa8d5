//! HTTP door: tokens, runs, and the page of a view.

use crate::support::{Data, app, binary, sample};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A server on a data folder, stopped on drop.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub(crate) address: String,
    /// A token with full access.
    pub(crate) token: String,
    /// Path that makes an account for the operator once.
    pub(crate) entrance: String,
    /// Its output at the start.
    pub(crate) said: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Value of a header, by lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Server {
    pub(crate) fn on(data: &Data) -> Server {
        Server::with(data, &[])
    }

    pub(crate) fn with(data: &Data, options: &[&str]) -> Server {
        Server::start(data, options, Stdio::inherit())
    }

    /// Starts a server of an event, at an address that browsers take for one of the network.
    pub(crate) fn of_event(data: &Data) -> Server {
        Server::run(data, &["event", "serve", "--listen", "127.0.0.2"], &[], Stdio::inherit())
    }

    /// Starts a server with its standard error at `stderr`.
    pub(crate) fn start(data: &Data, options: &[&str], stderr: Stdio) -> Server {
        Server::run(data, &["serve"], options, stderr)
    }

    fn run(data: &Data, verb: &[&str], options: &[&str], stderr: Stdio) -> Server {
        let made = data.ok(&["token", "create", "--scope", "all", "--name", "test"]);
        let token = made["token"].as_str().unwrap().to_owned();
        let mut child = Command::new(binary())
            .args(verb)
            .args(["--port", "0", "--data"])
            .arg(data.path())
            .args(options)
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        while !said.contains("/open/") {
            assert!(stdout.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        }
        let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let entrance = entrance(&said);
        Server { child, stdout, address, token, entrance, said }
    }

    /// Sends SIGTERM, as a service manager does.
    pub(crate) fn terminate(&self) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    }

    /// Waits for the server to exit, and returns its exit code.
    pub(crate) fn exit(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Kills it and returns its output.
    pub(crate) fn ends(&mut self) -> (String, String) {
        self.child.kill().unwrap();
        let mut errors = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut errors).unwrap();
        }
        self.stdout.read_to_string(&mut self.said).unwrap();
        (std::mem::take(&mut self.said), errors)
    }

    /// Sends a request with these headers only.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let host = ("host", self.address.as_str());
        self.send_bare(method, path, &[&[host], headers].concat(), body)
    }

    /// Number of threads of the server.
    pub(crate) fn threads(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap().count()
    }

    /// Sends a request with these headers, and no `Host` of its own.
    pub(crate) fn send_bare(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses a request need not read the body.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: answer[end + 4..].to_vec() }
    }

    /// Sends a request with the token.
    pub(crate) fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send(method, path, &headers, body)
    }

    pub(crate) fn ask_json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.ask(method, path, body.to_string().as_bytes())
    }
}

/// The path that makes an account for the operator, in printed output.
pub(crate) fn entrance(said: &str) -> String {
    let (_, rest) = said.split_once("/open/").unwrap();
    format!("/open/{}", rest.split_whitespace().next().unwrap())
}

#[test]
fn the_whole_way_over_http() {
    let data = Data::new();
    let server = Server::on(&data);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    let imported = server.ask("POST", "/api/people/camille/imports?file=banque.json&new=true", &statement);
    assert_eq!((imported.status, &imported.json()["categories"][0]["accepted"]), (200, &json!(194)));
    let component = std::fs::read(app("budget")).unwrap();
    assert_eq!(server.ask("POST", "/api/check", &component).json()["ok"], true);
    let installed = server.ask("POST", "/api/apps", &component);
    assert_eq!(installed.status, 200);

    let run = json!({ "person": "camille", "app": "budget", "lang": "en" });
    let refused = server.ask_json("POST", "/api/runs", &run);
    assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("not-granted")));
    let shown = &installed.json()["component"];
    let grant = json!({ "app": "budget", "component": shown, "categories": [{ "category": "bank", "period": "2026" }] });
    let granted = server.ask_json("POST", "/api/people/camille/grants", &grant);
    assert_eq!(granted.status, 200, "{}", granted.text());
    let ran = server.ask_json("POST", "/api/runs", &run);
    assert_eq!((ran.status, &ran.json()["view"]["title"]), (200, &json!("Budget")));
    assert!(!ran.text().contains("2025"), "only 2026 was granted");
    let receipt = ran.json()["receipt"]["id"].as_str().unwrap().to_owned();
    let replayed = server.ask("POST", &format!("/api/people/camille/receipts/{receipt}/replay"), b"");
    assert_eq!(replayed.json()["identical"], true);
    assert_eq!(server.ask("GET", "/api/people/camille/audit/verify", b"").json()["ok"], true);
    assert_eq!(server.ask("DELETE", "/api/people/camille/grants/budget", b"").status, 200);
    assert_eq!(server.ask_json("POST", "/api/runs", &run).status, 403);
    let uninstalled = server.ask("DELETE", "/api/apps/budget", b"");
    assert_eq!((uninstalled.status, &uninstalled.json()["component"]), (200, shown));
    let again = server.ask("DELETE", "/api/apps/budget", b"");
    assert_eq!((again.status, &again.json()["code"]), (404, &json!("no-such-app")));
    assert_eq!(server.ask("GET", "/api/apps", b"").json(), json!([]));
    assert_eq!(server.ask("DELETE", "/api/people/camille", b"").status, 200);
    assert_eq!(server.ask("GET", "/api/people", b"").json(), json!([]));
}

#[test]
fn an_address_that_leads_nowhere_is_a_page() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    for (path, status, fr, en) in [
        ("/nope", 404, "Il n’y a rien à cette adresse", "There is nothing at this address"),
        ("/open/nope", 404, "Cette adresse est fermée", "This address is closed"),
        ("/", 200, "Essayez d’abord avec quelqu’un", "Try first with somebody"),
    ] {
        for (lang, says) in [("fr", fr), ("en", en)] {
            let page = server.send("GET", path, &[("accept-language", lang)], b"");
            assert_eq!(page.status, status, "{path}");
            assert!(
                page.text().starts_with("<!DOCTYPE html>") && page.text().contains(says),
                "{path} {lang}"
            );
        }
    }
    // Errors of the API are problems.
    assert_eq!(server.ask("GET", "/api/nope", b"").json()["code"], "no-such-path");
}

#[test]
fn every_documented_path_is_served_and_needs_the_token() {
    let data = Data::new();
    let server = Server::on(&data);
    let document = server.ask("GET", "/api/openapi.json", b"").json();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 12, "{paths:?}");
    for (path, methods) in paths {
        let path = path.replace("{person}", "nobody").replace("{app}", "none").replace("{receipt}", "none");
        let path = path.replace("{component}", "none");
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            let method = method.to_uppercase();
            for headers in [&[][..], &[("authorization", "Bearer 0000")], &[("cookie", "mesinfos=0000")]] {
                assert_eq!(server.send(&method, &path, headers, b"").status, 401, "{method} {path}");
            }
            let answer = server.ask(&method, &path, b"");
            assert!(answer.status != 405, "{method} {path} is documented and not served");
            assert!(answer.status < 500, "{method} {path}: {}", answer.text());
            assert!(answer.json().is_object() || answer.json().is_array(), "{method} {path}");
        }
    }
}

#[test]
fn what_is_not_understood_is_said_in_json() {
    let data = Data::new();
    let server = Server::on(&data);
    for (path, body) in [
        ("/api/runs", &b"{"[..]),
        ("/api/runs", br#"{"person":"camille"}"#),
        ("/api/people/camille/grants", b"[]"),
        ("/api/people/camille/imports?file=x&new=true", b"\0\xff nothing that is known"),
        ("/api/apps", b"\0asm\x0d\0\x01\0"),
        ("/api/people/../imports", b""),
    ] {
        let answer = server.ask("POST", path, body);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        if answer.status != 404 {
            let detail = answer.json()["detail"].as_str().unwrap().to_lowercase();
            for word in ["deserialize", "target type"] {
                assert!(!detail.contains(word), "{path}: the words of the framework: {detail}");
            }
        }
    }
    // The message names the field and the expected value.
    let category = json!({ "app": "x", "categories": [{ "category": "bank", "period": 1 }] });
    for (path, body, says) in [
        ("/api/runs", json!({ "person": "camille" }), "missing field `app`"),
        (
            "/api/people/camille/grants",
            category,
            "categories[0].period: invalid type: integer `1`, expected a string",
        ),
        ("/api/apps?new_publisher=perhaps", json!({}), "new_publisher"),
    ] {
        let answer = server.ask_json("POST", path, &body).json();
        let detail = answer["detail"].as_str().unwrap();
        assert!(detail.contains(says) && detail.ends_with("nothing was done"), "{path}: {detail}");
        assert_eq!(answer["hint"], "/api/openapi.json describes what is expected");
    }
    assert_eq!(
        server.ask("GET", "/api/people", b"").json(),
        json!([]),
        "a file that is refused makes no person"
    );
}

#[test]
fn every_page_forbids_what_it_does_not_need() {
    let data = Data::new();
    let server = Server::on(&data);
    for path in ["/", "/sign-in", "/nothing", "/api/people"] {
        let page = server.send("GET", path, &[], b"");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "x-dns-prefetch-control: off",
            "referrer-policy: no-referrer",
            "strict-transport-security: max-age=31536000; includesubdomains",
            "cache-control: no-store",
            "nosniff",
        ] {
            assert!(page.head.contains(header), "{path}: {header}");
        }
    }
}

#[test]
fn a_paper_goes_in_and_comes_out_and_is_never_shown() {
    let data = Data::new();
    let server = Server::on(&data);
    let mut paper = b"%PDF-1.7\n<script>alert(1)</script>\n".to_vec();
    paper.extend((0..(6 << 20)).map(|n: u32| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]));
    let path = "/api/people/camille/imports?file=Relev%C3%A9%22.pdf&new=true";
    assert_eq!(server.ask("POST", path, &paper).status, 200);
    let listed = server.ask("GET", "/api/people/camille/documents", b"").json();
    let id = listed[0]["id"].as_str().unwrap();
    let back = server.ask("GET", &format!("/api/people/camille/documents/{id}"), b"");
    assert_eq!((back.status, back.body == paper), (200, true));
    for says in [
        "content-type: application/octet-stream",
        "content-disposition: attachment; filename*=utf-8''relev%c3%a9%22.pdf",
        "x-content-type-options: nosniff",
    ] {
        assert!(back.head.contains(says), "{}", back.head);
    }
    for none in ["1.0.2", "x", "1.0.1%2F..%2F", "2.0.1"] {
        assert_eq!(server.ask("GET", &format!("/api/people/camille/documents/{none}"), b"").status, 404);
    }
    let letter = server.ask("POST", "/api/people/camille/imports?file=a.txt&document=true", b"Bonjour\n");
    assert_eq!((letter.status, &letter.json()["files"][0]["format"]), (200, &json!("any-document")));
    let unsigned = server.send("GET", &format!("/api/people/camille/documents/{id}"), &[], b"");
    assert_eq!(unsigned.status, 401);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing() {
    let data = Data::new();
    let server = Server::on(&data);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    for kept in [0, 1, statement.len() / 2, statement.len()] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head = format!(
            "POST /api/people/camille/imports?file=b.json&new=true HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
            server.address,
            server.token,
            statement.len() + 1
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&statement[..kept]).unwrap();
        drop(stream);
    }
    // Wait until the server is done with the truncated uploads. A complete one is imported after them.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let people = server.ask("GET", "/api/people", b"").json();
    assert!(
        people.as_array().unwrap().is_empty() || {
            server.ask("GET", "/api/people/camille", b"").json() == json!([])
        }
    );
    let imported = server.ask("POST", "/api/people/camille/imports?file=banque.json&new=true", &statement);
    assert_eq!((imported.status, &imported.json()["categories"][0]["accepted"]), (200, &json!(194)));
}
