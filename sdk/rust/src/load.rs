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
