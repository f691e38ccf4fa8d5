//! Texts of a result.

use crate::message::messages;

messages! {
    /// Texts of a result.
    pub enum Results<'a> in "page-results" {
        Crumb,
        Compare { at: &'a str },
        Print,
        AllPages,
        Again,
        Erase,
        EraseAsk,
        EraseWhy,
        RowsRead { rows: u64 },
        Gone,
        GoneWhy,
        Receipt,
        ReceiptWhy { at: &'a str },
        App,
        Rows,
        Today,
        KeptByApp,
        Sent,
        Nothing,
        Outcome,
        Replay,
        InJournal,
        FromWhat,
        RowsOf { rows: u64, category: &'a str },
        RowsTimes { rows: u64, category: &'a str, times: u64 },
        RowsAgain { read: u64, category: &'a str, rows: u64 },
        Readings { rows: &'a str, read: &'a str },
        OtherLanguage { language: &'a str },
        OtherLanguageAgain,
        OtherLanguageGrant,
        ToApp,
        NotGiven { categories: &'a str },
        Identical,
        Different,
    }
}
