//! Columns as bytes: the content of a sealed chunk.
//!
//! ```text
//! body     = count (u8), then that many fields
//! field    = number (u8: its number in the category's table), column; omitted if no row has a value
//! column   = kind (u8): 0 absent, 1 i64, 2 i32, 3 u8, 4 terms, 5 text; then
//!            1, 2, 3: ints (one per row)
//!            4:       ints (codes, one per row), text
//!            5:       text (one per row)
//! text     = count (u32), ints (ends), bytes (UTF-8)
//! ints     = width (u8), base (i64), count x width bytes
//!            width 0:                all are `base`
//!            width of the type:      each as it is
//!            any smaller width:      0 is missing, n is `base` + n - 1
//! bytes    = length (u32), stored length (u32), stored bytes: zstd, or uncompressed if the lengths are equal
//! ```
//! All numbers are little-endian. Chunks of format 1 have one column per field of the table at that time, in
//! table order, and neither count nor numbers.
//!
//! A field number that the table lacks is skipped, and a field that the chunk lacks is absent, so the table
//! can change without a rewrite of chunks.
//!
//! Every run waits for decoding, so numbers are narrowed rather than compressed. Within one month, dates,
//! codes and amounts take one to four bytes, and widening them is one pass over a slice. Only text is
//! compressed, with zstd.
//!
//! No length is trusted: each is checked against the available bytes or a limit before memory is allocated,
//! and the columns are validated by [`Batch::new`].

use mesinfos_model::column::{MISSING_I32, MISSING_I64, MISSING_TERM, MISSING_U8};
use mesinfos_model::{Batch, Category, Column, FieldSet, TextColumn};
use std::io;
use std::sync::Arc;
use zstd::bulk::{Compressor, Decompressor};

/// Maximum number of rows in a chunk: enough for a month of one reading per minute. With [`MAX_TEXT`], it
/// bounds the memory that a damaged or forged length can request.
pub(crate) const MAX_ROWS: usize = 1 << 16;

/// Maximum size of the text in one column of a chunk, in bytes: 256 per row of the longest chunk.
pub(crate) const MAX_TEXT: usize = 16 << 20;

/// zstd's default level. Labels of a month shrink to a third; higher levels gain a few percent.
const LEVEL: i32 = 3;

/// The reason bytes are not valid columns.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotColumns {
    #[error("it ends too early")]
    Short,
    #[error("it has bytes after its last column")]
    Long,
    #[error("a length exceeds its limit")]
    OverLimit,
    #[error("a column has an unknown kind or width")]
    Unknown,
    #[error("a field occurs twice")]
    Twice,
    #[error("a text does not decompress")]
    Zstd(#[from] io::Error),
    #[error(transparent)]
    Batch(#[from] mesinfos_model::batch::BatchError),
}

type Result<T> = std::result::Result<T, NotColumns>;

const ABSENT: u8 = 0;
const I64: u8 = 1;
const I32: u8 = 2;
const U8: u8 = 3;
const TERMS: u8 = 4;
const TEXT: u8 = 5;

/// Whether the rows of a batch fit in one chunk.
pub(crate) fn fits(batch: &Batch) -> bool {
    let text = |column: &Column| match column {
        Column::Terms { values, .. } => values.utf8.len(),
        Column::Text(text) => text.utf8.len(),
        _ => 0,
    };
    batch.rows() <= MAX_ROWS && batch.columns().iter().all(|column| text(column) <= MAX_TEXT)
}

/// Assignment of columns to fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// By position in the category's table at the time of format 1.
    Positions,
    /// By field number.
    Numbers,
}

/// Tables of format 1: category number, version of the table, and number of fields. Fields were numbered from
/// 1 in table order, and the position field followed them. This list never changes.
const FORMAT_1: [(u8, u16, u8); 14] = [
    (1, 2, 14),
    (2, 2, 15),
    (3, 2, 18),
    (4, 1, 20),
    (5, 1, 17),
    (6, 1, 18),
    (7, 1, 11),
    (8, 1, 25),
    (9, 1, 23),
    (10, 1, 24),
    (11, 1, 10),
    (12, 1, 17),
    (13, 1, 23),
    (14, 2, 9),
];

/// The version of a category's table in chunks of format 1; `None` if the category did not exist.
pub(crate) fn version_of_format_1(category: Category) -> Option<u16> {
    FORMAT_1.iter().find(|(number, ..)| *number == category.number()).map(|(_, version, _)| *version)
}

/// The field numbers of a chunk of format 1, in order.
fn positions(category: Category) -> impl Iterator<Item = u8> {
    let table = FORMAT_1.iter().find(|(number, ..)| *number == category.number());
    let last = table.map_or(0, |(.., fields)| *fields);
    (1..=last).chain([mesinfos_model::category::POSITION_NUMBER])
}

/// Encodes the columns of a batch that [`fits`].
pub(crate) fn encode(batch: &Batch) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut zstd = Compressor::new(LEVEL)?;
    let fields = batch.schema().fields.iter().zip(batch.columns());
    let stored = fields.filter(|(_, column)| !column.is_absent());
    out.push(u8::try_from(stored.clone().count()).map_err(|_| NotColumns::OverLimit)?);
    for (field, column) in stored {
        out.push(field.number);
        match column {
            Column::Absent => {}
            Column::I64(v) => put_numbers(&mut out, I64, v),
            Column::I32(v) => put_numbers(&mut out, I32, v),
            Column::U8(v) => put_numbers(&mut out, U8, v),
            Column::Terms { codes, values } => {
                put_numbers(&mut out, TERMS, codes);
                put_text(&mut out, &mut zstd, values)?;
            }
            Column::Text(text) => {
                out.push(TEXT);
                put_text(&mut out, &mut zstd, text)?;
            }
        }
    }
    Ok(out)
}

/// Decodes a batch; columns not in `wanted` are absent. The caller reuses one decompressor for all chunks.
pub(crate) fn decode(
    category: Category,
    layout: Layout,
    wanted: FieldSet,
    rows: usize,
    body: &[u8],
    zstd: &mut Decompressor<'_>,
) -> Result<Batch> {
    if rows > MAX_ROWS {
        return Err(NotColumns::OverLimit);
    }
    let mut input = Input(body);
    let schema = category.schema();
    let mut columns = vec![Column::Absent; schema.fields.len()];
    let (mut numbers, mut seen) = (positions(category), [false; 256]);
    let mut left = match layout {
        Layout::Positions => positions(category).count(),
        Layout::Numbers => usize::from(input.u8()?),
    };
    while left > 0 {
        left -= 1;
        let number = match layout {
            Layout::Positions => numbers.next().ok_or(NotColumns::Unknown)?,
            Layout::Numbers => input.u8()?,
        };
        if std::mem::replace(&mut seen[usize::from(number)], true) {
            return Err(NotColumns::Twice);
        }
        let kind = input.u8()?;
        let Some(field) = schema.index_of_number(number).filter(|field| wanted.contains(*field)) else {
            input.skip(kind, rows)?;
            continue;
        };
        columns[field] = match kind {
            ABSENT => Column::Absent,
            I64 => Column::I64(Arc::new(input.ints(rows)?)),
            I32 => Column::I32(Arc::new(input.ints(rows)?)),
            U8 => Column::U8(Arc::new(input.ints(rows)?)),
            TERMS => {
                Column::Terms { codes: Arc::new(input.ints(rows)?), values: Arc::new(input.text(zstd)?) }
            }
            TEXT => Column::Text(Arc::new(input.text(zstd)?)),
            _ => return Err(NotColumns::Unknown),
        };
    }
    if !input.0.is_empty() {
        return Err(NotColumns::Long);
    }
    Ok(Batch::new(category, rows, columns)?)
}

/// A numeric type of column.
trait Number: Copy + PartialEq {
    const BYTES: usize;
    const MISSING: Self;
    fn wide(self) -> i64;
    fn from_wide(wide: i64) -> Option<Self>;
    /// `self + n`, wrapping: an overflow makes the chunk invalid, not the code unsafe.
    fn plus(self, n: u32) -> Self;
    fn from_le(bytes: &[u8]) -> Self;
    fn put_le(self, out: &mut Vec<u8>);
}

macro_rules! number {
    ($type:ty, $missing:expr, $plus:expr) => {
        impl Number for $type {
            const BYTES: usize = size_of::<$type>();
            const MISSING: Self = $missing;
            #[inline]
            fn wide(self) -> i64 {
                i64::from(self)
            }
            #[inline]
            fn from_wide(wide: i64) -> Option<Self> {
                Self::try_from(wide).ok()
            }
            #[inline]
            fn plus(self, n: u32) -> Self {
                let plus: fn(Self, u32) -> Self = $plus;
                plus(self, n)
            }
            #[inline]
            fn from_le(bytes: &[u8]) -> Self {
                bytes.try_into().map(Self::from_le_bytes).unwrap_or(Self::MISSING)
            }
            #[inline]
            fn put_le(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }
    };
}

number!(i64, MISSING_I64, |a, n| a.wrapping_add(i64::from(n)));
number!(i32, MISSING_I32, i32::wrapping_add_unsigned);
number!(u32, MISSING_TERM, u32::wrapping_add);
// Never narrowed: a byte is the smallest width.
number!(u8, MISSING_U8, |a, _| a);

fn put_numbers<T: Number>(out: &mut Vec<u8>, kind: u8, values: &[T]) {
    out.push(kind);
    put_ints(out, values);
}

fn put_ints<T: Number>(out: &mut Vec<u8>, values: &[T]) {
    let (width, base) = width_and_base(values);
    out.extend_from_slice(&[width]);
    out.extend_from_slice(&base.to_le_bytes());
    match usize::from(width) {
        0 => {}
        width if width == T::BYTES => values.iter().for_each(|value| value.put_le(out)),
        width => {
            for value in values {
                let code = if *value == T::MISSING { 0 } else { value.wide().abs_diff(base) + 1 };
                out.extend_from_slice(&code.to_le_bytes()[..width]);
            }
        }
    }
}

/// The smallest width for these values, and the base of their codes.
fn width_and_base<T: Number>(values: &[T]) -> (u8, i64) {
    let first = values.first().map_or(0, |value| value.wide());
    if values.iter().all(|value| value.wide() == first) {
        return (0, first);
    }
    let known = || values.iter().filter(|value| **value != T::MISSING).map(|value| value.wide());
    let (base, top) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
    // The largest code is `span + 1`.
    let span = top.abs_diff(base);
    let widths = [(1, u64::from(u8::MAX)), (2, u64::from(u16::MAX)), (4, u64::from(u32::MAX))];
    let narrow = widths.into_iter().find(|(_, codes)| span < *codes).map(|(width, _)| width);
    let own = u8::try_from(T::BYTES).unwrap_or(u8::MAX);
    narrow.filter(|width| *width < own).map_or((own, 0), |width| (width, base))
}

fn put_text(out: &mut Vec<u8>, zstd: &mut Compressor<'_>, text: &TextColumn) -> Result<()> {
    put_length(out, text.len())?;
    put_ints(out, &text.ends);
    put_length(out, text.utf8.len())?;
    let packed = zstd.compress(&text.utf8)?;
    let stored = if packed.len() < text.utf8.len() { &packed } else { &text.utf8 };
    put_length(out, stored.len())?;
    out.extend_from_slice(stored);
    Ok(())
}

fn put_length(out: &mut Vec<u8>, length: usize) -> Result<()> {
    let length = u32::try_from(length).map_err(|_| NotColumns::OverLimit)?;
    out.extend_from_slice(&length.to_le_bytes());
    Ok(())
}

/// The remaining input.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(NotColumns::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(NotColumns::Short)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn length(&mut self, limit: usize) -> Result<usize> {
        let length = u32::from_le_bytes(self.array()?);
        usize::try_from(length).ok().filter(|&n| n <= limit).ok_or(NotColumns::OverLimit)
    }

    /// Skips a column without decoding it.
    fn skip(&mut self, kind: u8, rows: usize) -> Result<()> {
        match kind {
            ABSENT => Ok(()),
            I64 | I32 | U8 => self.skip_ints(rows),
            TERMS => self.skip_ints(rows).and_then(|()| self.skip_text()),
            TEXT => self.skip_text(),
            _ => Err(NotColumns::Unknown),
        }
    }

    fn skip_ints(&mut self, count: usize) -> Result<()> {
        let width = usize::from(self.u8()?);
        self.array::<8>()?;
        self.take(count * width).map(drop)
    }

    fn skip_text(&mut self) -> Result<()> {
        let count = self.length(MAX_ROWS)?;
        self.skip_ints(count)?;
        self.length(MAX_TEXT)?;
        let stored = self.length(MAX_TEXT)?;
        self.take(stored).map(drop)
    }

    /// Decodes `count` integers; the caller has checked `count` against a limit.
    fn ints<T: Number>(&mut self, count: usize) -> Result<Vec<T>> {
        let width = usize::from(self.u8()?);
        let base = i64::from_le_bytes(self.array()?);
        let bytes = self.take(count * width)?;
        if width == T::BYTES {
            return Ok(bytes.chunks_exact(T::BYTES).map(T::from_le).collect());
        }
        let base = T::from_wide(base).ok_or(NotColumns::Unknown)?;
        let value = |code: u32| match code.checked_sub(1) {
            None => T::MISSING,
            Some(n) => base.plus(n),
        };
        Ok(match width {
            0 => vec![base; count],
            1 => bytes.iter().map(|&b| value(u32::from(b))).collect(),
            2 => {
                let pairs = bytes.chunks_exact(2);
                pairs.map(|b| value(u32::from(u16::from_le_bytes([b[0], b[1]])))).collect()
            }
            4 => {
                let fours = bytes.chunks_exact(4);
                fours.map(|b| value(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))).collect()
            }
            _ => return Err(NotColumns::Unknown),
        })
    }

    fn text(&mut self, zstd: &mut Decompressor<'_>) -> Result<TextColumn> {
        let count = self.length(MAX_ROWS)?;
        let ends = self.ints(count)?;
        let len = self.length(MAX_TEXT)?;
        let stored_len = self.length(MAX_TEXT)?;
        let stored = self.take(stored_len)?;
        let utf8 = if stored_len == len {
            stored.to_vec()
        } else {
            let mut utf8 = Vec::with_capacity(len);
            zstd.decompress_to_buffer(stored, &mut utf8)?;
            utf8
        };
        if utf8.len() != len {
            return Err(NotColumns::Short);
        }
        Ok(TextColumn { ends, utf8 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::{BatchBuilder, Cell, FieldKind};
    use proptest::prelude::*;

    /// Decodes with every column wanted.
    fn decode(category: Category, rows: usize, body: &[u8], zstd: &mut Decompressor<'_>) -> Result<Batch> {
        super::decode(category, Layout::Numbers, FieldSet::stored(category), rows, body, zstd)
    }

    fn round_trip(batch: &Batch) -> Batch {
        let body = encode(batch).unwrap();
        decode(batch.category(), batch.rows(), &body, &mut Decompressor::new().unwrap()).unwrap()
    }

    /// A cell of the field's kind, made from `n` limited to `spread` bits.
    fn cell(kind: FieldKind, spread: u32, n: i64) -> (Option<i64>, String) {
        let n = if spread >= 63 { n } else { n.rem_euclid(1 << spread) };
        let number = match kind {
            FieldKind::Code(names) => n.rem_euclid(i64::try_from(names.len()).unwrap()),
            _ => n,
        };
        ((n % 7 != 3).then_some(number), format!("é{n}").repeat(usize::try_from(n & 3).unwrap()))
    }

    fn batch(category: Category, rows: &[Vec<(u32, i64)>]) -> Batch {
        let fields = category.schema().fields;
        let mut builder = BatchBuilder::new(category);
        for row in rows {
            let values: Vec<_> =
                fields.iter().zip(row).map(|(f, (spread, n))| cell(f.kind, *spread, *n)).collect();
            let cells: Vec<(usize, Cell<'_>)> = values
                .iter()
                .enumerate()
                .map(|(field, (number, text))| match fields[field].kind {
                    FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => (field, text.as_str().into()),
                    _ => (field, (*number).into()),
                })
                .collect();
            builder.push(&cells);
        }
        builder.finish()
    }

    /// Upper limit of the fields of a table.
    const WIDEST: usize = 64;

    fn any_rows() -> impl Strategy<Value = Vec<Vec<(u32, i64)>>> {
        let spreads = proptest::collection::vec(prop_oneof![Just(0_u32), 1..34_u32, Just(64)], WIDEST);
        spreads.prop_flat_map(|spreads| {
            let row = proptest::collection::vec(any::<i64>(), WIDEST)
                .prop_map(move |row| spreads.iter().copied().zip(row).collect());
            proptest::collection::vec(row, 0..40)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_batch_comes_back(category in 0..Category::ALL.len(), rows in any_rows()) {
            let batch = batch(Category::ALL[category], &rows);
            prop_assert_eq!(round_trip(&batch), batch);
        }

        #[test]
        fn only_what_is_wanted_is_made(category in 0..Category::ALL.len(), rows in any_rows(), wanted in any::<u64>()) {
            let category = Category::ALL[category];
            let (sound, mut zstd) = (batch(category, &rows), Decompressor::new().unwrap());
            let fields = (0..category.schema().fields.len()).filter(|field| wanted >> field & 1 == 1);
            let wanted = fields.fold(FieldSet::NONE, FieldSet::with);
            let made = super::decode(category, Layout::Numbers, wanted, sound.rows(), &encode(&sound).unwrap(), &mut zstd).unwrap();
            for (field, (made, all)) in made.columns().iter().zip(sound.columns()).enumerate() {
                prop_assert_eq!(made, if wanted.contains(field) { all } else { &Column::Absent });
            }
        }

        /// Authentication rejects such bytes earlier. Even so, no file content may cause a panic or a large
        /// allocation here.
        #[test]
        fn any_bytes_are_columns_or_an_error(body in proptest::collection::vec(0..9_u8, 0..200)) {
            for &category in Category::ALL {
                for wanted in [FieldSet::stored(category), FieldSet::NONE] {
                    for layout in [Layout::Positions, Layout::Numbers] {
                        let mut zstd = Decompressor::new().unwrap();
                        let _ = super::decode(category, layout, wanted, 3, &body, &mut zstd);
                    }
                }
            }
        }
    }

    #[test]
    fn tables_may_change_and_chunks_stay_as_they_are() {
        let sound = batch(Category::Bank, &[vec![(9, 7); WIDEST], vec![(9, 8); WIDEST]]);
        let body = encode(&sound).unwrap();
        let mut zstd = Decompressor::new().unwrap();
        // A field that the table no longer has, or does not have yet.
        let unknown = [&[body[0] + 1, 200, I64, 0][..], &7_i64.to_le_bytes(), &body[1..]].concat();
        assert_eq!(decode(Category::Bank, 2, &unknown, &mut zstd).unwrap(), sound);
        // A field that the chunk lacks.
        let absent = sound.with_column(mesinfos_model::category::bank::LABEL, Column::Absent).unwrap();
        assert_eq!(decode(Category::Bank, 2, &encode(&absent).unwrap(), &mut zstd).unwrap(), absent);
        let twice = [&[body[0] + 1][..], &body[1..], &[1, TERMS]].concat();
        assert!(decode(Category::Bank, 2, &twice, &mut zstd).is_err());
    }

    #[test]
    fn edges_of_the_types_come_back() {
        for values in [
            vec![i64::MIN, i64::MIN + 1, i64::MAX],
            vec![i64::MIN, -1],
            vec![i64::MIN],
            vec![0, 254],
            vec![0, 255],
            vec![7, 7 + i64::from(u32::MAX) - 1, i64::MIN],
            vec![7, 7 + i64::from(u32::MAX)],
        ] {
            let mut out = Vec::new();
            put_ints(&mut out, &values);
            let mut input = Input(&out);
            assert_eq!(input.ints::<i64>(values.len()).unwrap(), values);
            assert!(input.0.is_empty());
        }
        let mut out = Vec::new();
        put_ints(&mut out, &[i32::MIN, i32::MIN + 1, i32::MAX]);
        assert_eq!(Input(&out).ints::<i32>(3).unwrap(), [i32::MIN, i32::MIN + 1, i32::MAX]);
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_an_error_or_a_sound_batch() {
        let rows: Vec<_> = (0..20).map(|n| vec![(9, n * 7_919); WIDEST]).collect();
        let sound = batch(Category::Bank, &rows);
        let body = encode(&sound).unwrap();
        let mut zstd = Decompressor::new().unwrap();
        for at in 0..body.len() {
            assert!(decode(Category::Bank, 20, &body[..at], &mut zstd).is_err(), "cut at {at}");
            for bit in 0..8 {
                let mut changed = body.clone();
                changed[at] ^= 1 << bit;
                if let Ok(batch) = decode(Category::Bank, 20, &changed, &mut zstd) {
                    assert_eq!(batch.rows(), 20);
                }
                let none = FieldSet::NONE;
                let _ = super::decode(Category::Bank, Layout::Numbers, none, 20, &changed, &mut zstd);
            }
        }
        let longer = [&body[..], &[0]].concat();
        assert!(matches!(decode(Category::Bank, 20, &longer, &mut zstd), Err(NotColumns::Long)));
        assert!(matches!(decode(Category::Bank, MAX_ROWS + 1, &body, &mut zstd), Err(NotColumns::OverLimit)));
    }
}
