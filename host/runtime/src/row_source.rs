//! The interface between a run and the source of its rows.

use mesinfos_model::{Batch, Period};
use std::sync::Arc;

/// Error reading rows.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RowSourceError {
    /// The grant ended, or an import was undone, during the run.
    #[error("the grant ended or an import was undone while the app was running")]
    Withdrawn,
    /// The vault could not read them.
    #[error("the data could not be read: {0}")]
    Unavailable(String),
}

/// Tells whether the data of a run was withdrawn, so that the run must end. Also stops a run that only
/// computes.
#[derive(Clone)]
pub struct Withdrawal(Arc<dyn Fn() -> bool + Send + Sync>);

impl Withdrawal {
    /// `is_over` is called now and then during a run, from any thread.
    pub fn new(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Withdrawal {
        Withdrawal(Arc::new(is_over))
    }

    /// For data that cannot be withdrawn.
    pub fn never() -> Withdrawal {
        Withdrawal::new(|| false)
    }

    /// Whether the run must end.
    pub fn is_over(&self) -> bool {
        (self.0)()
    }
}

/// The granted rows of one category, already cut to the granted days, fields, holders and grain.
pub trait RowSource: Send {
    /// Opens the rows of a period, limited to the granted days.
    fn open(&self, period: Period) -> Box<dyn PageSource>;
}

/// Rows, one page at a time, the oldest first.
pub trait PageSource: Send {
    /// Requests this many more pages ahead. They may be prepared, and count as read whether the app takes
    /// them or not. Without a request, [`PageSource::next`] fetches one page.
    fn ask(&mut self, pages: usize) {
        let _ = pages;
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// [`RowSourceError`], which ends the run.
    fn next(&mut self) -> Result<Option<Batch>, RowSourceError>;
}
