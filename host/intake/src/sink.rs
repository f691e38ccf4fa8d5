//! Receiver of a file's rows and bytes.

use mesinfos_model::{Batch, CarriedChange};

/// Error of a sink that could not take rows or bytes.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// Receives the content of a file as it is read. A closure over batches is a sink that ignores files kept
/// whole.
pub trait Sink {
    /// Takes rows.
    ///
    /// # Errors
    /// The sink's error, which ends the reading.
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError>;

    /// Takes the next bytes of a file that is kept whole. Its row of `documents`, with the same position,
    /// follows all of its bytes. If no row follows, the file was truncated, and its bytes must be
    /// discarded.
    ///
    /// # Errors
    /// The sink's error, which ends the reading.
    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<(), SinkError>;

    /// Takes a change that the person made to a row in another instance. The rows of the file come before. A sink that
    /// stores nothing need not take it.
    ///
    /// # Errors
    /// The sink's error, which ends the reading.
    fn change(&mut self, _change: CarriedChange) -> Result<(), SinkError> {
        Ok(())
    }
}

impl<F: FnMut(Batch) -> Result<(), SinkError>> Sink for F {
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError> {
        self(batch)
    }

    fn piece(&mut self, _place: i64, _bytes: &[u8]) -> Result<(), SinkError> {
        Ok(())
    }
}
