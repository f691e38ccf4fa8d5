use super::*;
use loan::{level_payment, plan};
use mesinfos_sdk::Date;
use mesinfos_sdk::view::Block;

fn day(year: i32) -> Option<Date> {
    Date::new(year, 6, 30)
}

fn step(row: Row, title: &str, year: i32, level: Option<i64>, credits: Option<i64>) -> Step {
    Step {
        row,
        start: day(year),
        end: None,
        title: title.to_owned(),
        institution: None,
        level,
        credits,
        result: None,
        is_signed: None,
    }
}

fn owing(principal: i64, rate: i64) -> Loan {
    Loan { principal, rate: Some(rate), ..Loan::default() }
}

/// The annuity formula in floating point, as an approximation of the result in whole cents.
fn annuity(principal: f64, rate: f64, months: i32) -> f64 {
    let r = rate / 12.0;
    principal * r / (1.0 - (1.0 + r).powi(-months))
}

#[test]
fn the_payment_is_that_of_an_annuity() {
    for (principal, rate, years) in
        [(2_000_000, 680, 10), (350_000, 600, 20), (12_345, 125, 3), (5_000_000, 0, 10)]
    {
        let payment = level_payment(&owing(principal, rate), years * 12);
        let months = i32::try_from(years * 12).unwrap();
        let expected = if rate == 0 {
            principal as f64 / f64::from(months)
        } else {
            annuity(principal as f64, rate as f64 / 1e4, months)
        };
        assert!((payment as f64 - expected).abs() < 1.5, "{payment} is not {expected}");
    }
    assert_eq!(level_payment(&owing(0, 600), 120), 0);
    assert_eq!(
        level_payment(&Loan { interest: 1_200, ..owing(0, 600) }, 12),
        100,
        "interest bears no interest"
    );
}

#[test]
fn a_plan_pays_everything_back() {
    let loans = [owing(2_000_000, 680), Loan { interest: 12_100, ..owing(175_000, 600) }];
    let payments: Vec<i64> = loans.iter().map(|loan| level_payment(loan, 120)).collect();
    let base = plan(&loans, &payments, 0).unwrap();
    assert!(base.months() <= 120 && base.months() >= 118);
    assert_eq!((base.owed[0], base.owed.last()), (2_187_100, Some(&0)));
    assert!(base.owed.windows(2).all(|pair| pair[1] < pair[0]));
    let faster = plan(&loans, &payments, 5_000).unwrap();
    assert!(faster.interest < base.interest && faster.months() < base.months());
    let longer: Vec<i64> = loans.iter().map(|loan| level_payment(loan, 240)).collect();
    assert!(plan(&loans, &longer, 0).unwrap().interest > base.interest);
}

#[test]
fn a_payment_below_the_interest_never_ends() {
    assert_eq!(plan(&[owing(2_000_000, 680)], &[11_000], 0), None);
    assert_eq!(plan(&[], &[], 0).map(|plan| plan.months()), Some(0));
}

#[test]
fn credits_are_of_courses_or_of_qualifications() {
    let master = step(Row::Credential, "Master", 2022, Some(7), Some(120_000));
    let course = step(Row::Course, "Algèbre", 2021, None, Some(4_500));
    assert_eq!(path::credits(std::slice::from_ref(&master)), Some((Row::Credential, 120_000)));
    assert_eq!(path::credits(&[master.clone(), course.clone()]), Some((Row::Course, 4_500)));
    assert_eq!(path::credits(&[]), None);
    let bac = step(Row::Credential, "Bac", 2017, Some(4), None);
    let steps = path::unique(vec![bac.clone(), master, bac, course]);
    assert_eq!(
        steps.iter().map(|step| step.title.as_str()).collect::<Vec<_>>(),
        ["Master", "Algèbre", "Bac"]
    );
    assert_eq!(path::highest(&steps).map(|(step, level)| (step.title.as_str(), level)), Some(("Master", 7)));
}

/// Any subset of the data gives a view, without figures derived from missing data.
#[test]
fn every_subset_has_a_view() {
    let usd = Currency::new("USD").unwrap();
    for subset in 1_u32..16 {
        for lang in [Lang::Fr, Lang::En] {
            let mut given = Given::default();
            if subset & 1 > 0 {
                given.steps = vec![step(Row::Credential, "Master", 2022, Some(7), None)];
            }
            if subset & 2 > 0 {
                given.loans.push(Loan { payment: Some(20_000), ..owing(1_000_000, 500) });
            }
            if subset & 4 > 0 {
                given.loans.push(Loan { principal: 100_000, ..Loan::default() });
            }
            if subset & 8 > 0 {
                given.grants = Some(277_500);
            }
            let ctx = Context::new(lang, day(2026).unwrap());
            let report = pages::report(&ctx, usd, &given, wish(&ctx, usd));
            let blocks =
                || report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
            assert!(!blocks().any(|block| matches!(block, Block::KeyFigures(figures) if figures.is_empty())));
            let simulated = blocks().any(|block| matches!(block, Block::Comparison(_)));
            assert_eq!(simulated, subset & 2 > 0, "a loan without a rate is not simulated");
            assert_eq!(blocks().any(|block| matches!(block, Block::Timeline(_))), subset & 1 > 0);
        }
    }
}
