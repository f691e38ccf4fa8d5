//! Messages of the pages, beyond those of the platform.

use crate::message::messages;

messages! {
    /// Messages of the pages.
    pub enum Web<'a> in "web" {
        Entrance,
        Closed,
        AskForAddress,
        NothingHere,
        Choose,
        SamplePeople { day: &'a str },
        NothingYet,
        TooManyPeople,
        See { app: &'a str },
        OtherLanguage,
        Back,
        ReadOfCategory { rows: u64, category: &'a str },
        NotUnderstood,
        OtherHost,
        Failed,
    }
}
