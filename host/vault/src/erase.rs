//! Erasure that reaches every copy.
//!
//! What was once written to a log-structured store or a backup stays there for long. So a person
//! is erased by making her key unreadable everywhere: the other persons of her bucket move to a
//! new bucket key, and the KMS destroys the key that the old one is wrapped with. Deleting what is
//! in reach comes after that.
//!
//! The steps, each of which may be the last before a crash:
//! 1. commit `erasing/<id>` and take the name away: nobody finds the person any more;
//! 2. commit the new bucket key, the others' keys wrapped with it, and the version of the KMS key
//!    that has to go;
//! 3. destroy that key; from here on nothing opens;
//! 4. delete the chunks and every record;
//! 5. commit `erased/<id>` in the place of `erasing/<id>`.
//!
//! [`Vault::open`] does again what comes after the last commit that is there.

use crate::error::{Result, VaultError};
use crate::keys::{self, person_key_aad};
use crate::kms::KeyVersion;
use crate::records::{self, WrappedPersonKey, damaged};
use crate::vault::{ATTEMPTS, Vault, open_person_key};
use mesinfos_model::Digest;
use mesinfos_store::{Batch, PersonId, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;

/// How many records one commit deletes.
const PAGE: usize = 256;

/// What the caller knows of an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// When: UTC seconds since 1970.
    pub at_utc_seconds: i64,
    /// The last hash of the person's audit chain: what her own copy of it ends with.
    pub closing: Digest,
    /// Prefixes of the keys under which other rooms keep records of the person. Each must hold her
    /// id, so that no mistake here can reach anybody else.
    pub also: Vec<Vec<u8>>,
}

/// That somebody was erased; it says nothing about whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasureReceipt {
    /// The random id that the person had.
    pub person: PersonId,
    /// When: UTC seconds since 1970.
    pub at_utc_seconds: i64,
    /// The last hash of the person's audit chain.
    pub closing: Digest,
}

/// `erasing/<id>`.
#[derive(Serialize, Deserialize)]
struct Tombstone {
    at_utc_seconds: i64,
    closing: Digest,
    also: Vec<Vec<u8>>,
    /// The KMS key that has to be destroyed, once the others of the bucket need it no more.
    destroy: Option<u64>,
}

/// `erased/<id>`.
#[derive(Serialize, Deserialize)]
struct Closed {
    at_utc_seconds: i64,
    closing: Digest,
}

impl Vault {
    /// Erases a person: when it returns, nothing of her opens any more, in this store or in any
    /// copy of it.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`]; after any other error the erasure is finished when the vault
    /// is opened the next time, if its tombstone was written.
    pub fn erase(&self, name: &str, request: &ErasureRequest) -> Result<ErasureReceipt> {
        let (person, commit) = self.prepare_erase(name, request)?;
        self.store.commit(&commit)?;
        self.finish_erasure(person)
    }

    /// The first step alone, for a caller that commits something with it; [`Vault::finish_erasure`]
    /// does the rest.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`], [`VaultError::ForeignPrefix`].
    pub fn prepare_erase(&self, name: &str, request: &ErasureRequest) -> Result<(PersonId, Batch)> {
        let person = self.person(name)?.id();
        let holds_id = |prefix: &Vec<u8>| prefix.windows(16).any(|part| part == person.0);
        if !request.also.iter().all(holds_id) {
            return Err(VaultError::ForeignPrefix);
        }
        let tombstone = Tombstone {
            at_utc_seconds: request.at_utc_seconds,
            closing: request.closing,
            also: request.also.clone(),
            destroy: None,
        };
        let by_name = self.name_key(name);
        let mut commit = Batch::default();
        commit.expect(by_name.clone(), Some(person.0.to_vec()));
        commit.delete(by_name);
        commit.put(records::erasing(person), json(&tombstone)?);
        Ok((person, commit))
    }

    /// Finishes the erasure of a person whose tombstone is there; the receipt again if it is done.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if there is no such erasure.
    pub fn finish_erasure(&self, person: PersonId) -> Result<ErasureReceipt> {
        let _one_at_a_time = self.erasing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut tombstone) = self.tombstone(person)? else {
            let record = self.store.get(&records::erased(person))?;
            let Closed { at_utc_seconds, closing } =
                from_json(&record.ok_or_else(|| damaged("the record of an erasure"))?)?;
            return Ok(ErasureReceipt { person, at_utc_seconds, closing });
        };
        if tombstone.destroy.is_none() {
            tombstone.destroy = Some(self.move_others(person, &tombstone)?.0);
        }
        if let Some(version) = tombstone.destroy {
            self.kms.destroy_key(KeyVersion(version))?;
        }
        self.store.delete_person_chunks(person)?;
        let own = [
            records::name,
            records::sequence,
            records::chunks,
            records::imports,
            records::files,
            records::documents,
        ];
        for prefix in own.map(|prefix| prefix(person)).iter().chain(&tombstone.also) {
            self.delete_all(prefix)?;
        }
        let Tombstone { at_utc_seconds, closing, .. } = tombstone;
        let mut commit = Batch::default();
        commit.delete(records::erasing(person));
        commit.put(records::erased(person), json(&Closed { at_utc_seconds, closing })?);
        self.store.commit(&commit)?;
        Ok(ErasureReceipt { person, at_utc_seconds, closing })
    }

    /// Finishes every erasure that was cut short.
    pub(crate) fn finish_erasures(&self) -> Result<()> {
        for (key, _) in records::scan_all(&*self.store, records::ERASING)? {
            self.finish_erasure(records::person_at_end(&key)?)?;
        }
        Ok(())
    }

    fn tombstone(&self, person: PersonId) -> Result<Option<Tombstone>> {
        let record = self.store.get(&records::erasing(person))?;
        record.map(|record| from_json(&record)).transpose()
    }

    /// Gives the bucket a new key, wraps the others' keys with it and drops the person's. Returns
    /// the key of the KMS that nobody needs any more; it stands in the tombstone then.
    fn move_others(&self, person: PersonId, tombstone: &Tombstone) -> Result<KeyVersion> {
        for _ in 0..ATTEMPTS {
            match self.try_move_others(person, tombstone) {
                Err(VaultError::Store(StoreError::Conflict)) => {}
                outcome => return outcome,
            }
        }
        Err(StoreError::Conflict.into())
    }

    fn try_move_others(&self, person: PersonId, tombstone: &Tombstone) -> Result<KeyVersion> {
        let own = self.wrapped_key(person)?;
        let number = own.0.bucket;
        let (bucket, record) = self.bucket(number)?.ok_or_else(|| damaged("the bucket of a person"))?;
        let old_key = self.bucket_key(number, &bucket)?;
        let (renewed, new_key) = self.new_bucket_key(number, bucket.version + 1, bucket.entered)?;

        let mut commit = Batch::default();
        commit.expect(records::bucket(number), Some(record));
        commit.put(records::bucket(number), renewed.encode());
        for (key, _) in records::scan_all(&*self.store, &records::members(number))? {
            let other = records::person_at_end(&key)?;
            if other == person {
                continue;
            }
            let (wrapped, record) = self.wrapped_key(other)?;
            let key = open_person_key(&old_key, other, &wrapped)?;
            let aad = person_key_aad(other, wrapped.version);
            let wrapped = WrappedPersonKey {
                bucket_version: renewed.version,
                wrapped: keys::wrap(&new_key, &aad, &key)?,
                ..wrapped
            };
            commit.expect(records::person_key(other), Some(record));
            commit.put(records::person_key(other), wrapped.encode());
        }
        commit.delete(records::person_key(person));
        commit.delete(records::member(number, person));
        let tombstone = Tombstone { destroy: Some(bucket.kms.0), also: tombstone.also.clone(), ..*tombstone };
        commit.put(records::erasing(person), json(&tombstone)?);
        self.commit_or_drop_key(&commit, Some(renewed.kms))?;
        Ok(bucket.kms)
    }

    fn wrapped_key(&self, person: PersonId) -> Result<(WrappedPersonKey, Vec<u8>)> {
        let record = self.store.get(&records::person_key(person))?;
        let record = record.ok_or_else(|| damaged("the key of a person"))?;
        Ok((WrappedPersonKey::decode(&record)?, record))
    }

    fn delete_all(&self, prefix: &[u8]) -> Result<()> {
        loop {
            let page = self.store.scan(prefix, None, PAGE)?;
            if page.is_empty() {
                return Ok(());
            }
            let deletes = page.into_iter().map(|(key, _)| key).collect();
            self.store.commit(&Batch { deletes, ..Batch::default() })?;
        }
    }
}

fn json<T: Serialize>(record: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(record).map_err(|e| VaultError::Damaged(e.to_string()))
}

fn from_json<'a, T: Deserialize<'a>>(record: &'a [u8]) -> Result<T> {
    serde_json::from_slice(record).map_err(|e| VaultError::Damaged(e.to_string()))
}
