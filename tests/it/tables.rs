//! Tables that no format knows, over HTTP and at the command: asked about, shown, added, and read alike the next time.

use crate::http::Server;
use crate::pages::{Browser, upload_as};
use crate::support::Data;

const TABLE: &str = "Quand;Quoi;Combien\n13/01/2026;<b>Boulangerie;5,20\n14/01/2026;Librairie;12,00\n31/02/2026;Nulle part;1\n15/01/2026;=HYPERLINK(1);7,50\n";

const ANSWERS: &str = "rows=bank&holder=Ma+banque&c.1=date&c.2=label&c.3=amount&date-order=day-first&decimal=comma&sign=spent&currency=EUR&keep=on";

/// Path of the assistant on the page that answers an upload.
fn assistant(page: &str) -> String {
    let id = page.split("href=\"/add/tables/").nth(1).unwrap_or_else(|| panic!("{page}")).split('"').next();
    format!("/add/tables/{}", id.unwrap())
}

/// The form that adds what a page shows: the same answers, with what the host says of them.
fn adding(shown: &str) -> String {
    let looked = shown.split("name=\"looked\" value=\"").nth(1).unwrap_or_else(|| panic!("{shown}"));
    let looked = looked.split('"').next().unwrap().replace("&quot;", "\"");
    let encoded: String = looked.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{ANSWERS}&looked={encoded}&act=add")
}

#[test]
fn a_table_is_asked_about_shown_and_added() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let answer = upload_as(&alice, "depenses.csv", TABLE.as_bytes());
    assert_eq!(answer.status, 422, "{}", answer.text());
    let path = assistant(&answer.text());
    let form = alice.get(&path).text();
    assert!(form.contains("&lt;b&gt;Boulangerie") && !form.contains("<b>Boul"), "{form}");
    // What the table does not say is not chosen: the sign, the currency, the holder.
    for open in ["sign", "every"] {
        let select = form.split(&format!("<select name=\"{open}\">")).nth(1).unwrap();
        assert!(select.starts_with("<option value=\"\" selected>"), "{open}");
    }
    let lacking = alice.post(&path, "rows=bank&holder=&c.1=date&c.2=label&c.3=amount&act=add");
    assert_eq!(lacking.status, 422);
    assert!(lacking.text().contains("la façon d’écrire une dépense"), "{}", lacking.text());
    // What would be stored is shown, and is not stored.
    let shown = alice.post(&path, &format!("{ANSWERS}&act=look"));
    assert_eq!(shown.status, 200, "{}", shown.text());
    let shown = shown.text();
    assert!(shown.contains("3 lignes nouvelles") && shown.contains("1 ligne ne se lit pas"), "{shown}");
    assert!(shown.contains("−5,20\u{a0}€") || shown.contains("-5,20\u{a0}€"), "{shown}");
    assert_eq!(alice.get("/imports/1").status, 404);
    // Nobody else has it.
    let bruno = operator.invite("tester", "bruno");
    assert_eq!(bruno.get(&path).status, 404);
    assert_eq!(bruno.post(&path, &format!("{ANSWERS}&act=add")).status, 404);
    // Nothing is added that was not shown: without a look, or with other answers than those looked at.
    let unseen = alice.post(&path, &format!("{ANSWERS}&act=add"));
    assert!(unseen.status == 200 && unseen.text().contains("3 lignes nouvelles"), "{}", unseen.text());
    let other = alice.post(&path, &adding(&shown).replace("sign=spent", "sign=signed"));
    assert!(matches!(other.status, 200 | 422), "{}", other.text());
    assert_eq!(alice.get("/imports/1").status, 404);
    let added = alice.post(&path, &adding(&shown));
    assert_eq!(added.status, 200, "a row was rejected: it is told");
    assert!(added.text().contains("ligne 4"), "{}", added.text());
    let rows = alice.get("/data/money/bank").text();
    assert!(
        rows.contains("Librairie") && rows.contains("Ma banque") && !rows.contains("Nulle part"),
        "{rows}"
    );
    assert_eq!(alice.get(&path).status, 404, "it does not wait any more");
}

#[test]
fn the_next_table_with_these_columns_is_read_alike_until_it_is_forgotten() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    let path = assistant(&upload_as(&alice, "janvier.csv", TABLE.as_bytes()).text());
    let shown = alice.post(&path, &format!("{ANSWERS}&act=look")).text();
    assert_eq!(alice.post(&path, &adding(&shown)).status, 200);
    // More lines above, and another order of rows.
    let february =
        "Export du 1er mars\n\nQuand;Quoi;Combien\n03/02/2026;Gare;30,00\n02/02/2026;Marché;8,00\n";
    let next = upload_as(&alice, "fevrier.csv", february.as_bytes());
    assert_eq!((next.status, next.header("location")), (303, Some("/imports/2")), "{}", next.text());
    assert!(alice.get("/imports/2").text().contains("href=\"/add/tables\""));
    assert!(alice.get("/data/money/bank").text().contains("Marché"));
    // The same file once more brings nothing new.
    let again = upload_as(&alice, "fevrier.csv", february.as_bytes());
    assert_eq!(again.status, 303);
    assert!(alice.get("/imports/3").text().contains("n’a rien apporté de nouveau"));
    // What was said contradicts this one: there, what is spent has no sign. It is asked about again.
    let signed = "Quand;Quoi;Combien\n03/03/2026;Gare;-30,00\n02/03/2026;Marché;-8,00\n";
    assert_eq!(upload_as(&alice, "mars.csv", signed.as_bytes()).status, 422);
    // Undone like any import: the rows stay while the other one holds them.
    assert_eq!(alice.post("/imports/2/undo", "sure=yes").status, 200);
    assert!(alice.get("/data/money/bank").text().contains("Marché"));
    assert_eq!(alice.post("/imports/3/undo", "sure=yes").status, 200);
    assert!(!alice.get("/data/money/bank").text().contains("Marché"));
    let kept = alice.get("/add/tables").text();
    assert!(kept.contains("Ma banque") && kept.contains("Combien"), "{kept}");
    assert_eq!(alice.post("/add/tables/forget", "column=Quand&column=Quoi&column=Combien").status, 303);
    assert!(!alice.get("/add/tables").text().contains("Ma banque"));
    assert_eq!(upload_as(&alice, "mars.csv", february.as_bytes()).status, 422, "it is asked about again");
}

#[test]
fn what_is_no_table_is_not_offered_as_one() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    for (name, bytes) in
        [("a.csv", &b"a;b\nc;d\n"[..]), ("b.bin", b"\0\x01\x02\x03 2026-01-01;5"), ("c.csv", b"13/01/2026")]
    {
        let page = upload_as(&alice, name, bytes).text();
        assert!(!page.contains("/add/tables/"), "{name}: {page}");
    }
    for id in ["0", "x", &"0".repeat(32), "../imports"] {
        assert_eq!(alice.get(&format!("/add/tables/{id}")).status, 404, "{id}");
    }
}

#[test]
fn only_so_many_tables_wait() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let bruno = operator.invite("tester", "bruno");
    let of_bruno = assistant(&upload_as(&bruno, "b.csv", TABLE.as_bytes()).text());
    let paths: Vec<String> = (0..5)
        .map(|at| assistant(&upload_as(&alice, &format!("{at}.csv"), TABLE.as_bytes()).text()))
        .collect();
    assert_eq!(alice.get(&paths[0]).status, 404, "the oldest goes first");
    assert!(paths[1..].iter().all(|path| alice.get(path).status == 200));
    assert_eq!(bruno.get(&of_bruno).status, 200, "that of another person stays");
}

#[test]
fn an_api_takes_a_mapping_from_the_person_and_not_from_a_holder() {
    let data = Data::new();
    let server = Server::on(&data);
    let mapping = r#"{"version":1,"rows":"bank","holder":"B","delimiter":";","skip":1,"date":1,"date-order":"day-first","label":[2],"value":{"spent":{"column":3}},"decimal":"comma","currency":{"is":"EUR"}}"#;
    let encoded: String = mapping.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = |mapping: &str| format!("/api/people/alice/imports?new=true&file=t.csv&mapping={mapping}");
    let bearer = format!("Bearer {}", server.token);
    let own = [("authorization", bearer.as_str())];
    let good = server.send("POST", &path(&encoded), &own, TABLE.as_bytes());
    assert_eq!(good.status, 200, "{}", good.text());
    assert!(
        good.text().contains("mapped-table") && good.text().contains("\"accepted\":3"),
        "{}",
        good.text()
    );
    let bad = server.send("POST", &path(&encoded.replace("%45%55%52", "%65%75%72")), &own, TABLE.as_bytes());
    assert!(bad.status == 422 && bad.text().contains("bad-mapping"), "{}", bad.text());
    let no = server.send("POST", &path("x"), &own, TABLE.as_bytes());
    assert_eq!(no.status, 400, "{}", no.text());
    // A holder's deposit is of a known format.
    let create =
        ["token", "create", "--scope", "deposit", "--name", "B", "--expires", "7d", "--person", "alice"];
    let deposits = format!("Bearer {}", data.ok(&create)["token"].as_str().unwrap());
    let deposit = server.send("POST", &path(&encoded), &[("authorization", &deposits)], TABLE.as_bytes());
    assert_eq!(deposit.status, 403, "{}", deposit.text());
}

#[test]
fn the_command_says_what_an_unknown_table_looks_like() {
    let data = Data::new();
    let files = tempfile::tempdir().unwrap();
    let said = |name: &str, text: &[u8]| {
        let file = files.path().join(name);
        std::fs::write(&file, text).unwrap();
        data.fails(&["--lang", "en", "import", "--person", "ada", file.to_str().unwrap()]).1
    };
    let bank = said(
        "compte.csv",
        "Date;Libellé;Débit;Crédit\n03/01/2025;CB;45,20;\n25/01/2025;VIR;;21,00\n".as_bytes(),
    );
    let table = "a table with 4 columns (Date, Libellé, Débit, Crédit) that looks like a bank's export";
    assert!(bank.contains(table) && bank.contains("mesinfos map "), "{bank}");
    // Texts of a file cannot write on the terminal, or fill it.
    let hostile =
        format!("Quand;Com\u{202e}bien;{}\n13/01/2026;5,20;x\n14/01/2026;12,00;y\n", "x".repeat(5_000));
    let hostile = said("hostile.csv", hostile.as_bytes());
    assert!(hostile.contains("a table with 3 columns (Quand, "), "{hostile}");
    assert!(!hostile.contains('\u{202e}') && hostile.len() < 2_000, "{hostile}");
    let none = said("photo.bin", &[0, 159, 146, 150, 7, 7, 7]);
    assert!(none.contains("mesinfos formats") && !none.contains("this is a table"), "{none}");
}
