//! What crosses a door: one type for each request and each answer, in which it is JSON and has a schema.
//!
//! The HTTP API and `mesinfos --json` give the same values of these types, so that a program that reads one reads
//! the other. A type that means the same in every room (a category, a day, a view) is that room's own; what the
//! rooms hold otherwise than doors show it is made here from theirs.
//!
//! Invariants: no rule of consent and no I/O; an answer is made from the platform's value by a `From`, and a door
//! adds nothing to it; a field that is there is in the schema, and so in `docs/openapi.json`.
//!
//! Start reading at [`run`], then [`problem`].

pub mod apps;
pub mod audit;
pub mod formats;
pub mod grants;
pub mod health;
pub mod imports;
pub mod people;
pub mod problem;
pub mod run;
pub mod tokens;
pub mod tools;

pub use apps::{AppRecord, Check, CheckProblem};
pub use audit::{Act, Actor, AuditEntry, AuditEvent, Channel, EventRef, RunState, Verified};
pub use formats::{CategoryEntry, FieldEntry, FieldGiven, Format, Words};
pub use grants::{BadGrant, GivenCategory, Grant, NewGrant};
pub use health::{Alive, BackedUp, Diagnosis, Finding, Health, PutBack, Ready};
pub use imports::{
    CategoryReport, Counts, Deposited, Document, FileReport, Import, ImportAnswer, ImportQuery, ImportReport,
    Imported, ImportedCategory, Rejected, Row, RowValue, Total, Undone,
};
pub use people::{CategorySummary, Erased, SamplePerson};
pub use problem::Problem;
pub use run::{NewRun, Receipt, Replay, RunAnswer};
pub use tokens::{CreatedToken, Opened, RevokedToken, Token, TokenScope};
pub use tools::{Built, Shown};

/// All of these, made from the platform's.
pub fn each<'a, T: 'a, W: From<&'a T>>(all: impl IntoIterator<Item = &'a T>) -> Vec<W> {
    all.into_iter().map(W::from).collect()
}
