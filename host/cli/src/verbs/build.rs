//! Builds a component from an app's folder, or one from each of several, with cargo and `wit-component`,
//! and embeds the manifest. A component built by another toolchain (JavaScript, Python) only gets the
//! manifest.
//!
//! The wasm target is taken from the first of these that has it: the installed toolchain;
//! `rustup target add`; Debian's `rustc-web`, with the standard library built from `rust-web-src` (for closed
//! networks with a Debian mirror). A remark on stderr names the one used.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::lang;
use crate::session::Session;
use crate::shared::shown;
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
    #[arg(value_name = "APP_DIR", required = true)]
    folders: Vec<PathBuf>,
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
        let told = |built: &Built| {
            let size = mesinfos_words::size(built.size, out.lang);
            out.say(Cli::Built { path: &built.component, size: &size });
        };
        let next = |built: &Built| {
            out.say(Cli::Next { command: &format!("mesinfos install {}", built.component) });
        };
        if let [folder] = &self.folders[..] {
            let built = build_one(folder, self.component.as_deref(), self.output.as_deref())?;
            out.print(&built, |built| {
                told(built);
                next(built);
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.component.is_some() {
            return Err(Failure::said(Cli::OneComponent));
        }
        let built = build_all(&self.folders, self.output.as_deref())?;
        out.print(&built, |built| {
            built.iter().for_each(told);
            built.last().into_iter().for_each(next);
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

/// An app's folder, with its manifest.
struct Source<'a> {
    folder: &'a Path,
    manifest: String,
    /// File name of the component, from the app's id.
    file: String,
}

impl<'a> Source<'a> {
    fn read(folder: &'a Path) -> Result<Source<'a>> {
        let manifest = std::fs::read_to_string(folder.join("mesinfos.toml"))
            .or_say(Cli::NoManifestIn { path: &shown(folder) })?;
        let parsed = Manifest::parse(&manifest).map_err(|error| wrong(folder, &error))?;
        Ok(Source { folder, file: format!("{}.wasm", parsed.app.id), manifest })
    }

    /// Adds the manifest to the component and writes it.
    fn write(&self, component: &[u8], output: &Path) -> Result<Built> {
        let bytes = embed(component, &self.manifest).map_err(|error| wrong(self.folder, &error))?;
        if let Some(parent) = output.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(output, &bytes).doing(Cli::Writing { path: &shown(output) })?;
        Ok(Built { component: output.to_string_lossy().into_owned(), size: bytes.len() as u64 })
    }

    /// `<target>/wasm32-unknown-unknown/release/app.wasm` -> `<target>/apps/<id>.wasm`.
    fn usual(&self, module: &Path) -> Result<PathBuf> {
        let target = module.ancestors().nth(3).or_say(Cli::WhereTo)?;
        Ok(target.join("apps").join(&self.file))
    }
}

/// Builds the app in a folder, or uses `component`, built by another toolchain.
fn build_one(folder: &Path, component: Option<&Path>, output: Option<&Path>) -> Result<Built> {
    let source = Source::read(folder)?;
    let (component, usual) = match component {
        Some(path) => (made(path)?, None),
        None => {
            let module = cargo(&[folder], &toolchain()?)?.pop().or_say(Cli::NoModule)?;
            (encoded(&module)?, Some(source.usual(&module)?))
        }
    };
    let output = output.map(Path::to_owned).or(usual).or_say(Cli::WhereTo)?;
    source.write(&component, &output)
}

/// Builds the apps of several folders of one workspace, in one run of cargo. `output` is a folder.
fn build_all(folders: &[PathBuf], output: Option<&Path>) -> Result<Vec<Built>> {
    let sources = folders.iter().map(|folder| Source::read(folder)).collect::<Result<Vec<_>>>()?;
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let modules = cargo(&folders, &toolchain()?)?;
    let write = |(source, module): (&Source<'_>, &PathBuf)| {
        let output = match output {
            Some(folder) => folder.join(&source.file),
            None => source.usual(module)?,
        };
        source.write(&encoded(module)?, &output)
    };
    sources.iter().zip(&modules).map(write).collect()
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
    let bytes = crate::shared::read_app(path)?;
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
        // The last line is the reason, or the tool's advice.
        let failed = match errors.lines().rfind(|line| !line.trim().is_empty()) {
            Some(why) => Cli::CommandFailedSaying { command: &name, why: why.trim() },
            None => Cli::CommandFailed { command: &name },
        };
        return Err(Failure::said(failed).hint(Cli::HintRust));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs cargo once and returns the paths of the core modules that it built, in the order of the folders.
fn cargo(folders: &[&Path], toolchain: &Toolchain) -> Result<Vec<PathBuf>> {
    let first = folders.first().or_say(Cli::NoModule)?;
    let mut command = Command::new("cargo");
    command.current_dir(first).args(["build", "--release", "--target", TARGET]);
    if folders.len() > 1 {
        for folder in folders {
            command.args(["--package", &package(folder)?]);
        }
    }
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
    folders.iter().map(module).collect()
}

/// Name of the package in a folder, as its `Cargo.toml` says.
fn package(folder: &Path) -> Result<String> {
    let path = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).doing(Cli::Reading { path: &shown(&path) })?;
    let manifest: Option<toml::Table> = toml::from_str(&text).ok();
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    Ok(name.or_say(Cli::CargoFailed { path: &shown(folder) })?.to_owned())
}
