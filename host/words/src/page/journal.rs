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
    }
}
