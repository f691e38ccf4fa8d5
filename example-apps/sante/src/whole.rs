//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::health::{Kind, Row as Of};
use mesinfos_sdk::testing::{Row, behind, give, lines, says};
use mesinfos_sdk::{Context, Date, Failure, Lang, bills, contracts};

fn day(month: u8, day: u8) -> Date {
    Date::new(2025, month, day).unwrap()
}

fn today() -> Date {
    Date::new(2026, 1, 1).unwrap()
}

/// Care: charged, paid by the insurer, left to the person.
fn care(of: Of, on: Date, kind: Kind, label: &'static str, [charged, paid, patient]: [i64; 3]) -> Row {
    let row =
        Row::new().set("row", of).set("on", on).set("kind", kind).set("label", label).set("currency", "EUR");
    let row = row
        .set("charged", charged)
        .set("paid", paid)
        .set("patient", patient)
        .set("holder", "Assurance Maladie");
    row.set("provider", "Docteur Roche")
}

fn item(on: Date, kind: Kind, label: &'static str) -> Row {
    Row::new()
        .set("row", Of::Item)
        .set("on", on)
        .set("kind", kind)
        .set("label", label)
        .set("holder", "Hôpital")
}

fn refund(on: Date, minor: i64) -> Row {
    let row =
        Row::new().set("row", bills::Row::Bill).set("service", bills::Service::Health).set("issued_on", on);
    row.set("amount", minor).set("currency", "EUR")
}

fn cover(status: contracts::Status) -> Row {
    let row = Row::new()
        .set("row", contracts::Row::Contract)
        .set("kind", contracts::Kind::Health)
        .set("holder", "MAIF");
    row.set("product", "Santé").set("start", day(1, 1)).set("status", status)
}

/// 30.00 + 60.00 + 25.00 + 10.00 EUR are charged; 17.50 and 10.00 of what is left come back.
fn claims() -> Vec<Row> {
    vec![
        care(Of::Claim, day(3, 3), Kind::Professional, "Consultation", [3_000, 1_900, 1_100])
            .set("claim", "1"),
        care(Of::Claim, day(4, 4), Kind::Dental, "Soin", [6_000, 4_200, 1_800]).set("claim", "2"),
        care(Of::Claim, day(5, 5), Kind::Pharmacy, "Ordonnance", [2_500, 1_600, 900]).set("claim", "3"),
        care(Of::ClaimLine, day(5, 5), Kind::Pharmacy, "DOLIPRANE", [500, 300, 200]).set("claim", "3"),
        care(Of::ClaimLine, day(6, 6), Kind::Pharmacy, "VENTOLINE", [1_000, 650, 350]).set("claim", "4"),
        // The first consultation, as the complementary insurance tells it.
        care(Of::Claim, day(3, 3), Kind::Professional, "Consultation", [3_000, 1_900, 1_100])
            .set("holder", "MAIF"),
        care(Of::Claim, day(7, 7), Kind::Vision, "Lunettes", [9_900, 0, 9_900]).set("currency", "CHF"),
    ]
}

#[test]
fn care_a_record_and_contracts() {
    let mut rows = claims();
    rows.extend([
        item(day(2, 1), Kind::Medication, "VENTOLINE").set("status", "active").set("dose", "2 par jour"),
        item(day(8, 1), Kind::Medication, "Ventoline").set("status", "active"),
        item(day(8, 1), Kind::Medication, "Ventoline")
            .set("provider", "Docteur Roche")
            .set("status", "active"),
        item(day(9, 1), Kind::Medication, "Doliprane").set("until", day(9, 10)).set("status", "unheard-of"),
        item(day(9, 2), Kind::Immunization, "Grippe").set("status", "completed"),
        item(day(9, 3), Kind::Allergy, "Pollens"),
        item(day(9, 4), Kind::Problem, "Asthme"),
        item(day(10, 5), Kind::Appointment, "Contrôle"),
        item(day(9, 6), Kind::Activity, "Pas"),
        item(day(1, 10), Kind::Vital, "Poids").set("value", "70,5").set("number", 70_500).set("unit", "kg"),
        item(day(1, 20), Kind::Vital, "Poids").set("value", "71,5").set("number", 71_500).set("unit", "kg"),
        item(day(2, 20), Kind::Vital, "Poids").set("value", "72").set("number", 72_000).set("unit", "kg"),
        item(day(2, 21), Kind::LabResult, "Groupe sanguin").set("value", "O+"),
    ]);
    give("health", rows);
    give(
        "bills",
        vec![
            refund(day(4, 10), -1_750),
            refund(day(6, 10), 1_000).set("status", bills::Status::Refunded),
            refund(day(6, 11), 5_000),
            refund(day(6, 12), -7_700).set("currency", "CHF"),
            refund(day(6, 13), -7_700).set("service", bills::Service::Telecom),
            refund(day(6, 14), -7_700).set("row", bills::Row::Payment),
        ],
    );
    give(
        "contracts",
        vec![
            cover(contracts::Status::Active),
            cover(contracts::Status::Ended).set("holder", "Ancien"),
            cover(contracts::Status::Active).set("holder", "Fini").set("end", day(12, 31)),
            cover(contracts::Status::Active).set("holder", "Auto").set("kind", contracts::Kind::Vehicle),
        ],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/all.fr.txt"));
    // The rows behind a figure add up to it.
    let charged: i64 = behind("Facturé").iter().filter_map(|row| row.number("charged")).sum();
    assert!(
        include_str!("whole/all.fr.txt").contains(&format!(
            "Facturé = {}.{:02} EUR",
            charged / 100,
            charged % 100
        )),
        "{charged}"
    );
    says(&run(&Context::new(Lang::En, today())).unwrap(), include_str!("whole/all.en.txt"));
}

#[test]
fn care_without_a_record_and_without_refunds() {
    give("health", claims());
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/care.fr.txt"));
}

/// Two contracts that are none of health were read: they are not called missing, however many they are.
#[test]
fn contracts_of_another_kind_are_there() {
    give("health", vec![item(day(9, 1), Kind::Medication, "Doliprane")]);
    let car = || cover(contracts::Status::Active).set("kind", contracts::Kind::Vehicle);
    let said = |rows: Vec<Row>| {
        give("contracts", rows);
        lines(&run(&Context::new(Lang::Fr, today())).unwrap()).join("\n")
    };
    for rows in [vec![car()], vec![car(), car()], vec![car(), car().set("row", contracts::Row::Covered)]] {
        assert!(said(rows).contains("Aucun de vos contrats en cours n’est une assurance santé"));
    }
    assert!(said(Vec::new()).contains("Vos contrats ne sont pas là"));
}

#[test]
fn a_record_or_a_contract_alone() {
    give("health", vec![item(day(9, 1), Kind::Medication, "Doliprane").without("on")]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/record.fr.txt"));
    give(
        "health",
        vec![
            care(Of::Claim, day(3, 3), Kind::Professional, "X", [0; 3])
                .without("charged")
                .without("paid")
                .without("patient"),
        ],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/amounts.fr.txt"));
    give("health", Vec::new());
    give("contracts", vec![cover(contracts::Status::Active).set("end", today())]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/contract.fr.txt"));
    give("contracts", vec![cover(contracts::Status::Closed)]);
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["health"])));
}
