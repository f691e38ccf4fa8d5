//! Rows that stay withheld from every app although nothing else says so any longer: the row with which one is probably the
//! same was deleted, the import with the pair was undone, another version came, the person said that two rows are one.
//!
//! Whoever prepares a commit that changes rows ends with [`PersonVault::keep_withheld`]. It compares what is withheld before
//! and after the commit, and writes a record, in the same commit, for each row that would be shown again, now or when it
//! comes back. A record ends with the rules because of which the row is withheld, or when the person says that it and the
//! other one are two. So a row is shown again by an act of the person that says so, and by nothing else.

use crate::alike_row::AlikeRow;
use crate::error::{Result, VaultError};
use crate::identity::{identity_of, row_id};
use crate::ids::random_id;
use crate::person::PersonVault;
use crate::records;
use crate::rule_set::RuleSet;
use crate::withheld_rows::WithheldRows;
use crate::withheld_rule::{MOST_IDENTITIES, RuleId, WithheldRule};
use mesinfos_model::{Batch, Category, Digest, Period, RowId};
use mesinfos_store::{Commit, Overlay};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Name of the records in errors.
const STILL: &str = "a row that is still withheld";

/// Version of the record.
const VERSION: u8 = 1;

/// Most such rows of a person: all are read before an app reads a row.
pub const MOST_STILL_WITHHELD: usize = 10_000;

/// Most rules that a record names. A row with more stays withheld as long as there is a rule of its category.
const MOST_RULES: usize = 24;

/// Most other rows that a record names. If there are more, it ends with its rules only.
const MOST_BESIDE: usize = 8;

/// The record of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StillWithheld {
    version: u8,
    pub(crate) category: Category,
    /// Its id here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<RowId>,
    /// Hashes of what identifies it and other versions of it.
    pub(crate) identities: Vec<Digest>,
    /// Rules because of which it is withheld.
    rules: Vec<RuleId>,
    /// Whether there are more of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    has_more_rules: bool,
    /// What identifies withheld rows, if it is withheld only because it is probably the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    beside: Vec<Digest>,
}

/// Why a row is to stay withheld.
#[derive(Debug, Clone, Default)]
pub(crate) struct Because {
    pub(crate) rules: BTreeSet<RuleId>,
    /// Rows with which it is probably the same, if nothing else is the reason.
    pub(crate) beside: BTreeSet<Digest>,
}

impl StillWithheld {
    /// Records of a row: several if it has very many identities.
    pub(crate) fn of(
        category: Category,
        row: Option<RowId>,
        identities: &BTreeSet<Digest>,
        because: &Because,
    ) -> Vec<StillWithheld> {
        let identities: Vec<Digest> = identities.iter().copied().collect();
        let beside = Some(&because.beside).filter(|beside| beside.len() <= MOST_BESIDE);
        let of = |identities: &[Digest]| StillWithheld {
            version: VERSION,
            category,
            row,
            identities: identities.to_vec(),
            rules: because.rules.iter().copied().take(MOST_RULES).collect(),
            has_more_rules: because.rules.len() > MOST_RULES,
            beside: beside.into_iter().flatten().copied().collect(),
        };
        identities.chunks(MOST_IDENTITIES).map(of).collect()
    }

    /// The rules that still hold for it, by their places among those of the person.
    pub(crate) fn rules(&self, all: &[WithheldRule]) -> RuleSet {
        let own = all.iter().enumerate().filter(|(_, rule)| {
            rule.category == self.category && (self.has_more_rules || self.rules.contains(&rule.id))
        });
        own.fold(RuleSet::default(), |set, (number, _)| set.with(RuleSet::of(number)))
    }

    fn is_about(&self, row: RowId, identity: Option<Digest>) -> bool {
        self.row == Some(row) || identity.is_some_and(|identity| self.identities.contains(&identity))
    }
}

/// A row that is withheld before a commit.
struct Was {
    row: RowId,
    identity: Digest,
    rules: RuleSet,
    /// Rules that hold only because it is probably the same as another row.
    alike: RuleSet,
    /// Rules that hold for it whatever other rows there are, and wherever it is.
    lasting: RuleSet,
}

/// The rows of a category before a commit.
#[derive(Default)]
struct Before {
    rows: Vec<Was>,
    by_identity: HashMap<Digest, Vec<usize>>,
    /// Rows that apps are given.
    shown: HashSet<(RowId, Digest)>,
    /// Withheld rows with which a row is probably the same.
    beside: HashMap<RowId, BTreeSet<Digest>>,
}

/// A record as it is kept: its key, its sealed bytes, and what it says.
type Kept = (Vec<u8>, Vec<u8>, StillWithheld);

impl PersonVault {
    /// The records of rows that are still withheld, each with its key and as it is stored.
    fn stills(&self) -> Result<Vec<Kept>> {
        let mut all = Vec::new();
        for (key, sealed) in self.records().all(&records::still_withheld(self.id()))? {
            let record = self.records().open(STILL, &key, &sealed)?;
            all.push((key, sealed, record));
        }
        Ok(all)
    }

    /// The rows that are still withheld.
    pub(crate) fn still_withheld(&self) -> Result<Vec<StillWithheld>> {
        Ok(self.stills()?.into_iter().map(|(.., record)| record).collect())
    }

    /// Number of changes of what the person withholds, as it stands in the store: whoever compares rows with it expects it
    /// unchanged.
    pub(crate) fn expect_withheld(&self, commit: &mut Commit) -> Result<u64> {
        let key = records::withheld_changes(self.id());
        let found = self.records().get(&key)?;
        let count = found.as_deref().map_or(Ok(0), records::number)?;
        commit.expect(key, found);
        Ok(count)
    }

    /// Adds to a commit that what the person withholds changes with it.
    pub(crate) fn change_withheld(&self, commit: &mut Commit) -> Result<()> {
        let count = self.expect_withheld(commit)?;
        commit.put(records::withheld_changes(self.id()), (count + 1).to_be_bytes());
        Ok(())
    }

    /// Adds records of rows that stay withheld to a commit.
    ///
    /// # Errors
    /// [`VaultError::TooManyStillWithheld`].
    pub(crate) fn put_still_withheld(
        &self,
        new: impl IntoIterator<Item = StillWithheld>,
        commit: &mut Commit,
    ) -> Result<()> {
        let mut new = new.into_iter().peekable();
        if new.peek().is_none() {
            return Ok(());
        }
        let prefix = records::still_withheld(self.id());
        let added = commit.puts.iter().filter(|(key, _)| key.starts_with(&prefix)).count();
        let mut count = self.records().all(&prefix)?.len() + added;
        for record in new {
            count += 1;
            if count > MOST_STILL_WITHHELD {
                return Err(VaultError::TooManyStillWithheld { most: MOST_STILL_WITHHELD });
            }
            let key = records::still_withheld_row(self.id(), random_id()?);
            commit.put(key.clone(), self.records().seal(STILL, &key, &record)?);
        }
        Ok(())
    }

    /// Adds to a commit that changes rows that those stay withheld which are so now: see the top of this file. `is_one`: it
    /// says that two rows are one.
    ///
    /// # Errors
    /// [`VaultError::TooManyStillWithheld`]; if rows cannot be read.
    pub(crate) fn keep_withheld(&self, is_one: bool, commit: &mut Commit) -> Result<()> {
        self.expect_withheld(commit)?;
        let all = self.withheld()?;
        if all.is_empty() {
            return Ok(());
        }
        let after = self.over(Arc::new(Overlay::new(Arc::clone(self.store()), commit)));
        // Rules that end with the commit end what they withhold.
        let left: BTreeSet<RuleId> = after.withheld()?.into_iter().map(|rule| rule.id).collect();
        let rules: Vec<WithheldRule> = all.into_iter().filter(|rule| left.contains(&rule.id)).collect();
        let categories: BTreeSet<Category> = rules.iter().map(|rule| rule.category).collect();
        let changed: Vec<Category> =
            categories.into_iter().filter(|category| self.changes_rows(*category, commit)).collect();
        for category in changed {
            let before = self.before(category, &rules)?;
            if before.rows.is_empty() {
                continue;
            }
            let new = after.shown_again(category, &rules, &before, is_one)?;
            self.put_still_withheld(new, commit)?;
        }
        Ok(())
    }

    /// Whether a commit writes or deletes what rows of a category are withheld by.
    fn changes_rows(&self, category: Category, commit: &Commit) -> bool {
        let id = self.id();
        let prefixes = [
            records::chunks_of_category(id, category),
            records::superseded_of_category(id, category),
            records::held_of_category(id, category),
            records::amendments(id),
            records::all_alike(id),
        ];
        let written = commit.puts.iter().map(|(key, _)| key);
        written.chain(&commit.deletes).any(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)))
    }

    /// Each batch of rows of a category with its import: those that readers see, then those that may come back.
    fn each_rows(
        &self,
        category: Category,
        each: &mut dyn FnMut(&Batch, u64, bool) -> Result<()>,
    ) -> Result<()> {
        for origin in self.origins(category, &Period::ALL)? {
            let (import, batch) = origin?;
            each(&batch, import, true)?;
        }
        let mut opener = crate::chunk::Opener::new()?;
        for of in self.superseded(category)? {
            let batch = self.open_superseded(&of, &mut opener)?;
            each(&batch, of.indexed.entry.seq, false)?;
        }
        for (month, indexed) in self.held(category)? {
            let batch = self.open_alone((category, month), &indexed, &mut opener)?;
            each(&batch, indexed.entry.seq, false)?;
        }
        for (row, batch) in self.rows_aside(category)? {
            each(&batch, row.import, false)?;
        }
        Ok(())
    }

    fn before(&self, category: Category, rules: &[WithheldRule]) -> Result<Before> {
        let withheld = WithheldRows::of(self, category, rules)?;
        let mut before = Before::default();
        let mut identities: HashMap<RowId, Vec<Digest>> = HashMap::new();
        self.each_rows(category, &mut |batch, import, is_there| {
            let mut seen = withheld.in_batch(batch, import);
            for row in 0..batch.rows() {
                let by = seen.by(row);
                let rules = by.all();
                let (id, identity) = (row_id(batch, row, import), Digest(identity_of(batch, row)));
                if rules.is_empty() {
                    if is_there {
                        before.shown.insert((id, identity));
                    }
                    continue;
                }
                identities.entry(id).or_default().push(identity);
                before.by_identity.entry(identity).or_default().push(before.rows.len());
                let alike = by.alike.without(by.own).without(by.sum);
                let lasting = seen.lasting(row);
                before.rows.push(Was { row: id, identity, rules, alike, lasting });
            }
            Ok(())
        })?;
        let pairs = self.undecided(category)?;
        for (one, other) in pairs.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
            let others = identities.get(other).into_iter().flatten();
            before.beside.entry(*one).or_default().extend(others);
        }
        Ok(before)
    }

    /// Records for the rows of a category that would be shown again. The vault is as it will be.
    fn shown_again(
        &self,
        category: Category,
        rules: &[WithheldRule],
        before: &Before,
        is_one: bool,
    ) -> Result<Vec<StillWithheld>> {
        let withheld = WithheldRows::of(self, category, rules)?;
        // Rows by their ids, with those that replaced them. An id that a row has which apps are given tells nothing.
        let shown: HashSet<RowId> = before.shown.iter().map(|(row, _)| *row).collect();
        let mut by_row: BTreeMap<RowId, BTreeSet<usize>> = BTreeMap::new();
        for (at, was) in before.rows.iter().enumerate().filter(|(_, was)| !shown.contains(&was.row)) {
            by_row.entry(was.row).or_default().insert(at);
        }
        self.add_later(category, &mut by_row)?;
        let mut new = Vec::new();
        let mut found: HashSet<Digest> = HashSet::new();
        let mut covered: HashMap<Digest, RuleSet> = HashMap::new();
        let mut add = |row: RowId, own: Digest, lost: RuleSet, was: &BTreeSet<usize>| {
            // Rows of one identity have one record.
            let lost = lost.without(covered.get(&own).copied().unwrap_or_default());
            let was = || was.iter().filter_map(|at| before.rows.get(*at));
            let alike = was().fold(RuleSet::default(), |all, was| all.with(was.alike));
            let others = was().fold(RuleSet::default(), |all, was| all.with(was.rules.without(was.alike)));
            let alike = if is_one { RuleSet::default() } else { alike.without(others) };
            let identities: BTreeSet<Digest> = was().map(|was| was.identity).chain([own]).collect();
            for identity in &identities {
                covered.entry(*identity).or_default().add(lost);
            }
            let beside: BTreeSet<Digest> =
                was().filter_map(|was| before.beside.get(&was.row)).flatten().copied().collect();
            for (lost, beside) in [(lost.and(alike), beside), (lost.without(alike), BTreeSet::new())] {
                let rules: BTreeSet<RuleId> =
                    lost.numbers().filter_map(|number| rules.get(number)).map(|rule| rule.id).collect();
                if !rules.is_empty() {
                    new.extend(StillWithheld::of(
                        category,
                        Some(row),
                        &identities,
                        &Because { rules, beside },
                    ));
                }
            }
        };
        self.each_rows(category, &mut |batch, import, is_there| {
            let mut seen = withheld.in_batch(batch, import);
            for row in 0..batch.rows() {
                let (id, own) = (row_id(batch, row, import), Digest(identity_of(batch, row)));
                found.insert(own);
                if is_there && before.shown.contains(&(id, own)) {
                    continue;
                }
                let mut was = by_row.get(&id).cloned().unwrap_or_default();
                was.extend(before.by_identity.get(&own).into_iter().flatten());
                if was.is_empty() {
                    continue;
                }
                let rules = was.iter().filter_map(|at| before.rows.get(*at));
                let rules = rules.fold(RuleSet::default(), |all, was| all.with(was.rules));
                let lost = rules.without(seen.by(row).all());
                if !lost.is_empty() {
                    add(id, own, lost, &was);
                }
            }
            Ok(())
        })?;
        // Rows that are gone may come back with another file.
        for (at, was) in before.rows.iter().enumerate() {
            let lost = was.rules.without(was.lasting);
            if !lost.is_empty() && !found.contains(&was.identity) {
                add(was.row, was.identity, lost, &BTreeSet::from([at]));
            }
        }
        Ok(new)
    }

    /// Adds to the commit by which the person says that two rows are two the end of what withholds one because it is
    /// probably the same as the other one.
    pub(crate) fn end_beside(
        &self,
        category: Category,
        (one, other): (AlikeRow, AlikeRow),
        commit: &mut Commit,
    ) -> Result<()> {
        let stills = self.stills()?;
        if stills.is_empty() {
            return Ok(());
        }
        let identity = |row: AlikeRow| self.identity_of_row(category, row.id, row.key);
        let (first, second) = (identity(one)?, identity(other)?);
        let mut is_changed = false;
        for (key, sealed, mut record) in stills.into_iter().filter(|(.., of)| of.category == category) {
            let partner = match () {
                () if record.is_about(one.id, first) => second,
                () if record.is_about(other.id, second) => first,
                () => None,
            };
            let Some(partner) = partner.filter(|partner| record.beside.contains(partner)) else { continue };
            record.beside.retain(|of| *of != partner);
            is_changed = true;
            commit.expect(key.clone(), Some(sealed));
            if record.beside.is_empty() {
                commit.delete(key);
            } else {
                commit.put(key.clone(), self.records().seal(STILL, &key, &record)?);
            }
        }
        if is_changed {
            self.change_withheld(commit)?;
        }
        Ok(())
    }

    /// Adds to the commit by which rules end the end of what is withheld because of them only.
    pub(crate) fn end_still_withheld(&self, ended: &[RuleId], commit: &mut Commit) -> Result<()> {
        if ended.is_empty() {
            return Ok(());
        }
        let left = self.withheld()?;
        let left: BTreeMap<Category, bool> =
            left.iter().filter(|rule| !ended.contains(&rule.id)).map(|rule| (rule.category, true)).collect();
        for (key, sealed, mut record) in self.stills()? {
            let before = record.rules.len();
            record.rules.retain(|rule| !ended.contains(rule));
            let is_over =
                record.rules.is_empty() && !record.has_more_rules || !left.contains_key(&record.category);
            if is_over {
                commit.expect(key.clone(), Some(sealed));
                commit.delete(key);
            } else if record.rules.len() < before {
                commit.expect(key.clone(), Some(sealed));
                commit.put(key.clone(), self.records().seal(STILL, &key, &record)?);
            }
        }
        Ok(())
    }
}
