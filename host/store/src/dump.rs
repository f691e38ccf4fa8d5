//! Copies a whole store to one stream and back, for a move to another backend or a backup.
//!
//! All values stay sealed: without the keys of the KMS nothing opens. Dump only while nothing writes,
//! because each partition is read separately.
//!
//! ```text
//! "MESINFOS DUMP 2\n"  UTC seconds of the dump (i64)
//! for each person, then for the house:
//!   P  id (16 bytes)   or   H
//!   R  key length (u32)  key  value length (u32)  value        for each record
//!   C  id (16 bytes)  length (u32)  body                       for each chunk
//!   E  records (u64)  chunks (u64)  SHA-256 over the seconds and all from P or H to here
//! Z  partitions (u64)
//! ```
//! Numbers are big-endian. Format 1 has no seconds, neither in front nor in the hashes.

use crate::{ChunkId, Commit, DumpError, MAX_VALUE, Partition, PersonId, Range, Result, Store, StoreError};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

const MAGIC: &[u8; 16] = b"MESINFOS DUMP 2\n";
/// The first format, which can still be loaded.
const FORMAT_1: &[u8; 16] = b"MESINFOS DUMP 1\n";

/// Number of records read, and largest number written, in one step.
const PAGE: usize = 512;
/// Number of persons listed in one step.
const PERSONS: usize = 1_000;
/// Bytes of chunks written in one step.
const WRITTEN: usize = 8 << 20;
/// Longest accepted key and chunk, in bytes.
const MAX_KEY: u32 = 4_096;
const MAX_CHUNK: u32 = 256 << 20;

/// Counts of a dump.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dumped {
    /// Persons with at least one record or chunk.
    pub persons: u64,
    /// Records in all partitions.
    pub records: u64,
    /// Chunks in all partitions.
    pub chunks: u64,
    /// UTC seconds of the dump. `None` in format 1.
    pub at: Option<i64>,
}

/// Writes the whole store to `to`. `at` is the current time, in UTC seconds.
///
/// # Errors
/// Errors of the store or the stream.
pub fn dump(store: &dyn Store, at: i64, to: &mut dyn Write) -> Result<Dumped> {
    to.write_all(MAGIC)?;
    to.write_all(&at.to_be_bytes())?;
    let mut dumped = Dumped { at: Some(at), ..Dumped::default() };
    let mut after = None;
    loop {
        let page = store.persons(after, PERSONS)?;
        for &person in &page {
            dump_partition(store, person.into(), to, &mut dumped)?;
            dumped.persons += 1;
        }
        after = page.last().copied();
        if page.len() < PERSONS {
            break;
        }
    }
    // The house partition comes last: a partly loaded store lacks it and does not open.
    dump_partition(store, Partition::House, to, &mut dumped)?;
    to.write_all(b"Z")?;
    to.write_all(&(dumped.persons + 1).to_be_bytes())?;
    to.flush()?;
    Ok(dumped)
}

fn dump_partition(
    store: &dyn Store,
    partition: Partition,
    to: &mut dyn Write,
    dumped: &mut Dumped,
) -> Result<()> {
    let mut hash = begun(dumped.at);
    let mut put = |part: &[u8]| {
        hash.update(part);
        to.write_all(part)
    };
    put(&start_of(partition))?;
    let (mut records, mut chunks) = (0_u64, 0_u64);
    let mut last: Option<Vec<u8>> = None;
    loop {
        let range = Range::prefix(partition, []).after(last.as_deref()).at_most(PAGE);
        let page = store.read(&[range])?.pop().unwrap_or_default();
        for (key, value) in &page {
            put(b"R")?;
            put(&length(key)?)?;
            put(key)?;
            put(&length(value)?)?;
            put(value)?;
        }
        records += page.len() as u64;
        let is_last = page.len() < PAGE;
        last = page.into_iter().next_back().map(|(key, _)| key).or(last);
        if is_last {
            break;
        }
    }
    for (chunk, _) in store.chunks_of(partition)? {
        let body = store.get_chunk(partition, chunk)?;
        put(b"C")?;
        put(&chunk.0)?;
        put(&length(&body)?)?;
        put(&body)?;
        chunks += 1;
    }
    to.write_all(b"E")?;
    to.write_all(&records.to_be_bytes())?;
    to.write_all(&chunks.to_be_bytes())?;
    to.write_all(&hash.finalize())?;
    dumped.records += records;
    dumped.chunks += chunks;
    Ok(())
}

/// The hash of a partition before its first byte.
fn begun(at: Option<i64>) -> Sha256 {
    let mut hash = Sha256::new();
    if let Some(at) = at {
        hash.update(at.to_be_bytes());
    }
    hash
}

/// The first bytes of a partition in the stream.
fn start_of(partition: Partition) -> Vec<u8> {
    match partition {
        Partition::House => b"H".to_vec(),
        Partition::Person(person) => [b"P", &person.0[..]].concat(),
    }
}

fn length(bytes: &[u8]) -> Result<[u8; 4]> {
    let length =
        u32::try_from(bytes.len()).map_err(|_| damaged("a value in the store is larger than 4 GiB"))?;
    Ok(length.to_be_bytes())
}

/// Loads a dump into an empty store.
///
/// # Errors
/// [`StoreError::Dump`] if the stream is not a dump, or was changed or cut short: the store then holds part
/// of it and must be discarded. [`StoreError::Damaged`] if the store is not empty.
pub fn load(store: &dyn Store, from: &mut dyn Read) -> Result<Dumped> {
    let house = store.read(&[Range::prefix(Partition::House, []).at_most(1)])?;
    if house.iter().any(|records| !records.is_empty()) || !store.persons(None, 1)?.is_empty() {
        return Err(damaged("the store is not empty: a dump can only be loaded into an empty store"));
    }
    let at = match first(from)? {
        Format::One => None,
        Format::Two => Some(i64::from_be_bytes(take(from)?)),
    };
    let mut loaded = Dumped { at, ..Dumped::default() };
    let mut has_house = false;
    loop {
        let partition = match take::<1>(from)?[0] {
            b'Z' if has_house => match u64::from_be_bytes(take(from)?) {
                partitions if partitions == loaded.persons + 1 => return Ok(loaded),
                _ => return Err(DumpError::Changed.into()),
            },
            b'P' if !has_house => Partition::Person(PersonId(take(from)?)),
            b'H' if !has_house => Partition::House,
            _ => return Err(DumpError::Changed.into()),
        };
        load_partition(store, partition, from, &mut loaded)?;
        has_house = partition == Partition::House;
        loaded.persons += u64::from(!has_house);
    }
}

/// Formats of a dump that can be loaded.
enum Format {
    /// Without the time of the dump.
    One,
    Two,
}

/// Reads the first bytes of the stream. An incomplete magic number means a dump that was cut short.
fn first(from: &mut dyn Read) -> Result<Format> {
    let mut first = Vec::new();
    from.take(MAGIC.len() as u64).read_to_end(&mut first)?;
    match first.as_slice() {
        whole if whole == MAGIC => Ok(Format::Two),
        whole if whole == FORMAT_1 => Ok(Format::One),
        part if !part.is_empty() && (MAGIC.starts_with(part) || FORMAT_1.starts_with(part)) => {
            Err(DumpError::CutShort.into())
        }
        _ => Err(DumpError::NotADump.into()),
    }
}

fn load_partition(
    store: &dyn Store,
    partition: Partition,
    from: &mut dyn Read,
    loaded: &mut Dumped,
) -> Result<()> {
    let mut from = Hashing { from, hash: begun(loaded.at) };
    from.hash.update(start_of(partition));
    let mut commit = Commit::new(partition);
    let (mut chunks, mut held) = (Vec::new(), 0);
    let (mut of_records, mut of_chunks) = (0_u64, 0_u64);
    loop {
        let before = from.hash.clone();
        match from.take::<1>()?[0] {
            b'R' => {
                let key = from.bytes(MAX_KEY)?;
                let value = from.bytes(u32::try_from(MAX_VALUE).unwrap_or(u32::MAX))?;
                commit.put(key, value);
                of_records += 1;
                if commit.puts.len() >= PAGE {
                    store.commit(&std::mem::replace(&mut commit, Commit::new(partition)))?;
                }
            }
            b'C' => {
                let id = ChunkId(from.take()?);
                let body = from.bytes(MAX_CHUNK)?;
                held += body.len();
                chunks.push((id, body));
                of_chunks += 1;
                if held >= WRITTEN {
                    store.put_chunks(partition, &std::mem::take(&mut chunks))?;
                    held = 0;
                }
            }
            b'E' => {
                let from = from.from;
                let counts = (u64::from_be_bytes(take(from)?), u64::from_be_bytes(take(from)?));
                let hash: [u8; 32] = take(from)?;
                if counts != (of_records, of_chunks) || hash != before.finalize().as_slice() {
                    return Err(DumpError::Changed.into());
                }
                store.put_chunks(partition, &chunks)?;
                store.commit(&commit)?;
                loaded.records += of_records;
                loaded.chunks += of_chunks;
                return Ok(());
            }
            _ => return Err(DumpError::Changed.into()),
        }
    }
}

/// A reader that hashes all bytes read.
struct Hashing<'a> {
    from: &'a mut dyn Read,
    hash: Sha256,
}

impl Hashing<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let taken = take(self.from)?;
        self.hash.update(taken);
        Ok(taken)
    }

    /// Reads a length, and then as many bytes. Memory is allocated as bytes arrive, so a length alone
    /// allocates none.
    fn bytes(&mut self, most: u32) -> Result<Vec<u8>> {
        let length = u32::from_be_bytes(self.take()?);
        if length > most {
            return Err(DumpError::Changed.into());
        }
        let mut bytes = Vec::new();
        (&mut *self.from).take(length.into()).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != u64::from(length) {
            return Err(DumpError::CutShort.into());
        }
        self.hash.update(&bytes);
        Ok(bytes)
    }
}

fn take<const N: usize>(from: &mut dyn Read) -> Result<[u8; N]> {
    let mut taken = [0; N];
    match from.read_exact(&mut taken) {
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Err(DumpError::CutShort.into()),
        read => Ok(read.map(|()| taken)?),
    }
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;

    const AT: i64 = 1_790_000_000;

    fn filled() -> MemoryStore {
        let store = MemoryStore::new();
        for n in 0..3_u8 {
            let partition = Partition::Person(PersonId([n; 16]));
            let mut commit = Commit::new(partition);
            for record in 0..=PAGE {
                commit.put(record.to_be_bytes(), vec![n; record % 7]);
            }
            store.commit(&commit).unwrap();
            store
                .put_chunks(partition, &[(ChunkId([n; 16]), vec![n; 9]), (ChunkId([9; 16]), vec![])])
                .unwrap();
        }
        store.put_chunks(Partition::Person(PersonId([7; 16])), &[(ChunkId([1; 16]), vec![1])]).unwrap();
        let mut commit = Commit::new(Partition::House);
        commit.put("meta/format", "1");
        store.commit(&commit).unwrap();
        store
    }

    fn dumped(store: &MemoryStore) -> Vec<u8> {
        let mut all = Vec::new();
        let what = dump(store, AT, &mut all).unwrap();
        let records = 3 * (PAGE as u64 + 1) + 1;
        assert_eq!(what, Dumped { persons: 4, records, chunks: 7, at: Some(AT) });
        all
    }

    #[test]
    fn what_is_dumped_is_loaded() {
        let whole = dumped(&filled());
        let store = MemoryStore::new();
        assert_eq!(load(&store, &mut whole.as_slice()).unwrap().at, Some(AT));
        assert_eq!(dumped(&store), whole);
        assert!(load(&store, &mut whole.as_slice()).unwrap_err().to_string().contains("not empty"));
    }

    /// An empty dump in the first format.
    #[test]
    fn the_first_format_is_read() {
        let mut first = FORMAT_1.to_vec();
        first.extend(b"HE");
        first.extend([0_u8; 16]);
        first.extend(Sha256::digest(b"H"));
        first.extend(b"Z");
        first.extend(1_u64.to_be_bytes());
        assert_eq!(load(&MemoryStore::new(), &mut first.as_slice()).unwrap(), Dumped::default());
    }

    #[test]
    fn what_was_changed_or_cut_short_is_refused() {
        let whole = dumped(&filled());
        for at in (0..24).chain((0..whole.len()).step_by(97)).chain(whole.len() - 60..whole.len()) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(matches!(of(&changed), StoreError::Dump(_)), "byte {at} was changed");
            let expected = if at == 0 { DumpError::NotADump } else { DumpError::CutShort };
            assert!(matches!(of(&whole[..at]), StoreError::Dump(error) if error == expected), "cut at {at}");
        }
    }

    /// A file that is not a dump is reported as such, not as a damaged store.
    #[test]
    fn what_is_no_dump_is_said_to_be_none() {
        for other in [&b"OFXHEADER:100\n"[..], b"MESINFOS", b"MESINFOS DUMP 2\n", b"{}", b""] {
            let expected = if MAGIC.starts_with(other) && !other.is_empty() {
                DumpError::CutShort
            } else {
                DumpError::NotADump
            };
            assert!(matches!(of(other), StoreError::Dump(error) if error == expected), "{other:?}");
        }
    }

    /// The error of loading these bytes.
    fn of(bytes: &[u8]) -> StoreError {
        load(&MemoryStore::new(), &mut &bytes[..]).unwrap_err()
    }
}
