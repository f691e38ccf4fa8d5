//! Shared parts of both Blue Button texts: records of `Key: value` lines, and tables that map a section's
//! keys to columns.

use super::entry::{Entry, measure};
use crate::error::FormatError;
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::category::health::kind;

/// Longest value, in bytes; longer ones are cut. A cell of a row holds no more either.
const LONGEST: usize = 64 << 10;

/// Most fields of a record. Real ones have fewer than forty.
const MOST: usize = 256;

/// Maps the keys of a section's records to columns. If a column has several keys, the first known one is
/// used, unless noted otherwise.
pub(super) struct Layout {
    /// Titles of the sections, in capitals.
    pub(super) titles: &'static [&'static str],
    pub(super) kind: i64,
    pub(super) label: &'static [&'static str],
    pub(super) on: &'static [&'static str],
    pub(super) until: &'static [&'static str],
    pub(super) provider: &'static [&'static str],
    /// All known keys are used.
    pub(super) value: &'static [&'static str],
    pub(super) unit: &'static [&'static str],
    pub(super) quantity: &'static [&'static str],
    pub(super) status: &'static [&'static str],
    /// All known keys are used, separated by commas.
    pub(super) dose: &'static [&'static str],
    /// All known keys are used, each on a line of its own.
    pub(super) note: &'static [&'static str],
}

impl Layout {
    /// A layout to start from: `Layout { label: &["Problem"], ..Layout::of(titles, kind) }`.
    pub(super) const fn of(titles: &'static [&'static str], kind: i64) -> Layout {
        Layout {
            titles,
            kind,
            label: &[],
            on: &[],
            until: &[],
            provider: &[],
            value: &[],
            unit: &[],
            quantity: &[],
            status: &[],
            dose: &[],
            note: &[],
        }
    }
}

/// Trimmed text; `None` if it is empty or a placeholder for nothing.
pub(super) fn known(text: &str) -> Option<&str> {
    const NOTHING: [&str; 8] = [
        "--",
        "* Not Available *",
        "Not Available",
        "No Information Available",
        "Not Specified",
        "N/A",
        "UNKNOWN",
        "null",
    ];
    let text = text.trim();
    (!text.is_empty() && !NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))).then_some(text)
}

/// Fields of one record, in file order.
#[derive(Default)]
pub(super) struct Record {
    /// Line of its first field.
    pub(super) ordinal: u64,
    fields: Vec<(String, String)>,
}

impl Record {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn clear(&mut self) {
        self.fields.clear();
    }

    /// Keeps only the first fields.
    pub(super) fn truncate(&mut self, fields: usize) {
        self.fields.truncate(fields);
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(other, _)| other == key)
    }

    /// Adds a field; fields beyond the limit are dropped.
    pub(super) fn push(&mut self, ordinal: u64, key: &str, value: &str) {
        if self.fields.is_empty() {
            self.ordinal = ordinal;
        }
        if self.fields.len() < MOST {
            self.fields.push((key.to_owned(), String::new()));
            self.extend(value, ' ');
        }
    }

    /// Continues the last field, whose value spans lines.
    pub(super) fn extend(&mut self, more: &str, between: char) {
        let Some((_, value)) = self.fields.last_mut() else { return };
        let more = if between == ' ' { more.trim() } else { more.trim_end() };
        let room = LONGEST.saturating_sub(value.len() + 1);
        if !value.is_empty() && room > 0 {
            value.push(between);
        }
        value.push_str(&more[..more.floor_char_boundary(room)]);
    }

    /// Value of a field, if it is known; the last one if there are several.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(other, _)| other == key).and_then(|(_, value)| known(value))
    }

    /// The first of these fields that is known, with its key.
    fn first<'k>(&self, keys: &'k [&'k str]) -> Option<(&'k str, &str)> {
        keys.iter().find_map(|key| self.get(key).map(|value| (*key, value)))
    }

    fn first_text(&self, keys: &[&str]) -> Option<&str> {
        self.first(keys).map(|(_, value)| value)
    }

    fn all(&self, keys: &[&str], between: &str) -> Option<String> {
        let known: Vec<&str> = keys.iter().filter_map(|key| self.get(key)).collect();
        (!known.is_empty()).then(|| known.join(between))
    }

    /// The measured value: a single value as it is, a blood pressure as "120/80", several values with
    /// their names.
    fn value(&self, keys: &[&str]) -> Option<String> {
        if let (Some(systolic), Some(diastolic)) = (self.get("Systolic"), self.get("Diastolic")) {
            return Some(format!("{systolic}/{diastolic}"));
        }
        let known: Vec<(&str, &str)> =
            keys.iter().filter_map(|key| self.get(key).map(|value| (*key, value))).collect();
        match known[..] {
            [] => None,
            [(_, value)] => Some(value.to_owned()),
            _ => {
                Some(known.iter().map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// Day in the first known of these fields; or the invalid field, and the reason.
    pub(super) fn day(
        &self,
        keys: &[&str],
        read: fn(&str) -> Option<i64>,
        expected: &str,
    ) -> Result<Option<i64>, (String, Reason)> {
        let Some((key, text)) = self.first(keys) else { return Ok(None) };
        match read(text) {
            Some(day) => Ok(Some(day)),
            None => Err((key.to_owned(), Reason::not_a_date(text, expected))),
        }
    }

    /// Writes the record as an item of a health record. `body` is the text below its fields.
    pub(super) fn push_item(
        &self,
        layout: &Layout,
        holder: &str,
        read_day: (fn(&str) -> Option<i64>, &str),
        body: &str,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let (read, expected) = read_day;
        let days = self
            .day(layout.on, read, expected)
            .and_then(|on| Ok((on, self.day(layout.until, read, expected)?)));
        let (on, until) = match days {
            Ok(days) => days,
            Err((field, reason)) => {
                rows.reject(self.ordinal, Some(&field), reason);
                return Ok(());
            }
        };
        let value = self.value(layout.value);
        let written = value.as_deref();
        let unit = self.first_text(layout.unit);
        let (value, unit) = match written {
            // "98.5 F": the unit is in the value if it has no field of its own.
            Some(text) if unit.is_none() && layout.kind == kind::VITAL => {
                let (value, unit) = measure(text);
                (Some(value), unit)
            }
            _ => (written, unit),
        };
        let label = self.first_text(layout.label);
        let dose = self.all(layout.dose, ", ");
        let note = match (self.all(layout.note, "\n"), known(body)) {
            (Some(note), Some(body)) => Some(format!("{note}\n{body}")),
            (note, body) => note.or(body.map(str::to_owned)),
        };
        if label.is_none() && value.is_none() && note.is_none() && on.is_none() {
            return Ok(());
        }
        Entry {
            holder,
            on,
            until,
            kind: layout.kind,
            label,
            provider: self.first_text(layout.provider),
            quantity: self.first_text(layout.quantity).and_then(super::entry::thousandths),
            status: self.first_text(layout.status),
            value,
            unit,
            dose: dose.as_deref(),
            note: note.as_deref(),
            ..Entry::default()
        }
        .push(rows, self.ordinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing() {
        for nothing in ["", "  ", "--", " * Not Available * ", "No Information Available", "Unknown"] {
            assert_eq!(known(nothing), None);
        }
        assert_eq!(known(" -- then "), Some("-- then"));
    }

    #[test]
    fn values_are_bounded_and_the_last_one_counts() {
        let mut record = Record::default();
        record.push(7, "Note", "a");
        record.extend("  b ", ' ');
        assert_eq!(record.get("Note"), Some("a b"));
        for _ in 0..100 {
            record.extend(&"x".repeat(10_000), ' ');
        }
        assert!(record.get("Note").unwrap().len() <= LONGEST);
        for _ in 0..1_000 {
            record.push(9, "Status", "Final");
        }
        assert_eq!((record.len(), record.ordinal), (MOST, 7));
    }

    #[test]
    fn several_values_say_what_they_are() {
        let mut record = Record::default();
        record.push(1, "Total cholesterol", "142");
        record.push(2, "HDL", "45");
        record.push(3, "LDL", "");
        let keys = ["Total cholesterol", "HDL", "LDL"];
        assert_eq!(record.value(&keys).as_deref(), Some("Total cholesterol 142, HDL 45"));
        record.push(4, "Systolic", "130");
        record.push(5, "Diastolic", "76");
        assert_eq!(record.value(&keys).as_deref(), Some("130/76"));
    }
}
