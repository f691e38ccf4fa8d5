//! A store that was put back from a backup, and the key store as it is by now.
//!
//! A backup is older than the keys. Of persons who were erased since, and of the others of their buckets, it has
//! keys that are wrapped with one that was destroyed: nothing of them opens, and nothing ever will. They are taken
//! out, so that what is left is a store like any other: a name can be given again, and a new person finds a bucket
//! that opens.

use crate::error::Result;
use crate::kms::KmsError;
use crate::records::{self, Bucket, HOUSE, Named, WrappedPersonKey};
use crate::vault::Vault;
use crate::{VaultError, erase};
use mesinfos_store::{Commit, PersonId, Store, Which};
use std::collections::{BTreeMap, BTreeSet};

/// Records of the house that one commit changes, at most.
const PAGE: usize = 256;

/// Whom a backup brought back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Persons who open.
    pub open: u64,
    /// Persons who do not: they were erased since, or shared a bucket with one who was. Nothing of them is left.
    pub closed: u64,
}

impl Vault {
    /// Opens every person of a store that was put back, and takes out those whose key is gone. Only for a store
    /// that nobody else uses yet.
    ///
    /// # Errors
    /// [`VaultError::Kms`] if this is the key store of other data, [`VaultError::Damaged`] if somebody whose key is
    /// there does not open, and what the store says. Nothing is taken out unless all the others open.
    pub fn settle(&self) -> Result<Restored> {
        let gone = self.buckets_without_key()?;
        let mut restored = Restored::default();
        let (mut deletes, mut closed) = (Vec::new(), BTreeSet::new());
        for (key, record) in self.store.scan(HOUSE, records::PERSONS, None, usize::MAX)? {
            let named = Named::decode(&record)?;
            let wrapped = self.store.get(HOUSE, &records::person_key(named.person))?;
            let wrapped = wrapped.ok_or_else(|| records::damaged("the key of a person"))?;
            let number = WrappedPersonKey::decode(&wrapped)?.bucket;
            if gone.contains_key(&number) {
                closed.insert(named.person);
                deletes.push(key);
            } else if self.opens(&named)? {
                restored.open += 1;
            } else {
                return Err(records::damaged("the vault of a person"));
            }
        }
        // Those of an erasure that was under way have no name any more.
        for number in gone.keys() {
            for (key, _) in self.store.scan(HOUSE, &records::members(*number), None, usize::MAX)? {
                closed.insert(records::person_at_end(&key)?);
                deletes.push(key);
            }
        }
        restored.closed = closed.len() as u64;
        for &person in &closed {
            self.take_out(person)?;
            deletes.push(records::person_key(person));
        }
        deletes.extend(gone.into_values());
        for page in deletes.chunks(PAGE) {
            let mut commit = Commit::new(HOUSE);
            commit.deletes = page.to_vec();
            self.store.commit(&commit)?;
        }
        Ok(restored)
    }

    /// Buckets whose key is gone, which there are in a store that was put back by hand; by number, with their keys
    /// in the store. Nobody in them opens.
    ///
    /// # Errors
    /// [`VaultError::Kms`] if a key that is there opens nothing: it is that of other data; and what the store says.
    pub fn buckets_without_key(&self) -> Result<BTreeMap<u64, Vec<u8>>> {
        let mut gone = BTreeMap::new();
        for (key, record) in self.store.scan(HOUSE, records::BUCKETS, None, usize::MAX)? {
            let (number, bucket) = (records::number_at_end(&key)?, Bucket::decode(&record)?);
            match self.bucket_key(number, &bucket) {
                Ok(_) => {}
                // An erasure at the same time gave it another one.
                Err(_) if self.bucket_has_changed(number, &bucket)? => {}
                Err(VaultError::Kms(KmsError::NoSuchKey(_))) => {
                    gone.insert(number, key);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }

    /// Deletes what a person has, and closes their erasure if one was under way.
    fn take_out(&self, person: PersonId) -> Result<()> {
        self.store.delete_chunks(person.into(), Which::All)?;
        self.delete_all(person.into())?;
        match self.store.get(HOUSE, &records::erasing(person))? {
            Some(tombstone) => Ok(self.store.commit(&erase::closing(person, &tombstone)?)?),
            None => Ok(()),
        }
    }
}
