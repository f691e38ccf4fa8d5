//! Messages exchanged while a runner reads a file.

use mesinfos_intake::{Excess, Extent, IntakeError, Limit, OrdinalKind, RawRows, Read, Reason, Rejected};
use mesinfos_model::{Category, RowChangeKind};
use serde::{Deserialize, Serialize};

use crate::protocol::Shape;

/// Number of bytes of a file requested at once. With [`AHEAD`] pieces in flight, the socket still accepts
/// the host's writes without waiting for the runner, which may itself be waiting for the host.
pub(crate) const PIECE: usize = 64 << 10;

/// Number of pieces requested before they are needed, so that both sides stay busy.
pub(crate) const AHEAD: usize = 2;

/// Rejections sent in one message.
pub(crate) const AT_ONCE: usize = 500;

/// Maximum length of a rejection's reason and field name, in characters. Both are shown to the person.
pub(crate) const REASON: usize = 200;

/// Message from a runner.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ReaderMessage {
    /// Asks for at most [`PIECE`] more bytes of the file, starting at `at` if the file is seekable. The
    /// host answers with their number (`u32`, little-endian; 0 is the end) and the bytes.
    More { at: u64 },
    /// Rows; their columns follow.
    Rows { category: Category, rows: usize, columns: Vec<Shape> },
    /// The next bytes of a file kept as a document, at most [`PIECE`]; they follow.
    Piece { position: i64, bytes: usize },
    /// A change that the person made to a row in another instance; the columns of its rows follow.
    Change { kind: RowChangeKind, category: Category, columns: Vec<Shape> },
    /// Summary of one file.
    File(FileSummary),
    /// Rejections of rows of the last file; more messages may follow.
    Rejected(Vec<RejectedSummary>),
    /// End of the reading.
    End(Result<(), Fault>),
}

/// Like [`Read`], without its rejections.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FileSummary {
    pub(crate) file: String,
    pub(crate) member: u64,
    pub(crate) format: String,
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
    /// Number of characters that could not be read, and lines with one.
    pub(crate) unreadable: (u64, Vec<u64>),
    pub(crate) raw: Option<RawRows>,
    pub(crate) withheld: Vec<String>,
}

/// Like [`Rejected`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RejectedSummary {
    pub(crate) line: Option<u64>,
    pub(crate) field: Option<String>,
    pub(crate) extent: Extent,
    pub(crate) reason: Reason,
}

/// Reason why a file could not be read, like [`IntakeError`].
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
            unreadable: (read.unreadable.count, read.unreadable.lines.clone()),
            raw: read.raw.clone(),
            withheld: read.withheld.clone(),
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
