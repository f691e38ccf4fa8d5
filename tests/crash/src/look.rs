//! The process that opens a store again and reports its contents.

use crate::script::{
    COUNTERS, Found, PLACES, State, WRITERS, body, chunk, large_value, operation_of, partition, partition_of,
    partitions, value,
};
use crate::work::{open, say, written_by};
use mesinfos_store::{Store, StoreError};
use std::collections::BTreeMap;
use std::path::Path;

/// Reports the contents of the store in a folder. Then closes the store, or exits without closing it.
pub(crate) fn run(folder: &Path, closes: bool) {
    let store = match open(folder) {
        Ok(store) => store,
        Err(error) => return say(Found::Failed(format!("it does not open: {error}"))),
    };
    say(Found::Open(store.repaired()));
    match look(&store) {
        Ok(()) => say(Found::End),
        Err(error) => say(Found::Failed(error.to_string())),
    }
    if closes {
        drop(store);
    } else {
        std::process::exit(0);
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    bytes.last_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

fn look(store: &dyn Store) -> Result<(), StoreError> {
    let mut pairs: BTreeMap<u64, [State; 3]> = BTreeMap::new();
    for partition in partitions() {
        for (key, found) in store.scan(partition, b"", None, usize::MAX)? {
            match (key.first(), number(&key)) {
                (Some(b'l' | b'r'), Some(pair)) if partition == partition_of(pair) => {
                    let side = usize::from(key.starts_with(b"right"));
                    let absent = [State::Absent; 3];
                    pairs.entry(pair).or_insert(absent)[side] = State::of(Some(&found), &value(pair));
                }
                // Reported below.
                (Some(b'a' | b'c' | b'o' | b'L'), _) => {}
                _ => say(Found::Foreign(format!("{key:?} of {partition}, {} bytes", found.len()))),
            }
        }
    }
    for (pair, mut states) in pairs {
        let partition = partition_of(pair);
        let found = match store.get_chunk(partition, chunk(pair)) {
            Ok(found) => Some(found),
            Err(StoreError::MissingChunk { .. }) => None,
            Err(error) => return Err(error),
        };
        states[2] = State::of(found.as_deref(), &body(pair));
        say(Found::Pair(pair, states));
    }
    for writer in 0..WRITERS {
        for place in 0..PLACES {
            let records = store.scan(partition(place.into()), &[b'o', writer, place], None, 2)?;
            let written = |side: u8| {
                let found = records.iter().find(|(key, _)| key.last() == Some(&side));
                written_by(found.map(|(_, value)| value))
            };
            if !records.is_empty() {
                say(Found::Over(writer, place, [written(0), written(1)]));
            }
        }
        let mut large: BTreeMap<u64, u16> = BTreeMap::new();
        for (key, found) in store.scan(partition(writer.into()), &[b'L', writer], None, usize::MAX)? {
            match operation_of(&found, large_value) {
                Some(operation) => *large.entry(operation).or_default() += 1,
                None => say(Found::Foreign(format!("{key:?} of a large commit, {} bytes", found.len()))),
            }
        }
        for (operation, count) in large {
            say(Found::Large(writer, operation, count));
        }
    }
    for counter in 0..COUNTERS {
        let partition = partition(counter.into());
        if let Some(found) = store.get(partition, b"counter")? {
            let count = found.first_chunk().map_or(0, |n| u64::from_be_bytes(*n));
            say(Found::Counter(counter, count, number(&found).unwrap_or(0)));
        }
        for (key, found) in store.scan(partition, b"at/", None, usize::MAX)? {
            let (at, operation) = (number(&key).unwrap_or(0), number(&found).unwrap_or(0));
            say(Found::Counted(counter, at, operation));
        }
    }
    Ok(())
}
