//! A row as a line of JSON: its id, then the stored values of its fields.
//!
//! Numbers are in the unit that the list names; dates and instants are ISO 8601
//! (UTC seconds on the last day of the year 9999); codes are ids; a missing value is
//! left out. A row that is read back has the same columns.

use crate::reason::Reason;
use mesinfos_model::{Batch, Category, Cell, Day, Field, FieldKind, Position, RowId};
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A row that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Id of the row: its import, its file and its place there.
    pub(crate) id: RowId,
    /// Member with the kept document of the row, if it has one.
    pub(crate) paper: Option<String>,
    values: Map<String, Value>,
}

/// A row that is written.
struct Written<'a> {
    batch: &'a Batch,
    row: usize,
    id: RowId,
    paper: Option<&'a str>,
}

/// Writes a row as a line, with the name of the member that has its kept document.
///
/// # Errors
/// If a value is none of its field: a time outside the years of the calendar.
pub fn write(
    out: &mut Vec<u8>,
    batch: &Batch,
    row: usize,
    id: RowId,
    paper: Option<&str>,
) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, &Written { batch, row, id, paper })?;
    out.push(b'\n');
    Ok(())
}

/// The fields of a line, with their indexes.
fn fields(category: Category) -> impl Iterator<Item = (usize, &'static Field)> {
    let schema = category.schema();
    let position = schema.position();
    schema.fields.iter().enumerate().filter(move |(index, _)| *index != position)
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        for (index, field) in fields(self.batch.category()) {
            if let Some(text) = self.batch.text(index, self.row) {
                map.serialize_entry(field.name, text)?;
                continue;
            }
            let Some(number) = self.batch.integer(index, self.row) else { continue };
            let wrong = || S::Error::custom(format!("{} is not a value of {}", number, field.name));
            match field.kind {
                FieldKind::Date => {
                    let day = i32::try_from(number).map_err(|_| wrong())?;
                    map.serialize_entry(field.name, &Day(day))?;
                }
                FieldKind::Instant => match jiff::Timestamp::from_second(number) {
                    Ok(at) => map.serialize_entry(field.name, &at.to_string())?,
                    // The last day of the year 9999 is beyond the library.
                    Err(_) => map.serialize_entry(field.name, &number)?,
                },
                FieldKind::Code(codes) => {
                    let code = usize::try_from(number).ok().and_then(|at| codes.get(at));
                    map.serialize_entry(field.name, code.ok_or_else(wrong)?.id)?;
                }
                _ => map.serialize_entry(field.name, &number)?,
            }
        }
        if let Some(paper) = self.paper {
            map.serialize_entry("paper", paper)?;
        }
        map.end()
    }
}

impl Line {
    /// Reads a line.
    pub(crate) fn read(line: &[u8]) -> Result<Line, Reason> {
        let values: serde_json::Result<Map<String, Value>> = serde_json::from_slice(line);
        Line::of(values.map_err(|error| Reason::not_json_line(error.column().to_string()))?)
    }

    /// The row of the members of an object.
    pub(crate) fn of(mut values: Map<String, Value>) -> Result<Line, Reason> {
        let wrong = |name: &str, value: &Value| Reason::odd_form(format!("{name}: {value}"));
        let id = values.remove("id").unwrap_or_default();
        let id = id.as_str().and_then(|id| id.parse().ok()).ok_or_else(|| wrong("id", &id))?;
        let paper = match values.remove("paper") {
            None => None,
            Some(Value::String(paper)) => Some(paper),
            Some(other) => return Err(wrong("paper", &other)),
        };
        Ok(Line { id, paper, values })
    }

    /// The values as cells of a category, with their place in the vault.
    pub(crate) fn cells(&self, category: Category, at: Position) -> Result<Vec<(usize, Cell<'_>)>, Reason> {
        let mut cells = vec![(category.schema().position(), Cell::Int(at.packed()))];
        for (name, value) in &self.values {
            let found = fields(category).find(|(_, field)| field.name == name);
            let (index, field) = found.ok_or_else(|| Reason::no_column(name))?;
            let wrong = || Reason::odd_form(format!("{name}: {value}"));
            cells.push((index, cell(field, value).ok_or_else(wrong)?));
        }
        Ok(cells)
    }

    /// Whether the rows have equal values.
    pub(crate) fn has_values_of(&self, other: &Line) -> bool {
        self.values == other.values
    }

    /// A text of the row.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field)?.as_str()
    }

    /// A number of the row.
    pub(crate) fn number(&self, field: &str) -> Option<i64> {
        self.values.get(field)?.as_i64()
    }
}

fn cell<'a>(field: &Field, value: &'a Value) -> Option<Cell<'a>> {
    Some(match field.kind {
        FieldKind::Date => Cell::Int(value.as_str()?.parse::<Day>().ok()?.0.into()),
        FieldKind::Instant if value.is_i64() => Cell::Int(value.as_i64()?),
        FieldKind::Instant => {
            let at: jiff::Timestamp = value.as_str()?.parse().ok()?;
            // Seconds only: a fraction would be lost.
            (at.subsec_nanosecond() == 0).then(|| Cell::Int(at.as_second()))?
        }
        FieldKind::Integer => Cell::Int(value.as_i64()?),
        FieldKind::Code(codes) => {
            let id = value.as_str()?;
            let at = codes.iter().position(|code| code.id == id)?;
            Cell::Int(i64::try_from(at).ok()?)
        }
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => Cell::Text(value.as_str()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::BatchBuilder;
    use mesinfos_model::category::{bank, energy};

    const AT: Position = Position { member: 2, ordinal: 17 };

    fn back(batch: &Batch) -> Batch {
        let mut out = Vec::new();
        for row in 0..batch.rows() {
            write(&mut out, batch, row, RowId { import: 3, position: AT }, None).unwrap();
        }
        let mut builder = BatchBuilder::new(batch.category());
        for line in out.split_inclusive(|byte| *byte == b'\n') {
            let line = Line::read(line).unwrap();
            assert_eq!(line.id, RowId { import: 3, position: AT });
            builder.push_cells(line.cells(batch.category(), AT).unwrap());
        }
        builder.finish()
    }

    /// Rows with every field of a category, at the ends of their ranges, and one with what is required only.
    fn rows(category: Category) -> Batch {
        let schema = category.schema();
        let mut rows = BatchBuilder::new(category);
        let places = (schema.position(), Cell::Int(AT.packed()));
        for (day, instant, number) in
            [(-719_162, -62_135_596_800, i64::MIN + 1), (2_932_896, 253_402_300_799, i64::MAX), (0, 0, 0)]
        {
            let cells = fields(category).map(|(index, field)| {
                let cell = match field.kind {
                    FieldKind::Date => Cell::Int(day),
                    FieldKind::Instant => Cell::Int(instant),
                    FieldKind::Integer => Cell::Int(number),
                    FieldKind::Code(codes) => Cell::Int(codes.len() as i64 - 1),
                    _ => Cell::Text("é \" \\ \u{0}\n\u{202e}🦀"),
                };
                (index, cell)
            });
            rows.push_cells(cells.chain([places]));
        }
        rows.push(&[(schema.time, Cell::Int(12)), places]);
        rows.finish()
    }

    #[test]
    fn a_row_comes_back_with_all_its_columns() {
        for &category in Category::ALL {
            let rows = rows(category);
            assert_eq!(back(&rows), rows, "{category}");
        }
    }

    #[test]
    fn a_line_says_what_it_means() {
        let mut rows = BatchBuilder::new(Category::Energy);
        rows.push(&[
            (energy::HOLDER, "Enedis".into()),
            (energy::START, 1_738_362_600_i64.into()),
            (energy::DIRECTION, energy::direction::CONSUMED.into()),
            (energy::ENERGY, 150_500_i64.into()),
        ]);
        let mut out = Vec::new();
        write(&mut out, &rows.finish(), 0, RowId { import: 3, position: AT }, Some("papers/1")).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"id\":\"3.2.17\",\"holder\":\"Enedis\",\"direction\":\"consumed\",\"start\":\"2025-01-31T22:30:00Z\",\
             \"energy\":150500,\"paper\":\"papers/1\"}\n"
        );
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for bad in [
            "",
            "{}",
            "[]",
            "{\"id\":3}",
            "{\"id\":\"3.0.1\"",
            "{\"id\":\"3.0.1\"} x",
            "{\"id\":\"3.0.99999999999999999\"}",
            "{\"id\":\"3.0.1\",\"paper\":7}",
        ] {
            assert!(Line::read(bad.as_bytes()).is_err(), "{bad}");
        }
        for (field, value) in [
            ("nothing", "1"),
            ("position", "1"),
            ("booked-on", "1"),
            ("booked-on", "\"2025-02-30\""),
            ("amount", "1.5"),
            ("amount", "\"1\""),
            ("amount", "9223372036854775808"),
            ("label", "null"),
            ("label", "[]"),
            ("kind", "\"x\""),
        ] {
            let line = format!("{{\"id\":\"3.0.1\",\"{field}\":{value}}}");
            let line = Line::read(line.as_bytes()).unwrap();
            assert!(line.cells(Category::Bank, AT).is_err(), "{field} {value}");
        }
        let line = Line::read(b"{\"id\":\"3.0.1\",\"amount\":-1,\"label\":\"x\"}").unwrap();
        assert_eq!((line.number("amount"), line.text("label")), (Some(-1), Some("x")));
        assert!(line.cells(Category::Bank, AT).unwrap().contains(&(bank::AMOUNT, Cell::Int(-1))));
    }
}
