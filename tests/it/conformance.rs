//! Conformance of all API operations to the OpenAPI document, with valid and invalid requests: every response
//! is documented and its body matches the schema. The command's output has the same schemas and values.
//! `cargo xtask conformance` does the same with generated requests.

use crate::http::{Answer, Server};
use crate::pages::Browser;
use crate::support::{Data, app, sample};
use mesinfos_model::view::Lang;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Position at which a value violates its schema. Supports only the JSON Schema keywords that the document
/// uses.
fn misfit(document: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    let schema = match schema {
        Value::Bool(true) => return None,
        Value::Bool(false) => return Some(format!("{at}: nothing may be here")),
        schema => schema.as_object().unwrap(),
    };
    let inner = |schema: &Value, value: &Value, at: String| misfit(document, schema, value, &at);
    schema.iter().find_map(|(word, says)| match word.as_str() {
        "$ref" => {
            let pointer = says.as_str().unwrap().strip_prefix('#').unwrap();
            inner(document.pointer(pointer).unwrap(), value, at.to_owned())
        }
        "type" => {
            let known = if says.is_array() { says.as_array().unwrap().clone() } else { vec![says.clone()] };
            let is = |name: &Value| match name.as_str().unwrap() {
                "null" => value.is_null(),
                "boolean" => value.is_boolean(),
                "string" => value.is_string(),
                "array" => value.is_array(),
                "object" => value.is_object(),
                "integer" => value.is_i64() || value.is_u64(),
                "number" => value.is_number(),
                other => panic!("type {other}"),
            };
            (!known.iter().any(is)).then(|| format!("{at}: {value} is not of type {says}"))
        }
        "enum" => {
            let known = says.as_array().unwrap();
            (!known.contains(value)).then(|| format!("{at}: {value} is not one of {says}"))
        }
        "pattern" => {
            let text = value.as_str().unwrap_or_default();
            let numbers = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
            let fits = match says.as_str().unwrap() {
                "^[0-9a-f]{64}$" => {
                    text.len() == 64 && text.bytes().all(|b| b"0123456789abcdef".contains(&b))
                }
                "^[0-9]+\\.[0-9]+\\.[0-9]+$" => text.split('.').filter(|part| numbers(part)).count() == 3,
                other => panic!("pattern {other}"),
            };
            (!fits).then(|| format!("{at}: {value} does not fit {says}"))
        }
        "minimum" => {
            (value.as_f64()? < says.as_f64().unwrap()).then(|| format!("{at}: {value} is under {says}"))
        }
        "maximum" => {
            (value.as_f64()? > says.as_f64().unwrap()).then(|| format!("{at}: {value} is over {says}"))
        }
        "minItems" | "maxItems" => {
            let (length, bound) = (value.as_array()?.len() as u64, says.as_u64().unwrap());
            let is_out = if word == "minItems" { length < bound } else { length > bound };
            is_out.then(|| format!("{at}: {length} items"))
        }
        "uniqueItems" => {
            let all: BTreeSet<String> = value.as_array()?.iter().map(Value::to_string).collect();
            (all.len() < value.as_array()?.len()).then(|| format!("{at}: one item twice"))
        }
        "required" => {
            let missing =
                says.as_array().unwrap().iter().find(|name| value.get(name.as_str().unwrap()).is_none());
            missing.filter(|_| value.is_object()).map(|name| format!("{at}: {name} is missing"))
        }
        "properties" => says
            .as_object()
            .unwrap()
            .iter()
            .find_map(|(name, schema)| inner(schema, value.get(name)?, format!("{at}.{name}"))),
        "additionalProperties" => {
            let named = schema.get("properties");
            let is_other = |name: &&String| named.and_then(|named| named.get(name)).is_none();
            let mut others = value.as_object()?.iter().filter(|(name, _)| is_other(name));
            others.find_map(|(name, value)| inner(says, value, format!("{at}.{name}")))
        }
        "propertyNames" => {
            let mut names = value.as_object()?.keys();
            names.find_map(|name| inner(says, &json!(name), format!("{at}: the name {name}")))
        }
        "prefixItems" => {
            let pairs = says.as_array().unwrap().iter().zip(value.as_array()?).enumerate();
            pairs.into_iter().find_map(|(i, (schema, value))| inner(schema, value, format!("{at}[{i}]")))
        }
        "items" => {
            let first = schema.get("prefixItems").map_or(0, |items| items.as_array().unwrap().len());
            let mut rest = value.as_array()?.iter().enumerate().skip(first);
            rest.find_map(|(i, value)| inner(says, value, format!("{at}[{i}]")))
        }
        "oneOf" => {
            let misfits: Vec<Option<String>> =
                says.as_array().unwrap().iter().map(|schema| inner(schema, value, at.to_owned())).collect();
            match misfits.iter().filter(|misfit| misfit.is_none()).count() {
                1 => None,
                0 => Some(format!("{at}: none of {misfits:?}")),
                several => Some(format!("{at}: {several} of its schemas fit {value}")),
            }
        }
        "allOf" => says.as_array().unwrap().iter().find_map(|schema| inner(schema, value, at.to_owned())),
        "description" | "examples" | "format" | "default" => None,
        other => panic!("{at}: the word {other}"),
    })
}

/// Checks that a response is documented for the operation.
fn told(document: &Value, operation: &Value, answer: &Answer) -> Result<(), String> {
    let status = answer.status.to_string();
    let tells =
        operation["responses"].get(&status).ok_or(format!("the status {status} is not documented"))?;
    let media_type = answer.header("content-type").unwrap_or_default();
    let Some(body) = tells["content"].get(media_type) else {
        return Err(format!("{status}: the media type {media_type} is not documented"));
    };
    if media_type == "application/octet-stream" {
        return Ok(());
    }
    let value: Value = serde_json::from_slice(&answer.body).map_err(|e| format!("{status}: {e}"))?;
    if status.starts_with(['4', '5']) && value["status"] != json!(answer.status) {
        return Err(format!("{status}: the body says {}", value["status"]));
    }
    let headers = tells["headers"].as_object();
    let missing =
        headers.into_iter().flatten().find(|(name, _)| answer.header(&name.to_lowercase()).is_none());
    match (missing, misfit(document, &body["schema"], &value, "$")) {
        (Some((name, _)), _) => Err(format!("{status}: no {name}")),
        (_, misfit) => misfit.map_or(Ok(()), |misfit| Err(format!("{status}: {misfit}"))),
    }
}

/// Values of path parameters: existing ones and unknown ones.
fn parts(data: &Known) -> BTreeMap<&'static str, Vec<String>> {
    let own = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let long = "a".repeat(65);
    BTreeMap::from([
        ("person", own(&["camille", "nobody", "No%20body", "%ff", "%00", ".", "%C3%A9", &long])),
        ("app", own(&["budget", "none", "%ff", "%00", "%2e%2e%2fbudget"])),
        ("receipt", own(&[&data.receipt, "019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51", "none", "%ff"])),
        ("import", own(&["1", "99", "0", "-1", "x", "18446744073709551615", "18446744073709551616", "%ff"])),
        ("component", own(&[&data.release, &data.draft, &"0".repeat(64), "none", "%ff"])),
        ("document", own(&[&data.document, "1.0.2", "9.9.9", "x", "%ff"])),
    ])
}

/// Data about camille created beforehand.
struct Known {
    receipt: String,
    document: String,
    component: String,
    release: String,
    draft: String,
    head: String,
}

/// Query strings, valid and invalid.
fn queries(operation: &Value, known: &Known) -> Vec<String> {
    let mut all = vec![String::new()];
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] == "query" {
            let name = parameter["name"].as_str().unwrap();
            let values: &[&str] = match name {
                "head" => &[&known.head, "00", &"0".repeat(64), "", "%ff"],
                "lang" => &["fr", "en", "de", "", "%ff"],
                "file" => &["x.csv", "", "%00", "%ff", &"n".repeat(5_000)],
                _ => &["true", "false", "maybe", "", "%ff"],
            };
            all.extend(values.iter().map(|value| format!("?{name}={value}")));
            all.push(format!("?{name}=a&{name}=b"));
        }
    }
    all
}

/// Bodies with their media types, valid and invalid.
fn bodies(operation: &Value, known: &Known) -> Vec<(String, Vec<u8>)> {
    let Some(content) = operation["requestBody"]["content"].as_object() else {
        return vec![(String::new(), Vec::new())];
    };
    let (media_type, body) = content.iter().next().unwrap();
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    if media_type != "application/json" {
        // A component that is installed is no draft any more.
        let last = if operation["operationId"] == "upload" { "panier" } else { "budget" };
        let statement = std::fs::read(sample("banque.json")).unwrap();
        for bytes in
            [&b""[..], b"\0\xff nothing that is known", &statement, &std::fs::read(app(last)).unwrap()]
        {
            all.push((media_type.clone(), bytes.to_vec()));
        }
        return all;
    }
    let schema = body["schema"]["$ref"].as_str().unwrap();
    let is_run = schema.ends_with("NewRun");
    let is_grant = schema.ends_with("NewGrant");
    let right = if schema.ends_with("NewState") {
        json!({ "change": "suspended", "reason": "to try" })
    } else if is_run {
        json!({ "person": "camille", "app": "budget", "lang": "en", "params": {} })
    } else {
        json!({ "app": "budget", "component": known.component, "until": 4_102_444_800_i64, "categories":
            [{ "category": "bank", "period": "2026", "fields": ["booked-on", "amount", "currency"],
               "granularity": "raw", "holders": ["MesInfos"], "without": [], "undated": true }] })
    };
    let odd = [
        json!(null),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("\0"),
        json!("9999-99"),
        json!("0001-01-01..9999-12-31"),
        json!([]),
        json!({}),
        json!(true),
        json!([null]),
    ];
    for name in right.as_object().unwrap().keys() {
        let mut without = right.clone();
        without.as_object_mut().unwrap().remove(name);
        all.push((media_type.clone(), without.to_string().into_bytes()));
        for value in &odd {
            let mut wrong = right.clone();
            wrong[name] = value.clone();
            all.push((media_type.clone(), wrong.to_string().into_bytes()));
        }
    }
    if is_grant {
        for name in right["categories"][0].as_object().unwrap().keys() {
            for value in &odd {
                let mut wrong = right.clone();
                wrong["categories"][0][name] = value.clone();
                all.push((media_type.clone(), wrong.to_string().into_bytes()));
            }
        }
    }
    let mut more = right.clone();
    more["more"] = json!(1);
    let all_of_it = right.to_string().into_bytes();
    all.extend(
        [b"".to_vec(), b"{".to_vec(), b"null".to_vec(), b"\xff".to_vec(), more.to_string().into_bytes()]
            .map(|bytes| (media_type.clone(), bytes)),
    );
    all.extend(["", "text/plain", "application/xml"].map(|other| (other.to_owned(), all_of_it.clone())));
    all.push((media_type.clone(), vec![b' '; (1 << 20) + 1]));
    all.push((media_type.clone(), all_of_it));
    all
}

/// Creates the data about camille that all operations need.
fn known(data: &Data, server: &Server) -> Known {
    let paper = server.ask("POST", "/api/people/camille/imports?file=a.pdf", b"%PDF-1.7\n");
    assert_eq!(paper.status, 200, "{}", paper.text());
    let component = server.ask("GET", "/api/apps", b"").json()[0]["component"].as_str().unwrap().to_owned();
    let wasm = [
        ("authorization", format!("Bearer {}", server.token)),
        ("content-type", "application/wasm".to_owned()),
    ];
    let wasm = [(wasm[0].0, wasm[0].1.as_str()), (wasm[1].0, wasm[1].1.as_str())];
    let installed = server.send("POST", "/api/apps", &wasm, &std::fs::read(app("parcours")).unwrap()).json();
    let draft = server.send("POST", "/api/releases", &wasm, &std::fs::read(app("forfait")).unwrap()).json();
    let run = json!({ "person": "camille", "app": "budget" });
    let ran = server.ask_json("POST", "/api/runs", &run).json();
    let listed = server.ask("GET", "/api/people/camille/documents", b"").json();
    let log = server.ask("GET", "/api/people/camille/audit", b"").json();
    assert!(data.path().is_dir());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Known {
        receipt: text(&ran["receipt"]["id"]),
        document: text(&listed[0]["id"]),
        component,
        release: text(&installed["component"]),
        draft: text(&draft["component"]),
        head: text(&log.as_array().unwrap().last().unwrap()["hash"]),
    }
}

/// Paths of an operation, varying one parameter at a time.
fn paths(path: &str, known: &Known) -> Vec<String> {
    let parts = parts(known);
    let mut all = Vec::new();
    let right = |skipped: &str| {
        parts
            .iter()
            .filter(|(name, _)| **name != skipped)
            .fold(path.to_owned(), |path, (name, values)| path.replace(&format!("{{{name}}}"), &values[0]))
    };
    all.push(right(""));
    for (name, values) in &parts {
        if path.contains(&format!("{{{name}}}")) {
            all.extend(values[1..].iter().map(|value| right(name).replace(&format!("{{{name}}}"), value)));
        }
    }
    all
}

#[test]
fn every_answer_is_one_that_the_document_tells_of() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    let server = Server::on(&data);
    let document = server.ask("GET", "/api/openapi.json", b"").json();
    let known = known(&data, &server);
    let deposit = data.ok(&["token", "create", "--scope", "deposit", "--name", "x", "--person", "zoe"]);
    let deposit = format!("Bearer {}", deposit["token"].as_str().unwrap());
    let own = format!("Bearer {}", server.token);

    let mut wrong: BTreeSet<String> = BTreeSet::new();
    let mut seen: BTreeMap<String, BTreeSet<u16>> = BTreeMap::new();
    let (mut tried, mut told_of) = (0, 0);
    // Order: operations that need the most first, then deletions, and the person last.
    let mut operations: Vec<(&String, &String, &Value)> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        operations
            .extend(item.as_object().unwrap().iter().map(|(method, operation)| (path, method, operation)));
    }
    operations.sort_by_key(|(path, method, _)| {
        let is_last = *path == "/api/people/{person}";
        (*method == "delete", is_last, *path == "/api/apps/{app}", path.ends_with("/grants"))
    });
    for (path, method, operation) in operations {
        let name = format!("{method} {path}");
        let mut check = |answer: &Answer, request: &str| {
            tried += 1;
            seen.entry(name.clone()).or_default().insert(answer.status);
            match told(&document, operation, answer) {
                Ok(()) => told_of += 1,
                Err(why) => drop(wrong.insert(format!("{name}: {why} ({request})"))),
            }
            if answer.status >= 500 {
                wrong.insert(format!("{name}: {} ({request})", answer.text()));
            }
        };
        let method = method.to_uppercase();
        let (paths, queries, bodies) =
            (paths(path, &known), queries(operation, &known), bodies(operation, &known));
        let send = |path: &str, bearer: &str, media_type: &str, body: &[u8]| {
            let mut headers = vec![("authorization", bearer)];
            if !media_type.is_empty() {
                headers.push(("content-type", media_type));
            }
            server.send(&method, path, &headers, body)
        };
        // Vary one part of a request at a time and keep the others valid; the most complete body comes last.
        let (media_type, body) = bodies.last().unwrap();
        for query in &queries {
            let path = format!("{}{query}", paths[0]);
            check(&send(&path, &own, media_type, if path.contains("imports") { b"" } else { body }), &path);
        }
        for path in paths.iter().rev() {
            check(&send(path, &own, media_type, body), path);
        }
        for (media_type, body) in &bodies {
            let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            check(&send(&paths[0], &own, media_type, body), &format!("{media_type} {shown}"));
        }
        check(&send(&paths[0], "Bearer mi_none", media_type, body), "no token");
        check(&send(&paths[0], &deposit, media_type, body), "a token for deposits");
        let headers = [("host", "elsewhere.example"), ("authorization", own.as_str())];
        check(&server.send_bare(&method, &paths[0], &headers, body), "another host");
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), Vec::from_iter(wrong).join("\n"));
    assert_eq!((seen.len(), told_of), (28, tried));
    let open_to_depositors = ["get /api/openapi.json", "get /api/formats"];
    for (name, statuses) in &seen {
        for expected in [200, 401, 403, 421] {
            if expected == 403 && open_to_depositors.contains(&name.as_str()) {
                continue;
            }
            assert!(statuses.contains(&expected), "{name} was never {expected}: {statuses:?}");
        }
    }
    assert!(seen["post /api/people/{person}/grants"].is_superset(&[400, 404, 409, 413, 415, 422].into()));
    assert!(
        seen["post /api/runs"].is_superset(&[400, 404, 413, 415, 422].into()),
        "{:?}",
        seen["post /api/runs"]
    );
}

#[test]
fn a_view_with_every_kind_of_block_fits_its_schema() {
    let document: Value = serde_json::from_str(include_str!("../../docs/openapi.json")).unwrap();
    let schema = &document["components"]["schemas"]["View"];
    let view = mesinfos_model::sample::view(Lang::Fr, &str::to_owned);
    let mut view = serde_json::to_value(&view).unwrap();
    assert_eq!(misfit(&document, schema, &view, "$"), None);
    // An invalid view must not match the schema.
    view["pages"][0]["sections"][0]["blocks"][0]["type"] = json!("script");
    assert!(misfit(&document, schema, &view, "$").is_some());
}

#[test]
fn what_is_not_there_is_a_problem_too() {
    let data = Data::new();
    let server = Server::on(&data);
    for (method, path, status) in [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/people/camille/nothing", 404),
        ("PUT", "/api/people", 405),
        ("PATCH", "/api/people/camille", 405),
        ("GET", "/api/runs", 405),
    ] {
        let answer = server.ask(method, path, b"");
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{method} {path}");
        assert_eq!(answer.json()["status"], status, "{method} {path}");
    }
}

#[test]
fn both_doors_answer_the_same() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    let ran = data.ok(&["run", "budget", "--person", "camille", "--today", "2026-11-01"]);
    let of_command: Vec<(&str, Value)> = [
        ("/api/people", &["people"][..]),
        ("/api/people/camille", &["people", "--person", "camille"]),
        ("/api/people/camille/imports", &["imports", "--person", "camille"]),
        ("/api/people/camille/documents?lang=fr", &["documents", "--person", "camille"]),
        ("/api/people/camille/grants", &["grants", "--person", "camille"]),
        ("/api/people/camille/receipts", &["receipts", "--person", "camille"]),
        ("/api/people/camille/audit", &["audit", "--person", "camille"]),
        ("/api/people/camille/audit/verify", &["audit", "verify", "--person", "camille"]),
        ("/api/apps", &["apps"]),
        ("/api/formats", &["formats"]),
        ("/api/dictionary", &["dictionary"]),
    ]
    .map(|(path, arguments)| (path, data.ok(arguments)))
    .into();
    let check = data.ok(&["check", app("budget").to_str().unwrap()]);
    let refused = data.run(&["run", "none", "--person", "camille"]).stdout;
    let refused: Value = serde_json::from_slice(&refused).unwrap();

    let server = Server::on(&data);
    let document = server.ask("GET", "/api/openapi.json", b"").json();
    for (path, answer) in of_command {
        assert_eq!(server.ask("GET", path, b"").json(), answer, "{path}");
    }
    assert_eq!(server.ask("POST", "/api/check", &std::fs::read(app("budget")).unwrap()).json(), check);
    let schema =
        &document["paths"]["/api/runs"]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(misfit(&document, schema, &ran, "$"), None);
    // A problem has a status in the API, and each door adds its own hint.
    let mut problem =
        server.ask_json("POST", "/api/runs", &json!({ "person": "camille", "app": "none" })).json();
    assert_eq!(problem.as_object_mut().unwrap().remove("status"), Some(json!(404)));
    assert_eq!(problem, refused);
    let replay = format!("/api/people/camille/receipts/{}/replay", ran["receipt"]["id"].as_str().unwrap());
    let replayed = server.ask("POST", &replay, b"").json();
    assert_eq!((&replayed["identical"], &replayed["receipt"]), (&json!(true), &ran["receipt"]));
}

#[test]
fn pages_that_fail_say_so() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let camille = operator.invite("tester", "camille");
    for (path, body, status) in [
        ("/apps/none/grant", &b"give.bank=on"[..], 404),
        ("/apps/budget/grant", b"", 422),
        ("/apps/budget/grant", b"give.bank=on", 422),
        ("/apps/budget/run", b"", 403),
        ("/apps/budget/grant", b"give.bank=%FF", 400),
        ("/settings/pause", b"do=nothing", 400),
        ("/apps/budget/grant", &vec![b'x'; (1 << 20) + 1], 413),
    ] {
        let page = camille.post_bytes(path, body);
        assert_eq!(page.status, status, "{path} {}", page.text());
        assert!(
            page.text().contains("role=\"alert\"") && page.text().starts_with("<!DOCTYPE html>"),
            "{path} {status}"
        );
    }
}
