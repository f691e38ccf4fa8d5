//! Checks the code against the drawing in `ARCHITECTURE.md`: allowed dependencies between crates, no
//! circular use of modules within a crate, JSON of doors only from wire types, a mark in generated files,
//! translated sentences in one crate only, no amount that an app shows cut by a division, no names of missing files
//! in pages, and a chapter of the book for each page.

use crate::{Done, book, divisions, links, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each crate of the host, and its allowed dependencies on other crates of ours. When adding an arrow,
/// update the drawing too.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("store", &[]),
    ("store-postgres", &["store"]),
    ("records", &["model", "store"]),
    ("intake", &["model"]),
    ("personas", &["intake", "model"]),
    ("runtime", &["model"]),
    ("vault", &["model", "records", "store"]),
    ("consent", &["model", "records", "store"]),
    ("identity", &["model", "records", "store"]),
    ("event", &["model", "records", "store"]),
    ("registry", &["model", "store"]),
    ("runner", &["intake", "model", "runtime"]),
    (
        "platform",
        &[
            "consent", "event", "identity", "intake", "model", "records", "registry", "runner", "runtime",
            "store", "vault",
        ],
    ),
    ("words", &["consent", "intake", "model", "platform", "runner", "runtime", "store", "vault"]),
    ("wire", &["model", "platform", "words"]),
    ("web", &["model", "platform", "wire", "words"]),
    ("cli", &["model", "personas", "platform", "runner", "store-postgres", "web", "wire", "words"]),
];

/// Crates that must not depend on the message libraries: they run behind walls or below everything else.
const SPEECHLESS: &[&str] = &[
    "consent",
    "event",
    "identity",
    "intake",
    "model",
    "platform",
    "registry",
    "runner",
    "runtime",
    "store",
    "store-postgres",
    "vault",
];

/// Message and plural libraries.
const FLUENT: &[&str] = &["fluent", "intl", "unic", "icu"];

/// Those of them that are independent of language: normal forms, properties and confusables of Unicode characters.
const SPELLING: &[&str] = &["icu_normalizer", "icu_properties", "unicode-security"];

/// Code patterns that choose between two languages.
const CHOICES: &[&str] = &[
    "Lang::Fr =>",
    "Lang::En =>",
    "Lang::Fr) =>",
    "Lang::En) =>",
    "(Lang::Fr, ",
    "(Lang::En, ",
    "== Lang::Fr",
    "== Lang::En",
    "!= Lang::Fr",
    "!= Lang::En",
    "lang.of(\"",
];

/// Files and folders where such a choice is allowed, and the reason.
const TABLES: &[(&str, &str)] = &[
    ("host/words/", "the crate for language"),
    ("host/model/src/view/mod.rs", "says which languages there are"),
    ("host/model/src/category/mod.rs", "the units that the tables of categories name"),
    ("host/runtime/src/manifest.rs", "an app's own words: English may be missing"),
];

/// Crates whose JSON must consist of types of `host/wire`, so that it has a schema and is the same at every
/// door.
const DOORS: &[&str] = &["web", "cli"];

/// Folders of generated files, and the first words of each file.
const GENERATED: &[&str] = &["sdk/rust/src/columns", "sdk/js/categories"];
const MARK: &str = "// @generated";

pub(crate) fn tidy() -> Done {
    let mut wrong = arrows(&root())?;
    for (name, _) in ARROWS {
        wrong.extend(circles(name, &modules(&root().join("host").join(name).join("src"))?));
    }
    for door in DOORS {
        wrong.extend(literals(door, &root().join("host").join(door).join("src"))?);
    }
    wrong.extend(unmarked(&root())?);
    wrong.extend(links::broken(&root())?);
    wrong.extend(book::unlisted(&root())?);
    wrong.extend(wordy(&root())?);
    wrong.extend(bilingual(&root(), &root().join("host"))?);
    wrong.extend(cut(&root())?);
    if wrong.is_empty() { Ok(()) } else { Err(format!("not tidy:\n  {}", wrong.join("\n  "))) }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn arrows(root: &Path) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for path in entries(&root.join("host"))? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let manifest = path.join("Cargo.toml");
        if !manifest.is_file() {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            wrong
                .push(format!("host/{name} is not in the drawing: list what it may use (xtask/src/tidy.rs)"));
            continue;
        };
        for used in dependencies(&read(&manifest)?) {
            if !allowed.contains(&used.as_str()) {
                wrong.push(format!("host/{name} must not use host/{used}"));
            }
        }
    }
    Ok(wrong)
}

/// Crates of ours among the dependencies of a manifest, except dev-dependencies.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut counts = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            counts = line.ends_with("dependencies]") && !line.contains("dev-dependencies");
        } else if counts && let Some(rest) = line.strip_prefix("mesinfos-") {
            names.push(rest.split(['.', ' ', '=']).next().unwrap_or(rest).to_owned());
        }
    }
    names
}

/// Modules of a door that write JSON by hand.
fn literals(door: &str, src: &Path) -> Result<Vec<String>, String> {
    let mut texts = BTreeMap::new();
    collect(src, "", &mut texts)?;
    let by_hand = texts.into_iter().filter(|(_, text)| text.contains("json!(") || text.contains("json! ("));
    let told = |(module, _)| {
        format!("host/{door}: {module} writes JSON by hand: use a type of host/wire, which has a schema")
    };
    Ok(by_hand.map(told).collect())
}

/// Modules of a crate by path ("read::xml"), each with the modules that it names.
type Modules = BTreeMap<String, BTreeSet<String>>;

fn modules(src: &Path) -> Result<Modules, String> {
    let mut texts = BTreeMap::new();
    collect(src, "", &mut texts)?;
    let known: BTreeSet<String> = texts.keys().cloned().collect();
    Ok(texts.iter().map(|(module, text)| (module.clone(), named(module, text, &known))).collect())
}

fn collect(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) -> Result<(), String> {
    for path in entries(folder)? {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let module = match (prefix, name) {
            (_, "mod") => prefix.to_owned(),
            ("", name) => name.to_owned(),
            (prefix, name) => format!("{prefix}::{name}"),
        };
        if path.is_dir() {
            collect(&path, &module, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs")
            // Skip the crate root, which only re-exports, and tests, which may use anything.
            && !["lib", "main", "tests", "testing"].contains(&name)
        {
            texts.insert(module, code(&read(&path)?));
        }
    }
    Ok(())
}

/// Code of a file, without comments and tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Modules named by a module, through `crate::` or `super::`, in `use` or in code. Excludes its own
/// submodules and ancestors: these may use each other.
fn named(module: &str, text: &str, known: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    for (start, base) in [("crate::", ""), ("super::", parent)] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            for path in paths(&text[at + start.len()..]) {
                let whole = if base.is_empty() { path } else { format!("{base}::{path}") };
                found.extend(longest(&whole, known));
            }
        }
    }
    let is_part =
        |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    found.retain(|other| !is_part(module, other) && !is_part(other, module));
    found
}

/// The longest known module that is a prefix of a path.
fn longest(path: &str, known: &BTreeSet<String>) -> Option<String> {
    let mut path = path;
    loop {
        if known.contains(path) {
            return Some(path.to_owned());
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// Paths at the start of a text: one, or those of a list in braces.
fn paths(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
    let head = text[..end].trim_end_matches(':');
    let Some(list) = text[end..].strip_prefix('{').filter(|_| text[..end].ends_with("::") || end == 0) else {
        return vec![head.to_owned()];
    };
    let (mut depth, mut start, mut all) = (0_i32, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                for inner in paths(list[start..at].trim_start()) {
                    all.push(if head.is_empty() { inner } else { format!("{head}::{inner}") });
                }
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    all
}

/// One sentence for each cycle between modules, the shortest through each module.
fn circles(name: &str, modules: &Modules) -> Vec<String> {
    let mut told: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    let mut wrong = Vec::new();
    for start in modules.keys() {
        let Some(way) = way_back(start, modules) else { continue };
        if told.insert(way.iter().cloned().collect()) {
            wrong.push(format!("host/{name}: a cycle: {} -> {start}", way.join(" -> ")));
        }
    }
    wrong
}

fn way_back(start: &str, modules: &Modules) -> Option<Vec<String>> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut next = vec![start];
    while !next.is_empty() {
        let mut after = Vec::new();
        for &at in &next {
            for to in modules.get(at)? {
                if to == start {
                    let mut way = vec![at.to_owned()];
                    while let Some(before) = from.get(way[way.len() - 1].as_str()) {
                        way.push((*before).to_owned());
                    }
                    way.reverse();
                    return Some(way);
                }
                if !from.contains_key(to.as_str()) && to != start {
                    from.insert(to, at);
                    after.push(to.as_str());
                }
            }
        }
        next = after;
    }
    None
}

/// Crates that depend on a message library but must not.
fn wordy(root: &Path) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for name in SPEECHLESS {
        let manifest = read(&root.join("host").join(name).join("Cargo.toml"))?;
        let named = manifest.lines().find(|line| {
            let is_one_of = |names: &[&str]| names.iter().any(|name| line.starts_with(name));
            is_one_of(FLUENT) && !is_one_of(SPELLING)
        });
        if let Some(line) = named {
            wrong.push(format!("host/{name} must not contain sentences, but its manifest has \"{line}\""));
        }
    }
    Ok(wrong)
}

/// Lines that choose between two languages outside the allowed places.
fn bilingual(root: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for path in entries(folder)? {
        let here = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if TABLES.iter().any(|(table, _)| format!("{here}/").starts_with(table) || here == *table) {
            continue;
        }
        if path.is_dir() {
            if !["target", "tests"]
                .contains(&path.file_name().and_then(|name| name.to_str()).unwrap_or_default())
            {
                wrong.extend(bilingual(root, &path)?);
            }
        } else if is_code(&path) {
            wrong.extend(choices(&code(&read(&path)?)).into_iter().map(|line| {
                format!(
                    "{here} chooses between languages: \"{line}\" (sentences belong in host/words/messages)"
                )
            }));
        }
    }
    Ok(wrong)
}

/// Amounts that an example app shows, cut by a division.
fn cut(root: &Path) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for app in entries(&root.join("example-apps"))? {
        let (name, src) =
            (app.file_name().and_then(|name| name.to_str()).unwrap_or_default(), app.join("src"));
        if src.is_dir() {
            let mut found = Vec::new();
            for text in sources(&src)? {
                found.extend(divisions::divisions(&code(&text)));
            }
            wrong.extend(divisions::verdict(name, &found).err());
        }
    }
    Ok(wrong)
}

/// Texts of the Rust files under a folder that are used outside tests.
fn sources(folder: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            texts.extend(sources(&path)?);
        } else if is_code(&path) {
            texts.push(read(&path)?);
        }
    }
    Ok(texts)
}

/// Whether a file is Rust code used outside tests.
fn is_code(path: &Path) -> bool {
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    path.extension().is_some_and(|extension| extension == "rs")
        && !["tests", "testing", "sample"].contains(&name)
}

/// Lines that choose between two languages.
fn choices(code: &str) -> Vec<String> {
    let chooses = |line: &&str| CHOICES.iter().any(|choice| line.contains(choice));
    code.lines().map(str::trim).filter(chooses).map(str::to_owned).collect()
}

fn unmarked(root: &Path) -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    for folder in GENERATED {
        for path in entries(&root.join(folder))? {
            if path.is_file() && !read(&path)?.starts_with(MARK) {
                wrong.push(format!("{} does not begin with \"{MARK}\"", path.display()));
            }
        }
    }
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_and_told_once() {
        let texts = [
            ("a", "use crate::{b::{B, C}, d};"),
            ("b", "fn f() { crate::c::g() }"),
            ("b::inner", "use super::super::x; use crate::b::B;"),
            ("c", "use super::a::A;"),
            ("d", "use mycrate::a;"),
        ];
        let known: BTreeSet<String> = texts.iter().map(|(name, _)| (*name).to_owned()).collect();
        let modules: Modules =
            texts.iter().map(|(name, text)| ((*name).to_owned(), named(name, text, &known))).collect();
        assert_eq!(modules["a"], ["b", "d"].map(str::to_owned).into());
        assert!(modules["d"].is_empty());
        assert_eq!(circles("x", &modules), ["host/x: a cycle: a -> b -> c -> a"]);
        assert_eq!(circles("x", &Modules::new()), Vec::<String>::new());
    }

    #[test]
    fn places_that_choose_between_languages_are_found() {
        for line in [
            "    Lang::Fr => \"oui\",",
            "let word = if lang == Lang::Fr { \"oui\" } else { \"yes\" };",
            "(true, Lang::Fr) => \"oui\",",
            "lang.of(\"oui\", \"yes\")",
        ] {
            assert_eq!(choices(line), [line.trim()]);
        }
        let neutral = "let lang = Lang::from_tag(tag).unwrap_or(Lang::En);\nlet both = [Lang::Fr, Lang::En];";
        assert_eq!(choices(neutral), Vec::<String>::new());
        assert_eq!(choices(&code("// Lang::Fr => \"in a comment\"\n")), Vec::<String>::new());
    }

    #[test]
    fn arrows_of_tests_do_not_count() {
        let manifest = "[dependencies]\nmesinfos-model.workspace = true\nserde = \"1\"\n[dev-dependencies]\nmesinfos-web = {}\n\
                        [target.'cfg(target_os = \"linux\")'.dependencies]\nmesinfos-runner = { path = \"x\" }\n";
        assert_eq!(dependencies(manifest), ["model", "runner"]);
    }
}
