use crate::compare::{Cost, cost, saving};
use crate::fees::Fee;
use crate::tariffs::{Abroad, Cash, TARIFFS, Tariff, documents};
use crate::usage::{Movement, Usage, What};
use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::{Currency, Date, Source};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn fee(kind: Kind, label: &str) -> Option<Fee> {
    Fee::of(kind, None, label, -100)
}

#[test]
fn fees_of_french_statements_have_their_kind() {
    for (label, is) in [
        ("FRAIS TENUE DE COMPTE TRIM 1", Fee::Account),
        ("COTISATION CARTE VISA CLASSIC", Fee::Card),
        ("*COTIS CB MASTERCARD 03/26", Fee::Card),
        ("COTISATION TRIMESTRIELLE DE VOTRE FORMULE DE COMPTE", Fee::Package),
        ("COTISATION ESPRIT LIBRE", Fee::Package),
        ("F COTIS EUROCOMPTE CONFORT", Fee::Package),
        ("COMMISSION D'INTERVENTION 12/03", Fee::Intervention),
        ("FRAIS PAIEMENT CB HORS ZONE EURO 4,90 USD", Fee::Abroad),
        ("COMMISSION SUR RETRAIT A L'ÉTRANGER", Fee::Abroad),
        ("COMMISSION RETRAIT DAB AUTRE BANQUE", Fee::Withdrawal),
        ("FRAIS VIREMENT INSTANTANE", Fee::Transfer),
        ("FRAIS REJET PRELEVEMENT", Fee::Incident),
        ("FRAIS LETTRE INFO COMPTE DEBITEUR", Fee::Incident),
        ("FRAIS CHEQUE DE BANQUE", Fee::Cheque),
        ("COTISATION ASSURANCE MOYENS DE PAIEMENT", Fee::Cover),
        ("FRAIS DIVERS", Fee::Other),
    ] {
        assert_eq!(fee(Kind::Fee, label), Some(is), "{label}");
    }
    assert_eq!(fee(Kind::Interest, "INTERETS DEBITEURS T4"), Some(Fee::Overdraft));
    assert_eq!(fee(Kind::Interest, "INTERETS T4"), Some(Fee::Overdraft), "interest that is paid");
    assert_eq!(Fee::of(Kind::Interest, None, "INTERETS LIVRET A", 1_250), None, "interest that is earned");
}

#[test]
fn fees_of_british_statements_have_their_kind() {
    for (label, is) in [
        ("MONTHLY ACCOUNT FEE", Fee::Account),
        ("NON-STERLING TRANSACTION FEE", Fee::Abroad),
        ("UNARRANGED OVERDRAFT INTEREST", Fee::Overdraft),
        ("UNPAID ITEM FEE", Fee::Incident),
    ] {
        assert_eq!(fee(Kind::Fee, label), Some(is), "{label}");
    }
}

#[test]
fn what_only_looks_like_a_fee_is_none() {
    assert_eq!(fee(Kind::Fee, "COTISATION MAIF HABITATION"), None, "a premium");
    assert_eq!(fee(Kind::Fee, "CHARGES COPROPRIETE T2"), None, "of a home");
    assert_eq!(fee(Kind::DirectDebit, "PRLV SEPA COTISATION CLUB"), None);
    assert_eq!(fee(Kind::Card, "CARTE 12/03 SELF STATION VISA"), None);
    assert_eq!(fee(Kind::Other, "DIVERS CARTE"), None, "the bank says no kind, and the word is not sure");
    assert_eq!(fee(Kind::Other, "AGIOS DU 4E TRIMESTRE"), Some(Fee::Overdraft));
    assert_eq!(Fee::of(Kind::Card, Some("Frais bancaires"), "CARTE VISA COTISATION", -100), Some(Fee::Card));
}

#[test]
fn another_currency_is_one_beside_an_amount() {
    let abroad = |label: &str| What::of(Kind::Card, None, label, -100, Currency::EUR) == What::Card(true);
    for label in [
        "CARTE 12/07 MIGROS GENEVE 48,50 CHF",
        "CB TFL 12.40GBP LONDON",
        "CARTE APPLE USD 9.99",
        "CB X HORS ZONE EURO",
    ] {
        assert!(abroad(label), "{label}");
    }
    for label in
        ["CARTE 12/07 CAFE CHF PARIS", "CB IKEA 12,00 EUR", "CARTE 03/02 SEK 120 STOCKHOLM", "CB CADDIE 45"]
    {
        assert!(!abroad(label), "{label}");
    }
    let pounds = Currency::new("GBP").unwrap();
    assert_eq!(What::of(Kind::Cash, None, "CASH 40 EUR PARIS", -100, pounds), What::Cash(true));
}

fn of(on: Date, minor: i64, what: What) -> Movement {
    Movement { on, account: 0, minor, what, source: Source::default() }
}

/// A card payment in each month of 2025 but `idle`.
fn year(idle: &[u8]) -> Vec<Movement> {
    let pay = |month: u8| {
        let what = if idle.contains(&month) { What::Debit } else { What::Card(false) };
        of(day(2025, month, 3), -1_000, what)
    };
    (1..=12).map(pay).chain([of(day(2025, 12, 31), 5, What::Other)]).collect()
}

fn usage(movements: &[Movement]) -> Usage {
    Usage::of(movements, None, (day(2025, 1, 1), day(2025, 12, 31)))
}

fn tariff() -> Tariff {
    Tariff {
        bank: "A",
        name: ("B", "B"),
        account: 1_200,
        card: Some(4_000),
        idle: 300,
        abroad: Abroad::Rate { rate: 230, most: Some(600) },
        abroad_cash: Abroad::After { free: 1, rate: 200 },
        cash: Cash::Each { free: 3, then: Some(100), own: true },
        intervention: Some(790),
        overdraft: true,
        cheques: None,
        conditions: ("", ""),
        sources: &[],
    }
}

fn exact(cents: i64) -> Cost {
    Cost { least: cents, most: cents, unknown: Vec::new() }
}

#[test]
fn a_year_is_whole_without_a_month_and_shorter_otherwise() {
    let all = year(&[]);
    assert_eq!((usage(&all).known, usage(&all).is_whole()), (363, true));
    assert!(usage(&all[1..]).is_whole());
    let gap: Vec<Movement> = all.iter().filter(|one| !(5..8).contains(&one.on.month())).copied().collect();
    assert_eq!(
        (usage(&gap).known, usage(&gap).is_whole()),
        (363 - 31 - 30 - 31, false),
        "months without data"
    );
    assert_eq!(usage(&[]).known, 0);
}

#[test]
fn the_price_of_a_year_is_what_the_tariff_says() {
    let mut all = year(&[4]);
    assert_eq!(
        cost(&tariff(), &usage(&all)),
        exact(1_200 + 4_000 + 300),
        "a month without a payment by card"
    );
    // 2.3 % of 100 euros, and 6 euros at most.
    all.extend([(10_000, 1), (90_000, 2)].map(|(cents, at)| of(day(2025, 7, at), -cents, What::Card(true))));
    assert_eq!(cost(&tariff(), &usage(&all)), exact(5_500 + 230 + 600));
    // The first of a month is free.
    all.extend([5, 6].map(|at| of(day(2025, 7, at), -5_000, What::Cash(true))));
    all.push(of(day(2025, 7, 5), -790, What::Fee(Fee::Intervention)));
    assert_eq!(cost(&tariff(), &usage(&all)), exact(6_330 + 100 + 790));
}

#[test]
fn an_account_without_a_card_pays_for_none() {
    let debits: Vec<Movement> = (1..=12).map(|month| of(day(2025, month, 3), -500, What::Debit)).collect();
    assert_eq!(cost(&tariff(), &usage(&debits)), exact(1_200));
}

#[test]
fn doubt_is_a_range_and_never_a_guess() {
    let mut all = year(&[]);
    all.extend((1..=5).map(|at| of(day(2025, 9, at), -6_000, What::Cash(false))));
    let mut one = tariff();
    assert_eq!(
        cost(&one, &usage(&all)),
        Cost { least: 5_200, most: 5_400, unknown: vec![] },
        "whose machines?"
    );
    one.cash = Cash::Each { free: 3, then: Some(200), own: false };
    assert_eq!(cost(&one, &usage(&all)), exact(5_600));
    one.cash = Cash::Each { free: 3, then: None, own: true };
    assert_eq!(cost(&one, &usage(&all)).unknown, [Fee::Withdrawal]);
    one.cash = Cash::Free;
    one.abroad = Abroad::ForHundred(370);
    all.extend([5_000, 20_000].map(|cents| of(day(2025, 7, 1), -cents, What::Card(true))));
    // 1.85 to 3.70, and 3.70 to 7.40.
    let range = Cost { least: 5_200 + 555, most: 5_200 + 1_110, unknown: vec![] };
    assert_eq!(cost(&one, &usage(&all)), range);
    one.intervention = None;
    all.push(of(day(2025, 7, 5), -790, What::Fee(Fee::Intervention)));
    assert_eq!(cost(&one, &usage(&all)).most, range.most + 800, "the law bounds it");
    one.abroad = Abroad::Unknown;
    assert_eq!(cost(&one, &usage(&all)).unknown, [Fee::Abroad]);
    one.abroad = Abroad::Free;
    one.abroad_cash = Abroad::Yearly(1);
    all.extend([1, 2].map(|at| of(day(2025, 8, at), -5_000, What::Cash(true))));
    assert_eq!(cost(&one, &usage(&all)).unknown, [Fee::Abroad], "two, and one is free");
}

#[test]
fn a_payment_abroad_that_only_its_fee_tells_of_has_no_price() {
    let mut all = year(&[]);
    all.push(of(day(2025, 7, 2), -230, What::Fee(Fee::Abroad)));
    assert_eq!(cost(&tariff(), &usage(&all)).unknown, [Fee::Abroad]);
    let mut free = tariff();
    (free.abroad, free.abroad_cash) = (Abroad::Free, Abroad::Free);
    assert_eq!(cost(&free, &usage(&all)), exact(5_200));
    all.push(of(day(2025, 7, 1), -10_000, What::Card(true)));
    assert_eq!(cost(&tariff(), &usage(&all)), exact(5_200 + 230), "and its payment is there");
}

#[test]
fn a_shorter_time_is_brought_to_a_year_without_its_subscriptions() {
    let part: Vec<Movement> =
        (1..=3).map(|month| of(day(2025, month, 1), -1_000, What::Card(true))).collect();
    let usage = Usage::of(&part, None, (day(2025, 1, 1), day(2025, 3, 31)));
    assert_eq!((usage.known, usage.is_whole()), (90, false));
    // 0.69 euros in 90 days: 2.80 in 365.
    assert_eq!(cost(&tariff(), &usage), exact(5_200 + 280));
}

#[test]
fn a_saving_is_larger_than_its_own_doubt() {
    let range = |least, most| Cost { least, most, unknown: Vec::new() };
    assert_eq!(saving(8_000, &exact(0)), Some((8_000, 8_000)));
    assert_eq!(saving(8_000, &range(0, 3_000)), Some((5_000, 8_000)));
    assert_eq!(saving(8_000, &range(0, 4_000)), None, "4 000 less, give or take as much");
    assert_eq!((saving(8_000, &exact(7_500)), saving(0, &exact(0))), (None, None), "too little to act on");
    let unknown = Cost { unknown: vec![Fee::Abroad], ..exact(0) };
    assert_eq!(saving(8_000, &unknown), None);
}

#[test]
fn what_was_given_back_is_taken_off() {
    let of_card = |minor| of(day(2025, 5, 1), minor, What::Fee(Fee::Card));
    let usage = usage(&[of_card(-4_760), of_card(4_760), of(day(2025, 6, 1), -200, What::Fee(Fee::Account))]);
    assert_eq!(usage.by_kind(), [(Fee::Account, 1, 200), (Fee::Card, 1, 0)]);
    assert_eq!(usage.cost(|_| true), 200);
}

#[test]
fn every_tariff_names_what_it_was_read_in() {
    assert!(TARIFFS.len() >= 8);
    for tariff in &TARIFFS {
        assert!(!tariff.sources.is_empty() && !tariff.conditions.0.is_empty(), "{}", tariff.bank);
        assert!(tariff.intervention.is_none_or(|cents| cents <= 800), "{}: the law", tariff.bank);
    }
    let recent =
        documents().iter().filter(|document| document.on.is_some_and(|(year, ..)| year >= 2026)).count();
    assert!(recent >= 4, "{recent}");
}
