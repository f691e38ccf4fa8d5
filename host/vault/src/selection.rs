//! What an import does with each row of its file: whether it is new, known, or another version of a stored row.
//!
//! A version has either the identity of the stored row and other values, or another identity and a name in common with a
//! stored row that the file lacks ([`mesinfos_model::category::Revision`]).

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Compared, Flags, Gathered, Importing, New};
use crate::identity::{fingerprint, identity_of, names_of};
use crate::known::{Kind, Known, StoredRow, Verdict, is_provisional};
use crate::lacking::{Wanted, lacking};
use crate::opened::{OpenOptions, open};
use crate::reader;
use crate::records::{ChunkIndexEntry, Indexed};
use crate::superseded::{Replaced, Superseded};
use mesinfos_model::category::Revision;
use mesinfos_model::{Batch, Category, Digest};
use mesinfos_store::ChunkId;
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

    fn set_version(&mut self, row: usize, rows: usize) {
        self.versions.get_or_insert_with(|| Flags::none(rows)).set(row);
    }

    /// Does not store a row.
    fn drop(&mut self, row: usize, rows: usize) {
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
}

impl Selection {
    pub(crate) fn is_replaced(&self, month: (Category, i32), chunk: ChunkId, row: usize) -> bool {
        let of = self.replaced.get(&month).and_then(|chunks| chunks.get(&chunk));
        of.zip(u32::try_from(row).ok()).is_some_and(|(of, row)| of.rows.contains_key(&row))
    }

    fn replace(&mut self, month: (Category, i32), indexed: &Indexed, row: u32, is_renamed: bool) {
        let chunks = self.replaced.entry(month).or_default();
        let of = chunks
            .entry(indexed.chunk)
            .or_insert_with(|| ReplacedIn { entry: indexed.entry.clone(), rows: Replaced::new() });
        of.rows.insert(row, is_renamed);
    }
}

impl Importing {
    /// Compares the rows of the file with those stored as of sequence number `as_of`.
    pub(crate) fn select(&self, as_of: u64, compared: &Compared) -> Result<Selection> {
        let mut opener = Opener::new()?;
        let mut kept = reader::chunks_of_months(self.vault(), self.months().map(|(month, _)| month), as_of)?;
        // Of several rows that cannot be told apart, the oldest is replaced.
        for chunks in kept.values_mut() {
            chunks.sort_by_key(|indexed| (indexed.entry.seq, indexed.entry.number, indexed.chunk));
        }
        let plan = Plan::new(Bodies::default(), kept.values().flatten());
        let mut selection = Selection { months: BTreeMap::new(), replaced: BTreeMap::new() };
        let categories: BTreeSet<Category> = self.months().map(|((category, _), _)| category).collect();
        for category in categories {
            let earlier = self.vault().superseded(category)?;
            for (month, gathered) in self.months().filter(|((of, _), _)| *of == category) {
                let kept = kept.get(&month).map_or(&[][..], Vec::as_slice);
                let stored = (kept, &earlier[..], &plan);
                let (chosen, versions) = self.judged(month, gathered, stored, compared, &mut opener)?;
                for (chunk, row) in versions {
                    if let Some(indexed) = kept.get(chunk as usize) {
                        selection.replace(month, indexed, row, false);
                    }
                }
                selection.months.insert(month, chosen);
            }
            if !category.schema().revision.names.is_empty() {
                self.name_versions(category, as_of, compared, &mut selection, &mut opener)?;
            }
        }
        Ok(selection)
    }

    /// Judges the rows of a month by their identities. Returns the stored rows of which the file has another version, too.
    fn judged(
        &self,
        (category, month): (Category, i32),
        gathered: &Gathered,
        (kept, earlier, plan): (&[Indexed], &[Superseded], &Plan),
        Compared { amended, in_file }: &Compared,
        opener: &mut Opener,
    ) -> Result<(Chosen, Vec<StoredRow>)> {
        let of_month = || earlier.iter().filter(|of| of.month == month);
        let is_multiset = Known::is_multiset(category);
        let is_empty = kept.is_empty() && amended.is_empty(category) && of_month().next().is_none();
        if is_empty && is_multiset {
            return Ok((Chosen { new: New::All, versions: None }, Vec::new()));
        }
        // In a set, a row may also duplicate an earlier row of the same file, so the file's own rows count
        // too.
        let own = if is_multiset { 0 } else { gathered.count as u64 };
        let stored = kept.iter().chain(of_month().map(|of| &of.indexed)).map(|indexed| indexed.entry.rows);
        let passes = (stored.sum::<u64>() + own).div_ceil(self.bounds.known).max(1);
        let mut new = Flags::none(gathered.count);
        let mut versions = Flags::none(gathered.count);
        let mut replaced = Vec::new();
        let (gone, not) = amended.of(category, month, in_file);
        let corrected: HashSet<Digest> =
            amended.corrected(category).map(|(corrected, _)| corrected).collect();
        for pass in 0..passes {
            let mut known = Known::of(category, pass, passes);
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
                    let ids: Vec<_> = (0..batch.rows()).map(|row| identity_of(&batch, row)).collect();
                    known.keep_ids(&ids);
                } else {
                    known.keep(&batch, u32::MAX, |_| Kind::Earlier);
                }
            }
            known.forget_ids(&not);
            known.keep_ids(&gone);
            let mut take = |row, verdict| match verdict {
                Verdict::Known => {}
                Verdict::New => new.set(row),
                Verdict::Version(stored) => {
                    new.set(row);
                    versions.set(row);
                    replaced.push(stored);
                }
            };
            self.each((category, month), gathered, opener, &mut |before, rows| {
                for row in 0..rows.rows() {
                    if let Some(verdict) = known.take(rows, row, before + row) {
                        take(before + row, verdict);
                    }
                }
                Ok(())
            })?;
            known.settle(take);
        }
        let new = if new.count == gathered.count { New::All } else { New::Some(new) };
        Ok((Chosen { new, versions: (versions.count > 0).then_some(versions) }, replaced))
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
        let has_beyond = category.schema().revision.provisional.is_some();
        let is_beyond = |batch: &Batch, row: usize| has_beyond && is_provisional(batch, row);
        let mut new: Vec<Named<(i32, usize)>> = Vec::new();
        for (month, gathered) in self.months().filter(|((of, _), _)| *of == category) {
            let Some(chosen) = selection.months.get(&month) else { continue };
            if chosen.stored(gathered) == 0 {
                continue;
            }
            self.each(month, gathered, opener, &mut |before, batch| {
                let of = (0..batch.rows())
                    .filter(|row| chosen.new.is(before + row) && !chosen.is_version(before + row));
                let room = (MOST_NAMED + 1).saturating_sub(new.len());
                new.extend(of.filter_map(|row| Named::of(batch, row, (month.1, before + row))).take(room));
                Ok(())
            })?;
        }
        if new.is_empty() || new.len() > MOST_NAMED {
            return Ok(());
        }
        let names: HashSet<[u8; 32]> =
            new.iter().flat_map(|named| named.names.into_iter().flatten()).collect();
        let is = |batch: &Batch, row: usize| {
            names_of(batch, row).into_iter().flatten().any(|name| names.contains(&name))
        };
        let mut old: Vec<Named<(i32, usize, u32)>> = Vec::new();
        let mut chunks: Vec<Indexed> = Vec::new();
        let wanted = Wanted { category, is: &is, is_beyond: &is_beyond, has_beyond };
        lacking(self, compared, as_of, &wanted, &mut |found| {
            let Ok(row) = u32::try_from(found.row) else { return };
            if found.is_corrected {
                return;
            }
            if chunks.last().is_none_or(|last| last.chunk != found.indexed.chunk) {
                chunks.push(Indexed { chunk: found.indexed.chunk, entry: found.indexed.entry.clone() });
            }
            if selection.is_replaced((category, found.month), found.indexed.chunk, found.row) {
                return;
            }
            old.extend(Named::of(found.batch, found.row, (found.month, chunks.len() - 1, row)));
        })?;
        for (one, other) in versions(&new, &old) {
            let ((month, row), is_provisional) = (new[one].at, new[one].is_provisional);
            let Some((_, gathered)) = self.months().find(|(of, _)| *of == (category, month)) else {
                continue;
            };
            let (old_month, chunk, old_row) = old[other].at;
            let Some(chosen) = selection.months.get_mut(&(category, month)) else { continue };
            if is_provisional && !old[other].is_provisional {
                // An older version than the stored one.
                chosen.drop(row, gathered.count);
            } else {
                chosen.set_version(row, gathered.count);
                selection.replace((category, old_month), &chunks[chunk], old_row, true);
            }
        }
        Ok(())
    }
}

/// A row with a name.
struct Named<At> {
    at: At,
    names: [Option<[u8; 32]>; Revision::MOST_NAMES],
    time: Option<i64>,
    is_provisional: bool,
}

impl<At> Named<At> {
    /// A row; `None` if it has no name.
    fn of(batch: &Batch, row: usize, at: At) -> Option<Named<At>> {
        let names = names_of(batch, row);
        let is_named = names.iter().any(Option::is_some);
        is_named.then(|| Named {
            at,
            names,
            time: batch.time(row),
            is_provisional: is_provisional(batch, row),
        })
    }
}

/// New rows with the stored rows of which they are versions, by index: each at most once, the nearest in time first.
fn versions<A, B>(new: &[Named<A>], old: &[Named<B>]) -> Vec<(usize, usize)> {
    let (mut is_new, mut is_old) = (Flags::none(new.len()), Flags::none(old.len()));
    let mut found = Vec::new();
    for name in 0..Revision::MOST_NAMES {
        let mut by_name: HashMap<[u8; 32], Vec<usize>> = HashMap::new();
        for (at, named) in old.iter().enumerate().filter(|(at, _)| !is_old.is(*at)) {
            if let Some(name) = named.names[name] {
                by_name.entry(name).or_default().push(at);
            }
        }
        let mut all: Vec<(u64, usize, usize)> = Vec::new();
        for (at, named) in new.iter().enumerate().filter(|(at, _)| !is_new.is(*at)) {
            let of = named.names[name].and_then(|name| by_name.get(&name));
            for &other in of.map_or(&[][..], Vec::as_slice).iter().take(MOST_PAIRS) {
                let distance = match (named.time, old[other].time) {
                    (Some(one), Some(other)) => one.abs_diff(other),
                    _ => 0,
                };
                all.push((distance, at, other));
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
