//! Tables that no format knows, with what a person says about their columns.
//!
//! - `probe`: what a table looks like, and a guess of what its columns mean. Never the last word: what the table does
//!   not settle is open, and a person answers it.
//! - `mapping`: what the person says. `looks`: what of a table contradicts it. `rows`: reading a table by it; `readings`:
//!   those of meters; `when`: when a row was.
//! - `beginning`: where rows begin. `columns`: what the cells of a column look like. `amounts`, `currencies`, `ways`,
//!   `words`: what stands in cells and headers.
//!
//! Invariant: nothing of a table is stored before a person has said what its columns are.

mod amounts;
mod beginning;
mod columns;
mod currencies;
mod looks;
mod mapping;
mod probe;
mod readings;
mod rows;
mod ways;
mod when;
mod words;

pub(crate) use beginning::has_only_names;
pub use looks::ColumnLook;
pub use mapping::{
    CurrencyColumn, DateOrder, DecimalMark, Every, LONGEST_HOLDER, MAPPING_VERSION, MOST_LABELS,
    MOST_SKIPPED, Mapping, MappingProblem, ReadingUnit, RowKind, ValueColumns,
};
pub(crate) use probe::probe;
pub use probe::{LARGEST_PROBE, Open, TableProbe};
pub(crate) use rows::{ABOUT, Mapped};

/// Format of the imports of such tables.
pub const FORMAT: &str = ABOUT.id;

/// Characters that separate cells.
pub const DELIMITERS: &[char] = &[';', '\t', ',', '|'];

/// The byte of one of [`DELIMITERS`].
fn byte_of(delimiter: char) -> u8 {
    u8::try_from(delimiter).unwrap_or(b';')
}

/// Most columns of a table that can be mapped: a person looks at them.
pub const MOST_COLUMNS: u16 = 60;
