//! The way of an author: a new app, its check, a run on sample data, its accepted views, the workbench.

use crate::support::{Data, binary};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A folder with a new app.
fn new_app(data: &Data, name: &str, options: &[&str]) -> PathBuf {
    let folder = data.path().join(name);
    let path = folder.to_str().unwrap();
    let made = data.ok(&[&["new", path, "--publisher", "Équipe 7"], options].concat());
    assert_eq!(made["app"], name);
    folder
}

/// Runs the command in the folder of an app, and returns what it prints as JSON.
fn json(folder: &Path, arguments: &[&str]) -> (bool, Value) {
    let output = Command::new(binary())
        .arg("--json")
        .args(arguments)
        .current_dir(folder)
        .env("LANG", "fr_FR.UTF-8")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = String::from_utf8_lossy(&output.stderr);
    let value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{arguments:?}: {said}{words}"));
    (output.status.success(), value)
}

/// Replaces a text in a file of an app.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn every_template_is_an_app_without_findings_that_shows_a_view() {
    let data = Data::new();
    for template in ["aggregator", "calculator", "comparator", "simulator", "coach"] {
        let folder = new_app(&data, &format!("my-{template}"), &["--template", template]);
        let (is_well, checked) = json(&folder, &["check"]);
        assert!(is_well && checked["findings"].as_array().unwrap().is_empty(), "{template}: {checked}");
        let (is_well, run) = json(&folder, &["run", ".", "--sample", "cycliste"]);
        assert!(is_well, "{template}: {run}");
        assert_eq!(run["outcome"], "completed", "{template}");
        assert!(!run["view"]["pages"][0]["sections"].as_array().unwrap().is_empty(), "{template}");
    }
}

#[test]
fn an_app_in_javascript_is_built_checked_and_run_without_a_checkout() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &["--lang", "ts"]);
    let (is_well, checked) = json(&folder, &["check"]);
    assert!(is_well, "{checked}");
    assert_eq!(checked["check"]["fields"]["bank"], serde_json::json!(["booked-on", "amount", "currency"]));
    let (_, run) = json(&folder, &["run", ".", "--sample", "cycliste"]);
    assert_eq!(run["outcome"], "completed");
    // An uncaught error names the author's own file and line.
    let text = std::fs::read_to_string(folder.join("app.ts")).unwrap();
    let line = text.lines().position(|line| line.contains("run(")).unwrap() + 2;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(line - 1, "  throw new Error(\"no coffee\");");
    std::fs::write(folder.join("app.ts"), lines.join("\n")).unwrap();
    let output = Command::new(binary())
        .args(["run", ".", "--sample", "cycliste", "--lang", "en"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && words.contains("no coffee") && words.contains("app.ts:"), "{words}");
}

#[test]
fn a_refusal_is_tried_and_a_changed_view_is_told() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &[]);
    let (_, run) = json(&folder, &["run", ".", "--sample", "cycliste", "--without", "bank.label"]);
    assert_eq!(run["outcome"], "completed", "the label is a wish");
    let (is_well, _) = json(&folder, &["run", ".", "--sample", "cycliste", "--without", "bank"]);
    assert!(!is_well);
    let (is_well, refused) = json(&folder, &["run", ".", "--sample", "cycliste", "--without", "bank.lable"]);
    assert!(!is_well && refused["detail"].as_str().unwrap().contains("bank.label"), "{refused}");

    let (is_well, tested) = json(&folder, &["test"]);
    assert!(!is_well && tested["differing"].as_array().unwrap().len() == 1, "nothing was accepted yet");
    let (is_well, tested) = json(&folder, &["test", "--update"]);
    assert!(is_well && tested["views"].as_u64().unwrap() >= 48, "{tested}");
    let (is_well, _) = json(&folder, &["test"]);
    assert!(is_well);
    edit(&folder, "src/lib.rs", "\"Spent in all\"", "\"All that was spent\"");
    let (is_well, tested) = json(&folder, &["test"]);
    let differing = tested["differing"].as_array().unwrap();
    assert!(!is_well && !differing.is_empty() && differing.len() < 48, "{tested}");
}

#[test]
fn what_is_wrong_has_its_place() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &[]);
    edit(&folder, "mesinfos.toml", "category = \"bank\"", "category = \"bills\"");
    let (is_well, checked) = json(&folder, &["check"]);
    assert!(!is_well);
    let found: Vec<(&str, &str)> = checked["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["place"].as_str().unwrap_or_default()))
        .collect();
    let at = |code: &str| found.iter().find(|(known, _)| *known == code).map(|(_, place)| *place);
    assert!(at("undeclared").unwrap().starts_with("src/lib.rs:"), "{found:?}");
    assert!(at("unused").unwrap().starts_with("mesinfos.toml:"), "{found:?}");
    edit(&folder, "mesinfos.toml", "need =", "needs =");
    let (is_well, checked) = json(&folder, &["check"]);
    assert!(!is_well && checked["check"].is_null());
    assert!(checked["findings"][0]["place"].as_str().unwrap().starts_with("mesinfos.toml:"), "{checked}");
}

/// With a toolchain that has the target; where there is none, the command says that it is missing.
#[test]
fn a_rust_app_with_a_clock_is_built_for_wasi_if_it_says_so() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &[]);
    let run = "fn run(ctx: &Context) -> Result<Report, Failure> {";
    let clock = "std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)";
    edit(
        &folder,
        "src/lib.rs",
        run,
        &format!("{run}\n    mesinfos_sdk::note(&format!(\"{{:?}}\", {clock}));"),
    );
    let (is_well, ended) = json(&folder, &["run", ".", "--sample", "cycliste"]);
    assert!(!is_well && ended["outcome"] == "trapped", "{ended}");
    let target = |name: &str| format!("[package.metadata.mesinfos]\ntarget = \"{name}\"\n\n[lib]");
    edit(&folder, "Cargo.toml", "[lib]", &target("wasm32-wasip1"));
    let (is_well, refused) = json(&folder, &["check"]);
    assert!(!is_well && refused["detail"].as_str().unwrap().contains("wasm32-wasip2"), "{refused}");
    edit(&folder, "Cargo.toml", "wasm32-wasip1", "wasm32-wasip2");
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout).unwrap().trim());
    if !sysroot.join("lib/rustlib/wasm32-wasip2/lib").is_dir() {
        eprintln!("skipped: rustc has no wasm32-wasip2");
        return;
    }
    let (is_well, ran) = json(&folder, &["run", ".", "--sample", "cycliste"]);
    // Midnight of the day of the sample people.
    assert!(is_well && ran["notes"].as_str().unwrap().contains("Ok(1767225600s)"), "{ran}");
    let (is_well, built) = json(&folder, &["build"]);
    assert!(is_well, "{built}");
    let (is_well, checked) = json(&folder, &["check", built["component"].as_str().unwrap()]);
    assert!(is_well && checked["fields"]["bank"].is_array(), "{checked}");
}

#[test]
fn what_testers_will_be_asked_is_shown_in_both_languages_and_as_the_page() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &[]);
    let (is_well, preview) = json(&folder, &["preview", "consent", "--sample", "cycliste"]);
    assert!(is_well && preview["asks"].as_array().unwrap().len() == 1, "{preview}");
    let bank = &preview["asks"][0];
    assert_eq!((&bank["category"], &bank["required"]), (&"bank".into(), &true.into()));
    // The rows are those that a run reads.
    let (_, run) = json(&folder, &["run", ".", "--sample", "cycliste", "--param", "months=24"]);
    let rows = bank["rows"].as_u64().unwrap();
    assert!(rows > 100 && run["rows"]["bank"].as_u64().unwrap() <= rows, "{rows} {run}");
    // Read or not read: each field of the category once, and those that are read are those of `check`.
    let (_, checked) = json(&folder, &["check"]);
    let names = |value: &Value| -> Vec<String> { serde_json::from_value(value.clone()).unwrap() };
    let (read, not_read) = (names(&bank["read"]), names(&bank["not_read"]));
    assert_eq!(names(&checked["check"]["fields"]["bank"]), read);
    let (_, dictionary) = json(&folder, &["dictionary", "bank"]);
    let fields = dictionary[0]["fields"].as_array().unwrap();
    let mut both: Vec<&String> = read.iter().chain(&not_read).collect();
    both.sort();
    let mut known: Vec<String> =
        fields.iter().map(|field| field["id"].as_str().unwrap().to_owned()).collect();
    known.sort();
    assert!(both.iter().all(|name| known.contains(name)) && both.windows(2).all(|two| two[0] != two[1]));
    assert!(!not_read.is_empty() && both.len() <= known.len());
    // The texts are those to which an answer will be bound, in both languages.
    let texts = preview["texts"].as_array().unwrap();
    for (text, (lang, said)) in texts.iter().zip([("fr", "Niveau de détail"), ("en", "Level of detail")]) {
        assert_eq!(text["notice"]["language"], lang);
        let notice = text["notice"]["text"].as_str().unwrap();
        assert!(notice.contains(said) && notice.contains("Équipe 7"), "{notice}");
    }
    let page = folder.join("consent.html");
    let show = |lang: &str| {
        let output = Command::new(binary())
            .args(["--lang", lang, "preview", "consent", "--sample", "cycliste", "--html"])
            .arg(&page)
            .current_dir(&folder)
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (String::from_utf8(output.stdout).unwrap(), std::fs::read_to_string(&page).unwrap())
    };
    let (shown, html) = show("fr");
    let (_, english) = show("en");
    for text in texts {
        let lines = text["notice"]["text"].as_str().unwrap().lines();
        assert!(lines.filter(|line| !line.is_empty()).all(|line| shown.contains(line)), "{shown}");
        assert!(shown.contains(text["question"].as_str().unwrap()));
    }
    // The page stands alone: it loads nothing and sends nothing.
    for (html, lang, badge) in [(&html, "fr", "Ne garde rien"), (&english, "en", "Keeps nothing")] {
        assert!(html.contains(&format!("<html lang=\"{lang}\">")) && html.contains(badge), "{html}");
        assert!(html.contains("default-src 'none'") && html.contains("form-action 'none'"));
        for outside in ["<script", "<link", "@font-face", " src=", "@import"] {
            assert!(!html.contains(outside), "{outside}");
        }
    }
    // What is refused is told as by `check`.
    edit(&folder, "mesinfos.toml", "Équipe 7", "Équipe EDF");
    let (is_well, refused) = json(&folder, &["preview", "consent"]);
    assert!(!is_well && refused["detail"].as_str().unwrap().contains("EDF"), "{refused}");
}

/// `mesinfos dev` on a folder, stopped on drop.
struct Workbench {
    child: Child,
    address: String,
}

impl Drop for Workbench {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Workbench {
    fn on(folder: &Path) -> Workbench {
        let mut child = Command::new(binary())
            .args(["dev", "--port", "0", "--lang", "en"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        while !said.contains("http://") {
            assert!(stdout.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        }
        let port = said.split("localhost:").nth(1).unwrap().split('/').next().unwrap();
        let address = format!("127.0.0.1:{port}");
        // Nobody else reads what it prints later.
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        Workbench { child, address }
    }

    /// Status line, head and body of an answer.
    fn get(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn page(&self, path: &str) -> String {
        self.get(path, &self.address)
    }

    /// The page once it has a text. Builds take seconds on a busy machine.
    fn page_with(&self, path: &str, text: &str) -> String {
        let until = Instant::now() + Duration::from_mins(3);
        loop {
            let page = self.page(path);
            if page.contains(text) {
                return page;
            }
            assert!(Instant::now() < until, "no {text:?} in {page}");
            std::thread::sleep(Duration::from_millis(300));
        }
    }
}

#[test]
fn the_workbench_follows_the_files_and_shows_what_does_not_build() {
    let data = Data::new();
    let folder = new_app(&data, "coffees", &[]);
    let bench = Workbench::on(&folder);
    let page = bench.page_with("/?lang=en", "Spent in all");
    for part in [
        "content-security-policy: default-src 'none'",
        "As if",
        "Measures and checks",
        "as if the person refused",
    ] {
        assert!(page.to_lowercase().contains(&part.to_lowercase()), "{part}: {page}");
    }
    assert!(page.contains("None made the app fail"), "{page}");
    let without = bench.page_with("/?lang=en&without=bank.label", "Spent in all");
    assert!(!without.contains("LOYER") && page.contains("LOYER"), "a refused field is not there");

    edit(&folder, "src/lib.rs", "\"Spent in all\"", "\"All that was spent\"");
    bench.page_with("/?lang=en", "All that was spent");
    edit(&folder, "src/lib.rs", "let label =", "let lable =");
    let page = bench.page_with("/?lang=en", "does not build");
    assert!(
        page.contains("src/lib.rs:") && page.contains("All that was spent"),
        "the last view stays: {page}"
    );
    edit(&folder, "src/lib.rs", "let lable =", "let label =");
    let until = Instant::now() + Duration::from_mins(3);
    while bench.page("/?lang=en").contains("does not build") {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(300));
    }

    let rebound = bench.get("/", "evil.example");
    assert!(rebound.starts_with("HTTP/1.1 421") && !rebound.contains("spent"), "{rebound}");
}
