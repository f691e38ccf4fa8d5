//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::{parameters, run};
use mesinfos_sdk::energy::{Commodity, Direction};
use mesinfos_sdk::testing::{Row, decimals, give, lines, says, whole};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// Readings from a midnight in France in winter on, one an hour: `wh` says the watt-hours of a month and an hour.
fn hours(first: Date, days: i64, wh: impl Fn(u8, i64) -> i64) -> Vec<Row> {
    let row = |n: i64| {
        let month = first.plus_days(i32::try_from(n / 24).unwrap()).month();
        let row = Row::new().set("commodity", Commodity::Electricity).set("direction", Direction::Consumed);
        let row = row.set("start", i64::from(first.0) * 86_400 - 3_600 + n * 3_600).set("utc_offset", 60);
        row.set("duration", 3_600)
            .set("energy", wh(month, n % 24) * 1_000)
            .set("meter", "M")
            .set("series", "S")
    };
    (0..days * 24).map(row).collect()
}

/// 200 W, 1 000 W from 18 h to 21 h: 7.2 kWh a day; from November to March 500 W more: 12 kWh a day.
fn home(month: u8, hour: i64) -> i64 {
    let heating = if matches!(month, 11 | 12 | 1..=3) { 500 } else { 0 };
    heating + if (18..21).contains(&hour) { 1_000 } else { 200 }
}

fn of(ctx: &Context, rows: Vec<Row>) -> mesinfos_sdk::Report {
    give("energy", rows);
    run(ctx).unwrap()
}

/// 365 × 7.2 kWh and 151 × 12 kWh: 4 440 kWh.
#[test]
fn a_year_by_the_hour() {
    let mut rows = hours(day(2025, 1, 1), 365, home);
    // What is produced, and gas, do not count.
    rows.push(rows[0].clone().set("direction", Direction::Produced));
    rows.push(rows[0].clone().set("commodity", Commodity::Gas).set("series", "G"));
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
    says(&of(&ctx, rows.clone()), include_str!("whole/year.fr.txt"));
    says(&of(&Context::new(Lang::En, day(2026, 1, 1)), rows.clone()), include_str!("whole/year.en.txt"));
    // At 9 kVA, from 23 h on, and at a price of one's own: 20 cents and 10 EUR a month.
    let price = decimals(2_000, 4);
    let ctx = ctx.with("power", "9").with("off-peak", "23").with("price", price).with("monthly", whole(10));
    says(&of(&ctx, rows), include_str!("whole/own.fr.txt"));
}

/// A price without its standing charge is compared with nothing, and the app says what it needs.
#[test]
fn half_of_a_tariff_is_none() {
    let said = |price: i64, monthly: i64| {
        let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
        let ctx = ctx.with("price", decimals(price, 4)).with("monthly", whole(monthly));
        lines(&of(&ctx, hours(day(2025, 1, 1), 365, home))).join("\n")
    };
    for (price, monthly) in [(2_000, 0), (0, 10)] {
        let said = said(price, monthly);
        assert!(!said.contains("Votre tarif |") && said.contains("Votre tarif n’est pas comparé"), "{said}");
    }
    assert!(!said(0, 0).contains("Votre tarif"));
    assert!(!said(2_000, 10).contains("n’est pas comparé") && said(2_000, 10).contains("Votre tarif"));
}

/// 340 days: a year without its last days, brought to a whole one.
#[test]
fn nearly_a_year_and_part_of_a_year() {
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
    says(&of(&ctx, hours(day(2025, 1, 1), 340, home)), include_str!("whole/nearly.fr.txt"));
    says(&of(&ctx, hours(day(2025, 4, 1), 100, home)), include_str!("whole/part.fr.txt"));
}

#[test]
fn two_weeks_say_something_of_a_year_and_less_does_not() {
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
    says(&of(&ctx, hours(day(2025, 1, 1), 14, |_, _| 60)), include_str!("whole/fortnight.fr.txt"));
    says(&of(&ctx, hours(day(2025, 1, 1), 13, |_, _| 60)), include_str!("whole/less.fr.txt"));
    give("energy", Vec::new());
    assert_eq!(run(&ctx).err(), Some(Failure::NeedsData(vec!["energy"])));
}

/// Days and no hours: no profile, and no tariff that depends on the hour. Four years: the calendar has 1 100 days.
#[test]
fn days_alone() {
    let row = |n: i32| {
        let on = day(2022, 1, 1).plus_days(n);
        let row = Row::new().set("commodity", Commodity::Electricity).set("direction", Direction::Consumed);
        let row = row.set("start", i64::from(on.0) * 86_400 - 3_600).set("utc_offset", 60).set("meter", "M");
        row.set("duration", 86_400)
            .set("energy", if n == 1_400 { 20_000_000 } else { 10_000_000 })
            .set("series", "D")
    };
    let said = lines(&of(&Context::new(Lang::En, day(2026, 1, 1)), (0..1_461).map(row).collect()));
    let calendar = said.iter().position(|line| line.starts_with("chart Use of each day")).unwrap();
    assert_eq!(
        said[calendar].replace('\u{a0}', " "),
        "chart Use of each day: Your heaviest day: 1 November 2025."
    );
    let days = &said[calendar + 1];
    assert!(
        days.starts_with("  from 2022-12-28: 10 10 ") && days.ends_with(" 10 Kwh"),
        "1 100 days to 31 December 2025"
    );
    assert_eq!(days.split(' ').filter(|number| *number == "10" || *number == "20").count(), 1_100);
    let few = (1_400..1_461).map(row).collect();
    says(&of(&Context::new(Lang::Fr, day(2026, 1, 1)), few), include_str!("whole/days.fr.txt"));
    assert_eq!(parameters(Lang::Fr).len(), 4);
}
