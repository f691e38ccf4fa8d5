//! Migration from the first layout of the index (all records in one tree) to one tree for the house
//! partition and one for persons.
//!
//! It runs once, when the store is opened; after a crash it runs again. The old tree keeps one record,
//! which makes programs that expect the first layout refuse the store as too new.

use crate::sled_error::sled_error;
use crate::{Result, StoreError};
use std::io;

/// Key prefixes of the first layout that belong to no person. Under any other prefix the person's id comes
/// first.
const HOUSE: [&[u8]; 8] =
    [b"app/", b"bucket/", b"erased/", b"erasing/", b"key/", b"member/", b"meta/", b"person/"];

/// The record that programs for the first layout read first.
const FORMAT: &[u8] = b"meta/format";
/// Format 2, followed by an empty key and an empty wrapped secret. Old programs stop at the number.
const NEWER: [u8; 12] = [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0];

/// Number of records moved in one step.
const PAGE: usize = 1_000;

/// Moves the records of the old tree. `flush` writes all of sled's memory to disk.
pub(crate) fn to_partitions(
    old: &sled::Tree,
    house: &sled::Tree,
    persons: &sled::Tree,
    flush: &dyn Fn() -> io::Result<()>,
) -> Result<()> {
    let is_moved = old.get(FORMAT).map_err(sled_error)?.as_deref() == Some(&NEWER);
    if !is_moved {
        copy(old, house, persons)?;
        flush()?;
        old.insert(FORMAT, &NEWER).map_err(sled_error)?;
        flush()?;
    }
    if old.len() > 1 {
        for key in old.iter().keys() {
            let key = key.map_err(sled_error)?;
            if key != FORMAT {
                old.remove(key).map_err(sled_error)?;
            }
        }
        flush()?;
    }
    Ok(())
}

fn copy(old: &sled::Tree, house: &sled::Tree, persons: &sled::Tree) -> Result<()> {
    let (mut of_house, mut of_persons, mut held) = (sled::Batch::default(), sled::Batch::default(), 0);
    for record in old {
        let (key, value) = record.map_err(sled_error)?;
        if HOUSE.iter().any(|room| key.starts_with(room)) {
            of_house.insert(&key, value);
        } else {
            let person = key.iter().position(|byte| *byte == b'/').and_then(|at| key.get(at + 1..at + 17));
            let person = person
                .ok_or_else(|| StoreError::Damaged("a record with an unknown key prefix".to_owned()))?;
            of_persons.insert([person, &key].concat(), value);
        }
        held += 1;
        if held == PAGE {
            house.apply_batch(std::mem::take(&mut of_house)).map_err(sled_error)?;
            persons.apply_batch(std::mem::take(&mut of_persons)).map_err(sled_error)?;
            held = 0;
        }
    }
    house.apply_batch(of_house).map_err(sled_error)?;
    persons.apply_batch(of_persons).map_err(sled_error)
}
