//! Texts of the page on which a person takes everything away.

use crate::message::messages;

messages! {
    /// Texts of the page on which a person takes everything away.
    pub enum Export<'a> in "page-export" {
        Title,
        Lead,
        Contents,
        Rows { rows: u64 },
        Papers { papers: u64, size: &'a str },
        Grants { grants: u64 },
        Receipts { receipts: u64 },
        Results { results: u64 },
        Letters { letters: u64 },
        Entries { entries: u64 },
        List,
        Without,
        WithoutAccount,
        WithoutDisplay,
        WithoutRejected,
        Before,
        Open,
        Long,
        Logged,
        Act,
        Elsewhere,
        ElsewhereHow,
        ElsewhereNot,
        Underway,
        UnderwayWhy,
    }
}
