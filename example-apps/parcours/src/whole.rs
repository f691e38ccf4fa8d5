//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::{parameters, run};
use mesinfos_sdk::education::{Proof, Row as Kind};
use mesinfos_sdk::testing::{Row, give, lines, says, whole};
use mesinfos_sdk::{Context, Date, Failure, Lang};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 1, 15)
}

fn step(kind: Kind, on: Date, title: &'static str) -> Row {
    Row::new().set("row", kind).set("start", on).set("title", title).set("institution", "Université de Lyon")
}

/// A loan of 1 200 EUR at no rate, paid 100 EUR a month.
fn loan(principal: i64, rate: i64) -> Row {
    let row = Row::new()
        .set("row", Kind::Loan)
        .set("principal", principal)
        .set("currency", "EUR")
        .set("rate", rate);
    row.set("loan_type", "Prêt étudiant garanti").set("servicer", "Société Générale").set("payment", 10_000)
}

fn debit(on: Date, minor: i64) -> Row {
    let row =
        Row::new().set("booked_on", on).set("label", "ECHEANCE PRET SOCIETE GENERALE").set("amount", -minor);
    row.set("currency", "EUR")
}

fn shown(lang: Lang) -> mesinfos_sdk::Report {
    run(&Context::new(lang, today())).unwrap()
}

#[test]
fn qualifications_and_a_loan_without_interest() {
    give(
        "education",
        vec![
            step(Kind::Credential, day(2020, 7, 1), "Licence")
                .set("level", 6)
                .set("proof", Proof::Present)
                .set("credits", 180_000),
            step(Kind::Credential, day(2022, 7, 1), "Master").set("level", 7).set("proof", Proof::None),
            step(Kind::Credential, day(2022, 7, 1), "MASTER").set("level", 7),
            step(Kind::Course, day(2021, 9, 1), "Statistique")
                .set("credits", 6_000)
                .set("result", "15/20")
                .set("end", day(2022, 1, 31)),
            step(Kind::Course, day(2021, 9, 1), "Logique").set("credits", 3_500),
            step(Kind::Grade, day(2022, 6, 1), "Mémoire").set("result", "16/20"),
            step(Kind::Enrolment, day(2021, 9, 1), "Master 1").set("level", 9),
            loan(100_000, 0)
                .set("interest", 20_000)
                .set("balance_on", day(2026, 1, 2))
                .set("status", "en cours"),
            Row::new().set("row", Kind::Grant).set("amount", 50_000).set("currency", "EUR"),
            Row::new().set("row", Kind::Grant).set("amount", 25_000).set("currency", "EUR"),
            Row::new().set("row", Kind::Disbursement).set("amount", 99_900).set("currency", "EUR"),
        ],
    );
    give(
        "bank",
        vec![
            debit(day(2025, 1, 15), 10_000),
            debit(day(2025, 1, 16), 10_000),
            debit(day(2025, 12, 1), 20_000),
            debit(day(2025, 12, 2), -5_000),
            debit(day(2025, 12, 3), 7_700).set("label", "PRLV EDF"),
        ],
    );
    says(&shown(Lang::Fr), include_str!("whole/learned.fr.txt"));
    says(&shown(Lang::En), include_str!("whole/learned.en.txt"));
    let ctx = Context::new(Lang::Fr, today()).with("years", whole(1)).with("extra", whole(50));
    says(&run(&ctx).unwrap(), include_str!("whole/extra.fr.txt"));
    assert_eq!(
        parameters(Lang::Fr).iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["years", "extra"]
    );
}

/// At 12 % a year, 1 % a month: 1 000 EUR, of which 100 EUR are paid each month. The balance of October is carried over
/// three payments: 1 010 - 100 = 910; 919.10 - 100 = 819.10; 827.29 - 100 = 727.29 EUR.
#[test]
fn an_old_balance_is_carried_over_the_payments() {
    let old = loan(100_000, 1_200).set("balance_on", day(2025, 10, 31));
    give("education", vec![old.clone()]);
    let paid = [day(2025, 11, 5), day(2025, 12, 5), day(2026, 1, 5)];
    give("bank", paid.iter().map(|on| debit(*on, 10_000)).collect());
    says(&shown(Lang::Fr), include_str!("whole/carried.fr.txt"));
    // Without the payment of December, nothing is carried.
    give("bank", vec![debit(paid[0], 10_000), debit(paid[2], 10_000)]);
    says(&shown(Lang::Fr), include_str!("whole/gap.fr.txt"));
    // A payment in January alone is taken off a balance of December, without the months between.
    give("education", vec![old.set("balance_on", day(2025, 12, 1))]);
    let owed = |said: Vec<String>| said.iter().find(|line| line.starts_with("figure ")).cloned().unwrap();
    assert!(owed(lines(&shown(Lang::En))).contains("910.00 EUR"));
}

/// Two loans; a payment that never ends one; dollars that are left out.
#[test]
fn two_loans_and_one_that_never_ends() {
    give(
        "education",
        vec![
            loan(100_000, 600).set("balance_on", day(2026, 1, 2)),
            loan(1_000_000, 1_200)
                .set("payment", 5_000)
                .set("loan_type", "Prêt B")
                .set("balance_on", day(2026, 1, 2)),
            loan(100_000, 600).set("currency", "USD"),
            loan(1, 1).without("principal"),
        ],
    );
    says(&shown(Lang::Fr), include_str!("whole/two.fr.txt"));
}

#[test]
fn a_loan_of_which_little_is_told() {
    let bare = Row::new().set("row", Kind::Loan).set("principal", 100_000).set("currency", "USD");
    give("education", vec![bare]);
    give("bank", vec![debit(day(2025, 12, 5), 10_000).set("label", "US DEPT OF EDUCATION")]);
    says(&shown(Lang::Fr), include_str!("whole/bare.fr.txt"));
    give("education", vec![step(Kind::Course, day(2021, 9, 1), "X").without("title")]);
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["education"])));
}
