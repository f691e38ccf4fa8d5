//! The seam between a run and what holds the rows.

use mesinfos_model::{Batch, Period};

/// Why rows could not be given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RowsError {
    /// The grant ended while the app was running.
    #[error("the grant ended while the app was running")]
    Withdrawn,
    /// The vault could not give them.
    #[error("the data could not be read: {0}")]
    Unavailable(String),
}

/// The granted rows of one category, already cut to days, fields, holders and grain.
pub trait Rows: Send {
    /// Whether none of them may be given any more: a run that computes is stopped then.
    fn is_withdrawn(&self) -> bool {
        false
    }

    /// Reads the rows of these days, or of what is granted of them.
    fn open(&self, period: Period) -> Box<dyn Pages>;
}

/// Rows a page at a time, the oldest first.
pub trait Pages: Send {
    /// Asks for so many more pages: they may be made ready, and count as read whether the app takes
    /// them or not. Without it [`Pages::next`] asks for one.
    fn ask(&mut self, pages: usize) {
        let _ = pages;
    }

    /// The next page; none after the last one.
    ///
    /// # Errors
    /// [`RowsError`]; the run ends with it.
    fn next(&mut self) -> Result<Option<Batch>, RowsError>;
}
