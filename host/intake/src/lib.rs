//! Turns a holder's file into batches.
//!
//! Each format is one module behind [`Format`]. The format of a file is recognised from its first bytes,
//! never from its name. Rows stream: a format gives them one at a time, and they leave in batches, so that a
//! file of any size needs little memory. A row that cannot be read is rejected with its place in the file and
//! the reason, and the good rows still come in.
//!
//! Invariants: whatever the bytes are, reading them ends with rows or with an error, never with a panic, and
//! in bounded memory; money and energy never pass through floating point; no file is opened here.
//!
//! Start reading at [`read_file`], then the module `read` (the tools of formats), then any format.

mod archive;
mod bank;
mod browsing;
mod counts;
mod display_text;
mod documents;
mod education;
mod energy;
mod error;
mod format;
mod health;
mod mobility;
mod number;
mod phone;
mod pilot;
mod purchases;
pub(crate) mod read;
mod read_one;
mod reason;
mod registry;
mod rows;
mod sink;
mod social;
mod telecom;
mod time;
mod total;
mod water;

pub use counts::OrdinalKind;
pub use error::IntakeError;
pub use format::{Format, FormatInfo};
pub use read_one::Read;
pub use reason::{Excess, Extent, Limit, Reason};
pub use registry::{ARCHIVE, FAMILIES, about, abouts, formats, recognised_by, unrecognised};
pub use rows::{LARGEST_BATCH, MAX_REJECTED, Rejected, check};
pub use sink::{Sink, SinkError};
pub use total::{Total, Totals};

pub use error::FormatError;
pub use read::{Head, Input};
pub use rows::RowWriter;

/// The largest file that is kept as a document, in bytes.
pub const LARGEST_DOCUMENT: u64 = documents::LARGEST;

/// The most files of one archive.
pub const MOST_FILES: u64 = archive::FILES as u64;

use read_one::{read_one, read_with};
use std::io::{BufRead, Seek};

/// Does what readers do once and need a file of the system for: a process that reads files where none can be opened
/// calls it before.
pub fn prepare() {
    browsing::prepare();
}

/// Recognises a file, or each file of an archive, and reads it. `name` is used in messages, and is the name
/// of a file that is kept. Rows go to `sink` as they come, in batches; if this ends with an error, what the
/// sink was given must be forgotten.
///
/// # Errors
/// [`IntakeError::Unrecognised`] with what was tried, or what the format says.
pub fn read_file(name: &str, input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<Vec<Read>, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    if archive::is_one(&head) {
        return archive::read_stream(name, Input::new(&head, input), sink);
    }
    if head.bytes().is_empty() {
        return Err(IntakeError::of(name, OrdinalKind::Lines, FormatError::broken(0, Reason::EmptyFile)));
    }
    read_one(name, (0, MAX_REJECTED), &head, input, sink).map(|read| vec![read])
}

/// Whether a file that begins like this is an archive: one that can be read from anywhere goes to
/// [`read_archive`] then, and is not held in memory.
pub fn is_archive(mut start: &[u8]) -> bool {
    Head::take(&mut start).is_ok_and(|(head, _)| archive::is_one(&head))
}

/// As [`read_file`], for an archive that can be read from anywhere.
///
/// # Errors
/// As [`read_file`].
pub fn read_archive(
    name: &str,
    input: impl std::io::Read + Seek,
    sink: &mut dyn Sink,
) -> Result<Vec<Read>, IntakeError> {
    archive::read(name, input, sink)
}

/// Keeps a file as a document, whatever it is: because the person says so.
///
/// # Errors
/// [`IntakeError`] if it is empty, too large or cannot be read.
pub fn keep_file(name: &str, input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<Vec<Read>, IntakeError> {
    read_as(&documents::Any, name, input, sink).map(|read| vec![read])
}

/// Reads a file as one of this format, whatever it begins with.
///
/// # Errors
/// [`IntakeError`] if it is none.
pub fn read_as(
    format: &dyn Format,
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    read_with(format, name, (0, MAX_REJECTED), Input::new(&head, input), sink)
}

/// For tests: every batch of a file, and what came of it.
#[cfg(test)]
pub(crate) fn read_all(bytes: &[u8]) -> Result<(Vec<Read>, Vec<mesinfos_model::Batch>), IntakeError> {
    use mesinfos_model::Batch;
    let mut batches: Vec<Batch> = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    let reads = read_file("test", &mut &*bytes, &mut sink)?;
    // One batch for each category: tests look at rows, not at how they were parted.
    let joined = mesinfos_model::Category::ALL.iter().filter_map(|&category| {
        let own: Vec<Batch> = batches.iter().filter(|b| b.category() == category).cloned().collect();
        (!own.is_empty()).then(|| Batch::concat(category, &own))
    });
    Ok((reads, joined.collect()))
}
