//! Messages between host and runner. Both are the same build of one program.
//!
//! A message is its length (`u32`, little-endian) followed by its postcard encoding. The columns of a page
//! follow their message in their in-memory layout, because they make up most of the traffic.

use crate::budget;
use bytemuck::{cast_slice, cast_slice_mut};
use mesinfos_intake::{Content, ReadAs};
use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, CategoryScope, Column, FieldSet, Period, Scope, TextColumn};
use mesinfos_runtime::sandbox::{Context, RawParams, RawView, Usage};
use mesinfos_runtime::{Citations, Outcome, Request};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Error, ErrorKind, Read, Write};
use std::sync::Arc;

/// Largest message from the host to a runner, in bytes, excluding columns and code.
pub(crate) const LARGEST_JOB: usize = 1 << 20;

/// The request of a component. Its categories are sent as scopes, which name their fields.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    categories: Vec<CategoryScope>,
    notes: bool,
    evidence: bool,
    wasi: BTreeSet<String>,
}

impl From<&Request> for Asked {
    fn from(request: &Request) -> Asked {
        let Request { categories, notes, evidence, wasi } = request;
        let scope = |(category, fields): (&Category, &FieldSet)| CategoryScope {
            fields: *fields,
            ..CategoryScope::all(*category)
        };
        Asked {
            categories: categories.iter().map(scope).collect(),
            notes: *notes,
            evidence: *evidence,
            wasi: wasi.clone(),
        }
    }
}

impl From<Asked> for Request {
    fn from(asked: Asked) -> Request {
        let Asked { categories, notes, evidence, wasi } = asked;
        let categories = categories.into_iter().map(|scope| (scope.category, scope.fields));
        Request { categories: categories.collect(), notes, evidence, wasi }
    }
}

pub(crate) fn scope_from_wire(scopes: Vec<CategoryScope>) -> Scope {
    scopes.into_iter().map(|scope| (scope.category, scope)).collect()
}

/// First message of a fork server, after it has confined itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Greeting {
    /// Engine and configuration.
    pub(crate) identity: String,
    /// Whether it and its runners have an empty network namespace of their own.
    pub(crate) network: bool,
}

/// The single job of a runner. The code (a component to compile, or an artifact to run) arrives as an
/// in-memory file of `code` bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) asked: Asked,
    pub(crate) code: usize,
    pub(crate) task: Task,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    Compile,
    Parameters {
        lang: Lang,
    },
    Call {
        scope: Vec<CategoryScope>,
        wishes: Vec<CategoryScope>,
        context: Context,
    },
    /// Reads a file held by the host. `size` is its size in bytes if it is seekable, else `None`.
    Read {
        name: String,
        how: ReadAs,
        size: Option<u64>,
    },
    /// Reads the content of a kept file that the host holds.
    Extract {
        content: Content,
        name: String,
    },
}

/// Message from a runner.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum RunnerMessage {
    /// Opens a reader. Readers are numbered from 0 in the order of opening.
    Open { category: Category, period: Period },
    /// Asks for the next page of a reader: the host answers with [`HostReply`].
    Next { reader: u32 },
    /// Closes a reader.
    Close { reader: u32 },
    /// Result of [`Task::Compile`]: an artifact of that many bytes follows.
    Compiled(Result<usize, Outcome>),
    /// Result of [`Task::Parameters`].
    Parameters(Result<RawParams, Outcome>),
    /// Result of [`Task::Call`].
    Called { result: Box<Result<RawView, Outcome>>, usage: Usage, notes: String, citations: Citations },
}

/// Answer of the host to [`RunnerMessage::Next`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum HostReply {
    /// A page; its columns follow.
    Page { category: Category, rows: usize, columns: Vec<Shape> },
    /// No more pages.
    End,
    /// The grant ended.
    Withdrawn,
    /// The rows could not be read. Only the host knows why.
    Unavailable,
}

/// Type and size of one column of a page.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Shape {
    Absent,
    I64,
    I32,
    U8,
    Terms { texts: usize, utf8: usize },
    Text { utf8: usize },
}

impl Shape {
    /// Size of the column in bytes, for this number of rows.
    pub(crate) fn bytes(self, rows: usize) -> usize {
        let (each, more) = match self {
            Shape::Absent => (0, 0),
            Shape::I64 => (8, 0),
            Shape::I32 => (4, 0),
            Shape::U8 => (1, 0),
            Shape::Terms { texts, utf8 } => (4, texts.saturating_mul(4).saturating_add(utf8)),
            Shape::Text { utf8 } => (4, utf8),
        };
        rows.saturating_mul(each).saturating_add(more)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn invalid(error: impl ToString) -> Error {
    Error::new(ErrorKind::InvalidData, error.to_string())
}

/// A message in bytes, preceded by its length.
pub(crate) fn frame<T: Serialize>(message: &T) -> io::Result<Vec<u8>> {
    let mut bytes = postcard::to_extend(message, vec![0_u8; 4]).map_err(invalid)?;
    let length = u32::try_from(bytes.len() - 4).map_err(invalid)?;
    bytes[..4].copy_from_slice(&length.to_le_bytes());
    Ok(bytes)
}

/// Reads a message of at most `largest` bytes, whose value takes at most as many bytes of memory beyond its
/// own size.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] if the value takes more; [`ErrorKind::InvalidData`] if the message is
/// longer, or does not decode.
pub(crate) fn read<T: DeserializeOwned>(from: &mut impl Read, largest: usize) -> io::Result<T> {
    let mut length = [0_u8; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > largest {
        return Err(invalid(format!("a message of {length} bytes; at most {largest} are accepted")));
    }
    let mut bytes = vec![0_u8; length];
    from.read_exact(&mut bytes)?;
    budget::decode(&bytes, largest)
}

/// A page with its columns, in one buffer.
pub(crate) fn page(batch: &Batch) -> io::Result<Vec<u8>> {
    let columns = shapes(batch);
    with_columns(&HostReply::Page { category: batch.category(), rows: batch.rows(), columns }, batch)
}

/// The shapes of a batch's columns.
pub(crate) fn shapes(batch: &Batch) -> Vec<Shape> {
    let shape = |column: &Column| match column {
        Column::Absent => Shape::Absent,
        Column::I64(_) => Shape::I64,
        Column::I32(_) => Shape::I32,
        Column::U8(_) => Shape::U8,
        Column::Terms { values, .. } => Shape::Terms { texts: values.len(), utf8: values.utf8.len() },
        Column::Text(text) => Shape::Text { utf8: text.utf8.len() },
    };
    batch.columns().iter().map(shape).collect()
}

/// A message and the columns that follow it, in one buffer.
pub(crate) fn with_columns<T: Serialize>(message: &T, batch: &Batch) -> io::Result<Vec<u8>> {
    let mut bytes = frame(message)?;
    bytes.reserve(batch.bytes());
    for column in batch.columns() {
        match column {
            Column::Absent => {}
            Column::I64(v) => bytes.extend_from_slice(cast_slice(v)),
            Column::I32(v) => bytes.extend_from_slice(cast_slice(v)),
            Column::U8(v) => bytes.extend_from_slice(v),
            Column::Terms { codes, values } => {
                bytes.extend_from_slice(cast_slice(codes));
                put_text(&mut bytes, values);
            }
            Column::Text(text) => put_text(&mut bytes, text),
        }
    }
    Ok(bytes)
}

fn put_text(bytes: &mut Vec<u8>, text: &TextColumn) {
    bytes.extend_from_slice(cast_slice(&text.ends));
    bytes.extend_from_slice(&text.utf8);
}

/// Reads the columns that follow a page's message, as a batch.
pub(crate) fn read_page(
    from: &mut impl Read,
    category: Category,
    rows: usize,
    columns: &[Shape],
) -> io::Result<Batch> {
    macro_rules! numbers {
        ($zero:expr, $count:expr) => {{
            let mut numbers = vec![$zero; $count];
            from.read_exact(cast_slice_mut(&mut numbers))?;
            numbers
        }};
    }
    macro_rules! texts {
        ($texts:expr, $utf8:expr) => {
            Arc::new(TextColumn { ends: numbers!(0_u32, $texts), utf8: numbers!(0_u8, $utf8) })
        };
    }
    let mut read = Vec::with_capacity(columns.len());
    for shape in columns {
        read.push(match *shape {
            Shape::Absent => Column::Absent,
            Shape::I64 => Column::I64(Arc::new(numbers!(0_i64, rows))),
            Shape::I32 => Column::I32(Arc::new(numbers!(0_i32, rows))),
            Shape::U8 => Column::U8(Arc::new(numbers!(0_u8, rows))),
            Shape::Terms { texts, utf8 } => {
                let codes = Arc::new(numbers!(0_u32, rows));
                Column::Terms { codes, values: texts!(texts, utf8) }
            }
            Shape::Text { utf8 } => Column::Text(texts!(rows, utf8)),
        });
    }
    Batch::new(category, rows, read).map_err(invalid)
}

/// Encodes a message and writes it in one call.
pub(crate) fn send<T: Serialize>(to: &mut impl Write, message: &T) -> io::Result<()> {
    to.write_all(&frame(message)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::column::{MISSING_I64, MISSING_U8};

    #[test]
    fn a_page_crosses_whole() {
        let text = |words: &[&str]| Arc::new(words.iter().copied().collect::<TextColumn>());
        for category in Category::ALL {
            use mesinfos_model::FieldKind as Kind;
            let columns = category.schema().fields.iter().enumerate().map(|(i, field)| match field.kind {
                _ if i == 3 => Column::Absent,
                Kind::Date => Column::I32(Arc::new(vec![7, -9])),
                Kind::Instant | Kind::Integer => Column::I64(Arc::new(vec![MISSING_I64, 1 << 40])),
                Kind::Code(_) => Column::U8(Arc::new(vec![0, MISSING_U8])),
                Kind::Term | Kind::Pseudonym => {
                    Column::Terms { codes: Arc::new(vec![1, 0]), values: text(&["", "à l'heure"]) }
                }
                Kind::Text => Column::Text(text(&["é", ""])),
            });
            let batch = Batch::new(*category, 2, columns.collect()).unwrap();
            let bytes = page(&batch).unwrap();
            let mut from = bytes.as_slice();
            let HostReply::Page { category, rows, columns } = read(&mut from, 1_000).unwrap() else {
                panic!("not a page")
            };
            assert_eq!(read_page(&mut from, category, rows, &columns).unwrap(), batch);
            assert!(from.is_empty());
        }
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        let bytes = frame(&HostReply::End).unwrap();
        assert!(read::<HostReply>(&mut bytes.as_slice(), 0).is_err());
        let claims = [0xff, 0xff, 0xff, 0xff, 0];
        assert_eq!(read::<HostReply>(&mut &claims[..], 1 << 20).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
