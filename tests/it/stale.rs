//! Pages that stay open while something changes elsewhere: an old form gives nothing that it did not show, and says how
//! things stand now.

use crate::http::Server;
use crate::pages::{Browser, answers, upload_as};
use crate::support::{Data, app};

/// A statement with a payment on each of these days of January 2030.
fn statement(days: &[u32], label: &str) -> String {
    let row = |day: &u32| {
        format!(
            r#"{{"docType":"bankoperation","date":"2030-01-{day:02}T00:00:00.000Z","amount":-{day}.50,
                "raw":"{label} {day}","title":"{label} {day}","bankAccount":"a"}}"#
        )
    };
    format!("[{}]", days.iter().map(row).collect::<Vec<_>>().join(","))
}

const GIVEN: &str = "&give.bank=on&sure.bank=on&period.bank=all&for=quarter";

#[test]
fn what_is_granted_is_what_was_shown() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    upload_as(&alice, "first.json", statement(&[1, 2, 3], "A").as_bytes());
    let page = alice.get("/apps/budget").text();
    let form = format!("{}{GIVEN}", answers(&page));
    // Three rows were shown; another tab adds two.
    upload_as(&alice, "second.json", statement(&[10, 11], "B").as_bytes());
    let changed = alice.post("/apps/budget/grant", &form);
    let text = changed.text();
    assert_eq!(changed.status, 409, "{text}");
    assert!(text.contains("Vos données ont changé") && text.contains("lignes, au lieu de 3"), "{text}");
    assert!(
        text.contains("Rien n’a été donné") && !alice.get("/journal").text().contains("/journal/notices/")
    );
    assert!(text.contains("name=\"give.bank\" checked"), "the choices stay: {text}");
    // Counting again says it too, and the new page shows what is there now.
    let counted = alice.post("/apps/budget", &form);
    assert!(counted.status == 200 && counted.text().contains("Vos données ont changé"));
    let fresh = format!("{}{GIVEN}", answers(&counted.text()));
    assert!(!alice.post("/apps/budget", &fresh).text().contains("Vos données ont changé"));
    // A row that is corrected, hidden or deleted changes what is shown, although their number may be the same.
    assert_eq!(alice.post("/data/money/bank/1.0.2/withhold", "what=row").status, 303);
    let changed = alice.post("/apps/budget/grant", &fresh);
    assert_eq!(changed.status, 409, "{}", changed.text());
    assert!(changed.text().contains("des lignes ont été ajoutées, corrigées"), "{}", changed.text());
    // Without a word about what was shown, nothing is granted either.
    let bare: Vec<&str> = fresh.split('&').filter(|pair| !pair.starts_with("rows.")).collect();
    assert_eq!(alice.post("/apps/budget/grant", &bare.join("&")).status, 409);
    let granted = alice.post("/apps/budget/grant", &format!("{}{GIVEN}", answers(&changed.text())));
    assert_eq!(granted.status, 303, "{}", granted.text());
}

#[test]
fn an_old_refusal_says_how_things_stand_now() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    upload_as(&alice, "first.json", statement(&[1, 2, 3], "A").as_bytes());
    let old = answers(&alice.get("/apps/budget").text());
    let granted = alice.post("/apps/budget/grant", &format!("{old}{GIVEN}"));
    assert_eq!(granted.status, 303, "{}", granted.text());
    let result = granted.header("location").unwrap().to_owned();
    assert!(!alice.get(&result).text().contains("L’application est en pause"));
    for act in ["refuse", "later"] {
        let told = alice.post(&format!("/apps/budget/{act}"), &old);
        let text = told.text();
        assert_eq!(told.status, 409, "{act}: {text}");
        assert!(
            text.contains("Votre réponse a changé") && text.contains("Vous lui avez donné un accord"),
            "{text}"
        );
        assert!(!alice.get("/journal").text().contains("refus"), "{act}: nothing was recorded");
    }
    // A form that shows the grant refuses what is asked beside it, and says that the grant stays.
    let form = answers(&alice.get("/apps/budget").text());
    let refused = alice.post("/apps/budget/refuse", &form);
    assert_eq!(refused.status, 303);
    let list = alice.get(refused.header("location").unwrap()).text();
    assert!(list.contains("L’accord que vous lui aviez déjà donné reste"), "{list}");
    // The page of a result says that its app is paused, and that it was stopped.
    assert_eq!(alice.post("/journal/grants/budget/pause", "").status, 303);
    let paused = alice.get(&result).text();
    assert!(paused.contains("L’application est en pause") && !paused.contains("action=\"/apps/budget/run\""));
    assert_eq!(alice.post("/apps/budget/refuse", &form).status, 409, "it was not paused on that page");
    // A second press, or one in another tab, says how it stands.
    let again = alice.post("/journal/grants/budget/pause", "");
    assert_eq!((again.status, again.header("location")), (303, Some("/apps/budget?now")));
    assert!(alice.get("/apps/budget?now").text().contains("Votre réponse a changé"));
    assert_eq!(alice.post("/journal/grants/budget/resume", "").status, 303);
    assert!(!alice.get(&result).text().contains("L’application est en pause"));
    let newer = crate::versions::newer(&std::fs::read(app("budget")).unwrap(), "9.0.0");
    assert_eq!(server.ask("POST", "/api/apps", &newer).status, 200);
    let changed = alice.get(&result).text();
    assert!(changed.contains("L’application a changé depuis votre accord"), "{changed}");
    assert!(!changed.contains("action=\"/apps/budget/run\""), "what cannot run is not offered");
}

/// What may be there twice is told where it is read, and where its figures are.
#[test]
fn rows_that_may_be_there_twice_are_told_before_and_after() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    upload_as(&alice, "first.json", statement(&[1, 2, 3, 4, 5], "ANNONCE").as_bytes());
    upload_as(&alice, "second.json", statement(&[1, 2, 3, 4, 5], "DEBITE").as_bytes());
    let home = alice.get("/home").text();
    assert!(home.contains("peut-être deux fois"), "{home}");
    let page = alice.get("/apps/budget").text();
    assert!(page.contains("peut-être deux fois") && page.contains("href=\"/imports/2#alike\""), "{page}");
    let granted = alice.post("/apps/budget/grant", &format!("{}{GIVEN}", answers(&page)));
    assert_eq!(granted.status, 303, "{}", granted.text());
    let result = granted.header("location").unwrap().to_owned();
    let text = alice.get(&result).text();
    assert!(text.contains("Ce résultat les compte peut-être deux fois"), "{text}");
    // All of one file are decided together, with their number; then nothing is told any more.
    let import = alice.get("/imports/2").text();
    assert!(
        import.contains("peut-être déjà là par « first.json »") || import.contains("first.json"),
        "{import}"
    );
    assert_eq!(alice.post("/imports/2/alike/all", "act=keep-both&of=9").status, 303);
    assert!(alice.get("/apps/budget").text().contains("peut-être deux fois"), "no row is of that file");
    assert_eq!(alice.post("/imports/2/alike/all", "act=keep-both&of=x").status, 404);
    assert_eq!(alice.post("/imports/2/alike/all", "act=keep-both&of=1").status, 303);
    for path in ["/apps/budget", &result, "/home"] {
        assert!(!alice.get(path).text().contains("peut-être deux fois"), "{path}");
    }
}

/// What was typed for a session that has ended is given back, and kept nowhere.
#[test]
fn what_was_typed_after_the_session_is_given_back() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    upload_as(&alice, "first.json", statement(&[1], "A").as_bytes());
    assert_eq!(alice.post("/sign-out", "").status, 303);
    let row = "/data/money/bank/1.0.1";
    let told = alice.post(&format!("{row}/change"), "act=note&note=Le+loyer+%3Cb%3E+de+mars");
    let text = told.text();
    assert_eq!(told.status, 401, "{text}");
    assert!(text.contains("Le loyer &lt;b&gt; de mars</textarea>"), "{text}");
    assert!(text.contains("href=\"/sign-in?next=%2Fdata%2Fmoney%2Fbank%2F1%2E0%2E1\""), "{text}");
    assert!(told.header("location").is_none());
    let plain = alice.post("/journal/verify", "").text();
    assert!(!plain.contains("<textarea"), "{plain}");
}

#[test]
fn a_hidden_row_has_a_name_and_a_mark() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    upload_as(&alice, "first.json", statement(&[1, 2, 3], "PHARMACIE").as_bytes());
    assert!(!alice.get("/data/money/bank").text().contains("pour aucune application"));
    assert_eq!(alice.post("/data/money/bank/1.0.2/withhold", "what=row").status, 303);
    let list = alice.get("/data/withheld").text();
    for said in ["PHARMACIE 2", "2,50\u{a0}€", "2\u{a0}janvier 2030"] {
        assert!(list.contains(said), "{said}: {list}");
    }
    for path in ["/data/money/bank", "/data/money"] {
        let page = alice.get(path).text();
        assert_eq!(page.matches("pour aucune application").count(), 1, "{path}: {page}");
    }
}
