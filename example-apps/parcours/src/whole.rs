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

/// A loan of 1 000 EUR at 12 % a year with a deferral of one month, of which a French bank gave the table: interest of a
/// month is 1 %, insurance 1 EUR. What is owed is what the table leaves after the instalment of 5 January.
fn table() -> Vec<Row> {
    let row = |kind| {
        let row = Row::new().set("row", kind).set("loan", "A").set("currency", "EUR");
        row.set("loan_type", "Prêt étudiant").set("servicer", "Crédit Mutuel").set("rate", 1_200)
    };
    let due = |on: Date, payment: i64, remaining: i64| {
        let row = row(Kind::Instalment).set("start", on).set("payment", payment);
        row.set("insurance", 100).set("remaining", remaining)
    };
    vec![
        row(Kind::Loan)
            .set("amount", 100_000)
            .set("principal", 100_000)
            .set("payment", 1_100)
            .set("insurance", 100)
            .set("start", day(2025, 10, 5))
            .set("balance_on", day(2025, 10, 5)),
        due(day(2026, 3, 5), 50_600, 0),
        due(day(2025, 11, 5), 1_100, 100_000),
        due(day(2025, 12, 5), 11_100, 90_000),
        due(day(2026, 1, 5), 11_000, 80_000),
        due(day(2026, 2, 5), 30_900, 50_000),
    ]
}

/// A debit of an instalment: it does not name the lender, and its day is that of a bank.
fn instalment(on: Date, minor: i64) -> Row {
    debit(on, minor).set("label", "PRLV SEPA ECHEANCE PRET ETUDIANT")
}

#[test]
fn a_french_loan_is_what_its_table_says_of_today() {
    give("education", table());
    let paid = [
        debit(day(2025, 11, 3), 999),
        instalment(day(2025, 11, 5), 1_100),
        instalment(day(2025, 12, 8), 11_100),
        instalment(day(2026, 1, 5), 11_000),
        // Another loan of the same bank, and no loan at all.
        instalment(day(2026, 1, 5), 70_000),
        debit(day(2026, 1, 5), 11_000).set("label", "PRLV SEPA LOYER"),
    ];
    give("bank", paid.to_vec());
    says(&shown(Lang::Fr), include_str!("whole/table.fr.txt"));
    says(&shown(Lang::En), include_str!("whole/table.en.txt"));
    let said = |rows: Vec<Row>| {
        give("bank", rows);
        lines(&shown(Lang::Fr)).join("\n").replace('\u{a0}', " ")
    };
    // Without the debit of December: a payment is missing, and the view says which.
    let mut gap = paid.to_vec();
    gap.remove(2);
    let gap = said(gap);
    assert!(
        gap.contains("votre banque montre 2 des 3 mensualités dues de novembre 2025 à janvier 2026"),
        "{gap}"
    );
    assert!(gap.contains("Votre banque ne montre pas la mensualité du 5 décembre 2025"), "{gap}");
    // Movements that end in November say nothing of later instalments.
    let short = said(vec![instalment(day(2025, 11, 5), 1_100), debit(day(2025, 11, 30), 999)]);
    assert!(short.contains("800.00 EUR. Solde de votre échéancier au 5 janvier 2026 ; votre banque montre la mensualité due en novembre 2025."), "{short}");
    // A debit twelve days late is seen, one a day later is not.
    let late =
        |on| said(vec![debit(day(2025, 12, 1), 999), instalment(on, 11_100), debit(day(2026, 1, 2), 999)]);
    assert!(late(day(2025, 12, 17)).contains("votre banque montre la mensualité due en décembre 2025"));
    assert!(
        late(day(2025, 12, 18)).contains("votre banque ne montre pas la mensualité due en décembre 2025")
    );
    assert!(late(day(2025, 12, 2)).contains("votre banque montre la mensualité due en décembre 2025"));
    assert!(said(Vec::new()).contains("800.00 EUR. Solde de votre échéancier au 5 janvier 2026."));
}

#[test]
fn a_table_says_whether_a_loan_is_deferred_or_repaid() {
    let said = |today: Date, rows: Vec<Row>| {
        give("education", rows);
        lines(&run(&Context::new(Lang::Fr, today)).unwrap()).join("\n").replace('\u{a0}', " ")
    };
    let early = said(day(2025, 10, 20), table());
    assert!(early.contains("différé partiel : les intérêts seuls, jusqu’au 5 décembre 2025"), "{early}");
    assert!(early.contains("figure Reste à rembourser = 1000.00 EUR"), "{early}");
    assert!(said(day(2026, 3, 5), table()).contains("remboursé"));
    let mut total = table();
    // In a full deferral the interest is added to the debt.
    total[2] = total[2].clone().set("payment", 100).set("remaining", 101_000);
    let total = said(day(2025, 10, 20), total);
    assert!(total.contains("différé total : rien à payer avant le 5 décembre 2025"), "{total}");
}

/// A debit of nothing pays nothing.
#[test]
fn a_debit_of_nothing_is_no_payment() {
    give("education", vec![loan(100_000, 1_200).set("balance_on", day(2025, 10, 31))]);
    give(
        "bank",
        vec![debit(day(2025, 11, 5), 10_000), debit(day(2025, 12, 5), 0), debit(day(2026, 1, 5), 10_000)],
    );
    says(&shown(Lang::Fr), include_str!("whole/gap.fr.txt"));
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
