//! Rows of a file compared with stored ones of the same identity: known, new, or other versions.

use crate::identity::{content, firmness, hash_value, identity_with};
use mesinfos_model::category::Identity;
use mesinfos_model::{Batch, Category, FieldSet};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;

/// A stored row: index of its chunk among those compared, and of the row in the chunk.
pub(crate) type StoredRow = (u32, u32);

/// A row that is not stored and counts: its identity, and the hash of its values if that is known ([`content`]).
pub(crate) type Gone = ([u8; 32], Option<[u8; 32]>);

/// What a row of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A stored row stands for it.
    Known,
    /// A later or a firmer version of it is stored.
    Older,
    /// No stored row has its identity.
    New,
    /// It has the identity of this stored row, and other values.
    Version(StoredRow),
}

/// What a stored row is to the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As the holder gave it.
    Given,
    /// As the person corrected it: no file has a later version.
    Corrected,
    /// An earlier version, which another row replaced.
    Earlier,
}

/// The end of a list of rows.
const NONE: u32 = u32::MAX;

/// Largest number of stored rows of one identity and kind that are searched for equal values: many equal rows must not
/// take the square of their number.
const SEARCHED: usize = 64;

/// A stored row, in the list of those of its identity and kind that stand for no row of the file yet.
struct Stored {
    at: StoredRow,
    firmness: u8,
    next: u32,
}

/// The first and the last row of a list.
#[derive(Clone, Copy)]
struct List(u32, u32);

/// The stored rows of one identity.
struct Same {
    /// By [`Kind`].
    lists: [List; 3],
    /// Rows that count although none is stored: the person deleted them, or another row stands for them.
    gone: u32,
    /// Rows that can stand for rows of the file: given and corrected ones, and those that are gone.
    left: u32,
    /// Rows of the file that are judged at the end.
    waiting: u32,
    /// In a set: whether a row of the file was found to be known, or is stored as new.
    is_settled: bool,
}

impl Default for Same {
    fn default() -> Same {
        Same { lists: [List(NONE, NONE); 3], gone: 0, left: 0, waiting: 0, is_settled: false }
    }
}

/// A row of the file that no stored row equals.
struct Candidate {
    id: [u8; 32],
    row: usize,
    firmness: u8,
}

/// Stored rows by the category's [`Identity`], with the values that another version may change
/// ([`mesinfos_model::category::Revision`]). Rows of different holders are never equal. Identities are compared by
/// SHA-256, so that each row takes little memory even if its texts are long.
///
/// May hold only one part of all identities. A month with very many rows is processed part by part; over all parts, each
/// row is judged exactly once.
pub(crate) struct Known {
    category: Category,
    is_set: bool,
    by_id: HashMap<[u8; 32], Same>,
    /// Rows that are gone, by the hash of their values.
    gone_rows: HashMap<[u8; 32], u32>,
    stored: Vec<Stored>,
    /// Hashes of the values of each stored row, then of each candidate; zero if missing.
    values: Vec<u64>,
    candidates: Vec<Candidate>,
    candidate_values: Vec<u64>,
    part: u64,
    parts: u64,
    hasher: RandomState,
    bytes: Vec<u8>,
}

impl Known {
    /// Whether rows are a multiset: if none are stored, every row is new.
    pub(crate) fn is_multiset(category: Category) -> bool {
        matches!(category.schema().identity, Identity::Multiset(_))
    }

    /// The columns that are compared.
    pub(crate) fn columns(category: Category) -> FieldSet {
        let schema = category.schema();
        let (Identity::Set(fields) | Identity::Multiset(fields)) = schema.identity;
        let pending = schema.alike.and_then(|alike| alike.pending).map(|(field, _)| field);
        let provisional = schema.revision.firmness.map(|rule| rule.field);
        let values = schema.revision.values.iter().copied();
        let all = fields.iter().copied().chain(values).chain(pending).chain(provisional);
        all.fold(FieldSet::NONE.with(schema.holder).with(schema.time), FieldSet::with)
    }

    /// No stored rows yet, for the identities in part `part` (from 0) of `parts`.
    pub(crate) fn begin(category: Category, part: u64, parts: u64) -> Known {
        Known {
            category,
            is_set: !Known::is_multiset(category),
            by_id: HashMap::new(),
            gone_rows: HashMap::new(),
            stored: Vec::new(),
            values: Vec::new(),
            candidates: Vec::new(),
            candidate_values: Vec::new(),
            part,
            parts,
            hasher: RandomState::new(),
            bytes: Vec::new(),
        }
    }

    /// Adds the stored rows of a chunk.
    pub(crate) fn keep(&mut self, batch: &Batch, chunk: u32, kind: impl Fn(usize) -> Kind) {
        for row in 0..batch.rows() {
            let Some(id) = self.id(batch, row) else { continue };
            // One month of one person has fewer rows than this; further ones would only be added as new.
            let (Ok(row_of_chunk), Ok(number)) = (u32::try_from(row), u32::try_from(self.stored.len()))
            else {
                return;
            };
            let firmness = firmness(batch, row);
            self.stored.push(Stored { at: (chunk, row_of_chunk), firmness, next: NONE });
            self.values.extend(values(self.category, &self.hasher, batch, row));
            let kind = kind(row);
            let same = self.by_id.entry(id).or_default();
            same.left = same.left.saturating_add(u32::from(kind != Kind::Earlier));
            let List(first, last) = &mut same.lists[kind as usize];
            match self.stored.get_mut(*last as usize) {
                Some(last) => last.next = number,
                None => *first = number,
            }
            *last = number;
        }
    }

    /// Counts rows that are not stored: those that the person deleted or corrected, and those for which another stands.
    /// Each by its identity and, if that is known, the hash of its values as the holder gave them.
    pub(crate) fn keep_gone(&mut self, rows: &[Gone]) {
        for (id, exact) in rows.iter().filter(|(id, _)| part_of(id, self.parts) == self.part) {
            let same = self.by_id.entry(*id).or_default();
            same.gone = same.gone.saturating_add(1);
            same.left = same.left.saturating_add(1);
            if let Some(exact) = exact {
                *self.gone_rows.entry(*exact).or_default() += 1;
            }
        }
    }

    /// Does not count stored rows: those that the file has as the holder gave them, before the person corrected them.
    pub(crate) fn forget_ids(&mut self, ids: &[[u8; 32]]) {
        for id in ids {
            let _ = self.pop(id, Kind::Corrected).or_else(|| self.pop(id, Kind::Given));
        }
    }

    /// Judges a row of the file, which is row `row_of_batch` of a batch; `None` if its identity is in another part, or it
    /// is judged by [`Known::settle`].
    pub(crate) fn take(&mut self, batch: &Batch, row_of_batch: usize, row: usize) -> Option<Verdict> {
        let id = self.id(batch, row_of_batch)?;
        let Some(same) = self.by_id.get(&id) else {
            // In a set, one row stands for any number of equal ones of the file too.
            if self.is_set {
                self.by_id.insert(id, Same { is_settled: true, ..Same::default() });
            }
            return Some(Verdict::New);
        };
        let (is_settled, has_gone) = (same.is_settled, same.gone > 0);
        if self.is_set && is_settled {
            return Some(Verdict::Known);
        }
        if has_gone && self.pop_gone(&id, batch, row_of_batch) {
            self.settled(&id);
            return Some(Verdict::Known);
        }
        let own: Vec<u64> = values(self.category, &self.hasher, batch, row_of_batch).collect();
        // The same values first: a row of the file that lacks some must not take the stored row of another one.
        if self.pop_if(&id, Kind::Given, |known, at| known.of(at, own.len()) == own).is_some() {
            self.settled(&id);
            return Some(Verdict::Known);
        }
        let (left, waiting) = self.by_id.get(&id).map_or((0, 0), |same| (same.left, same.waiting));
        // In a set, one of the rows that differ is judged. In a multiset, as many as can have a stored one.
        if waiting >= if self.is_set { 1 } else { left } {
            return Some(if self.is_set { Verdict::Known } else { Verdict::New });
        }
        if let Some(same) = self.by_id.get_mut(&id) {
            same.waiting += 1;
        }
        self.candidates.push(Candidate { id, row, firmness: firmness(batch, row_of_batch) });
        self.candidate_values.extend(own);
        None
    }

    /// Judges the rows that no stored row equals, once all rows of the file were seen: first those that tell nothing which
    /// a stored row does not.
    pub(crate) fn settle(mut self, mut each: impl FnMut(usize, Verdict)) {
        let candidates = std::mem::take(&mut self.candidates);
        let all = std::mem::take(&mut self.candidate_values);
        let width = self.category.schema().revision.values.len();
        let mut others = Vec::new();
        for (number, candidate) in candidates.iter().enumerate() {
            let own = &all[number * width..(number + 1) * width];
            if self.pop_equal(&candidate.id, Kind::Given, own).is_some() {
                self.settled(&candidate.id);
                each(candidate.row, Verdict::Known);
            } else {
                others.push((candidate, own));
            }
        }
        for (candidate, own) in others {
            each(candidate.row, self.judge(candidate, own));
        }
    }

    fn judge(&mut self, candidate: &Candidate, own: &[u64]) -> Verdict {
        let id = &candidate.id;
        let Some(same) = self.by_id.get(id) else { return Verdict::New };
        let (is_settled, is_gone) = (same.is_settled, same.gone > 0);
        self.settled(id);
        if self.is_set && (is_settled || is_gone || self.has(id, Kind::Corrected)) {
            return Verdict::Known;
        }
        // The file has a version that was replaced already.
        if self.has(id, Kind::Given) && self.pop_equal(id, Kind::Earlier, own).is_some() {
            let _ = self.pop(id, Kind::Given);
            return Verdict::Older;
        }
        if let Some(at) = self.pop(id, Kind::Given) {
            let stored = &self.stored[at];
            // More of them have equal values than were searched.
            return if self.is_equal(at, own) {
                Verdict::Known
            } else if candidate.firmness < stored.firmness {
                Verdict::Older
            } else {
                Verdict::Version(stored.at)
            };
        }
        if self.pop(id, Kind::Corrected).is_some() {
            return Verdict::Known;
        }
        match self.by_id.get_mut(id) {
            Some(same) if same.gone > 0 => {
                same.gone -= 1;
                same.left = same.left.saturating_sub(1);
                Verdict::Known
            }
            _ => Verdict::New,
        }
    }

    /// Takes a row that is gone and was as a row of the file is.
    fn pop_gone(&mut self, id: &[u8; 32], batch: &Batch, row: usize) -> bool {
        let exact = content(batch, row);
        let (Some(same), Some(count)) = (self.by_id.get_mut(id), self.gone_rows.get_mut(&exact)) else {
            return false;
        };
        if *count == 0 || same.gone == 0 {
            return false;
        }
        *count -= 1;
        same.gone -= 1;
        same.left = same.left.saturating_sub(1);
        true
    }

    fn settled(&mut self, id: &[u8; 32]) {
        if let Some(same) = self.by_id.get_mut(id) {
            same.is_settled = true;
        }
    }

    /// Whether stored rows of an identity and kind are left.
    fn has(&self, id: &[u8; 32], kind: Kind) -> bool {
        self.by_id.get(id).is_some_and(|same| same.lists[kind as usize].0 != NONE)
    }

    /// Takes the first stored row of an identity and kind.
    fn pop(&mut self, id: &[u8; 32], kind: Kind) -> Option<usize> {
        self.pop_if(id, kind, |_, _| true)
    }

    /// Takes a stored row of an identity and kind to which those values add nothing.
    fn pop_equal(&mut self, id: &[u8; 32], kind: Kind, own: &[u64]) -> Option<usize> {
        self.pop_if(id, kind, |known, at| known.is_equal(at, own))
    }

    fn pop_if(&mut self, id: &[u8; 32], kind: Kind, is: impl Fn(&Known, usize) -> bool) -> Option<usize> {
        let List(first, _) = self.by_id.get(id)?.lists[kind as usize];
        let (mut before, mut number) = (NONE, first);
        for _ in 0..SEARCHED {
            let next = self.stored.get(number as usize)?.next;
            if is(self, number as usize) {
                if let Some(before) = self.stored.get_mut(before as usize) {
                    before.next = next;
                }
                let same = self.by_id.get_mut(id)?;
                same.left = same.left.saturating_sub(u32::from(kind != Kind::Earlier));
                let List(first, last) = &mut same.lists[kind as usize];
                if *first == number {
                    *first = next;
                }
                if *last == number {
                    *last = before;
                }
                return Some(number as usize);
            }
            (before, number) = (number, next);
        }
        None
    }

    /// The values of a stored row, of which there are `width`.
    fn of(&self, at: usize, width: usize) -> &[u64] {
        &self.values[at * width..(at + 1) * width]
    }

    /// Whether these values add nothing to those of a stored row: none is different where both have one, and where the
    /// stored row has none, these lack another one. A row that tells one thing more and nothing less is a later version.
    fn is_equal(&self, at: usize, own: &[u64]) -> bool {
        let known = || self.of(at, own.len()).iter().zip(own);
        let is_more = known().any(|(one, other)| *one == 0 && *other != 0);
        let is_less = known().any(|(one, other)| *one != 0 && *other == 0);
        known().all(|(one, other)| *one == 0 || *other == 0 || one == other) && (!is_more || is_less)
    }

    /// The SHA-256 of a row's identity, if it is in this part.
    fn id(&mut self, batch: &Batch, row: usize) -> Option<[u8; 32]> {
        let id = identity_with(batch, row, &mut self.bytes);
        (part_of(&id, self.parts) == self.part).then_some(id)
    }
}

/// The part of all identities that one is in.
pub(crate) fn part_of(id: &[u8; 32], parts: u64) -> u64 {
    id.first_chunk().map_or(0, |beginning| u64::from_be_bytes(*beginning)) % parts
}

/// Hashes of the values that another version may change; zero if missing.
fn values(category: Category, hasher: &RandomState, batch: &Batch, row: usize) -> impl Iterator<Item = u64> {
    let fields = category.schema().revision.values.iter();
    fields.map(move |&field| hash_value(batch, field, row, hasher))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::BatchBuilder;
    use mesinfos_model::category::{bank, energy};

    /// Finds the rows of `month` that `kept` lacks, and asserts that the number of parts makes no difference.
    fn new_rows(month: &Batch, kept: &Batch) -> Vec<usize> {
        let category = month.category();
        let in_parts = |parts| {
            let mut new = Vec::new();
            for part in 0..parts {
                let mut known = Known::begin(category, part, parts);
                known.keep(kept, 0, |_| Kind::Given);
                let mut judged = |row, verdict| {
                    if verdict == Verdict::New {
                        new.push(row);
                    }
                };
                for row in 0..month.rows() {
                    if let Some(verdict) = known.take(month, row, row) {
                        judged(row, verdict);
                    }
                }
                known.settle(judged);
            }
            new.sort_unstable();
            new
        };
        let new = in_parts(1);
        assert_eq!(in_parts(7), new);
        new
    }

    fn bank(rows: &[(&str, i64, &str)]) -> Batch {
        let mut builder = BatchBuilder::new(Category::Bank);
        for (holder, amount, label) in rows {
            builder.push(&[
                (bank::HOLDER, (*holder).into()),
                (bank::BOOKED_ON, 0_i64.into()),
                (bank::AMOUNT, (*amount).into()),
                (bank::LABEL, (*label).into()),
            ]);
        }
        builder.finish()
    }

    fn energy(rows: &[(&str, i64, i64)]) -> Batch {
        let mut builder = BatchBuilder::new(Category::Energy);
        for (series, start, energy) in rows {
            builder.push(&[
                (energy::HOLDER, "Enedis".into()),
                (energy::SERIES, (*series).into()),
                (energy::START, (*start).into()),
                (energy::DURATION, 1800_i64.into()),
                (energy::ENERGY, (*energy).into()),
            ]);
        }
        builder.finish()
    }

    #[test]
    fn of_equal_movements_only_as_many_are_new_as_there_are_more() {
        let coffee = ("B", -150, "café");
        let kept = bank(&[coffee, coffee]);
        assert_eq!(new_rows(&bank(&[coffee, coffee]), &kept), [] as [usize; 0]);
        assert_eq!(new_rows(&bank(&[coffee, coffee, coffee]), &kept), [2]);
        assert_eq!(new_rows(&bank(&[coffee, coffee]), &bank(&[])), [0, 1]);
    }

    #[test]
    fn another_holder_or_value_is_another_row() {
        let kept = bank(&[("B", -150, "café")]);
        let other = bank(&[("C", -150, "café"), ("B", -151, "café"), ("B", -150, "cafe")]);
        assert_eq!(new_rows(&other, &kept), [0, 1, 2]);
    }

    #[test]
    fn a_bic_that_stood_for_a_holder_makes_no_other_row() {
        let kept = bank(&[("BNPAFRPPXXX", -150, "café"), ("BANKFRPP", -200, "thé")]);
        let now = bank(&[("BNP Paribas", -150, "café"), ("", -200, "thé")]);
        assert_eq!(new_rows(&now, &kept), [] as [usize; 0]);
        assert_eq!(new_rows(&bank(&[("LCL", -150, "café"), ("", -150, "café")]), &kept), [0, 1]);
    }

    #[test]
    fn an_interval_is_there_once_also_within_one_file() {
        let kept = energy(&[("a", 0, 5)]);
        let file = energy(&[("a", 0, 6), ("a", 1800, 7), ("a", 1800, 7), ("b", 0, 5)]);
        assert_eq!(new_rows(&file, &kept), [1, 3]);
    }

    #[test]
    fn a_value_that_is_added_is_a_later_version_and_one_that_is_missing_is_not() {
        let rows = |values: &[Option<i64>]| {
            let mut builder = BatchBuilder::new(Category::Bank);
            for value in values {
                let own = [(bank::BOOKED_ON, 0_i64.into()), (bank::AMOUNT, (-150_i64).into())];
                let value = value.map(|on| (bank::VALUE_ON, on.into()));
                builder.push(&own.into_iter().chain(value).collect::<Vec<_>>());
            }
            builder.finish()
        };
        let judged = |file: &[Option<i64>], stored: &[Option<i64>]| {
            let (file, mut verdicts) = (rows(file), Vec::new());
            let mut known = Known::begin(Category::Bank, 0, 1);
            known.keep(&rows(stored), 0, |_| Kind::Given);
            for row in 0..file.rows() {
                verdicts.extend(known.take(&file, row, row).map(|verdict| (row, verdict)));
            }
            known.settle(|row, verdict| verdicts.push((row, verdict)));
            verdicts.sort_by_key(|(row, _)| *row);
            verdicts.into_iter().map(|(_, verdict)| verdict).collect::<Vec<_>>()
        };
        use Verdict::{Known as Same, New, Version};
        assert_eq!(judged(&[Some(2)], &[None]), [Version((0, 0))]);
        assert_eq!(judged(&[None], &[Some(2)]), [Same]);
        // In any order, each takes the one that it is.
        for file in [[None, Some(2)], [Some(2), None]] {
            for stored in [[None, Some(2)], [Some(2), None]] {
                assert_eq!(judged(&file, &stored), [Same, Same], "{file:?} {stored:?}");
            }
        }
        assert_eq!(judged(&[None, Some(3)], &[Some(2), None]), [Same, Version((0, 0))]);
        assert_eq!(judged(&[None, None, Some(2)], &[Some(2)]), [New, New, Same]);
    }
}
