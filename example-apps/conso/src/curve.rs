//! What readings say by themselves: the day, the week, what is always on.

use mesinfos_sdk::Energy;
use mesinfos_sdk::energy::{self, Interval};

/// Longest interval that still says something of an hour of the day, in seconds.
const HOUR: i64 = 3_600;

/// A year of 365 days in seconds.
pub(crate) const YEAR: i64 = 365 * 86_400;

/// Days of readings from which they are taken for a year, winter included.
const NEARLY_A_YEAR: i64 = 330 * 86_400;

/// The last year of readings (or what there is of it).
pub(crate) struct Curve {
    /// What is counted: hours where they are known for nearly all the time, else everything.
    pub(crate) readings: Vec<Interval>,
    /// Whether each interval is an hour or less.
    pub(crate) hourly: bool,
    /// The time that `readings` cover, in seconds, more than 0.
    pub(crate) seconds: i64,
}

impl Curve {
    /// Of readings in order of time; `None` when there is none.
    pub(crate) fn of(all: &[Interval]) -> Option<Curve> {
        let end = all.last().map(|last| last.start.utc.saturating_add(last.seconds))?;
        let year: Vec<Interval> =
            all.iter().filter(|reading| reading.start.utc >= end.saturating_sub(YEAR)).copied().collect();
        let hours: Vec<Interval> = year.iter().filter(|reading| reading.seconds <= HOUR).copied().collect();
        let (of_hours, of_all) = (energy::covered(&hours), energy::covered(&year));
        let hourly = of_hours >= of_all / 10 * 9;
        let (readings, seconds) = if hourly { (hours, of_hours) } else { (year, of_all) };
        (seconds > 0).then_some(Curve { readings, hourly, seconds })
    }

    /// Whether winter and summer are in it, so that a year needs no guess.
    pub(crate) fn is_whole(&self) -> bool {
        self.seconds >= NEARLY_A_YEAR
    }

    /// Whether it has days without heating (May to September): else what is always on may be a heater.
    pub(crate) fn has_mild_days(&self) -> bool {
        self.readings.iter().any(|reading| (5..=9).contains(&reading.start.date().month()))
    }

    /// Days covered, rounded.
    pub(crate) fn days(&self) -> i64 {
        (self.seconds + 43_200) / 86_400
    }

    /// What `amount` of these readings is in a year at the same pace.
    pub(crate) fn yearly(&self, amount: i128) -> i64 {
        i64::try_from(amount * i128::from(YEAR) / i128::from(self.seconds)).unwrap_or(i64::MAX)
    }

    /// Energy of a year at this pace.
    pub(crate) fn energy(&self) -> Energy {
        Energy(self.yearly(i128::from(energy::sum(&self.readings).0)))
    }

    /// What runs when nobody does anything, in watts.
    pub(crate) fn base_load(&self) -> Option<i64> {
        energy::base_load(&self.readings)
    }

    /// Mean power in watts at each local hour of the days that `chosen` takes, by weekday (0 is Monday).
    pub(crate) fn profile(&self, chosen: impl Fn(u8) -> bool) -> [Option<i64>; 24] {
        let mut hours = [(0_i64, 0_i64); 24];
        for reading in self.readings.iter().filter(|reading| chosen(reading.start.date().weekday())) {
            if let Some(hour) = hours.get_mut(usize::from(reading.start.hour())) {
                *hour = (hour.0.saturating_add(reading.energy.0), hour.1 + reading.seconds);
            }
        }
        // A milliwatt-hour in a second is 3.6 watts.
        hours.map(|(energy, seconds)| (seconds > 0).then(|| energy / 1_000 * 3_600 / seconds.max(1)))
    }

    /// The three hours in a row of an ordinary day in which most is used: the first one.
    pub(crate) fn peak(&self) -> Option<usize> {
        if !self.hourly {
            return None;
        }
        let day = self.profile(|_| true);
        let of = |hour: usize| Some(day[hour]? + day[(hour + 1) % 24]? + day[(hour + 2) % 24]?);
        (0..24).filter_map(|hour| Some((of(hour)?, hour))).max().map(|(_, hour)| hour)
    }
}
