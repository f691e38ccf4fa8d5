//! What stands between an app and the people who would use it: a code, the place in a file, and the remedy.
//!
//! A finding either refuses the app (it could not be installed) or is advice (people would see something odd).

use crate::failure::Result;
use crate::language::of_answer;
use mesinfos_model::Category;
use mesinfos_model::view::{Icon, Param};
use mesinfos_platform::runtime::{FieldProblem, Inspection, Manifest, ManifestError, Problem};
use mesinfos_wire::CheckFinding;
use mesinfos_words::cli::Cli;
use mesinfos_words::outcome;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity, SourceCode,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Width of a drawn finding.
const WIDTH: usize = 100;

/// One finding.
#[derive(Debug)]
pub(crate) struct Finding {
    /// Stable, whatever the wording.
    pub(crate) code: &'static str,
    /// What is wrong, and what to do.
    pub(crate) words: String,
    /// Whether the app could not be installed.
    pub(crate) refuses: bool,
    /// Where, if it is in a file of the author.
    place: Option<Place>,
}

/// A place in a file.
#[derive(Debug)]
pub(super) struct Place {
    source: NamedSource<String>,
    span: Range<usize>,
}

impl Place {
    pub(super) fn new(file: &str, text: &str, span: Range<usize>) -> Place {
        Place { source: NamedSource::new(file, text.to_owned()), span }
    }

    /// What is underlined.
    fn text(&self) -> &str {
        self.source.inner().get(self.span.clone()).unwrap_or_default()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Finding {}

impl Diagnostic for Finding {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(if self.refuses { Severity::Error } else { Severity::Advice })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|place| &place.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.place.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::underline(place.span.clone()))))
    }
}

impl Finding {
    /// A finding that refuses the app.
    pub(super) fn at(code: &'static str, words: String, place: Option<Place>) -> Finding {
        Finding { code, words, refuses: true, place }
    }

    /// File, line and column, counted from 1.
    pub(crate) fn place(&self) -> Option<String> {
        let place = self.place.as_ref()?;
        let before = place.source.inner().get(..place.span.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some(format!("{}:{line}:{column}", place.source.name()))
    }

    /// Lines of the finding, with its place in the file.
    pub(crate) fn lines(&self) -> Vec<String> {
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(WIDTH);
        let mut drawn = String::new();
        // Writing to a string cannot fail.
        let _ = handler.render_report(&mut drawn, self);
        drawn.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
    }
}

impl From<&Finding> for CheckFinding {
    fn from(finding: &Finding) -> CheckFinding {
        CheckFinding {
            code: finding.code.to_owned(),
            message: finding.words.clone(),
            refuses: finding.refuses,
            place: finding.place(),
        }
    }
}

/// Name of the manifest in an app's folder.
const MANIFEST: &str = "mesinfos.toml";

/// Findings about the text of a manifest.
pub(crate) fn of_manifest(text: &str) -> Vec<Finding> {
    match Manifest::parse(text) {
        Ok(manifest) => match manifest.check_names() {
            Ok(()) => advice(text, &manifest),
            Err(error) => vec![refused(text, &error)],
        },
        Err(error) => vec![refused(text, &error)],
    }
}

/// Findings about a component built from a folder whose manifest is `text`.
pub(crate) fn of_component(folder: &Path, text: &str, inspection: &Inspection) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for problem in &inspection.problems {
        let place = match problem {
            Problem::Undeclared { category } => used(folder, category.id())?,
            Problem::Unused { category } => in_manifest(text, &["reads", category.id()]),
            Problem::Imitation { field, .. } => in_manifest(text, &field.split('.').collect::<Vec<_>>()),
            _ => None,
        };
        let mut words = outcome::problem(problem, of_answer());
        if matches!(problem, Problem::Unused { .. }) {
            words = format!("{words}. {}", Cli::UnusedOrRemoved.to(of_answer()));
        }
        found.push(Finding { code: problem.code(), words, refuses: true, place });
    }
    found.extend(of_manifest(text).into_iter().filter(|finding| !finding.refuses));
    found.extend(prints(folder)?);
    Ok(found)
}

/// Faults of types, as the compiler of TypeScript prints them: "app.ts(10,5): error TS2304: Cannot find …".
pub(crate) fn of_types(folder: &Path, faults: &[String]) -> Vec<Finding> {
    let finding = |fault: &String| {
        let place = || {
            let (at, words) = fault.split_once(": error ")?;
            let (file, place) = at.strip_suffix(')')?.rsplit_once('(')?;
            let (line, column) = place.split_once(',')?;
            let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
            let text = std::fs::read_to_string(folder.join(file)).ok()?;
            let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
            let rest = text.get(start..)?.lines().next()?;
            let from = rest.char_indices().nth(column.checked_sub(1)?).map_or(rest.len(), |(at, _)| at);
            let length = rest[from..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(0).max(1);
            let end = (start + from + length).min(text.len());
            Some((words.to_owned(), Place::new(file, &text, start + from..end)))
        };
        let (words, place) = place().map_or((fault.clone(), None), |(words, place)| (words, Some(place)));
        Finding { code: TYPES, words, refuses: false, place }
    };
    faults.iter().map(finding).collect()
}

/// Code of a fault of types. The app could be installed, and would fail.
pub(crate) const TYPES: &str = "types";

fn refused(text: &str, error: &ManifestError) -> Finding {
    let place = match error {
        ManifestError::Shape { span, .. } => Some(Place::new(MANIFEST, text, first_line(text, span.clone()))),
        ManifestError::Field { problem: FieldProblem::Twice(category), .. } => second(text, *category),
        ManifestError::Field { field, .. } => in_manifest(text, &field.split('.').collect::<Vec<_>>()),
        ManifestError::Malformed(_) | ManifestError::Missing | ManifestError::Several(_) => None,
    };
    let words = outcome::manifest_error(error, of_answer());
    Finding { code: "manifest", words, refuses: true, place }
}

/// What people would see and find odd.
fn advice(text: &str, manifest: &Manifest) -> Vec<Finding> {
    let app = &manifest.app;
    let texts = [("name", &app.name), ("summary", &app.summary)];
    let texts = texts.into_iter().map(|(key, text)| (vec!["app", key], text));
    let reads = manifest.reads.iter().map(|read| (vec!["reads", read.category.id(), "why"], &read.why));
    let mut found: Vec<Finding> = texts
        .chain(reads)
        .filter(|(_, text)| text.en.is_none())
        .map(|(path, _)| Finding {
            code: "english-missing",
            words: Cli::EnglishMissing.to(of_answer()),
            refuses: false,
            place: in_manifest(text, &path),
        })
        .collect();
    let icon: StrDeserializer<'_, serde::de::value::Error> = app.icon.as_str().into_deserializer();
    if Icon::deserialize(icon).is_err() {
        found.push(Finding {
            code: "unknown-icon",
            words: Cli::UnknownIcon { icon: &app.icon, known: &icons().join(", ") }.to(of_answer()),
            refuses: false,
            place: in_manifest(text, &["app", "icon"]),
        });
    }
    found
}

/// Names of the icons of the view's vocabulary.
pub(crate) fn icons() -> Vec<String> {
    // The error of the vocabulary's own reader lists what it takes, each between backquotes.
    let wrong: StrDeserializer<'_, serde::de::value::Error> = "?".into_deserializer();
    let known = Icon::deserialize(wrong).err().map(|error| error.to_string()).unwrap_or_default();
    known.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// Place of a value in the manifest: tables by key, elements of `reads` by their category.
fn in_manifest(text: &str, path: &[&str]) -> Option<Place> {
    let table = DeTable::parse(text).ok()?;
    let (first, rest) = path.split_first()?;
    let mut value = table.get_ref().get(*first)?;
    for key in rest {
        value = match value.get_ref() {
            DeValue::Table(table) => match table.get(*key) {
                Some(value) => value,
                None => break,
            },
            DeValue::Array(all) => all.iter().find(|one| {
                let category = one.get_ref().as_table().and_then(|table| table.get("category"));
                category.and_then(|category| category.get_ref().as_str()) == Some(*key)
            })?,
            _ => break,
        };
    }
    Some(Place::new(MANIFEST, text, first_line(text, value.span())))
}

/// The first line of a span: of a table, it says which one it is.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let end =
        text.get(span.clone()).and_then(|text| text.find('\n')).map_or(span.end, |line| span.start + line);
    span.start..end
}

/// The second declaration of a category.
fn second(text: &str, category: Category) -> Option<Place> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Array(reads) = table.get_ref().get("reads")?.get_ref() else { return None };
    let of = reads.iter().filter_map(|one| one.get_ref().as_table()?.get("category"));
    let mut same = of.filter(|named| named.get_ref().as_str() == Some(category.id()));
    Some(Place::new(MANIFEST, text, same.nth(1)?.span()))
}

/// The first place in the author's own source that uses a category.
fn used(folder: &Path, category: &str) -> Result<Option<Place>> {
    // Fields of JavaScript and Python are imported from the module of their category.
    let module = category.replace('-', "_");
    let calls = [
        format!("{module}::"),
        format!("@mesinfos/sdk/{category}\""),
        format!("@mesinfos/sdk/{category}'"),
        format!("from mesinfos.{module} "),
        format!("mesinfos.{module} "),
    ];
    let found = in_source(folder, |line| {
        let is_use = line.trim_start().starts_with("use ");
        let at = calls.iter().find_map(|call| line.find(call.as_str())).filter(|_| !is_use)?;
        let name = line[at..].find(&module).or_else(|| line[at..].find(category))?;
        Some(at + name..at + name + category.len())
    })?;
    Ok(found.into_iter().next())
}

/// Places where an app prints: nobody reads what it prints.
fn prints(folder: &Path) -> Result<Vec<Finding>> {
    const MACROS: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let places = in_source(folder, |line| {
        let code = line.split("//").next().unwrap_or_default();
        let at = MACROS.iter().filter_map(|name| Some((code.find(name)?, name.len()))).min()?;
        Some(at.0..at.0 + at.1)
    })?;
    let finding = |place| Finding {
        code: "prints",
        words: Cli::PrintsNowhere.to(of_answer()),
        refuses: false,
        place: Some(place),
    };
    Ok(places.into_iter().map(finding).collect())
}

/// Parameters that the code asks for by name and does not declare: it never gets their answers.
pub(crate) fn of_parameters(folder: &Path, declared: &[Param]) -> Result<Vec<Finding>> {
    const ANSWERS: [&str; 7] = ["whole", "number", "scaled", "money", "flag", "choice", "date"];
    let mut found = Vec::new();
    for answer in ANSWERS {
        let call = format!("ctx.{answer}(");
        let name = |line: &str| {
            let from = line.find(&call)? + call.len() + 1;
            let quote = line.get(from - 1..from).filter(|quote| ["\"", "'", "`"].contains(quote))?;
            let length = line.get(from..)?.find(quote)?;
            Some(from..from + length)
        };
        let is_unknown = |name: &str| declared.iter().all(|param| param.id != name);
        for place in in_source(folder, |line| name(line).filter(|at| is_unknown(&line[at.clone()])))? {
            let id = place.text().to_owned();
            let known: Vec<&str> = declared.iter().map(|param| param.id.as_str()).collect();
            let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
            let words = Cli::UnknownParameter { id: &id, known: &known }.to(of_answer());
            found.push(Finding { code: "unknown-parameter", words, refuses: false, place: Some(place) });
        }
    }
    Ok(found)
}

/// Places that a rule finds in the lines of the author's own source, at most one in a line.
pub(super) fn in_source(folder: &Path, rule: impl Fn(&str) -> Option<Range<usize>>) -> Result<Vec<Place>> {
    let mut found = Vec::new();
    for path in sources(folder)? {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(at) = rule(line) {
                found.push(Place::new(&name, &text, start + at.start..start + at.end));
            }
            start += line.len();
        }
    }
    Ok(found)
}

/// Files of the author's own source: those of `src`, or the scripts beside the manifest without their tests.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let source = folder.join("src");
    if !source.is_dir() {
        let is_script = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_test = name.contains(".test.") || name.starts_with("test_");
            path.is_file() && [".ts", ".js", ".py"].iter().any(|end| name.ends_with(end)) && !is_test
        };
        return Ok(crate::samples::entries(folder)?.into_iter().filter(is_script).collect());
    }
    let (mut folders, mut files) = (vec![source], Vec::new());
    while let Some(next) = folders.pop() {
        for path in crate::samples::entries(&next)? {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[app]\nid = \"cafes\"\nversion = \"0.1.0\"\npublisher = \"Nous\"\nlicence = \"MIT\"\n\
        icon = \"money\"\npurpose = \"personal-finance\"\nname = { fr = \"Cafés\", en = \"Coffees\" }\n\
        summary = { fr = \"Vos cafés\", en = \"Your coffees\" }\n\n[[reads]]\ncategory = \"bank\"\n\
        need = \"required\"\nwhy = { fr = \"pour compter\", en = \"to count\" }\n";

    fn drawn(text: &str) -> String {
        of_manifest(text).iter().flat_map(Finding::lines).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_good_manifest_has_no_finding() {
        assert!(of_manifest(GOOD).is_empty(), "{}", drawn(GOOD));
    }

    #[test]
    fn a_finding_names_its_line() {
        for (from, to, code, line) in [
            ("version = \"0.1.0\"", "version = \"1\"", "manifest", "mesinfos.toml:3:11"),
            ("purpose = \"personal-finance\"", "purpose = \"coffee\"", "manifest", "mesinfos.toml:7:11"),
            ("need = \"required\"", "needs = \"required\"", "manifest", "mesinfos.toml:13:1"),
            ("icon = \"money\"", "icon = \"coffee\"", "unknown-icon", "mesinfos.toml:6:8"),
            (", en = \"to count\"", "", "english-missing", "mesinfos.toml:14:7"),
            ("fr = \"pour compter\"", "fr = \"\"", "manifest", "mesinfos.toml:14:7"),
        ] {
            let text = GOOD.replace(from, to);
            assert_ne!(text, GOOD);
            let drawn = drawn(&text);
            assert!(drawn.contains(code) && drawn.contains(line), "{to}: {drawn}");
        }
    }

    #[test]
    fn a_fault_of_types_has_its_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("app.ts"), "// é\nconst é = bookedOn + 1;\n").unwrap();
        let said = ["app.ts(2,11): error TS2304: Cannot find name 'bookedOn'.".to_owned(), "?".to_owned()];
        let found = of_types(folder.path(), &said);
        assert_eq!(found[0].place().as_deref(), Some("app.ts:2:11"));
        assert!(found[0].lines().concat().contains("────────"), "{:?}", found[0].lines());
        assert_eq!((found[1].place(), found[1].words.as_str()), (None, "?"));
    }

    #[test]
    fn icons_are_those_of_the_vocabulary() {
        let known = icons();
        assert!(known.contains(&"money".to_owned()) && known.contains(&"search".to_owned()), "{known:?}");
        assert_eq!(known.len(), 25, "{known:?}");
    }
}
