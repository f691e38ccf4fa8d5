//! A person's own rows, with the file and position each came from.

use crate::{Caller, Person, Platform, Result};
use mesinfos_model::category::Reach;
use mesinfos_model::money::{decimal, exponent};
use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, Day, Field, FieldKind, Period, Position, RowId, Unit};
use mesinfos_vault::PersonVault;
use std::collections::HashMap;

/// A row as the person sees it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Row id. Rows from one line of a file share an id.
    pub id: RowId,
    /// Field ids and values, without missing values.
    pub values: Vec<(&'static str, String)>,
    /// Number of the import that brought the row.
    pub import: u64,
    /// Name of the file it was in.
    pub file: String,
    /// Line in the file, or ordinal.
    pub place: u64,
    time: Option<i64>,
}

impl Platform {
    /// The person's rows of a category within `period`, oldest first, at most `limit`, with all fields
    /// unredacted. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows(
        &self,
        caller: &Caller,
        category: Category,
        period: &Period,
        limit: usize,
    ) -> Result<Vec<Row>> {
        self.read_of(caller, |Person { vault, .. }| {
            let names = file_names(vault)?;
            let mut rows = Vec::new();
            for origin in vault.origins(category, period)? {
                let (import, batch) = origin?;
                let shown = (0..batch.rows()).filter(|&row| in_period(&batch, row, period)).take(limit);
                for row in shown {
                    let id = id(&batch, row, import);
                    let file = names.get(&(import, id.position.member)).cloned().unwrap_or_default();
                    rows.push(Row::of(&batch, row, id, file, caller.lang));
                }
                // Keep only the oldest rows: no others are shown.
                rows.sort_by_key(|row: &Row| row.time);
                rows.truncate(limit);
            }
            Ok(rows)
        })
    }
}

impl Row {
    pub(crate) fn of(batch: &Batch, row: usize, id: RowId, file: String, lang: Lang) -> Row {
        let RowId { import, position: Position { ordinal: place, .. } } = id;
        Row { id, values: values(batch, row, lang), import, file, place, time: batch.time(row) }
    }

    pub(crate) fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    pub(crate) fn time(&self) -> Option<i64> {
        self.time
    }
}

/// Row id of a row of an import.
pub(crate) fn id(batch: &Batch, row: usize, import: u64) -> RowId {
    let packed = batch.integer(batch.schema().place(), row).unwrap_or(0);
    RowId { import, position: Position::unpacked(packed) }
}

/// Names of a person's imported files, by number of the import and of the member in its archive (0 for the
/// import itself).
pub(crate) fn file_names(vault: &PersonVault) -> Result<HashMap<(u64, u64), String>> {
    let mut names: HashMap<(u64, u64), String> = vault.files()?.into_iter().collect();
    names.extend(
        vault.imports()?.into_iter().map(|import| ((import.outcome.import_id, 0), import.source.file_name)),
    );
    Ok(names)
}

fn in_period(batch: &Batch, row: usize, period: &Period) -> bool {
    batch.day(row).is_none_or(|day| period.contains(day))
}

fn values(batch: &Batch, row: usize, lang: Lang) -> Vec<(&'static str, String)> {
    let shown = batch.schema().fields.iter().enumerate().filter(|(_, field)| field.reach != Reach::Host);
    shown.filter_map(|(index, field)| Some((field.name, value(batch, index, field, row, lang)?))).collect()
}

fn value(batch: &Batch, index: usize, field: &Field, row: usize, lang: Lang) -> Option<String> {
    if let Some(text) = batch.text(index, row) {
        return Some(text.to_owned());
    }
    let number = batch.integer(index, row)?;
    Some(match (field.kind, field.unit) {
        (FieldKind::Date, _) => Day(i32::try_from(number).ok()?).to_string(),
        (FieldKind::Instant, _) => jiff::Timestamp::from_second(number).ok()?.to_string(),
        (FieldKind::Code(codes), _) => {
            let code = codes.get(usize::try_from(number).ok()?)?;
            code.name(lang).to_owned()
        }
        (_, Unit::MinorUnits) => {
            let currency =
                batch.schema().index("currency").and_then(|c| batch.text(c, row)).unwrap_or_default();
            decimal(number, exponent(currency))
        }
        (_, Unit::MilliwattHours | Unit::Millilitres | Unit::Thousandths) => decimal(number, 3),
        (_, Unit::E7Degrees) => decimal(number, 7),
        (_, Unit::BasisPoints) => decimal(number, 2),
        _ => number.to_string(),
    })
}
