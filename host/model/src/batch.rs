//! Batches: rows of one category as columns.

use crate::category::{Category, FieldKind, Schema};
use crate::column::{Column, MISSING_I32, MISSING_I64, MISSING_TERM, MISSING_U8, TextColumn};
use crate::day::{Day, UNDATED};
use std::collections::HashMap;
use std::sync::Arc;

/// Rows of one category. Columns are in the order of the category's [`Schema`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    category: Category,
    rows: usize,
    columns: Vec<Column>,
}

/// Error: columns that do not make a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// The number of columns is not the number of fields.
    #[error("a batch of {category} has {expected} columns, not {found}")]
    Columns {
        /// Category of the batch.
        category: Category,
        /// Number of fields in its schema.
        expected: usize,
        /// Number of columns given.
        found: usize,
    },
    /// A column has the wrong number of rows, a type other than its field's, or invalid text.
    #[error("the column {category}.{field} is invalid: {why}")]
    Misfit {
        /// Category of the batch.
        category: Category,
        /// Name of the field.
        field: &'static str,
        /// Reason.
        why: &'static str,
    },
}

impl Batch {
    /// A batch of `rows` rows.
    ///
    /// # Errors
    /// [`BatchError`] if a column does not match the schema or the number of rows, or is inconsistent in
    /// itself.
    pub fn new(category: Category, rows: usize, columns: Vec<Column>) -> Result<Batch, BatchError> {
        let schema = category.schema();
        if columns.len() != schema.fields.len() {
            return Err(BatchError::Columns {
                category,
                expected: schema.fields.len(),
                found: columns.len(),
            });
        }
        for (field, column) in schema.fields.iter().zip(&columns) {
            let misfit = |why| Err(BatchError::Misfit { category, field: field.name, why });
            if column.len().is_some_and(|len| len != rows) {
                return misfit("its number of rows differs from that of the batch");
            }
            let sound = match (field.kind, column) {
                (_, Column::Absent)
                | (FieldKind::Date, Column::I32(_))
                | (FieldKind::Instant | FieldKind::Integer, Column::I64(_)) => true,
                (FieldKind::Code(names), Column::U8(codes)) => {
                    codes.iter().all(|&c| c == MISSING_U8 || usize::from(c) < names.len())
                }
                (FieldKind::Term | FieldKind::Pseudonym, Column::Terms { codes, values }) => {
                    values.is_sound()
                        && codes.iter().all(|&c| c == MISSING_TERM || (c as usize) < values.len())
                }
                (FieldKind::Text, Column::Text(text)) => text.is_sound(),
                _ => return misfit("its type differs from that of the field"),
            };
            if !sound {
                return misfit("it holds an invalid code or text");
            }
        }
        Ok(Batch { category, rows, columns })
    }

    /// A batch of valid columns of this length, taken from a valid batch. Checked only in debug builds.
    pub(crate) fn of_sound(category: Category, rows: usize, columns: Vec<Column>) -> Batch {
        debug_assert!(Batch::new(category, rows, columns.clone()).is_ok());
        Batch { category, rows, columns }
    }

    /// A batch without rows.
    pub fn empty(category: Category) -> Batch {
        let columns = vec![Column::Absent; category.schema().fields.len()];
        Batch { category, rows: 0, columns }
    }

    /// Category of the rows.
    pub fn category(&self) -> Category {
        self.category
    }

    /// Schema of the category.
    pub fn schema(&self) -> &'static Schema {
        self.category.schema()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns, in the order of the schema.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Returns the columns, in the order of the schema.
    pub fn into_columns(self) -> Vec<Column> {
        self.columns
    }

    /// The column of a field, by index.
    pub fn column(&self, field: usize) -> &Column {
        &self.columns[field]
    }

    /// Replaces one column.
    ///
    /// # Errors
    /// Same as [`Batch::new`].
    pub fn with_column(mut self, field: usize, column: Column) -> Result<Batch, BatchError> {
        self.columns[field] = column;
        Batch::new(self.category, self.rows, self.columns)
    }

    /// The integer, date, instant or code of a row; `None` if it is missing.
    pub fn integer(&self, field: usize, row: usize) -> Option<i64> {
        match &self.columns[field] {
            Column::I64(v) => v.get(row).copied().filter(|&x| x != MISSING_I64),
            Column::I32(v) => v.get(row).copied().filter(|&x| x != MISSING_I32).map(i64::from),
            Column::U8(v) => v.get(row).copied().filter(|&x| x != MISSING_U8).map(i64::from),
            _ => None,
        }
    }

    /// Whether `fits` holds for the numbers of a field in every row. It receives the values of
    /// [`Batch::integer`].
    pub fn every_integer(&self, field: usize, fits: impl Fn(Option<i64>) -> bool) -> bool {
        fn known(number: i64, missing: bool) -> Option<i64> {
            (!missing).then_some(number)
        }
        match &self.columns[field] {
            Column::I64(v) => v.iter().all(|&x| fits(known(x, x == MISSING_I64))),
            Column::I32(v) => v.iter().all(|&x| fits(known(x.into(), x == MISSING_I32))),
            Column::U8(v) => v.iter().all(|&x| fits(known(x.into(), x == MISSING_U8))),
            _ => self.rows == 0 || fits(None),
        }
    }

    /// The term or text of a row; `None` if it is missing.
    pub fn text(&self, field: usize, row: usize) -> Option<&str> {
        let text = match &self.columns[field] {
            Column::Terms { codes, values } => {
                let code = *codes.get(row)?;
                if code == MISSING_TERM {
                    return None;
                }
                return Some(values.get(code as usize));
            }
            Column::Text(texts) => texts.get(row),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The value of the time field: days for a date, UTC seconds for an instant; `None` if it is missing.
    pub fn time(&self, row: usize) -> Option<i64> {
        self.integer(self.schema().time, row)
    }

    /// Local time minus UTC of a row, in minutes; 0 if unknown.
    pub fn utc_offset(&self, row: usize) -> i64 {
        self.schema().utc_offset.and_then(|field| self.integer(field, row)).unwrap_or(0)
    }

    /// The civil day of a row, in local time; `None` if it has no time.
    pub fn day(&self, row: usize) -> Option<Day> {
        let time = self.time(row)?;
        Some(match self.schema().fields[self.schema().time].kind {
            FieldKind::Date => Day(i32::try_from(time).ok()?),
            _ => Day::of_instant(time, self.utc_offset(row)),
        })
    }

    /// The least and the greatest [`Batch::time`]; `None` if no row has one.
    pub fn times(&self) -> Option<(i64, i64)> {
        let span = |least: Option<i64>, greatest: Option<i64>| least.zip(greatest);
        match &self.columns[self.schema().time] {
            Column::I64(times) => {
                let known = || times.iter().copied().filter(|&time| time != MISSING_I64);
                span(known().min(), known().max())
            }
            Column::I32(days) => {
                let known = || days.iter().copied().filter(|&day| day != MISSING_I32).map(i64::from);
                span(known().min(), known().max())
            }
            _ => None,
        }
    }

    /// The first and the last [`Batch::day`]; `None` if no row has one.
    pub fn days(&self) -> Option<(Day, Day)> {
        let schema = self.schema();
        let is_date = matches!(schema.fields[schema.time].kind, FieldKind::Date);
        let has_offsets = schema.utc_offset.is_some_and(|field| !self.columns[field].is_absent());
        if is_date || !has_offsets {
            let day = |time| {
                if is_date { i32::try_from(time).ok().map(Day) } else { Some(Day::of_instant(time, 0)) }
            };
            let (first, last) = self.times()?;
            return day(first).zip(day(last));
        }
        let days = (0..self.rows).filter_map(|row| self.day(row));
        days.fold(None, |span: Option<(Day, Day)>, day| {
            let (first, last) = span.unwrap_or((day, day));
            Some((first.min(day), last.max(day)))
        })
    }

    /// Approximate size of the columns in memory, in bytes.
    pub fn bytes(&self) -> usize {
        let text = |text: &TextColumn| text.utf8.len() + text.ends.len() * 4;
        let column = |column: &Column| match column {
            Column::Absent => 0,
            Column::I64(v) => v.len() * 8,
            Column::I32(v) => v.len() * 4,
            Column::U8(v) => v.len(),
            Column::Terms { codes, values } => codes.len() * 4 + text(values),
            Column::Text(v) => text(v),
        };
        self.columns.iter().map(column).sum()
    }

    /// The rows with these indexes, in that order.
    pub fn select(&self, rows: &[usize]) -> Batch {
        fn pick<T: Copy>(from: &[T], rows: &[usize]) -> Arc<Vec<T>> {
            Arc::new(rows.iter().map(|&row| from[row]).collect())
        }
        let columns = self
            .columns
            .iter()
            .map(|column| match column {
                Column::Absent => Column::Absent,
                Column::I64(v) => Column::I64(pick(v, rows)),
                Column::I32(v) => Column::I32(pick(v, rows)),
                Column::U8(v) => Column::U8(pick(v, rows)),
                Column::Terms { codes, values } => select_terms(codes, values, rows),
                Column::Text(texts) => {
                    Column::Text(Arc::new(rows.iter().map(|&row| texts.get(row)).collect()))
                }
            })
            .collect();
        Batch { category: self.category, rows: rows.len(), columns }
    }

    /// Concatenates the rows of all batches, which must be of this category.
    pub fn concat(category: Category, batches: &[Batch]) -> Batch {
        if let [one] = batches {
            return one.clone();
        }
        let mut builder = BatchBuilder::new(category);
        for batch in batches {
            builder.append(batch);
        }
        builder.finish()
    }

    /// Whether the rows are in the order of [`Batch::sorted`].
    pub fn is_sorted(&self) -> bool {
        // A missing time is the smallest number of its type, so missing times come first, as in the sort of `sorted`.
        match &self.columns[self.schema().time] {
            Column::I64(times) => times.is_sorted(),
            Column::I32(days) => days.is_sorted(),
            _ => true,
        }
    }

    /// Sorts the rows by time, stably.
    pub fn sorted(self) -> Batch {
        if self.is_sorted() {
            return self;
        }
        let key = |row: &usize| self.time(*row).unwrap_or(i64::MIN);
        let mut order: Vec<usize> = (0..self.rows).collect();
        order.sort_by_key(key);
        self.select(&order)
    }

    /// The rows of each month (see [`Day::month`]), in order of month. Rows without a time come first, as
    /// the month [`UNDATED`].
    pub fn by_month(&self) -> Vec<(i32, Batch)> {
        let mut months: std::collections::BTreeMap<i32, Vec<usize>> = Default::default();
        // Caches the last day: most files are in order of time, and computing a month from a date is not
        // free.
        let mut last: Option<(Day, i32)> = None;
        for row in 0..self.rows {
            let Some(day) = self.day(row) else {
                months.entry(UNDATED).or_default().push(row);
                continue;
            };
            let month = match last {
                Some((known, month)) if known == day => month,
                _ => day.month(),
            };
            last = Some((day, month));
            months.entry(month).or_default().push(row);
        }
        if let (1, Some(&month)) = (months.len(), months.keys().next()) {
            return vec![(month, self.clone())];
        }
        months.into_iter().map(|(month, rows)| (month, self.select(&rows))).collect()
    }
}

/// Drops dictionary entries that no remaining row uses, so a cut cannot leak a removed row's text.
fn select_terms(codes: &[u32], values: &TextColumn, rows: &[usize]) -> Column {
    let mut renumbered = vec![MISSING_TERM; values.len()];
    let mut kept = TextColumn::default();
    let picked = rows
        .iter()
        .map(|&row| match codes[row] {
            MISSING_TERM => MISSING_TERM,
            code => {
                let new = &mut renumbered[code as usize];
                if *new == MISSING_TERM {
                    kept.push(values.get(code as usize));
                    *new = u32::try_from(kept.len() - 1).unwrap_or(MISSING_TERM);
                }
                *new
            }
        })
        .collect();
    Column::Terms { codes: Arc::new(picked), values: Arc::new(kept) }
}

/// One value of one row, as read by a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Unknown.
    Missing,
    /// A date (days), an instant (UTC seconds), a quantity in the field's unit, or a code.
    Int(i64),
    /// A term or a text. Empty means missing.
    Text(&'a str),
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Cell::Int(value)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Cell::Text(value)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}

/// Builds a [`Batch`] row by row.
#[derive(Debug)]
pub struct BatchBuilder {
    category: Category,
    rows: usize,
    columns: Vec<Growing>,
}

#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a batch has one for each field, and boxes would cost each cell a step"
)]
enum Growing {
    I64(Vec<i64>),
    I32(Vec<i32>),
    U8(Vec<u8>),
    Terms(GrowingTerms),
    Text(TextColumn),
}

/// A growing column of terms, which stores each text once.
#[derive(Debug)]
struct GrowingTerms {
    codes: Vec<u32>,
    values: TextColumn,
    index: HashMap<String, u32>,
    /// Codes of texts seen last, by [`slot`]: most texts are found here without a hash that withstands hostile ones.
    recent: [u32; SLOTS],
}

/// Number of [`GrowingTerms::recent`]: some hundreds of terms repeat in a file.
const SLOTS: usize = 256;

/// Slot of a text, by its length, beginning and end. Texts that share one are told apart by their bytes.
fn slot(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 56).unwrap_or(0) % SLOTS
}

impl Default for GrowingTerms {
    fn default() -> GrowingTerms {
        GrowingTerms {
            codes: Vec::new(),
            values: TextColumn::default(),
            index: HashMap::new(),
            recent: [MISSING_TERM; SLOTS],
        }
    }
}

impl GrowingTerms {
    /// The code of a text, which is added if it is new. An empty text is missing.
    fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return MISSING_TERM;
        }
        // Most rows have the same term as the row before.
        if let Some(code) = self.codes.last().copied().filter(|&last| self.values.is(last as usize, text)) {
            return code;
        }
        let slot = slot(text);
        if self.values.is(self.recent[slot] as usize, text) {
            return self.recent[slot];
        }
        let code = self.index.get(text).copied().unwrap_or_else(|| {
            self.values.push(text);
            let code = u32::try_from(self.values.len() - 1).unwrap_or(MISSING_TERM);
            self.index.insert(text.to_owned(), code);
            code
        });
        self.recent[slot] = code;
        code
    }
}

impl Growing {
    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Growing::I64(v), Cell::Int(x)) => v.push(x),
            (Growing::I64(v), _) => v.push(MISSING_I64),
            (Growing::I32(v), Cell::Int(x)) => v.push(i32::try_from(x).unwrap_or(MISSING_I32)),
            (Growing::I32(v), _) => v.push(MISSING_I32),
            (Growing::U8(v), Cell::Int(x)) => v.push(u8::try_from(x).unwrap_or(MISSING_U8)),
            (Growing::U8(v), _) => v.push(MISSING_U8),
            (Growing::Terms(terms), Cell::Text(text)) => {
                let code = terms.code(text);
                terms.codes.push(code);
            }
            (Growing::Terms(terms), _) => terms.codes.push(MISSING_TERM),
            (Growing::Text(texts), Cell::Text(text)) => texts.push(text),
            (Growing::Text(texts), _) => texts.push(""),
        }
    }

    fn finish(self) -> Column {
        match self {
            Growing::I64(v) if v.iter().all(|&x| x == MISSING_I64) => Column::Absent,
            Growing::I32(v) if v.iter().all(|&x| x == MISSING_I32) => Column::Absent,
            Growing::U8(v) if v.iter().all(|&x| x == MISSING_U8) => Column::Absent,
            Growing::Terms(terms) if terms.values.is_empty() => Column::Absent,
            Growing::Text(v) if v.utf8.is_empty() => Column::Absent,
            Growing::I64(v) => Column::I64(Arc::new(v)),
            Growing::I32(v) => Column::I32(Arc::new(v)),
            Growing::U8(v) => Column::U8(Arc::new(v)),
            Growing::Terms(GrowingTerms { codes, values, .. }) => {
                Column::Terms { codes: Arc::new(codes), values: Arc::new(values) }
            }
            Growing::Text(v) => Column::Text(Arc::new(v)),
        }
    }
}

impl BatchBuilder {
    /// A builder without rows.
    pub fn new(category: Category) -> BatchBuilder {
        let columns = category
            .schema()
            .fields
            .iter()
            .map(|field| match field.kind {
                FieldKind::Date => Growing::I32(Vec::new()),
                FieldKind::Instant | FieldKind::Integer => Growing::I64(Vec::new()),
                FieldKind::Code(_) => Growing::U8(Vec::new()),
                FieldKind::Term | FieldKind::Pseudonym => Growing::Terms(GrowingTerms::default()),
                FieldKind::Text => Growing::Text(TextColumn::default()),
            })
            .collect();
        BatchBuilder { category, rows: 0, columns }
    }

    /// Category of the rows.
    pub fn category(&self) -> Category {
        self.category
    }

    /// Number of rows so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row, as pairs of field index and value. All other fields are missing.
    pub fn push(&mut self, cells: &[(usize, Cell<'_>)]) {
        self.push_cells(cells.iter().copied());
    }

    /// Adds a row, like [`BatchBuilder::push`]. Of several values of a field, the last counts.
    pub fn push_cells<'a>(&mut self, cells: impl IntoIterator<Item = (usize, Cell<'a>)>) {
        // A field set has 64 bits, so no table has more fields.
        let mut row = [Cell::Missing; 64];
        for (field, cell) in cells {
            row[field] = cell;
        }
        self.columns.iter_mut().zip(&row).for_each(|(column, cell)| column.push(*cell));
        self.rows += 1;
    }

    /// Adds a row like [`BatchBuilder::push`], with `last` as one more value, and the others as `change` makes them. The
    /// fastest way to add a row.
    pub fn push_changed<'a>(
        &mut self,
        cells: &[(usize, Cell<'a>)],
        last: (usize, Cell<'a>),
        mut change: impl FnMut(usize, Cell<'a>) -> Cell<'a>,
    ) {
        let given = cells.iter().fold(1_u64 << last.0, |given, (field, _)| given | 1 << field);
        if given.count_ones() as usize != cells.len() + 1 {
            let cells = cells.iter().map(|(field, cell)| (*field, change(*field, *cell)));
            return self.push_cells(cells.chain([last]));
        }
        for (field, cell) in cells {
            self.columns[*field].push(change(*field, *cell));
        }
        self.columns[last.0].push(last.1);
        for (field, column) in self.columns.iter_mut().enumerate() {
            if given >> field & 1 == 0 {
                column.push(Cell::Missing);
            }
        }
        self.rows += 1;
    }

    /// Adds every row of a batch of the same category.
    pub fn append(&mut self, batch: &Batch) {
        for (field, column) in self.columns.iter_mut().enumerate() {
            match (&mut *column, batch.column(field)) {
                (Growing::I64(to), Column::I64(from)) => to.extend_from_slice(from),
                (Growing::I32(to), Column::I32(from)) => to.extend_from_slice(from),
                (Growing::U8(to), Column::U8(from)) => to.extend_from_slice(from),
                (Growing::Terms(to), Column::Terms { codes, values }) => {
                    // Each text is looked up once, however many rows use it.
                    let ours: Vec<u32> = values.iter().map(|text| to.code(text)).collect();
                    to.codes.extend(codes.iter().map(|&code| match code {
                        MISSING_TERM => MISSING_TERM,
                        code => ours[code as usize],
                    }));
                }
                (Growing::Text(to), Column::Text(from)) => from.iter().for_each(|text| to.push(text)),
                (to, _) => (0..batch.rows()).for_each(|_| to.push(Cell::Missing)),
            }
        }
        self.rows += batch.rows();
    }

    /// The rows as a batch. Columns without any value become absent.
    pub fn finish(self) -> Batch {
        Batch {
            category: self.category,
            rows: self.rows,
            columns: self.columns.into_iter().map(Growing::finish).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::bank::{AMOUNT, BOOKED_ON, HOLDER, LABEL};

    fn three() -> Batch {
        let mut builder = BatchBuilder::new(Category::Bank);
        for (day, amount, label) in [(40, -150_i64, "café"), (1, 20, ""), (35, -1, "thé")] {
            builder.push(&[
                (HOLDER, "Banque".into()),
                (BOOKED_ON, i64::from(day).into()),
                (AMOUNT, amount.into()),
                (LABEL, label.into()),
            ]);
        }
        builder.finish()
    }

    #[test]
    fn rows_go_in_and_come_out() {
        let batch = three();
        assert_eq!(batch.rows(), 3);
        assert_eq!(batch.text(LABEL, 0), Some("café"));
        assert_eq!(batch.text(LABEL, 1), None);
        assert_eq!(batch.integer(AMOUNT, 2), Some(-1));
        assert!(batch.column(crate::category::bank::BALANCE).is_absent());
        assert_eq!(Batch::new(Category::Bank, 3, batch.columns().to_vec()).unwrap(), batch);
    }

    #[test]
    fn of_two_values_of_a_field_the_last_counts() {
        let cells = [(AMOUNT, 1_i64.into()), (BOOKED_ON, 0_i64.into()), (AMOUNT, 2_i64.into())];
        let mut builder = BatchBuilder::new(Category::Bank);
        builder.push(&cells);
        builder.push(&cells[1..2]);
        builder.push_changed(&cells[..2], cells[2], |_, cell| cell);
        builder.push_changed(&cells[..1], cells[1], |_, _| 7_i64.into());
        builder.push_changed(&[], cells[1], |_, cell| cell);
        let batch = builder.finish();
        let amounts = [0, 1, 2, 3, 4].map(|row| batch.integer(AMOUNT, row));
        assert_eq!(amounts, [Some(2), None, Some(2), Some(7), None]);
        assert!((0..5).all(|row| batch.integer(BOOKED_ON, row) == Some(0)));
    }

    #[test]
    fn each_term_is_stored_once() {
        // Many share a slot: those of equal length, beginning and end, and more terms than slots.
        let term = |number: usize| match number % 2 {
            0 => format!("beginning-{:05}-the-end", number % 900),
            _ => format!("t{}", number % 700),
        };
        let terms: Vec<String> = (0..5_000).map(term).collect();
        let mut builder = BatchBuilder::new(Category::Bank);
        for term in &terms {
            builder.push(&[(HOLDER, term.as_str().into()), (BOOKED_ON, 0_i64.into())]);
        }
        let batch = builder.finish();
        assert!((0..5_000).all(|row| batch.text(HOLDER, row) == Some(&terms[row])));
        let Column::Terms { values, .. } = batch.column(HOLDER) else { panic!("terms") };
        let distinct: std::collections::BTreeSet<&str> = values.iter().collect();
        assert_eq!((values.len(), distinct.len()), (800, 800));
    }

    #[test]
    fn first_and_last_are_those_of_the_rows() {
        use crate::category::energy;
        let mut dated = BatchBuilder::new(Category::Bank);
        let mut timed = BatchBuilder::new(Category::Energy);
        let mut abroad = BatchBuilder::new(Category::Energy);
        for n in [5_i64, -3, 40, 39, 7] {
            dated.push(&[(HOLDER, "B".into()), (BOOKED_ON, n.into())]);
            timed.push(&[(energy::START, (n * 20_000).into())]);
            abroad.push(&[(energy::START, (n * 20_000).into()), (energy::UTC_OFFSET, (n * 60 % 900).into())]);
        }
        dated.push(&[(HOLDER, "B".into())]);
        let undated = {
            let mut builder = BatchBuilder::new(Category::Bank);
            builder.push(&[(HOLDER, "B".into())]);
            builder.finish()
        };
        for batch in [dated.finish(), timed.finish(), abroad.finish(), undated, Batch::empty(Category::Bank)]
        {
            let times = || (0..batch.rows()).filter_map(|row| batch.time(row));
            let days = || (0..batch.rows()).filter_map(|row| batch.day(row));
            assert_eq!(batch.times(), times().min().zip(times().max()));
            assert_eq!(batch.days(), days().min().zip(days().max()));
        }
    }

    #[test]
    fn sorting_months_and_concat() {
        let sorted = three().sorted();
        assert_eq!((0..3).map(|r| sorted.time(r).unwrap()).collect::<Vec<_>>(), [1, 35, 40]);
        let months = sorted.by_month();
        assert_eq!(months.iter().map(|(m, b)| (*m, b.rows())).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
        let parts: Vec<Batch> = months.into_iter().map(|(_, b)| b).collect();
        let whole = Batch::concat(Category::Bank, &parts);
        assert_eq!(whole.rows(), 3);
        assert_eq!(whole.text(LABEL, 2), Some("café"));
    }

    #[test]
    fn selecting_drops_terms_that_no_row_uses() {
        let mut builder = BatchBuilder::new(Category::Bank);
        builder.push(&[(HOLDER, "A".into()), (BOOKED_ON, 0_i64.into())]);
        builder.push(&[(HOLDER, "secret".into()), (BOOKED_ON, 1_i64.into())]);
        let Column::Terms { values, .. } = builder.finish().select(&[0]).column(HOLDER).clone() else {
            panic!("terms")
        };
        assert_eq!(values.iter().collect::<Vec<_>>(), ["A"]);
    }

    #[test]
    fn unsound_columns_are_refused() {
        let batch = three();
        let broken = |column| batch.clone().with_column(LABEL, column);
        assert!(broken(Column::I64(Arc::new(vec![1, 2, 3]))).is_err());
        let text = TextColumn { ends: vec![1, 9, 3], utf8: b"abc".to_vec() };
        assert!(broken(Column::Text(Arc::new(text))).is_err());
        assert!(batch.clone().with_column(AMOUNT, Column::I64(Arc::new(vec![1]))).is_err());
        assert!(Batch::new(Category::Bank, 0, vec![]).is_err());
    }
}
