//! The three computations that are measured, as one would write them natively: rows go in one at a
//! time, a small result comes out. Every contestant in Rust uses this crate unchanged.
//!
//! A missing number is `None`: whoever calls has read the sentinel of its own rows.

mod budget;
mod day;
mod plans;
mod profile;

pub use budget::{Budget, Budgeted, KINDS, Month};
pub use day::{Local, month};
pub use plans::{Calls, Compared, PLANS, Plan, Used};
pub use profile::{Profile, Profiled, SLOTS};

/// A result as plain lists, by which contestants are compared.
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
