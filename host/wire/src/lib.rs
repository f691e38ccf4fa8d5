//! Wire types: one type per request and response, with its JSON form and schema.
//!
//! The HTTP API and `mesinfos --json` use the same types, so a program that reads one can read the other.
//! Types with the same meaning everywhere (a category, a day, a view) stay in their own crates. The types
//! here are for values that doors show in another form.
//!
//! Invariants: no consent rule and no I/O. A response is converted from the platform's value by a `From`,
//! and a door adds nothing to it. Every field is in the schema, and so in `docs/openapi.json`.
//!
//! Start reading at [`run`], then [`problem`].

pub mod apps;
pub mod audit;
mod event;
pub mod formats;
pub mod grants;
pub mod health;
pub mod imports;
pub mod passkeys;
pub mod people;
pub mod problem;
mod releases;
pub mod run;
pub mod tokens;
pub mod tools;

pub use apps::{Check, CheckFinding, CheckProblem, CheckedFolder, InstalledApp, Stopped};
pub use audit::{Act, Actor, AuditEntry, AuditEvent, Channel, EventRef, RunState, Verified};
pub use event::{EventBallot, EventResult, EventSubmission, MadeEvent};
pub use formats::{CategoryEntry, FieldEntry, FieldGiven, Format, Words};
pub use grants::{BadGrant, GivenCategory, Grant, NewGrant, Notice};
pub use health::{Alive, BackedUp, Diagnosis, Finding, Health, PutBack, Ready, StoreCreated, StoreState};
pub use imports::{
    CategoryReport, Deposited, Document, FileReport, Import, ImportAnswer, ImportQuery, ImportReport,
    Imported, ImportedCategory, OrdinalKind, Rejected, Row, RowValue, Rows, Total, Undone, WithheldCame,
};
pub use passkeys::{PasskeyOptions, PasskeyRefused};
pub use people::{CategorySummary, Erased, SamplePerson};
pub use problem::Problem;
pub use releases::{
    DeletedDraft, LogChange, NewState, Release, ReleaseEvent, ReleaseHistory, Releases, SignedSince,
    VerifiedLog,
};
pub use run::{NewRun, Receipt, Replay, RunAnswer};
pub use tokens::{CreatedToken, Opened, RevokedToken, Token, TokenScope};
pub use tools::{
    Built, ConsentAsk, ConsentPreview, ConsentText, Created, Drafted, IdClaim, PublisherKey, Shown, Tested,
    Tried, Written,
};

/// Converts all values from the platform's types.
pub fn each<'a, T: 'a, W: From<&'a T>>(all: impl IntoIterator<Item = &'a T>) -> Vec<W> {
    all.into_iter().map(W::from).collect()
}
