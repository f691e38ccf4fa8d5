//! What an import does with each row of its file: whether it is new, known, or another version of a stored row.
//!
//! A version has either the identity of the stored row and other values, or another identity and a name in common with a
//! stored row that the file lacks ([`mesinfos_model::category::Revision`]).

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Compared, Flags, Gathered, Importing, New};
use crate::identity::{content, fingerprint, firmness, identity_fields, identity_of, names_of, row_id};
use crate::ids::Link;
use crate::index;
use crate::known::{Kind, Known, StoredRow, Verdict};
use crate::lacking::{self, Beyond, Covered, Wanted, lacking};
use crate::opened::{OpenOptions, open};
use crate::records::{ChunkIndexEntry, Indexed};
use crate::superseded::{Replaced, Replacement, Superseded};
use mesinfos_model::category::{Name, Revision, Within};
use mesinfos_model::{Batch, Category, Digest, RowId, RowSet};
use mesinfos_store::ChunkId;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Largest number of new rows of a category whose names are compared. In a file with more, no row is another version by
/// its name.
const MOST_NAMED: usize = 200_000;

/// Pairs of one name that are compared: very many rows of one name are not told apart.
const MOST_PAIRS: usize = 500;

/// What is done with the rows of a month.
pub(crate) struct Chosen {
    /// Rows to store: new ones, and other versions.
    pub(crate) new: New,
    /// Those of them that replace a stored row; `None` if none does.
    versions: Option<Flags>,
    /// Number of rows that are not stored because a later or a firmer version is.
    older: usize,
    /// Rows that another file of the archive has too: they are neither stored nor held.
    repeats: Option<Flags>,
}

impl Chosen {
    pub(crate) fn stored(&self, gathered: &Gathered) -> usize {
        match &self.new {
            New::All => gathered.count,
            New::Some(flags) => flags.count,
        }
    }

    pub(crate) fn versions(&self) -> usize {
        self.versions.as_ref().map_or(0, |flags| flags.count)
    }

    pub(crate) fn is_version(&self, row: usize) -> bool {
        self.versions.as_ref().is_some_and(|flags| flags.is(row))
    }

    pub(crate) fn is_repeat(&self, row: usize) -> bool {
        self.repeats.as_ref().is_some_and(|flags| flags.is(row))
    }

    pub(crate) fn older(&self) -> usize {
        self.older
    }

    /// Stores a row in place of a stored one.
    pub(crate) fn put_in_place(&mut self, row: usize, rows: usize) {
        if let New::Some(flags) = &mut self.new
            && !flags.is(row)
        {
            flags.set(row);
        }
        self.set_version(row, rows);
    }

    fn set_version(&mut self, row: usize, rows: usize) {
        self.versions.get_or_insert_with(|| Flags::none(rows)).set(row);
    }

    /// Does not store a row.
    pub(crate) fn drop(&mut self, row: usize, rows: usize) {
        if matches!(self.new, New::All) {
            let mut all = Flags::none(rows);
            (0..rows).for_each(|row| all.set(row));
            self.new = New::Some(all);
        }
        if let New::Some(flags) = &mut self.new {
            flags.unset(row);
        }
    }
}

/// Rows of a stored chunk that are replaced.
pub(crate) struct ReplacedIn {
    pub(crate) entry: ChunkIndexEntry,
    pub(crate) rows: Replaced,
}

/// What an import does, by month.
pub(crate) struct Selection {
    pub(crate) months: BTreeMap<(Category, i32), Chosen>,
    pub(crate) replaced: BTreeMap<(Category, i32), BTreeMap<ChunkId, ReplacedIn>>,
    /// Changes of the file ([`Importing::carried`]) that are stored with the import, by their index.
    pub(crate) carried: BTreeSet<usize>,
}

impl Selection {
    pub(crate) fn is_replaced(&self, month: (Category, i32), chunk: ChunkId, row: usize) -> bool {
        let of = self.replaced.get(&month).and_then(|chunks| chunks.get(&chunk));
        of.zip(u32::try_from(row).ok()).is_some_and(|(of, row)| of.rows.contains_key(&row))
    }

    pub(crate) fn replace(
        &mut self,
        month: (Category, i32),
        (indexed, row): (&Indexed, u32),
        by: (i32, usize),
        is_renamed: bool,
    ) {
        let chunks = self.replaced.entry(month).or_default();
        let of = chunks
            .entry(indexed.chunk)
            .or_insert_with(|| ReplacedIn { entry: indexed.entry.clone(), rows: Replaced::new() });
        of.rows.insert(row, Replacement { is_renamed, by });
    }
}

impl Importing {
    /// Compares the rows of the file with those stored as of sequence number `as_of`.
    pub(crate) fn select(&self, as_of: u64, compared: &Compared) -> Result<Selection> {
        let mut opener = Opener::new()?;
        let mut kept = index::chunks_of_months(self.vault(), self.months().map(|(month, _)| month), as_of)?;
        // Of several rows that cannot be told apart, the oldest is replaced.
        for chunks in kept.values_mut() {
            chunks.sort_by_key(|indexed| (indexed.entry.seq, indexed.entry.number, indexed.chunk));
        }
        let plan = Plan::new(Bodies::default(), kept.values().flatten());
        let mut selection =
            Selection { months: BTreeMap::new(), replaced: BTreeMap::new(), carried: BTreeSet::new() };
        let categories: BTreeSet<Category> = self.months().map(|((category, _), _)| category).collect();
        for category in categories {
            let earlier = self.vault().superseded(category)?;
            for (month, gathered) in self.months().filter(|((of, _), _)| *of == category) {
                let kept = kept.get(&month).map_or(&[][..], Vec::as_slice);
                let stored = (kept, &earlier[..], &plan);
                let (chosen, versions) = self.judged(month, gathered, stored, compared, &mut opener)?;
                for (own, (chunk, row)) in versions {
                    if let Some(indexed) = kept.get(chunk as usize) {
                        selection.replace(month, (indexed, row), (month.1, own), false);
                    }
                }
                selection.months.insert(month, chosen);
            }
            let has_names = !category.schema().revision.names.is_empty();
            if has_names && (compared.stored.contains(&category) || !compared.amended.is_empty(category)) {
                self.name_versions(category, as_of, compared, &mut selection, &mut opener)?;
            }
        }
        self.select_carried(as_of, compared, &mut selection, &mut opener)?;
        Ok(selection)
    }

    /// Judges the rows of a month by their identities. Returns the rows that are other versions, too, each with the stored
    /// row.
    fn judged(
        &self,
        (category, month): (Category, i32),
        gathered: &Gathered,
        (kept, earlier, plan): (&[Indexed], &[Superseded], &Plan),
        Compared { amended, in_file, .. }: &Compared,
        opener: &mut Opener,
    ) -> Result<(Chosen, Vec<(usize, StoredRow)>)> {
        let of_month = || earlier.iter().filter(|of| of.month == month);
        let is_multiset = Known::is_multiset(category);
        let is_empty = kept.is_empty() && amended.is_empty(category) && of_month().next().is_none();
        let may_repeat = is_multiset && self.may_repeat(gathered);
        if is_empty && is_multiset && !may_repeat {
            return Ok((Chosen { new: New::All, versions: None, older: 0, repeats: None }, Vec::new()));
        }
        // In a set, a row may also duplicate an earlier row of the same file, and in a multiset one of another file of the
        // archive, so the file's own rows count too.
        let own = if is_multiset && !may_repeat { 0 } else { gathered.count as u64 };
        let stored = kept.iter().chain(of_month().map(|of| &of.indexed)).map(|indexed| indexed.entry.rows);
        let passes = (stored.sum::<u64>() + own).div_ceil(self.bounds.known).max(1);
        let mut new = Flags::none(gathered.count);
        let mut versions = Flags::none(gathered.count);
        let mut repeats = Flags::none(if may_repeat { gathered.count } else { 0 });
        let (mut replaced, mut older) = (Vec::new(), 0);
        let (gone, not) = amended.of(category, month, in_file);
        let corrected: HashSet<Digest> =
            amended.corrected(category).map(|(corrected, _)| corrected).collect();
        for pass in 0..passes {
            let mut known = Known::begin(category, pass, passes);
            let wanted = Known::columns(category);
            let of = if corrected.is_empty() {
                OpenOptions { wanted, ..OpenOptions::all(category) }
            } else {
                OpenOptions::all(category)
            };
            for (number, indexed) in (0_u32..).zip(kept) {
                let batch = open(self.vault(), (category, month), indexed, &of, plan, opener)?;
                let is_corrected = |row| corrected.contains(&Digest(fingerprint(&batch, row)));
                known.keep(&batch, number, |row| {
                    if !corrected.is_empty() && is_corrected(row) { Kind::Corrected } else { Kind::Given }
                });
            }
            for of in of_month() {
                let batch = self.vault().open_superseded(of, opener)?;
                if of.is_renamed {
                    let of = |row| (identity_of(&batch, row), Some(content(&batch, row)));
                    known.keep_gone(&(0..batch.rows()).map(of).collect::<Vec<_>>());
                } else {
                    known.keep(&batch, u32::MAX, |_| Kind::Earlier);
                }
            }
            known.forget_ids(&not);
            known.keep_gone(&gone);
            if may_repeat {
                self.mark_repeats((category, month), gathered, (pass, passes), opener, &mut repeats)?;
            }
            let mut take = |row, verdict| match verdict {
                Verdict::Known => {}
                Verdict::Older => older += 1,
                Verdict::New => new.set(row),
                Verdict::Version(stored) => {
                    new.set(row);
                    versions.set(row);
                    replaced.push((row, stored));
                }
            };
            self.each((category, month), gathered, opener, &mut |before, rows| {
                for row in (0..rows.rows()).filter(|row| !may_repeat || !repeats.is(before + row)) {
                    if let Some(verdict) = known.take(rows, row, before + row) {
                        take(before + row, verdict);
                    }
                }
                Ok(())
            })?;
            known.settle(take);
        }
        let new = if new.count == gathered.count { New::All } else { New::Some(new) };
        let versions = (versions.count > 0).then_some(versions);
        let repeats = (repeats.count > 0).then_some(repeats);
        Ok((Chosen { new, versions, older, repeats }, replaced))
    }

    /// Finds new rows of a category that have a name in common with a stored row which the file lacks.
    fn name_versions(
        &self,
        category: Category,
        as_of: u64,
        compared: &Compared,
        selection: &mut Selection,
        opener: &mut Opener,
    ) -> Result<()> {
        let Some(new) = self.named(category, selection, opener)? else { return Ok(()) };
        let names: HashSet<[u8; 32]> =
            new.rows.iter().flat_map(|named| named.names.into_iter().flatten()).collect();
        let is = |batch: &Batch, row: usize| {
            names_of(batch, row).into_iter().flatten().any(|name| names.contains(&name))
        };
        let rules = category.schema().revision.names;
        let is_always = rules.iter().any(|name| name.within == Within::Always);
        let has_announced = new.rows.iter().any(|named| named.firmness == 0);
        let is_beyond = |batch: &Batch, row: usize| is_always || has_announced || firmness(batch, row) == 0;
        let beyond = match category.schema().revision.firmness {
            _ if is_always => Beyond::All,
            Some(_) => Beyond::Beside,
            None => Beyond::None,
        };
        let mut old: Vec<Named<(i32, usize, u32)>> = Vec::new();
        let mut chunks: Vec<Indexed> = Vec::new();
        let wanted = Wanted { category, is: &is, is_beyond: &is_beyond, beyond };
        lacking(self, compared, as_of, &wanted, &mut |found| {
            let Ok(row) = u32::try_from(found.row) else { return };
            let month = (category, found.month);
            if found.is_corrected || selection.is_replaced(month, found.indexed.chunk, found.row) {
                return;
            }
            if chunks.last().is_none_or(|last| last.chunk != found.indexed.chunk) {
                chunks.push(Indexed { chunk: found.indexed.chunk, entry: found.indexed.entry.clone() });
            }
            let at = (found.month, chunks.len() - 1, row);
            old.extend(Named::of(found.batch, found.row, at, found.covered, &new.hasher));
        })?;
        let mut is_taken = Flags::none(new.rows.len());
        for (one, other) in versions(rules, category, &new.rows, &old) {
            is_taken.set(one);
            let (own, stored) = (&new.rows[one], &old[other]);
            let Some((chosen, rows)) = self.chosen(selection, category, own.at.0) else { continue };
            // A row that only lacks values of the stored one says nothing new.
            let mut both = own.identity.iter().zip(&stored.identity);
            let is_new =
                own.firmness > stored.firmness || both.any(|(own, stored)| *own != 0 && own != stored);
            if own.firmness < stored.firmness {
                chosen.drop(own.at.1, rows);
                chosen.older += 1;
            } else if !is_new {
                chosen.drop(own.at.1, rows);
            } else {
                chosen.set_version(own.at.1, rows);
                let (month, chunk, row) = stored.at;
                selection.replace((category, month), (&chunks[chunk], row), own.at, true);
            }
        }
        // A later version of a row that the person changed is not stored beside it.
        let mut changed: HashMap<Digest, Vec<usize>> = HashMap::new();
        let amended = compared.amended.names(category, &compared.in_file);
        for (number, (names, _)) in amended.iter().enumerate() {
            names.iter().for_each(|name| changed.entry(*name).or_default().push(number));
        }
        let mut is_used = Flags::none(amended.len());
        for (at, own) in new.rows.iter().enumerate() {
            if is_taken.is(at) {
                continue;
            }
            let free = |(name, rule): (&Option<[u8; 32]>, &Name)| {
                let of = changed.get(&Digest((*name)?))?.iter().copied();
                // Under a reference that each month has, only what is near is the same.
                let is_it = |number: &usize| {
                    rule.within == Within::Always || is_near(category, own.time, amended[*number].1)
                };
                of.filter(|number| !is_used.is(*number)).find(is_it)
            };
            let Some(number) = own.names.iter().zip(rules).find_map(free) else { continue };
            is_used.set(number);
            if let Some((chosen, rows)) = self.chosen(selection, category, own.at.0) {
                chosen.drop(own.at.1, rows);
            }
        }
        Ok(())
    }

    pub(crate) fn chosen<'s>(
        &self,
        selection: &'s mut Selection,
        category: Category,
        month: i32,
    ) -> Option<(&'s mut Chosen, usize)> {
        let (_, gathered) = self.months().find(|(of, _)| *of == (category, month))?;
        Some((selection.months.get_mut(&(category, month))?, gathered.count))
    }

    /// New rows of a category that have a name; `None` if there are none, or too many.
    fn named(
        &self,
        category: Category,
        selection: &Selection,
        opener: &mut Opener,
    ) -> Result<Option<NewNamed>> {
        let own = || self.months().filter(|((of, _), _)| *of == category);
        let new = own().map(|(month, gathered)| {
            selection.months.get(&month).map_or(0, |chosen| chosen.stored(gathered) - chosen.versions())
        });
        if new.sum::<usize>() > MOST_NAMED {
            return Ok(None);
        }
        let (mut rows, hasher) = (Vec::new(), RandomState::new());
        let days = lacking::days(self, category);
        for (month, gathered) in own() {
            let Some(chosen) = selection.months.get(&month) else { continue };
            if chosen.stored(gathered) == 0 {
                continue;
            }
            self.each(month, gathered, opener, &mut |before, batch| {
                let of = (0..batch.rows())
                    .filter(|row| chosen.new.is(before + row) && !chosen.is_version(before + row));
                rows.extend(of.filter_map(|row| {
                    let covered = Covered::of(batch.day(row), days);
                    Named::of(batch, row, (month.1, before + row), covered, &hasher)
                }));
                Ok(())
            })?;
        }
        Ok((!rows.is_empty()).then_some(NewNamed { rows, hasher }))
    }

    /// Rows of `watched` that are replaced, each with the row of the import `by` that replaces it.
    pub(crate) fn links(
        &self,
        selection: &Selection,
        watched: &BTreeMap<Category, RowSet>,
        by: u64,
    ) -> Result<Vec<Link>> {
        let mut opener = Opener::new()?;
        let mut wanted: BTreeMap<(Category, i32), BTreeMap<usize, RowId>> = BTreeMap::new();
        for (&(category, month), chunks) in &selection.replaced {
            let Some(watched) = watched.get(&category) else { continue };
            for (&chunk, of) in
                chunks.iter().filter(|(_, of)| watched.iter().any(|row| row.import == of.entry.seq))
            {
                let indexed = Indexed { chunk, entry: of.entry.clone() };
                let plan = Plan::new(Bodies::default(), std::iter::once(&indexed));
                let all = OpenOptions::all(category);
                let batch = open(self.vault(), (category, month), &indexed, &all, &plan, &mut opener)?;
                for (&row, &Replacement { by: (own_month, own), .. }) in &of.rows {
                    let id = row_id(&batch, row as usize, of.entry.seq);
                    if watched.contains(&id) {
                        wanted.entry((category, own_month)).or_default().insert(own, id);
                    }
                }
            }
        }
        let mut links = Vec::new();
        for (month, gathered) in self.months() {
            let Some(wanted) = wanted.get(&month) else { continue };
            self.each(month, gathered, &mut opener, &mut |before, batch| {
                for (own, old) in wanted.range(before..before + batch.rows()) {
                    links.push((month.0, *old, row_id(batch, own - before, by)));
                }
                Ok(())
            })?;
        }
        Ok(links)
    }
}

/// The new rows of a category that have a name.
struct NewNamed {
    rows: Vec<Named<(i32, usize)>>,
    hasher: RandomState,
}

/// A row with a name.
struct Named<At> {
    at: At,
    names: [Option<[u8; 32]>; Revision::MOST_NAMES],
    /// Hashes of the fields of its identity.
    identity: Vec<u64>,
    time: Option<i64>,
    firmness: u8,
    covered: Covered,
}

impl<At> Named<At> {
    /// A row; `None` if it has no name.
    fn of(batch: &Batch, row: usize, at: At, covered: Covered, hasher: &RandomState) -> Option<Named<At>> {
        let names = names_of(batch, row);
        let is_named = names.iter().any(Option::is_some);
        is_named.then(|| Named {
            at,
            names,
            identity: identity_fields(batch, row, hasher),
            time: batch.time(row),
            firmness: firmness(batch, row),
            covered,
        })
    }
}

/// Whether a stored row may be a version of a new one under a name.
fn may_be<A, B>(rule: &Name, category: Category, new: &Named<A>, old: &Named<B>) -> bool {
    match rule.within {
        Within::Always => true,
        // What was announced is booked some days later; under a reference, the next may be announced meanwhile.
        _ if (old.firmness == 0) != (new.firmness == 0) => is_near(category, new.time, old.time),
        Within::Days => old.covered >= Covered::Edge,
        Within::InnerDays => old.covered == Covered::Inner,
    }
}

/// Whether two times are as near as those of an announcement and its booking.
fn is_near(category: Category, one: Option<i64>, other: Option<i64>) -> bool {
    let most = category.schema().alike.map_or(0, |alike| alike.within.unsigned_abs());
    one.zip(other).is_some_and(|(one, other)| one.abs_diff(other) <= most)
}

/// New rows with the stored rows of which they are versions, by index: each at most once, the nearest in time first.
fn versions<A, B>(
    rules: &[Name],
    category: Category,
    new: &[Named<A>],
    old: &[Named<B>],
) -> Vec<(usize, usize)> {
    let (mut is_new, mut is_old) = (Flags::none(new.len()), Flags::none(old.len()));
    let mut found = Vec::new();
    for (name, rule) in rules.iter().enumerate() {
        let mut by_name: HashMap<[u8; 32], Vec<usize>> = HashMap::new();
        for (at, named) in old.iter().enumerate().filter(|(at, _)| !is_old.is(*at)) {
            if let Some(name) = named.names[name] {
                by_name.entry(name).or_default().push(at);
            }
        }
        let mut all: Vec<(u64, usize, usize)> = Vec::new();
        for (at, named) in new.iter().enumerate().filter(|(at, _)| !is_new.is(*at)) {
            let of = named.names[name].and_then(|name| by_name.get(&name));
            let of = of.map_or(&[][..], Vec::as_slice).iter().take(MOST_PAIRS);
            for &other in of.filter(|other| may_be(rule, category, named, &old[**other])) {
                let times = named.time.zip(old[other].time);
                all.push((times.map_or(0, |(one, other)| one.abs_diff(other)), at, other));
            }
            if all.len() > MOST_PAIRS * MOST_PAIRS {
                break;
            }
        }
        all.sort_unstable();
        for (_, one, other) in all {
            if !is_new.is(one) && !is_old.is(other) {
                is_new.set(one);
                is_old.set(other);
                found.push((one, other));
            }
        }
    }
    found
}
