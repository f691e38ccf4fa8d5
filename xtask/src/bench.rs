//! Builds and runs the measurements of `tests/bench`, in a target folder of their own.

use crate::{Done, root, run_with, target};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Apps, built by our own command.
const APPS: &[&str] = &["budget", "profile", "plans", "wait"];
/// Guests for other hosts: core modules, built by cargo with the settings of our command.
const MODULES: &[&str] = &["records", "extism"];
/// Release settings of `mesinfos build`.
const PROFILE: &[&str] = &[
    "profile.release.opt-level=3",
    "profile.release.lto=true",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
    "profile.release.strip=true",
];
/// Python packages for the comparison. Results change little between versions.
const PACKAGES: &[&str] = &["duckdb==2.0.1", "lxml", "ofxtools"];

/// Builds and measures; passes the options to the measuring program.
pub(crate) fn run(options: &[&str]) -> Done {
    let bench = root().join("tests/bench");
    let target = bench.join("target");
    let at = |program: &str, arguments: &[&str]| {
        run_with(program, arguments, ("CARGO_TARGET_DIR", &target.to_string_lossy()))
    };
    at("cargo", &["build", "--release", "--package", "mesinfos-cli"])?;
    let mesinfos = target.join("release/mesinfos");
    apps(&bench, &target, &mesinfos)?;
    modules(&bench, &target)?;
    others(&bench, &mesinfos);
    python(&target);
    let manifest = bench.join("Cargo.toml").to_string_lossy().into_owned();
    at("cargo", &["build", "--release", "--locked", "--manifest-path", &manifest])?;
    at(&target.join("release/bench").to_string_lossy(), options)
}

/// Smoke test: runs everything once in the workspace's own target folder and profile, reusing existing
/// builds, without the peers that take long to build.
pub(crate) fn works() -> Done {
    let (bench, target) = (root().join("tests/bench"), target());
    apps(&bench, &target, &target.join("debug/mesinfos"))?;
    modules(&bench, &target)?;
    let manifest = bench.join("Cargo.toml").to_string_lossy().into_owned();
    let settings = profile()?;
    let mut build = vec!["build", "--locked", "--no-default-features", "--manifest-path", &manifest];
    build.extend(settings.iter().flat_map(|setting| ["--config", setting]));
    let target = target.to_string_lossy().into_owned();
    run_with("cargo", &build, ("CARGO_TARGET_DIR", &target))?;
    run_with(&format!("{target}/debug/bench"), &["--quick"], ("CARGO_TARGET_DIR", &target))
}

/// The workspace's development profile as cargo settings, so that both workspaces can share built
/// artifacts.
fn profile() -> Result<Vec<String>, String> {
    let path = root().join("Cargo.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut table = None;
    let mut settings = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = Some(name).filter(|name| name.starts_with("profile.dev"));
        } else if let (Some(table), Some((key, value))) = (table, line.split_once(" = ")) {
            settings.push(format!("{table}.{key}={value}"));
        }
    }
    Ok(settings)
}

/// Builds the apps in one run of cargo.
fn apps(bench: &Path, target: &Path, mesinfos: &Path) -> Done {
    let output = target.join("guests").to_string_lossy().into_owned();
    let folders = APPS.iter().map(|app| bench.join("guests").join(app).to_string_lossy().into_owned());
    let folders: Vec<String> = folders.collect();
    let mut build = vec!["build", "--output", &output];
    build.extend(folders.iter().map(String::as_str));
    run_with(&mesinfos.to_string_lossy(), &build, ("CARGO_TARGET_DIR", &target.to_string_lossy()))
}

/// Builds the core modules with the compiler that `mesinfos build` found or installed.
fn modules(bench: &Path, target: &Path) -> Done {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().map_err(|e| e.to_string())?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim()).join("lib/rustlib");
    let mut command = Command::new("cargo");
    command.current_dir(bench).args(["build", "--release", "--locked", "--target", TARGET]);
    command.env("CARGO_TARGET_DIR", target);
    for module in MODULES {
        command.args(["--package", &format!("bench-{module}")]);
    }
    for setting in PROFILE {
        command.args(["--config", setting]);
    }
    if !libraries.join(TARGET).join("lib").is_dir() {
        let host = std::fs::read_dir(&libraries).map_err(|e| e.to_string())?.flatten();
        let mut linkers = host.map(|host| host.path().join("bin/rust-lld"));
        let linker = linkers.find(|linker| linker.is_file()).ok_or("the toolchain has no rust-lld")?;
        command
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", "/usr/bin/rustc")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    eprintln!("$ {command:?}");
    if !command.status().is_ok_and(|status| status.success()) {
        return Err("the modules of other hosts could not be built".to_owned());
    }
    for module in MODULES {
        let built = target.join(TARGET).join("release").join(format!("bench_{module}.wasm"));
        let output = target.join("guests").join(format!("{module}.wasm"));
        std::fs::copy(&built, output).map_err(|error| format!("{}: {error}", built.display()))?;
    }
    Ok(())
}

/// Builds the apps in JavaScript and Python. If that fails, the table says that they were not built.
fn others(bench: &Path, mesinfos: &Path) {
    let script = bench.join("guests/build.sh");
    eprintln!("$ sh {} {}", script.display(), mesinfos.display());
    let built = Command::new("sh").arg(&script).arg(mesinfos).status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("the apps in JavaScript and Python could not be built: they are left out");
    }
}

/// Installs DuckDB and readers of data holders' files in a separate Python environment. If that fails, the
/// tables omit their rows.
fn python(target: &Path) {
    let venv = target.join("venv");
    let python = venv.join("bin/python");
    let there = |command: &mut Command| command.status().is_ok_and(|status| status.success());
    let done = (python.is_file() || there(Command::new("python3").args(["-m", "venv"]).arg(&venv)))
        && there(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES));
    if !done {
        eprintln!("the Python packages to compare with could not be installed: they are left out");
    }
}
