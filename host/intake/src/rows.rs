//! Destination of a format's rows.

use crate::display_text;
use crate::error::FormatError;
use crate::raw_rows::Collector;
use crate::reason::{Extent, Reason};
use crate::sink::Sink;
use mesinfos_model::category::Schema;
use mesinfos_model::{Batch, BatchBuilder, Category, Cell, Column, FieldKind, Position};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Maximum number of rejections of a file, or of all members of an archive, that are kept with their reason; further
/// ones are only counted.
pub const MAX_REJECTED: usize = 10_000;

/// Rows per batch: enough that its columns compress well, few enough that a batch stays below a few MiB.
pub(crate) const BATCH_ROWS: usize = 16_384;

/// Bytes of text at which a batch is passed on even if it has few rows.
pub(crate) const BATCH_TEXT: usize = 8 << 20;

/// Longest text of one cell, in bytes. Longer texts are cut: a label is not a book.
pub(crate) const MAX_TEXT: usize = 64 << 10;

/// Longest part of a name composed for each row (a meter and a tariff make a series), in bytes: a file
/// states it once and has many rows.
const PART: usize = 256;

/// Maximum number of bytes of one batch's columns: its text, one row beyond the limit, and numbers for all rows.
pub const LARGEST_BATCH: usize = 2 * BATCH_TEXT;

/// Local time minus UTC, in minutes: it never reaches a day.
const OFFSETS: std::ops::RangeInclusive<i64> = -24 * 60..=24 * 60;

/// Instants between the years 1 and 9999: no holder recorded a time outside them.
const INSTANTS: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

/// The same range in days.
pub(crate) const DAYS: std::ops::Range<i64> = -719_162..2_932_897;

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Its line or ordinal in the file, from 1, as the format counts.
    pub line: Option<u64>,
    /// The wrong field.
    pub field: Option<String>,
    /// The part of the file that it concerns.
    pub extent: Extent,
    /// The problem, and the expected form. Serialised as its English text.
    #[serde(serialize_with = "in_english")]
    pub reason: Reason,
}

fn in_english<S: serde::Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

/// The reason in English, with its extent unless it is one row.
impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.extent {
            Extent::Row | Extent::Values => write!(f, "{}", self.reason),
            Extent::Rest => write!(f, "the rest of the file cannot be read: {}", self.reason),
            Extent::File { ordinal: 0, .. } => write!(f, "the file cannot be read: {}", self.reason),
            Extent::File { counts, ordinal } => {
                write!(f, "the file cannot be read, {counts} {ordinal}: {}", self.reason)
            }
        }
    }
}

/// Takes the rows of one file, and passes them on in batches.
pub struct RowWriter<'a> {
    file: &'a str,
    member: u64,
    sink: &'a mut dyn Sink,
    open: BTreeMap<Category, Open>,
    given: u64,
    rejected: Vec<Rejected>,
    /// Number of rejections that may still be kept.
    room: usize,
    rejected_count: u64,
    raw: Collector,
}

/// The rows of a category that are not passed on yet.
struct Open {
    builder: BatchBuilder,
    /// Bytes of their text.
    text: usize,
    times: Times,
}

/// Fields of a category that are dates, and those that are instants, as bits.
#[derive(Clone, Copy)]
struct Times {
    dates: u64,
    instants: u64,
}

impl Open {
    fn of(schema: &Schema) -> Open {
        let mut times = Times { dates: 0, instants: 0 };
        for (field, of) in schema.fields.iter().enumerate() {
            times.dates |= u64::from(matches!(of.kind, FieldKind::Date)) << field;
            times.instants |= u64::from(matches!(of.kind, FieldKind::Instant)) << field;
        }
        Open { builder: BatchBuilder::new(schema.category), text: 0, times }
    }
}

impl Times {
    /// Whether a field may have this number: no time is outside the years 1 to 9999.
    fn is_possible(self, field: usize, number: i64) -> bool {
        let is = |bits: u64| bits >> field & 1 == 1;
        (!is(self.dates) || DAYS.contains(&number)) && (!is(self.instants) || INSTANTS.contains(&number))
    }
}

impl<'a> RowWriter<'a> {
    pub(crate) fn new(file: &'a str, member: u64, sink: &'a mut dyn Sink) -> RowWriter<'a> {
        RowWriter {
            file,
            member,
            sink,
            open: BTreeMap::new(),
            given: 0,
            rejected: Vec::new(),
            room: MAX_REJECTED,
            rejected_count: 0,
            raw: Collector::default(),
        }
    }

    /// Keeps cells of rejected rows, of the record that is being read.
    pub(crate) fn collecting(self, raw: Collector) -> RowWriter<'a> {
        RowWriter { raw, ..self }
    }

    /// Says that the reading of a row depends on others of the file: rejected rows are not kept.
    pub(crate) fn keep_no_raw_rows(&mut self) {
        self.raw.turn_off();
    }

    /// Keeps at most `room` rejections.
    pub(crate) fn keep(self, room: usize) -> RowWriter<'a> {
        RowWriter { room, ..self }
    }

    /// The file's own name, without the folders and archives that contained it.
    pub(crate) fn file(&self) -> &'a str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(self.file)
    }

    fn position(&self, ordinal: u64) -> Position {
        Position { member: self.member, ordinal }
    }

    /// Passes on the next bytes of a file that is kept whole. Its row, with the same position, follows
    /// them.
    ///
    /// # Errors
    /// [`FormatError::Sink`] if the sink could not take them: pass it on.
    pub(crate) fn piece(&mut self, ordinal: u64, bytes: &[u8]) -> Result<(), FormatError> {
        self.sink.piece(self.position(ordinal).packed(), bytes).map_err(FormatError::Sink)
    }

    /// Writes a row from `ordinal` (its line or ordinal, from 1): pairs of field index and value, as
    /// defined in [`mesinfos_model::category`]. A row without the time required by its category, or with
    /// an impossible time, is rejected here.
    ///
    /// # Errors
    /// [`FormatError::Sink`] if the sink could not take the rows: pass it on.
    pub(crate) fn push(
        &mut self,
        category: Category,
        ordinal: u64,
        cells: &[(usize, Cell<'_>)],
    ) -> Result<(), FormatError> {
        let schema = category.schema();
        let time = cells.iter().find(|(field, _)| *field == schema.time).map(|(_, cell)| *cell);
        let bounds = if schema.utc_offset.is_some() { INSTANTS } else { DAYS };
        match time {
            Some(Cell::Int(time)) if bounds.contains(&time) => {}
            None | Some(Cell::Missing) if schema.undated => {}
            None | Some(Cell::Missing | Cell::Text(_)) => {
                self.reject(ordinal, Some(schema.fields[schema.time].name), Reason::NoDate);
                return Ok(());
            }
            Some(Cell::Int(_)) => {
                self.reject(ordinal, Some(schema.fields[schema.time].name), Reason::DateOutOfYears);
                return Ok(());
            }
        }
        let position = (schema.position(), self.position(ordinal).packed().into());
        let open = self.open.entry(category).or_insert_with(|| Open::of(schema));
        let (mut length, times) = (0, open.times);
        open.builder.push_changed(cells, position, |field, cell| match cell {
            Cell::Text(text) => {
                let text = cut(text);
                length += text.len();
                Cell::Text(text)
            }
            // A date that cannot be costs neither its row nor its file.
            Cell::Int(time) if !times.is_possible(field, time) => Cell::Missing,
            cell => cell,
        });
        open.text += length;
        let full = open.builder.rows() >= BATCH_ROWS || open.text >= BATCH_TEXT;
        self.given += 1;
        self.raw.row(ordinal);
        if full { self.flush() } else { Ok(()) }
    }

    /// Rejects a row: its ordinal, the wrong field, and the reason.
    pub(crate) fn reject(&mut self, ordinal: u64, field: Option<&str>, reason: Reason) {
        self.reject_rows(1, ordinal, field, reason);
    }

    /// Rejects everything after the rows already written.
    pub(crate) fn reject_rest(&mut self, ordinal: u64, reason: Reason) {
        self.keep_rejected(1, Rejected { line: Some(ordinal), field: None, extent: Extent::Rest, reason });
    }

    /// Rejects several rows for one reason; `ordinal` is the first one's.
    pub(crate) fn reject_rows(&mut self, count: u64, ordinal: u64, field: Option<&str>, reason: Reason) {
        let field = field.map(display_text::short);
        self.keep_rejected(count, Rejected { line: Some(ordinal), field, extent: Extent::Row, reason });
    }

    /// Says that values of rows were not taken. The rows are: nothing is rejected. `ordinal` is the first one's.
    pub(crate) fn leave_out(&mut self, ordinal: u64, field: &str, reason: Reason) {
        let (line, field) = (Some(ordinal), Some(display_text::short(field)));
        self.keep_rejected(0, Rejected { line, field, extent: Extent::Values, reason });
    }

    fn keep_rejected(&mut self, count: u64, rejected: Rejected) {
        self.rejected_count += count;
        if self.rejected.len() < self.room {
            if let (Extent::Row, Some(line)) = (rejected.extent, rejected.line) {
                self.raw.reject(line);
            }
            self.rejected.push(rejected);
        }
    }

    /// Rows written so far.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// Passes on all pending rows.
    pub(crate) fn flush(&mut self) -> Result<(), FormatError> {
        for (_, open) in std::mem::take(&mut self.open) {
            self.sink.rows(open.builder.finish()).map_err(FormatError::Sink)?;
        }
        Ok(())
    }

    pub(crate) fn into_parts(self) -> (u64, Vec<Rejected>, u64, Collector) {
        (self.given, self.rejected, self.rejected_count, self.raw)
    }
}

/// Cuts a text for use in a name composed for each row.
pub(crate) fn part(text: &str) -> &str {
    &text[..text.floor_char_boundary(PART)]
}

/// Checks that a batch from a process that reads hostile files could have been made by [`RowWriter`]:
/// every guarantee made there holds.
///
/// # Errors
/// The violated guarantee.
pub fn check(batch: &Batch) -> Result<(), &'static str> {
    let schema = batch.schema();
    if batch.rows() > BATCH_ROWS {
        return Err("a batch with too many rows");
    }
    if !schema.undated && !batch.every_integer(schema.time, |time| time.is_some()) {
        return Err("a row without a date");
    }
    let is_offset = |offset: Option<i64>| offset.is_none_or(|offset| OFFSETS.contains(&offset));
    if schema.utc_offset.is_some_and(|field| !batch.every_integer(field, is_offset)) {
        return Err("an impossible time zone");
    }
    let is_place =
        |at: Option<i64>| at.is_some_and(|at| at >= 0 && Position::unpacked(at).member <= crate::MOST_FILES);
    if !batch.every_integer(schema.position(), is_place) {
        return Err("a row without a position in the file");
    }
    for (index, (field, column)) in schema.fields.iter().zip(batch.columns()).enumerate() {
        let bounds = match field.kind {
            FieldKind::Date => Some(DAYS),
            FieldKind::Instant => Some(INSTANTS),
            _ => None,
        };
        let is_time = |bounds: &std::ops::Range<i64>| {
            batch.every_integer(index, |time| time.is_none_or(|time| bounds.contains(&time)))
        };
        if !bounds.as_ref().is_none_or(is_time) {
            return Err("a date outside the years 1 to 9999");
        }
        let texts = match column {
            Column::Terms { values, .. } => values,
            Column::Text(texts) => texts,
            _ => continue,
        };
        if texts.iter().any(|text| text.len() > MAX_TEXT) {
            return Err("a text that is too long");
        }
    }
    Ok(())
}

/// A text, cut to the longest allowed.
fn cut(text: &str) -> &str {
    if text.len() > MAX_TEXT { &text[..text.floor_char_boundary(MAX_TEXT)] } else { text }
}
