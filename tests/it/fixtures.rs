//! Real files of data holders, if present beside the project: rows, first rows, and independently computed
//! sums. Without the files, the test reports that and passes.

use crate::support::Data;
use std::path::Path;

/// File, accepted, rejected, first row, unit, direction, sum.
type Expected = (&'static str, u64, u64, &'static str, &'static str, &'static str, i64);

const FILES: &[Expected] = &[
    (
        "green-button/Coastal_Multi_Family_Daily_Jan_1_2011_to_Jan_1_2012_RetailCustomer_4.xml",
        8_760,
        0,
        "2011-01-01T08:00:00Z",
        "Wh",
        "consumed",
        4_425_305,
    ),
    ("green-button/sample_greenbutton_data.xml", 362, 0, "2011-01-01T08:00:00Z", "Wh", "consumed", 291_018),
    ("green-button/test_usage_data.xml", 1_340, 0, "2012-03-01T05:00:00Z", "Wh", "consumed", 1_391_666),
    ("green-button/test_usage_data_1.xml", 480, 0, "2012-03-01T05:00:00Z", "Wh", "consumed", 511_688),
    ("green-button/test_usage_data_11.xml", 92, 0, "2012-03-11T05:00:00Z", "Wh", "consumed", 109_403),
    // The first point after a gap covers the step of those that follow it: half an hour.
    ("enedis/Enedis_SGE_HDM_A06NW0ZI.csv", 17_852, 0, "2021-01-07T12:00:00Z", "Wh", "consumed", 9_674_573),
    ("mesinfos-pilot/operations_bancaires.json", 10, 0, "2016-01-02", "EUR", "in", 128_781),
    ("mesinfos-pilot/donnees_d_appel_telephonique.json", 8, 0, "2016-10-01T08:59:08Z", "s", "out", 0),
    ("midata/test-midata.csv", 8, 0, "2024-07-23", "GBP", "in", 970),
];

#[test]
fn real_files_come_in_with_their_totals() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures");
    if !folder.is_dir() {
        eprintln!("skipped: there are no real files beside the project");
        return;
    }
    for (file, accepted, rejected, first, unit, direction, sum) in FILES {
        let data = Data::new();
        let said = data.ok(&["import", "--person", "p", folder.join(file).to_str().unwrap()]);
        let report = &said["imports"][0];
        // Files of some meters also contain bills.
        let of_rows = report["categories"].as_array().unwrap().iter().find(|c| c["accepted"] == *accepted);
        let category = of_rows.unwrap_or_else(|| panic!("{file}: {}", report["categories"]));
        assert_eq!(report["files"][0]["rejected"], *rejected, "{file}");
        assert_eq!(category["first"], *first, "{file}");
        if *sum == 0 {
            continue;
        }
        let total = category["totals"].as_array().unwrap().iter();
        let total = total.filter(|t| t["unit"] == *unit && t["of"] == *direction);
        assert_eq!(total.map(|t| t["value"].as_i64().unwrap()).sum::<i64>(), *sum, "{file}");
    }
}
