//! Texts of the page on which a person confirms a till receipt.

use crate::message::messages;

messages! {
    /// Texts of the page on which a person confirms a till receipt.
    pub enum Receipts<'a> in "page-receipts" {
        Title,
        Mark,
        Lead,
        Paper,
        Picture { file: &'a str },
        NoLines,
        Head,
        Merchant,
        Day,
        Time,
        Lines,
        LinesWhy,
        Unread { lines: u64 },
        Line { line: u64 },
        Label,
        Quantity,
        Unit,
        Piece,
        Amount,
        Sum,
        Total,
        SumUnknown,
        SumAlone { sum: &'a str },
        SumAgrees { sum: &'a str },
        SumDiffers { sum: &'a str, over: &'a str },
        Anyway,
        NotAgreed,
        Check,
        Confirm,
        Leave,
        BadDay,
        BadTime,
        BadTotal,
        BadAmount { line: u64 },
        BadQuantity { line: u64 },
    }
}
