//! Rows that an import has in common with others: the file had them, and the vault too.
//!
//! They stay sealed, as chunks under a key of their own. No reader of current data sees them. When the import that brought
//! such a row is undone, the row stays as one of the oldest import that holds it.

use crate::amend::{Amendment, SameRow};
use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::Result;
use crate::identity::{content, fingerprint, identity_of, names_of, row_id};
use crate::ids::Link;
use crate::index::{INDEX, index};
use crate::known::Known;
use crate::opened::{OpenOptions, open};
use crate::person::PersonVault;
use crate::records::{self, Indexed};
use mesinfos_model::category::Within;
use mesinfos_model::{Batch, Category, Digest, RowId, RowSet};
use mesinfos_store::{ChunkId, Commit};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Number of the first chunk of held rows of a month: once they are current, they come after the new rows of their import.
pub(crate) const FIRST_HELD: u32 = 1 << 24;

/// An identity, a name, or the hash of all values.
type Key = [u8; 32];

/// A row of the undone import that goes away.
struct Slot {
    id: Key,
    content: Key,
    names: Vec<Key>,
    time: Option<i64>,
    row: RowId,
    has_heir: bool,
}

/// A held row of another import that may stay in place of one that goes away.
struct Heir {
    chunk: usize,
    row: usize,
    id: Key,
    content: Key,
    names: Vec<Key>,
    time: Option<i64>,
    is_taken: bool,
}

/// What a month has for the rows that go away.
struct OfMonth {
    chunks: Vec<(Indexed, Batch)>,
    slots: Vec<Slot>,
    /// Those of the oldest import first.
    heirs: Vec<Heir>,
    by_id: HashMap<Key, Vec<usize>>,
    /// Number of rows of an identity that the other imports hold and of which no row is there.
    need: HashMap<Key, i64>,
    /// Identities of rows that the undone import replaced, with their imports: such a row is back before another one of the
    /// same import takes its place. In a set, of rows that any import replaced.
    returning: HashSet<(Key, u64)>,
    /// Names and identities of rows that are back.
    returned: HashMap<Key, u32>,
    /// Rows that are current now: of the undone import, and the heir.
    promoted: Vec<(RowId, usize)>,
}

/// The held rows that stay when an import is undone.
#[derive(Default)]
pub(crate) struct Heirs {
    months: BTreeMap<(Category, i32), OfMonth>,
    /// Chunks of the held rows of the undone import.
    pub(crate) chunks: Vec<ChunkId>,
}

impl PersonVault {
    /// The chunks of held rows of a category.
    pub(crate) fn held(&self, category: Category) -> Result<Vec<(i32, Indexed)>> {
        index(self, &records::held_of_category(self.id(), category), |_| true)
    }

    /// Opens one chunk of rows.
    pub(crate) fn open_alone(
        &self,
        month: (Category, i32),
        indexed: &Indexed,
        opener: &mut Opener,
    ) -> Result<Batch> {
        let plan = Plan::new(Bodies::default(), std::iter::once(indexed));
        open(self, month, indexed, &OpenOptions::all(month.0), &plan, opener)
    }

    /// Adds to a commit that the rows of a chunk are held.
    pub(crate) fn put_held(
        &self,
        (category, month): (Category, i32),
        indexed: &Indexed,
        commit: &mut Commit,
    ) -> Result<()> {
        let key = records::held_chunk(self.id(), category, month, indexed.chunk);
        commit.put(key.clone(), self.records().seal(INDEX, &key, &indexed.entry)?);
        commit.name(indexed.chunk);
        Ok(())
    }

    /// Adds to the commit that deletes a row the end of its copies in other imports, one of each.
    pub(crate) fn forget_held(
        &self,
        category: Category,
        identities: &BTreeSet<Digest>,
        commit: &mut Commit,
    ) -> Result<()> {
        let mut opener = Opener::new()?;
        let mut gone: HashSet<(u64, Digest)> = HashSet::new();
        for (month, indexed) in self.held(category)? {
            let batch = self.open_alone((category, month), &indexed, &mut opener)?;
            let mut kept = Vec::new();
            for row in 0..batch.rows() {
                let id = Digest(identity_of(&batch, row));
                if !identities.contains(&id) || !gone.insert((indexed.entry.seq, id)) {
                    kept.push(row);
                }
            }
            if kept.len() < batch.rows() {
                self.keep_held((category, month), &indexed, &batch, &kept, commit)?;
            }
        }
        Ok(())
    }

    /// Keeps only some rows of a chunk of held rows.
    fn keep_held(
        &self,
        (category, month): (Category, i32),
        indexed: &Indexed,
        batch: &Batch,
        kept: &[usize],
        commit: &mut Commit,
    ) -> Result<()> {
        commit.delete(records::held_chunk(self.id(), category, month, indexed.chunk));
        if kept.is_empty() {
            return Ok(());
        }
        let rest = self.write_chunk(month, &batch.select(kept), indexed.entry.seq, indexed.entry.number)?;
        self.put_held((category, month), &rest, commit)
    }

    /// The held rows of other imports that may stay when an import is undone. Its own end with the commit.
    pub(crate) fn heirs(&self, import: u64, commit: &mut Commit) -> Result<Heirs> {
        let mut heirs = Heirs::default();
        let mut amendments: Option<Vec<Amendment>> = None;
        let mut opener = Opener::new()?;
        for &category in Category::ALL {
            let mut others: BTreeMap<i32, Vec<Indexed>> = BTreeMap::new();
            for (month, indexed) in self.held(category)? {
                if indexed.entry.seq == import {
                    commit.delete(records::held_chunk(self.id(), category, month, indexed.chunk));
                    heirs.chunks.push(indexed.chunk);
                } else {
                    others.entry(month).or_default().push(indexed);
                }
            }
            if others.is_empty() {
                continue;
            }
            let amendments = match &mut amendments {
                Some(amendments) => amendments,
                none => none.insert(self.listed(false)?),
            };
            let prefix = records::chunks_of_category(self.id(), category);
            let mut current: BTreeMap<i32, Vec<Indexed>> = BTreeMap::new();
            for (month, indexed) in index(self, &prefix, |month| others.contains_key(&month))? {
                current.entry(month).or_default().push(indexed);
            }
            for (month, held) in others {
                let current = current.remove(&month).unwrap_or_default();
                let of = (import, &amendments[..]);
                if let Some(of) = self.heirs_of_month((category, month), of, &current, held, &mut opener)? {
                    heirs.months.insert((category, month), of);
                }
            }
        }
        Ok(heirs)
    }

    fn heirs_of_month(
        &self,
        (category, month): (Category, i32),
        (import, amendments): (u64, &[Amendment]),
        current: &[Indexed],
        mut held: Vec<Indexed>,
        opener: &mut Opener,
    ) -> Result<Option<OfMonth>> {
        let amended = || amendments.iter().filter(|one| one.category == category);
        // A corrected row counts as the holder gave it, and may be in another month now.
        let corrected: HashSet<(u64, Digest)> =
            amended().filter_map(|one| Some((one.row.import, one.now?))).collect();
        let is_corrected = |batch: &Batch, row: usize, of: u64| {
            !corrected.is_empty() && corrected.contains(&(of, Digest(fingerprint(batch, row))))
        };
        let mut slots = Vec::new();
        for indexed in current.iter().filter(|indexed| indexed.entry.seq == import) {
            let batch = self.open_alone((category, month), indexed, opener)?;
            let rows = (0..batch.rows()).filter(|row| !is_corrected(&batch, *row, import));
            slots.extend(rows.map(|row| Slot {
                id: identity_of(&batch, row),
                content: content(&batch, row),
                names: names_of(&batch, row).into_iter().flatten().collect(),
                time: batch.time(row),
                row: row_id(&batch, row, import),
                has_heir: false,
            }));
        }
        let own = amended().filter(|one| one.row.import == import && one.month() == month);
        // A row for which one of its own import stands is kept like the others.
        let is_slot = |one: &&Amendment| one.now.is_some() || one.by == Some(import);
        slots.extend(own.clone().filter(is_slot).map(Amendment::slot));
        let mut ids: HashSet<Key> = slots.iter().map(|slot| slot.id).collect();
        ids.extend(own.filter(|one| one.by.is_some()).map(|one| one.identity().0));
        if ids.is_empty() {
            return Ok(None);
        }
        let names: HashSet<Key> = slots.iter().flat_map(|slot| slot.names.iter().copied()).collect();
        held.sort_by_key(|indexed| (indexed.entry.seq, indexed.entry.number, indexed.chunk));
        let mut chunks = Vec::new();
        for indexed in held {
            let batch = self.open_alone((category, month), &indexed, opener)?;
            let named =
                |row: &usize| names_of(&batch, *row).into_iter().flatten().any(|name| names.contains(&name));
            if !names.is_empty() {
                ids.extend((0..batch.rows()).filter(named).map(|row| identity_of(&batch, row)));
            }
            chunks.push((indexed, batch));
        }
        let mut count = Count { is_set: !Known::is_multiset(category), ..Count::default() };
        let mut heirs = Vec::new();
        for (chunk, (indexed, batch)) in chunks.iter().enumerate() {
            for row in 0..batch.rows() {
                let id = identity_of(batch, row);
                if ids.contains(&id) {
                    count.add(id, indexed.entry.seq, false);
                    heirs.push(Heir {
                        chunk,
                        row,
                        id,
                        content: content(batch, row),
                        names: names_of(batch, row).into_iter().flatten().collect(),
                        time: batch.time(row),
                        is_taken: false,
                    });
                }
            }
        }
        if heirs.is_empty() {
            return Ok(None);
        }
        for indexed in current.iter().filter(|indexed| indexed.entry.seq != import) {
            let batch = self.open_alone((category, month), indexed, opener)?;
            for row in 0..batch.rows() {
                let id = identity_of(&batch, row);
                if ids.contains(&id) && !is_corrected(&batch, row, indexed.entry.seq) {
                    count.add(id, indexed.entry.seq, true);
                }
            }
        }
        for one in amended().filter(|one| one.row.import != import && one.month() == month) {
            if ids.contains(&one.identity().0) {
                count.add(one.identity().0, one.row.import, true);
            }
        }
        let mut returning = HashSet::new();
        for of in self.superseded(category)? {
            if of.month == month && of.indexed.entry.seq != import {
                let batch = self.open_superseded(&of, opener)?;
                let own = (0..batch.rows()).map(|row| identity_of(&batch, row));
                for id in own.filter(|id| ids.contains(id)) {
                    count.add(id, of.indexed.entry.seq, of.is_renamed);
                    // In a set, another version stands for all of an import, which would otherwise replace each other.
                    if of.by == import || count.is_set {
                        returning.insert((id, of.indexed.entry.seq));
                    }
                }
            }
        }
        let mut by_id: HashMap<Key, Vec<usize>> = HashMap::new();
        for (number, heir) in heirs.iter().enumerate() {
            by_id.entry(heir.id).or_default().push(number);
        }
        let (need, returned, promoted) = (count.need(), HashMap::new(), Vec::new());
        Ok(Some(OfMonth { chunks, slots, heirs, by_id, need, returning, returned, promoted }))
    }

    /// Adds the rows that stay to a commit: they leave the held ones. Returns them as current rows by month, import and
    /// number of their chunk, and chunks to delete.
    pub(crate) fn take_held(
        &self,
        category: Category,
        heirs: &Heirs,
        commit: &mut Commit,
        each: &mut dyn FnMut(i32, Indexed, Batch),
    ) -> Result<Vec<ChunkId>> {
        let mut chunks = Vec::new();
        for (&(_, month), of) in heirs.months.iter().filter(|((of, _), _)| *of == category) {
            for (chunk, (indexed, batch)) in of.chunks.iter().enumerate() {
                let own = of.heirs.iter().filter(|heir| heir.chunk == chunk && heir.is_taken);
                let taken: BTreeSet<usize> = own.map(|heir| heir.row).collect();
                if taken.is_empty() {
                    continue;
                }
                let kept: Vec<usize> = (0..batch.rows()).filter(|row| !taken.contains(row)).collect();
                self.keep_held((category, month), indexed, batch, &kept, commit)?;
                chunks.push(indexed.chunk);
                let current = of.promoted.iter().map(|(_, heir)| &of.heirs[*heir]);
                let current: BTreeSet<usize> =
                    current.filter(|heir| heir.chunk == chunk).map(|heir| heir.row).collect();
                if !current.is_empty() {
                    let rows = batch.select(&current.into_iter().collect::<Vec<_>>());
                    let (seq, number) = (indexed.entry.seq, indexed.entry.number);
                    each(month, self.write_chunk(month, &rows, seq, number)?, rows);
                }
            }
        }
        Ok(chunks)
    }
}

/// Rows of each identity, by import.
#[derive(Default)]
struct Count {
    is_set: bool,
    held: HashMap<Key, HashMap<u64, i64>>,
    there: HashMap<Key, i64>,
}

impl Count {
    fn add(&mut self, id: Key, import: u64, is_there: bool) {
        *self.held.entry(id).or_default().entry(import).or_default() += 1;
        if is_there {
            *self.there.entry(id).or_default() += 1;
        }
    }

    fn need(&self) -> HashMap<Key, i64> {
        let most = |of: &HashMap<u64, i64>| {
            let most = of.values().copied().max().unwrap_or(0);
            if self.is_set { most.min(1) } else { most }
        };
        self.held.iter().map(|(id, of)| (*id, most(of) - self.there.get(id).copied().unwrap_or(0))).collect()
    }
}

impl OfMonth {
    fn needs(&self, id: &Key) -> bool {
        self.need.get(id).is_some_and(|need| *need > 0)
    }

    fn heir(&self, id: &Key, is: impl Fn(&Heir) -> bool) -> Option<usize> {
        let of = self.by_id.get(id)?.iter().copied();
        of.filter(|heir| !self.heirs[*heir].is_taken).find(|heir| is(&self.heirs[*heir]))
    }

    fn take(&mut self, heir: usize) {
        self.heirs[heir].is_taken = true;
        if let Some(need) = self.need.get_mut(&self.heirs[heir].id) {
            *need -= 1;
        }
    }

    fn promote(&mut self, slot: usize, heir: usize) {
        self.take(heir);
        self.slots[slot].has_heir = true;
        self.promoted.push((self.slots[slot].row, heir));
    }

    /// Keeps the rows that another import holds with the same values.
    fn keep_equal(&mut self) {
        for slot in 0..self.slots.len() {
            let (id, content) = (self.slots[slot].id, self.slots[slot].content);
            let is_it = |heir: &Heir| {
                let import = self.chunks[heir.chunk].0.entry.seq;
                heir.content == content && !self.returning.contains(&(id, import))
            };
            let heir = self.needs(&id).then(|| self.heir(&id, is_it)).flatten();
            if let Some(heir) = heir {
                self.promote(slot, heir);
            }
        }
    }

    /// Keeps the other rows that another import holds, with other values or under another identity, unless a row is back.
    fn keep_rest(&mut self, category: Category) {
        for slot in 0..self.slots.len() {
            if self.slots[slot].has_heir {
                continue;
            }
            let id = self.slots[slot].id;
            if let Some(heir) = self.needs(&id).then(|| self.heir(&id, |_| true)).flatten() {
                self.promote(slot, heir);
                continue;
            }
            let of = &self.slots[slot];
            let back = std::iter::once(&of.id).chain(&of.names);
            let back = back.copied().find(|key| self.returned.get(key).is_some_and(|count| *count > 0));
            if let Some(count) = back.and_then(|key| self.returned.get_mut(&key)) {
                *count -= 1;
                continue;
            }
            let is_named = |heir: &Heir| {
                let both = heir.names.iter().any(|name| of.names.contains(name));
                both && !heir.is_taken && heir.id != of.id && self.needs(&heir.id)
            };
            let is_it = |heir: &Heir| is_named(heir) && is_near(category, of.time, heir.time);
            if let Some(heir) = (!of.names.is_empty()).then(|| self.heirs.iter().position(is_it)).flatten() {
                self.promote(slot, heir);
            }
        }
    }
}

/// Whether two rows of one name are near enough to be versions of each other.
fn is_near(category: Category, one: Option<i64>, other: Option<i64>) -> bool {
    let schema = category.schema();
    let is_always = schema.revision.names.iter().all(|name| name.within == Within::Always);
    let most = schema.alike.map_or(0, |alike| alike.within.unsigned_abs());
    is_always || one.zip(other).is_some_and(|(one, other)| one.abs_diff(other) <= most)
}

impl Heirs {
    /// Keeps the rows that another import holds with the same values, and finds those that stay in place of rows for which
    /// another one stands.
    pub(crate) fn keep_equal(&mut self, import: u64, amendments: &[Amendment]) -> Vec<SameRow> {
        let mut same = Vec::new();
        for (&(category, month), of) in &mut self.months {
            of.keep_equal();
            let is_it = |one: &&Amendment| {
                (one.category, one.row.import, one.month()) == (category, import, month)
                    && one.by.is_some_and(|by| by != import)
            };
            for amendment in amendments.iter().filter(is_it) {
                let id = amendment.identity().0;
                let heir = of.needs(&id).then(|| of.heir(&id, |_| true)).flatten();
                let Some(heir) = heir else { continue };
                of.take(heir);
                let (indexed, batch) = &of.chunks[of.heirs[heir].chunk];
                let row = batch.select(&[of.heirs[heir].row]);
                same.push(SameRow { amendment: amendment.clone(), heir: row, import: indexed.entry.seq });
            }
        }
        same
    }

    /// Says that a row of a month is back.
    pub(crate) fn returned(&mut self, month: (Category, i32), batch: &Batch, row: usize) {
        let Some(of) = self.months.get_mut(&month) else { return };
        let id = identity_of(batch, row);
        if let Some(need) = of.need.get_mut(&id) {
            *need -= 1;
        }
        for key in std::iter::once(id).chain(names_of(batch, row).into_iter().flatten()) {
            *of.returned.entry(key).or_default() += 1;
        }
    }

    pub(crate) fn keep_rest(&mut self, category: Category) {
        for (_, of) in self.months.iter_mut().filter(|((of, _), _)| *of == category) {
            of.keep_rest(category);
        }
    }

    /// Rows that stay: their import, and batch and index.
    pub(crate) fn promoted(&self, category: Category) -> impl Iterator<Item = (u64, &Batch, usize)> {
        let months = self.months.iter().filter(move |((of, _), _)| *of == category);
        months.flat_map(|(_, of)| {
            of.promoted.iter().map(|(_, heir)| {
                let heir = &of.heirs[*heir];
                let (indexed, batch) = &of.chunks[heir.chunk];
                (indexed.entry.seq, batch, heir.row)
            })
        })
    }

    /// Rows that went away, each with the row that stays.
    pub(crate) fn links(&self) -> impl Iterator<Item = Link> {
        self.months.iter().flat_map(|(&(category, _), of)| {
            of.promoted.iter().map(move |(row, heir)| {
                let heir = &of.heirs[*heir];
                let (indexed, batch) = &of.chunks[heir.chunk];
                (category, *row, row_id(batch, heir.row, indexed.entry.seq))
            })
        })
    }

    /// The links of watched rows.
    pub(crate) fn watched(&self, watched: &BTreeMap<Category, RowSet>) -> Vec<Link> {
        let is_watched =
            |(category, row, _): &Link| watched.get(category).is_some_and(|rows| rows.contains(row));
        self.links().filter(is_watched).collect()
    }

    /// Number of rows that stay, by import and category.
    pub(crate) fn stayed(&self) -> Vec<(u64, Category, u64)> {
        let mut stayed: BTreeMap<(u64, Category), u64> = BTreeMap::new();
        for (category, _, row) in self.links() {
            *stayed.entry((row.import, category)).or_default() += 1;
        }
        stayed.into_iter().map(|((import, category), rows)| (import, category, rows)).collect()
    }
}

impl Amendment {
    /// The corrected row, as the holder gave it.
    fn slot(&self) -> Slot {
        let (content, time) = self.given().map_or(([0; 32], None), |(values, time)| (values.0, time));
        Slot {
            id: self.identity().0,
            content,
            names: self.names().iter().map(|name| name.0).collect(),
            time,
            row: self.row,
            has_heir: false,
        }
    }
}
