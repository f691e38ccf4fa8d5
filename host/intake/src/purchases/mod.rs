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

/// Codes of [`mesinfos_model::category::purchases`].
mod codes {
    /// Of `row`.
    pub(super) const RECEIPT: i64 = 0;
    pub(super) const LINE: i64 = 1;
    /// Of `channel`.
    pub(super) const STORE: i64 = 0;
    pub(super) const ONLINE: i64 = 1;
    /// Of `status`.
    pub(super) const BOUGHT: i64 = 0;
    pub(super) const CANCELLED: i64 = 1;
    /// Of `kind`.
    pub(super) const PRODUCT: i64 = 0;
    pub(super) const DISCOUNT: i64 = 1;
    pub(super) const VOUCHER: i64 = 4;
    pub(super) const OTHER: i64 = 5;
    /// Of `unit`.
    pub(super) const PIECE: i64 = 0;
    pub(super) const KILOGRAM: i64 = 1;
}
