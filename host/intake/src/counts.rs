//! What the ordinals of rows in a file count: lines or entries.

use mesinfos_model::view::Lang;
use serde::Serialize;

/// What a row's place in a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: elements of an array, records of a database.
    Entries,
}

impl Counts {
    /// What one of them is called.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Counts::Lines, Lang::Fr) => "ligne",
            (Counts::Lines, Lang::En) => "line",
            (Counts::Entries, Lang::Fr) => "entrée",
            (Counts::Entries, Lang::En) => "entry",
        }
    }
}
