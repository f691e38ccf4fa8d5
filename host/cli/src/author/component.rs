//! From an app's folder to a component with its manifest.
//!
//! Rust is compiled by cargo and encoded by `wit-component`. A component built by another toolchain (JavaScript,
//! Python) only gets the manifest.

use super::cargo::{self, Compiled, Profile};
use super::keys::{Key, Signing};
use super::language::Language;
use super::script::{self, Scripted};
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::{lang, of_answer};
use crate::shared::shown;
use crate::terminal::say;
use mesinfos_platform::runtime::manifest::embed;
use mesinfos_platform::runtime::{Manifest, ManifestError};
use mesinfos_wire::Built;
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};

/// An app's folder, with its manifest.
struct Source<'a> {
    folder: &'a Path,
    manifest: String,
    /// The app's id.
    id: String,
    /// File name of the component, from the app's id.
    file: String,
}

impl<'a> Source<'a> {
    fn read(folder: &'a Path) -> Result<Source<'a>> {
        let manifest = manifest(folder)?;
        let parsed = Manifest::parse(&manifest).map_err(|error| wrong(folder, &error))?;
        Ok(Source { folder, file: format!("{}.wasm", parsed.app.id), id: parsed.app.id, manifest })
    }

    /// Adds the manifest to the component, signs it if there is a key, and writes it.
    fn write(&self, component: &[u8], output: &Path, key: Option<&Key>) -> Result<Built> {
        let bytes = embed(component, &self.manifest).map_err(|error| wrong(self.folder, &error))?;
        let bytes = key.map_or(bytes.clone(), |key| key.sign(&bytes, &self.id));
        if let Some(file) = key.and_then(Key::misses) {
            say::warning(&Cli::KeyBeforeMissing { path: &shown(file) }.to(lang()));
        }
        if let Some(parent) = output.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(output, &bytes).doing(Cli::Writing { path: &shown(output) })?;
        Ok(Built {
            component: output.to_string_lossy().into_owned(),
            size: bytes.len() as u64,
            key: key.map(|key| key.public().to_string()),
        })
    }

    /// `<target>/<triple>/release/app.wasm` -> `<target>/apps/<id>.wasm`.
    fn usual(&self, module: &Path) -> Result<PathBuf> {
        let target = module.ancestors().nth(3).or_say(Cli::WhereTo)?;
        Ok(target.join("apps").join(&self.file))
    }
}

/// Builds the app in a folder, or uses `component`, built by another toolchain.
pub(crate) fn build_one(
    folder: &Path,
    component: Option<&Path>,
    output: Option<&Path>,
    signing: &Signing,
) -> Result<Built> {
    // A key that cannot be read ends the command before anything is compiled.
    let key = signing.key()?;
    let source = Source::read(folder)?;
    let (component, usual) = match component {
        Some(path) => (made(path)?, None),
        None if Language::of(folder) != Language::Rust => {
            let component = match script::build(folder, Language::of(folder))? {
                Scripted::Component(bytes) => bytes,
                Scripted::Errors(words) => return Err(not_built(folder, &words)),
            };
            (component, Some(folder.join("target/apps").join(&source.file)))
        }
        None => {
            let module = modules(&[folder])?.pop().or_say(Cli::NoModule)?;
            (encoded(&module)?, Some(source.usual(&module)?))
        }
    };
    let output = output.map(Path::to_owned).or(usual).or_say(Cli::WhereTo)?;
    source.write(&component, &output, key.as_ref())
}

/// Builds the apps of several folders of one workspace, in one run of cargo. `output` is a folder.
pub(crate) fn build_all(folders: &[PathBuf], output: Option<&Path>, signing: &Signing) -> Result<Vec<Built>> {
    let key = signing.key()?;
    let sources = folders.iter().map(|folder| Source::read(folder)).collect::<Result<Vec<_>>>()?;
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let modules = modules(&folders)?;
    let write = |(source, module): (&Source<'_>, &PathBuf)| {
        let output = match output {
            Some(folder) => folder.join(&source.file),
            None => source.usual(module)?,
        };
        source.write(&encoded(module)?, &output, key.as_ref())
    };
    sources.iter().zip(&modules).map(write).collect()
}

/// Compiles the apps of several folders for people, and returns their core modules.
fn modules(folders: &[&Path]) -> Result<Vec<PathBuf>> {
    match cargo::compile(folders, Profile::Release, false)? {
        Compiled::Modules(modules) => Ok(modules),
        Compiled::Errors(_) => Err(Failure::said(Cli::NoModule)),
    }
}

/// Text of the manifest of a folder.
pub(crate) fn manifest(folder: &Path) -> Result<String> {
    std::fs::read_to_string(folder.join("mesinfos.toml")).or_say(Cli::NoManifestIn { path: &shown(folder) })
}

/// What an author's folder gives while it changes.
pub(crate) enum Draft {
    /// A component with its manifest.
    Component(Vec<u8>),
    /// What the compiler said.
    Errors(String),
}

/// Compiles the app in a folder quickly. Nothing is printed, and nothing but the compiler's own files is written.
pub(crate) fn draft(folder: &Path) -> Result<Draft> {
    let source = Source::read(folder)?;
    let component = match Language::of(folder) {
        Language::Rust => match cargo::compile(&[folder], Profile::Draft, true)? {
            Compiled::Errors(words) => return Ok(Draft::Errors(words)),
            Compiled::Modules(mut modules) => encoded(&modules.pop().or_say(Cli::NoModule)?)?,
        },
        language => match script::build(folder, language)? {
            Scripted::Errors(words) => return Ok(Draft::Errors(words)),
            Scripted::Component(bytes) => bytes,
        },
    };
    Ok(Draft::Component(embed(&component, &source.manifest).map_err(|error| wrong(folder, &error))?))
}

/// [`draft`] for a command: what the compiler said is printed.
pub(crate) fn drafted(folder: &Path) -> Result<Vec<u8>> {
    match draft(folder)? {
        Draft::Component(bytes) => Ok(bytes),
        Draft::Errors(words) => Err(not_built(folder, &words)),
    }
}

/// Prints what a compiler said, and returns the failure that ends the command.
fn not_built(folder: &Path, words: &str) -> Failure {
    words.lines().for_each(say::warning);
    Failure::said(Cli::NotBuilt { path: &shown(folder) })
}

/// Error for the manifest of a folder.
fn wrong(folder: &Path, error: &ManifestError) -> Failure {
    let why = mesinfos_words::outcome::manifest_error(error, of_answer());
    Failure::other(why).while_doing(Cli::ManifestIn { path: &shown(folder) })
}

/// What a component begins with.
const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

/// Converts a core module to a component. On WASI, the linker made one already.
fn encoded(module: &Path) -> Result<Vec<u8>> {
    let name = shown(module);
    let core = std::fs::read(module).doing(Cli::Reading { path: &name })?;
    if core.starts_with(COMPONENT) {
        return Ok(core);
    }
    wit_component::ComponentEncoder::default()
        .module(&core)
        .and_then(|encoder| encoder.validate(true).encode())
        .map_err(Failure::other)
        .doing(Cli::BuildingComponent { path: &name })
}

/// Reads a component built by another toolchain.
fn made(path: &Path) -> Result<Vec<u8>> {
    let bytes = crate::shared::read_app(path)?;
    if !bytes.starts_with(COMPONENT) {
        return Err(Failure::said(Cli::NotAComponent { path: &shown(path) }));
    }
    Ok(bytes)
}
