//! Shared by the tests of this crate: a store, and secrets that are none.

use crate::identity::Identity;
use crate::secrets::Secrets;
use mesinfos_records::sha;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{SealError, Sealer};

/// Binds a record to its key like a real sealer, but without encryption.
pub(crate) struct Open;

impl Sealer for Open {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok([&sha::digest("test", &[record_key, plain]).0[..], plain].concat())
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (tag, plain) = sealed.split_first_chunk::<32>().ok_or(SealError)?;
        if sha::digest("test", &[record_key, plain]).0 == *tag { Ok(plain.to_vec()) } else { Err(SealError) }
    }
}

impl Secrets for Open {
    fn tag(&self, what: &str, text: &str) -> [u8; 32] {
        sha::digest("test", &[what.as_bytes(), text.as_bytes()]).0
    }
}

/// A store.
pub(crate) struct Home(pub(crate) MemoryStore);

impl Home {
    pub(crate) fn new() -> Home {
        Home(MemoryStore::new())
    }

    pub(crate) fn identity(&self) -> Identity<'_> {
        Identity::new(&self.0, &Open)
    }
}
