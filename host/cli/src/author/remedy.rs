//! Why a run of an author's app ended without a view: the place in the source, and what to do.
//!
//! A run tells what an app noted before it ended: the words of a panic or of an uncaught error with their place. A view
//! that is not valid has its path, and the title of the part that is wrong, which stands in the source.

use super::findings::{Finding, Place, in_source};
use crate::failure::Result;
use crate::language::of_answer;
use mesinfos_platform::runtime::Outcome;
use mesinfos_words::cli::Cli;
use std::path::Path;

/// Most letters of a line that are underlined.
const UNDERLINED: usize = 60;

/// What ended a run, or nothing if the outcome says everything.
pub(crate) fn of_run(folder: &Path, outcome: &Outcome, notes: &str) -> Result<Option<Finding>> {
    let (words, place) = match outcome {
        Outcome::InvalidView { near, .. } => (Cli::RemedyView, titled(folder, near.as_deref())?),
        Outcome::Trapped => {
            let cause = Cause::of(notes);
            let place = match cause {
                Cause::Clock => clock(folder)?,
                Cause::View => titled(folder, near(notes))?,
                _ => None,
            };
            (cause.words(), place.or_else(|| noted(folder, notes)))
        }
        Outcome::TimedOut { .. } => (Cli::RemedyTime, None),
        _ => return Ok(None),
    };
    let words = match words {
        Cli::RemedyView if place.is_none() => Cli::RemedyViewSomewhere,
        words => words,
    };
    Ok(Some(Finding::at(outcome.code(), words.to(of_answer()), place)))
}

/// A usual cause of an app that stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// A value that is not there was used.
    Missing,
    /// It asked for the time.
    Clock,
    /// It asked for a file, the network or another thing outside.
    Outside,
    /// It asked a list for more than it has.
    Index,
    /// A name that does not exist.
    Name,
    /// What it returned is no view.
    View,
    /// Any other.
    Other,
}

impl Cause {
    /// The cause that the words of panics and uncaught errors tell.
    fn of(notes: &str) -> Cause {
        let said = |words: &[&str]| words.iter().any(|word| notes.contains(word));
        if said(&["ViewError:"]) {
            Cause::View
        } else if said(&["time not implemented on this platform"]) {
            Cause::Clock
        } else if said(&[
            "operation not supported on this platform",
            "fetch is not defined",
            "XMLHttpRequest is not defined",
            "require is not defined",
            "process is not defined",
            "FileNotFoundError:",
            "PermissionError:",
            "OSError:",
            "URLError",
        ]) {
            Cause::Outside
        } else if said(&["on a `None` value", "of undefined", "of null", "'NoneType'"]) {
            Cause::Missing
        } else if said(&["index out of bounds", "out of range", "IndexError:"]) {
            Cause::Index
        } else if said(&["is not defined", "NameError:"]) {
            Cause::Name
        } else {
            Cause::Other
        }
    }

    fn words(self) -> Cli<'static> {
        match self {
            Cause::Missing => Cli::RemedyMissing,
            Cause::Clock => Cli::RemedyClock,
            Cause::Outside => Cli::RemedyOutside,
            Cause::Index => Cli::RemedyIndex,
            Cause::Name => Cli::RemedyName,
            Cause::View => Cli::RemedyView,
            Cause::Other => Cli::RemedyOther,
        }
    }
}

/// The place that a note names: "panicked at src/lib.rs:71:42:", "  at app.js:26 in run".
fn noted(folder: &Path, notes: &str) -> Option<Place> {
    notes.lines().find_map(|note| {
        let (_, at) = note.split_once(" at ")?;
        let at = at.split(' ').next()?.trim_end_matches(':');
        let mut parts = at.split(':');
        let (file, line) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
        let column = parts.next().and_then(|column| column.parse::<usize>().ok());
        // Only the author's own files: a name from a note leads nowhere else.
        let is_own = !file.starts_with('/') && !file.contains("..");
        let text = std::fs::read_to_string(folder.join(file)).ok().filter(|_| is_own)?;
        let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let code = text.get(start..)?.lines().next()?;
        let indent = code.len() - code.trim_start().len();
        let from = match column {
            Some(column) => code.char_indices().nth(column.checked_sub(1)?).map_or(indent, |(at, _)| at),
            None => indent,
        };
        let length = code[from..].chars().take(UNDERLINED).map(char::len_utf8).sum::<usize>();
        let length = code[from..from + length].trim_end().len();
        Some(Place::new(file, &text, start + from..start + from + length))
    })
}

/// The first place in the source that asks for the time.
fn clock(folder: &Path) -> Result<Option<Place>> {
    let found = in_source(folder, |line| {
        let calls = ["SystemTime::now", "Instant::now"];
        calls.iter().find_map(|call| line.find(call).map(|at| at..at + call.len()))
    })?;
    Ok(found.into_iter().next())
}

/// The place in the source of the title of a part of a view.
fn titled(folder: &Path, title: Option<&str>) -> Result<Option<Place>> {
    let Some(title) = title.filter(|title| !title.is_empty()) else { return Ok(None) };
    let found = in_source(folder, |line| {
        let quoted =
            ['"', '\'', '`'].iter().find_map(|quote| line.find(&format!("{quote}{title}{quote}")))?;
        Some(quoted + 1..quoted + 1 + title.len())
    })?;
    Ok(found.into_iter().next())
}

/// The title that an error of the SDKs for JavaScript and Python names: `… is there (in "Title")`.
fn near(notes: &str) -> Option<&str> {
    notes
        .lines()
        .find_map(|note| note.trim_end().strip_suffix("\")")?.rsplit_once("(in \"").map(|(_, title)| title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_leads_to_its_line_and_never_outside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        std::fs::write(folder.path().join("src/lib.rs"), "fn a() {\n    é().unwrap();\n}\n").unwrap();
        std::fs::write(folder.path().join("app.py"), "def a():\n    return b\n").unwrap();
        let place = |said: &str| {
            let place = noted(folder.path(), said)?;
            Finding::at("trapped", String::new(), Some(place)).place()
        };
        assert_eq!(
            place("panicked at src/lib.rs:2:9:\ncalled `Option::unwrap()`").as_deref(),
            Some("src/lib.rs:2:9")
        );
        assert_eq!(place("  at app.py:2 in a").as_deref(), Some("app.py:2:5"));
        for said in
            ["panicked at /etc/hostname:1:1:", "  at ../a:1 in b", "  at app.py:0", "  at app.py:99:1", "no"]
        {
            assert_eq!(place(said), None, "{said}");
        }
    }

    #[test]
    fn causes_are_known_by_their_words() {
        for (said, cause) in [
            ("called `Option::unwrap()` on a `None` value", Cause::Missing),
            ("TypeError: cannot read property 'currency' of undefined", Cause::Missing),
            ("AttributeError: 'NoneType' object has no attribute 'currency'", Cause::Missing),
            ("time not implemented on this platform", Cause::Clock),
            ("ReferenceError: fetch is not defined", Cause::Outside),
            ("index out of bounds: the len is 5 but the index is 7", Cause::Index),
            ("NameError: name 'spents' is not defined", Cause::Name),
            ("ViewError: pages[0].title: a text is expected", Cause::View),
            ("explicit panic", Cause::Other),
        ] {
            assert_eq!(Cause::of(&format!("a note\n{said}")), cause, "{said}");
        }
        assert_eq!(near("ViewError: icon: x is there (in \"Mois (2)\")\n  at app.js:2"), Some("Mois (2)"));
    }
}
