//! Reads one file that is not an archive.

use crate::display_text;
use crate::error::{FormatError, IntakeError};
use crate::format::{Format, FormatInfo};
use crate::mapped;
use crate::ordinal_kind::OrdinalKind;
use crate::raw_rows::{Collector, RawRows};
use crate::read::{Head, Input, Unreadable};
use crate::reason::Reason;
use crate::registry;
use crate::rows::{Rejected, RowWriter};
use crate::sink::Sink;
use std::io::BufRead;

/// Outcome of one file, or of one archive member.
#[derive(Debug)]
pub struct Read {
    /// Its name; for an archive member, the archive's name, "/" and the member's name.
    pub file: String,
    /// Number of the member in its archive, from 1; 0 for a file on its own. The file's rows carry it in
    /// their [`Position`](mesinfos_model::Position).
    pub member: u64,
    /// Its format.
    pub about: &'static FormatInfo,
    /// Number of rows written.
    pub rows: u64,
    /// Rows that could not be read: the first [`crate::MAX_REJECTED`] of the file or of all members of
    /// the archive.
    pub rejected: Vec<Rejected>,
    /// Number of rows that could not be read.
    pub rejected_count: u64,
    /// Characters that could not be read.
    pub unreadable: Unreadable,
    /// Cells of rejected rows, if the file is a table.
    pub raw: Option<RawRows>,
    /// Lines of JSON about what the person shows to no app, if the file is the first of an archive of ours that has some:
    /// at most [`crate::portable::MOST_WITHHELD`], each at most [`crate::portable::LONGEST_WITHHELD`] bytes.
    pub withheld: Vec<String>,
}

/// Recognises a file that is not an archive and reads it: see [`read_with`].
pub(crate) fn read_one(
    name: &str,
    ordinal: (u64, usize),
    head: &Head,
    input: impl BufRead,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let Some(format) = registry::recognise(head) else {
        let lack = match () {
            () if head.is_blank() => Reason::EmptyFile,
            () if mapped::has_only_names(head) => Reason::OnlyHeader,
            () => return Err(registry::unrecognised(name)),
        };
        return Err(IntakeError::of(name, OrdinalKind::Lines, FormatError::broken(0, lack)));
    };
    read_with(format, name, ordinal, Input::new(head, input), sink)
}

/// Reads a file in a given format, with its member number and the number of rejections to keep.
pub(crate) fn read_with(
    format: &dyn Format,
    name: &str,
    (member, room): (u64, usize),
    input: Input<'_>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let counts = format.about().counts;
    let unreadable = input.unreadable();
    let mut rows = RowWriter::new(name, member, sink).keep(room).collecting(Collector::of(input.record()));
    let head = input.head;
    let ended = format.read(input, &mut rows).and_then(|()| rows.flush());
    match ended {
        Ok(()) => {}
        // Rows before the break are valid: a truncated file yields the rows it has.
        Err(FormatError::Broken { ordinal, reason }) if rows.given() > 0 => {
            rows.flush().map_err(|stop| IntakeError::of(name, counts, stop))?;
            rows.reject_rest(ordinal, reason);
        }
        Err(stop) => return Err(IntakeError::of(name, counts, stop)),
    }
    let (given, rejected, rejected_count, raw) = rows.into_parts();
    let raw = raw.finish(head.text());
    let about = format.about();
    let unreadable = unreadable.take();
    let file = display_text::short(name);
    Ok(Read {
        file,
        member,
        about,
        rows: given,
        rejected,
        rejected_count,
        unreadable,
        raw,
        withheld: Vec::new(),
    })
}
