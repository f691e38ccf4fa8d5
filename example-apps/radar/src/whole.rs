//! The whole app on rows that can be counted by hand: what it shows is in `whole/`.

use crate::run;
use crate::sources::SOURCES;
use mesinfos_sdk::testing::{Row, give, lines, says};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// Noon in UTC of a day.
fn noon(on: Date) -> i64 {
    i64::from(on.0) * 86_400 + 43_200
}

#[test]
fn five_categories_with_gaps_and_an_old_one() {
    let bank = |on: Date, holder: &'static str| Row::new().set("booked_on", on).set("holder", holder);
    let mut rows = vec![
        bank(day(2024, 1, 31), "A"),
        bank(day(2024, 3, 1), "A"),
        bank(day(2025, 11, 2), "B"),
        bank(day(2025, 12, 2), "B"),
        bank(day(2025, 12, 2), "B"),
        bank(day(2026, 1, 12), "A"),
        bank(day(2026, 3, 15), "C"),
        Row::new().set("holder", "D"),
    ];
    rows.extend([bank(day(2026, 3, 15), "E"), bank(day(2026, 3, 15), "F")]);
    give("bank", rows);
    // 62 days before the day of the run, and 63.
    let energy = Row::new().set("holder", "Enedis");
    give("energy", vec![energy.set("start", noon(day(2026, 1, 12)))]);
    give("purchases", vec![Row::new().set("at", noon(day(2026, 1, 11))).set("holder", "A")]);
    // In the future, without a holder; and old, but not expected every month.
    give(
        "contracts",
        vec![Row::new().set("start", day(2026, 5, 1)), Row::new().set("start", day(2020, 2, 29))],
    );
    give("health", vec![Row::new().set("on", day(2026, 9, 9)).set("holder", "Ameli")]);
    says(&run(&Context::new(Lang::Fr, day(2026, 3, 15))).unwrap(), include_str!("whole/five.fr.txt"));
    says(&run(&Context::new(Lang::En, day(2026, 3, 15))).unwrap(), include_str!("whole/five.en.txt"));
}

/// On the first of a month the map ends with the month before, and what is to come is in no cell.
#[test]
fn a_month_that_begins_is_not_in_the_map() {
    let map = |today: Date| {
        give(
            "bank",
            vec![
                Row::new().set("booked_on", day(2025, 12, 31)),
                Row::new().set("booked_on", day(2026, 1, 5)),
            ],
        );
        let said = lines(&run(&Context::new(Lang::En, today)).unwrap());
        let columns =
            said.iter().find(|line| line.trim().starts_with("columns ")).cloned().unwrap_or_default();
        let bank = said.iter().find(|line| line.trim().starts_with("Bank: ")).cloned().unwrap_or_default();
        (columns, bank)
    };
    let (columns, bank) = map(day(2026, 1, 1));
    assert!(columns.contains("columns Jan\u{a0}2024") && columns.contains("Dec\u{a0}2025 Day"), "{columns}");
    assert!(bank.ends_with("– – 1"), "{bank}");
    let (columns, bank) = map(day(2026, 1, 5));
    assert!(columns.contains("columns Feb\u{a0}2024") && columns.contains("Jan\u{a0}2026 Day"), "{columns}");
    assert!(bank.ends_with("– 1 1"), "{bank}");
}

#[test]
fn every_category_has_its_column() {
    let today = day(2026, 3, 15);
    for (id, column) in [
        ("bank", "booked_on"),
        ("purchases", "at"),
        ("bills", "issued_on"),
        ("contracts", "start"),
        ("telecom", "at"),
        ("energy", "start"),
        ("water", "start"),
        ("mobility", "at"),
        ("health", "on"),
        ("education", "start"),
        ("browsing", "at"),
        ("social", "at"),
        ("profile", "since"),
        ("documents", "on"),
    ] {
        let is_instant =
            ["purchases", "telecom", "energy", "water", "mobility", "browsing", "social"].contains(&id);
        let at = if is_instant { noon(today) } else { i64::from(today.0) };
        give(id, vec![Row::new().set(column, at).set("holder", "X")]);
    }
    says(&run(&Context::new(Lang::Fr, today)).unwrap(), include_str!("whole/all.fr.txt"));
}

#[test]
fn nothing_is_no_view() {
    let all = SOURCES.iter().map(|source| source.id).collect();
    assert_eq!(run(&Context::new(Lang::Fr, day(2026, 3, 15))).err(), Some(Failure::NeedsData(all)));
}
