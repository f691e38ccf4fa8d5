//! Use cases of a person on their own data, performed by them or on their behalf.

mod alike;
mod amendments;
mod bundles;
mod consents;
mod documents;
mod erasure;
mod evidence;
mod hashing;
mod history;
mod import_history;
mod imports;
pub mod letters;
mod life;
mod notices;
mod outside;
mod own_rows;
mod paper_text;
mod papers;
mod pause;
mod portability;
mod preview;
mod quantities;
mod refiled;
mod rejects;
mod results;
mod row_export;
mod row_filter;
mod row_origin;
mod row_pages;
#[cfg(test)]
mod row_tests;
mod runs;
mod shown;
mod tables;
#[cfg(any(test, feature = "testing"))]
mod test_rows;
mod till_receipts;
mod trials;
mod typed_value;
mod updates;
mod withheld;

pub use alike::{AlikeGroup, AlikePair, AlikePairs, CountedTwice, DECIDED_AT_ONCE};
pub use amendments::{Corrected, DeletedRow, LONGEST_NOTE, is_changeable};
pub(crate) use consents::wish;
pub use consents::{CategoryChoice, GrantSummary, Replaced};
pub use documents::Document;
pub use evidence::EvidenceRows;
pub use history::{Logged, OwnPapers, RunState};
pub use import_history::PastImport;
pub use imports::{
    CategoryReport, FileReport, ImportInput, ImportReport, TargetVault, UndoPreview, UndoReport,
};
pub use life::{DayCounts, DayRows};
pub use own_rows::{Row, RowValue, Rows, RowsAsked};
pub use paper_text::PapersRead;
pub use papers::{Paper, PaperDetail, PaperFilter, PaperText, Papers, Readable};
pub(crate) use portability::Outlet;
pub use portability::{Archive, Holdings, TablePieces};
pub use preview::{Preview, PreviewRow, fields_read};
pub use quantities::{MOST_SUMMED, Measured, MonthSums, Quantities, SumOf};
pub use refiled::{MOST_REFILED, Refiled, filed_by, gist};
pub use rejects::{MOST_REJECTS, Mended, RejectPlace, RejectedFile, RejectedRow};
pub use results::{KEPT as KEPT_RESULTS, KeptResult};
pub use row_export::RowExport;
pub use row_filter::RowFilter;
pub use row_origin::{EarlierVersion, RowOrigin, RowRun};
pub use row_pages::{MOST_SKIPPED, RowPage, RowReader, RowReaders};
pub use runs::{RunInput, RunOutput};
pub use shown::Shown;
pub use tables::{KeptMapping, MOST_MAPPINGS};
pub use trials::{TRIAL_RUNS, TrialChoices, TrialRun, all_but};
pub use typed_value::{LONGEST_TYPED, instant_of, local_time};
pub use updates::Update;
pub(crate) use withheld::lines as withheld_lines;
pub use withheld::{WithheldCame, Withhold};
