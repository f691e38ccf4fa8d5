//! Rows of an import that are probably one with an earlier row, though their identities differ: the file has a row that
//! the vault lacks, the vault has one from the days of the file that the file lacks, and they agree by the rule of their
//! category ([`mesinfos_model::category::Alike`]).
//!
//! Nothing is decided here. The pairs are kept with the import until the person decides.

use crate::alike_row::AlikeRow;
use crate::amend::{Amended, Change};
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::gathered::{Compared, Flags, Gathered, Importing};
use crate::identity::{fingerprint, has_value, hash_of, identity_of, is_pending, member, row_id};
use crate::ids::Link;
use crate::lacking::{Beyond, Covered, Wanted, lacking};
use crate::person::PersonVault;
use crate::records::{self, damaged};
use crate::rule_set::RuleSet;
use crate::selection::{Chosen, Selection};
use crate::still_withheld::{Because, MOST_STILL_WITHHELD, StillWithheld};
use crate::withheld_rows::WithheldRows;
use crate::withheld_rule::WithheldRule;
use mesinfos_model::category::Alike;
use mesinfos_model::{Batch, Category, Day, Digest, Period, Position, RowId, RowSet};
use mesinfos_store::{Commit, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const ALIKE: &str = "the record of two rows that are alike";

/// Version of the record.
const VERSION: u32 = 1;

/// Largest number of pairs of an import. More are not told.
const MOST: usize = 5_000;

/// Rows that are compared with one row: very many equal rows are not told apart by this rule.
const MOST_NEAR: usize = 500;

/// Pairs that are compared for an import.
const MOST_COMPARED: usize = 1_000_000;

/// Largest number of new rows of a category that are compared. A file with more is not compared.
const MOST_NEW: usize = 200_000;

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
    identity: Digest,
    /// Rules that withhold the row.
    rules: RuleSet,
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
            identity: Digest(identity_of(batch, row)),
            rules: RuleSet::default(),
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
    /// New rows of the categories that are compared.
    new: BTreeMap<Category, NewRows>,
    rules: Vec<WithheldRule>,
}

/// New rows of a category.
struct NewRows {
    rows: Vec<Weak>,
    withheld: WithheldRows,
    /// If there are too many rows: what withheld rows are compared by. Only such rows are compared then.
    of_withheld: Option<HashSet<[u8; 32]>>,
}

impl Candidates {
    /// No candidates yet. Rows are compared in the categories that have stored rows, or rows of several files.
    pub(crate) fn of(importing: &Importing, import: u64, stored: &BTreeSet<Category>) -> Result<Candidates> {
        let rules = importing.vault().withheld()?;
        let mut new = BTreeMap::new();
        for ((category, _), gathered) in importing.months() {
            let is_compared = stored.contains(&category) || importing.may_repeat(gathered);
            if category.schema().alike.is_some() && is_compared && !new.contains_key(&category) {
                let withheld = WithheldRows::of(importing.vault(), category, &rules)?;
                new.insert(category, NewRows { rows: Vec::new(), withheld, of_withheld: None });
            }
        }
        Ok(Candidates { import, new, rules })
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
        let Some(new) = self.new.get_mut(&category) else { return Ok(()) };
        importing.each((category, month), gathered, opener, &mut |before, batch| {
            let NewRows { rows, withheld, of_withheld } = new;
            let mut seen = withheld.in_batch(batch, import);
            for row in 0..batch.rows() {
                if !chosen.new.is(before + row) || chosen.is_version(before + row) {
                    continue;
                }
                let Some(mut weak) = Weak::of(&rule, batch, row, import) else { continue };
                if !withheld.is_empty() {
                    weak.rules = seen.by(row).all();
                }
                if of_withheld.as_ref().is_none_or(|keys| is_of(keys, &weak)) {
                    rows.push(weak);
                }
            }
            if new.rows.len() > MOST_NEW {
                new.limit(importing, category, &rule)?;
            }
            Ok(())
        })
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
        let mut pairs: Vec<(Category, Weak, Weak)> = Vec::new();
        for (category, NewRows { rows: new, withheld, .. }) in self.new {
            let Some(rule) = category.schema().alike else { continue };
            if new.is_empty() {
                continue;
            }
            let old = stored(importing, compared, (category, &withheld), &rule, &new, as_of)?;
            let found = matched(&rule, &new, &old, |_, _| true);
            pairs.extend(found.into_iter().map(|(new, old)| (category, new, old)));
            let found = within(importing, category, &rule, &new)?;
            pairs.extend(found.into_iter().map(|(new, old)| (category, new, old)));
        }
        let mut links = Vec::new();
        for (category, new, old) in &pairs {
            if watched.get(category).is_some_and(|watched| watched.contains(&old.row.id)) {
                links.push((*category, old.row.id, new.row.id));
            }
        }
        // Those of withheld rows come first: the person can decide on what is withheld.
        pairs.sort_by_key(|(_, new, old)| new.rules.is_empty() && old.rules.is_empty());
        let beyond = pairs.split_off(pairs.len().min(MOST));
        let ids = |rules: RuleSet| {
            let of = rules.numbers().filter_map(|number| self.rules.get(number));
            of.map(|rule| rule.id).collect::<BTreeSet<_>>()
        };
        let still = |category: Category, row: &Weak, other: &Weak| {
            let rules = ids(other.rules.without(row.rules));
            let because = Because { rules, beside: BTreeSet::from([other.identity]) };
            let is_withheld = !because.rules.is_empty();
            let own = BTreeSet::from([row.identity]);
            let of = is_withheld.then(|| StillWithheld::of(category, Some(row.row.id), &own, &because));
            of.into_iter().flatten()
        };
        let beyond = beyond.iter().flat_map(|(category, new, old)| {
            still(*category, new, old).chain(still(*category, old, new)).collect::<Vec<_>>()
        });
        vault.put_still_withheld(beyond, commit)?;
        for (number, (category, new, old)) in (0_u32..).zip(pairs) {
            let (new, old) = (new.row, old.row);
            let packed = old.id.position.packed();
            let pair = Pair(
                category.number(),
                (new.id.position.packed(), new.key),
                (old.id.import, packed, old.key),
            );
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
    (category, withheld): (Category, &WithheldRows),
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
        let import = found.indexed.entry.seq;
        let Some(mut weak) = Weak::of(rule, found.batch, found.row, import) else { return };
        weak.is_outside = found.covered == Covered::Not;
        if !withheld.is_empty() {
            weak.rules = withheld.in_batch(found.batch, import).by(found.row).all();
        }
        old.push(weak);
    })?;
    Ok(old)
}

/// Pairs of rows of several files of an archive, as if each file had been imported on its own: rows of one that another
/// file lacks, though it has the days.
fn within(
    importing: &Importing,
    category: Category,
    rule: &Alike,
    new: &[Weak],
) -> Result<Vec<(Weak, Weak)>> {
    let months: Vec<_> = importing.months().filter(|((of, _), _)| *of == category).collect();
    if !months.iter().any(|(_, gathered)| importing.may_repeat(gathered)) {
        return Ok(Vec::new());
    }
    let mut files: HashMap<Digest, BTreeSet<u64>> =
        new.iter().map(|row| (row.identity, BTreeSet::new())).collect();
    let mut days: BTreeMap<u64, (Day, Day)> = BTreeMap::new();
    let mut day_of: HashMap<RowId, Day> = HashMap::new();
    let ids: HashSet<RowId> = new.iter().map(|row| row.row.id).collect();
    let (import, mut opener) = (new.first().map_or(0, |row| row.row.id.import), Opener::new()?);
    for (month, gathered) in months {
        importing.each(month, gathered, &mut opener, &mut |_, batch| {
            for row in 0..batch.rows() {
                let file = member(batch, row);
                if let Some(day) = batch.day(row) {
                    let (first, last) = days.entry(file).or_insert((day, day));
                    (*first, *last) = (day.min(*first), day.max(*last));
                    let id = row_id(batch, row, import);
                    if ids.contains(&id) {
                        day_of.insert(id, day);
                    }
                }
                if let Some(files) = files.get_mut(&Digest(identity_of(batch, row))) {
                    files.insert(file);
                }
            }
            Ok(())
        })?;
    }
    let has = |file: u64, row: &Weak| files.get(&row.identity).is_some_and(|files| files.contains(&file));
    let mut pairs = Vec::new();
    for file in days.keys() {
        let (own, earlier): (Vec<&Weak>, Vec<&Weak>) = new
            .iter()
            .filter(|row| row.row.id.position.member <= *file)
            .partition(|row| row.row.id.position.member == *file);
        let old: Vec<Weak> = earlier
            .into_iter()
            .filter(|row| !has(*file, row))
            .map(|row| {
                let covered = Covered::of(day_of.get(&row.row.id).copied(), days.get(file).copied());
                Weak { is_outside: covered == Covered::Not, ..*row }
            })
            .collect();
        let own: Vec<Weak> = own.into_iter().copied().collect();
        pairs.extend(matched(rule, &own, &old, |new, old| !has(old.row.id.position.member, new)));
    }
    Ok(pairs)
}

/// Each new row with the nearest old one that may be it, each at most once; the nearest pairs first.
fn matched(
    rule: &Alike,
    new: &[Weak],
    old: &[Weak],
    may_be: impl Fn(&Weak, &Weak) -> bool,
) -> Vec<(Weak, Weak)> {
    let mut by_key: HashMap<[u8; 32], Vec<usize>> = HashMap::new();
    for (at, weak) in old.iter().enumerate() {
        by_key.entry(weak.key).or_default().push(at);
    }
    by_key.values_mut().for_each(|of| of.sort_by_key(|at| old[*at].time));
    let of_withheld: HashSet<[u8; 32]> =
        old.iter().filter(|weak| !weak.rules.is_empty()).map(|weak| weak.key).collect();
    let is_withheld = |weak: &Weak| !weak.rules.is_empty() || of_withheld.contains(&weak.key);
    // Those of withheld rows come first, if there are too many.
    let (first, others): (Vec<usize>, Vec<usize>) = (0..new.len()).partition(|at| is_withheld(&new[*at]));
    let within = i64::try_from(rule.within.unsigned_abs()).unwrap_or(i64::MAX);
    let mut all: Vec<((u64, bool), usize, usize)> = Vec::new();
    for at in first.into_iter().chain(others) {
        let weak = &new[at];
        let of = by_key.get(&weak.key).map_or(&[][..], Vec::as_slice);
        let from = of.partition_point(|other| old[*other].time < weak.time.saturating_sub(within));
        let near =
            of[from..].iter().take_while(|other| old[**other].time <= weak.time.saturating_add(within));
        for (number, &other) in near.enumerate() {
            let is_compared = number < MOST_NEAR || !old[other].rules.is_empty();
            if !is_compared || !may_be(weak, &old[other]) {
                continue;
            }
            if let Some(distance) = weak.distance(&old[other], rule) {
                all.push((distance, at, other));
            }
        }
        if all.len() > MOST_COMPARED {
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
        pairs.push((new[one], old[other]));
    }
    pairs
}

impl NewRows {
    /// Of too many rows, those that may be one with a withheld row, or are withheld.
    fn limit(&mut self, importing: &Importing, category: Category, rule: &Alike) -> Result<()> {
        if self.of_withheld.is_some() {
            return Err(VaultError::TooManyStillWithheld { most: MOST_STILL_WITHHELD });
        }
        let mut keys: HashSet<[u8; 32]> = HashSet::new();
        if !self.withheld.is_empty() {
            for origin in importing.vault().origins(category, &Period::ALL)? {
                let (import, batch) = origin?;
                let mut seen = self.withheld.in_batch(&batch, import);
                let own = (0..batch.rows()).filter(|row| seen.contains(*row));
                keys.extend(own.map(|row| hash_of(&batch, rule.equal, row)));
            }
        }
        self.rows.retain(|row| is_of(&keys, row));
        self.of_withheld = Some(keys);
        if self.rows.len() > MOST_NEW {
            return Err(VaultError::TooManyStillWithheld { most: MOST_STILL_WITHHELD });
        }
        Ok(())
    }
}

/// Whether a row is withheld, or may be one with a withheld row.
fn is_of(keys: &HashSet<[u8; 32]>, row: &Weak) -> bool {
    !row.rules.is_empty() || keys.contains(&row.key)
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
        for (rows, _) in self.told_apart(&pairs)?.into_iter().filter(|(_, is_withheld)| !is_withheld) {
            *all.entry((rows.category, rows.new.id.import)).or_default() += 1;
        }
        Ok(all)
    }

    /// Pairs, each with whether a row of it is shown to no app only because the person has not decided.
    fn told_apart(&self, pairs: &[AlikeRows]) -> Result<Vec<(AlikeRows, bool)>> {
        let mut told = Vec::new();
        for category in pairs.iter().map(|rows| rows.category).collect::<BTreeSet<_>>() {
            let withheld = self.withheld_rows(category)?;
            let of = pairs.iter().filter(|rows| rows.category == category);
            told.extend(
                of.map(|rows| (*rows, withheld.is_alike(rows.new.id) || withheld.is_alike(rows.old.id))),
            );
        }
        Ok(told)
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
        let pairs = self.told_apart(&self.alike(import)?)?;
        Ok(pairs.into_iter().filter(|(_, is_withheld)| *is_withheld).count() as u64)
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

    /// The commit by which the person says that the rows of a pair of an import are two; `None` if there is no such pair.
    /// What is withheld only because it is probably the same as the other one is shown to apps again.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn prepare_two(&self, import: u64, decided: &AlikeRows) -> Result<Option<Commit>> {
        self.decided(import, decided, Decision::KeepBoth)
    }

    /// The commit that removes a pair; `None` if there is no such pair, or the row that is kept is gone.
    fn decided(&self, import: u64, decided: &AlikeRows, decision: Decision) -> Result<Option<Commit>> {
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
        if decision == Decision::KeepBoth {
            self.end_beside(decided.category, (decided.new, decided.old), &mut commit)?;
        }
        Ok(Some(commit))
    }

    /// The commit by which the person says of a pair of an import that both are one: the pair ends, and the other row goes
    /// away as long as the import of the kept one is there. Both stay withheld if one of them is. `None` if there is no such
    /// pair, or a row is gone. After the commit, call [`PersonVault::finish_amend`].
    ///
    /// # Errors
    /// As [`PersonVault::prepare_amend`].
    pub fn prepare_one(
        &self,
        import: u64,
        decided: &AlikeRows,
        keeps_new: bool,
        at: i64,
    ) -> Result<Option<(Commit, Amended)>> {
        let AlikeRows { category, new, old } = *decided;
        let (kept, gone) = if keeps_new { (new, old) } else { (old, new) };
        let decision = if keeps_new { Decision::KeepNew } else { Decision::KeepOld };
        let Some(pair) = self.decided(import, decided, decision)? else { return Ok(None) };
        let change = Change::Supersede { by: kept.id.import };
        let amended = self.amend(category, gone.id, gone.key, change, at)?;
        let Some((mut commit, amended)) = amended else { return Ok(None) };
        commit.join(pair);
        self.keep_withheld(true, &mut commit)?;
        Ok(Some((commit, amended)))
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
