//! What the pages say beside what the platform says.

use crate::message::messages;

messages! {
    /// Words of the pages.
    pub enum Web<'a> in "web" {
        Closed,
        ClosedOpenAnother,
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
