//! The store of the topmost keys. All other stored data may be copied, backed up, or kept forever by a log. A
//! key here can be destroyed, which destroys all data under it.

use crate::keys::{SecretKey, open_wrapped, wrap};
use cap_std::fs::{Dir, File, OpenOptions, OpenOptionsExt};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// Number of a key of the KMS. Never reused after the key is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyVersion(pub u64);

impl std::fmt::Display for KeyVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Errors of the KMS.
#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    /// The key was destroyed, or the data was sealed with another KMS.
    #[error("the key {0} is not in the key store: it was destroyed, or this key store belongs to other data")]
    NoSuchKey(KeyVersion),
    /// The key does not open a wrapped key.
    #[error(
        "the key {0} does not open a key wrapped with it: one was changed, or this key store belongs to other data"
    )]
    DoesNotOpen(KeyVersion),
    /// The key file differs from what was written.
    #[error("the key file {file} is damaged ({why}): restore it from its backup", file = LocalKms::FILE)]
    Damaged {
        /// Reason.
        why: &'static str,
    },
    /// The system returns no random bytes.
    #[error("the system returned no random bytes")]
    NoRandom,
    /// The disk reported an error.
    #[error("the key file cannot be read or written: {0}")]
    Io(#[from] io::Error),
}

/// Holds keys that never leave it, and wraps other keys with them. `aad` names the use of a wrapped key,
/// which opens only with the same `aad`.
pub trait Kms: Send + Sync {
    /// Creates a key. Durable when it returns.
    ///
    /// # Errors
    /// [`KmsError`] if it cannot be created or stored.
    fn create_key(&self) -> Result<KeyVersion, KmsError>;

    /// Wraps a key.
    ///
    /// # Errors
    /// [`KmsError::NoSuchKey`].
    fn wrap_key(&self, version: KeyVersion, aad: &[u8], key: &SecretKey) -> Result<Vec<u8>, KmsError>;

    /// Opens a wrapped key.
    ///
    /// # Errors
    /// [`KmsError::NoSuchKey`], [`KmsError::DoesNotOpen`].
    fn unwrap_key(&self, version: KeyVersion, aad: &[u8], wrapped: &[u8]) -> Result<SecretKey, KmsError>;

    /// Destroys a key permanently; a missing one is ignored. Durable when it returns.
    ///
    /// # Errors
    /// [`KmsError`] if the key may still exist.
    fn destroy_key(&self, version: KeyVersion) -> Result<(), KmsError>;

    /// Checks that keys are available now.
    ///
    /// # Errors
    /// [`KmsError`] with the reason.
    fn health(&self) -> Result<(), KmsError>;
}

/// A KMS in one small file, readable only by its owner, in a folder of its own. Put that folder on a
/// different volume from the data, and keep its backups no longer than the promised time for erasure.
///
/// The file: `MIKMS` and the format (3 bytes, 1), the next version (u64), the number of keys (u32), then for
/// each key its version (u64) and 32 bytes, then the SHA-256 of all that; little-endian.
pub struct LocalKms {
    dir: Dir,
    state: Mutex<State>,
}

struct State {
    next: u64,
    keys: BTreeMap<u64, SecretKey>,
}

const MAGIC: &[u8; 8] = b"MIKMS\x01\0\0";
const KEY_ENTRY: usize = 8 + 32;
const HEAD: usize = 8 + 8 + 4;

impl LocalKms {
    /// Name of the key file.
    pub const FILE: &str = "kms.keys";
    const NEW_FILE: &str = "kms.keys.new";

    /// Opens the key file in a folder, or starts without keys if it does not exist. Only one process may have
    /// it open: the one that has opened the store of the same data.
    ///
    /// # Errors
    /// [`KmsError::Damaged`] and [`KmsError::Io`].
    pub fn open(dir: Dir) -> Result<LocalKms, KmsError> {
        // A crash before the rename leaves a second file with all keys.
        remove_new(&dir)?;
        let state = match dir.open(Self::FILE) {
            Ok(mut file) => read(&mut file)?,
            Err(e) if e.kind() == ErrorKind::NotFound => State { next: 1, keys: BTreeMap::new() },
            Err(e) => return Err(e.into()),
        };
        Ok(LocalKms { dir, state: Mutex::new(state) })
    }

    /// Versions of all existing keys.
    pub fn versions(&self) -> Vec<KeyVersion> {
        self.lock().keys.keys().copied().map(KeyVersion).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the key file and wipes the old one.
    fn save(&self, state: &State) -> Result<(), KmsError> {
        let bytes = encode(state);
        // After the rename the old file has no name, but its blocks still hold all its keys. A handle opened
        // before the rename is the only way to reach them. Best effort, errors ignored: a file system or
        // drive that writes elsewhere keeps the bytes anyway, and the new file is valid.
        let old = match self.dir.open_with(Self::FILE, OpenOptions::new().read(true).write(true)) {
            Ok(file) => Some(file),
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(e.into()),
        };
        if let Err(error) = self.replace(&bytes) {
            // Leave no file with keys behind, nor an empty one.
            let _ = remove_new(&self.dir);
            return Err(error.into());
        }
        self.dir.open(".")?.sync_all()?;
        let _ = old.map(wipe);
        Ok(())
    }

    /// Writes a new key file and renames it over the old one.
    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = self.dir.open_with(Self::NEW_FILE, &options)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.dir.rename(Self::NEW_FILE, &self.dir, Self::FILE)
    }
}

impl Kms for LocalKms {
    fn create_key(&self) -> Result<KeyVersion, KmsError> {
        let key = SecretKey::random().map_err(|_| KmsError::NoRandom)?;
        let mut state = self.lock();
        let version = state.next;
        state.next += 1;
        state.keys.insert(version, key);
        if let Err(e) = self.save(&state) {
            state.keys.remove(&version);
            return Err(e);
        }
        Ok(KeyVersion(version))
    }

    fn wrap_key(&self, version: KeyVersion, aad: &[u8], key: &SecretKey) -> Result<Vec<u8>, KmsError> {
        let state = self.lock();
        let own = state.keys.get(&version.0).ok_or(KmsError::NoSuchKey(version))?;
        wrap(own, &kms_aad(version, aad), key).map_err(|_| KmsError::NoRandom)
    }

    fn unwrap_key(&self, version: KeyVersion, aad: &[u8], wrapped: &[u8]) -> Result<SecretKey, KmsError> {
        let state = self.lock();
        let own = state.keys.get(&version.0).ok_or(KmsError::NoSuchKey(version))?;
        open_wrapped(own, &kms_aad(version, aad), wrapped).map_err(|_| KmsError::DoesNotOpen(version))
    }

    fn destroy_key(&self, version: KeyVersion) -> Result<(), KmsError> {
        let mut state = self.lock();
        // Write the file even if the key is unknown: an earlier call may have failed half-way.
        let key = state.keys.remove(&version.0);
        let saved = self.save(&state);
        if let (Err(_), Some(key)) = (&saved, key) {
            // The file still has the key, and the state in memory must agree.
            state.keys.insert(version.0, key);
        }
        saved
    }

    fn health(&self) -> Result<(), KmsError> {
        let state = self.lock();
        let mut file = match self.dir.open(Self::FILE) {
            Err(e) if e.kind() == ErrorKind::NotFound && state.keys.is_empty() => return Ok(()),
            file => file?,
        };
        if read(&mut file)?.keys.keys().ne(state.keys.keys()) {
            return Err(KmsError::Damaged { why: "it is not the one that was opened" });
        }
        Ok(())
    }
}

fn kms_aad(version: KeyVersion, aad: &[u8]) -> Vec<u8> {
    [b"mesinfos/v1/kms", &version.0.to_be_bytes()[..], aad].concat()
}

/// Wipes and removes a new key file that did not replace the old one.
fn remove_new(dir: &Dir) -> io::Result<()> {
    match dir.open_with(LocalKms::NEW_FILE, OpenOptions::new().write(true)) {
        Ok(left) => {
            wipe(left)?;
            dir.remove_file(LocalKms::NEW_FILE)
        }
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e),
    }
}

fn wipe(mut old: File) -> io::Result<()> {
    let len = old.seek(SeekFrom::End(0))?;
    old.seek(SeekFrom::Start(0))?;
    io::copy(&mut io::repeat(0).take(len), &mut old)?;
    old.sync_data()
}

fn checksum(bytes: &[u8]) -> [u8; 32] {
    crate::sha::sha256(bytes).0
}

fn encode(state: &State) -> Zeroizing<Vec<u8>> {
    // Allocate the whole capacity at once: a growing vector leaves copies behind.
    let mut out = Zeroizing::new(Vec::with_capacity(HEAD + state.keys.len() * KEY_ENTRY + 32));
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&state.next.to_le_bytes());
    let count = u32::try_from(state.keys.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&count.to_le_bytes());
    for (version, key) in &state.keys {
        out.extend_from_slice(&version.to_le_bytes());
        out.extend_from_slice(key.expose());
    }
    let sum = checksum(&out);
    out.extend_from_slice(&sum);
    out
}

fn read(file: &mut File) -> Result<State, KmsError> {
    let damaged = |why| KmsError::Damaged { why };
    let len = usize::try_from(file.metadata()?.len()).map_err(|_| damaged("it is too long"))?;
    let mut bytes = Zeroizing::new(vec![0; len]);
    file.read_exact(&mut bytes)?;
    let (body, sum) = bytes.split_last_chunk::<32>().ok_or_else(|| damaged("it is truncated"))?;
    if body.len() < HEAD || !body.starts_with(MAGIC) {
        return Err(damaged("it does not start like a key file"));
    }
    if checksum(body) != *sum {
        return Err(damaged("its checksum is wrong"));
    }
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b));
    let entries = body[HEAD..].chunks_exact(KEY_ENTRY);
    if !entries.remainder().is_empty() || number(&body[16..HEAD]) != entries.len() as u64 {
        return Err(damaged("it does not hold the number of keys that it states"));
    }
    let keys = entries.filter_map(|entry| Some((number(&entry[..8]), SecretKey::from_bytes(&entry[8..])?)));
    Ok(State { next: number(&body[8..16]), keys: keys.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn open(path: &std::path::Path) -> Result<LocalKms, KmsError> {
        LocalKms::open(Dir::open_ambient_dir(path, cap_std::ambient_authority()).unwrap())
    }

    #[test]
    fn keys_are_kept_wrap_and_are_destroyed() {
        let temp = tempfile::tempdir().unwrap();
        let kms = open(temp.path()).unwrap();
        let (one, two) = (kms.create_key().unwrap(), kms.create_key().unwrap());
        let secret = SecretKey::random().unwrap();
        let wrapped = kms.wrap_key(one, b"for", &secret).unwrap();

        let kms = open(temp.path()).unwrap();
        let opened = kms.unwrap_key(one, b"for", &wrapped).unwrap();
        assert!(opened.expose() == secret.expose());
        let fails = |version, aad: &[u8]| kms.unwrap_key(version, aad, &wrapped).err().unwrap();
        assert!(matches!(fails(one, b"other"), KmsError::DoesNotOpen(_)));
        assert!(matches!(fails(two, b"for"), KmsError::DoesNotOpen(_)));
        kms.destroy_key(one).unwrap();
        kms.destroy_key(one).unwrap();
        assert!(matches!(fails(one, b"for"), KmsError::NoSuchKey(_)));

        let kms = open(temp.path()).unwrap();
        kms.health().unwrap();
        assert_eq!(kms.versions(), [two]);
        assert_eq!(kms.create_key().unwrap(), KeyVersion(3), "a version is never used again");
    }

    #[test]
    fn the_file_is_private_and_the_old_one_is_wiped() {
        let temp = tempfile::tempdir().unwrap();
        let kms = open(temp.path()).unwrap();
        kms.create_key().unwrap();
        let path = temp.path().join(LocalKms::FILE);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let mut old = std::fs::File::open(&path).unwrap();
        kms.create_key().unwrap();
        let mut bytes = Vec::new();
        old.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, vec![0; HEAD + KEY_ENTRY + 32]);
    }

    #[test]
    fn what_a_crash_left_beside_the_file_is_wiped_and_removed() {
        let temp = tempfile::tempdir().unwrap();
        open(temp.path()).unwrap().create_key().unwrap();
        let left = temp.path().join(LocalKms::NEW_FILE);
        std::fs::copy(temp.path().join(LocalKms::FILE), &left).unwrap();
        let mut bytes = Vec::new();
        let mut file = std::fs::File::open(&left).unwrap();
        assert_eq!(open(temp.path()).unwrap().versions(), [KeyVersion(1)]);
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, vec![0; HEAD + KEY_ENTRY + 32]);
        assert!(!left.exists());
    }

    #[test]
    fn a_key_that_could_not_be_destroyed_is_there_and_is_destroyed_later() {
        let temp = tempfile::tempdir().unwrap();
        let kms = open(temp.path()).unwrap();
        let (one, two) = (kms.create_key().unwrap(), kms.create_key().unwrap());
        // The file cannot be replaced: a folder has its name.
        let (file, away) = (temp.path().join(LocalKms::FILE), temp.path().join("away"));
        std::fs::rename(&file, &away).unwrap();
        std::fs::create_dir(&file).unwrap();
        kms.destroy_key(one).unwrap_err();
        std::fs::remove_dir(&file).unwrap();
        std::fs::rename(&away, &file).unwrap();
        kms.health().unwrap();
        assert_eq!(kms.versions(), [one, two]);
        kms.destroy_key(one).unwrap();
        assert_eq!(open(temp.path()).unwrap().versions(), [two]);
    }

    #[test]
    fn every_changed_byte_of_the_file_is_noticed() {
        let temp = tempfile::tempdir().unwrap();
        open(temp.path()).unwrap().create_key().unwrap();
        let path = temp.path().join(LocalKms::FILE);
        let sound = std::fs::read(&path).unwrap();
        for at in 0..sound.len() {
            let mut changed = sound.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert!(matches!(open(temp.path()), Err(KmsError::Damaged { .. })), "byte {at}");
            std::fs::write(&path, &sound[..at]).unwrap();
            assert!(matches!(open(temp.path()), Err(KmsError::Damaged { .. })), "cut at {at}");
        }
    }
}
