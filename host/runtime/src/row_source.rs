//! The seam between a run and the source of its rows.

use mesinfos_model::{Batch, Period};
use std::sync::Arc;

/// Why rows could not be given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RowSourceError {
    /// The grant ended, or an import was taken back, while the app was running.
    #[error("what the app was given was taken back while it was running")]
    Withdrawn,
    /// The vault could not give them.
    #[error("the data could not be read: {0}")]
    Unavailable(String),
}

/// Says whether a run may not go on: what it was given is withdrawn. A run that computes is stopped too.
#[derive(Clone)]
pub struct Withdrawal(Arc<dyn Fn() -> bool + Send + Sync>);

impl Withdrawal {
    /// Asked now and then while a run is under way, from any thread.
    pub fn new(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Withdrawal {
        Withdrawal(Arc::new(is_over))
    }

    /// Of what nobody can withdraw.
    pub fn never() -> Withdrawal {
        Withdrawal::new(|| false)
    }

    /// Whether the run is over.
    pub fn is_over(&self) -> bool {
        (self.0)()
    }
}

/// The granted rows of one category, already cut to days, fields, holders and grain.
pub trait RowSource: Send {
    /// Reads the rows of these days, or of what is granted of them.
    fn open(&self, period: Period) -> Box<dyn PageSource>;
}

/// Rows a page at a time, the oldest first.
pub trait PageSource: Send {
    /// Asks for so many more pages: they may be made ready, and count as read whether the app takes
    /// them or not. Without it [`PageSource::next`] asks for one.
    fn ask(&mut self, pages: usize) {
        let _ = pages;
    }

    /// The next page; none after the last one.
    ///
    /// # Errors
    /// [`RowSourceError`]; the run ends with it.
    fn next(&mut self) -> Result<Option<Batch>, RowSourceError>;
}
