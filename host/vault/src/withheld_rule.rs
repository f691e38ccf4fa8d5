//! One thing that a person withholds from every app, and its record.

use mesinfos_model::{Batch, Category, Digest, RowId};
use serde::{Deserialize, Serialize};

/// Most rules of a person: each is looked at for every row that an app reads.
pub const MOST_WITHHELD: usize = 300;

/// Longest name of a holder, in bytes as JSON: a rule is one record, and one line of an archive.
pub(crate) const LONGEST_NAME: usize = 1_500;

/// Most identities of a row: with more, a rule would be no record.
pub(crate) const MOST_IDENTITIES: usize = 16;

/// Most imports of which a rule is told to have come with. One of more is the person's own.
pub(crate) const MOST_ORIGINS: usize = 50;

/// What is withheld, of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// A row, its later versions, and the same row of another file.
    Row {
        /// Its id; `None` if it was withheld in another vault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<RowId>,
        /// SHA-256 of its values.
        content: Digest,
        /// Hashes of what identifies it, as it is and as its holder gave it: earlier and later versions have the same,
        /// and so have rows that are equal to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        identities: Vec<Digest>,
    },
    /// All rows of a holder; `None`: all rows that name none.
    Holder(Option<String>),
    /// All rows with a text that contains these words one after the other, or a number that is this one. Case and accents
    /// do not matter.
    Words(String),
}

impl Withheld {
    /// Whether both withhold the same rows, whatever vault they are of.
    pub(crate) fn is_same(&self, other: &Withheld) -> bool {
        match (self, other) {
            (
                Withheld::Row { content, identities, .. },
                Withheld::Row { content: other, identities: others, .. },
            ) => content == other && identities == others,
            (one, other) => one == other,
        }
    }

    /// Whether it fits in a record, and in a line of an archive.
    pub fn fits(&self) -> bool {
        match self {
            Withheld::Row { identities, .. } => identities.len() <= MOST_IDENTITIES,
            Withheld::Holder(None) => true,
            Withheld::Holder(Some(text)) | Withheld::Words(text) => {
                serde_json::to_string(text).is_ok_and(|text| text.len() <= LONGEST_NAME)
            }
        }
    }
}

/// What a person withholds from every app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldRule {
    pub(crate) version: u8,
    /// Random id.
    pub id: RuleId,
    /// The category.
    pub category: Category,
    /// What of it.
    pub what: Withheld,
    /// Since when, in UTC seconds.
    pub at: i64,
    /// Imports with which it came: it ends when all of them are undone. Empty if the person said it here, or kept it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<u64>,
}

/// Id of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(#[serde(with = "hex")] pub(crate) [u8; 16]);

impl RuleId {
    /// The id of a text of 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<RuleId> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u128::from_str_radix(text, 16).ok().filter(|_| is_hex).map(|id| RuleId(id.to_be_bytes()))
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

mod hex {
    use super::RuleId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(id: &[u8; 16], s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&RuleId(*id))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 16], D::Error> {
        let text = String::deserialize(d)?;
        RuleId::parse(&text).map(|id| id.0).ok_or_else(|| D::Error::custom("no id of a rule"))
    }
}

/// Why a row is withheld by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithheldAs {
    /// The rule is about it.
    Itself,
    /// It is probably the same as such a row, and the person has not decided.
    Alike,
    /// With the other rows of the same thing, it would tell what such a row says: a receipt and its lines.
    Total,
}

/// A rule and the rows that it withholds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRows {
    /// The rule.
    pub rule: WithheldRule,
    /// Number of all its rows.
    pub rows: u64,
    /// Number of those that it is not about, and that go with them.
    pub along: u64,
    /// Of a rule about one row: the row as it is now, with its id.
    pub row: Option<(RowId, Batch)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_text() {
        assert_eq!(RuleId::parse(&RuleId([7; 16]).to_string()), Some(RuleId([7; 16])));
        assert!(RuleId::parse("+7").is_none() && RuleId::parse(&"é".repeat(16)).is_none());
    }

    #[test]
    fn a_row_of_another_vault_is_the_same() {
        let row = |row: Option<&str>, n: u8| Withheld::Row {
            row: row.map(|row| row.parse().unwrap()),
            content: Digest([n; 32]),
            identities: vec![Digest([1; 32])],
        };
        assert!(row(Some("1.0.2"), 3).is_same(&row(None, 3)) && !row(None, 3).is_same(&row(None, 4)));
        let words = |text: &str| Withheld::Words(text.to_owned());
        assert!(words("ab").is_same(&words("ab")) && !words("ab").is_same(&words("ac")));
        assert!(!words("ab").is_same(&Withheld::Holder(Some("ab".to_owned()))));
        // Quotes of JSON are a part of it.
        assert!(words(&"a".repeat(LONGEST_NAME - 2)).fits() && !words(&"a".repeat(LONGEST_NAME - 1)).fits());
        assert!(!words(&"\n".repeat(LONGEST_NAME / 2)).fits());
    }
}
