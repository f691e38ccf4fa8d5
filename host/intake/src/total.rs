//! Sums over a file's rows, with which a person can check an import against the file.

use mesinfos_model::{Batch, Category, FieldKind, Unit};
use serde::Serialize;
use std::collections::BTreeMap;

/// A sum over the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The field that is added, such as "amount".
    pub field: &'static str,
    /// The subset of rows, such as "consumed"; for money without another subdivision, "in" and "out", the
    /// latter negative. Empty if there is no subdivision.
    pub of: &'static str,
    /// "Wh", "ml", "m", "s", "messages", "bytes", or an ISO 4217 code for minor units of that currency.
    pub unit: String,
    /// The sum, as a whole number of units.
    pub value: i64,
}

/// Most distinct sums: a person has a handful of currencies. Further ones are added as [`OTHERS`].
const SUMS: usize = 1_000;

/// Unit of the sum of everything beyond the distinct sums.
const OTHERS: &str = "unknown";

/// Longest unit, in bytes; a currency has three.
const UNIT: usize = 16;

/// Sums over the fields that each category's table names. Energy is added in milliwatt-hours and rounded
/// to Wh once. Series of one meter at different steps all count: in a file with days and half-hours, both
/// are added.
#[derive(Debug, Default, Clone)]
pub struct Totals {
    sums: BTreeMap<(Category, usize, &'static str, String), i128>,
}

impl Totals {
    /// Adds the rows of a batch.
    pub fn add(&mut self, batch: &Batch) {
        let schema = batch.schema();
        let currency = schema.index("currency");
        for &(field, part) in schema.totals {
            let codes = part.map(|part| match schema.fields[part].kind {
                FieldKind::Code(codes) => (part, codes),
                _ => (part, &[][..]),
            });
            // Texts are copied once for each sum of the batch, not for each row.
            let mut sums: BTreeMap<(&'static str, &str), i128> = BTreeMap::new();
            // Most rows belong to the sum of the row before.
            let mut last: Option<((&'static str, &str), i128)> = None;
            for row in 0..batch.rows() {
                let Some(value) = batch.integer(field, row) else { continue };
                let is_money = schema.fields[field].unit == Unit::MinorUnits;
                let of = match codes {
                    Some((part, codes)) => {
                        let code = batch.integer(part, row).and_then(|code| usize::try_from(code).ok());
                        code.and_then(|code| codes.get(code)).map_or("unknown", |code| code.id)
                    }
                    None if is_money && value < 0 => "out",
                    None if is_money => "in",
                    None => "",
                };
                let unit = match schema.fields[field].unit {
                    Unit::MinorUnits => currency
                        .and_then(|c| batch.text(c, row))
                        .filter(|c| c.len() <= UNIT)
                        .unwrap_or(OTHERS),
                    unit => unit.id(),
                };
                match &mut last {
                    Some((known, sum)) if *known == (of, unit) => *sum += i128::from(value),
                    _ => {
                        if let Some((before, sum)) = last.replace(((of, unit), i128::from(value))) {
                            *sums.entry(before).or_default() += sum;
                        }
                    }
                }
            }
            if let Some((before, sum)) = last {
                *sums.entry(before).or_default() += sum;
            }
            for ((of, unit), sum) in sums {
                let mut key = (batch.category(), field, of, unit.to_owned());
                if self.sums.len() >= SUMS && !self.sums.contains_key(&key) {
                    OTHERS.clone_into(&mut key.3);
                }
                *self.sums.entry(key).or_default() += sum;
            }
        }
    }

    /// The sums of a category.
    pub fn of(&self, category: Category) -> Vec<Total> {
        let own = self.sums.iter().filter(|((c, ..), _)| *c == category);
        own.map(|((_, field, of, unit), sum)| {
            let (unit, sum) = match unit.as_str() {
                "mWh" => ("Wh".to_owned(), (sum + 500).div_euclid(1_000)),
                _ => (unit.clone(), *sum),
            };
            let field = category.schema().fields[*field].name;
            Total { field, of, unit, value: i64::try_from(sum).unwrap_or(i64::MAX) }
        })
        .collect()
    }
}
