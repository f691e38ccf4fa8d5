//! The elements of an array in a JSON file, one at a time.

use super::guard::{Count, Guarded};
use crate::error::Stop;
use crate::reason::{Excess, Reason};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::io::BufReader;
use std::rc::Rc;

/// The most values of one entry. The largest known, a claim with its items, has some thousands. A value may
/// take two bytes of a file and hundreds of memory.
const VALUES: usize = 100_000;

/// Refuses a text of JSON that has more values than an entry can have, before anything is made of it.
pub(crate) fn bounded(json: &str) -> Result<(), Stop> {
    // Each value has a byte.
    if json.len() <= VALUES {
        return Ok(());
    }
    let (mut values, mut is_within, mut is_escaped) = (0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_within,
            b'"' => is_within = !is_within,
            // One of them is before each value, but the first.
            b',' | b'[' | b'{' if !is_within => values += 1,
            _ => {}
        }
    }
    match values > VALUES {
        true => Err(Stop::too_many(Excess::Values, VALUES)),
        false => Ok(()),
    }
}

/// Calls `each` with the text of every element of the array at `path` (names of members; an empty path
/// is a file that is an array), and its ordinal from 1. What stands beside the path is passed over.
pub(crate) fn elements(
    input: Guarded<'_>,
    path: &[&str],
    each: &mut dyn FnMut(u64, &str) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let count = input.count();
    let mut walk = Walk { count: Rc::clone(&count), each, seen: 0, stopped: None };
    // The library takes bytes one at a time, which are cheap from a buffer only.
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(input));
    let read = At { path, walk: &mut walk }.deserialize(&mut json);
    let (seen, stopped) = (walk.seen, walk.stopped);
    if let Some(stop) = stopped {
        return Err(stop);
    }
    let read = read.and_then(|()| json.end());
    read.map_err(|error| {
        if error.is_io() {
            return Stop::from(std::io::Error::from(error));
        }
        Stop::broken(seen + 1, Reason::not_json(error.to_string()))
    })
}

struct Walk<'w> {
    count: Rc<Count>,
    each: &'w mut dyn FnMut(u64, &str) -> Result<(), Stop>,
    seen: u64,
    /// Why `each` wants no more: it does not fit through the library's errors.
    stopped: Option<Stop>,
}

/// The value that `path` leads on from.
struct At<'a, 'w> {
    path: &'a [&'a str],
    walk: &'a mut Walk<'w>,
}

impl<'de> DeserializeSeed<'de> for At<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.is_empty() {
            deserializer.deserialize_seq(self)
        } else {
            deserializer.deserialize_map(self)
        }
    }
}

impl<'de> Visitor<'de> for At<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.path.first() {
            None => f.write_str("an array"),
            Some(name) => write!(f, "an object with \"{name}\""),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            self.walk.count.next_record();
            let Some(raw) = seq.next_element::<Box<RawValue>>()? else {
                return Ok(());
            };
            self.walk.seen += 1;
            let given = bounded(raw.get()).and_then(|()| (self.walk.each)(self.walk.seen, raw.get()));
            if let Err(stop) = given {
                self.walk.stopped = Some(stop);
                return Err(A::Error::custom("stopped"));
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.walk.count.next_record();
            match self.path.split_first() {
                Some((first, rest)) if *first == name => {
                    map.next_value_seed(At { path: rest, walk: &mut *self.walk })?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, path: &[&str]) -> (Vec<String>, Result<(), Stop>) {
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
        assert!(matches!(result, Err(Stop::Broken { place: 3, .. })));
        assert!(matches!(all("{\"a\": 1}", &["a"]).1, Err(Stop::Broken { .. })));
    }

    #[test]
    fn values_of_an_entry_are_bounded() {
        let text = format!("\"\\\"{}\"", ",".repeat(3 * VALUES));
        assert!(bounded(&text).is_ok());
        for one in ["{}", "[]", "0"] {
            let many = |count| format!("[{}]", vec![one; count].join(","));
            assert!(bounded(&many(VALUES / 2)).is_ok());
            assert!(matches!(bounded(&many(VALUES + 1)), Err(Stop::TooLarge { .. })));
            let (found, result) = all(&format!("[1,{}]", many(VALUES + 1)), &[]);
            assert_eq!(found, ["11"]);
            assert!(matches!(result, Err(Stop::TooLarge { .. })));
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(all(&deep, &[]).1.is_err());
    }
}
