//! Texts with a maximum length, so that they fit into a record.

use mesinfos_model::visible::is_hidden;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text of at most `MAX` characters. A longer one is truncated on construction and ends in "…". Invisible
/// characters ([`is_hidden`]: controls, line ends, directions) become U+FFFD, because these texts are printed
/// to terminals and logs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

/// Name of a file, a format, an app or a version. 120 characters are at most 480 bytes, so an entry with
/// several names fits into a record.
pub type Name = Text<120>;

/// Sentence for a person: a purpose or a reason.
pub type Sentence = Text<300>;

impl<const MAX: usize> Text<MAX> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> From<&str> for Text<MAX> {
    fn from(text: &str) -> Text<MAX> {
        let clean = |c: char| {
            if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c }
        };
        if text.chars().count() <= MAX {
            return Text(text.chars().map(clean).collect());
        }
        let kept = text.chars().take(MAX.saturating_sub(1)).map(clean);
        Text(kept.chain(std::iter::once('…')).collect())
    }
}

impl<const MAX: usize> From<String> for Text<MAX> {
    fn from(text: String) -> Text<MAX> {
        Text::from(text.as_str())
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Text<MAX>, D::Error> {
        String::deserialize(d).map(Text::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_is_seen_to_be_cut() {
        assert_eq!(Text::<5>::from("relev").as_str(), "relev");
        assert_eq!(Text::<5>::from("relevé").as_str(), "rele…");
        assert_eq!(Text::<5>::from("rele…").as_str(), "rele…");
        assert_eq!(Text::<5>::from("a\u{1b}[2J").as_str(), "a\u{fffd}[2J");
        assert_eq!(Text::<5>::from("a\u{202e}b").as_str(), "a\u{fffd}b");
    }
}
