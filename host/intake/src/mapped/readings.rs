//! Readings of meters: what was consumed, or the states of a register.
//!
//! Nothing is counted twice: a reading that overlaps another of its meter is rejected.

use super::amounts::quantity;
use super::when::{When, Wrong, ZONE};
use super::{Every, Mapping, ReadingUnit, RowKind, ValueColumns};
use crate::error::FormatError;
use crate::number::Mark;
use crate::reason::{Excess, Reason};
use crate::rows::{RowWriter, part};
use crate::time::{Instant, local_at, zone};
use crate::wall_clock::WallClock;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::category::{energy, water};
use mesinfos_model::{Category, Cell, Day};
use std::collections::BTreeMap;

/// Millilitres per litre.
const MILLILITRES: u32 = 3;

/// Most meters of a table.
const METERS: usize = 1_000;

/// Most stretches of time of a meter that are remembered. Readings that follow one another are one.
const STRETCHES: usize = 1_024;

/// Energy in milliwatt-hours, or volume in millilitres.
pub(super) fn measure(mapping: &Mapping, text: &str, column: u16, mark: Mark) -> Result<i64, Wrong> {
    let (digits, unit) = match mapping.unit {
        Some(ReadingUnit::Wh) => (3, "Wh"),
        Some(ReadingUnit::Kwh) | None => (6, "kWh"),
        Some(ReadingUnit::Litre) => (MILLILITRES, "l"),
        Some(ReadingUnit::CubicMetre) => (MILLILITRES + 3, "m³"),
    };
    if text.is_empty() {
        return Err((column, Reason::Missing));
    }
    match quantity(text, digits, mark) {
        Some(value) if value < 0 => Err((column, Reason::Negative)),
        Some(value) => Ok(value),
        None => Err((column, Reason::not_a_number_of(text, unit))),
    }
}

/// The meters of a table, by their text in its column; one if there is no such column.
#[derive(Debug, Default)]
pub(super) struct Meters(BTreeMap<String, Meter>);

/// A state of a register.
#[derive(Debug, Clone, Copy)]
struct State {
    line: u64,
    at: Instant,
    value: i64,
}

/// A meter of which readings are read.
#[derive(Debug)]
struct Meter {
    /// Name of the series of readings.
    series: String,
    /// Local times, which follow one another.
    clock: WallClock,
    /// The state before, and how many followed one another.
    state: Option<State>,
    differences: u64,
    /// Whether states run backwards.
    is_backwards: Option<bool>,
    covered: Covered,
}

impl Meters {
    /// Reads a reading: its line, when it was, and its value.
    pub(super) fn reading(
        &mut self,
        mapping: &Mapping,
        zone: &TimeZone,
        account: &str,
        (line, when, value): (u64, When, i64),
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Wrong> {
        if !self.0.contains_key(account) {
            if self.0.len() >= METERS {
                return Ok(Err(FormatError::too_many(Excess::Registers, METERS)));
            }
            self.0.insert(account.to_owned(), Meter::of(mapping, account));
        }
        let Some(meter) = self.0.get_mut(account) else { return Err((0, Reason::Missing)) };
        let out_of_years = || (mapping.date, Reason::DateOutOfBounds);
        let at = match when {
            When::At(at) => at,
            When::Local(day, time) => {
                meter.clock.at(day.civil().to_datetime(time)).ok_or_else(out_of_years)?
            }
        };
        let column = mapping.value.columns().first().copied().unwrap_or(0);
        let interval = match mapping.value {
            ValueColumns::Register { .. } => meter.state(mapping, State { line, at, value }, column)?,
            _ => {
                let length = length(mapping, zone, at).ok_or_else(out_of_years)?;
                if !meter.covered.add(at.0, at.0.saturating_add(length)) {
                    return Err((mapping.date, Reason::ReadingsOverlap));
                }
                Some((at, length, value))
            }
        };
        let Some(interval) = interval else { return Ok(Ok(())) };
        Ok(push(mapping, (&meter.series, account), line, interval, rows))
    }

    /// Lines of the registers of which only one state is known.
    pub(super) fn alone(&self) -> impl Iterator<Item = u64> + use<'_> {
        self.0.values().filter(|meter| meter.differences == 0).filter_map(|meter| Some(meter.state?.line))
    }
}

impl Meter {
    fn of(mapping: &Mapping, account: &str) -> Meter {
        let column = mapping.value.columns().first().copied().unwrap_or(0);
        // A person's meter of one holder: two columns are two series.
        let mut series = format!("{} {:?} {column}", part(&mapping.holder), mapping.rows);
        if !account.is_empty() {
            series.push(' ');
            series.push_str(account);
        }
        Meter {
            series,
            clock: WallClock::of(zone(ZONE)),
            state: None,
            differences: 0,
            is_backwards: None,
            covered: Covered::default(),
        }
    }

    /// What was consumed since the state before, or until it if states run backwards: the start, the length and the
    /// quantity. `None` for the first state.
    fn state(
        &mut self,
        mapping: &Mapping,
        state: State,
        column: u16,
    ) -> Result<Option<(Instant, i64, i64)>, Wrong> {
        let Some(before) = self.state else {
            self.state = Some(state);
            return Ok(None);
        };
        if state.at.0 == before.at.0 {
            return Err((mapping.date, Reason::StateTwice));
        }
        let is_backwards = state.at.0 < before.at.0;
        if *self.is_backwards.get_or_insert(is_backwards) != is_backwards {
            return Err((mapping.date, Reason::StatesUnordered));
        }
        self.state = Some(state);
        self.differences += 1;
        let (first, last) = if is_backwards { (state, before) } else { (before, state) };
        let used = last.value.checked_sub(first.value).filter(|used| *used >= 0);
        let used = used.ok_or((column, Reason::RegisterLower))?;
        Ok(Some((first.at, last.at.0.saturating_sub(first.at.0), used)))
    }
}

/// Stretches of time that have a reading, from their starts to their ends in UTC seconds. None touches another.
#[derive(Debug, Default)]
struct Covered(BTreeMap<i64, i64>);

impl Covered {
    /// Adds a stretch. `false` if it overlaps another: then it is not added. If there are too many stretches, the one that
    /// is farthest from this is forgotten.
    fn add(&mut self, start: i64, end: i64) -> bool {
        let before = self.0.range(..end).next_back().map(|(start, end)| (*start, *end));
        if before.is_some_and(|(_, before)| before > start) {
            return false;
        }
        let start = before.filter(|(_, before)| *before == start).map_or(start, |(joined, _)| joined);
        let end = self.0.remove(&end).unwrap_or(end);
        self.0.insert(start, end);
        if self.0.len() > STRETCHES {
            let is_first = self.0.first_key_value().is_some_and(|(first, _)| *first == start);
            let _ = if is_first { self.0.pop_last() } else { self.0.pop_first() };
        }
        true
    }
}

/// Seconds that a reading covers.
fn length(mapping: &Mapping, zone: &TimeZone, (start, offset): Instant) -> Option<i64> {
    let local = Day(i32::try_from((start + offset * 60).div_euclid(86_400)).ok()?);
    let until = |day: Day| {
        let (end, _) = local_at(day, Time::midnight(), zone)?;
        let (begin, _) = local_at(local, Time::midnight(), zone)?;
        Some(end - begin)
    };
    match mapping.every? {
        Every::QuarterHour => Some(900),
        Every::HalfHour => Some(1_800),
        Every::Hour => Some(3_600),
        Every::Day => until(Day(local.0.checked_add(1)?)),
        Every::Month => {
            let date = local.civil();
            let next = date.checked_add(jiff::Span::new().try_months(1).ok()?).ok()?;
            until(Day::from_civil(next))
        }
    }
}

fn push(
    mapping: &Mapping,
    (series, account): (&str, &str),
    line: u64,
    ((start, offset), length, value): (Instant, i64, i64),
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let holder = mapping.holder.as_str();
    let meter = Some(account).filter(|account| !account.is_empty());
    if mapping.rows == RowKind::Water {
        let cells: [(usize, Cell<'_>); 7] = [
            (water::HOLDER, holder.into()),
            (water::SERIES, series.into()),
            (water::METER, meter.into()),
            (water::START, start.into()),
            (water::UTC_OFFSET, offset.into()),
            (water::DURATION, length.into()),
            (water::VOLUME, value.into()),
        ];
        return rows.push(Category::Water, line, &cells);
    }
    let is_volume = matches!(mapping.unit, Some(ReadingUnit::Litre | ReadingUnit::CubicMetre));
    let commodity =
        if mapping.rows == RowKind::Gas { energy::commodity::GAS } else { energy::commodity::ELECTRICITY };
    let cells: [(usize, Cell<'_>); 9] = [
        (energy::HOLDER, holder.into()),
        (energy::SERIES, series.into()),
        (energy::METER, meter.into()),
        (energy::COMMODITY, commodity.into()),
        (energy::DIRECTION, energy::direction::CONSUMED.into()),
        (energy::START, start.into()),
        (energy::UTC_OFFSET, offset.into()),
        (energy::DURATION, length.into()),
        (if is_volume { energy::VOLUME } else { energy::ENERGY }, value.into()),
    ];
    rows.push(Category::Energy, line, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stretches_that_touch_are_one() {
        let mut covered = Covered::default();
        assert!(covered.add(0, 10) && covered.add(20, 30) && covered.add(10, 20));
        assert_eq!(covered.0.len(), 1);
        assert!(!covered.add(5, 6) && !covered.add(-5, 1) && !covered.add(29, 40) && !covered.add(-1, 31));
        assert!(covered.add(-5, 0) && covered.add(30, 31) && !covered.add(30, 31));
    }

    #[test]
    fn stretches_are_bounded() {
        for step in [10_i64, -10] {
            let mut covered = Covered::default();
            for at in 0..5_000 {
                assert!(covered.add(at * step, at * step + 5));
                assert!(!covered.add(at * step + 1, at * step + 2), "the newest are known");
            }
            assert!(covered.0.len() <= STRETCHES);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_covered_twice(all in prop::collection::vec((0_i64..60, 1_i64..12), 0..40)) {
            let mut covered = Covered::default();
            let mut seconds = [false; 80];
            for (start, length) in all {
                let stretch = usize::try_from(start).unwrap()..usize::try_from(start + length).unwrap();
                let is_free = seconds[stretch.clone()].iter().all(|is| !is);
                prop_assert_eq!(covered.add(start, start + length), is_free);
                if is_free {
                    seconds[stretch].fill(true);
                }
            }
        }
    }
}
