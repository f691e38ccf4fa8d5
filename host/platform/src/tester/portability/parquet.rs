//! Rows of a category as an Apache Parquet file, for programs that read tables.
//!
//! A column for each field, under its name, without Parquet's own compression: the archive is packed. Dates are
//! `DATE`, instants `TIMESTAMP` in milliseconds of UTC, numbers `INT64` in the unit that the list names, codes and
//! texts `STRING`. A missing value is null.

use super::archive::{Outlet, Pieces};
use super::papers::Papers;
use super::rows::{Batches, RowSource};
use crate::Result;
use crate::tester::own_rows::id;
use mesinfos_model::{Batch, Category, FieldKind};
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::io;
use std::sync::Arc;

/// Media type of the file.
pub(super) const FORM: &str = "application/vnd.apache.parquet";

/// Rows and bytes of rows in a row group, which is written at once.
const GROUP: (usize, usize) = (100_000, 16 << 20);

/// What a column has.
#[derive(Clone, Copy)]
enum Content {
    Id,
    Field(usize, FieldKind),
    Paper,
}

/// The columns of a category, with their names.
fn columns(category: Category) -> Vec<(&'static str, Content)> {
    let schema = category.schema();
    let fields = schema.fields.iter().enumerate().filter(|(index, _)| *index != schema.position());
    let fields = fields.map(|(index, field)| (field.name, Content::Field(index, field.kind)));
    let paper = (category == Category::Documents).then_some(("paper", Content::Paper));
    std::iter::once(("id", Content::Id)).chain(fields).chain(paper).collect()
}

fn schema(columns: &[(&str, Content)]) -> std::result::Result<TypePtr, ParquetError> {
    let of = |(name, content): &(&str, Content)| {
        let (physical, logical) = match content {
            Content::Field(_, FieldKind::Date) => (Physical::INT32, Some(LogicalType::Date)),
            Content::Field(_, FieldKind::Instant) => {
                (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS)))
            }
            Content::Field(_, FieldKind::Integer) => (Physical::INT64, None),
            _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let column = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        column.build().map(Arc::new)
    };
    let fields = columns.iter().map(of).collect::<std::result::Result<_, _>>()?;
    Ok(Arc::new(Type::group_type_builder("row").with_fields(fields).build()?))
}

/// The rows of a category as the pieces of a file.
pub(super) fn pieces(source: &RowSource, category: Category) -> Result<Pieces> {
    let (columns, outlet) = (columns(category), Outlet::default());
    let properties = WriterProperties::builder().set_created_by("mesinfos".to_owned()).build();
    let writer =
        SerializedFileWriter::new(outlet.clone(), schema(&columns).map_err(other)?, properties.into());
    let (batches, papers) = (source.batches(category), source.papers.clone());
    Ok(Box::new(File { writer: Some(writer.map_err(other)?), outlet, columns, batches, papers }))
}

fn other(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

struct File {
    writer: Option<SerializedFileWriter<Outlet>>,
    outlet: Outlet,
    columns: Vec<(&'static str, Content)>,
    batches: Batches,
    papers: Papers,
}

impl File {
    /// Writes the next row group, or the end.
    fn step(&mut self) -> Result<()> {
        let (mut group, mut rows, mut bytes) = (Vec::new(), 0, 0);
        for origin in self.batches.by_ref() {
            let (import, batch) = origin?;
            rows += batch.rows();
            bytes += batch.bytes();
            group.push((import, batch));
            if rows >= GROUP.0 || bytes >= GROUP.1 {
                break;
            }
        }
        match &mut self.writer {
            Some(writer) if !group.is_empty() => {
                let mut written = writer.next_row_group().map_err(other)?;
                for (_, content) in &self.columns {
                    column(&mut written, *content, &group, &self.papers).map_err(other)?;
                }
                written.close().map_err(other)?;
            }
            _ => {
                if let Some(writer) = self.writer.take() {
                    writer.close().map_err(other)?;
                }
            }
        }
        Ok(())
    }
}

impl Iterator for File {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        self.writer.as_ref()?;
        Some(self.step().map(|()| self.outlet.take()))
    }
}

/// Values of a column that are there, and for each row whether there is one.
struct Values<T> {
    values: Vec<T>,
    levels: Vec<i16>,
}

fn gather<T>(group: &[(u64, Batch)], value: impl Fn(u64, &Batch, usize) -> Option<T>) -> Values<T> {
    let mut all = Values { values: Vec::new(), levels: Vec::new() };
    for (import, batch) in group {
        for row in 0..batch.rows() {
            let value = value(*import, batch, row);
            all.levels.push(value.is_some().into());
            all.values.extend(value);
        }
    }
    all
}

fn column(
    group: &mut SerializedRowGroupWriter<'_, Outlet>,
    content: Content,
    rows: &[(u64, Batch)],
    papers: &Papers,
) -> std::result::Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let text = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    match content {
        Content::Field(index, FieldKind::Date) => {
            let Values { values, levels } = gather(rows, |_, batch, row| {
                batch.integer(index, row).and_then(|day| i32::try_from(day).ok())
            });
            column.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
        Content::Field(index, kind @ (FieldKind::Instant | FieldKind::Integer)) => {
            let scale = if kind == FieldKind::Instant { 1_000 } else { 1 };
            let Values { values, levels } = gather(rows, |_, batch, row| {
                batch.integer(index, row).and_then(|number| number.checked_mul(scale))
            });
            column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
        other => {
            let Values { values, levels } = gather(rows, |import, batch, row| match other {
                Content::Field(index, FieldKind::Code(codes)) => {
                    let code = usize::try_from(batch.integer(index, row)?).ok()?;
                    codes.get(code).map(|code| text(code.id))
                }
                Content::Field(index, _) => batch.text(index, row).map(text),
                Content::Id => Some(text(&id(batch, row, import).to_string())),
                Content::Paper => papers.name(id(batch, row, import)).map(text),
            });
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
    }
    column.close()
}
