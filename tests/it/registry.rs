//! The registry: signatures, who may do what, what a suspension stops, and the log of it all.

use crate::forge::{Forged, reader};
use crate::http::Server;
use crate::lab::{Lab, PEOPLE};
use crate::pages::Browser;
use crate::support::{Data, app, binary, me};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Digest};
use mesinfos_platform::consent::{Actor, AppChange, AuditEvent, Channel};
use mesinfos_platform::registry::log::Log;
use mesinfos_platform::registry::log::note::LogKey;
use mesinfos_platform::registry::log::tile::{Kind, Tile};
use mesinfos_platform::registry::{Change, IdClaim, Owner, Proof, SecretKey, State, Succession, sign};
use mesinfos_platform::runtime::{inspect, manifest};
use mesinfos_platform::{Caller, CategoryChoice, Isolation, Matrix, PlatformError, Samples, SystemClock};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{Commit, Partition, Store};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Name of the person.
const WHO: &str = PEOPLE[0];

fn key(seed: u8) -> SecretKey {
    SecretKey::of_seed([seed; 32])
}

/// An app that gives its view at once.
fn plain(id: &str) -> Forged<'_> {
    reader(id, "(i32.const 64)")
}

/// The component with another version number of the same length.
fn numbered(mut component: Vec<u8>, version: &str) -> Vec<u8> {
    let was = b"version = \"0.1.0\"";
    let at = component.windows(was.len()).position(|part| part == was).unwrap();
    component[at + 11..at + 16].copy_from_slice(version.as_bytes());
    component
}

fn component(bytes: &[u8]) -> Digest {
    inspect(bytes).component
}

fn in_role(actor: Actor) -> Caller {
    Caller::new(&SystemClock, actor, Channel::Api, Lang::En)
}

fn owner(name: &str) -> Owner {
    Owner::new(&format!("developer:{name}")).unwrap()
}

fn code<T>(done: Result<T, PlatformError>) -> &'static str {
    done.map_or_else(|error| error.code(), |_| "done")
}

impl Lab {
    fn operator(&self, component: Digest, change: Change) -> Result<State, PlatformError> {
        let caller = in_role(Actor::Operator);
        let done =
            self.platform.change_version(&caller, &Owner::operator(), component, change, "it was unsafe");
        done.map(|version| version.state)
    }
}

#[test]
fn an_id_belongs_to_the_key_that_signed_first() {
    let lab = Lab::new();
    let app = plain("signed").component();
    let first = sign(&app, &key(1), None);
    let (record, _) = lab.platform.install(&first).unwrap();
    assert_eq!(record.key, Some(key(1).public()));
    let next = numbered(app.clone(), "0.2.0");
    for (what, bytes, refused) in [
        ("unsigned", next.clone(), "other-key"),
        ("another key", sign(&next, &key(2), None), "other-key"),
        ("a lower number", sign(&numbered(app.clone(), "0.0.9"), &key(1), None), "version-not-above"),
        ("the same number", sign(&numbered(app.clone(), "0.1.0"), &key(1), None)[..].to_vec(), "done"),
    ] {
        assert_eq!(code(lab.platform.install(&bytes)), refused, "{what}");
    }
    // A signature stands for its bytes alone, and every bit of it counts.
    let section = &first[app.len()..];
    for bytes in [
        [&next[..], section].concat(),
        {
            let mut bytes = first.clone();
            *bytes.last_mut().unwrap() ^= 1;
            bytes
        },
        {
            let mut bytes = first.clone();
            bytes[app.len() - 2] ^= 1;
            bytes
        },
    ] {
        let refused = code(lab.platform.install(&bytes));
        assert!(["forged-signature", "refused"].contains(&refused), "{refused}");
    }
    assert_eq!(lab.platform.app("signed").unwrap(), record, "nothing changed");
    // Nor does an operator who lets another publisher replace it, or who removed it first.
    let any = |bytes: &[u8]| code(lab.platform.install_of(bytes, mesinfos_platform::Publisher::Any));
    assert_eq!(any(&sign(&next, &key(2), None)), "other-key");
    lab.platform.uninstall("signed").unwrap();
    assert_eq!(any(&sign(&next, &key(2), None)), "other-key");
    // The key names its successor; then the old one is over.
    // For another id of the old key, what it named does not count.
    let other = Succession::new(&key(1), "unsigned", &key(2).public());
    let replayed = sign(&next, &key(2), Some(&other));
    assert_eq!(code(lab.platform.install(&replayed)), "forged-signature");
    let succession = Succession::new(&key(1), "signed", &key(2).public());
    lab.platform.install(&sign(&next, &key(2), Some(&succession))).unwrap();
    assert_eq!(any(&sign(&numbered(app, "0.3.0"), &key(1), None)), "other-key");
}

#[test]
fn a_signed_component_runs_and_a_grant_is_for_its_bytes() {
    let lab = Lab::new();
    let app = std::fs::read(app("budget")).unwrap();
    lab.install(&sign(&app, &key(1), None));
    assert_eq!(lab.outcome(WHO, "budget"), "completed");
    // The same code under another signature is another component: the person is asked again.
    let again = sign(&numbered_budget(&app), &key(1), None);
    lab.platform.install(&again).unwrap();
    assert_eq!(code(lab.run(WHO, "budget")), "not-granted");
}

/// The budget app with a higher version number.
fn numbered_budget(app: &[u8]) -> Vec<u8> {
    let was = b"version = \"0.2.0\"";
    let at = app.windows(was.len()).position(|part| part == was).unwrap();
    let mut app = app.to_vec();
    app[at + 11..at + 16].copy_from_slice(b"0.9.0");
    app
}

#[test]
fn a_suspension_stops_everything_at_once_and_tells_who_has_the_app() {
    const SPINS: &str = "(call $next (call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)) \
                         (i32.const 128)) (loop $l (br $l)) (i32.const 64)";
    for lab in [Lab::new(), Lab::apart()] {
        let bytes = sign(&reader("spins", SPINS).component(), &key(1), None);
        let id = lab.install(&bytes);
        lab.platform.withdraw(&me(PEOPLE[1]), &id).unwrap();
        let suspended = component(&bytes);
        let (run, trial) = std::thread::scope(|scope| {
            let run = scope.spawn(|| (code(lab.run(WHO, &id)), Instant::now()));
            let trial = scope.spawn(|| {
                let everything = vec![(Category::Bank, CategoryChoice::default())];
                let tried = lab.platform.try_app(&me(PEOPLE[1]), &id, suspended, &[everything], &[]);
                (tried.map(|runs| runs[0].outcome.code()), Instant::now())
            });
            std::thread::sleep(Duration::from_millis(400));
            assert_eq!(lab.operator(suspended, Change::Suspended).unwrap(), State::Suspended);
            let over = Instant::now();
            let (ended, at) = run.join().unwrap();
            assert_eq!(ended, "withdrawn");
            let run = at.saturating_duration_since(over);
            let (ended, at) = trial.join().unwrap();
            assert!(matches!(ended, Ok("withdrawn") | Err(PlatformError::Stopped { .. })), "{ended:?}");
            (run, at.saturating_duration_since(over))
        });
        assert!(run < Duration::from_secs(1) && trial < Duration::from_secs(1), "{run:?} {trial:?}");
        // Nothing of it starts again, in any way.
        assert_eq!(code(lab.run(WHO, &id)), "stopped");
        assert_eq!(code(lab.platform.try_app(&me(WHO), &id, suspended, &[vec![]], &[])), "stopped");
        assert_eq!(code(lab.platform.parameters(&me(WHO), &id)), "stopped");
        assert_eq!(code(lab.platform.grant(&me(WHO), &id, &[], None)), "stopped");
        assert_eq!(code(lab.platform.install(&bytes)), "stopped");
        lab.platform.uninstall(&id).unwrap();
        assert_eq!(code(lab.platform.install(&bytes)), "blocked");
        // Who has it finds the reason in the journal; who withdrew before does not.
        let told = |person: &str| -> Vec<(AppChange, String)> {
            let entries = lab.platform.audit_entries(&me(person)).unwrap();
            let told = entries.into_iter().filter_map(|logged| match logged.entry.event {
                AuditEvent::AppChanged { change, reason, .. } => Some((change, reason.as_str().to_owned())),
                _ => None,
            });
            told.collect()
        };
        assert_eq!(told(WHO), [(AppChange::Suspended, "it was unsafe".to_owned())]);
        assert!(told(PEOPLE[1]).is_empty());
        lab.platform.audit_verify(&me(WHO), None).unwrap();
    }
}

#[test]
fn a_suspension_ends_and_a_withdrawal_does_not() {
    let lab = Lab::new();
    let bytes = sign(&std::fs::read(app("budget")).unwrap(), &key(1), None);
    lab.install(&bytes);
    let ran = lab.run(WHO, "budget").unwrap().receipt.id;
    let budget = component(&bytes);
    lab.operator(budget, Change::Suspended).unwrap();
    assert_eq!(code(lab.run(WHO, "budget")), "stopped");
    assert_eq!(code(lab.platform.replay(&me(WHO), ran)), "not-replayable");
    lab.operator(budget, Change::Resumed).unwrap();
    assert_eq!(lab.outcome(WHO, "budget"), "completed", "the grant is as it was");
    lab.platform.replay(&me(WHO), ran).unwrap();
    lab.operator(budget, Change::Yanked).unwrap();
    assert_eq!(code(lab.run(WHO, "budget")), "stopped");
    assert_eq!(code(lab.operator(budget, Change::Resumed)), "bad-state");
    // A version that a newer one replaced stays stopped for replays too, when its key publishes another.
    let next = sign(&numbered_budget(&std::fs::read(app("budget")).unwrap()), &key(1), None);
    lab.platform.install(&next).unwrap();
    lab.grant(WHO, "budget");
    assert_eq!(lab.outcome(WHO, "budget"), "completed");
    let update = lab.platform.update_of(&me(PEOPLE[1]), "budget").unwrap().unwrap();
    assert_eq!(code(lab.platform.try_earlier(&me(PEOPLE[1]), "budget", &update)), "stopped");
}

/// A backup does not know what was stopped after it, so whoever restores it decides about each app again.
#[test]
fn a_restore_suspends_what_was_installed() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("data");
    let open = || mesinfos_platform::Platform::open(&path, &Isolation::InProcess).unwrap();
    let platform = open();
    platform.create_person(&me(WHO)).unwrap();
    let signed = sign(&plain("signed").component(), &key(1), None);
    platform.install(&signed).unwrap();
    platform.install(&plain("unsigned").component()).unwrap();
    for id in ["signed", "unsigned"] {
        platform.grant(&me(WHO), id, &[], None).unwrap();
    }
    let mut backup = Vec::new();
    platform.backup(&mut backup).unwrap();
    let change = |platform: &mesinfos_platform::Platform, change| {
        let done = platform.change_version(
            &in_role(Actor::Operator),
            &Owner::operator(),
            component(&signed),
            change,
            "it was unsafe",
        );
        done.map(|version| version.state)
    };
    change(&platform, Change::Suspended).unwrap();
    drop(platform);
    std::fs::remove_dir_all(path.join("store")).unwrap();
    let restored = mesinfos_platform::Platform::restore(&path, &mut &backup[..], "a backup").unwrap();
    let suspended: Vec<&str> = restored.suspended.iter().map(|app| app.id.as_str()).collect();
    assert_eq!((&suspended[..], restored.paused), (&["signed", "unsigned"][..], 2));

    let platform = open();
    for id in ["signed", "unsigned"] {
        platform.resume(&me(WHO), id).unwrap();
    }
    let run = |id: &str| code(platform.grant(&me(WHO), id, &[], None));
    assert_eq!((run("signed"), run("unsigned")), ("stopped", "stopped"));
    let told = platform.audit_entries(&me(WHO)).unwrap().into_iter().any(|logged| {
        matches!(&logged.entry.event,
            AuditEvent::AppChanged { change: AppChange::Suspended, reason, .. } if reason.as_str() == "a backup")
    });
    assert!(told, "the journal has the reason");
    change(&platform, Change::Resumed).unwrap();
    assert_eq!(run("signed"), "done");
}

#[test]
fn a_draft_is_its_authors_and_a_submission_goes_through_a_review() {
    let lab = Lab::new();
    let (us, them) = (owner("us"), owner("them"));
    let (publisher, operator) = (in_role(Actor::Publisher), in_role(Actor::Operator));
    let bytes = sign(&plain("ours").component(), &key(1), None);
    let ours = component(&bytes);
    lab.platform.upload_draft(&publisher, &us, &bytes).unwrap();
    // It is no installed app, and nobody else sees it.
    assert_eq!(code(lab.run(WHO, "ours")), "no-such-app");
    assert!(lab.platform.apps().unwrap().is_empty());
    for (caller, who) in [(&publisher, &them), (&operator, &Owner::operator()), (&me(WHO), &us)] {
        assert_eq!(code(lab.platform.version(caller, who, ours)), "no-such-version");
        assert_eq!(code(lab.platform.delete_draft(caller, who, ours)), "no-such-version");
        assert_eq!(code(lab.platform.draft_program(caller, who, ours)), "no-such-version");
    }
    lab.platform.submit_draft(&publisher, (&us, &Proof::Local), ours, &Matrix::default()).unwrap();
    assert_eq!(lab.platform.waiting_versions(&operator).unwrap().len(), 1);
    // A developer publishes nothing, and a person neither.
    for change in Change::ALL {
        for (caller, who) in [(&publisher, &them), (&me(WHO), &us), (&me(WHO), &Owner::operator())] {
            let refused = lab.platform.change_version(caller, who, ours, change, "x");
            assert_eq!(code(refused), "no-such-version", "{change}");
        }
        if !change.is_for(mesinfos_platform::registry::Role::Developer) {
            let refused = lab.platform.change_version(&publisher, &us, ours, change, "x");
            assert_eq!(code(refused), "no-such-version", "{change}");
        }
    }
    for caller in [&publisher, &me(WHO)] {
        assert_eq!(code(lab.platform.waiting_versions(caller)), "no-such-version");
    }
    lab.operator(ours, Change::Published).unwrap();
    lab.grant(WHO, "ours");
    assert_eq!(lab.platform.app("ours").unwrap().key, Some(key(1).public()));
    // The next version asks again, and replaces it only when it is published.
    let next = sign(&numbered(plain("ours").component(), "0.2.0"), &key(1), None);
    lab.platform.upload_draft(&publisher, &us, &next).unwrap();
    lab.platform
        .submit_draft(&publisher, (&us, &Proof::Local), component(&next), &Matrix::default())
        .unwrap();
    assert_eq!(lab.platform.app("ours").unwrap().component, ours);
    lab.operator(component(&next), Change::Published).unwrap();
    assert_eq!(code(lab.run(WHO, "ours")), "not-granted");
    // Its author withdraws it.
    let yanked = lab.platform.change_version(&publisher, &us, component(&next), Change::Yanked, "a mistake");
    assert_eq!(yanked.unwrap().state, State::Yanked);
    assert_eq!(code(lab.run(WHO, "ours")), "stopped");
}

#[test]
fn a_version_that_fails_without_something_optional_is_not_submitted() {
    // It opens its reader only if the person gave the category: an empty page makes it trap.
    const RUN: &str = "(call $next (call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)) \
                       (i32.const 128)) (if (i32.eqz (i32.load8_u (i32.const 132))) (then unreachable)) \
                       (i32.const 96)";
    let folder = tempfile::tempdir().unwrap();
    let mut samples = Samples::open(folder.path(), &Isolation::InProcess, None).unwrap();
    for name in ["cycliste", "retraitee"] {
        let persona = mesinfos_personas::personas().iter().find(|persona| persona.id == name).unwrap();
        let files = persona.files(mesinfos_personas::SEED);
        samples.welcome(name, files.map(|file| (file.name, file.bytes))).unwrap();
    }
    // With the category, it says that data is missing: no view, and no failure either.
    let fields = "(data (i32.const 96) \"\\01\")";
    let needs = Forged { reads: &[("bank", "optional")], fields, ..reader("needs", RUN) };
    let matrix = samples.matrix(&owner("us"), &needs.component()).unwrap();
    assert_eq!((matrix.people, matrix.subsets, matrix.is_whole, matrix.runs), (2, 2, true, 4));
    assert!(!matrix.works_refused && !matrix.failures.is_empty(), "{matrix:?}");
    let failure = &matrix.failures[0];
    assert_eq!((failure.outcome.code(), &failure.refused[..]), ("trapped", &[Category::Bank][..]));
    assert_eq!(matrix.failures.len(), 2, "with everything it does not fail: {matrix:?}");
    let lab = Lab::new();
    let (us, publisher) = (owner("us"), in_role(Actor::Publisher));
    let bytes = sign(&needs.component(), &key(1), None);
    lab.platform.upload_draft(&publisher, &us, &bytes).unwrap();
    let refused =
        lab.platform.submit_draft(&publisher, (&us, &Proof::Local), component(&bytes), &matrix).unwrap_err();
    assert_eq!(refused.code(), "fails-for-sample");
    let words = mesinfos_words::error(&refused, mesinfos_model::view::Lang::En);
    assert!(words.contains(&failure.person), "{words}");
    assert_eq!(
        code(lab.platform.waiting_versions(&in_role(Actor::Operator)).map(|all| assert!(all.is_empty()))),
        "done"
    );
    // An honest app works whatever is refused; one without a choice has no badge to earn.
    let misbehave = std::fs::read(app("hostile-apps/misbehave")).unwrap();
    let matrix = samples.matrix(&owner("us"), &misbehave).unwrap();
    assert!(matrix.works_refused && matrix.failures.is_empty(), "{matrix:?}");
    let budget = samples.matrix(&owner("us"), &std::fs::read(app("budget")).unwrap()).unwrap();
    assert!(!budget.works_refused && budget.failures.is_empty() && budget.subsets == 1);
    // One that never ends is stopped at its first run, and others of its author wait for that; another author does not
    // wait for more than one version of each.
    let spins =
        Forged { reads: &[("bank", "optional")], ..reader("spins", "(loop $l (br $l)) (i32.const 64)") };
    let spins = spins.component();
    std::thread::scope(|scope| {
        let since = Instant::now();
        let slow = scope.spawn(|| samples.matrix(&owner("slow"), &spins).unwrap());
        std::thread::sleep(Duration::from_millis(700));
        for _ in 0..5 {
            assert_eq!(code(samples.matrix(&owner("slow"), &spins)), "trial-under-way");
        }
        assert!(samples.matrix(&owner("other"), &misbehave).unwrap().failures.is_empty());
        let matrix = slow.join().unwrap();
        assert_eq!((matrix.runs, matrix.is_whole, matrix.works_refused), (1, false, false), "{matrix:?}");
        assert_eq!(matrix.failures[0].outcome.code(), "timed-out");
        assert!(since.elapsed() < Duration::from_secs(30));
    });
}

/// A token of a developer.
fn developer(data: &Data, name: &str) -> String {
    let made = data.ok(&["token", "create", "--scope", "publish", "--developer", name, "--name", name]);
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn every_role_finds_at_every_route_what_is_its_own() {
    let data = Data::new();
    let server = Server::on(&data);
    let (us, them) = (developer(&data, "us"), developer(&data, "them"));
    let deposit = data.ok(&["token", "create", "--scope", "deposit", "--name", "x", "--person", "zoe"]);
    let metrics = data.ok(&["token", "create", "--scope", "metrics", "--name", "x"]);
    let send = |token: &str, method: &str, path: &str, body: &[u8]| {
        let kind = if body.starts_with(b"{") { "application/json" } else { "application/wasm" };
        let bearer = format!("Bearer {token}");
        server.send(method, path, &[("authorization", bearer.as_str()), ("content-type", kind)], body)
    };
    let bytes = sign(&plain("ours").component(), &key(1), None);
    let uploaded = send(&us, "POST", "/api/releases", &bytes);
    assert_eq!(uploaded.status, 200, "{}", uploaded.text());
    let path = format!("/api/releases/{}", component(&bytes));
    assert_eq!(uploaded.json()["key"], key(1).public().to_string());
    let nothing = send(&them, "GET", "/api/releases/none", b"").text();
    // Another developer, whatever they try, gets the same answer as for what does not exist.
    let changes = ["submitted", "taken-back", "returned", "published", "suspended", "resumed", "yanked"];
    for target in [path.as_str(), "/api/releases/none", &format!("/api/releases/{}", "0".repeat(64))] {
        assert_eq!(send(&them, "GET", target, b"").text(), nothing, "{target}");
        assert_eq!(send(&them, "DELETE", target, b"").text(), nothing, "{target}");
        for change in changes {
            let body = json!({ "change": change, "reason": "x" }).to_string();
            let answer = send(&them, "POST", target, body.as_bytes());
            assert_eq!((answer.status, answer.text()), (404, nothing.clone()), "{change} {target}");
        }
    }
    // The author is no operator.
    for change in ["returned", "published", "suspended", "resumed"] {
        let body = json!({ "change": change, "reason": "x" }).to_string();
        assert_eq!(send(&us, "POST", &path, body.as_bytes()).text(), nothing, "{change}");
    }
    // A developer's token does nothing else, and other tokens nothing here.
    for (method, other) in [
        ("GET", "/api/people"),
        ("POST", "/api/runs"),
        ("POST", "/api/apps"),
        ("DELETE", "/api/apps/ours"),
        ("GET", "/api/people/camille/audit"),
    ] {
        let answer = send(&us, method, other, b"{}");
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (403, &json!("only-releases")),
            "{method} {other}"
        );
    }
    for (made, expected) in [(&deposit, "only-deposits"), (&metrics, "only-figures")] {
        for (method, target) in
            [("GET", "/api/releases"), ("POST", "/api/releases"), ("DELETE", path.as_str())]
        {
            let answer = send(made["token"].as_str().unwrap(), method, target, b"{}");
            assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some(expected)), "{target}");
        }
    }
    assert_eq!(server.send("GET", &path, &[], b"").status, 401);
    // The operator sees no draft, and the author deletes it.
    assert_eq!(server.ask("GET", &path, b"").text(), nothing);
    assert_eq!(send(&us, "GET", &path, b"").json()["events"][0]["change"], "uploaded");
    assert_eq!(send(&us, "DELETE", &path, b"").status, 200);
    assert_eq!(send(&us, "GET", &path, b"").text(), nothing);
    assert_eq!(send(&us, "POST", "/api/releases", b"\0asm").status, 422);
}

/// A developer of the web app publishes from a terminal under the same account, until they end the token.
#[test]
fn a_token_of_an_account_sends_for_that_account_alone() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let (ours, theirs) = (operator.invite("developer", "camille"), operator.invite("developer", "sacha"));
    let tester = operator.invite("tester", "alix");
    assert_eq!(tester.post("/developer/tokens", "name=x").status, 404);
    let token_of = |browser: &Browser<'_>| {
        let made = browser.post("/developer/tokens", "name=portable");
        assert_eq!(made.status, 200, "{}", made.text());
        let text = made.text();
        let at = text.find("mi_").unwrap();
        text[at..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned()
    };
    let token = || token_of(&ours);
    let send = |token: &str, method: &str, path: &str, body: &[u8]| {
        let bearer = format!("Bearer {token}");
        server.send(method, path, &[("authorization", &bearer), ("content-type", "application/wasm")], body)
    };
    let first = token();
    let bytes = sign(&plain("ours").component(), &key(1), None);
    assert_eq!(send(&first, "POST", "/api/releases", &bytes).status, 200);
    let owner = send(&first, "GET", "/api/releases", b"").json()["owner"].as_str().unwrap().to_owned();
    assert!(owner.starts_with("account:"), "{owner}");
    let page = format!("/developer/apps/{}", component(&bytes));
    assert_eq!((ours.get(&page).status, theirs.get(&page).status), (200, 404));
    // It does nothing else, and somebody else neither sees nor ends it.
    for (method, path) in
        [("GET", "/api/people"), ("POST", "/api/apps"), ("GET", "/api/people/camille/audit")]
    {
        assert_eq!(send(&first, method, path, b"").status, 403, "{path}");
    }
    let id = first.split('_').nth(1).unwrap();
    let end = format!("/developer/tokens/{id}/end");
    assert!(ours.get("/developer/apps").text().contains(&end));
    assert!(!theirs.get("/developer/apps").text().contains(&end));
    assert_eq!(theirs.post(&end, "").status, 404);
    assert_eq!(send(&first, "GET", "/api/releases", b"").status, 200);
    // Four at most: a fifth ends one. Ended ones are nobody's.
    let all: Vec<String> = std::iter::once(first).chain((0..4).map(|_| token())).collect();
    let good = |all: &[String]| -> Vec<String> {
        let is_good = |token: &&String| send(token, "GET", "/api/releases", b"").status == 200;
        all.iter().filter(is_good).cloned().collect()
    };
    let more = good(&all);
    assert_eq!(more.len(), 4);
    let id = more[0].split('_').nth(1).unwrap();
    assert_eq!(ours.post(&format!("/developer/tokens/{id}/end"), "").status, 303);
    assert_eq!(good(&all), more[1..]);
    // A name that is refused ends none. Ending every session ends them all.
    assert_eq!(ours.post("/developer/tokens", "name=").status, 422);
    assert_eq!(good(&all), more[1..]);
    let last = token_of(&theirs);
    let owner = send(&last, "GET", "/api/releases", b"").json()["owner"].as_str().unwrap().to_owned();
    assert_eq!(ours.post("/settings/sessions/end", "").status, 303);
    assert!(good(&all).is_empty());
    // They end with the account.
    drop(server);
    let platform = mesinfos_platform::Platform::open(data.path(), &Isolation::InProcess).unwrap();
    platform.identity().remove(owner.strip_prefix("account:").unwrap().parse().unwrap()).unwrap();
    drop(platform);
    let server = Server::on(&data);
    let bearer = format!("Bearer {last}");
    assert_eq!(server.send("GET", "/api/releases", &[("authorization", &bearer)], b"").status, 401);
}

#[test]
fn the_log_is_served_and_checked_by_us_and_by_others() {
    let data = Data::new();
    // Texts of others are in the log as they are, escaped by JSON.
    for at in 0..3 {
        let bytes = sign(&plain(&format!("app-{at}")).component(), &key(1), None);
        let file = data.path().join(format!("{at}.wasm"));
        std::fs::write(&file, &bytes).unwrap();
        data.ok(&["install", file.to_str().unwrap()]);
    }
    // The key of the first app named another one, which its next version is signed with.
    let heir = numbered(plain("app-0").component(), "0.2.0");
    let named = Succession::new(&key(1), "app-0", &key(2).public());
    let file = data.path().join("heir.wasm");
    std::fs::write(&file, sign(&heir, &key(2), Some(&named))).unwrap();
    data.ok(&["install", file.to_str().unwrap()]);
    let out = tempfile::tempdir().unwrap();
    let files = |name: &str| {
        let folder = out.path().join(name);
        data.ok(&["log", "export", folder.to_str().unwrap()]);
        folder
    };
    let small = files("small");
    for at in 0..300 {
        if at % 2 == 0 {
            data_install(&data, at);
        }
    }
    let large = files("large");
    let verified = data.ok(&["log", "verify"]);
    assert_eq!(verified["entries"], 155);
    let server = Server::on(&data);
    let url = format!("http://{}", server.address);
    let fresh = Data::new();
    let config = tempfile::tempdir().unwrap();
    let verify = |more: &[&str]| {
        let output = Command::new(binary())
            .args(["--json", "log", "verify", "--url", &url])
            .args(more)
            .env("XDG_CONFIG_HOME", config.path())
            .env("XDG_DATA_HOME", fresh.path())
            .output()
            .unwrap();
        (output.status.success(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (good, first) = verify(&[]);
    assert!(good && first["continues"].is_null(), "{first}");
    let (good, second) = verify(&[
        "--key",
        first["log"].as_str().unwrap(),
        "--app",
        data.path().join("1.wasm").to_str().unwrap(),
    ]);
    assert!(good && second["continues"] == 155 && second["changes"][0]["change"] == "installed", "{second}");
    let (good, absent) = verify(&["--app", app("budget").to_str().unwrap()]);
    assert!(!good && absent["detail"].as_str().unwrap().contains("no entry"), "{absent}");
    let (good, other) =
        verify(&["--key", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"]);
    assert!(!good, "{other}");
    // Another key at the address is told, until somebody says that they know it.
    let logs =
        std::fs::read_dir(config.path().join("mesinfos/logs")).unwrap().map(|entry| entry.unwrap().path());
    let at = logs.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("at-"));
    let [at] = &at.collect::<Vec<_>>()[..] else { panic!("one address was verified") };
    std::fs::write(at, "example+00000000+AAAA\n").unwrap();
    let (good, changed) = verify(&[]);
    assert!(!good && changed["detail"].as_str().unwrap().contains("no longer the one"), "{changed}");
    assert!(verify(&["--key", first["log"].as_str().unwrap()]).0 && verify(&[]).0);
    // Over HTTP it is what the files are, with headers as specified.
    for path in ["checkpoint", "tile/0/000.p/155", "tile/entries/000.p/155"] {
        let answer = server.send("GET", &format!("/log/{path}"), &[], b"");
        assert_eq!((answer.status, &answer.body), (200, &std::fs::read(large.join(path)).unwrap()), "{path}");
        let kind =
            if path == "checkpoint" { "text/plain; charset=utf-8" } else { "application/octet-stream" };
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        let kept = answer.header("cache-control").unwrap();
        assert_eq!(kept.contains("immutable"), path != "checkpoint", "{path}: {kept}");
    }
    for path in [
        "tile/0/000",
        "tile/0/000.p/156",
        "tile/0/000.p/0",
        "tile/1/000.p/1",
        "tile/0/..",
        "tile/0/000.p/155/",
        "tile",
        "x",
    ] {
        assert_eq!(server.send("GET", &format!("/log/{path}"), &[], b"").status, 404, "{path}");
    }
    // The independent verifier, which shares no code with ours.
    assert!(independent(&[&small]) && independent(&[&large]) && independent(&[&large, &small]));
    assert!(!independent(&[&small, &large]), "a log does not shrink");
    for changed in ["checkpoint", "tile/0/000.p/155", "tile/entries/000.p/155", "key"] {
        let path = large.join(changed);
        let good = std::fs::read(&path).unwrap();
        for at in [0, good.len() / 2, good.len() - 3] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            assert!(!independent(&[&large]), "{changed} {at}");
        }
        std::fs::write(&path, &good).unwrap();
    }
    assert!(independent(&[&large]));
}

/// Installs one more signed app.
fn data_install(data: &Data, at: usize) {
    let file = data.path().join("next.wasm");
    std::fs::write(&file, sign(&plain(&format!("next-{at}")).component(), &key(1), None)).unwrap();
    data.ok(&["install", file.to_str().unwrap()]);
}

/// Whether the verifier in Python accepts a log, as a continuation of an earlier state of it.
fn independent(folders: &[&Path]) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("log/verify.py");
    let output = Command::new("python3").arg(script).args(folders).output().unwrap();
    output.status.success()
}

#[test]
fn a_signed_file_that_somebody_found_does_not_give_them_its_id() {
    let data = Data::new();
    let server = Server::on(&data);
    let (us, them) = (developer(&data, "us"), developer(&data, "them"));
    let host = server.address.to_string();
    let send = |token: &str, method: &str, path: &str, body: &[u8]| {
        let kind = if body.starts_with(b"{") { "application/json" } else { "application/wasm" };
        let bearer = format!("Bearer {token}");
        server.send(method, path, &[("authorization", bearer.as_str()), ("content-type", kind)], body)
    };
    let bytes = sign(&std::fs::read(app("budget")).unwrap(), &key(1), None);
    let path = format!("/api/releases/{}", component(&bytes));
    let claim = |seed: u8, host: &str, token: &str, app: &str| {
        let owner = send(token, "GET", "/api/releases", b"").json()["owner"].as_str().unwrap().to_owned();
        IdClaim::made(&key(seed), host, &Owner::new(&owner).unwrap(), app)
    };
    let submit = |token: &str, claim: &str| {
        let body = json!({ "change": "submitted", "claim": claim }).to_string();
        send(token, "POST", &path, body.as_bytes())
    };
    for token in [&us, &them] {
        assert_eq!(send(token, "POST", "/api/releases", &bytes).status, 200);
    }
    for (line, expected) in [
        (String::new(), "unclaimed"),
        (claim(1, &host, &us, "budget"), "bad-claim"),
        (claim(1, "elsewhere.example", &them, "budget"), "bad-claim"),
        (claim(2, &host, &them, "budget"), "bad-claim"),
        (claim(1, &host, &them, "other"), "bad-claim"),
    ] {
        let answer = submit(&them, &line);
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (422, Some(expected)),
            "{}",
            answer.text()
        );
    }
    assert_eq!(submit(&them, "mesinfos-claim:zz").status, 400);
    let done = submit(&us, &claim(1, &host, &us, "budget"));
    assert_eq!((done.status, done.json()["state"].as_str()), (200, Some("submitted")), "{}", done.text());
    let late = submit(&them, &claim(1, &host, &them, "budget"));
    assert_eq!(late.json()["code"], "known-component", "{}", late.text());
}

/// The ids that an app can have and texts that it cannot, as every reader of an id is tried with.
fn ids() -> (Vec<String>, Vec<String>) {
    let ids: Value = serde_json::from_str(include_str!("../log/ids.json")).unwrap();
    let all = |name: &str| serde_json::from_value(ids[name].clone()).unwrap();
    (all("good"), all("odd"))
}

/// An entry of a log as it could be written by whoever has its key.
fn entry(app: &str, change: Change, key: Option<&SecretKey>) -> Value {
    let mut entry = json!({
        "format": 1, "at": 1, "change": change.id(), "by": "operator", "app": app, "version": "0.1.0",
        "component": "0".repeat(64), "publisher": "Nous",
    });
    if let Some(key) = key {
        entry["key"] = key.public().to_string().into();
    }
    entry
}

/// Writes a log of these entries as files, signed by its key.
fn written_log(folder: &Path, entries: &[String]) {
    let (store, key) = (MemoryStore::default(), LogKey::new([9; 32]));
    let log = Log::new(&store, &key);
    let mut commit = Commit::new(Partition::House);
    log.append(&entries.iter().map(|entry| entry.clone().into_bytes()).collect::<Vec<_>>(), &mut commit)
        .unwrap();
    store.commit(&commit).unwrap();
    for kind in [Kind::Entries, Kind::Hashes(0)] {
        for tile in Tile::all(kind, entries.len() as u64) {
            let path = folder.join(tile.to_string());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, log.tile(tile).unwrap().unwrap()).unwrap();
        }
    }
    std::fs::write(folder.join("key"), format!("{}\n", key.verifier())).unwrap();
    std::fs::write(folder.join("checkpoint"), log.checkpoint().unwrap()).unwrap();
}

/// What the two verifiers say of a log in files: ours over HTTP, and the one in Python. `None` where it is refused.
fn both_verify(folder: &Path) -> (Option<Value>, Option<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let root = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let body = path.strip_prefix("/log/").and_then(|path| std::fs::read(root.join(path)).ok());
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            let body = body.unwrap_or_default();
            let head =
                format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    let config = tempfile::tempdir().unwrap();
    let ours = Command::new(binary())
        .args(["--json", "log", "verify", "--url", &url])
        .env("XDG_CONFIG_HOME", config.path())
        .env("XDG_DATA_HOME", config.path())
        .output()
        .unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("log/verify.py");
    let theirs = Command::new("python3").arg(script).arg(folder).output().unwrap();
    // A verifier that could not begin says nothing about the log.
    let words = String::from_utf8_lossy(&theirs.stderr).into_owned();
    assert!(theirs.status.success() || words.starts_with("Wrong: "), "{words}");
    let said: Value = serde_json::from_slice(&ours.stdout).unwrap();
    assert!(ours.status.success() || said["detail"].as_str().unwrap().contains("Entry"), "{said}");
    (
        ours.status.success().then_some(said),
        theirs.status.success().then(|| String::from_utf8(theirs.stdout).unwrap()),
    )
}

#[test]
fn both_verifiers_tell_an_id_that_passes_from_no_signature_to_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let entries =
        [entry("budget", Change::Installed, None), entry("budget", Change::Installed, Some(&key(1)))];
    written_log(folder.path(), &entries.map(|entry| entry.to_string()));
    let (ours, theirs) = both_verify(folder.path());
    let since = &ours.unwrap()["signed_since"][0];
    assert_eq!((&since["index"], &since["key"]), (&json!(1), &json!(key(1).public().to_string())));
    let theirs = theirs.unwrap();
    assert!(theirs.contains("entry 1: budget had no signature before"), "{theirs}");
}

#[test]
fn both_verifiers_refuse_what_no_server_writes() {
    let named = |app: &str, before: u8, next: u8| {
        let mut entry = entry("budget", Change::KeyChanged, Some(&key(next)));
        entry["succession"] = Succession::new(&key(before), app, &key(next).public()).text().into();
        entry
    };
    // A key of small order "signed" it: the signature holds for every message.
    let mut weak = entry("budget", Change::KeyChanged, Some(&key(2)));
    let point = format!("01{}", "00".repeat(31));
    weak["succession"] = format!("ed25519:{point} {point}{}", "00".repeat(32)).into();
    let first = entry("budget", Change::Installed, Some(&key(1)));
    let unsigned = entry("budget", Change::Installed, None);
    let mut other_format = first.clone();
    other_format["format"] = 2.into();
    for (what, entries, is_good) in [
        ("a succession", vec![first.clone(), named("budget", 1, 2)], true),
        ("one of another id of the same key", vec![first.clone(), named("mobilite", 1, 2)], false),
        ("one of another key", vec![first.clone(), named("budget", 3, 2)], false),
        ("a weak key", vec![weak], false),
        ("no signature any more", vec![first.clone(), unsigned.clone()], false),
        (
            "published in place of an unsigned one",
            vec![unsigned.clone(), entry("budget", Change::Published, Some(&key(1)))],
            false,
        ),
        ("a key of an unsigned id", vec![unsigned, named("budget", 3, 1)], false),
        ("published without a signature", vec![entry("budget", Change::Published, None)], false),
        ("submitted without a signature", vec![entry("budget", Change::Submitted, None)], false),
        ("another format", vec![other_format], false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        written_log(folder.path(), &entries.iter().map(Value::to_string).collect::<Vec<_>>());
        let (ours, theirs) = both_verify(folder.path());
        assert_eq!((ours.is_some(), theirs.is_some()), (is_good, is_good), "{what}");
    }
    // Two readers could each take another one of two names.
    let twice = first.to_string().replace("\"app\":", "\"app\":\"other\",\"app\":");
    let folder = tempfile::tempdir().unwrap();
    written_log(folder.path(), &[twice]);
    let (ours, theirs) = both_verify(folder.path());
    assert!(ours.is_none() && theirs.is_none());
}

#[test]
fn an_odd_id_is_refused_by_the_server_and_by_both_verifiers() {
    let (good, odd) = ids();
    let lab = Lab::new();
    for id in &good {
        lab.platform.install(&sign(&plain(id).component(), &key(1), None)).unwrap();
    }
    for id in &odd {
        // As the author of a manifest can write it.
        let quoted: String = id.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        let mut bytes = plain("plain").bare();
        let data = plain(&quoted).manifest().into_bytes();
        let section = wasm_encoder::CustomSection { name: manifest::SECTION.into(), data: data.into() };
        wasm_encoder::ComponentSection::append_to_component(&section, &mut bytes);
        let bytes = sign(&bytes, &key(1), None);
        assert_eq!(code(lab.platform.install(&bytes)), "refused", "{id:?}");
        let uploaded = lab.platform.upload_draft(&in_role(Actor::Publisher), &owner("us"), &bytes);
        assert_eq!(code(uploaded), "refused", "{id:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let entries: Vec<_> =
        good.iter().map(|id| entry(id, Change::Installed, Some(&key(1))).to_string()).collect();
    written_log(folder.path(), &entries);
    let (ours, theirs) = both_verify(folder.path());
    assert!(ours.is_some() && theirs.is_some());
    for id in &odd {
        let folder = tempfile::tempdir().unwrap();
        written_log(folder.path(), &[entry(id, Change::Installed, Some(&key(1))).to_string()]);
        let (ours, theirs) = both_verify(folder.path());
        assert!(ours.is_none() && theirs.is_none(), "{id:?}");
    }
}
