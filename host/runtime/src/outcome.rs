//! The closed list of ways in which a run can end.

use mesinfos_model::Category;
use serde::{Deserialize, Serialize};

/// How a run ended. Only the person may learn more than the code ([`Outcome::code`]).
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum Outcome {
    /// It ended with a view.
    #[error("done")]
    Completed,
    /// The app reports that data it needs is missing.
    #[error("the app needs data that is missing: {}", list(.0))]
    NeedsData(Vec<Category>),
    /// The app reports that a parameter is wrong, or the host found it invalid.
    #[error("invalid value for the parameter \"{param}\": {message}")]
    BadAnswer {
        /// Id of the parameter.
        param: String,
        /// Expected value.
        message: Expected,
    },
    /// The app could not complete the run, for a reason of its own.
    #[error("the app could not complete the run: {0}")]
    Declined(String),
    /// A category that the app requires is not granted. The app was not started.
    #[error("the app was not started: it requires {}, which is not granted", list(.0))]
    NotGranted(Vec<Category>),
    /// The app crashed.
    #[error("the app crashed")]
    Trapped,
    /// The app took longer than the limit.
    #[error("the app was stopped: it took longer than {seconds} seconds")]
    TimedOut {
        /// Limit in seconds.
        seconds: u64,
    },
    /// The app asked for more memory than the limit.
    #[error("the app was stopped: it asked for more than {mebibytes} MiB of memory")]
    OutOfMemory {
        /// Limit in MiB.
        mebibytes: usize,
    },
    /// The app's calls were nested too deep.
    #[error("the app was stopped: its calls were nested too deeply")]
    StackOverflow,
    /// The app called the host too often.
    #[error("the app was stopped: it called the host too often")]
    TooManyCalls,
    /// The app read more rows than the limit.
    #[error("the app was stopped: it read too many rows")]
    TooManyRows,
    /// The app held more handles than the limit.
    #[error("the app was stopped: it held too many pages open")]
    TooManyHandles,
    /// The app's result is over the size limit.
    #[error("the app's result is too large to be a view")]
    OutputTooLarge,
    /// The app's result is not a valid view.
    #[error("the app's result is not a valid view: {path}: {problem}")]
    InvalidView {
        /// Path, such as `pages[0].sections[2].blocks[1].title`.
        path: String,
        /// Problem at that path.
        problem: String,
        /// Title or label of the innermost part around it that has one, in the app's own words: for its author only.
        near: Option<String>,
    },
    /// The grant ended, or an import was undone, during the run.
    #[error("the grant ended or an import was undone while the app was running")]
    Withdrawn,
    /// Rows could not be read.
    #[error("the data could not be read: {0}")]
    Unavailable(String),
    /// The component does not fit this host.
    #[error("the app does not fit this version of the platform: {0}")]
    Incompatible(String),
}

/// Expected value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Expected {
    /// The app's own message, in the language of the run.
    #[error("{0}")]
    Said(String),
    /// A number.
    #[error("\"{0}\" is not a number")]
    Number(String),
    /// A number in a range.
    #[error("a number from {min} to {max} is expected")]
    Between {
        /// Smallest accepted number.
        min: String,
        /// Largest accepted number.
        max: String,
    },
    /// Yes or no.
    #[error("\"{0}\" is neither yes nor no")]
    YesOrNo(String),
    /// One of a list.
    #[error("\"{found}\" is not one of {}", .known.join(", "))]
    OneOf {
        /// Value given.
        found: String,
        /// Accepted values.
        known: Vec<String>,
    },
    /// A date.
    #[error("\"{0}\" is not a date such as 2024-05-31")]
    Date(String),
    /// A date in the range that the app accepts.
    #[error("the date is outside the range that the app accepts")]
    OtherDate,
    /// A value of the declared type.
    #[error("the value is not of the type that the app declared")]
    OtherKind,
    /// No parameter: the app has none.
    #[error("this app has no parameters")]
    Nothing,
    /// One of the parameters that the app has.
    #[error("there is no such parameter; the parameters are {}", .0.join(", "))]
    Parameter(Vec<String>),
}

fn list(categories: &[Category]) -> String {
    categories.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ")
}

impl Outcome {
    /// All codes, unordered. A developer never learns more about a run.
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

    /// Whether the app crashed or the host had to stop it, so that it used resources without giving a
    /// result.
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
