//! The vaults of all persons: the list of persons and their keys.

use crate::error::{Result, VaultError};
use crate::ids::random_id;
use crate::keys::{self, HouseSealer, PersonKeys, SecretKey, bucket_key_aad, person_key_aad};
use crate::kms::{KeyVersion, Kms};
use crate::person::PersonVault;
use crate::records::{self, Bucket, Format, HOUSE, Named, WrappedPersonKey, damaged};
use aws_lc_rs::hmac;
use mesinfos_model::PersonName;
use mesinfos_store::{Commit, PersonId, Range, Record, Sealer, Snapshot, Store, StoreError};
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Format of this crate's records.
const FORMAT: u32 = 1;

/// Maximum number of persons per bucket key. An erasure wraps up to this many keys again, and up to this many
/// persons share one key of the KMS.
const BUCKET_SIZE: u32 = 64;

/// Maximum number of attempts of a change that conflicts with concurrent writers.
pub(crate) const ATTEMPTS: usize = 16;

/// Minimum similarity of a suggested name (Jaro-Winkler, 0 to 1), and maximum number of suggestions.
const CLOSE: f64 = 0.8;
const PROPOSALS: usize = 5;

/// Above this number of persons no name is suggested. Names are sealed, and opening all of them for every
/// unknown name would let anyone keep the host busy.
const FEW_PERSONS: usize = 256;

/// Time limit for creating a person. Must be well below the age at which a sweep deletes unnamed records.
const PATIENCE: Duration = Duration::from_hours(1);

/// The vaults of all persons of a store. Several hosts may open the same store.
pub struct Vault {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) kms: Arc<dyn Kms>,
    /// Key of the HMAC under which names are stored: a secret of this instance.
    names: hmac::Key,
    house: Arc<HouseSealer>,
}

/// Result of a name lookup, with the ranges read at the same time.
pub struct LookedUp {
    /// Vault of the person with that name; `None` if there is none.
    pub vault: Option<PersonVault>,
    /// The ranges of the house partition read with the name.
    pub house: Snapshot,
}

impl Vault {
    /// Opens the vaults of a store, and initialises an empty store. Sweeps nothing: see [`Vault::sweep`] and
    /// [`Vault::finish_erasures`].
    ///
    /// # Errors
    /// [`VaultError::NewerFormat`]; [`VaultError::Kms`] if the key store belongs to other data;
    /// [`VaultError::Damaged`] if there are persons but no house partition, as after a partly loaded dump.
    pub fn open(store: Arc<dyn Store>, kms: Arc<dyn Kms>) -> Result<Vault> {
        kms.health()?;
        let format = match store.get(HOUSE, records::FORMAT)? {
            Some(record) => Format::decode(&record)?,
            None if store.persons(None, 1)?.is_empty() => start(&*store, &*kms)?,
            None => return Err(damaged("the record of the format")),
        };
        if format.format > FORMAT {
            return Err(VaultError::NewerFormat { found: format.format, known: FORMAT });
        }
        let secret = kms.unwrap_key(format.kms, INSTANCE, &format.wrapped)?;
        let names = hmac::Key::new(hmac::HMAC_SHA256, secret.expose());
        let house = Arc::new(HouseSealer::new(&secret)?);
        Ok(Vault { store, kms, names, house })
    }

    /// Seals records of the house partition for crates without access to keys.
    pub fn house(&self) -> Arc<HouseSealer> {
        Arc::clone(&self.house)
    }

    /// Checks that keys are available now.
    ///
    /// # Errors
    /// [`VaultError::Kms`] with the reason.
    pub fn health(&self) -> Result<()> {
        Ok(self.kms.health()?)
    }

    /// Creates a person with an empty vault.
    ///
    /// # Errors
    /// [`VaultError::BadName`], [`VaultError::Exists`].
    pub fn create_person(&self, name: &str) -> Result<PersonVault> {
        self.create_person_with(name, |_| Ok(Commit::new(HOUSE)))
    }

    /// Creates a person with an empty vault, and makes other changes of the house partition in the same commit:
    /// `beside` returns them for the id of the new person. It is called again after each conflict, and reads
    /// afresh what the changes are based on.
    ///
    /// # Errors
    /// As [`Vault::create_person`], and the errors of `beside`, after which nothing was written.
    pub fn create_person_with<E: From<VaultError>>(
        &self,
        name: &str,
        beside: impl Fn(PersonId) -> std::result::Result<Commit, E>,
    ) -> std::result::Result<PersonVault, E> {
        let name = PersonName::from_str(name).map_err(VaultError::from)?;
        let name = name.as_str();
        for _ in 0..ATTEMPTS {
            if self.named(name)?.is_some() {
                return Err(VaultError::Exists { name: name.to_owned() }.into());
            }
            let id = PersonId(random_id()?);
            match self.try_create(id, name, beside(id)?) {
                Err(VaultError::Store(StoreError::Conflict)) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(VaultError::from(StoreError::Conflict).into())
    }

    /// The vault of a person.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPerson`] with similar names.
    pub fn person(&self, name: &str) -> Result<PersonVault> {
        match self.find(name)? {
            Some(vault) => Ok(vault),
            None => Err(self.no_such_person(name)?),
        }
    }

    /// The vault of the person with this name, if there is one.
    ///
    /// # Errors
    /// [`VaultError`] if it cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<PersonVault>> {
        let found = self.look_up(name, Vec::new(), |_| Vec::new())?;
        Ok(found.vault.map(|vault| vault.over(Arc::clone(&self.store))))
    }

    /// The vault of the person with this id, if there is one. As by name, somebody whose erasure has begun is not
    /// found.
    ///
    /// # Errors
    /// [`VaultError`] if it cannot be read.
    pub fn person_by_id(&self, id: PersonId) -> Result<Option<PersonVault>> {
        let Some(vault) = self.open_person(&Named { person: id, bucket: None }, |_| Vec::new())? else {
            return Ok(None);
        };
        // The first step of an erasure deletes the name.
        let named = self.named(vault.name())?.is_some_and(|(named, _)| named.person == id);
        Ok(named.then(|| vault.over(Arc::clone(&self.store))))
    }

    /// Looks up a name with two reads: the first reads the name and `house`, the second the person's keys and
    /// the ranges returned by `of_person`. The vault reads through a view of the second.
    ///
    /// # Errors
    /// [`VaultError`] if a record cannot be read.
    pub fn look_up(
        &self,
        name: &str,
        house: Vec<Range>,
        of_person: impl Fn(PersonId) -> Vec<Range>,
    ) -> Result<LookedUp> {
        let key = self.name_key(name);
        let ranges = std::iter::once(Range::key(HOUSE, key.clone())).chain(house).collect();
        let house = Snapshot::read(Arc::clone(&self.store), ranges)?;
        let vault = match house.get(HOUSE, &key)? {
            Some(named) => self.open_person(&Named::decode(&named)?, of_person)?,
            None => None,
        };
        Ok(LookedUp { vault, house })
    }

    /// The error for an unknown name, with similar names if there are few persons.
    ///
    /// # Errors
    /// [`VaultError`] if the other names cannot be read.
    pub fn no_such_person(&self, name: &str) -> Result<VaultError> {
        Ok(no_such_person(name, self.few_persons()?))
    }

    /// The vault of a person, created if it does not exist.
    ///
    /// # Errors
    /// [`VaultError::BadName`].
    pub fn person_or_create(&self, name: &str) -> Result<PersonVault> {
        match self.create_person(name) {
            Err(VaultError::Exists { .. }) => self.person(name),
            outcome => outcome,
        }
    }

    /// The names of all persons, sorted. Opens every vault.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn persons(&self) -> Result<Vec<String>> {
        self.names(&self.store.scan(HOUSE, records::PERSONS, None, usize::MAX)?)
    }

    /// The names of all persons; `None` if there are too many to open.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read.
    pub fn few_persons(&self) -> Result<Option<Vec<String>>> {
        let found = self.store.scan(HOUSE, records::PERSONS, None, FEW_PERSONS + 1)?;
        if found.len() > FEW_PERSONS { Ok(None) } else { self.names(&found).map(Some) }
    }

    fn names(&self, named: &[Record]) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for (_, named) in named {
            let vault = self.open_person(&Named::decode(named)?, |_| Vec::new())?;
            // Skip a person erased since the scan.
            names.extend(vault.map(|vault| vault.name().to_owned()));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Opens the vault of a person through a view of the ranges; `None` if the person was erased.
    fn open_person(
        &self,
        named: &Named,
        ranges: impl Fn(PersonId) -> Vec<Range>,
    ) -> Result<Option<PersonVault>> {
        let (id, mut number) = (named.person, named.bucket);
        for _ in 0..ATTEMPTS {
            let mut read = vec![Range::key(HOUSE, records::person_key(id))];
            read.extend(number.map(|number| Range::key(HOUSE, records::bucket(number))));
            read.push(Range::key(id.into(), records::name(id)));
            read.extend(ranges(id));
            let view: Arc<dyn Store> = Arc::new(Snapshot::read(Arc::clone(&self.store), read)?);
            let Some(record) = view.get(HOUSE, &records::person_key(id))? else {
                return Ok(None);
            };
            let wrapped = WrappedPersonKey::decode(&record)?;
            number = Some(wrapped.bucket);
            let bucket = view.get(HOUSE, &records::bucket(wrapped.bucket))?;
            let bucket = Bucket::decode(&bucket.ok_or_else(|| damaged("the bucket of a person"))?)?;
            if bucket.version != wrapped.bucket_version {
                // Another person of the bucket was erased between the two reads.
                continue;
            }
            let key = match self.bucket_key(wrapped.bucket, &bucket) {
                Ok(key) => key,
                // As above, with the old key already destroyed. An error with another cause is returned.
                Err(_) if self.bucket_has_changed(wrapped.bucket, &bucket)? => continue,
                Err(e) => return Err(e),
            };
            let key = open_person_key(&key, id, &wrapped)?;
            let keys = PersonKeys::new(id, wrapped.version, &key);
            return PersonVault::open(view, keys);
        }
        Err(damaged("the key of a person"))
    }

    /// Whether the vault of a person opens; `false` if the person was erased.
    pub(crate) fn opens(&self, named: &Named) -> Result<bool> {
        Ok(self.open_person(named, |_| Vec::new())?.is_some())
    }

    /// The number of erasures started but not finished.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn unfinished_erasures(&self) -> Result<usize> {
        Ok(self.store.scan(HOUSE, records::ERASING, None, usize::MAX)?.len())
    }

    /// Format of this crate's records.
    pub const FORMAT: u32 = FORMAT;

    /// The person with this name, and the record that maps the name to them.
    pub(crate) fn named(&self, name: &str) -> Result<Option<(Named, Vec<u8>)>> {
        let record = self.store.get(HOUSE, &self.name_key(name))?;
        record.map(|record| Ok((Named::decode(&record)?, record))).transpose()
    }

    pub(crate) fn name_key(&self, name: &str) -> Vec<u8> {
        records::person_by_name(hmac::sign(&self.names, name.as_bytes()).as_ref())
    }

    /// A bucket, and its stored record.
    pub(crate) fn bucket(&self, bucket: u64) -> Result<Option<(Bucket, Vec<u8>)>> {
        let record = self.store.get(HOUSE, &records::bucket(bucket))?;
        record.map(|record| Ok((Bucket::decode(&record)?, record))).transpose()
    }

    pub(crate) fn bucket_key(&self, number: u64, bucket: &Bucket) -> Result<SecretKey> {
        let aad = bucket_key_aad(number, bucket.version);
        Ok(self.kms.unwrap_key(bucket.kms, &aad, &bucket.wrapped)?)
    }

    pub(crate) fn bucket_has_changed(&self, number: u64, bucket: &Bucket) -> Result<bool> {
        Ok(self.bucket(number)?.is_none_or(|(now, _)| now.version != bucket.version))
    }

    /// Creates a person: first their own records, which nothing refers to yet, then keys and name. After a
    /// crash between the two, a sweep deletes the records.
    fn try_create(&self, id: PersonId, name: &str, beside: Commit) -> Result<PersonVault> {
        let begun = Instant::now();
        let mut commit = Commit::new(HOUSE);
        commit.join(beside);
        let (number, bucket, key, new) = self.bucket_with_room(&mut commit)?;
        let person_key = SecretKey::random()?;
        let version = 1;
        let wrapped = keys::wrap(&key, &person_key_aad(id, version), &person_key)?;
        let bucket_version = bucket.version;
        let wrapped = WrappedPersonKey { bucket: number, bucket_version, version, wrapped };
        let keys = PersonKeys::new(id, version, &person_key);
        let name_key = records::name(id);
        let mut own = Commit::new(id.into());
        own.put(name_key.clone(), keys.record_sealer()?.seal(&name_key, name.as_bytes())?);
        own.put(records::sequence(id), 0_u64.to_be_bytes());

        let by_name = self.name_key(name);
        commit.expect(by_name.clone(), None);
        commit.put(by_name, Named::encode(id, number));
        commit.put(records::bucket(number), bucket.encode());
        commit.put(records::member(number, id), []);
        commit.put(records::person_key(id), wrapped.encode());
        let committed = match self.store.commit(&own) {
            Ok(()) if begun.elapsed() > PATIENCE => Err(StoreError::Conflict.into()),
            Ok(()) => self.commit_or_drop_key(&commit, new),
            Err(error) => {
                // No record uses the key yet.
                new.map_or(Ok(()), |version| self.kms.destroy_key(version))?;
                Err(error.into())
            }
        };
        if let Err(error) = committed {
            if matches!(error, VaultError::Store(StoreError::Conflict)) {
                // Nothing refers to these records. If this fails, a sweep deletes them.
                let mut own_back = Commit::new(id.into());
                own_back.deletes = own.puts.into_iter().map(|(key, _)| key).collect();
                let _ = self.store.commit(&own_back);
            }
            return Err(error);
        }
        PersonVault::open(Arc::clone(&self.store), keys)?.ok_or(StoreError::Conflict.into())
    }

    /// The number, record and key of the bucket for the next person, whom the record already counts, and the
    /// new key of the KMS if the bucket is new. Adds preconditions to the commit.
    fn bucket_with_room(&self, commit: &mut Commit) -> Result<(u64, Bucket, SecretKey, Option<KeyVersion>)> {
        let current = self.store.get(HOUSE, records::BUCKET)?;
        let number = current.as_deref().map(records::number).transpose()?;
        if let Some(number) = number
            && let Some((mut bucket, record)) = self.bucket(number)?
            && bucket.entered < BUCKET_SIZE
        {
            commit.expect(records::bucket(number), Some(record));
            let key = match self.bucket_key(number, &bucket) {
                Err(_) if self.bucket_has_changed(number, &bucket)? => {
                    return Err(StoreError::Conflict.into());
                }
                key => key?,
            };
            bucket.entered += 1;
            return Ok((number, bucket, key, None));
        }
        let next = number.map_or(1, |number| number + 1);
        commit.expect(records::BUCKET, current);
        commit.put(records::BUCKET, next.to_be_bytes());
        commit.expect(records::bucket(next), None);
        let (bucket, key) = self.new_bucket_key(next, 1, 1)?;
        let kms = bucket.kms;
        Ok((next, bucket, key, Some(kms)))
    }

    /// A new key for a bucket, under a new key of the KMS.
    pub(crate) fn new_bucket_key(
        &self,
        number: u64,
        version: u32,
        entered: u32,
    ) -> Result<(Bucket, SecretKey)> {
        let key = SecretKey::random()?;
        let kms = self.kms.create_key()?;
        let wrapped = self.kms.wrap_key(kms, &bucket_key_aad(number, version), &key)?;
        Ok((Bucket { version, kms, entered, wrapped }, key))
    }

    /// Commits. If it is certain that nothing was written, destroys the key of the KMS created for the
    /// commit. After any other error the key may be in use.
    pub(crate) fn commit_or_drop_key(&self, commit: &Commit, new: Option<KeyVersion>) -> Result<()> {
        match self.store.commit(commit) {
            Err(e @ (StoreError::Conflict | StoreError::TooLarge { .. } | StoreError::Unavailable(_))) => {
                new.map_or(Ok(()), |version| self.kms.destroy_key(version))?;
                Err(e.into())
            }
            outcome => Ok(outcome?),
        }
    }
}

/// Additional data for wrapping the secret of the instance.
const INSTANCE: &[u8] = b"mesinfos/v1/instance";

/// Initialises an empty store: writes its first record.
fn start(store: &dyn Store, kms: &dyn Kms) -> Result<Format> {
    let secret = SecretKey::random()?;
    let version = kms.create_key()?;
    let wrapped = kms.wrap_key(version, INSTANCE, &secret)?;
    let format = Format { format: FORMAT, kms: version, wrapped };
    let mut commit = Commit::new(HOUSE);
    commit.expect(records::FORMAT, None);
    commit.put(records::FORMAT, format.encode());
    store.commit(&commit)?;
    Ok(format)
}

pub(crate) fn open_person_key(
    bucket_key: &SecretKey,
    id: PersonId,
    wrapped: &WrappedPersonKey,
) -> Result<SecretKey> {
    let aad = person_key_aad(id, wrapped.version);
    keys::open_wrapped(bucket_key, &aad, &wrapped.wrapped)
        .map_err(|_| VaultError::Damaged("the key of a person does not open".to_owned()))
}

/// The error for an unknown name. `known` are all names, if there are few.
fn no_such_person(name: &str, known: Option<Vec<String>>) -> VaultError {
    let Some(known) = known else {
        return VaultError::NoSuchPerson { name: name.to_owned(), close: Vec::new(), total: None };
    };
    let total = known.len();
    let close = if total <= PROPOSALS {
        known
    } else {
        let mut scored: Vec<(f64, String)> = known
            .into_iter()
            .map(|other| (strsim::jaro_winkler(name, &other), other))
            .filter(|(score, _)| *score >= CLOSE)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().take(PROPOSALS).map(|(_, other)| other).collect()
    };
    VaultError::NoSuchPerson { name: name.to_owned(), close, total: Some(total) }
}
