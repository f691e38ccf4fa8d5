//! Texts of the first run.

use crate::message::messages;

messages! {
    /// Texts of the first run.
    pub enum Start<'a> in "page-start" {
        Title,
        TryFirst,
        SignedOut,
        Lead,
        StepLife,
        StepApp,
        StepYou,
        WhichLife,
        TryLife { life: &'a str },
        LifeRows { holders: u64, rows: u64 },
        LifeSpent { amount: &'a str, year: &'a str },
        LifeElectricity { amount: &'a str, year: &'a str },
        LifeGas { amount: &'a str, year: &'a str },
        LifeDistance { amount: &'a str, year: &'a str },
        LifeCalls { hours: u64, year: &'a str },
        LifeCare { amount: &'a str, year: &'a str },
        You,
        YouLead,
        Begin,
        HaveVault,
    }
}
