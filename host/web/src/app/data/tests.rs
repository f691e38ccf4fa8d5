//! The pages of a person's own rows, as a browser gets them.

use super::testing::{Site, statement};
use mesinfos_platform::identity::Role;
use std::collections::BTreeSet;

/// Links to rows on a page.
fn rows(page: &str) -> Vec<String> {
    let links = page.split("href=\"/data/money/bank/").skip(1).map(|rest| rest.split('"').next().unwrap());
    links.filter(|link| link.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_person_finds_their_rows_page_by_page() {
    let site = Site::new();
    let alice = site.tester("alice");
    let empty = alice.get("/data").await;
    assert!(empty.status == 200 && empty.text().contains("Rien encore dans votre coffre"));
    for path in ["/data/money", "/data/money/bank"] {
        assert!(alice.get(path).await.text().contains("Rien encore ici"), "{path}");
    }
    assert_eq!(alice.upload("/add", &[("a.json", &statement("2025-01-01", 120))]).await.status, 303);
    let all = alice.get("/data").await.text();
    assert!(all.contains("120 lignes") && all.contains("href=\"/data/money\""));
    let money = alice.get("/data/money").await.text();
    assert_eq!(rows(&money).len(), 5, "the newest");
    assert!(money.contains("30\u{a0}avril 2025") && money.contains("Rien encore\u{a0}: factures"), "{money}");
    let mut seen = Vec::new();
    for page in 1..=5 {
        let text = alice.get(&format!("/data/money/bank?page={page}")).await.text();
        seen.extend(rows(&text));
        assert_eq!(text.contains("rel=\"next\""), page < 5);
        assert_eq!(text.contains("rel=\"prev\""), page > 1);
    }
    assert_eq!(seen.len(), 120);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 120);
    assert!(alice.get("/data/money/bank?page=6").await.text().contains("plus rien sur cette page"));
    // Filters.
    let april = alice.get("/data/money/bank?from=2025-04-01&to=2025-04-10").await.text();
    assert!(rows(&april).len() == 10 && april.contains("10 lignes"), "{april}");
    assert_eq!(rows(&alice.get("/data/money/bank?q=achat+119").await.text()), seen[..1]);
    assert!(alice.get("/data/money/bank?q=zzz").await.text().contains("Aucune ligne ne correspond"));
    assert!(alice.get("/data/money/bank?from=demain").await.text().contains("n’est pas une date"));
    // One row.
    let row = alice.get(&format!("/data/money/bank/{}", seen[0])).await;
    let text = row.text();
    assert!(row.status == 200 && text.contains("ACHAT 119") && text.contains("−119,50\u{a0}€"), "{text}");
    assert!(
        text.contains("a.json") && text.contains("entrée 120") && text.contains("href=\"/imports/1\""),
        "{text}"
    );
    assert!(text.contains("Aucune application n’a pu la lire"));
}

#[tokio::test]
async fn rows_are_taken_away_whole() {
    let site = Site::new();
    let alice = site.tester("alice");
    assert_eq!(alice.upload("/add", &[("=a.json", &statement("2025-01-01", 1_200))]).await.status, 303);
    let csv = alice.get("/data/money/bank/export.csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(csv.header("content-disposition"), "attachment; filename*=UTF-8''mesinfos-bank.csv");
    let text = csv.text();
    let lines: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
    assert_eq!(lines.len(), 1 + 1_200);
    assert!(lines[0].starts_with('\u{feff}') && lines[1].contains("2025-01-01"), "{}", lines[1]);
    assert!(lines[1_200].contains("\"-1199,50\"") && lines[1_200].contains("'=a.json"), "{}", lines[1_200]);
    let json = alice.get("/data/money/bank/export.json").await;
    let rows: mesinfos_wire::Rows = serde_json::from_slice(&json.body).unwrap();
    assert_eq!((rows.total, rows.rows.len(), rows.undated_left_out), (1_200, 1_200, 0));
    assert_eq!(rows.rows[7].file, "=a.json");
    assert!(rows.rows.is_sorted_by_key(|row| row.place), "oldest first");
    // What the command prints has the same form.
    let asked = mesinfos_platform::RowsAsked {
        period: mesinfos_model::Period::ALL,
        undated: true,
        limit: usize::MAX,
    };
    let caller = alice.caller.as_ref().unwrap();
    let printed = site.platform.rows(caller, mesinfos_model::Category::Bank, &asked).unwrap();
    assert_eq!(rows, mesinfos_wire::Rows::from(&printed));
    let some = alice.get("/data/money/bank/export.json?from=2025-01-01&to=2025-01-31&q=achat+1").await;
    let some: mesinfos_wire::Rows = serde_json::from_slice(&some.body).unwrap();
    assert_eq!(some.total, 12, "1, 10 to 19, and 21");
    assert_eq!(alice.get("/data/money/bank/export.csv?from=x").await.status, 400);
    let none = alice.get("/data/energy/energy/export.json").await;
    assert_eq!(serde_json::from_slice::<mesinfos_wire::Rows>(&none.body).unwrap().total, 0);
}

#[tokio::test]
async fn what_is_not_there_is_one_404() {
    let site = Site::new();
    let (alice, bruno) = (site.tester("alice"), site.tester("bruno"));
    let developer = site.invited(Role::Developer, "chloe");
    assert_eq!(alice.upload("/add", &[("secret-name.json", &statement("2025-01-01", 3))]).await.status, 303);
    assert_eq!(alice.get("/data/money/bank/1.0.1").await.status, 200);
    let nothing = alice.get("/nothing-at-all").await.main();
    let not_there = [
        "/data/nothing",
        "/data/MONEY",
        "/data/money/energy",
        "/data/money/nothing",
        "/data/money/bank/0.0.0",
        "/data/money/bank/1.0.4",
        "/data/money/bank/1.0",
        "/data/money/bank/1.0.1.1",
        "/data/money/bank/-1.0.1",
        "/data/money/bank/1.0.18446744073709551616",
        "/data/money/bank/%00",
        "/data/money/bank/..%2F..",
        "/data/money/bank/%3Cscript%3E",
        "/data/money/bills/1.0.1",
        "/data/energy/energy/1.0.1",
        "/data/money/bank/1.0.1/file",
        "/data/papers/documents/1.0.1/file",
        "/data/nothing/bank/export.csv",
        "/data/money/energy/export.json",
        "/data/money/bank?q=%FF",
        "/imports/0",
        "/imports/2",
        "/imports/x",
        "/imports/-1",
        "/imports/18446744073709551616",
    ];
    for path in not_there {
        let answer = alice.get(path).await;
        assert_eq!((answer.status, answer.main() == nothing), (404, true), "{path}");
    }
    // What is Alice's is not there for others.
    for (browser, is_tester) in [(&bruno, true), (&developer, false)] {
        for path in ["/data/money/bank/1.0.1", "/imports/1"] {
            let answer = browser.get(path).await;
            assert_eq!((answer.status, answer.main() == nothing), (404, true), "{path}");
        }
        assert_eq!(browser.post("/imports/1/undo", "").await.status, 404);
        for path in
            ["/data", "/data/money", "/data/money/bank", "/data/money/bank/export.csv", "/imports", "/add"]
        {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, if is_tester { 200 } else { 404 }, "{path}");
            assert!(!answer.text().contains("ACHAT") && !answer.text().contains("secret-name"), "{path}");
        }
    }
    assert_eq!(alice.get("/data/money/bank/1.0.1").await.status, 200, "nobody undid it");
    let nobody = site.nobody();
    for path in ["/data", "/data/money/bank/1.0.1", "/data/money/bank/export.csv", "/imports/1", "/add"] {
        let answer = nobody.get(path).await;
        assert_eq!((answer.status, answer.location().starts_with("/sign-in?next=")), (303, true), "{path}");
    }
}

#[tokio::test]
async fn payments_with_one_label_are_filed_together() {
    let site = Site::new();
    let alice = site.tester("alice");
    let row = |day: u32, label: &str| {
        format!(
            r#"{{"docType":"bankoperation","date":"2025-03-{day:02}T00:00:00.000Z","amount":-{day}.5,
                "raw":"{label}","title":"{label}","bankAccount":"a"}}"#
        )
    };
    let labels = ["CHEZ LÉA", "CHEZ LÉA", "CHEZ LÉA", "CHEZ LÉANDRE"];
    let lines: Vec<String> = (1..).zip(labels).map(|(day, label)| row(day, label)).collect();
    let file = format!("[{}]", lines.join(","));
    assert_eq!(alice.upload("/add", &[("a.json", file.as_bytes())]).await.status, 303);
    let list = rows(&alice.get("/data/money/bank").await.text());
    let at = |row: &str| format!("/data/money/bank/{row}");
    let page = alice.get(&at(&list[1])).await.text();
    let form = page.split("href=\"").find_map(|rest| rest.split_once("/change?key=")).unwrap();
    let key = form.1.split('"').next().unwrap();
    let form = alice.get(&format!("{}/change?key={key}", at(&list[1]))).await.text();
    assert!(form.contains("2 autres lignes") && form.contains("name=\"together\""), "{form}");
    assert!(form.contains("<option value=\"Restaurants\">") && !form.contains("value=\"Groceries\""));
    let body = format!("act=correct&key={key}&v.bank-category=Restaurants");
    // Without the box, one row.
    assert_eq!(alice.post(&format!("{}/change", at(&list[1])), &body).await.status, 303);
    let filed = |page: String| page.contains("Restaurants");
    assert!(filed(alice.get(&at(&list[1])).await.text()) && !filed(alice.get(&at(&list[2])).await.text()));
    // With it, all of the same label: of this row nothing changes any more.
    let page = alice.get(&at(&list[1])).await.text();
    let form = page.split("href=\"").find_map(|rest| rest.split_once("/change?key=")).unwrap();
    let key = form.1.split('"').next().unwrap();
    let body = format!("act=correct&key={key}&v.bank-category=Restaurants&together=on");
    let done = alice.post(&format!("{}/change", at(&list[1])), &body).await;
    assert_eq!(done.status, 303);
    let to = done.headers["location"].to_str().unwrap();
    assert!(to.ends_with("?refiled=2&left=0"), "{to}");
    assert!(alice.get(to).await.text().contains("2 autres lignes de même libellé sont corrigées aussi"));
    for (row, is_filed) in [(1, true), (2, true), (3, true), (0, false)] {
        assert_eq!(filed(alice.get(&at(&list[row])).await.text()), is_filed, "{row}");
    }
}
