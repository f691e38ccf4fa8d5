//! Rows that are probably the same: found, decided, and undone in any order.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{instance, me};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::model::view::Lang;
use mesinfos_platform::model::{Category, Day};
use mesinfos_platform::{Caller, Decision, Platform, RowFilter, SystemClock};
use std::collections::{BTreeMap, BTreeSet};

/// A payment as it was announced, or as it was booked: another label, and another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    number: i32,
    is_booked: bool,
}

impl Entry {
    fn day(self) -> Day {
        let first: Day = "2030-01-20".parse().unwrap();
        Day(first.0 + 2 * self.number + if self.is_booked { self.number % 4 } else { 0 })
    }

    fn label(self) -> String {
        // Some labels are longer than a record of the store.
        let long = if self.number % 4 == 0 { 9_000 } else { 0 };
        let kind = if self.is_booked { "CARTE" } else { "EN COURS" };
        format!("{kind}{} {}", ".".repeat(long), self.number)
    }

    fn of(label: &str) -> Entry {
        let (kind, number) = label.rsplit_once(' ').unwrap();
        Entry { number: number.parse().unwrap(), is_booked: kind.starts_with("CARTE") }
    }
}

fn statement(entries: &BTreeSet<Entry>) -> String {
    let row = |entry: &Entry| {
        format!(
            r#"{{"docType":"bankoperation","date":"{}T00:00:00.000Z","amount":-{}.50,"raw":"{label}","title":"{label}","bankAccount":"a"}}"#,
            entry.day(),
            10 + entry.number,
            label = entry.label()
        )
    };
    format!("[{}]", entries.iter().map(row).collect::<Vec<_>>().join(","))
}

/// Where an entry is: stored with an import, or kept aside because a row of another import stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Stored { own: u64 },
    Aside { own: u64, by: u64 },
}

fn stored(platform: &Platform) -> Vec<Entry> {
    let rows = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let mut all: Vec<Entry> =
        rows.flat_map(|rows| rows.unwrap()).map(|row| Entry::of(row.value("label").unwrap())).collect();
    all.sort();
    all
}

/// The pairs of an import: new, old, and what decides about them.
fn pairs(platform: &Platform, import: u64) -> Vec<(Entry, Entry, mesinfos_platform::AlikeRows)> {
    let found = platform.alike_rows(&me(), import).unwrap();
    assert_eq!(found.more, 0);
    let of = |row: &mesinfos_platform::Row| Entry::of(row.value("label").unwrap());
    found.pairs.iter().map(|pair| (of(&pair.new), of(&pair.old), pair.rows)).collect()
}

#[test]
fn each_payment_counts_once_after_any_imports_decisions_and_undos() {
    let mut all = (0, 0, 0);
    for seed in 1..=6_u64 {
        let (_folder, platform) = instance();
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut model: BTreeMap<Entry, Is> = BTreeMap::new();
        let mut imports: Vec<u64> = Vec::new();
        // What each import that stands holds.
        let mut holding: BTreeMap<u64, BTreeSet<Entry>> = BTreeMap::new();
        let (mut found, mut decided, mut restored) = (0, 0, 0);
        for step in 0..160 {
            match next(8) {
                0..=2 => {
                    let is_booked = next(2) == 0;
                    let first = i32::try_from(next(10)).unwrap();
                    let length = i32::try_from(2 + next(8)).unwrap();
                    let file: BTreeSet<Entry> =
                        (first..first + length).map(|number| Entry { number, is_booked }).collect();
                    let report = platform.import(&me(), "f.json", statement(&file).as_bytes()).unwrap();
                    let import = report.import.unwrap();
                    imports.push(import);
                    let days = file.iter().map(|entry| entry.day());
                    let (from, until) = (days.clone().min().unwrap(), days.max().unwrap());
                    let mut expected = BTreeSet::new();
                    for entry in &file {
                        if model.contains_key(entry) {
                            continue;
                        }
                        let other = Entry { is_booked: !is_booked, ..*entry };
                        let is_there = matches!(model.get(&other), Some(Is::Stored { .. }));
                        if is_there && from <= other.day() && other.day() <= until {
                            expected.insert((*entry, other));
                        }
                    }
                    for entry in &file {
                        model.entry(*entry).or_insert(Is::Stored { own: import });
                    }
                    holding.insert(import, file);
                    let told: BTreeSet<(Entry, Entry)> =
                        pairs(&platform, import).into_iter().map(|(new, old, _)| (new, old)).collect();
                    assert_eq!(told, expected, "seed {seed}, step {step}");
                    found += told.len();
                }
                3..=6 if !imports.is_empty() => {
                    let import = imports[usize::try_from(next(imports.len() as u64)).unwrap()];
                    let pairs = pairs(&platform, import);
                    if pairs.is_empty() {
                        continue;
                    }
                    let (new, old, rows) = pairs[usize::try_from(next(pairs.len() as u64)).unwrap()];
                    let (Is::Stored { own: by }, Is::Stored { own }) = (model[&new], model[&old]) else {
                        panic!("seed {seed}, step {step}: a pair of rows that are gone");
                    };
                    let decision = match next(3) {
                        0 => Decision::KeepBoth,
                        1 => {
                            model.insert(old, Is::Aside { own, by });
                            Decision::KeepNew
                        }
                        _ => {
                            model.insert(new, Is::Aside { own: by, by: own });
                            Decision::KeepOld
                        }
                    };
                    assert!(platform.decide_alike(&me(), import, &rows, decision).unwrap());
                    assert!(!platform.decide_alike(&me(), import, &rows, decision).unwrap(), "once");
                    decided += 1;
                }
                _ if !imports.is_empty() => {
                    let at = usize::try_from(next(imports.len() as u64)).unwrap();
                    let import = imports.remove(at);
                    holding.remove(&import);
                    // The oldest import that holds an entry has it now.
                    let heir = |entry: &Entry| {
                        holding.iter().find(|(_, file)| file.contains(entry)).map(|(import, _)| *import)
                    };
                    let before = std::mem::take(&mut model);
                    let mut back = 0;
                    for (entry, is) in &before {
                        let other = Entry { is_booked: !entry.is_booked, ..*entry };
                        let stands = match before.get(&other) {
                            Some(Is::Stored { own }) if *own == import => heir(&other),
                            _ => None,
                        };
                        let now = match *is {
                            Is::Stored { own } if own == import => heir(entry).map(|own| Is::Stored { own }),
                            Is::Aside { own, by } if own == import && by == import => {
                                heir(entry).map(|own| Is::Stored { own })
                            }
                            Is::Aside { own, by } if own == import => {
                                heir(entry).map(|own| Is::Aside { own, by })
                            }
                            Is::Aside { own, by } if by == import => match stands.filter(|by| *by != own) {
                                Some(by) => Some(Is::Aside { own, by }),
                                None => {
                                    back += 1;
                                    Some(Is::Stored { own })
                                }
                            },
                            other => Some(other),
                        };
                        now.map(|now| model.insert(*entry, now));
                    }
                    let report = platform.undo_import(&me(), import).unwrap();
                    assert_eq!(report.restored, back, "seed {seed}, step {step}");
                    restored += back;
                }
                _ => continue,
            }
            let expected: Vec<Entry> = model
                .iter()
                .filter(|(_, is)| matches!(is, Is::Stored { .. }))
                .map(|(entry, _)| *entry)
                .collect();
            assert_eq!(stored(&platform), expected, "seed {seed}, step {step}");
            let counted = platform.summary(&me()).unwrap();
            let counted: u64 = counted.iter().map(|category| category.rows).sum();
            assert_eq!(counted, expected.len() as u64, "seed {seed}, step {step}: the index");
            // Rows kept aside are not deleted ones: nobody lets them back one by one.
            assert!(platform.deleted_rows(&me()).unwrap().is_empty());
        }
        all = (all.0 + found, all.1 + decided, all.2 + restored);
        platform.audit_verify(&me(), None).unwrap();
    }
    let (found, decided, restored) = all;
    assert!(found > 100 && decided >= 50 && restored > 1, "{all:?}");
}

/// The row with a label: its id and fingerprint.
fn row_of(
    platform: &Platform,
    label: &str,
) -> (mesinfos_platform::model::RowId, mesinfos_platform::model::Digest) {
    let rows = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let row = rows.flat_map(|rows| rows.unwrap()).find(|row| row.value("label") == Some(label)).unwrap();
    let origin = platform.row_origin(&me(), Category::Bank, row.id).unwrap().unwrap();
    (row.id, origin.keys[0])
}

fn labels(platform: &Platform) -> Vec<String> {
    let rows = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let labels =
        rows.flat_map(|rows| rows.unwrap()).map(|row| row.value("label").unwrap_or_default().to_owned());
    let mut labels: Vec<String> = labels.collect();
    labels.sort();
    labels
}

fn announced_and_booked(platform: &Platform) -> (u64, mesinfos_platform::AlikeRows) {
    let of = |is_booked| (1..4).map(|number| Entry { number, is_booked }).collect();
    platform.import(&me(), "a.json", statement(&of(false)).as_bytes()).unwrap();
    let import = platform.import(&me(), "b.json", statement(&of(true)).as_bytes()).unwrap().import.unwrap();
    let pair = pairs(platform, import).into_iter().find(|(new, ..)| new.number == 2).unwrap();
    (import, pair.2)
}

#[test]
fn a_decision_about_a_pair_that_is_gone_changes_nothing() {
    for first in [Decision::KeepNew, Decision::KeepOld, Decision::KeepBoth] {
        for second in [Decision::KeepNew, Decision::KeepOld, Decision::KeepBoth] {
            let (_folder, platform) = instance();
            let (import, pair) = announced_and_booked(&platform);
            assert!(!platform.decide_alike(&me(), import - 1, &pair, first).unwrap(), "of another import");
            assert!(platform.decide_alike(&me(), import, &pair, first).unwrap());
            let before = labels(&platform);
            assert!(!platform.decide_alike(&me(), import, &pair, second).unwrap());
            assert_eq!(labels(&platform), before, "{first:?}, then {second:?}");
            platform.audit_verify(&me(), None).unwrap();
        }
    }
    // The row that would stay was deleted, corrected, or undone meanwhile.
    for (decision, stays) in [(Decision::KeepNew, "CARTE 2"), (Decision::KeepOld, "EN COURS 2")] {
        let (_folder, platform) = instance();
        let (import, pair) = announced_and_booked(&platform);
        let (row, key) = row_of(&platform, stays);
        platform.delete_row(&me(), Category::Bank, row, key).unwrap();
        let before = labels(&platform);
        assert!(!platform.decide_alike(&me(), import, &pair, decision).unwrap());
        assert_eq!(labels(&platform), before);
        platform.audit_verify(&me(), None).unwrap();
    }
    let (_folder, platform) = instance();
    let (import, pair) = announced_and_booked(&platform);
    platform.undo_import(&me(), import).unwrap();
    let before = labels(&platform);
    assert!(!platform.decide_alike(&me(), import, &pair, Decision::KeepNew).unwrap());
    assert_eq!(labels(&platform), before);
    platform.audit_verify(&me(), None).unwrap();
}

#[test]
fn one_answer_decides_all_pairs() {
    for decision in [Decision::KeepNew, Decision::KeepOld, Decision::KeepBoth] {
        let (_folder, platform) = instance();
        let of = |is_booked| (1..9).map(|number| Entry { number, is_booked }).collect();
        platform.import(&me(), "a.json", statement(&of(false)).as_bytes()).unwrap();
        let import =
            platform.import(&me(), "b.json", statement(&of(true)).as_bytes()).unwrap().import.unwrap();
        let paired: BTreeSet<_> = pairs(&platform, import).iter().map(|(new, ..)| new.number).collect();
        assert!(paired.len() > 1, "{paired:?}");
        assert_eq!(platform.alike_count(&me(), import).unwrap(), paired.len());
        assert_eq!(platform.decide_all_alike(&me(), import, decision).unwrap(), paired.len() as u64);
        let mut stay: Vec<String> = Vec::new();
        for number in 1..9 {
            let is_alone = !paired.contains(&number) || decision == Decision::KeepBoth;
            if is_alone || decision == Decision::KeepNew {
                stay.push(Entry { number, is_booked: true }.label());
            }
            if is_alone || decision == Decision::KeepOld {
                stay.push(Entry { number, is_booked: false }.label());
            }
        }
        stay.sort();
        assert_eq!(labels(&platform), stay);
        assert_eq!(platform.alike_count(&me(), import).unwrap(), 0);
        assert_eq!(platform.decide_all_alike(&me(), import, decision).unwrap(), 0);
        // It is undone like single answers.
        platform.undo_import(&me(), import).unwrap();
        let mut before: Vec<String> =
            (1..9).map(|number| Entry { number, is_booked: false }.label()).collect();
        before.sort();
        assert_eq!(labels(&platform), before);
        platform.audit_verify(&me(), None).unwrap();
    }
}

#[test]
fn a_corrected_row_that_gave_way_is_back_as_the_person_corrected_it() {
    let (_folder, platform) = instance();
    let of = |is_booked| (1..4).map(|number| Entry { number, is_booked }).collect();
    platform.import(&me(), "a.json", statement(&of(false)).as_bytes()).unwrap();
    let (row, key) = row_of(&platform, "EN COURS 2");
    let mine = [("label".to_owned(), "MINE 2".to_owned())];
    assert!(platform.correct_row(&me(), Category::Bank, row, key, &mine).unwrap());
    let import = platform.import(&me(), "b.json", statement(&of(true)).as_bytes()).unwrap().import.unwrap();
    let pair = pairs(&platform, import).into_iter().find(|(new, ..)| new.number == 2).unwrap();
    assert!(platform.decide_alike(&me(), import, &pair.2, Decision::KeepNew).unwrap());
    assert!(!labels(&platform).contains(&"MINE 2".to_owned()));
    assert_eq!(platform.undo_import(&me(), import).unwrap().restored, 1);
    assert_eq!(labels(&platform), ["EN COURS 1", "EN COURS 3", "MINE 2"]);
    // It is still a corrected row, which can be put back, and which its file does not bring again.
    platform.import(&me(), "a.json", statement(&of(false)).as_bytes()).unwrap();
    assert_eq!(labels(&platform), ["EN COURS 1", "EN COURS 3", "MINE 2"]);
    let (row, key) = row_of(&platform, "MINE 2");
    assert!(platform.restore_row(&me(), Category::Bank, row, key).unwrap());
    assert_eq!(labels(&platform), ["EN COURS 1", "EN COURS 2", "EN COURS 3"]);
    platform.audit_verify(&me(), None).unwrap();
}

#[test]
fn a_corrected_row_counts_once_and_hides_no_other() {
    let coffee = |day: u32| {
        format!(
            r#"{{"docType":"bankoperation","date":"2030-11-{day:02}T00:00:00.000Z","amount":-2.50,"raw":"CAFE","title":"CAFE","bankAccount":"a"}}"#
        )
    };
    let import = |platform: &Platform, rows: &[String]| {
        let text = format!("[{}]", rows.join(","));
        platform.import(&me(), "f.json", text.as_bytes()).unwrap()
    };
    let (_folder, platform) = instance();
    import(&platform, &[coffee(1)]);
    let (row, key) = row_of(&platform, "CAFE");
    let second = [("booked-on".to_owned(), "2030-11-02".to_owned())];
    assert!(platform.correct_row(&me(), Category::Bank, row, key, &second).unwrap());
    // The file has the corrected row as the holder gave it, and a coffee of the day it was moved to.
    let report = import(&platform, &[coffee(1), coffee(2)]);
    assert_eq!(report.categories[0].accepted, 1);
    assert_eq!(pairs_of(&platform, report.import.unwrap()), 0);
    assert_eq!(labels(&platform).len(), 2);
    // What the person had corrected, and corrected again or deleted since, is known in each of its forms.
    let (_folder, platform) = instance();
    import(&platform, &[coffee(1)]);
    for day in ["2030-11-05", "2030-11-06"] {
        let (row, key) = row_of(&platform, "CAFE");
        let changed = [("booked-on".to_owned(), day.to_owned())];
        assert!(platform.correct_row(&me(), Category::Bank, row, key, &changed).unwrap());
    }
    for day in [1, 5, 6] {
        assert_eq!(import(&platform, &[coffee(day)]).categories[0].accepted, 0, "{day}");
    }
    let (row, key) = row_of(&platform, "CAFE");
    assert!(platform.delete_row(&me(), Category::Bank, row, key).unwrap());
    for day in [1, 5, 6] {
        assert_eq!(import(&platform, &[coffee(day)]).categories[0].accepted, 0, "{day}");
    }
    assert!(labels(&platform).is_empty());
}

/// A payment in the form of the Berlin Group, announced or booked.
fn berlin(kind: &str, day: &str, id: &str) -> String {
    let row = format!(
        r#"{{"transactionId":"{id}","bookingDate":"{day}","valueDate":"{day}","transactionAmount":{{"amount":"-12.50","currency":"EUR"}},"creditorName":"Bikes"}}"#
    );
    let (booked, pending) = if kind == "booked" { (row, String::new()) } else { (String::new(), row) };
    format!(
        r#"{{"account":{{"iban":"FR001"}},"transactions":{{"booked":[{booked}],"pending":[{pending}]}}}}"#
    )
}

/// https://github.com/firefly-iii/firefly-iii/issues/9268
#[test]
fn a_payment_that_was_announced_gives_way_to_the_booked_one() {
    for (announced, booked) in
        [("2030-03-05", "2030-03-05"), ("2030-03-05", "2030-03-07"), ("2030-03-30", "2030-04-01")]
    {
        let (_folder, platform) = instance();
        platform.import(&me(), "p.json", berlin("pending", announced, "P1").as_bytes()).unwrap();
        let report = platform.import(&me(), "b.json", berlin("booked", booked, "T7").as_bytes()).unwrap();
        assert_eq!(report.categories[0].accepted, 1, "{announced}, {booked}: it counts");
        let import = report.import.unwrap();
        let found = platform.alike_rows(&me(), import).unwrap();
        let [pair] = &found.pairs[..] else { panic!("{announced}, {booked}: {found:?}") };
        assert!(platform.decide_alike(&me(), import, &pair.rows, Decision::KeepNew).unwrap());
        assert_eq!(labels(&platform).len(), 1);
        for file in [berlin("pending", announced, "P1"), berlin("booked", booked, "T7")] {
            platform.import(&me(), "again.json", file.as_bytes()).unwrap();
            assert_eq!(labels(&platform).len(), 1, "{announced}, {booked}: again");
        }
    }
    // The other way round nothing is asked: a booked payment does not give way.
    let (_folder, platform) = instance();
    platform.import(&me(), "b.json", berlin("booked", "2030-03-05", "T7").as_bytes()).unwrap();
    let report = platform.import(&me(), "p.json", berlin("pending", "2030-03-07", "P1").as_bytes()).unwrap();
    assert_eq!(pairs_of(&platform, report.import.unwrap()), 0);
    // Under the bank's own number there is nothing to ask: the booked one replaces what was announced, and is not replaced
    // by it.
    for (announced, booked) in [("2030-03-05", "2030-03-07"), ("2030-03-30", "2030-04-01")] {
        let (_folder, platform) = instance();
        platform.import(&me(), "p.json", berlin("pending", announced, "T7").as_bytes()).unwrap();
        let report = platform.import(&me(), "b.json", berlin("booked", booked, "T7").as_bytes()).unwrap();
        let of = &report.categories[0];
        assert_eq!((of.accepted, of.corrected, of.duplicates), (0, 1, 0), "{announced}, {booked}");
        let import = report.import.unwrap();
        assert_eq!((pairs_of(&platform, import), labels(&platform).len()), (0, 1));
        let again = platform.import(&me(), "a.json", berlin("pending", announced, "T7").as_bytes()).unwrap();
        let of = &again.categories[0];
        assert_eq!((of.accepted, of.corrected, of.duplicates), (0, 0, 1), "{announced}, {booked}");
        let restored = platform.undo_import(&me(), import).unwrap().restored;
        assert_eq!((restored, labels(&platform).len()), (1, 1));
        platform.audit_verify(&me(), None).unwrap();
    }
}

/// A statement of DKB with one payment, announced or booked.
fn dkb(day: &str, status: &str, label: &str) -> String {
    let header = "\"Girokonto\";\"DE42\"\n\"\"\n\"Buchungsdatum\";\"Wertstellung\";\"Status\";\"Zahlungspflichtige*r\";\
        \"Zahlungsempfänger*in\";\"Verwendungszweck\";\"Umsatztyp\";\"IBAN\";\"Betrag (€)\";\"Gläubiger-ID\";\"Mandatsreferenz\";\
        \"Kundenreferenz\"\n";
    format!(
        "{header}\"{day}\";\"{day}\";\"{status}\";\"Ich\";\"Laden\";\"{label}\";\"Ausgang\";\"DE1\";\"-7,50\";\"\";\"\";\"\"\n"
    )
}

/// A payment of DKB that is announced and a day or two later booked under another text
/// (<https://github.com/gitviola/ynab-bank-importer/issues/68>), on another day
/// (<https://github.com/tim-smart/actualbudget-sync/issues/39>), or under another number of the bank
/// (<https://github.com/we-promise/sure/issues/1470>, <https://github.com/letehaha/budget-tracker/issues/643>): it is never
/// two without a word.
#[test]
fn an_announced_payment_is_never_two_in_silence() {
    let files = [
        (dkb("04.05.26", "Vorgemerkt", "VORMERKUNG"), dkb("04.05.26", "Gebucht", "KAUF 4711")),
        (dkb("04.05.26", "Vorgemerkt", "KAUF"), dkb("04.05.26", "Gebucht", "KAUF")),
        (dkb("04.05.26", "Vorgemerkt", "KAUF"), dkb("06.05.26", "Gebucht", "KAUF")),
        (berlin("pending", "2030-03-21", "PDNG_123"), berlin("booked", "2030-03-22", "BOOK_456")),
    ];
    for (number, (announced, booked)) in files.into_iter().enumerate() {
        let (_folder, platform) = instance();
        platform.import(&me(), "announced", announced.as_bytes()).unwrap();
        let report = platform.import(&me(), "booked", booked.as_bytes()).unwrap();
        let import = report.import.unwrap();
        let pairs = platform.alike_rows(&me(), import).unwrap().pairs;
        assert_eq!(report.categories[0].corrected + pairs.len() as u64, 1, "{number}: {report:?}");
        for pair in pairs {
            assert!(platform.decide_alike(&me(), import, &pair.rows, Decision::KeepNew).unwrap());
        }
        assert_eq!(labels(&platform).len(), 1, "{number}");
        // And in any order of further exports.
        for file in [&announced, &booked] {
            let again = platform.import(&me(), "again", file.as_bytes()).unwrap();
            assert_eq!((again.categories[0].accepted, labels(&platform).len()), (0, 1), "{number}");
        }
    }
}

/// What must not be taken for the same payment.
#[test]
fn payments_that_both_files_have_or_that_differ_are_not_alike() {
    let (_folder, platform) = instance();
    let row = |date: &str, amount: &str, label: &str, account: &str| {
        format!(
            r#"{{"docType":"bankoperation","date":"{date}T00:00:00.000Z","amount":{amount},"raw":"{label}","title":"{label}","bankAccount":"{account}"}}"#
        )
    };
    let import = |rows: &[String]| {
        let text = format!("[{}]", rows.join(","));
        platform.import(&me(), "f.json", text.as_bytes()).unwrap().import.unwrap()
    };
    let coffee = row("2030-03-04", "-2.50", "CAFE", "a");
    import(&[
        coffee.clone(),
        row("2030-03-20", "-9.99", "ABO", "a"),
        row("2030-03-25", "-50.00", "DAB", "b"),
    ]);
    let second = import(&[
        row("2030-03-01", "-1.00", "PREMIER", "a"),
        // The same coffee, and a second one.
        coffee.clone(),
        coffee,
        // Too many days later.
        row("2030-03-26", "-9.99", "ABO 2", "a"),
        // Of another account, of another sign.
        row("2030-03-25", "-50.00", "RETRAIT", "a"),
        row("2030-03-25", "50.00", "RETRAIT", "b"),
    ]);
    assert_eq!(pairs_of(&platform, second), 0);
    // Outside the days of the file nothing can be said.
    let third = import(&[row("2030-03-21", "-9.99", "ABO BIS", "a"), row("2030-03-22", "-3.00", "X", "a")]);
    assert_eq!(pairs_of(&platform, third), 0);
    let fourth = import(&[row("2030-03-18", "-9.98", "Y", "a"), row("2030-03-22", "-9.99", "ABO TER", "a")]);
    assert_eq!(pairs_of(&platform, fourth), 1);
    // Another person has no such pair.
    let rows = platform.alike_rows(&me(), fourth).unwrap().pairs[0].rows;
    let other =
        Caller::new(&SystemClock, Actor::Person, Channel::Web, Lang::En).about("bruno".parse().unwrap());
    platform
        .import(&other, "f.json", format!("[{}]", row("2030-03-01", "-1.00", "X", "a")).as_bytes())
        .unwrap();
    assert!(!platform.decide_alike(&other, fourth, &rows, Decision::KeepNew).unwrap());
    assert_eq!(pairs_of(&platform, fourth), 1);
}

fn pairs_of(platform: &Platform, import: u64) -> usize {
    platform.alike_rows(&me(), import).unwrap().pairs.len()
}
