//! Texts of the playground, for developers.

use crate::message::messages;

messages! {
    /// Texts of the playground, for developers.
    pub enum Playground<'a> in "page-playground" {
        Title,
        Lead,
        Code,
        CodeWhy,
        Life,
        Run,
        Link,
        Linked,
        Result,
        NotRun,
        NoView,
        Read { rows: u64 },
        ReadOf { category: &'a str, rows: u64 },
        Used { ms: u64, memory: &'a str },
        Notes,
        NotHere,
        NotHereWhy,
        Then,
    }
}
