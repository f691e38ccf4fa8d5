//! Mean power at each half-hour of the local day, and the lowest and highest daily energy.

use crate::{Answer, Answers, Local};

/// Half-hours in a day.
pub const SLOTS: usize = 48;

/// Accumulates readings, mostly oldest first.
#[derive(Debug)]
pub struct Profile {
    /// Milliwatt-hours and seconds by half-hour.
    slots: [(i64, i64); SLOTS],
    /// Milliwatt-hours by day, from `first` on; `None` for a day without a reading.
    days: Vec<Option<i64>>,
    first: i32,
}

/// The result of [`Profile`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profiled {
    /// Mean power in whole watts by half-hour; 0 without a reading.
    pub watts: [i64; SLOTS],
    /// Number of days with a reading.
    pub days: i64,
    /// Lowest energy of a day, in whole watt-hours.
    pub least: i64,
    /// Highest energy of a day, in whole watt-hours.
    pub most: i64,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile { slots: [(0, 0); SLOTS], days: Vec::new(), first: 0 }
    }
}

impl Profile {
    /// Adds one reading: start in UTC seconds, local time minus UTC in minutes, length in seconds, energy
    /// in milliwatt-hours.
    pub fn add(&mut self, start: i64, offset: i64, seconds: i64, energy: i64) {
        let local = Local::new(start, offset);
        let slot = &mut self.slots[(local.second / 1_800) as usize];
        *slot = (slot.0 + energy, slot.1 + seconds);
        if self.days.is_empty() {
            self.first = local.day;
        } else if local.day < self.first {
            let before = (self.first - local.day) as usize;
            self.days.splice(0..0, std::iter::repeat_n(None, before));
            self.first = local.day;
        }
        let index = (local.day - self.first) as usize;
        if index >= self.days.len() {
            self.days.resize(index + 1, None);
        }
        *self.days[index].get_or_insert(0) += energy;
    }

    /// Computes the result.
    #[must_use]
    pub fn finish(self) -> Profiled {
        let watts = self.slots.map(|(energy, seconds)| energy * 3_600 / 1_000 / seconds.max(1));
        let days = || self.days.iter().flatten().map(|energy| energy / 1_000);
        Profiled {
            watts,
            days: days().count() as i64,
            least: days().min().unwrap_or(0),
            most: days().max().unwrap_or(0),
        }
    }
}

impl Answers for Profiled {
    fn answer(&self) -> Answer {
        let mut numbers = self.watts.to_vec();
        numbers.extend([self.days, self.least, self.most]);
        Answer { numbers, texts: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_half_hours_are_local() {
        let mut profile = Profile::default();
        // 23:30 UTC is 00:30 of the next day, one hour east.
        profile.add(84_600, 60, 1_800, 500_000);
        profile.add(0, 60, 1_800, 1_000_000);
        let found = profile.finish();
        assert_eq!((found.watts[1], found.watts[2], found.watts[0]), (1_000, 2_000, 0));
        assert_eq!((found.days, found.least, found.most), (2, 500, 1_000));
    }
}
