//! Analysis of a load curve on its own: sums, days, base load, and use above the summer level.

use crate::energy::{Interval, LONGEST_DAY};
use crate::numbers::scaled;
use crate::units::{Date, Energy};
use std::collections::BTreeMap;

/// Total energy of all intervals.
#[must_use]
pub fn sum(readings: &[Interval]) -> Energy {
    readings.iter().map(|reading| reading.energy).sum()
}

/// Total time covered by intervals, in seconds: the divisor that turns a sum into a rate.
#[must_use]
pub fn covered(readings: &[Interval]) -> i64 {
    readings.iter().fold(0, |seconds, reading| seconds.saturating_add(reading.seconds))
}

/// Energy of each local day with readings for almost all of it (22.5 hours). Ignores intervals longer than
/// a day.
#[must_use]
pub fn by_day(readings: &[Interval]) -> BTreeMap<Date, Energy> {
    let mut days: BTreeMap<Date, (Energy, i64)> = BTreeMap::new();
    for reading in readings.iter().filter(|reading| reading.seconds <= LONGEST_DAY) {
        let day = days.entry(reading.start.date()).or_default();
        *day = (day.0 + reading.energy, day.1 + reading.seconds);
    }
    let whole = days.into_iter().filter(|(_, (_, seconds))| *seconds >= 81_000);
    whole.map(|(day, (energy, _))| (day, energy)).collect()
}

/// Base load in watts: the tenth percentile of the power in intervals of at most an hour, for devices that
/// are always on. `None` with less than two weeks of such intervals.
#[must_use]
pub fn base_load(readings: &[Interval]) -> Option<i64> {
    let hours: Vec<&Interval> = readings.iter().filter(|reading| reading.seconds <= 3_600).collect();
    let mut powers: Vec<i64> = hours.iter().map(|reading| reading.watts()).collect();
    powers.sort_unstable();
    let known: i64 = hours.iter().map(|reading| reading.seconds).sum();
    powers.get(powers.len() / 10).copied().filter(|_| known >= 14 * 86_400)
}

/// Use of the other months above the mean level of summer (June to August): roughly the heating. The differences are
/// summed first, so that days below the level count against days above it. Ignores intervals longer than a day. `None`
/// with fewer than 20 days of summer.
#[must_use]
pub fn above_summer(readings: &[Interval]) -> Option<Energy> {
    let (mut summer, mut others) = ((0_i128, 0_i128), (0_i128, 0_i128));
    for reading in readings.iter().filter(|reading| reading.seconds <= LONGEST_DAY) {
        let is_summer = (6..=8).contains(&reading.start.date().month());
        let (energy, seconds) = if is_summer { &mut summer } else { &mut others };
        *energy += i128::from(reading.energy.0);
        *seconds += i128::from(reading.seconds);
    }
    let (energy, seconds) = summer;
    if seconds < 20 * 86_400 {
        return None;
    }
    let above = others.0 - i128::from(scaled(energy, others.1, seconds));
    Some(Energy(i64::try_from(above.max(0)).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Timestamp;

    /// One kilowatt-hour per hour, from 2025-01-01 on.
    fn hours(count: i64) -> Vec<Interval> {
        let first = i64::from(Date::new(2025, 1, 1).unwrap().0) * 86_400;
        let row = |hour: i64| Interval {
            start: Timestamp { utc: first + hour * 3_600, offset: 0 },
            seconds: 3_600,
            energy: Energy(1_000_000),
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn a_day_counts_when_it_is_known_almost_whole() {
        let readings = hours(24 + 10);
        let first = Date::new(2025, 1, 1).unwrap();
        assert_eq!(by_day(&readings), BTreeMap::from([(first, Energy(24_000_000))]));
        assert_eq!((covered(&readings), sum(&readings)), (34 * 3_600, Energy(34_000_000)));
        let month = Interval { seconds: 30 * 86_400, ..readings[0] };
        assert!(by_day(&[month]).is_empty());
    }

    #[test]
    fn what_is_always_on_needs_two_weeks_of_hours() {
        assert_eq!(base_load(&hours(14 * 24)), Some(1_000));
        assert_eq!(base_load(&hours(13 * 24)), None);
        let days: Vec<Interval> = hours(60).iter().map(|r| Interval { seconds: 86_400, ..*r }).collect();
        assert_eq!(base_load(&days), None);
    }

    #[test]
    fn a_day_of_22_and_a_half_hours_counts_and_the_longest_has_25() {
        let halves = |count: i64| -> Vec<Interval> {
            hours(24)
                .iter()
                .flat_map(|r| {
                    let half = Interval { seconds: 1_800, energy: Energy(500_000), ..*r };
                    let start = Timestamp { utc: r.start.utc + 1_800, ..r.start };
                    [half, Interval { start, ..half }]
                })
                .take(usize::try_from(count).unwrap())
                .collect()
        };
        assert_eq!(by_day(&halves(45)).len(), 1, "22.5 hours");
        assert_eq!(by_day(&halves(44)).len(), 0);
        let of = |seconds| by_day(&[Interval { seconds, ..hours(1)[0] }]).len();
        assert_eq!([of(80_999), of(81_000), of(90_000), of(90_001)], [0, 1, 1, 0]);
    }

    #[test]
    fn the_base_load_is_below_nine_readings_of_ten() {
        // 336 hours: a tenth of them are 33, so that the 34th smallest counts. The lowest 33 use 100 W, the others more.
        let of = |low: usize| {
            let mut all = hours(14 * 24);
            all.iter_mut().take(low).for_each(|reading| reading.energy = Energy(100_000));
            base_load(&all)
        };
        assert_eq!((of(33), of(34)), (Some(1_000), Some(100)));
        let mut all = hours(14 * 24);
        all[0].seconds = 3_601;
        assert_eq!(base_load(&all), None, "an hour and a second is no hour, and two weeks are not full");
    }

    #[test]
    fn twenty_days_of_summer_are_enough() {
        let first = i64::from(Date::new(2025, 6, 1).unwrap().0) * 86_400;
        let days = |count: i64, from: i64, energy| -> Vec<Interval> {
            let start = |day: i64| Timestamp { utc: first + (from + day) * 86_400, offset: 0 };
            (0..count)
                .map(|day| Interval { start: start(day), seconds: 86_400, energy: Energy(energy) })
                .collect()
        };
        // May of 30 a day, June of 10 a day.
        let of = |summer| above_summer(&[days(10, -10, 30), days(summer, 0, 10)].concat());
        assert_eq!((of(19), of(20)), (None, Some(Energy(200))));
        let month = Interval { seconds: LONGEST_DAY + 1, energy: Energy(9_999), ..days(1, -40, 0)[0] };
        assert_eq!(
            above_summer(&[days(20, 0, 10), vec![month]].concat()),
            Some(Energy(0)),
            "a bill does not count"
        );
        let longest = Interval { seconds: LONGEST_DAY, ..month };
        // 25 hours at 10 a day are 10.4.
        assert_eq!(above_summer(&[days(20, 0, 10), vec![longest]].concat()), Some(Energy(9_989)));
    }

    #[test]
    fn heating_is_what_is_above_summer() {
        let year = |of: fn(Date) -> i64| -> Vec<Interval> {
            let energy = |reading: &Interval| Energy(of(reading.start.date()));
            hours(8_760).iter().map(|reading| Interval { energy: energy(reading), ..*reading }).collect()
        };
        let heated = year(|day| if day.month() < 3 { 30 } else { 10 });
        assert_eq!(above_summer(&heated), Some(Energy((31 + 28) * 24 * 20)));
        assert_eq!(above_summer(&heated[..59 * 24]), None, "no summer");
        let noise = year(|day| if day.day() % 2 == 0 { 11 } else { 9 });
        // A unit more every other day: about 134 days above the level, and as many below.
        assert!(above_summer(&noise).is_some_and(|energy| energy.0 < 24 * 2), "noise is no heating");
        let cooled = year(|day| if (6..=8).contains(&day.month()) { 30 } else { 10 });
        assert_eq!(above_summer(&cooled), Some(Energy(0)));
    }
}
