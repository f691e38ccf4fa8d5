//! Texts of the workbench, the page of `mesinfos dev`.

use crate::message::messages;

messages! {
    /// Texts of the workbench.
    pub enum Workbench<'a> in "page-workbench" {
        Title,
        Building,
        DoesNotBuild,
        ShowsLast,
        Built { version: &'a str, size: &'a str, took: &'a str },
        KeepsNothing,
        Preparing,
        Life,
        AsIfRefused { category: &'a str },
        All,
        Show,
        Beside,
        NoView,
        Read { rows: u64 },
        Used,
        What,
        Here,
        Most,
        Time,
        Memory,
        Calls,
        Blocks,
        RowsOf { category: &'a str },
        Checks,
        ChecksHold,
        ChecksFail { failures: u64 },
        ShowsAView,
        WithoutCategory { category: &'a str },
        WithoutField { category: &'a str, field: &'a str },
        Nobody,
        InLanguage { language: &'a str },
        Notes,
        NotesStay,
        NotesCut,
        Json,
        Milliseconds { ms: u64 },
        Seconds { seconds: &'a str },
    }
}
