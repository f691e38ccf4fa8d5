//! Erasure of a person, effective in every copy of the data.
//!
//! A log-structured store or a backup keeps written data for a long time. So a person is erased by destroying
//! access to their key everywhere: the other persons of their bucket move to a new bucket key, and the KMS
//! destroys the key that wraps the old one. After that, the data in this store is deleted.
//!
//! Steps, with a crash possible after each:
//! 1. commit `erasing/<id>` and delete the name: lookups no longer find the person;
//! 2. commit the new bucket key, the others' keys wrapped with it, and the version of the KMS key to destroy;
//! 3. destroy that key; from here on nothing opens;
//! 4. delete the chunks and every record;
//! 5. commit `erased/<id>` in place of `erasing/<id>`.
//!
//! [`Vault::finish_erasures`] repeats the steps after the last commit it finds. Two hosts may do so at the
//! same time, because every step is idempotent.

use crate::error::{Result, VaultError};
use crate::keys::{self, person_key_aad};
use crate::kms::KeyVersion;
use crate::records::{self, HOUSE, Named, WrappedPersonKey, damaged};
use crate::vault::{ATTEMPTS, Vault, open_person_key};
use mesinfos_model::Digest;
use mesinfos_store::{Commit, Partition, PersonId, Range, Store, StoreError, Which};
use serde::{Deserialize, Serialize};

/// Records deleted in one commit.
const PAGE: usize = 256;

/// The caller's part of an erasure record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Time of the request: UTC seconds since 1970.
    pub at_utc_seconds: i64,
    /// Last hash of the person's audit chain; the person's own copy of the chain ends with it.
    pub closing: Digest,
}

/// Proof that a person was erased, without their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasureReceipt {
    /// Random id of the erased person.
    pub person: PersonId,
    /// Time of the request: UTC seconds since 1970.
    pub at_utc_seconds: i64,
    /// Last hash of the person's audit chain.
    pub closing: Digest,
}

/// Value of `erasing/<id>`.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Tombstone {
    at_utc_seconds: i64,
    closing: Digest,
    /// Version of the KMS key to destroy; set once the others of the bucket no longer need it.
    destroy: Option<u64>,
    /// HMAC of the name, from the key of the deleted name record, so that a repeated request for the name
    /// finds this erasure. `None` if written by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Digest>,
}

/// Value of `erased/<id>`.
#[derive(Serialize, Deserialize)]
struct Closed {
    at_utc_seconds: i64,
    closing: Digest,
}

impl Vault {
    /// Erases a person. On return, none of their data opens any more, in this store or any copy of it.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`]; [`VaultError::ErasureBegun`] if the erasure has begun but is not
    /// finished. [`Vault::continue_erasure`] and [`Vault::finish_erasures`] complete it.
    pub fn erase(&self, name: &str, request: &ErasureRequest) -> Result<ErasureReceipt> {
        self.erase_with(name, request, |_| Ok(Commit::new(HOUSE)))
    }

    /// Erases a person, and makes other changes of the house partition in the commit that begins the erasure:
    /// `beside` returns them for the id of the person. It is called again after each conflict, and reads afresh
    /// what the changes are based on.
    ///
    /// # Errors
    /// As [`Vault::erase`], and the errors of `beside`, after which nothing was written.
    pub fn erase_with<E: From<VaultError>>(
        &self,
        name: &str,
        request: &ErasureRequest,
        beside: impl Fn(PersonId) -> std::result::Result<Commit, E>,
    ) -> std::result::Result<ErasureReceipt, E> {
        for _ in 0..ATTEMPTS {
            let (person, mut commit) = self.prepare_erase(name, request)?;
            commit.join(beside(person)?);
            match self.store.commit(&commit) {
                Err(StoreError::Conflict) => {}
                committed => {
                    committed.map_err(VaultError::from)?;
                    return Ok(self.continued(person)?);
                }
            }
        }
        Err(VaultError::from(StoreError::Conflict).into())
    }

    /// Continues the unfinished erasures of persons with this name. Returns the last receipt; `None` if there
    /// is no unfinished erasure.
    ///
    /// # Errors
    /// [`VaultError::ErasureBegun`] if one cannot be finished yet.
    pub fn continue_erasure(&self, name: &str) -> Result<Option<ErasureReceipt>> {
        let name = self.name_digest(name)?;
        let mut receipt = None;
        for (key, record) in self.store.scan(HOUSE, records::ERASING, None, usize::MAX)? {
            if from_json::<Tombstone>(&record)?.name == Some(name) {
                receipt = Some(self.continued(records::person_at_end(&key)?)?);
            }
        }
        Ok(receipt)
    }

    /// Finishes an erasure that has begun. Reports any error as [`VaultError::ErasureBegun`].
    fn continued(&self, person: PersonId) -> Result<ErasureReceipt> {
        let mut is_closed = false;
        self.finish(person, &mut is_closed)
            .map_err(|why| VaultError::ErasureBegun { is_closed, why: Box::new(why) })
    }

    /// The HMAC of a name, as in the key of its record.
    fn name_digest(&self, name: &str) -> Result<Digest> {
        let key = self.name_key(name);
        let mac = key.last_chunk().ok_or_else(|| damaged("the key of a name"))?;
        Ok(Digest(*mac))
    }

    /// Returns the commit of the first step alone, for callers that add other changes to it;
    /// [`Vault::finish_erasure`] does the rest.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`].
    pub fn prepare_erase(&self, name: &str, request: &ErasureRequest) -> Result<(PersonId, Commit)> {
        let Some((Named { person, .. }, named)) = self.named(name)? else {
            return Err(self.no_such_person(name)?);
        };
        let ErasureRequest { at_utc_seconds, closing } = *request;
        let name_digest = Some(self.name_digest(name)?);
        let tombstone = Tombstone { at_utc_seconds, closing, destroy: None, name: name_digest };
        let by_name = self.name_key(name);
        let mut commit = Commit::new(HOUSE).ending();
        commit.expect(by_name.clone(), Some(named));
        commit.delete(by_name);
        commit.put(records::erasing(person), json(&tombstone)?);
        Ok((person, commit))
    }

    /// Finishes the erasure of a person with a tombstone; returns the receipt again if it is already done.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if the person has no erasure, begun or finished; other errors if a step fails.
    pub fn finish_erasure(&self, person: PersonId) -> Result<ErasureReceipt> {
        self.finish(person, &mut false)
    }

    /// [`Vault::finish_erasure`]. Sets `is_closed` once nothing of the person opens any more.
    fn finish(&self, person: PersonId, is_closed: &mut bool) -> Result<ErasureReceipt> {
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
        *is_closed = true;
        self.store.delete_chunks(person.into(), Which::All)?;
        self.delete_all(person.into())?;
        let Tombstone { at_utc_seconds, closing, .. } = tombstone;
        self.store.commit(&closed(person, tombstone)?)?;
        Ok(ErasureReceipt { person, at_utc_seconds, closing })
    }

    /// Finishes every interrupted erasure, and returns their number. Call it periodically: a host may have
    /// stopped during one.
    ///
    /// # Errors
    /// The error of the first erasure that cannot be finished; the others are still attempted.
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

    /// The receipt of a finished erasure.
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

    /// Gives the bucket a new key, wraps the keys of the other persons with it and deletes the person's key.
    /// Returns the tombstone with the KMS key that is no longer needed; `None` if another host finished the
    /// erasure meanwhile.
    fn move_others(&self, person: PersonId) -> Result<Option<Tombstone>> {
        for _ in 0..ATTEMPTS {
            // Another host may have finished the erasure.
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
            // Another host moved the others between the two reads.
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

        // No reads from here to the commit: an error in one would leave an unused key in the KMS.
        let (renewed, new_key) = self.new_bucket_key(number, bucket.version + 1, bucket.entered)?;
        let mut commit = Commit::new(HOUSE).ending();
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
            self.store.commit(&Commit { deletes, ..Commit::new(partition).ending() })?;
        }
    }
}

/// The commit of the last step.
fn closed(person: PersonId, tombstone: Tombstone) -> Result<Commit> {
    let Tombstone { at_utc_seconds, closing, .. } = tombstone;
    let mut commit = Commit::new(HOUSE).ending();
    commit.delete(records::erasing(person));
    commit.put(records::erased(person), json(&Closed { at_utc_seconds, closing })?);
    Ok(commit)
}

/// The commit of the last step, from a stored tombstone.
pub(crate) fn closing(person: PersonId, tombstone: &[u8]) -> Result<Commit> {
    closed(person, from_json(tombstone)?)
}

fn json<T: Serialize>(record: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(record).map_err(|e| VaultError::Damaged(e.to_string()))
}

fn from_json<'a, T: Deserialize<'a>>(record: &'a [u8]) -> Result<T> {
    serde_json::from_slice(record).map_err(|e| VaultError::Damaged(e.to_string()))
}
