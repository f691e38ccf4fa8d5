//! Registry of runs under way, and how to stop them.
//!
//! A run is registered from before its first entry in the audit chain until after its last one. So code that
//! ends a grant finds every run that began under it, and a run not registered yet sees the ended grant when
//! it begins.

use crate::clock::Clock;
use mesinfos_consent::{Grant, GrantId, ReceiptId};
use mesinfos_model::Digest;
use mesinfos_store::PersonId;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Stop flag of a run, checked before each page.
pub(crate) struct StopFlag {
    clock: Arc<dyn Clock>,
    over: AtomicBool,
    /// Expiry of the grant, in UTC seconds; `None` until withdrawal.
    until: Option<i64>,
}

impl StopFlag {
    pub(crate) fn is_over(&self) -> bool {
        self.over.load(Ordering::Acquire) || self.until.is_some_and(|until| until <= self.clock.now())
    }
}

/// Person, grant and app of a run.
pub(crate) struct RunKey {
    pub(crate) person: PersonId,
    pub(crate) grant: GrantId,
    /// Number of the newest event of the grant when the run began.
    pub(crate) event: u64,
    pub(crate) app: String,
    pub(crate) component: Digest,
}

/// Runs under way.
pub(crate) struct Underway {
    clock: Arc<dyn Clock>,
    runs: Mutex<HashMap<ReceiptId, (RunKey, Arc<StopFlag>)>>,
}

/// Registration of a run. Dropping it removes the run.
pub(crate) struct RunGuard {
    underway: Arc<Underway>,
    run: ReceiptId,
    stop: Arc<StopFlag>,
}

impl Underway {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Underway {
        Underway { clock, runs: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ReceiptId, (RunKey, Arc<StopFlag>)>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn register(
        self: &Arc<Underway>,
        run: ReceiptId,
        person: PersonId,
        grant: &Grant,
    ) -> RunGuard {
        let of = RunKey {
            person,
            grant: grant.id(),
            event: grant.last_event(),
            app: grant.app().id.clone(),
            component: grant.app().component,
        };
        self.add(run, of, grant.validity.and_then(|validity| validity.until))
    }

    /// Registers a trial, which has no grant: `run` stands for it.
    pub(crate) fn register_trial(
        self: &Arc<Underway>,
        run: ReceiptId,
        person: PersonId,
        app: (&str, Digest),
    ) -> RunGuard {
        let (app, component) = (app.0.to_owned(), app.1);
        self.add(run, RunKey { person, grant: GrantId::new(0), event: 0, app, component }, None)
    }

    fn add(self: &Arc<Underway>, run: ReceiptId, of: RunKey, until: Option<i64>) -> RunGuard {
        let stop = Arc::new(StopFlag { clock: Arc::clone(&self.clock), over: AtomicBool::new(false), until });
        self.lock().insert(run, (of, Arc::clone(&stop)));
        RunGuard { underway: Arc::clone(self), run, stop }
    }

    /// Stops the selected runs. On return, none of them gets another page.
    pub(crate) fn stop(&self, which: impl Fn(&RunKey) -> bool) {
        for (of, stop) in self.lock().values() {
            if which(of) {
                stop.over.store(true, Ordering::Release);
            }
        }
    }

    /// Ids of the runs under way for a person.
    pub(crate) fn of(&self, person: PersonId) -> HashSet<ReceiptId> {
        self.lock().iter().filter(|(_, (of, _))| of.person == person).map(|(run, _)| *run).collect()
    }
}

impl RunGuard {
    pub(crate) fn stop(&self) -> &Arc<StopFlag> {
        &self.stop
    }
}

impl Drop for RunGuard {
    fn drop(&mut self) {
        self.underway.lock().remove(&self.run);
    }
}
