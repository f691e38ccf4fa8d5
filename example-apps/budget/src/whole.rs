//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::bank::{Kind, Status};
use mesinfos_sdk::testing::{Row, behind, give, says};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn row(on: Date, kind: Kind, label: &str, minor: i64) -> Row {
    let row = Row::new().set("booked_on", on).set("kind", kind).set("label", label);
    row.set("amount", minor).set("currency", "EUR").set("account", "A")
}

/// A month: 200 EUR of food, a rent of 600, a subscription of 10, a fee of 5 and a salary of 2 000.
fn month(year: i32, month: u8) -> Vec<Row> {
    let on = |of| day(year, month, of);
    // A year later the subscription costs a euro more.
    let subscription = if (year, month) < (2026, 1) { -1_000 } else { -1_100 };
    vec![
        row(on(2), Kind::Card, "CB CARREFOUR", -10_000),
        row(on(5), Kind::Transfer, "VIR LOYER", -60_000),
        row(on(10), Kind::DirectDebit, "PRLV NETFLIX", subscription),
        row(on(16), Kind::Card, "CB CARREFOUR", -10_000),
        row(on(20), Kind::Fee, "FRAIS TENUE", -500),
        row(on(28), Kind::Transfer, "VIR SALAIRE", 200_000),
    ]
}

/// Fourteen whole months, with 30 EUR of something in May and February, and ten days of March.
fn long() -> Vec<Row> {
    let mut rows: Vec<Row> = (1..=12).flat_map(|of| month(2025, of)).collect();
    rows.extend((1..=2).flat_map(|of| month(2026, of)));
    rows.push(row(day(2025, 5, 7), Kind::Card, "CB XYZ", -3_000));
    rows.push(row(day(2026, 2, 7), Kind::Card, "CB XYZ", -3_000));
    rows.extend(month(2026, 3).into_iter().take(3));
    rows
}

#[test]
fn fourteen_months_and_ten_days() {
    let mut rows: Vec<Row> = long().into_iter().map(|row| row.set("balance", 30_000)).collect();
    // To an account of one's own, with its balance; pending; and in another currency.
    rows.push(row(day(2025, 6, 15), Kind::Transfer, "VIR A MOI", -5_000));
    let own = row(day(2025, 6, 17), Kind::Transfer, "VIR DE MOI", 5_000);
    rows.push(own.set("account", "B").set("balance", 50_000));
    rows.push(row(day(2025, 6, 18), Kind::Card, "CB CARREFOUR", -900).set("status", Status::Pending));
    rows.push(row(day(2025, 6, 18), Kind::Card, "CB CARREFOUR", -900).set("currency", "USD"));
    give("bank", rows);
    let ctx = Context::new(Lang::Fr, day(2026, 3, 11));
    says(&run(&ctx).unwrap(), include_str!("whole/long.fr.txt"));
    let ctx = Context::new(Lang::En, day(2026, 3, 11));
    says(&run(&ctx).unwrap(), include_str!("whole/long.en.txt"));
    let sum = |label| behind(label).iter().filter_map(|row| row.number("amount")).sum::<i64>();
    assert_eq!(
        (sum("Last full month"), sum("Dernier mois entier")),
        (-84_600, -84_600),
        "all spending of February"
    );
    let balances: Vec<i64> =
        behind("Latest balance").iter().filter_map(|row| row.number("balance")).collect();
    assert_eq!(balances, [30_000, 50_000], "of each account, the last one");
}

#[test]
fn four_months_without_balances_and_long_ago() {
    let rows = (1..=4).flat_map(|of| month(2025, of)).chain([row(day(2025, 4, 29), Kind::Cheque, "", -1)]);
    give("bank", rows.collect());
    let ctx = Context::new(Lang::Fr, day(2025, 5, 10));
    says(&run(&ctx).unwrap(), include_str!("whole/old.fr.txt"));
}

/// 10 EUR on the account, 610 to be paid and 201 to live on: without a salary, 801 are missing.
#[test]
fn an_overdraft_is_ahead() {
    let rows = (1..=3).flat_map(|of| month(2025, of)).map(|row| row.set("balance", 1_000));
    let is_paid =
        |row: &Row| [Kind::Fee, Kind::Transfer].iter().all(|kind| *row != row.clone().set("kind", *kind));
    let mut rows: Vec<Row> = rows.filter(is_paid).collect();
    for of in 1..=3 {
        rows.push(row(day(2025, of, 5), Kind::Transfer, "VIR LOYER", -60_000).set("balance", 1_000));
        rows.push(row(day(2025, of, 28), Kind::Card, "CB CARREFOUR", -100).set("balance", 1_000));
    }
    give("bank", rows);
    let ctx = Context::new(Lang::Fr, day(2025, 4, 7));
    says(&run(&ctx).unwrap(), include_str!("whole/overdraft.fr.txt"));
}

/// Thirteen themes, of 1 to 13 EUR: the smallest ones are shown together.
#[test]
fn small_themes_are_shown_together() {
    let labels = [
        "CARREFOUR",
        "LOYER",
        "EDF",
        "RESTAURANT",
        "SNCF",
        "ORANGE",
        "MAIF",
        "PHARMACIE",
        "CRECHE",
        "NETFLIX",
        "AMAZON",
        "IMPOTS",
        "INCONNU",
    ];
    let on = day(2026, 1, 9);
    let rows = (1..).zip(labels).map(|(euros, label)| row(on, Kind::Card, label, -euros * 100));
    give("bank", rows.chain([row(on, Kind::Transfer, "VIR SALAIRE", 9_900)]).collect());
    let ctx = Context::new(Lang::Fr, day(2026, 1, 20));
    says(&run(&ctx).unwrap(), include_str!("whole/themes.fr.txt"));
}

/// Movements ten days old are good for a forecast, those of eleven days are not; nor are those of tomorrow.
#[test]
fn a_forecast_takes_fresh_movements() {
    give("bank", (1..=3).flat_map(|of| month(2025, of)).collect());
    let is_made = |today| {
        let said = mesinfos_sdk::testing::lines(&run(&Context::new(Lang::En, today)).unwrap());
        said.iter().any(|line| line.starts_with("figure This month, forecast"))
    };
    let days = [day(2025, 3, 27), day(2025, 3, 28), day(2025, 4, 7), day(2025, 4, 8)];
    // In March, two whole months are before it: too few.
    assert_eq!(days.map(is_made), [false, false, true, false]);
    give("bank", (1..=4).flat_map(|of| month(2025, of)).collect());
    let days = [day(2025, 4, 27), day(2025, 4, 28), day(2025, 5, 8), day(2025, 5, 9)];
    assert_eq!(days.map(is_made), [false, true, true, false]);
}

#[test]
fn one_movement_says_little() {
    give("bank", vec![row(day(2026, 1, 9), Kind::Card, "**", -1_234)]);
    let ctx = Context::new(Lang::Fr, day(2026, 1, 10));
    says(&run(&ctx).unwrap(), include_str!("whole/one.fr.txt"));
    give("bank", vec![row(day(2026, 1, 9), Kind::Card, "CB CARREFOUR", -1).without("amount")]);
    assert_eq!(run(&ctx).err(), Some(Failure::NeedsData(vec!["bank"])));
}

/// What is unknown is a share of the months of the charts, and of no older ones; a refund of care is told.
#[test]
fn what_is_unknown_is_of_the_months_that_are_shown() {
    let ctx = Context::new(Lang::Fr, day(2026, 3, 5));
    let said = |rows: Vec<Row>| {
        give("bank", rows);
        mesinfos_sdk::testing::lines(&run(&ctx).unwrap()).join("\n").replace('\u{a0}', " ")
    };
    // Of 25 months, the first one is in no chart: 24 are from February 2024 on.
    let months = || {
        let all = (0..25).map(|n| day(2024, 1, 1).plus_months(n));
        all.flat_map(|on| month(on.year(), on.month())).collect::<Vec<Row>>()
    };
    let cheque = |on| row(on, Kind::Cheque, "CHEQUE 12", -500_000);
    let told = "de vos dépenses de février 2024 à janvier 2026";
    let mut rows = months();
    rows.push(cheque(day(2024, 1, 9)));
    let before = said(rows);
    assert!(!before.contains("Rien ne dit") && !before.contains("Les remboursements"), "{before}");
    let mut rows = months();
    rows.push(cheque(day(2024, 2, 9)));
    rows.push(row(day(2025, 6, 9), Kind::Transfer, "VIR SEPA MAIF SANTE", 2_000));
    let within = said(rows);
    assert!(within.contains(told) && within.contains("Les remboursements"), "{within}");
}
