//! A sealed chunk: rows of one category and one civil month, written once.
//!
//! ```text
//! magic       4   "MICH"
//! format      1   2; 1 has columns by position (`columns.rs`)
//! algorithm   1   1: AES-256-GCM
//! category    1   its number in the model
//! schema      2   version of the category's table
//! key version 4   version of the person key
//! month       4   months since 1970-01, signed
//! chunk id   16
//! rows        4
//! ---             end of the header; `sealed.rs` has the rest, around the columns of `columns.rs`
//! ```
//! All numbers are little-endian. The address of a chunk is (category, month, chunk id). Chunk ids are random
//! and never reused.

use crate::columns::{self, Layout};
use crate::error::{Result, VaultError};
use crate::keys::PersonKeys;
use crate::sealed::{self, AES_256_GCM};
use mesinfos_model::{Batch, Category, FieldSet};
use mesinfos_store::ChunkId;
use zeroize::Zeroizing;
use zstd::bulk::Decompressor;

const MAGIC: &[u8; 4] = b"MICH";
const FORMAT: u8 = 2;
const HEADER: usize = 4 + 1 + 1 + 1 + 2 + 4 + 4 + 16 + 4;

/// Address of a chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChunkAddress {
    pub(crate) category: Category,
    pub(crate) month: i32,
    pub(crate) chunk: ChunkId,
}

impl ChunkAddress {
    /// Canonical encoding: every part has a fixed length.
    fn bytes(&self) -> Vec<u8> {
        [&[self.category.number()][..], &self.month.to_le_bytes(), &self.chunk.0].concat()
    }

    fn header(&self, written: Written, key_version: u32, rows: u32) -> Vec<u8> {
        [
            &MAGIC[..],
            &[written.format, AES_256_GCM, self.category.number()],
            &written.version.to_le_bytes(),
            &key_version.to_le_bytes(),
            &self.month.to_le_bytes(),
            &self.chunk.0,
            &rows.to_le_bytes(),
        ]
        .concat()
    }
}

/// Format of a chunk, and version of its table.
#[derive(Debug, Clone, Copy)]
struct Written {
    format: u8,
    version: u16,
}

impl Written {
    fn today(category: Category) -> Written {
        Written { format: FORMAT, version: category.schema().version }
    }

    /// Reads format and version from a header; returns today's for a pair that was never written.
    fn of(header: &[u8; HEADER], category: Category) -> Written {
        let version = u16::from_le_bytes([header[7], header[8]]);
        let is_known = match header[4] {
            1 => columns::version_of_format_1(category) == Some(version),
            FORMAT => version >= 1,
            _ => false,
        };
        // Today's pair then differs from the one in the header, and the chunk is refused.
        if is_known { Written { format: header[4], version } } else { Written::today(category) }
    }

    fn layout(self) -> Layout {
        if self.format == 1 { Layout::Positions } else { Layout::Numbers }
    }
}

/// Seals rows that [fit](columns::fits) in one chunk.
pub(crate) fn seal(keys: &PersonKeys, address: ChunkAddress, batch: &Batch) -> Result<Vec<u8>> {
    let rows = u32::try_from(batch.rows()).map_err(|_| not_sound(address, "it has too many rows"))?;
    let body = Zeroizing::new(columns::encode(batch).map_err(|e| not_sound(address, &e.to_string()))?);
    sealed::seal(
        keys,
        &address.bytes(),
        &address.header(Written::today(address.category), keys.version, rows),
        body,
    )
}

/// Opens chunks one after another into one plaintext buffer, which is wiped on drop.
pub(crate) struct Opener {
    body: Zeroizing<Vec<u8>>,
    zstd: Decompressor<'static>,
}

impl Opener {
    pub(crate) fn new() -> Result<Opener> {
        let zstd = Decompressor::new().map_err(|e| VaultError::Damaged(format!("zstd cannot start: {e}")))?;
        Ok(Opener { body: Zeroizing::new(Vec::new()), zstd })
    }

    /// The wanted columns of a chunk, which must have been sealed for this person and address.
    pub(crate) fn open(
        &mut self,
        keys: &PersonKeys,
        address: ChunkAddress,
        wanted: FieldSet,
        sealed: &[u8],
    ) -> Result<Batch> {
        let damaged = |why: &dyn std::fmt::Display| not_sound(address, &why.to_string());
        // Only rows, format and version are taken from the header: every other field must match the expected
        // one.
        let (mut rows, mut written) = (0, Written::today(address.category));
        let header = |found: &[u8; HEADER]| {
            rows = found.last_chunk().map_or(0, |rows| u32::from_le_bytes(*rows));
            written = Written::of(found, address.category);
            address.header(written, keys.version, rows)
        };
        let plain = sealed::open(keys, &address.bytes(), header, sealed, &mut self.body);
        let plain = plain.map_err(|e| damaged(&e))?;
        if written.version > address.category.schema().version {
            return Err(VaultError::Newer { category: address.category });
        }
        let rows = usize::try_from(rows).map_err(|e| damaged(&e))?;
        columns::decode(address.category, written.layout(), wanted, rows, plain, &mut self.zstd)
            .map_err(|e| damaged(&e))
    }
}

fn not_sound(address: ChunkAddress, why: &str) -> VaultError {
    VaultError::ChunkDamaged { category: address.category, month: address.month, why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;
    use mesinfos_model::BatchBuilder;
    use mesinfos_model::category::bank::{AMOUNT, BOOKED_ON, HOLDER, LABEL};
    use mesinfos_store::PersonId;

    const ADDRESS: ChunkAddress =
        ChunkAddress { category: Category::Bank, month: 494, chunk: ChunkId([9; 16]) };

    fn keys(person: u8, key: u8, version: u32) -> PersonKeys {
        let key = SecretKey::from_bytes(&[key; 32]).unwrap();
        PersonKeys::new(PersonId([person; 16]), version, &key)
    }

    fn batch() -> Batch {
        let mut builder = BatchBuilder::new(Category::Bank);
        for n in 0..40_i64 {
            builder.push(&[
                (HOLDER, "Banque".into()),
                (BOOKED_ON, (15_034 + n % 31).into()),
                (AMOUNT, (n * -137).into()),
                (LABEL, format!("CB MARCHAND {n}").as_str().into()),
            ]);
        }
        builder.finish()
    }

    fn open(keys: &PersonKeys, address: ChunkAddress, sealed: &[u8]) -> Result<Batch> {
        Opener::new().unwrap().open(keys, address, FieldSet::all(address.category), sealed)
    }

    #[test]
    fn a_chunk_opens_and_shows_nothing_before() {
        let keys = keys(1, 42, 1);
        let sealed = seal(&keys, ADDRESS, &batch()).unwrap();
        assert_eq!(open(&keys, ADDRESS, &sealed).unwrap(), batch());
        let shown = String::from_utf8_lossy(&sealed);
        assert!(!shown.contains("MARCHAND") && !shown.contains("Banque"));
        assert_ne!(seal(&keys, ADDRESS, &batch()).unwrap(), sealed);
    }

    #[test]
    fn a_chunk_with_any_bit_changed_or_any_byte_cut_does_not_open() {
        let keys = keys(1, 42, 1);
        let sealed = seal(&keys, ADDRESS, &batch()).unwrap();
        let mut opener = Opener::new().unwrap();
        let all = FieldSet::all(ADDRESS.category);
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[at] ^= 1 << bit;
                assert!(opener.open(&keys, ADDRESS, all, &changed).is_err(), "bit {bit} of byte {at}");
            }
            assert!(opener.open(&keys, ADDRESS, all, &sealed[..at]).is_err(), "cut at {at}");
        }
        assert!(opener.open(&keys, ADDRESS, all, &[&sealed[..], &[0]].concat()).is_err());
        assert_eq!(opener.open(&keys, ADDRESS, all, &sealed).unwrap(), batch());
    }

    #[test]
    fn a_chunk_of_a_newer_table_is_refused_with_the_reason() {
        let keys = keys(1, 42, 1);
        let newer =
            Written { version: Category::Bank.schema().version + 1, ..Written::today(Category::Bank) };
        let body = Zeroizing::new(columns::encode(&batch()).unwrap());
        let sealed = sealed::seal(&keys, &ADDRESS.bytes(), &ADDRESS.header(newer, 1, 40), body).unwrap();
        assert!(matches!(open(&keys, ADDRESS, &sealed), Err(VaultError::Newer { category: Category::Bank })));
        // Formats that do not exist, and table versions that format 1 never had.
        for written in [(0, 2), (3, 2), (1, 1), (1, 3)] {
            let written = Written { format: written.0, version: written.1 };
            let body = Zeroizing::new(columns::encode(&batch()).unwrap());
            let sealed =
                sealed::seal(&keys, &ADDRESS.bytes(), &ADDRESS.header(written, 1, 40), body).unwrap();
            assert!(
                matches!(open(&keys, ADDRESS, &sealed), Err(VaultError::ChunkDamaged { .. })),
                "{written:?}"
            );
        }
    }

    /// Holds even if the header is rewritten for the new address.
    #[test]
    fn a_chunk_that_was_moved_does_not_open() {
        let own = keys(1, 42, 1);
        let sealed = seal(&own, ADDRESS, &batch()).unwrap();
        let forged = |keys: &PersonKeys, address: ChunkAddress| {
            let written = Written::today(address.category);
            [&address.header(written, keys.version, 40)[..], &sealed[HEADER..]].concat()
        };
        let elsewhere = [
            ChunkAddress { month: 495, ..ADDRESS },
            ChunkAddress { chunk: ChunkId([8; 16]), ..ADDRESS },
            ChunkAddress { category: Category::Energy, ..ADDRESS },
        ];
        for address in elsewhere {
            assert!(open(&own, address, &sealed).is_err(), "{address:?}");
            assert!(open(&own, address, &forged(&own, address)).is_err(), "{address:?}");
        }
        for other in [keys(2, 42, 1), keys(1, 43, 1), keys(1, 42, 2)] {
            assert!(open(&other, ADDRESS, &sealed).is_err());
            assert!(open(&other, ADDRESS, &forged(&other, ADDRESS)).is_err());
        }
        let fewer = [&ADDRESS.header(Written::today(Category::Bank), 1, 39)[..], &sealed[HEADER..]].concat();
        assert!(open(&own, ADDRESS, &fewer).is_err());
    }
}
