//! Answers of Enedis DataConnect, metering data v4 and v5 (JSON): the load curve, daily energy, daily peaks.
//!
//! `meter_reading` (which some relaying services leave out) has the meter, the unit, and
//! `interval_reading` entries with text or a number as `value` and a local Paris time or day as `date`.
//! Times of curves are the ends of their intervals. No answer says whether it is production: all is taken
//! as consumption, which is what homes request.

use super::flow::quality;
use super::sge::seconds;
use super::{Fault, Of, of_day, paris, point, value};
use crate::error::FormatError;
use crate::fault;
use crate::format::{Format, FormatInfo};
use crate::number;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Piece, Want, pieces};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time::{self, Instant};
use crate::wall_clock::WallClock;
use mesinfos_model::Category;
use serde::Deserialize;
use serde_json::Value;

/// The `enedis-data-connect-json` format.
pub(crate) struct DataConnect;

static ABOUT: FormatInfo = FormatInfo {
    id: "enedis-data-connect-json",
    fr: "Enedis DataConnect (JSON : courbe de charge, énergie et puissance quotidiennes)",
    en: "Enedis DataConnect (JSON: load curve, daily energy and peaks)",
    origin: "Enedis…",
    categories: &[Category::Energy],
    looks_for: "JSON with \"usage_point_id\", \"reading_type\" and \"interval_reading\"",
    spec: "https://datahub-enedis.fr/data-connect/documentation/metering-data/",
    counts: OrdinalKind::Entries,
};

impl Format for DataConnect {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"usage_point_id\"", "\"reading_type\"", "\"interval_reading\""])
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut answer = Answer { meter: String::new(), unit: String::new(), clock: WallClock::of(paris()) };
        pieces(input.text(), &|_| Want::Any, &mut |path, piece| {
            let name = path.last().map_or("", String::as_str);
            match piece {
                Piece::Member(Value::String(text)) => match name {
                    "usage_point_id" => answer.meter = text,
                    "unit" => answer.unit = text,
                    _ => {}
                },
                Piece::Element(ordinal, raw) if name == "interval_reading" => {
                    match answer.reading(ordinal, raw, rows) {
                        Ok(given) => given?,
                        Err((field, reason)) => rows.reject(ordinal, Some(field), reason),
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }
}

#[derive(Deserialize)]
struct Reading<'r> {
    #[serde(default)]
    value: Value,
    #[serde(default)]
    date: String,
    #[serde(borrow)]
    interval_length: Option<&'r str>,
    #[serde(borrow)]
    measure_type: Option<&'r str>,
}

/// Values shared by the readings that follow.
struct Answer {
    meter: String,
    unit: String,
    clock: WallClock,
}

impl Answer {
    fn reading(
        &mut self,
        ordinal: u64,
        raw: &str,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let reading: Reading<'_> =
            serde_json::from_str(raw).map_err(|error| ("interval_reading", fault::record(&error)))?;
        let text = match &reading.value {
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        let Some(value) = value(&text, "value")? else { return Ok(Ok(())) };
        let quality = quality(reading.measure_type);
        let of = |what| Of { meter: &self.meter, is_produced: false, what, slot: None };
        let day = |energy, peak| {
            let day = time::day(&reading.date, "ymd").and_then(|day| of_day(day, energy, peak, quality));
            day.ok_or_else(|| ("date", Reason::not_a_date(&reading.date, "2020-09-14")))
        };
        Ok(match self.unit.as_str() {
            "W" => {
                let at = local(&mut self.clock, &reading.date)?;
                let step = seconds(reading.interval_length.unwrap_or("PT30M"))
                    .ok_or(("interval_length", Reason::StepExpected))?;
                of("curve").give(point(at, value, step, quality), ordinal, rows)
            }
            "Wh" => of("day").give(day(number::times(value, 1_000, 1), None)?, ordinal, rows),
            "VA" => of("peak").give(day(None, Some(value))?, ordinal, rows),
            other => return Err(("unit", Reason::not_one_of(other, "W, Wh, VA"))),
        })
    }
}

fn local(clock: &mut WallClock, text: &str) -> Result<Instant, Fault> {
    let at = time::instant(text).or_else(|| clock.at(text.parse().ok()?));
    at.ok_or_else(|| ("date", Reason::not_a_time(text, "2020-09-14 03:00:00")))
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::energy;

    fn answer(unit: &str, readings: &str) -> String {
        format!(
            "{{\"meter_reading\": {{\"usage_point_id\": \"1\", \"reading_type\": {{\"unit\": \"{unit}\"}}, \
             \"interval_reading\": [{readings}]}}}}"
        )
    }

    #[test]
    fn curves_days_and_peaks() {
        let curve = r#"{"value":"540","date":"2020-09-14 03:00:00","interval_length":"PT30M","measure_type":"B"},
            {"value":null,"date":"2020-09-14 03:30:00"},{"value":"x","date":"2020-09-14 04:00:00"},
            {"value":"1","date":"2020-09-14 25:00:00"},7"#;
        let (reads, batches) = read_all(answer("W", curve).as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 3), "{:?}", reads[0].rejected);
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(270_000));
        assert_eq!(batches[0].time(0), Some(1_600_043_400));
        let days = r#"{"value":"21547","date":"2023-12-08"},{"value":14528,"date":"2023-12-09"}"#;
        let (_, batches) = read_all(answer("Wh", days).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(energy::ENERGY, 1), Some(14_528_000));
        let peaks = r#"{"value":"3000","date":"2023-12-08 19:12:05"}"#;
        let (_, batches) = read_all(answer("VA", peaks).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(energy::PEAK, 0), Some(3_000));
        assert_eq!(batches[0].day(0).unwrap().to_string(), "2023-12-08");
    }

    #[test]
    fn a_unit_that_is_not_known_and_a_cut() {
        let days = r#"{"value":"21547","date":"2023-12-08"},{"value":14528,"date":"2023-12-09"}"#;
        let (reads, _) = read_all(answer("kWh", days).as_bytes()).unwrap();
        assert!(reads[0].rejected[0].reason.to_string().contains("kWh"));
        let whole = answer("Wh", days);
        let (reads, batches) = read_all(&whole.as_bytes()[..whole.len() - 20]).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
    }
}
