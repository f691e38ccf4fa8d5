//! Use cases of a person on their own data, performed by them or on their behalf.

mod consents;
mod documents;
mod erasure;
mod history;
mod imports;
mod outside;
mod own_rows;
mod runs;
#[cfg(feature = "testing")]
mod test_rows;

pub(crate) use consents::wish;
pub use consents::{CategoryChoice, GrantSummary, Replaced};
pub use documents::Document;
pub use history::{Logged, RunState};
pub use imports::{CategoryReport, FileReport, ImportInput, ImportReport, TargetVault, UndoReport};
pub use own_rows::{Row, RowValue, Rows, RowsAsked};
pub use runs::{RunInput, RunOutput};
