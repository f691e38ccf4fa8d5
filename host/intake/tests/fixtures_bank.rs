//! Real bank statements: their rows and sums were counted by means other than these formats. Without the
//! files the test checks nothing, and says so.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Read, Totals, read_file};
use mesinfos_model::{Batch, Category};
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures");
    let folder = std::env::var_os("MESINFOS_FIXTURES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: there are no real files beside the project");
        return None;
    }
    Some(folder)
}

/// Outcome of a file, and its rows.
type Import = (Result<Vec<Read>, IntakeError>, Vec<Batch>);

fn import(file: &str) -> Option<Import> {
    let bytes = std::fs::read(folder()?.join(file)).unwrap();
    let mut batches = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    let reads = read_file(file, &mut bytes.as_slice(), &mut sink);
    Some((reads, batches))
}

/// Expected content of a file: rows, rejections, first and last day, and money in and out in minor units.
struct Expected {
    file: &'static str,
    format: &'static str,
    rows: usize,
    rejected: u64,
    days: &'static str,
    sums: &'static [(&'static str, &'static str, i64)],
}

const fn holds(
    file: &'static str,
    format: &'static str,
    counts: (usize, u64),
    days: &'static str,
    sums: &'static [(&'static str, &'static str, i64)],
) -> Expected {
    Expected { file, format, rows: counts.0, rejected: counts.1, days, sums }
}

const CAMT_885: &[(&str, &str, i64)] = &[("in", "EUR", 885)];
const CAMT_200K: &[(&str, &str, i64)] = &[("out", "SEK", -20_000_000)];
const ONE_885: &str = "2014-12-31 2014-12-31";
const ONE_200K: &str = "2007-10-18 2007-10-18";

const FILES: &[Expected] = &[
    holds("camt/camt052.v2.xml", "camt-xml", (1, 0), ONE_200K, CAMT_200K),
    holds("camt/camt052.v8.xml", "camt-xml", (1, 0), ONE_200K, CAMT_200K),
    holds("camt/camt053.v2.all-balance-types.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v2.five.decimals.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v2.minimal.ultimate.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v2.minimal.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v2.with-account-name.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v2.with-party-ids.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v3.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    holds("camt/camt053.v4.xml", "camt-xml", (1, 0), ONE_885, CAMT_885),
    // Entries without any date.
    holds("camt/camt054.v2.with-account-name.xml", "camt-xml", (0, 1), "", &[]),
    holds("camt/camt054.v8-with-UETR.xml", "camt-xml", (0, 1), "", &[]),
    holds("camt/camt054.v8-with-financial-institution.xml", "camt-xml", (0, 1), "", &[]),
    holds("camt/camt054.v2.xml", "camt-xml", (1, 0), ONE_200K, CAMT_200K),
    holds("camt/camt054.v4.xml", "camt-xml", (1, 0), ONE_200K, CAMT_200K),
    holds("camt/camt054.v8.xml", "camt-xml", (1, 0), ONE_200K, CAMT_200K),
    holds("ofx/ofxparse_anzcc.ofx", "ofx", (1, 0), "2017-05-08 2017-05-08", &[("out", "AUD", -550)]),
    holds("ofx/ofxparse_bank_medium.ofx", "ofx", (3, 0), "2009-04-01 2009-04-03", &[("out", "CAD", -34_527)]),
    holds("ofx/ofxparse_bank_small.ofx", "ofx", (0, 1), "", &[]),
    holds(
        "ofx/ofxparse_checking.ofx",
        "ofx",
        (3, 0),
        "2011-03-31 2011-04-07",
        &[("in", "USD", 1), ("out", "USD", -5_951)],
    ),
    holds("ofx/ofxparse_date_missing.ofx", "ofx", (0, 3), "", &[]),
    holds("ofx/ofxparse_empty_balance.ofx", "ofx", (1, 0), "2011-03-08 2011-03-08", &[("in", "CAD", 12_000)]),
    holds("ofx/ofxparse_error_message.ofx", "ofx", (0, 1), "", &[]),
    // Three amounts are in hundredths of a cent.
    holds(
        "ofx/ofxparse_fidelity-savings.ofx",
        "ofx",
        (1, 3),
        "2012-07-20 2012-07-20",
        &[("out", "USD", -150_000)],
    ),
    holds(
        "ofx/ofxparse_ofx-v102-empty-tags.ofx",
        "ofx",
        (1, 0),
        "2018-05-07 2018-05-07",
        &[("in", "AUD", 1_234)],
    ),
    // One movement belongs to an investment account; the opening balance is not a movement.
    holds(
        "qif/test.qif",
        "qif",
        (5, 1),
        "2020-02-10 2020-02-14",
        &[("in", "unknown", 9_950), ("out", "unknown", -13_500)],
    ),
    holds(
        "qif/test_oth_a.qif",
        "qif",
        (5, 1),
        "2020-02-10 2020-02-14",
        &[("in", "unknown", 9_950), ("out", "unknown", -13_500)],
    ),
    holds(
        "qif/test_category_override.qif",
        "qif",
        (4, 0),
        "2017-12-22 2018-01-02",
        &[("in", "unknown", 210_000), ("out", "unknown", -2_256)],
    ),
    holds("qif/test_clear_autoswitch.qif", "qif", (0, 1), "", &[]),
    holds("qif/test_nosymbol.qif", "qif", (0, 1), "", &[]),
    holds("qif/test_unknown_account_type.qif", "qif", (0, 1), "", &[]),
    holds(
        "midata/test-midata.csv",
        "midata-csv",
        (8, 0),
        "2024-07-23 2025-07-19",
        &[("in", "GBP", 970), ("out", "GBP", -13_785)],
    ),
    holds(
        "midata/bad-midata-1.csv",
        "midata-csv",
        (2, 1),
        "2024-09-11 2025-05-26",
        &[("in", "GBP", 500), ("out", "GBP", -1_500)],
    ),
    holds(
        "midata/statement-with-interest.csv",
        "midata-csv",
        (8, 0),
        "2025-05-13 2025-08-01",
        &[("in", "GBP", 11_200), ("out", "GBP", -24_100)],
    ),
    holds(
        "midata/test-statement.csv",
        "midata-csv",
        (6, 0),
        "2025-06-13 2025-08-20",
        &[("in", "GBP", 11_000), ("out", "GBP", -24_000)],
    ),
    holds(
        "authored/midata_hsbc_contactless.csv",
        "midata-csv",
        (4, 0),
        "2016-01-15 2025-11-07",
        &[("out", "GBP", -19_626)],
    ),
    holds(
        "authored/boursorama_2023.csv",
        "bank-csv",
        (3, 0),
        "2026-02-08 2026-02-10",
        &[("in", "EUR", 250_000), ("out", "EUR", -104_532)],
    ),
    holds(
        "authored/obie_transactions_simple.json",
        "open-banking-uk-json",
        (1, 0),
        "2017-04-05 2017-04-05",
        &[("in", "GBP", 1_000)],
    ),
    holds(
        "authored/obie_transactions_bulk.json",
        "open-banking-uk-json",
        (2, 0),
        "2017-04-05 2017-05-02",
        &[("in", "GBP", 1_000), ("out", "GBP", -10_000)],
    ),
];

/// The same for banks' own CSV files.
const CSV: &[Expected] = &[
    holds("20171001-20171106.csv", "N26", (1, 0), "2017-10-01 2017-10-01", &[("out", "EUR", -5_999)]),
    holds(
        "2018-04-14_10-52-13_bunq-transactieoverzicht.csv",
        "bunq",
        (3, 0),
        "2018-03-01 2018-03-09",
        &[("in", "EUR", 75_000), ("out", "EUR", -2_146)],
    ),
    holds(
        "2019-03-02_11-50-46_bunq-statement.csv",
        "bunq",
        (7, 0),
        "2018-12-06 2018-12-17",
        &[("in", "EUR", 1_586), ("out", "EUR", -3_968)],
    ),
    holds(
        "CSV_A_20180414_112204.csv",
        "Rabobank",
        (3, 0),
        "2018-03-01 2018-03-16",
        &[("in", "EUR", 5_000), ("out", "EUR", -108_749)],
    ),
    // Three rows are pending and have no date.
    holds(
        "MS_JANE_SMITH_01-12-2019_14-12-2019.csv",
        "",
        (10, 3),
        "2019-12-02 2019-12-12",
        &[("in", "GBP", 110_000), ("out", "GBP", -138_580)],
    ),
    holds(
        "MonzoDataExport_February2018_2018-02-26_174335.csv",
        "Monzo",
        (1, 0),
        "2018-02-25 2018-02-25",
        &[("out", "GBP", -1_000)],
    ),
    holds(
        "Movements_1234512345_201805271848.csv",
        "Raiffeisenbank",
        (1, 0),
        "2018-05-27 2018-05-27",
        &[("out", "CZK", -100)],
    ),
    holds(
        "TH_20180101-20180523_page_1.csv",
        "Česká spořitelna",
        (9, 0),
        "1111-11-11 1111-11-11",
        &[("out", "CZK", -259_999)],
    ),
    holds(
        "TH_20180101-20180523_strana_1.csv",
        "Česká spořitelna",
        (9, 0),
        "1111-11-11 1111-11-11",
        &[("out", "CZK", -259_999)],
    ),
    holds(
        "TH_20180521-20180523.csv",
        "Česká spořitelna",
        (1, 0),
        "1111-11-11 1111-11-11",
        &[("out", "CZK", -11_111)],
    ),
    holds(
        "TransactionHistory_20180418043121.csv",
        "OCBC",
        (8, 0),
        "2018-04-13 2018-04-18",
        &[("out", "SGD", -17_328)],
    ),
    holds(
        "Umsaetze_KtoNr538917600_EUR_02-03-2018_1503.CSV",
        "Commerzbank",
        (1, 0),
        "2018-03-02 2018-03-02",
        &[("out", "EUR", -1_722)],
    ),
    holds(
        "W80844_EBH_201945.202122.csv",
        "Erste",
        (2, 0),
        "2019-04-17 2019-04-19",
        &[("in", "HUF", 129_000), ("out", "HUF", -35_000)],
    ),
    holds(
        "dba33fceecd62c3c727893361e0ba4d3.P000000027355791.csv",
        "",
        (1, 0),
        "2018-02-27 2018-02-27",
        &[("out", "SGD", -780)],
    ),
    holds(
        "export_KBC-Mastercard Business Essential_20200204_1604.csv",
        "KBC",
        (3, 0),
        "2020-01-02 2020-02-03",
        &[("in", "EUR", 3_577), ("out", "EUR", -3_304)],
    ),
    holds("statement_1.csv", "", (1, 0), "2018-02-10 2018-02-10", &[("out", "GBP", -2_059)]),
    holds(
        "umsatz-1234________1234-20180227.CSV",
        "Sparkasse",
        (1, 0),
        "2018-02-20 2018-02-20",
        &[("out", "EUR", -500)],
    ),
];

fn check(file: &str, format: &str, expected: &Expected) -> Option<Vec<Batch>> {
    let (reads, batches) = import(file)?;
    let reads = reads.unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(reads[0].about.id, format, "{file}");
    let rows: usize = batches.iter().map(Batch::rows).sum();
    assert_eq!(
        (rows, reads[0].rejected_count),
        (expected.rows, expected.rejected),
        "{file}: {:?}",
        reads[0].rejected
    );
    let days = || batches.iter().flat_map(|batch| (0..batch.rows()).filter_map(|row| batch.day(row)));
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        assert_eq!(format!("{first} {last}"), expected.days, "{file}");
    }
    let mut totals = Totals::default();
    batches.iter().for_each(|batch| totals.add(batch));
    let totals = totals.of(Category::Bank);
    let sums: Vec<_> = totals.iter().map(|t| (t.of, t.unit.as_str(), t.value)).collect();
    assert_eq!(sums, expected.sums, "{file}");
    Some(batches)
}

#[test]
fn statements_hold_what_was_counted() {
    for expected in FILES {
        check(expected.file, expected.format, expected);
    }
}

#[test]
fn csv_files_are_of_their_banks_and_hold_what_was_counted() {
    for expected in CSV {
        let Some(batches) = check(&format!("bank-csv/{}", expected.file), "bank-csv", expected) else {
            return;
        };
        let schema = Category::Bank.schema();
        assert_eq!(
            batches[0].text(schema.holder, 0).unwrap_or_default(),
            expected.format,
            "{}",
            expected.file
        );
        let (label, _) = schema.open_fields().find(|(_, field)| field.name == "label").unwrap();
        assert!(
            batches.iter().all(|b| (0..b.rows()).all(|row| b.text(label, row).is_some())),
            "{}",
            expected.file
        );
    }
}

#[test]
fn what_holds_nothing_is_told_apart() {
    let reason = |file: &str| {
        let (reads, _) = import(file)?;
        Some(reads.unwrap()[0].rejected[0].reason.to_string())
    };
    let Some(error) = reason("ofx/ofxparse_error_message.ofx") else { return };
    assert!(error.contains("2000 General Server Error"), "{error}");
    assert!(reason("ofx/ofxparse_bank_small.ofx").unwrap().contains("no account statement"));
    assert!(reason("qif/test_nosymbol.qif").unwrap().contains("only lists"));
    assert!(reason("qif/test_unknown_account_type.qif").unwrap().contains("investment"));
    assert!(reason("camt/camt054.v8-with-UETR.xml").unwrap().contains("no date"));
    assert!(reason("midata/bad-midata-1.csv").unwrap().contains("5 columns are expected, not 6"));
    let (reads, _) = import("qif/empty.qif").unwrap();
    assert!(reads.unwrap_err().to_string().contains("the file is empty"));
    let (reads, _) = import("qif/invalid.txt").unwrap();
    assert!(matches!(reads, Err(IntakeError::Unrecognised { .. })));
}
