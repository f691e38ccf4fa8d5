//! Texts of the page of rows behind a figure.

use crate::message::messages;

messages! {
    /// Texts of the page of rows behind a figure.
    pub enum Evidence<'a> in "page-evidence" {
        FromRows { rows: u64 },
        FromSums { sums: u64 },
        Title { label: &'a str },
        Crumb,
        Result,
        Lead { app: &'a str },
        RowsOf { rows: u64, category: &'a str },
        SumsOf { sums: u64, category: &'a str },
        Table { category: &'a str },
        Hint,
        Oldest { rows: u64, total: u64 },
        CorrectedSince { rows: u64 },
        Gone { rows: u64 },
        Sums { sums: u64 },
        AllRows,
        Back,
    }
}
