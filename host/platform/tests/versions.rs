//! Later versions of rows, and what must not be taken for one.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{instance, me};
use mesinfos_platform::model::{Category, Digest, RowId};
use mesinfos_platform::{Decision, ImportReport, Platform, RowFilter};

const BANK: Category = Category::Bank;

fn import(platform: &Platform, text: &str) -> ImportReport {
    let report = platform.import(&me(), "f.csv", text.as_bytes()).unwrap();
    assert_eq!(report.rejected(), 0, "{text}");
    report
}

/// New, corrected and known rows of a report.
fn counts(report: &ImportReport) -> (u64, u64, u64) {
    let of = |count: fn(&mesinfos_platform::CategoryReport) -> u64| report.categories.iter().map(count).sum();
    (of(|one| one.accepted), of(|one| one.corrected), of(|one| one.duplicates))
}

/// A field of all rows of a category, sorted.
fn values(platform: &Platform, category: Category, field: &str) -> Vec<String> {
    let rows = platform.export_rows(&me(), category, &RowFilter::default()).unwrap();
    let rows = rows.flat_map(|rows| rows.unwrap());
    let mut all: Vec<String> = rows.map(|row| row.value(field).unwrap_or_default().to_owned()).collect();
    all.sort();
    platform.audit_verify(&me(), None).unwrap();
    all
}

/// Crédit Mutuel's statement: day of January 2026, amount, label and balance of each row.
fn statement(rows: &[(u32, &str, &str, &str)]) -> String {
    let line = |(day, amount, label, balance): &(u32, &str, &str, &str)| {
        format!("{day:02}/01/2026;{day:02}/01/2026;{amount};;{label};{balance}\n")
    };
    let lines: String = rows.iter().map(line).collect();
    format!("Date;Date de valeur;Débit;Crédit;Libellé;Solde\n{lines}")
}

const FIRST: [(u32, &str, &str, &str); 3] =
    [(4, "-10,00", "PAUL", "1000,00"), (5, "-77,00", "SECRET", "923,00"), (6, "-5,00", "MAX", "918,00")];

/// The same, after the bank inserted a booking on the third of January.
const MOVED: [(u32, &str, &str, &str); 5] = [
    (3, "-10,00", "ANNA", "1000,00"),
    (4, "-10,00", "PAUL", "990,00"),
    (5, "-77,00", "SECRET", "913,00"),
    (6, "-5,00", "MAX", "908,00"),
    (7, "-1,00", "LEA", "907,00"),
];

fn row_of(platform: &Platform, label: &str) -> (RowId, Digest) {
    row_with(platform, "label", label)
}

/// The first bank row with a value: its id, and its fingerprint.
fn row_with(platform: &Platform, field: &str, value: &str) -> (RowId, Digest) {
    let rows = platform.export_rows(&me(), BANK, &RowFilter::default()).unwrap();
    let mut rows = rows.flat_map(|rows| rows.unwrap());
    let row = rows.find(|row| row.value(field) == Some(value)).unwrap();
    let origin = platform.row_origin(&me(), BANK, row.id).unwrap().unwrap();
    (row.id, origin.keys[0])
}

#[test]
fn a_balance_that_moves_makes_no_other_booking() {
    let (_folder, platform) = instance();
    import(&platform, &statement(&FIRST));
    let report = import(&platform, &statement(&MOVED));
    assert_eq!(counts(&report), (2, 3, 0));
    assert_eq!(values(&platform, BANK, "balance"), ["1000.00", "907.00", "908.00", "913.00", "990.00"]);
    let (row, _) = row_of(&platform, "SECRET");
    let origin = platform.row_origin(&me(), BANK, row).unwrap().unwrap();
    let [version] = &origin.earlier[0][..] else { panic!("{:?}", origin.earlier) };
    assert_eq!(version.differs.iter().map(|value| value.text.as_str()).collect::<Vec<_>>(), ["923.00"]);
    // A file without balances says nothing of them.
    let without: Vec<_> = MOVED.iter().map(|&(day, amount, label, _)| (day, amount, label, "")).collect();
    let report = import(&platform, &statement(&without));
    assert_eq!(counts(&report).1, 0);
    assert_eq!(values(&platform, BANK, "balance").iter().filter(|balance| !balance.is_empty()).count(), 5);
    let (undone, _) = (platform.undo_import(&me(), 2).unwrap(), platform.undo_import(&me(), 3).unwrap());
    assert_eq!(undone.restored, 3);
    assert_eq!(values(&platform, BANK, "balance"), ["1000.00", "918.00", "923.00"]);
}

/// A vault that was filled before balances had their day: the same file again adds no second loan, and adds the day to it.
#[test]
fn a_loan_that_gets_the_day_of_its_balance_is_the_same_loan() {
    let loan = |day: &str| {
        format!(
            "File Source:U.S. DEPARTMENT OF EDUCATION, NATIONAL STUDENT LOAN DATA SYSTEM (NSLDS)\n\
             Loan Type:DIRECT STAFFORD\nLoan Date:08/24/2018\nLoan Outstanding Principal Balance:$4,200\n{day}"
        )
    };
    let with = loan("Loan Outstanding Principal Balance as of Date:12/31/2022\n");
    let (_folder, platform) = instance();
    assert_eq!(counts(&import(&platform, &loan(""))), (1, 0, 0));
    assert_eq!(counts(&import(&platform, &with)), (0, 1, 0));
    assert_eq!(values(&platform, Category::Education, "balance-on"), ["2022-12-31"]);
    let (_folder, platform) = instance();
    assert_eq!(counts(&import(&platform, &with)), (1, 0, 0));
    assert_eq!(values(&platform, Category::Education, "balance-on"), ["2022-12-31"]);
    assert_eq!(counts(&import(&platform, &loan(""))), (0, 0, 1), "a file without the day says nothing of it");
    assert_eq!(values(&platform, Category::Education, "balance-on"), ["2022-12-31"]);
}

#[test]
fn rows_at_the_edge_of_a_file_are_not_taken_for_others() {
    // The evening's file begins within a day of three coffees.
    let (_folder, platform) = instance();
    import(
        &platform,
        &statement(&[
            (4, "-9,00", "PAUL", "996,50"),
            (5, "-1,50", "CAFE", "995,00"),
            (5, "-1,50", "CAFE", "993,50"),
        ]),
    );
    import(
        &platform,
        &statement(&[
            (5, "-1,50", "CAFE", "993,50"),
            (5, "-1,50", "CAFE", "992,00"),
            (6, "-2,00", "MAX", "990,00"),
        ]),
    );
    let coffees = values(&platform, BANK, "label").iter().filter(|label| *label == "CAFE").count();
    assert_eq!(coffees, 3);
}

#[test]
fn what_a_person_deleted_or_corrected_is_not_brought_back_by_a_later_version() {
    // Deleted before the later version comes.
    let (_folder, platform) = instance();
    import(&platform, &statement(&FIRST));
    let (row, key) = row_of(&platform, "SECRET");
    assert!(platform.delete_row(&me(), BANK, row, key).unwrap());
    import(&platform, &statement(&MOVED));
    assert!(!values(&platform, BANK, "label").contains(&"SECRET".to_owned()));
    // Deleted in its later version, whose import is undone: the earlier version stays deleted.
    let (_folder, platform) = instance();
    import(&platform, &statement(&FIRST));
    import(&platform, &statement(&MOVED));
    let (row, key) = row_of(&platform, "SECRET");
    assert!(platform.delete_row(&me(), BANK, row, key).unwrap());
    platform.undo_import(&me(), 2).unwrap();
    for file in [&FIRST[..], &FIRST, &MOVED] {
        import(&platform, &statement(file));
        assert!(!values(&platform, BANK, "label").contains(&"SECRET".to_owned()));
    }
    // Corrected before the later version comes, and after.
    for is_after in [false, true] {
        let (_folder, platform) = instance();
        import(&platform, &statement(&FIRST));
        if is_after {
            import(&platform, &statement(&MOVED));
        }
        let (row, key) = row_of(&platform, "SECRET");
        let changed = [("label".to_owned(), "GIFT".to_owned()), ("amount".to_owned(), "-70".to_owned())];
        assert!(platform.correct_row(&me(), BANK, row, key, &changed).unwrap());
        import(&platform, &statement(&MOVED));
        let of_day = |platform: &Platform| {
            let all = values(platform, BANK, "label");
            all.into_iter().filter(|label| label == "GIFT" || label == "SECRET").collect::<Vec<_>>()
        };
        assert_eq!(of_day(&platform), ["GIFT"], "{is_after}");
        platform.undo_import(&me(), 2).unwrap();
        assert_eq!(of_day(&platform).len(), 1, "{is_after}");
    }
}

#[test]
fn a_note_goes_with_its_row() {
    let (_folder, platform) = instance();
    import(&platform, &statement(&FIRST));
    let (row, _) = row_of(&platform, "SECRET");
    assert!(platform.note_row(&me(), BANK, row, "for Paul").unwrap());
    import(&platform, &statement(&MOVED));
    let (row, _) = row_of(&platform, "SECRET");
    let origin = platform.row_origin(&me(), BANK, row).unwrap().unwrap();
    assert_eq!(origin.note.as_deref(), Some("for Paul"));
}

/// Boursorama's statement: day of December 2025, category and label of each row of two euros.
fn boursorama(rows: &[(u32, &str, &str)]) -> String {
    let line = |(day, category, label): &(u32, &str, &str)| {
        format!(
            "2025-12-{day:02};2025-12-{day:02};\"{label}\";\"{category}\";\"{category}\";x;-2,00;;00040000001;\"BoursoBank\";\n"
        )
    };
    let lines: String = rows.iter().map(line).collect();
    format!(
        "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n{lines}"
    )
}

#[test]
fn of_two_equal_rows_the_deleted_one_stays_deleted_and_the_other_is_reclassified() {
    let (_folder, platform) = instance();
    import(&platform, &boursorama(&[(28, "Alpha", "CAFE"), (28, "Beta", "CAFE")]));
    let (row, key) = row_with(&platform, "bank-category", "Beta");
    assert!(platform.delete_row(&me(), BANK, row, key).unwrap());
    for order in [["Beta", "Zeta"], ["Zeta", "Beta"]] {
        let file: Vec<_> = order.iter().map(|category| (28, *category, "CAFE")).collect();
        import(&platform, &boursorama(&file));
        assert_eq!(values(&platform, BANK, "bank-category"), ["Zeta"], "{order:?}");
    }
}

#[test]
fn what_gave_way_to_a_row_stays_away_while_a_later_version_of_it_stands() {
    let (_folder, platform) = instance();
    import(&platform, &boursorama(&[(1, "A", "UN"), (10, "A", "EN COURS SNCF"), (20, "A", "DEUX")]));
    import(&platform, &boursorama(&[(1, "A", "UN"), (11, "A", "CARTE SNCF"), (20, "A", "DEUX")]));
    let found = platform.alike_rows(&me(), 2).unwrap();
    assert_eq!(found.pairs.len(), 1);
    assert!(platform.decide_alike(&me(), 2, &found.pairs[0].rows, Decision::KeepNew).unwrap());
    let report =
        import(&platform, &boursorama(&[(1, "A", "UN"), (11, "Voyages", "CARTE SNCF"), (20, "A", "DEUX")]));
    assert_eq!(counts(&report), (0, 1, 2));
    platform.undo_import(&me(), 2).unwrap();
    assert_eq!(values(&platform, BANK, "label"), ["CARTE SNCF", "DEUX", "UN"]);
    platform.undo_import(&me(), 3).unwrap();
    assert_eq!(values(&platform, BANK, "label"), ["DEUX", "EN COURS SNCF", "UN"]);
}

/// A file of a bank API in the form of the Berlin Group: kind, day, amount, reference and label of each row.
fn berlin(account: &str, rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let of = |wanted: &str| {
        let row = |(_, day, amount, id, label): &(&str, &str, &str, &str, &str)| {
            format!(
                r#"{{"transactionId":"{id}","bookingDate":"{day}","valueDate":"{day}","transactionAmount":{{"amount":"{amount}","currency":"EUR"}},"creditorName":"{label}"}}"#
            )
        };
        let rows = rows.iter().filter(|(kind, ..)| *kind == wanted).map(row);
        rows.collect::<Vec<_>>().join(",")
    };
    let account = if account.is_empty() { "{}".to_owned() } else { format!(r#"{{"iban":"{account}"}}"#) };
    format!(
        r#"{{"account":{account},"transactions":{{"booked":[{}],"pending":[{}]}}}}"#,
        of("booked"),
        of("pending")
    )
}

#[test]
fn a_reference_that_several_payments_share_replaces_none() {
    let booked = |rows: &[(&'static str, &'static str, &'static str, &'static str)]| {
        let with = rows.iter().map(|(day, amount, id, label)| ("booked", *day, *amount, *id, *label));
        berlin("FR001", &with.collect::<Vec<_>>())
    };
    // Power and gas under one customer number, in two files of one account.
    let (_folder, platform) = instance();
    let power = [("2026-01-02", "-50.00", "K4711", "POWER"), ("2026-02-02", "-50.00", "K4711", "POWER")];
    let gas = [("2026-01-01", "-70.00", "K4711", "GAS"), ("2026-02-20", "-70.00", "K4711", "GAS")];
    import(&platform, &booked(&power));
    import(&platform, &booked(&gas));
    assert_eq!(values(&platform, BANK, "amount"), ["-50.00", "-50.00", "-70.00", "-70.00"]);
    // Money back under the reference of the order, in a file that lacks the order.
    let (_folder, platform) = instance();
    import(&platform, &booked(&[("2026-01-03", "-100.00", "Z1", "SHOP")]));
    let back = [("2026-01-01", "-1.00", "A", "A"), ("2026-01-09", "100.00", "Z1", "SHOP")];
    import(&platform, &booked(&back));
    assert_eq!(values(&platform, BANK, "amount"), ["-1.00", "-100.00", "100.00"]);
    // A payment that was announced in January, and the one of February.
    let (_folder, platform) = instance();
    import(&platform, &berlin("FR001", &[("pending", "2026-01-31", "-50.00", "K4711", "POWER")]));
    import(&platform, &berlin("FR001", &[("booked", "2026-02-28", "-50.00", "K4711", "POWER")]));
    assert_eq!(values(&platform, BANK, "amount").len(), 2);
}

#[test]
fn an_estimate_does_not_replace_a_measurement_and_the_report_says_so() {
    let water = |litres: u32, quality: &str| {
        format!(
            "Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé\n\
             2026-01-01 19:00:00;1000;80;Mesuré\n2026-01-02 19:00:00;{};{litres};{quality}\n",
            1000 + litres
        )
    };
    let (_folder, platform) = instance();
    let litres = |platform: &Platform| values(platform, Category::Water, "volume");
    import(&platform, &water(85, "Estimé"));
    assert_eq!(counts(&import(&platform, &water(79, "Mesuré"))), (0, 1, 1));
    let after = litres(&platform);
    let report = import(&platform, &water(90, "Estimé"));
    assert_eq!((counts(&report), report.categories[0].older), ((0, 0, 2), 1));
    assert_eq!(litres(&platform), after);
    // The first file again: a later version is there.
    let report = import(&platform, &water(85, "Estimé"));
    assert_eq!((counts(&report), report.categories[0].older), ((0, 0, 2), 1));
    // The undo of the first import takes its earlier version along, and says so. Its other row stays: others hold it.
    let undone = platform.undo_import(&me(), 1).unwrap();
    assert_eq!((undone.rows, undone.earlier, undone.restored), (0, 1, 0));
    assert_eq!(undone.stayed, [(2, "f.csv".to_owned(), 1)]);
}

#[test]
fn a_booking_that_was_corrected_or_deleted_hides_no_later_one_of_its_reference() {
    for is_deleted in [false, true] {
        let (_folder, platform) = instance();
        import(&platform, &berlin("FR001", &[("booked", "2026-01-10", "-50.00", "K4711", "POWER")]));
        let rows = platform.export_rows(&me(), BANK, &RowFilter::default()).unwrap();
        let row = rows.flat_map(|rows| rows.unwrap()).next().unwrap().id;
        let key = platform.row_origin(&me(), BANK, row).unwrap().unwrap().keys[0];
        if is_deleted {
            assert!(platform.delete_row(&me(), BANK, row, key).unwrap());
        } else {
            let changed = [("amount".to_owned(), "-40".to_owned())];
            assert!(platform.correct_row(&me(), BANK, row, key, &changed).unwrap());
        }
        for day in ["2026-02-10", "2026-03-10"] {
            import(&platform, &berlin("FR001", &[("booked", day, "-50.00", "K4711", "POWER")]));
        }
        assert_eq!(values(&platform, BANK, "booked-on").len(), 3 - usize::from(is_deleted));
    }
}

#[test]
fn an_announcement_that_comes_after_its_booking_is_not_taken() {
    let (_folder, platform) = instance();
    import(&platform, &berlin("FR001", &[("booked", "2026-02-02", "-50.00", "R9", "POWER")]));
    let report = import(&platform, &berlin("FR001", &[("pending", "2026-01-31", "-50.00", "R9", "POWER")]));
    assert_eq!((counts(&report), report.categories[0].older), ((0, 0, 1), 1));
    assert_eq!(values(&platform, BANK, "booked-on"), ["2026-02-02"]);
}

#[test]
fn a_deleted_row_that_stands_on_another_line_stays_deleted() {
    let (_folder, platform) = instance();
    import(&platform, &boursorama(&[(28, "Alpha", "CAFE"), (28, "Beta", "CAFE")]));
    let (row, key) = row_with(&platform, "bank-category", "Beta");
    assert!(platform.delete_row(&me(), BANK, row, key).unwrap());
    import(&platform, &boursorama(&[(28, "Beta", "CAFE")]));
    assert_eq!(values(&platform, BANK, "bank-category"), ["Alpha"]);
}
