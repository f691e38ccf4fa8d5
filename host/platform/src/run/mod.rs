//! Machinery of runs beside the use case: slots, rows, compiled code, and stopping.

pub(crate) mod artifacts;
pub(crate) mod feed;
mod prefetch;
mod probation;
pub(crate) mod reading;
pub(crate) mod refusals;
pub(crate) mod scheduler;
pub(crate) mod underway;
