//! Names of the contract in `wit/`.

/// Package and version of the data interfaces that this host serves.
pub(crate) const DATA: (&str, &str) = ("mesinfos:data", "0.1.0");

/// Functions of every category beside its column functions.
pub(crate) const COMMON: &[&str] = &["scope", "[constructor]reader", "[method]reader.next"];
