//! Formats of receipts and orders.

mod amazon;
mod gtin;
mod migros;
mod receipt;

use crate::Format;
use crate::reason::Reason;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&migros::MigrosCsv, &amazon::AmazonOrders];

/// Which field of a row is wrong, if it is one, and why.
type Wrong = (Option<&'static str>, Reason);
