//! What has to be done now and then, by one host at a time: finishing erasures that were cut short, and sweeping
//! what nobody names any more.

use crate::{Platform, Result};
use mesinfos_store::{Commit, Lease, Partition, PersonId, Store, StoreError};
use std::time::Instant;

/// The job's name, and where it goes on.
const JOB: &str = "upkeep";
const NEXT: &[u8] = b"upkeep/next";

/// How long a host may take for one page of persons before another one may go on.
const PAGE_SECONDS: i64 = 600;
/// How long nobody begins again after all was looked through.
const REST_SECONDS: i64 = 3_600;
/// How many persons are looked at at once.
const PAGE: usize = 1_000;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// Erasures that were finished.
    pub erasures: usize,
    /// Chunks that nobody named for a day, and that are gone.
    pub chunks: usize,
    /// Persons whose making was cut short, and of whom everything is gone.
    pub strays: usize,
}

impl Platform {
    /// Finishes erasures, and sweeps, unless another host is at it or all was looked through within the last
    /// hour. Call it every few minutes.
    ///
    /// # Errors
    /// If the store cannot be read or written. What is left is done the next time.
    pub fn upkeep(&self) -> Result<Upkeep> {
        let since = Instant::now();
        let done = self.keep_up();
        self.figures.kept_up(since, &done);
        done
    }

    fn keep_up(&self) -> Result<Upkeep> {
        let mut done = Upkeep { erasures: self.vault.finish_erasures()?, ..Upkeep::default() };
        let Some(mut lease) = Lease::take(self.store(), JOB, self.host, PAGE_SECONDS)? else {
            return Ok(done);
        };
        self.keep_components()?;
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
                // Another host went on: the lease was over.
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
