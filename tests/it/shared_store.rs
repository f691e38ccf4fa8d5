//! A person's whole way on a store outside the data folder: PostgreSQL.

use crate::http;
use crate::server::Server;
use crate::support::{Data, app, sample};

/// Arguments on a store.
fn on<'a>(store: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [&["--store", store], arguments].concat()
}

#[test]
fn a_person_lives_on_postgresql() {
    let server = Server::start();
    let (data, store) = (Data::new(), server.text(5432));
    let statement = sample("banque.json");
    let import = on(&store, &["import", "--person", "camille", statement.to_str().unwrap()]);
    let (_, words) = data.fails(&import);
    assert!(words.contains("contains no store"), "{words}");

    assert_eq!(data.ok(&on(&store, &["store", "init"]))["created"], true);
    assert_eq!(data.ok(&on(&store, &["store", "init"]))["created"], false);
    let state = data.ok(&on(&store, &["store", "check"]));
    assert_eq!((&state["mode"], &state["format"]), (&"open".into(), &1.into()), "{state}");

    data.ok(&import);
    data.ok(&on(&store, &["install", app("budget").to_str().unwrap()]));
    data.ok(&on(&store, &["grant", "budget", "--person", "camille"]));
    let ran = data.ok(&on(&store, &["run", "budget", "--person", "camille"]));
    assert!(ran["view"].is_object(), "{ran}");
    assert_eq!(data.ok(&on(&store, &["audit", "verify", "--person", "camille"]))["ok"], true);
    assert!(!data.path().join("store").exists(), "the data folder has no store");
    let of_persons = || -> usize {
        let schemas = server.sql(
            "select schema_name from information_schema.schemata where schema_name ~ '^s[0-3][0-9a-f]$'",
        );
        assert_eq!(schemas.len(), 64);
        let records = |schema: &String| {
            let count = format!(
                "select (select count(*) from {schema}.record) + (select count(*) from {schema}.chunk)"
            );
            server.sql(&count)[0].parse::<usize>().unwrap()
        };
        schemas.iter().map(records).sum()
    };
    assert!(of_persons() > 10);

    // A host beside the command, on the same store.
    let host = http::Server::with(&data, &["--store", &store]);
    let ready = host.send("GET", "/readyz", &[], b"");
    assert_eq!((ready.status, &ready.json()["ready"]), (200, &true.into()));
    let people = data.ok(&on(&store, &["people"]));
    assert_eq!(people, serde_json::json!(["camille"]), "while the server runs: {people}");

    data.ok(&on(&store, &["erase", "--person", "camille", "--yes"]));
    assert_eq!(of_persons(), 0, "nothing of the person is left");

    // The operator closes the store.
    server.sql("update mesinfos.gate set mode = 'read-only'");
    let (_, words) = data.fails(&import);
    assert!(words.contains("closed the store to changes"), "{words}");
    server.sql("update mesinfos.gate set mode = 'closed'");
    let (_, words) = data.fails(&on(&store, &["people"]));
    assert!(words.contains("closed the store"), "{words}");
    server.sql("update mesinfos.gate set mode = 'open'");

    // Another data folder has not the keys, and makes none.
    let elsewhere = Data::new();
    assert_eq!(elsewhere.fails(&on(&store, &["people"])).0, "no-keys");
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn an_address_is_refused_without_its_secret() {
    let data = Data::new();
    let (_, words) = data.fails(&["--store", "postgres://mi:sesame@localhost/mi", "people"]);
    assert!(words.contains("contains a password") && !words.contains("sesame"), "{words}");
    let (_, words) = data.fails(&["--store", "postgres://mi@/mi?host=/nowhere", "doctor"]);
    assert!(words.contains("leave out --store"), "{words}");
    let (_, words) = data.fails(&["store", "check"]);
    assert!(words.contains("No store is named"), "{words}");
    let file = data.path().join("password");
    std::fs::write(&file, "sesame\n").unwrap();
    let address = "postgres://mi@/mi?host=/nowhere";
    let (_, words) = data.fails(&["--store", address, "--store-password", file.to_str().unwrap(), "people"]);
    assert!(words.contains("takes writes") && !words.contains("sesame"), "{words}");
}
