//! Days, weeks, months and years from the customer portal, in the JSON of the PyGazpar library:
//! `[{"time_period": "Mai 2019", "volume_m3": 81.7, "energy_kwh": 918.0}]`. They do not name their meter.

use super::{Fault, Used, after, millionths, qualification};
use crate::error::FormatError;
use crate::fault;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, elements};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::{Category, Day};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The `grdf-periods-json` format.
pub(crate) struct GrdfPeriods;

/// French months, with accents and without; files may lack the accents.
const MONTHS: [(&str, &str); 12] = [
    ("janvier", "janvier"),
    ("février", "fevrier"),
    ("mars", "mars"),
    ("avril", "avril"),
    ("mai", "mai"),
    ("juin", "juin"),
    ("juillet", "juillet"),
    ("août", "aout"),
    ("septembre", "septembre"),
    ("octobre", "octobre"),
    ("novembre", "novembre"),
    ("décembre", "decembre"),
];

static ABOUT: FormatInfo = FormatInfo {
    id: "grdf-periods-json",
    fr: "Consommations de gaz par jour, semaine, mois ou an (PyGazpar, JSON)",
    en: "Gas use by day, week, month or year (PyGazpar, JSON)",
    origin: "GRDF (PyGazpar)",
    categories: &[Category::Energy],
    looks_for: "JSON with \"time_period\" and \"energy_kwh\"",
    spec: "https://github.com/ssenart/PyGazpar",
    counts: OrdinalKind::Entries,
};

impl Format for GrdfPeriods {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"time_period\"", "\"energy_kwh\""])
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        elements(input.text(), &[], &mut |ordinal, raw| match period(ordinal, raw, rows) {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                Ok(())
            }
        })
    }
}

#[derive(Deserialize)]
struct Period<'p> {
    #[serde(default)]
    time_period: String,
    #[serde(borrow)]
    volume_m3: Option<&'p RawValue>,
    #[serde(borrow)]
    energy_kwh: Option<&'p RawValue>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

fn period(ordinal: u64, raw: &str, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Fault> {
    let period: Period<'_> =
        serde_json::from_str(raw).map_err(|error| ("time_period", fault::record(&error)))?;
    let text = period.time_period.trim();
    let (from, until) = days(text)
        .ok_or_else(|| ("time_period", Reason::not_a_period(text, "Mai 2019, 13/10/2022, 2019")))?;
    let (quality, is_there) = qualification(period.kind.as_deref().unwrap_or_default());
    if !is_there {
        return Ok(Ok(()));
    }
    let number = |value: Option<&RawValue>, field| millionths(value.map_or("", RawValue::get), field);
    let energy = number(period.energy_kwh, "energy_kwh")?;
    let volume = number(period.volume_m3, "volume_m3")?;
    Used { meter: "", from, until, energy, volume, quality }.give(ordinal, rows)
}

/// First day of a period, and the day after its last.
fn days(text: &str) -> Option<(Day, Day)> {
    if let Some(day) = time::day(text, "dmy") {
        return Some((day, after(day)));
    }
    let folded = text.to_lowercase();
    if let Some((from, until)) = folded.strip_prefix("du ").and_then(|rest| rest.split_once(" au ")) {
        return Some((time::day(from, "dmy")?, after(time::day(until, "dmy")?)));
    }
    let number = |year: &str| year.parse::<i16>().ok().filter(|year| time::YEARS.contains(year));
    let Some((month, year)) = folded.split_once(' ') else {
        let year = number(&folded)?;
        return Some((Day::from_ymd(year, 1, 1)?, Day::from_ymd(year + 1, 1, 1)?));
    };
    let month = MONTHS.iter().position(|(name, plain)| month == *name || month == *plain)?;
    let (year, month) = (number(year.trim())?, i8::try_from(month).ok()? + 1);
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some((Day::from_ymd(year, month, 1)?, Day::from_ymd(next.0, next.1, 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::energy;

    #[test]
    fn periods_of_every_kind() {
        let shown = |text| days(text).map(|(from, until)| format!("{from} {until}"));
        assert_eq!(shown("Août 2019").as_deref(), Some("2019-08-01 2019-09-01"));
        assert_eq!(shown("Decembre 2019").as_deref(), Some("2019-12-01 2020-01-01"));
        assert_eq!(shown("13/10/2022").as_deref(), Some("2022-10-13 2022-10-14"));
        assert_eq!(shown("Du 03/10/2022 au 09/10/2022").as_deref(), Some("2022-10-03 2022-10-10"));
        assert_eq!(shown("2020").as_deref(), Some("2020-01-01 2021-01-01"));
        for bad in ["", "Mai", "Brumaire 2019", "31/02/2020", "99999", "Mai 99999"] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }

    #[test]
    fn months_are_read() {
        let file = r#"[{"time_period":"Mai 2019","volume_m3":81.7,"energy_kwh":918.0},{"time_period":"?","energy_kwh":1}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(918_000_000));
        assert_eq!(batches[0].integer(energy::VOLUME, 0), Some(81_700_000));
        assert_eq!(batches[0].text(energy::SERIES, 0), Some("GRDF/month"));
    }
}
