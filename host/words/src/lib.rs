//! The one room for language: everything that a person reads, in French and in English.
//!
//! - Sentences stand in Fluent files, `messages/{fr,en}/*.ftl`, one for each room that they speak of and one for each
//!   door. `message.rs` has what makes them: each message is a variant of an enum with its arguments.
//! - Errors, outcomes, reasons and events of other rooms become sentences here, by matches that leave out no
//!   variant: [`error()`] for whatever a use case fails with.
//! - Numbers, amounts, units, dates and periods are written by [`number`] and [`date`].
//! - Names of categories, fields and codes are in the tables of `model`; [`dictionary`] makes pages of them.
//!
//! Invariants: no I/O, no clock, no state; a sentence has no syntax of a door (what to type, or where to click, is the
//! door's to add); text from outside is an argument and never a part of a pattern. What is shown by a door is cleaned
//! of hidden characters there.
//!
//! Start reading at [`error()`], then any file of messages.

pub mod audit;
#[cfg(test)]
mod catalogue;
pub mod cli;
pub mod consent;
pub mod date;
pub mod dictionary;
mod digits;
pub mod error;
#[cfg(test)]
mod file;
pub mod health;
pub mod help;
pub mod intake;
mod message;
pub mod names;
pub mod number;
pub mod outcome;
pub mod report;
pub mod scope;
pub mod state;
pub mod system;
pub mod vault;
pub mod view;
pub mod web;

pub use date::{axis_label, axis_labels, date, date_time, day, instant, period, span};
pub use error::error;
pub use number::{MISSING, chart_number, chart_point, count, minor_units, money, number, quantity, size};
pub use view::{
    Word, confidence, direction, effort, flag, labelled, level, out_of, result_of, saving, text, value,
};
