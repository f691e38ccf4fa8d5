//! Operator features: health, metrics, graceful shutdown, backups, and the doctor.

use crate::http::Server;
use crate::support::{Data, app, sample};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[test]
fn health_is_told_to_anybody_and_says_nothing_else() {
    let data = Data::new();
    let server = Server::on(&data);
    let alive = server.send("GET", "/healthz", &[], b"");
    assert_eq!((alive.status, alive.json()), (200, json!({ "alive": true })));
    let ready = server.send("GET", "/readyz", &[], b"");
    let all = json!({ "ready": true, "store": true, "keys": true, "clock": true });
    assert_eq!((ready.status, ready.json()), (200, all));
    // Another site's page gets no answer.
    assert_eq!(server.send_bare("GET", "/readyz", &[("host", "evil.example")], b"").status, 421);
    // Keys removed while the server runs.
    let keys = data.path().join("keys/kms.keys");
    let away = data.path().join("keys/away");
    std::fs::rename(&keys, &away).unwrap();
    std::thread::sleep(Duration::from_millis(1_100));
    let ready = server.send("GET", "/readyz", &[], b"");
    assert_eq!(
        (ready.status, &ready.json()["keys"], ready.header("retry-after")),
        (503, &json!(false), Some("5"))
    );
    assert_eq!(server.send("GET", "/healthz", &[], b"").status, 200, "it lives");
    std::fs::rename(&away, &keys).unwrap();
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(server.send("GET", "/readyz", &[], b"").status, 200);
}

#[test]
fn figures_need_a_token_of_theirs_and_name_nobody() {
    let data = Data::with("budget", &["banque.json"]);
    let component = data.ok(&["apps"])[0]["component"].as_str().unwrap().to_owned();
    let made = data.ok(&["token", "create", "--scope", "metrics", "--name", "prometheus"]);
    let deposit =
        data.ok(&["token", "create", "--scope", "deposit", "--person", "camille", "--name", "bank"]);
    let bearer = |made: &serde_json::Value| format!("Bearer {}", made["token"].as_str().unwrap());
    let (figures, deposit) = (bearer(&made), bearer(&deposit));
    let server = Server::on(&data);
    let with = |bearer: &str, path: &str| server.send("GET", path, &[("authorization", bearer)], b"");
    for (answer, status) in [
        (server.send("GET", "/metrics", &[], b""), 401),
        (server.send("GET", "/metrics", &[("x-forwarded-for", "127.0.0.1")], b""), 401),
        (with("Bearer mi_00", "/metrics"), 401),
        (with(&deposit, "/metrics"), 403),
        // A metrics token opens nothing else.
        (with(&figures, "/api/people"), 403),
        (with(&figures, "/api/people/camille"), 403),
        (server.send("POST", "/api/people/camille/imports", &[("authorization", &figures)], b"x"), 403),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text());
    }
    let run = json!({ "person": "camille", "app": "budget" });
    assert_eq!(server.ask_json("POST", "/api/runs", &run).status, 403);
    let grant = json!({ "app": "budget", "component": component });
    assert_eq!(server.ask_json("POST", "/api/people/camille/grants", &grant).status, 200);
    assert_eq!(server.ask_json("POST", "/api/runs", &run).status, 200);
    let statement = std::fs::read(sample("banque.json")).unwrap();
    assert_eq!(server.ask("POST", "/api/people/camille/imports?file=secret.json", &statement).status, 200);
    let told = with(&figures, "/metrics");
    assert_eq!(told.status, 200);
    let text = told.text();
    for line in [
        "mesinfos_runs_total{outcome=\"completed\"} 1\n",
        "mesinfos_runs_total{outcome=\"not-granted\"} 1\n",
        "mesinfos_run_seconds_count 2\n",
        "mesinfos_imports_total{outcome=\"done\"} 1\n",
        "mesinfos_imported_rows_total{what=\"duplicate\"} 194\n",
        "mesinfos_slots_taken{kind=\"runs\"} 0\n",
        "mesinfos_slots_waiting{kind=\"runs\"} 0\n",
        "mesinfos_slots_taken{kind=\"uploads\"} 0\n",
        "mesinfos_http_refused_as_busy_total 0\n",
        "mesinfos_http_requests_total{method=\"GET\",route=\"/api/people/{person}\",status=\"403\"} 1\n",
        "mesinfos_http_requests_total{method=\"POST\",route=\"/api/runs\",status=\"200\"} 1\n",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    assert!(text.contains("mesinfos_upkeep_total{outcome=\"done\"}") && text.ends_with("# EOF\n"), "{text}");
    for word in ["camille", "budget", "secret", "banque", "prometheus"] {
        assert!(!text.contains(word), "{word} is in:\n{text}");
    }
    assert_eq!(
        with(&format!("Bearer {}", server.token), "/metrics").status,
        200,
        "a token for all is for all"
    );
}

#[test]
fn settings_of_the_server_stand_in_a_file_and_flags_override_it() {
    let data = Data::with("budget", &["banque.json"]);
    let file = data.path().join("mesinfos.toml");
    let health =
        |server: &Server, host: &str| server.send_bare("GET", "/api/apps", &[("host", host)], b"").status;
    // The port is a flag of this server. 421: not a name of this server; 401: its name, but no token.
    std::fs::write(&file, "# ours\nport = 1\nhost-names = [\"infos.example\"]\nlog = \"off\"\n").unwrap();
    let mut server = Server::start(&data, &[], std::process::Stdio::piped());
    assert_eq!([health(&server, "infos.example"), health(&server, "other.example")], [401, 421]);
    assert_eq!(server.ends().1, "", "no log");
    let server = Server::with(&data, &["--host-name", "other.example"]);
    assert_eq!([health(&server, "infos.example"), health(&server, "other.example")], [421, 401]);
    drop(server);
    std::fs::write(&file, "log = \"off\"\nprot = 80\n").unwrap();
    let (_, words) = data.fails(&["serve"]);
    assert!(
        words.contains("line 2") && words.contains("\"prot\"") && words.contains("host-names"),
        "{words}"
    );
    let (_, words) = data.fails(&["serve", "--config", "/nowhere/at/all.toml"]);
    assert!(words.contains("all.toml"), "{words}");
}

#[test]
fn a_server_that_is_told_to_end_answers_what_is_under_way() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["install", app("hostile-apps/misbehave").to_str().unwrap()]);
    data.ok(&["grant", "misbehave", "--person", "camille"]);
    let mut server = Server::on(&data);
    // A connection without a request, and one between two requests.
    let mut silent = TcpStream::connect(&server.address).unwrap();
    let mut idle = TcpStream::connect(&server.address).unwrap();
    idle.write_all(format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", server.address).as_bytes()).unwrap();
    let mut some = [0; 12];
    idle.read_exact(&mut some).unwrap();
    assert_eq!(&some, b"HTTP/1.1 200");
    let since = Instant::now();
    std::thread::scope(|scope| {
        let server = &server;
        let run = scope.spawn(move || {
            // Loops until it is stopped after five seconds.
            let run = json!({ "person": "camille", "app": "misbehave", "params": { "attack": "loop" } });
            server.ask_json("POST", "/api/runs", &run)
        });
        std::thread::sleep(Duration::from_millis(1_000));
        server.terminate();
        std::thread::sleep(Duration::from_millis(200));
        for path in ["/readyz", "/api/people"] {
            let told = server.send("GET", path, &[], b"");
            assert_eq!((told.status, told.header("retry-after")), (503, Some("5")), "{path}");
        }
        let ran = run.join().unwrap();
        assert_eq!((ran.status, &ran.json()["code"]), (422, &json!("timed-out")), "it was answered");
    });
    assert_eq!(server.exit(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(13), "{:?}", since.elapsed());
    let mut left = Vec::new();
    silent.read_to_end(&mut left).unwrap();
    assert!(left.is_empty());
    // The audit chain contains the end of the run.
    assert_eq!(data.ok(&["audit", "verify", "--person", "camille"])["ok"], true);
    assert_eq!(data.ok(&["receipts", "--person", "camille"])[0]["outcome"], "timed-out");
}

#[test]
fn a_backup_is_sealed_and_comes_back_without_who_was_erased() {
    let data = Data::with("budget", &["banque.json"]);
    let file = data.path().join("backup.mesinfos");
    let (to, store) = (file.to_str().unwrap(), data.path().join("store"));
    let told = data.ok(&["backup", "--to", to]);
    assert_eq!(told["persons"], 1);
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let bytes = std::fs::read(&file).unwrap();
    for word in ["camille", "banque.json"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    // An existing file is not overwritten, and neither is a store.
    data.run(&["backup", "--to", to]);
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    let (code, words) = data.fails(&["restore", "--from", to]);
    assert!(code == "not-empty" && words.contains("mv "), "{code}: {words}");
    let before = data.ok(&["people", "--person", "camille"]);
    std::fs::rename(&store, data.path().join("store.old")).unwrap();
    // Another kind of file, and a truncated backup: the error blames the file.
    let cut = data.path().join("cut.mesinfos");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    for (other, says) in [(sample("banque.json"), "not a backup"), (cut, "cut short")] {
        let (code, words) = data.fails(&["restore", "--from", other.to_str().unwrap()]);
        assert_eq!(code, "not-a-backup");
        assert!(words.contains(says) && words.contains("mesinfos backup"), "{words}");
        assert!(!words.contains("data folder") && !store.exists(), "{words}");
    }
    let told = data.ok(&["restore", "--from", to]);
    assert_eq!((&told["open"], &told["closed"], &told["apps_missing"]), (&json!(1), &json!(0), &json!(0)));
    assert!(told["at"].is_i64(), "{told}");
    assert_eq!(data.ok(&["people", "--person", "camille"]), before);
    // A restore does not bring back a person erased since, and the doctor reports a store restored by hand.
    data.ok(&["erase", "--person", "camille", "--yes"]);
    std::fs::remove_dir_all(&store).unwrap();
    std::fs::rename(data.path().join("store.old"), &store).unwrap();
    let output = data.run(&["doctor"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), health(&found, "keys")), (Some(1), vec!["wrong"]), "{found}");
    std::fs::remove_dir_all(&store).unwrap();
    let output = data.run(&["restore", "--from", to]);
    assert_eq!(output.status.code(), Some(1), "nobody is back");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["open"], &told["closed"]), (&json!(0), &json!(1)));
    assert_eq!(data.ok(&["people"]), json!([]));
    assert_eq!(data.fails(&["people", "--person", "camille"]).0, "no-such-person");
}

#[test]
fn rows_that_are_gone_are_found_by_every_check() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["import", "--person", "dominique", sample("banque.json").to_str().unwrap()]);
    let file = data.path().join("backup.mesinfos");
    // One person's rows: the folder of the last shard.
    let chunks = data.path().join("store/chunks");
    let shard = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().path();
    let mut shards: Vec<PathBuf> = std::fs::read_dir(&chunks).unwrap().map(shard).collect();
    shards.retain(|shard| !shard.ends_with("house"));
    std::fs::remove_dir_all(shards.last().unwrap()).unwrap();
    let output = data.run(&["doctor", "--deep"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), health(&found, "logs")), (Some(1), vec!["good"]), "{found}");
    assert!(health(&found, "rows").iter().all(|health| *health == "wrong"), "{found}");
    let verified = ["camille", "dominique"].map(|name| {
        let output = data.run(&["audit", "verify", "--person", name]);
        let is_named = found.to_string().contains(&format!("{name}: rows or documents"));
        assert_eq!(output.status.success(), !is_named, "{name}: {found}");
        output.status.success()
    });
    assert!(verified.contains(&false));
    let (code, words) = data.fails(&["backup", "--to", file.to_str().unwrap()]);
    assert!(code == "lost" && words.contains("doctor --deep") && !file.exists(), "{code}: {words}");
}

/// A backup does not contain withdrawals made after it.
#[test]
fn a_restore_gives_no_app_what_was_withdrawn_since() {
    let data = Data::with("budget", &["banque.json"]);
    let file = data.path().join("backup.mesinfos");
    data.ok(&["grant", "budget", "--person", "camille"]);
    data.ok(&["backup", "--to", file.to_str().unwrap()]);
    data.ok(&["revoke", "budget", "--person", "camille"]);
    std::fs::remove_dir_all(data.path().join("store")).unwrap();
    let told = data.ok(&["restore", "--from", file.to_str().unwrap()]);
    assert_eq!(told["paused"], 1, "{told}");
    // Nor does it contain what the operator stopped: the app is suspended until they say that it is still good.
    assert_eq!(data.fails(&["run", "budget", "--person", "camille"]).0, "stopped");
    data.ok(&["review", "resume", told["suspended"][0]["component"].as_str().unwrap()]);
    assert_eq!(data.fails(&["run", "budget", "--person", "camille"]).0, "not-granted");
    // The audit chain records the pause and its actor, and the person can resume the grant.
    let log = data.ok(&["audit", "--person", "camille"]).to_string();
    assert!(log.contains("\"operator\"") && log.contains("\"paused\""), "{log}");
    data.ok(&["audit", "verify", "--person", "camille"]);
    data.ok(&["resume", "budget", "--person", "camille"]);
    data.ok(&["run", "budget", "--person", "camille"]);
}

#[test]
fn an_interrupted_restore_is_seen_and_begins_anew() {
    let data = Data::with("budget", &["banque.json"]);
    let file = data.path().join("backup.mesinfos");
    data.ok(&["backup", "--to", file.to_str().unwrap()]);
    let (store, left) = (data.path().join("store"), data.path().join("store.restoring"));
    for (is_left, code) in [(false, "store-gone"), (true, "restore-unfinished")] {
        std::fs::remove_dir_all(&store).unwrap();
        if is_left {
            std::fs::create_dir(&left).unwrap();
            std::fs::write(left.join("half"), "x").unwrap();
        }
        let (found, words) = data.fails(&["people"]);
        assert!(found == code && words.contains("mesinfos restore"), "{found}: {words}");
        assert!(!store.exists(), "it made nothing");
        let output = data.run(&["doctor"]);
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((output.status.code(), health(&found, "store")), (Some(1), vec!["wrong"]), "{found}");
        data.ok(&["restore", "--from", file.to_str().unwrap()]);
        assert!(!left.exists());
        assert_eq!(data.ok(&["people"]), json!(["camille"]));
    }
}

#[test]
fn of_two_restores_at_once_one_is_done_and_one_refused() {
    let data = Data::with("budget", &["banque.json"]);
    let file = data.path().join("backup.mesinfos");
    let restore = ["restore", "--from", file.to_str().unwrap()];
    data.ok(&["backup", "--to", file.to_str().unwrap()]);
    for _ in 0..3 {
        std::fs::remove_dir_all(data.path().join("store")).unwrap();
        let ends = std::thread::scope(|scope| {
            let both = [(); 2].map(|()| scope.spawn(|| data.run(&restore)));
            both.map(|one| one.join().unwrap())
        });
        let done = ends.iter().filter(|end| end.status.success()).count();
        let said = ends.each_ref().map(|end| String::from_utf8_lossy(&end.stdout).into_owned());
        assert_eq!(done, 1, "{said:?}");
        assert!(
            said.iter().any(|said| said.contains("\"in-use\"") || said.contains("\"not-empty\"")),
            "{said:?}"
        );
        assert_eq!(data.ok(&["people"]), json!(["camille"]));
    }
}

/// The command's advice for a missing component works: install the same one again.
#[test]
fn an_app_whose_component_is_gone_is_installed_again() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    let run = ["run", "budget", "--person", "camille"];
    let is_component = |file: &PathBuf| {
        file.extension().is_some_and(|e| e == "wasm" || e == "cwasm")
            || file.parent().is_some_and(|folder| folder.ends_with("chunks/house"))
    };
    data.files()
        .iter()
        .filter(|file| is_component(file))
        .for_each(|file| std::fs::remove_file(file).unwrap());
    assert_eq!(data.fails(&run).0, "storage");
    data.ok(&["install", app("budget").to_str().unwrap()]);
    data.ok(&run);
}

/// Results of one of the doctor's checks.
fn health<'a>(found: &'a serde_json::Value, check: &str) -> Vec<&'a str> {
    let of = |finding: &&serde_json::Value| finding["check"] == check;
    let findings = found["findings"].as_array().unwrap().iter().filter(of);
    findings.map(|finding| finding["health"].as_str().unwrap()).collect()
}

#[test]
fn a_doctor_says_what_is_wrong_and_what_to_do() {
    let data = Data::new();
    let found = data.ok(&["doctor"]);
    assert_eq!((health(&found, "store"), health(&found, "folder")), (vec!["remark"], vec!["good"]));
    assert!(!data.path().join("store").exists(), "it makes nothing");
    data.ok(&["import", "--person", "camille", sample("banque.json").to_str().unwrap()]);
    let found = data.ok(&["doctor", "--deep"]);
    for check in ["folder", "store", "keys", "clock", "erasures", "formats", "apps", "logs", "rows"] {
        assert_eq!(health(&found, check), ["good"], "{check}: {found}");
    }
    assert!(!health(&found, "walls").is_empty() && health(&found, "disk").len() == 1);

    let wrong = || {
        let output = data.run(&["doctor", "--deep"]);
        assert_eq!(output.status.code(), Some(1));
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(found["ok"], false);
        let findings = found["findings"].as_array().unwrap();
        assert!(findings.iter().all(|finding| finding["health"] == "good" || finding["advice"].is_string()));
        found
    };
    let mode = |mode| std::os::unix::fs::PermissionsExt::from_mode(mode);
    let keys = data.path().join("keys");
    std::fs::set_permissions(&keys, mode(0o755)).unwrap();
    assert_eq!(health(&wrong(), "folder"), ["wrong"]);
    std::fs::set_permissions(&keys, mode(0o700)).unwrap();
    let (file, away) = (keys.join("kms.keys"), data.path().join("away"));
    std::fs::rename(&file, &away).unwrap();
    assert_eq!(health(&wrong(), "keys"), ["wrong"]);
    assert!(!file.exists(), "it makes no keys");
    let mut changed = std::fs::read(&away).unwrap();
    changed[20] ^= 1;
    std::fs::write(&file, &changed).unwrap();
    assert_eq!(health(&wrong(), "keys"), ["wrong"]);
    std::fs::rename(&away, &file).unwrap();
    data.ok(&["doctor"]);
    let component = app("radar");
    let install = || data.ok(&["install", component.to_str().unwrap()]);
    install();
    data.ok(&["doctor", "--deep"]);
    // Components are in the store and cached in `apps/`.
    let lose = |folder: &str| {
        let within = data.files().into_iter().filter(|file| file.starts_with(data.path().join(folder)));
        within.for_each(|file| std::fs::remove_file(file).unwrap());
    };
    lose("apps");
    data.ok(&["doctor", "--deep"]);
    lose("apps");
    lose("store/chunks/house");
    let found = wrong();
    assert_eq!(health(&found, "apps"), ["wrong"]);
    assert!(found.to_string().contains("radar"));
    install();
    data.ok(&["doctor", "--deep"]);
    // A use caches the component. A copy in the cache is not in a backup, so it does not count; the backup puts
    // it back into the store.
    data.ok(&["grant", "radar", "--person", "camille"]);
    lose("store/chunks/house");
    assert_eq!(health(&wrong(), "apps"), ["wrong"]);
    data.ok(&["backup", "--to", data.path().join("b").to_str().unwrap()]);
    data.ok(&["doctor", "--deep"]);
    // Installing again mends a changed component too.
    lose("apps");
    for file in
        data.files().into_iter().filter(|file| file.starts_with(data.path().join("store/chunks/house")))
    {
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[2_000] ^= 1;
        std::fs::write(&file, bytes).unwrap();
    }
    assert_eq!(health(&wrong(), "apps"), ["wrong"]);
    install();
    data.ok(&["doctor", "--deep"]);

    let server = Server::on(&data);
    let found = data.ok(&["doctor"]);
    assert_eq!(health(&found, "store"), ["unknown"], "a server has it");
    drop(server);
}
