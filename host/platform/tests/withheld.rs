//! Rows that a person shows to no app, with what is probably the same and what would tell them.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{archive_of, instance, me};
use mesinfos_platform::model::{Category, CategoryScope};
use mesinfos_platform::{Decision, Platform, Row, RowFilter, WithheldAs, Withhold};

/// A statement of four payments, each announced or booked: with another label, two days later.
fn statement(booked: &[i32]) -> String {
    let row = |number: &i32| {
        let is_booked = booked.contains(number);
        let (kind, day) = if is_booked { ("CARTE", 2) } else { ("EN COURS", 0) };
        format!(
            r#"{{"docType":"bankoperation","date":"2030-01-{:02}T00:00:00.000Z","amount":-{}.50,"raw":"{kind} {number}","title":"{kind} {number}","bankAccount":"FR76 3000 4000 0312 3456 7890 143"}}"#,
            10 + 4 * number + day,
            10 + number,
        )
    };
    format!("[{}]", [0, 1, 2, 3].iter().map(row).collect::<Vec<_>>().join(","))
}

fn import(platform: &Platform, booked: &[i32]) -> mesinfos_platform::ImportReport {
    platform.import(&me(), "a.json", statement(booked).as_bytes()).unwrap()
}

/// The labels of the rows that an app with the whole category would read.
fn shown(platform: &Platform) -> Vec<String> {
    let preview = platform.preview(&me(), &CategoryScope::all(Category::Bank), 1_000).unwrap();
    let label = |values: &[mesinfos_platform::RowValue]| {
        values.iter().find(|value| value.field == "label").unwrap().text.clone()
    };
    let mut labels: Vec<String> = preview.rows.iter().map(|row| label(&row.values)).collect();
    labels.sort();
    assert_eq!(labels.len() as u64, preview.total);
    labels
}

fn row(platform: &Platform, label: &str) -> Row {
    let rows = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    rows.flat_map(|rows| rows.unwrap()).find(|row| row.value("label") == Some(label)).unwrap()
}

fn why(platform: &Platform, label: &str) -> Vec<WithheldAs> {
    let origin = platform.row_origin(&me(), Category::Bank, row(platform, label).id).unwrap().unwrap();
    origin.withheld.iter().map(|(_, reason)| *reason).collect()
}

const ALL: [&str; 5] = ["CARTE 1", "EN COURS 0", "EN COURS 1", "EN COURS 2", "EN COURS 3"];

fn without(labels: &[&str]) -> Vec<String> {
    ALL.iter().filter(|label| !labels.contains(label)).map(|label| (*label).to_owned()).collect()
}

#[test]
fn a_row_of_a_later_import_is_withheld_with_what_it_is_probably_the_same_as() {
    for decision in [Decision::KeepNew, Decision::KeepOld, Decision::KeepBoth] {
        let (_folder, platform) = instance();
        import(&platform, &[]);
        let words = Withhold::Words("en cours 1".to_owned());
        assert!(platform.withhold(&me(), Category::Bank, &words).unwrap());
        let report = import(&platform, &[1]);
        assert_eq!(report.withheld_alike, 1);
        let import = report.import.unwrap();
        let pairs = platform.alike_rows(&me(), import).unwrap().pairs;
        assert!(pairs.len() == 1 && pairs[0].is_withheld);
        assert_eq!(shown(&platform), without(&["EN COURS 1", "CARTE 1"]));
        assert_eq!(why(&platform, "CARTE 1"), [WithheldAs::Alike]);
        assert_eq!(why(&platform, "EN COURS 1"), [WithheldAs::Itself]);
        let [of] = &platform.withheld(&me()).unwrap()[..] else { panic!() };
        assert_eq!((of.rows, of.along), (2, 1));

        assert!(platform.decide_alike(&me(), import, &pairs[0].rows, decision).unwrap());
        // If they are one, the one that stays is withheld, whatever it says.
        match decision {
            Decision::KeepBoth => assert_eq!(shown(&platform), without(&["EN COURS 1"])),
            Decision::KeepNew => {
                assert_eq!(why(&platform, "CARTE 1"), [WithheldAs::Itself]);
                assert_eq!(shown(&platform), without(&["EN COURS 1", "CARTE 1"]));
            }
            Decision::KeepOld => assert_eq!(shown(&platform), without(&["EN COURS 1", "CARTE 1"])),
        }
        platform.undo_import(&me(), import).unwrap();
        assert_eq!(shown(&platform), without(&["EN COURS 1", "CARTE 1"]), "{decision:?}");
        platform.audit_verify(&me(), None).unwrap();
    }
}

#[test]
fn what_is_probably_the_same_goes_with_a_row_that_is_withheld() {
    for label in ["CARTE 1", "EN COURS 1"] {
        let (_folder, platform) = instance();
        import(&platform, &[]);
        let report = import(&platform, &[1]);
        assert_eq!((report.withheld_alike, shown(&platform)), (0, without(&[])));
        let own = row(&platform, label).id;
        assert_eq!(platform.withheld_with(&me(), Category::Bank, own).unwrap(), 1);
        assert!(platform.withhold(&me(), Category::Bank, &Withhold::Row(own)).unwrap());
        assert_eq!(shown(&platform), without(&["EN COURS 1", "CARTE 1"]), "{label}");
        // The undo of the import that has it, or of the other one, shows neither of them.
        let import = own.import;
        platform.undo_import(&me(), import).unwrap();
        assert!(shown(&platform).iter().all(|label| !label.ends_with('1')), "{:?}", shown(&platform));
        for of in platform.withheld(&me()).unwrap() {
            assert!(platform.show_again(&me(), of.rule.id).unwrap());
        }
        assert!(shown(&platform).iter().any(|label| label.ends_with('1')));
    }
}

#[test]
fn what_is_probably_the_same_as_a_row_that_is_gone_stays_withheld() {
    let (_folder, platform) = instance();
    import(&platform, &[]);
    let words = Withhold::Words("carte 1".to_owned());
    assert!(platform.withhold(&me(), Category::Bank, &words).unwrap());
    assert_eq!(import(&platform, &[1]).withheld_alike, 1);
    let own = row(&platform, "CARTE 1").id;
    let key = platform.row_origin(&me(), Category::Bank, own).unwrap().unwrap().keys[0];
    assert!(platform.delete_row(&me(), Category::Bank, own, key).unwrap());
    assert_eq!(shown(&platform), without(&["CARTE 1", "EN COURS 1"]));
    assert_eq!(why(&platform, "EN COURS 1"), [WithheldAs::Itself]);
}

#[test]
fn a_number_of_an_account_withholds_its_rows_however_it_is_written() {
    for (entry, rules) in [
        ("FR7630004000031234567890143", 1),
        ("rien, vraiment rien\nFR76-3000-4000-0312-3456-7890-143; autre chose", 3),
        ("****0143", 1),
    ] {
        let (_folder, platform) = instance();
        import(&platform, &[]);
        let words = Withhold::Words(entry.to_owned());
        assert!(platform.withhold(&me(), Category::Bank, &words).unwrap());
        let all = platform.withheld(&me()).unwrap();
        assert_eq!((all.len(), all.iter().map(|of| of.rows).sum::<u64>()), (rules, 4), "{entry}");
        assert!(shown(&platform).is_empty());
    }
    // All texts of an entry, or none.
    let (_folder, platform) = instance();
    import(&platform, &[]);
    for entry in ["carte; a", " ;\n", ""] {
        assert!(platform.withhold(&me(), Category::Bank, &Withhold::Words(entry.to_owned())).is_err());
    }
    assert!(platform.withheld(&me()).unwrap().is_empty());
}

/// Another vault has no pairs, and the corrected values: what is hidden here is hidden there.
#[test]
fn what_is_hidden_here_is_hidden_where_the_archive_is_taken_in() {
    for (label, what) in [
        ("EN COURS 1", None),
        ("CARTE 1", None),
        ("EN COURS 2", Some("amount")),
        ("EN COURS 2", Some("label")),
    ] {
        let ((_folder, platform), (_other, elsewhere)) = (instance(), instance());
        import(&platform, &[]);
        import(&platform, &[1]);
        let own = row(&platform, label);
        assert!(platform.withhold(&me(), Category::Bank, &Withhold::Row(own.id)).unwrap());
        if let Some(field) = what {
            let key = platform.row_origin(&me(), Category::Bank, own.id).unwrap().unwrap().keys[0];
            let typed = if field == "amount" { "-77.00" } else { "AUTRE" };
            let changes = [(field.to_owned(), typed.to_owned())];
            platform.correct_row(&me(), Category::Bank, own.id, key, &changes).unwrap();
        }
        let here = shown(&platform);
        assert!(here.len() < 5 && !here.contains(&label.to_owned()), "{here:?}");
        let archive = archive_of(&platform);
        elsewhere.import(&me(), "m.zip", &archive[..]).unwrap();
        assert_eq!(shown(&elsewhere), here, "{label} {what:?}");
        // The person's own rules are what they were.
        assert_eq!(platform.withheld(&me()).unwrap().len(), 1);
    }
}
