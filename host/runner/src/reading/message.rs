//! Messages that cross while a runner reads a file.

use mesinfos_intake::{Excess, Extent, IntakeError, Limit, OrdinalKind, Read, Reason, Rejected};
use mesinfos_model::Category;
use serde::{Deserialize, Serialize};

use crate::protocol::Shape;

/// Bytes of a file that are asked for at once. With [`AHEAD`] of them on their way a socket still takes what the
/// host writes without waiting for the runner, which may be waiting for the host.
pub(crate) const PIECE: usize = 64 << 10;

/// Pieces that are asked for before they are needed, so that both sides have something to do.
pub(crate) const AHEAD: usize = 2;

/// Rejections that are told of at once.
pub(crate) const AT_ONCE: usize = 500;

/// Longest reason and name of a field, in characters: what a person reads.
pub(crate) const REASON: usize = 200;

/// What a runner says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ReaderMessage {
    /// Asks for at most [`PIECE`] more bytes of the file, from there on if it can be read from anywhere. The
    /// host answers with their number (`u32`, little-endian; 0 is the end) and the bytes.
    More { at: u64 },
    /// Rows; their columns follow.
    Rows { category: Category, rows: usize, columns: Vec<Shape> },
    /// The next bytes of a file that is kept whole; they follow, at most [`PIECE`].
    Piece { position: i64, bytes: usize },
    /// What came of one file.
    File(FileSummary),
    /// Why rows of the last file were rejected, or more of it.
    Rejected(Vec<RejectedSummary>),
    /// The end.
    End(Result<(), Fault>),
}

/// As [`Read`], without its rejections.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FileSummary {
    pub(crate) file: String,
    pub(crate) member: u64,
    pub(crate) format: String,
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
}

/// As [`Rejected`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RejectedSummary {
    pub(crate) line: Option<u64>,
    pub(crate) field: Option<String>,
    pub(crate) extent: Extent,
    pub(crate) reason: Reason,
}

/// Why a file could not be read, as [`IntakeError`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Fault {
    Unrecognised,
    Malformed { file: String, counts: OrdinalKind, ordinal: u64, reason: Reason },
    TooLarge { file: String, what: Excess, limit: Limit },
    Io { file: String, why: String },
}

impl From<&Read> for FileSummary {
    fn from(read: &Read) -> FileSummary {
        FileSummary {
            file: read.file.clone(),
            member: read.member,
            format: read.about.id.to_owned(),
            rows: read.rows,
            rejected: read.rejected_count,
        }
    }
}

impl From<&Rejected> for RejectedSummary {
    fn from(rejected: &Rejected) -> RejectedSummary {
        let cut = |text: &str| mesinfos_runtime::view::clean(text, REASON);
        RejectedSummary {
            line: rejected.line,
            field: rejected.field.as_deref().map(cut),
            extent: rejected.extent,
            reason: rejected.reason.clone().cleaned(cut),
        }
    }
}

impl From<IntakeError> for Fault {
    fn from(error: IntakeError) -> Fault {
        match error {
            IntakeError::Unrecognised { .. } => Fault::Unrecognised,
            IntakeError::Malformed { file, counts, ordinal, reason } => {
                let reason = reason.cleaned(|text| mesinfos_runtime::view::clean(text, REASON));
                Fault::Malformed { file, counts, ordinal, reason }
            }
            IntakeError::TooLarge { file, what, limit } => Fault::TooLarge { file, what, limit },
            IntakeError::Io { file, source } => Fault::Io { file, why: source.to_string() },
            other => Fault::Io { file: String::new(), why: other.to_string() },
        }
    }
}
