//! XML constructs that are refused anywhere: a document type declaration that could make a file huge, and
//! elements nested too deep.

use crate::error::FormatError;
use crate::reason::{Excess, Reason};

/// Deepest nesting of elements. Real files nest about thirty deep at most.
pub(super) const DEPTH: usize = 256;

pub(super) fn refused(line: u64) -> FormatError {
    FormatError::broken(line, Reason::DocumentType)
}

pub(super) fn too_deep() -> FormatError {
    FormatError::too_many(Excess::Nesting, DEPTH)
}
