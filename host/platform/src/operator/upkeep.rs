//! Periodic maintenance: finishing interrupted erasures, ending sample accounts and, by one host at a time, sweeping
//! what is unreferenced or over.

use crate::{Platform, Result};
use mesinfos_store::{Commit, Lease, Partition, PersonId, Store, StoreError};
use std::time::{Duration, Instant};

/// Name of the lease.
const JOB: &str = "upkeep";
/// Key of the cursor: the last person swept.
const NEXT: &[u8] = b"upkeep/next";

/// Duration of the lease for one page of people, in seconds. After that, another host may take over.
const PAGE_SECONDS: i64 = 600;
/// Pause after a complete pass, in seconds. No host begins another pass earlier.
const REST_SECONDS: i64 = 3_600;
/// How long one round tells people what happened to their apps: the other work must go on too.
const TELLING_TIME: Duration = Duration::from_mins(1);
/// People per page.
const PAGE: usize = 1_000;

/// Result of a round of upkeep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// Number of erasures finished.
    pub erasures: usize,
    /// Number of chunks removed, each unreferenced and older than a day.
    pub chunks: usize,
    /// Number of partly created people whose records were removed: their creation was interrupted.
    pub strays: usize,
    /// Number of sample accounts ended, each with its person.
    pub samples: usize,
    /// Number of ended sessions, invitations and failed sign-ins removed.
    pub sign_ins: usize,
}

impl Platform {
    /// Finishes erasures, ends sample accounts, and sweeps unless another host holds the lease or a pass was completed within the
    /// last hour. Call it every few minutes.
    ///
    /// # Errors
    /// If the store cannot be read or written. The next call continues.
    pub fn upkeep(&self) -> Result<Upkeep> {
        let since = Instant::now();
        let done = self.keep_up();
        self.figures.kept_up(since, &done);
        done
    }

    fn keep_up(&self) -> Result<Upkeep> {
        let (erasures, samples) = (self.vault.finish_erasures()?, self.end_samples()?);
        let mut done = Upkeep { erasures, samples, ..Upkeep::default() };
        let Some(mut lease) = Lease::take(self.store(), JOB, self.host, PAGE_SECONDS)? else {
            return Ok(done);
        };
        self.store.upkeep()?;
        self.keep_components()?;
        self.tell_people(Instant::now() + TELLING_TIME)?;
        done.sign_ins = self.identity().sweep(self.clock.now())?;
        loop {
            let before = self.store.get(Partition::House, NEXT)?;
            let after = before.as_deref().and_then(|id| id.try_into().ok()).map(PersonId);
            let swept = self.vault.sweep(after, PAGE)?;
            done.chunks += swept.chunks;
            done.strays += swept.strays;
            let mut commit = Commit::new(Partition::House);
            commit.expect(NEXT, before);
            match swept.next {
                Some(PersonId(id)) => commit.put(NEXT, id),
                None => commit.delete(NEXT),
            }
            match self.store.commit(&commit) {
                // The lease expired, and another host continued.
                Err(StoreError::Conflict) => return Ok(done),
                committed => committed?,
            }
            if swept.next.is_none() {
                lease.end(self.store(), REST_SECONDS)?;
                return Ok(done);
            }
            if !lease.renew(self.store(), PAGE_SECONDS)? {
                return Ok(done);
            }
        }
    }
}
