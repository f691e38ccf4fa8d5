//! Machinery behind the use case of runs: slots, rows, compiled code, and stopping.

pub(crate) mod artifacts;
pub(crate) mod cited;
pub(crate) mod file_reader;
mod prefetch;
mod probation;
pub(crate) mod refusals;
pub(crate) mod running;
pub(crate) mod scheduler;
pub(crate) mod vault_rows;
