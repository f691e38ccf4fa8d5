//! Why a file, or the rest of it, could not be read.

use crate::counts::OrdinalKind;
use crate::display_text;
use crate::reason::{Excess, Limit, Reason};
use crate::sink::SinkError;

/// A file that could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No format recognised it.
    #[error(
        "{file} is no file that is known here; nothing was imported. It was tried as:\n{}",
        tried.join("\n")
    )]
    Unrecognised {
        /// The file's name.
        file: String,
        /// Each format, and what it looks for.
        tried: Vec<String>,
    },
    /// It is not what its beginning says.
    #[error("{file}{}: {reason}; nothing was imported", at(*.counts, *.ordinal))]
    Malformed {
        /// The file's name.
        file: String,
        /// What `ordinal` counts.
        counts: OrdinalKind,
        /// Where, from 1; 0 if it is the file as a whole.
        ordinal: u64,
        /// What is wrong.
        reason: Reason,
    },
    /// It is larger, deeper or more tightly packed than a file of its format can be.
    #[error("{file}: {what} is over {limit}; nothing was imported")]
    TooLarge {
        /// The file's name.
        file: String,
        /// Of what there is too much.
        what: Excess,
        /// The most that is read.
        limit: Limit,
    },
    /// Reading it took more than reading may take: only where files are read apart.
    #[error(
        "{file} asked for more memory or time than reading a file may take; nothing of it was kept. Is it whole, and as its holder gave it? A large archive can be unpacked and imported in parts"
    )]
    Exhausted {
        /// The file's name.
        file: String,
    },
    /// What came of it cannot be: only where files are read apart.
    #[error(
        "{file} could not be read: its reader said {what}, as if the file had taken it over; nothing of it was kept"
    )]
    Incredible {
        /// The file's name.
        file: String,
        /// What cannot be.
        what: &'static str,
    },
    /// It could not be read.
    #[error("{file} could not be read: {source}")]
    Io {
        /// The file's name.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// Its rows could not be taken in.
    #[error("{file}: {source}")]
    Sink {
        /// The file's name.
        file: String,
        /// Why.
        source: SinkError,
    },
}

impl IntakeError {
    pub(crate) fn io(file: &str, source: std::io::Error) -> IntakeError {
        IntakeError::of(file, OrdinalKind::Lines, FormatError::from(source))
    }

    pub(crate) fn of(file: &str, counts: OrdinalKind, stop: FormatError) -> IntakeError {
        let file = display_text::short(file);
        match stop {
            FormatError::Broken { ordinal, reason } => {
                IntakeError::Malformed { file, counts, ordinal, reason }
            }
            FormatError::TooLarge { what, limit } => IntakeError::TooLarge { file, what, limit },
            FormatError::Io(source) => IntakeError::Io { file, source },
            FormatError::Sink(source) => IntakeError::Sink { file, source },
        }
    }
}

pub(crate) fn at(counts: OrdinalKind, ordinal: u64) -> String {
    if ordinal == 0 { String::new() } else { format!(", {counts} {ordinal}") }
}

/// Why a format stops reading.
#[derive(Debug)]
pub enum FormatError {
    /// What comes is not of the format, and what is after it cannot be told: a truncated tree. Rows
    /// given before stay good.
    Broken {
        /// Where.
        ordinal: u64,
        /// What is wrong.
        reason: Reason,
    },
    /// A limit that keeps memory bounded.
    TooLarge {
        /// Of what there is too much.
        what: Excess,
        /// The most that is read.
        limit: Limit,
    },
    /// The bytes could not be read.
    Io(std::io::Error),
    /// Whoever takes the rows in cannot.
    Sink(SinkError),
}

impl FormatError {
    pub(crate) fn broken(ordinal: u64, reason: Reason) -> FormatError {
        FormatError::Broken { ordinal, reason }
    }

    pub(crate) fn too_large(what: Excess, limit: Limit) -> FormatError {
        FormatError::TooLarge { what, limit }
    }

    /// More of something than is read.
    pub(crate) fn too_many(what: Excess, most: usize) -> FormatError {
        FormatError::too_large(what, Limit::Count(most as u64))
    }
}

/// A limit that was met inside of a reader: it crosses libraries as an I/O error.
#[derive(Debug, thiserror::Error)]
#[error("{what} is over {limit}")]
pub(crate) struct OverLimit {
    pub(crate) what: Excess,
    pub(crate) limit: Limit,
}

impl OverLimit {
    pub(crate) fn error(what: Excess, limit: Limit) -> std::io::Error {
        std::io::Error::other(OverLimit { what, limit })
    }
}

impl From<std::io::Error> for FormatError {
    fn from(error: std::io::Error) -> FormatError {
        // A library may have wrapped it once more.
        let mut inner: Option<&(dyn std::error::Error + 'static)> =
            error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
        while let Some(cause) = inner {
            if let Some(over) = cause.downcast_ref::<OverLimit>() {
                return FormatError::TooLarge { what: over.what, limit: over.limit };
            }
            inner = cause.source();
        }
        FormatError::Io(error)
    }
}
