//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::bank::{Kind, Status};
use mesinfos_sdk::testing::{Row, behind, give, lines, says};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn row(on: Date, kind: Kind, label: &str, minor: i64) -> Row {
    let row = Row::new().set("booked_on", on).set("kind", kind).set("label", label).set("currency", "EUR");
    row.set("amount", minor).set("account", "A").set("holder", "Banque A")
}

/// A payment of 50 EUR by card in each month of 2025 but April, and a debit of 30 EUR.
fn year() -> Vec<Row> {
    let on = |month| day(2025, month, 3);
    let paid =
        (1..=12).filter(|month| *month != 4).map(|month| row(on(month), Kind::Card, "CB CARREFOUR", -5_000));
    let debits = (1..=12).map(|month| row(on(month), Kind::DirectDebit, "PRLV EDF", -3_000));
    paid.chain(debits).chain([row(day(2025, 12, 31), Kind::Transfer, "VIR SALAIRE", 200_000)]).collect()
}

fn shown(lang: Lang, today: Date) -> mesinfos_sdk::Report {
    run(&Context::new(lang, today)).unwrap()
}

/// Fees: 24 for the account, 47.60 for the card, 10 given back, 2.30 abroad, 16 for interventions, 5 of interest.
#[test]
fn a_year_of_two_accounts() {
    let on = |month, of| day(2025, month, of);
    let mut rows = year();
    rows.extend([
        row(on(1, 2), Kind::Fee, "FRAIS TENUE DE COMPTE", -2_400),
        row(on(2, 2), Kind::Fee, "COTISATION CARTE VISA", -4_760),
        row(on(3, 2), Kind::Fee, "COTISATION CARTE VISA", 1_000),
        row(on(7, 9), Kind::Card, "CB HOTEL 100 USD", -10_000),
        row(on(7, 10), Kind::Fee, "FRAIS ETRANGER", -230),
        row(on(7, 11), Kind::Cash, "RETRAIT 60 USD", -6_000),
        row(on(8, 1), Kind::Cash, "RETRAIT DAB PARIS", -4_000),
        row(on(8, 2), Kind::Cash, "RETRAIT DAB PARIS", -4_000),
        row(on(9, 1), Kind::Fee, "COMMISSION D INTERVENTION", -800),
        row(on(9, 2), Kind::Fee, "COMMISSION D INTERVENTION", -800),
        row(on(9, 30), Kind::Interest, "AGIOS", -500),
        row(on(10, 1), Kind::Cheque, "CHEQUE 12", -7_000),
        row(on(10, 2), Kind::Cheque, "REMISE", 9_000),
        row(on(10, 3), Kind::Transfer, "VIR INST A PAUL", -1_500),
        row(on(10, 4), Kind::Transfer, "VIR A PAUL", -2_500),
        // Of the year before, of another account, pending, and in another currency.
        row(day(2024, 12, 31), Kind::Fee, "FRAIS TENUE DE COMPTE", -99_900),
        row(on(5, 5), Kind::Card, "CB X", -100).set("account", "B"),
        row(on(5, 6), Kind::Fee, "FRAIS TENUE DE COMPTE", -300).set("account", "B"),
        row(on(5, 7), Kind::Fee, "FRAIS TENUE DE COMPTE", -99_900).set("status", Status::Pending),
        row(on(5, 8), Kind::Card, "CB X", -99_900).set("currency", "USD"),
    ]);
    give("bank", rows);
    says(&shown(Lang::Fr, day(2026, 1, 1)), include_str!("whole/year.fr.txt"));
    says(&shown(Lang::En, day(2026, 1, 1)), include_str!("whole/year.en.txt"));
    let sum = |label| behind(label).iter().filter_map(|row| row.number("amount")).sum::<i64>();
    assert_eq!(sum("Dont le découvert"), -1_600 - 500);
    assert_eq!(sum("Frais comparables du compte principal"), -2_400 - 4_760 + 1_000 - 230 - 1_600);
}

/// Without cheques and overdraft, an account that costs 60 EUR: three tariffs cost nothing.
#[test]
fn a_plain_year_with_a_saving() {
    let mut rows: Vec<Row> = year();
    rows.push(row(day(2025, 4, 9), Kind::Card, "CB CARREFOUR", -5_000));
    rows.push(row(day(2025, 6, 2), Kind::Fee, "COTISATION CARTE VISA", -6_000));
    give("bank", rows);
    says(&shown(Lang::Fr, day(2026, 1, 1)), include_str!("whole/plain.fr.txt"));
}

/// Who writes a cheque is advised no account without cheques, even without an overdraft; and who was overdrawn none without
/// an overdraft, even without a cheque.
#[test]
fn an_account_has_all_that_is_used() {
    let advised = |extra: Row| {
        let mut rows: Vec<Row> = year();
        rows.push(row(day(2025, 4, 9), Kind::Card, "CB CARREFOUR", -5_000));
        rows.push(row(day(2025, 6, 2), Kind::Fee, "COTISATION CARTE VISA", -6_000));
        rows.push(extra);
        give("bank", rows);
        let said = lines(&shown(Lang::Fr, day(2026, 1, 1)));
        said.into_iter().find(|line| line.starts_with("advice")).unwrap()
    };
    let cheque = advised(row(day(2025, 10, 1), Kind::Cheque, "CHEQUE 12", -7_000));
    assert!(cheque.contains("BoursoBank Ultim"), "{cheque}");
    assert!(!cheque.contains("N26") && !cheque.contains("Hello One"), "{cheque}");
    let overdrawn = advised(row(day(2025, 9, 30), Kind::Interest, "AGIOS", -500));
    assert!(overdrawn.contains("BoursoBank Ultim"), "{overdrawn}");
    assert!(!overdrawn.contains("N26") && !overdrawn.contains("Hello One"), "{overdrawn}");
}

/// From 3 January to 3 March are 60 days: enough. One payment in dollars, and two withdrawals.
#[test]
fn sixty_days_are_brought_to_a_year() {
    let of = |last: u8| {
        let mut rows: Vec<Row> =
            (1..=3).map(|month| row(day(2025, month, 3), Kind::Card, "CB A", -100)).collect();
        rows.push(row(day(2025, 2, 4), Kind::Card, "CB B 73 USD", -6_000));
        rows.push(row(day(2025, 3, last), Kind::Cash, "RETRAIT", -2_000));
        rows
    };
    give("bank", of(3));
    says(&shown(Lang::Fr, day(2025, 3, 9)), include_str!("whole/sixty.fr.txt"));
    let rows = of(2).into_iter().filter(|row| *row != row.clone().set("booked_on", day(2025, 3, 3)));
    give("bank", rows.collect());
    says(&shown(Lang::Fr, day(2025, 3, 9)), include_str!("whole/fewer.fr.txt"));
}

#[test]
fn what_is_not_told_is_not_compared() {
    let without = |column| give("bank", year().into_iter().map(|row| row.without(column)).collect());
    without("kind");
    says(&shown(Lang::Fr, day(2026, 1, 1)), include_str!("whole/kinds.fr.txt"));
    without("label");
    says(&shown(Lang::Fr, day(2026, 1, 1)), include_str!("whole/labels.fr.txt"));
    give("bank", year().into_iter().map(|row| row.set("currency", "GBP")).collect());
    says(&shown(Lang::En, day(2026, 1, 1)), include_str!("whole/pounds.en.txt"));
    without("amount");
    assert_eq!(run(&Context::new(Lang::Fr, day(2026, 1, 1))).err(), Some(Failure::NeedsData(vec!["bank"])));
}

#[test]
fn twelve_accounts_are_in_the_table() {
    let give_accounts = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("Banque {n:02}")).collect();
        let rows =
            names.iter().map(|name| row(day(2025, 1, 3), Kind::Card, "X", -100).set("holder", name.as_str()));
        give("bank", rows.collect());
        lines(&shown(Lang::En, day(2025, 1, 9)))
    };
    let is_cut = |said: &[String]| said.iter().any(|line| line.starts_with("limit Only your first accounts"));
    let twelve = give_accounts(12);
    assert!(twelve.iter().any(|line| line.starts_with("  Banque 11")) && !is_cut(&twelve));
    let thirteen = give_accounts(13);
    assert!(!thirteen.iter().any(|line| line.starts_with("  Banque 12")) && is_cut(&thirteen));
}
