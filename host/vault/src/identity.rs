//! Detection of rows already in the vault.

use aws_lc_rs::digest::{SHA256, digest};
use mesinfos_model::category::Identity;
use mesinfos_model::{Batch, Category, FieldKind, FieldSet};
use std::collections::HashMap;

/// Distinguishes new rows from known ones by the category's [`Identity`]. Rows of different holders are never
/// equal. Identities are compared by SHA-256, so that each known row takes little memory even if its texts
/// are long.
///
/// May hold only one part of all identities. A month with very many rows is processed part by part; over all
/// parts, each row is classified exactly once.
pub(crate) struct Known {
    fields: &'static [usize],
    is_set: bool,
    counts: HashMap<[u8; 32], u32>,
    part: u64,
    parts: u64,
    bytes: Vec<u8>,
}

impl Known {
    /// Whether rows are a multiset: if none are stored, every row is new.
    pub(crate) fn is_multiset(category: Category) -> bool {
        matches!(category.schema().identity, Identity::Multiset(_))
    }

    /// The columns that identify a row.
    pub(crate) fn columns(category: Category) -> FieldSet {
        let schema = category.schema();
        let (Identity::Set(fields) | Identity::Multiset(fields)) = schema.identity;
        let pending = schema.alike.and_then(|alike| alike.pending).map(|(field, _)| field);
        let all = fields.iter().copied().chain(pending);
        all.fold(FieldSet::NONE.with(schema.holder), FieldSet::with)
    }

    /// An empty set of known rows for the identities in part `part` (from 0) of `parts`.
    pub(crate) fn of(category: Category, part: u64, parts: u64) -> Known {
        let (Identity::Set(fields) | Identity::Multiset(fields)) = category.schema().identity;
        let is_set = !Known::is_multiset(category);
        Known { fields, is_set, counts: HashMap::new(), part, parts, bytes: Vec::new() }
    }

    /// Adds stored rows.
    pub(crate) fn keep(&mut self, batch: &Batch) {
        for row in 0..batch.rows() {
            if let Some(id) = self.id(batch, row) {
                let count = self.counts.entry(id).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    /// Counts rows that are not stored: those that the person deleted, or corrected.
    pub(crate) fn keep_ids(&mut self, ids: &[[u8; 32]]) {
        for id in ids.iter().filter(|id| part_of(id, self.parts) == self.part) {
            let count = self.counts.entry(*id).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Does not count stored rows: those that the file has as the holder gave them, before the person corrected them.
    pub(crate) fn forget_ids(&mut self, ids: &[[u8; 32]]) {
        for id in ids {
            if let Some(count) = self.counts.get_mut(id) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(id);
                }
            }
        }
    }

    /// Whether a row of the file is new; `None` if its identity is in another part.
    pub(crate) fn take(&mut self, batch: &Batch, row: usize) -> Option<bool> {
        let id = self.id(batch, row)?;
        Some(match self.counts.get_mut(&id) {
            // In a set, one known row matches any number of equal ones.
            Some(_) if self.is_set => false,
            // In a multiset, each known row matches one equal row.
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => {
                if self.is_set {
                    self.counts.insert(id, 1);
                }
                true
            }
        })
    }

    /// The SHA-256 of a row's identity, if it is in this part.
    fn id(&mut self, batch: &Batch, row: usize) -> Option<[u8; 32]> {
        self.bytes.clear();
        identity(batch, self.fields, row, &mut self.bytes);
        let id = sha256(&self.bytes);
        (part_of(&id, self.parts) == self.part).then_some(id)
    }
}

/// The part of all identities that one is in.
fn part_of(id: &[u8; 32], parts: u64) -> u64 {
    id.first_chunk().map_or(0, |beginning| u64::from_be_bytes(*beginning)) % parts
}

/// The SHA-256 of the identity of a row.
pub(crate) fn identity_of(batch: &Batch, row: usize) -> [u8; 32] {
    let (Identity::Set(fields) | Identity::Multiset(fields)) = batch.schema().identity;
    hashed(batch, fields, row)
}

/// The SHA-256 of all values of a row.
pub(crate) fn fingerprint(batch: &Batch, row: usize) -> [u8; 32] {
    let all: Vec<usize> = (0..batch.schema().fields.len()).collect();
    hashed(batch, &all, row)
}

/// The SHA-256 of some values of a row, without its holder.
pub(crate) fn hash_of(batch: &Batch, fields: &[usize], row: usize) -> [u8; 32] {
    let mut bytes = Vec::new();
    encode(batch, fields.iter().copied(), row, &mut bytes);
    sha256(&bytes)
}

fn hashed(batch: &Batch, fields: &[usize], row: usize) -> [u8; 32] {
    let mut bytes = Vec::new();
    identity(batch, fields, row, &mut bytes);
    sha256(&bytes)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut id = [0; 32];
    id.copy_from_slice(digest(&SHA256, bytes).as_ref());
    id
}

/// Appends the identifying values of a row and its holder, encoded without ambiguity.
fn identity(batch: &Batch, fields: &[usize], row: usize, out: &mut Vec<u8>) {
    encode(batch, [batch.schema().holder].into_iter().chain(fields.iter().copied()), row, out);
    // What was announced only is another row than what was booked, which would not count if it were there already.
    if is_pending(batch, row) {
        out.push(1);
    }
}

/// Whether a row was announced only, by the rule of its category.
pub(crate) fn is_pending(batch: &Batch, row: usize) -> bool {
    let pending = batch.schema().alike.and_then(|alike| alike.pending);
    pending.is_some_and(|(field, code)| batch.integer(field, row) == Some(code))
}

fn encode(batch: &Batch, fields: impl Iterator<Item = usize>, row: usize, out: &mut Vec<u8>) {
    for field in fields {
        match batch.schema().fields[field].kind {
            FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
                // In the model, a missing text equals an empty one.
                let text = batch.text(field, row).unwrap_or_default();
                out.extend_from_slice(&text.len().to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
            FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
                // The model encodes a missing number as the smallest one.
                let number = batch.integer(field, row).unwrap_or(i64::MIN);
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
    }
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
                let mut known = Known::of(category, part, parts);
                known.keep(kept);
                new.extend((0..month.rows()).filter(|&row| known.take(month, row) == Some(true)));
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
    fn an_interval_is_there_once_also_within_one_file() {
        let kept = energy(&[("a", 0, 5)]);
        let file = energy(&[("a", 0, 6), ("a", 1800, 7), ("a", 1800, 7), ("b", 0, 5)]);
        assert_eq!(new_rows(&file, &kept), [1, 3]);
    }
}
