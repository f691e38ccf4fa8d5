//! The secrets of accounts, from the vault of the instance.

use mesinfos_identity::Secrets;
use mesinfos_store::{SealError, Sealer};
use mesinfos_vault::{HouseSealer, Vault};
use std::sync::Arc;

/// Seals the records of accounts with the keys of the house partition.
pub(crate) struct HouseSecrets(Arc<HouseSealer>);

impl HouseSecrets {
    pub(crate) fn of(vault: &Vault) -> HouseSecrets {
        HouseSecrets(vault.house())
    }
}

impl Sealer for HouseSecrets {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        self.0.seal(record_key, plain)
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        self.0.open(record_key, sealed)
    }
}

impl Secrets for HouseSecrets {
    fn tag(&self, what: &str, text: &str) -> [u8; 32] {
        self.0.tag(what, text)
    }
}
