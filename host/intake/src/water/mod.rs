//! Formats of water meter readings. The `energy` family reads the water data of Green Button files.

mod veolia;

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&veolia::Veolia];
