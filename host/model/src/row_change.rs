//! What a person changed of single rows in another instance, as an archive carries it.

use crate::{Batch, Digest};
use serde::{Deserialize, Serialize};

/// A change, with its rows: none, what the holder gave, or that and the row as the person corrected it.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedChange {
    /// The change.
    pub kind: RowChangeKind,
    /// Rows that belong to it, as many as [`RowChangeKind::rows`] says, with their position in the import.
    pub rows: Batch,
}

/// Kind of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowChangeKind {
    /// The row was corrected.
    Corrected {
        /// When, in UTC seconds.
        at: i64,
    },
    /// Another row stands for the row, because the person said that they are the same.
    Superseded {
        /// When, in UTC seconds.
        at: i64,
    },
    /// The row was deleted.
    Deleted {
        /// When, in UTC seconds.
        at: i64,
        /// Position of the row in the import, packed.
        position: i64,
        /// What an import knows the row by.
        trace: RowTrace,
    },
    /// The person wrote a note with a line of a file.
    Noted {
        /// Position of the line in the import, packed.
        position: i64,
        /// Text of the note.
        text: String,
    },
}

/// What remains of a deleted row: digests by which an import knows it again, and no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTrace {
    /// Name of the change among those of the row.
    pub key: Digest,
    /// Identity of the row as the holder gave it.
    pub identity: Digest,
    /// Month of the row, counted from January 1970.
    pub month: i32,
    /// Other identities of the row: as the person corrected it, and of earlier versions.
    pub aliases: Vec<Digest>,
    /// Names of the row, by which a later version is known.
    pub names: Vec<Digest>,
    /// Hash of its values, and its time.
    pub given: Option<(Digest, Option<i64>)>,
}

impl RowTrace {
    /// Largest number of other identities.
    pub const MOST_ALIASES: usize = 16;

    /// Whether it is no larger than one that a vault writes.
    pub fn is_bounded(&self) -> bool {
        self.aliases.len() <= RowTrace::MOST_ALIASES
            && self.names.len() <= crate::category::Revision::MOST_NAMES
    }
}

impl RowChangeKind {
    /// Largest number of changes that an archive carries: 10 000 changed rows, and as many notes.
    pub const MOST: usize = 20_000;

    /// Longest note, in characters.
    pub const LONGEST_NOTE: usize = 500;

    /// Number of rows that belong to a change.
    pub fn rows(&self) -> usize {
        match self {
            RowChangeKind::Corrected { .. } => 2,
            RowChangeKind::Superseded { .. } => 1,
            RowChangeKind::Deleted { .. } | RowChangeKind::Noted { .. } => 0,
        }
    }
}
