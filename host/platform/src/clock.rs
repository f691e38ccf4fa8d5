//! Source of the current time.

use mesinfos_model::Day;

/// Time source for everything that the platform records or reports.
pub trait Clock: Send + Sync {
    /// Current time, in UTC seconds since 1970.
    fn now(&self) -> i64;

    /// Day that apps see instead of today; `None` if they see today.
    fn other_day(&self) -> Option<Day> {
        None
    }

    /// Day that apps see.
    fn today(&self) -> Day {
        self.other_day().unwrap_or(Day::of_instant(self.now(), 0))
    }
}

/// Clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }
}

/// Clock of this machine with a fixed day for apps, the last day of sample people's data.
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
