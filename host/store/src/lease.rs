//! Leases: choose the host that does a job.
//!
//! A lease saves work but does not exclude other hosts. A suspended host may continue after its lease has
//! ended, alongside the new holder. So every commit of a job carries the preconditions that keep it correct
//! on its own.
//!
//! The record `lease/<name>` in the house partition holds the holder's id (16 random bytes) and the end of
//! the lease (i64 seconds, big-endian), by the store's clock.

use crate::{Commit, Partition, Result, Store, StoreError};

const HOUSE: Partition = Partition::House;

/// A job assigned to this host for a limited time.
#[derive(Debug)]
pub struct Lease {
    key: Vec<u8>,
    holder: [u8; 16],
    record: Vec<u8>,
}

fn record(holder: [u8; 16], until: i64) -> Vec<u8> {
    [&holder[..], &until.to_be_bytes()].concat()
}

/// The second at which the lease in a record ends. An invalid record counts as ended.
fn until(record: &[u8]) -> i64 {
    let until = record.split_first_chunk::<16>().and_then(|(_, until)| until.try_into().ok());
    until.map_or(i64::MIN, i64::from_be_bytes)
}

impl Lease {
    /// Takes the lease of a job for `seconds`; `None` if another host has it. `holder` is a random id of this
    /// host.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn take(store: &dyn Store, name: &str, holder: [u8; 16], seconds: i64) -> Result<Option<Lease>> {
        let key = [b"lease/", name.as_bytes()].concat();
        let now = store.clock()?;
        let found = store.get(HOUSE, &key)?;
        if found.as_deref().is_some_and(|found| until(found) > now) {
            return Ok(None);
        }
        let record = record(holder, now.saturating_add(seconds));
        // A lease is small, and the jobs under it also free space.
        let mut commit = Commit::new(HOUSE).ending();
        commit.expect(key.clone(), found);
        commit.put(key.clone(), record.clone());
        match store.commit(&commit) {
            Ok(()) => Ok(Some(Lease { key, holder, record })),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Extends the lease to `seconds` from now. Returns `false` if it had ended and another host has taken
    /// it.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn renew(&mut self, store: &dyn Store, seconds: i64) -> Result<bool> {
        let record = record(self.holder, store.clock()?.saturating_add(seconds));
        let is_kept = self.replace(store, record.clone())?;
        if is_kept {
            self.record = record;
        }
        Ok(is_kept)
    }

    /// Gives the lease up, effective `seconds` from now, so that a finished job is not repeated at once.
    ///
    /// # Errors
    /// Errors of the store. The lease then ends at its own time.
    pub fn end(self, store: &dyn Store, seconds: i64) -> Result<()> {
        let record = record(self.holder, store.clock()?.saturating_add(seconds));
        self.replace(store, record).map(drop)
    }

    fn replace(&self, store: &dyn Store, record: Vec<u8>) -> Result<bool> {
        let mut commit = Commit::new(HOUSE).ending();
        commit.expect(self.key.clone(), Some(self.record.clone()));
        commit.put(self.key.clone(), record);
        match store.commit(&commit) {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
