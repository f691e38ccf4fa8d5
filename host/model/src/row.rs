//! The address of a row: the import that brought it, and its position in what was imported.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where in what was imported a row stood. It is stored with the row, packed into one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The number of the file in its archive; 0 for a file by itself.
    pub member: u64,
    /// The line or the ordinal in that file.
    pub ordinal: u64,
}

/// Bits of a packed position that hold the ordinal: the member is above.
const ORDINAL_BITS: u32 = 40;

/// Bits of the member: the sign stays free.
const MEMBER_BITS: u32 = 23;

impl Position {
    /// As it is stored. What does not fit is cut, as no file has so many members or rows.
    pub fn packed(self) -> i64 {
        let member = self.member & ((1 << MEMBER_BITS) - 1);
        let ordinal = self.ordinal & ((1 << ORDINAL_BITS) - 1);
        (member << ORDINAL_BITS | ordinal).cast_signed()
    }

    /// The position that is stored as this number.
    pub fn unpacked(packed: i64) -> Position {
        let packed = packed.cast_unsigned();
        Position {
            member: packed >> ORDINAL_BITS & ((1 << MEMBER_BITS) - 1),
            ordinal: packed & ((1 << ORDINAL_BITS) - 1),
        }
    }
}

/// Which row of a person: stable for as long as the row is there. Written as "3.0.17": the number of the import,
/// of the file in its archive (0 for a file by itself), and the line or the ordinal there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RowId {
    /// The number of the import that brought it.
    pub import: u64,
    /// Where it stood.
    pub position: Position,
}

/// A text that is not the id of a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not the id of a row: three numbers are, as 3.0.17")]
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
        // What does not fit would name another row.
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

/// Rows by their addresses.
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
        // As it was stored before there was a name for it.
        assert_eq!(Position { member: 2, ordinal: 5 }.packed(), 2 << 40 | 5);
    }
}
