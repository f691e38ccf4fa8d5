//! The name of a person.

use crate::visible::{is_hidden, is_odd_space};
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use std::fmt;
use std::str::FromStr;

/// The name that identifies a person, in any script: 1 to 64 characters, starting with a letter or digit
/// that is not a combining mark, without control, hidden or syntax characters (of ASCII only letters,
/// digits, spaces and `.'_-`), in Unicode normalisation form C (UAX #15), without surrounding spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// Error: a name that no person can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" cannot be a person's name here: use 1 to 64 letters, digits, spaces, '.', '_', '-' and apostrophes, and start with a letter or a digit"
)]
pub struct NotAName(pub String);

impl PersonName {
    /// The longest name, in characters.
    pub const MAX: usize = 64;
    /// The longest name, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 256;

    /// The normalised name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = NotAName;

    fn from_str(name: &str) -> Result<PersonName, NotAName> {
        // Normalises: "é" as one character and as "e" with an accent is the same name.
        let whole = ComposingNormalizerBorrowed::new_nfc().normalize(name.trim());
        let is_named = |c: char| {
            c.is_ascii_alphanumeric()
                || " .'_-".contains(c)
                || !c.is_ascii() && !c.is_whitespace() && !is_hidden(c) && !is_odd_space(c)
        };
        let fits = (1..=PersonName::MAX).contains(&whole.chars().count())
            && whole.len() <= PersonName::MAX_BYTES
            && whole.chars().next().is_some_and(|c| c.is_alphanumeric() && !is_mark(c))
            && whole.chars().all(is_named)
            && !whole.contains("  ");
        if fits { Ok(PersonName(whole.into_owned())) } else { Err(NotAName(shown(name))) }
    }
}

/// Whether a character combines with the one before it. Some marks are alphabetic in Unicode, but none is a
/// letter on its own.
fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

/// A refused name with its hidden characters shown as "<U+200B>". Otherwise it would look like a valid one.
fn shown(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if is_hidden(c) || is_odd_space(c) || c.is_whitespace() && c != ' ' {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_form() {
        let long = "é".repeat(64);
        for name in [
            "a",
            "alice",
            "0.a_b-c",
            "Éloïse",
            "Marie Dupont",
            "O'Neill",
            "D’Alembert",
            "李雷",
            "हिन्दी",
            &long,
        ] {
            assert_eq!(name.parse::<PersonName>().unwrap().to_string(), name);
        }
        for (typed, name) in [(" Jean ", "Jean"), ("E\u{301}lo\u{308}ise", "Élöise")] {
            assert_eq!(typed.parse::<PersonName>().unwrap().to_string(), name);
        }
        let (long, wide) = ("x".repeat(65), "\u{1F600}".repeat(64));
        for name in [
            "",
            " ",
            "-a",
            ".",
            "..",
            "a/b",
            "a\\b",
            "a  b",
            "a\tb",
            "a\nb",
            "a\u{a0}b",
            "a\u{202e}b",
            "a\u{200b}",
            "a%2f",
            "a?b",
            "a#b",
            "\u{301}a",
            "\u{345}",
            "\u{93e}",
            "\u{1abf}",
            "a\0",
            &long,
            &wide,
        ] {
            assert_eq!(name.parse::<PersonName>(), Err(NotAName(shown(name))), "{name:?}");
        }
    }

    #[test]
    fn a_refusal_shows_what_is_hidden() {
        let refused = |name: &str| name.parse::<PersonName>().unwrap_err().0;
        assert_eq!(refused("a\u{200b}"), "a<U+200B>");
        assert_eq!(refused("a\tb\u{a0}c"), "a<U+0009>b<U+00A0>c");
        assert_eq!(refused("-a"), "-a");
    }
}
