//! Formats of browsing and search histories.

mod browserexport;
mod database;
mod my_activity;
mod page;
mod takeout;
mod transition;

pub(crate) use database::prepare;

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &database::BrowserDatabase,
    &takeout::ChromeTakeout,
    &my_activity::MyActivity,
    &browserexport::BrowserExport,
];
