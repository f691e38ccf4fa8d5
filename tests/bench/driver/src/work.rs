//! The three computations, and what a contestant is.

use bench_kernels::Answer;
use mesinfos_model::category::{bank, energy, telecom};
use mesinfos_model::{Category, FieldSet};
use std::time::Duration;

/// A computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    Budget,
    Profile,
    Plans,
}

impl Work {
    pub(crate) const ALL: [Work; 3] = [Work::Budget, Work::Profile, Work::Plans];

    /// Its name: of the app, of the function of a plugin, of the SQL.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Work::Budget => "budget",
            Work::Profile => "profile",
            Work::Plans => "plans",
        }
    }

    pub(crate) fn category(self) -> Category {
        match self {
            Work::Budget => Category::Bank,
            Work::Profile => Category::Energy,
            Work::Plans => Category::Telecom,
        }
    }

    /// The fields that it looks at: whoever has the vault in hand opens no others.
    pub(crate) fn fields(self) -> FieldSet {
        let fields: &[usize] = match self {
            Work::Budget => &[bank::BOOKED_ON, bank::AMOUNT, bank::KIND, bank::LABEL],
            Work::Profile => &[energy::START, energy::UTC_OFFSET, energy::DURATION, energy::ENERGY],
            Work::Plans => &[
                telecom::AT,
                telecom::UTC_OFFSET,
                telecom::SERVICE,
                telecom::DIRECTION,
                telecom::DURATION,
                telecom::MESSAGES,
            ],
        };
        fields.iter().copied().fold(FieldSet::NONE, FieldSet::with)
    }
}

/// One timed run.
pub(crate) struct Ran {
    /// What is compared.
    pub(crate) time: Duration,
    /// More than that, where a contestant does more.
    pub(crate) whole: Option<Duration>,
    pub(crate) answer: Answer,
}

/// Somebody who can do the three computations.
pub(crate) trait Contestant {
    /// Word for `--only`.
    fn id(&self) -> &'static str;
    /// Name in the table.
    fn name(&self) -> String;
    /// What is in its time.
    fn includes(&self) -> &'static str;
    fn run(&mut self, work: Work) -> Ran;
}
