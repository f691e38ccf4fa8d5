//! Rows that could not be read, over HTTP: listed, taken away, corrected, and undone with their import.

use crate::http::Server;
use crate::pages::{Browser, upload_as};
use crate::support::Data;

const HEADER: &str = "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n";

fn row(day: &str, label: &str, amount: &str) -> String {
    format!("{day};{day};{label};;;;{amount};;00012345;BoursoBank;100,00\n")
}

/// A statement whose third row has no date, and a hostile text.
fn statement() -> String {
    let rows = [
        row("2025-07-17", "CARTE CAFE", "-2,50"),
        row("2025-07-18", "CARTE LIVRE", "-12,00"),
        row("hier", "=HYPERLINK(1)<b>", "-7,00"),
        row("2025-07-19", "CARTE PAIN", "-1,30"),
    ];
    format!("{HEADER}{}", rows.concat())
}

/// The fields of a form with these values of its cells.
fn form(page: &str, changed: &[(usize, &str)]) -> String {
    let cell = |number: usize| {
        let of = page.split(&format!("name=\"cell.{number}\" value=\"")).nth(1)?;
        let value = of.split('"').next()?.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let value = changed.iter().find(|(of, _)| *of == number).map_or(value, |(_, new)| (*new).to_owned());
        let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        Some(format!("cell.{number}={encoded}"))
    };
    (0..).map_while(cell).collect::<Vec<_>>().join("&")
}

#[test]
fn a_rejected_row_is_taken_away_corrected_and_undone_with_its_import() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let answer = upload_as(&alice, "juillet.csv", statement().as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains("href=\"/imports/1/rejected\""), "{}", answer.text());
    assert!(alice.get("/imports/1").text().contains("href=\"/imports/1/rejected\""));
    let list = alice.get("/imports/1/rejected").text();
    assert!(list.contains("ligne 4") && list.contains("href=\"/imports/1/rejected/0.0\""), "{list}");
    let csv = alice.get("/imports/1/rejected.csv");
    assert!(csv.header("content-disposition").unwrap().starts_with("attachment"));
    let text = csv.text();
    let row = text.lines().nth(1).unwrap();
    assert!(row.starts_with("juillet.csv;4;") && row.contains("hier;hier;'=HYPERLINK(1)<b>"), "{text}");
    // The form has the cells under their names, and the wrong one is marked.
    let shown = alice.get("/imports/1/rejected/0.0").text();
    assert!(shown.contains("dateOp") && shown.contains("value=\"hier\""), "{shown}");
    assert!(shown.contains("=HYPERLINK(1)&lt;b&gt;") && !shown.contains("<b>"), "{shown}");
    assert!(shown.matches("aria-invalid=\"true\"").count() >= 1, "{shown}");
    // What is still wrong is refused with its reason, and nothing is stored.
    let path = "/imports/1/rejected/0.0";
    let refused = alice.post(path, &form(&shown, &[(0, "2025-13-45")]));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("value=\"2025-13-45\"") && refused.text().contains("role=\"alert\""));
    for hostile in [
        String::new(),
        "cell.0=2025-07-20".to_owned(),
        form(&shown, &[(0, "2025-07-20"), (2, &"x".repeat(5_000))]),
        form(&shown, &[(0, "2025-07-20\"\n2025-07-21;2025-07-21;TWO;;;;-9,00;;1;B;1"), (6, "\"")]),
        format!("{}&cell.500=x", form(&shown, &[(0, "\u{0}")])),
    ] {
        assert_eq!(alice.post(path, &hostile).status, 422, "{hostile}");
    }
    assert_eq!(alice.get("/data/money/bank").text().matches("HYPERLINK").count(), 0);
    assert!(!alice.get("/data/money/bank").text().contains("TWO"));
    // Nobody else has it, and nothing else is a row.
    let bruno = operator.invite("tester", "bruno");
    for place in ["", ".csv", "/0.0"] {
        assert_eq!(bruno.get(&format!("/imports/1/rejected{place}")).status, 404);
    }
    assert_eq!(bruno.post(path, &form(&shown, &[(0, "2025-07-20")])).status, 404);
    for place in ["0.1", "1.0", "x", "0.0.0", "4294967296.0"] {
        assert_eq!(alice.get(&format!("/imports/1/rejected/{place}")).status, 404, "{place}");
    }
    // Corrected, it is a row of the same import, at its line.
    let sound = form(&shown, &[(0, "2025-07-20"), (1, "2025-07-20")]);
    let added = alice.post(path, &sound);
    assert_eq!(
        (added.status, added.header("location")),
        (303, Some("/imports/1/rejected?added")),
        "{}",
        added.text()
    );
    assert!(alice.get("/imports/1/rejected").text().contains("Corrigée\u{a0}: elle est dans votre coffre"));
    let rows = alice.get("/data/money/bank").text();
    assert!(rows.contains("=HYPERLINK(1)&lt;b&gt;"), "{rows}");
    let origin = alice.get("/data/money/bank/1.0.4").text();
    assert!(origin.contains("Corrigée par vous") && origin.contains("ligne 4"), "{origin}");
    assert!(!alice.get("/data/money/bank/1.0.2").text().contains("Corrigée par vous"));
    assert!(alice.get("/journal").text().contains("Vous avez corrigé une ligne illisible"));
    // Once only.
    assert_eq!(alice.post(path, &sound).header("location"), Some("/imports/1/rejected?before"));
    assert_eq!(
        alice.get("/data/money/bank").text().matches("HYPERLINK").count(),
        rows.matches("HYPERLINK").count()
    );
    assert_eq!(alice.post("/journal/verify", "").status, 200);
    // The undo says so, and takes it along.
    let asked = alice.post("/imports/1/undo", "").text();
    assert!(asked.contains("retire 4\u{a0}lignes") || asked.contains("retire 4 lignes"), "{asked}");
    assert_eq!(alice.post("/imports/1/undo", "sure=yes").status, 200);
    assert!(!alice.get("/data/money/bank").text().contains("HYPERLINK"));
    assert_eq!(alice.get("/imports/1/rejected").status, 404);
    assert_eq!(alice.post(path, &sound).status, 404);
    assert_eq!(alice.post("/journal/verify", "").status, 200);
}

#[test]
fn a_corrected_row_that_is_known_is_not_added_twice() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    let august = format!("{HEADER}{}", row("2025-07-20", "CARTE GARE", "-7,00"));
    assert_eq!(upload_as(&alice, "aout.csv", august.as_bytes()).status, 303);
    let named = || alice.get("/data/money/bank").text().matches("CARTE GARE").count();
    let once = named();
    assert!(once > 0);
    let wrong = [row("2025-07-17", "CARTE CAFE", "-2,50"), row("hier", "CARTE GARE", "-7,00")].concat();
    assert_eq!(upload_as(&alice, "juillet.csv", format!("{HEADER}{wrong}").as_bytes()).status, 200);
    let path = "/imports/2/rejected/0.0";
    let shown = alice.get(path).text();
    let sound = form(&shown, &[(0, "2025-07-20"), (1, "2025-07-20")]);
    let known = alice.post(path, &sound);
    assert_eq!(known.header("location"), Some("/imports/2/rejected?known"), "{}", known.text());
    assert_eq!(named(), once);
    // Both files hold it: it stays until both are undone.
    let asked = alice.post("/imports/1/undo", "").text();
    assert!(asked.contains("juillet.csv") && asked.contains("ne retire aucune ligne"), "{asked}");
    assert_eq!(alice.post("/imports/1/undo", "sure=yes").status, 200);
    assert_eq!(named(), once);
    assert!(alice.get("/imports/1/rejected").status == 404);
    assert_eq!(alice.post("/imports/2/undo", "sure=yes").status, 200);
    assert!(!alice.get("/data/money/bank").text().contains("CARTE GARE"));
    assert_eq!(alice.post("/journal/verify", "").status, 200);
}

#[test]
fn an_undo_says_beforehand_what_another_file_keeps() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    let of = |rows: &[String]| format!("{HEADER}{}", rows.concat());
    let (cafe, pain) = (row("2025-07-17", "CARTE CAFE", "-2,50"), row("2025-07-18", "CARTE PAIN", "-1,30"));
    assert_eq!(upload_as(&alice, "a.csv", of(&[cafe, pain.clone()]).as_bytes()).status, 303);
    assert_eq!(
        upload_as(&alice, "<b>.csv", of(&[pain, row("2025-07-19", "CARTE GARE", "-9,00")]).as_bytes()).status,
        303
    );
    let asked = alice.post("/imports/1/undo", "").text();
    assert!(
        asked.contains("&lt;b&gt;.csv") && asked.contains("1\u{a0}ligne reste")
            || asked.contains("1 ligne reste"),
        "{asked}"
    );
    assert!(asked.contains("Aucun fichier gardé"), "{asked}");
    assert!(alice.get("/data/money/bank").text().contains("CARTE CAFE"), "nothing is undone yet");
    assert_eq!(alice.post("/imports/1/undo", "sure=yes").status, 200);
    let rows = alice.get("/data/money/bank").text();
    assert!(
        !rows.contains("CARTE CAFE") && rows.contains("CARTE PAIN") && rows.contains("CARTE GARE"),
        "{rows}"
    );
    // Its origin is the other file now.
    assert!(alice.get("/data/money/bank/2.0.2").text().contains("CARTE PAIN"));
    assert!(
        alice.get("/imports/2").text().contains("2\u{a0}lignes de ce fichier")
            || alice.get("/imports/2").text().contains("2 lignes de ce fichier")
    );
    assert_eq!(alice.post("/journal/verify", "").status, 200);
    // A kept file goes with its import, or stays with the other that holds it.
    let png = b"\x89PNG\r\n\x1a\nrest";
    assert!([200, 303].contains(&upload_as(&alice, "photo.png", png).status));
    assert!([200, 303].contains(&upload_as(&alice, "photo.png", png).status));
    assert!(alice.post("/imports/4/undo", "").text().contains("Aucun fichier gardé"), "the other has it");
    assert_eq!(alice.post("/imports/4/undo", "sure=yes").status, 200);
    let documents = alice.get("/documents").text();
    assert!(documents.contains("/documents/5.0.1"), "{documents}");
    assert_eq!(alice.get("/documents/5.0.1/file").status, 200);
    assert!(
        alice.post("/imports/5/undo", "").text().contains("Le fichier gardé parmi vos documents est effacé")
    );
    assert_eq!(alice.post("/imports/5/undo", "sure=yes").status, 200);
    assert!(!alice.get("/documents").text().contains("/documents/5.0.1"));
    assert_eq!(alice.post("/journal/verify", "").status, 200);
}
