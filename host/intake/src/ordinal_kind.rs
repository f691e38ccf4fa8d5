//! Meaning of row ordinals in a file: lines or entries.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a row's ordinal counts in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrdinalKind {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: array elements or database records.
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
