//! Two exports of one life, on two days: the vault ends equal to the life, whatever overlaps, whatever the holders
//! corrected between them, and in whatever order the rows of a file are.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{NONE, differences, instance, me, rows};
use mesinfos_personas::{Export, Persona, personas};
use mesinfos_platform::Platform;
use mesinfos_platform::model::Category;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A sample person, and the seed of what happens to them.
type Life<'p> = (&'p Persona, u64);

/// A vault in a folder of its own.
struct Home {
    _folder: tempfile::TempDir,
    platform: Platform,
}

/// Number of rows that an import had, by category: new, corrected, known.
type Counts = BTreeMap<Category, (u64, u64, u64)>;

impl Home {
    fn new() -> Home {
        let (folder, platform) = instance();
        Home { _folder: folder, platform }
    }

    /// Imports the files of an export. Returns the imports, and what was done with the rows.
    fn import(&self, (persona, seed): Life<'_>, export: Export, order: Order) -> (Vec<u64>, Counts) {
        let (mut imports, mut counts) = (Vec::new(), Counts::new());
        for file in persona.export(seed, export) {
            let bytes = order.of(&file.name, &file.bytes);
            let report = self.platform.import(&me(), &file.name, bytes.as_slice());
            let report = report.unwrap_or_else(|error| panic!("{}: {error}", file.name));
            assert_eq!(report.rejected(), 0, "{}", file.name);
            imports.extend(report.import);
            for category in report.categories {
                let count = counts.entry(category.category).or_default();
                count.0 += category.accepted;
                count.1 += category.corrected;
                count.2 += category.duplicates;
            }
        }
        (imports, counts)
    }

    fn undo(&self, imports: &[u64]) {
        for import in imports {
            self.platform.undo_import(&me(), *import).unwrap();
        }
        self.platform.audit_verify(&me(), None).unwrap();
    }
}

/// Order of the rows in files whose rows have one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    AsWritten,
    /// Rows of arrays, of statements and of address books backwards, columns of statements from the last to the first.
    Backwards,
}

impl Order {
    fn of(self, name: &str, bytes: &[u8]) -> Vec<u8> {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        match (self, name) {
            (Order::Backwards, "boursobank.csv") => {
                let backwards = |line: &str| line.split(';').rev().collect::<Vec<_>>().join(";");
                let mut lines = text.trim_start_matches('\u{feff}').lines().map(backwards);
                let names = lines.next().unwrap();
                let rows: Vec<String> = lines.collect();
                let rows = rows.into_iter().rev();
                std::iter::once(names).chain(rows).map(|line| line + "\n").collect::<String>().into_bytes()
            }
            (Order::Backwards, "releve.ofx") => {
                blocks_backwards(text, "<STMTTRN>", "</STMTTRN>").into_bytes()
            }
            (Order::Backwards, "releve-camt053.xml") => {
                blocks_backwards(text, "<Ntry>", "</Ntry>").into_bytes()
            }
            (Order::Backwards, "contacts.vcf") => {
                blocks_backwards(text, "BEGIN:VCARD", "END:VCARD\r\n").into_bytes()
            }
            (Order::Backwards, _) if text.starts_with(['[', '{']) => {
                let mut all: serde_json::Value = serde_json::from_str(text).unwrap();
                match &mut all {
                    serde_json::Value::Array(rows) => rows.reverse(),
                    serde_json::Value::Object(members) => {
                        members
                            .values_mut()
                            .filter_map(serde_json::Value::as_array_mut)
                            .for_each(|rows| rows.reverse());
                    }
                    _ => {}
                }
                serde_json::to_vec(&all).unwrap()
            }
            _ => bytes.to_vec(),
        }
    }
}

/// A text with its blocks, which follow each other, from the last to the first.
fn blocks_backwards(text: &str, begin: &str, end: &str) -> String {
    let Some((first, last)) = text.find(begin).zip(text.rfind(end)) else { return text.to_owned() };
    let (before, rest) = text.split_at(first);
    let (blocks, after) = rest.split_at(last + end.len() - first);
    let mut all: Vec<&str> = blocks.split_inclusive(end).collect();
    all.reverse();
    format!("{before}{}{after}", all.concat())
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::AsWritten), Just(Order::Backwards)]
}

/// Number of cases: more with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_exports_of_one_life_are_one_life(
        who in any::<prop::sample::Index>(),
        seed in 0_u64..1_000,
        start in any::<prop::sample::Index>(),
        lengths in (5_i64..25, 5_i64..25, 0_i64..25),
        orders in (order(), order(), order()),
        is_first_undone in any::<bool>(),
    ) {
        let persona = &personas()[who.index(personas().len())];
        let life_of = (persona, seed);
        let (first, end) = persona.days();
        let later = |day: jiff::civil::Date, days: i64| day.saturating_add(jiff::Span::new().days(days));
        let span = i64::from(first.until(end).unwrap().get_days());
        let begin = later(first, start.index(usize::try_from((span - 50).max(1)).unwrap()) as i64);
        let (own, more, common) = lengths;
        let middle = later(begin, own);
        // The second covers at least the days that are corrected.
        let early = Export { from: begin, until: middle, is_early: true };
        let late = Export { from: later(middle, -common.max(3)), until: later(middle, more), is_early: false };
        let all = Export { from: early.from.min(late.from), ..late };
        let life = Home::new();
        life.import(life_of, all, Order::AsWritten);
        let home = Home::new();
        let (imports, _) = home.import(life_of, early, orders.0);
        let before = rows(&home.platform);
        let (later_imports, counts) = home.import(life_of, late, orders.1);
        prop_assert_eq!(differences(&rows(&home.platform), &rows(&life.platform)), NONE);
        // The same files again change nothing, the earlier ones neither.
        for export in [late, early] {
            let (again, counts) = home.import(life_of, export, orders.2);
            prop_assert!(counts.values().all(|(new, corrected, _)| new + corrected == 0), "{:?}", counts);
            home.undo(&again);
        }
        prop_assert_eq!(differences(&rows(&home.platform), &rows(&life.platform)), NONE);
        if is_first_undone {
            // Rows that both have go with the first, and are back with the second file.
            home.undo(&imports);
            let (again, _) = home.import(life_of, late, orders.2);
            let second = Home::new();
            second.import(life_of, late, Order::AsWritten);
            prop_assert_eq!(differences(&rows(&home.platform), &rows(&second.platform)), NONE);
            home.undo(&again);
            home.undo(&later_imports);
        } else {
            home.undo(&later_imports);
            prop_assert_eq!(differences(&rows(&home.platform), &before), NONE);
            home.undo(&imports);
        }
        prop_assert!(rows(&home.platform).is_empty(), "{:?}", counts);
    }
}

#[test]
fn what_holders_corrected_is_told_and_replaces_what_they_said_first() {
    let persona = personas().iter().find(|persona| persona.id == "famille").unwrap();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let early = Export { from: day("2025-01-10"), until: day("2025-01-30"), is_early: true };
    let late = Export { from: day("2025-01-20"), until: day("2025-02-10"), is_early: false };
    let home = Home::new();
    home.import((persona, 7), early, Order::AsWritten);
    let first = rows(&home.platform);
    let pending = |home: &Home| {
        let rows = &rows(&home.platform)["bank"];
        rows.iter().filter(|row| row.contains(&("status", "pending".to_owned()))).count()
    };
    assert!(pending(&home) > 0);
    let (imports, counts) = home.import((persona, 7), late, Order::AsWritten);
    assert_eq!(pending(&home), 0);
    for category in [Category::Bank, Category::Energy, Category::Water, Category::Mobility] {
        let (new, corrected, known) = counts[&category];
        assert!(new > 0 && corrected > 0 && known > 0, "{}: {new}, {corrected}, {known}", category.id());
    }
    // Half-hours of three days, and three days of gas.
    assert_eq!(counts[&Category::Energy].1, 3 * 48 + 3);
    home.undo(&imports);
    assert_eq!(differences(&rows(&home.platform), &first), NONE);
}
