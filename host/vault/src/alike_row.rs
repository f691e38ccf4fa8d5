//! A row of a pair that is probably the same.

use mesinfos_model::{Digest, RowId};

/// One of two rows that are probably the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlikeRow {
    /// Id of the row.
    pub id: RowId,
    /// Fingerprint of the row ([`crate::row_fingerprint`]).
    pub key: Digest,
}
