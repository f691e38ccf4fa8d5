//! A JSON document piece by piece: the elements of its arrays one at a time, and other values on the way.

use super::entries::{Ahead, Document};
use super::guard::{Count, Guarded};
use super::values::bounded;
use crate::error::FormatError;
use crate::fault;
use crate::rows::RowWriter;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::Value;
use serde_json::value::RawValue;
use std::io::BufReader;
use std::rc::Rc;

/// Deepest nesting of objects that is entered; deeper ones are an error.
const LEVELS: usize = 8;

/// How to read a value in a document.
pub(crate) enum Want<'w> {
    /// Skip it.
    Nothing,
    /// All of it as text.
    Text,
    /// The elements of an array; other values are an error.
    Elements,
    /// The values of an object; other values are an error, which names this member as expected.
    Object(&'w str),
    /// The values of an object, the elements of an array, or the value itself.
    Any,
}

/// A part of a document.
pub(crate) enum Piece<'p> {
    /// A value that is neither object nor array.
    Member(Value),
    /// A value as text.
    Text(&'p str),
    /// An array element as text, and its ordinal among all elements of the document, from 1.
    Element(u64, &'p str),
}

/// Takes the text from each entry on, and says where the entry ends.
type Entry<'e> = dyn FnMut(u64, Ahead<'_>) -> Result<Option<usize>, FormatError> + 'e;

/// Takes each piece of a document, with the member names that lead to it.
type Each<'e> = dyn FnMut(&[String], Piece<'_>) -> Result<(), FormatError> + 'e;

/// Reads a document piece by piece: `want` decides how to read the value at a path of member names.
pub(crate) fn pieces<'w>(
    input: Guarded<'_>,
    want: &dyn Fn(&[String]) -> Want<'w>,
    each: &mut Each<'_>,
) -> Result<(), FormatError> {
    let count = input.count();
    let mut walk = Walk { count, want, each, path: Vec::new(), seen: 0, stopped: None };
    // The library takes single bytes, which are only cheap from a buffer.
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(input));
    let read = In { want: want(&[]), walk: &mut walk }.deserialize(&mut json);
    let (seen, stopped) = (walk.seen, walk.stopped);
    if let Some(stop) = stopped {
        return Err(stop);
    }
    read.and_then(|()| json.end()).map_err(|error| {
        if error.is_io() {
            return FormatError::from(std::io::Error::from(error));
        }
        FormatError::broken(seen + 1, fault::json(&error))
    })
}

/// Calls `each` with the text of every element of the array at `path` (member names; empty for a file
/// that is an array), and its ordinal from 1. Values beside the path are skipped.
pub(crate) fn elements(
    input: Guarded<'_>,
    path: &[&str],
    each: &mut dyn FnMut(u64, &str) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    Document::new(input).read(path, &mut |ordinal, ahead| {
        let Some((raw, end)) = ahead.raw()? else { return Ok(None) };
        each(ordinal, raw).map(|()| Some(end))
    })
}

/// Like [`elements`], with the text from each element on, of which the caller parses the element: once.
pub(crate) fn entries(input: Guarded<'_>, path: &[&str], each: &mut Entry<'_>) -> Result<(), FormatError> {
    Document::new(input).read(path, each)
}

/// Like [`elements`], with each element parsed as a `T`; elements that do not parse are rejected.
pub(crate) fn records<T: DeserializeOwned>(
    input: Guarded<'_>,
    path: &[&str],
    rows: &mut RowWriter<'_>,
    each: &mut dyn FnMut(&T, u64, &mut RowWriter<'_>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    entries(input, path, &mut |ordinal, ahead| {
        let Some((record, end)) = ahead.parse::<T>(ordinal, rows)? else { return Ok(None) };
        record.map_or(Ok(()), |record| each(&record, ordinal, rows))?;
        Ok(Some(end))
    })
}

/// Parses one record; `None` if it was rejected.
pub(crate) fn record<T: DeserializeOwned>(raw: &str, ordinal: u64, rows: &mut RowWriter<'_>) -> Option<T> {
    let odd = |error: serde_json::Error| rows.reject(ordinal, None, fault::record(&error));
    serde_json::from_str(raw).map_err(odd).ok()
}

struct Walk<'w, 'f, 'e> {
    count: Rc<Count>,
    want: &'f dyn Fn(&[String]) -> Want<'w>,
    each: &'f mut Each<'e>,
    path: Vec<String>,
    seen: u64,
    /// Error from `each`, which the library's error type cannot carry.
    stopped: Option<FormatError>,
}

impl Walk<'_, '_, '_> {
    fn give<E: Error>(&mut self, piece: Piece<'_>) -> Result<(), E> {
        let sound = match piece {
            Piece::Text(raw) | Piece::Element(_, raw) => bounded(raw),
            Piece::Member(_) => Ok(()),
        };
        sound.and_then(|()| (self.each)(&self.path, piece)).map_err(|stop| {
            self.stopped = Some(stop);
            E::custom("stopped")
        })
    }
}

/// The value at the walk's current path.
struct In<'i, 'w, 'f, 'e> {
    want: Want<'w>,
    walk: &'i mut Walk<'w, 'f, 'e>,
}

impl<'de> DeserializeSeed<'de> for In<'_, '_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.want {
            Want::Nothing => IgnoredAny::deserialize(deserializer).map(drop),
            Want::Text => {
                let raw = Box::<RawValue>::deserialize(deserializer)?;
                self.walk.give(Piece::Text(raw.get()))
            }
            Want::Elements => deserializer.deserialize_seq(self),
            Want::Object(_) => deserializer.deserialize_map(self),
            Want::Any => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for In<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.want {
            Want::Elements => f.write_str("an array"),
            Want::Object(name) => write!(f, "an object with \"{name}\""),
            Want::Nothing | Want::Text | Want::Any => f.write_str("a JSON value"),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            self.walk.count.next_record();
            let Some(raw) = seq.next_element::<Box<RawValue>>()? else { return Ok(()) };
            self.walk.seen += 1;
            let ordinal = self.walk.seen;
            self.walk.give(Piece::Element(ordinal, raw.get()))?;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.walk.count.next_record();
            if self.walk.path.len() >= LEVELS {
                return Err(A::Error::custom("objects are nested too deeply"));
            }
            self.walk.path.push(name);
            let want = (self.walk.want)(&self.walk.path);
            map.next_value_seed(In { want, walk: &mut *self.walk })?;
            self.walk.path.pop();
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.walk.give(Piece::Member(text.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.walk.give(Piece::Member(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.walk.give(Piece::Member(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.walk.give(Piece::Member(number.into()))
    }

    fn visit_bool<E: Error>(self, is: bool) -> Result<(), E> {
        self.walk.give(Piece::Member(is.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.walk.give(Piece::Member(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::values::VALUES;

    fn all(text: &str, path: &[&str]) -> (Vec<String>, Result<(), FormatError>) {
        let mut found = Vec::new();
        let input = Guarded::new(Box::new(text.as_bytes()));
        let result = elements(input, path, &mut |n, raw| {
            found.push(format!("{n}{raw}"));
            Ok(())
        });
        (found, result)
    }

    #[test]
    fn elements_come_one_at_a_time() {
        assert_eq!(all("[1, {\"a\": 2}]", &[]).0, ["11", "2{\"a\": 2}"]);
        let (found, result) = all(r#"{"x": [9], "a": {"b": [1, "é"], "c": 0}}"#, &["a", "b"]);
        assert_eq!(found, ["11", "2\"é\""]);
        assert!(result.is_ok());
        assert!(all("{}", &["a"]).0.is_empty());
    }

    #[test]
    fn what_comes_before_a_break_is_given() {
        let (found, result) = all("[1, 2, {\"a\": ", &[]);
        assert_eq!(found, ["11", "22"]);
        assert!(matches!(result, Err(FormatError::Broken { ordinal: 3, .. })));
        assert!(matches!(all("{\"a\": 1}", &["a"]).1, Err(FormatError::Broken { .. })));
    }

    fn any(text: &str) -> (Vec<String>, Result<(), FormatError>) {
        let mut found = Vec::new();
        let input = Guarded::new(Box::new(text.as_bytes()));
        let result = pieces(input, &|_| Want::Any, &mut |path, piece| {
            let piece = match piece {
                Piece::Member(value) => value.to_string(),
                Piece::Text(raw) => raw.to_owned(),
                Piece::Element(ordinal, raw) => format!("{ordinal}:{raw}"),
            };
            found.push(format!("{}={piece}", path.join(".")));
            Ok(())
        });
        (found, result)
    }

    #[test]
    fn members_and_elements_come_in_their_order() {
        let (found, result) = any(r#"{"a": {"b": 1, "c": [1, {"d": 2}]}, "e": null, "f": [3]}"#);
        assert!(result.is_ok());
        assert_eq!(found, ["a.b=1", "a.c=1:1", "a.c=2:{\"d\": 2}", "e=null", "f=3:3"]);
        assert_eq!(any("[5]").0, ["=1:5"]);
        let (found, result) = any("{\"a\": [1, 2");
        assert_eq!(found.len(), 2);
        assert!(matches!(result, Err(FormatError::Broken { ordinal: 3, .. })));
    }

    #[test]
    fn values_of_an_entry_are_bounded() {
        let text = format!("\"\\\"{}\"", ",".repeat(3 * VALUES));
        assert!(bounded(&text).is_ok());
        for one in ["{}", "[]", "0"] {
            let many = |count| format!("[{}]", vec![one; count].join(","));
            assert!(bounded(&many(VALUES / 2)).is_ok());
            assert!(matches!(bounded(&many(VALUES + 1)), Err(FormatError::TooLarge { .. })));
            let (found, result) = all(&format!("[1,{}]", many(VALUES + 1)), &[]);
            assert_eq!(found, ["11"]);
            assert!(matches!(result, Err(FormatError::TooLarge { .. })));
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(all(&deep, &[]).1.is_err());
        assert!(any(&deep).1.is_err());
        assert!(any(&"{\"a\":".repeat(100_000)).1.is_err());
    }
}
