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
        Given,
        Rows,
        LeftOut,
        Today,
        KeptByApp,
        Sent,
        Nothing,
        Outcome,
        Replay,
        InJournal,
        FromWhat,
        RowsOf { rows: u64, category: &'a str },
        RowsAgain { rows: u64, category: &'a str, read: &'a str },
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
