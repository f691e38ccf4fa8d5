//! Rows of an import that could not be read, kept with it: where they were, why, and what they said if the file is a table.
//! The person corrects one at a time: it is read again by the reader of its file, under the same header, and added to the
//! same import.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{AuditEvent, ConsentError, RowChange};
use mesinfos_intake::mapped::Mapping;
use mesinfos_intake::{
    Extent, IntakeError, LARGEST_RAW_ROW, OrdinalKind, RawRows, Read as FileRead, ReadAs, Reason, Rejected,
    Sink, SinkError,
};
use mesinfos_model::{Batch, Category, Column, Position};
use mesinfos_records::{Current, PART, Records, json};
use mesinfos_store::{Commit, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Name of the record, for errors.
const WHAT: &str = "rejected rows";

/// Version of the record. Another one counts as none.
const VERSION: u32 = 1;

/// Rejected rows that are kept of an import. The others are counted.
pub const MOST_REJECTS: usize = 1_000;

/// Bytes of cells that are kept of an import: well below the largest record.
const LARGEST_CELLS: usize = 200 << 10;

/// Files of an archive of which the lines above the rows are kept.
const MOST_TABLES: usize = 20;

/// Rows that one corrected row may become. Most formats make one of it.
const MOST_ROWS: usize = 50;

#[derive(Serialize, Deserialize)]
struct RejectsRecord {
    version: u32,
    files: Vec<RejectsOfFile>,
}

#[derive(Serialize, Deserialize)]
struct RejectsOfFile {
    file: String,
    member: u64,
    format: String,
    counts: OrdinalKind,
    mapping: Option<Mapping>,
    table: Option<RawRows>,
    rows: Vec<RejectOfFile>,
}

#[derive(Serialize, Deserialize)]
struct RejectOfFile {
    line: Option<u64>,
    field: Option<String>,
    extent: Extent,
    reason: Reason,
    cells: Option<Vec<String>>,
}

/// The rejected rows of a file.
#[derive(Debug, Clone)]
pub struct RejectedFile {
    /// Name of the file.
    pub file: String,
    /// Unit in which lines are counted.
    pub counts: OrdinalKind,
    /// Names of the columns, if it is a table.
    pub names: Vec<String>,
    /// Its rejected rows.
    pub rows: Vec<RejectedRow>,
}

/// A rejected row.
#[derive(Debug, Clone)]
pub struct RejectedRow {
    /// Where it was, and why it could not be read.
    pub rejected: Rejected,
    /// Its cells, if they are kept.
    pub cells: Option<Vec<String>>,
    /// The line, from its cells.
    pub text: Option<String>,
    /// Whether the person corrected it.
    pub is_mended: bool,
}

/// Place of a rejected row among those of an import: file and row, from 0.
pub type RejectPlace = (u32, u32);

/// What became of a corrected row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mended {
    /// It is a row of the import now.
    Added,
    /// The vault had it already.
    Known,
    /// It was corrected before.
    Before,
    /// It cannot be read, for this reason.
    Refused(Box<Rejected>),
    /// It is no row of this file.
    NotRead,
    /// It is longer than a row that is kept.
    TooLong,
    /// No cells are kept of it.
    NoCells,
}

fn prefix(whose: PersonId, import: u64) -> Vec<u8> {
    [b"rejects/", &whose.0[..], &import.to_be_bytes()].concat()
}

fn mended_prefix(whose: PersonId, import: u64) -> Vec<u8> {
    [b"mended/", &whose.0[..], &import.to_be_bytes()].concat()
}

fn mended_key(whose: PersonId, import: u64, (file, row): RejectPlace) -> Vec<u8> {
    [&mended_prefix(whose, import)[..], &file.to_be_bytes(), &row.to_be_bytes()].concat()
}

/// Place of a row, from the end of its key.
fn place_of(key: &[u8]) -> Option<RejectPlace> {
    let (rest, row) = key.split_last_chunk()?;
    let file = rest.last_chunk()?;
    Some((u32::from_be_bytes(*file), u32::from_be_bytes(*row)))
}

/// Rows of a file that is read again.
struct Few {
    rows: Vec<Batch>,
    count: usize,
}

impl Sink for Few {
    fn rows(&mut self, batch: Batch) -> std::result::Result<(), SinkError> {
        self.count += batch.rows();
        if self.count > MOST_ROWS {
            return Err("too many rows of one".into());
        }
        self.rows.push(batch);
        Ok(())
    }

    fn piece(&mut self, _: i64, _: &[u8]) -> std::result::Result<(), SinkError> {
        Err("a file of a row".into())
    }
}

impl Platform {
    /// The rejected rows of an import, at most a thousand, in the order of their files; `None` if none are kept.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rejected_rows(&self, caller: &Caller, import: u64) -> Result<Option<Vec<RejectedFile>>> {
        self.read_of(caller, |person| {
            let Some(record) = self.rejects_in(person, import)? else { return Ok(None) };
            let mended = self.mended_in(person, import)?;
            let files = (0..).zip(record.files).map(|(number, of)| {
                let rows = (0..).zip(of.rows).map(|(row, reject)| RejectedRow {
                    text: reject
                        .cells
                        .as_ref()
                        .zip(of.table.as_ref())
                        .map(|(cells, table)| table.line(cells)),
                    is_mended: mended.contains(&(number, row)),
                    rejected: Rejected {
                        line: reject.line,
                        field: reject.field,
                        extent: reject.extent,
                        reason: reject.reason,
                    },
                    cells: reject.cells,
                });
                RejectedFile {
                    rows: rows.collect(),
                    names: of.table.as_ref().map(RawRows::names).unwrap_or_default(),
                    file: of.file,
                    counts: of.counts,
                }
            });
            Ok(Some(files.collect()))
        })
    }

    /// Reads a rejected row of an import again, with these cells, and adds it to the import.
    ///
    /// # Errors
    /// If there is no such person, or the import is undone meanwhile.
    pub fn mend_rejected(
        &self,
        caller: &Caller,
        import: u64,
        place: RejectPlace,
        cells: &[String],
    ) -> Result<Mended> {
        let found = self.read_of(caller, |person| {
            let is_before = self.mended_in(person, import)?.contains(&place);
            Ok((self.rejects_in(person, import)?, is_before))
        })?;
        let (Some(record), is_before) = found else { return Ok(Mended::NoCells) };
        let of = record.files.get(place.0 as usize);
        let row = of.and_then(|of| of.rows.get(place.1 as usize).map(|row| (of, row)));
        let Some((of, row)) = row else { return Ok(Mended::NoCells) };
        let (Some(before), Some(line), Some(table)) = (&row.cells, row.line, &of.table) else {
            return Ok(Mended::NoCells);
        };
        if is_before {
            return Ok(Mended::Before);
        }
        if cells.len() != before.len() {
            return Ok(Mended::NotRead);
        }
        if cells.iter().map(|cell| cell.len() + 1).sum::<usize>() > LARGEST_RAW_ROW {
            return Ok(Mended::TooLong);
        }
        let rows = match self.read_again(of, table, cells) {
            Ok(Ok(rows)) => rows,
            Ok(Err(mended)) => return Ok(mended),
            Err(error) => return Err(error.into()),
        };
        let position = Position { member: of.member, ordinal: line };
        let placed: Option<Vec<Batch>> = rows.iter().map(|rows| at_position(rows, position)).collect();
        let Some(placed) = placed else { return Ok(Mended::NotRead) };
        let first = placed.first().map_or(Category::Documents, Batch::category);
        let done = self.write_of(caller, |person| {
            let at = self.clock.now();
            let (links, is_added) = self.act(person, caller.act(), at, |batch| {
                let key = mended_key(person.vault.id(), import, place);
                let records = self.rejects(person);
                let plain = json(WHAT, &(of.member, line)).map_err(ConsentError::from)?;
                // A second click finds it corrected.
                records
                    .replace(WHAT, key, Current::Stored(None), &plain, batch)
                    .map_err(ConsentError::from)?;
                let mut importing = person.vault.begin_import();
                for rows in &placed {
                    importing.add(rows)?;
                }
                let excluded = self.excluded_now(person)?;
                let (rows, outcome) = importing.prepare_addition(import, line, &excluded)?;
                batch.join(rows);
                self.exclude_too(person, &outcome.links, caller.act(), at, batch)?;
                let event = |category, rows| AuditEvent::Amended {
                    import,
                    file: of.file.as_str().into(),
                    category,
                    change: RowChange::Added,
                    removed: 0,
                    returned: rows,
                };
                let new = outcome.categories.iter().filter(|of| of.added + of.corrected > 0);
                let mut events: Vec<AuditEvent> =
                    new.map(|of| event(of.category, of.added + of.corrected)).collect();
                let is_added = !events.is_empty();
                if !is_added {
                    events.push(event(first, 0));
                }
                events.extend(super::imports::replaced(person, &outcome.replaced)?);
                Ok(((outcome.links, is_added), events))
            })?;
            self.exclude_later(person, &links, caller.act())?;
            Ok(if is_added { Mended::Added } else { Mended::Known })
        });
        match done {
            // A second click, or another tab.
            Err(error) if error.is_conflict() => {
                let is_before =
                    self.read_of(caller, |person| Ok(self.mended_in(person, import)?.contains(&place)))?;
                if is_before { Ok(Mended::Before) } else { Err(error) }
            }
            done => done,
        }
    }

    /// Reads a row with these cells as the file was read.
    fn read_again(
        &self,
        of: &RejectsOfFile,
        table: &RawRows,
        cells: &[String],
    ) -> std::result::Result<std::result::Result<Vec<Batch>, Mended>, IntakeError> {
        let how = of
            .mapping
            .as_ref()
            .map_or(ReadAs::Recognised, |mapping| ReadAs::Table(Box::new(mapping.clone())));
        let (text, _) = table.with(cells);
        let mut few = Few { rows: Vec::new(), count: 0 };
        let reads = match self.reading.stream(&of.file, &mut text.as_bytes(), &how, &mut few) {
            Ok(reads) => reads,
            Err(IntakeError::Malformed { reason, .. }) => {
                let refused = Rejected { line: None, field: None, extent: Extent::Row, reason };
                return Ok(Err(Mended::Refused(Box::new(refused))));
            }
            Err(error @ IntakeError::Io { .. }) => return Err(error),
            // What was written makes another file of it.
            Err(_) => return Ok(Err(Mended::NotRead)),
        };
        let [read] = reads.as_slice() else { return Ok(Err(Mended::NotRead)) };
        if let Some(refused) = read.rejected.first() {
            return Ok(Err(Mended::Refused(Box::new(refused.clone()))));
        }
        let is_read = read.about.id == of.format && few.count > 0;
        Ok(if is_read { Ok(few.rows) } else { Err(Mended::NotRead) })
    }

    /// Adds the rejected rows of an import to its commit.
    pub(super) fn keep_rejects(
        &self,
        person: &Person,
        import: u64,
        reads: &[FileRead],
        mapping: Option<&Mapping>,
        commit: &mut Commit,
    ) -> Result<()> {
        let (mut files, mut count, mut room, mut tables) = (Vec::new(), 0, LARGEST_CELLS, 0);
        for read in reads {
            let raw = read.raw.as_ref().filter(|_| tables < MOST_TABLES);
            let mut rows = Vec::new();
            // Values that were not taken are no rows: the report told of them.
            let rejected = read.rejected.iter().filter(|rejected| rejected.extent != Extent::Values);
            for rejected in rejected.take(MOST_REJECTS - count) {
                let cells = raw.zip(rejected.line).and_then(|(raw, line)| {
                    let (_, cells) = raw.rows.iter().find(|(of, _)| *of == line)?;
                    let size = cells.iter().map(|cell| cell.len() + 3).sum::<usize>();
                    room = room.checked_sub(size)?;
                    Some(cells.clone())
                });
                rows.push(RejectOfFile {
                    line: rejected.line,
                    field: rejected.field.clone(),
                    extent: rejected.extent,
                    reason: rejected.reason.clone(),
                    cells,
                });
            }
            count += rows.len();
            let has_cells = rows.iter().any(|row| row.cells.is_some());
            tables += usize::from(has_cells);
            let table = raw.filter(|_| has_cells).map(|raw| RawRows { rows: Vec::new(), ..raw.clone() });
            if !rows.is_empty() {
                files.push(RejectsOfFile {
                    file: read.file.clone(),
                    member: read.member,
                    format: read.about.id.to_owned(),
                    counts: read.about.counts,
                    mapping: mapping.cloned(),
                    table,
                    rows,
                });
            }
        }
        if files.is_empty() {
            return Ok(());
        }
        let (records, key) = (self.rejects(person), prefix(person.vault.id(), import));
        let plain = json(WHAT, &RejectsRecord { version: VERSION, files }).map_err(ConsentError::from)?;
        let stored = records.split(WHAT, &key, &plain, PART, commit).map_err(ConsentError::from)?;
        records.replace(WHAT, key, Current::Stored(None), &stored, commit).map_err(ConsentError::from)?;
        Ok(())
    }

    /// Adds the end of the rejected rows of an import to the commit that undoes it.
    pub(super) fn end_rejects(&self, person: &Person, import: u64, commit: &mut Commit) -> Result<()> {
        let whose = person.vault.id();
        for prefix in [prefix(whose, import), mended_prefix(whose, import)] {
            for (key, _) in self.rejects(person).all(&prefix).map_err(ConsentError::from)? {
                commit.delete(key);
            }
        }
        Ok(())
    }

    /// Whether a line of an import is a rejected row that the person corrected.
    pub(super) fn is_mended(&self, person: &Person, import: u64, position: Position) -> Result<bool> {
        let records = self.rejects(person);
        for (key, sealed) in
            records.all(&mended_prefix(person.vault.id(), import)).map_err(ConsentError::from)?
        {
            let of: (u64, u64) = records.open(WHAT, &key, &sealed).map_err(ConsentError::from)?;
            if of == (position.member, position.ordinal) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn mended_in(&self, person: &Person, import: u64) -> Result<BTreeSet<RejectPlace>> {
        let all = self.rejects(person).all(&mended_prefix(person.vault.id(), import));
        Ok(all.map_err(ConsentError::from)?.iter().filter_map(|(key, _)| place_of(key)).collect())
    }

    /// The record of an import. One that a later or an earlier version wrote counts as none.
    fn rejects_in(&self, person: &Person, import: u64) -> Result<Option<RejectsRecord>> {
        let (records, key) = (self.rejects(person), prefix(person.vault.id(), import));
        let Some(sealed) = records.get(&key).map_err(ConsentError::from)? else { return Ok(None) };
        let Ok(stored) = records.sealer.open(&key, &sealed) else { return Ok(None) };
        let plain = records.join_parts(&key, stored, &records.empty_commit()).map_err(ConsentError::from)?;
        let record = plain.and_then(|plain| serde_json::from_slice::<RejectsRecord>(&plain).ok());
        Ok(record.filter(|record| record.version == VERSION))
    }

    fn rejects<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }
}

/// Rows with another position.
fn at_position(rows: &Batch, position: Position) -> Option<Batch> {
    let column = Column::I64(Arc::new(vec![position.packed(); rows.rows()]));
    rows.clone().with_column(rows.schema().position(), column).ok()
}
