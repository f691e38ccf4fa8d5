//! What a person is told before they answer, across words, consent, platform and doors: the answer is bound to the very
//! text, the text can be read again, and a request that changed meanwhile is not answered.

use crate::http::Server;
use crate::lab::Lab;
use crate::pages::{Browser, answers, field, upload};
use crate::support::{Data, app, me};
use crate::versions::{another, newer};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Digest, Period};
use mesinfos_platform::consent::{AuditEvent, EventKind, GrantState, NotLive, Notice};
use mesinfos_platform::model::category::Grain;
use mesinfos_platform::{CategoryChoice, Platform, PlatformError, Shown};
use sha2::{Digest as _, Sha256};

const WHO: &str = "camille";

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn notice(platform: &Platform, lang: Lang) -> Notice {
    let (record, manifest, inspection) = platform.describe("budget").unwrap();
    mesinfos_words::notice::notice(&record, &manifest, &inspection, lang)
}

fn component(platform: &Platform) -> String {
    platform.app("budget").unwrap().component.to_string()
}

/// A lab with an app that reads the bank.
fn lab() -> Lab {
    let lab = Lab::new();
    lab.platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
    lab
}

#[test]
fn a_grant_is_bound_to_the_text_that_was_shown_and_the_text_can_be_read_again() {
    let lab = lab();
    let platform = &lab.platform;
    for lang in [Lang::Fr, Lang::En] {
        let now = notice(platform, lang);
        assert_eq!(now.digest().to_string(), sha256(&now.text), "anybody can compute it");
        for said in ["Budget", "Atelier Exemple", &component(platform), "PT0S"] {
            assert!(now.text.contains(said), "{said}: {}", now.text);
        }
        let shown = Shown::notice(&component(platform), now.clone(), &now.digest().to_string());
        let caller = me(WHO).in_language(lang);
        let given = platform.grant_shown(&caller, "budget", &shown, &[], None).unwrap();
        assert_eq!(given.notice, Some(now.digest()));
        assert_eq!(platform.notice_of(&me(WHO), given.id).unwrap(), Some(now));
    }
    // The app is replaced, and then gone: the text stays.
    let given = platform.grants_of(&me(WHO)).unwrap();
    platform.install(&newer(&std::fs::read(app("budget")).unwrap(), "0.3.0")).unwrap();
    platform.uninstall("budget").unwrap();
    for grant in &given {
        let read = platform.notice_of(&me(WHO), grant.id).unwrap().unwrap();
        assert_eq!(Some(read.digest()), grant.notice);
        assert!(read.text.contains("0.2.0"), "it is of the version that was shown");
    }
    // Nobody else has it.
    assert!(platform.notice_of(&me("dominique"), given[0].id).is_err());
    platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn a_request_that_is_not_the_one_shown_is_not_answered() {
    let lab = lab();
    let platform = &lab.platform;
    let (then, was) = (notice(platform, Lang::Fr), component(platform));
    let digest = then.digest().to_string();
    let grants = || platform.grants_of(&me(WHO)).unwrap().len();
    // In another language it is another text.
    for wrong in [notice(platform, Lang::En).digest().to_string(), String::new(), "x".repeat(9_000)] {
        let shown = Shown::notice(&was, then.clone(), &wrong);
        let refused = platform.grant_shown(&me(WHO), "budget", &shown, &[], None);
        assert!(matches!(refused, Err(PlatformError::OtherNotice { .. })), "{refused:?}");
        let refused = platform.refuse(&me(WHO), "budget", &shown);
        assert!(matches!(refused, Err(PlatformError::OtherNotice { .. })), "{refused:?}");
    }
    // Rows arrive: what is asked is the same.
    let rows = platform.summary(&me(WHO)).unwrap();
    platform.import(&me(WHO), "b.json", another().as_bytes()).unwrap();
    assert_ne!(platform.summary(&me(WHO)).unwrap(), rows);
    assert_eq!(notice(platform, Lang::Fr), then);
    // The app is replaced by another version that asks the same.
    platform.install(&newer(&std::fs::read(app("budget")).unwrap(), "0.3.0")).unwrap();
    let now = notice(platform, Lang::Fr);
    assert_ne!(now.digest(), then.digest());
    let shown = Shown::notice(&was, now.clone(), &digest);
    let refused = platform.grant_shown(&me(WHO), "budget", &shown, &[], None);
    assert!(matches!(refused, Err(PlatformError::OtherComponent { .. })), "{refused:?}");
    let shown = Shown::notice(&component(platform), now, &digest);
    let refused = platform.grant_shown(&me(WHO), "budget", &shown, &[], None);
    assert!(matches!(refused, Err(PlatformError::OtherNotice { .. })), "{refused:?}");
    assert_eq!(grants(), 0, "nothing was recorded");
}

#[test]
fn a_refusal_is_in_the_journal_and_changes_nothing_else() {
    let lab = lab();
    let platform = &lab.platform;
    let now = notice(platform, Lang::Fr);
    let shown = Shown::notice(&component(platform), now.clone(), &now.digest().to_string());
    assert!(platform.refuse(&me(WHO), "budget", &shown).unwrap());
    assert!(!platform.refuse(&me(WHO), "budget", &shown).unwrap(), "it stands already");
    let refusals = || -> Vec<_> {
        let log = platform.audit_entries(&me(WHO)).unwrap();
        log.iter()
            .filter_map(|logged| match &logged.entry.event {
                AuditEvent::Grant { grant, change: EventKind::Refused, .. } => Some(*grant),
                _ => None,
            })
            .collect()
    };
    let refused = refusals();
    assert_eq!(refused.len(), 1);
    assert_eq!(platform.notice_of(&me(WHO), refused[0]).unwrap(), Some(now));
    let Err(PlatformError::NotGranted { why, .. }) = lab.run(WHO, "budget") else { panic!() };
    assert!(matches!(why.as_deref(), Some(NotLive::Refused(id)) if *id == refused[0]), "{why:?}");
    // The person changes their mind, and refuses again what they now have: the grant stays in force.
    platform.grant_shown(&me(WHO), "budget", &shown, &[], None).unwrap();
    assert!(platform.refuse(&me(WHO), "budget", &shown).unwrap());
    assert!(!platform.refuse(&me(WHO), "budget", &shown).unwrap(), "it stands already, beside the grant");
    assert!(lab.run(WHO, "budget").is_ok());
    assert_eq!(refusals().len(), 2);
    let in_force = platform.grants_of(&me(WHO)).unwrap();
    assert_eq!(in_force.iter().filter(|grant| grant.state == GrantState::Given.id()).count(), 1);
    platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn an_answer_put_off_gives_nothing_and_refuses_nothing() {
    let lab = lab();
    let platform = &lab.platform;
    let now = notice(platform, Lang::Fr);
    let shown = Shown::notice(&component(platform), now.clone(), &now.digest().to_string());
    let wrong = Shown::notice(&component(platform), now, "other");
    assert!(matches!(platform.defer(&me(WHO), "budget", &wrong), Err(PlatformError::OtherNotice { .. })));
    assert!(platform.defer(&me(WHO), "budget", &shown).unwrap());
    assert!(!platform.defer(&me(WHO), "budget", &shown).unwrap(), "it is put off already");
    let state = || platform.grants_of(&me(WHO)).unwrap().last().unwrap().state.clone();
    assert_eq!(state(), GrantState::Deferred.id());
    let Err(PlatformError::NotGranted { why, .. }) = lab.run(WHO, "budget") else { panic!() };
    assert!(matches!(why.as_deref(), Some(NotLive::Undecided(_))), "{why:?}");
    // Every answer is still open: to refuse, to put off again, to give.
    assert!(platform.refuse(&me(WHO), "budget", &shown).unwrap());
    assert_eq!(state(), GrantState::Refused.id());
    assert!(platform.defer(&me(WHO), "budget", &shown).unwrap(), "after a refusal");
    platform.grant_shown(&me(WHO), "budget", &shown, &[], None).unwrap();
    assert!(lab.run(WHO, "budget").is_ok());
    // What is given stays given.
    assert!(platform.defer(&me(WHO), "budget", &shown).unwrap());
    assert!(lab.run(WHO, "budget").is_ok());
    platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn the_command_shows_the_notice_and_binds_a_grant_to_it() {
    let data = Data::with("budget", &["banque.json"]);
    let said = data.ok(&["notice", "budget"]);
    let (text, digest) = (said["text"].as_str().unwrap(), said["sha256"].as_str().unwrap());
    assert_eq!(sha256(text), digest);
    let (code, words) =
        data.fails(&["grant", "budget", "--person", WHO, "--notice", &Digest([7; 32]).to_string()]);
    assert_eq!(code, "other-notice");
    assert!(words.contains("mesinfos notice"), "{words}");
    let given = data.ok(&["grant", "budget", "--person", WHO, "--notice", digest]);
    assert_eq!(given["notice"], said["sha256"]);
    assert_eq!(data.ok(&["notice", "budget", "--person", WHO]), said);
    // Without it, no text of this platform was shown, and the record says so.
    let given = data.ok(&["grant", "budget", "--person", WHO]);
    assert!(given.get("notice").is_none());
    assert!(data.ok(&["notice", "budget", "--person", WHO]).is_null());
    data.ok(&["audit", "verify", "--person", WHO]);
}

#[test]
fn the_page_answers_only_the_request_that_it_shows() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    upload(&alice, "banque.json");
    let page = alice.get("/apps/budget").text();
    assert!(page.contains("Destinataire\u{a0}: vous seul"), "the text is on the page");
    let form = |page: &str| format!("{}&give.bank=on&sure.bank=on&for=quarter", answers(page));
    let grant = |form: &str| alice.post("/apps/budget/grant", form);
    // Nothing is granted without a notice, or with another one.
    for wrong in [form(&page).replace("notice=", "other="), form(&page).replace("notice=", "notice=0")] {
        let refused = grant(&wrong);
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert!(refused.text().contains("a changé") && !refused.text().contains("give.bank\" checked"));
    }
    // Another version is installed while the page is open, and rows arrive.
    let component = newer(&std::fs::read(app("budget")).unwrap(), "0.3.0");
    assert_eq!(server.ask("POST", "/api/apps", &component).status, 200);
    let refused = grant(&form(&page));
    assert_eq!(refused.status, 409, "{}", refused.text());
    let fresh = refused.text();
    assert!(fresh.contains("version 0.3.0") && field(&fresh, "notice") != field(&page, "notice"));
    assert!(
        alice.post("/apps/budget", &form(&page)).text().contains("a changé"),
        "drawing again says it too"
    );
    assert!(!alice.get("/journal").text().contains("/journal/notices/"), "nothing was answered");
    // A refusal, and then a grant of what is shown now.
    assert_eq!(alice.post("/apps/budget/refuse", &form(&page)).status, 409);
    assert_eq!(alice.post("/apps/budget/refuse", &form(&fresh)).status, 303);
    let journal = alice.get("/journal").text();
    assert!(journal.contains("refus"), "{journal}");
    let granted = grant(&form(&fresh));
    assert_eq!(granted.status, 303, "{}", granted.text());
    let journal = alice.get("/journal").text();
    let ids: Vec<&str> =
        journal.split("/journal/notices/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.len(), 2, "a refusal and a grant");
    let bruno = operator.invite("tester", "bruno");
    for id in ids {
        let again = alice.get(&format!("/journal/notices/{id}")).text();
        let digest = field(&fresh, "notice");
        let grouped: Vec<&str> = (0..16).map(|at| &digest[4 * at..4 * at + 4]).collect();
        assert!(again.contains(&grouped.join(" ")) && again.contains("version 0.3.0"), "{again}");
        assert_eq!(bruno.get(&format!("/journal/notices/{id}")).status, 404);
    }
}

#[test]
fn an_update_says_what_it_asks_beyond_what_was_given() {
    let lab = lab();
    let platform = &lab.platform;
    let update = || platform.update_of(&me(WHO), "budget").unwrap();
    assert!(update().is_none(), "nothing was given");
    let narrow = CategoryChoice {
        period: Some(Period::parse("2025").unwrap()),
        grain: Some(Grain::Rounded),
        ..CategoryChoice::default()
    };
    platform.grant(&me(WHO), "budget", &[(Category::Bank, narrow)], None).unwrap();
    assert!(update().is_none(), "that version is installed");
    let before = lab.run(WHO, "budget").unwrap().view;
    platform.install(&newer(&std::fs::read(app("budget")).unwrap(), "0.3.0")).unwrap();
    assert!(matches!(lab.run(WHO, "budget"), Err(PlatformError::NotGranted { .. })), "it asks again");
    let found = update().unwrap();
    assert_eq!((found.version.as_str(), found.more.len()), ("0.2.0", 1));
    let said = mesinfos_words::consent::by(&found.more[0], Lang::Fr);
    assert_eq!(said, "plus de jours, des données plus fines");
    // The earlier version, with what it was given, shows what it showed; the trial is in the journal.
    let tried = platform.try_earlier(&me(WHO), "budget", &found).unwrap().unwrap();
    assert_eq!(tried.view, Some(before));
    let log = platform.audit_entries(&me(WHO)).unwrap();
    let last = log.iter().rev().find_map(|logged| match &logged.entry.event {
        AuditEvent::Tried { version, .. } => Some(version.as_str().to_owned()),
        _ => None,
    });
    assert_eq!(last.as_deref(), Some("0.2.0"));
    // With all that is asked, nothing is new; what was withdrawn does not count.
    platform.grant(&me(WHO), "budget", &[], None).unwrap();
    platform.install(&newer(&std::fs::read(app("budget")).unwrap(), "0.4.0")).unwrap();
    assert!(update().unwrap().more.is_empty());
    platform.withdraw(&me(WHO), "budget").unwrap();
    assert!(update().is_none());
}
