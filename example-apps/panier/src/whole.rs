//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::purchases::{self, Kind, Status};
use mesinfos_sdk::testing::{Row, give, says};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn row(kind: purchases::Row, on: Date, shop: &'static str, minor: i64) -> Row {
    let row = Row::new().set("row", kind).set("at", i64::from(on.0) * 86_400 + 36_000).set("utc_offset", 60);
    row.set("merchant", shop).set("amount", minor).set("currency", "EUR")
}

fn receipt(on: Date, shop: &'static str, minor: i64) -> Row {
    row(purchases::Row::Receipt, on, shop, minor)
}

/// A product: its price for one, and how many.
fn product(on: Date, shop: &'static str, label: &'static str, price: i64, count: i64) -> Row {
    let row =
        row(purchases::Row::Line, on, shop, price * count).set("label", label).set("kind", Kind::Product);
    row.set("quantity", count * 1_000).set("unit_price", price)
}

fn debit(on: Date, label: &'static str, minor: i64) -> Row {
    Row::new().set("booked_on", on).set("label", label).set("amount", -minor).set("currency", "EUR")
}

fn today() -> Date {
    day(2026, 1, 1)
}

/// Milk goes from 1.00 to 1.20 EUR, coffee from 4.00 to 3.50; apples are bought once. In the other shop milk costs 1.10.
fn year() -> Vec<Row> {
    let (first, last) = (day(2025, 2, 3), day(2025, 9, 10));
    vec![
        receipt(first, "Carrefour", 2_200),
        product(first, "Carrefour", "LAIT DEMI ECREME", 100, 10),
        product(first, "Carrefour", "CAFE BIO 250G", 400, 2).set("gtin", "376"),
        product(first, "Carrefour", "POMMES AOP", 400, 1).set("shelf", "Fruits et légumes / Pommes"),
        receipt(last, "Carrefour", 1_920),
        product(last, "Carrefour", "LAIT DEMI ECREME", 120, 6),
        product(last, "Carrefour", "CAFE BIO 250 G", 350, 2).set("gtin", "376"),
        product(last, "Carrefour", "ZZZ", 500, 1),
        // A voucher and a bag are no products; a cancelled line was not paid; a returned one was.
        product(last, "Carrefour", "BON", 100, 1).set("kind", Kind::Voucher),
        product(last, "Carrefour", "CHAMPAGNE", 9_900, 1).set("status", Status::Cancelled),
        receipt(last, "Carrefour", 300).set("status", Status::Returned),
        product(last, "Carrefour", "RIZ", 300, 1).set("status", Status::Returned),
        receipt(day(2025, 9, 20), "Lidl", 550),
        product(day(2025, 9, 20), "Lidl", "LAIT DEMI ECREME", 110, 5),
        receipt(day(2025, 10, 1), "Lidl", 1).without("amount"),
        receipt(day(2025, 10, 1), "Lidl", 9_900).set("currency", "CHF"),
    ]
}

#[test]
fn two_shops_and_a_bank() {
    give("purchases", year());
    give(
        "bank",
        vec![
            debit(day(2025, 2, 3), "CB CARREFOUR", 2_200),
            debit(day(2025, 3, 3), "CB BOULANGERIE", 500),
            debit(day(2025, 3, 4), "PRLV EDF", 7_700),
            debit(day(2025, 3, 5), "CB CARREFOUR", -300),
            debit(day(2025, 9, 10), "CB CARREFOUR", 1_920),
            debit(day(2025, 9, 20), "CB LIDL", 550),
            debit(day(2025, 12, 1), "CB LIDL", 9_900),
        ],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/year.fr.txt"));
    says(&run(&Context::new(Lang::En, today())).unwrap(), include_str!("whole/year.en.txt"));
}

/// Thirteen shelves of 1 to 13 EUR, receipts of one shop, a bank that is not there.
#[test]
fn small_classes_are_shown_together() {
    let shelves = [
        "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze",
        "Treize",
    ];
    let of = |(n, shelf): (i64, &'static str)| {
        product(day(2025, 2, 3), "Shop", "X", n * 100, 1).set("shelf", shelf)
    };
    give("purchases", (1..).zip(shelves).map(of).collect());
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/classes.fr.txt"));
}

/// A receipt without lines, and one that was given back: -10 EUR.
#[test]
fn receipts_without_lines() {
    give(
        "purchases",
        vec![
            receipt(day(2025, 2, 3), "Shop", 1_000),
            receipt(day(2025, 2, 4), "Shop", 2_000).set("status", Status::Returned),
        ],
    );
    give("bank", vec![debit(day(2025, 2, 3), "PRLV EDF", 500)]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/receipts.fr.txt"));
    give("purchases", vec![product(day(2025, 2, 3), "Shop", "", 100, 1).without("merchant")]);
    give("bank", vec![debit(day(2025, 2, 3), "VIR SALAIRE", -500)]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/unnamed.fr.txt"));
    give("purchases", vec![receipt(day(2025, 2, 3), "Shop", 1_000).without("at")]);
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["purchases"])));
}
