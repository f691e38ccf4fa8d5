//! Texts about an update, on the consent page.

use crate::message::messages;

messages! {
    /// Texts about an update, on the consent page.
    pub enum Updates<'a> in "page-updates" {
        Title { before: &'a str, now: &'a str },
        Lead { before: &'a str },
        NothingMore,
        NewCategory,
        Less { categories: &'a str },
        Compare,
        CompareWhy,
        Gone,
        Results,
        ResultsWhy,
        Figure,
        Sentence,
        Before,
        Now,
        Absent,
    }
}
