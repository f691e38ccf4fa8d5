//! Compiling Rust apps for WebAssembly with cargo.
//!
//! The wasm target is taken from the first of these that has it: the installed toolchain;
//! `rustup target add`; Debian's `rustc-web`, with the standard library built from `rust-web-src` (for closed
//! networks with a Debian mirror). A remark on stderr names the one used.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::lang;
use crate::shared::shown;
use crate::terminal::say::remark;
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

const TARGET: &str = "wasm32-unknown-unknown";

/// How an app is compiled. Settings are passed to cargo as `--config`, so that an app's workspace needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small and fast, for people.
    Release,
    /// Compiled quickly, for its author: no optimisation across crates, and only what changed.
    Draft,
}

impl Profile {
    /// A panic is a trap in both.
    fn settings(self) -> &'static [&'static str] {
        match self {
            Profile::Release => &[
                "profile.release.opt-level=3",
                "profile.release.lto=true",
                "profile.release.codegen-units=1",
                "profile.release.panic=\"abort\"",
                "profile.release.strip=true",
            ],
            Profile::Draft => &[
                "profile.dev.opt-level=1",
                "profile.dev.debug=false",
                "profile.dev.incremental=true",
                "profile.dev.panic=\"abort\"",
            ],
        }
    }
}

/// What cargo made.
pub(crate) enum Compiled {
    /// Paths of the core modules, in the order of the folders.
    Modules(Vec<PathBuf>),
    /// What the compiler said, if it was to be kept and there are errors.
    Errors(String),
}

/// Source of the standard library for the target.
pub(crate) enum Toolchain {
    /// Part of the installed toolchain.
    Installed,
    /// Built from source by Debian's compiler, linked by `linker`.
    Debian { linker: PathBuf },
}

/// The toolchain of this machine, looked for once: an author's app is built at each change.
pub(crate) fn toolchain() -> Result<&'static Toolchain> {
    static FOUND: OnceLock<Toolchain> = OnceLock::new();
    if let Some(found) = FOUND.get() {
        return Ok(found);
    }
    let found = search()?;
    Ok(FOUND.get_or_init(|| found))
}

fn search() -> Result<Toolchain> {
    let libraries = |root: &Path| root.join("lib/rustlib").join(TARGET).join("lib").is_dir();
    let root = PathBuf::from(said(Command::new("rustc").args(["--print", "sysroot"]))?);
    if libraries(&root) {
        return Ok(Toolchain::Installed);
    }
    remark!("{}", Cli::TargetMissing { target: TARGET }.to(lang()));
    let added = Command::new("rustup").args(["target", "add", TARGET]).stdout(Stdio::null()).status();
    if added.is_ok_and(|status| status.success()) && libraries(&root) {
        return Ok(Toolchain::Installed);
    }
    remark!("{}", Cli::RustupFailed.to(lang()));
    if !debian_has_it() {
        for arguments in [&["update"][..], &["install", "-y", "rustc-web", "rust-web-src"]] {
            let done = Command::new("apt-get").args(arguments).stdout(Stdio::null()).status();
            if !done.is_ok_and(|status| status.success()) {
                break;
            }
        }
    }
    let host = said(Command::new("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let linker = root.join("lib/rustlib").join(host).join("bin/rust-lld");
    if debian_has_it() && linker.is_file() {
        return Ok(Toolchain::Debian { linker });
    }
    Err(Failure::said(Cli::NoTarget { target: TARGET }))
}

fn debian_has_it() -> bool {
    let sysroot = said(Command::new("/usr/bin/rustc").args(["--print", "sysroot"]));
    Path::new("/usr/share/doc/rustc-web").is_dir()
        && sysroot.is_ok_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/std").is_dir())
}

/// Runs a command and returns its output, trimmed.
fn said(command: &mut Command) -> Result<String> {
    let name = format!("{command:?}");
    let ran = command.output().doing(Cli::RunningCommand { command: &name });
    let output = ran.map_err(|failure| failure.hint(Cli::HintRust))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        // The last line is the reason, or the tool's advice.
        let failed = match errors.lines().rfind(|line| !line.trim().is_empty()) {
            Some(why) => Cli::CommandFailedSaying { command: &name, why: why.trim() },
            None => Cli::CommandFailed { command: &name },
        };
        return Err(Failure::said(failed).hint(Cli::HintRust));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs cargo once for all `folders` of one workspace. Its errors are shown, or kept if `keeps_errors`.
pub(crate) fn compile(
    folders: &[&Path],
    toolchain: &Toolchain,
    profile: Profile,
    keeps_errors: bool,
) -> Result<Compiled> {
    let first = folders.first().or_say(Cli::NoModule)?;
    let mut command = Command::new("cargo");
    command.current_dir(first).args(["build", "--target", TARGET]);
    if profile == Profile::Release {
        command.arg("--release");
    }
    if folders.len() > 1 {
        for folder in folders {
            command.args(["--package", &package(folder)?]);
        }
    }
    command.arg("--message-format=json-render-diagnostics");
    for setting in profile.settings() {
        command.args(["--config", setting]);
    }
    if let Toolchain::Debian { linker } = toolchain {
        if !keeps_errors {
            remark!("{}", Cli::BuildingLibrary.to(lang()));
        }
        command
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", "/usr/bin/rustc")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    command.stderr(if keeps_errors { Stdio::piped() } else { Stdio::inherit() });
    let ran = command.output().doing(Cli::RunningCommand { command: "cargo" });
    let output = ran.map_err(|failure| failure.hint(Cli::HintRust))?;
    if !output.status.success() {
        if keeps_errors {
            return Ok(Compiled::Errors(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let all: Vec<String> = folders.iter().map(|folder| shown(folder)).collect();
        return Err(Failure::said(Cli::CargoFailed { path: &all.join(", ") }));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<serde_json::Value> =
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let module = |folder: &&Path| -> Result<PathBuf> {
        let wanted = folder.join("Cargo.toml").canonicalize()?;
        let of_it = |m: &&serde_json::Value| {
            m["manifest_path"].as_str().is_some_and(|path| Path::new(path) == wanted)
        };
        let wasm = |m: &serde_json::Value| {
            let files = m["filenames"].as_array()?.iter().filter_map(|file| file.as_str());
            files.into_iter().find(|file| file.ends_with(".wasm")).map(PathBuf::from)
        };
        messages.iter().filter(of_it).filter_map(wasm).next_back().or_say(Cli::NoModule)
    };
    Ok(Compiled::Modules(folders.iter().map(module).collect::<Result<_>>()?))
}

/// Name of the package in a folder, as its `Cargo.toml` says.
fn package(folder: &Path) -> Result<String> {
    let path = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).doing(Cli::Reading { path: &shown(&path) })?;
    let manifest: Option<toml::Table> = toml::from_str(&text).ok();
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    Ok(name.or_say(Cli::CargoFailed { path: &shown(folder) })?.to_owned())
}
