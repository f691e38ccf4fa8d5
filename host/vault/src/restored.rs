//! A store restored from a backup, with the current key store.
//!
//! A backup may be older than an erasure. For persons erased since, and for the other persons of their
//! buckets, it has keys wrapped with a destroyed key, which never open again. These persons are deleted, so
//! that the store is consistent: their names become available again, and new persons get a bucket that opens.

use crate::error::Result;
use crate::kms::KmsError;
use crate::records::{self, Bucket, HOUSE, Named, WrappedPersonKey};
use crate::vault::Vault;
use crate::{VaultError, erase};
use mesinfos_store::{Commit, PersonId, Store, Which};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of records of the house partition changed in one commit.
const PAGE: usize = 256;

/// Persons found in a backup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    /// Number of persons whose vaults open.
    pub open: u64,
    /// Number of persons deleted: erased since, or in the bucket of an erased person.
    pub closed: u64,
}

impl Vault {
    /// Opens the vault of every person of a restored store, and deletes the persons whose key was destroyed.
    /// Call it before anything else uses the store.
    ///
    /// # Errors
    /// [`VaultError::Kms`] if the key store belongs to other data, [`VaultError::Damaged`] if the vault of a
    /// person whose key exists does not open, and errors of the store. Nothing is deleted unless all others
    /// open.
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
        // Persons whose erasure was in progress no longer have a name record.
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

    /// Buckets whose key was destroyed, by number, with their store keys. They occur in a store restored by
    /// hand. No vault of a person in them opens.
    ///
    /// # Errors
    /// [`VaultError::Kms`] if an existing key does not open its bucket, because it belongs to other data;
    /// errors of the store.
    pub fn buckets_without_key(&self) -> Result<BTreeMap<u64, Vec<u8>>> {
        let mut gone = BTreeMap::new();
        for (key, record) in self.store.scan(HOUSE, records::BUCKETS, None, usize::MAX)? {
            let (number, bucket) = (records::number_at_end(&key)?, Bucket::decode(&record)?);
            match self.bucket_key(number, &bucket) {
                Ok(_) => {}
                // A concurrent erasure gave the bucket a new key.
                Err(_) if self.bucket_has_changed(number, &bucket)? => {}
                Err(VaultError::Kms(KmsError::NoSuchKey(_))) => {
                    gone.insert(number, key);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(gone)
    }

    /// Deletes all data of a person, and closes their erasure if one was in progress.
    fn take_out(&self, person: PersonId) -> Result<()> {
        self.store.delete_chunks(person.into(), Which::All)?;
        self.delete_all(person.into())?;
        match self.store.get(HOUSE, &records::erasing(person))? {
            Some(tombstone) => Ok(self.store.commit(&erase::closing(person, &tombstone)?)?),
            None => Ok(()),
        }
    }
}
