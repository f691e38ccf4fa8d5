//! The three measured computations, as natural native code: rows are added one at a time, the result is
//! small. Every contestant in Rust uses this crate unchanged.
//!
//! A missing number is `None`: the caller translates the sentinel of its own rows.

mod budget;
mod day;
mod plans;
mod profile;

pub use budget::{Budget, Budgeted, KINDS, Month};
pub use day::{Local, month};
pub use plans::{Calls, Compared, PLANS, Plan, Used};
pub use profile::{Profile, Profiled, SLOTS};

/// A result as plain lists, for comparing contestants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Every number of the result, in a fixed order.
    pub numbers: Vec<i64>,
    /// Every text of the result.
    pub texts: Vec<String>,
}

/// Results in the order in which [`Answer`] lists them.
pub trait Answers {
    /// The result as plain lists.
    fn answer(&self) -> Answer;
}
