//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::run;
use mesinfos_sdk::bank;
use mesinfos_sdk::contracts::{self, Kind, PremiumPeriod, Status};
use mesinfos_sdk::testing::{Row, behind, give, says};
use mesinfos_sdk::{Context, Date, Failure, Lang, bills};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 3, 15)
}

fn contract(
    id: &'static str,
    kind: Kind,
    product: &'static str,
    start: Date,
    premium: i64,
    period: PremiumPeriod,
) -> Row {
    let row = Row::new().set("row", contracts::Row::Contract).set("contract", id).set("kind", kind);
    let row = row.set("product", product).set("start", start).set("holder", "MAIF").set("currency", "EUR");
    row.set("premium", premium).set("premium_period", period)
}

fn covered(id: &'static str, thing: &'static str) -> Row {
    Row::new().set("row", contracts::Row::Covered).set("contract", id).set("covered", thing)
}

fn bill(on: Date, vendor: &'static str, row: bills::Row, minor: i64) -> Row {
    let it = Row::new().set("row", row).set("service", bills::Service::Insurance).set("issued_on", on);
    it.set("vendor", vendor).set("amount", minor).set("currency", "EUR")
}

fn debit(on: Date, label: &'static str, minor: i64) -> Row {
    let row =
        Row::new().set("booked_on", on).set("label", label).set("amount", -minor).set("currency", "EUR");
    row.set("kind", bank::Kind::DirectDebit)
}

/// A year: 120 for the home, 480 for a car, 60 for another one, 30 a month for health, 100 for legal protection.
#[test]
fn contracts_bills_and_debits() {
    let start = day(2020, 4, 20);
    give(
        "contracts",
        vec![
            contract("1", Kind::Home, "Habitation", start, 12_000, PremiumPeriod::Year).set("plan", "NOR_1"),
            covered("1", "Appartement"),
            contract("2", Kind::Vehicle, "Auto", start, 12_000, PremiumPeriod::Quarter)
                .set("plan", "Tous risques"),
            covered("2", "Peugeot 208"),
            contract("3", Kind::Vehicle, "Auto bis", day(2026, 1, 31), 500, PremiumPeriod::Month),
            covered("3", "PEUGEOT 208"),
            contract("4", Kind::Health, "Santé", day(2025, 12, 1), 3_000, PremiumPeriod::Month)
                .set("holder", "Alan"),
            contract("5", Kind::Other, "Protection juridique", day(2024, 2, 29), 10_000, PremiumPeriod::Year),
            contract("6", Kind::Home, "Propriétaire", start, 100_000, PremiumPeriod::Once),
            contract("7", Kind::Bank, "Visa avec protection juridique", start, 4_500, PremiumPeriod::Year)
                .set("holder", "Banque"),
            contract("8", Kind::Energy, "Tarif Bleu", start, 9_900, PremiumPeriod::Year).set("holder", "EDF"),
            contract("9", Kind::Home, "Ancien", start, 99_900, PremiumPeriod::Year)
                .set("status", Status::Ended),
            contract("10", Kind::Home, "Fini", start, 99_900, PremiumPeriod::Year)
                .set("end", day(2026, 3, 14)),
            contract("11", Kind::Vehicle, "Moto", day(2026, 6, 1), 7_000, PremiumPeriod::Year)
                .set("currency", "USD"),
        ],
    );
    give(
        "bills",
        vec![
            bill(day(2025, 3, 15), "MAIF", bills::Row::Bill, 99_900),
            bill(day(2025, 3, 16), "MAIF", bills::Row::Bill, 30_000),
            bill(day(2026, 3, 15), "MAIF", bills::Row::Bill, 5_000),
            bill(day(2026, 1, 5), "MAIF", bills::Row::Payment, 77_700).set("status", bills::Status::Paid),
            bill(day(2026, 1, 5), "Luko", bills::Row::Payment, 4_400).set("status", bills::Status::Paid),
            bill(day(2026, 1, 6), "Luko", bills::Row::Payment, 4_400).set("status", bills::Status::Due),
            bill(day(2026, 1, 7), "Orange", bills::Row::Bill, 2_000).set("service", bills::Service::Telecom),
        ],
    );
    give(
        "bank",
        vec![
            debit(day(2025, 4, 1), "PRLV MAIF 12", 10_000),
            debit(day(2026, 2, 1), "PRLV MAIF 13", 11_000),
            debit(day(2025, 5, 1), "PRLV APRIL 7", 1_500),
            debit(day(2025, 6, 1), "PRLV APRIL 8", 1_600),
            debit(day(2025, 7, 1), "PRLV ASSURLINE", 9_000),
            debit(day(2025, 8, 1), "CB AXA", 7_700).set("kind", bank::Kind::Card),
            debit(day(2025, 9, 1), "PRLV", 2_500).set("counterparty", "Mutuelle X"),
            debit(day(2025, 9, 2), "VIR MAIF", -5_000),
            debit(day(2025, 3, 1), "PRLV APRIL 9", 99_900),
        ],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/all.fr.txt"));
    // The contracts behind the price of insurance: neither those of something else, nor those that are over.
    let behind: Vec<i64> =
        behind("Assurances, par an").iter().filter_map(|row| row.number("premium")).collect();
    assert_eq!(behind, [12_000, 12_000, 500, 3_000, 10_000, 4_500]);
    says(&run(&Context::new(Lang::En, today())).unwrap(), include_str!("whole/all.en.txt"));
}

#[test]
fn one_contract_without_a_price() {
    let row = contract("1", Kind::Home, "Habitation", day(2026, 5, 1), 0, PremiumPeriod::Year);
    give("contracts", vec![row.without("premium").without("start").without("holder")]);
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/one.fr.txt"));
}

#[test]
fn debits_without_contracts() {
    give(
        "bank",
        vec![debit(day(2026, 2, 1), "PRLV MATMUT", 5_000), debit(day(2026, 3, 1), "PRLV EDF", 9_000)],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/debits.fr.txt"));
}

#[test]
fn bills_without_contracts() {
    give(
        "bills",
        vec![
            bill(day(2026, 2, 1), "Luko", bills::Row::Bill, 5_000)
                .without("issued_on")
                .set("due_on", day(2026, 2, 1)),
        ],
    );
    says(&run(&Context::new(Lang::Fr, today())).unwrap(), include_str!("whole/bills.fr.txt"));
}

#[test]
fn nothing_is_no_view() {
    give("contracts", vec![covered("1", "Appartement")]);
    give("bank", vec![debit(day(2026, 2, 1), "REMBOURSEMENT MAIF", -5_000)]);
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["contracts"])));
}
