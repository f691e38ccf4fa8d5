//! Formats of receipts and orders.

mod amazon;
mod gtin;
mod migros;
mod receipt;

use crate::Format;
use crate::reason::Reason;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&migros::MigrosCsv, &amazon::AmazonOrders];

/// The wrong field of a row, or `None` for the row as a whole, and the reason.
type Wrong = (Option<&'static str>, Reason);
