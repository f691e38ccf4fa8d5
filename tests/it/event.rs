//! An event over HTTP: who may see what, what nobody brings in, and the way from joining to the ranking.

use crate::http::{Answer, Server};
use crate::support::{Data, sample};
use mesinfos_platform::registry::{SecretKey, sign};
use mesinfos_platform::runtime::inspect;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PASSWORD: &str = "trombone+verre+orage+lundi";

/// A data folder with an event. It closes its submissions when the organiser does.
fn event(options: &[&str]) -> (Data, String) {
    let data = Data::new();
    let made = data.ok(&[&["event", "new", "Lyon"], options].concat());
    (data, made["code"].as_str().unwrap().replace('-', ""))
}

/// A phone without TLS: its browser sends `Origin`, and no `Sec-Fetch-Site`.
struct Phone<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Phone<'a> {
    fn new(server: &'a Server) -> Phone<'a> {
        Phone { server, cookie: String::new() }
    }

    fn get(&self, path: &str) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("accept-language", "fr")];
        self.server.send("GET", path, &own, b"")
    }

    fn post(&self, path: &str, form: &str) -> Answer {
        self.post_from(path, form, &format!("http://{}", self.server.address))
    }

    fn post_from(&self, path: &str, form: &str, origin: &str) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("origin", origin), ("accept-language", "fr"), FORM];
        self.server.send("POST", path, &own, form.as_bytes())
    }

    /// Sends a form that opens a session.
    fn enter(&mut self, path: &str, form: &str) -> Answer {
        let answer = self.post(path, form);
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.starts_with("session=") && !cookie.contains("secure"), "there is no TLS: {cookie}");
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        answer
    }

    /// Drops a component on the page of a team.
    fn upload(&self, component: &[u8]) -> Answer {
        let head =
            "--limit\r\ncontent-disposition: form-data; name=\"component\"; filename=\"a.wasm\"\r\n\r\n";
        let body = [head.as_bytes(), component, b"\r\n--limit--\r\n"].concat();
        let origin = format!("http://{}", self.server.address);
        let own = [
            ("cookie", self.cookie.as_str()),
            ("origin", origin.as_str()),
            ("content-type", "multipart/form-data; boundary=limit"),
        ];
        self.server.send("POST", "/developer/apps", &own, &body)
    }
}

/// Somebody who makes a team.
fn team<'a>(server: &'a Server, code: &str, name: &str) -> Phone<'a> {
    let mut phone = Phone::new(server);
    phone.enter(&format!("/join/{code}"), &format!("how=new&member=Ada&team={name}"));
    phone
}

/// The organiser, with the address that the command printed.
fn organiser(server: &Server) -> Phone<'_> {
    let mut phone = Phone::new(server);
    let opened = phone.get(&server.entrance);
    assert_eq!(opened.status, 303, "{}", opened.text());
    let joined = phone.post(opened.header("location").unwrap(), &format!("name=olga&password={PASSWORD}"));
    assert_eq!(joined.status, 200, "{}", joined.text());
    assert!(joined.header("set-cookie").unwrap().starts_with("session="));
    phone.cookie = joined.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    phone
}

/// A juror whom the organiser names.
fn juror<'a>(server: &'a Server, organiser: &Phone<'_>, name: &str, team: &str) -> Phone<'a> {
    let made = organiser.post("/organiser/jury", &format!("name={name}"));
    assert_eq!(made.status, 303, "{}", made.text());
    let page = organiser.get(made.header("location").unwrap()).text();
    let code = page
        .split(&format!("{}/jury/", server.address))
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    let mut phone = Phone::new(server);
    assert_eq!(phone.get(&format!("/jury/{code}")).status, 200);
    phone.enter(&format!("/jury/{code}"), &format!("team={team}"));
    // A code works once.
    assert_eq!(Phone::new(server).post(&format!("/jury/{code}"), "team=").status, 404);
    phone
}

fn key(seed: u8) -> SecretKey {
    SecretKey::of_seed([seed; 32])
}

/// An example app, signed.
fn app(name: &str, seed: u8) -> Vec<u8> {
    sign(&std::fs::read(crate::support::app(name)).unwrap(), &key(seed), None)
}

/// Hands an app in.
fn hand_in(phone: &Phone<'_>, component: &[u8]) -> Answer {
    let kept = phone.upload(component);
    assert_eq!(kept.status, 303, "{}", kept.text());
    let page = kept.header("location").unwrap().to_owned();
    phone.post(&format!("{page}/submit"), "")
}

/// Every route of an event's own pages, as written in the source.
fn routes() -> BTreeSet<(String, bool)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host/web/src/event/mod.rs");
    let text = std::fs::read_to_string(source).unwrap();
    let text = text.split("fn pages()").nth(1).unwrap().split("\n}").next().unwrap();
    let mut routes = BTreeSet::new();
    for route in text.split(".route(").skip(1) {
        let path = route.split('"').nth(1).unwrap().to_owned();
        for is_post in [false, true] {
            if route.contains(if is_post { "post(" } else { "get(" }) {
                routes.insert((path.clone(), is_post));
            }
        }
    }
    assert!(routes.len() > 20, "{routes:?}");
    routes
}

/// Routes that need no session.
const OPEN: &[&str] = &["/", "/home", "/join", "/join/{code}", "/jury", "/jury/{code}"];

fn main_of(answer: &Answer) -> String {
    answer.text().split_once("<main").unwrap().1.split("</main>").next().unwrap().to_owned()
}

#[test]
fn every_role_finds_at_every_route_what_is_its_own() {
    let (data, code) = event(&[]);
    let server = Server::of_event(&data);
    let organiser = organiser(&server);
    let (watt, volt) = (team(&server, &code, "Watt"), team(&server, &code, "Volt"));
    let zoe = juror(&server, &organiser, "Zoe", "");
    let nobody = Phone::new(&server);
    let nothing = main_of(&watt.get("/nothing-at-all"));
    let of = |route: &str| match route {
        route if route.starts_with("/team") => "team",
        route if route.starts_with("/ballots") => "juror",
        _ => "organiser",
    };
    for (route, is_post) in routes() {
        if OPEN.contains(&route.as_str()) {
            continue;
        }
        for id in ["0", "1", "9", "x", "-1", "70000"] {
            let path = route.replace("{team}", id).replace("{juror}", id);
            let ask = |phone: &Phone<'_>| if is_post { phone.post(&path, "") } else { phone.get(&path) };
            let answer = ask(&nobody);
            if is_post {
                assert_eq!(answer.status, 401, "POST {path}");
            } else {
                assert_eq!(answer.status, 303, "GET {path}");
            }
            for (role, phone) in [("team", &watt), ("juror", &zoe), ("organiser", &organiser)] {
                if role == of(&route) {
                    continue;
                }
                let answer = ask(phone);
                assert_eq!(answer.status, 404, "{role}: {path} (POST: {is_post})");
                assert_eq!(main_of(&answer), nothing, "{role}: {path}");
            }
        }
    }
    // What a team handed in is nobody else's: another team finds what does not exist.
    let kept = watt.upload(&app("budget", 1));
    let page = kept.header("location").unwrap().to_owned();
    let missing = format!("/developer/apps/{}", "0".repeat(64));
    for path in [page.as_str(), missing.as_str()] {
        for act in ["", "/submit", "/try", "/delete", "/take-back"] {
            let path = format!("{path}{act}");
            let answer = if act.is_empty() { volt.get(&path) } else { volt.post(&path, "") };
            assert_eq!((answer.status, main_of(&answer)), (404, nothing.clone()), "{path}");
        }
    }
    assert_eq!(watt.get(&page).status, 200);
    // Pages of people are not there, for the organiser neither.
    for path in [
        "/apps",
        "/journal",
        "/settings",
        "/operator/invitations",
        "/timeline",
        "/log/checkpoint",
        "/metrics",
    ] {
        assert_eq!(organiser.get(path).status, 404, "{path}");
    }
}

/// The same upload, through every door: a real file, that of a sample person, under whatever name.
#[test]
fn no_file_enters_by_any_door() {
    let (data, code) = event(&[]);
    let server = Server::of_event(&data);
    let organiser = organiser(&server);
    let watt = team(&server, &code, "Watt");
    let said = "aucun fichier n’y entre";
    let statement = std::fs::read(sample("banque.json")).unwrap();
    let form = [
        b"--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"banque.json\"\r\n\r\n",
        statement.as_slice(),
        b"\r\n--limit--\r\n",
    ]
    .concat();
    let origin = format!("http://{}", server.address);
    for phone in [&watt, &organiser, &Phone::new(&server)] {
        for path in [
            "/add",
            "/add/tables/1",
            "/documents/read",
            "/data/money/bank/1.0.1/change",
            "/letters",
            "/welcome",
        ] {
            let own = [
                ("cookie", phone.cookie.as_str()),
                ("origin", origin.as_str()),
                ("accept-language", "fr"),
                ("content-type", "multipart/form-data; boundary=limit"),
            ];
            let answer = server.send("POST", path, &own, &form);
            assert!(answer.status == 403 && answer.text().contains(said), "{path}: {}", answer.text());
        }
    }
    for (method, path) in [
        ("POST", "/api/people/camille/imports?file=banque.json&new=true"),
        ("POST", "/api/people/camille/imports?file=banque.json&dry_run=true"),
        ("POST", "/api/people/camille/grants"),
        ("PUT", "/api/people/camille"),
        ("GET", "/api/people"),
        ("POST", "/api/runs"),
    ] {
        let answer = server.ask(method, path, &statement);
        assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("only-samples")), "{method} {path}");
    }
    drop(server);
    // At the command line, no verb but "event" opens the folder.
    let file = sample("banque.json");
    for verb in [
        &["import", "--person", "camille", file.to_str().unwrap()][..],
        &["people"],
        &["run", "budget", "--person", "camille"],
        &["serve", "--port", "0"],
        &["demo", "--once"],
        &["erase", "--person", "camille"],
        &["backup", "x"],
    ] {
        let output = data.run(verb);
        assert!(!output.status.success(), "{verb:?}");
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8_lossy(&all);
        assert!(!all.contains("194"), "{verb:?}: {all}");
    }
    assert_eq!(data.fails(&["import", "--person", "camille", file.to_str().unwrap()]).0, "is-event");
    // And "event" opens no other folder.
    let real = Data::with("budget", &["banque.json"]);
    assert_eq!(real.fails(&["event", "serve", "--listen", "127.0.0.1", "--port", "0"]).0, "not-an-event");
    assert_eq!(real.fails(&["event", "new", "Lyon"]).0, "not-empty");
    assert_eq!(real.ok(&["people"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_form_of_another_site_changes_nothing() {
    let (data, code) = event(&[]);
    let server = Server::of_event(&data);
    let phone = Phone::new(&server);
    let path = format!("/join/{code}");
    for origin in ["http://evil.example", "null", "", "https://evil.example"] {
        let answer = phone.post_from(&path, "how=new&member=Eve&team=Evil", origin);
        assert_eq!(answer.status, 403, "{origin}");
    }
    // Pages tell browsers to send the origin with forms of their own.
    assert_eq!(phone.get("/").header("referrer-policy"), Some("same-origin"));
    let watt = team(&server, &code, "Watt");
    let own = [("cookie", watt.cookie.as_str()), ("origin", "null")];
    assert_eq!(server.send("POST", "/developer/apps", &own, b"x").status, 403);
}

/// Whoever is connected is counted, whatever a header says of them; this machine is not.
#[test]
fn a_phone_tries_so_many_codes_and_no_more() {
    use rustix::net::{AddressFamily, SocketAddrV4, SocketType, bind, connect, socket};
    let (data, code) = event(&[]);
    let server = Server::of_event(&data);
    let port: u16 = server.address.rsplit(':').next().unwrap().parse().unwrap();
    let ask = |from: [u8; 4], forwarded: &str, path: &str| -> u16 {
        let stream = socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
        bind(&stream, &SocketAddrV4::new(from.into(), 0)).unwrap();
        connect(&stream, &SocketAddrV4::new([127, 0, 0, 2].into(), port)).unwrap();
        let mut stream = std::net::TcpStream::from(stream);
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\nx-forwarded-for: {forwarded}\r\nconnection: close\r\n\r\n",
            server.address
        );
        std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    };
    let tried: Vec<u16> = (0..70)
        .map(|at| ask([127, 0, 0, 3], &format!("198.51.100.{at}"), &format!("/join/0000000{}", at % 10)))
        .collect();
    assert_eq!(tried[0], 404);
    assert_eq!(tried.last(), Some(&429), "{tried:?}");
    // Another phone and this machine go on.
    assert_eq!(ask([127, 0, 0, 4], "x", &format!("/join/{code}")), 200);
    assert!((0..70).all(|_| ask([127, 0, 0, 2], "198.51.100.7", "/join/00000000") == 404));
    // Other pages are not bounded.
    assert_eq!(ask([127, 0, 0, 3], "x", "/"), 200);
}

#[test]
fn after_the_deadline_nothing_is_handed_in() {
    let until = mesinfos_platform::Clock::now(&mesinfos_platform::SystemClock) + 20;
    let until = mesinfos_platform::local_time(until, 0).unwrap() + "Z";
    let (data, code) = event(&["--until", &until]);
    let server = Server::of_event(&data);
    let watt = team(&server, &code, "Watt");
    assert!(watt.get("/team").text().contains("Il reste"));
    let first = hand_in(&watt, &app("budget", 1));
    assert_eq!(first.status, 303, "{}", first.text());
    let component = inspect(&app("budget", 1)).component;
    let token = watt.post("/team/token", "").text();
    let token =
        token.split("<code class=\"url-small\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let api = |method: &str, path: &str, body: &[u8]| {
        let kind = if body.starts_with(b"{") { "application/json" } else { "application/wasm" };
        server.send(method, path, &[("authorization", bearer.as_str()), ("content-type", kind)], body)
    };
    assert_eq!(api("GET", "/api/releases", b"").json()["own"][0]["state"], "submitted");
    while watt.get("/team").text().contains("Il reste") {
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    assert!(watt.get("/team").text().contains("Le jury vote"));
    let late = hand_in(&watt, &app("forfait", 1));
    assert!(late.status == 403 && late.text().contains("La remise est close"), "{}", late.text());
    // Nothing is taken back either, in the pages or by the API.
    let back = watt.post(&format!("/developer/apps/{component}/take-back"), "");
    assert_eq!(back.status, 403, "{}", back.text());
    for change in ["taken-back", "yanked"] {
        let body = json!({ "change": change, "reason": "x" }).to_string();
        let answer = api("POST", &format!("/api/releases/{component}"), body.as_bytes());
        assert_eq!((answer.status, &answer.json()["code"]), (403, &json!("submissions-over")), "{change}");
    }
    let sent = api("POST", "/api/releases", &app("panier", 1));
    assert_eq!(sent.status, 200, "a draft: {}", sent.text());
    let body = json!({ "change": "submitted", "reason": "" }).to_string();
    let path = format!("/api/releases/{}", inspect(&app("panier", 1)).component);
    let answer = api("POST", &path, body.as_bytes());
    assert_eq!(answer.json()["code"], "submissions-over", "{}", answer.text());
    assert_eq!(Phone::new(&server).post(&format!("/join/{code}"), "how=new&member=A&team=Late").status, 422);
}

#[test]
fn an_event_goes_from_joining_to_the_ranking() {
    let (data, code) = event(&["--teams", "4"]);
    let server = Server::of_event(&data);
    assert!(server.said.contains('█') && server.said.contains("/open/"), "{}", server.said);
    let organiser = organiser(&server);
    let teams = ["Watt", "Volt", "Ampere"].map(|name| team(&server, &code, name));
    // A second phone joins with the code of the team, and is the same team.
    let page = teams[0].get("/team").text();
    let of_team = page.split("<strong class=\"mono\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut second = Phone::new(&server);
    let path = format!("/join/{code}");
    assert_eq!(second.post(&path, "how=join&member=Luc&number=0&of_team=0000-0000").status, 422);
    second.enter(&path, &format!("how=join&member=Luc&number=0&of_team={of_team}"));
    assert!(second.get("/team").text().contains("Luc"));
    for (at, phone) in teams.iter().take(2).enumerate() {
        let answer = hand_in(phone, &app(["budget", "panier"][at], u8::try_from(at).unwrap()));
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let wall = organiser.get("/projector");
    assert_eq!(wall.header("refresh"), Some("10"));
    let text = wall.text();
    assert!(
        text.contains("3 équipes, 2 applications prêtes") && text.contains("<svg class=\"qr\""),
        "{text}"
    );
    assert!(!text.contains("http-equiv"), "a header reloads it");

    let (zoe, yves) = (juror(&server, &organiser, "Zoe", "0"), juror(&server, &organiser, "Yves", ""));
    let vote = |phone: &Phone<'_>, team: &str, marks: [u8; 3], comment: &str| {
        let [a, b, c] = marks;
        phone.post(
            &format!("/ballots/{team}"),
            &format!("usefulness={a}&minimisation={b}&clarity={c}&comment={comment}"),
        )
    };
    assert_eq!(vote(&yves, "0", [5; 3], "").status, 403, "not yet");
    assert_eq!(organiser.post("/organiser/close", "part=reveal").status, 403);
    // The deadline moves while submissions are open, to a time that is to come.
    let moved = |text: &str| organiser.post("/organiser/deadline", &format!("until={text}")).status;
    assert_eq!((moved("2199-06-01T16:00"), moved("2001-06-01T16:00"), moved("soon")), (303, 422, 400));
    assert!(organiser.get("/organiser").text().contains("value=\"2199-06-01T16:00\""));
    assert_eq!(yves.post("/organiser/deadline", "until=2199-06-01T16:00").status, 404);
    assert_eq!(organiser.post("/organiser/close", "part=submissions").status, 303);
    assert_eq!(vote(&zoe, "0", [5; 3], "").status, 403, "her own team");
    assert_eq!(vote(&yves, "2", [5; 3], "").status, 404, "it handed nothing in");
    assert_eq!(vote(&yves, "1", [5, 0, 5], "").status, 422);
    assert_eq!(vote(&zoe, "1", [2, 3, 4], "mangue").status, 303);
    assert_eq!(vote(&yves, "0", [1, 1, 1], "").status, 303);
    assert_eq!(vote(&yves, "0", [4, 4, 4], "kiwi").status, 303, "changed");
    assert_eq!(vote(&yves, "1", [5, 5, 5], "%3Cb%3E").status, 303);
    let seen = yves.get("/ballots/1").text();
    assert!(seen.contains("&lt;b&gt;") && !seen.contains("<b>") && !seen.contains("mangue"), "{seen}");
    // Nobody else sees a ballot, and the organiser none before the end.
    for phone in [&teams[0], &teams[1], &Phone::new(&server)] {
        for path in ["/team", "/", "/ballots", "/ballots/1", "/developer/apps"] {
            let text = phone.get(path).text();
            assert!(!text.contains("kiwi") && !text.contains("mangue"), "{path}");
        }
    }
    let archive = || {
        let answer = organiser.get("/organiser/export");
        assert_eq!(answer.status, 200);
        let mut archive = zip::ZipArchive::new(Cursor::new(unchunked(&answer))).unwrap();
        let names: Vec<String> =
            (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned()).collect();
        let mut texts = std::collections::BTreeMap::<String, Vec<u8>>::new();
        for name in names {
            let mut bytes = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            texts.insert(name, bytes);
        }
        texts
    };
    let before = archive();
    assert!(!organiser.get("/organiser").text().contains("kiwi"));
    assert!(!String::from_utf8_lossy(&before["01-watt/result.json"]).contains("kiwi"));
    assert_eq!(organiser.post("/organiser/close", "part=vote").status, 303);
    assert_eq!(vote(&yves, "0", [5; 3], "").status, 403, "closed");
    assert!(organiser.get("/organiser").text().contains("kiwi"));
    assert!(!teams[0].get("/team").text().contains("Classement"), "not yet revealed");
    assert_eq!(organiser.post("/organiser/close", "part=reveal").status, 303);
    // 12 of 3 marks, and 24 of 6: both have a mean of 4, of all criteria or together with 3.5, 4 and 4.5; both are first.
    let ranking = Phone::new(&server).get("/").text();
    assert_eq!(ranking.matches("4,00").count(), 4 + 2, "{ranking}");
    assert_eq!(ranking.matches("role=\"rowheader\">1<").count(), 2, "{ranking}");
    for phone in [&teams[2], &yves, &organiser] {
        let page = if phone.cookie == yves.cookie {
            "/ballots"
        } else if phone.cookie == organiser.cookie {
            "/projector"
        } else {
            "/team"
        };
        let text = phone.get(page).text();
        assert!(text.contains("Classement") && !text.contains("kiwi"), "{page}: {text}");
    }
    let all = archive();
    for name in ["README.txt", "LISEZMOI.txt"] {
        assert!(all.contains_key(name), "{name}");
    }
    for (folder, bytes) in [("01-watt", app("budget", 0)), ("02-volt", app("panier", 1))] {
        assert_eq!(all[format!("{folder}/app.wasm").as_str()], bytes, "{folder}");
        for name in ["manifest.json", "RAPPORT.txt", "REPORT.txt"] {
            assert!(!all[format!("{folder}/{name}").as_str()].is_empty(), "{folder}/{name}");
        }
        let result: serde_json::Value =
            serde_json::from_slice(&all[format!("{folder}/result.json").as_str()]).unwrap();
        assert_eq!((&result["rank"], &result["mean_hundredths"]), (&json!(1), &json!(400)), "{result}");
    }
    assert!(!all.keys().any(|name| name.starts_with("03")), "who handed nothing in has no folder");
}

/// A body that came in chunks (RFC 9112, 7.1).
fn unchunked(answer: &Answer) -> Vec<u8> {
    if answer.header("transfer-encoding") != Some("chunked") {
        return answer.body.clone();
    }
    let (mut body, mut whole) = (answer.body.as_slice(), Vec::new());
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 4 + size..];
    }
}
