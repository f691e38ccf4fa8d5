use crate::curve::Curve;
use crate::tariffs::{Plan, is_off_peak, year};
use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::{Date, Energy, Timestamp};

/// Hours from 2025-01-01 on, each with the energy given by `of`, in watt-hours.
pub(crate) fn hours(count: i64, of: impl Fn(Date, u8) -> i64) -> Vec<Interval> {
    let first = i64::from(Date::new(2025, 1, 1).unwrap().0) * 86_400;
    let at = |hour: i64| Timestamp { utc: first + hour * 3_600, offset: 0 };
    let row = |start: Timestamp| {
        let energy = Energy(of(start.date(), start.hour()) * 1_000);
        Interval { start, seconds: 3_600, energy }
    };
    (0..count).map(|hour| row(at(hour))).collect()
}

#[test]
fn a_flat_year_costs_what_the_tariff_says() {
    let curve = Curve::of(&hours(8_760, |_, _| 1_000)).unwrap();
    assert!(curve.is_whole() && curve.hourly);
    assert_eq!(curve.base_load(), Some(1_000));
    let base = year(Plan::Base, &curve, 0, 22).unwrap();
    // 8760 kWh at 0.1952 EUR, and twelve subscriptions of 15.47 EUR.
    assert_eq!((base.energy.minor, base.subscription.minor), (170_995, 18_564));
    let night = year(Plan::OffPeak, &curve, 0, 22).unwrap();
    assert_eq!(night.energy.minor, (5_840 * 2_081 + 2_920 * 1_635) / 100);
    let own = year(Plan::Own(1_000, 1_000), &curve, 0, 22).unwrap();
    assert_eq!(own.total().minor, 87_600 + 12_000);
}

#[test]
fn amounts_are_rounded_once() {
    // 1 001 Wh an hour: 8 768.76 kWh at 0.1952 EUR are 1 711.661952 EUR.
    let curve = Curve::of(&hours(8_760, |_, _| 1_001)).unwrap();
    assert_eq!(year(Plan::Base, &curve, 0, 22).unwrap().energy.minor, 171_166);
    let half = Curve::of(&hours(8_760, |_, hour| if hour == 19 { 2 } else { 1 })).unwrap();
    let watts = |reading: &Interval| Interval { energy: Energy(reading.energy.0 - 400), ..*reading };
    let half = Curve { readings: half.readings.iter().map(watts).collect(), ..half };
    assert_eq!((half.profile(|_| true)[19], half.profile(|_| true)[3]), (Some(2), Some(1)), "1.6 and 0.6 W");
    // A year with an hour missing is no projection; one with a month missing is one, and says so.
    let less = Curve::of(&hours(8_759, |_, _| 1_000)).unwrap();
    assert_eq!((less.energy(), less.is_complete()), (Energy(8_759_000_000), true));
    let less = Curve::of(&hours(8_000, |_, _| 1_000)).unwrap();
    assert_eq!((less.energy(), less.is_complete(), less.is_whole()), (Energy(8_760_000_000), false, true));
}

#[test]
fn hours_count_alone_if_they_cover_nine_tenths() {
    let with_days = |hourly: i64| {
        let mut all = hours(hourly * 24, |_, _| 1_000);
        let end = all.last().unwrap().start.utc + 3_600;
        all.extend((0..100 - hourly).map(|day| Interval {
            start: Timestamp { utc: end + day * 86_400, offset: 0 },
            seconds: 86_400,
            energy: Energy(12_000_000),
        }));
        let curve = Curve::of(&all).unwrap();
        (curve.hourly, curve.seconds / 86_400)
    };
    assert_eq!((with_days(90), with_days(89)), ((true, 90), (false, 100)));
}

#[test]
fn tempo_counts_red_days_where_they_hurt() {
    let curve = Curve::of(&hours(8_760, |_, _| 1_000)).unwrap();
    let tempo = year(Plan::Tempo, &curve, 0, 22).unwrap();
    let day = |[day, night]: [i64; 2]| 16 * day + 8 * night;
    let all = 300 * day([1_494, 1_232]) + 43 * day([1_730, 1_391]) + 22 * day([6_468, 1_460]);
    // The six hours before the first Tempo day belong to the day before.
    assert!((tempo.energy.minor - all / 100).abs() < 200, "{} {}", tempo.energy.minor, all / 100);
}

#[test]
fn what_readings_do_not_tell_is_not_said() {
    let month = Curve::of(&hours(720, |_, _| 500)).unwrap();
    assert_eq!(month.energy(), Energy(4_380_000_000), "a year at that pace");
    assert!(year(Plan::Tempo, &month, 0, 22).is_none(), "no winter");
    let days: Vec<Interval> = (0..30)
        .map(|day| Interval {
            start: Timestamp { utc: day * 86_400, offset: 0 },
            seconds: 86_400,
            energy: Energy(12_000_000),
        })
        .collect();
    let days = Curve::of(&days).unwrap();
    assert!(!days.hourly && days.base_load().is_none() && days.peak().is_none());
    assert!(year(Plan::OffPeak, &days, 0, 22).is_none());
    assert_eq!(year(Plan::Base, &days, 0, 22).unwrap().energy.minor, 85_498, "85 497.6");
    assert!(Curve::of(&[]).is_none());
}

#[test]
fn the_day_has_a_shape() {
    let evening = |_, hour| if (18..21).contains(&hour) { 3_000 } else { 100 };
    let curve = Curve::of(&hours(24 * 14, evening)).unwrap();
    assert_eq!((curve.peak(), curve.base_load()), (Some(18), Some(100)));
    assert_eq!(curve.profile(|day| day >= 5)[19], Some(3_000));
    assert!(curve.tells_of_a_year() && !Curve::of(&hours(24 * 14 - 1, evening)).unwrap().tells_of_a_year());
    assert!([22, 23, 0, 5].iter().all(|hour| is_off_peak(*hour, 22)));
    assert!(!is_off_peak(6, 22) && !is_off_peak(21, 22) && is_off_peak(7, 0) && !is_off_peak(8, 0));
}
