//! Mutation tests of the arithmetic of the apps and the SDK: `cargo-mutants` lists changes of one operator, one value or
//! one branch. A sample of them is tried, one at a time, in a copy of the workspace, and must be noticed by what checks
//! the apps: their unit tests, their views of rows that can be added up by hand (`src/whole.rs`), the relations of
//! `tests/it/metamorphic`, or the figures of `tests/oracle`. The cheapest comes first, and the first that notices counts.
//!
//! Only the app is compiled again, never the host: as native code for its unit tests, and for WebAssembly without
//! optimisation across crates. The test binary of the host runs the module that the compiler leaves.

use crate::mutations::{copy, done, write};
use crate::{Done, folders, root, target};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Modules of the SDK that compute, and apps that use each.
const SDK: &[(&str, &[&str])] = &[
    ("data", &["forfait", "radar"]),
    ("energy", &["conso", "empreinte"]),
    ("load", &["conso", "empreinte"]),
    ("numbers", &["budget", "fournisseurs"]),
    ("spending", &["budget"]),
    ("trips", &["mobilite"]),
    ("units", &["conso", "mobilite"]),
    ("words", &["assurances", "sante"]),
];

/// Sample people for the oracle: three years of four people, nine months with two banks and a loan, and refunds alone.
const LIVES: &[&str] = &["famille", "deux-banques", "remboursements"];

/// Random vaults for the relations.
const VAULTS: &str = "2";

/// Seconds for compiling, and for the tests of one mutant. What takes longer is counted apart: it may be a mutant that never
/// ends, or a busy machine.
const COMPILED_WITHIN: &str = "600";
const TESTED_WITHIN: &str = "90";

/// A change of the source.
struct Mutant {
    /// Where and what, as `cargo-mutants` says it.
    name: String,
    file: String,
    /// First line and number of lines that are replaced, and the lines instead.
    hunks: Vec<(usize, usize, Vec<String>)>,
}

impl Mutant {
    fn applied(&self, text: &str) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        for (first, count, new) in self.hunks.iter().rev() {
            lines.splice(first - 1..first - 1 + count, new.iter().map(String::as_str));
        }
        lines.join("\n") + "\n"
    }
}

/// The mutants of `cargo mutants --list --diff`.
fn parsed(list: &str) -> Vec<Mutant> {
    let mut all: Vec<Mutant> = Vec::new();
    let mut before = "";
    for line in list.lines() {
        if let Some(file) = line.strip_prefix("--- ").filter(|file| before.starts_with(&format!("{file}:"))) {
            all.push(Mutant { name: before.to_owned(), file: file.to_owned(), hunks: Vec::new() });
        } else if let (Some(mutant), Some(place)) = (all.last_mut(), line.strip_prefix("@@ -")) {
            let place = place.split(' ').next().unwrap_or_default();
            let (first, count) = place.split_once(',').unwrap_or((place, "1"));
            mutant.hunks.push((first.parse().unwrap_or(1), count.parse().unwrap_or(0), Vec::new()));
        } else if let Some((.., new)) = all.last_mut().and_then(|mutant| mutant.hunks.last_mut())
            && let Some(kept) = line.strip_prefix(' ').or_else(|| line.strip_prefix('+'))
        {
            new.push(kept.to_owned());
        }
        before = line;
    }
    all
}

/// `count` of them, the same for a seed (SplitMix64).
fn sampled(mut all: Vec<Mutant>, count: usize, mut seed: u64) -> Vec<Mutant> {
    let mut random = move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    for at in (1..all.len()).rev() {
        all.swap(at, usize::try_from(random() % (at as u64 + 1)).unwrap_or(0));
    }
    all.truncate(count);
    all
}

/// What noticed a mutant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Unviable,
    Units,
    Views,
    Relations,
    Oracle,
    /// Only the accepted views have changed: they freeze what was, and do not prove that it was right.
    Accepted,
    Missed,
    TooLong,
}

impl End {
    fn says(self) -> &'static str {
        match self {
            End::Unviable => "does not compile",
            End::Units => "caught by unit tests",
            End::Views => "caught by whole views",
            End::Relations => "caught by relations",
            End::Oracle => "caught by the oracle",
            End::Accepted => "MISSED, but for the accepted views",
            End::Missed => "MISSED",
            End::TooLong => "took too long",
        }
    }
}

/// Which tests of a package: none, but they are compiled; those of its parts; those of its whole views.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Units {
    Compiled,
    Own,
    Views,
}

/// A copy of the workspace, and what was built from it.
struct Workshop {
    folder: PathBuf,
    /// The binary of `tests/it`, built from the workspace itself.
    tests: PathBuf,
    /// Whether the whole views of an app are asked only if the relations and the oracle notice nothing.
    views_last: bool,
}

/// Tries a sample of the mutants of some apps, or of all and the SDK.
pub(crate) fn mutants(options: &[&str]) -> Done {
    let (mut apps, mut sample, mut seed) = (Vec::new(), 20, 1);
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
    // Whole views last: how much the others notice without them.
    let views_last = options.contains(&"--views-last");
    let options: Vec<&str> = options.iter().copied().filter(|option| *option != "--views-last").collect();
    for pair in options.chunks(2) {
        match pair {
            ["--app", app] => apps.push((*app).to_owned()),
            ["--sample", count] => sample = usize::try_from(number(count)?).unwrap_or(usize::MAX),
            ["--seed", of] => seed = number(of)?,
            _ => {
                return Err("cargo xtask mutants [--app APP|sdk]... [--sample N] [--seed S] [--views-last]"
                    .to_owned());
            }
        }
    }
    if apps.is_empty() {
        apps = folders("example-apps")?;
        apps.push("sdk".to_owned());
    }
    let workshop = Workshop::open(views_last)?;
    let mut report = String::from(
        "| of | tried | caught | by unit tests | by whole views | by relations | by the oracle | only by accepted views | missed | too long | do not compile |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut missed, mut all) = (String::new(), Vec::new());
    for app in &apps {
        let mutants = sampled(workshop.list(app)?, sample, seed);
        workshop.unchanged(app)?;
        let mut ends = Vec::new();
        for mutant in &mutants {
            let started = Instant::now();
            let end = workshop.tried(app, mutant)?;
            eprintln!("{}: {}, {:?}", mutant.name, end.says(), started.elapsed());
            if matches!(end, End::Missed | End::Accepted) {
                let _ = writeln!(missed, "- {}: {}", mutant.name, end.says());
            }
            ends.push(end);
        }
        let _ = writeln!(report, "{}", row(app, &ends));
        all.extend(ends);
        write(&workshop.folder.join("report.md"), &format!("{report}\nMissed:\n\n{missed}"))?;
    }
    let _ = writeln!(report, "{}", row("all", &all));
    println!("Sample of {sample}, seed {seed}.\n\n{report}\nMissed:\n\n{missed}");
    write(&workshop.folder.join("report.md"), &format!("{report}\nMissed:\n\n{missed}"))
}

/// A row of the report.
fn row(of: &str, ends: &[End]) -> String {
    let count = |end: End| ends.iter().filter(|one| **one == end).count();
    let viable = ends.len() - count(End::Unviable) - count(End::TooLong);
    let caught = viable - count(End::Missed) - count(End::Accepted);
    let share = caught * 100 / viable.max(1);
    format!(
        "| {of} | {viable} | {caught} ({share} %) | {} | {} | {} | {} | {} | {} | {} | {} |",
        count(End::Units),
        count(End::Views),
        count(End::Relations),
        count(End::Oracle),
        count(End::Accepted),
        count(End::Missed),
        count(End::TooLong),
        count(End::Unviable)
    )
}

/// Package and source files of an app, or of the SDK.
fn sources(app: &str) -> (String, Vec<String>) {
    if app == "sdk" {
        let files = SDK.iter().map(|(module, _)| format!("sdk/rust/src/{module}.rs"));
        return ("mesinfos-sdk".to_owned(), files.collect());
    }
    (app.to_owned(), vec![format!("example-apps/{app}/src/**")])
}

/// Apps whose figures show a change of this file.
fn users<'a>(app: &'a str, file: &str) -> Vec<&'a str> {
    if app != "sdk" {
        return vec![app];
    }
    let module = file.trim_start_matches("sdk/rust/src/").trim_end_matches(".rs");
    SDK.iter().find(|(name, _)| *name == module).map_or(Vec::new(), |(_, apps)| apps.to_vec())
}

impl Workshop {
    fn open(views_last: bool) -> Result<Workshop, String> {
        let folder = target().join("mutants");
        let sources = folder.join("src");
        for old in ["src", "vaults", "lives", "views"] {
            if folder.join(old).exists() {
                std::fs::remove_dir_all(folder.join(old)).map_err(|error| error.to_string())?;
            }
        }
        copy(&root(), &sources)?;
        let mut build = Command::new("cargo");
        build.args(["test", "--locked", "--workspace", "--test", "it", "--no-run"]).current_dir(root());
        let output = build.output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let path = said.lines().find_map(|line| line.trim().strip_prefix("Executable it/main.rs ("));
        let path = path.and_then(|path| path.strip_suffix(')')).ok_or(said.clone())?;
        // Whoever works on the tests meanwhile does not change these.
        let tests = folder.join("it");
        let failed = |error: std::io::Error| format!("{}: {error}", tests.display());
        if tests.exists() {
            std::fs::remove_file(&tests).map_err(failed)?;
        }
        std::fs::hard_link(root().join(path), &tests).map_err(failed)?;
        let workshop = Workshop { tests: tests.clone(), folder, views_last };
        let program = target().join("debug/mesinfos");
        let lives = workshop.folder.join("lives");
        std::fs::create_dir_all(workshop.folder.join("views")).map_err(|error| error.to_string())?;
        done(Command::new(program).args(["personas", "--out"]).arg(lives).args(LIVES))?;
        Ok(workshop)
    }

    fn list(&self, app: &str) -> Result<Vec<Mutant>, String> {
        let (package, files) = sources(app);
        let mut list = self.cargo(&["mutants", "--list", "--diff", "--colors=never", "-p", &package]);
        for file in &files {
            list.args(["-f", file]);
        }
        let output = list.output().map_err(|error| error.to_string())?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!(
                "cargo mutants: {said}\nto install it: cargo install --locked cargo-mutants"
            ));
        }
        Ok(parsed(&String::from_utf8_lossy(&output.stdout)))
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        self.within(COMPILED_WITHIN, arguments)
    }

    fn within(&self, seconds: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command.arg(seconds).arg("cargo").args(arguments).current_dir(self.folder.join("src"));
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        command
    }

    /// Without a mutant, everything passes. Fills the vaults.
    fn unchanged(&self, app: &str) -> Done {
        let users: BTreeSet<&str> = if app == "sdk" {
            SDK.iter().flat_map(|(_, apps)| *apps).copied().collect()
        } else {
            [app].into()
        };
        let users: Vec<&str> = users.into_iter().collect();
        for of in [Units::Compiled, Units::Own, Units::Views] {
            done(&mut self.units(app, &users, of))?;
        }
        done(&mut self.modules(&users))?;
        for user in users {
            done(self.tests(user).arg("metamorphic::vaults_are_kept"))?;
            let end = self.shown(user)?;
            if end != End::Missed {
                return Err(format!("{user} without a mutant: {}", end.says()));
            }
        }
        Ok(())
    }

    fn tried(&self, app: &str, mutant: &Mutant) -> Result<End, String> {
        let path = self.folder.join("src").join(&mutant.file);
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        write(&path, &mutant.applied(&text))?;
        let end = self.end(app, mutant);
        write(&path, &text)?;
        end
    }

    fn end(&self, app: &str, mutant: &Mutant) -> Result<End, String> {
        let users = users(app, &mutant.file);
        if done(&mut self.units(app, &users, Units::Compiled)).is_err() {
            return Ok(End::Unviable);
        }
        if let Some(end) = failed(&mut self.units(app, &users, Units::Own), End::Units)? {
            return Ok(end);
        }
        let views = |workshop: &Workshop| failed(&mut workshop.units(app, &users, Units::Views), End::Views);
        if !self.views_last
            && let Some(end) = views(self)?
        {
            return Ok(end);
        }
        done(&mut self.modules(&users))?;
        let mut last = End::Missed;
        for user in &users {
            match self.shown(user)? {
                End::Missed => {}
                End::Accepted => last = End::Accepted,
                end => return Ok(end),
            }
        }
        if self.views_last
            && let Some(end) = views(self)?
        {
            return Ok(end);
        }
        Ok(last)
    }

    /// Unit tests of an app; of the SDK with the examples in its documentation, and the whole views of apps that use it.
    fn units(&self, app: &str, users: &[&str], of: Units) -> Command {
        let (package, _) = sources(app);
        let longest = if of == Units::Compiled { COMPILED_WITHIN } else { TESTED_WITHIN };
        let mut test = self.within(longest, &["test", "--locked", "--quiet"]);
        if of == Units::Views && app == "sdk" {
            for user in users {
                test.args(["-p", user]);
            }
        } else {
            test.args(["-p", &package]);
        }
        if app != "sdk" || of == Units::Views {
            test.arg("--lib");
        }
        match of {
            Units::Compiled => test.arg("--no-run"),
            Units::Own => test.args(["--", "--skip", "whole::"]),
            Units::Views => test.args(["--", "whole::"]),
        };
        test
    }

    /// Core modules of some apps.
    fn modules(&self, apps: &[&str]) -> Command {
        let mut build = self.cargo(&["build", "--locked", "--quiet", "--target", "wasm32-unknown-unknown"]);
        for app in apps {
            build.args(["-p", app]);
        }
        // As released, but for what makes it small and fast.
        for setting in [
            "opt-level=1",
            "debug=false",
            "panic=\"abort\"",
            "overflow-checks=false",
            "debug-assertions=false",
        ] {
            build.args(["--config", &format!("profile.dev.{setting}")]);
        }
        build
    }

    /// The tests of the host, on modules of the workshop.
    fn tests(&self, app: &str) -> Command {
        let mut test = Command::new("timeout");
        test.arg(TESTED_WITHIN)
            .arg(&self.tests)
            .args(["--test-threads=1", "--exact"])
            .current_dir(root().join("tests"));
        test.env("MESINFOS_APPS", self.folder.join("target/wasm32-unknown-unknown/debug"));
        test.env("MESINFOS_VAULTS", self.folder.join("vaults"));
        test.env("MESINFOS_LIVES", self.folder.join("lives"));
        test.env("MESINFOS_VIEWS", self.folder.join("views"));
        test.env("MESINFOS_APP", app).env("PROPTEST_CASES", VAULTS);
        test
    }

    /// What notices that the app built in the workshop shows something else.
    fn shown(&self, app: &str) -> Result<End, String> {
        let mut relations = self.tests(app);
        relations.args([&format!("metamorphic::{app}"), "metamorphic::views_are_written"]);
        if let Some(end) = failed(&mut relations, End::Relations)? {
            return Ok(end);
        }
        let mut oracle = Command::new("python3");
        oracle.arg("tests/oracle/check.py").current_dir(root()).args(["--app", app]);
        oracle.arg("--views").arg(self.folder.join("views")).arg("--lives").arg(self.folder.join("lives"));
        if let Some(end) = failed(&mut oracle, End::Oracle)? {
            return Ok(end);
        }
        let mut accepted = self.tests(app);
        accepted.arg("metamorphic::golden::the_views_are_as_accepted");
        Ok(failed(&mut accepted, End::Accepted)?.unwrap_or(End::Missed))
    }
}

/// What it means if a command fails; `None` if it succeeds. The status of `timeout` is 124 if it ended the command.
fn failed(command: &mut Command, end: End) -> Result<Option<End>, String> {
    let status = command.output().map_err(|error| format!("{command:?}: {error}"))?.status;
    Ok(match status.code() {
        Some(0) => None,
        Some(124) => Some(End::TooLong),
        _ => Some(end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
a/src/lib.rs:2:7: replace + with - in sum
--- a/src/lib.rs
+++ replace + with - in sum
@@ -1,3 +1,3 @@
 fn sum() {
-    1 + 2
+    1 - 2
 }

a/src/lib.rs:2:5: replace sum with 0
--- a/src/lib.rs
+++ replace sum with 0
@@ -2,1 +2,1 @@
-    1 + 2
+    0
";

    #[test]
    fn mutants_are_read_and_applied() {
        let all = parsed(LIST);
        let source = "fn sum() {\n    1 + 2\n}\n";
        let made: Vec<String> = all.iter().map(|mutant| mutant.applied(source)).collect();
        assert_eq!(made, ["fn sum() {\n    1 - 2\n}\n", "fn sum() {\n    0\n}\n"]);
        assert_eq!((all[0].file.as_str(), all.len()), ("a/src/lib.rs", 2));
    }

    #[test]
    fn a_sample_is_the_same_for_a_seed() {
        let names = |seed| -> Vec<String> {
            let all = (0..50).map(|n| Mutant { name: n.to_string(), file: String::new(), hunks: Vec::new() });
            sampled(all.collect(), 5, seed).into_iter().map(|mutant| mutant.name).collect()
        };
        assert_eq!(names(1), names(1));
        assert_ne!(names(1), names(2));
        assert_eq!(names(3).len(), 5);
    }
}
