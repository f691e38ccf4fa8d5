//! The project's two commands and their parts: `cargo xtask demo` and `cargo xtask test`.
//!
//! Uses only the standard library, so that it builds in a second on a fresh machine.

mod bench;
mod book;
mod browser;
mod conformance;
mod crash;
mod dist;
mod divisions;
mod languages;
mod limits;
mod links;
mod mutants;
mod mutations;
mod oracle;
mod packages;
mod postgres;
mod supply;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask demo [--once] [--port N]   builds everything, creates sample people, runs the apps, serves the pages
cargo xtask install [--root DIR]       installs an optimised program and its apps in DIR (default /usr/local)
cargo xtask dist [OPTIONS]             makes a release archive, its checksum and its bill of materials
cargo xtask apps                       builds the example and hostile apps to <target>/apps
cargo xtask test                       runs everything that CI checks
cargo xtask hostile                    runs the long hostile suite: tens of thousands of runs and mutants
cargo xtask conformance                sends the API requests that Schemathesis generates (skipped without Python)
cargo xtask browser [OPTIONS]          uses the pages in a browser, as a person would (tests/browser/README.md)
cargo xtask crash [--full] [OPTIONS]   kills the store and cuts its power: no acknowledged write may be lost
cargo xtask languages                  tests the SDKs for JavaScript and Python, and that three languages give one view
cargo xtask playground                 builds the component of the playground, with npm: target/playground.wasm
cargo xtask newcomer [OPTIONS]         goes the way from nothing to an app in a tester's hands, with empty caches
cargo xtask oracle [OPTIONS]           compares the figures of the apps with tests/oracle (see its README)
cargo xtask tidy                       checks crates and modules against the drawing in ARCHITECTURE.md
cargo xtask generate                   writes the files generated from the tables of categories, the contract and the help
cargo xtask book                       builds the pages of docs as a book (needs mdbook)
cargo xtask mutations [WORD...]        removes one limit at a time and reports which tests fail (needs nextest)
cargo xtask mutants [OPTIONS]          changes one operator of an app at a time: is it noticed? (needs cargo-mutants)
cargo xtask advisories [--from DIR]    checks Cargo.lock against known advisories; DIR: a checkout to refresh them from
cargo xtask sbom                       writes the software bill of materials (CycloneDX)
cargo xtask bench [OPTIONS]            measures a run beside native code and other hosts (tests/bench)
";

/// Folder of the example apps, and output folder of their components.
const EXAMPLES: (&str, &str) = ("example-apps", "apps");

/// Folder of the apps used only in tests, and output folder of their components.
const HOSTILE: (&str, &str) = ("tests/hostile-apps", "hostile-apps");

type Done = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.split_first() {
        Some((&"demo", rest)) => demo(rest),
        Some((&"install", rest)) => install(rest),
        Some((&"dist", options)) => dist::dist(options),
        Some((&"apps", [])) => apps(),
        Some((&"test", [])) => test(),
        Some((&"hostile", [])) => hostile(),
        Some((&"conformance", [])) => conformance::conformance(),
        Some((&"browser", options)) => browser::browser(options),
        Some((&"languages", [])) => languages::languages(),
        Some((&"crash", options)) => crash::crash(options),
        Some((&"generate", [])) => generate(),
        Some((&"book", [])) => book::book(),
        Some((&"advisories", [])) => supply::advisories(),
        Some((&"advisories", ["--from", database])) => supply::refresh(database),
        Some((&"sbom", [])) => supply::sbom(),
        Some((&"playground", [])) => languages::playground(),
        Some((&"newcomer", options)) => languages::newcomer(options),
        Some((&"oracle", options)) => apps().and_then(|()| oracle::oracle(options)),
        Some((&"tidy", [])) => tidy::tidy(),
        Some((&"bench", ["--quick"])) => {
            run("cargo", &["build", "--locked", "-p", "mesinfos-cli"]).and_then(|()| bench::works())
        }
        Some((&"bench", options)) => bench::run(options),
        Some((&"mutants", options)) => mutants::mutants(options),
        Some((&"mutations", words)) => apps().and_then(|()| mutations::mutations(words)),
        _ => Err(format!("usage:\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Runs a command in the workspace. Fails if the command fails.
fn run(program: &str, arguments: &[&str]) -> Done {
    run_with(program, arguments, ("RUSTDOCFLAGS", "-D warnings"))
}

/// [`run`] with an environment variable.
fn run_with(program: &str, arguments: &[&str], (name, value): (&str, &str)) -> Done {
    eprintln!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .env(name, value)
        .status()
        .map_err(|error| format!("{program} cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} {} failed", arguments.join(" "))) }
}

fn mesinfos(arguments: &[&str]) -> Done {
    let binary = target().join("debug/mesinfos");
    run(&binary.to_string_lossy(), arguments)
}

fn apps() -> Done {
    run("cargo", &["build", "--locked", "-p", "mesinfos-cli"])?;
    components("debug", EXAMPLES)?;
    components("debug", HOSTILE)
}

/// Builds the apps of a folder with the program of a profile, in one run of cargo.
fn components(profile: &str, (folder, place): (&str, &str)) -> Done {
    let apps: Vec<String> = folders(folder)?.iter().map(|id| format!("{folder}/{id}")).collect();
    let output = target().join(place).to_string_lossy().into_owned();
    // The same bytes on every machine, whatever keys its user has.
    let mut arguments = vec!["build", "--unsigned", "--output", &output];
    arguments.extend(apps.iter().map(String::as_str));
    run(&target().join(profile).join("mesinfos").to_string_lossy(), &arguments)
}

/// A long step: announces it, and prints its duration at the end.
fn step(says: &str, does: impl FnOnce() -> Done) -> Done {
    let since = std::time::Instant::now();
    eprintln!("== {says}");
    does()?;
    eprintln!("== done in {} s", since.elapsed().as_secs());
    Ok(())
}

/// Sorted names of the folders in a workspace folder that contain a `Cargo.toml`.
fn folders(folder: &str) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join(folder)).map_err(|error| format!("{folder}: {error}"))?;
    let with_manifest = entries.flatten().filter(|entry| entry.path().join("Cargo.toml").is_file());
    let mut names: Vec<String> =
        with_manifest.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

fn demo(options: &[&str]) -> Done {
    let build = "1 of 3: building mesinfos. The first time some 300 crates, mostly the WebAssembly compiler: about seven minutes on two processors";
    step(build, || run("cargo", &["build", "--locked", "-p", "mesinfos-cli"]))?;
    step("2 of 3: building the example apps to WebAssembly: about a minute", || {
        components("debug", EXAMPLES)
    })?;
    let data = target().join("demo-data");
    // Start from an empty folder each time: the people of the demo are invented.
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let data = data.to_string_lossy().into_owned();
    let mut arguments = vec!["demo", "--data", &data];
    arguments.extend(options);
    eprintln!(
        "== 3 of 3: importing the files of three sample people, running each app over them, and serving: some seconds"
    );
    mesinfos(&arguments)
}

/// Installs an optimised program as `bin/mesinfos` and its apps as `share/mesinfos/apps`. Running it needs no
/// toolchain.
fn install(options: &[&str]) -> Done {
    let root = match options {
        [] => Path::new("/usr/local"),
        ["--root", root] => Path::new(*root),
        _ => return Err(format!("usage:\n{HELP}")),
    };
    run("cargo", &["build", "--locked", "--release", "-p", "mesinfos-cli"])?;
    components("release", EXAMPLES)?;
    let failed = |error: std::io::Error| format!("{}: {error}", root.display());
    let (bin, apps) = (root.join("bin"), root.join("share/mesinfos/apps"));
    for folder in [&bin, &apps] {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::copy(target().join("release/mesinfos"), bin.join("mesinfos")).map_err(failed)?;
    for id in folders(EXAMPLES.0)? {
        let file = format!("{id}.wasm");
        std::fs::copy(target().join(EXAMPLES.1).join(&file), apps.join(&file)).map_err(failed)?;
    }
    eprintln!("installed: {}. Try it: mesinfos demo", bin.join("mesinfos").display());
    Ok(())
}

/// Regenerates the WIT, the SDK's columns, the data dictionary, the page of real files, the OpenAPI document and the
/// references of the book, but for the page of blocks, which needs built apps. Tests compare these files with their sources, and write them with `BLESS=1`.
fn generate() -> Done {
    let bless = ("BLESS", "1");
    run_with("cargo", &["test", "-p", "mesinfos-model", "--test", "generated"], bless)?;
    run_with("cargo", &["test", "-p", "mesinfos-words", "--test", "dictionary"], bless)?;
    run_with("cargo", &["test", "-p", "mesinfos-intake", "--test", "real_files"], bless)?;
    // For the whole workspace: a single package would compile the engine a second time.
    run_with("cargo", &["test", "--workspace", "--lib", "--", "document::tests::"], bless)?;
    run_with("cargo", &["test", "--workspace", "--bins", "--", "usage::tests::the_page"], bless)?;
    // Shows the document that was written before.
    run_with("cargo", &["test", "-p", "mesinfos-model", "--test", "generated", "pages_of_the_book"], bless)
}

/// Runs the attack tests with many more cases. Their counts are on stderr.
fn hostile() -> Done {
    apps()?;
    // For the whole workspace, like all other tests: a single package enables other features and compiles
    // the engine a second time.
    let test = ["test", "--workspace", "--test", "it", "--", "--nocapture"];
    let suites = [
        "--test-threads=2",
        "arbitrary::",
        "attacks::",
        "floods::",
        "gallery::",
        "handles::",
        "learn::",
        "hostile::",
        "log::",
        "mutants::",
        "reading::",
        "residue::",
        "shapes::",
        "tools::",
        "views::",
        "wasi::",
        "withdrawals::",
    ];
    // Runs alone: it measures how the processors are shared.
    let alone = ["--test-threads=1", "mixed::"];
    for suites in [&suites[..], &alone] {
        run_with("cargo", &[&test[..], suites].concat(), ("MESINFOS_HOSTILE_LONG", "1"))?;
    }
    // Arbitrary messages from a runner.
    let words = ["test", "--workspace", "--lib", "--", "--nocapture", "any_words"];
    run_with("cargo", &words, ("MESINFOS_HOSTILE_LONG", "1"))
}

fn test() -> Done {
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["fmt", "--all", "--check", "--manifest-path", "tests/bench/Cargo.toml"])?;
    tidy::tidy()?;
    supply::advisories()?;
    supply::deny()?;
    run("cargo", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    // Not a member of this workspace, but it must build too.
    if Command::new("c++").arg("--version").output().is_ok_and(|output| output.status.success()) {
        run("cargo", &["check", "--locked", "--manifest-path", "host/intake/fuzz/Cargo.toml"])?;
    } else {
        eprintln!("the fuzz targets are not checked: libFuzzer needs a C++ compiler (g++)");
    }
    apps()?;
    oracle::oracle(&[])?;
    // This installs Node.js where it can, which the tests of the SDKs need.
    browser::core()?;
    languages::tests()?;
    postgres::ready()?;
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output();
    if nextest.is_ok_and(|output| output.status.success()) {
        run("cargo", &["nextest", "run", "--locked", "--workspace"])?;
        run("cargo", &["test", "--locked", "--workspace", "--doc"])?;
    } else {
        run("cargo", &["test", "--locked", "--workspace"])?;
    }
    run("cargo", &["doc", "--locked", "--workspace", "--no-deps"])?;
    bench::works()
}
