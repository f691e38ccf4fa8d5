use super::*;
use contract::Dates;
use mesinfos_sdk::contracts::PremiumPeriod;
use mesinfos_sdk::view::Block;
use mesinfos_sdk::{Date, Lang, Source};
use overlaps::{Why, overlaps};
use paid::{beside, by_provider};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 11, 25)
}

fn contract(provider: &str, kind: Kind, name: &str, yearly: i64, covered: &[&str]) -> Contract {
    Contract {
        id: None,
        provider: provider.to_owned(),
        kind,
        name: name.to_owned(),
        start: Some(day(2024, 4, 30)),
        end: None,
        is_ended: false,
        premium: (yearly > 0).then_some((yearly, PremiumPeriod::Year)),
        covered: covered.iter().map(|thing| (*thing).to_owned()).collect(),
        source: Source::default(),
    }
}

fn debit(label: &str, month: u8, minor: i64) -> Debit {
    Debit { day: day(2026, month, 5), label: label.to_owned(), words: fold(label), is_regular: true, minor }
}

#[test]
fn a_year_by_period_of_the_price() {
    let mut one = contract("A", Kind::Home, "", 100, &[]);
    assert_eq!(one.yearly(), Some(100));
    for (period, yearly) in
        [(PremiumPeriod::Month, Some(120)), (PremiumPeriod::Quarter, Some(40)), (PremiumPeriod::Once, None)]
    {
        one.premium = Some((10, period));
        assert_eq!(one.yearly(), yearly);
    }
}

#[test]
fn dates_of_the_law() {
    let mut one = contract("A", Kind::Home, "", 100, &[]);
    let dates = one.dates(today()).unwrap();
    let expected = Dates {
        anniversary: day(2027, 4, 30),
        notice: day(2027, 2, 28),
        reminder: day(2027, 2, 13),
        free_from: Some(day(2025, 4, 30)),
    };
    assert_eq!(dates, expected);
    one.start = Some(day(2024, 2, 29));
    one.kind = Kind::Other;
    let dates = one.dates(today()).unwrap();
    assert_eq!(
        (dates.anniversary, dates.notice, dates.free_from),
        (day(2027, 2, 28), day(2026, 12, 28), None)
    );
    one.start = Some(today());
    assert_eq!(one.dates(today()).unwrap().anniversary, day(2027, 11, 25), "it began today");
    one.start = Some(today().plus_days(1));
    assert_eq!(one.dates(today()), None, "it has not begun");
}

#[test]
fn overlaps_are_of_things_kinds_and_guarantees() {
    let why =
        |one: Contract, other: Contract| overlaps(&[one, other], today()).pop().map(|overlap| overlap.why);
    let car = |thing: &str| contract("A", Kind::Vehicle, "Auto", 300, &[thing]);
    assert_eq!(why(car("Clio"), car("CLIO")), Some(Why::Thing("Clio".to_owned())));
    assert_eq!(why(car("Clio"), car("Zoé")), None);
    assert_eq!(why(car("Véhicule"), car("Clio")), Some(Why::Kind));
    assert_eq!(why(car("Clio"), contract("B", Kind::Home, "", 200, &["Clio"])), None);
    let card = contract("Banque", Kind::Bank, "Carte Visa Premier", 130, &[]);
    let trip = contract("B", Kind::Other, "Assurance annulation", 60, &[]);
    let line = contract("Orange", Kind::Telecom, "Forfait mobile", 120, &[]);
    let phone = contract("C", Kind::Other, "Assurance mobile", 90, &[]);
    assert_eq!(
        why(card.clone(), trip.clone()),
        Some(Why::Guarantee("voyage et annulation", "travel and cancellation"))
    );
    assert_eq!(why(line, phone), None, "a line is no insurance");
    let rent = contract("D", Kind::Other, "Assurance loyers impayés", 70, &[]);
    assert_eq!(why(card.clone(), rent.clone()), None, "one of them only");
    assert_eq!(why(rent, trip.clone()), None, "nor the other");
    assert_eq!(overlaps(&[card.clone(), trip.clone()], today())[0].at_most, Some(60));
    let mut ended = trip;
    ended.is_ended = true;
    assert_eq!(why(card, ended), None);
}

#[test]
fn what_is_paid_beside_what_is_stated() {
    let contracts =
        [contract("Maif", Kind::Home, "", 24_000, &[]), contract("MAIF", Kind::Vehicle, "", 0, &[])];
    let bill = |is_bill, minor| Billed {
        day: day(2026, 5, 1),
        vendor: "maif".to_owned(),
        is_bill,
        is_insurance: false,
        minor,
    };
    let debits =
        [debit("PRLV MAIF 12", 10, 2_000), debit("PRLV MAIF 13", 11, 2_000), debit("LOYER", 11, 70_000)];
    let paid = by_provider(&contracts, &[bill(true, 23_000), bill(false, 1_000)], &debits, today());
    assert_eq!(paid["Maif"].stated, Some(24_000));
    assert_eq!((paid["Maif"].billed, paid["Maif"].debited), (Some(23_000), Some(4_000)));
    assert_eq!(paid["MAIF"].stated, None, "its price is not known");
    let none = by_provider(&contracts, &[], &[], today());
    assert_eq!((none["Maif"].billed, none["Maif"].debited), (None, None), "nothing is not zero");
}

#[test]
fn an_insurance_without_a_contract_is_seen() {
    let contracts = [contract("MAIF", Kind::Home, "", 24_000, &[])];
    let debits = [
        debit("PRLV MAIF 12", 10, 2_000),
        debit("ASSURANCE MOYENS DE PAIEMENT 10", 10, 250),
        debit("ASSURANCE MOYENS DE PAIEMENT 11", 11, 250),
        debit("MUTUELLE X", 9, 4_000),
        Debit { day: day(2020, 1, 1), ..debit("AXA", 1, 9) },
        Debit { is_regular: false, ..debit("AXA", 1, 9) },
    ];
    let found = beside(&contracts, &debits, today());
    assert_eq!(found.iter().map(|b| (b.sum, b.times)).collect::<Vec<_>>(), [(4_000, 1), (500, 2)]);
}

/// Any subset of the data gives a view, without figures derived from missing data.
#[test]
fn every_subset_has_a_view() {
    let contracts = vec![
        contract("MAIF", Kind::Home, "Multirisque", 24_000, &["Logement"]),
        contract("AXA", Kind::Home, "Multirisque", 30_000, &[]),
        contract("EDF", Kind::Energy, "Tarif Bleu", 0, &[]),
    ];
    let bills = vec![Billed {
        day: day(2026, 5, 1),
        vendor: "GMF".to_owned(),
        is_bill: true,
        is_insurance: true,
        minor: 9_000,
    }];
    let debits = vec![debit("PRLV MAIF 12", 10, 2_000), debit("PRLV MUTUELLE", 10, 3_000)];
    for subset in 0..8 {
        for lang in [Lang::Fr, Lang::En] {
            let given = Given {
                contracts: if subset & 1 > 0 { contracts.clone() } else { Vec::new() },
                bills: if subset & 2 > 0 { bills.clone() } else { Vec::new() },
                debits: if subset & 4 > 0 { debits.clone() } else { Vec::new() },
                others: false,
                has_bills: subset & 2 > 0,
                has_bank: subset & 4 > 0,
            };
            let report = pages::report(&Context::new(lang, today()), Currency::EUR, &given);
            let blocks =
                || report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
            assert!(report.headline.chars().count() <= 140 && blocks().count() > 0);
            assert_eq!(blocks().any(|block| matches!(block, Block::KeyFigures(_))), subset & 1 > 0);
            assert_eq!(report.pages.len(), if subset & 1 > 0 { 2 } else { 1 });
            assert_eq!(
                report.limits.len(),
                2 * usize::from(subset & 1 > 0) + (3 - (subset as u32).count_ones() as usize),
                "a price that is missing and the day of renewal, and each category that is not there"
            );
        }
    }
}

#[test]
fn what_was_read_is_not_called_missing() {
    let said = |has_bills, has_bank| {
        let given = Given {
            contracts: vec![contract("MAIF", Kind::Home, "Multirisque", 24_000, &[])],
            has_bills,
            has_bank,
            ..Given::default()
        };
        pages::report(&Context::new(Lang::Fr, today()), Currency::EUR, &given).limits.len()
    };
    // Rows that were read, of which a filter leaves none, are there.
    assert_eq!(said(false, false) - said(true, true), 2);
}

/// Three months of the bank are not twelve.
#[test]
fn the_months_that_the_bank_shows_are_counted() {
    let today = Date::new(2026, 1, 1).unwrap();
    let debit = |year, month, day| Debit {
        day: Date::new(year, month, day).unwrap(),
        label: String::new(),
        words: String::new(),
        is_regular: true,
        minor: 1,
    };
    let (first, last) = (Date::new(2025, 1, 5).unwrap(), Date::new(2025, 3, 31).unwrap());
    let three = [debit(2024, 1, 1), debit(2025, 1, 5), debit(2025, 2, 1), debit(2025, 3, 31)];
    assert_eq!(paid::covered(&three, today), Some((first, last, 3)));
    let whole = [debit(2025, 1, 3), debit(2025, 12, 30)];
    assert_eq!(paid::covered(&whole, today).map(|(.., months)| months), Some(12));
    assert_eq!(paid::covered(&[debit(2020, 1, 1)], today), None);
}

#[test]
fn bills_count_and_payments_that_were_made() {
    use bills::{Row, Status};
    for (row, status, is_bill) in [
        (Some(Row::Bill), None, Some(true)),
        (Some(Row::Bill), Some(Status::Due), Some(true)),
        (Some(Row::Payment), Some(Status::Paid), Some(false)),
        (Some(Row::Payment), Some(Status::Due), None),
        (Some(Row::Payment), None, None),
        (Some(Row::Line), Some(Status::Paid), None),
        (None, None, None),
    ] {
        assert_eq!(super::is_bill(row, status), is_bill, "{row:?} {status:?}");
    }
}

#[test]
fn amounts_are_in_the_currency_of_most_contracts() {
    let [franc, dollar] = ["CHF", "USD"].map(|code| Currency::new(code).unwrap());
    assert_eq!(super::most(&[]), Currency::EUR);
    assert_eq!(super::most(&[Currency::EUR, dollar, Currency::EUR]), Currency::EUR);
    assert_eq!(super::most(&[franc, dollar, franc, Currency::EUR]), franc);
}
