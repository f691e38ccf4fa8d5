//! Compiled apps on disk, authenticated with a key of this host: native code is loaded only if this host
//! wrote it.

use crate::private;
use crate::telemetry::Figures;
use aws_lc_rs::hmac;
use cap_std::fs::Dir;
use mesinfos_runtime::{ArtifactKey, Artifacts};
use sha2::{Digest as _, Sha256};
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

/// Key file, beside the other keys: 32 random bytes, readable by their owner only.
const KEY_FILE: &str = "artifacts.key";
const KEY_LENGTH: usize = 32;

/// Length of a tag in bytes: HMAC-SHA-256, RFC 2104.
const TAG_LENGTH: usize = 32;

/// Folder of artifacts, one file per component and engine.
pub(crate) struct Folder {
    folder: Dir,
    key: hmac::Key,
    figures: Arc<Figures>,
}

impl Folder {
    /// Opens the folder with the key in `keys`, creating the key if missing.
    pub(crate) fn open(folder: Dir, keys: &Dir, figures: Arc<Figures>) -> io::Result<Folder> {
        let key = match keys.open(KEY_FILE) {
            Ok(mut file) => {
                let mut key = Vec::new();
                file.read_to_end(&mut key)?;
                key
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        // A truncated key is replaced: artifacts are compiled again.
        let key = if key.len() == KEY_LENGTH { key } else { new_key(keys)? };
        Ok(Folder { folder, key: hmac::Key::new(hmac::HMAC_SHA256, &key), figures })
    }

    fn name(key: &ArtifactKey) -> String {
        let made_by = Sha256::digest(&key.made_by);
        let made_by: String = made_by.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{}.{made_by}.cwasm", key.component)
    }

    /// The tag covers the artifact's key, so that no artifact can replace another.
    fn tag(&self, key: &ArtifactKey, artifact: &[u8]) -> hmac::Tag {
        let mut tag = hmac::Context::with_key(&self.key);
        tag.update(&key.component.0);
        tag.update(&(key.made_by.len() as u64).to_be_bytes());
        tag.update(key.made_by.as_bytes());
        tag.update(artifact);
        tag.sign()
    }

    fn write(&self, key: &ArtifactKey, artifact: &[u8]) -> io::Result<()> {
        private::write(&self.folder, &Folder::name(key), &[self.tag(key, artifact).as_ref(), artifact])
    }
}

fn new_key(keys: &Dir) -> io::Result<Vec<u8>> {
    let mut key = vec![0_u8; KEY_LENGTH];
    aws_lc_rs::rand::fill(&mut key).map_err(|_| io::Error::other("the system provides no random bytes"))?;
    private::write(keys, KEY_FILE, &[&key])?;
    Ok(key)
}

// SAFETY: bytes returned by `get` carry a tag over themselves and their key. Only this host can compute the
// tag, and it does so only in `put`.
#[allow(unsafe_code, reason = "vouches for native code: see SAFETY")]
unsafe impl Artifacts for Folder {
    fn get(&self, key: &ArtifactKey) -> Option<Vec<u8>> {
        let mut artifact = self.folder.read(Folder::name(key)).ok()?;
        if artifact.len() < TAG_LENGTH {
            return None;
        }
        let code = artifact.split_off(TAG_LENGTH);
        // Compare in constant time.
        let found: &[u8] = &artifact;
        aws_lc_rs::constant_time::verify_slices_are_equal(self.tag(key, &code).as_ref(), found).ok()?;
        Some(code)
    }

    fn put(&self, key: &ArtifactKey, artifact: &[u8]) {
        // If the write fails, the app is compiled again later.
        if let Err(error) = self.write(key, artifact) {
            self.figures.not_kept(&error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Digest;

    #[test]
    fn only_what_this_host_wrote_is_read_back() {
        let temporary = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(temporary.path(), cap_std::ambient_authority()).unwrap();
        let open = || Folder::open(dir.try_clone().unwrap(), &dir, Arc::default()).unwrap();
        let key =
            |byte, made_by: &str| ArtifactKey { component: Digest([byte; 32]), made_by: made_by.into() };
        open().put(&key(1, "process a"), b"native code");
        assert_eq!(open().get(&key(1, "process a")).as_deref(), Some(&b"native code"[..]));
        // Another component or another engine has no artifact.
        assert!(open().get(&key(2, "process a")).is_none());
        assert!(open().get(&key(1, "process b")).is_none());
        // The file of one app is invalid for another.
        let (one, two) = (Folder::name(&key(1, "process a")), Folder::name(&key(2, "process a")));
        dir.copy(&one, &dir, &two).unwrap();
        assert!(open().get(&key(2, "process a")).is_none());
        // Flip one bit in each byte, and truncate.
        let whole = dir.read(&one).unwrap();
        for byte in 0..whole.len() {
            let mut changed = whole.clone();
            changed[byte] ^= 1;
            dir.write(&one, &changed).unwrap();
            assert!(open().get(&key(1, "process a")).is_none(), "byte {byte}");
            dir.write(&one, &whole[..byte]).unwrap();
            assert!(open().get(&key(1, "process a")).is_none(), "cut at {byte}");
        }
        dir.write(&one, &whole).unwrap();
        assert!(open().get(&key(1, "process a")).is_some());
        // Another host's key.
        dir.remove_file(KEY_FILE).unwrap();
        assert!(open().get(&key(1, "process a")).is_none());
    }
}
