//! Formats of GRDF, which runs the French gas grid and its meters (Gazpar).
//!
//! In all of them, the gas day runs from 06:00 to 06:00 local time, although files write `+00:00`. GRDF
//! computes energy from a volume that it then rounds, so energy is taken as written, never as volume
//! times coefficient. Days without data have no values, or zeros.

mod json;
mod periods;
mod workbook;

pub(crate) use json::GrdfJson;
pub(crate) use periods::GrdfPeriods;
pub(crate) use workbook::GrdfWorkbook;

use crate::error::FormatError;
use crate::number;
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time;
use mesinfos_model::category::energy::{self, commodity, direction, quality};
use mesinfos_model::{Category, Day};

const HOLDER: &str = "GRDF";

/// Decimals that turn kilowatt-hours into milliwatt-hours and cubic metres into millilitres.
const DECIMALS: u32 = 6;

/// Hour at which a gas day begins.
const MORNING: i8 = 6;

/// The reason to reject a row: its field, and the problem.
type Fault = (&'static str, Reason);

/// Consumption over one or more gas days.
struct Used<'u> {
    /// The PCE, fourteen digits; empty if the file does not name it.
    meter: &'u str,
    /// The first day, and the day after the last.
    from: Day,
    until: Day,
    /// Milliwatt-hours and millilitres.
    energy: Option<i64>,
    volume: Option<i64>,
    quality: Option<i64>,
}

impl Used<'_> {
    fn give(&self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Fault> {
        // An empty reading is not a row.
        if self.energy.is_none() && self.volume.is_none() {
            return Ok(Ok(()));
        }
        let zone = time::zone("Europe/Paris");
        let morning = jiff::civil::Time::constant(MORNING, 0, 0, 0);
        let at = |day: Day| time::local_at(day, morning, &zone);
        let ((start, offset), (end, _)) =
            at(self.from).zip(at(self.until)).filter(|(start, end)| start.0 < end.0).ok_or_else(|| {
                ("journeeGaziere", Reason::no_time_between(self.from.to_string(), self.until.to_string()))
            })?;
        let what = match self.until.0.saturating_sub(self.from.0) {
            1 => "day",
            2..=7 => "week",
            8..=31 => "month",
            _ => "period",
        };
        let series = format!("{}/{what}", if self.meter.is_empty() { HOLDER } else { part(self.meter) });
        let cells = [
            (energy::HOLDER, HOLDER.into()),
            (energy::SERIES, series.as_str().into()),
            (energy::METER, Some(self.meter).filter(|meter| !meter.is_empty()).into()),
            (energy::COMMODITY, commodity::GAS.into()),
            (energy::DIRECTION, direction::CONSUMED.into()),
            (energy::START, start.into()),
            (energy::UTC_OFFSET, offset.into()),
            (energy::DURATION, (end - start).into()),
            (energy::ENERGY, self.energy.into()),
            (energy::VOLUME, self.volume.into()),
            (energy::QUALITY, self.quality.into()),
        ];
        Ok(rows.push(Category::Energy, ordinal, &cells))
    }
}

/// Code of `quality` for a `qualificationReleve`, and whether there is a reading at all.
fn qualification(text: &str) -> (Option<i64>, bool) {
    let folded = text.to_lowercase();
    match () {
        () if folded.starts_with("mesur") => (Some(quality::MEASURED), true),
        () if folded.starts_with("estim") => (Some(quality::ESTIMATED), true),
        () if folded.starts_with("absence") => (None, false),
        () if folded.is_empty() => (None, true),
        () => (Some(quality::OTHER), true),
    }
}

/// Kilowatt-hours or cubic metres from the file, in milliwatt-hours or millilitres; `None` if empty.
fn millionths(text: &str, field: &'static str) -> Result<Option<i64>, Fault> {
    if text.is_empty() || text == "null" {
        return Ok(None);
    }
    let value = number::scaled(text, DECIMALS).filter(|value| *value >= 0);
    value.map(Some).ok_or_else(|| (field, Reason::too_many_decimals(text, DECIMALS.to_string())))
}

/// The next day, on which a gas day ends.
fn after(day: Day) -> Day {
    Day(day.0.saturating_add(1))
}
