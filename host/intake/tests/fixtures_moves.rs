//! Public files of the families `telecom` and `mobility`, checked against figures computed without this
//! crate.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Read, Totals, read_file};
use mesinfos_model::{Batch, Category};
use std::path::PathBuf;

/// A file, and its expected content.
struct Expected {
    file: &'static str,
    format: &'static str,
    /// Rows of each category.
    rows: &'static [(Category, usize)],
    rejected: u64,
    /// First and last time, in UTC seconds; `None` if there is no row.
    period: Option<(i64, i64)>,
    /// Sums: category, field, subset, value.
    totals: &'static [(Category, &'static str, &'static str, i64)],
}

use Category::{Mobility, Social, Telecom};

const FILES: &[Expected] = &[
    Expected {
        file: "gpx/around-visnjan-with-car.gpx",
        format: "gpx",
        rows: &[(Mobility, 105)],
        rejected: 0,
        period: Some((1_608_272_150, 1_608_272_664)),
        totals: &[(Mobility, "distance", "unknown", 2_733)],
    },
    Expected {
        file: "gpx/cerknicko-jezero.gpx",
        format: "gpx",
        rows: &[(Mobility, 304)],
        rejected: 6,
        period: Some((1_281_018_239, 1_281_025_429)),
        totals: &[(Mobility, "distance", "unknown", 4_575)],
    },
    Expected {
        file: "gpx/cerknicko-jezero-no-creator.gpx",
        format: "gpx",
        rows: &[(Mobility, 304)],
        rejected: 6,
        period: Some((1_281_018_239, 1_281_025_429)),
        totals: &[(Mobility, "distance", "unknown", 4_575)],
    },
    // One waypoint and one track point have a time; five route points are plans.
    Expected {
        file: "gpx/gpx1.1_with_all_fields.gpx",
        format: "gpx",
        rows: &[(Mobility, 2)],
        rejected: 6,
        period: Some((1_357_041_604, 1_357_092_180)),
        totals: &[],
    },
    Expected {
        file: "gpx/gpx_with_garmin_extension.gpx",
        format: "gpx",
        rows: &[(Mobility, 1)],
        rejected: 0,
        period: Some((1_466_206_863, 1_466_206_863)),
        totals: &[],
    },
    Expected {
        file: "gpx/track-with-empty-segment.gpx",
        format: "gpx",
        rows: &[(Mobility, 10)],
        rejected: 0,
        period: Some((1_373_131_586, 1_373_131_662)),
        totals: &[(Mobility, "distance", "unknown", 86)],
    },
    Expected { file: "gpx/route.gpx", format: "gpx", rows: &[], rejected: 55, period: None, totals: &[] },
    Expected {
        file: "google-location/Location History.json",
        format: "google-records",
        rows: &[(Mobility, 2)],
        rejected: 0,
        period: Some((1_437_263_846, 1_437_263_905)),
        totals: &[],
    },
    Expected {
        file: "authored/semantic_timeline_android_authored.json",
        format: "google-timeline",
        rows: &[(Mobility, 3)],
        rejected: 0,
        period: Some((1_718_434_800, 1_718_438_640)),
        totals: &[(Mobility, "distance", "metro", 2_301)],
    },
    Expected {
        file: "authored/oyster_payg.csv",
        format: "tfl-journeys",
        rows: &[(Mobility, 10)],
        rejected: 0,
        period: Some((1_420_120_980, 1_438_328_220)),
        // Top-ups of 20.00, and refunds of 18.30.
        totals: &[(Mobility, "cost", "leg", 2_294), (Mobility, "cost", "payment", 170)],
    },
    Expected {
        file: "authored/ovchipkaart.csv",
        format: "ov-chipkaart",
        rows: &[(Mobility, 2)],
        rejected: 0,
        period: Some((1_617_026_400, 1_617_026_520)),
        totals: &[(Mobility, "cost", "leg", 790), (Mobility, "cost", "payment", 1_000)],
    },
    Expected {
        file: "authored/sms_backup_restore_calls.xml",
        format: "sms-backup",
        rows: &[(Telecom, 6)],
        rejected: 0,
        period: Some((1_475_312_348, 1_475_360_000)),
        totals: &[
            (Telecom, "duration", "in", 441),
            (Telecom, "duration", "out", 147),
            (Telecom, "duration", "missed", 0),
            (Telecom, "duration", "rejected", 0),
        ],
    },
    // A draft is rejected.
    Expected {
        file: "authored/sms_backup_restore_sms.xml",
        format: "sms-backup",
        rows: &[(Telecom, 3), (Social, 3)],
        rejected: 1,
        period: Some((1_475_312_348, 1_475_330_000)),
        totals: &[(Telecom, "messages", "in", 2), (Telecom, "messages", "out", 1)],
    },
];

/// The folder of fixtures; `None` if it is missing.
fn fixtures() -> Option<PathBuf> {
    let folder = std::env::var_os("MESINFOS_FIXTURES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    if !folder.is_dir() {
        println!("no fixtures at {}: nothing is tested", folder.display());
        return None;
    }
    Some(folder)
}

fn read(bytes: &[u8]) -> (Read, Vec<Batch>) {
    let mut batches = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    let mut reads = read_file("fixture", &mut &*bytes, &mut sink).unwrap();
    (reads.remove(0), batches)
}

#[test]
fn public_files_are_read_as_they_are() {
    let Some(folder) = fixtures() else { return };
    for expected in FILES {
        let file = expected.file;
        let (read, batches) = read(&std::fs::read(folder.join(file)).unwrap());
        assert_eq!(read.about.id, expected.format, "{file}");
        assert_eq!(read.rejected_count, expected.rejected, "{file}: {:?}", read.rejected);
        for &category in Category::ALL {
            let found: usize = batches.iter().filter(|b| b.category() == category).map(Batch::rows).sum();
            let rows = expected.rows.iter().find(|(of, _)| *of == category).map_or(0, |(_, rows)| *rows);
            assert_eq!(found, rows, "{file}: {category}");
        }
        let times = || batches.iter().flat_map(|b| (0..b.rows()).filter_map(|row| b.time(row)));
        assert_eq!(times().min().zip(times().max()), expected.period, "{file}");
        let mut totals = Totals::default();
        batches.iter().for_each(|batch| totals.add(batch));
        let found: Vec<_> = Category::ALL
            .iter()
            .flat_map(|&category| {
                totals.of(category).into_iter().map(move |t| (category, t.field, t.of, t.value))
            })
            .collect();
        let mut left = found.clone();
        for total in expected.totals {
            let place = left.iter().position(|other| other == total);
            left.remove(place.unwrap_or_else(|| panic!("{file}: {total:?} is not in {found:?}")));
        }
        assert!(left.is_empty(), "{file}: {left:?}");
    }
}

#[test]
fn a_description_of_such_files_is_none() {
    let Some(folder) = fixtures() else { return };
    for file in ["Records", "Semantic"] {
        let bytes = std::fs::read(folder.join(format!("google-location/schema/{file}.schema.json"))).unwrap();
        let error = read_file(file, &mut &*bytes, &mut |_| Ok(())).unwrap_err();
        assert!(matches!(error, IntakeError::Unrecognised { .. }), "{error}");
    }
}

#[test]
fn a_plan_of_a_way_is_told_to_be_one() {
    let Some(folder) = fixtures() else { return };
    let (read, batches) = read(&std::fs::read(folder.join("gpx/route.gpx")).unwrap());
    assert!(batches.is_empty());
    assert!(read.rejected.iter().all(|rejected| rejected.reason.to_string().contains("a route is a plan")));
}
