//! The second wall: apps are compiled and run in processes that can do nothing but compute.
//!
//! ```text
//! host ── Runners (pool) ──socket──▶ fork server ──fork──▶ runner: one job, then it is gone
//!   └── feeds granted columns ◀───────────socket───────────┘ view, unchecked
//! ```
//!
//! - The [`fork_server`] is this program, started again with an empty environment. It holds an engine and
//!   nothing else, has one thread, and forks a *runner* for each job.
//! - A runner (`runner.rs`) has one socket. Behind [`confine`] it can read and write there, ask for memory,
//!   and end. It has no key, no file and no network. It runs one job of one person, and is killed when the
//!   job is over.
//! - [`Runners`] is the [`Sandbox`](mesinfos_runtime::Sandbox) that keeps a few confined runners waiting,
//!   hands a job to one, and serves it the rows of that job and of no other.
//!
//! Holders' files are read in such runners too: [`reading`].
//!
//! Invariants: the host believes nothing that a runner says ([`feed`] checks order, counts and sizes,
//! `runtime` checks the view); native code from a runner is loaded in runners only; a runner never gets a
//! second job.
//!
//! Linux only: elsewhere there is one wall, and `serve` says so.

#![cfg(target_os = "linux")]

mod budget;
pub mod confine;
mod deadline;
pub mod fork_server;
#[cfg(test)]
mod memory;
mod pass_fd;
mod pool;
mod protocol;
pub mod reading;
pub mod row_server;
mod runner;
#[cfg(test)]
mod tests;

pub use pool::Runners;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// How runners are had.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// A system call that this room depends on is refused.
    #[error("runner processes cannot be had on this machine ({what}: {why})")]
    System {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        why: String,
    },
    /// The other side broke off or said what cannot be.
    #[error("the runner process broke off: {0}")]
    Broken(#[from] std::io::Error),
}

impl RunnerError {
    pub(crate) fn system(what: &'static str) -> impl Fn(rustix::io::Errno) -> RunnerError {
        move |errno| RunnerError::System { what, why: errno.to_string() }
    }
}

/// A thread that panicked left nothing half done that another could trip over.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
