//! The three computations, and what a contestant is.

use bench_kernels::Answer;
use mesinfos_model::Category;
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
