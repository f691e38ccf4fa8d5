//! Local times of consecutive rows.

use crate::time::Instant;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Local times without an offset, in file order. When clocks go back in autumn, one hour occurs twice: a
/// time that does not follow the one before is the second of the two.
#[derive(Debug)]
pub(crate) struct WallClock {
    zone: TimeZone,
    last: Option<i64>,
}

impl WallClock {
    pub(crate) fn of(zone: TimeZone) -> WallClock {
        WallClock { zone, last: None }
    }

    /// Instant of a row that starts, or is stamped, at this local time. No two rows have the same one.
    pub(crate) fn at(&mut self, at: DateTime) -> Option<Instant> {
        self.not_before(at, 1)
    }

    /// Instant of an event at this local time; several events may have the same one.
    pub(crate) fn of_event(&mut self, at: DateTime) -> Option<Instant> {
        self.not_before(at, 0)
    }

    /// Instant at least `apart` seconds after the last one, if the time occurs twice and so allows it.
    fn not_before(&mut self, at: DateTime, apart: i64) -> Option<Instant> {
        let mut zoned = self.zone.to_ambiguous_zoned_datetime(at).compatible().ok()?;
        if let Some(last) = self.last.filter(|last| zoned.timestamp().as_second() < last + apart) {
            let second = self.zone.to_ambiguous_zoned_datetime(at).later().ok()?;
            // A file in descending time order is not in the repeated hour.
            if (last + apart..=last + 3_600).contains(&second.timestamp().as_second()) {
                zoned = second;
            }
        }
        let instant = (zoned.timestamp().as_second(), i64::from(zoned.offset().seconds()) / 60);
        self.last = Some(instant.0);
        Some(instant)
    }

    /// Seconds from a start until a local time; `None` if that is not later. A clock change between the
    /// two may or may not show in a holder's local times; the shorter duration wins, so that no interval
    /// grows because of it.
    pub(crate) fn until(&self, end: DateTime, start: i64) -> Option<i64> {
        let end_at = self.zone.to_ambiguous_zoned_datetime(end).later().ok()?.timestamp().as_second();
        let from = self.zone.to_datetime(jiff::Timestamp::from_second(start).ok()?);
        let shown = end.duration_since(from).as_secs();
        [end_at - start, shown].into_iter().filter(|seconds| *seconds > 0).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_that_is_there_twice() {
        let mut clock = WallClock::of(crate::time::zone("Europe/Paris"));
        let mut at = |text: &str| clock.at(text.parse().unwrap()).unwrap();
        let times = [
            "2020-10-25T02:00",
            "2020-10-25T02:30",
            "2020-10-25T02:00",
            "2020-10-25T02:30",
            "2020-10-25T03:00",
        ];
        let instants: Vec<_> = times.iter().map(|text| at(text)).collect();
        assert!(instants.windows(2).all(|pair| pair[1].0 - pair[0].0 == 1_800), "{instants:?}");
        assert_eq!((instants[1].1, instants[2].1), (120, 60));
        // In descending order.
        assert_eq!(at("2020-10-24T12:00").1, 120);
    }
}
