//! The SDKs for JavaScript and Python: their tests, and one computation in three languages that gives the same view.

use crate::{Done, root, run, target};
use std::path::Path;
use std::process::Command;

/// The computation, by language, with the id of each app.
const APPS: [(&str, &str); 3] = [("budget", "budget"), ("js", "budget-js"), ("python", "budget-python")];

/// Runs the tests of both SDKs that need no component.
pub(crate) fn tests() -> Done {
    run("node", &["--test", "sdk/js/test/"])?;
    if !Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("the SDK for Python is not tested: there is no python3");
        return Ok(());
    }
    let sdk = root().join("sdk/python");
    eprintln!("$ python3 -m unittest discover tests (in sdk/python)");
    let tested =
        Command::new("python3").args(["-m", "unittest", "discover", "tests"]).current_dir(&sdk).status();
    if tested.is_ok_and(|status| status.success()) {
        Ok(())
    } else {
        Err("a test of sdk/python failed".to_owned())
    }
}

/// Builds the computation in the three languages, runs each over the same rows, and compares the views. Needs npm and
/// pip, and what they fetch.
pub(crate) fn languages() -> Done {
    tests()?;
    let guests = root().join("tests/bench/guests");
    let (program, built) = (target().join("debug/mesinfos"), target().join("languages"));
    let path = |path: &Path| path.to_string_lossy().into_owned();
    run("cargo", &["build", "--unsigned", "--locked", "-p", "mesinfos-cli"])?;
    run("sh", &[&path(&guests.join("build.sh")), &path(&program), &path(&built)])?;
    // Beside the packages that builds need: with them, no test is skipped.
    run("node", &["--test", &path(&built.join("build/js/sdk/test/build.test.js"))])?;
    types(&built.join("build/python/venv/bin"))?;
    let rust = path(&built.join("budget.wasm"));
    run(&path(&program), &["build", "--unsigned", &path(&guests.join("budget")), "--output", &rust])?;
    let data = built.join("data");
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let data = path(&data);
    let mesinfos = |arguments: &[&str]| {
        let whole = [&["--data", &data], arguments].concat();
        let output = Command::new(&program).args(&whole).output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("mesinfos {}: {}", whole.join(" "), String::from_utf8_lossy(&output.stderr)))
    };
    mesinfos(&["personas", "--import", "cycliste"])?;
    // What is said of mistakes in Python needs the packages that were just fetched.
    let mistakes = ["--run-ignored", "only", "-E", "test(what_is_said_of_mistakes_in_python)"];
    run("cargo", &[&["nextest", "run", "--locked", "--workspace"], &mistakes[..]].concat())?;
    let mut views = Vec::new();
    for (file, id) in APPS {
        mesinfos(&["install", &path(&built.join(file).with_extension("wasm"))])?;
        mesinfos(&["grant", id, "--person", "cycliste"])?;
        let ran = mesinfos(&["run", id, "--person", "cycliste", "--today", "2025-12-31", "--json"])?;
        let view = digest(&ran).ok_or("the receipt has no digest of the view")?;
        eprintln!("{view}  {id}");
        views.push(view);
    }
    if views.iter().all(|view| *view == views[0]) {
        Ok(())
    } else {
        Err("the languages do not give the same view".to_owned())
    }
}

/// Builds the component of the playground to `target/playground.wasm`: an engine with every field of every category, and a
/// place for an author's code. Needs npm, and what it fetches. Builds with the program of the debug profile.
pub(crate) fn playground() -> Done {
    let (sdk, built) = (root().join("sdk/js"), target().join("playground"));
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    run("cargo", &["build", "--locked", "-p", "mesinfos-cli"])?;
    // A copy: npm puts packages beside what needs them.
    std::fs::create_dir_all(&built).map_err(|error| failed(&built, error))?;
    let copy = built.join("sdk");
    if copy.exists() {
        std::fs::remove_dir_all(&copy).map_err(|error| failed(&copy, error))?;
    }
    run("cp", &["-R", &path(&sdk), &path(&copy)])?;
    for file in ["app.js", "author.js", "mesinfos.toml", "package.json", "package-lock.json"] {
        let from = sdk.join("playground").join(file);
        std::fs::copy(&from, built.join(file)).map_err(|error| failed(&from, error))?;
    }
    run("node", &[&path(&copy.join("playground/prepare.js")), &path(&built)])?;
    crate::browser::packages(&built)?;
    let out = path(&target().join("playground.wasm"));
    run(&path(&target().join("debug/mesinfos")), &["build", &path(&built), "--unsigned", "--output", &out])
}

/// Goes from nothing to an app in a tester's hands in each language, with empty caches and no checkout in reach, and times
/// each step. Needs the toolchains, and fetches crates and packages.
pub(crate) fn newcomer(options: &[&str]) -> Done {
    let mut arguments = vec!["tests/newcomer/way.py"];
    // A release archive has the program; without one, that of a checkout does.
    let built = target().join("release/mesinfos").to_string_lossy().into_owned();
    if !options.contains(&"--program") {
        run("cargo", &["build", "--locked", "--release", "-p", "mesinfos-cli"])?;
        arguments.extend(["--program", &built]);
    }
    arguments.extend(options);
    run("python3", &arguments)
}

/// Checks the types of both SDKs, with the tools of a virtual environment for Python and of npm.
fn types(python: &Path) -> Done {
    run("npx", &["--yes", "--package", "typescript@5.9.3", "tsc", "--project", "sdk/js/test"])?;
    let tool = |name: &str, arguments: &[&str]| {
        eprintln!("$ {name} {} (in sdk/python)", arguments.join(" "));
        let mut command = Command::new(python.join(name));
        let done = command.args(arguments).current_dir(root().join("sdk/python")).status();
        if done.is_ok_and(|status| status.success()) { Ok(()) } else { Err(format!("{name} failed")) }
    };
    tool("pip", &["install", "--quiet", "--disable-pip-version-check", "mypy>=1.18"])?;
    tool("mypy", &["--strict", "mesinfos", "tests", "template"])
}

/// The digest of the view in a receipt.
fn digest(json: &str) -> Option<String> {
    let (_, rest) = json.split_once("\"receipt\"")?;
    rest.split("\"view\"").skip(1).find_map(|rest| {
        let value = rest.trim_start_matches([':', ' ']).strip_prefix('"')?;
        let value = value.split('"').next()?;
        (value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| value.to_owned())
    })
}
