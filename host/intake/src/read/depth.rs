//! Parts of XML that are refused wherever they stand: a document type declaration that could make a file
//! huge, and elements nested too deep.

use crate::error::FormatError;
use crate::reason::{Excess, Reason};

/// Elements are never nested deeper in a real file than about thirty.
pub(super) const DEPTH: usize = 256;

pub(super) fn refused(line: u64) -> FormatError {
    FormatError::broken(line, Reason::DocumentType)
}

pub(super) fn too_deep() -> FormatError {
    FormatError::too_many(Excess::Nesting, DEPTH)
}
