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
mod social;
mod telecom;
mod time;
mod total;
mod water;

pub use archive::ABOUT as ARCHIVE;
pub use error::IntakeError;
pub use format::{About, Counts, FAMILIES, Format, abouts, formats};
pub use rows::{MAX_REJECTED, Rejected, SinkError};
pub use total::{Total, Totals};

pub use error::Stop;
pub use read::{Head, Input};
pub use rows::Rows;

use mesinfos_model::Batch;
use std::io::BufRead;

/// What came of one file, or of one file in an archive.
#[derive(Debug)]
pub struct Read {
    /// Its name; of a file in an archive, the archive's name, "/" and its name there.
    pub file: String,
    /// Its number in the archive, from 1; 0 for a file by itself. The rows of a file have it in the
    /// upper bits of their `place` (see [`place`]).
    pub member: u64,
    /// What it is.
    pub about: &'static About,
    /// Rows that were given.
    pub rows: u64,
    /// Rows that could not be read: the first [`MAX_REJECTED`].
    pub rejected: Vec<Rejected>,
    /// How many rows could not be read.
    pub rejected_count: u64,
}

/// A row's place as it is stored: the number of the file in an archive (0 for a file by itself), and the
/// line or ordinal in that file.
pub fn place(stored: i64) -> (u64, u64) {
    let stored = stored.unsigned_abs();
    (stored >> rows::PLACE_BITS, stored & ((1 << rows::PLACE_BITS) - 1))
}

/// Recognises a file, or each file of an archive, and reads it. `name` is only used in messages. Rows go
/// to `sink` as they come, in batches; if this ends with an error, what the sink was given must be
/// forgotten.
///
/// # Errors
/// [`IntakeError::Unrecognised`] with what was tried, or what the format says.
pub fn read_file(
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn FnMut(Batch) -> Result<(), SinkError>,
) -> Result<Vec<Read>, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    if archive::is_one(&head) {
        return archive::read(name, Input::new(&head, input), sink);
    }
    read_one(name, 0, &head, input, sink).map(|read| vec![read])
}

/// Every format that takes a file for its own, by its first bytes. There should be one at most.
pub fn recognised_by(mut bytes: &[u8]) -> Vec<&'static About> {
    let Ok((head, _)) = Head::take(&mut bytes) else { return Vec::new() };
    formats().filter(|format| format.recognise(&head)).map(|format| format.about()).collect()
}

/// Recognises a file that is no archive and reads it.
fn read_one(
    name: &str,
    member: u64,
    head: &Head,
    input: impl BufRead,
    sink: &mut dyn FnMut(Batch) -> Result<(), SinkError>,
) -> Result<Read, IntakeError> {
    let Some(format) = formats().find(|format| format.recognise(head)) else {
        return Err(IntakeError::unrecognised(name));
    };
    read_with(format, name, member, Input::new(head, input), sink)
}

/// Reads a file as one of this format, whatever it begins with.
///
/// # Errors
/// [`IntakeError`] if it is none.
pub fn read_as(
    format: &dyn Format,
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn FnMut(Batch) -> Result<(), SinkError>,
) -> Result<Read, IntakeError> {
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    read_with(format, name, 0, Input::new(&head, input), sink)
}

fn read_with(
    format: &dyn Format,
    name: &str,
    member: u64,
    input: Input<'_>,
    sink: &mut dyn FnMut(Batch) -> Result<(), SinkError>,
) -> Result<Read, IntakeError> {
    let mut rows = Rows::new(member, sink);
    let ended = format.read(input, &mut rows).and_then(|()| rows.flush());
    match ended {
        Ok(()) => {}
        // The rows before the break are good: a truncated file gives what it has.
        Err(Stop::Broken { place, reason }) if rows.given() > 0 => {
            rows.flush().map_err(|stop| IntakeError::of(name, stop))?;
            rows.reject(place, None, format!("the rest of the file cannot be read: {reason}"));
        }
        Err(stop) => return Err(IntakeError::of(name, stop)),
    }
    let (given, rejected, rejected_count) = rows.into_parts();
    let about = format.about();
    Ok(Read { file: name.to_owned(), member, about, rows: given, rejected, rejected_count })
}

/// For tests: every batch of a file, and what came of it.
#[cfg(test)]
pub(crate) fn read_all(bytes: &[u8]) -> Result<(Vec<Read>, Vec<Batch>), IntakeError> {
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
