//! Real files of energy and water meters, checked against numbers computed by other means.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{Read, Totals, read_file};
use mesinfos_model::Category;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Rows, and first and last time, of a category.
type Seen = (usize, i64, i64);

struct Came {
    read: Read,
    of: BTreeMap<Category, Seen>,
    /// "field of value unit".
    totals: Vec<String>,
}

/// Outcome of a file; `None` if the files are missing.
fn read(name: &str) -> Option<Came> {
    let folder = std::env::var_os("MESINFOS_FIXTURES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("skipped: {name} is not there");
        return None;
    }
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let mut of: BTreeMap<Category, Seen> = BTreeMap::new();
    let mut totals = Totals::default();
    let mut sink = |batch: mesinfos_model::Batch| {
        totals.add(&batch);
        let (rows, first, last) = of.entry(batch.category()).or_insert((0, i64::MAX, i64::MIN));
        *rows += batch.rows();
        for time in (0..batch.rows()).filter_map(|row| batch.time(row)) {
            (*first, *last) = ((*first).min(time), (*last).max(time));
        }
        Ok(())
    };
    let read = read_file(name, &mut &bytes[..], &mut sink).unwrap().remove(0);
    let categories: Vec<Category> = of.keys().copied().collect();
    let totals = categories
        .iter()
        .flat_map(|category| totals.of(*category))
        .map(|total| format!("{} {} {} {}", total.field, total.of, total.value, total.unit))
        .collect();
    Some(Came { read, of, totals })
}

/// Checks a file of one category against its expected content.
fn holds(name: &str, format: &str, category: Category, seen: Seen, rejected: u64, totals: &[&str]) {
    let Some(came) = read(name) else { return };
    assert_eq!(came.read.about.id, format, "{name}");
    assert_eq!(came.of.get(&category), Some(&seen), "{name}");
    assert_eq!(came.read.rejected_count, rejected, "{name}: {:?}", came.read.rejected.first());
    for total in totals {
        assert!(
            came.totals.iter().any(|found| found == total),
            "{name}: {total} is not in {:?}",
            came.totals
        );
    }
}

#[test]
fn green_button_readings() {
    let holds = |name: &str, seen, total: &str| {
        holds(&format!("green-button/{name}.xml"), "green-button-xml", Category::Energy, seen, 0, &[total]);
    };
    holds(
        "Coastal_Multi_Family_Daily_Jan_1_2011_to_Jan_1_2012_RetailCustomer_4",
        (8_760, 1_293_868_800, 1_325_401_200),
        "energy consumed 4425305 Wh",
    );
    holds("sample_greenbutton_data", (362, 1_293_868_800, 1_295_168_400), "energy consumed 291018 Wh");
    holds("test_usage_data", (1_340, 1_330_578_000, 1_331_783_100), "energy consumed 1391666 Wh");
    holds("test_usage_data_1", (480, 1_330_578_000, 1_331_009_100), "energy consumed 511688 Wh");
    holds("test_usage_data_11", (92, 1_331_442_000, 1_331_523_900), "energy consumed 109403 Wh");
    holds("BulkSCEUsageSummaryAndIntervalBlock", (3, 1_433_660_400, 1_433_662_200), "energy consumed 620 Wh");
}

#[test]
fn green_button_bills() {
    let id = "green-button-xml";
    // The day of the summary, in New York: 2012-03-15.
    let day = 15_414;
    let totals = ["amount bill 15252 USD"];
    holds("green-button/test_usage_data.xml", id, Category::Bills, (1, day, day), 0, &totals);
    // A file without LocalTimeParameters is in UTC: 2014-03-21.
    let day = 16_150;
    holds(
        "green-button/ESPIUsageSummary.xml",
        id,
        Category::Bills,
        (1, day, day),
        0,
        &["amount bill 6752 USD"],
    );
    let Some(came) = read("green-button/BulkSCEUsageSummaryAndIntervalBlock.xml") else { return };
    assert_eq!(came.of[&Category::Bills].0, 37);
    for total in ["amount bill 34836 USD", "amount line 104115 USD"] {
        assert!(came.totals.iter().any(|found| found == total), "{total} is not in {:?}", came.totals);
    }
}

/// Summer time of `LocalTimeParameters`, checked against the time zone database.
#[test]
fn green_button_local_times() {
    for (name, zone, expected) in [
        (
            "Coastal_Multi_Family_Daily_Jan_1_2011_to_Jan_1_2012_RetailCustomer_4",
            "America/Los_Angeles",
            [(-480, 3_049), (-420, 5_711)],
        ),
        ("test_usage_data", "America/New_York", [(-300, 968), (-240, 372)]),
    ] {
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures/green-button");
        let Ok(bytes) = std::fs::read(format!("{folder}/{name}.xml")) else {
            eprintln!("skipped: {name} is not there");
            return;
        };
        let mut offsets: BTreeMap<i64, i64> = BTreeMap::new();
        let mut sink = |batch: mesinfos_model::Batch| {
            for row in 0..batch.rows() {
                let (Some(at), Category::Energy) = (batch.time(row), batch.category()) else { continue };
                let offset = batch.utc_offset(row);
                let known = zone.to_offset(jiff::Timestamp::from_second(at).unwrap()).seconds();
                assert_eq!(offset, i64::from(known) / 60, "{name} {at}");
                *offsets.entry(offset).or_default() += 1;
            }
            Ok(())
        };
        read_file(name, &mut &bytes[..], &mut sink).unwrap();
        assert_eq!(offsets.into_iter().collect::<Vec<_>>(), expected, "{name}");
    }
}

/// A customer with address and kind but neither name nor account; the schema of such files is not
/// recognised as one.
#[test]
fn green_button_customers() {
    let Some(came) = read("green-button/Customer-Subscription-Feed-Anonymized.xml") else { return };
    assert_eq!(came.read.about.id, "green-button-customer-xml");
    assert_eq!((came.read.rows, came.read.rejected_count), (1, 0));
    assert_eq!(came.of[&Category::Profile].0, 1);
    let schema = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/fixtures/green-button/FluxTailor retailcustomer.xml"
    );
    let Ok(bytes) = std::fs::read(schema) else { return };
    assert!(mesinfos_intake::recognised_by(&bytes).is_empty());
}

#[test]
fn green_button_files_that_hold_no_reading_say_so() {
    for (name, rejected, says) in [
        ("ESPIIntervalBlock", 444, "there is no ReadingType for this block"),
        ("ESPIReadingTypes", 1, "neither readings"),
        ("ESPIUsagePoints", 1, "neither readings"),
        ("ESPILocalTimeParameters", 1, "neither readings"),
        ("Usage-Subscription-Feed-Anonymized", 1, "neither readings"),
        ("entryOnly", 1, "neither readings"),
        ("namespace", 1, "neither readings"),
    ] {
        let Some(came) = read(&format!("green-button/{name}.xml")) else { return };
        assert_eq!((came.read.rows, came.read.rejected_count), (0, rejected), "{name}");
        assert!(
            came.read.rejected[0].reason.to_string().contains(says),
            "{name}: {}",
            came.read.rejected[0].reason
        );
    }
}

#[test]
fn green_button_tables() {
    let id = "green-button-sce-csv";
    let one = (96, 1_588_316_400, 1_588_401_900);
    holds(
        "green-button-csv/one_day_constant_power.csv",
        id,
        Category::Energy,
        one,
        0,
        &["energy consumed 24000 Wh"],
    );
    let two = (192, 1_588_316_400, 1_588_488_300);
    holds(
        "green-button-csv/two_days_constant_power.csv",
        id,
        Category::Energy,
        two,
        0,
        &["energy consumed 48000 Wh"],
    );
    let Some(came) = read("green-button-csv/header_only.csv") else { return };
    assert_eq!((came.read.rows, came.read.rejected_count), (0, 1));
    assert!(came.read.rejected[0].reason.to_string().contains("no readings"));
}

#[test]
fn enedis_files() {
    let energy = Category::Energy;
    let year = (17_852, 1_610_020_800, 1_643_754_600);
    holds(
        "enedis/Enedis_SGE_HDM_A06NW0ZI.csv",
        "enedis-csv",
        energy,
        year,
        0,
        &["energy consumed 9674573 Wh"],
    );
    let day = (48, 1_643_756_400, 1_643_841_000);
    holds("enedis/R50.xml", "enedis-flow-xml", energy, day, 0, &["energy consumed 20681 Wh"]);
    // One peak; a register with a single state yields nothing.
    holds("enedis/R151.xml", "enedis-flow-xml", energy, (1, 1_643_756_400, 1_643_756_400), 1, &[]);
    // The days of one file and the half-hours of the other cover the same week.
    let week = (336, 1_641_337_200, 1_641_940_200);
    holds("enedis/C5-PA_response.xml", "enedis-sge-xml", energy, week, 0, &["energy consumed 176585 Wh"]);
    let week = (7, 1_641_337_200, 1_641_855_600);
    holds(
        "enedis/C5-ENERGIE_response.xml",
        "enedis-sge-xml",
        energy,
        week,
        0,
        &["energy consumed 176585 Wh"],
    );
    let Some(came) = read("enedis/R171.xml") else { return };
    assert_eq!((came.read.rows, came.read.rejected_count), (0, 28));
}

#[test]
fn grdf_files() {
    let energy = Category::Energy;
    let days = (1_095, 1_575_090_000, 1_669_698_000);
    let totals = ["energy consumed 62213000 Wh", "volume consumed 5617000000 ml"];
    holds("grdf/donnees_informatives.json", "grdf-json", energy, days, 0, &totals);
    let months = (24, 1_556_683_200, 1_617_249_600);
    let totals = ["energy consumed 45389000 Wh", "volume consumed 4066600000 ml"];
    holds("grdf/monthly_data_sample.json", "grdf-periods-json", energy, months, 0, &totals);
    let year = (360, 1_606_194_000, 1_637_470_800);
    let totals = ["energy consumed 23181000 Wh", "volume consumed 2100000000 ml"];
    holds("grdf/Donnees_informatives_PCE_DAILY.xlsx", "grdf-xlsx", energy, year, 0, &totals);
}

#[test]
fn water_files() {
    let days = (5, 1_778_432_400, 1_778_778_000);
    let name = "authored/veolia_idf_historique_jours_litres.csv";
    holds(name, "veolia-water-csv", Category::Water, days, 0, &["volume  422000 ml"]);
}
