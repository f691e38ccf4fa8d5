use crate::factors;
use crate::home::{Household, Meter};
use crate::money::{Payment, Spending, Theme, theme};
use crate::moves::{Leg, Moves};
use crate::posts::{self, Facts};
use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::mobility::Mode;
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

fn nothing() -> Facts {
    Facts { electricity: None, gas: None, moves: None, spending: None, household: Household::default() }
}

fn fuel(cents: i64) -> Option<Spending> {
    let paid = |n, cents| Payment { day: day(n), cents, theme: Some(Theme::Fuel) };
    Spending::of(&[paid(0, cents / 2), paid(364, cents / 2)])
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
    assert!(Meter::of(&hours(13, winter)).is_none() && Meter::of(&[]).is_none());
}

#[test]
fn trips_are_brought_to_a_year() {
    let moves = drives().unwrap();
    assert_eq!((moves.by(&[Mode::Car]), moves.short()), (Some((7_300_000, 1_588_480)), 1_095_000));
    assert_eq!(moves.by(&[Mode::Plane]), None);
    let few = Leg { day: day(0), mode: Mode::Car, metres: Some(1_000) };
    assert!(Moves::of(&[few]).is_none(), "one day is no year");
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
    assert!(posts::all(&nothing(), 175).is_empty());
    let both = Facts { moves: drives(), spending: fuel(87_600), ..nothing() };
    let car = &posts::all(&both, 175)[0];
    assert_eq!((car.grams, car.cents), (Some(1_588_480), Some(87_600)), "kilometres, not fuel as well");
    assert_eq!(posts::fuel_a_km(&both), Some(12));
    let bank = Facts { spending: fuel(87_500), ..nothing() };
    let posts = posts::all(&bank, 175);
    assert_eq!((posts[0].quantity, posts[0].grams), (None, Some(500 * factors::FUEL)));
}

#[test]
fn bills_over_meters_only_where_no_energy_can_be_missing() {
    let paid = |n| Payment { day: day(n), cents: 50_000, theme: Some(Theme::Energy) };
    let spending = Spending::of(&[paid(0), paid(364)]);
    let electricity = Meter::of(&hours(365, |_| 500));
    let facts = Facts { electricity, spending, ..nothing() };
    assert_eq!(posts::paid_a_kwh(&facts), None, "gas may be missing");
    let household = Household { electric: Some(true), ..Household::default() };
    // 1000 EUR for 4380 kWh.
    assert_eq!(posts::paid_a_kwh(&Facts { household, ..facts }), Some(2_283));
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
        let posts = posts::all(&facts, 175);
        assert_eq!(posts.is_empty(), subset % 16 == 0);
        assert!(crate::in_short(&ctx, &facts, &posts).len() <= 6);
        let advice = crate::advice::all(&ctx, &facts, 175);
        assert!(advice.iter().all(|advice| !advice.how_computed.is_empty() && !advice.body.is_empty()));
        assert_eq!(advice.is_empty(), !has(0) && !has(2) && !has(3));
    }
}
