//! Formats of receipts and orders.

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[];
