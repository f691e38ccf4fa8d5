//! The address of a row: its import, and its position in the imported file or archive.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Position of a row within its import. It is stored with the row, packed into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Number of the file in its archive; 0 for a single file.
    pub member: u64,
    /// Line or ordinal in that file.
    pub ordinal: u64,
}

/// Number of low bits of a packed position that hold the ordinal; the member is above them.
const ORDINAL_BITS: u32 = 40;

/// Number of bits of the member. The sign bit stays clear.
const MEMBER_BITS: u32 = 23;

impl Position {
    /// The stored form. Higher bits are dropped; no archive has that many members, and no file that many
    /// rows.
    pub fn packed(self) -> i64 {
        let member = self.member & ((1 << MEMBER_BITS) - 1);
        let ordinal = self.ordinal & ((1 << ORDINAL_BITS) - 1);
        (member << ORDINAL_BITS | ordinal).cast_signed()
    }

    /// Unpacks a stored position.
    pub fn unpacked(packed: i64) -> Position {
        let packed = packed.cast_unsigned();
        Position {
            member: packed >> ORDINAL_BITS & ((1 << MEMBER_BITS) - 1),
            ordinal: packed & ((1 << ORDINAL_BITS) - 1),
        }
    }
}

/// Identifies a row of a person, for as long as the row exists. Written as "3.0.17": number of the import,
/// number of the file in its archive (0 for a single file), and line or ordinal in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RowId {
    /// Number of the import.
    pub import: u64,
    /// Position within the import.
    pub position: Position,
}

/// Error: a text that is not a row id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a row id: expected three numbers such as 3.0.17")]
pub struct NotARowId(String);

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.import, self.position.member, self.position.ordinal)
    }
}

impl std::str::FromStr for RowId {
    type Err = NotARowId;

    fn from_str(text: &str) -> Result<RowId, NotARowId> {
        let none = || NotARowId(text.chars().take(60).collect());
        let mut numbers = text.split('.').map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok).ok_or_else(none);
        let (import, member, ordinal) = (next()?, next()?, next()?);
        let position = Position { member, ordinal };
        // A position that does not fit would name another row.
        if numbers.next().is_some() || Position::unpacked(position.packed()) != position {
            return Err(none());
        }
        Ok(RowId { import, position })
    }
}

impl From<RowId> for String {
    fn from(id: RowId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for RowId {
    type Error = NotARowId;

    fn try_from(text: String) -> Result<RowId, NotARowId> {
        text.parse()
    }
}

/// A set of rows, by id.
pub type RowSet = BTreeSet<RowId>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_text_and_nothing_else_is_one() {
        let id = RowId { import: 3, position: Position { member: 12, ordinal: 1 } };
        assert_eq!((id.to_string().as_str(), "3.12.1".parse::<RowId>().unwrap()), ("3.12.1", id));
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"3.12.1\"");
        assert_eq!(serde_json::from_str::<RowId>("\"3.12.1\"").unwrap(), id);
        for none in [
            "",
            "3",
            "3.1",
            "3.1.1.1",
            "a.0.1",
            "-1.0.1",
            "3.0.18446744073709551615",
            "3.9999999999.1",
            "3..1",
        ] {
            assert!(none.parse::<RowId>().is_err(), "{none}");
        }
    }

    #[test]
    fn positions_come_back_and_are_never_negative() {
        let most = Position { member: (1 << MEMBER_BITS) - 1, ordinal: (1 << ORDINAL_BITS) - 1 };
        for position in [Position { member: 0, ordinal: 0 }, Position { member: 7, ordinal: 1 << 39 }, most] {
            assert!(position.packed() >= 0);
            assert_eq!(Position::unpacked(position.packed()), position);
        }
        // The stored form, unchanged since before this type existed.
        assert_eq!(Position { member: 2, ordinal: 5 }.packed(), 2 << 40 | 5);
    }
}
