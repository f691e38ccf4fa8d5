//! Builds a component from an app's folder with cargo and `wit-component`, and embeds the manifest. A
//! component built by another toolchain (JavaScript, Python) only gets the manifest.
//!
//! The wasm target is taken from the first of these that has it: the installed toolchain; `rustup target
//! add`; Debian's `rustc-web`, with the standard library built from `rust-web-src` (for closed networks with
//! a Debian mirror). Remarks on stderr say which one is used.

use crate::acts::shown;
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::lang;
use crate::session::Session;
use crate::terminal::say::remark;
use crate::verbs::Act;
use mesinfos_platform::runtime::manifest::embed;
use mesinfos_platform::runtime::{Manifest, ManifestError};
use mesinfos_wire::Built;
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP_DIR")]
    folder: PathBuf,
    #[arg(long, value_name = "FILE", requires = "output")]
    component: Option<PathBuf>,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Act for Args {
    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let built = build(&self.folder, self.component.as_deref(), self.output.as_deref())?;
        out.print(&built, |built| {
            let path = built.component.clone();
            let size = mesinfos_words::size(built.size, out.lang);
            out.say(Cli::Built { path: &path, size: &size });
            out.say(Cli::Next { command: &format!("mesinfos install {path}") });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

const TARGET: &str = "wasm32-unknown-unknown";

/// Release settings for apps: small, and a panic is a trap. Passed to cargo as `--config`, so that an app's
/// workspace needs no settings of its own.
const PROFILE: &[&str] = &[
    "profile.release.opt-level=3",
    "profile.release.lto=true",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
    "profile.release.strip=true",
];

/// Source of the standard library for the target.
enum Toolchain {
    /// Part of the installed toolchain.
    Installed,
    /// Built from source by Debian's compiler, linked by `linker`.
    Debian { linker: PathBuf },
}

/// Builds the app in a folder, or uses `component`, built by another toolchain.
fn build(folder: &Path, component: Option<&Path>, output: Option<&Path>) -> Result<Built> {
    let text = std::fs::read_to_string(folder.join("mesinfos.toml"))
        .or_say(Cli::NoManifestIn { path: &shown(folder) })?;
    let manifest = Manifest::parse(&text).map_err(|error| wrong(folder, &error))?;
    let (component, usual) = match component {
        Some(path) => (made(path)?, None),
        None => {
            let module = cargo(folder, &toolchain()?)?;
            // <target>/wasm32-unknown-unknown/release/app.wasm -> <target>/apps/<id>.wasm
            let target = module.ancestors().nth(3);
            let usual = target.map(|target| target.join("apps").join(format!("{}.wasm", manifest.app.id)));
            (encoded(&module)?, usual)
        }
    };
    let bytes = embed(&component, &text).map_err(|error| wrong(folder, &error))?;
    let output = output.map(Path::to_owned).or(usual).or_say(Cli::WhereTo)?;
    if let Some(parent) = output.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(&output, &bytes).doing(Cli::Writing { path: &shown(&output) })?;
    Ok(Built { component: output.to_string_lossy().into_owned(), size: bytes.len() as u64 })
}

/// Error for the manifest of a folder.
fn wrong(folder: &Path, error: &ManifestError) -> Failure {
    let why = mesinfos_words::outcome::manifest_error(error, lang());
    Failure::other(why).while_doing(Cli::ManifestIn { path: &shown(folder) })
}

/// Converts a core module to a component.
fn encoded(module: &Path) -> Result<Vec<u8>> {
    let name = shown(module);
    let core = std::fs::read(module).doing(Cli::Reading { path: &name })?;
    wit_component::ComponentEncoder::default()
        .module(&core)
        .and_then(|encoder| encoder.validate(true).encode())
        .map_err(Failure::other)
        .doing(Cli::BuildingComponent { path: &name })
}

/// Reads a component built by another toolchain.
fn made(path: &Path) -> Result<Vec<u8>> {
    let bytes = crate::acts::read_app(path)?;
    if !bytes.starts_with(b"\0asm\x0d\0\x01\0") {
        return Err(Failure::said(Cli::NotAComponent { path: &shown(path) }));
    }
    Ok(bytes)
}

fn toolchain() -> Result<Toolchain> {
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
        // The last line is the reason, or the advice of the tool.
        let failed = match errors.lines().rfind(|line| !line.trim().is_empty()) {
            Some(why) => Cli::CommandFailedSaying { command: &name, why: why.trim() },
            None => Cli::CommandFailed { command: &name },
        };
        return Err(Failure::said(failed).hint(Cli::HintRust));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs cargo and returns the path of the core module it built.
fn cargo(folder: &Path, toolchain: &Toolchain) -> Result<PathBuf> {
    let mut command = Command::new("cargo");
    command.current_dir(folder).args(["build", "--release", "--target", TARGET]);
    command.arg("--message-format=json-render-diagnostics");
    for setting in PROFILE {
        command.args(["--config", setting]);
    }
    if let Toolchain::Debian { linker } = toolchain {
        remark!("{}", Cli::BuildingLibrary.to(lang()));
        command
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", "/usr/bin/rustc")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    let ran = command.stderr(Stdio::inherit()).output().doing(Cli::RunningCommand { command: "cargo" });
    let output = ran.map_err(|failure| failure.hint(Cli::HintRust))?;
    if !output.status.success() {
        return Err(Failure::said(Cli::CargoFailed { path: &shown(folder) }));
    }
    let wanted = folder.join("Cargo.toml").canonicalize()?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|m| m["manifest_path"].as_str().is_some_and(|path| Path::new(path) == wanted))
        .filter_map(|m| {
            let files = m["filenames"].as_array()?.clone();
            files.iter().filter_map(|f| f.as_str()).find(|f| f.ends_with(".wasm")).map(PathBuf::from)
        })
        .next_back()
        .or_say(Cli::NoModule)
}
