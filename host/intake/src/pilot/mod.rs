//! Formats of the MesInfos pilot (2013-2017): what French holders gave back to its testers, each file a
//! JSON array of documents with a `docType`.

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[];
