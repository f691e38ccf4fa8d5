//! Rows of an import that are probably one with an earlier row, though their identities differ: the file has a row that
//! the vault lacks, the vault has one from the days of the file that the file lacks, and they agree by the rule of their
//! category ([`mesinfos_model::category::Alike`]).
//!
//! Nothing is decided here. The pairs are kept with the import until the person decides.

use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Compared, Flags, Gathered, Importing};
use crate::identity::{fingerprint, has_value, hash_of, is_pending};
use crate::ids::Link;
use crate::lacking::{Beyond, Covered, Wanted, lacking};
use crate::person::PersonVault;
use crate::records::{self, damaged};
use crate::selection::{Chosen, Selection};
use mesinfos_model::category::Alike;
use mesinfos_model::{Batch, Category, Digest, Position, RowId, RowSet};
use mesinfos_store::{Commit, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const ALIKE: &str = "the record of two rows that are alike";

/// Version of the record.
const VERSION: u32 = 1;

/// Largest number of pairs of an import. More are not told.
const MOST: usize = 500;

/// Largest number of new rows of a category that are compared. A file with more is not compared.
const MOST_NEW: usize = 200_000;

/// One of two rows that are probably the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlikeRow {
    /// Id of the row.
    pub id: RowId,
    /// Fingerprint of the row ([`crate::row_fingerprint`]).
    pub key: Digest,
}

/// Two rows that are probably the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlikeRows {
    /// Category of both.
    pub category: Category,
    /// The row of the import.
    pub new: AlikeRow,
    /// The row that was there before.
    pub old: AlikeRow,
}

/// What the person says of two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They are one: the new one is kept.
    KeepNew,
    /// They are one: the old one is kept.
    KeepOld,
    /// They are two.
    KeepBoth,
}

/// The record of a pair.
#[derive(Serialize, Deserialize)]
struct PairRecord {
    version: u32,
    pair: Pair,
}

/// Number of the category; packed position and fingerprint of the new row; import, packed position and fingerprint of the
/// old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Pair(u8, (i64, Digest), (u64, i64, Digest));

/// What is compared of a row.
#[derive(Clone, Copy)]
struct Weak {
    key: [u8; 32],
    time: i64,
    holder: [u8; 32],
    /// Hashes of the compatible values; `None` if missing.
    compatible: [Option<[u8; 8]>; MOST_COMPATIBLE],
    row: AlikeRow,
    is_pending: bool,
    /// Whether the file does not cover the day of the row.
    is_outside: bool,
}

/// Largest number of compatible fields of a rule.
const MOST_COMPATIBLE: usize = 4;

impl Weak {
    /// What is compared of a row; `None` if it has no measure or no time.
    fn of(rule: &Alike, batch: &Batch, row: usize, import: u64) -> Option<Weak> {
        let schema = batch.schema();
        let is_measured = rule.measures.iter().any(|field| batch.integer(*field, row).is_some());
        let time = batch.integer(schema.time, row).filter(|_| is_measured)?;
        let mut compatible = [None; MOST_COMPATIBLE];
        for (at, field) in rule.compatible.iter().enumerate() {
            if has_value(batch, *field, row) {
                compatible[at] = hash_of(batch, &[*field], row).first_chunk().copied();
            }
        }
        let position = batch.integer(schema.position(), row)?;
        Some(Weak {
            key: hash_of(batch, rule.equal, row),
            time,
            holder: hash_of(batch, &[schema.holder], row),
            compatible,
            row: AlikeRow {
                id: RowId { import, position: Position::unpacked(position) },
                key: Digest(fingerprint(batch, row)),
            },
            is_pending: is_pending(batch, row),
            is_outside: false,
        })
    }

    /// Distance of two rows that are probably the same: in time, then whether they are of two holders.
    fn distance(&self, other: &Weak, rule: &Alike) -> Option<(u64, bool)> {
        let gives_way = other.is_pending && !self.is_pending;
        if other.is_outside && !gives_way {
            return None;
        }
        let is_other = self.holder != other.holder;
        let distance = self.time.abs_diff(other.time);
        let most = if is_other { 0 } else { rule.within.unsigned_abs() };
        let mut both = self.compatible.iter().zip(&other.compatible);
        let is_compatible = both.all(|(one, other)| one.is_none() || other.is_none() || one == other);
        (is_compatible && distance <= most).then_some((distance, is_other))
    }
}

/// New rows of an import that may be alike with stored ones, gathered while it is prepared.
pub(crate) struct Candidates {
    import: u64,
    /// New rows of the categories that are compared; `None` if there are too many.
    new: BTreeMap<Category, Option<Vec<Weak>>>,
}

impl Candidates {
    /// No candidates yet. Rows are compared in the categories that have stored rows.
    pub(crate) fn of(importing: &Importing, import: u64, stored: &BTreeSet<Category>) -> Candidates {
        let of = importing.months().map(|((category, _), _)| category);
        let of = of.filter(|category| category.schema().alike.is_some() && stored.contains(category));
        Candidates { import, new: of.map(|category| (category, Some(Vec::new()))).collect() }
    }

    /// Adds the new rows of a month, without those that are other versions of stored ones.
    pub(crate) fn add(
        &mut self,
        importing: &Importing,
        (category, month): (Category, i32),
        gathered: &Gathered,
        chosen: &Chosen,
        opener: &mut Opener,
    ) -> Result<()> {
        let Some(rule) = category.schema().alike else { return Ok(()) };
        let import = self.import;
        let Some(Some(rows)) = self.new.get_mut(&category) else { return Ok(()) };
        importing.each((category, month), gathered, opener, &mut |before, batch| {
            let of = 0..batch.rows();
            let of = of.filter(|row| chosen.new.is(before + row) && !chosen.is_version(before + row));
            let room = MOST_NEW.saturating_sub(rows.len()) + 1;
            rows.extend(of.filter_map(|row| Weak::of(&rule, batch, row, import)).take(room));
            Ok(())
        })?;
        if rows.len() > MOST_NEW {
            self.new.insert(category, None);
        }
        Ok(())
    }

    /// Adds to a commit the record of the pairs, compared with the rows as of sequence number `as_of`. Returns the watched
    /// rows that are probably one with a row of the import.
    pub(crate) fn record(
        self,
        importing: &Importing,
        as_of: u64,
        compared: (&Compared, &Selection),
        watched: &BTreeMap<Category, RowSet>,
        commit: &mut Commit,
    ) -> Result<Vec<Link>> {
        let vault = importing.vault();
        let mut pairs = Vec::new();
        for (category, new) in self.new {
            let (Some(rule), Some(new)) = (category.schema().alike, new) else { continue };
            if new.is_empty() {
                continue;
            }
            let old = stored(importing, compared, category, &rule, &new, as_of)?;
            pairs.extend(matched(&rule, category, &new, &old));
        }
        let mut links = Vec::new();
        for pair in &pairs {
            let AlikeRows { category, new, old } = rows(self.import, *pair)?;
            if watched.get(&category).is_some_and(|watched| watched.contains(&old.id)) {
                links.push((category, old.id, new.id));
            }
        }
        for (number, pair) in (0_u32..).zip(pairs.into_iter().take(MOST)) {
            let key = records::alike_pair(vault.id(), self.import, number);
            commit
                .put(key.clone(), vault.records().seal(ALIKE, &key, &PairRecord { version: VERSION, pair })?);
        }
        Ok(links)
    }
}

/// The stored rows of the days of the file that the file lacks, among those with the key of a new row.
fn stored(
    importing: &Importing,
    (compared, selection): (&Compared, &Selection),
    category: Category,
    rule: &Alike,
    new: &[Weak],
    as_of: u64,
) -> Result<Vec<Weak>> {
    let keys: HashSet<[u8; 32]> = new.iter().map(|weak| weak.key).collect();
    let is = |batch: &Batch, row: usize| keys.contains(&hash_of(batch, rule.equal, row));
    let beyond = if rule.pending.is_some() { Beyond::Beside } else { Beyond::None };
    let wanted = Wanted { category, is: &is, is_beyond: &is_pending, beyond };
    let mut old = Vec::new();
    lacking(importing, compared, as_of, &wanted, &mut |found| {
        if selection.is_replaced((category, found.month), found.indexed.chunk, found.row) {
            return;
        }
        let weak = Weak::of(rule, found.batch, found.row, found.indexed.entry.seq);
        old.extend(weak.map(|weak| Weak { is_outside: found.covered == Covered::Not, ..weak }));
    })?;
    Ok(old)
}

/// Each new row with the nearest old one, each at most once; the nearest pairs first.
fn matched(rule: &Alike, category: Category, new: &[Weak], old: &[Weak]) -> Vec<Pair> {
    let mut by_key: HashMap<[u8; 32], Vec<usize>> = HashMap::new();
    for (at, weak) in old.iter().enumerate() {
        by_key.entry(weak.key).or_default().push(at);
    }
    let mut all: Vec<((u64, bool), usize, usize)> = Vec::new();
    for (at, weak) in new.iter().enumerate() {
        let of = by_key.get(&weak.key).map_or(&[][..], Vec::as_slice);
        // Very many equal rows are not told apart by this rule.
        for &other in of.iter().take(MOST) {
            if let Some(distance) = weak.distance(&old[other], rule) {
                all.push((distance, at, other));
            }
        }
        if all.len() > MOST * MOST {
            break;
        }
    }
    all.sort_unstable();
    let (mut is_new, mut is_old) = (Flags::none(new.len()), Flags::none(old.len()));
    let mut pairs = Vec::new();
    for (_, one, other) in all {
        if is_new.is(one) || is_old.is(other) {
            continue;
        }
        is_new.set(one);
        is_old.set(other);
        let (new, old) = (new[one].row, old[other].row);
        let packed = old.id.position.packed();
        pairs.push(Pair(
            category.number(),
            (new.id.position.packed(), new.key),
            (old.id.import, packed, old.key),
        ));
    }
    pairs
}

impl PersonVault {
    /// The pairs of an import, each with its record.
    fn pairs(&self, import: u64) -> Result<Vec<(Record, AlikeRows)>> {
        self.pairs_below(&records::alike(self.id(), import))
    }

    /// The pairs whose keys begin like this, each with its record.
    fn pairs_below(&self, prefix: &[u8]) -> Result<Vec<(Record, AlikeRows)>> {
        let mut pairs = Vec::new();
        for (key, sealed) in self.records().all(prefix)? {
            let record: PairRecord = self.records().open(ALIKE, &key, &sealed)?;
            let import = records::import_of_pair(&key).ok_or_else(|| damaged("the key of two rows"))?;
            pairs.push(((key, sealed), rows(import, record.pair)?));
        }
        Ok(pairs)
    }

    /// The rows of all pairs of a category on which the person has not decided, those of which a row is gone included.
    pub(crate) fn undecided(&self, category: Category) -> Result<Vec<(RowId, RowId)>> {
        let all = self.pairs_below(&records::all_alike(self.id()))?.into_iter();
        let own = all.filter(|(_, rows)| rows.category == category);
        Ok(own.map(|(_, AlikeRows { new, old, .. })| (new.id, old.id)).collect())
    }

    /// The imports with pairs on which the person has not decided, the oldest first, each with their number.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn undecided_imports(&self) -> Result<Vec<(u64, usize)>> {
        let mut all: BTreeMap<u64, usize> = BTreeMap::new();
        for rows in self.there(self.pairs_below(&records::all_alike(self.id()))?)? {
            *all.entry(rows.new.id.import).or_default() += 1;
        }
        Ok(all.into_iter().collect())
    }

    /// Number of the pairs of which apps count both rows, by category and import: without those of which a row is shown to no
    /// app until the person decides.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn undecided_counts(&self) -> Result<BTreeMap<(Category, u64), u64>> {
        let mut all: BTreeMap<(Category, u64), u64> = BTreeMap::new();
        let pairs = self.there(self.pairs_below(&records::all_alike(self.id()))?)?;
        let categories: BTreeSet<Category> = pairs.iter().map(|rows| rows.category).collect();
        for category in categories {
            let withheld = self.withheld_rows(category)?;
            let of = pairs.iter().filter(|rows| rows.category == category);
            for rows in of.filter(|rows| !withheld.is_alike(rows.new.id) && !withheld.is_alike(rows.old.id)) {
                *all.entry((category, rows.new.id.import)).or_default() += 1;
            }
        }
        Ok(all)
    }

    /// Category, import and number within it of all pairs on which the person has not decided.
    pub(crate) fn undecided_numbers(&self) -> Result<Vec<(Category, u64, u32)>> {
        let all = self.pairs_below(&records::all_alike(self.id()))?.into_iter();
        let named = all.map(|((key, _), rows)| {
            let number = key.last_chunk().map_or(0, |number| u32::from_be_bytes(*number));
            (rows.category, rows.new.id.import, number)
        });
        Ok(named.collect())
    }

    /// Number of the pairs of an import of which a row is shown to no app only because the person has not decided.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_alike(&self, import: u64) -> Result<u64> {
        let pairs = self.alike(import)?;
        let mut count = 0;
        for category in pairs.iter().map(|rows| rows.category).collect::<BTreeSet<_>>() {
            let withheld = self.withheld_rows(category)?;
            let of = pairs.iter().filter(|rows| rows.category == category);
            count +=
                of.filter(|rows| withheld.is_alike(rows.new.id) || withheld.is_alike(rows.old.id)).count();
        }
        Ok(count as u64)
    }

    /// Adds the end of the pairs of an import to the commit that undoes it.
    pub(crate) fn end_alike(&self, import: u64, commit: &mut Commit) -> Result<()> {
        for (key, _) in self.records().all(&records::alike(self.id(), import))? {
            commit.delete(key);
        }
        Ok(())
    }

    /// The pairs of rows of an import on which the person has not decided, without those of which a row is gone.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn alike(&self, import: u64) -> Result<Vec<AlikeRows>> {
        self.there(self.pairs(import)?)
    }

    /// The rows of pairs, without those of which a row is gone.
    fn there(&self, pairs: Vec<(Record, AlikeRows)>) -> Result<Vec<AlikeRows>> {
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let there = self.imports()?.into_iter().filter(|record| record.undone_at.is_none());
        let there: BTreeSet<u64> = there.map(|record| record.outcome.import_id).collect();
        let amendments = self.listed(false)?;
        let is_there = |row: &AlikeRow| {
            let is_changed = amendments.iter().any(|one| one.row == row.id && one.key == row.key);
            there.contains(&row.id.import) && !is_changed
        };
        let all = pairs.into_iter().map(|(_, rows)| rows);
        Ok(all.filter(|rows| is_there(&rows.new) && is_there(&rows.old)).collect())
    }

    /// The commit that removes a pair; `None` if there is no such pair, or the row that is kept is gone. Join to it the
    /// change of the other row ([`PersonVault::prepare_amend`]), and commit once.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn prepare_decided(
        &self,
        import: u64,
        decided: &AlikeRows,
        decision: Decision,
    ) -> Result<Option<Commit>> {
        let before = self.sequence()?;
        let kept = match decision {
            Decision::KeepNew => Some(decided.new),
            Decision::KeepOld => Some(decided.old),
            Decision::KeepBoth => None,
        };
        if let Some(kept) = kept
            && !self.has_row(decided.category, kept.id, kept.key)?
        {
            return Ok(None);
        }
        let found = self.pairs(import)?.into_iter().find(|(_, rows)| rows == decided);
        let Some(((key, sealed), _)) = found else { return Ok(None) };
        let mut commit = self.empty_commit();
        commit.expect(key.clone(), Some(sealed));
        commit.delete(key);
        // An undo meanwhile may have removed the row that is kept.
        commit.expect(records::sequence(self.id()), Some(before.to_be_bytes().to_vec()));
        Ok(Some(commit))
    }
}

fn rows(import: u64, Pair(category, new, old): Pair) -> Result<AlikeRows> {
    let category = Category::ALL.iter().copied().find(|one| one.number() == category);
    let id = |import, position| RowId { import, position: Position::unpacked(position) };
    Ok(AlikeRows {
        category: category.ok_or_else(|| damaged("the category of rows that are alike"))?,
        new: AlikeRow { id: id(import, new.0), key: new.1 },
        old: AlikeRow { id: id(old.0, old.1), key: old.2 },
    })
}
