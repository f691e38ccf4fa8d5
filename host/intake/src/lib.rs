//! Turns a holder's file into batches.
//!
//! Each format is one module behind [`Format`]. The format of a file is recognised from its first bytes,
//! never from its name. Rows stream: a format writes them one at a time, and they leave in batches, so a
//! file of any size needs little memory. An unreadable row is rejected with its position in the file and
//! the reason, and the good rows are still imported.
//!
//! Invariants: for any bytes, reading ends with rows or with an error, never with a panic, and in bounded
//! memory; money and energy never pass through floating point; no file is opened here.
//!
//! Start reading at [`read_file`], then the module `read` (the tools of formats), then any format.

mod archive;
mod bank;
mod browsing;
mod digits;
mod display_text;
mod documents;
mod education;
mod energy;
mod error;
mod extract;
mod fault;
mod format;
mod gzip;
mod health;
pub mod mapped;
mod mobility;
mod month;
mod number;
mod ordinal_kind;
mod phone;
mod pilot;
pub mod portable;
mod purchases;
mod raw_rows;
pub(crate) mod read;
mod read_one;
mod reason;
mod registry;
mod rows;
mod sink;
mod social;
mod telecom;
pub mod till;
mod time;
mod total;
mod wall_clock;
mod water;
mod workbook;

pub use error::IntakeError;
pub use extract::{
    Content, LARGEST_BUNDLE, LARGEST_BUNDLE_CONTENT, LARGEST_READABLE, LARGEST_SIDE, LARGEST_TEXT, Loose,
    MORE, Pixels, extract,
};
pub use format::{Format, FormatInfo};
pub use ordinal_kind::OrdinalKind;
pub use raw_rows::{LARGEST_ABOVE, LARGEST_RAW, LARGEST_RAW_ROW, MOST_RAW_CELLS, RawRows};
pub use read_one::Read;
pub use reason::{Excess, Extent, Limit, Reason};
pub use registry::{ARCHIVE, FAMILIES, PORTABLE, about, abouts, formats, recognised_by, unrecognised};
pub use rows::{LARGEST_BATCH, MAX_REJECTED, Rejected, check};
pub use sink::{Sink, SinkError};
pub use total::{Total, Totals};

pub use error::FormatError;
pub use read::{Head, Input, Unreadable};
pub use rows::RowWriter;

/// Largest file that is kept as a document, in bytes.
pub const LARGEST_DOCUMENT: u64 = documents::LARGEST;

/// Maximum number of files in one archive.
pub const MOST_FILES: u64 = archive::FILES as u64;

use read_one::{read_one, read_with};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Seek};

/// One-time initialisation that needs a system file. A process must call it before it gives up the right
/// to open files.
pub fn prepare() {
    browsing::prepare();
}

/// Recognises a file, or each file of an archive, and reads it. `name` is used in messages, and names a
/// file that is kept. Rows go to `sink` in batches as they are read. On error, the caller must discard
/// everything the sink received.
///
/// # Errors
/// [`IntakeError::Unrecognised`] with the formats tried, or the error of the format.
pub fn read_file(name: &str, input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<Vec<Read>, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    if archive::is_one(&head) {
        return archive::read_stream(name, Input::new(&head, input), sink);
    }
    if gzip::is_one(head.bytes()) {
        return archive::read_packed(name, (0, MAX_REJECTED), Input::new(&head, input), sink)
            .map(|read| vec![read]);
    }
    read_one(name, (0, MAX_REJECTED), &head, input, sink).map(|read| vec![read])
}

/// Whether a file that begins like this is an archive. If it is seekable, pass it to [`read_archive`],
/// which does not hold it in memory.
pub fn is_archive(mut start: &[u8]) -> bool {
    Head::take(&mut start).is_ok_and(|(head, _)| archive::is_one(&head))
}

/// Like [`read_file`], for a seekable archive.
///
/// # Errors
/// See [`read_file`].
pub fn read_archive(
    name: &str,
    input: impl std::io::Read + Seek,
    sink: &mut dyn Sink,
) -> Result<Vec<Read>, IntakeError> {
    archive::read(name, input, sink)
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ReadAs {
    /// In the format that its first bytes tell.
    #[default]
    Recognised,
    /// Not at all: it is kept as a document.
    Document,
    /// As a table, by what the person says about its columns. The mapping has been checked.
    Table(Box<mapped::Mapping>),
}

/// Reads a stream in one of the ways.
///
/// # Errors
/// See [`read_file`], [`keep_file`] and [`read_as`].
pub fn read_stream(
    how: &ReadAs,
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Vec<Read>, IntakeError> {
    match how {
        ReadAs::Recognised => read_file(name, input, sink),
        ReadAs::Document => keep_file(name, input, sink),
        ReadAs::Table(mapping) => {
            read_as(&mapped::Mapped((**mapping).clone()), name, input, sink).map(|read| vec![read])
        }
    }
}

/// Keeps any file as a document, because the person asked for it.
///
/// # Errors
/// [`IntakeError`] if it is empty, too large or cannot be read.
pub fn keep_file(name: &str, input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<Vec<Read>, IntakeError> {
    read_as(&documents::Any, name, input, sink).map(|read| vec![read])
}

/// Reads a file in the given format, whatever it begins with.
///
/// # Errors
/// [`IntakeError`] if it is not in that format.
pub fn read_as(
    format: &dyn Format,
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    read_with(format, name, (0, MAX_REJECTED), Input::new(&head, input), sink)
}

/// For tests: the outcome and every batch of a file.
#[cfg(test)]
pub(crate) fn read_all(bytes: &[u8]) -> Result<(Vec<Read>, Vec<mesinfos_model::Batch>), IntakeError> {
    use mesinfos_model::Batch;
    let mut batches: Vec<Batch> = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    let reads = read_file("test", &mut &*bytes, &mut sink)?;
    // One batch for each category: tests look at rows, not at batch boundaries.
    let joined = mesinfos_model::Category::ALL.iter().filter_map(|&category| {
        let own: Vec<Batch> = batches.iter().filter(|b| b.category() == category).cloned().collect();
        (!own.is_empty()).then(|| Batch::concat(category, &own))
    });
    Ok((reads, joined.collect()))
}
