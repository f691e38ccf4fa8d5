//! A document: a JSON object whose members are read on demand. Numbers stay text, so money and positions
//! never pass through floating point.

use super::insured::Insured;
use super::sms_duplicates::Legs;
use crate::error::FormatError;
use crate::number::{scaled, times};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time::{self, Instant};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::{Category, Cell, Day};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Time zone of the pilot's participants and holders.
pub(super) static PARIS: LazyLock<TimeZone> = LazyLock::new(|| time::zone("Europe/Paris"));

/// The reason why a document yields no row.
pub(super) enum Fault {
    /// The field, and the problem.
    Wrong(&'static str, Reason),
    /// Reading stops.
    FormatError(FormatError),
}

impl From<FormatError> for Fault {
    fn from(stop: FormatError) -> Fault {
        Fault::FormatError(stop)
    }
}

/// Result of reading a document.
pub(super) type Done = Result<(), Fault>;

/// A fault in a field.
pub(super) fn wrong<T>(field: &'static str, reason: Reason) -> Result<T, Fault> {
    Err(Fault::Wrong(field, reason))
}

/// Destination of a document's rows.
pub(super) struct Out<'o, 'r> {
    /// Ordinal of the document in the file.
    pub(super) ordinal: u64,
    pub(super) rows: &'o mut RowWriter<'r>,
    /// Messages of the file that may be repeated.
    pub(super) legs: &'o mut Legs,
    /// Contracts of the file that have no number.
    pub(super) insured: &'o mut Insured,
}

impl Out<'_, '_> {
    pub(super) fn push(&mut self, category: Category, cells: &[(usize, Cell<'_>)]) -> Done {
        Ok(self.rows.push(category, self.ordinal, cells)?)
    }

    /// Rejects one of the document's rows.
    pub(super) fn reject(&mut self, field: &str, reason: Reason) {
        self.rows.reject(self.ordinal, Some(field), reason);
    }

    /// Takes the result of a part that is a row of its own: a wrong part is rejected, and the other parts
    /// are still imported.
    pub(super) fn part(&mut self, done: Done) -> Done {
        match done {
            Err(Fault::Wrong(field, reason)) => {
                self.reject(field, reason);
                Ok(())
            }
            done => done,
        }
    }
}

/// A document, or an object in it. In member names, "a.b" is the member "b" of the object "a".
pub(super) struct Doc<'d> {
    members: BTreeMap<String, &'d RawValue>,
}

impl<'d> Doc<'d> {
    pub(super) fn parse(raw: &'d str) -> Option<Doc<'d>> {
        let members = serde_json::from_str(raw).ok()?;
        Some(Doc { members })
    }

    pub(super) fn has(&self, member: &str) -> bool {
        self.members.contains_key(member)
    }

    fn value(&self, name: &str) -> Option<&'d str> {
        match name.split_once('.') {
            None => self.members.get(name).map(|value| value.get()),
            Some((first, rest)) => self.part(first)?.value(rest),
        }
    }

    /// A nested object.
    pub(super) fn part(&self, name: &str) -> Option<Doc<'d>> {
        Doc::parse(self.value(name)?)
    }

    /// Objects of a nested array; a single object counts as an array of one.
    pub(super) fn parts(&self, name: &str) -> Vec<Doc<'d>> {
        let Some(value) = self.value(name) else { return Vec::new() };
        match serde_json::from_str::<Vec<&RawValue>>(value) {
            Ok(items) => items.into_iter().filter_map(|item| Doc::parse(item.get())).collect(),
            Err(_) => Doc::parse(value).into_iter().collect(),
        }
    }

    /// Texts of a nested array.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let items = self.value(name).and_then(|value| serde_json::from_str::<Vec<&RawValue>>(value).ok());
        items.unwrap_or_default().into_iter().filter_map(|item| scalar(item.get())).collect()
    }

    /// Text of a member: a trimmed string, or a number or boolean as written. `None` if it is empty or a
    /// placeholder.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        scalar(self.value(name)?)
    }

    /// Text of the first of several members that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Texts of several members, joined by `between`.
    pub(super) fn joined(&self, names: &[&str], between: &str) -> Option<String> {
        let texts: Vec<String> = names.iter().filter_map(|name| self.text(name)).collect();
        (!texts.is_empty()).then(|| texts.join(between))
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text == "true")
    }

    /// Text of a required member.
    pub(super) fn needed(&self, field: &'static str) -> Result<String, Fault> {
        self.text(field).map_or_else(|| wrong(field, Reason::Missing), Ok)
    }

    /// A member as a decimal number times 10^`digits`.
    pub(super) fn number(&self, field: &'static str, digits: u32) -> Result<Option<i64>, Fault> {
        let Some(text) = self.text(field) else { return Ok(None) };
        match decimal(&text, digits) {
            None => wrong(field, Reason::too_many_decimals(text, digits.to_string())),
            value => Ok(value),
        }
    }

    /// A member as an amount in euros, in cents.
    pub(super) fn euros(&self, field: &'static str) -> Result<Option<i64>, Fault> {
        let Some(text) = self.text(field) else { return Ok(None) };
        match decimal(&text, 2) {
            None => wrong(field, Reason::too_many_decimals(text, "2")),
            value => Ok(value),
        }
    }

    /// A member as a day, as written: anything after the date is ignored.
    pub(super) fn day(&self, field: &'static str) -> Result<Option<i64>, Fault> {
        let Some(text) = self.text(field) else { return Ok(None) };
        match written_day(&text) {
            None => wrong(field, Reason::not_a_date(text, "2016-03-08")),
            Some(day) => Ok(Some(i64::from(day.0))),
        }
    }

    /// A required member as an instant. Without an offset, it is in France's time.
    pub(super) fn instant(&self, field: &'static str) -> Result<Instant, Fault> {
        let text = self.needed(field)?;
        moment(&text).map_or_else(|| wrong(field, Reason::not_an_instant(text, "2016-10-01T08:59:08Z")), Ok)
    }

    /// A member in degrees as 1/10^7 degree; `None` if it is not a number between `-most` and `most`.
    pub(super) fn degrees(&self, field: &str, most: i64) -> Option<i64> {
        let degrees = rounded(&self.text(field)?, 7)?;
        (-most * 10_000_000..=most * 10_000_000).contains(&degrees).then_some(degrees)
    }
}

/// Text of a JSON value other than an array or object; `None` if it is empty or a placeholder.
fn scalar(json: &str) -> Option<String> {
    let text = match json.as_bytes().first()? {
        b'"' => serde_json::from_str::<String>(json).ok()?.trim().to_owned(),
        b'{' | b'[' => return None,
        _ => json.to_owned(),
    };
    (!matches!(text.as_str(), "" | "null" | "undefined" | "N/A" | "NaN")).then_some(text)
}

/// A decimal number. One that a holder's program summed in floating point, such as "7.3500000000000005",
/// is rounded; any other must not have more digits.
fn decimal(text: &str, digits: u32) -> Option<i64> {
    /// No holder writes that many decimals: they come from binary fractions.
    const ARTEFACT: usize = 10;
    if text.contains(',') {
        return None;
    }
    scaled(text, digits).or_else(|| {
        let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        (decimals >= ARTEFACT).then(|| rounded(text, digits)).flatten()
    })
}

/// A decimal number with any number of digits, rounded to `digits`.
fn rounded(text: &str, digits: u32) -> Option<i64> {
    if text.contains(',') {
        return None;
    }
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = u32::try_from(decimals).ok()?.max(digits);
    times(scaled(text, decimals)?, 1, 10_i64.checked_pow(decimals - digits)?)
}

/// A day as written, with an optional time after it.
pub(super) fn written_day(text: &str) -> Option<Day> {
    let behind = text.as_bytes().get(10);
    behind.is_none_or(|byte| matches!(byte, b'T' | b' ')).then(|| time::day(text, "ymd")).flatten()
}

/// An instant; without an offset it is in France's time, and a day means its start there.
pub(super) fn moment(text: &str) -> Option<Instant> {
    if text.len() == 10 {
        return midnight(written_day(text)?);
    }
    let (at, _) = time::instant_in(text, &PARIS)?;
    Some((at, time::offset(at, &PARIS)?))
}

/// Start of a day in France.
pub(super) fn midnight(day: Day) -> Option<Instant> {
    time::local_at(day, Time::midnight(), &PARIS)
}

/// Day in France of an instant, or a day as written.
pub(super) fn day_in_france(text: &str) -> Option<i64> {
    let (at, offset) = moment(text)?;
    Some(i64::from(Day::of_instant(at, offset).0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        let doc = Doc::parse(
            r#"{"a":-22.28,"b":"648.0","c":7.3500000000000005,"d":0.123,"e":"1,5","f":null,"g":1e3}"#,
        );
        let doc = doc.unwrap();
        let euros = |name| doc.euros(name).ok();
        assert_eq!(
            [euros("a"), euros("b"), euros("c")],
            [Some(Some(-2_228)), Some(Some(64_800)), Some(Some(735))]
        );
        assert_eq!([euros("d"), euros("e"), euros("g")], [None, None, None]);
        assert_eq!([euros("f"), euros("h")], [Some(None), Some(None)]);
    }

    #[test]
    fn times_with_and_without_a_zone() {
        assert_eq!(moment("2016-10-01T08:59:08Z"), Some((1_475_312_348, 120)));
        assert_eq!(moment("2017-03-01T02:00:00"), Some((1_488_330_000, 60)));
        assert_eq!(moment("2016-07-01"), Some((1_467_324_000, 120)));
        assert_eq!(moment("2015-07-20T19:00"), Some((1_437_411_600, 120)));
        for bad in ["2016-07-012016-07-01", "2016-03-033T00:00:00.000Z", "", "2016-13-01", "soon"] {
            assert_eq!(moment(bad), None, "{bad}");
            assert_eq!(written_day(bad), None, "{bad}");
        }
        assert_eq!(day_in_france("2017-05-31T22:00:00.000Z"), day_in_france("2017-06-01"));
    }

    #[test]
    fn members_are_found_in_objects() {
        let doc =
            Doc::parse(r#"{"a":{"b":{"c":" x "}},"l":[{"c":1},2],"t":["p",null,3],"o":{"c":4}}"#).unwrap();
        assert_eq!(doc.text("a.b.c").as_deref(), Some("x"));
        assert_eq!(doc.text("a.x.c"), None);
        assert_eq!(doc.parts("l").len(), 1);
        assert_eq!(doc.parts("o").len(), 1);
        assert_eq!(doc.texts("t"), ["p", "3"]);
        assert!(Doc::parse("[1]").is_none());
    }
}
