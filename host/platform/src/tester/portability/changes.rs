//! What the person changed of single rows: corrections with what the data holder gave, deletions, notes. Another vault
//! takes them in with the rows (`mesinfos_intake::portable::CHANGES` says how a line looks).

use crate::Result;
use crate::tester::amendments::Note;
use crate::tester::own_rows::id;
use mesinfos_intake::portable::write_line;
use mesinfos_model::{Batch, Category, Digest, Period, RowId};
use mesinfos_vault::{Amendment, PersonVault, row_fingerprint};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Form of the lines.
pub(super) const FORM: &str = "application/x-ndjson; schema=mesinfos/row-change/1";

/// One line for each correction, deletion and note. `id` is the address of the row in the archive.
pub(super) fn lines(vault: &PersonVault, notes: &[Note]) -> Result<Vec<u8>> {
    let amendments = vault.amendments()?;
    let corrected = corrected(vault, &amendments)?;
    let mut text = Vec::new();
    for amendment in &amendments {
        let (id, category) = (amendment.row.to_string(), amendment.category.id());
        let at = super::instant(amendment.at)?;
        let now = amendment.now.and_then(|now| corrected.get(&(amendment.category, amendment.row, now)));
        let change = match (amendment.original(), now) {
            (Some(original), Some(now)) => {
                let (before, now) = (values(&original, amendment.row)?, values(now, amendment.row)?);
                json!({ "id": id, "category": category, "change": "corrected", "at": at, "before": before, "now": now })
            }
            (Some(original), None) => {
                let before = values(&original, amendment.row)?;
                json!({ "id": id, "category": category, "change": "superseded", "at": at, "before": before })
            }
            (None, _) => {
                let trace = amendment.trace();
                json!({ "id": id, "category": category, "change": "deleted", "at": at, "trace": trace })
            }
        };
        push(&mut text, &change)?;
    }
    for note in notes {
        let (id, category) = (note.row.to_string(), note.category.id());
        push(&mut text, &json!({ "id": id, "category": category, "change": "noted", "text": note.text }))?;
    }
    Ok(text)
}

/// Corrected rows by their fingerprint.
fn corrected(
    vault: &PersonVault,
    amendments: &[Amendment],
) -> Result<BTreeMap<(Category, RowId, Digest), Batch>> {
    let of = |one: &Amendment| one.now.map(|now| (one.category, one.row, now));
    let wanted: BTreeSet<(Category, RowId, Digest)> = amendments.iter().filter_map(of).collect();
    let ids: BTreeSet<(Category, RowId)> =
        wanted.iter().map(|(category, row, _)| (*category, *row)).collect();
    let categories: BTreeSet<Category> = ids.iter().map(|(category, _)| *category).collect();
    let mut found = BTreeMap::new();
    for category in categories {
        for origin in vault.origins(category, &Period::ALL)? {
            let (import, batch) = origin?;
            for row in 0..batch.rows() {
                let id = id(&batch, row, import);
                if !ids.contains(&(category, id)) {
                    continue;
                }
                let key = (category, id, row_fingerprint(&batch, row));
                if wanted.contains(&key) {
                    found.insert(key, batch.select(&[row]));
                }
            }
        }
    }
    Ok(found)
}

/// A row as an object of its values.
fn values(row: &Batch, id: RowId) -> Result<Value> {
    let mut line = Vec::new();
    write_line(&mut line, row, 0, id, None).map_err(io::Error::from)?;
    Ok(serde_json::from_slice(&line).map_err(io::Error::from)?)
}

fn push(text: &mut Vec<u8>, change: &Value) -> Result<()> {
    serde_json::to_writer(&mut *text, change).map_err(io::Error::from)?;
    text.push(b'\n');
    Ok(())
}
