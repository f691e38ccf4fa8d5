//! A person's own rows, each with its file and its line or ordinal there.

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
    /// Values, without missing ones, in the order of the dictionary.
    pub values: Vec<RowValue>,
    /// Number of the row's import.
    pub import: u64,
    /// Name of the row's file.
    pub file: String,
    /// Line or ordinal of the row in its file.
    pub place: u64,
    time: Option<i64>,
}

/// A value of a row.
#[derive(Debug, Clone)]
pub struct RowValue {
    /// Id of the field.
    pub field: &'static str,
    /// Value in a form for programs: ISO 8601 for dates and instants, ASCII decimals for numbers.
    pub text: String,
    /// The stored number, if the field holds a number, a date or an instant.
    pub number: Option<i64>,
    /// Id of the code, if the field holds one of a list.
    pub code: Option<&'static str>,
}

/// Selection of a person's own rows.
#[derive(Debug, Clone, Copy)]
pub struct RowsAsked {
    /// Local days of the rows.
    pub period: Period,
    /// Whether to include rows without a date when the period is bounded.
    pub undated: bool,
    /// Maximum number of rows returned; the others are only counted.
    pub limit: usize,
}

/// Selected rows of a person.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The oldest selected rows, oldest first.
    pub rows: Vec<Row>,
    /// Number of selected rows, including those beyond the limit.
    pub total: u64,
    /// Number of rows left out because they have no date.
    pub undated_left_out: u64,
}

impl Platform {
    /// The person's rows of a category, oldest first, with all fields unredacted. For the person only: no app
    /// reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows(&self, caller: &Caller, category: Category, asked: &RowsAsked) -> Result<Rows> {
        self.read_of(caller, |Person { vault, .. }| {
            let names = file_names(vault)?;
            let mut found = Rows { rows: Vec::new(), total: 0, undated_left_out: 0 };
            let with_undated = asked.undated || asked.period == Period::ALL;
            for origin in vault.origins(category, &asked.period)? {
                let (import, batch) = origin?;
                let mut taken = 0;
                for row in 0..batch.rows() {
                    match batch.day(row) {
                        Some(day) if !asked.period.contains(day) => continue,
                        None if !with_undated => {
                            found.undated_left_out += 1;
                            continue;
                        }
                        _ => found.total += 1,
                    }
                    // The rows of a batch are in order of time, so the first ones are the oldest.
                    if taken == asked.limit {
                        continue;
                    }
                    taken += 1;
                    let id = id(&batch, row, import);
                    found.rows.push(Row::of(&batch, row, id, &names, caller.lang));
                }
                // Keep only the oldest rows; no others are returned.
                found.rows.sort_by_key(|row: &Row| row.time);
                found.rows.truncate(asked.limit);
            }
            Ok(found)
        })
    }
}

impl Row {
    /// A row of a batch. `names` are those of [`file_names`].
    pub(crate) fn of(batch: &Batch, row: usize, id: RowId, names: &FileNames, lang: Lang) -> Row {
        let RowId { import, position: Position { member, ordinal: place } } = id;
        let file = names.get(&(import, member)).cloned().unwrap_or_default();
        Row { id, values: values(batch, row, lang), import, file, place, time: batch.time(row) }
    }

    /// Value of a field; `None` if it is missing.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|value| value.field == field).map(|value| value.text.as_str())
    }

    /// Stored number of a field; `None` if it has none.
    pub fn number(&self, field: &str) -> Option<i64> {
        self.values.iter().find(|value| value.field == field)?.number
    }

    /// Id of the code of a field; `None` if it has none.
    pub fn code(&self, field: &str) -> Option<&'static str> {
        self.values.iter().find(|value| value.field == field)?.code
    }

    pub(crate) fn time(&self) -> Option<i64> {
        self.time
    }
}

/// Id of a row of an import.
pub(crate) fn id(batch: &Batch, row: usize, import: u64) -> RowId {
    let packed = batch.integer(batch.schema().position(), row).unwrap_or(0);
    RowId { import, position: Position::unpacked(packed) }
}

/// Names of files, by number of the import and of the member.
pub(crate) type FileNames = HashMap<(u64, u64), String>;

/// Names of a person's imported files, by number of the import and of the member in its archive (0 for the
/// import itself).
pub(crate) fn file_names(vault: &PersonVault) -> Result<FileNames> {
    let mut names: FileNames = vault.files()?.into_iter().collect();
    names.extend(
        vault.imports()?.into_iter().map(|import| ((import.outcome.import_id, 0), import.source.file_name)),
    );
    Ok(names)
}

pub(crate) fn values(batch: &Batch, row: usize, lang: Lang) -> Vec<RowValue> {
    let shown = batch.schema().fields.iter().enumerate().filter(|(_, field)| field.reach != Reach::Host);
    let value = |(index, field): (usize, &'static Field)| {
        let text = value(batch, index, field, row, lang)?;
        let is_number = matches!(field.kind, FieldKind::Date | FieldKind::Instant | FieldKind::Integer);
        let number = batch.integer(index, row).filter(|_| is_number);
        let code = match field.kind {
            FieldKind::Code(codes) => {
                let at = batch.integer(index, row).and_then(|code| usize::try_from(code).ok());
                at.and_then(|at| codes.get(at)).map(|code| code.id)
            }
            _ => None,
        };
        Some(RowValue { field: field.name, text, number, code })
    };
    shown.filter_map(value).collect()
}

/// Value of a field of a row in a form for programs.
pub(crate) fn value(batch: &Batch, index: usize, field: &Field, row: usize, lang: Lang) -> Option<String> {
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
