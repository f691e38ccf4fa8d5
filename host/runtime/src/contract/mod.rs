//! The contract with apps, one module for each version that is served. A released version in `wit/released/`
//! never changes, and apps that were built for it keep running.

pub(crate) mod v0_1;

/// Package and version of the data interfaces that this host serves.
pub(crate) const DATA: (&str, &str) = ("mesinfos:data", "0.1.0");

/// The interface for notes, and its function.
pub(crate) const LOG: (&str, &str) = ("log", "note");

/// Functions of every category beside its column functions.
pub(crate) const COMMON: &[&str] = &["scope", "[constructor]reader", "[method]reader.next"];

/// Package and version of the app interface that this host calls.
pub(crate) const APP: (&str, &str) = ("mesinfos:app", "0.1.0");
