//! A holder's file in, batches out.
//!
//! Each format is one module behind [`Format`]; the format of a file is recognised from its first
//! bytes, never from its name. Rows stream: a format gives them one at a time, and they leave in
//! batches, so that a file of any size needs little memory. A row that cannot be read is rejected with
//! its place in the file and the reason, and the good rows still come in.
//!
//! Invariants: whatever the bytes are, reading them ends with rows or with an error, never with a
//! panic, and in bounded memory; money and energy never pass through floating point; no file is
//! opened here.
//!
//! Start reading at [`read_file`], then the module `read` (what formats read with), then any format.

mod archive;
mod bank;
mod browsing;
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
mod rows;
mod sink;
mod social;
mod telecom;
mod time;
mod told;
mod total;
mod water;

pub use archive::ABOUT as ARCHIVE;
pub use error::IntakeError;
pub use format::{About, Counts, FAMILIES, Format, about, abouts, formats};
pub use rows::{LARGEST_BATCH, MAX_REJECTED, Rejected, check};
pub use sink::{Sink, SinkError};
pub use total::{Total, Totals};

pub use error::Stop;
pub use read::{Head, Input};
pub use rows::Rows;

/// The largest file that is kept as a document, in bytes.
pub const LARGEST_DOCUMENT: u64 = documents::LARGEST;

/// The most files of one archive.
pub const MOST_FILES: u64 = archive::FILES as u64;

use std::io::{BufRead, Seek};

/// What came of one file, or of one file in an archive.
#[derive(Debug)]
pub struct Read {
    /// Its name; of a file in an archive, the archive's name, "/" and its name there.
    pub file: String,
    /// Its number in the archive, from 1; 0 for a file by itself. The rows of a file have it in the
    /// their [`Position`](mesinfos_model::Position).
    pub member: u64,
    /// What it is.
    pub about: &'static About,
    /// Rows that were given.
    pub rows: u64,
    /// Rows that could not be read: the first [`MAX_REJECTED`] of the file or of all files of the archive.
    pub rejected: Vec<Rejected>,
    /// How many rows could not be read.
    pub rejected_count: u64,
}

/// Does what readers do once and need a file of the system for: a process that reads files where none can be opened
/// calls it before.
pub fn prepare() {
    browsing::prepare();
}

/// Recognises a file, or each file of an archive, and reads it. `name` is used in messages, and is the
/// name of a file that is kept. Rows go to `sink` as they come, in batches; if this ends with an error, what the sink was given must be
/// forgotten.
///
/// # Errors
/// [`IntakeError::Unrecognised`] with what was tried, or what the format says.
pub fn read_file(name: &str, input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<Vec<Read>, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    if archive::is_one(&head) {
        return archive::read_stream(name, Input::new(&head, input), sink);
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

/// Every format that takes a file for its own, by its first bytes. There should be one at most.
pub fn recognised_by(mut bytes: &[u8]) -> Vec<&'static About> {
    let Ok((head, _)) = Head::take(&mut bytes) else { return Vec::new() };
    formats().filter(|format| format.recognise(&head)).map(|format| format.about()).collect()
}

/// Recognises a file that is no archive and reads it: see [`read_with`].
fn read_one(
    name: &str,
    place: (u64, usize),
    head: &Head,
    input: impl BufRead,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let Some(format) = formats().find(|format| format.recognise(head)) else {
        return Err(IntakeError::unrecognised(name));
    };
    read_with(format, name, place, Input::new(head, input), sink)
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

/// Reads a file whose number in an archive, and the rejections that may be kept of it, are given.
fn read_with(
    format: &dyn Format,
    name: &str,
    (member, room): (u64, usize),
    input: Input<'_>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let counts = format.about().counts;
    let mut rows = Rows::new(name, member, sink).keep(room);
    let ended = format.read(input, &mut rows).and_then(|()| rows.flush());
    match ended {
        Ok(()) => {}
        // The rows before the break are good: a truncated file gives what it has.
        Err(Stop::Broken { place, reason }) if rows.given() > 0 => {
            rows.flush().map_err(|stop| IntakeError::of(name, counts, stop))?;
            rows.reject(place, None, format!("the rest of the file cannot be read: {reason}"));
        }
        Err(stop) => return Err(IntakeError::of(name, counts, stop)),
    }
    let (given, rejected, rejected_count) = rows.into_parts();
    let about = format.about();
    Ok(Read { file: told::short(name), member, about, rows: given, rejected, rejected_count })
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
