//! Where a format puts its rows.

use crate::display_text;
use crate::error::FormatError;
use crate::reason::{Extent, Reason};
use crate::sink::Sink;
use mesinfos_model::{Batch, BatchBuilder, Category, Cell, Column, FieldKind, Position};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Rejections of a file, or of all files of an archive, that are kept with their reason; further ones are
/// only counted.
pub const MAX_REJECTED: usize = 10_000;

/// Rows of a batch: enough that its columns pack well, few enough that a batch is under a few MiB.
const BATCH_ROWS: usize = 16_384;

/// Bytes of text after which a batch leaves although it has few rows.
const BATCH_TEXT: usize = 8 << 20;

/// The longest text of one cell, in bytes. What is longer is cut: a label is no book.
pub(crate) const MAX_TEXT: usize = 64 << 10;

/// The longest part of a name that is put together for each row (a meter and a tariff make a series), in
/// bytes: a file says it once and has many rows.
const PART: usize = 256;

/// The most bytes that the columns of one batch take: its text, one row over it, and numbers for all rows.
pub const LARGEST_BATCH: usize = 2 * BATCH_TEXT;

/// Local time minus UTC, in minutes: there is no place where it is a day.
const OFFSETS: std::ops::RangeInclusive<i64> = -24 * 60..=24 * 60;

/// Instants between the years 1 and 9999: what is outside is no time that a holder recorded.
const INSTANTS: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;

/// The same in days.
pub(crate) const DAYS: std::ops::Range<i64> = -719_162..2_932_897;

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Its line or ordinal in the file, from 1, as the format counts.
    pub line: Option<u64>,
    /// The field that is wrong.
    pub field: Option<String>,
    /// What of the file it is about.
    pub extent: Extent,
    /// What is wrong, and what was expected. In JSON its English words.
    #[serde(serialize_with = "in_english")]
    pub reason: Reason,
}

fn in_english<S: serde::Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}

/// The reason in English, and what it is about if it is not one row.
impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.extent {
            Extent::Row => write!(f, "{}", self.reason),
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
    open: BTreeMap<Category, (BatchBuilder, usize)>,
    given: u64,
    rejected: Vec<Rejected>,
    /// Rejections that may still be kept.
    room: usize,
    rejected_count: u64,
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
        }
    }

    /// Keeps at most so many rejections.
    pub(crate) fn keep(self, room: usize) -> RowWriter<'a> {
        RowWriter { room, ..self }
    }

    /// The file's own name, without the folders and archives that it stood in.
    pub(crate) fn file(&self) -> &'a str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(self.file)
    }

    fn position(&self, ordinal: u64) -> Position {
        Position { member: self.member, ordinal }
    }

    /// The next bytes of the file itself, which is kept whole: its row, with this place, comes after them.
    ///
    /// # Errors
    /// [`FormatError::Sink`] if they cannot be taken in: pass it on.
    pub(crate) fn piece(&mut self, ordinal: u64, bytes: &[u8]) -> Result<(), FormatError> {
        self.sink.piece(self.position(ordinal).packed(), bytes).map_err(FormatError::Sink)
    }

    /// A row that stood at `ordinal` (its line or ordinal, from 1): pairs of field index and value, as of
    /// [`mesinfos_model::category`]. A row without the time that its category needs, or with a time that
    /// cannot be, is rejected here.
    ///
    /// # Errors
    /// [`FormatError::Sink`] if the rows cannot be taken in: pass it on.
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
        let position = self.position(ordinal).packed();
        let (builder, text) = self.open.entry(category).or_insert_with(|| (BatchBuilder::new(category), 0));
        let own = cells.iter().map(|(field, cell)| (*field, cut(*cell)));
        *text +=
            own.clone().map(|(_, cell)| if let Cell::Text(t) = cell { t.len() } else { 0 }).sum::<usize>();
        builder.push_cells(own.chain([(schema.position(), position.into())]));
        let full = builder.rows() >= BATCH_ROWS || *text >= BATCH_TEXT;
        self.given += 1;
        if full { self.flush() } else { Ok(()) }
    }

    /// A row that cannot be read: its place, the field that is wrong, and why.
    pub(crate) fn reject(&mut self, ordinal: u64, field: Option<&str>, reason: Reason) {
        self.reject_rows(1, ordinal, field, reason);
    }

    /// All after the rows that were given cannot be read.
    pub(crate) fn reject_rest(&mut self, ordinal: u64, reason: Reason) {
        self.keep_rejected(1, Rejected { line: Some(ordinal), field: None, extent: Extent::Rest, reason });
    }

    /// Several rows that cannot be read for one reason; `ordinal` is the first one's.
    pub(crate) fn reject_rows(&mut self, count: u64, ordinal: u64, field: Option<&str>, reason: Reason) {
        let field = field.map(display_text::short);
        self.keep_rejected(count, Rejected { line: Some(ordinal), field, extent: Extent::Row, reason });
    }

    fn keep_rejected(&mut self, count: u64, rejected: Rejected) {
        self.rejected_count += count;
        if self.rejected.len() < self.room {
            self.rejected.push(rejected);
        }
    }

    /// Rows so far.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// Passes on what is there.
    pub(crate) fn flush(&mut self) -> Result<(), FormatError> {
        for (_, (builder, _)) in std::mem::take(&mut self.open) {
            self.sink.rows(builder.finish()).map_err(FormatError::Sink)?;
        }
        Ok(())
    }

    pub(crate) fn into_parts(self) -> (u64, Vec<Rejected>, u64) {
        (self.given, self.rejected, self.rejected_count)
    }
}

/// What of a text goes into a name that is put together for each row.
pub(crate) fn part(text: &str) -> &str {
    &text[..text.floor_char_boundary(PART)]
}

/// Whether a batch that comes from where hostile files are read could be one of [`RowWriter`]: all that is made sure of
/// there holds of it.
///
/// # Errors
/// What cannot be.
pub fn check(batch: &Batch) -> Result<(), &'static str> {
    let schema = batch.schema();
    if batch.rows() > BATCH_ROWS {
        return Err("a batch of too many rows");
    }
    if !schema.undated && !batch.every_integer(schema.time, |time| time.is_some()) {
        return Err("a row without a date");
    }
    let is_offset = |offset: Option<i64>| offset.is_none_or(|offset| OFFSETS.contains(&offset));
    if schema.utc_offset.is_some_and(|field| !batch.every_integer(field, is_offset)) {
        return Err("a time zone that there is not");
    }
    let is_place =
        |at: Option<i64>| at.is_some_and(|at| at >= 0 && Position::unpacked(at).member <= crate::MOST_FILES);
    if !batch.every_integer(schema.position(), is_place) {
        return Err("a row of no place in the file");
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
            return Err("a date that is not between the years 1 and 9999");
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

/// A cell whose text is not over the longest.
fn cut(cell: Cell<'_>) -> Cell<'_> {
    match cell {
        Cell::Text(text) if text.len() > MAX_TEXT => Cell::Text(&text[..text.floor_char_boundary(MAX_TEXT)]),
        cell => cell,
    }
}
