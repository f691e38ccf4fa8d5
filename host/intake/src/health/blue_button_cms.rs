//! The Blue Button text of CMS's MyMedicare.gov, version 2.0 (2013 and later).
//!
//! Sections are framed: a line of dashes, the title, a line of dashes. They hold `Key: value` lines, most
//! with an empty line between; a key that repeats begins a new record. Claims follow each other with or
//! without a frame, each before its lines; a Part D claim is one record that is framed as if it were
//! lines. Dates are `12/31/2020`, money is `$60.00`.
//!
//! Two traps: the line with revenue code 0001 is the sum of the others, and is left out; and empty frames
//! occur between claims, so the text after a frame need not be a title.

use super::entry::{Entry, Money, thousandths};
use super::labelled::{Layout, Record, known};
use crate::error::FormatError;
use crate::format::Format;
use crate::format::FormatInfo;
use crate::number::{Mark, amount};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::health::{kind, row};

/// The `blue-button-cms` format.
pub(crate) struct BlueButtonCms;

static ABOUT: FormatInfo = FormatInfo {
    id: "blue-button-cms",
    fr: "Blue Button de Medicare (texte)",
    en: "Medicare Blue Button text",
    origin: "CMS (MyMedicare.gov)",
    categories: &[Category::Health],
    looks_for: "a text that begins with \"MYMEDICARE.GOV PERSONAL HEALTH INFORMATION\"",
    spec: "https://bluebutton.cms.gov/",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "Medicare";
const CURRENCY: &str = "USD";
const DAY: &str = "12/31/2020";

/// Sections that hold items. Sections about other people (family, contacts, carers) are skipped, and so
/// are names and addresses.
static LAYOUTS: &[Layout] = &[
    Layout {
        label: &["Condition Name"],
        on: &["Medical Condition Start Date"],
        until: &["Medical Condition End Date"],
        ..Layout::of(&["SELF REPORTED MEDICAL CONDITIONS"], kind::PROBLEM)
    },
    Layout {
        label: &["Allergy Name"],
        on: &["First Episode Date"],
        until: &["Last Episode Date"],
        value: &["Reaction"],
        status: &["Severity"],
        note: &["Treatment", "Comments"],
        ..Layout::of(&["SELF REPORTED ALLERGIES"], kind::ALLERGY)
    },
    Layout {
        label: &["Device Name"],
        on: &["Date Implanted"],
        ..Layout::of(&["SELF REPORTED IMPLANTABLE DEVICE"], kind::DEVICE)
    },
    Layout {
        label: &["Immunization Name"],
        on: &["Date Administered"],
        note: &["Comments"],
        ..Layout::of(&["SELF REPORTED IMMUNIZATIONS"], kind::IMMUNIZATION)
    },
    Layout {
        label: &["Test/Lab Type"],
        on: &["Date Taken"],
        provider: &["Administered by"],
        value: &["Results"],
        note: &["Reason Test/Lab Requested", "Comments"],
        ..Layout::of(&["SELF REPORTED LABS AND TESTS"], kind::LAB_RESULT)
    },
    Layout {
        label: &["Vital Statistic Type"],
        on: &["Date"],
        value: &["Reading"],
        note: &["Comments"],
        ..Layout::of(&["SELF REPORTED VITAL STATISTICS"], kind::VITAL)
    },
    Layout { label: &["Drug Name"], dose: &["Supply"], ..Layout::of(&["DRUGS"], kind::MEDICATION) },
    Layout {
        label: &["Employer Plan"],
        on: &["Employer Subsidy Start Date"],
        until: &["Employer Subsidy End Date"],
        ..Layout::of(&["EMPLOYER SUBSIDY"], kind::COVERAGE)
    },
    Layout {
        label: &["Insurer Name"],
        on: &["Effective Date"],
        until: &["Termination Date"],
        value: &["MSP Type"],
        ..Layout::of(&["PRIMARY INSURANCE", "OTHER INSURANCE"], kind::COVERAGE)
    },
];

/// Later doses of an immunization: each is a row of its own.
const BOOSTERS: [&str; 3] = ["Booster 1 Date", "Booster 2 Date", "Booster 3 Date"];

impl Format for BlueButtonCms {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let text = head.text();
        text[..text.floor_char_boundary(1_000)].contains("MYMEDICARE.GOV PERSONAL HEALTH INFORMATION")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut lines = input.lines();
        let mut reader = Reader::default();
        while let Some((ordinal, line)) = lines.next()? {
            reader.line(ordinal, line, rows)?;
        }
        if let Frame::Titled(ordinal, field) = std::mem::take(&mut reader.frame) {
            reader.field(ordinal, &field, rows)?;
        }
        reader.flush(rows)
    }
}

/// The reader's position relative to a frame.
#[derive(Default)]
enum Frame {
    #[default]
    Inside,
    /// After a line of dashes.
    Opened,
    /// After a line that is the title if dashes follow.
    Titled(u64, String),
}

/// Kind of the records in a section.
#[derive(Default, Clone, Copy)]
enum Section {
    #[default]
    PassedOver,
    Items(&'static Layout),
    Demographic,
    Plans,
    Preventive,
    Claims,
}

#[derive(Default)]
struct Reader {
    frame: Frame,
    section: Section,
    record: Record,
    claim: Claim,
}

/// Values that the lines of a claim inherit from it.
#[derive(Default)]
struct Claim {
    number: Option<String>,
    kind: i64,
    provider: Option<String>,
    on: Option<i64>,
}

impl Reader {
    fn line(&mut self, ordinal: u64, line: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = line.trim();
        if text.is_empty() {
            return Ok(());
        }
        let dashes = text.len() >= 20 && text.bytes().all(|b| b == b'-');
        match (std::mem::take(&mut self.frame), dashes) {
            (Frame::Titled(_, title), true) => self.begin(&title, rows),
            (Frame::Inside | Frame::Opened, true) => {
                self.frame = Frame::Opened;
                Ok(())
            }
            (Frame::Opened, false) => {
                self.frame = Frame::Titled(ordinal, text.to_owned());
                Ok(())
            }
            // The frame was empty: the supposed title is the next field.
            (Frame::Titled(at, field), false) => {
                self.field(at, &field, rows)?;
                self.field(ordinal, text, rows)
            }
            (Frame::Inside, false) => self.field(ordinal, text, rows),
        }
    }

    fn begin(&mut self, title: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.flush(rows)?;
        let capitals = title.to_ascii_uppercase();
        self.section = match capitals.as_str() {
            "DEMOGRAPHIC" => Section::Demographic,
            "PLANS" => Section::Plans,
            "PREVENTIVE SERVICES" => Section::Preventive,
            "CLAIM SUMMARY" => Section::Claims,
            _ if capitals.starts_with("CLAIM LINES FOR CLAIM NUMBER") => {
                let number = title.split_once(':').and_then(|(_, number)| known(number));
                if number != self.claim.number.as_deref() {
                    self.claim = Claim { number: number.map(str::to_owned), ..Claim::default() };
                }
                Section::Claims
            }
            title => match LAYOUTS.iter().find(|layout| layout.titles.contains(&title)) {
                Some(layout) => Section::Items(layout),
                None => Section::PassedOver,
            },
        };
        Ok(())
    }

    fn field(&mut self, ordinal: u64, text: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        // A line without a key continues the value above.
        let Some((key, value)) = text.split_once(':').filter(|(key, _)| key.len() <= 48) else {
            self.record.extend(text, ' ');
            return Ok(());
        };
        let key = key.trim_end();
        // A section's own fields belong to no record.
        if key == "Source" && self.record.is_empty() {
            return Ok(());
        }
        let lines_of_claim_end = key == "Claim Number" && self.record.has("Line number");
        if self.record.has(key) || key == "Line number" || lines_of_claim_end {
            self.flush(rows)?;
        }
        self.record.push(ordinal, key, value);
        Ok(())
    }

    /// Completes the record.
    fn flush(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let record = std::mem::take(&mut self.record);
        if record.is_empty() {
            return Ok(());
        }
        let pushed = match self.section {
            Section::PassedOver => Ok(()),
            Section::Items(layout) => push_item(&record, layout, rows),
            Section::Demographic => push_parts(&record, rows),
            Section::Plans => push_plan(&record, rows),
            Section::Preventive => push_preventive(&record, rows),
            Section::Claims if record.has("Line number") => self.push_line(&record, rows),
            Section::Claims if record.has("Claim Number") => self.push_claim(&record, rows),
            Section::Claims => Ok(()),
        };
        pushed.or_else(|wrong| wrong.reject(record.ordinal, rows))
    }

    fn push_claim(&mut self, record: &Record, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
        let kind = kind(record.get("Claim Type").unwrap_or_default());
        let number = record.get("Claim Number");
        let provider = record.get("Provider").or(record.get("Pharmacy Name"));
        // The lines of a malformed claim are still its lines.
        self.claim = Claim {
            number: number.map(str::to_owned),
            kind,
            provider: provider.map(str::to_owned),
            on: None,
        };
        let on = day(record, &["Service Start Date", "Claim Service Date"])?;
        self.claim.on = on;
        let diagnoses = diagnoses(record);
        let claim = Entry {
            holder: HOLDER,
            row: row::CLAIM,
            claim: number,
            on,
            until: day(record, &["Service End Date"])?,
            kind,
            label: record.get("Claim Type"),
            provider,
            money: Money {
                charged: money(record, "Amount Charged")?,
                allowed: money(record, "Medicare Approved")?,
                paid: money(record, "Provider Paid")?,
                patient: money(record, "You May be Billed")?,
                currency: Some(CURRENCY),
            },
            diagnoses: diagnoses.as_deref(),
            ..Entry::default()
        };
        claim.push(rows, record.ordinal)?;
        if !record.has("Drug Code") && !record.has("Drug Name") {
            return Ok(());
        }
        // A Part D claim is for one drug, its only line.
        let supply = record.get("Days' Supply").map(|days| format!("{days} days"));
        let drug = Entry {
            row: row::CLAIM_LINE,
            label: record.get("Drug Name"),
            code_system: Some("NDC"),
            code: record.get("Drug Code"),
            dose: supply.as_deref(),
            ..claim
        };
        Ok(drug.push(rows, record.ordinal)?)
    }

    fn push_line(&self, record: &Record, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
        let coded = |key| record.get(key).map(|text| text.split_once(" - ").unwrap_or((text, "")));
        let revenue = coded("Revenue Code/Description");
        if revenue.is_some_and(|(code, _)| code == "0001") {
            return Ok(());
        }
        let (system, code) = match (coded("Procedure Code/Description"), revenue) {
            (Some(procedure), _) => ("HCPCS", Some(procedure)),
            (None, revenue) => ("NUBC revenue code", revenue),
        };
        let quantity = record.get("Quantity Billed/Units");
        Ok(Entry {
            holder: HOLDER,
            row: row::CLAIM_LINE,
            claim: self.claim.number.as_deref(),
            on: day(record, &["Date of Service From"])?.or(self.claim.on),
            until: day(record, &["Date of Service To"])?,
            kind: self.claim.kind,
            label: code.and_then(|(_, label)| known(label)),
            code_system: Some(system),
            code: code.map(|(code, _)| code.trim()),
            provider: self.claim.provider.as_deref(),
            quantity: quantity.and_then(thousandths),
            money: Money {
                charged: money(record, "Submitted Amount/Charges")?,
                allowed: money(record, "Allowed Amount")?,
                currency: Some(CURRENCY),
                ..Money::default()
            },
            ..Entry::default()
        }
        .push(rows, record.ordinal)?)
    }
}

/// The reason why a record yields no row.
enum Wrong {
    Field(String, Reason),
    FormatError(FormatError),
}

impl Wrong {
    fn reject(self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        match self {
            Wrong::Field(field, reason) => {
                rows.reject(ordinal, Some(&field), reason);
                Ok(())
            }
            Wrong::FormatError(stop) => Err(stop),
        }
    }
}

impl From<FormatError> for Wrong {
    fn from(stop: FormatError) -> Wrong {
        Wrong::FormatError(stop)
    }
}

fn read_day(text: &str) -> Option<i64> {
    time::days(text, "mdy")
}

fn day(record: &Record, keys: &[&str]) -> Result<Option<i64>, Wrong> {
    record.day(keys, read_day, DAY).map_err(|(field, reason)| Wrong::Field(field, reason))
}

fn money(record: &Record, key: &str) -> Result<Option<i64>, Wrong> {
    let read = record.get(key).map(|text| amount(text, CURRENCY, Mark::Point));
    read.transpose().map_err(|reason| Wrong::Field(key.to_owned(), reason))
}

/// Kind of a claim, from the words of MyMedicare.gov.
fn kind(claim_type: &str) -> i64 {
    let word: String = claim_type.chars().filter(|c| c.is_alphanumeric()).collect();
    match word.to_ascii_lowercase().as_str() {
        "partb" | "carrier" | "dme" | "physician" => kind::PROFESSIONAL,
        "outpatient" | "inpatient" | "snf" | "hospice" | "hha" | "homehealth" | "parta" => {
            kind::INSTITUTIONAL
        }
        "partd" => kind::PHARMACY,
        _ => kind::OTHER,
    }
}

/// ICD-9 or ICD-10 codes, without their point.
fn diagnoses(record: &Record) -> Option<String> {
    let codes: Vec<&str> = (1..=25).filter_map(|n| record.get(&format!("Diagnosis Code {n}"))).collect();
    (!codes.is_empty()).then(|| codes.join(" "))
}

fn push_item(record: &Record, layout: &'static Layout, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
    record.push_item(layout, HOLDER, (read_day, DAY), "", rows)?;
    for key in BOOSTERS {
        let Some(on) = day(record, &[key])? else { continue };
        let label = record.get("Immunization Name");
        let status = Some("booster");
        let booster =
            Entry { holder: HOLDER, on: Some(on), kind: layout.kind, label, status, ..Entry::default() };
        booster.push(rows, record.ordinal)?;
    }
    Ok(())
}

/// Of the personal data, only the start of Medicare coverage is kept.
fn push_parts(record: &Record, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
    for (key, label) in
        [("Part A Effective Date", "Medicare Part A"), ("Part B Effective Date", "Medicare Part B")]
    {
        let Some(on) = day(record, &[key])? else { continue };
        let (on, label) = (Some(on), Some(label));
        Entry { holder: HOLDER, on, kind: kind::COVERAGE, label, ..Entry::default() }
            .push(rows, record.ordinal)?;
    }
    Ok(())
}

/// A plan: its period is "09/01/2011 - current".
fn push_plan(record: &Record, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
    let period = record.get("Plan Period").unwrap_or_default();
    let (from, to) = period.split_once(" - ").unwrap_or((period, ""));
    let read = |text: &str| match known(text) {
        None => Ok(None),
        Some("current") => Ok(None),
        Some(text) => read_day(text).map(Some).ok_or_else(|| {
            let example = format!("{DAY} - {DAY}");
            Wrong::Field("Plan Period".to_owned(), Reason::not_a_period(period, example))
        }),
    };
    Ok(Entry {
        holder: HOLDER,
        on: read(from)?,
        until: read(to)?,
        kind: kind::COVERAGE,
        label: record.get("Plan Name"),
        code_system: Some("CMS plan"),
        code: record.get("Contract ID/Plan ID"),
        provider: record.get("Marketing Name"),
        value: record.get("Plan Type"),
        ..Entry::default()
    }
    .push(rows, record.ordinal)?)
}

/// A service that Medicare offers: it is an item only if the person received it.
fn push_preventive(record: &Record, rows: &mut RowWriter<'_>) -> Result<(), Wrong> {
    let Some(on) = day(record, &["Last Date of Service"])? else { return Ok(()) };
    let label = record.get("Description");
    let done = Entry { holder: HOLDER, on: Some(on), kind: kind::PROCEDURE, label, ..Entry::default() };
    Ok(done.push(rows, record.ordinal)?)
}

#[cfg(test)]
mod tests {
    use crate::{Read, read_all};
    use mesinfos_model::Batch;
    use mesinfos_model::category::health;

    const FRAME: &str = "--------------------------------\n";

    fn section(title: &str, body: &str) -> String {
        format!("{FRAME}{title}\n\n{FRAME}{body}\n")
    }

    fn read(sections: &[(&str, &str)]) -> (Read, Option<Batch>) {
        let mut text =
            section("MYMEDICARE.GOV PERSONAL HEALTH INFORMATION", "**********CONFIDENTIAL***********\n");
        for (title, body) in sections {
            text.push_str(&section(title, body));
        }
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.pop())
    }

    const CLAIMS: &str = "Source: MyMedicare.gov\n\n\nClaim Number: 77\n\nProvider: No Information Available\n\n\
        Service Start Date: 10/18/2012\n\nService End Date: \n\nAmount Charged: $1,060.00\n\n\
        Medicare Approved: * Not Available *\n\nProvider Paid: $27.20\n\nYou May be Billed: $6.80\n\n\
        Claim Type: Outpatient\n\nDiagnosis Code 1: 3534\nDiagnosis Code 2: 7393\n";

    #[test]
    fn a_claim_and_its_lines() {
        let lines = "Line number:  1\n\nDate of Service From:  \n\nProcedure Code/Description:  98941 - Treatment; 3 - 4 Regions\n\n\
            Quantity Billed/Units:  2\n\nSubmitted Amount/Charges:  $60.00\n\nAllowed Amount:  $34.00\n\n\
            Line number:  2\n\nDate of Service From:  10/19/2012\n\nRevenue Code/Description: 0250 - PHARMACY\n\n\
            Procedure Code/Description:  \n\nSubmitted Amount/Charges:  $1,000.00\n\n\
            Line number:  3\n\nRevenue Code/Description: 0001 - Total Charges\n\nSubmitted Amount/Charges:  $1,060.00\n\n\
            Claim Number: 78\n\nService Start Date: 12/01/2012\n\nClaim Type: PartB\n";
        let (read, batch) = read(&[("Claim Summary", CLAIMS), ("Claim Lines for Claim Number: 77", lines)]);
        let batch = batch.unwrap();
        assert_eq!((read.rows, read.rejected_count), (4, 0), "{:?}", read.rejected);
        assert_eq!(batch.integer(health::CHARGED, 0), Some(106_000));
        assert_eq!(batch.integer(health::ALLOWED, 0), None);
        assert_eq!(batch.integer(health::PATIENT, 0), Some(680));
        assert_eq!(batch.text(health::DIAGNOSES, 0), Some("3534 7393"));
        assert_eq!(batch.text(health::PROVIDER, 0), None);
        assert_eq!(batch.text(health::CODE, 1), Some("98941"));
        assert_eq!(batch.text(health::LABEL, 1), Some("Treatment; 3 - 4 Regions"));
        assert_eq!(batch.time(1), batch.time(0));
        assert_eq!(batch.integer(health::QUANTITY, 1), Some(2_000));
        assert_eq!(batch.text(health::CODE_SYSTEM, 2), Some("NUBC revenue code"));
        assert_eq!(batch.text(health::CLAIM, 2), Some("77"));
        assert_eq!(batch.text(health::CLAIM, 3), Some("78"));
        assert_eq!(batch.integer(health::ROW, 3), Some(health::row::CLAIM));
    }

    #[test]
    fn a_frame_without_a_title_is_passed_over() {
        let after =
            format!("{CLAIMS}\n{FRAME}\n\n{FRAME}\n\nClaim Number: 79\n\nService Start Date: 10/20/2012\n");
        let (read, batch) = read(&[("Claim Summary", &after)]);
        assert_eq!((read.rows, read.rejected_count), (2, 0));
        assert_eq!(batch.unwrap().text(health::CLAIM, 1), Some("79"));
    }

    #[test]
    fn a_part_d_claim_has_its_drug_as_its_line() {
        let claim = "Claim Type: Part D\n\nClaim Number: 5\n\nClaim Service Date: 11/17/2011\n\n\
            Pharmacy Name: CORNER #1\n\nDrug Code: 00093013505\n\nDrug Name: CARVEDILOL\n\nDays' Supply: 30\n";
        let (read, batch) = read(&[("Claim Lines for Claim Number: 5", claim)]);
        let batch = batch.unwrap();
        assert_eq!((read.rows, read.rejected_count), (2, 0));
        assert_eq!(batch.integer(health::KIND, 0), Some(health::kind::PHARMACY));
        assert_eq!(batch.text(health::CODE, 1), Some("00093013505"));
        assert_eq!(batch.text(health::DOSE, 1), Some("30 days"));
        assert_eq!(batch.text(health::CURRENCY, 1), None);
    }

    #[test]
    fn items_boosters_and_plans() {
        let immunizations = "Source: Self-Entered\n\nImmunization Name: Chicken Pox\n\nDate Administered:04/21/2002\n\n\
            Comments: see: the leaflet\n of 2002\n\nBooster 1 Date: 02/02/1990\n\nImmunization Name: typhoid\n\n\
            Date Administered: \n";
        let plans =
            "Contract ID/Plan ID: H9999/9999\n\nPlan Period: 09/01/2011 - current\n\nPlan Name: Plus\n";
        let (read, batch) = read(&[("Self Reported Immunizations", immunizations), ("Plans", plans)]);
        let batch = batch.unwrap();
        assert_eq!((read.rows, read.rejected_count), (4, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::NOTE, 0), Some("see: the leaflet of 2002"));
        assert_eq!(batch.text(health::STATUS, 1), Some("booster"));
        assert_eq!(batch.time(2), None);
        assert_eq!(batch.text(health::LABEL, 3), Some("Plus"));
        assert!(batch.time(3).is_some());
    }

    #[test]
    fn of_the_person_only_the_cover_is_read() {
        let person = "Source: MyMedicare.gov\n\nName: JOHN DOE\n\nDate of Birth: 01/01/1910\n\nPart A Effective Date: 01/01/2012\n\nPart B Effective Date: \n";
        let (read, batch) = read(&[("Demographic", person)]);
        assert_eq!((read.rows, read.rejected_count), (1, 0));
        assert_eq!(batch.unwrap().text(health::LABEL, 0), Some("Medicare Part A"));
    }

    #[test]
    fn what_is_wrong_is_rejected_alone() {
        let conditions = "Condition Name: A\n\nMedical Condition Start Date: 02/30/2011\n\n\
            Condition Name: B\n\nMedical Condition Start Date: 02/28/2011\n";
        let bad_money = CLAIMS.replace("$27.20", "$27.2.0");
        let (read, batch) =
            read(&[("Self Reported Medical Conditions", conditions), ("Claim Summary", &bad_money)]);
        assert_eq!((read.rows, read.rejected_count), (1, 2));
        let fields: Vec<_> = read.rejected.iter().map(|r| r.field.as_deref().unwrap()).collect();
        assert_eq!(fields, ["Medical Condition Start Date", "Provider Paid"]);
        assert_eq!(batch.unwrap().text(health::LABEL, 0), Some("B"));
    }
}
