//! What time it is.

use mesinfos_model::Day;

/// The time, for everything that the platform records and tells.
pub trait Clock: Send + Sync {
    /// UTC seconds since 1970.
    fn now(&self) -> i64;

    /// The day that apps are told, if it is not today.
    fn other_day(&self) -> Option<Day> {
        None
    }

    /// The day that apps are told.
    fn today(&self) -> Day {
        self.other_day().unwrap_or(Day::of_instant(self.now(), 0))
    }
}

/// The time of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }
}

/// The time of this machine, and another day for apps: that of sample people, whose data ends on it.
#[derive(Debug, Clone, Copy)]
pub struct OnDay(pub Day);

impl Clock for OnDay {
    fn now(&self) -> i64 {
        SystemClock.now()
    }

    fn other_day(&self) -> Option<Day> {
        Some(self.0)
    }
}
