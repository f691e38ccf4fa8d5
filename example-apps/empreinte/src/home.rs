//! The home: meter readings, and known facts.

use crate::posts::Of;
use mesinfos_sdk::energy::{self, Interval};
use mesinfos_sdk::numbers::{YEAR, pace, scaled};
use mesinfos_sdk::profile::{self, Row};
use mesinfos_sdk::span::{Reach, Span};
use mesinfos_sdk::{AccessError, Energy, Period, Timestamp};

const DAY: i64 = 86_400;

/// One kind of energy, over the last year of readings or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meter {
    /// Energy of the known readings, brought to a year if their days allow it.
    pub(crate) energy: Energy,
    /// Known days among the last 365.
    pub(crate) days: i64,
    /// Days from the first of these readings to the last.
    pub(crate) of: Of,
    /// Use above the summer level, most likely heating. Only if a whole year is known by days.
    pub(crate) heating: Option<Energy>,
    /// Base load in watts. Only with hourly readings that include mild days.
    pub(crate) base_load: Option<i64>,
}

impl Meter {
    /// Whether it covers winter and summer.
    pub(crate) fn is_whole(&self) -> bool {
        self.of.reach == Reach::Year
    }

    /// From readings in order of time.
    pub(crate) fn of(all: &[Interval]) -> Option<Meter> {
        let last = all.last()?;
        let from = last.start.utc.saturating_add(last.seconds).saturating_sub(YEAR);
        let year = all.get(all.partition_point(|reading| reading.start.utc < from)..)?;
        let seconds = energy::covered(year);
        let days = scaled(seconds, 1, DAY);
        let reach = Reach::of(days);
        // Without a mild day (May to September), the base load may be a heater.
        let mild = year.iter().any(|reading| (5..=9).contains(&reading.start.date().month()));
        let (times, by) = if reach == Reach::Part { (1, 1) } else { pace(seconds, YEAR) };
        let span = span(year)?;
        let meter = Meter {
            energy: Energy(scaled(energy::sum(year).0, times, by)),
            days,
            of: Of { span, reach },
            heating: None,
            base_load: energy::base_load(year).filter(|_| mild),
        };
        let heating = if meter.is_whole() { energy::above_summer(year) } else { None };
        Some(Meter { heating, ..meter })
    }
}

/// From the first to the last day of readings. A day of gas runs from 6:00 to 6:00, and is of the date on which it begins:
/// readings of days and longer count from midnight.
fn span(readings: &[Interval]) -> Option<Span> {
    let from_midnight = |reading: &Interval| {
        let local = reading.start.utc.saturating_add(reading.start.offset.saturating_mul(60));
        let late = if reading.seconds >= DAY { local.rem_euclid(DAY) } else { 0 };
        Interval {
            start: Timestamp { utc: reading.start.utc.saturating_sub(late), ..reading.start },
            ..*reading
        }
    };
    energy::span(&readings.iter().map(from_midnight).collect::<Vec<_>>())
}

/// Facts about the home and its inhabitants, from data holders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Household {
    /// Floor area in square metres.
    pub(crate) area: Option<i64>,
    pub(crate) people: Option<i64>,
    /// Whether the home is heated with electricity; `None` if its heating is unknown.
    pub(crate) electric: Option<bool>,
}

/// Reads the profile; the newest value wins.
pub(crate) fn household() -> Result<Household, AccessError> {
    let mut found = Household::default();
    for fact in profile::facts(Period::all()) {
        let fact = fact?;
        if !matches!(fact.row(), Some(Row::Home | Row::Household)) {
            continue;
        }
        found.area = fact.area().filter(|area| *area > 0).or(found.area);
        found.people = fact.people().filter(|people| *people > 0).or(found.people);
        let electric = fact.heating().map(|heating| heating.to_lowercase().contains("lectri"));
        found.electric = electric.or(found.electric);
    }
    Ok(found)
}
