//! Which rows of a file are in the vault already.

use aws_lc_rs::digest::{SHA256, digest};
use mesinfos_model::category::Identity;
use mesinfos_model::{Batch, Category, FieldKind, FieldSet};
use std::collections::HashMap;

/// Tells the rows that come from those that are there, as the category's [`Identity`] says; rows of different
/// holders are never the same. Values are compared by their SHA-256, so that what is known of a row is small,
/// however long its texts are.
///
/// It may know one part of all identities only: of a month with very many rows, one part is looked at after
/// the other, and the parts together say of every row once whether it is new.
pub(crate) struct Known {
    fields: &'static [usize],
    is_set: bool,
    counts: HashMap<[u8; 32], u32>,
    part: u64,
    parts: u64,
    bytes: Vec<u8>,
}

impl Known {
    /// Whether nothing that is there already makes all that comes new.
    pub(crate) fn is_multiset(category: Category) -> bool {
        matches!(category.schema().identity, Identity::Multiset(_))
    }

    /// The columns that rows are told by.
    pub(crate) fn columns(category: Category) -> FieldSet {
        let schema = category.schema();
        let (Identity::Set(fields) | Identity::Multiset(fields)) = schema.identity;
        fields.iter().fold(FieldSet::NONE.with(schema.holder), |set, field| set.with(*field))
    }

    /// Knows nothing yet, and will know the identities of one part, from 0, of so many.
    pub(crate) fn of(category: Category, part: u64, parts: u64) -> Known {
        let (Identity::Set(fields) | Identity::Multiset(fields)) = category.schema().identity;
        let is_set = !Known::is_multiset(category);
        Known { fields, is_set, counts: HashMap::new(), part, parts, bytes: Vec::new() }
    }

    /// Rows that are there.
    pub(crate) fn keep(&mut self, batch: &Batch) {
        for row in 0..batch.rows() {
            if let Some(id) = self.id(batch, row) {
                let count = self.counts.entry(id).or_default();
                *count = count.saturating_add(1);
            }
        }
    }

    /// Whether a row that comes is new; none if its identity is of another part.
    pub(crate) fn take(&mut self, batch: &Batch, row: usize) -> Option<bool> {
        let id = self.id(batch, row)?;
        Some(match self.counts.get_mut(&id) {
            // In a set, one that is known stands for all that come.
            Some(_) if self.is_set => false,
            // In a multiset, each that is known stands for one.
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

    /// The SHA-256 of what identifies a row, if it is of this part.
    fn id(&mut self, batch: &Batch, row: usize) -> Option<[u8; 32]> {
        self.bytes.clear();
        identity(batch, self.fields, row, &mut self.bytes);
        let id: [u8; 32] = digest(&SHA256, &self.bytes).as_ref().try_into().ok()?;
        let beginning = id.first_chunk().map_or(0, |beginning| u64::from_be_bytes(*beginning));
        (beginning % self.parts == self.part).then_some(id)
    }
}

/// The identifying values of a row and its holder, so that different values give different bytes.
fn identity(batch: &Batch, fields: &[usize], row: usize, out: &mut Vec<u8>) {
    for &field in [batch.schema().holder].iter().chain(fields) {
        match batch.schema().fields[field].kind {
            FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
                // A missing text and an empty one are the same to the model.
                let text = batch.text(field, row).unwrap_or_default();
                out.extend_from_slice(&text.len().to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
            FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
                // The smallest number is how the model says "missing".
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

    /// The rows of `month` that `kept` does not have, whatever number of parts they are looked at in.
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
