//! Keys below the KMS: wrapping, derivation, and sealing of small records.
//!
//! Wrapped keys and records use AES-256-GCM-SIV: many messages share such a key, and a repeated random nonce
//! reveals at most that two messages are equal, where plain GCM would reveal the key. Chunks use AES-256-GCM,
//! three times as fast, with one key per chunk (see `chunk.rs`).

use aws_lc_rs::aead::{AES_256_GCM, AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{self, HKDF_SHA256, Prk};
use aws_lc_rs::hmac;
use mesinfos_store::{PersonId, SealError, Sealer};
use zeroize::Zeroizing;

type Sealed<T> = Result<T, SealError>;

/// 32 secret bytes. Wiped when dropped; never printed, compared or copied by accident.
///
/// ```compile_fail
/// # use mesinfos_vault::keys::SecretKey;
/// fn needs_debug(_: impl std::fmt::Debug) {}
/// needs_debug(SecretKey::random().ok());
/// ```
pub struct SecretKey(Box<Zeroizing<[u8; 32]>>);

impl SecretKey {
    /// A new random key.
    ///
    /// # Errors
    /// [`SealError`] if the system returns no random bytes.
    pub fn random() -> Sealed<SecretKey> {
        let mut key = SecretKey::blank();
        aws_lc_rs::rand::fill(&mut **key.0).map_err(|_| SealError)?;
        Ok(key)
    }

    /// Allocates memory for a key, locked if the system allows it: bytes in a swap file outlive the process.
    /// It is never unlocked: other keys may be on the same page.
    fn blank() -> SecretKey {
        let key = Box::new(Zeroizing::new([0; 32]));
        // SAFETY: the memory is allocated; `mlock` neither reads nor writes it.
        #[allow(unsafe_code, reason = "no crate of ours locks memory")]
        let locked = unsafe { rustix::mm::mlock(key.as_ptr().cast_mut().cast(), key.len()) };
        // Beyond the system's limit of locked memory, keep the key anyway.
        let _ = locked;
        SecretKey(key)
    }

    /// The key with these bytes; `None` unless there are 32.
    pub fn from_bytes(bytes: &[u8]) -> Option<SecretKey> {
        let mut key = SecretKey::blank();
        if bytes.len() != key.0.len() {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    /// The bytes of the key. Only for use by a cipher or a key store.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Wraps a key with another: nonce (12 bytes), ciphertext (32), tag (16).
pub(crate) fn wrap(with: &SecretKey, aad: &[u8], key: &SecretKey) -> Sealed<Vec<u8>> {
    seal_siv(&siv(with.expose())?, aad, key.expose())
}

/// Opens a key wrapped by [`wrap`].
pub(crate) fn open_wrapped(with: &SecretKey, aad: &[u8], wrapped: &[u8]) -> Sealed<SecretKey> {
    SecretKey::from_bytes(&open_siv(&siv(with.expose())?, aad, wrapped)?).ok_or(SealError)
}

/// Additional data of a wrapped person key.
pub(crate) fn person_key_aad(person: PersonId, version: u32) -> Vec<u8> {
    [b"mesinfos/v1/person-key", &person.0[..], &version.to_be_bytes()].concat()
}

/// Additional data of a wrapped bucket key.
pub(crate) fn bucket_key_aad(bucket: u64, version: u32) -> Vec<u8> {
    [b"mesinfos/v1/bucket-key", &bucket.to_be_bytes()[..], &version.to_be_bytes()].concat()
}

fn siv(key: &[u8; 32]) -> Sealed<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM_SIV, key).map_err(|_| SealError)?;
    Ok(LessSafeKey::new(key))
}

fn seal_siv(key: &LessSafeKey, aad: &[u8], plain: &[u8]) -> Sealed<Vec<u8>> {
    let nonce = random_nonce()?;
    let mut out = Vec::with_capacity(NONCE_LEN + plain.len() + key.algorithm().tag_len());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(plain);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = key
        .seal_in_place_separate_tag(nonce, Aad::from(aad), &mut out[NONCE_LEN..])
        .map_err(|_| SealError)?;
    out.extend_from_slice(tag.as_ref());
    Ok(out)
}

fn open_siv(key: &LessSafeKey, aad: &[u8], sealed: &[u8]) -> Sealed<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError)?;
    let mut plain = Zeroizing::new(rest.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key.open_in_place(nonce, Aad::from(aad), &mut plain).map_err(|_| SealError)?;
    let len = opened.len();
    plain.truncate(len);
    Ok(plain)
}

pub(crate) fn random_nonce() -> Sealed<[u8; NONCE_LEN]> {
    let mut nonce = [0; NONCE_LEN];
    aws_lc_rs::rand::fill(&mut nonce).map_err(|_| SealError)?;
    Ok(nonce)
}

/// The unwrapped key of a person, from which other keys are derived.
pub(crate) struct PersonKeys {
    /// Person that the key belongs to.
    pub(crate) person: PersonId,
    /// Version of the person key.
    pub(crate) version: u32,
    prk: Prk,
}

/// Length of the label that commits a sealed body to its key, in bytes.
pub(crate) const COMMITMENT_LEN: usize = 16;

struct Bytes(usize);

impl hkdf::KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

impl PersonKeys {
    /// The person key is 256 uniformly random bits, so HKDF needs no extraction (RFC 5869, 3.3).
    pub(crate) fn new(person: PersonId, version: u32, key: &SecretKey) -> PersonKeys {
        PersonKeys { person, version, prk: Prk::new_less_safe(HKDF_SHA256, key.expose()) }
    }

    /// The key of one body (a chunk, or a piece of a document), and the label that commits to it. GCM alone
    /// does not commit to the key: one can craft a message that opens under two keys. `record_key` is the
    /// canonical encoding of the body's kind and address.
    pub(crate) fn body(&self, record_key: &[u8]) -> Sealed<(LessSafeKey, [u8; COMMITMENT_LEN])> {
        let mut derived = Zeroizing::new([0; 32 + COMMITMENT_LEN]);
        self.derive(&[b"mesinfos/v1/chunk", &self.person.0, record_key], &mut *derived)?;
        let key = UnboundKey::new(&AES_256_GCM, &derived[..32]).map_err(|_| SealError)?;
        let mut label = [0; COMMITMENT_LEN];
        label.copy_from_slice(&derived[32..]);
        Ok((LessSafeKey::new(key), label))
    }

    /// The sealer of the person's small records.
    pub(crate) fn record_sealer(&self) -> Sealed<RecordSealer> {
        let mut key = Zeroizing::new([0; 32]);
        self.derive(&[b"mesinfos/v1/record", &self.person.0], &mut *key)?;
        Ok(RecordSealer { owner: self.person.0.to_vec(), key: siv(&key)? })
    }

    /// Derives bytes with HKDF. All parts of `info` but the last have a fixed length, so different lists of
    /// parts never concatenate to the same bytes.
    fn derive(&self, info: &[&[u8]], out: &mut [u8]) -> Sealed<()> {
        expand(&self.prk, info, out)
    }
}

fn expand(prk: &Prk, info: &[&[u8]], out: &mut [u8]) -> Sealed<()> {
    let okm = prk.expand(info, Bytes(out.len())).map_err(|_| SealError)?;
    okm.fill(out).map_err(|_| SealError)
}

/// Seals small records of one owner, a person or the house: nonce (12 bytes), ciphertext, tag (16).
pub(crate) struct RecordSealer {
    /// Begins the additional data. Of fixed length for each key.
    owner: Vec<u8>,
    key: LessSafeKey,
}

impl RecordSealer {
    fn aad(&self, record_key: &[u8]) -> Vec<u8> {
        [&self.owner, record_key].concat()
    }
}

/// Seals the records of the house partition that are not the vault's own, and hashes texts for their keys. Both
/// keys are derived from the secret of the instance.
pub struct HouseSealer {
    records: RecordSealer,
    tags: hmac::Key,
}

impl HouseSealer {
    /// The secret is extracted with a salt first: it is also the HMAC key of persons' names, and expansion alone
    /// would be the HMAC of a text that a name could be.
    pub(crate) fn new(secret: &SecretKey) -> Sealed<HouseSealer> {
        let prk = hkdf::Salt::new(HKDF_SHA256, b"mesinfos/v1/house").extract(secret.expose());
        let mut key = Zeroizing::new([0; 32]);
        expand(&prk, &[b"mesinfos/v1/house/record"], &mut *key)?;
        let records = RecordSealer { owner: b"mesinfos/v1/house".to_vec(), key: siv(&key)? };
        expand(&prk, &[b"mesinfos/v1/house/tag"], &mut *key)?;
        Ok(HouseSealer { records, tags: hmac::Key::new(hmac::HMAC_SHA256, &*key) })
    }

    /// Keyed hash of a text: without the secret of the instance, a guess cannot be checked. Different values of
    /// `what` give unrelated hashes.
    pub fn tag(&self, what: &str, text: &str) -> [u8; 32] {
        let mut of = hmac::Context::with_key(&self.tags);
        of.update(&(what.len() as u64).to_be_bytes());
        of.update(what.as_bytes());
        of.update(text.as_bytes());
        let mut tag = [0; 32];
        tag.copy_from_slice(of.sign().as_ref());
        tag
    }
}

impl Sealer for HouseSealer {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Sealed<Vec<u8>> {
        self.records.seal(record_key, plain)
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Sealed<Vec<u8>> {
        self.records.open(record_key, sealed)
    }
}

impl Sealer for RecordSealer {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Sealed<Vec<u8>> {
        seal_siv(&self.key, &self.aad(record_key), plain)
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Sealed<Vec<u8>> {
        Ok(std::mem::take(&mut *open_siv(&self.key, &self.aad(record_key), sealed)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(person: u8) -> PersonKeys {
        let key = SecretKey::from_bytes(&[42; 32]).unwrap();
        PersonKeys::new(PersonId([person; 16]), 1, &key)
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn keys_stay_in_memory() {
        // Kilobytes locked by this process.
        let locked = || {
            let status = std::fs::read_to_string("/proc/self/status").unwrap();
            let line = status.lines().find(|line| line.starts_with("VmLck:")).unwrap().to_owned();
            line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
        };
        let key = SecretKey::random().unwrap();
        let may = rustix::process::getrlimit(rustix::process::Resource::Memlock).current;
        assert!(locked() > 0 || may.is_some_and(|bytes| bytes < 1 << 16));
        assert_eq!(SecretKey::from_bytes(key.expose()).unwrap().expose(), key.expose());
    }

    #[test]
    fn a_record_opens_for_its_person_and_place_only() {
        let sealer = keys(1).record_sealer().unwrap();
        let sealed = sealer.seal(b"here", b"what it says").unwrap();
        assert_eq!(sealer.open(b"here", &sealed).unwrap(), b"what it says");
        assert_eq!(sealer.open(b"there", &sealed), Err(SealError));
        assert_eq!(keys(2).record_sealer().unwrap().open(b"here", &sealed), Err(SealError));
        assert_ne!(sealer.seal(b"here", b"what it says").unwrap(), sealed, "a nonce is random");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 0x80;
            assert_eq!(sealer.open(b"here", &changed), Err(SealError), "byte {at}");
            assert_eq!(sealer.open(b"here", &sealed[..at]), Err(SealError), "cut at {at}");
        }
    }

    #[test]
    fn a_record_of_the_house_opens_in_its_instance_and_place_only() {
        let of = |byte| HouseSealer::new(&SecretKey::from_bytes(&[byte; 32]).unwrap()).unwrap();
        let house = of(42);
        let sealed = house.seal(b"here", b"what it says").unwrap();
        assert_eq!(house.open(b"here", &sealed).unwrap(), b"what it says");
        assert_eq!(of(42).open(b"here", &sealed).unwrap(), b"what it says", "after the next start");
        assert_eq!(house.open(b"there", &sealed), Err(SealError));
        assert_eq!(of(43).open(b"here", &sealed), Err(SealError));
        assert_eq!(keys(1).record_sealer().unwrap().open(b"here", &sealed), Err(SealError));
        assert_ne!(house.seal(b"here", b"what it says").unwrap(), sealed, "a nonce is random");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(house.open(b"here", &changed), Err(SealError), "byte {at}");
        }
    }

    #[test]
    fn tags_differ_by_use_instance_and_text() {
        let secret = SecretKey::from_bytes(&[42; 32]).unwrap();
        let house = HouseSealer::new(&secret).unwrap();
        let tag = house.tag("name", "camille");
        assert_eq!(HouseSealer::new(&secret).unwrap().tag("name", "camille"), tag);
        let other = HouseSealer::new(&SecretKey::from_bytes(&[43; 32]).unwrap()).unwrap();
        for different in [
            house.tag("name", "camill"),
            house.tag("failed", "camille"),
            house.tag("namec", "amille"),
            other.tag("name", "camille"),
        ] {
            assert_ne!(different, tag);
        }
        // No HMAC under the secret itself is a tag.
        let names = hmac::Key::new(hmac::HMAC_SHA256, secret.expose());
        for text in ["camille", "mesinfos/v1/house", "mesinfos/v1/house/tag\u{1}"] {
            assert_ne!(hmac::sign(&names, text.as_bytes()).as_ref(), house.tag("name", text));
        }
    }

    #[test]
    fn a_wrapped_key_opens_for_its_person_and_version_only() {
        let (bucket, key) = (SecretKey::random().unwrap(), SecretKey::random().unwrap());
        let aad = person_key_aad(PersonId([1; 16]), 1);
        let wrapped = wrap(&bucket, &aad, &key).unwrap();
        assert!(open_wrapped(&bucket, &aad, &wrapped).is_ok_and(|k| k.expose() == key.expose()));
        for other in [person_key_aad(PersonId([2; 16]), 1), person_key_aad(PersonId([1; 16]), 2)] {
            assert!(open_wrapped(&bucket, &other, &wrapped).is_err());
        }
        assert!(open_wrapped(&key, &aad, &wrapped).is_err());
    }

    #[test]
    fn chunk_keys_and_labels_differ_by_person_and_place() {
        let label = |person, record_key: &[u8]| keys(person).body(record_key).unwrap().1;
        assert_eq!(label(1, b"a"), label(1, b"a"));
        assert_ne!(label(1, b"a"), label(1, b"b"));
        assert_ne!(label(1, b"a"), label(2, b"a"));
    }
}
