//! Group commit: concurrent writers share one sync.

use crate::{Result, StoreError};
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Counts writes, and which of them are durable.
#[derive(Debug, Default)]
pub(crate) struct Group {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Writes in the log, possibly not on disk.
    written: u64,
    /// Writes on disk.
    durable: u64,
    /// Whether a caller is syncing now.
    syncing: bool,
    /// Why the disk is no longer trusted. After a failed sync the kernel may have dropped the pages and may
    /// report success the next time, so no later write may be acknowledged.
    failed: Option<String>,
}

impl Group {
    /// Fails once a sync has failed.
    pub(crate) fn check(&self) -> Result<()> {
        match &self.lock().failed {
            None => Ok(()),
            Some(why) => Err(StoreError::Unavailable(format!(
                "an earlier sync failed ({why}); repair the disk and restart"
            ))),
        }
    }

    /// Waits until the caller's last write is durable. One of the waiting callers runs `sync` for all
    /// writes made before it starts.
    pub(crate) fn wait(&self, sync: impl Fn() -> io::Result<()>) -> Result<()> {
        let mut state = self.lock();
        state.written += 1;
        let mine = state.written;
        loop {
            if state.durable >= mine {
                return Ok(());
            }
            if let Some(why) = &state.failed {
                return Err(StoreError::Unknown(format!(
                    "the sync failed ({why}); repair the disk and restart"
                )));
            }
            if state.syncing {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.syncing = true;
            let covered = state.written;
            drop(state);
            let outcome = sync();
            state = self.lock();
            state.syncing = false;
            match outcome {
                Ok(()) => state.durable = covered,
                Err(e) => state.failed = Some(e.to_string()),
            }
            self.changed.notify_all();
        }
    }

    /// Ignores poisoning: the state is plain numbers, valid after every step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
    use std::time::Duration;

    #[test]
    fn callers_share_syncs_and_none_returns_before_its_own() {
        let group = Group::default();
        let (written, synced, syncs) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let mine = written.fetch_add(1, SeqCst) + 1;
                        group
                            .wait(|| {
                                let all = written.load(SeqCst);
                                std::thread::sleep(Duration::from_millis(1));
                                synced.fetch_max(all, SeqCst);
                                syncs.fetch_add(1, SeqCst);
                                Ok(())
                            })
                            .unwrap();
                        assert!(synced.load(SeqCst) >= mine, "acknowledged before its sync");
                    }
                });
            }
        });
        assert!(syncs.load(SeqCst) < 160, "{} syncs for 160 writes", syncs.load(SeqCst));
    }

    #[test]
    fn after_one_failed_sync_nothing_is_acknowledged() {
        let group = Group::default();
        group.wait(|| Ok(())).unwrap();
        let failed = group.wait(|| Err(io::Error::other("no more room")));
        assert!(matches!(failed, Err(StoreError::Unknown(why)) if why.contains("no more room")));
        assert!(matches!(group.check(), Err(StoreError::Unavailable(_))));
        assert!(matches!(group.wait(|| Ok(())), Err(StoreError::Unknown(_))));
    }
}
