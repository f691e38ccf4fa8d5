//! Types shared by all crates: categories and their fields, columns and batches, periods, scopes, and the
//! typed view.
//!
//! Invariants: no I/O, no async code, no clock and no randomness. Everything here is a value or a pure
//! function of values. There are no sentences for people: tables hold the names of their entries in both
//! languages, and all other texts are in `host/words`.
//!
//! Start reading at [`category`] (the tables that define each category), then [`batch`].

mod app_id;
pub mod batch;
pub mod bic;
pub mod category;
pub mod column;
pub mod cut;
pub mod day;
pub mod digest;
pub mod due;
pub mod holder;
mod join;
pub mod money;
mod necessity;
mod order;
pub mod person;
pub mod purpose;
pub mod row;
pub mod row_change;
#[cfg(feature = "sample")]
pub mod sample;
#[cfg(feature = "schema")]
mod schema;
pub mod scope;
pub mod view;
pub mod visible;

/// Whether a number is zero, which a record need not say.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde calls")]
pub fn is_zero(number: &u64) -> bool {
    *number == 0
}

pub use app_id::{LONGEST_APP_ID, is_app_id};
pub use batch::{Batch, BatchBuilder, Cell};
pub use category::{Category, Field, FieldKind, Grain, Reach, Schema, Unit};
pub use column::{Column, TextColumn};
pub use day::{Day, Period};
pub use digest::Digest;
pub use holder::{HOLDERS, Holder};
pub use necessity::Necessity;
pub use person::PersonName;
pub use purpose::DpvPurpose;
pub use row::{Position, RowId, RowSet};
pub use row_change::{CarriedChange, RowChangeKind, RowTrace};
pub use scope::{CategoryScope, FieldSet, Holders, Scope};
