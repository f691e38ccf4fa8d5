//! Records of this crate in the store, as JSON.

use crate::error::{RegistryError, Result};
use mesinfos_store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn read<T: DeserializeOwned>(value: &[u8]) -> Result<T> {
    serde_json::from_slice(value).map_err(|error| damaged(&format!("a record of the registry: {error}")))
}

pub(crate) fn written<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| damaged(&error.to_string()))
}

pub(crate) fn damaged(what: &str) -> RegistryError {
    StoreError::Damaged(what.to_owned()).into()
}
