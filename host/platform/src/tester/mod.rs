//! What a person does with their own data: each act is theirs, or somebody's whom they let act for them.

mod consents;
mod documents;
#[cfg(feature = "testing")]
mod given;
mod imports;
mod journal;
mod leave;
mod own_rows;
mod runs;

pub(crate) use consents::wish;
pub use consents::{Ask, GrantView};
pub use documents::Document;
pub use imports::{CategoryReport, FileReport, ImportReport, Source, UndoReport, Whose, rejects_csv};
pub use journal::{Logged, RunState};
pub use own_rows::Row;
pub use runs::{RunInput, RunOutput};
