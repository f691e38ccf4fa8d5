use crate::factors;
use crate::home::{Household, Meter};
use crate::money::{Payment, Spending, Theme, theme};
use crate::moves::{Leg, Moves};
use crate::posts::{self, Facts, Of};
use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::span::{Reach, Span};
use mesinfos_sdk::spending::Payment as Said;
use mesinfos_sdk::{Context, Date, Energy, Lang, Timestamp};

fn day(n: i32) -> Date {
    Date::new(2025, 1, 1).unwrap().plus_days(n)
}

/// Hourly readings for a number of days, in watt-hours.
fn hours(days: i32, of: impl Fn(Date) -> i64) -> Vec<Interval> {
    let at = |hour: i64| Timestamp { utc: i64::from(day(0).0) * 86_400 + hour * 3_600, offset: 0 };
    let row =
        |hour| Interval { start: at(hour), seconds: 3_600, energy: Energy(of(at(hour).date()) * 1_000) };
    (0..i64::from(days) * 24).map(row).collect()
}

/// A day of gas runs from 6:00 to 6:00.
#[test]
fn a_year_of_gas_ends_on_its_last_day() {
    let gas = |first: i32, days: i64| {
        let utc = i64::from(day(first).0) * 86_400 + 5 * 3_600;
        let start = Timestamp { utc, offset: 60 };
        Interval { start, seconds: days * 86_400, energy: Energy(1_000) }
    };
    let span = Some(Span { first: day(0), last: day(364) });
    let days: Vec<Interval> = (0..365).map(|n| gas(n, 1)).collect();
    let months: Vec<Interval> = (0..73).map(|n| gas(n * 5, 5)).collect();
    let of = |readings: &[Interval]| Meter::of(readings).map(|meter| meter.of.span);
    assert_eq!((of(&days), of(&months), of(&hours(365, |_| 1))), (span, span, span));
}

fn nothing() -> Facts {
    Facts { electricity: None, gas: None, moves: None, spending: None, household: Household::default() }
}

fn fuel(cents: i64) -> Option<Spending> {
    let bills = [0, 364].map(|n| paid(n, Theme::Fuel, cents / 2));
    Spending::of(&(0..365).step_by(28).map(other).chain(bills).collect::<Vec<_>>())
}

fn paid(n: i32, theme: Theme, cents: i64) -> Payment {
    Payment { day: day(n), cents, theme: Some(theme) }
}

/// A payment for something else, which shows that the statement has this day.
fn other(n: i32) -> Payment {
    Payment { day: day(n), cents: 1, theme: None }
}

/// 20 km by car per day, including one leg of 3 km.
fn drives() -> Option<Moves> {
    let leg = |n, metres| Leg { day: day(n), mode: Mode::Car, metres: Some(metres) };
    Moves::of(&(0..365).flat_map(|n| [leg(n, 3_000), leg(n, 17_000)]).collect::<Vec<_>>())
}

#[test]
fn payments_are_known_by_code_then_by_words() {
    let of = |merchant, bank_category, label| theme(&Said { kind: None, merchant, bank_category, label });
    assert_eq!(of(Some(5541), None, "X"), Some(Theme::Fuel));
    assert_eq!(of(Some(4900), None, "PRLV EDF clients particuliers"), Some(Theme::Energy));
    assert_eq!(of(Some(4900), None, "VEOLIA EAU"), None, "water is a utility too");
    assert_eq!(of(Some(5411), None, "CARTE SHELL"), None, "a grocer's code is stronger than a word");
    assert_eq!(of(Some(5983), None, "FUEL"), Some(Theme::Energy), "heating oil moves no car");
    assert_eq!(of(None, None, "CB SNCF-VOYAGEURS 12/03"), Some(Theme::Transit));
    assert_eq!(of(None, Some("Électricité, gaz"), ""), Some(Theme::Energy));
    assert_eq!(of(None, None, "CREDIT FONCIER"), None, "EDF is no part of a word");
    assert_eq!(of(None, None, "CB IONITY"), None, "a charging station is no bill of the home");
}

#[test]
fn a_winter_meter_tells_of_heating() {
    let winter = |date: Date| if matches!(date.month(), 1 | 2 | 12) { 1_100 } else { 100 };
    let meter = Meter::of(&hours(365, winter)).unwrap();
    assert!(meter.is_whole());
    assert_eq!((meter.heating, meter.base_load), (Some(Energy(90 * 24 * 1_000_000)), Some(100)));
    let month = Meter::of(&hours(30, winter)).unwrap();
    assert_eq!((month.days, month.heating), (30, None), "no summer, no heating");
    assert_eq!((month.of.reach, month.energy), (Reach::Part, Energy(30 * 24 * 1_100_000)), "not a year");
    let quarter = Meter::of(&hours(100, |_| 100)).unwrap();
    assert_eq!((quarter.of.reach, quarter.energy), (Reach::Pace, Energy(365 * 24 * 100_000)));
    assert!(Meter::of(&[]).is_none());
}

#[test]
fn trips_are_brought_to_a_year() {
    let moves = drives().unwrap();
    assert_eq!((moves.by(&[Mode::Car]), moves.short()), (Some((7_300_000, 1_588_480)), 1_095_000));
    assert_eq!(moves.by(&[Mode::Plane]), None);
    let few = Leg { day: day(0), mode: Mode::Car, metres: Some(1_000) };
    let few = Moves::of(&[few]).unwrap();
    assert_eq!((few.of.reach, few.by(&[Mode::Car])), (Reach::Part, Some((1_000, 218))), "one day is no year");
    let leg = |n| Leg { day: day(n), mode: Mode::Bus, metres: Some(1_000) };
    // A year from day 5 to day 369: nothing on its first two days, which are known.
    let rested: Vec<Leg> = (0..=369).filter(|n| !(5..7).contains(n)).map(leg).collect();
    assert_eq!(Moves::of(&rested).unwrap().by(&[Mode::Bus]), Some((363_000, 41_092)), "363 x 113.2 g");
    let began: Vec<Leg> = (0..100).map(leg).collect();
    assert_eq!(
        Moves::of(&began).unwrap().by(&[Mode::Bus]),
        Some((365_000, 41_318)),
        "100 days, brought to a year"
    );
}

#[test]
fn nothing_is_counted_twice_and_nothing_is_invented() {
    assert!(posts::all(&nothing()).is_empty());
    let both = Facts { moves: drives(), spending: fuel(87_600), ..nothing() };
    let car = &posts::all(&both)[0];
    assert_eq!((car.grams, car.cents), (Some(1_588_480), Some(87_600)), "kilometres, not fuel as well");
    assert_eq!(posts::fuel_a_km(&both), Some(12));
    let bank = Facts { spending: fuel(87_500), ..nothing() };
    let posts = posts::all(&bank);
    assert_eq!((posts[0].quantity, posts[0].grams), (None, Some(500 * factors::FUEL)));
}

#[test]
fn bills_over_meters_only_where_no_energy_can_be_missing() {
    let bills = [0, 364].map(|n| paid(n, Theme::Energy, 50_000));
    let spending = Spending::of(&(0..365).step_by(28).map(other).chain(bills).collect::<Vec<_>>());
    let electricity = Meter::of(&hours(365, |_| 500));
    let facts = Facts { electricity, spending, ..nothing() };
    assert_eq!(posts::paid_a_kwh(&facts), None, "gas may be missing");
    let household = Household { electric: Some(true), ..Household::default() };
    // 1000 EUR for 4380 kWh.
    let same = Facts { household, ..facts };
    assert_eq!(posts::paid_a_kwh(&same), Some(2_283));
    let later = same.spending.map(|spending| {
        let last = spending.of.span.last.plus_days(63);
        Spending { of: Of { span: Span { last, ..spending.of.span }, ..spending.of }, ..spending }
    });
    assert_eq!(posts::paid_a_kwh(&Facts { spending: later, ..same }), None, "of another year");
}

/// All texts of the figures in short, and the figures.
fn shown(facts: &Facts) -> Vec<(String, String)> {
    let ctx = Context::new(Lang::Fr, Date::new(2026, 11, 30).unwrap());
    let posts = posts::all(facts);
    let figures = crate::in_short(&ctx, facts, &posts).into_iter();
    figures.map(|figure| (figure.label, figure.note.unwrap_or_default())).collect()
}

#[test]
fn a_year_says_which_one() {
    let facts = Facts { electricity: Meter::of(&hours(365, |_| 300)), ..nothing() };
    let [(label, note)] = shown(&facts).try_into().unwrap();
    assert_eq!(label, "Gaz à effet de serre émis en un an");
    assert!(note.ends_with("comptés, du 1er\u{a0}janvier au 31\u{a0}décembre 2025."), "{note}");
}

#[test]
fn three_weeks_are_no_year_and_years_are_not_added() {
    // Payments of ten years ago, and of the 300th to the 320th day, long after the readings.
    let payments = [-3_000, -2_990, 600, 610, 620].map(|n| paid(n, Theme::Fuel, 10_000));
    let electricity = Meter::of(&hours(365, |_| 300));
    let facts = Facts { electricity, spending: Spending::of(&payments), ..nothing() };
    let shown = shown(&facts);
    let labels: Vec<&str> = shown.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "Gaz à effet de serre : électricité",
            "Gaz à effet de serre : voiture",
            "Payé pour l’énergie et les trajets",
        ]
    );
    let spending = facts.spending.as_ref().unwrap();
    assert_eq!((spending.get(Theme::Fuel), spending.of.span.days()), (Some(30_000), 21));
    assert!(shown.iter().all(|(_, note)| !note.contains(" an") && note.contains("202")), "{shown:?}");
}

#[test]
fn every_subset_has_its_view() {
    for subset in 0..32 {
        let has = |bit: u32| subset & (1 << bit) != 0;
        let household = Household { area: Some(70), people: Some(3), electric: None };
        let facts = Facts {
            electricity: Meter::of(&hours(365, |_| 300)).filter(|_| has(0)),
            gas: Meter::of(&hours(60, |_| 900)).filter(|_| has(1)),
            moves: drives().filter(|_| has(2)),
            spending: fuel(90_000).filter(|_| has(3)),
            household: if has(4) { household } else { Household::default() },
        };
        let ctx = Context::new(Lang::Fr, day(364));
        let posts = posts::all(&facts);
        assert_eq!(posts.is_empty(), subset % 16 == 0);
        assert!(crate::in_short(&ctx, &facts, &posts).len() <= 6);
        let advice = crate::advice::all(&ctx, &facts);
        assert!(advice.iter().all(|advice| !advice.how_computed.is_empty() && !advice.body.is_empty()));
        assert_eq!(advice.is_empty(), !has(0) && !has(2) && !has(3));
    }
}
