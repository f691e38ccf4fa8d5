//! A person's own changes of single rows: a correction, or a deletion.
//!
//! The chunk of a row is written anew without the row, or with the corrected one, and the old chunk is deleted: what is
//! gone is gone. A record beside it keeps what an import has to know, the identity of the row as the holder gave it, so
//! that the same row does not come back with the next file. A correction keeps the holder's values too, and can be taken
//! back; a deletion keeps no value. A row for which another one stands, because the person said that they are the same,
//! is kept in the record as the holder gave it, and is back when the import of the other one is undone.

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::identity::{content, fingerprint, hash_of, identity_of, names_of};
use crate::index::index;
use crate::known::Gone;
use crate::opened::{OpenOptions, open};
use crate::person::PersonVault;
use crate::records::{self, Indexed, damaged};
use mesinfos_model::day::UNDATED;
use mesinfos_model::{
    Batch, BatchBuilder, CarriedChange, Category, Cell, Day, Digest, FieldKind, Position, RowChangeKind,
    RowId, RowTrace,
};
use mesinfos_records::{Current, PART, json};
use mesinfos_store::{ChunkId, Commit, Store, StoreError, Which};
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Name of the record in errors.
const AMENDMENT: &str = "the record of an amendment";

/// Name of the record of a holder's values in errors.
const VALUES: &str = "the values of an amended row";

/// Version of the record. Those of version 1 are still read: they hold the holder's values themselves.
const VERSION: u32 = 2;

/// Corrected forms of a row by which an import knows it.
const MOST_ALIASES: usize = 8;

/// Deleted earlier versions that the record of a deletion keeps.
const MOST_EARLIER: usize = 4;

/// Of a category, the import and the hash of some fields of each row that stays.
pub(crate) type Staying<'a> = dyn Fn(Category, &[usize]) -> Vec<(u64, [u8; 32])> + 'a;

/// Largest number of amendments of a person. It bounds what an import compares with.
pub const MOST_AMENDMENTS: usize = 10_000;

/// A value as it is kept: by number of its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptValue {
    /// A number, date, instant or code.
    Int(i64),
    /// A text.
    Text(String),
}

/// The record of an amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct AmendmentRecord {
    version: u32,
    /// Identity of the row as the holder gave it.
    identity: Digest,
    /// Month of the row as the holder gave it.
    month: i32,
    /// The corrected row; `None` if the row was deleted.
    now: Option<Now>,
    /// The values that the holder gave, by field: in version 1 only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<(usize, KeptValue)>,
    /// The import with the row that stands for this one, until that import is undone.
    by: Option<u64>,
    /// Identities of the row as the person corrected it, the latest last, at most [`MOST_ALIASES`].
    #[serde(default)]
    aliases: Vec<Digest>,
    /// Names of the row as the holder gave it, by which a later version is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    names: Vec<Digest>,
    /// Hash of its values and its time, as the holder gave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    given: Option<(Digest, Option<i64>)>,
    /// Earlier versions that were deleted with the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<DeletedVersion>,
    /// When, in UTC seconds.
    at: i64,
}

/// An earlier version that was deleted with a row: it stays deleted when the import of the row is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeletedVersion {
    pub(crate) import: u64,
    /// Packed.
    pub(crate) position: i64,
    /// Fingerprint.
    pub(crate) key: Digest,
    pub(crate) identity: Digest,
    pub(crate) month: i32,
    pub(crate) names: Vec<Digest>,
    pub(crate) given: (Digest, Option<i64>),
}

/// A corrected row in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Now {
    /// Its fingerprint.
    Is(Digest),
    /// Version 1: its fingerprint and identity.
    Had(Digest, Digest),
}

/// A change that a person made to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Category of the row.
    pub category: Category,
    /// Id of the row.
    pub row: RowId,
    /// Name of the amendment among those of the row.
    pub key: Digest,
    /// Fingerprint of the corrected row; `None` if the row was deleted or another stands for it.
    pub now: Option<Digest>,
    /// The values that the holder gave, by field; none if the row was deleted.
    pub before: Vec<(usize, KeptValue)>,
    /// The import with the row that stands for this one, if the person said that they are the same.
    pub by: Option<u64>,
    /// When, in UTC seconds.
    pub at: i64,
    month: i32,
    identity: Digest,
    aliases: Vec<Digest>,
    names: Vec<Digest>,
    given: Option<(Digest, Option<i64>)>,
    earlier: Vec<DeletedVersion>,
}

/// A row for which another one stands, with the row that stays in its place when its import is undone.
pub(crate) struct SameRow {
    pub(crate) amendment: Amendment,
    /// That row, alone.
    pub(crate) heir: Batch,
    pub(crate) import: u64,
}

/// What to do with a row.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Remove it.
    Delete,
    /// Remove it, as long as the import with the row that stands for it is there.
    Supersede {
        /// Number of that import.
        by: u64,
    },
    /// Put these values in place of its own: field and value.
    Correct(&'a [(usize, Cell<'a>)]),
    /// Put back what the holder gave.
    Restore,
}

/// What a commit replaces; pass it to [`PersonVault::finish_amend`] afterwards.
#[derive(Debug, Clone)]
pub struct Amended {
    chunk: ChunkId,
    /// Number of rows that the import has less.
    pub removed: u64,
}

/// What an import compares its rows with, beside the stored ones.
pub(crate) struct Amendments(Vec<Amendment>);

impl Amendments {
    /// Identities that the rows of a month are compared with: those that count as known although no row has them, and
    /// those of which one stored row does not count. `in_file` are the amended rows of the category that the file has as
    /// the holder gave them ([`Amendments::originals`]).
    ///
    /// An amended row counts once. If the file has it as the holder gave it, it counts as that, and a row of the file that
    /// is as the person corrected it is another one. If not, a row that is as the person corrected it, once or now, is it:
    /// the person's own archive has such rows.
    pub(crate) fn of(
        &self,
        category: Category,
        month: i32,
        in_file: &BTreeSet<Digest>,
    ) -> (Vec<Gone>, Vec<[u8; 32]>) {
        let (mut known, mut not) = (Vec::new(), Vec::new());
        for one in self.0.iter().filter(|one| one.category == category) {
            let stored = one.now.and(one.aliases.last());
            if stored != Some(&one.identity) && one.month == month {
                known.push((one.identity.0, one.given.map(|(values, _)| values.0)));
            }
            if in_file.contains(&one.identity) {
                not.extend(stored.filter(|stored| **stored != one.identity).map(|stored| stored.0));
            } else {
                let others =
                    one.aliases.iter().filter(|alias| Some(*alias) != stored && **alias != one.identity);
                known.extend(others.map(|alias| (alias.0, None)));
            }
        }
        (known, not)
    }

    /// Identities of amended rows of a category as the holder gave them, by month.
    pub(crate) fn originals(&self, category: Category) -> impl Iterator<Item = (i32, Digest)> {
        self.0.iter().filter(move |one| one.category == category).map(|one| (one.month, one.identity))
    }

    /// Fingerprints of the corrected rows of a category, with the identity that the holder gave.
    pub(crate) fn corrected(&self, category: Category) -> impl Iterator<Item = (Digest, Digest)> {
        let of = self.0.iter().filter(move |one| one.category == category);
        of.filter_map(|one| Some((one.now?, one.identity)))
    }

    /// Names and times of amended rows of a category that the file lacks as the holder gave them: each row counts once.
    pub(crate) fn names(
        &self,
        category: Category,
        in_file: &BTreeSet<Digest>,
    ) -> Vec<(&[Digest], Option<i64>)> {
        let of = self.0.iter().filter(|one| one.category == category && !in_file.contains(&one.identity));
        let of = of.map(|one| (&one.names[..], one.given.and_then(|(_, time)| time)));
        of.filter(|(names, _)| !names.is_empty()).collect()
    }

    /// Identities of all amended rows of a category, as the holder gave them.
    pub(crate) fn identities(&self, category: Category) -> impl Iterator<Item = Digest> {
        self.0.iter().filter(move |one| one.category == category).map(|one| one.identity)
    }

    /// Number of amendments.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Identities of the rows of a category that the person deleted, as files have them.
    pub(crate) fn deleted(&self, category: Category) -> BTreeSet<Digest> {
        let is_deleted = |one: &&Amendment| one.category == category && one.now.is_none() && one.by.is_none();
        let of = |one: &Amendment| one.aliases.iter().copied().chain([one.identity]).collect::<Vec<_>>();
        self.0.iter().filter(is_deleted).flat_map(of).collect()
    }

    pub(crate) fn is_empty(&self, category: Category) -> bool {
        self.0.iter().all(|amendment| amendment.category != category)
    }
}

impl PersonVault {
    /// All amendments of the person, by row.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn amendments(&self) -> Result<Vec<Amendment>> {
        self.listed(true)
    }

    /// All amendments, with the values that the holder gave or without: most readers need none.
    pub(crate) fn listed(&self, with_values: bool) -> Result<Vec<Amendment>> {
        let mut all = Vec::new();
        for (key, sealed) in self.records().all(&records::amendments(self.id()))? {
            let (category, import, position, name) =
                records::amendment_parts(&key).ok_or_else(|| damaged("the key of an amendment"))?;
            let category = Category::ALL.iter().copied().find(|one| one.number() == category);
            let category = category.ok_or_else(|| damaged("the category of an amendment"))?;
            let record: AmendmentRecord = self.records().open(AMENDMENT, &key, &sealed)?;
            let mut aliases = record.aliases;
            let now = record.now.map(|now| match now {
                Now::Is(now) => now,
                Now::Had(now, identity) => {
                    aliases.push(identity);
                    now
                }
            });
            let before = if record.before.is_empty() && with_values {
                self.kept_values(&records::amendment_values(&key))?
            } else {
                record.before
            };
            all.push(Amendment {
                category,
                row: RowId { import, position: Position::unpacked(position) },
                key: name,
                now,
                before,
                by: record.by,
                at: record.at,
                month: record.month,
                identity: record.identity,
                aliases,
                names: record.names,
                given: record.given,
                earlier: record.earlier,
            });
        }
        Ok(all)
    }

    /// Values that are kept of an amended row under a key, by field; none if there are none.
    fn kept_values(&self, key: &[u8]) -> Result<Vec<(usize, KeptValue)>> {
        let records = self.records();
        let Some(sealed) = records.get(key)? else { return Ok(Vec::new()) };
        let stored = records.sealer.open(key, &sealed).map_err(|_| damaged(VALUES))?;
        let plain = records.join_parts(key, stored, &records.empty_commit())?;
        let plain = plain.ok_or_else(|| damaged(VALUES))?;
        serde_json::from_slice(&plain).map_err(|_| damaged(VALUES))
    }

    /// Adds values, which may be long, to a commit, under a key that has none.
    fn keep_values(&self, key: Vec<u8>, values: &[(usize, KeptValue)], commit: &mut Commit) -> Result<()> {
        let records = self.records();
        let plain = json(VALUES, &values)?;
        let value = records.split(VALUES, &key, &plain, PART, commit)?;
        Ok(records.replace(VALUES, key, Current::Stored(None), &value, commit)?)
    }

    /// Adds the end of the values that are kept of an amended row to a commit.
    fn forget_values(&self, amendment: &[u8], commit: &mut Commit) -> Result<()> {
        for kept in [records::amendment_values(amendment), records::amendment_aside(amendment)] {
            for (key, _) in self.records().all(&kept)? {
                commit.delete(key);
            }
        }
        Ok(())
    }

    /// Adds the end of an amendment to a commit.
    fn end_amendment(&self, key: Vec<u8>, commit: &mut Commit) -> Result<()> {
        self.forget_values(&key, commit)?;
        commit.delete(key);
        Ok(())
    }

    pub(crate) fn amended(&self) -> Result<Amendments> {
        Ok(Amendments(self.listed(false)?))
    }

    /// Number of amendments so far, as it stands in the store: whoever reads chunks and writes over what they hold
    /// expects it unchanged.
    pub(crate) fn expect_amendments(&self, commit: &mut Commit) -> Result<u64> {
        let key = records::amendment_count(self.id());
        let found = self.records().get(&key)?;
        let count = found.as_deref().map_or(Ok(0), records::number)?;
        commit.expect(key, found);
        Ok(count)
    }

    /// The commit that changes a row, of which `row` is the fingerprint ([`row_fingerprint`]). Join to it any changes
    /// that must be atomic with it, and commit once. `None` if there is no such row, or nothing to restore. New chunks
    /// are written, still invisible. After the commit, call [`PersonVault::finish_amend`].
    ///
    /// # Errors
    /// [`VaultError::TooManyAmendments`]; errors of the store.
    pub fn prepare_amend(
        &self,
        category: Category,
        id: RowId,
        row: Digest,
        change: Change<'_>,
        at: i64,
    ) -> Result<Option<(Commit, Amended)>> {
        let Some((mut commit, amended)) = self.amend(category, id, row, change, at)? else { return Ok(None) };
        self.keep_withheld(false, &mut commit)?;
        Ok(Some((commit, amended)))
    }

    /// [`PersonVault::prepare_amend`], without what stays withheld.
    pub(crate) fn amend(
        &self,
        category: Category,
        id: RowId,
        row: Digest,
        change: Change<'_>,
        at: i64,
    ) -> Result<Option<(Commit, Amended)>> {
        let mut commit = self.empty_commit();
        let count = self.expect_amendments(&mut commit)?;
        commit.put(records::amendment_count(self.id()), (count + 1).to_be_bytes());
        let amendments = self.amendments()?;
        let of_row = |one: &&Amendment| one.category == category && one.row == id && one.now == Some(row);
        let before = amendments.iter().find(of_row);
        if before.is_none() && amendments.len() >= MOST_AMENDMENTS {
            return Err(VaultError::TooManyAmendments { most: MOST_AMENDMENTS });
        }
        let Some(found) = self.chunk_with(category, id, row)? else { return Ok(None) };
        let Found { month, indexed, batch, at: index_of_row } = found;
        let original = batch.select(&[index_of_row]);
        let new = match (change, before) {
            (Change::Delete | Change::Supersede { .. }, _) => None,
            (Change::Correct(values), _) => Some(with_values(&original, values)),
            (Change::Restore, Some(before)) => {
                let values: Vec<(usize, Cell<'_>)> = before.cells().collect();
                Some(with_values(&BatchBuilder::new(category).finish(), &values))
            }
            (Change::Restore, None) => return Ok(None),
        };
        // An undo meanwhile deletes the chunk: its rows must not come back.
        let old = records::chunk(self.id(), category, month, indexed.chunk);
        let sealed = self.records().get(&old)?.ok_or(StoreError::Conflict)?;
        commit.expect(old.clone(), Some(sealed));
        commit.delete(old);
        let kept: Vec<usize> = (0..batch.rows()).filter(|row| *row != index_of_row).collect();
        let mut parts = vec![(month, batch.select(&kept))];
        if let Some(new) = &new {
            let own = new.day(0).map_or(UNDATED, Day::month);
            match parts.iter_mut().find(|(month, _)| *month == own) {
                Some((_, rows)) => *rows = Batch::concat(category, &[rows.clone(), new.clone()]).sorted(),
                None => parts.push((own, new.clone())),
            }
        }
        let (seq, number) = (indexed.entry.seq, indexed.entry.number);
        for (month, rows) in parts.iter().filter(|(_, rows)| rows.rows() > 0) {
            let indexed = self.write_chunk(*month, rows, seq, number)?;
            self.put_current((category, *month), &indexed, &mut commit)?;
        }
        self.record(&mut commit, (category, id), (before, &original, month), new.as_ref(), change, at)?;
        let removed = u64::from(new.is_none());
        Ok(Some((commit, Amended { chunk: indexed.chunk, removed })))
    }

    /// Writes, changes or deletes the record of an amendment.
    fn record(
        &self,
        commit: &mut Commit,
        (category, id): (Category, RowId),
        (before, original, month): (Option<&Amendment>, &Batch, i32),
        new: Option<&Batch>,
        change: Change<'_>,
        at: i64,
    ) -> Result<()> {
        let name = before.map_or_else(|| Digest(fingerprint(original, 0)), |before| before.key);
        let key = records::amendment(self.id(), category, id.import, id.position.packed(), name);
        let sealed = self.records().get(&key)?;
        commit.expect(key.clone(), sealed);
        // A row that is again as the holder gave it has no amendment.
        let is_original = new.is_some_and(|new| Digest(fingerprint(new, 0)) == name);
        if matches!(change, Change::Restore) || is_original {
            return self.end_amendment(key, commit);
        }
        let by = match change {
            Change::Supersede { by } => Some(by),
            Change::Delete | Change::Correct(_) | Change::Restore => None,
        };
        if matches!(change, Change::Delete) {
            self.forget_values(&key, commit)?;
        } else {
            let now = values(original, 0);
            let given = records::amendment_values(&key);
            // A record of version 1 has them in itself.
            if self.records().get(&given)?.is_none() {
                self.keep_values(given, before.map_or(&now, |before| &before.before), commit)?;
            }
            // As the person corrected it, beside what the holder gave.
            if by.is_some() && before.is_some() {
                self.keep_values(records::amendment_aside(&key), &now, commit)?;
            }
        }
        let mut aliases = before.map_or_else(Vec::new, |before| before.aliases.clone());
        let mut earlier = Vec::new();
        if matches!(change, Change::Delete) {
            // What is gone is gone: its earlier versions too, which are those of the row as the holder gave it.
            let given = before.and_then(Amendment::original);
            earlier = self.forget_versions(given.as_ref().unwrap_or(original), 0, id.import, commit)?;
            let own = before.map_or_else(|| Digest(identity_of(original, 0)), |before| before.identity);
            aliases.extend(earlier.iter().map(|one| one.identity).filter(|identity| *identity != own));
            // Other imports hold it no longer either.
            let mut identities: BTreeSet<Digest> = aliases.iter().copied().collect();
            identities.insert(own);
            self.forget_held(category, &identities, commit)?;
            aliases.drain(..aliases.len().saturating_sub(MOST_ALIASES));
            earlier.truncate(MOST_EARLIER);
        }
        let (names, given) = match before {
            Some(before) => (before.names.clone(), before.given),
            None => {
                let names = names_of(original, 0).into_iter().flatten().map(Digest).collect();
                (names, Some((Digest(content(original, 0)), original.time(0))))
            }
        };
        if let Some(new) = new {
            let alias = Digest(identity_of(new, 0));
            aliases.retain(|known| *known != alias);
            aliases.push(alias);
            aliases.drain(..aliases.len().saturating_sub(MOST_ALIASES));
        }
        let record = AmendmentRecord {
            version: VERSION,
            identity: before.map_or_else(|| Digest(identity_of(original, 0)), |before| before.identity),
            month: before.map_or(month, |before| before.month),
            now: new.map(|new| Now::Is(Digest(fingerprint(new, 0)))),
            before: Vec::new(),
            by,
            aliases,
            names,
            given,
            earlier,
            at,
        };
        commit.put(key.clone(), self.records().seal(AMENDMENT, &key, &record)?);
        Ok(())
    }

    /// Deletes the chunk that a change replaced. If it cannot be deleted now, it is swept later.
    pub fn finish_amend(&self, amended: &Amended) {
        let _ = self.store().delete_chunks(self.partition(), Which::Some(&[amended.chunk]));
    }

    /// The commit that forgets that a row was deleted, so that the next import of its file brings it again. `None` if
    /// there is no such record.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn prepare_lift(&self, category: Category, id: RowId, name: Digest) -> Result<Option<Commit>> {
        let key = records::amendment(self.id(), category, id.import, id.position.packed(), name);
        let Some(sealed) = self.records().get(&key)? else { return Ok(None) };
        let record: AmendmentRecord = self.records().open(AMENDMENT, &key, &sealed)?;
        if record.now.is_some() || record.by.is_some() {
            return Ok(None);
        }
        let mut commit = self.empty_commit();
        let count = self.expect_amendments(&mut commit)?;
        commit.put(records::amendment_count(self.id()), (count + 1).to_be_bytes());
        commit.expect(key.clone(), Some(sealed));
        commit.delete(key);
        Ok(Some(commit))
    }

    /// Adds to the commit that undoes an import that a row which stays in place of one of it is the same as another row,
    /// as that one was.
    pub(crate) fn keep_same(&self, same: &SameRow, commit: &mut Commit) -> Result<()> {
        let (one, row) = (&same.amendment, &same.heir);
        let position = row.integer(row.schema().position(), 0).unwrap_or(0);
        let name = Digest(fingerprint(row, 0));
        let key = records::amendment(self.id(), one.category, same.import, position, name);
        self.keep_values(records::amendment_values(&key), &values(row, 0), commit)?;
        let record = AmendmentRecord {
            version: VERSION,
            identity: one.identity,
            month: one.month,
            now: None,
            before: Vec::new(),
            by: one.by,
            aliases: Vec::new(),
            names: names_of(row, 0).into_iter().flatten().map(Digest).collect(),
            given: Some((Digest(content(row, 0)), row.time(0))),
            earlier: Vec::new(),
            at: one.at,
        };
        commit.put(key.clone(), self.records().seal(AMENDMENT, &key, &record)?);
        Ok(())
    }

    /// Adds to the commit of an import a change that the person made to a row of it in another instance.
    pub(crate) fn put_carried(&self, import: u64, change: &CarriedChange, commit: &mut Commit) -> Result<()> {
        let CarriedChange { kind, rows } = change;
        let category = rows.category();
        let position = |row| rows.integer(rows.schema().position(), row).unwrap_or(0);
        let record = AmendmentRecord {
            version: VERSION,
            identity: Digest([0; 32]),
            month: UNDATED,
            now: None,
            before: Vec::new(),
            by: None,
            aliases: Vec::new(),
            names: Vec::new(),
            given: None,
            earlier: Vec::new(),
            at: 0,
        };
        let (key, record) = match kind {
            RowChangeKind::Noted { .. } => return Ok(()),
            RowChangeKind::Deleted { at, position, trace } => {
                let key = records::amendment(self.id(), category, import, *position, trace.key);
                let RowTrace { identity, month, aliases, names, given, .. } = trace.clone();
                (key, AmendmentRecord { identity, month, aliases, names, given, at: *at, ..record })
            }
            RowChangeKind::Corrected { at } | RowChangeKind::Superseded { at } => {
                let name = Digest(fingerprint(rows, 0));
                let key = records::amendment(self.id(), category, import, position(0), name);
                self.keep_values(records::amendment_values(&key), &values(rows, 0), commit)?;
                let is_there = rows.rows() > 1;
                let record = AmendmentRecord {
                    identity: Digest(identity_of(rows, 0)),
                    month: rows.day(0).map_or(UNDATED, Day::month),
                    now: is_there.then(|| Now::Is(Digest(fingerprint(rows, 1)))),
                    by: (!is_there).then_some(import),
                    aliases: if is_there { vec![Digest(identity_of(rows, 1))] } else { Vec::new() },
                    names: names_of(rows, 0).into_iter().flatten().map(Digest).collect(),
                    given: Some((Digest(content(rows, 0)), rows.time(0))),
                    at: *at,
                    ..record
                };
                (key, record)
            }
        };
        commit.put(key.clone(), self.records().seal(AMENDMENT, &key, &record)?);
        Ok(())
    }

    /// Adds the end of the amendments of an import to the commit that undoes it.
    pub(crate) fn end_amendments(&self, import: u64, commit: &mut Commit) -> Result<()> {
        let undone = self.imports()?.into_iter().filter(|record| record.undone_at.is_some());
        let undone: BTreeSet<u64> = undone.map(|record| record.outcome.import_id).collect();
        for amendment in self.listed(false)?.iter().filter(|one| one.row.import == import) {
            let position = amendment.row.position.packed();
            let key = records::amendment(self.id(), amendment.category, import, position, amendment.key);
            self.end_amendment(key, commit)?;
            // Its earlier versions stay deleted, as rows of their own imports.
            let left = amendment.earlier.iter().filter(|one| one.import != import);
            for one in left.filter(|one| !undone.contains(&one.import)) {
                let (category, key) = (amendment.category, one.key);
                let key = records::amendment(self.id(), category, one.import, one.position, key);
                let record = AmendmentRecord {
                    version: VERSION,
                    identity: one.identity,
                    month: one.month,
                    now: None,
                    before: Vec::new(),
                    by: None,
                    aliases: Vec::new(),
                    names: one.names.clone(),
                    given: Some(one.given),
                    earlier: Vec::new(),
                    at: amendment.at,
                };
                commit.put(key.clone(), self.records().seal(AMENDMENT, &key, &record)?);
            }
        }
        Ok(())
    }

    /// Puts back, in the commit that undoes an import, the rows for which rows of that import stood, unless one stays:
    /// `staying` tells the import and the hash of some fields of those. Returns
    /// their number by import and category.
    pub(crate) fn restore_superseded(
        &self,
        import: u64,
        staying: &Staying<'_>,
        commit: &mut Commit,
    ) -> Result<Vec<(u64, Category, u64)>> {
        let mut rows: BTreeMap<(Category, i32, u64), Vec<Batch>> = BTreeMap::new();
        let mut restored: BTreeMap<(u64, Category), u64> = BTreeMap::new();
        let of = |one: &Amendment| one.by == Some(import) && one.row.import != import;
        let mut standing: BTreeMap<Category, HashMap<[u8; 32], Vec<u64>>> = BTreeMap::new();
        for amendment in self.amendments()?.into_iter().filter(of) {
            let RowId { import: own, position } = amendment.row;
            let key = (amendment.category, own, position.packed());
            let record = records::amendment(self.id(), key.0, key.1, key.2, amendment.key);
            // A later version of the row that stood for it stands for it now.
            let category = amendment.category;
            if let (Some(rule), Some(row)) = (category.schema().alike, amendment.original()) {
                let later = match standing.entry(category) {
                    Entry::Occupied(found) => found.into_mut(),
                    Entry::Vacant(place) => {
                        let mut later = self.replaced_of(category, import, rule.equal)?;
                        for (by, equal) in staying(category, rule.equal) {
                            later.entry(equal).or_default().push(by);
                        }
                        place.insert(later)
                    }
                };
                let by = later.get_mut(&hash_of(&row, rule.equal, 0)).and_then(Vec::pop);
                if let Some(by) = by.filter(|by| *by != own) {
                    let found = self.records().get(&record)?.ok_or(StoreError::Conflict)?;
                    let kept: AmendmentRecord = self.records().open(AMENDMENT, &record, &found)?;
                    let moved = AmendmentRecord { by: Some(by), ..kept };
                    commit.put(record.clone(), self.records().seal(AMENDMENT, &record, &moved)?);
                    continue;
                }
            }
            let aside = self.kept_values(&records::amendment_aside(&record))?;
            let is_corrected = !aside.is_empty();
            let cells: Vec<(usize, Cell<'_>)> =
                if is_corrected { cells(&aside).collect() } else { amendment.cells().collect() };
            let row = with_values(&BatchBuilder::new(amendment.category).finish(), &cells);
            let month = row.day(0).map_or(UNDATED, Day::month);
            if is_corrected {
                for (key, _) in self.records().all(&records::amendment_aside(&record))? {
                    commit.delete(key);
                }
                let again = AmendmentRecord {
                    version: VERSION,
                    identity: amendment.identity,
                    month: amendment.month,
                    now: Some(Now::Is(Digest(fingerprint(&row, 0)))),
                    before: Vec::new(),
                    by: None,
                    aliases: amendment.aliases.clone(),
                    names: amendment.names.clone(),
                    given: amendment.given,
                    earlier: Vec::new(),
                    at: amendment.at,
                };
                commit.put(record.clone(), self.records().seal(AMENDMENT, &record, &again)?);
            } else {
                self.end_amendment(record, commit)?;
            }
            rows.entry((amendment.category, month, own)).or_default().push(row);
            *restored.entry((own, amendment.category)).or_default() += 1;
        }
        for ((category, month, own), rows) in rows {
            let rows = Batch::concat(category, &rows).sorted();
            let indexed = self.write_chunk(month, &rows, own, None)?;
            self.put_current((category, month), &indexed, commit)?;
        }
        Ok(restored.into_iter().map(|((own, category), rows)| (own, category, rows)).collect())
    }

    /// Imports that replaced rows of an import, by the hash of some values of these rows.
    fn replaced_of(
        &self,
        category: Category,
        import: u64,
        fields: &[usize],
    ) -> Result<HashMap<[u8; 32], Vec<u64>>> {
        let mut opener = Opener::new()?;
        let mut all: HashMap<[u8; 32], Vec<u64>> = HashMap::new();
        for of in self.superseded(category)?.iter().filter(|of| of.indexed.entry.seq == import) {
            let batch = self.open_superseded(of, &mut opener)?;
            for row in 0..batch.rows() {
                all.entry(hash_of(&batch, fields, row)).or_default().push(of.by);
            }
        }
        Ok(all)
    }

    /// Rows of a category that may come back, each alone: as their holders gave them, and as the person corrected them.
    pub(crate) fn rows_aside(&self, category: Category) -> Result<Vec<(RowId, Batch)>> {
        let mut all = Vec::new();
        for amendment in self.amendments()?.into_iter().filter(|one| one.category == category) {
            let RowId { import, position } = amendment.row;
            all.extend(amendment.original().map(|row| (amendment.row, row)));
            if amendment.by.is_some() {
                let key = records::amendment(self.id(), category, import, position.packed(), amendment.key);
                let aside = self.kept_values(&records::amendment_aside(&key))?;
                if !aside.is_empty() {
                    let cells: Vec<(usize, Cell<'_>)> = cells(&aside).collect();
                    let row = with_values(&BatchBuilder::new(category).finish(), &cells);
                    all.push((amendment.row, row));
                }
            }
        }
        Ok(all)
    }

    /// The identity of a row with the fingerprint `row`, if it is there.
    pub(crate) fn identity_of_row(
        &self,
        category: Category,
        id: RowId,
        row: Digest,
    ) -> Result<Option<Digest>> {
        let found = self.chunk_with(category, id, row)?;
        Ok(found.map(|found| Digest(identity_of(&found.batch, found.at))))
    }

    /// Whether a row is there, with the fingerprint `row`.
    pub(crate) fn has_row(&self, category: Category, id: RowId, row: Digest) -> Result<bool> {
        Ok(self.chunk_with(category, id, row)?.is_some())
    }

    /// The chunk with a row, opened.
    fn chunk_with(&self, category: Category, id: RowId, row: Digest) -> Result<Option<Found>> {
        let mut opener = Opener::new()?;
        let of = OpenOptions::all(category);
        for (month, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)? {
            if indexed.entry.seq != id.import {
                continue;
            }
            let plan = Plan::new(Bodies::default(), std::iter::once(&indexed));
            let batch = open(self, (category, month), &indexed, &of, &plan, &mut opener)?;
            let position = category.schema().position();
            let is_it = |at: &usize| {
                batch.integer(position, *at) == Some(id.position.packed())
                    && Digest(fingerprint(&batch, *at)) == row
            };
            if let Some(at) = (0..batch.rows()).find(is_it) {
                return Ok(Some(Found { month, indexed, batch, at }));
            }
        }
        Ok(None)
    }
}

/// A row in its chunk.
struct Found {
    month: i32,
    indexed: Indexed,
    batch: Batch,
    at: usize,
}

impl Amendment {
    /// Identity of the row as the holder gave it.
    pub(crate) fn identity(&self) -> Digest {
        self.identity
    }

    /// Month of the row as the holder gave it.
    pub(crate) fn month(&self) -> i32 {
        self.month
    }

    /// Names of the row as the holder gave it.
    pub(crate) fn names(&self) -> &[Digest] {
        &self.names
    }

    /// Hash of the values that the holder gave, and the time of the row.
    pub(crate) fn given(&self) -> Option<(Digest, Option<i64>)> {
        self.given
    }

    fn cells(&self) -> impl Iterator<Item = (usize, Cell<'_>)> {
        cells(&self.before)
    }

    /// Digests by which an import knows the row again, for another vault. They have no value of the row.
    pub fn trace(&self) -> RowTrace {
        RowTrace {
            key: self.key,
            identity: self.identity,
            month: self.month,
            aliases: self.aliases.clone(),
            names: self.names.clone(),
            given: self.given,
        }
    }

    /// The row that the holder gave; `None` if it was deleted.
    pub fn original(&self) -> Option<Batch> {
        if self.before.is_empty() {
            return None;
        }
        let values: Vec<(usize, Cell<'_>)> = self.cells().collect();
        Some(with_values(&BatchBuilder::new(self.category).finish(), &values))
    }
}

fn cells(values: &[(usize, KeptValue)]) -> impl Iterator<Item = (usize, Cell<'_>)> {
    values.iter().map(|(field, value)| {
        let cell = match value {
            KeptValue::Int(number) => Cell::Int(*number),
            KeptValue::Text(text) => Cell::Text(text),
        };
        (*field, cell)
    })
}

/// Fingerprint of all values of a row: it changes with each of them.
pub fn row_fingerprint(batch: &Batch, row: usize) -> Digest {
    Digest(fingerprint(batch, row))
}

/// All stored values of a row.
fn values(batch: &Batch, row: usize) -> Vec<(usize, KeptValue)> {
    let fields = batch.schema().fields.iter().enumerate();
    let value = |(field, of): (usize, &mesinfos_model::Field)| {
        let value = match of.kind {
            FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
                KeptValue::Text(batch.text(field, row)?.to_owned())
            }
            FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
                KeptValue::Int(batch.integer(field, row)?)
            }
        };
        Some((field, value))
    };
    fields.filter_map(value).collect()
}

/// A batch of one row: that of `batch`, if it has one, with some values in place of its own.
fn with_values(batch: &Batch, new: &[(usize, Cell<'_>)]) -> Batch {
    let own = if batch.rows() > 0 { values(batch, 0) } else { Vec::new() };
    let kept = cells(&own).filter(|(field, _)| !new.iter().any(|(other, _)| other == field));
    let mut builder = BatchBuilder::new(batch.category());
    builder.push_cells(kept.chain(new.iter().copied()));
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_of_the_first_version_are_read() {
        let digest = |byte| serde_json::to_value(Digest([byte; 32])).unwrap();
        let first = json!({
            "version": 1, "identity": digest(1), "month": 600, "now": [digest(2), digest(3)],
            "before": [[4, { "Int": 5 }], [6, { "Text": "CAFE" }]], "at": 7,
        });
        let record: AmendmentRecord = serde_json::from_value(first).unwrap();
        assert_eq!(record.now, Some(Now::Had(Digest([2; 32]), Digest([3; 32]))));
        assert_eq!((record.before.len(), record.by, record.aliases.len()), (2, None, 0));
        let now = AmendmentRecord {
            now: Some(Now::Is(Digest([2; 32]))),
            before: Vec::new(),
            aliases: vec![Digest([3; 32])],
            ..record
        };
        let text = serde_json::to_string(&now).unwrap();
        assert!(!text.contains("before"));
        assert_eq!(serde_json::from_str::<AmendmentRecord>(&text).unwrap(), now);
    }
}
