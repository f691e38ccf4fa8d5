//! The second layer of isolation: apps are compiled and run in processes that can only compute.
//!
//! ```text
//! host ── Runners (pool) ──socket──▶ fork server ──fork──▶ runner: one job, then it is gone
//!   └── feeds granted columns ◀───────────socket───────────┘ view, unchecked
//! ```
//!
//! - The [`fork_server`] is this program, started again with an empty environment. It holds only an engine,
//!   has one thread, and forks a *runner* for each job.
//! - A runner (`runner.rs`) has one socket. Under [`confine`] it can read and write that socket, allocate
//!   memory, and exit. It has no key, no file and no network. It runs one job of one person, and is killed
//!   when the job is over.
//! - [`Runners`] is the [`Sandbox`](mesinfos_runtime::Sandbox) that keeps a few confined runners ready,
//!   hands each job to one, and serves it the rows of that job only.
//!
//! Data holders' files are read in such runners too: [`reading`]. Another program is started in one place only,
//! confined in its own way: [`recognition`].
//!
//! Invariants: the host trusts nothing that a runner sends ([`row_server`] checks order, counts and sizes,
//! `runtime` checks the view); native code from a runner is loaded only in runners; a runner never gets a
//! second job.
//!
//! Linux only. On other systems WebAssembly is the only layer of isolation, and `serve` says so.

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
pub mod recognition;
pub mod row_server;
mod runner;
#[cfg(test)]
mod tests;

pub use pool::Runners;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Error starting a runner process or talking to it.
#[derive(Debug, thiserror::Error)]
pub enum RunnerError {
    /// The system refused a call that confinement needs.
    #[error("cannot start confined runner processes on this machine ({what}: {why})")]
    System {
        /// Call or feature that failed.
        what: &'static str,
        /// Error reported by the system.
        why: String,
    },
    /// The connection failed, or the other side sent an invalid message.
    #[error("lost the connection to the runner process: {0}")]
    Broken(#[from] std::io::Error),
}

impl RunnerError {
    pub(crate) fn system(what: &'static str) -> impl Fn(rustix::io::Errno) -> RunnerError {
        move |errno| RunnerError::System { what, why: errno.to_string() }
    }
}

/// Locks a mutex even if it is poisoned: a thread that panicked leaves no inconsistent state behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
