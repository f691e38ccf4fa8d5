//! Excluded rows, through the doors.

use crate::http::Server;
use crate::support::{Data, app, sample};
use serde_json::{Value, json};

const WHO: &str = "camille";

fn given() -> Data {
    let data = Data::new();
    data.ok(&["import", "--person", WHO, sample("banque.json").to_str().unwrap()]);
    data.ok(&["import", "--person", WHO, sample("telephone.json").to_str().unwrap()]);
    data.ok(&["install", app("budget").to_str().unwrap()]);
    data
}

fn grant(data: &Data, more: &[&str]) -> Value {
    data.ok(&[&["grant", "--person", WHO, "budget"], more].concat())
}

fn excluded(grant: &Value) -> &Value {
    &grant["scope"]["bank"]["excluded"]
}

fn spent(data: &Data) -> String {
    data.view(&["run", "--person", WHO, "--today", "2026-11-01", "budget"]).to_string()
}

#[test]
fn what_is_left_out_stays_out_until_the_grant_is_withdrawn() {
    let data = given();
    let all = grant(&data, &[]);
    let fields = |grant: &Value| grant["scope"]["bank"]["fields"].to_string();
    assert!(excluded(&all).is_null() && fields(&all).contains("balance"));
    let whole = spent(&data);
    let rows = data.ok(&["rows", "--person", WHO, "bank", "--limit", "3"])["rows"].take();
    let id = rows[2]["id"].as_str().unwrap();
    let without = grant(&data, &["--without", id]);
    assert_eq!(excluded(&without), &json!([id]));
    assert!(!fields(&without).contains("balance"), "a balance reveals the rows before it");
    let less = spent(&data);
    assert_ne!(whole, less);
    // A new grant, as after an update, and a narrower one both keep the exclusion.
    assert_eq!(excluded(&grant(&data, &[])), &json!([id]));
    assert_eq!(spent(&data), less);
    let other = rows[0]["id"].as_str().unwrap();
    data.ok(&["pause", "--person", WHO, "budget"]);
    data.ok(&["narrow", "--person", WHO, "budget", "--category", "bank", "--without", other]);
    let resumed = data.ok(&["resume", "--person", WHO, "budget"]);
    assert_eq!(excluded(&resumed).as_array().unwrap().len(), 2, "a paused grant is narrowed too");
    // Undoing the import reports the apps for which its rows were excluded.
    assert_eq!(data.ok(&["undo", "--person", WHO, "1"])["left_out_for"], json!(["budget"]));
    data.ok(&["revoke", "--person", WHO, "budget"]);
    assert!(excluded(&grant(&data, &[])).is_null());
}

#[test]
fn a_slip_does_not_pass_for_a_row_that_is_left_out() {
    let data = given();
    let fails = |more: &[&str]| {
        let (code, words) = data.fails(&[&["grant", "--person", WHO, "budget"], more].concat());
        assert!(!words.is_empty());
        code
    };
    let phone = data.ok(&["rows", "--person", WHO, "telecom", "--limit", "1"])["rows"][0]["id"].clone();
    for slip in ["9.9.9", "1.0.999999", phone.as_str().unwrap(), "1.0", "x"] {
        fails(&["--category", "bank", "--without", slip]);
    }
    let bank = data.ok(&["rows", "--person", WHO, "bank", "--limit", "1"])["rows"][0]["id"].clone();
    let id = bank.as_str().unwrap();
    fails(&["--category", "bank", "--without", id, "--fields", "amount,balance"]);
    let server = Server::on(&data);
    let component = server.ask("GET", "/api/apps", b"").json()[0]["component"].clone();
    let ask = |categories: Value| {
        let body = json!({ "app": "budget", "component": component, "categories": categories });
        server.ask_json("POST", &format!("/api/people/{WHO}/grants"), &body).status
    };
    assert_eq!(ask(json!([{ "category": "bank" }, { "category": "bank", "without": [id] }])), 422, "twice");
    assert_eq!(ask(json!([{ "category": "bank", "without": ["9.9.9"] }])), 422);
    assert_eq!(ask(json!([{ "category": "bank", "without": ["no id"] }])), 400);
    assert_eq!(ask(json!([{ "category": "bank", "without": [id] }])), 200);
}

/// Concurrent grants and withdrawals of one app leave one grant in force, without any row excluded by one
/// of them, and none after a withdrawal.
#[test]
fn grants_at_the_same_time_leave_one_in_force_and_what_is_left_out_out() {
    let data = given();
    let row = data.ok(&["rows", "--person", WHO, "bank", "--limit", "1"])["rows"][0]["id"].clone();
    let server = Server::on(&data);
    let component = server.ask("GET", "/api/apps", b"").json()[0]["component"].clone();
    let path = format!("/api/people/{WHO}/grants");
    for round in 0..60 {
        let give = |without: Value| {
            let categories = json!([{ "category": "bank", "without": without }]);
            let body = json!({ "app": "budget", "component": component, "categories": categories });
            server.ask_json("POST", &path, &body)
        };
        std::thread::scope(|scope| {
            let all =
                [json!([row]), json!([]), json!([])].map(|without| scope.spawn(|| give(without).status));
            for one in all {
                assert_eq!(one.join().unwrap(), 200, "round {round}");
            }
        });
        let open: Vec<Value> = server.ask("GET", &path, b"").json().as_array().unwrap().clone();
        let open: Vec<&Value> = open.iter().filter(|grant| grant["state"] == "given").collect();
        assert_eq!(open.len(), 1, "round {round}");
        assert_eq!(open[0]["scope"]["bank"]["excluded"], json!([row]), "round {round}");
        if round % 10 == 9 {
            assert_eq!(server.ask("DELETE", &format!("{path}/budget"), b"").status, 200);
            let run = server.ask_json("POST", "/api/runs", &json!({ "person": WHO, "app": "budget" }));
            assert_eq!(run.status, 403, "round {round}");
        }
    }
    assert_eq!(server.ask("GET", &format!("/api/people/{WHO}/audit/verify"), b"").status, 200);
}

/// Crédit Mutuel's statement of three payments in January 2026, after a first balance in euros; with a fourth payment,
/// the balances of the others move.
fn statement(first: i64, day_of_value: u32) -> String {
    let line = |day: u32, label: &str, amount: i64, balance: i64| {
        format!("{day:02}/01/2026;{:02}/01/2026;-{amount},00;;{label};{balance},00\n", day.max(day_of_value))
    };
    let secret = line(5, "CARTE SECRET", 77, first - 77);
    let (before, after) = (line(3, "CARTE PAUL", 10, first), line(9, "CARTE MAX", 5, first - 82));
    format!("Date;Date de valeur;Débit;Crédit;Libellé;Solde\n{before}{secret}{after}")
}

/// A row that is left out stays out in every row that stands for it, whatever is imported and undone, in any order.
#[test]
fn what_is_left_out_stays_out_in_its_other_versions() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let files = tempfile::tempdir().unwrap();
    let put = |name: &str, text: String| {
        let path = files.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // Another balance, and another day of value: a version by its name, and one by its values.
    let versions = [statement(1_000, 1), statement(990, 1), statement(990, 8)];
    let paths: Vec<String> =
        (0_usize..).zip(versions).map(|(number, text)| put(&format!("{number}.csv"), text)).collect();
    // Imports, "x" for the exclusion of the row, and undos of the imports made so far, from 1.
    for steps in ["0x1-1", "01x-2", "01x2-2", "0x12-3-2", "0x2-1", "1x2-2", "0x1-2", "01x2-3-2"] {
        let who = format!("p{}", steps.replace('-', "u"));
        let mut is_left_out = false;
        let mut numbers: Vec<String> = Vec::new();
        let mut marks = steps.chars();
        while let Some(mark) = marks.next() {
            match mark {
                'x' => {
                    let rows = data.ok(&["rows", "--person", &who, "bank", "--limit", "100"])["rows"].take();
                    let is_it = |row: &&Value| row.to_string().contains("SECRET");
                    let of: Vec<&str> = rows
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter(is_it)
                        .map(|row| row["id"].as_str().unwrap())
                        .collect();
                    assert_eq!(of.len(), 1, "{steps}");
                    data.ok(&["grant", "--person", &who, "budget", "--category", "bank", "--without", of[0]]);
                    is_left_out = true;
                }
                '-' => {
                    let at = marks.next().unwrap().to_digit(10).unwrap() as usize - 1;
                    data.ok(&["undo", "--person", &who, &numbers[at]]);
                }
                file => {
                    let path = &paths[file.to_digit(10).unwrap() as usize];
                    let done = data.ok(&["import", "--person", &who, path]);
                    numbers.push(done["imports"][0]["import"].to_string());
                }
            }
            if is_left_out {
                let view =
                    data.view(&["run", "--person", &who, "--today", "2026-02-01", "budget"]).to_string();
                // The payment itself, and the sums with it: of the others once, and twice.
                for leaked in ["SECRET", "7700", "9200", "10700"] {
                    assert!(!view.contains(leaked), "{steps}, after {mark}: {leaked} in {view}");
                }
                data.ok(&["audit", "verify", "--person", &who]);
            }
        }
    }
}
