//! When a row was, and what is wrong with one.

use crate::reason::Reason;
use crate::time::Instant;
use jiff::civil::Time;
use mesinfos_model::Day;

/// Zone of local times: that of the holders.
pub(super) const ZONE: &str = "Europe/Paris";

/// The column of a wrong value, and the reason; 0 for the row as a whole.
pub(super) type Wrong = (u16, Reason);

/// When a row was.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// At an instant with its offset.
    At(Instant),
    /// At a local time.
    Local(Day, Time),
}
