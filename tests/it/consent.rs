//! An app sees only the granted data.

use crate::support::{Data, app, sample};
use serde_json::{Value, json};

const RUN: [&str; 4] = ["run", "conso", "--person", "camille"];

/// Rows of energy read by the last run, from its audit entry.
fn rows_read(data: &Data) -> u64 {
    let entries = data.ok(&["audit", "--person", "camille"]);
    let last = entries.as_array().unwrap().iter().rfind(|entry| entry["event"]["kind"] == "ran");
    last.unwrap()["event"]["reads"][0]["rows"].as_u64().unwrap()
}

#[test]
fn without_a_grant_nothing_starts_and_the_missing_one_is_named() {
    let data = Data::with("conso", &["electricite.csv"]);
    let (code, message) = data.fails(&RUN);
    assert_eq!(code, "not-granted");
    assert!(message.contains("energy") && message.contains("mesinfos grant conso"), "{message}");
}

#[test]
fn a_window_a_grain_and_a_withdrawal_hold() {
    let data = Data::with("conso", &["electricite.csv"]);
    let grant = ["grant", "conso", "--person", "camille", "--category", "energy"];
    data.ok(&grant);
    let view = data.view(&RUN);
    assert!(view["pages"][0]["sections"].as_array().unwrap().len() >= 3);
    let all = rows_read(&data);
    assert_eq!(all, 2_826);

    data.ok(&[&grant[..], &["--period", "2026-02"]].concat());
    data.ok(&RUN);
    assert!((1_300..=28 * 48).contains(&rows_read(&data)), "only February");

    data.ok(&[&grant[..], &["--period", "2026-02", "--granularity", "daily"]].concat());
    let view = data.view(&RUN);
    assert_eq!(rows_read(&data), 28, "days, not half-hours");
    assert!(view.to_string().contains("ne sont pas heure par heure"));

    data.ok(&["revoke", "conso", "--person", "camille"]);
    let (code, message) = data.fails(&RUN);
    assert_eq!(code, "not-granted");
    assert!(message.contains("withdrew"), "{message}");
}

/// What the dictionary calls a category and a granularity is understood, in both languages.
#[test]
fn categories_and_granularities_are_typed_in_words() {
    let data = Data::with("conso", &["electricite.csv"]);
    let grant = |category, granularity| {
        data.ok(&[
            "grant",
            "conso",
            "--person",
            "camille",
            "--category",
            category,
            "--granularity",
            granularity,
        ]);
        data.ok(&RUN);
        rows_read(&data)
    };
    assert_eq!(grant("énergie", "exact"), 2_826);
    let days = grant("energy", "daily");
    for (category, granularity) in
        [("Relevés d’énergie", "par jour"), ("energie", "jour"), ("energy readings", "by the day")]
    {
        assert_eq!(grant(category, granularity), days, "{category}, {granularity}");
    }
    let person = ["conso", "--person", "camille"];
    let (_, words) = data.fails(&[&["grant"][..], &person, &["--granularity", "par an"]].concat());
    assert!(words.contains("rounded") && words.contains("by the day"), "{words}");
    let (_, words) = data.fails(&[&["grant"][..], &person, &["--category", "argent"]].concat());
    assert!(words.contains("bank (bank transactions)"), "{words}");
}

/// Data that is there without the fields that an app needs is not called missing.
#[test]
fn a_grant_without_the_fields_that_an_app_needs_says_so() {
    let data = Data::with("conso", &["electricite.csv"]);
    data.ok(&["grant", "conso", "--person", "camille", "--fields", "energy"]);
    let (code, words) = data.fails(&RUN);
    assert_eq!(code, "needs-data");
    assert!(
        words.contains("Your grant withholds fields that this app asks for: energy readings ("),
        "{words}"
    );
    assert!(words.contains("start") && !words.contains("is missing"), "{words}");
}

#[test]
fn pausing_narrowing_and_refused_widening() {
    let data = Data::with("conso", &["electricite.csv"]);
    let person = ["conso", "--person", "camille"];
    let verb = |verb: &'static str, more: &[&'static str]| [&[verb][..], &person, more].concat();
    data.ok(&verb("grant", &["--period", "2026-01"]));
    data.ok(&verb("pause", &[]));
    assert_eq!(data.fails(&RUN).0, "not-granted");
    data.ok(&verb("resume", &[]));
    data.ok(&RUN);
    data.ok(&verb("narrow", &["--granularity", "daily"]));
    data.ok(&RUN);
    assert_eq!(rows_read(&data), 31);
    assert_eq!(data.fails(&verb("narrow", &["--period", "2026"])).0, "consent");
    assert_eq!(data.fails(&verb("narrow", &["--granularity", "raw"])).0, "consent");
}

/// Narrowing everything given, or a paused grant, removes something or changes nothing.
#[test]
fn narrowing_takes_something_away() {
    let data = Data::with("empreinte", &["electricite.csv", "banque.json"]);
    let person = ["empreinte", "--person", "camille"];
    let verb = |verb: &'static str, more: &[&'static str]| [&[verb][..], &person, more].concat();
    data.ok(&verb("grant", &["--period", "2026"]));
    let events = || data.ok(&["audit", "--person", "camille"]).as_array().unwrap().len();
    let before = events();
    for nothing in [&[][..], &["--period", "2026"], &["--category", "bank", "--granularity", "raw"]] {
        let (code, words) = data.fails(&verb("narrow", nothing));
        assert_eq!(code, "bad-grant", "{nothing:?}");
        assert!(words.contains("Nothing was changed") && words.contains("--drop"), "{words}");
    }
    assert_eq!(events(), before, "nothing is logged");
    let dropped = data.ok(&verb("narrow", &["--drop", "bank, mobility"]));
    let given: Vec<&String> = dropped["scope"].as_object().unwrap().keys().collect();
    assert_eq!(given, ["energy", "profile"]);
    assert_eq!(data.fails(&verb("narrow", &["--drop", "bank"])).0, "bad-grant", "not given any more");
    let (_, words) = data.fails(&verb("narrow", &["--drop", "energy,profile"]));
    assert!(words.contains("mesinfos revoke"), "{words}");
    data.ok(&verb("pause", &[]));
    assert!(data.fails(&verb("pause", &[])).1.contains("already paused; nothing was changed"));
    data.ok(&verb("narrow", &["--period", "2026-02"]));
    let resumed = data.ok(&verb("resume", &[]));
    assert_eq!(resumed["scope"]["energy"]["period"]["from"], "2026-02-01");
    assert!(data.fails(&verb("resume", &[])).1.contains("nothing to resume"));
}

/// A choice that fits one of several categories is refused with the way to make it for that one.
#[test]
fn a_choice_for_one_of_several_categories_says_how() {
    let data = Data::with("empreinte", &["electricite.csv"]);
    let person = ["empreinte", "--person", "camille"];
    let (code, words) = data.fails(&[&["grant"][..], &person, &["--granularity", "monthly"]].concat());
    assert_eq!(code, "bad-grant");
    assert!(words.contains("mesinfos narrow empreinte --person camille --category"), "{words}");
    data.ok(&[&["grant"][..], &person].concat());
    let (_, words) = data.fails(&[&["narrow"][..], &person, &["--granularity", "monthly"]].concat());
    assert!(words.contains("--category energy"), "{words}");
    data.ok(&[&["narrow"][..], &person, &["--category", "energy", "--granularity", "monthly"]].concat());
}

/// A new grant that replaces another reports their differences. A grant that matches no rows reports that,
/// both when it is given and when the app lacks the data.
#[test]
fn a_grant_says_how_it_differs_and_what_it_misses() {
    let data = Data::with("budget", &["banque.json"]);
    let grant = |more: &[&str]| data.ok(&[&["grant", "budget", "--person", "camille"], more].concat());
    let run = ["run", "budget", "--person", "camille"];
    let first = grant(&["--until", "2036-12-31"]);
    assert_eq!((&first["longer"], &first["unmatched"]), (&json!(null), &json!(null)));
    let endless = grant(&[]);
    assert_eq!((&endless["longer"], &endless["wider"]), (&json!(true), &json!(null)));
    let none = grant(&["--period", "1999"]);
    assert_eq!((&none["narrower"], &none["unmatched"]), (&json!(["bank"]), &json!(["bank"])));
    let (code, words) = data.fails(&run);
    assert_eq!(code, "needs-data");
    assert!(words.contains("not covered by your grant: bank transactions (1999)"), "{words}");
    assert!(words.contains("mesinfos grants --person camille"), "{words}");
    // The log and the app see the same as for a vault without such rows.
    let entries = data.ok(&["audit", "--person", "camille"]);
    let last = entries.as_array().unwrap().iter().rfind(|entry| entry["event"]["kind"] == "ran").unwrap();
    assert_eq!(last["event"]["outcome"], "needs-data");
    data.ok(&["undo", "1", "--person", "camille"]);
    let (_, words) = data.fails(&run);
    assert!(words.contains("data that is missing: bank transactions"), "{words}");
}

/// Grants given in the same second are listed in the order in which they were given.
#[test]
fn grants_are_listed_in_their_order() {
    let data = Data::with("budget", &["banque.json"]);
    let given: Vec<Value> =
        (0..6).map(|_| data.ok(&["grant", "budget", "--person", "camille"])["id"].clone()).collect();
    let listed = data.ok(&["grants", "--person", "camille"]);
    let ids: Vec<Value> = listed.as_array().unwrap().iter().map(|grant| grant["id"].clone()).collect();
    assert_eq!(ids, given);
}

#[test]
fn fields_may_have_spaces_between_them() {
    let data = Data::with("budget", &["banque.json"]);
    let grant = |fields: &str| {
        ["grant", "budget", "--person", "camille", "--category", "bank", "--fields", fields]
            .map(str::to_owned)
    };
    let fields = |arguments: [String; 8]| data.ok(&arguments.each_ref().map(String::as_str))["scope"].clone();
    assert_eq!(fields(grant("amount, currency")), fields(grant("amount,currency")));
}

#[test]
fn a_field_that_is_not_granted_is_empty() {
    let data = Data::with("budget", &["banque.json"]);
    let grant = ["grant", "budget", "--person", "camille", "--category", "bank", "--fields"];
    data.ok(&[&grant[..], &["booked-on,amount,currency"]].concat());
    let view = data.view(&["run", "budget", "--person", "camille"]).to_string();
    assert!(!view.contains("LOYER"), "labels were not granted");
    data.ok(&["grant", "budget", "--person", "camille"]);
    let view = data.view(&["run", "budget", "--person", "camille"]).to_string();
    assert!(view.contains("LOYER"));
}

#[test]
fn a_refused_optional_category_looks_like_an_absence() {
    let data = Data::with("hostile-apps/misbehave", &["banque.json"]);
    let run = ["run", "misbehave", "--person", "camille"];
    data.ok(&["grant", "misbehave", "--person", "camille"]);
    assert_eq!(data.view(&run)["headline"], "rows: 194");
    data.ok(&["import", "--person", "dominique", sample("telephone.json").to_str().unwrap()]);
    data.ok(&["grant", "misbehave", "--person", "dominique"]);
    let absent = data.view(&["run", "misbehave", "--person", "dominique"]);
    assert_eq!(absent["headline"], "rows: 0");
}

#[test]
fn what_the_code_calls_is_what_the_component_imports() {
    let data = Data::new();
    let apps: [(&str, &[(&str, &str)]); 3] = [
        (
            "budget",
            &[(
                "bank",
                "account amount balance bank-category booked-on currency kind label merchant-category status",
            )],
        ),
        ("conso", &[("energy", "commodity direction duration energy meter series start utc-offset")]),
        (
            "forfait",
            &[
                ("bills", "amount currency issued-on kind row service vendor"),
                ("contracts", "currency holder kind premium premium-period product row status"),
                ("telecom", "at bytes direction duration line messages peer-kind roaming service utc-offset"),
            ],
        ),
    ];
    for (name, categories) in apps {
        let check = data.ok(&["check", app(name).to_str().unwrap()]);
        assert_eq!(check["ok"], true);
        assert_eq!(check["categories"].as_array().unwrap().len(), categories.len(), "{name}");
        for (category, fields) in categories {
            let mut asked: Vec<&str> =
                check["fields"][category].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
            asked.sort_unstable();
            assert_eq!(asked.join(" "), *fields, "{name}");
        }
    }
}

#[test]
fn a_component_of_another_toolchain_gets_its_manifest() {
    let data = Data::new();
    let app = crate::forge::reader("other", "(i32.const 64)");
    let file = |name: &str, bytes: &[u8]| {
        let path = data.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let (bare, module) = (file("bare.wasm", &app.bare()), file("module.wasm", b"\0asm\x01\0\0\0"));
    let (folder, output) = (data.path().to_str().unwrap(), file("other.wasm", b""));
    let build =
        |component: &str| ["build", folder, "--component", component, "--output", &output].map(str::to_owned);
    let words = |component: &str| data.fails(&build(component).each_ref().map(String::as_str)).1;
    assert!(words(&bare).contains("has no mesinfos.toml"));
    file("mesinfos.toml", app.manifest().as_bytes());
    assert!(words(&module).contains("is not a WebAssembly component"));
    data.ok(&build(&bare).each_ref().map(String::as_str));
    assert_eq!(std::fs::read(&output).unwrap(), app.component());
    assert_eq!(data.ok(&["check", &output])["ok"], true);
}

#[test]
fn a_receipt_is_replayed_and_the_audit_chain_holds() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    data.ok(&["run", "budget", "--person", "camille"]);
    let receipts = data.ok(&["receipts", "--person", "camille"]);
    let id = receipts[0]["id"].as_str().unwrap().to_owned();
    // A later import does not change the data visible to a replay.
    data.ok(&["import", "--person", "camille", sample("telephone.json").to_str().unwrap()]);
    let replayed = data.ok(&["replay", &id, "--person", "camille"]);
    assert_eq!(replayed["identical"], true);
    let verified = data.ok(&["audit", "verify", "--person", "camille"]);
    assert!(verified["entries"].as_u64().unwrap() >= 5);
}

#[test]
fn importing_twice_adds_nothing_and_a_canary_is_nowhere() {
    let data = Data::new();
    let file = data.path().join("source.json");
    let canary = "CANARY-7f3a91";
    std::fs::write(
        &file,
        format!(
            r#"[{{"docType":"bankoperation","date":"2026-03-08T00:00:00.000Z","amount":-22.28,"raw":"{canary}","title":"{canary}","bankAccount":"{canary}"}}]"#
        ),
    )
    .unwrap();
    let import = ["import", "--person", "camille", file.to_str().unwrap()];
    assert_eq!(data.ok(&import)["imports"][0]["categories"][0]["accepted"], 1);
    let again = &data.ok(&import)["imports"][0]["categories"][0];
    assert_eq!((&again["accepted"], &again["duplicates"]), (&0.into(), &1.into()));
    std::fs::remove_file(&file).unwrap();
    for path in data.files() {
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!found, "{}", path.display());
        assert!(!path.to_string_lossy().contains("camille"));
    }
    data.ok(&["erase", "--person", "camille", "--yes"]);
    assert_eq!(data.fails(&["audit", "--person", "camille"]).0, "no-such-person");
    assert_eq!(data.ok(&["people"]), serde_json::json!([]));
}

#[test]
fn the_same_run_in_another_process_gives_the_same_bytes() {
    for (name, file) in
        [("budget", "banque.json"), ("conso", "electricite.csv"), ("forfait", "telephone.json")]
    {
        let data = Data::with(name, &[file]);
        data.ok(&["grant", name, "--person", "camille"]);
        let run = ["run", name, "--person", "camille", "--today", "2026-11-24"];
        let first = data.view(&run).to_string();
        assert!(first.contains("pages"));
        for _ in 0..3 {
            assert_eq!(data.view(&run).to_string(), first, "{name}");
        }
    }
}
