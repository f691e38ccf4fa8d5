//! Keys and values of this crate's records in the store.

use crate::error::{Result, VaultError};
use crate::ids::DocumentId;
use crate::kms::KeyVersion;
use mesinfos_model::{Category, Day, Digest};
use mesinfos_store::{ChunkId, Partition, PersonId};
use serde::{Deserialize, Serialize};

pub(crate) const FORMAT: &[u8] = b"meta/format";
/// Key of the number of the bucket for new persons.
pub(crate) const BUCKET: &[u8] = b"meta/bucket";
pub(crate) const PERSONS: &[u8] = b"person/";
pub(crate) const BUCKETS: &[u8] = b"bucket/";
pub(crate) const ERASING: &[u8] = b"erasing/";

/// Partition of the records that belong to no person.
pub(crate) const HOUSE: Partition = Partition::House;

pub(crate) fn person_by_name(mac: &[u8]) -> Vec<u8> {
    [PERSONS, mac].concat()
}

pub(crate) fn bucket(bucket: u64) -> Vec<u8> {
    [BUCKETS, &bucket.to_be_bytes()[..]].concat()
}

pub(crate) fn members(bucket: u64) -> Vec<u8> {
    [b"member/", &bucket.to_be_bytes()[..]].concat()
}

pub(crate) fn member(bucket: u64, person: PersonId) -> Vec<u8> {
    [&members(bucket)[..], &person.0].concat()
}

pub(crate) fn person_key(person: PersonId) -> Vec<u8> {
    [b"key/", &person.0[..]].concat()
}

pub(crate) fn name(person: PersonId) -> Vec<u8> {
    [b"name/", &person.0[..]].concat()
}

pub(crate) fn sequence(person: PersonId) -> Vec<u8> {
    [b"seq/", &person.0[..]].concat()
}

pub(crate) fn chunks(person: PersonId) -> Vec<u8> {
    [b"chunk/", &person.0[..]].concat()
}

pub(crate) fn chunks_of_category(person: PersonId, category: Category) -> Vec<u8> {
    [&chunks(person)[..], &[category.number()]].concat()
}

pub(crate) fn chunks_of_month(person: PersonId, category: Category, month: i32) -> Vec<u8> {
    [&chunks_of_category(person, category)[..], &month_bytes(month)].concat()
}

/// With the sign bit flipped, byte order is the order of months, including those before 1970.
fn month_bytes(month: i32) -> [u8; 4] {
    (month ^ i32::MIN).to_be_bytes()
}

pub(crate) fn chunk(person: PersonId, category: Category, month: i32, chunk: ChunkId) -> Vec<u8> {
    [&chunks_of_month(person, category, month)[..], &chunk.0].concat()
}

/// Month and id, from the end of a chunk's key.
pub(crate) fn month_and_chunk(key: &[u8]) -> Option<(i32, ChunkId)> {
    let (rest, chunk) = key.split_last_chunk::<16>()?;
    let (_, month) = rest.split_last_chunk::<4>()?;
    Some((i32::from_be_bytes(*month) ^ i32::MIN, ChunkId(*chunk)))
}

/// The import of the key of a pair of rows.
pub(crate) fn import_of_pair(key: &[u8]) -> Option<u64> {
    let (rest, _) = key.split_last_chunk::<4>()?;
    rest.last_chunk().map(|import| u64::from_be_bytes(*import))
}

pub(crate) fn superseded(person: PersonId) -> Vec<u8> {
    [b"superseded/", &person.0[..]].concat()
}

pub(crate) fn superseded_of_category(person: PersonId, category: Category) -> Vec<u8> {
    [&superseded(person)[..], &[category.number()]].concat()
}

/// The key of a chunk of replaced rows, by the import whose rows replaced them.
pub(crate) fn superseded_chunk(
    person: PersonId,
    category: Category,
    by: u64,
    month: i32,
    chunk: ChunkId,
) -> Vec<u8> {
    let (by, month) = (by.to_be_bytes(), month_bytes(month));
    [&superseded_of_category(person, category)[..], &by, &month, &chunk.0].concat()
}

/// The import whose rows replaced those of a chunk, from its key.
pub(crate) fn superseded_by(key: &[u8]) -> Option<u64> {
    let (rest, _) = key.split_last_chunk::<20>()?;
    rest.last_chunk().map(|by| u64::from_be_bytes(*by))
}

pub(crate) fn held(person: PersonId) -> Vec<u8> {
    [b"held/", &person.0[..]].concat()
}

pub(crate) fn held_of_category(person: PersonId, category: Category) -> Vec<u8> {
    [&held(person)[..], &[category.number()]].concat()
}

pub(crate) fn held_of_month(person: PersonId, category: Category, month: i32) -> Vec<u8> {
    [&held_of_category(person, category)[..], &month_bytes(month)].concat()
}

/// The key of a chunk of rows that an import has in common with others.
pub(crate) fn held_chunk(person: PersonId, category: Category, month: i32, chunk: ChunkId) -> Vec<u8> {
    [&held_of_month(person, category, month)[..], &chunk.0].concat()
}

pub(crate) fn imports(person: PersonId) -> Vec<u8> {
    [b"import/", &person.0[..]].concat()
}

pub(crate) fn import(person: PersonId, sequence: u64) -> Vec<u8> {
    [&imports(person)[..], &sequence.to_be_bytes()].concat()
}

pub(crate) fn files(person: PersonId) -> Vec<u8> {
    [b"file/", &person.0[..]].concat()
}

pub(crate) fn import_files(person: PersonId, sequence: u64) -> Vec<u8> {
    [&files(person)[..], &sequence.to_be_bytes()].concat()
}

pub(crate) fn import_file(person: PersonId, sequence: u64, number: u64) -> Vec<u8> {
    [&import_files(person, sequence)[..], &number.to_be_bytes()].concat()
}

/// Number of the import, from the key of one of its files.
pub(crate) fn import_of_file(key: &[u8]) -> Result<u64> {
    let rest = key.split_last_chunk::<8>().and_then(|(rest, _)| rest.last_chunk());
    rest.map(|import| u64::from_be_bytes(*import)).ok_or_else(|| damaged("the key of a file"))
}

pub(crate) fn documents(person: PersonId) -> Vec<u8> {
    [b"document/", &person.0[..]].concat()
}

pub(crate) fn documents_of_import(person: PersonId, sequence: u64) -> Vec<u8> {
    [&documents(person)[..], &sequence.to_be_bytes()].concat()
}

pub(crate) fn document(person: PersonId, sequence: u64, position: i64) -> Vec<u8> {
    [&documents_of_import(person, sequence)[..], &position.to_be_bytes()].concat()
}

/// The key of a document's record. It names the chunks of all pieces, so a sweep needs no key to decrypt.
pub(crate) fn document_key(
    person: PersonId,
    sequence: u64,
    position: i64,
    id: DocumentId,
    pieces: u32,
) -> Vec<u8> {
    [&document(person, sequence, position)[..], &id.0, &pieces.to_be_bytes()].concat()
}

/// Import, position, id and number of pieces, from the key of a document.
pub(crate) fn document_parts(key: &[u8]) -> Option<(u64, i64, DocumentId, u32)> {
    let (rest, pieces) = key.split_last_chunk()?;
    let (rest, id) = rest.split_last_chunk()?;
    let (rest, position) = rest.split_last_chunk()?;
    let (_, sequence) = rest.split_last_chunk()?;
    let (sequence, position) = (u64::from_be_bytes(*sequence), i64::from_be_bytes(*position));
    Some((sequence, position, DocumentId(*id), u32::from_be_bytes(*pieces)))
}

/// Prefix of what a person withholds from every app.
pub(crate) fn withheld(person: PersonId) -> Vec<u8> {
    [b"withheld/", &person.0[..], b"/"].concat()
}

pub(crate) fn withheld_rule(person: PersonId, id: [u8; 16]) -> Vec<u8> {
    [&withheld(person)[..], &id].concat()
}

/// Prefix of the rows that are still withheld.
pub(crate) fn still_withheld(person: PersonId) -> Vec<u8> {
    [b"still-withheld/", &person.0[..], b"/"].concat()
}

pub(crate) fn still_withheld_row(person: PersonId, id: [u8; 16]) -> Vec<u8> {
    [&still_withheld(person)[..], &id].concat()
}

/// Key of the number of changes of what a person withholds.
pub(crate) fn withheld_changes(person: PersonId) -> Vec<u8> {
    [b"withheld-changes/", &person.0[..]].concat()
}

pub(crate) fn texts(person: PersonId) -> Vec<u8> {
    [b"text/", &person.0[..]].concat()
}

/// The key of the text of a document, by the document's import and row position.
pub(crate) fn text(person: PersonId, sequence: u64, position: i64) -> Vec<u8> {
    [&texts(person)[..], &sequence.to_be_bytes(), &position.to_be_bytes()].concat()
}

/// Import and position, from the key of a text.
pub(crate) fn text_parts(key: &[u8]) -> Option<(u64, i64)> {
    let (rest, position) = key.split_last_chunk()?;
    let (_, sequence) = rest.split_last_chunk()?;
    Some((u64::from_be_bytes(*sequence), i64::from_be_bytes(*position)))
}

/// The chunk of a text, from the value of its record, and the sealed rest. The chunk is in the clear, so a sweep
/// needs no key to decrypt.
pub(crate) fn text_chunk(value: &[u8]) -> Option<(ChunkId, &[u8])> {
    let (chunk, sealed) = value.split_first_chunk()?;
    Some((ChunkId(*chunk), sealed))
}

pub(crate) fn amendments(person: PersonId) -> Vec<u8> {
    [b"amendment/", &person.0[..]].concat()
}

/// The key of an amendment, by the row's category, import and position, and its fingerprint as the holder gave it.
pub(crate) fn amendment(
    person: PersonId,
    category: Category,
    sequence: u64,
    position: i64,
    name: Digest,
) -> Vec<u8> {
    let key =
        [&amendments(person)[..], &[category.number()], &sequence.to_be_bytes(), &position.to_be_bytes()];
    [&key.concat()[..], &name.0].concat()
}

/// Number of the category, import, position and name, from the key of an amendment.
pub(crate) fn amendment_parts(key: &[u8]) -> Option<(u8, u64, i64, Digest)> {
    let (rest, name) = key.split_last_chunk::<32>()?;
    let (rest, position) = rest.split_last_chunk()?;
    let (rest, sequence) = rest.split_last_chunk()?;
    let category = rest.last()?;
    Some((*category, u64::from_be_bytes(*sequence), i64::from_be_bytes(*position), Digest(*name)))
}

/// Start of the keys of the pairs of an import.
pub(crate) fn all_alike(person: PersonId) -> Vec<u8> {
    [b"alike/", &person.0[..]].concat()
}

pub(crate) fn alike(person: PersonId, sequence: u64) -> Vec<u8> {
    [&all_alike(person)[..], &sequence.to_be_bytes()].concat()
}

pub(crate) fn alike_pair(person: PersonId, sequence: u64, number: u32) -> Vec<u8> {
    [&alike(person, sequence)[..], &number.to_be_bytes()].concat()
}

/// The key of a corrected row for which another one stands, by the key of its amendment, and the start of those of its
/// parts.
pub(crate) fn amendment_aside(amendment: &[u8]) -> Vec<u8> {
    [b"amendment-aside/", amendment].concat()
}

/// The key of what the holder gave of a row, by the key of its amendment, and the start of those of its parts.
pub(crate) fn amendment_values(amendment: &[u8]) -> Vec<u8> {
    [b"amendment-values/", amendment].concat()
}

pub(crate) fn amendment_count(person: PersonId) -> Vec<u8> {
    [b"amended/", &person.0[..]].concat()
}

pub(crate) fn erasing(person: PersonId) -> Vec<u8> {
    [ERASING, &person.0[..]].concat()
}

pub(crate) fn erased(person: PersonId) -> Vec<u8> {
    [b"erased/", &person.0[..]].concat()
}

/// The person's id at the end of a key.
pub(crate) fn person_at_end(key: &[u8]) -> Result<PersonId> {
    person_id(key.last_chunk::<16>().map_or(&[], |id| &id[..]))
}

/// The number at the end of a key.
pub(crate) fn number_at_end(key: &[u8]) -> Result<u64> {
    number(key.last_chunk::<8>().map_or(&[], |number| &number[..]))
}

pub(crate) fn person_id(bytes: &[u8]) -> Result<PersonId> {
    bytes.try_into().map(PersonId).map_err(|_| damaged("a person's id"))
}

/// `person/`: id of the person with the name, and the bucket of their key, which earlier versions omitted.
pub(crate) struct Named {
    pub(crate) person: PersonId,
    pub(crate) bucket: Option<u64>,
}

impl Named {
    pub(crate) fn encode(person: PersonId, bucket: u64) -> Vec<u8> {
        [&person.0[..], &bucket.to_be_bytes()].concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Named> {
        let (id, bucket) = bytes.split_at_checked(16).ok_or_else(|| damaged("a person's id"))?;
        let bucket = if bucket.is_empty() { None } else { Some(number(bucket)?) };
        Ok(Named { person: person_id(id)?, bucket })
    }
}

/// Key of the record with the time at which a sweep first saw records of an unknown person.
pub(crate) fn stray(person: PersonId) -> Vec<u8> {
    [b"stray/", &person.0[..]].concat()
}

pub(crate) fn damaged(what: &str) -> VaultError {
    VaultError::Damaged(format!("{what} differs from what was written"))
}

/// Index entry of a chunk: properties known without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChunkIndexEntry {
    /// Sequence number of its import.
    pub(crate) seq: u64,
    pub(crate) rows: u64,
    /// `None` if no row has a date.
    pub(crate) first: Option<Day>,
    pub(crate) last: Option<Day>,
    /// SHA-256 of the sealed body.
    pub(crate) sha256: Digest,
    pub(crate) holders: Vec<String>,
    /// Ordinal among the chunks of this month and import, from 0. Rows of equal time are in this order.
    /// `None` if written by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<u32>,
    /// Time of the first row. `None` if that row has no time, or if written by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<i64>,
    /// Size of the sealed body in bytes. `None` if written by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<u32>,
    /// Days of the month that have a row: bit 0 is the first. `None` if written by an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) days: Option<u32>,
}

/// A chunk and its index entry.
pub(crate) struct Indexed {
    pub(crate) chunk: ChunkId,
    pub(crate) entry: ChunkIndexEntry,
}

/// `meta/format`: format (u32), version of the KMS key (u64), the wrapped instance secret.
pub(crate) struct Format {
    pub(crate) format: u32,
    pub(crate) kms: KeyVersion,
    pub(crate) wrapped: Vec<u8>,
}

/// `bucket/`: version of the bucket key (u32), version of the KMS key (u64), number of persons ever added
/// (u32), the wrapped bucket key.
pub(crate) struct Bucket {
    pub(crate) version: u32,
    pub(crate) kms: KeyVersion,
    pub(crate) entered: u32,
    pub(crate) wrapped: Vec<u8>,
}

/// `key/`: bucket (u64), version of the bucket key (u32), version of the person key (u32), the
/// wrapped person key.
pub(crate) struct WrappedPersonKey {
    pub(crate) bucket: u64,
    pub(crate) bucket_version: u32,
    pub(crate) version: u32,
    pub(crate) wrapped: Vec<u8>,
}

impl Format {
    pub(crate) fn encode(&self) -> Vec<u8> {
        [&self.format.to_be_bytes()[..], &self.kms.0.to_be_bytes(), &self.wrapped].concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Format> {
        let mut fields = Fields(bytes, "the record of the format");
        let (format, kms) = (fields.u32()?, KeyVersion(fields.u64()?));
        Ok(Format { format, kms, wrapped: fields.0.to_vec() })
    }
}

impl Bucket {
    pub(crate) fn encode(&self) -> Vec<u8> {
        [
            &self.version.to_be_bytes()[..],
            &self.kms.0.to_be_bytes(),
            &self.entered.to_be_bytes(),
            &self.wrapped,
        ]
        .concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Bucket> {
        let mut fields = Fields(bytes, "the record of a bucket");
        let (version, kms) = (fields.u32()?, KeyVersion(fields.u64()?));
        Ok(Bucket { version, kms, entered: fields.u32()?, wrapped: fields.0.to_vec() })
    }
}

impl WrappedPersonKey {
    pub(crate) fn encode(&self) -> Vec<u8> {
        [
            &self.bucket.to_be_bytes()[..],
            &self.bucket_version.to_be_bytes(),
            &self.version.to_be_bytes(),
            &self.wrapped,
        ]
        .concat()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<WrappedPersonKey> {
        let mut fields = Fields(bytes, "the record of a person's key");
        let (bucket, bucket_version) = (fields.u64()?, fields.u32()?);
        let version = fields.u32()?;
        Ok(WrappedPersonKey { bucket, bucket_version, version, wrapped: fields.0.to_vec() })
    }
}

/// The remaining bytes of a record of numbers, and the record's name for errors.
struct Fields<'a>(&'a [u8], &'static str);

impl Fields<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(|| damaged(self.1))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_be_bytes)
    }

    fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_be_bytes)
    }
}

/// Decodes a value that is a single number.
pub(crate) fn number(bytes: &[u8]) -> Result<u64> {
    bytes.try_into().map(u64::from_be_bytes).map_err(|_| damaged("a counter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_chunks_are_in_the_order_of_months() {
        let person = PersonId([1; 16]);
        let months = [-1200, -1, 0, 1, 494];
        let key = |month| chunk(person, Category::Bank, month, ChunkId([7; 16]));
        assert!(months.map(key).is_sorted());
        for month in months {
            assert_eq!(month_and_chunk(&key(month)), Some((month, ChunkId([7; 16]))));
        }
    }
}
