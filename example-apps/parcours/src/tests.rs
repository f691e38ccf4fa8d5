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

/// A balance of three years ago is not what is owed today.
#[test]
fn a_balance_is_carried_forward_by_what_was_paid_since() {
    let on = Date::new(2022, 12, 31).unwrap();
    let today = Date::new(2026, 1, 1).unwrap();
    let loan = Loan { payment: Some(9_000), balance_on: Some(on), ..owing(420_000, 445) };
    let months = |from: i32, until: i32| {
        (from..until).map(|later| on.plus_months(1 + later).plus_days(4)).collect::<Vec<Date>>()
    };
    assert_eq!(paid_months(&months(0, 36), on, today), Some(36));
    assert_eq!(paid_months(&months(1, 36), on, today), None, "a month without a payment");
    assert_eq!(paid_months(&[], on, Date::new(2023, 1, 20).unwrap()), Some(0), "no month is over");
    let now = loan.carried(36).unwrap();
    // Month by month: 4 200.00 with 4.45 % a year, 36 times 90.00.
    let mut owed = 420_000;
    for _ in 0..36 {
        owed += (owed * 445 + 60_000) / 120_000 - 9_000;
    }
    assert_eq!((now.owed(), now.interest), (owed, 0));
    assert!(loan.is_old(today) && !loan.is_old(on.plus_days(30)));
    assert_eq!(Loan { payment: None, ..loan.clone() }.carried(36), None);
    // Interest that was due is paid first: 100.00 of it, less 90.00, and 15.58 for a month of 4 200.00.
    let behind = Loan { interest: 10_000, ..loan }.carried(1).unwrap();
    assert_eq!((behind.principal, behind.interest), (420_000, 10_000 + 1_558 - 9_000));
}

fn advises(given: &Given, today: Date) -> (bool, usize) {
    advises_over(given, today, 0)
}

fn advises_over(given: &Given, today: Date, years: i64) -> (bool, usize) {
    let ctx = Context::new(Lang::Fr, today).with("years", mesinfos_sdk::testing::whole(years));
    let usd = Currency::new("USD").unwrap();
    let report = pages::report(&ctx, usd, given, wish(&ctx, usd));
    let blocks = report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    (blocks.into_iter().any(|block| matches!(block, Block::Advice(_))), report.limits.len())
}

#[test]
fn advice_needs_a_balance_of_today_and_more_than_is_paid_already() {
    let today = Date::new(2026, 1, 1).unwrap();
    let of = |payment, balance_on| Given {
        loans: vec![Loan { payment: Some(payment), balance_on, ..owing(420_000, 445) }],
        ..Given::default()
    };
    let recent = Some(today.plus_days(-10));
    let (is_advised, limits) = advises(&of(1_000, recent), today);
    assert!(is_advised, "10 a month is below the plan of ten years");
    assert!(advises(&of(9_000, recent), today).0, "a tenth more than 90 a month saves interest");
    assert!(!advises_over(&of(9_000, recent), today, 10).0, "90 a month is twice the plan");
    let cheap = Loan { payment: Some(14_746), balance_on: recent, ..owing(307_107, 90) };
    let cheap = Given { loans: vec![cheap], ..Given::default() };
    assert!(!advises(&cheap, today).0, "less than ten in all");
    let (is_advised, more) = advises(&of(1_000, Some(today.plus_days(-1_000))), today);
    assert!(!is_advised && more == limits + 1, "the view says that the balance is old");
    assert!(!advises(&of(1_000, None), today).0);
}

#[test]
fn a_balance_says_which_payments_were_taken_off() {
    let (on, today) = (Date::new(2025, 10, 31).unwrap(), Date::new(2026, 1, 1).unwrap());
    let said = |months: i32, lang| {
        let paid = (0..months).map(|later| on.plus_months(1 + later).plus_days(4)).collect();
        let loan = Loan { payment: Some(9_000), balance_on: Some(on), ..owing(420_000, 445) };
        let given = Given { loans: vec![loan], paid, ..Given::default() };
        let (ctx, usd) = (Context::new(lang, today), Currency::new("USD").unwrap());
        format!("{:?}", pages::report(&ctx, usd, &given, wish(&ctx, usd)).pages)
    };
    assert!(said(2, Lang::Fr).contains("moins les 2 mensualités que votre banque montre"));
    assert!(said(2, Lang::En).contains("less the 2 payments that your bank shows"));
    assert!(!said(0, Lang::Fr).contains("moins l") && said(0, Lang::Fr).contains("Solde du"));
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
            let simulated = blocks().any(|block| matches!(block, Block::Table(table) if table.title == ctx.t("Durée du remboursement", "Repayment period")));
            assert_eq!(simulated, subset & 2 > 0, "a loan without a rate is not simulated");
            assert_eq!(blocks().any(|block| matches!(block, Block::Timeline(_))), subset & 1 > 0);
        }
    }
}

#[test]
fn levels_have_the_qualifications_of_france() {
    let names: Vec<Option<&str>> = (2..=9).map(path::in_france).collect();
    let [cap, bac, bts, licence] = ["CAP, BEP", "baccalauréat", "BTS, DEUG", "licence, BUT"].map(Some);
    assert_eq!(names, [None, cap, bac, bts, licence, Some("master"), Some("doctorat"), None]);
}
