//! Machinery behind the use case of runs: slots, rows, compiled code, and stopping.

pub(crate) mod artifacts;
mod prefetch;
mod probation;
pub(crate) mod reading;
pub(crate) mod refusals;
pub(crate) mod running;
pub(crate) mod scheduler;
pub(crate) mod vault_rows;
