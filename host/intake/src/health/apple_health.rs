//! The export of Apple Health (`export.xml`), often over a gigabyte.
//!
//! Each `Record` (one measure of one kind) and each `Workout` is a row; nothing is added up. The records
//! of a `Correlation` (the two values of a blood pressure) are repeated outside it, and activity
//! summaries are sums of records: both are skipped, as are device names, which often contain the person's
//! name. A telephone and a watch both count steps: of what two devices measured at one time, the first in the file is a row,
//! and the other is told. (Apple adds them up by an order of devices that the person chose, which the file does not have.)
//! Instants are `2016-04-18 08:25:32 -0700`; the day is the local one.
//!
//! The file begins with a document type declaration, which is malformed in iOS 16. The archive also has
//! `export_cda.xml`, which repeats the content.

use super::devices::Measured;
use super::entry::Entry;
use crate::error::FormatError;
use crate::format::Format;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::health::kind;

/// The `apple-health` format.
pub(crate) struct AppleHealth;

static ABOUT: FormatInfo = FormatInfo {
    id: "apple-health",
    fr: "Apple Santé (export.xml)",
    en: "Apple Health (export.xml)",
    origin: "Apple",
    categories: &[Category::Health],
    looks_for: "an XML <HealthData> with an <ExportDate>",
    spec: "https://developer.apple.com/documentation/healthkit/data_types",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "Apple Health";

/// Prefixes of type names.
const PREFIXES: [&str; 5] = [
    "HKQuantityTypeIdentifier",
    "HKCategoryTypeIdentifier",
    "HKDataType",
    "HKWorkoutActivityType",
    "HKCategoryValue",
];

/// Types that are body measures. Other quantities are activity, except food.
const VITALS: &[&str] = &[
    "AppleSleepingWristTemperature",
    "BasalBodyTemperature",
    "BloodAlcoholContent",
    "BloodGlucose",
    "BloodPressureDiastolic",
    "BloodPressureSystolic",
    "BodyFatPercentage",
    "BodyMass",
    "BodyMassIndex",
    "BodyTemperature",
    "ElectrodermalActivity",
    "ForcedExpiratoryVolume1",
    "ForcedVitalCapacity",
    "HeartRate",
    "HeartRateRecoveryOneMinute",
    "HeartRateVariabilitySDNN",
    "Height",
    "LeanBodyMass",
    "OxygenSaturation",
    "PeakExpiratoryFlowRate",
    "PeripheralPerfusionIndex",
    "RespiratoryRate",
    "RestingHeartRate",
    "VO2Max",
    "WaistCircumference",
    "WalkingHeartRateAverage",
];

/// Types that are added up: measured by two devices at one time, they would count twice.
const ADDED: &[&str] = &[
    "ActiveEnergyBurned",
    "AppleExerciseTime",
    "AppleMoveTime",
    "AppleStandTime",
    "BasalEnergyBurned",
    "CrossCountrySkiingDistance",
    "DistanceCrossCountrySkiing",
    "DistanceCycling",
    "DistanceDownhillSnowSports",
    "DistancePaddleSports",
    "DistanceRowing",
    "DistanceSkatingSports",
    "DistanceSwimming",
    "DistanceWalkingRunning",
    "DistanceWheelchair",
    "FlightsClimbed",
    "PushCount",
    "StepCount",
    "SwimmingStrokeCount",
    "TimeInDaylight",
];

impl Format for AppleHealth {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with("<HealthData") && head.text().contains("<ExportDate")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut xml = input.xml();
        let mut measured = Measured::default();
        while let Some(node) = xml.next(&["Record", "Workout", "Correlation"])? {
            match &*node.name {
                "Record" => record(&node, &mut measured, rows)?,
                "Workout" => workout(&node, rows)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn record(node: &Node, measured: &mut Measured, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(code) = node.attribute("type") else {
        rows.reject(node.line, Some("type"), Reason::NoMeasureType);
        return Ok(());
    };
    let name = bare(code);
    let kind = match () {
        () if VITALS.contains(&name) => kind::VITAL,
        () if code.starts_with("HKQuantityTypeIdentifier") && !name.starts_with("Dietary") => kind::ACTIVITY,
        () => kind::OTHER,
    };
    if ADDED.contains(&name)
        && let Some(device) = node.attribute("sourceName")
        && let Some(period) = period(node)
        && measured.is_again(name, device, period)
    {
        rows.reject(node.line, Some("sourceName"), Reason::OtherDevice);
        return Ok(());
    }
    let value = node.attribute("value").map(bare);
    push(node, kind, code, value, node.attribute("unit"), rows)
}

/// First and last UTC second of a measure; `None` if it does not tell them.
fn period(node: &Node) -> Option<(i64, i64)> {
    let at = |field| {
        let (day, rest) = node.attribute(field)?.split_once(' ')?;
        let (clock, offset) = rest.split_once(' ')?;
        Some(time::instant(&format!("{day}T{clock}{offset}"))?.0)
    };
    let start = at("startDate")?;
    Some((start, at("endDate").unwrap_or(start)))
}

/// A workout, whose measure is its duration.
fn workout(node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(code) = node.attribute("workoutActivityType") else {
        rows.reject(node.line, Some("workoutActivityType"), Reason::NoWorkoutType);
        return Ok(());
    };
    push(node, kind::ACTIVITY, code, node.attribute("duration"), node.attribute("durationUnit"), rows)
}

fn push(
    node: &Node,
    kind: i64,
    code: &str,
    value: Option<&str>,
    unit: Option<&str>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let day = |field| match node.attribute(field) {
        None => Ok(None),
        Some(text) => time::days(text, "ymd").map(Some).ok_or((field, text)),
    };
    let days = day("startDate").and_then(|on| Ok((on, day("endDate")?)));
    let (on, until) = match days {
        Ok((Some(on), until)) => (on, until),
        Ok((None, _)) => {
            rows.reject(node.line, Some("startDate"), Reason::NoDate);
            return Ok(());
        }
        Err((field, text)) => {
            let reason = Reason::not_a_time(text, "2016-04-18 08:25:32 -0700");
            rows.reject(node.line, Some(field), reason);
            return Ok(());
        }
    };
    let label = words(bare(code));
    Entry {
        holder: HOLDER,
        on: Some(on),
        until: until.filter(|until| *until != on),
        kind,
        label: Some(&label),
        code_system: Some("HealthKit"),
        code: Some(code),
        value,
        unit: unit.filter(|unit| *unit != "count"),
        ..Entry::default()
    }
    .push(rows, node.line)
}

/// Name of a type or value without its common prefix.
fn bare(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// Splits "HeartRateVariabilitySDNN" into "Heart Rate Variability SDNN".
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    let mut before = 'A';
    for c in name.chars() {
        if c.is_uppercase() && !before.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c);
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Read, read_all};
    use mesinfos_model::category::health;
    use mesinfos_model::{Batch, Day};

    fn read(elements: &str) -> (Read, Batch) {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HealthData locale=\"fr_FR\">\n<ExportDate value=\"2019-07-19 10:36:11 -0700\"/>\n{elements}\n</HealthData>"
        );
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.pop().unwrap_or_else(|| Batch::empty(Category::Health)))
    }

    #[test]
    fn records_and_workouts_are_rows_of_the_local_day() {
        let (read, batch) = read(
            r#"<Record type="HKQuantityTypeIdentifierBodyMassIndex" sourceName="Anne's phone" unit="count" startDate="2016-04-18 23:25:32 -0700" endDate="2016-04-19 00:01:00 -0700" value="22.5312"><MetadataEntry key="a" value="b"/></Record>
<Record type="HKQuantityTypeIdentifierStepCount" unit="count" startDate="2016-04-19 08:25:32 +0200" endDate="2016-04-19 08:25:32 +0200" value="120"/>
<Record type="HKCategoryTypeIdentifierSleepAnalysis" startDate="2016-04-19 08:25:32 +0200" value="HKCategoryValueSleepAnalysisAsleep"/>
<Correlation type="HKCorrelationTypeIdentifierBloodPressure"><Record type="HKQuantityTypeIdentifierBloodPressureSystolic" startDate="2016-04-19 08:25:32 +0200" value="120"/></Correlation>
<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="5.19412346680959" durationUnit="min" startDate="2016-11-14 07:25:41 -0700"/>
<ActivitySummary dateComponents="2016-11-15" activeEnergyBurned="590"/>"#,
        );
        assert_eq!((read.rows, read.rejected_count), (4, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::LABEL, 0), Some("Body Mass Index"));
        assert_eq!((batch.integer(health::NUMBER, 0), batch.text(health::UNIT, 0)), (Some(22_531), None));
        assert_eq!(batch.day(0), Day::from_ymd(2016, 4, 18));
        assert_eq!(batch.integer(health::UNTIL, 0), batch.time(1));
        assert_eq!(batch.integer(health::KIND, 1), Some(kind::ACTIVITY));
        assert_eq!(batch.text(health::VALUE, 2), Some("SleepAnalysisAsleep"));
        assert_eq!(
            (batch.integer(health::NUMBER, 3), batch.text(health::UNIT, 3)),
            (Some(5_194), Some("min"))
        );
        assert_eq!(words("HeartRateVariabilitySDNN"), "Heart Rate Variability SDNN");
    }

    #[test]
    fn what_is_wrong_is_rejected_alone() {
        let (read, _) = read(
            r#"<Record type="HKQuantityTypeIdentifierHeight" startDate="2016-02-30 08:25:32 +0200" value="1"/>
<Record startDate="2016-02-20 08:25:32 +0200" value="1"/><Record type="HKQuantityTypeIdentifierHeight" value="1"/>
<Workout duration="1"/><Record type="HKQuantityTypeIdentifierHeight" startDate="2016-02-20 08:25:32 +0200" value="1.7" unit="m"/>"#,
        );
        assert_eq!((read.rows, read.rejected_count), (1, 4));
        assert_eq!(read.rejected[0].line, Some(4));
    }

    #[test]
    fn the_declaration_that_apple_writes_is_passed_over() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 11 -->\n\
            <!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>\n<!ATTLIST HealthData\n  locale CDATA #REQUIRED\n>\n]>\n\
            <HealthData locale=\"fr_FR\">\n <ExportDate value=\"x\"/>\n <Record type=\"HKQuantityTypeIdentifierHeight\" startDate=\"2016-02-20 08:25:32 +0200\" value=\"1.7\" unit=\"m\"/>\n</HealthData>";
        let (reads, _) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("apple-health", 1, 0));
        // As iOS 16.0 wrote it: one declaration is not closed, and there is one `>` too many.
        let broken = text.replace("\n]>", "\n<!ATTLIST V\n  type CDATA #REQUIRED\n<!ELEMENT R EMPTY>\n<!ATTLIST R\n s CDATA #IMPLIED\n<!ELEMENT L EMPTY>\n>\n]>");
        let (reads, _) = read_all(broken.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (1, 0));
        let bomb = text.replace("<!ELEMENT", "<!ENTITY a \"b\"><!ELEMENT");
        assert!(read_all(bomb.as_bytes()).is_err());
    }
}
