//! The web app over HTTP: who may see which page, and what a browser of another person or another role gets.

use crate::http::{Answer, Server};
use crate::support::{Data, app, sample};
use std::collections::BTreeSet;
use std::path::Path;

/// A browser with the session of an account.
pub(crate) struct Browser<'a> {
    server: &'a Server,
    cookie: String,
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PASSWORD: &str = "trombone+verre+orage+lundi";

impl<'a> Browser<'a> {
    /// The operator of the machine, with the address that the server printed.
    pub(crate) fn operator(server: &'a Server) -> Browser<'a> {
        let opened = server.send("GET", &server.entrance, &[], b"");
        assert_eq!(opened.status, 303, "{}", opened.text());
        Browser::join(server, opened.header("location").unwrap(), "exploitante")
    }

    /// Somebody who accepts an invitation.
    fn join(server: &'a Server, invitation: &str, name: &str) -> Browser<'a> {
        let form = format!("name={name}&password={PASSWORD}");
        let nobody = Browser { server, cookie: String::new() };
        let joined = nobody.post(invitation, &form);
        assert_eq!(joined.status, 200, "{}", joined.text());
        Browser { server, cookie: cookie(&joined) }
    }

    /// Somebody whom this operator invites with a role.
    pub(crate) fn invite(&self, role: &str, name: &str) -> Browser<'a> {
        let made = self.post("/operator/invitations", &format!("role={role}&days=1"));
        assert_eq!(made.status, 200, "{}", made.text());
        let text = made.text();
        let (_, code) = text.split_once("/invitation/").unwrap();
        let code = code.split('<').next().unwrap();
        Browser::join(self.server, &format!("/invitation/{code}"), name)
    }

    /// A visitor who tries a sample life.
    pub(crate) fn life(server: &'a Server, life: &str) -> Browser<'a> {
        let nobody = Browser { server, cookie: String::new() };
        let begun = nobody.post("/welcome", &format!("life={life}"));
        assert_eq!(begun.status, 303, "{}", begun.text());
        Browser { server, cookie: cookie(&begun) }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "none"), ("accept-language", "fr")];
        self.server.send("GET", path, &own, b"")
    }

    pub(crate) fn post(&self, path: &str, form: &str) -> Answer {
        self.post_from(path, form, "same-origin")
    }

    /// A form with any bytes.
    pub(crate) fn post_bytes(&self, path: &str, form: &[u8]) -> Answer {
        let own = [("cookie", self.cookie.as_str()), ("sec-fetch-site", "same-origin"), FORM];
        self.server.send("POST", path, &own, form)
    }

    fn post_from(&self, path: &str, form: &str, site: &str) -> Answer {
        let own =
            [("cookie", self.cookie.as_str()), ("sec-fetch-site", site), ("accept-language", "fr"), FORM];
        self.server.send("POST", path, &own, form.as_bytes())
    }
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// Every route of the pages, as written in the source: path, and whether it answers to POST. A new route is in this
/// list without anybody's doing.
fn routes() -> BTreeSet<(String, bool)> {
    let mut routes = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../host/web/src/app");
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            for route in text.split(".route(").skip(1) {
                let route = route.split(";").next().unwrap().split(".route(").next().unwrap();
                let path = route.split('"').nth(1).unwrap().to_owned();
                let methods = route.split(')').take(3).collect::<String>();
                for is_post in [false, true] {
                    if methods.contains(if is_post { "post(" } else { "get(" }) {
                        routes.insert((path.clone(), is_post));
                    }
                }
            }
        }
    }
    assert!(routes.len() > 40, "{routes:?}");
    routes
}

/// Routes that need no session.
const OPEN: &[&str] = &[
    "/",
    "/welcome",
    "/preferences",
    "/sign-in",
    "/sign-in/recover",
    "/sign-in/passkey",
    "/sign-in/passkey/ask",
    "/invitation",
    "/invitation/{code}",
    "/invitation/{code}/passkey",
    "/invitation/{code}/passkey/ask",
    "/about/help",
    "/about/privacy",
    "/about/accessibility",
    "/about/pages",
    "/developer",
    "/assets/{version}/{*name}",
];

/// Routes of any account, whatever its roles.
const OF_ANY_ACCOUNT: &[&str] = &[
    "/home",
    "/sign-out",
    "/sample/end",
    "/stay",
    "/confirm",
    "/confirm/passkey",
    "/confirm/passkey/ask",
    "/settings/password",
    "/settings/codes",
    "/settings/passkeys",
    "/settings/passkeys/ask",
    "/settings/sessions/end",
];

/// A path with ids in place of its parameters.
fn with_ids(route: &str, ids: &[(&str, &str)]) -> String {
    ids.iter().fold(route.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
}

/// Ids that nobody has.
const NOBODYS: &[(&str, &str)] = &[
    ("app", "nothing"),
    ("receipt", "019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51"),
    ("id", "00000000000000000000000000000000"),
    ("domain", "nothing"),
    ("category", "nothing"),
    ("row", "99.0.1"),
    ("other", "019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51"),
    ("figure", "0"),
    ("grant", "019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51"),
    ("block", "0-0-0"),
    ("import", "99"),
    ("letter", "00000000000000000000000000000000"),
    ("document", "99.0.1"),
    ("component", "0000000000000000000000000000000000000000000000000000000000000000"),
];

/// The text of a page without what depends on its path or its reader: links of language and theme, portrait.
fn bare(answer: &Answer) -> String {
    let text = answer.text();
    let main = text.split_once("<main").unwrap().1;
    main.split("</main>").next().unwrap().to_owned()
}

#[test]
fn without_a_session_every_page_leads_to_the_sign_in_page() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let nobody = Browser { server: &server, cookie: String::new() };
    let forged = format!("session={}.{}", "0".repeat(32), "0".repeat(64));
    let stranger = Browser { server: &server, cookie: forged };
    for (route, is_post) in routes() {
        if OPEN.contains(&route.as_str()) {
            continue;
        }
        for (id_of, id) in [("budget", "budget"), ("nothing", "nothing")] {
            let path = with_ids(&route, &[("app", id)]);
            let path = with_ids(&path, NOBODYS);
            for browser in [&nobody, &stranger] {
                let answer = if is_post { browser.post(&path, "") } else { browser.get(&path) };
                if is_post {
                    assert_eq!(answer.status, 401, "POST {path} {id_of}");
                } else {
                    assert_eq!(answer.status, 303, "GET {path} {id_of}");
                    assert!(answer.header("location").unwrap().starts_with("/sign-in?next="), "{path}");
                }
                assert!(!answer.text().contains("camille"));
            }
        }
    }
}

#[test]
fn what_is_not_the_visitor_s_is_one_404_for_every_role() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let ids = lived(&alice);
    let ids: Vec<(&str, &str)> = ids.iter().map(|(name, id)| (*name, id.as_str())).collect();
    let others = [
        ("tester", operator.invite("tester", "bruno")),
        ("developer", operator.invite("developer", "chloe")),
        ("holder", operator.invite("holder", "denis")),
        ("researcher", operator.invite("researcher", "elise")),
    ];
    let nothing = bare(&operator.get("/nothing-at-all"));
    let roles = others.iter().map(|(role, browser)| (*role, browser)).chain([("operator", &operator)]);
    let mut tried = 0;
    for (role, browser) in roles {
        for (route, is_post) in routes() {
            if OPEN.contains(&route.as_str()) || OF_ANY_ACCOUNT.contains(&route.as_str()) {
                continue;
            }
            let is_of = |role: &&str| route.starts_with(&format!("/{role}/"));
            let whose = ["operator", "developer"].into_iter().find(is_of).unwrap_or("tester");
            let is_theirs = role == whose;
            // Apps and domains are the same for everybody; the other ids belong to somebody.
            let is_about_somebody = [
                "{receipt}",
                "{id}",
                "{row}",
                "{import}",
                "{document}",
                "{letter}",
                "{grant}",
                "{component}",
            ]
            .iter()
            .any(|name| route.contains(name));
            if is_theirs && !is_about_somebody {
                continue;
            }
            for ids in [&ids[..], NOBODYS] {
                let path = with_ids(&with_ids(&route, ids), NOBODYS);
                let answer = if is_post { browser.post(&path, "") } else { browser.get(&path) };
                assert_eq!(answer.status, 404, "{role}: {path} (POST: {is_post})");
                assert_eq!(bare(&answer), nothing, "{role}: {path}");
                tried += 1;
            }
        }
    }
    assert!(tried > 150, "{tried}");
    // Alice still has everything.
    assert!(alice.get(&with_ids("/results/{receipt}", &ids)).text().contains("Budget"));
}

/// Lets a tester add a file and run an app. Returns ids of what there is then.
fn lived(tester: &Browser<'_>) -> Vec<(&'static str, String)> {
    let added = upload(tester, "banque.json");
    assert!([200, 303].contains(&added.status), "{} {}", added.status, added.text());
    let page = tester.get("/apps/budget").text();
    let form = format!("{}&give.bank=on&sure.bank=on&for=quarter", answers(&page));
    let granted = tester.post("/apps/budget/grant", &form);
    assert_eq!(granted.status, 303, "{}", granted.text());
    let result = granted.header("location").unwrap().to_owned();
    let shown = tester.get(&result);
    assert!(shown.status == 200 && shown.text().contains("LOYER"), "{}", shown.text());
    let receipt = result.rsplit('/').next().unwrap().to_owned();
    let kept = tester.post("/letters", "holder=edf&name=Alice&as=later&keep=on");
    assert_eq!(kept.status, 303, "{}", kept.text());
    let letter = kept.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    let settings = tester.get("/settings").text();
    assert!(settings.contains("cet appareil, maintenant"));
    let journal = tester.get("/journal").text();
    let grant = journal.split("/journal/notices/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let kept = upload_as(tester, "ticket.pdf", b"%PDF-1.4\n%%EOF\n");
    assert!([200, 303].contains(&kept.status), "{} {}", kept.status, kept.text());
    let paper = "2.0.1";
    assert_eq!(tester.get(&format!("/documents/{paper}")).status, 200);
    vec![
        ("grant", grant),
        ("receipt", receipt),
        ("app", "budget".to_owned()),
        ("import", "1".to_owned()),
        ("row", "1.0.1".to_owned()),
        ("letter", letter),
        ("document", paper.to_owned()),
    ]
}

/// What the form of a consent page says of what it shows: its hidden fields, as the body of a form.
pub(crate) fn answers(page: &str) -> String {
    let page = page.split_once("<form class=\"side consent\"").map_or(page, |(_, form)| form);
    let hidden = page.split("<input type=\"hidden\" name=\"").skip(1);
    let pairs = hidden.filter_map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        let is_it = ["shown", "notice", "stands"].contains(&name) || name.starts_with("rows.");
        is_it.then(|| format!("{name}={}", rest.split('"').next().unwrap_or_default()))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Value of a hidden field of a page.
pub(crate) fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let start = format!("name=\"{name}\" value=\"");
    page.split(&start).nth(1).unwrap_or_else(|| panic!("{name}: {page}")).split('"').next().unwrap()
}

/// Sends a file as the form of the page does.
pub(crate) fn upload(tester: &Browser<'_>, file: &str) -> Answer {
    upload_as(tester, file, &std::fs::read(sample(file)).unwrap())
}

/// Sends a file with this name and content.
pub(crate) fn upload_as(tester: &Browser<'_>, file: &str, content: &[u8]) -> Answer {
    let head =
        format!("--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n");
    let body = [head.as_bytes(), content, b"\r\n--limit--\r\n"].concat();
    let own = [
        ("cookie", tester.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=limit"),
    ];
    tester.server.send("POST", "/add", &own, &body)
}

/// A body that came in chunks (RFC 9112, 7.1).
fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        body = &body[end + 2..];
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[..size]);
        body = &body[size + 2..];
    }
}

#[test]
fn everything_is_taken_away_by_its_owner_alone() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let receipt = lived(&alice)[0].1.clone();
    let bruno = operator.invite("tester", "bruno");
    assert!(alice.get("/settings/export").text().contains("votre réponse à la demande d’une application"));
    let archive = |browser: &Browser<'_>| {
        let answer = browser.post("/settings/export/archive", "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
        assert!(answer.header("content-disposition").unwrap().ends_with("mesinfos.zip"));
        assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(joined(&answer.body))).unwrap();
        let mut members = std::collections::BTreeMap::new();
        for index in 0..zip.len() {
            let mut text = String::new();
            let mut member = zip.by_index(index).unwrap();
            let name = member.name().unwrap().into_owned();
            if std::io::Read::read_to_string(&mut member, &mut text).is_ok() {
                members.insert(name, text);
            }
        }
        members
    };
    let hers = archive(&alice);
    let json = |name: &str| serde_json::from_str::<serde_json::Value>(&hers[name]).unwrap();
    assert!(hers["rows/bank.jsonl"].contains("LOYER") && hers.contains_key("LISEZ-MOI.txt"));
    assert_eq!(json("consent/grants.json")[0]["terms"]["app"]["id"], "budget");
    assert!(hers["consent/run-receipts.jsonl"].contains(&receipt));
    assert!(hers["letters.jsonl"].lines().count() == 1, "{}", hers["letters.jsonl"]);
    assert!(hers.keys().any(|name| name.starts_with("consent/notices/")), "{:?}", hers.keys());
    let is_result =
        |(name, text): (&String, &String)| name.starts_with("results/") && text.contains("Budget");
    assert!(hers.iter().any(is_result), "{:?}", hers.keys());
    assert!(hers["journal/audit.jsonl"].lines().last().unwrap().contains("exported"));
    // A consent receipt, with a record that says who decided what, when.
    let graph = json("consent/consent-receipts.jsonld")["@graph"].clone();
    let record = graph[0]["dpv:hasRecordOfActivity"].clone();
    assert_eq!(
        (&graph[0]["@type"], &record["@type"]),
        (&"dpv:ConsentReceipt".into(), &"dpv:ConsentRecord".into())
    );
    let statuses = record["dpv:hasConsentStatus"].as_array().unwrap();
    let given = statuses.iter().find(|status| status["@type"] == "dpv:ConsentGiven").unwrap();
    assert_eq!(given["dpv:isIndicatedBy"]["@id"], "dpv:DataSubject");
    assert_eq!(record["dpv:hasProcess"]["dpv:hasPersonalData"][0]["skos:broader"]["@id"], "pd:Transaction");
    assert!(alice.get("/journal").text().contains("copie de toutes"));
    // Somebody else's has nothing of it.
    let his = archive(&bruno);
    assert!(his.values().all(|text| !text.contains("LOYER") && !text.contains(&receipt)));
    assert!(!his.contains_key("rows/bank.jsonl"));
}

#[test]
fn another_site_cannot_act_for_a_visitor() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    for (route, is_post) in routes() {
        if !is_post {
            continue;
        }
        let path = with_ids(&with_ids(&route, &[("app", "budget")]), NOBODYS);
        for site in ["cross-site", "same-site", "none"] {
            let answer = alice.post_from(&path, "", site);
            assert_eq!(answer.status, 403, "{path} {site}");
        }
        let bare = alice.server.send("POST", &path, &[("cookie", &alice.cookie), FORM], b"");
        assert_eq!(bare.status, 403, "{path}: no browser sends that");
    }
}

#[test]
fn a_session_opens_no_api_and_a_token_no_page() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let secret = operator.cookie.split('=').nth(1).unwrap();
    for headers in
        [vec![("cookie", operator.cookie.clone())], vec![("authorization", format!("Bearer {secret}"))]]
    {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(server.send("GET", "/api/people", &headers, b"").status, 401);
    }
    let page = server.ask("GET", "/home", b"");
    assert_eq!((page.status, page.header("location")), (303, Some("/sign-in?next=%2fhome")));
}

#[test]
fn a_session_ends_where_it_is_ended() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let again = Browser { server: &server, cookie: String::new() };
    let signed_in = again.post("/sign-in", &format!("name=ALICE&password={PASSWORD}&next=%2Fsettings"));
    assert_eq!((signed_in.status, signed_in.header("location")), (303, Some("/settings")));
    let second = Browser { server: &server, cookie: cookie(&signed_in) };
    assert_eq!(second.get("/settings").status, 200);
    // Another site's address is not gone to.
    let led = again.post("/sign-in", &format!("name=alice&password={PASSWORD}&next=https://evil.example"));
    assert_eq!(led.header("location"), Some("/home"));
    // The first session ends the second, which is then told so.
    let page = alice.get("/settings").text();
    let id = page.split("/settings/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(alice.post(&format!("/settings/sessions/{id}/end"), "").status, 303);
    let ended = [&second].iter().map(|browser| browser.get("/settings").status).collect::<Vec<_>>();
    let open = alice.get("/settings").status;
    assert!(open == 200 && (ended[0] == 303 || page.matches("/end\"").count() > 2), "{ended:?}");
    // Everywhere at once.
    assert_eq!(alice.post("/settings/sessions/end", "").status, 303);
    for browser in [&alice, &second] {
        let gone = browser.get("/home");
        assert_eq!(gone.status, 303);
        assert!(gone.header("location").unwrap().contains("over=1"));
    }
    // A wrong password and an unknown name are told alike.
    let wrong = again.post("/sign-in", "name=alice&password=wrong");
    let nobody = again.post("/sign-in", "name=zoe&password=wrong");
    assert_eq!((wrong.status, nobody.status), (422, 422));
    // The name that was typed stays in its field.
    assert_eq!(bare(&wrong).replace("\"alice\"", "\"zoe\""), bare(&nobody));
}

#[test]
fn a_sample_life_is_tried_without_an_account_and_nothing_remains() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let nobody = Browser { server: &server, cookie: String::new() };
    assert_eq!(nobody.post("/welcome", "life=nobody").status, 400);
    let begun = nobody.post("/welcome", "life=retraitee");
    assert_eq!((begun.status, begun.header("location")), (303, Some("/home")));
    let visitor = Browser { server: &server, cookie: cookie(&begun) };
    let home = visitor.get("/home").text();
    assert!(home.contains("Données fictives") && home.contains("Votre année 2025"), "{home}");
    let page = visitor.get("/apps/budget").text();
    let form = format!("{}&give.bank=on&sure.bank=on&for=once", answers(&page));
    let granted = visitor.post("/apps/budget/grant", &form);
    assert_eq!(granted.status, 303, "{}", granted.text());
    assert!(visitor.get(granted.header("location").unwrap()).text().contains("Budget"));
    assert!(visitor.get("/journal").text().contains("budget"));
    let people = server.ask("GET", "/api/people", b"").json();
    assert_eq!(people.as_array().unwrap().len(), 1);
    let ended = visitor.post("/sample/end", "");
    assert_eq!((ended.status, ended.header("location")), (303, Some("/welcome")));
    assert_eq!(visitor.get("/home").status, 303, "the session is over");
    assert_eq!(server.ask("GET", "/api/people", b"").json(), serde_json::json!([]));
}

#[test]
fn an_address_that_tries_too_often_waits_and_the_others_do_not() {
    let data = Data::new();
    let server = Server::on(&data);
    let try_from = |address: Option<&str>| {
        let mut headers = vec![("sec-fetch-site", "same-origin"), ("accept-language", "fr"), FORM];
        headers.extend(address.map(|address| ("x-forwarded-for", address)));
        server.send("POST", "/invitation", &headers, b"code=nothing")
    };
    let stranger = Some("203.0.113.1, 198.51.100.7");
    let late = (0..80).map(|_| try_from(stranger)).find(|answer| answer.status != 422).unwrap();
    assert_eq!(late.status, 429, "{}", late.text());
    assert!(late.header("retry-after").is_some_and(|seconds| seconds.parse().is_ok_and(|s: u64| s <= 4)));
    assert!(late.text().contains("rien n\u{2019}est perdu"), "{}", late.text());
    // What a client writes before its own address changes nothing; another one, and this machine, do not wait.
    assert_eq!(try_from(Some("192.0.2.77, 198.51.100.7")).status, 429);
    assert_eq!((try_from(Some("198.51.100.8")).status, try_from(None).status), (422, 422));
    let page = |path: &str| server.send("GET", path, &[("x-forwarded-for", "198.51.100.7")], b"");
    assert_eq!((page("/welcome").status, page("/sign-in").status), (200, 200));
}

/// A state of a grant is one word on every page, and what an act takes away is said before it is done.
#[test]
fn what_becomes_of_a_grant_and_its_results_is_said_before_and_on_every_page() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    let ids = lived(&alice);
    let id = |name: &str| ids.iter().find(|(of, _)| *of == name).unwrap().1.clone();
    let (running, paused) = ("accord en cours", "accord en pause");
    let apps = alice.get("/apps").text();
    assert!(apps.contains(running) && !apps.contains(paused), "{apps}");
    assert_eq!(alice.post("/journal/grants/budget/pause", "").status, 303);
    let apps = alice.get("/apps").text();
    assert!(apps.contains(paused) && !apps.contains(running), "{apps}");
    assert!(alice.get("/journal").text().contains("en pause"));
    assert!(alice.get("/apps/budget").text().contains("Votre accord est en pause"));
    let home = alice.get("/home").text();
    assert!(home.contains(paused), "{home}");
    let notice = alice.get(&format!("/journal/notices/{}", id("grant"))).text();
    assert!(notice.contains("Budget, version") && !notice.contains(">budget<"), "{notice}");
    let leave = alice.get("/settings/leave").text();
    for said in ["votre résultat enregistré", "votre lettre à un organisme", "vos corrections"] {
        assert!(leave.contains(said), "{said}: {leave}");
    }
    // Each way to stop asks first, and says which result goes; the result is there until the answer.
    let result = format!("/results/{}", id("receipt"));
    for stop in ["/apps/budget/stop", "/journal/grants/budget/stop"] {
        let asked = alice.post(stop, "");
        let text = asked.text();
        assert!(asked.status == 200 && text.contains("<title>Arrêter"), "{stop}: {text}");
        assert!(text.contains("name=\"sure\" value=\"yes\"") && text.contains("est effacé"), "{text}");
        assert!(alice.get(&result).text().contains("LOYER"), "{stop}");
    }
    assert_eq!(alice.post("/apps/budget/stop", "sure=yes").status, 303);
    assert!(!alice.get(&result).text().contains("LOYER"));
    let apps = alice.get("/apps").text();
    assert!(!apps.contains(paused) && !apps.contains(running));
    // Without a result, there is nothing to ask about.
    assert_eq!(alice.post("/apps/budget/stop", "").status, 303);
}

#[test]
fn who_has_a_question_or_a_mistyped_code_is_told_what_to_do() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    assert!(alice.get("/settings").text().contains("href=\"/about/help\""));
    assert!(alice.get("/about/help").text().contains("n’a pas donné d’adresse"));
    let wrong = alice.get("/invitation/00000-00000-00000-00000-00000");
    let text = wrong.text();
    assert!(wrong.status == 404 && text.contains("Vérifiez-le") && text.contains("a déjà servi"), "{text}");
}
