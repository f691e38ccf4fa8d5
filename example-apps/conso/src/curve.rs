//! Facts derived from the readings alone: day, week, base load.

use mesinfos_sdk::energy::{self, Interval};
use mesinfos_sdk::numbers::{YEAR, is_known, pace, scaled};
use mesinfos_sdk::{Energy, Lang};

/// Longest interval that can be assigned to an hour of the day, in seconds.
const HOUR: i64 = 3_600;

/// Covered time in seconds (330 days) that counts as a year, winter included.
const NEARLY_A_YEAR: i64 = 330 * 86_400;

/// Covered time in seconds (two weeks) without which nothing is said of a year: one cold week would decide.
const TOO_FEW: i64 = 14 * 86_400;

/// The last year of readings, or less if less is known.
pub(crate) struct Curve {
    /// The readings that count: hourly ones if they cover nearly all the time, else all.
    pub(crate) readings: Vec<Interval>,
    /// Whether each interval is an hour or less.
    pub(crate) hourly: bool,
    /// Time covered by `readings`, in seconds, positive.
    pub(crate) seconds: i64,
}

impl Curve {
    /// From readings in order of time; `None` if there are none.
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

    /// Whether it covers winter and summer, so that a year needs no estimate.
    pub(crate) fn is_whole(&self) -> bool {
        self.seconds >= NEARLY_A_YEAR
    }

    /// Whether nothing is missing of its year.
    pub(crate) fn is_complete(&self) -> bool {
        is_known(self.seconds, YEAR)
    }

    /// Whether it is long enough to say something of a year.
    pub(crate) fn tells_of_a_year(&self) -> bool {
        self.seconds >= TOO_FEW
    }

    /// Whether it includes days without heating (May to September). Without them, the base load may be a
    /// heater.
    pub(crate) fn has_mild_days(&self) -> bool {
        self.readings.iter().any(|reading| (5..=9).contains(&reading.start.date().month()))
    }

    /// From the first to the last day, in words.
    pub(crate) fn range(&self, lang: Lang) -> String {
        energy::span(&self.readings).map_or_else(String::new, |of| lang.days(of.first, of.last))
    }

    /// Days covered, rounded.
    pub(crate) fn days(&self) -> i64 {
        scaled(self.seconds, 1, 86_400)
    }

    /// An amount for these readings, in units of `unit`, scaled to a year at the same pace.
    pub(crate) fn yearly(&self, amount: i128, unit: i64) -> i64 {
        let (times, by) = pace(self.seconds, YEAR);
        scaled(amount, times, i128::from(by) * i128::from(unit))
    }

    /// Energy of these readings.
    pub(crate) fn known(&self) -> Energy {
        energy::sum(&self.readings)
    }

    /// Yearly energy at this pace.
    pub(crate) fn energy(&self) -> Energy {
        Energy(self.yearly(i128::from(self.known().0), 1))
    }

    /// Base load in watts.
    pub(crate) fn base_load(&self) -> Option<i64> {
        energy::base_load(&self.readings)
    }

    /// Mean power in watts at each local hour, over the days selected by `chosen`, by weekday (0 is
    /// Monday).
    pub(crate) fn profile(&self, chosen: impl Fn(u8) -> bool) -> [Option<i64>; 24] {
        let mut hours = [(0_i64, 0_i64); 24];
        for reading in self.readings.iter().filter(|reading| chosen(reading.start.date().weekday())) {
            if let Some(hour) = hours.get_mut(usize::from(reading.start.hour())) {
                *hour = (hour.0.saturating_add(reading.energy.0), hour.1 + reading.seconds);
            }
        }
        // A milliwatt-hour in a second is 3.6 watts.
        hours.map(|(energy, seconds)| (seconds > 0).then(|| scaled(energy, 36, i128::from(seconds) * 10)))
    }

    /// First hour of the three consecutive hours of an ordinary day with the highest use. A few days are not ordinary.
    pub(crate) fn peak(&self) -> Option<usize> {
        if !self.hourly || !self.tells_of_a_year() {
            return None;
        }
        let day = self.profile(|_| true);
        let of = |hour: usize| Some(day[hour]? + day[(hour + 1) % 24]? + day[(hour + 2) % 24]?);
        (0..24).filter_map(|hour| Some((of(hour)?, hour))).max().map(|(_, hour)| hour)
    }
}
