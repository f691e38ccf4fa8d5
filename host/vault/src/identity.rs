//! Which rows of a file are in the vault already.

use mesinfos_model::category::Identity;
use mesinfos_model::{Batch, FieldKind};
use std::collections::HashMap;

/// The rows of `month` that `kept` does not have yet, as the category's [`Identity`] says. Real
/// values are compared, no hashes of them; and rows of different holders are never the same.
pub(crate) fn new_rows(month: &Batch, kept: &Batch) -> Vec<usize> {
    let schema = month.schema();
    let (fields, is_set) = match schema.identity {
        Identity::Set(fields) => (fields, true),
        Identity::Multiset(fields) => (fields, false),
    };
    // Of a multiset, what is there stands for what comes; where nothing is, all is new.
    if kept.rows() == 0 && !is_set {
        return (0..month.rows()).collect();
    }
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    for row in 0..kept.rows() {
        *known.entry(identity(kept, fields, row)).or_default() += 1;
    }
    (0..month.rows())
        .filter(|&row| {
            let id = identity(month, fields, row);
            match known.get_mut(&id) {
                // In a set, one that is known stands for all that come.
                Some(_) if is_set => false,
                // In a multiset, each that is known stands for one.
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => {
                    if is_set {
                        known.insert(id, 1);
                    }
                    true
                }
            }
        })
        .collect()
}

/// The identifying values of a row and its holder, so that different values give different bytes.
fn identity(batch: &Batch, fields: &[usize], row: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
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
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::category::{bank, energy};
    use mesinfos_model::{BatchBuilder, Category};

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
