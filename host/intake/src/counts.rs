//! What the ordinals of rows in a file count: lines or entries.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a row's place in a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrdinalKind {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: elements of an array, records of a database.
    Entries,
}

impl fmt::Display for OrdinalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OrdinalKind::Lines => "line",
            OrdinalKind::Entries => "entry",
        })
    }
}
