//! One sealed vault for each person: columns in chunks, small records, and the keys to them.
//!
//! ```text
//! KMS key (one for each bucket)          the only secret that can be destroyed for certain
//!   └ bucket key                         wrapped by the KMS, at most 64 persons
//!       └ person key                     wrapped by the bucket key
//!           ├ chunk key                  HKDF-SHA-256, one for each chunk and each piece of a document, used once
//!           └ record key                 HKDF-SHA-256, for the small records of all rooms
//! ```
//!
//! Start reading at [`Vault`] (persons, erasure), then [`PersonVault`] (import, read), then the
//! `chunk` and `columns` modules (what is in a file) and `keys`.
//!
//! What stands in the store (`id`: 16 random bytes; numbers big-endian):
//!
//! | key | value |
//! |---|---|
//! | `meta/format`, `meta/bucket` | format and wrapped instance secret; the bucket that fills up |
//! | `person/` HMAC-SHA-256 of the name | `id`, bucket (u64) |
//! | `bucket/` u64 | wrapped bucket key |
//! | `member/` bucket `id` | nothing: who is in a bucket |
//! | `key/` `id` | wrapped person key |
//! | `name/` `id` | the name, sealed |
//! | `seq/` `id` | number of imports so far |
//! | `chunk/` `id` category month chunk-id | sealed [index entry](PersonVault::summary) |
//! | `import/` `id` u64 | sealed [`ImportRecord`] |
//! | `file/` `id` u64 u64 | the sealed name of a file in an archive that was imported |
//! | `document/` `id` u64 i64 document-id pieces | sealed size and SHA-256 of a file that is kept, by import and place of its row |
//! | `erasing/` `id`, `erased/` `id` | an erasure that is under way; that there was one |
//! | `stray/` `id` | the second at which a sweep first saw records of nobody |
//!
//! `name/`, `seq/`, `chunk/`, `import/`, `file/` and `document/` stand in the person's partition, the others in the
//! house.
//!
//! Invariants:
//! - Nothing personal, a name included, stands unsealed in the store, in chunk files or in their
//!   names. What can be counted without a key: persons, imports, chunks and their sizes.
//! - A chunk key seals one message, ever. A chunk or record that was changed, or moved to another
//!   person, category, month or key, does not open.
//! - An import is visible whole, at one moment, or not at all; and what a reader sees `as_of` a
//!   sequence number never changes (until the person is erased, or undoes an import).
//! - After an erasure, no copy of the store of any age opens for that person with the KMS as it is
//!   then. The price: older copies no longer open for the others of the bucket either, so a backup
//!   has to be made after each erasure. What an older copy and the KMS still tell together is
//!   whether a name that one guesses was there.
//! - This room knows no grant and no clock.

mod bodies;
mod bounds;
mod chunk;
mod columns;
mod document;
mod erase;
mod error;
mod identity;
mod ids;
mod import;
pub mod keys;
pub mod kms;
mod merge;
#[cfg(test)]
mod months;
mod opened;
mod person;
mod reader;
mod records;
mod restored;
mod sealed;
mod sha;
mod spool;
mod sweep;
mod undo;
mod vault;

pub use bodies::Bodies;
pub use document::{KeptDocument, Pieces};
pub use erase::{ErasureReceipt, ErasureRequest};
pub use error::{Result, VaultError};
pub use import::{CategoryOutcome, ImportOutcome, ImportRecord, ImportSource, Importing};
pub use opened::Page;
pub use person::{PersonVault, ranges};
pub use reader::{CategorySummary, MonthReader, Origins};
pub use restored::Restored;
pub use spool::{Spool, Spooled};
pub use sweep::Swept;
pub use undo::Undone;
pub use vault::{LookedUp, Vault};
