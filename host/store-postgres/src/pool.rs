//! The sessions of a store. Each is used by one thread at a time.

use crate::address::Address;
use crate::error::OpenError;
use crate::patience::{Patience, UNUSED};
use crate::session::Session;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Sessions, at most [`Patience::sessions`] at once.
pub(crate) struct Pool {
    address: Address,
    pub(crate) patience: Patience,
    sessions: Mutex<Sessions>,
    freed: Condvar,
}

#[derive(Default)]
struct Sessions {
    /// Unused, the last used one at the end.
    idle: Vec<Session>,
    /// Number of those in use and unused.
    all: usize,
}

/// A session in use. Dropping it closes the session; see [`Taken::give_back`].
pub(crate) struct Taken<'a> {
    pub(crate) session: Session,
    counted: Counted<'a>,
}

/// One of the sessions that a pool may have. Dropping it lets another be opened.
struct Counted<'a>(&'a Pool);

impl Pool {
    pub(crate) fn new(address: Address, patience: Patience) -> Pool {
        Pool { address, patience, sessions: Mutex::default(), freed: Condvar::new() }
    }

    /// Ignores poisoning: every change is a single step.
    fn lock(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session: an unused one, else a new one, else the next that is given back before `until`.
    pub(crate) fn take(&self, until: Instant) -> Result<Taken<'_>, OpenError> {
        let mut sessions = self.lock();
        loop {
            let before = sessions.idle.len();
            sessions.idle.retain(|session| session.used.elapsed() < UNUSED);
            sessions.all -= before - sessions.idle.len();
            if let Some(session) = sessions.idle.pop() {
                return Ok(Taken { session, counted: Counted(self) });
            }
            if sessions.all < self.patience.sessions {
                sessions.all += 1;
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(OpenError::Busy);
            }
            sessions = self.freed.wait_timeout(sessions, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(sessions);
        let counted = Counted(self);
        let session = Session::open(&self.address, &self.patience)?;
        session.gate().ok_or(OpenError::NoStore)?.check()?;
        Ok(Taken { session, counted })
    }

    /// Closes the unused sessions: one was lost, so the server is probably another now.
    pub(crate) fn forget(&self) {
        let mut sessions = self.lock();
        sessions.all -= sessions.idle.len();
        let idle = std::mem::take(&mut sessions.idle);
        drop(sessions);
        self.freed.notify_all();
        drop(idle);
    }
}

impl Taken<'_> {
    /// Keeps the session for the next caller.
    pub(crate) fn give_back(self) {
        let Taken { session, counted } = self;
        counted.0.lock().idle.push(session);
        counted.0.freed.notify_one();
        // The session is counted still.
        std::mem::forget(counted);
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.lock().all -= 1;
        self.0.freed.notify_one();
    }
}
