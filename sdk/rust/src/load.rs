//! Analysis of a load curve on its own: sums, days, base load, and use above the summer level.

use crate::energy::{Interval, LONGEST_DAY};
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

/// Use above the mean summer day (June to August), summed over the known days of the other months: roughly
/// the heating. `None` with fewer than 20 known summer days.
#[must_use]
pub fn above_summer(days: &BTreeMap<Date, Energy>) -> Option<Energy> {
    let is_summer = |day: &Date| (6..=8).contains(&day.month());
    let summer: Vec<i64> = days.iter().filter(|(day, _)| is_summer(day)).map(|(_, e)| e.0).collect();
    let count = i64::try_from(summer.len()).ok().filter(|count| *count >= 20)?;
    let level = summer.iter().sum::<i64>() / count;
    let others = days.iter().filter(|(day, _)| !is_summer(day));
    Some(others.map(|(_, energy)| Energy((energy.0 - level).max(0))).sum())
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
        let year: BTreeMap<Date, Energy> = (0..365)
            .map(|day| Date::new(2025, 1, 1).unwrap().plus_days(day))
            .map(|day| (day, Energy(if day.month() < 3 { 30 } else { 10 })))
            .collect();
        assert_eq!(above_summer(&year), Some(Energy((31 + 28) * 20)));
        let winter = year.range(..Date::new(2025, 3, 1).unwrap()).map(|(d, e)| (*d, *e)).collect();
        assert_eq!(above_summer(&winter), None);
    }
}
