//! Access control: tokens, codes, sessions, host names, limits of the server, folder permissions, and leaks
//! about the process.

use crate::forge::{Forged, reader};
use crate::http::{Server, entrance};
use crate::support::{Data, app, binary, sample};
use mesinfos_platform::runtime::manifest;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn the_address_of_the_operator_is_good_once() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    assert!(!server.said.contains("Bearer") && !server.said.contains(&server.token));
    // A browser's prefetch does not consume the code.
    for (method, headers) in [("HEAD", &[][..]), ("GET", &[("sec-purpose", "prefetch;prerender")])] {
        assert_eq!(server.send(method, &server.entrance, headers, b"").status, 204);
    }
    let opened = server.send("GET", &server.entrance, &[], b"");
    assert_eq!(opened.status, 303);
    assert!(
        opened.header("location").unwrap().starts_with("/invitation/")
            && opened.header("set-cookie").is_none()
    );
    assert_eq!(server.send("GET", &server.entrance, &[], b"").status, 404, "a code is good once");
    let again = data.ok(&["open"]);
    let again = entrance(again["address"].as_str().unwrap());
    assert_eq!(server.send("GET", &again, &[], b"").status, 303);
}

#[test]
fn without_a_server_no_address_is_given() {
    let data = Data::new();
    assert!(data.fails(&["open"]).1.contains("mesinfos serve"));
    drop(Server::on(&data));
    assert!(data.fails(&["open"]).1.contains("mesinfos serve"), "the one that ran is gone");
}

/// A second token with full access, as an `Authorization` header.
fn another(data: &Data) -> String {
    let made = data.ok(&["token", "create", "--scope", "all", "--name", "other"]);
    format!("Bearer {}", made["token"].as_str().unwrap())
}

/// A deposit token with these options.
fn deposit(data: &Data, options: &[&str]) -> (String, String) {
    let create = ["token", "create", "--scope", "deposit", "--name", "EDF", "--expires", "7d"];
    let made = data.ok(&[&create[..], options].concat());
    let text = |field: &str| made[field].as_str().unwrap().to_owned();
    (text("id"), format!("Bearer {}", text("token")))
}

#[test]
fn a_token_for_deposits_deposits_and_learns_nothing() {
    let data = Data::with("budget", &["banque.json"]);
    let telephone = sample("telephone.json");
    data.ok(&["import", "--person", "dominique", telephone.to_str().unwrap()]);
    let server = Server::on(&data);
    let (id, bearer) = deposit(&data, &["--person", "camille"]);
    let bears = [("authorization", bearer.as_str()), ("content-type", "application/json")];

    // All documented operations, for the token's person, another person and nobody, get the same response.
    let document = server.ask("GET", "/api/openapi.json", b"").json();
    let mut tried = 0;
    for open in ["/api/openapi.json", "/api/formats"] {
        // They contain no personal data, and tell a depositor what to send.
        assert_eq!(server.send("GET", open, &bears, b"").status, 200, "{open}");
        for method in ["POST", "DELETE"] {
            assert!([403, 405].contains(&server.send(method, open, &bears, b"").status), "{method} {open}");
        }
    }
    for (path, methods) in document["paths"].as_object().unwrap() {
        for person in ["camille", "dominique", "nobody"] {
            let path = path.replace("{person}", person).replace("{app}", "budget");
            let path =
                path.replace("{receipt}", "none").replace("{document}", "1.0.1").replace("{import}", "1");
            let path = path.replace("{component}", "none");
            for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                let allowed =
                    ["get /api/openapi.json", "get /api/formats", "post /api/people/camille/imports"];
                if allowed.contains(&format!("{method} {path}").as_str()) {
                    continue;
                }
                let answer = server.send(&method.to_uppercase(), &path, &bears, b"{}");
                assert_eq!(answer.status, 403, "{method} {path}");
                assert_eq!(answer.json()["code"], "only-deposits", "{method} {path}");
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried}");
    for odd in ["camille%00", "camill%ff", "camille%2f..%2fdominique", "camille/../dominique", "CAMILLE"] {
        let path = format!("/api/people/{odd}/imports?new=true");
        assert!([403, 404].contains(&server.send("POST", &path, &bears, b"{}").status), "{odd}");
    }

    // A percent-encoded name is decoded alike for the check and for the vault.
    let escaped = server.send("POST", "/api/people/camill%65/imports?dry_run=true", &bears, b"no format");
    assert_eq!((escaped.status, &escaped.json()["code"]), (422, &json!("unreadable-file")));

    // The response to a deposit describes only the file, whether or not the vault had the rows.
    let statement = std::fs::read(&telephone).unwrap();
    let send = || server.send("POST", "/api/people/camille/imports?file=t.json", &bears, &statement);
    let (first, second) = (send(), send());
    assert_eq!((first.status, first.text()), (200, second.text()));
    assert!(first.json()["files"][0]["rows"].as_u64().unwrap() > 0);
    for told in ["categories", "duplicates", "import"] {
        assert_eq!(first.json().get(told), None, "{told}");
    }
    let rows = server.ask("GET", "/api/people/camille", b"").json();
    assert!(rows.as_array().unwrap().iter().any(|row| row["category"] == "telecom"), "{rows}");

    // The request after a revocation is refused.
    data.ok(&["token", "revoke", &id]);
    assert_eq!(send().status, 401);
    assert_eq!(data.fails(&["token", "revoke", &id]).0, "no-such-token");
}

#[test]
fn a_deposit_makes_a_vault_only_where_it_was_allowed() {
    let data = Data::new();
    let server = Server::on(&data);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    let send = |bearer: &str, person: &str| {
        let path = format!("/api/people/{person}/imports?file=b.json&new=true");
        server.send("POST", &path, &[("authorization", bearer)], &statement)
    };
    let (_, careful) = deposit(&data, &["--person", "camille"]);
    let refused = send(&careful, "camille");
    assert_eq!((refused.status, refused.text()), (403, send(&careful, "dominique").text()));
    assert_eq!(server.ask("GET", "/api/people", b"").json(), json!([]));
    let (_, new) = deposit(&data, &["--person", "camille", "--new"]);
    assert_eq!(send(&new, "camille").status, 200);
    assert_eq!(send(&careful, "camille").status, 200, "now they have a vault");

    // A misspelt name creates no vault and reveals nobody.
    let slip = server.ask("POST", "/api/people/camile/imports?file=b.json", &statement);
    assert_eq!((slip.status, &slip.json()["code"]), (404, &json!("no-such-person")));
    assert!(slip.text().contains("new=true") && !slip.text().contains("camille"), "{}", slip.text());
    assert!(!server.ask("GET", "/api/people/camile", b"").text().contains("camille"));
    assert_eq!(server.ask("GET", "/api/people", b"").json(), json!(["camille"]));
}

#[test]
fn no_secret_of_a_door_is_kept_or_listed() {
    let data = Data::new();
    let (id, bearer) = deposit(&data, &["--person", "camille"]);
    let secret = bearer.rsplit('_').next().unwrap();
    let listed = data.ok(&["token", "list"]);
    assert!(listed.to_string().contains(&id) && !listed.to_string().contains(secret), "{listed}");
    let server = Server::on(&data);
    let code = server.entrance.rsplit('/').next().unwrap().to_owned();
    for file in data.files() {
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        for secret in [secret, server.token.rsplit('_').next().unwrap(), &code] {
            assert!(!text.contains(secret), "{}", file.display());
        }
    }
    let none = ["token", "create", "--scope", "deposit", "--name", "x"];
    assert_eq!(data.fails(&none).0, "bad-token", "for whom?");
}

/// A token for a misspelt name would deposit nothing without an explanation.
#[test]
fn a_token_for_nobody_says_so() {
    let data = Data::with("budget", &["banque.json"]);
    let create = ["token", "create", "--scope", "deposit", "--name", "EDF", "--person"];
    let said = |more: &[&str]| {
        let output = data.run(&[&create[..], more].concat());
        assert!(output.status.success(), "{more:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let nobody = "Personne ici ne s’appelle «\u{A0}camilla\u{A0}»";
    assert!(said(&["camilla"]).contains(nobody) && said(&["camilla"]).contains("camille"));
    for known in [&["camille"][..], &["camilla", "--new"]] {
        assert!(!said(known).contains("ne s’appelle"), "{known:?}");
    }
    assert_eq!(data.fails(&[&create[..], &["a/b"]].concat()).0, "bad-name");
    // A server locks the store, so the check is impossible.
    let server = Server::on(&data);
    assert!(said(&["camilla"]).contains("n’a pas été vérifiée"));
    drop(server);
}

#[test]
fn only_the_names_of_this_server_are_answered() {
    let data = Data::new();
    let server = Server::with(&data, &["--host-name", "infos.example"]);
    let bearer = format!("Bearer {}", server.token);
    let port = server.address.rsplit(':').next().unwrap();
    let ask = |path: &str, host: &str| {
        let headers = [("host", host), ("authorization", bearer.as_str())];
        server.send_bare("GET", path, &headers, b"").status
    };
    for ours in ["127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(ask("/api/people", &format!("{ours}:{port}")), 200, "{ours}");
    }
    for ours in ["infos.example", "Infos.Example:443"] {
        assert_eq!(ask("/api/people", ours), 200, "{ours}");
    }
    for path in ["/api/people", "/", "/sign-in", &server.entrance, "/nothing"] {
        for other in ["evil.example", "127.0.0.1", "127.0.0.1.evil.example", "localhost:1", ""] {
            assert_eq!(ask(path, other), 421, "{path} of {other}");
        }
    }
    let elsewhere = format!("http://evil.example:{port}/api/people");
    assert_eq!(ask(&elsewhere, &server.address), 421, "the target names another host");
    let none = [("authorization", bearer.as_str())];
    assert!([400, 421].contains(&server.send_bare("GET", "/api/people", &none, b"").status));
    assert_eq!(server.send("GET", &server.entrance, &[], b"").status, 303, "the code was not used up");
}

/// An app that reads these categories, with a version and a publisher.
fn version(of: &Forged<'_>, version: &str, publisher: &str) -> Vec<u8> {
    let text = of.manifest().replace("0.1.0", version).replace("\"Forge\"", &format!("\"{publisher}\""));
    manifest::embed(&of.bare(), &text).unwrap()
}

#[test]
fn a_grant_is_of_the_component_that_was_shown() {
    let data = Data::new();
    let server = Server::on(&data);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    server.ask("POST", "/api/people/camille/imports?file=b.json&new=true", &statement);
    let asks_bank = reader("shown", "(i32.const 64)");
    let head = format!(
        "{}(import \"mesinfos:data/health@0.1.0\" \"[constructor]reader\" (func (param i32 i32 i32 i32) (result i32)))",
        asks_bank.head
    );
    let asks_more = Forged {
        imports: &["bank", "health"],
        reads: &[("bank", "required"), ("health", "optional")],
        head: &head,
        ..reader("shown", "(i32.const 64)")
    };
    let shown = server.ask("POST", "/api/apps", &version(&asks_bank, "0.1.0", "Forge")).json();
    let install = server.ask("POST", "/api/apps", &version(&asks_more, "0.2.0", "Forge"));
    assert_eq!(install.status, 200, "{}", install.text());
    let now = install.json();
    // The person saw the first component; the second is installed when they answer.
    let grant = |component: &Value| {
        let body = json!({ "app": "shown", "component": component });
        server.ask_json("POST", "/api/people/camille/grants", &body)
    };
    for other in [&shown["component"], &json!(null), &json!(""), &json!("00"), &json!("a\u{1b}[2J")] {
        let refused = grant(other);
        assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("other-component")), "{other}");
        let words = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(words.contains(now["component"].as_str().unwrap()) && !words.contains('\u{1b}'), "{words}");
    }
    assert_eq!(server.ask("GET", "/api/people/camille/grants", b"").json(), json!([]));
    let granted = grant(&now["component"]);
    assert_eq!((granted.status, &granted.json()["component"]), (200, &now["component"]));
    drop(server);
    let (code, _) = data.fails(&[
        "grant",
        "shown",
        "--person",
        "camille",
        "--component",
        shown["component"].as_str().unwrap(),
    ]);
    assert_eq!(code, "other-component");
}

#[test]
fn an_id_belongs_to_its_first_publisher() {
    let data = Data::new();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, version_number: &str, publisher: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, version(&Forged::default(), version_number, publisher)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    data.ok(&["install", &file("one.wasm", "0.1.0", "Atelier")]);
    data.ok(&["install", &file("two.wasm", "0.2.0", "Atelier")]);
    let other = file("other.wasm", "0.3.0", "Аtelier");
    let (code, words) = data.fails(&["install", &other]);
    assert_eq!(code, "other-publisher");
    assert!(words.contains("--new-publisher"), "{words}");
    assert_eq!(data.ok(&["apps"])[0]["version"], "0.2.0", "nothing was installed");
    let server = Server::on(&data);
    let component = std::fs::read(&other).unwrap();
    let refused = server.ask("POST", "/api/apps", &component);
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("new_publisher=true"), "{}", refused.text());
    assert_eq!(server.ask("POST", "/api/apps?new_publisher=true", &component).status, 200);
    assert_eq!(server.ask("GET", "/api/apps", b"").json()[0]["publisher"], "Аtelier");
}

#[test]
fn what_is_too_large_or_too_much_is_refused_at_the_door() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let large = vec![b' '; (1 << 20) + 1];
    for path in ["/api/runs", "/api/people/camille/grants"] {
        let refused = server.ask("POST", path, &large);
        assert_eq!((refused.status, &refused.json()["code"]), (413, &json!("too-large")), "{path}");
    }
    assert_ne!(server.ask("POST", "/api/check", &large).status, 413, "apps are larger");
}

/// An upload that begins and stalls.
fn begun(server: &Server, token: &str, person: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/people/{person}/imports?file=a.txt&document=true&new=true HTTP/1.1\r\nhost: {}\r\n\
         authorization: bearer {token}\r\ncontent-length: 100\r\n\r\nbegun",
        server.address
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// An upload without its last byte.
fn almost(server: &Server, token: &str, path: &str, body: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body[..body.len() - 1]).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    stream
}

/// Sends the last byte and returns the status.
fn finished(mut stream: TcpStream, body: &[u8]) -> u16 {
    stream.write_all(&body[body.len() - 1..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn who_was_let_in_when_an_upload_began_may_not_be_at_its_end() {
    let data = Data::with("budget", &["banque.json"]);
    let create = ["token", "create", "--scope", "deposit", "--name", "EDF", "--person", "camille"];
    let token = |data: &Data| data.ok(&create)["token"].as_str().unwrap().to_owned();
    let (first, second) = (token(&data), data.ok(&create));
    let server = Server::on(&data);
    let body = std::fs::read(sample("banque.json")).unwrap();
    let path = "/api/people/camille/imports?file=banque.json";
    // A revoked token.
    let upload = almost(&server, second["token"].as_str().unwrap(), path, &body);
    data.ok(&["token", "revoke", second["id"].as_str().unwrap()]);
    assert_eq!(finished(upload, &body), 401);
    // An erased person: neither a deposit nor their own upload recreates them.
    let mine = server.token.clone();
    let uploads = [almost(&server, &first, path, &body), almost(&server, &mine, path, &body)];
    assert_eq!(server.ask("DELETE", "/api/people/camille", b"").status, 200);
    let statuses = uploads.map(|upload| finished(upload, &body));
    assert_eq!(statuses, [401, 404], "the holder's token was for this person alone, and is gone with them");
    assert_eq!(server.ask("GET", "/api/people", b"").json(), json!([]));
    // Nor does a token for several people that may create vaults; and a later person of the same name is
    // somebody else.
    let people = ["--person", "zoe", "--person", "bob", "--new"];
    let both = data.ok(&[&create[..6], &people].concat())["token"].as_str().unwrap().to_owned();
    let zoe = "/api/people/zoe/imports?file=banque.json&new=true";
    assert_eq!(server.ask("POST", zoe, &body).status, 200);
    let uploads = [almost(&server, &both, zoe, &body), almost(&server, &mine, zoe, &body)];
    assert_eq!(server.ask("DELETE", "/api/people/zoe", b"").status, 200);
    assert_eq!(server.ask("POST", zoe, b"").status, 422);
    assert_eq!(
        server.ask("POST", "/api/people/zoe/imports?file=a.txt&document=true&new=true", b"hello").status,
        200
    );
    assert_eq!(uploads.map(|upload| finished(upload, &body)), [401, 404]);
    assert_eq!(server.ask("GET", "/api/people/zoe", b"").json().as_array().unwrap().len(), 1, "only theirs");
}

#[test]
fn large_uploads_at_the_same_time_do_not_meet() {
    let data = Data::new();
    let server = Server::on(&data);
    std::thread::scope(|scope| {
        let upload = |n: u8| {
            let server = &server;
            move || {
                let document: Vec<u8> = (0..5_u32 << 20).map(|i| (i >> 8).to_le_bytes()[0] ^ n).collect();
                let path = format!("/api/people/p{n}/imports?file=d.bin&document=true&new=true");
                let answer = server.ask("POST", &path, &document);
                assert_eq!(answer.status, 200, "{}", answer.text());
                let listed = server.ask("GET", &format!("/api/people/p{n}/documents"), b"").json();
                let id = listed[0]["id"].as_str().unwrap();
                let back = server.ask("GET", &format!("/api/people/p{n}/documents/{id}"), b"");
                assert!(back.body == document, "another's");
            }
        };
        let all: Vec<_> = (0..4).map(|n| scope.spawn(upload(n))).collect();
        all.into_iter().for_each(|one| one.join().unwrap());
    });
}

#[test]
fn an_app_can_be_installed_by_several_at_the_same_time() {
    let data = Data::new();
    let server = Server::on(&data);
    let component = std::fs::read(app("budget")).unwrap();
    std::thread::scope(|scope| {
        let install = || {
            let status = server.ask("POST", "/api/apps", &component).status;
            // One upload over the token's limit gets a 503.
            assert!([200, 409, 503].contains(&status), "{status}");
            status
        };
        let all: Vec<_> = (0..4).map(|_| scope.spawn(install)).collect();
        let statuses: Vec<u16> = all.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(statuses.contains(&200), "{statuses:?}");
    });
    assert_eq!(server.ask("GET", "/api/apps", b"").json().as_array().unwrap().len(), 1);
}

#[test]
fn slow_uploads_do_not_keep_the_others_out() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let other = another(&data);
    let upload_with = |bearer: &str, person: &str| {
        let path = format!("/api/people/{person}/imports?file=a.txt&document=true&new=true");
        server.send("POST", &path, &[("authorization", bearer)], b"a letter\n")
    };
    let own = format!("Bearer {}", server.token);
    let upload = |person: &str| upload_with(&own, person);
    let wait = Duration::from_millis(300);

    let mut held = vec![begun(&server, &server.token, "camille"), begun(&server, &server.token, "camille")];
    std::thread::sleep(wait);
    let busy = upload("camille");
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("5")));
    assert_eq!(busy.json()["code"], "busy");
    assert_eq!(upload("dominique").status, 200, "another person");
    // Deposits for a person do not lock out that person.
    assert_eq!(upload_with(&other, "camille").status, 200);
    // All slots of one token: more than can be read at once.
    let threads = server.threads();
    held.extend((0..6).map(|n| begun(&server, &server.token, &format!("p{n}"))));
    std::thread::sleep(wait);
    assert_eq!(upload("dominique").status, 503, "one token");
    assert_eq!(upload_with(&other, "dominique").status, 200, "another token");
    assert_eq!(server.ask("GET", "/api/people/camille", b"").status, 200, "everything else goes on");
    // Idle threads end after ten seconds.
    std::thread::sleep(Duration::from_secs(11));
    assert!(server.threads() <= threads, "{} threads: nobody who is slow holds one", server.threads());
    drop(held);
    let until = Instant::now() + Duration::from_secs(10);
    while upload("camille").status != 200 {
        assert!(Instant::now() < until, "the places are free again");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn connections_are_bounded_and_none_is_silent_for_long() {
    let data = Data::new();
    let server = Server::on(&data);
    let half_a_head = || {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost:").unwrap();
        stream
    };
    let silent: Vec<TcpStream> = (0..140).map(|_| half_a_head()).collect();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(server.ask("GET", "/api/people", b"").status, 200, "they keep nobody out");
    // Some connections were closed for others. The rest sent half a request head and time out after 20
    // seconds.
    let since = Instant::now();
    let mut made_room = 0;
    for (number, mut stream) in silent.into_iter().enumerate() {
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let mut said = Vec::new();
        // A closed connection is reset if it sent data that the server did not read.
        let _ = stream.read_to_end(&mut said);
        made_room += usize::from(since.elapsed() < Duration::from_secs(5));
        assert!(said.is_empty() || said.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&said));
        // Our timeout is twenty seconds; the library's would be thirty.
        assert!(since.elapsed() < Duration::from_secs(28), "{number}: {:?}", since.elapsed());
    }
    assert!((13..30).contains(&made_room), "{made_room}");
    assert_eq!(server.ask("GET", "/api/people", b"").status, 200);
}

#[test]
fn the_bearers_of_one_token_leave_room_for_others() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let other = another(&data);
    // Missing bodies keep requests under way.
    let slow = |path: &str| {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-length: 9\r\n\r\n{{",
            server.address, server.token
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let held: Vec<TcpStream> = (0..128).map(|_| slow("/api/runs")).collect();
    std::thread::sleep(Duration::from_millis(500));
    let busy = server.ask("GET", "/api/people", b"");
    assert_eq!((busy.status, &busy.json()["code"]), (503, &json!("busy")));
    assert_eq!(server.send("GET", "/api/people", &[("authorization", &other)], b"").status, 200);
    drop(held);
}

fn mode(path: &std::path::Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn folders_are_for_their_owner_whatever_the_umask_is() {
    for umask in ["022", "002", "000"] {
        let outside = tempfile::tempdir().unwrap();
        let data = outside.path().join("data");
        let said = Command::new("sh")
            .args(["-c", "umask $0; exec \"$1\" --data \"$2\" import --person camille \"$3\""])
            .arg(umask)
            .arg(binary())
            .arg(&data)
            .arg(sample("banque.json"))
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let mut folders = vec![data.clone()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            assert_eq!(mode(&folder), 0o700, "{} with umask {umask}", folder.display());
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    assert_eq!(mode(&path), 0o600, "{} with umask {umask}", path.display());
                    files += 1;
                }
            }
        }
        assert!(files > 3);
        // A folder opened to others later is refused, with the command that fixes it.
        std::fs::write(data.join("apps/x.wasm"), "").unwrap();
        for part in ["", "keys", "store", "apps"] {
            let wide = data.join(part);
            std::fs::set_permissions(&wide, std::fs::Permissions::from_mode(0o770)).unwrap();
            let refused = Command::new(binary()).arg("--data").arg(&data).args(["people"]).output().unwrap();
            let words = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(!refused.status.success() && words.contains("open-to-others"), "{words}");
            let mend = words.split("hint: ").nth(1).unwrap().lines().next().unwrap();
            assert!(Command::new("sh").args(["-c", mend]).status().unwrap().success(), "{mend}");
            assert_eq!(mode(&wide), 0o700);
        }
        let listed = Command::new(binary()).arg("--data").arg(&data).args(["people"]).output().unwrap();
        assert_eq!(listed.stdout, b"camille\n");
    }
}

#[test]
fn the_server_leaves_no_core_and_nobody_looks_into_it() {
    let data = Data::with("budget", &["banque.json"]);
    let cwd = tempfile::tempdir().unwrap();
    // The shell lifts the limit on core dumps, as an operator's may do.
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -c unlimited; exec \"$0\" --data \"$1\" serve --port 0"])
        .arg(binary())
        .arg(data.path())
        .current_dir(cwd.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut byte = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    // The standard library first takes the signal for a stack overflow, recognises that it is not, and
    // returns.
    let until = Instant::now() + Duration::from_secs(10);
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        if Instant::now() > until {
            child.kill().unwrap();
        }
        let _ = Command::new("kill").args(["-SEGV", &child.id().to_string()]).status().unwrap();
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!((ended.signal(), ended.core_dumped()), (Some(11), false));
    assert_eq!(std::fs::read_dir(cwd.path()).unwrap().count(), 0);
}

#[test]
fn an_app_is_compiled_and_run_apart_by_default() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    data.ok(&["run", "budget", "--person", "camille"]);
    let artifacts =
        || data.files().iter().filter(|file| file.extension().is_some_and(|e| e == "cwasm")).count();
    // An artifact of a runner is not loaded in this process, and vice versa.
    assert_eq!(artifacts(), 1);
    data.ok(&["--isolation", "process", "run", "budget", "--person", "camille"]);
    assert_eq!(artifacts(), 1, "that was the default");
    data.ok(&["--isolation", "in-process", "run", "budget", "--person", "camille"]);
    assert_eq!(artifacts(), 2);
}

#[test]
fn an_erasure_takes_a_person_out_of_all_tokens_and_no_name_is_there() {
    let data = Data::new();
    data.ok(&["import", "--person", "zoe-canary", sample("banque.json").to_str().unwrap()]);
    data.ok(&["import", "--person", "camille", sample("banque.json").to_str().unwrap()]);
    let made = |people: &[&str]| {
        let mut words = vec!["token", "create", "--scope", "deposit", "--name", "EDF", "--new"];
        people.iter().for_each(|person| words.extend(["--person", person]));
        data.ok(&words)["token"].as_str().unwrap().to_owned()
    };
    let (alone, both) = (made(&["zoe-canary"]), made(&["zoe-canary", "camille"]));
    for file in data.files() {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(10).any(|part| part == b"zoe-canary"), "{}", file.display());
    }
    data.ok(&["erase", "--person", "zoe-canary", "--yes"]);
    let server = Server::on(&data);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    let sent = |token: &str, person: &str| {
        let bearer = format!("Bearer {token}");
        let path = format!("/api/people/{person}/imports?file=banque.json");
        server.send("POST", &path, &[("Authorization", &bearer)], &statement).status
    };
    assert_eq!(sent(&alone, "zoe-canary"), 401, "the token is gone");
    assert_eq!(sent(&both, "zoe-canary"), 403);
    assert_eq!(sent(&both, "camille"), 200);
}

/// A misspelt option must not count as absent: `dryrun=true` would import.
#[test]
fn a_parameter_that_does_not_exist_is_refused() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let document = server.ask("GET", "/api/openapi.json", b"").json();
    let before = data_of(&server);
    let mut tried = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let names: Vec<&str> = parameters
                .filter(|parameter| parameter["in"] == "query")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            tried += 1;
            let path =
                path.replace("{person}", "camille").replace("{app}", "budget").replace("{import}", "1");
            let path = format!("{path}?dryrun=true");
            let answer = server.ask(&method.to_uppercase(), &path, b"x");
            let problem = answer.json();
            assert_eq!((answer.status, &problem["code"]), (400, &json!("bad-request")), "{path}: {problem}");
            let detail = problem["detail"].as_str().unwrap();
            for name in names.into_iter().chain(["\"dryrun\""]) {
                assert!(detail.contains(name), "{path}: {detail}");
            }
        }
    }
    assert!(tried >= 20, "{tried} operations");
    assert_eq!(data_of(&server), before);
}

/// Imports of camille.
fn data_of(server: &Server) -> Value {
    server.ask("GET", "/api/people/camille/imports", b"").json()
}

#[test]
fn a_grant_over_the_api_gives_something_and_ends_on_a_day() {
    let data = Data::with("budget", &["banque.json"]);
    let component = data.ok(&["apps"])[0]["component"].clone();
    let server = Server::on(&data);
    let ask = |more: Value| {
        let mut grant = json!({ "app": "budget", "component": component });
        grant.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        server.ask_json("POST", "/api/people/camille/grants", &grant)
    };
    for bad in [
        json!({ "until": i64::MAX }),
        json!({ "until": 253_402_300_801_i64 }),
        json!({ "categories": [{ "category": "bank", "holders": [] }] }),
        json!({ "categories": [{ "category": "bank", "fields": [] }] }),
    ] {
        let answer = ask(bad.clone());
        assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("bad-grant")), "{bad}");
    }
    assert_eq!(ask(json!({ "until": 253_402_300_800_i64 })).status, 200);
    let grants = server.ask("GET", "/api/people/camille/grants", b"").json();
    assert_eq!(grants.as_array().unwrap().len(), 1, "{grants}");
}

/// One problem has one type, whichever check finds it.
#[test]
fn a_person_who_is_not_there_is_one_kind_of_problem() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let read = server.ask("GET", "/api/people/zoe", b"").json();
    let sent = server.ask("POST", "/api/people/zoe/imports?file=a.json", b"x").json();
    assert_eq!((&read["code"], &sent["code"]), (&json!("no-such-person"), &json!("no-such-person")));
    assert_eq!((&read["type"], &read["title"]), (&sent["type"], &sent["title"]), "{sent}");
    assert!(sent["hint"].as_str().unwrap().contains("?new=true"), "{sent}");
}
