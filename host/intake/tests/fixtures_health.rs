//! The health formats, checked against their holders' real files. The numbers were counted from the files
//! by means other than these readers.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Read, Totals, read_file};
use mesinfos_model::category::health::{self, kind};
use mesinfos_model::{Batch, Category, Day};
use std::path::PathBuf;

/// A fixture, or `None` if the folder is missing.
fn fixture(path: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("MESINFOS_FIXTURES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let read = std::fs::read(folder.join(path)).ok();
    if read.is_none() {
        println!("skipped: there is no {path}");
    }
    read
}

fn read(path: &str, bytes: &[u8]) -> Result<(Read, Vec<Batch>), IntakeError> {
    let mut batches = Vec::new();
    let mut reads = read_file(path, &mut &*bytes, &mut |batch| {
        batches.push(batch);
        Ok(())
    })?;
    Ok((reads.remove(0), batches))
}

/// Expected outcome of a file.
struct Expected {
    path: &'static str,
    format: &'static str,
    /// Rows by their kind of row: claims, lines, items.
    rows: [u64; 3],
    rejected: u64,
    /// First and last day.
    period: Option<(&'static str, &'static str)>,
    /// Rows without a date.
    undated: u64,
    /// Sums in cents: field, kind of row, value.
    totals: &'static [(&'static str, &'static str, i64)],
}

fn check(expected: &Expected) {
    let Some(bytes) = fixture(expected.path) else { return };
    let (read, batches) = read(expected.path, &bytes).unwrap();
    let path = expected.path;
    assert_eq!(read.about.id, expected.format, "{path}");
    assert_eq!(read.rejected_count, expected.rejected, "{path}: {:?}", read.rejected);
    let mut rows = [0; 3];
    let mut undated = 0;
    let mut days: Vec<Day> = Vec::new();
    let mut totals = Totals::default();
    for batch in &batches {
        assert_eq!(batch.category(), Category::Health, "{path}");
        totals.add(batch);
        for row in 0..batch.rows() {
            rows[usize::try_from(batch.integer(health::ROW, row).unwrap()).unwrap()] += 1;
            match batch.day(row) {
                Some(day) => days.push(day),
                None => undated += 1,
            }
        }
    }
    assert_eq!((rows, undated), (expected.rows, expected.undated), "{path}");
    let period = days.iter().min().zip(days.iter().max());
    let period = period.map(|(first, last)| (first.to_string(), last.to_string()));
    assert_eq!(
        period.as_ref().map(|(first, last)| (first.as_str(), last.as_str())),
        expected.period,
        "{path}"
    );
    let of_health = totals.of(Category::Health);
    let mut found: Vec<(&str, &str, i64)> = of_health.iter().map(|t| (t.field, t.of, t.value)).collect();
    let mut wanted = expected.totals.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{path}");
    assert!(of_health.iter().all(|total| total.unit == "USD"), "{path}");
}

/// Number of rows of one kind.
fn of_kind(path: &str, kind: i64) -> Option<u64> {
    let bytes = fixture(path)?;
    let (_, batches) = read(path, &bytes).unwrap();
    let count = |batch: &Batch| {
        (0..batch.rows()).filter(|&row| batch.integer(health::KIND, row) == Some(kind)).count() as u64
    };
    Some(batches.iter().map(count).sum())
}

fn check_kinds(path: &str, kinds: &[(i64, u64)]) {
    for (kind, count) in kinds {
        if let Some(found) = of_kind(path, *kind) {
            assert_eq!(found, *count, "{path}: {kind}");
        }
    }
}

#[test]
fn blue_button_text_of_medicare() {
    check(&Expected {
        path: "blue-button-text/cms_sample.txt",
        format: "blue-button-cms",
        rows: [5, 8, 20],
        rejected: 0,
        period: Some(("1926-01-08", "2012-12-01")),
        undated: 1,
        totals: &[
            ("charged", "claim", 56_480),
            // The line with the sum, $504.80, is not one of them.
            ("charged", "claim-line", 56_480),
            ("paid", "claim", 15_351),
            ("patient", "claim", 4_564),
        ],
    });
    check(&Expected {
        path: "blue-button-text/cms_old_sample.txt",
        format: "blue-button-cms",
        rows: [2, 6, 20],
        rejected: 0,
        period: Some(("1942-01-27", "2013-10-09")),
        undated: 2,
        totals: &[
            ("charged", "claim", 36_582),
            ("charged", "claim-line", 36_582),
            ("paid", "claim", 9_609),
            ("patient", "claim", 26_973),
        ],
    });
}

#[test]
fn blue_button_text_of_veterans_affairs() {
    let version = |path, rows, rejected, period| Expected {
        path,
        format: "blue-button-va",
        rows: [0, 0, rows],
        rejected,
        period: Some(period),
        undated: 0,
        totals: &[],
    };
    let first = "blue-button-text/VA_My_HealtheVet_Blue_Button_Sample_Version_12.txt";
    check(&version(first, 91, 0, ("1950-03-01", "2012-10-13")));
    check_kinds(
        first,
        &[
            (kind::MEDICATION, 15),
            (kind::ALLERGY, 7),
            (kind::LAB_RESULT, 40),
            (kind::VITAL, 10),
            (kind::COVERAGE, 2),
        ],
    );
    // One immunization is dated 31 Jun 2011.
    let second = "blue-button-text/VA_My_HealtheVet_Blue_Button_Sample_Version_12_2_1.txt";
    check(&version(second, 93, 1, ("1980-08-01", "2013-10-13")));
    check_kinds(second, &[(kind::MEDICATION, 21), (kind::IMMUNIZATION, 6), (kind::APPOINTMENT, 5)]);
    let third = "blue-button-text/VA_My_HealtheVet_Blue_Button_Sample_Version_12_6.txt";
    check(&version(third, 118, 0, ("2009-01-01", "2013-12-09")));
    check_kinds(
        third,
        &[
            (kind::PROBLEM, 5),
            (kind::ENCOUNTER, 1),
            (kind::IMAGING, 5),
            (kind::PROCEDURE, 1),
            (kind::VITAL, 35),
            (kind::LAB_RESULT, 35),
            (kind::OTHER, 12),
        ],
    );
}

#[test]
fn summaries_of_care() {
    let document = |path, rows, dated, period| Expected {
        path,
        format: "ccda",
        rows: [0, 0, rows],
        rejected: 0,
        period: Some(period),
        undated: rows - dated,
        totals: &[],
    };
    check(&document("ccda/CCD_1.xml", 23, 20, ("1998-12-15", "2012-05-12")));
    check(&document("ccda/HITSP_C32_with_HL7_IDs.xml", 35, 30, ("1950-01-01", "2007-11-21")));
    check(&document("ccda/VA_CCD_Sample_File_Version_12_5_1.xml", 40, 35, ("2011-10-11", "2012-12-10")));
    check(&document("ccda/hl7_expected_ccda.xml", 22, 22, ("1998-03-01", "2011-03-01")));
    check(&document("ccda/nist_expected_ccda.xml", 19, 18, ("2006-05-01", "2012-08-10")));
    check_kinds(
        "ccda/CCD_1.xml",
        &[
            (kind::ALLERGY, 3),
            (kind::IMMUNIZATION, 2),
            (kind::DEVICE, 3),
            (kind::LAB_RESULT, 3),
            (kind::VITAL, 6),
        ],
    );
    check_kinds(
        "ccda/VA_CCD_Sample_File_Version_12_5_1.xml",
        &[
            (kind::ALLERGY, 10),
            (kind::PROBLEM, 10),
            (kind::ENCOUNTER, 6),
            (kind::PROCEDURE, 4),
            (kind::LAB_RESULT, 2),
        ],
    );
}

#[test]
fn documents_of_mon_espace_sante() {
    let document = |path, rows, period| Expected {
        path,
        format: "cda-fr",
        rows: [0, 0, rows],
        rejected: 0,
        period: Some(period),
        undated: 0,
        totals: &[],
    };
    check(&document("cda-fr/CNAM-HR_2021.01.xml", 25, ("2019-01-21", "2019-07-11")));
    check(&document("cda-fr/VAC_2021.01.xml", 4, ("1975-01-01", "2021-04-09")));
    check(&document("cda-fr/VSM_1.4.xml", 8, ("2018-01-14", "2019-08-11")));
    check_kinds(
        "cda-fr/CNAM-HR_2021.01.xml",
        &[
            (kind::MEDICATION, 3),
            (kind::IMMUNIZATION, 3),
            (kind::DEVICE, 2),
            (kind::ENCOUNTER, 2),
            (kind::PROCEDURE, 8),
            (kind::IMAGING, 3),
            (kind::LAB_RESULT, 4),
        ],
    );
}

#[test]
fn fhir_of_medicare() {
    check(&Expected {
        path: "fhir-bluebutton2/sample-eob-entry.json",
        format: "fhir-claims",
        rows: [1, 8, 0],
        rejected: 0,
        period: Some(("2015-04-01", "2015-04-01")),
        undated: 0,
        totals: &[
            ("charged", "claim", 30_000),
            ("charged", "claim-line", 28_000),
            ("paid", "claim", 0),
            ("paid", "claim-line", 0),
            ("patient", "claim", 15_000),
            ("patient", "claim-line", 13_000),
        ],
    });
    check(&Expected {
        path: "fhir-bluebutton2/sample-coverage-entry.json",
        format: "fhir-claims",
        rows: [0, 0, 3],
        rejected: 0,
        period: None,
        undated: 3,
        totals: &[],
    });
}

#[test]
fn fhir_of_insurers() {
    check(&Expected {
        path: "fhir-carin/c4bb_eob_inpatient_example.json",
        format: "fhir-claims",
        rows: [1, 13, 0],
        rejected: 0,
        period: Some(("2017-05-23", "2017-05-23")),
        undated: 0,
        totals: &[("charged", "claim", 714_720), ("paid", "claim", 139_357), ("patient", "claim", 12_000)],
    });
    check(&Expected {
        path: "fhir-carin/c4bb_eob_include_bundle.json",
        format: "fhir-claims",
        rows: [5, 6, 1],
        rejected: 0,
        period: Some(("2019-01-01", "2021-03-18")),
        undated: 0,
        totals: &[
            ("charged", "claim", 836_000),
            ("charged", "claim-line", 241_000),
            ("paid", "claim", 221_000),
            ("paid", "claim-line", 2_000),
            ("patient", "claim", 0),
            ("patient", "claim-line", 8_000),
        ],
    });
    check(&Expected {
        path: "fhir-carin/c4bb_coverage_example.json",
        format: "fhir-claims",
        rows: [0, 0, 1],
        rejected: 0,
        period: Some(("2017-01-01", "2017-01-01")),
        undated: 0,
        totals: &[],
    });
}

#[test]
fn people_and_organisations_are_no_claims() {
    for (path, kind) in [
        ("fhir-bluebutton2/sample-patient-entry.json", "Patient"),
        ("fhir-carin/c4bb_patient_example.json", "Patient"),
        ("fhir-carin/c4bb_organization_example.json", "Organization"),
    ] {
        let Some(bytes) = fixture(path) else { continue };
        let (read, batches) = read(path, &bytes).unwrap();
        assert_eq!((read.about.id, read.rows, batches.len()), ("fhir-claims", 0, 0), "{path}");
        let reason = read.rejected[0].reason.to_string();
        assert_eq!(
            *reason,
            format!("\"{kind}\" holds no claim: ExplanationOfBenefit or Coverage is expected")
        );
    }
}

#[test]
fn apple_health() {
    check(&Expected {
        path: "apple-health/export.xml",
        format: "apple-health",
        rows: [0, 0, 3],
        rejected: 0,
        period: Some(("2016-04-18", "2018-09-10")),
        undated: 0,
        totals: &[],
    });
}
