//! Journeys through the pages in a browser: `tests/browser`.

use crate::packages::said;
use crate::{Done, packages, root, run, target};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folder of the journeys.
const FOLDER: &str = "tests/browser";

/// Names of the browser's program, on Debian first.
const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chromium-headless-shell"];

/// Oldest Node.js: that of `html-validate`.
const NODE: (u32, u32) = (20, 19);

/// Runs every journey once, with the program and apps that are in the target folder.
pub(crate) fn core() -> Done {
    crate::languages::playground()?;
    journeys(&["--core"])
}

/// Runs journeys. `--built` uses the program and apps that are in the target folder; the other options are those
/// of `tests/browser/run.mjs`.
pub(crate) fn browser(options: &[&str]) -> Done {
    let (built, options): (Vec<&str>, Vec<&str>) = options.iter().partition(|option| **option == "--built");
    if built.is_empty() {
        crate::apps()?;
        crate::languages::playground()?;
    }
    journeys(&options)
}

fn journeys(options: &[&str]) -> Done {
    let (chromium, folder) = (tools()?, root().join(FOLDER));
    packages(&folder)?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    // Some journeys, or a list of them: the checks themselves are not what is asked about.
    if !["--only", "--list"].iter().any(|option| options.contains(option)) {
        eprintln!("$ node --test {FOLDER}/self");
        let mut checks = Command::new("node");
        checks.args(["--test", "--test-reporter=spec"]).arg(folder.join("self")).env("CHROMIUM", &chromium);
        finished(&mut checks, "a check of the journeys does not work")?;
    }
    let mut journeys = Command::new("node");
    journeys
        .arg(folder.join("run.mjs"))
        .args(["--program", &text(&target().join("debug/mesinfos"))])
        .args(["--apps", &text(&target().join("apps"))])
        .args(["--work", &text(&target().join("browser"))])
        .args(["--chromium", &text(&chromium)])
        .args(options);
    finished(&mut journeys, "a journey failed")
}

fn finished(command: &mut Command, words: &str) -> Done {
    let status = command.current_dir(root()).status().map_err(|error| format!("node: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{words}: see above")) }
}

/// Checks that Node.js is there, and returns the browser. What is missing is installed where that is possible.
fn tools() -> Result<PathBuf, String> {
    let node = || said("node", &["--version"]);
    let has_npm = || said("npm", &["--version"]).is_some();
    let missing: Vec<&str> =
        [("nodejs", node().is_some()), ("npm", has_npm()), (BROWSERS[0], installed().is_some())]
            .into_iter()
            .filter_map(|(package, is_there)| (!is_there).then_some(package))
            .collect();
    packages::install(&missing)?;
    let node = node().ok_or_else(|| format!("{} is needed", node_words()))?;
    if parsed(&node).is_none_or(|version| version < NODE) {
        return Err(format!("{} is needed, not {node}", node_words()));
    }
    if !has_npm() {
        return Err("npm is needed beside Node.js".to_owned());
    }
    installed().ok_or_else(|| {
        "Chromium is needed: install it (\"apt-get install chromium\" as root on Debian), or set CHROMIUM to its path"
            .to_owned()
    })
}

fn node_words() -> String {
    format!("Node.js {}.{} or later", NODE.0, NODE.1)
}

/// Major and minor number of a version: "v20.19.2".
fn parsed(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The browser: `CHROMIUM`, or the first in `PATH`.
fn installed() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(given)).filter(|path| path.is_file());
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    BROWSERS
        .iter()
        .find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

/// Installs the packages of the lock file, unless they are there.
pub(crate) fn packages(folder: &Path) -> Done {
    let failed = |path: &Path, error: &std::io::Error| format!("{}: {error}", path.display());
    let (lock, mark) = (folder.join("package-lock.json"), folder.join("node_modules/.installed"));
    let locked = std::fs::read(&lock).map_err(|error| failed(&lock, &error))?;
    if std::fs::read(&mark).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    let prefix = folder.to_string_lossy();
    run("npm", &["ci", "--prefix", &prefix, "--ignore-scripts", "--no-audit", "--no-fund"])?;
    std::fs::write(&mark, locked).map_err(|error| failed(&mark, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_read() {
        assert_eq!(parsed("v20.19.2"), Some((20, 19)));
        assert!(parsed("v18.20.4").unwrap() < NODE && parsed("v24.0.0").unwrap() >= NODE);
        assert_eq!(parsed("20.19.2"), None);
        assert_eq!(parsed("v20"), None);
    }

    #[test]
    fn the_lock_names_no_registry() {
        let lock = std::fs::read_to_string(root().join(FOLDER).join("package-lock.json")).unwrap();
        assert!(lock.contains("\"integrity\": \"sha512-"));
        for part in ["\"resolved\"", "://"] {
            // Addresses of authors who accept donations are not those of packages.
            let lines =
                lock.lines().filter(|line| line.contains(part) && !line.trim_start().starts_with("\"url\""));
            assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new());
        }
    }
}
