//! Parts of XML that are refused wherever they stand: a document type declaration that could make a file
//! huge, and elements nested too deep.

use crate::error::Stop;

/// Elements are never nested deeper in a real file than about thirty.
pub(super) const DEPTH: usize = 256;

pub(super) fn refused(line: u64) -> Stop {
    let reason = "a document type declaration (<!DOCTYPE) with entities or another file is not accepted: \
                  it can make a small file huge";
    Stop::broken(line, reason)
}

pub(super) fn too_deep() -> Stop {
    Stop::too_large("the nesting of elements", format!("{DEPTH}"))
}
