//! The Blue Button text of the Department of Veterans Affairs (My HealtheVet, version 12).
//!
//! A section begins with its title between dashes, in varying number. Notes contain lines that look the
//! same, so only known titles count. A section holds `Key: value` lines, sometimes with two keys in one
//! line; a value continues on the next lines until an empty one. Unknown values are `--` or empty. Dates
//! are `09 Sep 2013 @ 0602` or `01 Mar 1948`; self-entered dates may be `02/21/2010`. There is no money
//! in it.
//!
//! Reports and notes (the "body") come below a line of dashes and end at a line of `=`, which some also
//! contain in their own text. A laboratory panel has its own fields, then those of each test. The short
//! tables of the latest immunizations and vital signs repeat the records below them: their lines have no
//! keys, and are skipped.

use super::labelled::{Layout, Record};
use crate::error::FormatError;
use crate::format::Format;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::category::health::kind;
use mesinfos_model::{Category, Day};

/// The `blue-button-va` format.
pub(crate) struct BlueButtonVa;

static ABOUT: FormatInfo = FormatInfo {
    id: "blue-button-va",
    fr: "Blue Button des anciens combattants (texte)",
    en: "Veterans Affairs Blue Button text",
    origin: "My HealtheVet (Department of Veterans Affairs)",
    categories: &[Category::Health],
    looks_for: "a text that begins with \"MY HEALTHEVET PERSONAL INFORMATION REPORT\"",
    spec: "https://www.va.gov/bluebutton/",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "Veterans Affairs";
const DAY: &str = "09 Sep 2013";

/// How the text of a section divides into records.
struct Section {
    layout: Layout,
    /// Keys that may begin a line; the first one begins a record.
    keys: &'static [&'static str],
    /// The key that begins a part of a record, if it has parts: fields above it apply to all.
    part: Option<&'static str>,
    /// Whether a body follows the fields.
    body: bool,
}

static SECTIONS: &[Section] = &[
    Section {
        keys: &["Date/Time", "Location", "Status", "Clinic", "Phone Number", "Type", "Note"],
        part: None,
        body: false,
        layout: Layout {
            label: &["Clinic", "Type"],
            on: &["Date/Time"],
            provider: &["Location"],
            status: &["Status"],
            note: &["Note"],
            ..Layout::of(&["VA APPOINTMENTS"], kind::APPOINTMENT)
        },
    },
    Section {
        keys: &[
            "Medication",
            "Instructions",
            "Status",
            "Refills Remaining",
            "Last Filled On",
            "Initially Ordered On",
            "Quantity",
            "Days Supply",
            "Pharmacy",
            "Prescription Number",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Medication"],
            on: &["Last Filled On", "Initially Ordered On"],
            provider: &["Pharmacy"],
            quantity: &["Quantity"],
            status: &["Status"],
            dose: &["Instructions"],
            ..Layout::of(&["VA MEDICATION HISTORY"], kind::MEDICATION)
        },
    },
    Section {
        keys: &[
            "Category",
            "Drug Name",
            "Prescription Number",
            "Strength",
            "Dose",
            "Frequency",
            "Start Date",
            "Stop Date",
            "Pharmacy Name",
            "Pharmacy Phone",
            "Reason for taking",
            "Comments",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Drug Name"],
            on: &["Start Date"],
            until: &["Stop Date"],
            provider: &["Pharmacy Name"],
            dose: &["Strength", "Dose", "Frequency"],
            note: &["Reason for taking", "Comments"],
            ..Layout::of(&["MEDICATIONS AND SUPPLEMENTS"], kind::MEDICATION)
        },
    },
    Section {
        keys: &[
            "Allergy Name",
            "Location",
            "Date Entered",
            "Date",
            "Severity",
            "Diagnosed",
            "Reaction",
            "Allergy Type",
            "VA Drug Class",
            "Observed/Historical",
            "Comments",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Allergy Name"],
            on: &["Date Entered", "Date"],
            provider: &["Location"],
            value: &["Reaction"],
            status: &["Severity", "Observed/Historical"],
            note: &["Comments"],
            ..Layout::of(&["VA ALLERGIES", "ALLERGIES", "ALLERGIES/ADVERSE REACTIONS"], kind::ALLERGY)
        },
    },
    Section {
        keys: &["Problem", "Date/Time Entered", "Location", "Status", "Provider", "Comments"],
        part: None,
        body: false,
        layout: Layout {
            label: &["Problem"],
            on: &["Date/Time Entered"],
            provider: &["Location"],
            status: &["Status"],
            note: &["Comments"],
            ..Layout::of(&["VA PROBLEM LIST"], kind::PROBLEM)
        },
    },
    Section {
        keys: &["Medical Event", "Start Date", "Stop Date", "Response", "Comments"],
        part: None,
        body: false,
        layout: Layout {
            label: &["Medical Event"],
            on: &["Start Date"],
            until: &["Stop Date"],
            note: &["Response", "Comments"],
            ..Layout::of(&["MEDICAL EVENTS"], kind::OTHER)
        },
    },
    Section {
        keys: &["Admission Date", "Location", "Admitting Physician", "Discharge Date", "Discharge Physician"],
        part: None,
        body: true,
        layout: Layout {
            on: &["Admission Date"],
            until: &["Discharge Date"],
            provider: &["Location"],
            ..Layout::of(&["VA ADMISSIONS AND DISCHARGES"], kind::ENCOUNTER)
        },
    },
    Section {
        keys: &["Date/Time", "Note Title", "Location", "Signed By", "Co-signed By", "Date/Time Signed"],
        part: None,
        body: true,
        layout: Layout {
            label: &["Note Title"],
            on: &["Date/Time"],
            provider: &["Location"],
            ..Layout::of(&["VA NOTES"], kind::OTHER)
        },
    },
    Section {
        keys: &[
            "Immunization",
            "Date Received",
            "Location",
            "Other",
            "Method",
            "Reactions",
            "Reaction",
            "Comments",
            "Sorted By",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Immunization"],
            on: &["Date Received"],
            provider: &["Location"],
            note: &["Reactions", "Comments"],
            ..Layout::of(&["VA IMMUNIZATIONS", "IMMUNIZATIONS"], kind::IMMUNIZATION)
        },
    },
    Section {
        keys: &[
            "Lab Test",
            "Lab Type",
            "Ordering Provider",
            "Ordering Location",
            "Specimen",
            "Collection Sample",
            "Date/Time Collected",
            "Collected Location",
            "Date/Time Completed",
            "Test Name",
            "Result",
            "Units",
            "Reference Range",
            "Interpretation",
            "Performing Location",
            "Status",
        ],
        part: Some("Test Name"),
        body: true,
        layout: Layout {
            label: &["Test Name", "Lab Test"],
            on: &["Date/Time Collected"],
            provider: &["Ordering Location", "Ordering Provider"],
            value: &["Result"],
            unit: &["Units"],
            status: &["Status"],
            note: &["Interpretation"],
            ..Layout::of(&["VA LABORATORY RESULTS"], kind::LAB_RESULT)
        },
    },
    Section {
        keys: &["Test Name", "Date", "Location performed", "Provider", "Results", "Comments"],
        part: None,
        body: false,
        layout: Layout {
            label: &["Test Name"],
            on: &["Date"],
            provider: &["Location performed", "Provider"],
            value: &["Results"],
            note: &["Comments"],
            ..Layout::of(&["LABS AND TESTS"], kind::LAB_RESULT)
        },
    },
    Section {
        keys: &["Type of Report", "Specimen", "Date Obtained", "Performing Location", "Date Completed"],
        part: None,
        body: true,
        layout: Layout {
            label: &["Type of Report"],
            on: &["Date Obtained"],
            provider: &["Performing Location"],
            value: &["Specimen"],
            ..Layout::of(&["VA PATHOLOGY REPORTS"], kind::LAB_RESULT)
        },
    },
    Section {
        keys: &["Vital Sign", "Measurement", "Comments", "Location", "Date/Time Collected", "Sorted By"],
        part: None,
        body: false,
        layout: Layout {
            label: &["Vital Sign"],
            on: &["Date/Time Collected"],
            provider: &["Location"],
            value: &["Measurement"],
            note: &["Comments"],
            ..Layout::of(&["VA VITALS AND READINGS"], kind::VITAL)
        },
    },
    Section {
        keys: &[
            "Measurement Type",
            "Date",
            "Time",
            "Systolic",
            "Diastolic",
            "Heart Rate",
            "Body Weight",
            "Body temperature",
            "Pain Level",
            "Blood sugar count",
            "Total cholesterol",
            "HDL",
            "LDL",
            "INR value",
            "Target range",
            "Measure",
            "Method",
            "Location",
            "Provider",
            "Comments",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Measurement Type"],
            on: &["Date"],
            provider: &["Location", "Provider"],
            value: &[
                "Heart Rate",
                "Body Weight",
                "Body temperature",
                "Pain Level",
                "Blood sugar count",
                "INR value",
                "Total cholesterol",
                "HDL",
                "LDL",
            ],
            unit: &["Measure"],
            note: &["Comments"],
            ..Layout::of(&["VITALS AND READINGS"], kind::VITAL)
        },
    },
    Section { layout: REPORT_OF_IMAGES, keys: REPORT_KEYS, part: None, body: true },
    Section {
        layout: Layout {
            titles: &["VA ELECTROCARDIOGRAM (EKG) REPORTS"],
            kind: kind::PROCEDURE,
            ..REPORT_OF_IMAGES
        },
        keys: REPORT_KEYS,
        part: None,
        body: true,
    },
    Section {
        keys: &[
            "Health Insurance Company",
            "Primary Insurance Provider",
            "ID Number",
            "Group Number",
            "Insured",
            "Start Date",
            "Stop Date",
            "Pre-Approval Phone Number",
            "Health Insurance Company Phone Number",
            "Comments",
        ],
        part: None,
        body: false,
        layout: Layout {
            label: &["Health Insurance Company"],
            on: &["Start Date"],
            until: &["Stop Date"],
            note: &["Comments"],
            ..Layout::of(&["HEALTH INSURANCE"], kind::COVERAGE)
        },
    },
];

const REPORT_KEYS: &[&str] = &[
    "Procedure/Test Name",
    "Date/Time Exam Performed",
    "Ordering Location",
    "Requesting Provider",
    "Reasons for Study",
    "Clinical History",
    "Performing Location",
    "Radiologist",
];

const REPORT_OF_IMAGES: Layout = Layout {
    label: &["Procedure/Test Name"],
    on: &["Date/Time Exam Performed"],
    provider: &["Ordering Location", "Performing Location"],
    note: &["Reasons for Study", "Clinical History"],
    ..Layout::of(&["VA RADIOLOGY REPORTS"], kind::IMAGING)
};

/// Sections without health data to import: addresses, carers, the family, goals, meals, and years of
/// service.
const PASSED_OVER: &[&str] = &[
    "MY HEALTHEVET PERSONAL INFORMATION REPORT",
    "DOWNLOAD REQUEST SUMMARY",
    "MY HEALTHEVET ACCOUNT SUMMARY",
    "DEMOGRAPHICS",
    "VA DEMOGRAPHICS",
    "HEALTH CARE PROVIDERS",
    "TREATMENT FACILITIES",
    "VA WELLNESS REMINDERS",
    "FAMILY HEALTH HISTORY",
    "MY GOALS: CURRENT GOALS",
    "MY GOALS: COMPLETED GOALS",
    "ACTIVITY JOURNAL",
    "FOOD JOURNAL",
    "MILITARY HEALTH HISTORY",
    "DOD MILITARY SERVICE INFORMATION",
    "END OF MY HEALTHEVET PERSONAL INFORMATION REPORT",
];

impl Format for BlueButtonVa {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let text = head.text();
        text[..text.floor_char_boundary(1_000)].contains("- MY HEALTHEVET PERSONAL INFORMATION REPORT -")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut lines = input.lines();
        let mut reader = Reader::default();
        while let Some((ordinal, line)) = lines.next()? {
            reader.line(ordinal, line, rows)?;
        }
        reader.flush(rows)
    }
}

/// Meaning of the lines at this point.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Fields, or lines that belong to no field.
    #[default]
    Fields,
    /// The rest of the field above.
    Value,
    /// A body below the fields.
    Body,
    /// A line of `=` in or after the body: the next line decides.
    BodyEnd,
}

#[derive(Default)]
struct Reader {
    section: Option<&'static Section>,
    at: At,
    record: Record,
    /// Number of leading fields that apply to all parts of the record.
    common: usize,
    parts: u64,
    body: Record,
}

impl Reader {
    fn line(&mut self, ordinal: u64, line: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if let Some(title) = title(line) {
            self.flush(rows)?;
            *self = Reader { section: section(&title), ..Reader::default() };
            return Ok(());
        }
        if self.at == At::Fields && looks_like_title(line) {
            self.flush(rows)?;
            *self = Reader::default();
            return Ok(());
        }
        let Some(section) = self.section else { return Ok(()) };
        let text = line.trim();
        if text.is_empty() {
            match self.at {
                At::Value => self.at = At::Fields,
                At::Body => self.body.extend("", '\n'),
                At::Fields | At::BodyEnd => {}
            }
            return Ok(());
        }
        match rule(text) {
            Some(b'=') if self.at == At::Body => self.at = At::BodyEnd,
            Some(b'-') if section.body && !self.record.is_empty() && self.at != At::Body => {
                self.at = At::Body;
            }
            Some(_) if self.at != At::Body => {}
            _ => return self.text(ordinal, line, section, rows),
        }
        Ok(())
    }

    fn text(
        &mut self,
        ordinal: u64,
        line: &str,
        section: &'static Section,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let first = section.keys.first().copied().unwrap_or_default();
        let found = key(line, section.keys);
        if matches!(self.at, At::Body | At::BodyEnd) {
            let begins = |(key, _): (&str, &str)| key == first || Some(key) == section.part;
            if !found.is_some_and(begins) || (self.at == At::Body && section.part.is_none()) {
                self.at = At::Body;
                if self.body.is_empty() {
                    self.body.push(ordinal, "", "");
                }
                self.body.extend(line, '\n');
                return Ok(());
            }
        }
        let Some((name, value)) = found else {
            if self.at == At::Value {
                self.record.extend(line, ' ');
            }
            return Ok(());
        };
        self.at = At::Value;
        if name == first {
            self.flush(rows)?;
        } else if Some(name) == section.part {
            self.flush_part(section, rows)?;
            self.record.ordinal = ordinal;
        } else if self.record.is_empty() {
            // A section's own field, or a record whose beginning is unknown.
            return Ok(());
        }
        self.fields(ordinal, name, value, section);
        Ok(())
    }

    /// Takes a field, and the fields after it on the same line.
    fn fields(&mut self, ordinal: u64, name: &str, value: &str, section: &Section) {
        let next = fields_after(value).find_map(|at| Some((at, key(&value[at..], section.keys)?)));
        match next {
            None => self.record.push(ordinal, name, value),
            Some((at, (further, rest))) => {
                self.record.push(ordinal, name, &value[..at]);
                // A line holds two or three fields: the rest is kept as it is.
                self.record.push(ordinal, further, rest);
            }
        }
    }

    /// Begins a part of the record: the one before is complete.
    fn flush_part(&mut self, section: &Section, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if self.parts == 0 {
            self.common = self.record.len();
        } else {
            self.record.push_item(&section.layout, HOLDER, (read_day, DAY), "", rows)?;
            self.record.truncate(self.common);
        }
        self.parts += 1;
        self.body.clear();
        Ok(())
    }

    /// Completes the record.
    fn flush(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let record = std::mem::take(&mut self.record);
        let body = std::mem::take(&mut self.body);
        let parts = std::mem::take(&mut self.parts);
        let Some(section) = self.section.filter(|_| !record.is_empty()) else { return Ok(()) };
        // The body below the tests of a panel is about the panel, not about its last test.
        let text = if parts == 0 { body.get("").unwrap_or_default() } else { "" };
        record.push_item(&section.layout, HOLDER, (read_day, DAY), text, rows)
    }
}

/// The known title between dashes on a line; `None` for other lines.
fn title(line: &str) -> Option<String> {
    let line = line.trim();
    if !line.starts_with("----") || !line.ends_with("----") {
        return None;
    }
    let title = line.trim_matches(|c: char| c == '-' || c == ' ').to_ascii_uppercase();
    let title = title.strip_prefix("SELF REPORTED ").map_or(title.clone(), str::to_owned);
    let is_known = PASSED_OVER.contains(&title.as_str()) || section(&title).is_some();
    is_known.then_some(title)
}

/// Whether a line looks like an unknown title, perhaps from a later version.
fn looks_like_title(line: &str) -> bool {
    let line = line.trim();
    let dashes = line.bytes().filter(|&b| b == b'-').count();
    dashes >= 20 && line.starts_with("----") && line.ends_with("----") && dashes < line.len()
}

fn section(title: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.layout.titles.contains(&title))
}

/// The character that a rule line repeats: twenty or more `-` or `=`.
fn rule(text: &str) -> Option<u8> {
    let sign = *text.as_bytes().first()?;
    let is_rule = matches!(sign, b'-' | b'=') && text.len() >= 20 && text.bytes().all(|b| b == sign);
    is_rule.then_some(sign)
}

/// The key at the start of a line, and the text after it.
fn key<'l>(line: &'l str, keys: &[&'static str]) -> Option<(&'static str, &'l str)> {
    let line = line.trim_start();
    keys.iter().find_map(|key| {
        let rest = line.strip_prefix(key)?.trim_start_matches(' ').strip_prefix(':')?;
        Some((*key, rest))
    })
}

/// Indexes of text that follows two or more spaces.
fn fields_after(value: &str) -> impl Iterator<Item = usize> {
    let mut spaces = 0;
    value.char_indices().filter_map(move |(at, c)| {
        let begins = c != ' ' && spaces >= 2;
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        begins.then_some(at)
    })
}

/// Day of "09 Sep 2013 @ 0602", "1 Feb 2010" or "02/21/2010".
fn read_day(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split_whitespace();
    let (day, month, year) = match (words.next()?, words.next(), words.next()) {
        (day, Some(month), Some(year)) if !day.contains('/') => (day, month, year),
        (date, ..) => return time::days(date, "mdy"),
    };
    let month = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name))? + 1;
    if year.len() != 4 || day.len() > 2 || !day.bytes().chain(year.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = Day::from_ymd(year.parse().ok()?, i8::try_from(month).ok()?, day.parse().ok()?)?;
    Some(i64::from(day.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Read, read_all};
    use mesinfos_model::Batch;
    use mesinfos_model::category::health;

    fn read(sections: &str) -> (Read, Batch) {
        let text = format!(
            "------- MY HEALTHEVET PERSONAL INFORMATION REPORT -------\r\n\r\nName: A        Date of Birth: 01 Mar 1948\r\n\r\n{}\
             -------------- END OF MY HEALTHEVET PERSONAL INFORMATION REPORT ----------\r\n",
            sections.replace('\n', "\r\n")
        );
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.pop().unwrap_or_else(|| Batch::empty(Category::Health)))
    }

    #[test]
    fn days_are_read_as_the_portal_and_as_people_write_them() {
        let day = |text: &str| read_day(text).map(|d| Day(i32::try_from(d).unwrap()).to_string());
        assert_eq!(day("09 Sep 2013 @ 0602").as_deref(), Some("2013-09-09"));
        assert_eq!(day("1 Feb 2010").as_deref(), Some("2010-02-01"));
        assert_eq!(day("02/21/2010").as_deref(), Some("2010-02-21"));
        for bad in
            ["31 Jun 2011 @ 0830", "09 Sep", "", "Sep 09 2013", "09 Sep 13", "+9 Sep 2013", "001 Sep 2013"]
        {
            assert_eq!(read_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn wrapped_values_and_two_keys_in_a_line() {
        let (read, batch) = read(
            "--------- SELF REPORTED MEDICATIONS AND SUPPLEMENTS ------\n\nSource: Self-Entered\n\nCategory: OTC\nDrug Name: Cough\n\
             Medicine\nStrength: 1000mg\nDose: --\nFrequency: morning\nStart Date: 01 Feb 2010           Stop Date: 02/21/2010\n\
             Pharmacy Name: Local       Pharmacy Phone: 000\n\nReason for taking: Cough\n\nThis is no part of it.\n",
        );
        assert_eq!((read.rows, read.rejected_count), (1, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::LABEL, 0), Some("Cough Medicine"));
        assert_eq!(batch.text(health::DOSE, 0), Some("1000mg, morning"));
        assert_eq!(batch.text(health::PROVIDER, 0), Some("Local"));
        assert_eq!(batch.text(health::NOTE, 0), Some("Cough"));
        assert_eq!(batch.integer(health::UNTIL, 0), read_day("21 Feb 2010"));
    }

    #[test]
    fn a_panel_gives_a_row_for_each_test_and_a_report_one() {
        let (read, batch) = read(
            "----- VA LABORATORY RESULTS -----\n\nSource: VA\n\n==========================\nLab Test: Panel\nOrdering Location: DAYTON\n\
             Date/Time Collected: 17 Jan 2013 @ 1341\n\n--------------------------\nTest Name: A\nResult: 13.2 Critical High\nUnits: mmol/L\n\
             Interpretation: --\nHIGH:  >5\nStatus: Final\n--------------------------\nTest Name: B\nResult:\nUnits: --\nStatus: Pending\n\
             --------------------------\nComments: TEST\n==========================\nLab Test:     GRAM STAIN\nDate/Time Collected:  12 Dec 2012\n\
             --------------------------\nCULTURE: POSITIVE\n  PENICILLIN.... R\n==========================\n",
        );
        assert_eq!((read.rows, read.rejected_count), (3, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::LABEL, 0), Some("A"));
        assert_eq!(batch.text(health::VALUE, 0), Some("13.2 Critical High"));
        assert_eq!(batch.integer(health::NUMBER, 0), Some(13_200));
        assert_eq!(batch.text(health::UNIT, 0), Some("mmol/L"));
        assert_eq!(batch.text(health::NOTE, 0), Some("-- HIGH:  >5"));
        assert_eq!(batch.text(health::VALUE, 1), None);
        assert_eq!(batch.text(health::NOTE, 1), None);
        assert_eq!(batch.time(1), batch.time(0));
        assert_eq!(batch.text(health::LABEL, 2), Some("GRAM STAIN"));
        assert_eq!(batch.text(health::NOTE, 2), Some("CULTURE: POSITIVE\n  PENICILLIN.... R"));
    }

    #[test]
    fn a_note_may_hold_what_looks_like_its_end_or_a_title() {
        let (read, batch) = read(
            "----- VA NOTES -----\n\nLast Updated:\n\n==========================\nDate/Time:      25 Jan 2013 @ 0701\nNote Title:     CARDIOLOGY\n\
             --------------------------\n ------ : ------\nDate/Time: in the text\n--------- PLAN ---------\n==========================\n 1) walk\n\n\
             ==========================\nDate/Time:      24 Jan 2013\nNote Title:     VISIT\n--------------------------\nrest\n",
        );
        assert_eq!((read.rows, read.rejected_count), (2, 0), "{:?}", read.rejected);
        let note = batch.text(health::NOTE, 0).unwrap();
        assert!(note.starts_with("------ : ------\nDate/Time: in the text\n--------- PLAN"), "{note}");
        assert!(note.ends_with("1) walk"), "{note}");
        assert_eq!(batch.text(health::LABEL, 1), Some("VISIT"));
    }

    #[test]
    fn vital_signs_have_units_and_short_tables_are_passed_over() {
        let (read, batch) = read(
            "----- VA VITALS AND READINGS -----\n\nVital Sign or Health Reading   Measurement   Date/Time Collected\n\
             -------------------------\nBlood Pressure     190/70 mm[Hg]      07 Jan 2013 @ 1527\n\nSorted By: Type\n\n\
             Vital Sign:           Blood Pressure\nMeasurement:          190/70 mm[Hg]\nDate/Time Collected:  07 Jan 2013 @ 1527\n\n\
             ----- SELF REPORTED VITALS AND READINGS -----\n=========================\nMeasurement Type: Blood pressure\nDate: 02 Aug 2010\n\
             Time: 1720\nSystolic: 130\nDiastolic: 76\n=========================\nMeasurement Type: Body weight\nDate: 31 Jun 2010\nBody Weight: 246\n\
             Measure: Pounds\n",
        );
        assert_eq!((read.rows, read.rejected_count), (2, 1));
        assert_eq!(read.rejected[0].field.as_deref(), Some("Date"));
        assert_eq!(batch.text(health::VALUE, 0), Some("190/70"));
        assert_eq!(batch.text(health::UNIT, 0), Some("mm[Hg]"));
        assert_eq!(batch.text(health::VALUE, 1), Some("130/76"));
    }
}
