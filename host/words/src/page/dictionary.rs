//! Texts of the dictionary for developers.

use crate::message::messages;

messages! {
    /// Texts of the dictionary for developers.
    pub enum Dictionary<'a> in "page-dictionary" {
        Title,
        Lead { categories: u64 },
        Fields { fields: u64 },
        Sensitive,
        Ask,
        AskWhy,
        Why,
        TheFields,
        Example,
        Rows,
        RowsWhy,
        NoRows,
        RowOf { holder: &'a str, life: &'a str },
        AppGets,
        PersonReads,
    }
}
