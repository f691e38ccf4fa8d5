//! Answers of the SGE service "ConsultationMesuresDetaillees" (SOAP): curves, daily energy, daily peaks.
//!
//! A `mesure` (in version 3, one of `points`) has a value `v`, a time `d`, for curves a step `p` (ISO
//! 8601) and a nature `n` (B is raw). Times of curves are the ends of their intervals, those of days
//! their beginning. Version 3 registers are read as their total over all price slots,
//! `cadranTotalisateur`. Described, with samples, in <https://github.com/consometers/sge-tiers>.

use super::flow::quality;
use super::{Fault, Of, Registers, day_of, of_day, point, stamp, value};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;

/// The `enedis-sge-xml` format.
pub(crate) struct Sge;

const NAMES: [&str; 7] =
    ["pointId", "grandeurMetier", "grandeurPhysique", "unite", "mesure", "points", "cadranTotalisateur"];

static ABOUT: FormatInfo = FormatInfo {
    id: "enedis-sge-xml",
    fr: "Enedis SGE : mesures détaillées (SOAP)",
    en: "Enedis SGE: detailed measurements (SOAP)",
    origin: "Enedis",
    categories: &[Category::Energy],
    looks_for: "XML with an element consulterMesuresDetailleesResponse",
    spec: "https://github.com/consometers/sge-tiers",
    counts: OrdinalKind::Lines,
};

impl Format for Sge {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with("consulterMesuresDetailleesResponse")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut xml = input.xml();
        let mut answer = Answer::default();
        let ended = loop {
            let node = match xml.next(&NAMES) {
                Ok(Some(node)) => node,
                Ok(None) => break Ok(()),
                Err(stop) => break Err(stop),
            };
            let text = node.text.as_str();
            match &*node.name {
                "pointId" => text.clone_into(&mut answer.meter),
                "grandeurMetier" => answer.is_produced = text == "PROD",
                "grandeurPhysique" => text.clone_into(&mut answer.physical),
                "unite" => text.clone_into(&mut answer.unit),
                "cadranTotalisateur" => answer.states(&node, rows)?,
                _ => match answer.measure(&node, rows) {
                    Ok(given) => given?,
                    Err((field, reason)) => rows.reject(node.line, Some(field), reason),
                },
            }
        };
        answer.registers.finish(rows);
        ended
    }
}

/// Values shared by the measures that follow.
#[derive(Default)]
struct Answer {
    meter: String,
    is_produced: bool,
    physical: String,
    unit: String,
    registers: Registers,
}

impl Answer {
    /// Reads the states of the total register.
    fn states(&mut self, node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if self.physical != "EA" || self.unit != "Wh" {
            return Ok(());
        }
        let Answer { meter, is_produced, registers, .. } = self;
        let of = Of { meter, is_produced: *is_produced, what: "index", slot: None };
        for state in node.all("valeur") {
            let read = stamp(state.text_at(&["d"]).unwrap_or_default(), "d")
                .and_then(|at| Ok((at, value(state.text_at(&["v"]).unwrap_or_default(), "v")?)));
            match read {
                Ok((at, Some(value))) => registers.take(of, at, value, state.line, rows)?,
                Ok((_, None)) => {}
                Err((field, reason)) => rows.reject(state.line, Some(field), reason),
            }
        }
        Ok(())
    }

    fn measure(&self, node: &Node, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Fault> {
        let at = stamp(node.text_at(&["d"]).unwrap_or_default(), "d")?;
        let Some(value) = value(node.text_at(&["v"]).unwrap_or_default(), "v")? else { return Ok(Ok(())) };
        let step = node.text_at(&["p"]);
        let quality = quality(node.text_at(&["n"]));
        let of = |what| Of { meter: &self.meter, is_produced: self.is_produced, what, slot: None };
        let day = |energy, peak| {
            let day = day_of(at).and_then(|day| of_day(day, energy, peak, quality));
            day.ok_or(("d", Reason::DateOutOfBounds))
        };
        Ok(match (self.physical.as_str(), self.unit.as_str()) {
            ("PA", "W") => {
                let step = seconds(step.unwrap_or("PT30M")).ok_or(("p", Reason::StepExpected))?;
                of("curve").give(point(at, value, step, quality), node.line, rows)
            }
            ("EA", "Wh") if matches!(step, None | Some("P1D")) => {
                of("day").give(day(number::times(value, 1_000, 1), None)?, node.line, rows)
            }
            ("PMA", "VA") => of("peak").give(day(None, Some(value))?, node.line, rows),
            (physical, unit) => {
                let reason = Reason::measure_not_imported(physical, unit);
                return Err(("grandeurPhysique", reason));
            }
        })
    }
}

/// Seconds of an ISO 8601 step of at most an hour, such as "PT30M".
pub(super) fn seconds(step: &str) -> Option<i64> {
    if step == "PT1H" {
        return Some(3_600);
    }
    let minutes = step.strip_prefix("PT")?.strip_suffix('M')?;
    minutes.parse::<i64>().ok().filter(|minutes| (1..=60).contains(minutes)).map(|minutes| minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::energy;

    fn answer(physical: &str, unit: &str, measures: &str) -> String {
        format!(
            "<s:Envelope xmlns:s=\"x\"><s:Body><n:consulterMesuresDetailleesResponse xmlns:n=\"y\"><pointId>1</pointId>\
             <grandeur><grandeurMetier>CONS</grandeurMetier><grandeurPhysique>{physical}</grandeurPhysique>\
             <unite>{unit}</unite>{measures}</grandeur></n:consulterMesuresDetailleesResponse></s:Body></s:Envelope>"
        )
    }

    #[test]
    fn curves_days_and_peaks() {
        let curve = "<mesure><v>430</v><d>2022-01-05T00:30:00.000+01:00</d><p>PT30M</p><n>B</n></mesure>\
             <mesure><v></v><d>2022-01-05T01:00:00.000+01:00</d></mesure><mesure><v>1</v><d>5 janvier</d><p>PT30M</p></mesure>";
        let (reads, batches) = read_all(answer("PA", "W", curve).as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1), "{:?}", reads[0].rejected);
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(215_000));
        assert_eq!(batches[0].time(0), Some(1_641_337_200));
        let day = "<mesure><v>20711</v><d>2022-01-05T00:00:00.000+01:00</d></mesure>";
        let (_, batches) = read_all(answer("EA", "Wh", day).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(20_711_000));
        assert_eq!(batches[0].integer(energy::DURATION, 0), Some(86_400));
        let (_, batches) = read_all(answer("PMA", "VA", day).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(energy::PEAK, 0), Some(20_711));
        let registers = "<x><cadranTotalisateur><valeur><d>2022-01-05T00:00:00.000+01:00</d><v>1000</v><iv>0</iv></valeur>\
             <valeur><d>2022-01-06T00:00:00.000+01:00</d><v>3500</v></valeur></cadranTotalisateur></x>";
        let (_, batches) = read_all(answer("EA", "Wh", registers).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(2_500_000));
        let points = curve.replace("mesure", "points");
        assert_eq!(read_all(answer("PA", "W", &points).as_bytes()).unwrap().0[0].rows, 1);
        let (reads, _) = read_all(answer("PRI", "VAr", day).as_bytes()).unwrap();
        assert!(reads[0].rejected[0].reason.to_string().contains("PRI in VAr"));
    }

    #[test]
    fn steps() {
        assert_eq!(
            [seconds("PT10M"), seconds("PT1H"), seconds("PT60M")],
            [Some(600), Some(3_600), Some(3_600)]
        );
        assert_eq!([seconds("PT0M"), seconds("P1D"), seconds("PT-5M"), seconds("30")], [None; 4]);
    }
}
