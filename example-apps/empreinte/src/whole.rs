//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::energy::{Commodity, Direction};
use mesinfos_sdk::mobility::{self, Mode};
use mesinfos_sdk::testing::{Row, decimals, give, lines, says};
use mesinfos_sdk::{Context, Date, Failure, Lang, profile};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 1, 1)
}

/// Readings of some hours each, from a midnight in France in winter on: `wh` says the watt-hours of an hour in a month.
fn readings(commodity: Commodity, first: Date, days: i64, hours: i64, wh: impl Fn(u8) -> i64) -> Vec<Row> {
    let row = |n: i64| {
        let month = first.plus_days(i32::try_from(n * hours / 24).unwrap()).month();
        let row =
            Row::new().set("commodity", commodity).set("direction", Direction::Consumed).set("meter", "M");
        let row =
            row.set("start", i64::from(first.0) * 86_400 - 3_600 + n * hours * 3_600).set("utc_offset", 60);
        row.set("duration", hours * 3_600).set("energy", wh(month) * hours * 1_000).set("series", "S")
    };
    (0..days * 24 / hours).map(row).collect()
}

fn is_winter(month: u8) -> bool {
    matches!(month, 11 | 12 | 1..=3)
}

fn paid(on: Date, label: &'static str, minor: i64) -> Row {
    Row::new().set("booked_on", on).set("label", label).set("amount", -minor).set("currency", "EUR")
}

fn leg(on: Date, mode: Mode, metres: i64) -> Row {
    let row = Row::new().set("row", mobility::Row::Leg).set("at", i64::from(on.0) * 86_400 + 43_200);
    row.set("mode", mode).set("distance", metres)
}

fn home(area: i64, people: i64, heating: &'static str) -> Row {
    let row = Row::new().set("row", profile::Row::Home).set("area", area).set("people", people);
    row.set("heating", heating)
}

/// Twelve months: 1 752 kWh of electricity (200 W), 9 060 kWh of gas (2 500 W from November to March and none else),
/// 1 081.20 EUR of energy, 600 EUR of fuel, 6 000 km by car of which 720 km in short trips, 1 000 km by train.
fn year() {
    let mut energy = readings(Commodity::Electricity, day(2025, 1, 1), 365, 1, |_| 200);
    energy.extend(readings(Commodity::Gas, day(2025, 1, 1), 365, 24, |month| {
        if is_winter(month) { 2_500 } else { 0 }
    }));
    give("energy", energy);
    let months = || (1..=12).map(|month| day(2025, month, 1));
    let mut bank: Vec<Row> = months().map(|on| paid(on, "PRLV EDF", 9_010)).collect();
    bank.extend(months().map(|on| paid(on, "CB CARREFOUR STATION", 5_000)));
    bank.extend([
        paid(day(2025, 12, 31), "CB SNCF", 12_000),
        paid(day(2025, 6, 1), "CB AIR FRANCE", 30_000),
        paid(day(2025, 6, 2), "CB CARREFOUR", 7_700),
        paid(day(2025, 6, 3), "CB CARREFOUR STATION", 99_900).set("currency", "USD"),
        paid(day(2025, 6, 4), "REMBOURSEMENT EDF", -5_000),
    ]);
    give("bank", bank);
    let mut legs: Vec<Row> = months().map(|on| leg(on, Mode::Car, 440_000)).collect();
    legs.extend(months().flat_map(|on| (0..12).map(move |_| leg(on, Mode::Car, 5_000))));
    legs.extend([
        leg(day(2025, 7, 1), Mode::Train, 1_000_000),
        leg(day(2025, 7, 2), Mode::Bike, 30_000),
        leg(day(2025, 12, 31), Mode::Walk, 1_000),
        leg(day(2025, 7, 3), Mode::Car, 1).without("distance"),
        leg(day(2025, 7, 3), Mode::Car, 99_000_000).set("row", mobility::Row::Visit),
    ]);
    give("mobility", legs);
    give(
        "profile",
        vec![
            home(100, 3, "gaz"),
            home(120, 0, "gaz").without("people"),
            home(9, 9, "x").set("row", profile::Row::Vehicle),
        ],
    );
}

#[test]
fn a_year_of_everything() {
    year();
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/year.fr.txt"));
    says(&run(&Context::new(Lang::En, today())).unwrap(), include_str!("whole/year.en.txt"));
    // At 2 EUR a litre.
    let ctx = Context::new(Lang::Fr, today()).with("litre", decimals(200, 2));
    give("mobility", Vec::new());
    says(&run(&ctx).unwrap(), include_str!("whole/litre.fr.txt"));
}

/// A home that uses nothing has a price of no kilowatt-hour, and nothing to share among rooms, people and sources.
#[test]
fn a_year_without_use() {
    let year = |watts: i64| {
        give("energy", readings(Commodity::Electricity, day(2025, 1, 1), 365, 1, |_| watts));
        give("bank", (1..=12).map(|month| paid(day(2025, month, 1), "PRLV EDF", 1_547)).collect());
        let trips = |on| [leg(on, Mode::Car, 40_000), leg(on, Mode::Train, 90_000)];
        let months = (1..=12).map(|month| day(2025, month, 1)).chain([day(2025, 12, 31)]);
        give("mobility", months.flat_map(trips).collect());
        give("profile", vec![home(100, 3, "Électrique")]);
        lines(&run(&Context::new(Lang::Fr, today())).unwrap()).join("\n")
    };
    let (nothing, some) = (year(0), year(200));
    // 1 752 kWh.
    for (words, with) in [
        ("par m² et par an = 17.5 Kwh", some.as_str()),
        ("par personne et par an = 584.0 Kwh", &some),
        ("un kWh, abonnement compris = 0.1060 EUR", &some),
        ("  Électricité: 91 KgCo2e", &some),
        ("  Transports en commun: 32 KgCo2e", &nothing),
    ] {
        assert!(with.contains(words), "{words}: {with}");
    }
    for words in ["par m²", "par personne", "un kWh, abonnement", "  Électricité: "] {
        assert!(!nothing.contains(words), "{words}: {nothing}");
    }
}

/// 100 days of readings, 28 days of trips and of payments: projections.
#[test]
fn part_of_a_year() {
    give("energy", readings(Commodity::Electricity, day(2025, 4, 1), 100, 1, |_| 100));
    give(
        "bank",
        vec![paid(day(2025, 5, 1), "PRLV EDF", 2_800), paid(day(2025, 5, 28), "CB CARREFOUR STATION", 1_400)],
    );
    give("mobility", vec![leg(day(2025, 5, 1), Mode::Car, 14_000), leg(day(2025, 5, 28), Mode::Bus, 28_000)]);
    give("profile", vec![home(0, 1, "Électrique")]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/part.fr.txt"));
}

/// A home heated with electricity: what a kWh costs is known without gas.
#[test]
fn a_home_heated_with_electricity() {
    give(
        "energy",
        readings(Commodity::Electricity, day(2025, 1, 1), 365, 24, |month| {
            if is_winter(month) { 1_000 } else { 100 }
        }),
    );
    give("bank", (1..=12).map(|month| paid(day(2025, month, 1), "PRLV EDF", 6_000)).collect());
    give("profile", vec![home(50, 2, "Électrique")]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/electric.fr.txt"));
}

#[test]
fn too_little_says_nothing() {
    let ctx = Context::new(Lang::Fr, today());
    give("energy", readings(Commodity::Gas, day(2025, 1, 1), 13, 24, |_| 100));
    give("bank", vec![paid(day(2025, 5, 1), "PRLV EDF", 2_800), paid(day(2025, 5, 27), "PRLV EDF", 2_800)]);
    give("mobility", vec![leg(day(2025, 5, 1), Mode::Car, 14_000), leg(day(2025, 5, 27), Mode::Car, 14_000)]);
    says(&run(&ctx).unwrap(), include_str!("whole/little.fr.txt"));
    give("energy", Vec::new());
    give("mobility", Vec::new());
    // Of two payments alone, what was paid and when.
    says(&run(&ctx).unwrap(), include_str!("whole/paid.fr.txt"));
    give("bank", Vec::new());
    let missing = Failure::NeedsData(vec!["energy", "mobility", "bank", "profile"]);
    assert_eq!(run(&ctx).err(), Some(missing.clone()));
    give("profile", vec![home(0, 0, "gaz")]);
    assert_eq!(run(&ctx).err(), Some(missing), "no area and nobody");
    give("profile", vec![home(0, 1, "gaz")]);
    says(&run(&ctx).unwrap(), include_str!("whole/profile.fr.txt"));
}
