//! A person's own changes of single rows: a correction, a deletion, a note.
//!
//! A correction stands in place of what the holder gave, for every reader; what the holder gave is kept beside it for the
//! person. A deleted row is gone, and does not come back with the next file. A note is for the person only.

use crate::tester::own_rows::{RowValue, file_names, values};
use crate::tester::typed_value::{Beside, Typed, typed};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{AuditEvent, ConsentError, RowChange};
use mesinfos_model::category::Reach;
use mesinfos_model::visible::clean;
use mesinfos_model::{
    BatchBuilder, Category, Cell, Digest, Field, FieldKind, Position, RowChangeKind, RowId,
};
use mesinfos_records::{Current, Records, json};
use mesinfos_store::{Commit, PersonId};
use mesinfos_vault::{AlikeRows, Amendment, Change, Decision, ImportOutcome, ImportRecord};
use serde::{Deserialize, Serialize};

const NOTE: &str = "a note";

/// Version of the records of notes.
const VERSION: u8 = 1;

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = RowChangeKind::LONGEST_NOTE;

/// A row that the person corrected: what the holder gave.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// When, in UTC seconds.
    pub at: i64,
    /// Values that the holder gave, of the fields that differ or are gone.
    pub before: Vec<RowValue>,
}

/// A row that the person deleted. No value of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedRow {
    /// Category of the row.
    pub category: Category,
    /// Id that the row had.
    pub row: RowId,
    /// Name of the record.
    pub key: Digest,
    /// Name of the row's file.
    pub file: String,
    /// When, in UTC seconds.
    pub at: i64,
}

/// A note with a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) category: Category,
    pub(super) row: RowId,
    pub(super) text: String,
}

/// The record of a note.
#[derive(Serialize, Deserialize)]
struct NoteRecord {
    version: u8,
    text: String,
}

fn notes(person: PersonId) -> Vec<u8> {
    [b"row-note/", &person.0[..], b"/"].concat()
}

fn note_key(person: PersonId, category: Category, row: RowId) -> Vec<u8> {
    let place = [&row.import.to_be_bytes()[..], &row.position.packed().to_be_bytes()].concat();
    [&notes(person)[..], &[category.number()], &place].concat()
}

/// Category and row of the end of a key of [`note_key`].
fn place(key: &[u8]) -> Option<(Category, RowId)> {
    let (number, rest) = key.split_first()?;
    let (import, position) = rest.split_first_chunk::<8>()?;
    let category = Category::ALL.iter().copied().find(|category| category.number() == *number)?;
    let position = Position::unpacked(i64::from_be_bytes(*position.first_chunk::<8>()?));
    Some((category, RowId { import: u64::from_be_bytes(*import), position }))
}

/// Whether a person may change a field of a category.
pub fn is_changeable(category: Category, field: &Field) -> bool {
    let schema = category.schema();
    let at = schema.index(field.name);
    let is_bound = at == Some(schema.holder) || at == schema.utc_offset;
    field.reach != Reach::Host && !matches!(field.kind, FieldKind::Pseudonym) && !is_bound
}

impl Platform {
    /// Deletes a row, of which `key` is the fingerprint. Whether there was such a row. A document with a file is removed
    /// with its import instead.
    ///
    /// # Errors
    /// If there is no such person, or the person changed too many rows already.
    pub fn delete_row(&self, caller: &Caller, category: Category, row: RowId, key: Digest) -> Result<bool> {
        if category == Category::Documents {
            return Ok(false);
        }
        self.change_row(caller, (category, row, key), Change::Delete, RowChange::Deleted, None)
    }

    /// Puts back what the holder gave of a corrected row. Whether there was anything to put back.
    ///
    /// # Errors
    /// As [`Platform::delete_row`].
    pub fn restore_row(&self, caller: &Caller, category: Category, row: RowId, key: Digest) -> Result<bool> {
        self.change_row(caller, (category, row, key), Change::Restore, RowChange::Restored, None)
    }

    /// Corrects a row: names of fields, each with what the person typed. Whether there was such a row.
    ///
    /// # Errors
    /// [`PlatformError::BadRowValue`] if a value cannot be understood; otherwise as [`Platform::delete_row`].
    pub fn correct_row(
        &self,
        caller: &Caller,
        category: Category,
        row: RowId,
        key: Digest,
        new: &[(String, String)],
    ) -> Result<bool> {
        let schema = category.schema();
        let mut beside = self.beside(caller, category, row, key)?;
        if let Some((_, currency)) = new.iter().find(|(name, _)| name == "currency") {
            currency.trim().clone_into(&mut beside.currency);
        }
        let mut understood: Vec<(usize, Typed)> = Vec::new();
        for (name, text) in new {
            let bad = || PlatformError::BadRowValue { category, field: clean(name) };
            let at = schema.index(name).ok_or_else(bad)?;
            let field = &schema.fields[at];
            if !is_changeable(category, field) {
                return Err(bad());
            }
            let value = typed(field, text, &beside).ok_or_else(bad)?;
            // A row keeps its time, its quantity, and the currency that amounts are in.
            let is_needed = at == schema.time && !schema.undated
                || field.name == "currency"
                || schema.totals.first().is_some_and(|(quantity, _)| *quantity == at);
            if value == Typed::Missing && is_needed {
                return Err(bad());
            }
            understood.push((at, value));
        }
        let cells: Vec<(usize, Cell<'_>)> =
            understood.iter().map(|(at, value)| (*at, value.cell())).collect();
        // The rules of a file hold for what is typed too.
        let mut builder = BatchBuilder::new(category);
        builder.push(&[&cells[..], &[(schema.position(), row.position.packed().into())]].concat());
        let has_time = cells.iter().any(|(at, _)| *at == schema.time);
        if has_time && mesinfos_intake::check(&builder.finish()).is_err() {
            let field = schema.fields[schema.time].name.to_owned();
            return Err(PlatformError::BadRowValue { category, field });
        }
        let change = Change::Correct(&cells);
        self.change_row(caller, (category, row, key), change, RowChange::Corrected, None)
    }

    /// What typed values depend on of a row with the fingerprint `key`.
    fn beside(&self, caller: &Caller, category: Category, row: RowId, key: Digest) -> Result<Beside> {
        let Some(origin) = self.row_origin(caller, category, row)? else { return Ok(Beside::default()) };
        let at = origin.keys.iter().position(|one| *one == key);
        let Some(row) = at.and_then(|at| origin.rows.get(at)) else { return Ok(Beside::default()) };
        let schema = category.schema();
        let offset = schema.utc_offset.and_then(|at| row.number(schema.fields[at].name));
        Ok(Beside {
            currency: row.value("currency").unwrap_or_default().to_owned(),
            offset: offset.unwrap_or(0),
        })
    }

    /// Changes a row. `decided` is the pair of rows of an import of which the person said with it that they are one.
    pub(super) fn change_row(
        &self,
        caller: &Caller,
        (category, row, key): (Category, RowId, Digest),
        change: Change<'_>,
        told: RowChange,
        decided: Option<(u64, AlikeRows, Decision)>,
    ) -> Result<bool> {
        let at = self.clock.now();
        // What is excluded from a grant stays excluded in the row that stands for it.
        let stands = decided.map(|(_, pair, _)| if pair.new.id == row { pair.old.id } else { pair.new.id });
        self.write_of(caller, |person| {
            let Some(import) = import_of(person, row)? else { return Ok(false) };
            let amended = self.act(person, caller.act(), at, |batch| {
                // All of it or nothing: a pair that is gone meanwhile changes no row.
                let prepared = match &decided {
                    None => person.vault.prepare_amend(category, row, key, change, at)?,
                    Some((import, pair, decision)) => {
                        let keeps_new = *decision == Decision::KeepNew;
                        person.vault.prepare_one(*import, pair, keeps_new, at)?
                    }
                };
                let Some((commit, amended)) = prepared else { return Ok((None, Vec::new())) };
                batch.join(commit);
                if let Some(stands) = stands {
                    self.exclude_too(person, &[(category, row, stands)], caller.act(), at, batch)?;
                }
                if told == RowChange::Deleted {
                    batch.delete(note_key(person.vault.id(), category, row));
                }
                let removed = amended.removed;
                let event = AuditEvent::Amended {
                    import: row.import,
                    file: import.source.file_name.as_str().into(),
                    category,
                    change: told,
                    removed,
                    returned: 0,
                };
                Ok((Some(amended), vec![event]))
            })?;
            if let Some(amended) = &amended {
                person.vault.finish_amend(amended);
            }
            Ok(amended.is_some())
        })
    }

    /// The rows that the person deleted, newest first.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn deleted_rows(&self, caller: &Caller) -> Result<Vec<DeletedRow>> {
        self.read_of(caller, |person| {
            let names = file_names(&person.vault)?;
            let is_deleted = |one: &Amendment| one.now.is_none() && one.by.is_none();
            let deleted = person.vault.amendments()?.into_iter().filter(is_deleted);
            let of = |one: Amendment| DeletedRow {
                category: one.category,
                row: one.row,
                key: one.key,
                file: names.get(&(one.row.import, one.row.position.member)).cloned().unwrap_or_default(),
                at: one.at,
            };
            let mut rows: Vec<DeletedRow> = deleted.map(of).collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.at));
            Ok(rows)
        })
    }

    /// Lets a deleted row come back with the next import of its file. Whether there was such a row.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn lift_deletion(
        &self,
        caller: &Caller,
        category: Category,
        row: RowId,
        key: Digest,
    ) -> Result<bool> {
        let at = self.clock.now();
        self.write_of(caller, |person| {
            let Some(import) = import_of(person, row)? else { return Ok(false) };
            self.act(person, caller.act(), at, |batch| {
                let Some(commit) = person.vault.prepare_lift(category, row, key)? else {
                    return Ok((false, Vec::new()));
                };
                batch.join(commit);
                let event = AuditEvent::Amended {
                    import: row.import,
                    file: import.source.file_name.as_str().into(),
                    category,
                    change: RowChange::Lifted,
                    removed: 0,
                    returned: 0,
                };
                Ok((true, vec![event]))
            })
        })
    }

    /// Keeps a note with a line of a file, or removes it if the text is empty. Whether there is such a line. No app reads
    /// it, and it is no part of the log: nothing of the data is read or changed.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn note_row(&self, caller: &Caller, category: Category, row: RowId, text: &str) -> Result<bool> {
        if self.row_origin(caller, category, row)?.is_none() {
            return Ok(false);
        }
        let text: String = clean(text).trim().chars().take(LONGEST_NOTE).collect();
        self.write_of(caller, |person| {
            let (records, whose) = (self.row_notes(person), person.vault.id());
            let key = note_key(whose, category, row);
            let found = records.get(&key).map_err(ConsentError::from)?;
            let mut commit = person.vault.empty_commit();
            person.vault.guard(&mut commit);
            if text.is_empty() {
                commit.delete(key);
            } else {
                let plain = json(NOTE, &NoteRecord { version: VERSION, text: text.clone() });
                let plain = plain.map_err(ConsentError::from)?;
                records
                    .replace(NOTE, key, Current::Stored(found), &plain, &mut commit)
                    .map_err(ConsentError::from)?;
            }
            self.store().commit(&commit)?;
            Ok(true)
        })
    }

    /// Adds the notes of another instance's archive to the commit of its import.
    pub(super) fn keep_notes(
        &self,
        person: &Person,
        import: &ImportOutcome,
        commit: &mut Commit,
    ) -> Result<()> {
        for (category, position, text) in &import.notes {
            let text: String = clean(text).trim().chars().take(LONGEST_NOTE).collect();
            if text.is_empty() {
                continue;
            }
            let row = RowId { import: import.import_id, position: *position };
            let key = note_key(person.vault.id(), *category, row);
            let record = NoteRecord { version: VERSION, text };
            let records = self.row_notes(person);
            let sealed = records.seal(NOTE, &key, &record).map_err(ConsentError::from)?;
            commit.put(key, sealed);
        }
        Ok(())
    }

    /// The note with a line of a file.
    pub(super) fn note_in(&self, person: &Person, category: Category, row: RowId) -> Result<Option<String>> {
        let (records, key) = (self.row_notes(person), note_key(person.vault.id(), category, row));
        let Some(sealed) = records.get(&key).map_err(ConsentError::from)? else { return Ok(None) };
        let record: NoteRecord = records.open(NOTE, &key, &sealed).map_err(ConsentError::from)?;
        Ok(Some(record.text))
    }

    /// All notes of a person.
    pub(super) fn notes_in(&self, person: &Person) -> Result<Vec<Note>> {
        let (prefix, records) = (notes(person.vault.id()), self.row_notes(person));
        let mut all = Vec::new();
        for (key, sealed) in records.all(&prefix).map_err(ConsentError::from)? {
            let record: NoteRecord = records.open(NOTE, &key, &sealed).map_err(ConsentError::from)?;
            let Some((category, row)) = key.get(prefix.len()..).and_then(place) else { continue };
            all.push(Note { category, row, text: record.text });
        }
        Ok(all)
    }

    /// Adds the end of the notes of an import to the commit that undoes it.
    pub(super) fn end_notes(&self, person: &Person, import: u64, commit: &mut Commit) -> Result<()> {
        let prefix = notes(person.vault.id());
        for (key, _) in self.row_notes(person).all(&prefix).map_err(ConsentError::from)? {
            let of = key.get(prefix.len() + 1..).and_then(|rest| rest.first_chunk::<8>());
            if of.is_some_and(|of| u64::from_be_bytes(*of) == import) {
                commit.delete(key);
            }
        }
        Ok(())
    }

    fn row_notes<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }
}

/// The import of a row, if it is not undone.
fn import_of(person: &Person, row: RowId) -> Result<Option<ImportRecord>> {
    let is_it = |record: &ImportRecord| record.outcome.import_id == row.import && record.undone_at.is_none();
    Ok(person.vault.imports()?.into_iter().find(is_it))
}

/// What the holder gave of a corrected row, with the fingerprint `key`, in the fields that differ from `now`.
pub(super) fn corrected(
    amendments: &[Amendment],
    (category, row, key): (Category, RowId, Digest),
    now: &[RowValue],
    caller: &Caller,
) -> Option<Corrected> {
    let of = |one: &&Amendment| one.category == category && one.row == row && one.now == Some(key);
    let amendment = amendments.iter().find(of)?;
    let original = amendment.original()?;
    let mut before = values(&original, 0, caller.lang);
    before.retain(|value| !now.iter().any(|other| other.field == value.field && other.text == value.text));
    Some(Corrected { at: amendment.at, before })
}
