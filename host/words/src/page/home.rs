//! Texts of the home page.

use crate::message::messages;

messages! {
    /// Texts of the home page.
    pub enum Home<'a> in "page-home" {
        Title,
        YearTitle { year: &'a str },
        YearLead { holders: u64, rows: u64 },
        Sources { holders: u64 },
        Ring { year: &'a str, domains: &'a str },
        RingDomain { domain: &'a str, months: u64 },
        Rows { rows: u64 },
        Months { months: u64 },
        OfTwelve,
        EmptyTitle,
        EmptyLead,
        EmptyRing,
        AddFirst,
        SeeExample,
        Figures { figures: u64 },
        AllApps,
        FigureAt { at: &'a str },
        OpenApp { app: &'a str },
        ToDo,
        RunFirst,
        RunFirstWhy,
        See,
        NothingOf { domain: &'a str },
        AddMore,
        AddMoreWhy,
        Add,
        WhoRead,
        WholeJournal,
        NobodyRead,
        NobodyReadWhy,
        SeeApps,
        HasRead { rows: u64 },
        ShownToYou,
        NothingSent,
        TookCopy { at: &'a str },
    }
}
