//! Formats of Enedis, which runs the French electricity grid and its meters (Linky).
//!
//! In all of them, a load curve is in watts, the mean over its step; rows of half-hours and hours are
//! stamped at the END of their interval, rows of ten minutes (professional meters) at its start; an empty
//! reading is neither a row nor an error. Registers are read at the beginning of a day: two consecutive
//! states make one reading, in a series of its own.

mod csv;
mod data_connect;
mod flow;
mod sge;
mod workbook;

pub(crate) use csv::EnedisCsv;
pub(crate) use data_connect::DataConnect;
pub(crate) use flow::EnedisFlow;
pub(crate) use sge::Sge;
pub(crate) use workbook::EnedisWorkbook;
pub(in crate::energy) use workbook::is_workbook;

use crate::error::FormatError;
use crate::number;
use crate::reason::{Excess, Reason};
use crate::rows::{RowWriter, part};
use crate::time::{self, Instant};
use jiff::tz::TimeZone;
use mesinfos_model::category::energy::{self, commodity, direction, quality};
use mesinfos_model::{Category, Day};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const HOLDER: &str = "Enedis";

/// Steps in seconds of curves whose rows are stamped at their start; the R4x flows have used five minutes
/// since 2025.
const START_STAMPED: std::ops::RangeInclusive<i64> = 1..=600;

/// Highest reading, in W, Wh or VA: no meter in a home or shop exceeds it.
const MOST: i64 = 1_000_000_000_000;

/// The reason to reject a row: its field, and the problem.
type Fault = (&'static str, Reason);

/// Zone of every time written without an offset. Looking it up takes longer than reading a row.
static PARIS: LazyLock<TimeZone> = LazyLock::new(|| time::zone("Europe/Paris"));

/// Clone of [`PARIS`].
fn paris() -> TimeZone {
    PARIS.clone()
}

/// A series of a meter.
#[derive(Debug, Clone, Copy)]
struct Of<'m> {
    /// The PRM, fourteen digits.
    meter: &'m str,
    is_produced: bool,
    /// "curve", "day", "index" or "peak".
    what: &'static str,
    /// Price slot of a register.
    slot: Option<&'m str>,
}

/// A reading of a series.
#[derive(Debug, Clone, Copy)]
struct Reading {
    start: i64,
    offset: i64,
    duration: i64,
    /// Milliwatt-hours.
    energy: Option<i64>,
    /// Volt-amperes.
    peak: Option<i64>,
    quality: i64,
}

impl Of<'_> {
    fn give(&self, reading: Reading, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let way = if self.is_produced { "out" } else { "in" };
        let mut series = format!("{}/{way}/{}", part(self.meter), self.what);
        if let Some(slot) = self.slot {
            series.push('/');
            series.push_str(part(slot));
        }
        let meter = Some(self.meter).filter(|meter| !meter.is_empty());
        let cells = [
            (energy::HOLDER, HOLDER.into()),
            (energy::SERIES, series.as_str().into()),
            (energy::METER, meter.into()),
            (energy::COMMODITY, commodity::ELECTRICITY.into()),
            (
                energy::DIRECTION,
                if self.is_produced { direction::PRODUCED } else { direction::CONSUMED }.into(),
            ),
            (energy::START, reading.start.into()),
            (energy::UTC_OFFSET, reading.offset.into()),
            (energy::DURATION, reading.duration.into()),
            (energy::ENERGY, reading.energy.into()),
            (energy::QUALITY, reading.quality.into()),
            (energy::TARIFF, self.slot.into()),
            (energy::PEAK, reading.peak.into()),
        ];
        rows.push(Category::Energy, ordinal, &cells)
    }
}

/// A point of a curve: the start of its interval, and the energy of its mean power.
fn point(at: Instant, watts: i64, step: i64, quality: i64) -> Reading {
    let (start, offset) = if START_STAMPED.contains(&step) { at } else { time::earlier(at, step, &PARIS) };
    let energy = number::times(watts, step * 1_000, 3_600);
    Reading { start, offset, duration: step, energy, peak: None, quality }
}

/// A reading over a whole local day.
fn of_day(day: Day, energy: Option<i64>, peak: Option<i64>, quality: i64) -> Option<Reading> {
    let zone = paris();
    let midnight = jiff::civil::Time::midnight();
    let (start, offset) = time::local_at(day, midnight, &zone)?;
    let (end, _) = time::local_at(Day(day.0.checked_add(1)?), midnight, &zone)?;
    Some(Reading { start, offset, duration: end - start, energy, peak, quality })
}

/// Local day of an instant, by its own offset.
fn day_of(at: Instant) -> Option<Day> {
    i32::try_from((at.0 + at.1 * 60).div_euclid(86_400)).ok().map(Day)
}

/// A value in W, Wh or VA; `None` if the cell is empty.
fn value(text: &str, field: &'static str) -> Result<Option<i64>, Fault> {
    if text.is_empty() || text == "null" {
        return Ok(None);
    }
    match text.parse::<i64>() {
        Ok(value) if (0..=MOST).contains(&value) => Ok(Some(value)),
        _ => Err((field, Reason::not_a_whole_number_of(text, "W, Wh, VA"))),
    }
}

/// An instant; without an offset, in Paris time.
fn stamp(text: &str, field: &'static str) -> Result<Instant, Fault> {
    // Nearly all stamps have this form, and the library's parser would take longer than everything else.
    quick_instant(text)
        .or_else(|| time::instant_in(text, &paris()))
        .ok_or_else(|| (field, Reason::not_an_instant(text, "2021-01-07T01:00:00+01:00")))
}

/// Parses exactly the form `2021-01-07T01:00:00+01:00`.
fn quick_instant(text: &str) -> Option<Instant> {
    let bytes: &[u8; 25] = text.as_bytes().try_into().ok()?;
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (22, b':')];
    if marks.iter().any(|&(at, mark)| bytes[at] != mark) {
        return None;
    }
    let two = |at: usize| {
        let digits = [bytes[at].wrapping_sub(b'0'), bytes[at + 1].wrapping_sub(b'0')];
        digits.iter().all(|digit| *digit <= 9).then(|| i64::from(digits[0] * 10 + digits[1]))
    };
    let (year, month, day) = (two(0)? * 100 + two(2)?, two(5)?, two(8)?);
    let day = Day::from_ymd(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    let (offset_hours, offset_minutes) = (two(20)?, two(23)?);
    if hour > 23 || minute > 59 || second > 59 || offset_hours > 23 || offset_minutes > 59 {
        return None;
    }
    let offset = match bytes[19] {
        b'+' => offset_hours * 60 + offset_minutes,
        b'-' => -(offset_hours * 60 + offset_minutes),
        _ => return None,
    };
    Some((i64::from(day.0) * 86_400 + hour * 3_600 + minute * 60 + second - offset * 60, offset))
}

/// Register states; two consecutive ones make a reading. Files are in ascending or descending time order.
#[derive(Default)]
struct Registers {
    last: BTreeMap<String, Register>,
}

struct Register {
    at: Instant,
    value: i64,
    ordinal: u64,
    /// Whether the file is in descending order; `None` until there are two states.
    is_backward: Option<bool>,
}

/// Most registers of one file, over meters and price slots. A home has about ten.
const REGISTERS: usize = 100_000;

impl Registers {
    /// Takes a state in Wh.
    fn take(
        &mut self,
        of: Of<'_>,
        at: Instant,
        value: i64,
        ordinal: u64,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let name = format!("{}/{}/{}", part(of.meter), of.is_produced, part(of.slot.unwrap_or_default()));
        if self.last.len() >= REGISTERS {
            return Err(FormatError::too_many(Excess::Registers, REGISTERS));
        }
        let Some(last) = self.last.get_mut(&name) else {
            self.last.insert(name, Register { at, value, ordinal, is_backward: None });
            return Ok(());
        };
        let is_backward = at.0 < last.at.0;
        let (before, after) = if is_backward {
            ((at, value), (last.at, last.value))
        } else {
            ((last.at, last.value), (at, value))
        };
        let fault = match () {
            () if after.0.0 == before.0.0 => Some(Reason::StateTwice),
            () if last.is_backward.is_some_and(|was| was != is_backward) => Some(Reason::StatesUnordered),
            () if after.1 < before.1 => Some(Reason::RegisterLower),
            () => None,
        };
        *last = Register { at, value, ordinal, is_backward: Some(is_backward) };
        if let Some(reason) = fault {
            rows.reject(ordinal, of.slot.or(Some("EAS T")), reason);
            return Ok(());
        }
        let energy = number::times(after.1 - before.1, 1_000, 1);
        let (start, offset) = before.0;
        let duration = after.0.0 - start;
        of.give(
            Reading { start, offset, duration, energy, peak: None, quality: quality::DERIVED },
            ordinal,
            rows,
        )
    }

    /// Rejects each register with a single state, which yields no reading.
    fn finish(self, rows: &mut RowWriter<'_>) {
        for register in self.last.into_values().filter(|register| register.is_backward.is_none()) {
            rows.reject(register.ordinal, None, Reason::OnlyState);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_says_what_the_library_says() {
        for text in [
            "2021-01-07T01:00:00+01:00",
            "2020-02-29T23:59:59+02:00",
            "1969-12-31T00:00:00-05:30",
            "2021-10-31T02:30:00+00:00",
        ] {
            assert_eq!(quick_instant(text), time::instant(text), "{text}");
        }
        for bad in [
            "2021-02-29T01:00:00+01:00",
            "2021-01-07T24:00:00+01:00",
            "2021-01-07 01:00:00+01:00",
            "2021-01-07T01:00:00Z",
        ] {
            assert_eq!(quick_instant(bad), None, "{bad}");
        }
        assert!(stamp("2021-01-07T01:00:00", "H").is_ok());
        assert!(stamp("2016-03-033T01:00:00", "H").is_err());
    }

    #[test]
    fn a_point_has_the_offset_of_its_start() {
        let start = |text: &str, step| {
            let reading = point(stamp(text, "H").unwrap(), 1, step, quality::MEASURED);
            (reading.start, reading.offset)
        };
        let at = |text: &str| time::instant(text).unwrap();
        for (end, begins) in [
            ("2025-03-30T03:00:00+02:00", "2025-03-30T01:30:00+01:00"),
            ("2025-03-30T03:30:00+02:00", "2025-03-30T03:00:00+02:00"),
            ("2025-10-26T02:00:00+01:00", "2025-10-26T02:30:00+02:00"),
            ("2025-10-26T02:30:00+01:00", "2025-10-26T02:00:00+01:00"),
            ("2025-01-01T00:00:00+01:00", "2024-12-31T23:30:00+01:00"),
        ] {
            assert_eq!(start(end, 1_800), at(begins), "{end}");
        }
        assert_eq!(start("2025-03-30T04:00:00", 3_600), at("2025-03-30T03:00:00+02:00"));
        // Stamped at its start; and a local time elsewhere, with the offset from the file.
        assert_eq!(start("2025-03-30T03:00:00+02:00", 600), at("2025-03-30T03:00:00+02:00"));
        assert_eq!(start("2025-03-30T05:00:00+04:00", 1_800), at("2025-03-30T04:30:00+04:00"));
    }

    #[test]
    fn a_day_is_as_long_as_its_clocks_make_it() {
        let day = |text| of_day(time::day(text, "ymd").unwrap(), None, None, quality::MEASURED).unwrap();
        assert_eq!(day("2021-03-28").duration, 23 * 3_600);
        assert_eq!(day("2021-10-31").duration, 25 * 3_600);
        assert_eq!((day("2021-07-01").start, day("2021-07-01").offset), (1_625_090_400, 120));
    }
}
