//! Conversion of sled's errors to [`StoreError`].

use crate::StoreError;
use std::io;

pub(crate) fn sled_error(error: sled::Error) -> StoreError {
    match error {
        // sled 0.34.7 has no variant for a held lock (`Config::try_lock`); a test covers this message.
        sled::Error::Io(e) if e.to_string().contains("could not acquire lock") => StoreError::InUse,
        sled::Error::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
            StoreError::Damaged(format!("an index file is truncated: {e}"))
        }
        sled::Error::Io(e) => StoreError::Io(e),
        other => StoreError::Damaged(other.to_string()),
    }
}
