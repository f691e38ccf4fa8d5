//! Columns: the only form in which rows are stored and sent to apps.
//!
//! Lists are behind an `Arc`, so that a column goes from the vault to a guest's memory without a copy in
//! between. A missing entry is a sentinel value of its type ([`MISSING_I64`] and the others). A
//! [`Column::Absent`] column has no values.

use std::sync::Arc;

/// Sentinel for a missing entry in an `I64` column.
pub const MISSING_I64: i64 = i64::MIN;
/// Sentinel for a missing entry in an `I32` column.
pub const MISSING_I32: i32 = i32::MIN;
/// Sentinel for a missing entry in a `U8` column.
pub const MISSING_U8: u8 = u8::MAX;
/// Sentinel for a missing code in a `Terms` column.
pub const MISSING_TERM: u32 = u32::MAX;

/// Texts in one UTF-8 buffer: text `i` is `utf8[ends[i-1]..ends[i]]`, starting from 0 for the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextColumn {
    /// End offset of each text in `utf8`, never decreasing.
    pub ends: Vec<u32>,
    /// The concatenated texts: valid UTF-8, with every offset in `ends` at a character boundary.
    pub utf8: Vec<u8>,
}

impl TextColumn {
    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Text `i`; empty if there is none.
    pub fn get(&self, i: usize) -> &str {
        let Some(&end) = self.ends.get(i) else {
            return "";
        };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        self.utf8
            .get(start as usize..end as usize)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }

    /// Whether text `i` equals `text`.
    pub(crate) fn is(&self, i: usize, text: &str) -> bool {
        let end = self.ends.get(i).map(|&end| end as usize);
        let start = if i == 0 { Some(0) } else { self.ends.get(i - 1).map(|&start| start as usize) };
        start.zip(end).and_then(|(start, end)| self.utf8.get(start..end)) == Some(text.as_bytes())
    }

    /// Adds a text. A text that would exceed 4 GiB in total is replaced by an empty one; a batch is far
    /// smaller.
    pub fn push(&mut self, text: &str) {
        if u32::try_from(self.utf8.len() + text.len()).is_ok() {
            self.utf8.extend_from_slice(text.as_bytes());
        }
        self.ends.push(u32::try_from(self.utf8.len()).unwrap_or(u32::MAX));
    }

    /// The texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// Whether `ends` and `utf8` are consistent, as they must be after reading untrusted input.
    pub fn is_sound(&self) -> bool {
        let Ok(text) = std::str::from_utf8(&self.utf8) else {
            return false;
        };
        let mut last = 0;
        self.ends.iter().all(|&end| {
            let fits = end >= last && text.is_char_boundary(end as usize);
            last = end;
            fits
        }) && last as usize == self.utf8.len()
    }
}

impl<'a> FromIterator<&'a str> for TextColumn {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut column = TextColumn::default();
        for text in texts {
            column.push(text);
        }
        column
    }
}

/// One field of many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// No row has a value.
    Absent,
    /// Instants and quantities.
    I64(Arc<Vec<i64>>),
    /// Dates.
    I32(Arc<Vec<i32>>),
    /// Codes of a closed list.
    U8(Arc<Vec<u8>>),
    /// Text that repeats.
    Terms {
        /// Index into `values` for each row.
        codes: Arc<Vec<u32>>,
        /// The distinct texts.
        values: Arc<TextColumn>,
    },
    /// Free text.
    Text(Arc<TextColumn>),
}

impl Column {
    /// Number of rows; `None` for an absent column.
    #[allow(clippy::len_without_is_empty, reason = "an absent column has no length")]
    pub fn len(&self) -> Option<usize> {
        Some(match self {
            Column::Absent => return None,
            Column::I64(v) => v.len(),
            Column::I32(v) => v.len(),
            Column::U8(v) => v.len(),
            Column::Terms { codes, .. } => codes.len(),
            Column::Text(v) => v.len(),
        })
    }

    /// Whether no row has a value.
    pub fn is_absent(&self) -> bool {
        matches!(self, Column::Absent)
    }
}
