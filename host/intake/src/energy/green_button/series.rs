//! Rows from the readings of one `MeterReading`.

use super::unit::{Quantity, Ratio, ReadingType, minor, quality, water_quality};
use super::zone::{LocalTime, Offset};
use crate::error::FormatError;
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::category::{Category, energy, water};

/// Durations of a reading, in seconds: up to those of a bill of a year and a month.
const DURATIONS: std::ops::RangeInclusive<i64> = 1..=400 * 86_400;

/// Starts of a reading: the years 1811 to 2603. No meter was read outside them.
const STARTS: std::ops::RangeInclusive<i64> = -5_000_000_000..=20_000_000_000;

/// An `IntervalReading` as written in the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    pub(super) line: u64,
    pub(super) start: Option<i64>,
    pub(super) duration: Option<i64>,
    pub(super) value: Option<i64>,
    pub(super) cost: Option<i64>,
    pub(super) quality: Option<i64>,
    pub(super) tou: Option<i64>,
}

/// The reason to reject a reading: its field, and the problem.
type Fault = (&'static str, Reason);

/// A series, and the state that the next reading needs.
#[derive(Debug)]
pub(super) struct Series {
    name: String,
    meter: String,
    reading_type: ReadingType,
    /// Of the costs.
    currency: Option<&'static str>,
    quantity: Quantity,
    commodity: i64,
    zone: Option<LocalTime>,
    /// The last offset used, which mostly still holds.
    offset: Option<Offset>,
    /// The last duration and its factor, for a power.
    power: Option<(i64, Ratio)>,
    register: Register,
    left_out: LeftOut,
}

/// Costs that were not taken, because their currency is not known.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct LeftOut {
    count: u64,
    /// Line of the first one.
    line: u64,
}

impl LeftOut {
    /// Adds the costs of another series.
    pub(super) fn add(&mut self, other: LeftOut) {
        if self.count == 0 || other.count > 0 && other.line < self.line {
            self.line = other.line;
        }
        self.count += other.count;
    }

    pub(super) fn tell(self, rows: &mut RowWriter<'_>) {
        if self.count > 0 {
            rows.leave_out(self.line, "cost", Reason::no_cost_currency(self.count.to_string()));
        }
    }
}

/// Last state of a register, if the series is one.
#[derive(Debug, Default)]
struct Register {
    last: Option<(Reading, i64, i64)>,
    /// Whether there were two states.
    has_two: bool,
}

impl Series {
    /// `usual` is the currency of the feed.
    pub(super) fn new(
        name: &str,
        meter: &str,
        reading_type: ReadingType,
        (service, zone, usual): (Option<i64>, Option<LocalTime>, Option<&'static str>),
    ) -> Result<Series, Reason> {
        let quantity = reading_type.quantity(service)?;
        let commodity = reading_type.commodity(service);
        Ok(Series {
            name: name.to_owned(),
            meter: meter.to_owned(),
            currency: reading_type.currency.or(usual),
            reading_type,
            quantity,
            commodity,
            zone,
            offset: None,
            power: None,
            register: Register::default(),
            left_out: LeftOut::default(),
        })
    }

    /// Takes a reading. `next` is the start of a reading without one, and becomes this reading's end.
    pub(super) fn take(
        &mut self,
        reading: &Reading,
        next: &mut Option<i64>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        match self.row(reading, next, rows) {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(reading.line, Some(field), reason);
                Ok(())
            }
        }
    }

    /// Rejects a register with a single state, which yields no reading. Returns the costs that were not taken.
    pub(super) fn finish(&self, rows: &mut RowWriter<'_>) -> LeftOut {
        if let (Some((reading, ..)), false) = (&self.register.last, self.register.has_two) {
            let reason = Reason::OnlyState;
            rows.reject(reading.line, Some("value"), reason);
        }
        self.left_out
    }

    fn row(
        &mut self,
        reading: &Reading,
        next: &mut Option<i64>,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let start = reading.start.or(*next);
        let start = start.ok_or(("timePeriod", Reason::NoStart))?;
        if !STARTS.contains(&start) {
            return Err(("start", Reason::not_utc_seconds(start.to_string())));
        }
        let duration = reading.duration.or(self.reading_type.step);
        let duration = duration
            .filter(|duration| DURATIONS.contains(duration))
            .ok_or(("duration", Reason::DurationExpected))?;
        *next = Some(start + duration);
        if reading.value.is_none() {
            return Err(("value", Reason::WholeNumberExpected));
        }
        let step = if self.reading_type.is_register() {
            let Some(step) = self.register.step(reading, start, duration)? else { return Ok(Ok(())) };
            step
        } else {
            (*reading, start, duration)
        };
        self.give(&step.0, step.1, step.2, rows)
    }

    fn give(
        &mut self,
        reading: &Reading,
        start: i64,
        duration: i64,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let value = reading.value.unwrap_or_default();
        let scaled = self.factor(duration).and_then(|ratio| ratio.of(value));
        let scaled = scaled.ok_or_else(|| ("value", Reason::out_of_bounds(value.to_string())))?;
        let offset = self.offset_at(start);
        let currency = self.currency;
        // Holders that do not know the costs write 0.
        if currency.is_none() && reading.cost.is_some_and(|cost| cost != 0) {
            self.left_out.add(LeftOut { count: 1, line: reading.line });
        }
        let cost = currency.zip(reading.cost).and_then(|(currency, cost)| minor(cost, currency));
        let (name, meter) = (self.name.as_str(), self.meter.as_str());
        let quality_code = reading.quality.or(self.reading_type.quality);
        if let Quantity::Water(_) = self.quantity {
            let cells = [
                (water::SERIES, name.into()),
                (water::METER, meter.into()),
                (water::START, start.into()),
                (water::UTC_OFFSET, offset.into()),
                (water::DURATION, duration.into()),
                (water::VOLUME, scaled.into()),
                (water::QUALITY, quality_code.map(water_quality).into()),
                (water::COST, cost.into()),
                (water::CURRENCY, cost.and(currency).into()),
            ];
            return Ok(rows.push(Category::Water, reading.line, &cells));
        }
        let tariff = reading.tou.filter(|&tou| tou != 0).map(|tou| tou.to_string());
        let only = |is: bool| is.then_some(scaled);
        let cells = [
            (energy::SERIES, name.into()),
            (energy::METER, meter.into()),
            (energy::COMMODITY, self.commodity.into()),
            (energy::DIRECTION, self.reading_type.direction().into()),
            (energy::START, start.into()),
            (energy::UTC_OFFSET, offset.into()),
            (energy::DURATION, duration.into()),
            (energy::ENERGY, only(matches!(self.quantity, Quantity::Energy(_) | Quantity::Power(_))).into()),
            (energy::VOLUME, only(matches!(self.quantity, Quantity::Gas(_))).into()),
            (energy::QUALITY, quality_code.map(quality).into()),
            (energy::TARIFF, tariff.as_deref().into()),
            (energy::COST, cost.into()),
            (energy::CURRENCY, cost.and(currency).into()),
            (energy::PEAK, only(matches!(self.quantity, Quantity::Peak(_))).into()),
        ];
        Ok(rows.push(Category::Energy, reading.line, &cells))
    }

    fn factor(&mut self, duration: i64) -> Option<Ratio> {
        match self.quantity {
            Quantity::Energy(ratio)
            | Quantity::Peak(ratio)
            | Quantity::Gas(ratio)
            | Quantity::Water(ratio) => Some(ratio),
            Quantity::Power(ratio) => match self.power {
                Some((seconds, ratio)) if seconds == duration => Some(ratio),
                _ => {
                    let over = ratio.over(duration)?;
                    self.power = Some((duration, over));
                    Some(over)
                }
            },
        }
    }

    fn offset_at(&mut self, start: i64) -> Option<i64> {
        let zone = self.zone.as_ref()?;
        let offset = match self.offset {
            Some(offset) if offset.holds(start) => offset,
            _ => *self.offset.insert(zone.at(start)),
        };
        Some(offset.minutes)
    }
}

impl Register {
    /// Consumption between the last state and this one: the later of the two, with the difference as its
    /// value. Files are in ascending or descending time order. `None` for the first state.
    fn step(
        &mut self,
        reading: &Reading,
        start: i64,
        duration: i64,
    ) -> Result<Option<(Reading, i64, i64)>, Fault> {
        let Some(last) = self.last.replace((*reading, start, duration)) else { return Ok(None) };
        self.has_two = true;
        let this = (*reading, start, duration);
        let (before, after) = if last.1 <= start { (last, this) } else { (this, last) };
        let (low, high) = (before.0.value.unwrap_or_default(), after.0.value.unwrap_or_default());
        if before.1 == after.1 || high < low {
            return Err(("value", Reason::register_back(low.to_string(), high.to_string())));
        }
        let used = high.checked_sub(low);
        Ok(Some((Reading { value: used, ..after.0 }, after.1, after.2)))
    }
}
