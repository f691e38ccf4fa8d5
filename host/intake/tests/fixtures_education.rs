//! Credentials and student loan files, if they are present.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{Read, Totals, read_file};
use mesinfos_model::category::education::{self, proof};
use mesinfos_model::{Batch, Category};

fn fixture(file: &str) -> Option<(Read, Batch)> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures");
    let folder = std::env::var("MESINFOS_FIXTURES").unwrap_or_else(|_| own.to_owned());
    let Ok(bytes) = std::fs::read(format!("{folder}/{file}")) else {
        println!("skipped: {file} is not on this machine");
        return None;
    };
    let mut batches = Vec::new();
    let mut reads = read_file(file, &mut &*bytes, &mut |batch| {
        batches.push(batch);
        Ok(())
    })
    .unwrap();
    assert_eq!(batches.len(), 1, "{file}");
    Some((reads.remove(0), batches.remove(0)))
}

fn integers(batch: &Batch, field: usize) -> Vec<Option<i64>> {
    (0..batch.rows()).map(|row| batch.integer(field, row)).collect()
}

fn texts(batch: &Batch, field: usize) -> Vec<Option<&str>> {
    (0..batch.rows()).map(|row| batch.text(field, row)).collect()
}

/// Rows by code of `row`; the expected numbers were counted from the files by other means.
fn kinds(batch: &Batch) -> [usize; 7] {
    let mut kinds = [0; 7];
    for kind in integers(batch, education::ROW).into_iter().flatten() {
        kinds[usize::try_from(kind).unwrap()] += 1;
    }
    kinds
}

#[test]
fn student_loans() {
    let Some((read, batch)) = fixture("authored/MyStudentData_legacy.txt") else { return };
    assert_eq!((read.about.id, read.rows, read.rejected_count), ("nslds-student-data-text", 6, 0));
    assert_eq!(kinds(&batch), [0, 0, 0, 1, 2, 2, 1]);
    let mut totals = Totals::default();
    totals.add(&batch);
    let totals = totals.of(Category::Education);
    let sum = |field: &str, of: &str| {
        totals
            .iter()
            .find(|total| total.field == field && total.of == of)
            .map(|total| (total.value, total.unit.clone()))
    };
    let usd = |cents: i64| Some((cents, "USD".to_owned()));
    assert_eq!(sum("amount", "loan"), usd(550_000));
    assert_eq!(sum("amount", "disbursement"), usd(350_000));
    assert_eq!(sum("amount", "grant"), usd(277_500));
    assert_eq!(sum("principal", "loan"), usd(525_000));
    assert_eq!(sum("interest", "loan"), usd(12_100));
    let mut starts: Vec<i64> = integers(&batch, education::START).into_iter().flatten().collect();
    starts.sort_unstable();
    assert_eq!(starts, [14_115, 14_115, 14_246, 15_522, 15_584, 15_593]);
    // The first status is the current one.
    assert!(texts(&batch, education::STATUS).contains(&Some("IN SCHOOL OR GRACE PERIOD")));
    for field in 0..batch.schema().fields.len() {
        assert!(texts(&batch, field).into_iter().flatten().all(|text| !text.contains("DUPOND")));
    }
}

#[test]
fn badges() {
    for (file, day, proof) in [
        ("signed_badge_example-p2", 19_300, proof::PRESENT),
        ("signed_badge_example-p3", 19_639, proof::PRESENT),
        ("unsigned-badge-example-p3", 19_558, proof::NONE),
    ] {
        let Some((read, batch)) = fixture(&format!("open-badges/{file}.json")) else { continue };
        assert_eq!((read.about.id, read.rows, read.rejected_count), ("open-badges-3-json", 1, 0), "{file}");
        assert_eq!(integers(&batch, education::START), [Some(day)], "{file}");
        assert_eq!(integers(&batch, education::PROOF), [Some(proof)], "{file}");
        assert!(batch.text(education::INSTITUTION, 0).unwrap().starts_with("Jobs for the Future (JFF)"));
        assert!(batch.text(education::TITLE, 0).unwrap().starts_with("JFF x vc-edu PlugFest"));
    }
}

#[test]
fn european_credentials() {
    if let Some((read, batch)) = fixture("elm/Sample-CertOfPart-unsigned.jsonld") {
        assert_eq!((read.about.id, read.rows, read.rejected_count), ("elm-credential-json", 1, 0));
        assert_eq!(kinds(&batch), [0, 1, 0, 0, 0, 0, 0]);
        assert_eq!(texts(&batch, education::TITLE), [Some("EDC Updates Webinar")]);
        assert_eq!(
            (integers(&batch, education::START), integers(&batch, education::END)),
            (vec![Some(19_536)], vec![Some(19_536)])
        );
        let institution = "European Digital Credentials for Learning Support Team";
        assert_eq!(texts(&batch, education::INSTITUTION), [Some(institution)]);
    }
    if let Some((read, batch)) = fixture("elm/Sample-MC-Annex1-unsigned.jsonld") {
        assert_eq!((read.about.id, read.rows, read.rejected_count), ("elm-credential-json", 3, 0));
        assert_eq!(kinds(&batch), [1, 1, 1, 0, 0, 0, 0]);
        let titles = [
            "Digital micro-credential creation",
            "Digital artefact assessment",
            "EDC building training course",
        ];
        assert_eq!(texts(&batch, education::TITLE), titles.map(Some));
        assert_eq!(integers(&batch, education::START), [Some(19_358), None, Some(19_482)]);
        assert_eq!(integers(&batch, education::END), [None, None, Some(19_514)]);
        assert_eq!(integers(&batch, education::LEVEL), [Some(6), None, None]);
        assert_eq!(integers(&batch, education::CREDITS), [Some(2_000), None, None]);
        assert_eq!(texts(&batch, education::RESULT), [None, Some("Pass"), None]);
        for field in 0..batch.schema().fields.len() {
            assert!(texts(&batch, field).into_iter().flatten().all(|text| !text.contains("Andromeda")));
        }
    }
    if let Some((read, batch)) = fixture("elm/credential-sample.jsonld") {
        assert_eq!((read.about.id, read.rows, read.rejected_count), ("elm-credential-json", 1, 0));
        assert_eq!(texts(&batch, education::TITLE), [Some("une sorte de réussite scolaire")]);
        assert_eq!(integers(&batch, education::START), [Some(14_883)]);
        assert_eq!(texts(&batch, education::HOLDER), [Some("un nom légal")]);
    }
}
