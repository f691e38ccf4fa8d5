//! Education in a Europass CV: the XML of Cedefop's editor (until 2020, `SkillsPassport`) and of the
//! present one (`Candidate`, after HR Open Standards). The rest of the CV is skipped.
//!
//! Self-declared education is not a credential: each entry is a period of study. A year alone means its
//! first day as a start, and its last day as an end.

use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::number::scaled;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::category::education::{self, proof, row};
use mesinfos_model::{Category, Day};

pub(super) struct EuropassCv;

static ABOUT: FormatInfo = FormatInfo {
    id: "europass-cv-xml",
    fr: "CV Europass, partie formation (XML)",
    en: "Europass CV, its education (XML)",
    origin: "Europass",
    categories: &[Category::Education],
    looks_for: "XML with a root element SkillsPassport of Cedefop's namespace, or Candidate of \
                http://www.europass.eu/1.0",
    spec: "http://europass.cedefop.europa.eu/xml/v3.4.0/EuropassSchema.xsd",
    counts: OrdinalKind::Lines,
};

impl Format for EuropassCv {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let ns = match head.xml_root() {
            Some("SkillsPassport") => "http://europass.cedefop.europa.eu/",
            Some("Candidate") => "http://www.europass.eu/",
            _ => return false,
        };
        head.text().contains(ns)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut xml = input.xml();
        while let Some(node) = xml.next(&["Education", "EducationOrganizationAttendance"])? {
            let study = if &*node.name == "Education" { of_cedefop(&node) } else { of_candidate(&node) };
            match study {
                Ok(study) => study.push(node.line, rows)?,
                Err((field, reason)) => rows.reject(node.line, Some(field), reason),
            }
        }
        Ok(())
    }
}

/// A period of study.
struct Study<'n> {
    start: Option<Day>,
    end: Option<Day>,
    title: Option<&'n str>,
    institution: Option<&'n str>,
    level: Option<i64>,
    credits: Option<i64>,
    description: Option<&'n str>,
}

impl Study<'_> {
    fn push(&self, line: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let day = |day: Option<Day>| day.map(|day| i64::from(day.0));
        rows.push(
            Category::Education,
            line,
            &[
                (education::HOLDER, "Europass".into()),
                (education::ROW, row::ENROLMENT.into()),
                (education::START, day(self.start).into()),
                (education::END, day(self.end).into()),
                (education::TITLE, self.title.into()),
                (education::INSTITUTION, self.institution.into()),
                (education::LEVEL, self.level.into()),
                (education::CREDITS, self.credits.into()),
                (education::PROOF, proof::NONE.into()),
                (education::DESCRIPTION, self.description.into()),
            ],
        )
    }
}

type Wrong = (&'static str, Reason);

fn of_cedefop(node: &Node) -> Result<Study<'_>, Wrong> {
    let level = node.text_at(&["Level", "Label"]).filter(|label| label.contains("EQF"));
    let level = level.and_then(|label| label.chars().find_map(|c| c.to_digit(10)));
    Ok(Study {
        start: date_of_parts(node.at(&["Period", "From"]), "From", false)?,
        end: date_of_parts(node.at(&["Period", "To"]), "To", true)?,
        title: node.text_at(&["Title"]),
        institution: node.text_at(&["Organisation", "Name"]),
        level: level.map(i64::from).filter(|level| (1..=8).contains(level)),
        credits: None,
        description: node.text_at(&["Activities"]),
    })
}

/// A date in the attributes of XML Schema parts, `<From year="2010" month="--03" day="---01"/>`, or in
/// elements of these names. The editor writes only dashes for an unknown part.
fn date_of_parts(node: Option<&Node>, field: &'static str, is_end: bool) -> Result<Option<Day>, Wrong> {
    let Some(node) = node else { return Ok(None) };
    let part = |attribute: &str, element: &str| {
        let text = node.attribute(attribute).or_else(|| node.text_at(&[element]))?;
        Some(text.trim_start_matches('-')).filter(|text| !text.is_empty())
    };
    let Some(year) = part("year", "Year") else { return Ok(None) };
    let (month, day) = (part("month", "Month"), part("day", "Day"));
    let text = [Some(year), month, day.filter(|_| month.is_some())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("-");
    match partial(&text, is_end) {
        None => Err((field, Reason::not_a_date(text, "2018-09-01"))),
        day => Ok(day),
    }
}

fn of_candidate(node: &Node) -> Result<Study<'_>, Wrong> {
    let date = |edge: &'static str, is_end: bool| {
        let Some(text) = node.text_at(&["AttendancePeriod", edge, "FormattedDateTime"]) else {
            return Ok(None);
        };
        match partial(text, is_end) {
            None => Err((edge, Reason::not_a_date(text, "2018-09-01"))),
            day => Ok(day),
        }
    };
    let level = node.child("EducationLevelCode").filter(|code| code.attribute("name") == Some("EQF"));
    let degree = node.child("EducationDegree");
    Ok(Study {
        start: date("StartDate", false)?,
        end: date("EndDate", true)?,
        title: degree
            .and_then(|degree| degree.text_at(&["DegreeName"]))
            .or_else(|| node.text_at(&["ProgramName"])),
        institution: node.text_at(&["OrganizationName"]),
        level: level.and_then(|code| code.text.parse().ok()).filter(|level| (1..=8).contains(level)),
        credits: node
            .text_at(&["NumberOfCredit"])
            .or_else(|| degree?.text_at(&["NumberOfCredit"]))
            .and_then(|credits| scaled(credits, 3)),
        description: degree.and_then(|degree| degree.text_at(&["OccupationalSkillsCovered"])),
    })
}

/// "2018-09-01", "2018-09" or "2018": the day, or the first or last day of the month or year.
fn partial(text: &str, is_end: bool) -> Option<Day> {
    let mut parts = text.get(..10).unwrap_or(text).split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let Some(month) = parts.next() else {
        return if is_end { Day::from_ymd(year, 12, 31) } else { Day::from_ymd(year, 1, 1) };
    };
    if parts.next().is_some() {
        return time::day(text, "ymd");
    }
    let month: i8 = month.parse().ok()?;
    let first = Day::from_ymd(year, month, 1)?;
    if !is_end {
        return Some(first);
    }
    let next = if month == 12 {
        Day::from_ymd(year.checked_add(1)?, 1, 1)?
    } else {
        Day::from_ymd(year, month + 1, 1)?
    };
    Some(Day(next.0 - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    fn days(rows: usize, batch: &mesinfos_model::Batch, field: usize) -> Vec<Option<String>> {
        let shown = |day: i64| Day(i32::try_from(day).unwrap()).to_string();
        (0..rows).map(|row| batch.integer(field, row).map(shown)).collect()
    }

    #[test]
    fn parts_of_dates_may_be_missing() {
        let file = r#"<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
          <Identification><PersonName><Surname>Secret</Surname></PersonName></Identification><EducationList>
          <Education><Period><From year="2008"/><To year="2013" month="--06"/></Period><Title>M.Sc.</Title>
            <Organisation><Name>NTNU</Name></Organisation><Level><Code>7</Code><Label>EQF level 7</Label></Level></Education>
          <Education><Period><From year="2014" month="--12" day="---05"/><Current>true</Current></Period></Education>
          <Education><Period><From><Year>2015</Year><Month>--02</Month><Day>-----</Day></From></Period></Education>
          <Education><Period><From year="2015" month="--13"/></Period></Education>
          </EducationList></LearnerInfo></SkillsPassport>"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("europass-cv-xml", 3, 1));
        let batch = &batches[0];
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            days(3, batch, education::START),
            [some("2008-01-01"), some("2014-12-05"), some("2015-02-01")]
        );
        assert_eq!(days(3, batch, education::END), [some("2013-06-30"), None, None]);
        assert_eq!(batch.integer(education::LEVEL, 0), Some(7));
        assert_eq!(batch.text(education::INSTITUTION, 0), Some("NTNU"));
    }

    #[test]
    fn the_present_editor_writes_a_candidate() {
        let file = r#"<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"><CandidateProfile>
          <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Lycée</hr:OrganizationName>
          <AttendancePeriod><StartDate><hr:FormattedDateTime>2018-09-01</hr:FormattedDateTime></StartDate>
          <EndDate><hr:FormattedDateTime>2021-12</hr:FormattedDateTime></EndDate></AttendancePeriod>
          <EducationDegree><hr:DegreeName>Baccalauréat</hr:DegreeName></EducationDegree>
          </EducationOrganizationAttendance></EducationHistory></CandidateProfile></Candidate>"#;
        let (_, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(batches[0].text(education::TITLE, 0), Some("Baccalauréat"));
        assert_eq!(days(1, &batches[0], education::END), [Some("2021-12-31".to_owned())]);
    }
}
