//! Texts of pages for what went wrong.

use crate::message::messages;

messages! {
    /// Texts of pages for what went wrong.
    pub enum Failures<'a> in "page-failures" {
        NotDone,
        ErrorOf { page: &'a str },
        Broken,
        NothingHere,
        NothingHereWhy,
        SignedOut,
        SignedOutWhy,
        SignedOutTyped,
        Typed,
        SignIn,
        NotUnderstood,
        Busy,
        TooOften { seconds: u64 },
        OtherSite,
        OtherHost,
        Closed,
        ClosedWhy,
        Home,
    }
}
