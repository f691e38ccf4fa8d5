//! Texts of what a person shows to no app.

use crate::message::messages;

messages! {
    /// Texts of what a person shows to no app.
    pub enum Withheld<'a> in "page-withheld" {
        Title,
        Lead,
        None,
        NoneWhy,
        Ask,
        AskLead,
        ThisRow,
        ThisRowWhy,
        OfHolder { holder: &'a str },
        OfNoHolder,
        OfHolderWhy,
        Words,
        WordsWhy,
        WordsButton,
        Hide,
        NotWords { least: u64, most: u64 },
        Full { most: u64 },
        IsHidden,
        Since { at: &'a str },
        RuleRow,
        RuleHolder { holder: &'a str },
        RuleNoHolder,
        RuleWords { words: &'a str },
        Now { rows: u64 },
        ShowAgain,
        ShowAgainWhy,
        Past,
        LeftOut { rows: u64 },
        LeftOutRunning { fields: &'a str },
        See,
        InReceipt,
    }
}
