//! Energy meter readings: statements of EDF and GRDF, load curves and daily values of Enedis.

use super::SPEC;
use super::document::{Doc, Done, Fault, Out, midnight, moment, written_day, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::number::{scaled, times};
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use crate::time::{self, Instant};
use mesinfos_model::category::energy::{self, commodity, direction, quality};
use mesinfos_model::{Category, Day};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-energy-json",
    fr: "Consommations d’énergie du pilote MesInfos (JSON)",
    en: "Energy readings of the MesInfos pilot (JSON)",
    origin: "MesInfos: EDF, GRDF, Enedis",
    categories: &[Category::Energy],
    looks_for: "a JSON array of documents with docType \"consumptionstatement\", or of Enedis with \
                \"usage_point\" and \"meter_reading\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        // The holder misspelled it in one version.
        Kind {
            doc_types: &["consumptionstatement", "consumpionstatement"],
            members: &[],
            pieces: &[],
            read: statement,
        },
        Kind {
            doc_types: &["enedismeasure"],
            members: &["usage_point"],
            pieces: &["\"meter_reading\"", "\"reading_type\""],
            read: usage_points,
        },
    ],
};

/// Powers of ten: a watt-hour is 10^3 milliwatt-hours, a kilowatt-hour 10^6.
const WATT_HOURS: u32 = 3;
const KILOWATT_HOURS: u32 = 6;

/// Kind of a statement, by its `statementReason`.
struct Statement {
    /// Prefix of `statementReason`.
    begins: &'static str,
    /// Series of its statements. Kinds of one contract overlap: months and years of estimates.
    series: &'static str,
    commodity: Option<i64>,
    /// Unit of `value`, which a statement does not name.
    unit: u32,
    /// Whether `end` is the last day, not the day after it.
    ends_within: bool,
}

const STATEMENTS: &[Statement] = &[
    Statement {
        begins: "LinkyHalfHourElec",
        series: "half-hours",
        commodity: Some(commodity::ELECTRICITY),
        unit: WATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "GazparDailyGaz",
        series: "days",
        commodity: Some(commodity::GAS),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "GazparMonthlyGaz",
        series: "months",
        commodity: Some(commodity::GAS),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "EdeliaMonthlyElec",
        series: "estimated-months",
        commodity: Some(commodity::ELECTRICITY),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "EdeliaYearlyElec",
        series: "estimated-years",
        commodity: Some(commodity::ELECTRICITY),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "EdeliaMonthlyGaz",
        series: "estimated-gas-months",
        commodity: Some(commodity::GAS),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    Statement {
        begins: "EdeliaYearlyGaz",
        series: "estimated-gas-years",
        commodity: Some(commodity::GAS),
        unit: KILOWATT_HOURS,
        ends_within: false,
    },
    // Meter readings for bills, every half-year, of electricity or gas; the statement does not say which.
    Statement {
        begins: "RELEVE_",
        series: "bills",
        commodity: None,
        unit: KILOWATT_HOURS,
        ends_within: true,
    },
];

/// Consumption from `start` to `end`, which are days or local times. `volume` is cubic metres of gas;
/// `cost` is euros.
fn statement(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let why = doc.needed("statementReason")?;
    let Some(statement) = STATEMENTS.iter().find(|statement| why.starts_with(statement.begins)) else {
        return wrong("statementReason", Reason::unknown_statement(why));
    };
    let (start, end) = (edge(doc, "start", false)?, edge(doc, "end", statement.ends_within)?);
    let duration = end.0 - start.0;
    if duration <= 0 {
        return wrong("end", Reason::EndNotAfterStart);
    }
    let Some(energy) = doc.number("value", statement.unit)? else { return wrong("value", Reason::Missing) };
    let cost = doc.euros("cost")?;
    let quality = match doc.text("statementType").unwrap_or_default().to_lowercase().as_str() {
        "mesure" | "reel" => quality::MEASURED,
        "estime" => quality::ESTIMATED,
        _ => quality::OTHER,
    };
    let contract = doc.text("contractNumber");
    let series = format!("{}/{}", contract.as_deref().unwrap_or_default(), statement.series);
    let is_grdf = doc.text("docTypeVersion").is_some_and(|version| version.contains("grdf"));
    out.push(
        Category::Energy,
        &[
            (energy::HOLDER, if is_grdf { "GRDF" } else { "EDF" }.into()),
            (energy::SERIES, series.as_str().into()),
            (energy::METER, contract.as_deref().into()),
            (energy::COMMODITY, statement.commodity.into()),
            (energy::DIRECTION, direction::CONSUMED.into()),
            (energy::START, start.0.into()),
            (energy::UTC_OFFSET, start.1.into()),
            (energy::DURATION, duration.into()),
            (energy::ENERGY, energy.into()),
            (energy::VOLUME, doc.number("volume", 6)?.into()),
            (energy::QUALITY, quality.into()),
            (energy::COST, cost.into()),
            (energy::CURRENCY, cost.map(|_| "EUR").into()),
        ],
    )
}

/// Start or end instant of a statement. A real file has "2016-07-012016-07-01".
fn edge(doc: &Doc<'_>, field: &'static str, ends_within: bool) -> Result<Instant, Fault> {
    let text = doc.needed(field)?;
    let found = match written_day(&text).filter(|_| text.len() == 10 && ends_within) {
        Some(last) => midnight(Day(last.0.saturating_add(1))),
        None => moment(&text),
    };
    found.map_or_else(|| wrong(field, Reason::not_a_date(text, "2016-07-01")), Ok)
}

/// Each point of delivery of an Enedis document.
fn usage_points(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    for point in doc.parts("usage_point") {
        let done = readings(&point, out);
        out.part(done)?;
    }
    Ok(())
}

/// Meaning of a value.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// Mean power over the step: a load curve.
    Watts,
    /// Energy, with the power of ten that converts it to milliwatt-hours.
    Energy(u32),
    /// Highest power of the step.
    VoltAmperes,
}

/// Reads the readings of one point. They have no time of their own: number 1 starts with the period, and
/// each lasts one step, which is 30 minutes or a day.
fn readings(point: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let Some(kind) = point.part("meter_reading.reading_type") else {
        return wrong("reading_type", Reason::Missing);
    };
    let unit = kind.needed("unit")?;
    let measure = match unit.as_str() {
        "W" => Measure::Watts,
        "Wh" => Measure::Energy(WATT_HOURS),
        "kWh" => Measure::Energy(KILOWATT_HOURS),
        "VA" => Measure::VoltAmperes,
        _ => return wrong("unit", Reason::not_one_of(unit, "W, Wh, kWh, VA")),
    };
    let steps = Steps::of(&kind)?;
    // The mean power over a day is nobody's measure: it is the highest one, and no energy.
    if measure == Measure::Watts && steps.step.is_none() {
        let what = kind.text("measurement_kind").unwrap_or(unit);
        return wrong("unit", Reason::not_energy(what));
    }
    let meter = point.text("usage_point_id");
    let direction = match kind.text("flow_direction").as_deref() {
        Some("forward") => Some(direction::CONSUMED),
        Some("reverse") => Some(direction::PRODUCED),
        _ => None,
    };
    let series = [Some("usage_point".to_owned()), meter.clone()]
        .into_iter()
        .chain(["measurement_kind", "time_attribute", "flow_direction"].map(|name| kind.text(name)))
        .flatten()
        .collect::<Vec<_>>()
        .join("/");
    for (index, reading) in (1..).zip(point.parts("meter_reading.interval_block")) {
        let number = reading.number("reading_number", 0).unwrap_or_default().unwrap_or(index);
        let Some((start, duration)) = steps.at(number) else {
            out.reject("reading_number", Reason::outside_the_period(number.to_string()));
            continue;
        };
        let text = reading.text("value").unwrap_or_default();
        let value = match measure {
            Measure::Watts => scaled(&text, 3).and_then(|milliwatts| times(milliwatts, duration, 3600)),
            Measure::Energy(digits) => scaled(&text, digits),
            Measure::VoltAmperes => scaled(&text, 0),
        };
        let Some(value) = value else {
            out.reject("value", Reason::not_a_number_of(text, &unit));
            continue;
        };
        let is_peak = measure == Measure::VoltAmperes;
        out.push(
            Category::Energy,
            &[
                (energy::HOLDER, "Enedis".into()),
                (energy::SERIES, series.as_str().into()),
                (energy::METER, meter.as_deref().into()),
                (energy::COMMODITY, commodity::ELECTRICITY.into()),
                (energy::DIRECTION, direction.into()),
                (energy::START, start.0.into()),
                (energy::UTC_OFFSET, start.1.into()),
                (energy::DURATION, duration.into()),
                (energy::ENERGY, Some(value).filter(|_| !is_peak).into()),
                (energy::PEAK, Some(value).filter(|_| is_peak).into()),
                (energy::QUALITY, quality::RAW.into()),
            ],
        )?;
    }
    Ok(())
}

/// Steps of a period.
struct Steps {
    first: Day,
    /// The day after the last one.
    end: Day,
    /// Seconds; `None` if the step is a day, which has 23 to 25 hours.
    step: Option<i64>,
}

impl Steps {
    fn of(kind: &Doc<'_>) -> Result<Steps, Fault> {
        let day = |field: &'static str| {
            let text = kind.needed(field)?;
            written_day(&text).map_or_else(|| wrong(field, Reason::not_a_date(text, "2017-08-17")), Ok)
        };
        let text = kind.needed("time_attribute")?;
        let minutes = text.strip_suffix("mn").and_then(|minutes| minutes.trim().parse::<i64>().ok());
        let step = match minutes {
            Some(minutes @ 1..=60) => Some(minutes * 60),
            None if text == "day" => None,
            _ => return wrong("time_attribute", Reason::not_a_step(text, "30mn, day")),
        };
        Ok(Steps { first: day("start_measurement_period")?, end: day("end_measurement_period")?, step })
    }

    /// Start and length of a reading by its number, from 1.
    fn at(&self, number: i64) -> Option<(Instant, i64)> {
        let before = number.checked_sub(1).filter(|before| *before >= 0)?;
        let (start, end) = match self.step {
            Some(step) => {
                let start = midnight(self.first)?.0.checked_add(before.checked_mul(step)?)?;
                ((start, time::offset(start, &super::document::PARIS)?), start.checked_add(step)?)
            }
            None => {
                let day = self.first.0.checked_add(i32::try_from(before).ok()?)?;
                (midnight(Day(day))?, midnight(Day(day.checked_add(1)?))?.0)
            }
        };
        (end <= midnight(self.end)?.0).then_some((start, end - start.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    fn statement_of(reason: &str, start: &str, end: &str, rest: &str) -> String {
        format!(
            r#"{{"docType":"ConsumpionStatement","contractNumber":"1","statementReason":"{reason}",
            "start":"{start}","end":"{end}",{rest}}}"#
        )
    }

    #[test]
    fn statements_have_the_unit_of_their_reason() {
        let file = [
            statement_of(
                "LinkyHalfHourElecConsumption",
                "2017-03-01T02:00:00",
                "2017-03-01T02:30:00",
                r#""value":630"#,
            ),
            statement_of(
                "GazparDailyGazConsumption",
                "2017-03-01T06:00:00",
                "2017-03-02T06:00:00",
                r#""value":60,"volume":5.4"#,
            ),
            statement_of(
                "RELEVE_PERIODIQUE",
                "2016-01-08",
                "2016-07-01",
                r#""value":"648.0","statementType":"REEL""#,
            ),
            statement_of(
                "EdeliaMonthlyElecConsumption",
                "2016-03-01",
                "2016-04-01",
                r#""value":541,"cost":88,"statementType":"estime""#,
            ),
            statement_of("RELEVE_PERIODIQUE", "2016-01-08", "2016-07-012016-07-01", r#""value":"648.0""#),
            statement_of("Autre", "2016-01-08", "2016-07-01", r#""value":"648.0""#),
            statement_of("RELEVE_PERIODIQUE", "2016-01-08", "2016-01-01", r#""value":1"#),
        ];
        let (reads, batches) = read_all(format!("[{}]", file.join(",")).as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-energy-json", 4, 3)
        );
        let all = |field: usize| (0..4).map(|row| batches[0].integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(energy::ENERGY), [630_000, 60_000_000, 648_000_000, 541_000_000].map(Some));
        // From winter time to summer time: the half-year is an hour shorter.
        assert_eq!(
            all(energy::DURATION),
            [1_800, 86_400, 176 * 86_400 - 3_600, 31 * 86_400 - 3_600].map(Some)
        );
        assert_eq!(all(energy::VOLUME), [None, Some(5_400_000), None, None]);
        assert_eq!(all(energy::COST), [None, None, None, Some(8_800)]);
        assert_eq!(reads[0].rejected[0].field.as_deref(), Some("end"));
    }

    #[test]
    fn readings_by_number_begin_with_the_period() {
        let file = r#"[{"contract_power":"6","business_step":"comptage brut","usage_point":[
            {"usage_point_id":"1","meter_reading":{"reading_type":{"measurement_kind":"CDC",
            "start_measurement_period":"2017-08-17","end_measurement_period":"2017-08-18","time_attribute":"30mn",
            "unit":"W","flow_direction":"forward"},"interval_block":[{"value":"230","reading_number":"1"},
            {"value":"284","reading_number":"48"},{"value":"1","reading_number":"49"},{"value":"x","reading_number":"2"}]}},
            {"usage_point_id":"1","meter_reading":{"reading_type":{"measurement_kind":"ENERGIEGLO",
            "start_measurement_period":"2017-10-29","end_measurement_period":"2017-10-30","time_attribute":"day",
            "unit":"Wh"},"interval_block":[{"value":"17051"}]}}]}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (3, 2));
        let all = |field: usize| (0..3).map(|row| batches[0].integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(energy::ENERGY), [115_000, 142_000, 17_051_000].map(Some));
        assert_eq!(all(energy::DURATION), [1_800, 1_800, 90_000].map(Some));
        assert_eq!(all(energy::START)[0], Some(1_502_920_800));
    }
}
