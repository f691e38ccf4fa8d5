//! What the person changed of single rows: corrections with what the data holder gave, deletions, notes.

use crate::Result;
use crate::tester::amendments::Note;
use mesinfos_intake::portable::write_line;
use mesinfos_vault::Amendment;
use serde_json::{Value, json};
use std::io;

/// Form of the lines.
pub(super) const FORM: &str = "application/x-ndjson; schema=mesinfos/row-change/1";

/// One line for each correction, deletion and note. `id` is the address of the row in the archive.
pub(super) fn lines(amendments: &[Amendment], notes: &[Note]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for amendment in amendments {
        let (id, category) = (amendment.row.to_string(), amendment.category.id());
        let at = super::instant(amendment.at)?;
        let change = match amendment.original() {
            Some(original) => {
                let mut line = Vec::new();
                write_line(&mut line, &original, 0, amendment.row, None).map_err(io::Error::from)?;
                let is_there = amendment.now.is_some();
                let before: Value = serde_json::from_slice(&line).map_err(io::Error::from)?;
                let change = if is_there { "corrected" } else { "superseded" };
                json!({ "id": id, "category": category, "change": change, "at": at, "before": before })
            }
            None => json!({ "id": id, "category": category, "change": "deleted", "at": at }),
        };
        push(&mut text, &change)?;
    }
    for note in notes {
        let (id, category) = (note.row.to_string(), note.category.id());
        push(&mut text, &json!({ "id": id, "category": category, "change": "noted", "text": note.text }))?;
    }
    Ok(text)
}

fn push(text: &mut Vec<u8>, change: &Value) -> Result<()> {
    serde_json::to_writer(&mut *text, change).map_err(io::Error::from)?;
    text.push(b'\n');
    Ok(())
}
