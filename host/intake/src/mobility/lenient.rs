//! JSON values that are a number in one export and a string in the next.
//!
//! A value of neither kind is read as missing, so one odd value does not cost the row; each row decides
//! which values it requires.

use super::place::{GeoPoint, rounded};
use crate::time;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A whole number; fractions are rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Whole(pub(super) Option<i64>);

/// A text; a whole number becomes its digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

/// A position as a pair in text, or as such a pair in an object's `latLng`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LenientPosition(pub(super) Option<GeoPoint>);

impl Text<'_> {
    /// The text; `None` if it is missing or empty.
    pub(super) fn get(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The instant: UTC seconds, and local time minus UTC in minutes if given. `Z` means UTC and does not
    /// give the person's local time.
    pub(super) fn instant(&self) -> Option<(i64, Option<i64>)> {
        // In milliseconds, early 1973; in seconds, the year 5138.
        const LEAST_MILLISECONDS: i64 = 100_000_000_000;
        let text = self.get()?;
        if let Ok(number) = text.parse::<i64>() {
            let seconds = if number < LEAST_MILLISECONDS { number } else { number.div_euclid(1_000) };
            return Some((seconds, None));
        }
        let (at, offset) = time::instant(text)?;
        Some((at, Some(offset).filter(|_| !text.ends_with(['Z', 'z']))))
    }

    /// The text for a message.
    pub(super) fn shown(&self) -> String {
        self.get().map_or("nothing".to_owned(), |text| format!("\"{text}\""))
    }
}

struct WholeVisitor;
struct TextVisitor;
struct PlaceVisitor;

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Whole, D::Error> {
        deserializer.deserialize_any(WholeVisitor)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text<'a>, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

impl<'de> Deserialize<'de> for LenientPosition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LenientPosition, D::Error> {
        deserializer.deserialize_any(PlaceVisitor)
    }
}

/// Visitor methods that turn values of unsupported kinds into the default.
macro_rules! passes_over {
    ($value:ty: $($method:ident($type:ty)),*) => {
        $(fn $method<E: Error>(self, _: $type) -> Result<$value, E> {
            Ok(<$value>::default())
        })*
        fn visit_unit<E: Error>(self) -> Result<$value, E> {
            Ok(<$value>::default())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(<$value>::default())
        }
    };
}

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Whole, E> {
        Ok(Whole(Some(value)))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Whole, E> {
        Ok(Whole(i64::try_from(value).ok()))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Whole, E> {
        Ok(Whole(rounded(value)))
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Whole, E> {
        let value = value.trim();
        Ok(Whole(value.parse().ok().or_else(|| rounded(value.parse().ok()?))))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Whole, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Whole::default())
    }
    passes_over!(Whole: visit_bool(bool));
}

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(value))))
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_owned()))))
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_string()))))
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_string()))))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text::default())
    }
    passes_over!(Text<'de>: visit_bool(bool), visit_f64(f64));
}

impl<'de> Visitor<'de> for PlaceVisitor {
    type Value = LenientPosition;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position")
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<LenientPosition, E> {
        Ok(LenientPosition(GeoPoint::of_pair(value)))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LenientPosition, A::Error> {
        let mut place = LenientPosition::default();
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            if name.eq_ignore_ascii_case("latLng") {
                place = LenientPosition(map.next_value::<Text<'_>>()?.get().and_then(GeoPoint::of_pair));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(place)
    }
    passes_over!(LenientPosition: visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_strings_are_one() {
        let whole = |json: &str| serde_json::from_str::<Whole>(json).unwrap().0;
        for json in ["908", "\"908\"", "908.4", "\"908.376342\"", "907.5", "\" 908 \""] {
            assert_eq!(whole(json), Some(908), "{json}");
        }
        for json in
            ["null", "true", "\"\"", "\"x\"", "[1]", "{\"a\":1}", "1e300", "18446744073709551615", "\"NaN\""]
        {
            assert_eq!(whole(json), None, "{json}");
        }
        let text = |json: &str| serde_json::from_str::<Text<'_>>(json).unwrap().get().map(str::to_owned);
        assert_eq!(
            [text("\"a\""), text("\"a\\u00e9\""), text("12"), text("-1")].map(Option::unwrap),
            ["a", "aé", "12", "-1"]
        );
        for json in ["null", "false", "\" \"", "1.5", "[\"a\"]", "{\"a\":\"b\"}"] {
            assert_eq!(text(json), None, "{json}");
        }
    }

    #[test]
    fn instants_of_every_spelling() {
        let at = |text: &'static str| Text(Some(text.into())).instant();
        assert_eq!(at("2016-10-01T08:59:08.000Z"), Some((1_475_312_348, None)));
        assert_eq!(at("1475312348000"), Some((1_475_312_348, None)));
        assert_eq!(at("1475312348"), Some((1_475_312_348, None)));
        assert_eq!(at("2016-10-01T10:59:08.000+02:00"), Some((1_475_312_348, Some(120))));
        assert_eq!([at("2016-10-01T10:59:08"), at("x"), at(""), Text(None).instant()], [None; 4]);
    }

    #[test]
    fn positions_are_text_or_in_an_object() {
        let place = |json: &str| serde_json::from_str::<LenientPosition>(json).unwrap().0.map(|p| p.latitude);
        for json in ["\"geo:1.5,2\"", "{\"latLng\": \"1.5°, 2°\"}", "{\"x\": [1], \"LatLng\": \"1.5, 2\"}"]
        {
            assert_eq!(place(json), Some(15_000_000), "{json}");
        }
        for json in ["{}", "null", "[]", "1", "1.5", "-1", "true", "\"\"", "{\"latLng\": 5}"] {
            assert_eq!(place(json), None, "{json}");
        }
    }
}
