//! Use cases of a person on their own data, performed by them or on their behalf.

mod consents;
mod documents;
#[cfg(feature = "testing")]
mod given;
mod imports;
mod journal;
mod leave;
mod outside;
mod own_rows;
mod runs;

pub(crate) use consents::wish;
pub use consents::{CategoryChoice, GrantSummary, Replaced};
pub use documents::Document;
pub use imports::{CategoryReport, FileReport, ImportInput, ImportReport, TargetVault, UndoReport};
pub use journal::{Logged, RunState};
pub use own_rows::{Row, RowValue, Rows, RowsAsked};
pub use runs::{RunInput, RunOutput};
