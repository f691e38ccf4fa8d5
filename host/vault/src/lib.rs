//! One sealed vault per person: columns in chunks, small records, and their keys.
//!
//! ```text
//! KMS key (one per bucket)              the only secret that can be destroyed for certain
//!   └ bucket key                         wrapped by the KMS, at most 64 persons
//!       └ person key                     wrapped by the bucket key
//!           ├ chunk key                  HKDF-SHA-256, one per chunk and per piece of a document, used once
//!           └ record key                 HKDF-SHA-256, for the small records of all crates
//! ```
//!
//! Start reading at [`Vault`] (persons, erasure), then [`PersonVault`] (import, read), then the modules
//! `chunk` and `columns` (content of a chunk file) and `keys`.
//!
//! Records in the store (`id`: 16 random bytes; numbers big-endian):
//!
//! | key | value |
//! |---|---|
//! | `meta/format`, `meta/bucket` | format and wrapped instance secret; number of the bucket for new persons |
//! | `person/` HMAC-SHA-256 of the name | `id`, bucket (u64) |
//! | `bucket/` u64 | wrapped bucket key |
//! | `member/` bucket `id` | empty: lists the persons of a bucket |
//! | `key/` `id` | wrapped person key |
//! | `name/` `id` | the name, sealed |
//! | `seq/` `id` | sequence number: imports and undos so far |
//! | `chunk/` `id` category month chunk-id | sealed [index entry](PersonVault::summary) |
//! | `superseded/` `id` category u64 month chunk-id | sealed index entry of rows that a later import replaced, by that import |
//! | `held/` `id` category month chunk-id | sealed index entry of rows of an import that were in the vault already |
//! | `import/` `id` u64 | sealed [`ImportRecord`] |
//! | `file/` `id` u64 u64 | sealed name of a member of an imported archive |
//! | `document/` `id` u64 i64 document-id pieces | sealed size and SHA-256 of a kept file, by import and row position |
//! | `text/` `id` u64 i64 | chunk id, sealed description of the text of a kept file |
//! | `withheld/` `id` / rule-id | sealed [rule](WithheldRule): what the person withholds from every app |
//! | `still-withheld/` `id` / random | sealed record of a row that stays withheld because of another one or of an earlier version |
//! | `withheld-changes/` `id` | number of changes of what the person withholds |
//! | `amendment/` `id` category u64 i64 fingerprint | sealed change of a row by the person |
//! | `amended/` `id` | number of such changes so far |
//! | `alike/` `id` u64 u32 | sealed pair of a row of an import and an earlier row with which it is probably one |
//! | `amendment-values/` key | sealed values that a holder gave of a corrected row; with a number after the key, a part of them |
//! | `amendment-aside/` key | the same of a corrected row for which another one stands |
//! | `erasing/` `id`, `erased/` `id` | an erasure in progress; a finished erasure |
//! | `stray/` `id` | the second at which a sweep first saw records of an unknown person |
//!
//! `name/`, `seq/`, `chunk/`, `superseded/`, `held/`, `import/`, `file/`, `document/`, `text/`, `withheld/`,
//! `still-withheld/`, `withheld-changes/`, `amendment/`, `amended/` and `alike/` are in the person's partition, the others in the house partition.
//!
//! Invariants:
//! - No personal data, names included, is stored unsealed: not in the store, in chunk files or in file names.
//!   Without a key, one can only count persons, imports, chunks and their sizes.
//! - A chunk key seals one message, ever. A chunk or record that was changed, or moved to another person,
//!   category, month or key, does not open.
//! - An import becomes visible atomically or not at all. The rows that a reader sees `as_of` a sequence
//!   number never change, until the person is erased or undoes an import.
//! - After an erasure, no copy of the store of any age opens for that person with the current KMS. The cost
//!   is that older copies no longer open for the other persons of the bucket either, so make a backup after
//!   each erasure. An older copy together with the KMS still reveals whether a guessed name existed.
//! - Records of other crates in the house partition are sealed with a key of their own ([`HouseSealer`]).
//! - This crate does not depend on grants and reads no wall clock: times come from the caller or the store.

mod alike;
mod alike_row;
mod amend;
mod aside;
mod bodies;
mod bounds;
mod carried;
mod check;
mod chunk;
mod columns;
mod document;
mod erase;
mod error;
mod gathered;
mod held;
mod identity;
mod ids;
mod import;
#[cfg(test)]
mod import_tests;
mod index;
pub mod keys;
pub mod kms;
mod known;
mod lacking;
mod marks;
mod merge;
mod month_chunks;
mod new_chunk;
mod opened;
mod person;
mod reader;
mod records;
mod repeats;
mod restored;
mod rule_set;
mod sealed;
mod searched;
mod selection;
mod sha;
mod spool;
mod still_withheld;
mod superseded;
mod sweep;
mod text;
mod undo;
mod vault;
mod withheld;
mod withheld_rows;
mod withheld_rule;

pub use alike::{AlikeRows, Decision};
pub use alike_row::AlikeRow;
pub use amend::{Amended, Amendment, Change, KeptValue, MOST_AMENDMENTS, row_fingerprint};
pub use bodies::Bodies;
pub use check::{Checked, Gaps};
pub use document::{KeptDocument, Pieces};
pub use erase::{ErasureReceipt, ErasureRequest};
pub use error::{Result, VaultError};
pub use gathered::Importing;
pub use ids::Link;
pub use import::{CategoryOutcome, ImportOutcome, ImportRecord, ImportSource};
pub use keys::HouseSealer;
pub use month_chunks::{ChunkSummary, MonthChunks};
pub use opened::MonthPage;
pub use person::{PersonVault, ranges};
pub use reader::{CategorySummary, MonthReader, MonthSummary, Origins};
pub use restored::Restored;
pub use searched::{WITHHELD_WORDS, are_words, each_words, folded};
pub use spool::{Spool, Spooled};
pub use still_withheld::MOST_STILL_WITHHELD;
pub use superseded::EarlierRow;
pub use sweep::Swept;
pub use text::{KeptText, LARGEST_TEXT, NewText, Replaced, TextSource};
pub use undo::Undone;
pub use vault::{LookedUp, Vault};
pub use withheld::Withholding;
pub use withheld_rows::{InBatch, WithheldRows};
pub use withheld_rule::{MOST_WITHHELD, RuleId, RuleRows, Withheld, WithheldAs, WithheldRule};
