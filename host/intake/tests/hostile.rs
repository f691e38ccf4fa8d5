//! For any bytes, reading ends with rows or with an error.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{Extent, Read, Totals, formats, read_file};
use mesinfos_model::Batch;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

/// Small good files, one or more of each format; their names begin with the format's id.
static SEEDS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        })
        .collect();
    seeds.sort();
    seeds
});

fn read(bytes: &[u8], sink: &mut dyn FnMut(&Batch)) -> Option<Vec<Read>> {
    let mut sink = |batch: Batch| {
        sink(&batch);
        Ok(())
    };
    read_file("hostile", &mut &*bytes, &mut sink).ok()
}

/// Inputs that parsers stumble over.
const TRAPS: [&str; 16] = [
    "-9223372036854775808",
    "99999999999999999999999999",
    "1e400",
    "-0",
    "0.000000000000000000001",
    "NaN",
    "\u{feff}",
    "\0",
    "2016-02-30",
    "9999-12-31T23:59:60Z",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "]]>",
    "\"",
    "{",
    ";;;;",
    "\u{202e}",
];

fn survives(bytes: &[u8]) {
    let mut totals = Totals::default();
    let reads = read(bytes, &mut |batch| {
        totals.add(batch);
        for row in 0..batch.rows() {
            assert!(batch.time(row).is_some() || batch.schema().undated);
            batch.day(row);
        }
    });
    for read in reads.iter().flatten() {
        // Values that were left out of rows are told, and are no rejected rows.
        let rows = read.rejected.iter().filter(|rejected| rejected.extent != Extent::Values).count();
        assert!(rows as u64 <= read.rejected_count.max(1));
    }
}

#[test]
fn the_samples_are_good_files_and_every_format_has_one() {
    for (name, bytes) in SEEDS.iter() {
        let mut rows = 0;
        let reads = read(bytes, &mut |batch| rows += batch.rows()).unwrap_or_else(|| panic!("{name}"));
        let rejected: Vec<_> = reads.iter().flat_map(|read| &read.rejected).collect();
        assert!(rejected.is_empty(), "{name}: {rejected:?}");
        let format = reads[0].about.id;
        // A document is one row.
        let least = if ["pdf-document", "photograph", "office-document"].contains(&format) { 1 } else { 2 };
        assert!(rows >= least, "{name}: {rows} rows");
        let id = name.split_once("--").or_else(|| name.rsplit_once('.')).map_or(&name[..], |(id, _)| id);
        assert!(id == format || id == "zip-archive", "{name} is read as {format}");
    }
    for format in formats() {
        let id = format.about().id;
        let has = SEEDS
            .iter()
            .any(|(name, _)| name.starts_with(&format!("{id}.")) || name.starts_with(&format!("{id}--")));
        assert!(has, "tests/samples has no {id}");
    }
}

/// No file is claimed by two formats: the first that recognises it is the only one.
#[test]
fn formats_do_not_claim_each_others_files() {
    for (name, bytes) in SEEDS.iter() {
        let by: Vec<&str> = mesinfos_intake::recognised_by(bytes).iter().map(|about| about.id).collect();
        assert!(by.len() <= 1, "{name} is claimed by {by:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    /// A good file with pieces cut out, doubled, overwritten or replaced by traps.
    #[test]
    fn a_good_file_gone_wrong(
        seed in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, 0..5_u8, any::<u8>()), 1..6),
    ) {
        let mut bytes = SEEDS[seed.index(SEEDS.len())].1.clone();
        for (at, length, what, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match what {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.truncate(at),
                2 => bytes[at] = byte,
                3 => {
                    let twice = bytes[at..end].to_vec();
                    bytes.splice(at..at, twice);
                }
                _ => drop(bytes.splice(at..end.min(at + 3), TRAPS[usize::from(byte) % TRAPS.len()].bytes())),
            }
        }
        survives(&bytes);
    }
}
