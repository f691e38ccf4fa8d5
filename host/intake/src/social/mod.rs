//! Formats of contacts and messages.

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[];
