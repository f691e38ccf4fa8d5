//! All text for people, in French and in English.
//!
//! - Sentences are in Fluent files, `messages/{fr,en}/*.ftl`: one file per crate that they describe, and
//!   one per door. `message.rs` formats them: each message is a variant of an enum with its arguments.
//! - Errors, outcomes, reasons and events of other crates become sentences here, by exhaustive matches. Use
//!   [`error()`] for any error of a use case.
//! - [`mod@number`] and [`mod@date`] format numbers, amounts, units, dates and periods.
//! - Names of categories, fields and codes are in the tables of `model`; [`dictionary`] generates pages
//!   from them.
//!
//! Invariants: no I/O, no clock, no state. A sentence contains no syntax of a door: the door adds what to
//! type or click. External text is an argument, never part of a pattern; the door removes its hidden
//! characters.
//!
//! Start reading at [`error()`], then any file of messages.

pub mod archive;
pub mod audit;
#[cfg(test)]
mod catalogue;
pub mod cli;
pub mod consent;
pub mod date;
pub mod dictionary;
mod digits;
pub mod error;
pub mod event;
#[cfg(test)]
mod file;
pub mod health;
pub mod help;
pub mod holders;
pub mod identity;
pub mod intake;
pub mod letter;
mod message;
pub mod names;
pub mod notice;
pub mod number;
pub mod outcome;
pub mod own_rows;
pub mod page;
pub mod report;
pub mod scope;
mod spending;
pub mod state;
pub mod system;
pub mod typed;
pub mod vault;
pub mod view;
mod vocabulary;

pub use date::{
    axis_label, axis_labels, date, date_time, day, day_of, instant, last_day, period, span, time_of,
    time_of_day,
};
pub use error::{error, version_state};
pub use number::{
    MISSING, amount_and_unit, chart_number, chart_point, count, minor_units, money, number, quantity, size,
    unit_name, whole_and_rest,
};
pub use spending::purposes;
pub use view::{
    Word, and_carbon, confidence, continued, direction, effort, flag, from_to, in_unit, labelled, level,
    more_rows, out_of, result_of, saving, text, value,
};
