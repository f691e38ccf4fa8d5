//! What the person changed of single rows in another instance, taken in with the archive that has these rows.
//!
//! A corrected row is stored with the record of its correction, as if it had been corrected here: it can be put back, and
//! the holder's file brings nothing else. A deleted row has its record only. What is stored here already is not deleted;
//! of a row that is stored as the holder gave it, the corrected one is a later version. What the person changed here
//! counts before what an archive says.

use crate::amend::MOST_AMENDMENTS;
use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::{Result, VaultError};
use crate::gathered::{Compared, Importing};
use crate::identity::{content, fingerprint, identity_of};
use crate::index::index;
use crate::opened::{OpenOptions, open};
use crate::records::{self, Indexed};
use crate::selection::Selection;
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, CarriedChange, Category, Day, Digest, Position, RowChangeKind};
use mesinfos_store::Commit;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A row of the file: its month, and its index there.
type Own = (i32, usize);

impl Importing {
    /// Adds a change that the person made in another instance to a row of the file. A correction of a row that the file
    /// lacks does nothing.
    ///
    /// # Errors
    /// [`VaultError::TooManyAmendments`].
    pub fn carry(&mut self, change: CarriedChange) -> Result<()> {
        if self.carried.len() >= RowChangeKind::MOST {
            return Err(VaultError::TooManyAmendments { most: MOST_AMENDMENTS });
        }
        self.carried.push(change);
        Ok(())
    }

    /// Chooses the changes that are stored, and what the corrected rows replace.
    pub(crate) fn select_carried(
        &self,
        as_of: u64,
        compared: &Compared,
        selection: &mut Selection,
        opener: &mut Opener,
    ) -> Result<()> {
        let categories: BTreeSet<Category> =
            self.carried.iter().map(|change| change.rows.category()).collect();
        for category in categories {
            let own = self.own_carried(category, opener)?;
            self.select_noted(category, &own.lines, selection);
            let mut left = self.by_identity(category, &own.rows);
            // What the person changed here counts.
            for identity in compared.amended.identities(category) {
                if let Some(index) = left.get_mut(&identity).and_then(Vec::pop) {
                    let row = own.rows.get(&index).copied();
                    let found = row.and_then(|(month, row)| {
                        let (chosen, rows) = self.chosen(selection, category, month)?;
                        (chosen.new.is(row) && !chosen.is_version(row)).then_some((chosen, row, rows))
                    });
                    if let Some((chosen, row, rows)) = found {
                        chosen.drop(row, rows);
                    }
                }
            }
            left.retain(|_, of| !of.is_empty());
            self.place_carried(category, as_of, compared, (left, &own), selection, opener)?;
        }
        Ok(())
    }

    /// Changes of rows of a category by the identity that the holder gave; of corrected rows, those that the file has.
    fn by_identity(&self, category: Category, own: &BTreeMap<usize, Own>) -> HashMap<Digest, Vec<usize>> {
        let mut all: HashMap<Digest, Vec<usize>> = HashMap::new();
        for (index, CarriedChange { kind, rows }) in self.carried.iter().enumerate().rev() {
            if rows.category() != category {
                continue;
            }
            let identity = match kind {
                RowChangeKind::Corrected { .. } if !own.contains_key(&index) => continue,
                RowChangeKind::Corrected { .. } | RowChangeKind::Superseded { .. } => {
                    Digest(identity_of(rows, 0))
                }
                RowChangeKind::Deleted { trace, .. } => trace.identity,
                RowChangeKind::Noted { .. } => continue,
            };
            all.entry(identity).or_default().push(index);
        }
        all
    }

    /// Finds the rows of the file that changes are about.
    fn own_carried(&self, category: Category, opener: &mut Opener) -> Result<OwnRows> {
        let mut wanted: HashMap<Digest, Vec<usize>> = HashMap::new();
        let mut lines: BTreeSet<i64> = BTreeSet::new();
        for (index, CarriedChange { kind, rows }) in self.carried.iter().enumerate().rev() {
            match kind {
                _ if rows.category() != category => {}
                RowChangeKind::Corrected { .. } if rows.rows() > 1 => {
                    wanted.entry(Digest(fingerprint(rows, 1))).or_default().push(index);
                }
                RowChangeKind::Noted { position, .. } => {
                    lines.insert(*position);
                }
                _ => {}
            }
        }
        let mut own = OwnRows::default();
        if wanted.is_empty() && lines.is_empty() {
            return Ok(own);
        }
        let position = category.schema().position();
        for ((_, month), gathered) in self.months().filter(|((of, _), _)| *of == category) {
            self.each((category, month), gathered, opener, &mut |before, batch| {
                for row in 0..batch.rows() {
                    let at = (month, before + row);
                    if let Some(line) = batch.integer(position, row).filter(|line| lines.contains(line)) {
                        own.lines.push((line, at));
                    }
                    if wanted.is_empty() {
                        continue;
                    }
                    if let Some(of) = wanted.get_mut(&Digest(fingerprint(batch, row)))
                        && let Some(index) = of.pop()
                    {
                        own.rows.insert(index, at);
                    }
                }
                Ok(())
            })?;
        }
        Ok(own)
    }

    /// Chooses the notes with lines of which a row is stored.
    fn select_noted(&self, category: Category, lines: &[(i64, Own)], selection: &mut Selection) {
        let is_stored = |selection: &Selection, (month, row): Own| {
            selection.months.get(&(category, month)).is_some_and(|chosen| chosen.new.is(row))
        };
        for (index, CarriedChange { kind, rows }) in self.carried.iter().enumerate() {
            let RowChangeKind::Noted { position, .. } = kind else { continue };
            let mut own = lines.iter().filter(|(line, _)| line == position);
            if rows.category() == category && own.any(|(_, at)| is_stored(selection, *at)) {
                selection.carried.insert(index);
            }
        }
    }

    /// Looks for stored rows that are as the holder gave them: a corrected row of the file replaces one, and none is
    /// deleted.
    fn place_carried(
        &self,
        category: Category,
        as_of: u64,
        compared: &Compared,
        (mut left, own): (HashMap<Digest, Vec<usize>>, &OwnRows),
        selection: &mut Selection,
        opener: &mut Opener,
    ) -> Result<()> {
        // A corrected row that is a later version of a stored one has its place, and leaves other stored rows to others.
        for of in left.values_mut() {
            of.retain(|index| {
                let own = own.rows.get(index);
                let is_version = own.is_some_and(|(month, row)| {
                    self.chosen(selection, category, *month)
                        .is_some_and(|(chosen, _)| chosen.is_version(*row))
                });
                if is_version {
                    selection.carried.insert(*index);
                }
                !is_version
            });
        }
        left.retain(|_, of| !of.is_empty());
        let mut months: BTreeMap<i32, BTreeSet<Digest>> = BTreeMap::new();
        for (identity, of) in &left {
            for index in of {
                let CarriedChange { kind, rows } = &self.carried[*index];
                let month = match kind {
                    RowChangeKind::Deleted { trace, .. } => trace.month,
                    _ => rows.day(0).map_or(UNDATED, Day::month),
                };
                months.entry(month).or_default().insert(*identity);
            }
        }
        let mut stored: BTreeMap<i32, Vec<Indexed>> = BTreeMap::new();
        let prefix = records::chunks_of_category(self.vault().id(), category);
        for (month, indexed) in index(self.vault(), &prefix, |month| months.contains_key(&month))? {
            if indexed.entry.seq <= as_of {
                stored.entry(month).or_default().push(indexed);
            }
        }
        let plan = Plan::new(Bodies::default(), stored.values().flatten());
        let corrected: BTreeSet<Digest> = compared.amended.corrected(category).map(|(now, _)| now).collect();
        for (month, chunks) in &stored {
            let wanted = &months[month];
            let mut given = self.given_in_file(category, *month, wanted, own, opener)?;
            // Rows that are exactly as the holder gave them come first: of several of one identity, they are those.
            let mut found: [Vec<(Digest, usize, u32)>; 2] = [Vec::new(), Vec::new()];
            for (number, indexed) in chunks.iter().enumerate() {
                let all = OpenOptions::all(category);
                let batch = open(self.vault(), (category, *month), indexed, &all, &plan, opener)?;
                for row in 0..batch.rows() {
                    let identity = Digest(identity_of(&batch, row));
                    let is_free = wanted.contains(&identity)
                        && !selection.is_replaced((category, *month), indexed.chunk, row)
                        && !corrected.contains(&Digest(fingerprint(&batch, row)));
                    if let (true, Ok(at)) = (is_free, u32::try_from(row)) {
                        let of = left.get(&identity).map_or(&[][..], Vec::as_slice);
                        let is_exact = of.iter().any(|index| self.is_given(*index, &batch, row));
                        found[usize::from(!is_exact)].push((identity, number, at));
                    }
                }
            }
            // Rows that the file has as they are stand for stored ones, the last of these first.
            let mut free: Vec<(Digest, usize, u32)> = found.into_iter().flatten().collect();
            free.reverse();
            free.retain(|(identity, ..)| match given.get_mut(identity) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            });
            for (identity, number, row) in free.into_iter().rev() {
                let Some(index) = left.get_mut(&identity).and_then(Vec::pop) else { continue };
                let Some(&(own_month, own_row)) = own.rows.get(&index) else { continue };
                let Some((chosen, rows)) = self.chosen(selection, category, own_month) else { continue };
                let is_renamed = Digest(identity_of(&self.carried[index].rows, 1)) != identity;
                chosen.put_in_place(own_row, rows);
                let place = (category, *month);
                selection.replace(place, (&chunks[number], row), (own_month, own_row), is_renamed);
                selection.carried.insert(index);
            }
        }
        // The others are of no stored row.
        for index in left.into_values().flatten() {
            let is_stored = |(month, row): &Own| {
                selection.months.get(&(category, *month)).is_some_and(|chosen| chosen.new.is(*row))
            };
            if own.rows.get(&index).is_none_or(is_stored) {
                selection.carried.insert(index);
            }
        }
        Ok(())
    }

    /// Number of rows of a month of the file with some identities, without those that the person corrected.
    fn given_in_file(
        &self,
        category: Category,
        month: i32,
        wanted: &BTreeSet<Digest>,
        own: &OwnRows,
        opener: &mut Opener,
    ) -> Result<HashMap<Digest, u32>> {
        let mut given: HashMap<Digest, u32> = HashMap::new();
        let Some((_, gathered)) = self.months().find(|(of, _)| *of == (category, month)) else {
            return Ok(given);
        };
        let corrected: BTreeSet<Own> = own.rows.values().copied().collect();
        self.each((category, month), gathered, opener, &mut |before, batch| {
            for row in (0..batch.rows()).filter(|row| !corrected.contains(&(month, before + row))) {
                let identity = Digest(identity_of(batch, row));
                if wanted.contains(&identity) {
                    *given.entry(identity).or_default() += 1;
                }
            }
            Ok(())
        })?;
        Ok(given)
    }

    /// Whether a row is as the holder gave the row of a change.
    fn is_given(&self, index: usize, batch: &Batch, row: usize) -> bool {
        let CarriedChange { kind, rows } = &self.carried[index];
        match kind {
            RowChangeKind::Deleted { trace, .. } => {
                trace.given.is_some_and(|(given, _)| given == Digest(content(batch, row)))
            }
            RowChangeKind::Noted { .. } => false,
            _ => content(rows, 0) == content(batch, row),
        }
    }

    /// Adds the chosen changes to the commit of an import. Returns the notes.
    pub(crate) fn put_carried(
        &self,
        import: u64,
        compared: &Compared,
        chosen: &BTreeSet<usize>,
        commit: &mut Commit,
    ) -> Result<Vec<(Category, Position, String)>> {
        let (mut notes, mut count) = (Vec::new(), compared.amended.len());
        for change in chosen.iter().filter_map(|index| self.carried.get(*index)) {
            if let RowChangeKind::Noted { position, text } = &change.kind {
                notes.push((change.rows.category(), Position::unpacked(*position), text.clone()));
                continue;
            }
            count += 1;
            if count > MOST_AMENDMENTS {
                return Err(VaultError::TooManyAmendments { most: MOST_AMENDMENTS });
            }
            self.vault().put_carried(import, change, commit)?;
        }
        if count > compared.amended.len() {
            let changes = self.vault().expect_amendments(commit)?;
            commit.put(records::amendment_count(self.vault().id()), (changes + 1).to_be_bytes());
        }
        Ok(notes)
    }
}

/// The rows of the file that changes are about.
#[derive(Default)]
struct OwnRows {
    /// Corrected rows, by the index of their change.
    rows: BTreeMap<usize, Own>,
    /// Rows of lines with a note, by position.
    lines: Vec<(i64, Own)>,
}
