//! The three computations, and the trait of contestants.

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

    /// Id: name of the app, of the plugin's function, and of the SQL.
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

    /// Fields that the computation reads. A contestant with direct access to the vault opens no others.
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
    /// The compared time.
    pub(crate) time: Duration,
    /// Time including additional work, if the contestant does any.
    pub(crate) whole: Option<Duration>,
    pub(crate) answer: Answer,
}

/// An implementation of the three computations.
pub(crate) trait Contestant {
    /// Id for `--only`.
    fn id(&self) -> &'static str;
    /// Name in the table.
    fn name(&self) -> String;
    /// Description of the work included in its time.
    fn includes(&self) -> &'static str;
    fn run(&mut self, work: Work) -> Ran;
}
