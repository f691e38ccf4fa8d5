//! What a person withholds from every app: single rows, the rows of a holder, the rows that have some words.
//!
//! It holds whatever was granted, and for rows that come later. A [`MonthReader`](crate::MonthReader) leaves these rows out
//! as it opens their chunk, before anything is merged, joined or counted; nothing opts out but
//! [`whole`](crate::MonthReader::whole), for the person alone. Fields that would reveal the rows are absent then, and rows
//! that would reveal them are left out with them ([`WithheldRows`]).

use crate::error::{Result, VaultError};
use crate::identity::{content, identity_of, row_id};
use crate::ids::random_id;
use crate::person::PersonVault;
use crate::records;
use crate::withheld_rows::WithheldRows;
use crate::withheld_rule::{
    MOST_IDENTITIES, MOST_ORIGINS, MOST_WITHHELD, RuleId, RuleRows, Withheld, WithheldAs, WithheldRule,
};
use mesinfos_model::{Batch, Category, Digest, Period, RowId};
use mesinfos_store::Commit;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the records in errors.
const WITHHELD: &str = "a withheld row";

/// Version of the record.
const VERSION: u8 = 1;

/// Rules that are added by a commit.
#[derive(Debug, Clone, Default)]
pub struct Withholding {
    /// Rules that were not there, and those that came with an import and are the person's own now.
    pub new: Vec<WithheldRule>,
    /// Number of rules that were there already.
    pub same: u64,
}

impl PersonVault {
    /// What the person withholds, oldest first.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn withheld(&self) -> Result<Vec<WithheldRule>> {
        let mut all = Vec::new();
        for (key, sealed) in self.records().all(&records::withheld(self.id()))? {
            all.push(self.records().open::<WithheldRule>(WITHHELD, &key, &sealed)?);
        }
        all.sort_by_key(|rule| (rule.at, rule.id));
        Ok(all)
    }

    /// The rows of a category that the person withholds.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_rows(&self, category: Category) -> Result<WithheldRows> {
        WithheldRows::of(self, category, &self.withheld()?)
    }

    /// Number of rows of a category that are withheld, among those of a period and those without a date.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_count(&self, category: Category, period: &Period) -> Result<u64> {
        let withheld = self.withheld_rows(category)?;
        if withheld.is_empty() {
            return Ok(0);
        }
        let mut count = 0;
        for origin in self.origins(category, period)? {
            let (import, batch) = origin?;
            let is_in = |row: &usize| batch.day(*row).is_none_or(|day| period.contains(day));
            let mut seen = withheld.in_batch(&batch, import);
            count += (0..batch.rows()).filter(is_in).filter(|row| seen.contains(*row)).count() as u64;
        }
        Ok(count)
    }

    /// The rules by which each row of a batch of an import is withheld, with the reason. The batch has all stored columns.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_by(&self, batch: &Batch, import: u64) -> Result<Vec<Vec<(WithheldRule, WithheldAs)>>> {
        let rules = self.withheld()?;
        let rows = WithheldRows::of(self, batch.category(), &rules)?;
        let mut seen = rows.in_batch(batch, import);
        let of = |row| {
            let each = seen.by(row).each();
            each.filter_map(|(number, reason)| Some((rules.get(number)?.clone(), reason))).collect()
        };
        Ok((0..batch.rows()).map(of).collect())
    }

    /// Number of rows that each rule withholds now, in the order of [`PersonVault::withheld`].
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_counts(&self) -> Result<Vec<RuleRows>> {
        let rules = self.withheld()?;
        let mut all: Vec<RuleRows> =
            rules.iter().map(|rule| RuleRows { rule: rule.clone(), rows: 0, along: 0, row: None }).collect();
        // Each category is opened once, and each text looked at once, whatever the number of rules.
        let categories: BTreeSet<Category> = rules.iter().map(|rule| rule.category).collect();
        for category in categories {
            let withheld = WithheldRows::of(self, category, &rules)?;
            for origin in self.origins(category, &Period::ALL)? {
                let (import, batch) = origin?;
                let mut seen = withheld.in_batch(&batch, import);
                for row in 0..batch.rows() {
                    for (number, reason) in seen.by(row).each() {
                        let Some(of) = all.get_mut(number) else { continue };
                        of.rows += 1;
                        of.along += u64::from(reason != WithheldAs::Itself);
                        let is_row = matches!(of.rule.what, Withheld::Row { .. });
                        if is_row && reason == WithheldAs::Itself && of.row.is_none() {
                            of.row = Some((row_id(&batch, row, import), batch.select(&[row])));
                        }
                    }
                }
            }
        }
        Ok(all)
    }

    /// Number of other rows that would be withheld with a row: those that are probably the same, and those that would tell
    /// it.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_with(&self, category: Category, what: &Withheld) -> Result<u64> {
        let rule = WithheldRule {
            version: VERSION,
            id: RuleId([0; 16]),
            category,
            what: what.clone(),
            at: 0,
            imports: Vec::new(),
        };
        let withheld = WithheldRows::of(self, category, &[rule])?;
        let mut count = 0;
        for origin in self.origins(category, &Period::ALL)? {
            let (import, batch) = origin?;
            let mut seen = withheld.in_batch(&batch, import);
            let each = (0..batch.rows()).flat_map(|row| seen.by(row).each());
            count += each.filter(|(_, reason)| *reason != WithheldAs::Itself).count() as u64;
        }
        Ok(count)
    }

    /// A rule for a row of the vault; `None` if there is no such row, or another one now.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn withheld_row(&self, category: Category, row: RowId) -> Result<Option<Withheld>> {
        let imports = BTreeSet::from([row.import]);
        for origin in self.origins(category, &Period::ALL)?.of_imports(&imports) {
            let (import, batch) = origin?;
            let found = (0..batch.rows()).find(|at| row_id(&batch, *at, import) == row);
            if let Some(at) = found {
                let mut identities = vec![Digest(identity_of(&batch, at))];
                // As its holder gave it, before the person corrected it.
                let changed = self.listed(false)?;
                let own = changed.iter().filter(|one| one.category == category && one.row == row);
                identities.extend(own.filter(|one| one.now.is_some()).map(|one| one.identity()));
                identities.sort_by_key(|identity| identity.0);
                identities.dedup();
                identities.truncate(MOST_IDENTITIES);
                let content = Digest(content(&batch, at));
                return Ok(Some(Withheld::Row { row: Some(row), content, identities }));
            }
        }
        Ok(None)
    }

    /// The rules as another vault must have them: a row that the person corrected is known there by its values of now, and
    /// what is withheld only because it is probably the same has a rule of its own, as far as the number of rules allows,
    /// for the archive has no pairs.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_elsewhere(&self) -> Result<Vec<WithheldRule>> {
        let mut rules = self.withheld()?;
        let amended: BTreeSet<(Category, RowId)> =
            self.listed(false)?.into_iter().map(|one| (one.category, one.row)).collect();
        for rule in &mut rules {
            let Withheld::Row { row: Some(row), content, identities } = &mut rule.what else { continue };
            if !amended.contains(&(rule.category, *row)) {
                continue;
            }
            let now = self.withheld_row(rule.category, *row)?;
            if let Some(Withheld::Row { content: of_now, identities: also, .. }) = now {
                *content = of_now;
                identities.extend(also);
                identities.sort_by_key(|identity| identity.0);
                identities.dedup();
                identities.truncate(MOST_IDENTITIES);
            }
        }
        for (category, what) in self.withheld_beside(&rules)? {
            let is_there = rules.iter().any(|rule| rule.category == category && rule.what.is_same(&what));
            if !is_there && rules.len() < MOST_WITHHELD {
                let (id, at) = (RuleId(random_id()?), rules.iter().map(|rule| rule.at).max().unwrap_or(0));
                rules.push(WithheldRule { version: VERSION, id, category, what, at, imports: Vec::new() });
            }
        }
        Ok(rules)
    }

    /// Rules for rows that are withheld because of others, or that were, and that no rule withholds by itself.
    fn withheld_beside(&self, rules: &[WithheldRule]) -> Result<Vec<(Category, Withheld)>> {
        let mut all = Vec::new();
        for category in rules.iter().map(|rule| rule.category).collect::<BTreeSet<_>>() {
            let withheld = WithheldRows::of(self, category, rules)?;
            // As they are where ids are others.
            let of_values = WithheldRows::of_rules(category, rules);
            let mut seen_ones = BTreeSet::new();
            for origin in self.origins(category, &Period::ALL)? {
                let (import, batch) = origin?;
                let (mut seen, mut elsewhere) =
                    (withheld.in_batch(&batch, import), of_values.in_batch(&batch, import));
                for row in 0..batch.rows() {
                    let by = seen.by(row);
                    let identity = Digest(identity_of(&batch, row));
                    let is_beside = !by.own.with(by.alike).is_empty() && elsewhere.lasting(row).is_empty();
                    if is_beside && seen_ones.insert(identity.0) {
                        let content = Digest(content(&batch, row));
                        all.push((
                            category,
                            Withheld::Row { row: None, content, identities: vec![identity] },
                        ));
                    }
                }
            }
        }
        Ok(all)
    }

    /// Adds rules to a commit: the person's own, or those that came with an import. A rule of an import that the person
    /// says too is the person's own.
    ///
    /// # Errors
    /// [`VaultError::TooManyWithheld`] if there would be more than [`MOST_WITHHELD`]; if they cannot be read or sealed.
    pub fn prepare_withheld(
        &self,
        rules: impl IntoIterator<Item = (Category, Withheld)>,
        import: Option<u64>,
        at: i64,
        commit: &mut Commit,
    ) -> Result<Withholding> {
        let mut there = Vec::new();
        for (key, sealed) in self.records().all(&records::withheld(self.id()))? {
            let rule: WithheldRule = self.records().open(WITHHELD, &key, &sealed)?;
            there.push((rule, Some(sealed)));
        }
        let mut done = Withholding::default();
        let mut written: BTreeMap<RuleId, (WithheldRule, Option<Vec<u8>>)> = BTreeMap::new();
        for (category, what) in rules {
            let is_same = |rule: &WithheldRule| rule.category == category && rule.what.is_same(&what);
            if let Some((rule, sealed)) = there.iter_mut().find(|(rule, _)| is_same(rule)) {
                let before = rule.imports.clone();
                match import {
                    // The person's own stays.
                    _ if rule.imports.is_empty() => {}
                    None => rule.imports.clear(),
                    Some(import) if rule.imports.contains(&import) => {}
                    Some(_) if rule.imports.len() >= MOST_ORIGINS => rule.imports.clear(),
                    Some(import) => rule.imports.push(import),
                }
                if rule.imports == before {
                    done.same += 1;
                    continue;
                }
                match import {
                    None => done.new.push(rule.clone()),
                    Some(_) => done.same += 1,
                }
                written.insert(rule.id, (rule.clone(), sealed.clone()));
                continue;
            }
            if there.len() >= MOST_WITHHELD {
                return Err(VaultError::TooManyWithheld { most: MOST_WITHHELD });
            }
            let imports = import.into_iter().collect();
            let rule =
                WithheldRule { version: VERSION, id: RuleId(random_id()?), category, what, at, imports };
            written.insert(rule.id, (rule.clone(), None));
            done.new.push(rule.clone());
            there.push((rule, None));
        }
        if !written.is_empty() {
            self.change_withheld(commit)?;
        }
        for (rule, before) in written.into_values() {
            let key = records::withheld_rule(self.id(), rule.id.0);
            commit.expect(key.clone(), before);
            commit.put(key.clone(), self.records().seal(WITHHELD, &key, &rule)?);
        }
        Ok(done)
    }

    /// Adds to the commit that undoes an import the end of the rules that came with it and no other import, and that the
    /// person did not keep. Returns them.
    pub(crate) fn end_withheld(&self, import: u64, commit: &mut Commit) -> Result<Vec<WithheldRule>> {
        let mut ended = Vec::new();
        for (key, sealed) in self.records().all(&records::withheld(self.id()))? {
            let mut rule: WithheldRule = self.records().open(WITHHELD, &key, &sealed)?;
            if !rule.imports.contains(&import) {
                continue;
            }
            rule.imports.retain(|other| *other != import);
            commit.expect(key.clone(), Some(sealed));
            if rule.imports.is_empty() {
                commit.delete(key);
                ended.push(rule);
            } else {
                commit.put(key.clone(), self.records().seal(WITHHELD, &key, &rule)?);
            }
        }
        if !ended.is_empty() {
            self.change_withheld(commit)?;
            let ids: Vec<RuleId> = ended.iter().map(|rule| rule.id).collect();
            self.end_still_withheld(&ids, commit)?;
        }
        Ok(ended)
    }

    /// Number of rules that the undo of an import would end.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_of(&self, import: u64) -> Result<u64> {
        Ok(self.withheld()?.iter().filter(|rule| rule.imports == [import]).count() as u64)
    }

    /// Prepares that a rule which came with an import is the person's own; `None` if there is none with this id.
    ///
    /// # Errors
    /// If it cannot be read or sealed.
    pub fn prepare_kept_withheld(&self, id: RuleId) -> Result<Option<Commit>> {
        let key = records::withheld_rule(self.id(), id.0);
        let Some(sealed) = self.records().get(&key)? else { return Ok(None) };
        let mut rule: WithheldRule = self.records().open(WITHHELD, &key, &sealed)?;
        rule.imports.clear();
        let mut commit = self.empty_commit();
        commit.expect(key.clone(), Some(sealed));
        commit.put(key.clone(), self.records().seal(WITHHELD, &key, &rule)?);
        Ok(Some(commit))
    }

    /// Prepares that a rule ends; `None` if there is none with this id.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn prepare_unwithheld(&self, id: RuleId) -> Result<Option<(WithheldRule, Commit)>> {
        let key = records::withheld_rule(self.id(), id.0);
        let Some(sealed) = self.records().get(&key)? else { return Ok(None) };
        let rule = self.records().open(WITHHELD, &key, &sealed)?;
        let mut commit = self.empty_commit();
        commit.expect(key.clone(), Some(sealed));
        commit.delete(key);
        self.change_withheld(&mut commit)?;
        self.end_still_withheld(&[id], &mut commit)?;
        Ok(Some((rule, commit)))
    }
}
