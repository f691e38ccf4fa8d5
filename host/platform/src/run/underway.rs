//! Runs under way, and how they are told that they may not read on.
//!
//! A run is here before its beginning is in the log, and until its end is. So whoever ends a grant finds
//! every run that began under it: those that are not here yet find, as they begin, that it is over.

use crate::clock::Clock;
use mesinfos_consent::{Grant, GrantId, ReceiptId};
use mesinfos_model::Digest;
use mesinfos_store::PersonId;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whether a run may read on: looked at before each page.
pub(crate) struct Stop {
    clock: Arc<dyn Clock>,
    over: AtomicBool,
    /// The second (UTC) at which its grant is over by itself.
    until: Option<i64>,
}

impl Stop {
    pub(crate) fn is_over(&self) -> bool {
        self.over.load(Ordering::Acquire) || self.until.is_some_and(|until| until <= self.clock.now())
    }
}

/// What a run is of.
pub(crate) struct Of {
    pub(crate) person: PersonId,
    pub(crate) grant: GrantId,
    /// The newest event of the grant when it began.
    pub(crate) event: u64,
    pub(crate) app: String,
    pub(crate) component: Digest,
}

/// Runs under way.
pub(crate) struct Underway {
    clock: Arc<dyn Clock>,
    runs: Mutex<HashMap<ReceiptId, (Of, Arc<Stop>)>>,
}

/// A run's place among those under way, until this is dropped.
pub(crate) struct Registered {
    underway: Arc<Underway>,
    run: ReceiptId,
    stop: Arc<Stop>,
}

impl Underway {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Underway {
        Underway { clock, runs: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ReceiptId, (Of, Arc<Stop>)>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn register(
        self: &Arc<Underway>,
        run: ReceiptId,
        person: PersonId,
        grant: &Grant,
    ) -> Registered {
        let until = grant.validity.and_then(|validity| validity.until);
        let stop = Arc::new(Stop { clock: Arc::clone(&self.clock), over: AtomicBool::new(false), until });
        let of = Of {
            person,
            grant: grant.id(),
            event: grant.last_event(),
            app: grant.app().id.clone(),
            component: grant.app().component,
        };
        self.lock().insert(run, (of, Arc::clone(&stop)));
        Registered { underway: Arc::clone(self), run, stop }
    }

    /// Tells some runs that they are over: none of them is given another page when this returns.
    pub(crate) fn stop(&self, which: impl Fn(&Of) -> bool) {
        for (of, stop) in self.lock().values() {
            if which(of) {
                stop.over.store(true, Ordering::Release);
            }
        }
    }

    /// The runs of a person.
    pub(crate) fn of(&self, person: PersonId) -> HashSet<ReceiptId> {
        self.lock().iter().filter(|(_, (of, _))| of.person == person).map(|(run, _)| *run).collect()
    }
}

impl Registered {
    pub(crate) fn stop(&self) -> &Arc<Stop> {
        &self.stop
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.underway.lock().remove(&self.run);
    }
}
