//! Formats of water meters' readings. Water of Green Button files is read by the family of energy.

mod veolia;

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&veolia::Veolia];
