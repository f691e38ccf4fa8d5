//! What a run needs beside its use case: a slot, rows, compiled code, and somebody who tells it that it is over.

pub(crate) mod artifacts;
pub(crate) mod feed;
mod prefetch;
mod probation;
pub(crate) mod reading;
pub(crate) mod refusals;
pub(crate) mod turns;
pub(crate) mod underway;
