//! Which of several hosts does a job.
//!
//! A lease saves work and guards nothing: a host that was frozen may go on after its lease is over, beside
//! the one that has it now. So every commit of a job has the preconditions that keep it right by itself.
//!
//! `lease/<name>` in the house holds the id of whoever has it (16 random bytes) and the second at which it
//! ends (i64, big-endian), by the store's clock.

use crate::{Commit, Partition, Result, Store, StoreError};

const HOUSE: Partition = Partition::House;

/// A job that this host does for a time.
#[derive(Debug)]
pub struct Lease {
    key: Vec<u8>,
    holder: [u8; 16],
    record: Vec<u8>,
}

fn record(holder: [u8; 16], until: i64) -> Vec<u8> {
    [&holder[..], &until.to_be_bytes()].concat()
}

/// The second at which the lease of a record ends. A record that is none has ended.
fn until(record: &[u8]) -> i64 {
    let until = record.split_first_chunk::<16>().and_then(|(_, until)| until.try_into().ok());
    until.map_or(i64::MIN, i64::from_be_bytes)
}

impl Lease {
    /// Takes the lease of a job for so many seconds; none if somebody else has it. `holder` is an id that
    /// was drawn for this host at random.
    ///
    /// # Errors
    /// What the store says.
    pub fn take(store: &dyn Store, name: &str, holder: [u8; 16], seconds: i64) -> Result<Option<Lease>> {
        let key = [b"lease/", name.as_bytes()].concat();
        let now = store.clock()?;
        let found = store.get(HOUSE, &key)?;
        if found.as_deref().is_some_and(|found| until(found) > now) {
            return Ok(None);
        }
        let record = record(holder, now.saturating_add(seconds));
        let mut commit = Commit::new(HOUSE);
        commit.expect(key.clone(), found);
        commit.put(key.clone(), record.clone());
        match store.commit(&commit) {
            Ok(()) => Ok(Some(Lease { key, holder, record })),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps it for so many seconds from now. False if it was over and somebody else has it.
    ///
    /// # Errors
    /// What the store says.
    pub fn renew(&mut self, store: &dyn Store, seconds: i64) -> Result<bool> {
        let record = record(self.holder, store.clock()?.saturating_add(seconds));
        let is_kept = self.replace(store, record.clone())?;
        if is_kept {
            self.record = record;
        }
        Ok(is_kept)
    }

    /// Lets somebody else have it, but not before `seconds` have passed from now: a job that was just done
    /// need not be done again at once.
    ///
    /// # Errors
    /// What the store says; it ends by itself then.
    pub fn end(self, store: &dyn Store, seconds: i64) -> Result<()> {
        let record = record(self.holder, store.clock()?.saturating_add(seconds));
        self.replace(store, record).map(drop)
    }

    fn replace(&self, store: &dyn Store, record: Vec<u8>) -> Result<bool> {
        let mut commit = Commit::new(HOUSE);
        commit.expect(self.key.clone(), Some(self.record.clone()));
        commit.put(self.key.clone(), record);
        match store.commit(&commit) {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
