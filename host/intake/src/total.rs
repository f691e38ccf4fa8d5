//! Sums over a file's rows, by which a person can check an import against the file.

use mesinfos_model::category::{bank, energy, telecom};
use mesinfos_model::{Batch, Category};
use serde::Serialize;
use std::collections::BTreeMap;

/// A sum over the rows of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// "Wh", "ml", "s", "messages", "bytes", or an ISO 4217 code for minor units of that currency.
    pub unit: String,
    /// The row's direction; for money "in" and "out", the latter negative.
    pub direction: String,
    /// The sum: a whole number of the unit.
    pub value: i64,
}

/// The sums of a batch. Energy is added in milliwatt-hours and rounded to Wh once. Series of one
/// meter at different steps are all in: a file that holds days beside half-hours counts both.
pub fn totals(batch: &Batch) -> Vec<Total> {
    let mut sums: BTreeMap<(String, String), i128> = BTreeMap::new();
    let mut add = |unit: &str, direction: &str, value: Option<i64>| {
        if let Some(value) = value {
            *sums.entry((unit.to_owned(), direction.to_owned())).or_default() += i128::from(value);
        }
    };
    let direction = |field: usize, row: usize| -> &'static str {
        let mesinfos_model::FieldKind::Code(names) = batch.schema().fields[field].kind else {
            return "";
        };
        let code = batch.integer(field, row).and_then(|code| usize::try_from(code).ok());
        code.and_then(|code| names.get(code).copied()).unwrap_or("unknown")
    };
    for row in 0..batch.rows() {
        match batch.category() {
            Category::Bank => {
                let amount = batch.integer(bank::AMOUNT, row);
                let way = if amount.is_some_and(|a| a < 0) { "out" } else { "in" };
                add(batch.text(bank::CURRENCY, row).unwrap_or("unknown"), way, amount);
            }
            Category::Energy => {
                let way = direction(energy::DIRECTION, row);
                add("mWh", way, batch.integer(energy::ENERGY, row));
                add("ml", way, batch.integer(energy::VOLUME, row));
            }
            Category::Telecom => {
                let way = direction(telecom::DIRECTION, row);
                add("s", way, batch.integer(telecom::DURATION, row));
                add("messages", way, batch.integer(telecom::MESSAGES, row));
                add("bytes", way, batch.integer(telecom::BYTES, row));
            }
        }
    }
    sums.into_iter()
        .map(|((unit, direction), sum)| {
            let (unit, sum) = match unit.as_str() {
                "mWh" => ("Wh".to_owned(), (sum + 500).div_euclid(1_000)),
                _ => (unit, sum),
            };
            Total { unit, direction, value: i64::try_from(sum).unwrap_or(i64::MAX) }
        })
        .collect()
}
