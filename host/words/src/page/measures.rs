//! Texts about what the rows of a category amount to, month by month, and about who could read them.

use crate::message::messages;

messages! {
    /// Texts about what the rows of a category amount to, month by month, and about who could read them.
    pub enum Measures<'a> in "page-measures" {
        Energy,
        Gas,
        Water,
        Accounts,
        Bills,
        Purchases,
        Care,
        Distance,
        Calls,
        Out,
        In,
        Produced { energy: &'a str },
        Amount,
        Volume,
        Duration,
        UnknownHolder,
        OnlyOne { month: &'a str, amount: &'a str },
        Between { least: &'a str, most: &'a str, month: &'a str },
        OneOf { what: &'a str, amount: &'a str },
        BetweenOf { what: &'a str, least: &'a str, most: &'a str },
        Then { first: &'a str, next: &'a str },
        Months { ranges: &'a str },
        LeftOut { rows: u64 },
        Nobody,
        OnTrial { app: &'a str },
    }
}
