//! The receiver of what a file holds.

use mesinfos_model::Batch;

/// Why rows could not be taken in.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// Takes in what a file holds, as it comes. A closure over batches is one that has no use for files that
/// are kept whole.
pub trait Sink {
    /// Takes rows.
    ///
    /// # Errors
    /// Why they cannot be taken in: reading ends there.
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError>;

    /// Takes the next bytes of a file that is kept whole. Its row of `documents`, with this place, comes
    /// after all of its bytes; if none comes, the file was cut short, and what was taken of it is to be
    /// forgotten.
    ///
    /// # Errors
    /// Why they cannot be taken in: reading ends there.
    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<(), SinkError>;
}

impl<F: FnMut(Batch) -> Result<(), SinkError>> Sink for F {
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError> {
        self(batch)
    }

    fn piece(&mut self, _place: i64, _bytes: &[u8]) -> Result<(), SinkError> {
        Ok(())
    }
}
