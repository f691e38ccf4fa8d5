//! The contract with apps, one module for each served version. A released version in `wit/released/` never
//! changes, so apps built for it keep running.

pub(crate) mod v0_1;

/// Package and version of the data interfaces that this host serves.
pub(crate) const DATA: (&str, &str) = ("mesinfos:data", "0.1.0");

/// Interface for notes, and its function.
pub(crate) const LOG: (&str, &str) = ("log", "note");

/// Interface for evidence, and its function.
pub(crate) const EVIDENCE: (&str, &str) = ("evidence", "cite");

/// Functions of every category besides its column functions.
pub(crate) const COMMON: &[&str] = &["scope", "[constructor]reader", "[method]reader.next"];

/// Package and version of the app interface that this host calls.
pub(crate) const APP: (&str, &str) = ("mesinfos:app", "0.1.0");
