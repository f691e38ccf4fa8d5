//! Reads every file of every sample person back.

use mesinfos_intake::read_file;
use mesinfos_model::{Batch, Category};
use mesinfos_personas::{SEED, SampleFile, TRAITS, personas, population};
use std::collections::BTreeMap;
use std::time::Instant;

fn rows(name: &str, files: impl Iterator<Item = SampleFile>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for file in files {
        let mut sink = |batch: Batch| {
            *counts.entry(batch.category().id()).or_insert(0) += batch.rows();
            Ok(())
        };
        let reads = read_file(&file.name, &mut &*file.bytes, &mut sink)
            .unwrap_or_else(|error| panic!("{name}/{}: {error}", file.name));
        for read in reads {
            assert_eq!(read.rejected_count, 0, "{name}/{}: {:?}", file.name, read.rejected);
        }
    }
    counts
}

#[test]
fn no_row_is_rejected_and_lives_are_whole() {
    for persona in personas() {
        let counts = rows(persona.id, persona.files(SEED));
        println!("{}: {counts:?}", persona.id);
        match persona.id {
            "rien" => assert!(counts.values().all(|count| *count == 0), "{counts:?}"),
            "une-ligne" => {
                assert_eq!(counts.len(), Category::ALL.len(), "{counts:?}");
                assert!(counts.values().all(|count| *count == 1), "{counts:?}");
            }
            "cycliste" | "famille" | "retraitee" | "dix-ans" => {
                assert_eq!(counts.len(), Category::ALL.len(), "{}: {counts:?}", persona.id);
            }
            _ => {}
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for persona in personas() {
        let files = |seed| persona.files(seed).collect::<Vec<SampleFile>>();
        assert!(files(1) == files(1), "{}", persona.id);
        if !matches!(persona.id, "rien") {
            assert!(files(1) != files(2), "{}", persona.id);
        }
    }
}

#[test]
fn how_long_it_takes() {
    let start = Instant::now();
    let bytes: usize = personas()[..3].iter().flat_map(|p| p.files(SEED)).map(|file| file.bytes.len()).sum();
    println!("three lives: {bytes} bytes in {:?}", start.elapsed());
    let start = Instant::now();
    let bytes: usize = population(200, SEED).flat_map(|p| p.files()).map(|file| file.bytes.len()).sum();
    println!("200 people: {bytes} bytes in {:?}", start.elapsed());
}

#[test]
fn every_group_has_people() {
    let mut known: std::collections::BTreeMap<_, usize> = std::collections::BTreeMap::new();
    for person in population(400, SEED) {
        for group in person.groups() {
            *known.entry(group).or_default() += 1;
        }
    }
    let all: Vec<_> =
        TRAITS.iter().flat_map(|(of, groups)| groups.iter().map(move |group| (*of, *group))).collect();
    assert_eq!(known.len(), all.len());
    for (group, least) in
        all.into_iter().map(|group| (group, if group.1 == "by-the-minute" { 30 } else { 60 }))
    {
        assert!(known[&group] >= least, "{group:?}: {}", known[&group]);
    }
}

#[test]
fn people_depend_on_seed_and_number_only() {
    let all: Vec<_> = population(5, 7).collect();
    let alone = population(5, 7).nth(3).unwrap();
    assert!(alone.files().eq(all[3].files()));
    assert!(!all[2].files().eq(all[3].files()));
    for person in all {
        let counts = rows(&person.id(), person.files());
        assert_eq!(counts.keys().copied().collect::<Vec<_>>(), ["bank", "energy", "telecom"]);
    }
}
