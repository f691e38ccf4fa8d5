//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::today::Contract;
use crate::{parameters, power, run};
use mesinfos_sdk::energy::{Commodity, Direction};
use mesinfos_sdk::testing::{Row, give, lines, says};
use mesinfos_sdk::{Context, Date, Failure, Lang, bills, contracts};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// Readings of half a kilowatt-hour an hour, from a midnight in France in winter on: one a step of some hours.
fn readings(first: Date, days: i64, hours: i64) -> Vec<Row> {
    let row = |n: i64| {
        let row = Row::new().set("commodity", Commodity::Electricity).set("direction", Direction::Consumed);
        let row =
            row.set("start", i64::from(first.0) * 86_400 - 3_600 + n * hours * 3_600).set("utc_offset", 60);
        row.set("duration", hours * 3_600).set("energy", hours * 500_000).set("meter", "M").set("series", "S")
    };
    (0..days * 24 / hours).map(row).collect()
}

fn bill(on: Date, minor: i64) -> Row {
    let row =
        Row::new().set("row", bills::Row::Bill).set("service", bills::Service::Energy).set("issued_on", on);
    row.set("amount", minor).set("currency", "EUR").set("vendor", "EDF")
}

fn contract(start: Date, power: i64) -> Row {
    let row = Row::new().set("row", contracts::Row::Contract).set("kind", contracts::Kind::Energy);
    row.set("start", start).set("power", power).set("holder", "EDF").set("product", "Tarif Bleu")
}

/// 2024 has 366 days: 4 392 kWh. 2025 has 365: 4 380 kWh. Twelve bills of 100 EUR.
#[test]
fn two_years_by_the_hour() {
    give("energy", readings(day(2024, 1, 1), 366 + 365, 1));
    give("contracts", vec![contract(day(2023, 1, 1), 6_000)]);
    let months = (1..=12).map(|month| bill(day(2025, month, 5), 10_000));
    // A payment, a bill of the telephone, and the first bill of the year before.
    let others = [
        bill(day(2025, 6, 7), 77_700).set("row", bills::Row::Payment),
        bill(day(2025, 6, 8), 77_700).set("service", bills::Service::Telecom),
        bill(day(2024, 12, 5), 88_800),
        bill(day(2025, 6, 9), 99_900).set("vendor", "ENGIE"),
    ];
    give("bills", months.chain(others).collect());
    says(&run(&Context::new(Lang::Fr, day(2026, 1, 1))).unwrap(), include_str!("whole/years.fr.txt"));
    says(&run(&Context::new(Lang::En, day(2026, 1, 1))).unwrap(), include_str!("whole/years.en.txt"));
}

/// 100 days of 12 kWh: 4 380 kWh in a year at this pace. What is paid is set, and the power is a guess.
#[test]
fn a_hundred_days_by_the_day() {
    give("energy", readings(day(2025, 1, 1), 100, 24));
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1)).with("bill", mesinfos_sdk::testing::whole(1_500));
    says(&run(&ctx).unwrap(), include_str!("whole/days.fr.txt"));
}

/// A projection from 100 days is not set beside the bills of a year.
#[test]
fn bills_of_a_year_are_not_compared_with_a_hundred_days() {
    let paid = |days| {
        give("energy", readings(day(2025, 1, 1), days, 1));
        give(
            "bills",
            (1..=12)
                .map(|back| bill(day(2025, 1, 1).plus_days(i32::try_from(days).unwrap() - back * 28), 10_000))
                .collect(),
        );
        let said = lines(&run(&Context::new(Lang::Fr, day(2026, 1, 1))).unwrap()).join("\n");
        said.contains("figure Ce que vous payez par an")
    };
    assert_eq!((paid(365), paid(100)), (true, false));
}

/// The newest contract counts, in whatever order they are given; one with a power comes before one of gas.
#[test]
fn the_newest_contract_for_electricity_counts() {
    let of = |all: Vec<Row>| {
        give("contracts", all);
        crate::today::contract().unwrap().unwrap().supplier
    };
    let old = contract(day(2019, 5, 1), 6_000).set("holder", "Old");
    let new = contract(day(2023, 5, 1), 9_000).set("holder", "New");
    let gas = contract(day(2024, 5, 1), 0).without("power").set("holder", "Gas");
    assert_eq!(of(vec![old.clone(), new.clone()]), "New");
    assert_eq!(of(vec![new.clone(), old.clone()]), "New");
    assert_eq!(of(vec![old, gas.clone(), new]), "New");
    assert_eq!(of(vec![gas]), "Gas");
}

/// A year of 340 days, and bills of 13 EUR below the cheapest offer: nothing to gain.
#[test]
fn nearly_a_year_without_a_saving() {
    give("energy", readings(day(2025, 1, 1), 340, 1));
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1)).with("bill", mesinfos_sdk::testing::whole(600));
    says(&run(&ctx).unwrap(), include_str!("whole/nearly.fr.txt"));
}

#[test]
fn two_weeks_are_enough_and_less_is_not() {
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
    give("energy", readings(day(2025, 1, 1), 14, 1));
    assert!(run(&ctx).is_ok());
    give("energy", readings(day(2025, 1, 1), 13, 1));
    assert!(matches!(run(&ctx), Err(Failure::Other(_))));
    give("energy", Vec::new());
    assert_eq!(run(&ctx).err(), Some(Failure::NeedsData(vec!["energy"])));
}

#[test]
fn the_power_is_that_of_the_contract_or_what_is_set() {
    let of = |set: Option<&str>, known: Option<i64>| {
        let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
        let ctx = set.map_or(ctx.clone(), |power| ctx.with("power", power));
        let contract = Contract { power: known, ..Contract::default() };
        power(&ctx, Some(&contract))
    };
    let known = [6_000, 6_001, 9_000, 9_001, 12_000, 12_001].map(|power| of(None, Some(power)));
    assert_eq!(known, [(0, false), (1, false), (1, false), (2, false), (2, false), (2, true)]);
    assert_eq!([of(None, None), power(&Context::new(Lang::Fr, day(2026, 1, 1)), None)], [(0, true); 2]);
    let set = ["6", "9", "12", "contract"].map(|set| of(Some(set), Some(9_000)));
    assert_eq!(set, [(0, false), (1, false), (2, false), (1, false)]);
    assert_eq!(
        parameters(Lang::Fr).iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["power", "off-peak", "bill"]
    );
}
