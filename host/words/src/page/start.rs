//! Texts of the first run.

use crate::message::messages;

messages! {
    /// Texts of the first run.
    pub enum Start<'a> in "page-start" {
        Title,
        TryFirst,
        Lead,
        StepLife,
        StepApp,
        StepYou,
        WhichLife,
        TryLife { life: &'a str },
        LifeRows { holders: u64, rows: u64 },
        LifeMonths { months: u64 },
        You,
        YouLead,
        Begin,
        HaveVault,
    }
}
