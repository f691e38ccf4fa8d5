//! Supply chain: licences and sources (`cargo deny`), known advisories (checked offline), and a bill of
//! materials.

use crate::{Done, root, run, target};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tools, pinned: package, version, and Cargo subcommand.
const DENY: (&str, &str, &str) = ("cargo-deny", "0.20.2", "deny");
const CYCLONEDX: (&str, &str, &str) = ("cargo-cyclonedx", "0.5.9", "cyclonedx");

/// Advisories about our dependencies, and the reasons to accept those that concern a locked version.
const SNAPSHOT: &str = "supply-chain/advisories.tsv";
const ACCEPTED: &str = "supply-chain/accepted.tsv";

/// Checks licences, bans and sources with the rules in `deny.toml`.
pub(crate) fn deny() -> Done {
    tool(DENY, &["check", "bans", "licenses", "sources"])
}

/// Writes the bill of materials of the program, as CycloneDX JSON, to the target folder.
pub(crate) fn sbom() -> Done {
    tool(CYCLONEDX, &["--format", "json", "--manifest-path", "host/cli/Cargo.toml"])?;
    // The tool writes a bill beside each manifest of the workspace: keep only the program's.
    let bill = target().join("mesinfos.cdx.json");
    let program = root().join("host/cli/mesinfos-cli.cdx.json");
    std::fs::copy(&program, &bill).map_err(|error| format!("{}: {error}", program.display()))?;
    let mut bills = Vec::new();
    for folder in ["host", "sdk", "example-apps", "tests", "xtask"] {
        collect(&root().join(folder), &mut bills);
    }
    for other in bills {
        std::fs::remove_file(&other).map_err(|error| format!("{}: {error}", other.display()))?;
    }
    eprintln!("{}", bill.display());
    Ok(())
}

/// Collects bills of materials below a folder.
fn collect(folder: &Path, bills: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, bills);
        } else if path.to_string_lossy().ends_with(".cdx.json") {
            bills.push(path);
        }
    }
}

/// Runs a tool. If it is not installed, builds it once under `<target>/tools`.
fn tool((package, version, name): (&str, &str, &str), arguments: &[&str]) -> Done {
    let known = Command::new("cargo").args([name, "--version"]).output();
    if known.is_ok_and(|output| output.status.success()) {
        return run("cargo", &[&[name], arguments].concat());
    }
    let tools = target().join("tools");
    let built = tools.join("bin").join(package);
    if !built.is_file() {
        let folder = tools.to_string_lossy().into_owned();
        // A debug build: it runs only a few times and need not be fast.
        let version = format!("{package}@{version}");
        run("cargo", &["install", "--locked", "--debug", "--root", &folder, &version])?;
    }
    run(&built.to_string_lossy(), &[&[name], arguments].concat())
}

/// Checks `Cargo.lock` against the snapshot.
pub(crate) fn advisories() -> Done {
    let lock = read(&root().join("Cargo.lock"))?;
    let accepted = read(&root().join(ACCEPTED))?;
    let accepted: BTreeSet<&str> = lines(&accepted).filter_map(|line| line.split('\t').next()).collect();
    let snapshot = read(&root().join(SNAPSHOT))?;
    let (mut problems, mut checked) = (String::new(), 0);
    for line in lines(&snapshot) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [krate, id, kind, patched, unaffected, title] = cells[..] else {
            return Err(format!("{SNAPSHOT}: six cells are expected: {line}"));
        };
        for version in locked(&lock, krate) {
            checked += 1;
            if !is_safe(version, patched)? && !is_safe(version, unaffected)? && !accepted.contains(id) {
                let _ = writeln!(problems, "{krate} {version}: {id} ({kind}): {title}; patched: {patched}");
            }
        }
    }
    if problems.is_empty() {
        eprintln!("{checked} advisories about our dependencies: none applies to a version in Cargo.lock");
        return Ok(());
    }
    Err(format!(
        "{problems}use a patched version, or state in {ACCEPTED} why it does not apply (id, tab, reason)"
    ))
}

/// Rewrites the snapshot from a checkout of the advisory database.
pub(crate) fn refresh(database: &str) -> Done {
    let lock = read(&root().join("Cargo.lock"))?;
    let mut rows = BTreeSet::new();
    for krate in names(&lock) {
        let folder = Path::new(database).join("crates").join(krate);
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            rows.extend(row(krate, &read(&entry.path())?));
        }
    }
    if rows.is_empty() {
        return Err(format!(
            "{database} is not a checkout of the advisory database: it contains none of our dependencies"
        ));
    }
    let of = Command::new("git").args(["-C", database, "log", "-1", "--format=%cs (%h)"]).output();
    let of = of.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let old = read(&root().join(SNAPSHOT))?;
    let mut text = String::new();
    for line in old.lines().take_while(|line| line.starts_with('#')) {
        let line = if line.starts_with("# as of") {
            format!("# as of {of}. `cargo xtask advisories` holds Cargo.lock to them, without a network;")
        } else {
            line.to_owned()
        };
        let _ = writeln!(text, "{line}");
    }
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    std::fs::write(root().join(SNAPSHOT), text).map_err(|error| format!("{SNAPSHOT}: {error}"))
}

/// Row of the snapshot for an advisory file: TOML between fences, then the title. `None` if it was
/// withdrawn.
fn row(krate: &str, advisory: &str) -> Option<String> {
    let mut parts = advisory.split("```");
    let (_, front, words) = (parts.next()?, parts.next()?, parts.next()?);
    if front.contains("\nwithdrawn") {
        return None;
    }
    let text = |name: &str| {
        let after = front.split(&format!("\n{name} = \"")).nth(1)?;
        after.split('"').next()
    };
    let list = |name: &str| {
        let inside = front.split(&format!("\n{name} = [")).nth(1).and_then(|after| after.split(']').next());
        let items = inside.unwrap_or_default().split('"').skip(1).step_by(2);
        items.collect::<Vec<_>>().join("; ")
    };
    let title = words.lines().find_map(|line| line.strip_prefix("# "))?.replace('\t', " ");
    let kind = text("informational").unwrap_or("vulnerability");
    let (patched, unaffected) = (list("patched"), list("unaffected"));
    Some([krate, text("id")?, kind, &patched, &unaffected, &title].join("\t"))
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Lines other than comments and empty lines.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Names of all crates in a lock file.
fn names(lock: &str) -> BTreeSet<&str> {
    lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect()
}

/// Locked versions of a crate.
fn locked<'a>(lock: &'a str, krate: &str) -> Vec<&'a str> {
    let name = format!("name = \"{krate}\"");
    let lines: Vec<&str> = lock.lines().collect();
    let version = |pair: &[&'a str]| pair[1].strip_prefix("version = \"")?.strip_suffix('"');
    lines.windows(2).filter(|pair| pair[0] == name).filter_map(version).collect()
}

/// Whether a version is in one of the ranges. "; " separates ranges, ", " the bounds of a range.
fn is_safe(version: &str, ranges: &str) -> Result<bool, String> {
    for range in ranges.split("; ").filter(|range| !range.is_empty()) {
        let mut within = true;
        for bound in range.split(',').map(str::trim) {
            within &= holds(version, bound)
                .ok_or_else(|| format!("{SNAPSHOT}: \"{bound}\" is not a version bound"))?;
        }
        if within {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a version satisfies a bound, by Semantic Versioning. `None` if either is malformed.
fn holds(version: &str, bound: &str) -> Option<bool> {
    let at = bound.find(|c: char| c.is_ascii_digit() || c == '*')?;
    let (operator, of) = (bound[..at].trim(), bound[at..].trim());
    if of == "*" {
        return Some(true);
    }
    let order = compare(&parsed(version)?, &parsed(of)?);
    Some(match operator {
        ">=" => order != Ordering::Less,
        ">" => order == Ordering::Greater,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        "=" => order == Ordering::Equal,
        "^" | "" => order != Ordering::Less && same_line(&parsed(version)?.0, &parsed(of)?.0),
        "~" => order != Ordering::Less && parsed(version)?.0[..2] == parsed(of)?.0[..2],
        _ => return None,
    })
}

/// Whether two versions are compatible: they agree up to the first non-zero number of `b`.
fn same_line(a: &[u64; 3], b: &[u64; 3]) -> bool {
    let first = b.iter().position(|&number| number > 0).unwrap_or(2);
    a[..=first] == b[..=first]
}

/// The three numbers of a version, and its pre-release part, empty if there is none.
fn parsed(version: &str) -> Option<([u64; 3], &str)> {
    let version = version.split('+').next()?;
    let (numbers, preview) = version.split_once('-').unwrap_or((version, ""));
    let mut three = [0; 3];
    for (place, number) in three.iter_mut().zip(numbers.split('.')) {
        *place = number.parse().ok()?;
    }
    Some((three, preview))
}

fn compare(a: &([u64; 3], &str), b: &([u64; 3], &str)) -> Ordering {
    // A pre-release precedes its release.
    let preview = match (a.1.is_empty(), b.1.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => a.1.cmp(b.1),
    };
    a.0.cmp(&b.0).then(preview)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_held_to_ranges() {
        let safe = |version, ranges| is_safe(version, ranges).unwrap();
        assert!(safe("48.0.8", ">= 36.0.7, < 37.0.0; >= 48.0.4, < 49.0.0"));
        assert!(!safe("48.0.3", ">= 36.0.7, < 37.0.0; >= 48.0.4, < 49.0.0"));
        assert!(!safe("0.3.9", "^0.4.1") && safe("0.4.1", "^0.4.1") && !safe("0.5.0", "^0.4.1"));
        assert!(!safe("1.0.0-rc.1", ">= 1.0.0") && safe("1.0.0+build", ">= 1.0.0"));
        assert!(!safe("1.0.0", ""));
        assert!(is_safe("1.0.0", ">= one").is_err());
    }

    #[test]
    fn a_lock_file_and_an_advisory_are_read() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(locked(lock, "a"), ["1.2.3", "2.0.0"]);
        let advisory = "```toml\n[advisory]\nid = \"RUSTSEC-1\"\n[versions]\npatched = [\n \">= 2\",\n \"^1.3\"]\n```\n\n# Bad\n";
        assert_eq!(row("a", advisory).unwrap(), "a\tRUSTSEC-1\tvulnerability\t>= 2; ^1.3\t\tBad");
        assert!(row("a", &advisory.replace("[versions]", "withdrawn = \"2026\"\n[versions]")).is_none());
    }
}
