//! Compiling Rust apps for WebAssembly with cargo.
//!
//! An app is compiled for `wasm32-unknown-unknown`, or for the target that its `Cargo.toml` names in
//! `package.metadata.mesinfos.target`: `wasm32-wasip2`, for a crate that needs a clock or random numbers of `std`.
//!
//! The usual target is taken from the first of these that has it: the installed toolchain;
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

/// For what an app is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// No system at all: a core module.
    Plain,
    /// `std` on WASI 0.2, which leads nowhere here: a component.
    Wasi,
}

impl Target {
    const ALL: [Target; 2] = [Target::Plain, Target::Wasi];

    /// As rustc calls it.
    fn name(self) -> &'static str {
        match self {
            Target::Plain => "wasm32-unknown-unknown",
            Target::Wasi => "wasm32-wasip2",
        }
    }

    /// The one that a folder's `Cargo.toml` names; without one, the usual one.
    fn of(folder: &Path) -> Result<Target> {
        let named = manifest(folder)?.and_then(|manifest| {
            let target = manifest.get("package")?.get("metadata")?.get("mesinfos")?.get("target")?;
            Some(target.as_str().unwrap_or_default().to_owned())
        });
        let Some(found) = named else { return Ok(Target::Plain) };
        let known = Target::ALL.map(Target::name).join(", ");
        let target = Target::ALL.into_iter().find(|target| target.name() == found);
        target.or_say(Cli::UnknownTarget { path: &shown(folder), found: &found, known: &known })
    }
}

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
    /// Paths of the core modules or components, in the order of the folders.
    Modules(Vec<PathBuf>),
    /// What the compiler said, if it was to be kept and there are errors.
    Errors(String),
}

/// Source of the standard library for the target.
enum Toolchain {
    /// Part of the installed toolchain.
    Installed,
    /// Built from source by Debian's compiler, linked by `linker`.
    Debian { linker: PathBuf },
}

/// The toolchain of this machine, looked for once: an author's app is built at each change.
fn toolchain(target: Target) -> Result<&'static Toolchain> {
    static FOUND: [OnceLock<Toolchain>; 2] = [OnceLock::new(), OnceLock::new()];
    let [plain, wasi] = &FOUND;
    let found = match target {
        Target::Plain => plain,
        Target::Wasi => wasi,
    };
    if let Some(found) = found.get() {
        return Ok(found);
    }
    let searched = search(target)?;
    Ok(found.get_or_init(|| searched))
}

fn search(wanted: Target) -> Result<Toolchain> {
    let target = wanted.name();
    let libraries = |root: &Path| root.join("lib/rustlib").join(target).join("lib").is_dir();
    let root = PathBuf::from(said(Command::new("rustc").args(["--print", "sysroot"]))?);
    if libraries(&root) {
        return Ok(Toolchain::Installed);
    }
    remark!("{}", Cli::TargetMissing { target }.to(lang()));
    let added = Command::new("rustup").args(["target", "add", target]).stdout(Stdio::null()).status();
    if added.is_ok_and(|status| status.success()) && libraries(&root) {
        return Ok(Toolchain::Installed);
    }
    if wanted == Target::Wasi {
        return Err(Failure::said(Cli::NoTarget { target }));
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
    Err(Failure::said(Cli::NoTarget { target }))
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

/// Runs cargo once for all `folders` of one workspace with the same target. Its errors are shown, or kept if
/// `keeps_errors`.
pub(crate) fn compile(folders: &[&Path], profile: Profile, keeps_errors: bool) -> Result<Compiled> {
    let targets = folders.iter().map(|folder| Target::of(folder)).collect::<Result<Vec<_>>>()?;
    let mut modules = vec![PathBuf::new(); folders.len()];
    for target in Target::ALL {
        let at: Vec<usize> = (0..folders.len()).filter(|at| targets[*at] == target).collect();
        if at.is_empty() {
            continue;
        }
        let of_target: Vec<&Path> = at.iter().map(|at| folders[*at]).collect();
        match compile_for(target, &of_target, profile, keeps_errors)? {
            Compiled::Errors(words) => return Ok(Compiled::Errors(words)),
            Compiled::Modules(made) => at.into_iter().zip(made).for_each(|(at, module)| modules[at] = module),
        }
    }
    Ok(Compiled::Modules(modules))
}

fn compile_for(target: Target, folders: &[&Path], profile: Profile, keeps_errors: bool) -> Result<Compiled> {
    let toolchain = toolchain(target)?;
    let first = folders.first().or_say(Cli::NoModule)?;
    let mut command = Command::new("cargo");
    command.current_dir(first).args(["build", "--target", target.name()]);
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

/// The `Cargo.toml` of a folder; `None` if it is no TOML, which cargo tells.
fn manifest(folder: &Path) -> Result<Option<toml::Table>> {
    let path = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).doing(Cli::Reading { path: &shown(&path) })?;
    Ok(toml::from_str(&text).ok())
}

/// Name of the package in a folder, as its `Cargo.toml` says.
fn package(folder: &Path) -> Result<String> {
    let manifest = manifest(folder)?;
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    Ok(name.or_say(Cli::CargoFailed { path: &shown(folder) })?.to_owned())
}
