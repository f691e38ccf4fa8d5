//! Errors from reading a file, or the rest of one.

use crate::display_text;
use crate::fault;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::{Excess, Limit, Reason};
use crate::sink::SinkError;

/// A file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No format recognised it.
    #[error(
        "{file} matches no known format; nothing was imported. Formats tried:\n{}",
        tried.join("\n")
    )]
    Unrecognised {
        /// The file's name.
        file: String,
        /// Each format, and what it looks for.
        tried: Vec<String>,
    },
    /// Its content is not what its first bytes promise.
    #[error("{file}{}: {reason}; nothing was imported", at(*.counts, *.ordinal))]
    Malformed {
        /// The file's name.
        file: String,
        /// What `ordinal` counts.
        counts: OrdinalKind,
        /// Ordinal of the error, from 1; 0 for the file as a whole.
        ordinal: u64,
        /// The problem.
        reason: Reason,
    },
    /// It is larger, deeper or more tightly packed than a file of its format can be.
    #[error("{file}: {what} is over {limit}; nothing was imported")]
    TooLarge {
        /// The file's name.
        file: String,
        /// The quantity that is over its limit.
        what: Excess,
        /// The limit.
        limit: Limit,
    },
    /// Reading it took more memory or time than allowed. Only where files are read in a separate process.
    #[error(
        "{file} asked for more memory or time than reading a file may take; none of it was kept. Check that the file is complete and as the holder gave it; a large archive can be unpacked and imported in parts"
    )]
    Exhausted {
        /// The file's name.
        file: String,
    },
    /// Its reader reported an impossible result. Only where files are read in a separate process.
    #[error(
        "{file} could not be read: its reader sent {what}, so the file may have taken control of the reader; none of it was kept"
    )]
    Incredible {
        /// The file's name.
        file: String,
        /// The impossible result.
        what: &'static str,
    },
    /// An I/O error.
    #[error("{file} could not be read: {source}")]
    Io {
        /// The file's name.
        file: String,
        /// The I/O error.
        source: std::io::Error,
    },
    /// The sink could not take its rows.
    #[error("{file}: {source}")]
    Sink {
        /// The file's name.
        file: String,
        /// The sink's error.
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

/// The reason why a format stops reading.
#[derive(Debug)]
pub enum FormatError {
    /// The input does not follow the format, and the rest cannot be interpreted, as in a truncated tree.
    /// Rows already written stay valid.
    Broken {
        /// Ordinal of the error, from 1; 0 for the file as a whole.
        ordinal: u64,
        /// The problem.
        reason: Reason,
    },
    /// A limit that keeps memory bounded was exceeded.
    TooLarge {
        /// The quantity that is over its limit.
        what: Excess,
        /// The limit.
        limit: Limit,
    },
    /// The bytes could not be read.
    Io(std::io::Error),
    /// The sink could not take the rows.
    Sink(SinkError),
}

impl FormatError {
    pub(crate) fn broken(ordinal: u64, reason: Reason) -> FormatError {
        FormatError::Broken { ordinal, reason }
    }

    pub(crate) fn too_large(what: Excess, limit: Limit) -> FormatError {
        FormatError::TooLarge { what, limit }
    }

    /// The error for a count over `most`.
    pub(crate) fn too_many(what: Excess, most: usize) -> FormatError {
        FormatError::too_large(what, Limit::Count(most as u64))
    }
}

/// A limit exceeded inside a reader: it crosses libraries as an I/O error.
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
        // Packed bytes are unpacked below the reader, so their damage arrives as an I/O error.
        match fault::packed(&error) {
            Some(reason) => FormatError::broken(0, reason),
            None => FormatError::Io(error),
        }
    }
}
