//! A JSON document whose arrays are read one element at a time, and whose other members are read on the way.

use crate::error::Stop;
use crate::read::{Guarded, bounded};
use crate::reason::Reason;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::io::BufReader;

/// Objects within objects that are looked into; what is deeper is an error.
const DEPTH: usize = 8;

/// What stands in a document.
pub(super) enum Piece<'p> {
    /// A member of an object that is neither object nor array.
    Member(Value),
    /// An element of an array, as text, and its ordinal among all elements of the document from 1.
    Element(u64, &'p str),
}

/// What takes the pieces of a document, each with the names of the members that lead to it.
type Each<'e> = dyn FnMut(&[String], Piece<'_>) -> Result<(), Stop> + 'e;

/// Reads a document.
pub(super) fn pieces(input: Guarded<'_>, each: &mut Each<'_>) -> Result<(), Stop> {
    let count = input.count();
    let mut next_record = || count.next_record();
    let mut walk = Walk { each, next_record: &mut next_record, path: Vec::new(), seen: 0, stopped: None };
    // The library takes bytes one at a time, which are cheap from a buffer only.
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(input));
    let read = In(&mut walk).deserialize(&mut json);
    let (seen, stopped) = (walk.seen, walk.stopped);
    if let Some(stop) = stopped {
        return Err(stop);
    }
    read.and_then(|()| json.end()).map_err(|error| {
        if error.is_io() {
            return Stop::from(std::io::Error::from(error));
        }
        Stop::broken(seen + 1, Reason::not_json(error.to_string()))
    })
}

struct Walk<'w, 'e> {
    each: &'w mut Each<'e>,
    next_record: &'w mut dyn FnMut(),
    path: Vec<String>,
    seen: u64,
    /// Why no more is wanted: it does not fit through the library's errors.
    stopped: Option<Stop>,
}

impl Walk<'_, '_> {
    fn give<E: Error>(&mut self, piece: Piece<'_>) -> Result<(), E> {
        let given = match piece {
            Piece::Element(_, raw) => bounded(raw),
            Piece::Member(_) => Ok(()),
        };
        given.and_then(|()| (self.each)(&self.path, piece)).map_err(|stop| {
            self.stopped = Some(stop);
            E::custom("stopped")
        })
    }
}

/// The value that the path of the walk leads to.
struct In<'i, 'w, 'e>(&'i mut Walk<'w, 'e>);

impl<'de> DeserializeSeed<'de> for In<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for In<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            (self.0.next_record)();
            let Some(raw) = seq.next_element::<Box<RawValue>>()? else { return Ok(()) };
            self.0.seen += 1;
            let ordinal = self.0.seen;
            self.0.give(Piece::Element(ordinal, raw.get()))?;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            (self.0.next_record)();
            if self.0.path.len() >= DEPTH {
                return Err(A::Error::custom("objects are nested too deep"));
            }
            self.0.path.push(name);
            map.next_value_seed(In(&mut *self.0))?;
            self.0.path.pop();
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.give(Piece::Member(text.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.give(Piece::Member(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.give(Piece::Member(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.0.give(Piece::Member(number.into()))
    }

    fn visit_bool<E: Error>(self, is: bool) -> Result<(), E> {
        self.0.give(Piece::Member(is.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.give(Piece::Member(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<String>, Result<(), Stop>) {
        let mut found = Vec::new();
        let result = pieces(Guarded::new(Box::new(text.as_bytes())), &mut |path, piece| {
            let piece = match piece {
                Piece::Member(value) => value.to_string(),
                Piece::Element(ordinal, raw) => format!("{ordinal}:{raw}"),
            };
            found.push(format!("{}={piece}", path.join(".")));
            Ok(())
        });
        (found, result)
    }

    #[test]
    fn members_and_elements_come_in_their_order() {
        let (found, result) = all(r#"{"a": {"b": 1, "c": [1, {"d": 2}]}, "e": null, "f": [3]}"#);
        assert!(result.is_ok());
        assert_eq!(found, ["a.b=1", "a.c=1:1", "a.c=2:{\"d\": 2}", "e=null", "f=3:3"]);
        assert_eq!(all("[5]").0, ["=1:5"]);
    }

    #[test]
    fn what_comes_before_a_break_is_given_and_depth_is_bounded() {
        let (found, result) = all("{\"a\": [1, 2");
        assert_eq!(found.len(), 2);
        assert!(matches!(result, Err(Stop::Broken { place: 3, .. })));
        assert!(all(&"{\"a\":".repeat(100_000)).1.is_err());
        assert!(all(&"[".repeat(100_000)).1.is_err());
    }
}
