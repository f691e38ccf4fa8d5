//! Texts of the pages on which a person sees and corrects rejected rows of an import.

use crate::message::messages;

messages! {
    /// Texts of the pages on which a person sees and corrects rejected rows of an import.
    pub enum Rejects<'a> in "page-rejects" {
        Title,
        Lead,
        Download,
        Corrected,
        Correct,
        CorrectAt { place: &'a str },
        NoCells,
        TitleOf { place: &'a str },
        LeadOf,
        Why,
        Column { number: u64 },
        Add,
        Leave,
        NotRead,
        TooLong,
        Known,
        Added,
        Before,
        See,
        Left { rows: u64 },
        Mended,
        HeadFile,
        HeadLine,
        HeadField,
        HeadWhy,
        HeadText,
        HeadAct,
    }
}
