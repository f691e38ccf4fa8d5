//! Apps in TypeScript, JavaScript and Python: their packages build the component.
//!
//! What a package needs is fetched once, into the app's own folder (`node_modules`, `.venv`).

use super::language::Language;
use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::shared::shown;
use crate::terminal::say::remark;
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the package made.
pub(crate) enum Scripted {
    /// A component, without a manifest.
    Component(Vec<u8>),
    /// What it said instead.
    Errors(String),
}

/// Builds the app in a folder.
pub(crate) fn build(folder: &Path, language: Language) -> Result<Scripted> {
    // Tools write beside the sources; a relative path would be that of their own folder.
    let folder = folder.canonicalize().doing(Cli::Reading { path: &shown(folder) })?;
    let output = folder.join("target").join("component.wasm");
    std::fs::create_dir_all(folder.join("target")).doing(Cli::Making { path: &shown(&output) })?;
    let mut command = match language {
        Language::Python => python(&folder)?,
        Language::Rust | Language::TypeScript | Language::JavaScript => node(&folder)?,
    };
    command.current_dir(&folder).args(["build", ".", "--output"]).arg(&output);
    let ran = run(&mut command, language)?;
    if !ran.status.success() {
        let words = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        return Ok(Scripted::Errors(words.concat()));
    }
    Ok(Scripted::Component(std::fs::read(&output).doing(Cli::Reading { path: &shown(&output) })?))
}

/// What the compiler of TypeScript says of the app in a folder, a line for each fault: file, place in parentheses, words.
/// Nothing without a compiler in the app's packages: the app is built without one.
pub(crate) fn type_faults(folder: &Path) -> Result<Vec<String>> {
    let folder = folder.canonicalize().doing(Cli::Reading { path: &shown(folder) })?;
    let compiler = folder.join("node_modules/typescript/bin/tsc");
    if !compiler.is_file() || !folder.join("tsconfig.json").is_file() {
        return Ok(Vec::new());
    }
    let mut command = Command::new("node");
    command.arg(compiler).args(["--noEmit", "--pretty", "false"]).current_dir(&folder);
    let ran = run(&mut command, Language::TypeScript)?;
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    Ok(said.lines().filter(|line| line.contains(": error ")).map(str::to_owned).collect())
}

/// The command of the SDK for JavaScript, installed first if it is not.
fn node(folder: &Path) -> Result<Command> {
    let program = folder.join("node_modules/@mesinfos/sdk/bin/mesinfos-js.js");
    if !program.is_file() {
        remark!("{}", Cli::FetchingPackages { command: "npm install" }.to(lang()));
        let mut install = Command::new("npm");
        install.current_dir(folder).args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        done(&mut install, Language::JavaScript)?;
    }
    let mut command = Command::new("node");
    command.arg(program);
    Ok(command)
}

/// The command of the SDK for Python, installed first if it is not.
fn python(folder: &Path) -> Result<Command> {
    let environment = folder.join(".venv");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let mark = environment.join("mesinfos-ready");
    if !mark.is_file() {
        remark!("{}", Cli::FetchingPackages { command: "pip install" }.to(lang()));
        done(Command::new("python3").args(["-m", "venv"]).arg(&environment), Language::Python)?;
        let mut install = Command::new(&python);
        install.current_dir(folder).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        done(install.args(["--requirement", "requirements.txt"]), Language::Python)?;
        // An environment whose packages did not arrive is made again.
        std::fs::write(&mark, "").doing(Cli::Writing { path: &shown(&mark) })?;
    }
    let mut command = Command::new(python);
    command.args(["-m", "mesinfos"]);
    Ok(command)
}

fn run(command: &mut Command, language: Language) -> Result<std::process::Output> {
    let name = PathBuf::from(command.get_program()).display().to_string();
    let ran = command.stdin(Stdio::null()).output().doing(Cli::RunningCommand { command: &name });
    ran.map_err(|failure| {
        failure.hint(match language {
            Language::Rust => Cli::HintRust,
            Language::TypeScript | Language::JavaScript => Cli::HintNode,
            Language::Python => Cli::HintPython,
        })
    })
}

/// Runs a command that must succeed.
fn done(command: &mut Command, language: Language) -> Result<()> {
    let ran = run(command, language)?;
    if ran.status.success() {
        return Ok(());
    }
    String::from_utf8_lossy(&ran.stderr).lines().for_each(crate::terminal::say::warning);
    let name = PathBuf::from(command.get_program()).display().to_string();
    Err(Failure::said(Cli::CommandFailed { command: &name }))
}
