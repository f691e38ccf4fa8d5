//! Reads one file that is no archive.

use crate::display_text;
use crate::error::{FormatError, IntakeError};
use crate::format::{Format, FormatInfo};
use crate::read::{Head, Input};
use crate::registry;
use crate::rows::{Rejected, RowWriter};
use crate::sink::Sink;
use std::io::BufRead;

/// What came of one file, or of one file in an archive.
#[derive(Debug)]
pub struct Read {
    /// Its name; of a file in an archive, the archive's name, "/" and its name there.
    pub file: String,
    /// Its number in the archive, from 1; 0 for a file by itself. The rows of a file have it in
    /// their [`Position`](mesinfos_model::Position).
    pub member: u64,
    /// What it is.
    pub about: &'static FormatInfo,
    /// Rows that were given.
    pub rows: u64,
    /// Rows that could not be read: the first [`crate::MAX_REJECTED`] of the file or of all files of the archive.
    pub rejected: Vec<Rejected>,
    /// How many rows could not be read.
    pub rejected_count: u64,
}

/// Recognises a file that is no archive and reads it: see [`read_with`].
pub(crate) fn read_one(
    name: &str,
    ordinal: (u64, usize),
    head: &Head,
    input: impl BufRead,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let Some(format) = registry::recognise(head) else {
        return Err(registry::unrecognised(name));
    };
    read_with(format, name, ordinal, Input::new(head, input), sink)
}

/// Reads a file whose number in an archive, and the rejections that may be kept of it, are given.
pub(crate) fn read_with(
    format: &dyn Format,
    name: &str,
    (member, room): (u64, usize),
    input: Input<'_>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let counts = format.about().counts;
    let mut rows = RowWriter::new(name, member, sink).keep(room);
    let ended = format.read(input, &mut rows).and_then(|()| rows.flush());
    match ended {
        Ok(()) => {}
        // The rows before the break are good: a truncated file gives what it has.
        Err(FormatError::Broken { ordinal, reason }) if rows.given() > 0 => {
            rows.flush().map_err(|stop| IntakeError::of(name, counts, stop))?;
            rows.reject_rest(ordinal, reason);
        }
        Err(stop) => return Err(IntakeError::of(name, counts, stop)),
    }
    let (given, rejected, rejected_count) = rows.into_parts();
    let about = format.about();
    Ok(Read { file: display_text::short(name), member, about, rows: given, rejected, rejected_count })
}
