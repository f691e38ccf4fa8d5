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
//! [`Vault::finish_erasures`] does again what comes after the last commit that is there. Two hosts may do it at
//! the same time: every step can be done twice.

use crate::error::{Result, VaultError};
use crate::keys::{self, person_key_aad};
use crate::kms::KeyVersion;
use crate::records::{self, HOUSE, Named, WrappedPersonKey, damaged};
use crate::vault::{ATTEMPTS, Vault, open_person_key};
use mesinfos_model::Digest;
use mesinfos_store::{Commit, Partition, PersonId, Range, Store, StoreError, Which};
use serde::{Deserialize, Serialize};

/// How many records one commit deletes.
const PAGE: usize = 256;

/// What the caller knows of an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// When: UTC seconds since 1970.
    pub at_utc_seconds: i64,
    /// The last hash of the person's audit chain: what her own copy of it ends with.
    pub closing: Digest,
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
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Tombstone {
    at_utc_seconds: i64,
    closing: Digest,
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
    /// [`VaultError::NoSuchPerson`]; after any other error [`Vault::finish_erasures`] does the rest,
    /// if the tombstone was written.
    pub fn erase(&self, name: &str, request: &ErasureRequest) -> Result<ErasureReceipt> {
        let (person, commit) = self.prepare_erase(name, request)?;
        self.store.commit(&commit)?;
        self.finish_erasure(person)
    }

    /// The first step alone, for a caller that commits something with it; [`Vault::finish_erasure`]
    /// does the rest.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`].
    pub fn prepare_erase(&self, name: &str, request: &ErasureRequest) -> Result<(PersonId, Commit)> {
        let Some((Named { person, .. }, named)) = self.named(name)? else {
            return Err(self.no_such_person(name)?);
        };
        let ErasureRequest { at_utc_seconds, closing } = *request;
        let tombstone = Tombstone { at_utc_seconds, closing, destroy: None };
        let by_name = self.name_key(name);
        let mut commit = Commit::new(HOUSE);
        commit.expect(by_name.clone(), Some(named));
        commit.delete(by_name);
        commit.put(records::erasing(person), json(&tombstone)?);
        Ok((person, commit))
    }

    /// Finishes the erasure of a person whose tombstone is there; the receipt again if it is done.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if there is no such erasure.
    pub fn finish_erasure(&self, person: PersonId) -> Result<ErasureReceipt> {
        let Some(mut tombstone) = self.tombstone(person)? else {
            return self.closed(person);
        };
        if tombstone.destroy.is_none() {
            match self.move_others(person)? {
                Some(moved) => tombstone = moved,
                None => return self.closed(person),
            }
        }
        if let Some(version) = tombstone.destroy {
            self.kms.destroy_key(KeyVersion(version))?;
        }
        self.store.delete_chunks(person.into(), Which::All)?;
        self.delete_all(person.into())?;
        let Tombstone { at_utc_seconds, closing, .. } = tombstone;
        self.store.commit(&closed(person, tombstone)?)?;
        Ok(ErasureReceipt { person, at_utc_seconds, closing })
    }

    /// Finishes every erasure that was cut short. Call it now and then: a host may have ended in the middle of one.
    ///
    /// # Errors
    /// What the first that cannot be finished says; the others are tried all the same.
    pub fn finish_erasures(&self) -> Result<usize> {
        let open = self.store.scan(HOUSE, records::ERASING, None, usize::MAX)?;
        let mut outcome = Ok(open.len());
        for (key, _) in open {
            let finished = records::person_at_end(&key).and_then(|person| self.finish_erasure(person));
            if let (Ok(_), Err(error)) = (&outcome, finished) {
                outcome = Err(error);
            }
        }
        outcome
    }

    /// The receipt of an erasure that is done.
    fn closed(&self, person: PersonId) -> Result<ErasureReceipt> {
        let record = self.store.get(HOUSE, &records::erased(person))?;
        let Closed { at_utc_seconds, closing } =
            from_json(&record.ok_or_else(|| damaged("the record of an erasure"))?)?;
        Ok(ErasureReceipt { person, at_utc_seconds, closing })
    }

    fn tombstone(&self, person: PersonId) -> Result<Option<Tombstone>> {
        let record = self.store.get(HOUSE, &records::erasing(person))?;
        record.map(|record| from_json(&record)).transpose()
    }

    /// Gives the bucket a new key, wraps the others' keys with it and drops the person's. Returns the tombstone
    /// with the key of the KMS that nobody needs any more; none if somebody else finished the erasure meanwhile.
    fn move_others(&self, person: PersonId) -> Result<Option<Tombstone>> {
        for _ in 0..ATTEMPTS {
            // Somebody else may have done it.
            let Some(tombstone) = self.tombstone(person)? else { return Ok(None) };
            if tombstone.destroy.is_some() {
                return Ok(Some(tombstone));
            }
            match self.try_move_others(person, tombstone) {
                Err(VaultError::Store(StoreError::Conflict)) => {}
                outcome => return outcome.map(Some),
            }
        }
        Err(StoreError::Conflict.into())
    }

    fn try_move_others(&self, person: PersonId, tombstone: Tombstone) -> Result<Tombstone> {
        let Some((own, own_record)) = self.wrapped_key(person)? else {
            return Err(StoreError::Conflict.into());
        };
        let number = own.bucket;
        let (bucket, record) = self.bucket(number)?.ok_or_else(|| damaged("the bucket of a person"))?;
        let old_key = match self.bucket_key(number, &bucket) {
            // Another host moved them on between two readings.
            Err(_) if self.bucket_has_changed(number, &bucket)? => return Err(StoreError::Conflict.into()),
            key => key?,
        };
        let members = self.store.scan(HOUSE, &records::members(number), None, usize::MAX)?;
        let others =
            members.iter().map(|(key, _)| records::person_at_end(key)).collect::<Result<Vec<_>>>()?;
        let others: Vec<PersonId> = others.into_iter().filter(|other| *other != person).collect();
        let keys: Vec<Range> =
            others.iter().map(|other| Range::key(HOUSE, records::person_key(*other))).collect();
        let mut opened = Vec::with_capacity(others.len());
        for (other, mut found) in others.into_iter().zip(self.store.read(&keys)?) {
            let Some((_, record)) = found.pop() else { return Err(StoreError::Conflict.into()) };
            let wrapped = WrappedPersonKey::decode(&record)?;
            if wrapped.bucket_version != bucket.version {
                return Err(StoreError::Conflict.into());
            }
            opened.push((other, open_person_key(&old_key, other, &wrapped)?, wrapped, record));
        }

        // From here to the commit nothing is read: a key of the KMS that was made for nothing would stay.
        let (renewed, new_key) = self.new_bucket_key(number, bucket.version + 1, bucket.entered)?;
        let mut commit = Commit::new(HOUSE);
        commit.expect(records::bucket(number), Some(record));
        commit.put(records::bucket(number), renewed.encode());
        for (other, key, wrapped, record) in opened {
            let aad = person_key_aad(other, wrapped.version);
            let wrapped = WrappedPersonKey {
                bucket_version: renewed.version,
                wrapped: keys::wrap(&new_key, &aad, &key)?,
                ..wrapped
            };
            commit.expect(records::person_key(other), Some(record));
            commit.put(records::person_key(other), wrapped.encode());
        }
        commit.expect(records::person_key(person), Some(own_record));
        commit.delete(records::person_key(person));
        commit.delete(records::member(number, person));
        let tombstone = Tombstone { destroy: Some(bucket.kms.0), ..tombstone };
        commit.put(records::erasing(person), json(&tombstone)?);
        self.commit_or_drop_key(&commit, Some(renewed.kms))?;
        Ok(tombstone)
    }

    fn wrapped_key(&self, person: PersonId) -> Result<Option<(WrappedPersonKey, Vec<u8>)>> {
        let record = self.store.get(HOUSE, &records::person_key(person))?;
        record.map(|record| Ok((WrappedPersonKey::decode(&record)?, record))).transpose()
    }

    /// Deletes every record of a partition.
    pub(crate) fn delete_all(&self, partition: Partition) -> Result<()> {
        loop {
            let page = self.store.scan(partition, &[], None, PAGE)?;
            if page.is_empty() {
                return Ok(());
            }
            let deletes = page.into_iter().map(|(key, _)| key).collect();
            self.store.commit(&Commit { deletes, ..Commit::new(partition) })?;
        }
    }
}

/// The last step of an erasure.
fn closed(person: PersonId, tombstone: Tombstone) -> Result<Commit> {
    let Tombstone { at_utc_seconds, closing, .. } = tombstone;
    let mut commit = Commit::new(HOUSE);
    commit.delete(records::erasing(person));
    commit.put(records::erased(person), json(&Closed { at_utc_seconds, closing })?);
    Ok(commit)
}

/// The last step of an erasure whose tombstone this is.
pub(crate) fn closing(person: PersonId, tombstone: &[u8]) -> Result<Commit> {
    closed(person, from_json(tombstone)?)
}

fn json<T: Serialize>(record: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(record).map_err(|e| VaultError::Damaged(e.to_string()))
}

fn from_json<'a, T: Deserialize<'a>>(record: &'a [u8]) -> Result<T> {
    serde_json::from_slice(record).map_err(|e| VaultError::Damaged(e.to_string()))
}
