//! What the person changed of single rows: a line for each correction, deletion and note.
//!
//! | `change` | also has |
//! |---|---|
//! | `corrected` | `at`, `before`: the row as the holder gave it, `now`: the row of the archive |
//! | `superseded` | `at`, `before`: the row, for which another one of the archive stands |
//! | `deleted` | `at`, `trace`: digests by which an import knows the row again, no value of it |
//! | `noted` | `text` |
//!
//! Every line has the `id` of the row in the archive, and its `category`.

use super::line::Line;
use crate::reason::Reason;
use crate::rows::{MAX_TEXT, check};
use mesinfos_model::{
    Batch, BatchBuilder, CarriedChange, Category, Cell, Position, RowChangeKind, RowId, RowTrace,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Name of the member.
pub const CHANGES: &str = "changes.jsonl";

/// A line as it is written.
#[derive(Deserialize)]
struct Written {
    id: RowId,
    category: String,
    change: String,
    at: Option<String>,
    before: Option<Map<String, Value>>,
    now: Option<Map<String, Value>>,
    trace: Option<RowTrace>,
    text: Option<String>,
}

/// A line that was read.
struct Change {
    category: Category,
    id: RowId,
    kind: Kind,
}

enum Kind {
    Corrected { at: i64, before: Line, now: Line },
    Superseded { at: i64, before: Line },
    Deleted { at: i64, trace: RowTrace },
    Noted { text: String },
}

/// The changes of an archive.
#[derive(Default)]
pub(super) struct Changes {
    all: Vec<(u64, Change)>,
    /// Corrected rows that the archive has to have, with the number of their line here.
    corrected: BTreeMap<(Category, RowId), Vec<(u64, usize)>>,
    /// Lines with a note; whether the archive has a row there.
    noted: BTreeMap<(Category, RowId), bool>,
    deleted: BTreeSet<(Category, RowId, mesinfos_model::Digest)>,
}

impl Changes {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a line with its number.
    pub(super) fn read(&mut self, number: u64, line: &[u8]) -> Result<(), Reason> {
        let written: serde_json::Result<Written> = serde_json::from_slice(line);
        let Written { id, category, change, at, before, now, trace, text } =
            written.map_err(|error| Reason::not_json_line(error.column().to_string()))?;
        let wrong = |what: &str| Reason::odd_form(format!("{what}: {change}"));
        let of =
            Category::from_id(&category).ok_or_else(|| Reason::odd_form(format!("category: {category}")))?;
        let at = || {
            let at = at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
            at.map(jiff::Timestamp::as_second).ok_or_else(|| wrong("at"))
        };
        let row = |values: Option<Map<String, Value>>, what: &str| {
            let line = Line::of(values.ok_or_else(|| wrong(what))?)?;
            if line.id == id { Ok(line) } else { Err(wrong("id")) }
        };
        let kind = match change.as_str() {
            // An archive of the first days does not say which row is the corrected one.
            "corrected" if now.is_none() => return Ok(()),
            "corrected" => {
                self.corrected.entry((of, id)).or_default().push((number, self.all.len()));
                Kind::Corrected { at: at()?, before: row(before, "before")?, now: row(now, "now")? }
            }
            "superseded" => Kind::Superseded { at: at()?, before: row(before, "before")? },
            "deleted" => {
                let Some(trace) = trace else { return Ok(()) };
                if !trace.is_bounded() {
                    return Err(wrong("trace"));
                }
                if !self.deleted.insert((of, id, trace.key)) {
                    return Err(Reason::listed_twice(id.to_string()));
                }
                Kind::Deleted { at: at()?, trace }
            }
            "noted" => {
                let text = text.ok_or_else(|| wrong("text"))?;
                if text.chars().count() > RowChangeKind::LONGEST_NOTE {
                    return Err(wrong("text"));
                }
                if self.noted.insert((of, id), false).is_some() {
                    return Err(Reason::listed_twice(id.to_string()));
                }
                Kind::Noted { text }
            }
            _ => return Err(wrong("change")),
        };
        self.all.push((number, Change { category: of, id, kind }));
        Ok(())
    }

    /// Compares a row of the archive with the changes.
    pub(super) fn see(&mut self, category: Category, row: &Line) {
        if self.all.is_empty() {
            return;
        }
        let key = (category, row.id);
        if let Some(is_there) = self.noted.get_mut(&key) {
            *is_there = true;
        }
        let Some(waiting) = self.corrected.get_mut(&key) else { return };
        let all = &self.all;
        let is_it = |(_, at): &(u64, usize)| match all.get(*at) {
            Some((_, Change { kind: Kind::Corrected { now, .. }, .. })) => now.has_values_of(row),
            _ => false,
        };
        if let Some(at) = waiting.iter().position(is_it) {
            waiting.remove(at);
        }
    }

    /// The changes, once all rows were seen, with the number of their line. `place` gives the number of a file here.
    pub(super) fn carried(
        self,
        place: impl Fn(RowId) -> Option<u64>,
    ) -> Result<Vec<CarriedChange>, (u64, Reason)> {
        let missing =
            self.corrected.iter().flat_map(|((_, id), lines)| lines.iter().map(move |line| (line.0, id)));
        if let Some((number, id)) = missing.min() {
            return Err((number, Reason::not_in_list(id.to_string())));
        }
        let mut carried = Vec::new();
        for (number, Change { category, id, kind }) in self.all {
            let wrong = |reason| (number, reason);
            let member = place(id).ok_or_else(|| wrong(Reason::not_in_list(id.to_string())))?;
            let at = Position { member, ordinal: id.position.ordinal };
            let rows = |lines: &[&Line]| batch(category, at, lines).map_err(wrong);
            let none = || Batch::empty(category);
            let position = at.packed();
            carried.push(match kind {
                Kind::Corrected { at, before, now } => {
                    CarriedChange { kind: RowChangeKind::Corrected { at }, rows: rows(&[&before, &now])? }
                }
                Kind::Superseded { at, before } => {
                    CarriedChange { kind: RowChangeKind::Superseded { at }, rows: rows(&[&before])? }
                }
                Kind::Deleted { at, trace } => {
                    CarriedChange { kind: RowChangeKind::Deleted { at, position, trace }, rows: none() }
                }
                // A note stays with its line when another row stands for the row: then the archive has no row there.
                Kind::Noted { .. } if self.noted.get(&(category, id)) != Some(&true) => continue,
                Kind::Noted { text } => {
                    CarriedChange { kind: RowChangeKind::Noted { position, text }, rows: none() }
                }
            });
        }
        Ok(carried)
    }
}

fn batch(category: Category, at: Position, lines: &[&Line]) -> Result<Batch, Reason> {
    let mut builder = BatchBuilder::new(category);
    for line in lines {
        let cells = line.cells(category, at)?;
        let long = cells.iter().find_map(|(_, cell)| match cell {
            Cell::Text(text) if text.len() > MAX_TEXT => Some(*text),
            _ => None,
        });
        if let Some(text) = long {
            return Err(Reason::odd_form(text));
        }
        builder.push_cells(cells);
    }
    let rows = builder.finish();
    check(&rows).map_err(|_| Reason::OddShape)?;
    Ok(rows)
}
