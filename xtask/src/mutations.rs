//! Mutation tests of limits: removes one limit at a time, in a copy of the workspace, and lists the tests
//! that fail. Every removal must be noticed.

use crate::limits::MUTATIONS;
use crate::{Done, root, target};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Removal of one limit.
pub(crate) struct Mutation {
    /// Name of the limit.
    pub(crate) limit: &'static str,
    /// Edits: file, original text, replacement.
    pub(crate) edits: &'static [(&'static str, &'static str, &'static str)],
    /// The package whose tests must notice, and the tests to run, as a nextest expression.
    pub(crate) tests: (&'static str, &'static str),
}

/// Folders excluded from the copy.
const NOT_COPIED: &[&str] = &["target", ".git"];

/// The table of results.
const TABLE: &str = "docs/limits-and-their-tests.md";

pub(crate) const RUNTIME: &str = "mesinfos-runtime";
pub(crate) const RUNNER: &str = "mesinfos-runner";
pub(crate) const PLATFORM: &str = "mesinfos-platform";
pub(crate) const MODEL: &str = "mesinfos-model";
pub(crate) const CONSENT: &str = "mesinfos-consent";
pub(crate) const INTAKE: &str = "mesinfos-intake";
pub(crate) const VAULT: &str = "mesinfos-vault";
pub(crate) const REGISTRY: &str = "mesinfos-registry";
pub(crate) const EVENT: &str = "mesinfos-event";
pub(crate) const WEB: &str = "mesinfos-web";
pub(crate) const TESTS: &str = "mesinfos-tests";

/// Runs all mutations, or those whose limit contains one of these words. Writes each row of the table at
/// once, so that an interrupted run loses nothing.
pub(crate) fn mutations(words: &[&str]) -> Done {
    let chosen: Vec<&Mutation> = MUTATIONS
        .iter()
        .filter(|mutation| words.is_empty() || words.iter().any(|word| mutation.limit.contains(word)))
        .collect();
    let workshop = Workshop::open()?;
    workshop.unchanged(&chosen)?;
    let mut green = Vec::new();
    for mutation in &chosen {
        let started = Instant::now();
        let red = workshop.red(mutation)?;
        eprintln!("{}: {} red, {:?}", mutation.limit, red.len(), started.elapsed());
        if red.is_empty() {
            green.push(mutation.limit);
        }
        write_row(mutation.limit, &red)?;
    }
    if green.is_empty() {
        return Ok(());
    }
    Err(format!("no test fails without these limits: {}", green.join("; ")))
}

/// Writes the failing tests of a limit into the table, in the order of the list.
fn write_row(limit: &str, red: &[String]) -> Done {
    let path = root().join(TABLE);
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let red: Vec<String> = red.iter().map(|test| format!("`{test}`")).collect();
    let red = if red.is_empty() { "**none**".to_owned() } else { red.join(", ") };
    let mut table = String::from(
        "# Limits, and the tests that hold them\n\n\
         Made by `cargo xtask mutations`, which takes away one limit at a time and runs the tests: do not edit.\n\n\
         | limit taken away | tests that turn red |\n|---|---|\n",
    );
    for mutation in MUTATIONS {
        let start = format!("| {} | ", mutation.limit);
        if mutation.limit == limit {
            let _ = writeln!(table, "{start}{red} |");
        } else if let Some(row) = old.lines().find(|line| line.starts_with(&start)) {
            let _ = writeln!(table, "{row}");
        }
    }
    write(&path, &table)
}

/// A copy of the workspace for mutations.
struct Workshop {
    sources: PathBuf,
    target: PathBuf,
}

impl Workshop {
    fn open() -> Result<Workshop, String> {
        let folder = target().join("mutations");
        let workshop = Workshop { sources: folder.join("src"), target: folder.join("target") };
        if workshop.sources.exists() {
            std::fs::remove_dir_all(&workshop.sources).map_err(|error| error.to_string())?;
        }
        copy(&root(), &workshop.sources)?;
        // Reuse the compiled dependencies.
        for part in ["debug", "apps", "hostile-apps"] {
            let to = workshop.target.join(part);
            if part == "debug" && to.exists() {
                continue;
            }
            std::fs::create_dir_all(&workshop.target).map_err(|error| error.to_string())?;
            done(Command::new("cp").arg("-a").arg("-T").arg(target().join(part)).arg(&to))?;
        }
        Ok(workshop)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&self.sources).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Runs tests and returns the names of the failing ones.
    fn test(&self, (package, tests): (&str, &str)) -> Result<Vec<String>, String> {
        if package == TESTS {
            done(&mut self.cargo(&["build", "--quiet", "--package", "mesinfos-cli"]))?;
        }
        // Use few sets of packages: each set selects features of its dependencies, which are then compiled
        // again.
        let packages: &[&str] = match package {
            MODEL | CONSENT | INTAKE | VAULT => &[package],
            TESTS | WEB => &["mesinfos-cli", WEB, TESTS],
            _ => &[RUNTIME, RUNNER, PLATFORM],
        };
        let only = format!("package({package}) & ({tests})");
        let mut run = self.cargo(&["nextest", "run", "--cargo-quiet", "--profile", "mutations", "-E", &only]);
        for package in packages {
            run.args(["--package", package]);
        }
        let output = run.output().map_err(|error| format!("cargo nextest: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !said.contains("Summary [") {
            return Err(format!("{tests}: nothing ran\n{said}"));
        }
        let mut red: Vec<String> = said.lines().filter_map(|line| failed(line, package)).collect();
        red.sort_unstable();
        red.dedup();
        if red.is_empty() && !output.status.success() {
            return Err(format!("{tests}: it failed without saying where\n{said}"));
        }
        Ok(red)
    }

    /// Without a mutation, all tests must pass.
    fn unchanged(&self, chosen: &[&Mutation]) -> Done {
        for package in [MODEL, CONSENT, INTAKE, VAULT, RUNTIME, RUNNER, PLATFORM, WEB, TESTS] {
            let of_package = chosen.iter().filter(|mutation| mutation.tests.0 == package);
            let tests: Vec<&str> = of_package.map(|mutation| mutation.tests.1).collect();
            if tests.is_empty() {
                continue;
            }
            let red = self.test((package, &tests.join(" | ")))?;
            if !red.is_empty() {
                return Err(format!("failing without a mutation: {}", red.join(", ")));
            }
        }
        Ok(())
    }

    /// Tests that fail with a mutation.
    fn red(&self, mutation: &Mutation) -> Result<Vec<String>, String> {
        let mut before = Vec::new();
        for (file, from, to) in mutation.edits {
            let path = self.sources.join(file);
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
            if text.matches(from).count() != 1 {
                return Err(format!("{}: {file} does not have exactly one of:\n{from}", mutation.limit));
            }
            write(&path, &text.replacen(from, to, 1))?;
            before.push((path, text));
        }
        let red = self.test(mutation.tests).map_err(|why| format!("{}: {why}", mutation.limit));
        // In reverse order: one file may have several edits.
        for (path, text) in before.iter().rev() {
            write(path, text)?;
        }
        red
    }
}

pub(crate) fn write(path: &Path, text: &str) -> Done {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) fn done(command: &mut Command) -> Done {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{command:?} failed:\n{said}")) }
}

/// Name of the failed test in a line such as "FAIL [ 0.1s] (1/2) package::binary test".
fn failed(line: &str, package: &str) -> Option<String> {
    let line = line.trim_start();
    let (word, rest) = line.split_once(" [")?;
    let passed = ["PASS", "SLOW", "LEAK", "START", "SKIP", "Summary"];
    if word.trim().is_empty() || passed.iter().any(|passed| word.contains(passed)) {
        return None;
    }
    let (_, rest) = rest.split_once(']')?;
    let at = rest.find(package)?;
    let test = rest[at..].split_whitespace().nth(1)?;
    Some(format!("{package} {test}"))
}

pub(crate) fn copy(from: &Path, to: &Path) -> Done {
    let why = |error: std::io::Error| format!("{}: {error}", from.display());
    std::fs::create_dir_all(to).map_err(why)?;
    for entry in std::fs::read_dir(from).map_err(why)? {
        let entry = entry.map_err(why)?;
        let name = entry.file_name();
        if NOT_COPIED.iter().any(|not| name == **not) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            std::fs::copy(&from, &to).map_err(why)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_stands_where_the_table_says() {
        let mut wrong = Vec::new();
        for (at, mutation) in MUTATIONS.iter().enumerate() {
            if MUTATIONS[..at].iter().any(|other| other.limit == mutation.limit) {
                wrong.push(format!("{} is listed twice in the table", mutation.limit));
            }
            for (file, text, _) in mutation.edits {
                let source = std::fs::read_to_string(root().join(file)).unwrap_or_default();
                let count = source.matches(text).count();
                if count != 1 {
                    wrong.push(format!("{}: {count} times in {file}: {text}", mutation.limit));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn sources(folder: &Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != *"target" {
                sources(&path, text);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn pages_name_tests_that_there_are() {
        let pages = ["docs/channels-and-their-tests.md", "docs/asvs.md"];
        let page = pages.map(|page| std::fs::read_to_string(root().join(page)).unwrap()).concat();
        let mut text = String::new();
        for folder in ["host", "tests/it", "xtask"] {
            sources(&root().join(folder), &mut text);
        }
        let named = page.split('`').skip(1).step_by(2).filter_map(|name| name.rsplit("::").next());
        let is_test =
            |name: &&str| name.contains('_') && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let mut tests: Vec<&str> = named.filter(is_test).filter(|name| *name != "_apart").collect();
        assert!(tests.len() > 40);
        tests.retain(|name| !text.contains(&format!("fn {name}(")));
        assert!(tests.is_empty(), "there is no test {tests:?}");
    }
}
