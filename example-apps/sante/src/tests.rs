use super::*;
use costs::{Sums, counted, dispensed, sums};
use mesinfos_sdk::view::Block;
use mesinfos_sdk::{Date, Lang, Source};
use record::unique;

fn day(month: u8) -> Option<Date> {
    Date::new(2026, month, 3)
}

fn item(kind: Kind, label: &str, on: Option<Date>) -> Item {
    Item { kind, on, until: None, label: label.to_owned(), provider: None, status: None, dose: None }
}

fn care(claim: &str, is_line: bool, holder: &str, amounts: [Option<i64>; 3]) -> Care {
    let [charged, insurer, person] = amounts;
    Care {
        claim: Some(claim.to_owned()),
        is_line,
        holder: holder.to_owned(),
        on: day(2),
        kind: Some(Kind::Pharmacy),
        label: Some("X".to_owned()),
        provider: None,
        charged,
        insurer,
        person,
        back: 0,
        source: Source::default(),
    }
}

#[test]
fn what_the_complementary_insurance_gave_back_is_taken_off() {
    let on = |month, day| Date::new(2026, month, day);
    let of =
        |on, person| Care { on, ..care("", false, "A", [Some(3_000), Some(3_000 - person), Some(person)]) };
    let mut all = [of(on(1, 5), 900), of(on(3, 10), 800), of(None, 700)];
    let refund = |on: Option<Date>, minor| Refund { on: on.unwrap(), minor };
    let refunds = [
        refund(on(3, 20), 700),
        refund(on(1, 12), 850),
        // More than is left of the care in March, and too late for that of January.
        refund(on(4, 2), 500),
        // Before any care.
        refund(on(1, 1), 400),
    ];
    costs::give_back(&mut all, &refunds);
    assert_eq!(all.each_ref().map(|care| care.back), [850, 800, 0]);
    let sums = sums(&all);
    assert_eq!((sums.person, sums.back, sums.neither), (Some(50 + 700), 1_650, Some(0)));
}

#[test]
fn of_one_day_the_largest_share_is_given_back_first() {
    let of = |kind, person| Care { kind: Some(kind), ..care("", false, "A", [None, None, Some(person)]) };
    let all = [of(Kind::Professional, 900), of(Kind::Pharmacy, 400), of(Kind::Dental, 700)];
    let refunds = [Refund { on: day(2).unwrap(), minor: 1_000 }];
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [2, 0, 1]] {
        let mut care: Vec<Care> = order.iter().map(|at| all[*at].clone()).collect();
        care.sort_by(costs::in_order);
        costs::give_back(&mut care, &refunds);
        let back: Vec<_> = care.iter().map(|care| (care.kind, care.back)).collect();
        let expected = [(Kind::Pharmacy, 0), (Kind::Dental, 100), (Kind::Professional, 900)];
        assert_eq!(back, expected.map(|(kind, back)| (Some(kind), back)), "whatever the order of rows");
    }
}

#[test]
fn a_medicine_that_was_dispensed_often_is_one_medicine() {
    let items = unique(vec![
        item(Kind::Medication, "Doliprane", day(3)),
        item(Kind::Medication, "DOLIPRANE", day(1)),
        item(Kind::Medication, "Ventoline", day(2)),
        item(Kind::Immunization, "Doliprane", day(2)),
    ]);
    let found = record::medicines(&items);
    let told: Vec<_> = found.iter().map(|one| (one.last.on, one.first, one.times)).collect();
    assert_eq!(told, [(day(3), day(1), 2), (day(2), day(2), 1)]);
}

#[test]
fn one_item_that_two_holders_tell_is_shown_once() {
    let mut more = item(Kind::Immunization, "tétanos", day(1));
    more.provider = Some("Clinique".to_owned());
    let items = vec![
        item(Kind::Immunization, "Tetanos", day(1)),
        more.clone(),
        item(Kind::Allergy, "Pollen", None),
        item(Kind::Immunization, "Tetanos", day(5)),
    ];
    let kept = unique(items);
    assert_eq!(kept.iter().map(|item| item.on).collect::<Vec<_>>(), [day(5), day(1), None]);
    assert_eq!(kept[1], more, "the one that says more");
}

#[test]
fn claims_are_counted_once_and_lines_where_there_is_no_claim() {
    let all = [
        care("1", false, "A", [Some(100), Some(60), Some(20)]),
        care("1", true, "A", [Some(100), None, None]),
        care("2", true, "A", [Some(30), None, None]),
        care("2", true, "A", [Some(30), None, None]),
        care("9", false, "B", [Some(100), Some(60), Some(20)]),
    ];
    let (kept, twice) = counted(&all);
    assert_eq!((kept.len(), twice), (3, 1));
    assert_eq!(dispensed(&all).len(), 4, "the claim of the first line is not shown beside it");
    let expected = Sums {
        count: 3,
        charged: Some(160),
        insurer: Some(60),
        person: Some(20),
        back: 0,
        neither: Some(20),
    };
    assert_eq!(sums(kept), expected);
}

#[test]
fn what_nobody_says_is_not_zero() {
    let all = [care("1", false, "A", [None, None, Some(20)])];
    let expected = Sums { count: 1, person: Some(20), ..Sums::default() };
    assert_eq!(sums(&all), expected);
}

#[test]
fn measures_keep_their_last_value_and_monthly_means() {
    let mut values = Values::default();
    for (month, value, number) in
        [(3, "72", Some(72_000)), (1, "70", Some(70_000)), (1, "71", Some(71_000)), (2, "?", None)]
    {
        values.add(day(month).unwrap(), value, number);
    }
    assert_eq!(values.last, Some((day(3).unwrap(), "72".to_owned())));
    let means: Vec<f64> = values.course().iter().map(|(_, mean)| *mean).collect();
    assert_eq!((values.count, means), (4, vec![70.5, 72.0]));
}

/// Any subset of the data gives a view, without figures derived from missing data.
#[test]
fn every_subset_has_a_view() {
    for subset in 1_u32..16 {
        for lang in [Lang::Fr, Lang::En] {
            let mut given = Given::default();
            if subset & 1 > 0 {
                given.items = vec![item(Kind::Medication, "M", day(1)), item(Kind::Problem, "P", None)];
            }
            if subset & 2 > 0 {
                let mut values = Values::default();
                values.add(day(1).unwrap(), "120/80", None);
                given.measures.insert(("Tension".to_owned(), None), values);
            }
            if subset & 4 > 0 {
                given.care = vec![care("1", false, "A", [None, Some(5), None])];
            }
            if subset & 8 > 0 {
                given.covers =
                    vec![Cover { provider: "Mutuelle".to_owned(), name: String::new(), since: None }];
            }
            let report = pages::report(&Context::new(lang, day(11).unwrap()), Currency::EUR, &given);
            let blocks =
                || report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
            let has_figures = blocks().any(|block| matches!(block, Block::KeyFigures(_)));
            assert_eq!(has_figures, subset & 5 > 0, "subset {subset}");
            assert!(!blocks().any(|block| matches!(block, Block::Advice(_))), "nothing is advised");
            let missing =
                u32::from(subset & 3 == 0) + u32::from(subset & 4 == 0) + u32::from(subset & 8 == 0);
            assert_eq!(report.limits.len(), 1 + missing as usize);
        }
    }
}

#[test]
fn contracts_that_were_read_are_not_called_missing() {
    let said = |has_contracts| {
        let given =
            Given { items: vec![item(Kind::Medication, "A", day(1))], has_contracts, ..Given::default() };
        let ctx = Context::new(Lang::Fr, day(6).unwrap());
        let report = pages::report(&ctx, Currency::EUR, &given);
        format!("{:?}", report.limits)
    };
    assert!(said(false).contains("Vos contrats ne sont pas là"));
    assert!(
        !said(true).contains("Vos contrats ne sont pas là")
            && said(true).contains("Aucun de vos contrats en cours")
    );
}

#[test]
fn a_known_status_is_said_in_words_and_another_as_it_is_written() {
    let said = |lang| {
        let of =
            |status: &str| Item { status: Some(status.to_owned()), ..item(Kind::Problem, status, day(1)) };
        let given = Given { items: vec![of("Resolved"), of("draft")], ..Given::default() };
        format!("{:?}", pages::report(&Context::new(lang, day(6).unwrap()), Currency::EUR, &given).pages)
    };
    assert!(said(Lang::Fr).contains("Text(\"terminé\")") && said(Lang::En).contains("Text(\"resolved\")"));
    assert_eq!(said(Lang::Fr).matches("Text(\"draft\")").count(), 2, "the label, and the status");
}

#[test]
fn care_is_counted_in_the_currency_of_most_of_it() {
    let [euro, dollar] = ["EUR", "USD"].map(Currency::new);
    let of = |currency| (currency, care("1", false, "A", [Some(1), None, None]));
    for (all, most, count, others) in [
        (vec![of(euro), of(dollar), of(euro), of(None)], Currency::EUR, 3, true),
        (vec![of(dollar), of(dollar), of(euro)], dollar.unwrap(), 2, true),
        (vec![of(euro), of(None)], Currency::EUR, 2, false),
        (vec![of(None)], Currency::EUR, 1, false),
    ] {
        let mut given = Given::default();
        assert_eq!((in_one_currency(all, &mut given), given.care.len(), given.others), (most, count, others));
    }
}
