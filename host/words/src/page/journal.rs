//! Texts of the journal.

use crate::message::messages;

messages! {
    /// Texts of the journal.
    pub enum Journal<'a> in "page-journal" {
        Title,
        Lead,
        Verify,
        Take,
        Verified { entries: u64 },
        Head,
        Running,
        Count { grants: u64 },
        NoGrant,
        SeeApps,
        MayRead { categories: &'a str },
        Since { since: &'a str },
        SinceUntil { since: &'a str, until: &'a str },
        IsPaused,
        Pause,
        Resume,
        Stop,
        StopWhy,
        DayByDay,
        Kinds,
        KindAll,
        KindReads,
        KindArrivals,
        KindGrants,
        Nothing,
        NothingWhy,
        Older,
        Trial,
        Receipt,
        Notice,
        Arrived { file: &'a str, counts: &'a str },
        Arrivals { files: u64, rows: u64 },
        EachFile,
        Installed { app: &'a str },
        Began { app: &'a str },
        Read { app: &'a str, rows: u64, categories: &'a str },
        ReadNothing { app: &'a str },
        Details,
    }
}
