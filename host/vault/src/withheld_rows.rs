//! The rows of a category that are withheld, and why: what a rule is about, what is probably the same as such a row, and
//! what would tell it with the rows that are left.

use crate::chunk::Opener;
use crate::error::Result;
use crate::identity::{content, has_value, hash_of, identity_of, row_id};
use crate::person::PersonVault;
use crate::records;
use crate::rule_set::RuleSet;
use crate::searched::{Search, Searched};
use crate::withheld_rule::{Withheld, WithheldAs, WithheldRule};
use mesinfos_model::category::{Parts, Reach, Series};
use mesinfos_model::{Batch, Category, Column, FieldKind, FieldSet, Period, RowId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

type Hash = [u8; 32];

/// The rows of a category that are withheld.
#[derive(Debug, Clone, Default)]
pub struct WithheldRows {
    rows: BTreeMap<RowId, RuleSet>,
    contents: HashMap<Hash, RuleSet>,
    identities: HashMap<Hash, RuleSet>,
    holders: HashMap<Option<String>, RuleSet>,
    search: Search,
    /// Rows that are probably the same as others.
    alike: HashMap<RowId, Derived>,
    /// What identifies them: rows that are equal to them are withheld with them.
    alike_identities: HashMap<Hash, Derived>,
    /// Things of which a row is withheld: see [`Parts`].
    things: HashMap<Hash, Thing>,
    /// Intervals that are withheld, by what was measured.
    intervals: HashMap<Hash, Intervals>,
}

/// Rules that hold for a row because of others.
#[derive(Debug, Clone, Copy, Default)]
struct Derived {
    /// As for a row that a rule is about.
    as_such: RuleSet,
    /// As for a sum only: what it is the sum of is not withheld.
    as_sum: RuleSet,
}

/// A thing of which a row is withheld.
#[derive(Debug, Clone, Copy, Default)]
struct Thing {
    /// Rules about a row that tells its sum: they hold for all its rows.
    sums: RuleSet,
    /// Rules about a part of it: they hold for rows that tell its sum.
    parts: RuleSet,
}

/// Intervals, the earliest start first, and the length of the longest.
#[derive(Debug, Clone, Default)]
struct Intervals {
    all: Vec<(i64, i64, RuleSet)>,
    longest: i64,
}

impl Intervals {
    /// Sorts intervals and joins those that follow each other.
    fn settle(&mut self) {
        self.all.sort_unstable_by_key(|(from, until, _)| (*from, *until));
        let mut joined: Vec<(i64, i64, RuleSet)> = Vec::new();
        for (from, until, rules) in std::mem::take(&mut self.all) {
            match joined.last_mut() {
                Some((_, end, last)) if *last == rules && from <= *end => *end = until.max(*end),
                _ => joined.push((from, until, rules)),
            }
        }
        self.longest = joined.iter().map(|(from, until, _)| until.saturating_sub(*from)).max().unwrap_or(0);
        self.all = joined;
    }

    /// The rules of the intervals that overlap another one.
    fn over(&self, from: i64, until: i64) -> RuleSet {
        let end = self.all.partition_point(|(start, ..)| *start < until);
        let earliest = from.saturating_sub(self.longest);
        let near = self.all[..end].iter().rev().take_while(|(start, ..)| *start >= earliest);
        near.filter(|(_, end, _)| *end > from).fold(RuleSet::default(), |all, (.., rules)| all.with(*rules))
    }
}

/// The thing of a row.
#[derive(Debug, Clone, Copy)]
struct OfThing {
    thing: Hash,
    is_sum: bool,
}

/// A row that is in a pair.
#[derive(Debug, Clone, Default)]
struct Node {
    own: RuleSet,
    identities: BTreeSet<Hash>,
    of: Option<OfThing>,
    derived: Derived,
}

/// The rules of a row, by the reason.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct By {
    pub(crate) own: RuleSet,
    pub(crate) alike: RuleSet,
    pub(crate) sum: RuleSet,
}

impl By {
    pub(crate) fn all(&self) -> RuleSet {
        self.own.with(self.alike).with(self.sum)
    }

    /// Each rule by its number, with the first reason.
    pub(crate) fn each(&self) -> impl Iterator<Item = (usize, WithheldAs)> + use<> {
        let alike = self.alike.without(self.own);
        let sum = self.sum.without(self.own).without(alike);
        let own = self.own.numbers().map(|rule| (rule, WithheldAs::Itself));
        let alike = alike.numbers().map(|rule| (rule, WithheldAs::Alike));
        own.chain(alike).chain(sum.numbers().map(|rule| (rule, WithheldAs::Total)))
    }
}

/// The rule about sums of what a row is of; `None` if it has no such thing.
fn of_thing(parts: &Parts, batch: &Batch, row: usize) -> Option<OfThing> {
    let kind = batch.integer(parts.kind, row)?;
    let is_sum = parts.sums.contains(&kind);
    if !is_sum && !parts.parts.contains(&kind) || !has_value(batch, parts.of, row) {
        return None;
    }
    Some(OfThing { thing: hash_of(batch, &[batch.schema().holder, parts.of], row), is_sum })
}

/// What a row measures, from when, until when.
fn interval(series: &Series, batch: &Batch, row: usize) -> Option<(Hash, i64, i64)> {
    let from = batch.time(row)?;
    let length = batch.integer(series.duration, row).unwrap_or(0).max(1);
    let by = if has_value(batch, series.measured, row) { series.measured } else { batch.schema().holder };
    Some((hash_of(batch, &[by], row), from, from.saturating_add(length)))
}

impl WithheldRows {
    /// What rules withhold of a category; each is known by its place among them.
    pub(crate) fn of(
        vault: &PersonVault,
        category: Category,
        rules: &[WithheldRule],
    ) -> Result<WithheldRows> {
        let mut all = WithheldRows::of_rules(category, rules);
        if all.is_empty() {
            return Ok(all);
        }
        for still in vault.still_withheld()?.into_iter().filter(|still| still.category == category) {
            let own = still.rules(rules);
            if own.is_empty() {
                continue;
            }
            if let Some(row) = still.row {
                all.rows.entry(row).or_default().add(own);
            }
            for identity in still.identities {
                all.identities.entry(identity.0).or_default().add(own);
            }
        }
        vault.add_later(category, &mut all.rows)?;
        all.derive(vault, category, rules)?;
        Ok(all)
    }

    /// What rules are about.
    pub(crate) fn of_rules(category: Category, rules: &[WithheldRule]) -> WithheldRows {
        let mut all = WithheldRows::default();
        for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.category == category) {
            let own = RuleSet::of(number);
            match &rule.what {
                Withheld::Row { row, content, identities } => {
                    if let Some(row) = row {
                        all.rows.entry(*row).or_default().add(own);
                    }
                    all.contents.entry(content.0).or_default().add(own);
                    for identity in identities {
                        all.identities.entry(identity.0).or_default().add(own);
                    }
                }
                Withheld::Holder(holder) => {
                    all.holders.entry(holder.clone()).or_default().add(own);
                }
                Withheld::Words(words) => all.search.add(words, own),
            }
        }
        all
    }

    /// Whether nothing is withheld.
    pub fn is_empty(&self) -> bool {
        let (rows, contents, identities) = (&self.rows, &self.contents, &self.identities);
        let is_no_row = rows.is_empty() && contents.is_empty() && identities.is_empty();
        is_no_row && self.holders.is_empty() && self.search.is_empty()
    }

    /// Looks at the rows of a batch of an import, which has all stored columns.
    pub fn in_batch<'a>(&'a self, batch: &'a Batch, import: u64) -> InBatch<'a> {
        let kind = |field: &mesinfos_model::Field| match field.kind {
            _ if field.reach == Reach::Host => None,
            FieldKind::Term | FieldKind::Text => Some(Searched::Text),
            FieldKind::Pseudonym => Some(Searched::Name),
            FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => None,
        };
        let fields = batch.schema().fields.iter().enumerate();
        let texts = fields.filter_map(|(at, field)| Some((at, kind(field)?, HashMap::new()))).collect();
        InBatch { of: self, batch, import, texts }
    }

    /// Whether a row of an import is withheld. The batch has all stored columns.
    pub fn contains(&self, batch: &Batch, row: usize, import: u64) -> bool {
        self.in_batch(batch, import).contains(row)
    }

    /// Whether a row is withheld only because it is probably the same as another one.
    pub fn is_alike(&self, row: RowId) -> bool {
        self.alike.contains_key(&row)
    }

    /// Adds what is withheld because of other rows.
    fn derive(&mut self, vault: &PersonVault, category: Category, rules: &[WithheldRule]) -> Result<()> {
        let schema = category.schema();
        let mut pairs = vault.undecided(category)?;
        // A later version of a row of a pair is one of the pair.
        let both = pairs.iter().flat_map(|(one, other)| [*one, *other]);
        let mut later: BTreeMap<RowId, BTreeSet<RowId>> =
            both.map(|row| (row, BTreeSet::from([row]))).collect();
        vault.add_later(category, &mut later)?;
        let later = later.iter().flat_map(|(row, of)| of.iter().map(|earlier| (*earlier, *row)));
        pairs.extend(later.filter(|(earlier, row)| earlier != row));
        let series = schema.series.as_ref();
        if pairs.is_empty() && schema.parts.is_none() && series.is_none() {
            return Ok(());
        }
        let ids: BTreeSet<RowId> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let mut found = Found { ids: &ids, nodes: HashMap::new(), things: HashMap::new() };
        let origins = vault.origins(category, &Period::ALL)?;
        let origins = match schema.parts.is_none() && series.is_none() {
            true => origins.of_imports(&ids.iter().map(|id| id.import).collect()),
            false => origins,
        };
        // All rows of a holder's meter are withheld with the holder.
        let is_of_holder = |rule: &WithheldRule| matches!(rule.what, Withheld::Holder(_));
        let of_holders = rules.iter().enumerate().filter(|(_, rule)| is_of_holder(rule));
        let of_holders = of_holders.fold(RuleSet::default(), |all, (at, _)| all.with(RuleSet::of(at)));
        let mut intervals: HashMap<Hash, Intervals> = HashMap::new();
        for origin in origins {
            let (import, batch) = origin?;
            let mut seen = self.in_batch(&batch, import);
            for row in 0..batch.rows() {
                let own = seen.own(row);
                found.see(&batch, row, import, own);
                let own = own.without(of_holders);
                if let Some((of, from, until)) =
                    series.filter(|_| !own.is_empty()).and_then(|series| interval(series, &batch, row))
                {
                    intervals.entry(of).or_default().all.push((from, until, own));
                }
            }
        }
        // A row of a pair that was replaced since, or is gone, is one of the pair still: nobody decided.
        if found.nodes.len() < ids.len() {
            let mut opener = Opener::new()?;
            for of in vault.superseded(category)? {
                let import = of.indexed.entry.seq;
                if ids.iter().any(|id| id.import == import && !found.nodes.contains_key(id)) {
                    let batch = vault.open_superseded(&of, &mut opener)?;
                    let mut seen = self.in_batch(&batch, import);
                    (0..batch.rows()).for_each(|row| found.see_alike(&batch, row, import, seen.own(row)));
                }
            }
        }
        for id in &ids {
            let own = self.rows.get(id).copied().unwrap_or_default();
            found.nodes.entry(*id).or_default().own.add(own);
        }
        let (nodes, things) = found.settled(&pairs);
        intervals.values_mut().for_each(Intervals::settle);
        (self.things, self.intervals) = (things, intervals);
        self.set_alike(nodes);
        Ok(())
    }

    fn set_alike(&mut self, nodes: HashMap<RowId, Node>) {
        for (id, node) in nodes {
            let Derived { as_such, as_sum } = node.derived;
            let of_row = Derived { as_such: as_such.without(node.own), as_sum: as_sum.without(node.own) };
            if of_row.as_such.is_empty() && of_row.as_sum.is_empty() {
                continue;
            }
            self.alike.insert(id, of_row);
            for identity in node.identities {
                let of_equal = self.alike_identities.entry(identity).or_default();
                of_equal.as_such.add(as_such);
                of_equal.as_sum.add(as_sum);
            }
        }
    }

    /// The rows of a batch that are not withheld, with the wanted columns only, and without those that would reveal the
    /// others.
    pub(crate) fn sifted(&self, batch: &Batch, import: u64, wanted: FieldSet) -> Result<Batch> {
        let category = batch.schema().category;
        let mut seen = self.in_batch(batch, import);
        let kept: Vec<usize> = (0..batch.rows()).filter(|row| !seen.contains(*row)).collect();
        let mut kept = if kept.len() == batch.rows() { batch.clone() } else { batch.select(&kept) };
        let running = FieldSet::running(category);
        for field in 0..batch.schema().fields.len() {
            if !wanted.contains(field) || running.contains(field) {
                let without = kept.with_column(field, Column::Absent);
                kept = without.map_err(|error| records::damaged(&error.to_string()))?;
            }
        }
        Ok(kept)
    }
}

/// What is found of the rows of a category.
struct Found<'a> {
    ids: &'a BTreeSet<RowId>,
    nodes: HashMap<RowId, Node>,
    things: HashMap<Hash, Thing>,
}

impl Found<'_> {
    /// Sees a row and the rules that are about it.
    fn see(&mut self, batch: &Batch, row: usize, import: u64, own: RuleSet) {
        if let Some(parts) = batch.schema().parts.as_ref().filter(|_| !own.is_empty())
            && let Some(of) = of_thing(parts, batch, row)
        {
            let thing = self.things.entry(of.thing).or_default();
            if of.is_sum {
                thing.sums.add(own)
            } else {
                thing.parts.add(own)
            };
        }
        self.see_alike(batch, row, import, own);
    }

    fn see_alike(&mut self, batch: &Batch, row: usize, import: u64, own: RuleSet) {
        if self.ids.is_empty() {
            return;
        }
        let id = row_id(batch, row, import);
        if self.ids.contains(&id) {
            let node = self.nodes.entry(id).or_default();
            node.own.add(own);
            node.identities.insert(identity_of(batch, row));
            node.of = batch.schema().parts.as_ref().and_then(|parts| of_thing(parts, batch, row)).or(node.of);
        }
    }

    /// Passes rules on from row to row until nothing changes.
    fn settled(mut self, pairs: &[(RowId, RowId)]) -> (HashMap<RowId, Node>, HashMap<Hash, Thing>) {
        let mut is_changed = true;
        while is_changed {
            is_changed = false;
            for (one, other) in pairs.iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
                let Derived { as_such, as_sum } =
                    self.nodes.get(one).map(|node| self.of(node)).unwrap_or_default();
                let Some(node) = self.nodes.get_mut(other) else { continue };
                is_changed |= node.derived.as_sum.add(as_sum) | node.derived.as_such.add(as_such);
                if let Some(of) = node.of.filter(|_| !as_such.is_empty()) {
                    let thing = self.things.entry(of.thing).or_default();
                    is_changed |= if of.is_sum { thing.sums.add(as_such) } else { thing.parts.add(as_such) };
                }
            }
        }
        (self.nodes, self.things)
    }

    /// All rules of a row of a pair.
    fn of(&self, node: &Node) -> Derived {
        let thing = node.of.and_then(|of| self.things.get(&of.thing)).copied().unwrap_or_default();
        let is_sum = node.of.is_some_and(|of| of.is_sum);
        Derived {
            as_such: node.own.with(node.derived.as_such).with(thing.sums),
            as_sum: if is_sum { node.derived.as_sum.with(thing.parts) } else { node.derived.as_sum },
        }
    }
}

/// A batch of an import while its rows are looked at: a text that repeats is searched once.
pub struct InBatch<'a> {
    of: &'a WithheldRows,
    batch: &'a Batch,
    import: u64,
    texts: Vec<(usize, Searched, HashMap<&'a str, RuleSet>)>,
}

impl InBatch<'_> {
    /// The rules that are about a row.
    pub(crate) fn own(&mut self, row: usize) -> RuleSet {
        let mut own = self.lasting(row);
        if !self.of.rows.is_empty() {
            own.add(self.of.rows.get(&row_id(self.batch, row, self.import)).copied().unwrap_or_default());
        }
        own
    }

    /// The rules that are about a row wherever it is: because of its values alone.
    pub(crate) fn lasting(&mut self, row: usize) -> RuleSet {
        let InBatch { of, batch, texts, .. } = self;
        let mut own = RuleSet::default();
        if !of.holders.is_empty() {
            let holder = batch.text(batch.schema().holder, row).map(str::to_owned);
            own.add(of.holders.get(&holder).copied().unwrap_or_default());
        }
        if !of.search.is_empty() {
            for (field, kind, seen) in texts {
                if let Some(text) = batch.text(*field, row) {
                    own.add(*seen.entry(text).or_insert_with(|| of.search.find(text, *kind)));
                }
            }
        }
        if !of.contents.is_empty() {
            own.add(of.contents.get(&content(batch, row)).copied().unwrap_or_default());
        }
        if !of.identities.is_empty() {
            own.add(of.identities.get(&identity_of(batch, row)).copied().unwrap_or_default());
        }
        own
    }

    /// All rules by which a row is withheld.
    pub(crate) fn by(&mut self, row: usize) -> By {
        let own = self.own(row);
        let InBatch { of, batch, import, .. } = self;
        let schema = batch.schema();
        let mut by = By { own, ..By::default() };
        if !of.alike.is_empty() {
            let of_row = of.alike.get(&row_id(batch, row, *import));
            let of_equal = of.alike_identities.get(&identity_of(batch, row));
            for derived in of_row.into_iter().chain(of_equal) {
                by.alike.add(derived.as_such.with(derived.as_sum));
            }
        }
        if !of.things.is_empty()
            && let Some(of_thing) = schema.parts.as_ref().and_then(|parts| of_thing(parts, batch, row))
            && let Some(thing) = of.things.get(&of_thing.thing)
        {
            by.sum = if of_thing.is_sum { thing.sums.with(thing.parts) } else { thing.sums };
        }
        if !of.intervals.is_empty()
            && let Some((key, from, until)) =
                schema.series.as_ref().and_then(|series| interval(series, batch, row))
        {
            by.sum.add(of.intervals.get(&key).map(|all| all.over(from, until)).unwrap_or_default());
        }
        by
    }

    /// Whether a row is withheld.
    pub fn contains(&mut self, row: usize) -> bool {
        !self.by(row).all().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::withheld_rule::{MOST_WITHHELD, RuleId};
    use mesinfos_model::category::{bank, energy, purchases};
    use mesinfos_model::{BatchBuilder, Cell, Digest};

    fn rules(category: Category, what: impl IntoIterator<Item = Withheld>) -> Vec<WithheldRule> {
        let rule = |what| WithheldRule {
            version: 1,
            id: RuleId([0; 16]),
            category,
            what,
            at: 0,
            imports: Vec::new(),
        };
        what.into_iter().map(rule).collect()
    }

    fn batch(category: Category, rows: &[&[(usize, Cell<'_>)]]) -> Batch {
        let mut batch = BatchBuilder::new(category);
        for (at, row) in (1_u64..).zip(rows) {
            let position = mesinfos_model::Position { member: 0, ordinal: at }.packed();
            let place = (category.schema().position(), position.into());
            batch.push(&[row, &[place][..]].concat());
        }
        batch.finish()
    }

    fn payment<'a>(holder: Option<&'a str>, label: &'a str, amount: i64) -> [(usize, Cell<'a>); 4] {
        [
            (bank::HOLDER, holder.into()),
            (bank::LABEL, label.into()),
            (bank::AMOUNT, amount.into()),
            (bank::BALANCE, 500_i64.into()),
        ]
    }

    #[test]
    fn rows_are_withheld_by_what_they_are() {
        let batch = batch(
            Category::Bank,
            &[
                &payment(Some("A"), "CARTE PHARMACIE  DU PORT", -1),
                &payment(Some("A"), "Pharmacie du Porté", -2),
                &payment(Some("B"), "boulangerie", -3),
                &payment(None, "boulangerie", -4),
            ],
        );
        let of = |what: Withheld| -> Vec<i64> {
            let withheld = WithheldRows::of_rules(Category::Bank, &rules(Category::Bank, [what]));
            let kept = withheld.sifted(&batch, 3, FieldSet::stored(Category::Bank)).unwrap();
            assert!(
                (0..kept.rows()).all(|row| kept.integer(bank::BALANCE, row).is_none()),
                "it reveals rows"
            );
            (0..kept.rows()).filter_map(|row| kept.integer(bank::AMOUNT, row)).collect()
        };
        let words = |text: &str| Withheld::Words(text.to_owned());
        assert_eq!(of(words("pharmacie du port")), [-3, -4]);
        assert_eq!(of(words("PHARMACIE DU PORTÉ")), [-1, -3, -4]);
        assert_eq!(of(Withheld::Holder(Some("B".to_owned()))), [-1, -2, -4]);
        assert_eq!(of(Withheld::Holder(None)), [-1, -2, -3]);
        let row = |row: Option<RowId>, content: [u8; 32], identities: Vec<Digest>| Withheld::Row {
            row,
            content: Digest(content),
            identities,
        };
        assert_eq!(of(row(Some(row_id(&batch, 1, 3)), [0; 32], Vec::new())), [-1, -3, -4]);
        assert_eq!(
            of(row(Some(row_id(&batch, 1, 4)), [0; 32], Vec::new())),
            [-1, -2, -3, -4],
            "of another import"
        );
        // Another version of it: of other values, under the same identity.
        assert_eq!(of(row(None, [0; 32], vec![Digest(identity_of(&batch, 2))])), [-1, -2, -4]);
        let same = row(None, content(&batch, 2), Vec::new());
        assert_eq!(of(same.clone()), [-1, -2, -4]);
        let only = WithheldRows::of_rules(Category::Bank, &rules(Category::Bank, [same]));
        let only = only.sifted(&batch, 3, FieldSet::NONE.with(bank::AMOUNT)).unwrap();
        assert_eq!((only.text(bank::LABEL, 0), only.integer(bank::AMOUNT, 0)), (None, Some(-1)));
    }

    #[test]
    fn words_also_find_the_number_of_an_account() {
        let of = |account: &'static str| {
            batch(Category::Bank, &[&[(bank::ACCOUNT, account.into()), (bank::AMOUNT, 3_i64.into())]])
        };
        let is_found = |account: &'static str, words: &str| {
            let rules = rules(Category::Bank, [Withheld::Words(words.to_owned())]);
            WithheldRows::of_rules(Category::Bank, &rules).contains(&of(account), 0, 1)
        };
        assert!(is_found("FR7630004000031234567890143", "FR76 3000 4000 0312 3456 7890 143"));
        assert!(
            is_found("****0143", "fr7630004000031234567890143")
                && !is_found("****0144", "fr7630004000031234567890143")
        );
    }

    /// The rules of a batch as if it were all there is.
    fn derived(category: Category, batch: &Batch, own: &[usize], pairs: &[(usize, usize)]) -> Vec<usize> {
        let ids = |at: usize| row_id(batch, at, 1);
        let what = own.iter().map(|row| Withheld::Row {
            row: Some(ids(*row)),
            content: Digest([9; 32]),
            identities: Vec::new(),
        });
        let mut withheld = WithheldRows::of_rules(category, &rules(category, what));
        let pairs: Vec<(RowId, RowId)> = pairs.iter().map(|(one, other)| (ids(*one), ids(*other))).collect();
        let all: BTreeSet<RowId> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let mut found = Found { ids: &all, nodes: HashMap::new(), things: HashMap::new() };
        let mut intervals: HashMap<Hash, Intervals> = HashMap::new();
        let mut seen = withheld.in_batch(batch, 1);
        for row in 0..batch.rows() {
            let own = seen.own(row);
            found.see(batch, row, 1, own);
            let series = category.schema().series.as_ref().filter(|_| !own.is_empty());
            if let Some((of, from, until)) = series.and_then(|series| interval(series, batch, row)) {
                intervals.entry(of).or_default().all.push((from, until, own));
            }
        }
        let (nodes, things) = found.settled(&pairs);
        intervals.values_mut().for_each(Intervals::settle);
        (withheld.things, withheld.intervals) = (things, intervals);
        withheld.set_alike(nodes);
        let mut seen = withheld.in_batch(batch, 1);
        (0..batch.rows()).filter(|row| seen.contains(*row)).collect()
    }

    #[test]
    fn what_would_tell_a_row_with_those_that_are_left_is_withheld_too() {
        use purchases::row;
        let of = |receipt: &'static str, kind: i64, amount: i64| {
            [
                (purchases::RECEIPT, receipt.into()),
                (purchases::ROW, kind.into()),
                (purchases::AMOUNT, amount.into()),
            ]
        };
        let batch = batch(
            Category::Purchases,
            &[
                &of("a", row::RECEIPT, 6),
                &of("a", row::LINE, 1),
                &of("a", row::LINE, 2),
                &of("a", row::LINE, 3),
                &of("b", row::RECEIPT, 6),
                &of("b", row::LINE, 3),
                &of("", row::LINE, 3),
                &of("", row::RECEIPT, 3),
            ],
        );
        let withheld =
            |own: &[usize], pairs: &[(usize, usize)]| derived(Category::Purchases, &batch, own, pairs);
        assert_eq!(withheld(&[1], &[]), [0, 1], "a line: the receipt");
        assert_eq!(withheld(&[0], &[]), [0, 1, 2, 3], "the receipt: all lines");
        assert_eq!(withheld(&[6], &[]), [6], "of no receipt");
        // Probably the same line of another export: its receipt too, and what is probably the same as that one.
        assert_eq!(withheld(&[3], &[(5, 3)]), [0, 3, 4, 5]);
        assert_eq!(withheld(&[2], &[(4, 0)]), [0, 2, 4], "a sum is passed on as a sum");
        assert_eq!(withheld(&[0], &[(4, 0)]), [0, 1, 2, 3, 4, 5]);
        assert_eq!(withheld(&[1], &[(1, 5), (5, 6)]), [0, 1, 4, 5, 6], "from row to row");
        assert!(withheld(&[], &[(1, 5)]).is_empty());
    }

    #[test]
    fn a_reading_is_withheld_with_those_of_the_same_time() {
        let of = |meter: &'static str, start: i64, duration: i64| {
            [
                (energy::METER, meter.into()),
                (energy::START, start.into()),
                (energy::DURATION, duration.into()),
            ]
        };
        let batch = batch(
            Category::Energy,
            &[
                &of("m", 0, 100),
                &of("m", 0, 10),
                &of("m", 10, 10),
                &of("m", 20, 10),
                &of("m", 0, 1000),
                &of("n", 10, 10),
                &of("m", 100, 100),
                // As another holder gives the meter, without its commodity.
                &[&of("m", 15, 3)[..], &[(energy::HOLDER, "other".into())]].concat(),
            ],
        );
        let withheld = |own: &[usize]| derived(Category::Energy, &batch, own, &[]);
        assert_eq!(withheld(&[2]), [0, 2, 4, 7], "its day and its month");
        assert_eq!(withheld(&[0]), [0, 1, 2, 3, 4, 7], "all of a day");
        assert_eq!(withheld(&[5]), [5]);
        assert_eq!(withheld(&[1, 3]), [0, 1, 3, 4]);
    }

    /// Whatever row is withheld: neither a sum of rows that are left nor a difference of them tells it.
    #[test]
    fn no_difference_of_rows_that_are_left_tells_a_withheld_one() {
        let mut looked_at = 0;
        for &category in Category::ALL {
            let schema = category.schema();
            let Some(parts) = schema.parts.as_ref() else { continue };
            let money = schema.fields.iter().position(|field| field.unit == mesinfos_model::Unit::MinorUnits);
            let money = money.unwrap();
            // One thing: each row that tells the sum, and three parts that are told apart by any sum of some of them.
            let amounts = [100_i64, 1_000, 10_000];
            let total = amounts.iter().sum::<i64>();
            let row = |kind: i64, amount: i64| {
                vec![(parts.of, Cell::from("thing")), (parts.kind, kind.into()), (money, amount.into())]
            };
            let mut all: Vec<Vec<(usize, Cell<'_>)>> =
                parts.sums.iter().map(|kind| row(*kind, total)).collect();
            for part in parts.parts {
                all.extend(amounts.iter().map(|amount| row(*part, *amount)));
            }
            // Parts of another kind have the same sum.
            let all: Vec<&[(usize, Cell<'_>)]> = all.iter().map(Vec::as_slice).collect();
            let batch = batch(category, &all);
            for own in 0..batch.rows() {
                let withheld = derived(category, &batch, &[own], &[]);
                let amount = |row: &usize| batch.integer(money, *row).unwrap();
                let kind = |row: &usize| batch.integer(parts.kind, *row);
                let left: Vec<usize> = (0..batch.rows()).filter(|row| !withheld.contains(row)).collect();
                assert!(withheld.contains(&own));
                let hidden = amount(&own);
                // Rows of the same kind as the withheld one, or those that tell its sum: all their sums and differences.
                let of_kind = |row: &&usize| {
                    kind(row) == kind(&own)
                        || batch.integer(parts.kind, **row).is_some_and(|of| parts.sums.contains(&of))
                };
                let near: Vec<i64> = left.iter().filter(of_kind).map(amount).collect();
                // Each row is taken away, left out or added.
                for signs in 0..3_usize.pow(u32::try_from(near.len()).unwrap()) {
                    let mut left = signs;
                    let mut sum = 0;
                    for amount in &near {
                        sum += amount * [-1, 0, 1][left % 3];
                        left /= 3;
                    }
                    assert_ne!(sum.abs(), hidden, "{category} row {own}: {near:?}");
                }
                looked_at += 1;
            }
        }
        assert!(looked_at > 20, "{looked_at}");
    }

    #[test]
    fn the_last_rule_is_as_good_as_the_first() {
        let texts = (0..MOST_WITHHELD).map(|n| Withheld::Words(format!("mot{n:03}")));
        let rules = rules(Category::Bank, texts);
        let withheld = WithheldRows::of_rules(Category::Bank, &rules);
        let last = format!("x mot{:03}", MOST_WITHHELD - 1);
        let batch = batch(
            Category::Bank,
            &[&payment(None, "a MOT000", 1), &payment(None, &last, 2), &payment(None, "mot", 3)],
        );
        let mut seen = withheld.in_batch(&batch, 1);
        let of = |row: usize, seen: &mut InBatch<'_>| {
            seen.by(row).each().map(|(rule, _)| rule).collect::<Vec<_>>()
        };
        assert_eq!((of(0, &mut seen), of(1, &mut seen)), (vec![0], vec![MOST_WITHHELD - 1]));
        assert!(of(2, &mut seen).is_empty());
    }
}
