//! Texts of the timeline.

use crate::message::messages;

messages! {
    /// Texts of the timeline.
    pub enum Timeline<'a> in "page-timeline" {
        Timeline,
        Lead,
        Months,
        All { rows: u64 },
        Picked { day: &'a str, domains: u64 },
        Lanes,
        DayColumn,
        Day { weekday: u64, day: u64 },
        DayAbout { rows: u64, holders: u64 },
        Moment { holders: u64 },
        MomentWhy,
        Several { name: &'a str, rows: u64 },
        Many { name: &'a str },
        Older,
        Nothing,
        NothingWhy,
        Add,
    }
}
