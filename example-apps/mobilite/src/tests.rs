use crate::advice::{Gain, Instead, gain, instead};
use crate::modes::Way;
use crate::trips::{Leg, Step, routes, trips};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::{Date, Timestamp};

fn at(hour: i64) -> Timestamp {
    Timestamp { utc: hour * 3_600, offset: 0 }
}

fn leg(hour: i64, minutes: i64, metres: i64, way: Way) -> Step {
    let (seconds, metres) = (Some(minutes * 60), Some(metres));
    Step::Leg(Leg { start: at(hour), seconds, metres, way, from: None, to: None })
}

fn stay(hour: i64, place: &str) -> Step {
    Step::Stay(at(hour), Some(place.to_owned()))
}

/// Home to work in the morning and back in the evening, each weekday for a number of weeks.
fn commute(weeks: i64, metres: i64, way: Way) -> Vec<Step> {
    let day = |day: i64| {
        let hour = day * 24;
        let (there, back) = (leg(hour + 8, 20, metres, way), leg(hour + 17, 25, metres, way));
        [there, stay(hour + 9, "w"), back, stay(hour + 18, "h")]
    };
    // 1970-01-05 was a Monday.
    let days = (0..weeks).flat_map(|week| (4..9).map(move |d| week * 7 + d));
    [stay(90, "h")].into_iter().chain(days.flat_map(day)).collect()
}

/// So many days.
fn span(days: i32) -> Span {
    let first = mesinfos_sdk::Date::new(2025, 1, 1).unwrap();
    Span { first, last: first.plus_days(days - 1) }
}

#[test]
fn legs_between_two_stays_are_one_trip() {
    let steps = [
        stay(7, "h"),
        leg(8, 5, 400, Way::Foot),
        leg(8, 20, 6_000, Way::Rail),
        stay(9, "w"),
        leg(17, 10, 900, Way::Foot),
        // Hours later, without a stay in between: another trip, with unknown start.
        leg(22, 10, 900, Way::Foot),
    ];
    let trips = trips(&steps);
    assert_eq!(trips.len(), 3);
    assert_eq!((trips[0].way, trips[0].metres), (Way::Rail, Some(6_400)));
    assert_eq!((trips[0].from.as_deref(), trips[0].to.as_deref()), (Some("h"), Some("w")));
    assert_eq!((trips[1].from.as_deref(), trips[1].to.as_deref()), (Some("w"), None));
    assert_eq!((trips[2].from.as_deref(), trips[2].to.as_deref()), (None, None));
}

#[test]
fn a_touched_card_knows_both_ends() {
    let mut tap = Leg {
        start: at(8),
        seconds: None,
        metres: None,
        way: Way::Train,
        from: Some("a".to_owned()),
        to: Some("b".to_owned()),
    };
    let mut steps: Vec<Step> = Vec::new();
    for week in 0..4 {
        tap.start = at(week * 7 * 24);
        steps.push(Step::Leg(tap.clone()));
    }
    let trips = trips(&steps);
    let found = routes(&trips);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].by(Way::Train).and_then(|mean| mean.metres), None);
    assert_eq!(found[0].by(Way::Train).map(|mean| (mean.count, mean.seconds)), Some((4, None)));
}

/// A week begins on Monday: 1 January 1970, the first day of these trips, was a Thursday.
#[test]
fn a_route_is_of_two_weeks_from_monday_to_sunday() {
    let on = |days: [i64; 4]| {
        let steps: Vec<Step> = days
            .iter()
            .flat_map(|day| {
                [stay(day * 24 + 7, "h"), leg(day * 24 + 8, 10, 900, Way::Foot), stay(day * 24 + 9, "w")]
            })
            .collect();
        routes(&trips(&steps)).iter().map(|route| route.trips.len()).sum::<usize>()
    };
    let (sunday, monday) = (3, 4);
    assert_eq!(
        on([sunday - 1, sunday, monday, monday + 1]),
        4,
        "a Sunday and the Monday after are of two weeks"
    );
    assert_eq!(on([monday, monday + 1, monday + 5, monday + 6]), 0, "one week, to its Sunday");
}

#[test]
fn a_commute_comes_back_and_a_holiday_does_not() {
    let mut steps = commute(3, 5_000, Way::Car);
    steps.extend([leg(9_000, 300, 500_000, Way::Train), stay(9_010, "sea")]);
    let trips = trips(&steps);
    let found = routes(&trips);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].ends, ("h", "w"));
    let mean = found[0].by(Way::Car).unwrap();
    assert_eq!((mean.count, mean.metres, mean.seconds), (30, Some(5_000), Some(22 * 60 + 30)));
    assert_eq!(instead(&found[0], 5_000), Instead::Bike);
}

#[test]
fn what_is_done_already_is_advised_first() {
    let mut steps = commute(2, 12_000, Way::Car);
    steps.extend([leg(9_000, 50, 12_000, Way::Bike), stay(9_001, "w")]);
    let trips = trips(&steps);
    assert_eq!(instead(&routes(&trips)[0], 12_000), Instead::Known(Way::Bike));
}

#[test]
fn only_a_fare_that_is_not_known_is_left_out() {
    let ctx = mesinfos_sdk::Context::new(mesinfos_sdk::Lang::En, Date::new(2026, 1, 1).unwrap());
    let how = |way| {
        let mut steps = commute(2, 12_000, Way::Car);
        steps.extend([leg(9_000, 50, 12_000, way), stay(9_001, "w")]);
        let trips = trips(&steps);
        let (gain, advice) =
            crate::advice::of(&ctx, &routes(&trips)[0], "Work", (span(180), false), 12).unwrap();
        (gain.cents.is_some(), format!("{:?}", advice.how_computed).contains("Money is not counted"))
    };
    assert_eq!((how(Way::Bike), how(Way::Train)), ((true, false), (false, true)));
}

#[test]
fn gains_follow_the_factors() {
    // 1000 km at 12 cents; 217.6 g and 0.2 g per kilometre.
    let bike = gain(Instead::Bike, 1_000_000, 12);
    assert_eq!(bike, Gain { cents: Some(12_000), grams: 217_600 - 200 });
    let carpool = gain(Instead::Carpool, 1_000_000, 12);
    assert_eq!(carpool, Gain { cents: Some(6_000), grams: 108_800 });
    assert_eq!(gain(Instead::Known(Way::Train), 1_000_000, 12).cents, None, "the fare is not known");
    assert_eq!(Way::Other.grams(5_000), None);
}

fn from_to(hour: i64, minutes: i64, metres: i64, way: Way, ends: (&str, &str)) -> Step {
    let (from, to) = (Some(ends.0.to_owned()), Some(ends.1.to_owned()));
    let leg = Leg { start: at(hour), seconds: Some(minutes * 60), metres: Some(metres), way, from, to };
    Step::Leg(leg)
}

/// A kilometre on foot between the ends of a drive of 52 km (through other places) is another trip.
#[test]
fn an_alternative_is_for_the_same_distance() {
    let week = |week: i64| {
        let hour = week * 7 * 24;
        let ends = ("home", "market");
        [from_to(hour + 8, 60, 52_000, Way::Car, ends), from_to(hour + 20, 15, 1_200, Way::Foot, ends)]
    };
    let steps: Vec<Step> = (0..6).flat_map(week).collect();
    let trips = trips(&steps);
    let found = routes(&trips);
    assert_eq!(instead(&found[0], 52_000), Instead::Carpool);
    assert_eq!(instead(&found[0], 1_300), Instead::Known(Way::Foot));
    // 1 200 m are as far as 924 to 1 714 m, to three tenths.
    let known = [923, 924, 1_714, 1_715].map(|metres| instead(&found[0], metres));
    let foot = Instead::Known(Way::Foot);
    assert_eq!(known, [Instead::Walk, foot, foot, Instead::Bike]);
    // Who walks 3.6 km at times is not told to walk so far each day.
    let mut long = commute(2, 4_000, Way::Car);
    long.extend([leg(9_000, 50, 3_600, Way::Foot), stay(9_001, "w")]);
    let long = crate::trips::trips(&long);
    assert_eq!([3_000, 3_001].map(|metres| instead(&routes(&long)[0], metres)), [foot, Instead::Bike]);
    let far = commute(2, 20_000, Way::Bike);
    let far = crate::trips::trips(&far);
    assert_eq!(instead(&routes(&far)[0], 20_000), Instead::Carpool, "20 km is too far to advise a bicycle");
}

#[test]
fn a_way_back_is_another_trip_and_a_change_is_not() {
    let there = from_to(8, 10, 900, Way::Foot, ("home", "market"));
    let mut soon = from_to(8, 10, 900, Way::Foot, ("market", "home"));
    if let Step::Leg(leg) = &mut soon {
        leg.start.utc += 15 * 60;
    }
    let found = trips(&[there.clone(), soon]);
    assert_eq!(found.iter().map(|trip| trip.metres).collect::<Vec<_>>(), [Some(900), Some(900)]);
    let mut on = from_to(8, 20, 6_000, Way::Rail, ("market", "work"));
    if let Step::Leg(leg) = &mut on {
        leg.start.utc += 15 * 60;
    }
    let steps = [there, on, Step::Stay(at(9), Some("office".to_owned()))];
    let found = trips(&steps);
    assert_eq!(found.len(), 1, "five minutes to change");
    assert_eq!((found[0].from.as_deref(), found[0].to.as_deref()), (Some("home"), Some("office")));
}

#[test]
fn a_yearly_rate_is_over_the_days_with_places() {
    let mut steps = vec![leg(0, 10, 900, Way::Car)];
    steps.push(from_to(700 * 24, 10, 900, Way::Car, ("a", "b")));
    steps.push(from_to(709 * 24, 10, 900, Way::Car, ("b", "a")));
    assert_eq!(crate::trips::days_with_places(&trips(&steps)).map(Span::days), Some(10));
    assert_eq!(crate::trips::days_with_places(&[]), None);
}

#[test]
fn numbers_are_rounded_once_and_half_away_from_zero() {
    use crate::show::nearest;
    assert_eq!([nearest(5, 2), nearest(-5, 2), nearest(4, 3), nearest(0, 0)], [3, -3, 1, 0]);
}
