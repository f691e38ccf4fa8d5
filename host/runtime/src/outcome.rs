//! How a run ends: a closed list.

use mesinfos_model::Category;
use serde::{Deserialize, Serialize};

/// How a run ended. The code ([`Outcome::code`]) is all that anybody but the person may learn.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum Outcome {
    /// With a view.
    #[error("done")]
    Completed,
    /// The app says that data it needs is not there.
    #[error("the app needs data that is not there: {}", list(.0))]
    NeedsData(Vec<Category>),
    /// The app says that a parameter is wrong.
    #[error("the parameter \"{param}\" is not right: {message}")]
    BadAnswer {
        /// Its id.
        param: String,
        /// What is expected.
        message: Expected,
    },
    /// The app could not do it, for a reason of its own.
    #[error("the app could not do it: {0}")]
    Declined(String),
    /// A category that the app requires is not granted; it was not started.
    #[error("the app was not started: it requires {}, which is not granted", list(.0))]
    NotGranted(Vec<Category>),
    /// The app crashed.
    #[error("the app crashed")]
    Trapped,
    /// It took longer than the limit.
    #[error("the app was stopped: it took longer than {seconds} seconds")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// It asked for more memory than the limit.
    #[error("the app was stopped: it asked for more than {mebibytes} MiB of memory")]
    OutOfMemory {
        /// The limit.
        mebibytes: usize,
    },
    /// Its calls were nested too deep.
    #[error("the app was stopped: its calls were nested too deep")]
    StackOverflow,
    /// It called the host too often.
    #[error("the app was stopped: it called the host too often")]
    TooManyCalls,
    /// It read more rows than the limit.
    #[error("the app was stopped: it read too many rows")]
    TooManyRows,
    /// It held more handles than the limit.
    #[error("the app was stopped: it held too many pages open")]
    TooManyHandles,
    /// What it returned is over the size limit.
    #[error("what the app returned is too large to be a view")]
    OutputTooLarge,
    /// What it returned is not a view.
    #[error("what the app returned is not a view: {path}: {problem}")]
    InvalidView {
        /// Where: `pages[0].sections[2].blocks[1].title`.
        path: String,
        /// What is wrong there.
        problem: String,
    },
    /// The grant ended, or an import was taken back, while it was running.
    #[error("what the app was given was taken back while it was running")]
    Withdrawn,
    /// Rows could not be read.
    #[error("the data could not be read: {0}")]
    Unavailable(String),
    /// The component does not fit this host.
    #[error("the app does not fit this version of the platform: {0}")]
    Incompatible(String),
}

/// What is expected of the value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Expected {
    /// What the app says of it, in the language that it was asked in.
    #[error("{0}")]
    Said(String),
    /// A number.
    #[error("\"{0}\" is not a number")]
    Number(String),
    /// A number from one to another.
    #[error("a number from {min} to {max} is expected")]
    Between {
        /// The least.
        min: String,
        /// The most.
        max: String,
    },
    /// Yes or no.
    #[error("\"{0}\" is neither yes nor no")]
    YesOrNo(String),
    /// One of a list.
    #[error("\"{found}\" is none of {}", .known.join(", "))]
    OneOf {
        /// What was given.
        found: String,
        /// The list.
        known: Vec<String>,
    },
    /// A date.
    #[error("\"{0}\" is not a date as 2024-05-31")]
    Date(String),
    /// A date that the app takes.
    #[error("the date is outside what the app takes")]
    OtherDate,
    /// A value of another kind.
    #[error("the value is not of the kind that the app declared")]
    OtherKind,
    /// Nothing: the app has no parameters.
    #[error("this app has no parameters")]
    Nothing,
    /// Another parameter.
    #[error("there is no such parameter; there are {}", .0.join(", "))]
    Parameter(Vec<String>),
}

fn list(categories: &[Category]) -> String {
    categories.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ")
}

impl Outcome {
    /// Every code, in no order: what a developer may ever learn of a run.
    pub const CODES: &'static [&'static str] = &[
        "completed",
        "needs-data",
        "bad-answer",
        "declined",
        "not-granted",
        "trapped",
        "timed-out",
        "out-of-memory",
        "stack-overflow",
        "too-many-calls",
        "too-many-rows",
        "too-many-handles",
        "output-too-large",
        "invalid-view",
        "withdrawn",
        "unavailable",
        "incompatible",
    ];

    /// Whether the host had to stop the app, or it crashed: it cost more than it gave.
    pub fn stopped(&self) -> bool {
        matches!(
            self,
            Outcome::Trapped
                | Outcome::TimedOut { .. }
                | Outcome::OutOfMemory { .. }
                | Outcome::StackOverflow
                | Outcome::TooManyCalls
                | Outcome::TooManyRows
                | Outcome::TooManyHandles
                | Outcome::OutputTooLarge
        )
    }

    /// The code, one of [`Outcome::CODES`].
    pub fn code(&self) -> &'static str {
        match self {
            Outcome::Completed => "completed",
            Outcome::NeedsData(_) => "needs-data",
            Outcome::BadAnswer { .. } => "bad-answer",
            Outcome::Declined(_) => "declined",
            Outcome::NotGranted(_) => "not-granted",
            Outcome::Trapped => "trapped",
            Outcome::TimedOut { .. } => "timed-out",
            Outcome::OutOfMemory { .. } => "out-of-memory",
            Outcome::StackOverflow => "stack-overflow",
            Outcome::TooManyCalls => "too-many-calls",
            Outcome::TooManyRows => "too-many-rows",
            Outcome::TooManyHandles => "too-many-handles",
            Outcome::OutputTooLarge => "output-too-large",
            Outcome::InvalidView { .. } => "invalid-view",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Unavailable(_) => "unavailable",
            Outcome::Incompatible(_) => "incompatible",
        }
    }
}
