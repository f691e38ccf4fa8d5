//! Shared parts of HL7 Clinical Document Architecture documents (CDA R2, `urn:hl7-org:v3`): entries,
//! dates, codes and references to text.
//!
//! A document consists of sections, identified by LOINC code; a section has a text for people and entries
//! for machines. It is read one section at a time, because the text that an entry refers to (`#id`) is in
//! the same section. Unknown values have a `nullFlavor` or the code `UNK`.
//!
//! A date may be a year or a month, and is stored as the range of days it covers: `1998` is from
//! 1998-01-01 until 1998-12-31. The day is the one written, whatever its offset. Statements that
//! something was not done or is absent (`negationInd`), or is only planned (`moodCode`), are not rows.
//!
//! Spec: <https://www.hl7.org/implement/standards/product_brief.cfm?product_id=7>

use super::entry::{Entry, measure, thousandths};
use super::labelled::known;
use crate::display_text;
use crate::error::FormatError;
use crate::read::{Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Day;
use mesinfos_model::category::health::kind;
use std::collections::HashMap;
use std::rc::Rc;

const NAMESPACE: &str = "urn:hl7-org:v3";

/// Most elements read for the text of one reference: enough for a cell or a paragraph.
const PIECES: usize = 200;

/// Longest text of one reference, and of a panel's shared values, in bytes.
const LONGEST: usize = 4_000;

/// Sections by LOINC code, and the kind of their entries.
static SECTIONS: &[(&str, i64)] = &[
    ("10160-0", kind::MEDICATION),
    ("29549-3", kind::MEDICATION),
    ("10183-2", kind::MEDICATION),
    ("42346-7", kind::MEDICATION),
    // At admission and at discharge.
    ("42347-5", kind::MEDICATION),
    ("75311-1", kind::MEDICATION),
    ("48765-2", kind::ALLERGY),
    ("11450-4", kind::PROBLEM),
    ("11348-0", kind::PROBLEM),
    // At discharge and at admission.
    ("11535-2", kind::PROBLEM),
    ("46241-6", kind::PROBLEM),
    ("11369-6", kind::IMMUNIZATION),
    ("30954-2", kind::LAB_RESULT),
    ("8716-3", kind::VITAL),
    ("47519-4", kind::PROCEDURE),
    // "Procedures performed": acts in the French reimbursement document.
    ("29554-3", kind::PROCEDURE),
    ("46240-8", kind::ENCOUNTER),
    ("46264-8", kind::DEVICE),
];

/// Codes that say that there is nothing, or that nothing is known: of SNOMED CT, and of the International Patient Summary.
const NOTHING: [&str; 21] = [
    "160244002",
    "160245001",
    "182849000",
    "182904002",
    "409137002",
    "428607008",
    "429625007",
    "716186003",
    "787481004",
    "no-allergy-info",
    "no-device-info",
    "no-immunization-info",
    "no-known-allergies",
    "no-known-devices",
    "no-known-immunizations",
    "no-known-medications",
    "no-known-problems",
    "no-known-procedures",
    "no-medication-info",
    "no-problem-info",
    "no-procedure-info",
];

/// Code systems by OID.
static SYSTEMS: &[(&str, &str)] = &[
    ("2.16.840.1.113883.6.1", "LOINC"),
    ("2.16.840.1.113883.6.96", "SNOMED CT"),
    ("2.16.840.1.113883.6.88", "RxNorm"),
    ("2.16.840.1.113883.6.103", "ICD-9-CM"),
    ("2.16.840.1.113883.6.104", "ICD-9-CM procedures"),
    ("2.16.840.1.113883.6.90", "ICD-10-CM"),
    ("2.16.840.1.113883.6.4", "ICD-10-PCS"),
    ("2.16.840.1.113883.6.3", "ICD-10"),
    ("2.16.840.1.113883.6.12", "CPT"),
    ("2.16.840.1.113883.6.285", "HCPCS"),
    ("2.16.840.1.113883.6.59", "CVX"),
    ("2.16.840.1.113883.12.292", "CVX"),
    ("2.16.840.1.113883.6.69", "NDC"),
    ("2.16.840.1.113883.6.233", "VUID"),
    ("1.2.250.1.213.2.3.1", "CIS"),
    ("1.2.250.1.213.2.3.2", "CIP"),
    ("1.2.250.1.213.2.3.3", "CIP"),
    ("1.2.250.1.213.2.5", "CCAM"),
    ("1.2.250.1.213.2.12", "SNOMED 3.5"),
    // Value sets of the reimbursement document (CNAM-HR).
    ("1.2.250.1.215.200.1.1.1", "CIP"),
    ("1.2.250.1.215.200.1.1.2", "CNAM"),
    ("1.2.250.1.215.200.1.2.1", "ATC"),
    ("1.2.250.1.215.200.1.2.2", "ATC"),
    ("1.2.250.1.215.200.2.1", "LPP"),
    ("1.2.250.1.215.200.3.1", "GHM"),
    ("1.2.250.1.215.200.3.3", "NGAP"),
    ("1.2.250.1.215.200.3.4", "CCAM"),
    ("1.2.250.1.215.200.4.1", "NABM"),
];

/// Reads a document. `holder` is the data holder if the custodian is not named; empty if that is unknown.
pub(super) fn read(input: Input<'_>, rows: &mut RowWriter<'_>, holder: &str) -> Result<(), FormatError> {
    let mut xml = input.xml();
    let mut holder = holder.to_owned();
    while let Some(node) = xml.next(&["custodian", "section"])? {
        if &*node.ns != NAMESPACE {
            continue;
        }
        if &*node.name == "section" {
            read_section(&node, &holder, rows)?;
        } else if let Some(name) = name(node.at(&["assignedCustodian", "representedCustodianOrganization"])) {
            holder = name;
        }
    }
    Ok(())
}

/// Reads a section and its subsections. The XML reader bounds the depth of elements.
fn read_section(section: &Node, holder: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let code = section.child("code").and_then(|code| code.attribute("code")).unwrap_or_default();
    if let Some((_, kind)) = SECTIONS.iter().find(|(known, _)| *known == code) {
        let title = section.text_at(&["title"]).unwrap_or_default();
        let reading =
            Reading { holder, shape: *kind, kind: kind_by_title(*kind, title), texts: texts(section) };
        for entry in section.all("entry") {
            reading.entry(entry, rows)?;
        }
    }
    for inner in section.all("component").filter_map(|component| component.child("section")) {
        read_section(inner, holder, rows)?;
    }
    Ok(())
}

/// Kind of a section's rows. The French document has three sections of acts with one code: only their
/// titles distinguish them.
fn kind_by_title(kind: i64, title: &str) -> i64 {
    match (kind, title) {
        (kind::PROCEDURE, "Radiologie") => kind::IMAGING,
        (kind::PROCEDURE, "Biologie") => kind::LAB_RESULT,
        (kind, _) => kind,
    }
}

/// Elements of a section's text that have an id.
fn texts(section: &Node) -> HashMap<&str, &Node> {
    let mut found: HashMap<&str, &Node> = HashMap::new();
    if let Some(text) = section.child("text") {
        text.walk(&mut |node| {
            if let Some(id) = node.attribute("ID") {
                found.entry(id).or_insert(node);
            }
        });
    }
    found
}

/// Context for the entries of a section.
struct Reading<'a> {
    holder: &'a str,
    /// Kind by the section's code, which determines the structure of its statements.
    shape: i64,
    /// Kind of its rows.
    kind: i64,
    texts: HashMap<&'a str, &'a Node>,
}

/// Values of one statement.
#[derive(Default)]
struct Said {
    when: When,
    label: Option<String>,
    code: Option<(String, String)>,
    provider: Option<String>,
    quantity: Option<String>,
    status: Option<String>,
    value: Option<String>,
    unit: Option<String>,
    dose: Option<String>,
}

/// First and last day of a statement.
#[derive(Default, Clone, Copy)]
struct When {
    on: Option<i64>,
    until: Option<i64>,
}

/// An invalid date, as written, for the message. Shared, because a panel repeats it for all its
/// statements.
#[derive(Clone)]
struct BadDate(Rc<str>);

impl BadDate {
    fn of(text: &str) -> BadDate {
        BadDate(display_text::beginning(text).into())
    }
}

/// Values that a panel or an act sets for all its statements. Looked up once, because there may be many.
struct Around {
    when: Result<When, BadDate>,
    provider: Option<String>,
    status: Option<String>,
}

impl Default for Around {
    fn default() -> Around {
        Around { when: Ok(When::default()), provider: None, status: None }
    }
}

impl Around {
    fn of(node: &Node) -> Around {
        let mut status = status(node);
        if let Some(status) = &mut status {
            status.truncate(status.floor_char_boundary(LONGEST));
        }
        Around { when: when(node.child("effectiveTime")), provider: provider(node), status }
    }
}

impl Reading<'_> {
    fn entry(&self, entry: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        for statement in &entry.children {
            // A planned act is not a row, but a prescribed medicine is one.
            let happened = matches!(statement.attribute("moodCode"), None | Some("EVN"));
            if !happened && self.shape != kind::MEDICATION {
                continue;
            }
            match (self.shape, &*statement.name) {
                (kind::LAB_RESULT | kind::VITAL, "organizer") => {
                    let around = Around::of(statement);
                    for part in statement.all("component").filter_map(|part| part.child("observation")) {
                        self.push(part, self.observation(part, &around), rows)?;
                    }
                }
                (kind::LAB_RESULT | kind::VITAL, "observation") => {
                    self.push(statement, self.observation(statement, &Around::default()), rows)?;
                }
                (kind::ALLERGY | kind::PROBLEM, "act") => {
                    let around = Around::of(statement);
                    for part in subjects(statement) {
                        self.push(part, self.concern(part, &around), rows)?;
                    }
                }
                (kind::ALLERGY | kind::PROBLEM, "observation") => {
                    self.push(statement, self.concern(statement, &Around::default()), rows)?;
                }
                (kind::MEDICATION | kind::IMMUNIZATION, "substanceAdministration") => {
                    self.push(statement, self.substance(statement), rows)?;
                }
                // Medicines at admission and at discharge.
                (kind::MEDICATION, "act") => {
                    let parts = statement.all("entryRelationship");
                    for part in parts.filter_map(|part| part.child("substanceAdministration")) {
                        self.push(part, self.substance(part), rows)?;
                    }
                }
                (kind::DEVICE, "supply" | "procedure") => {
                    self.push(statement, self.device(statement), rows)?;
                }
                (kind::PROCEDURE | kind::ENCOUNTER, "procedure" | "observation" | "act" | "encounter") => {
                    self.push(statement, self.act(statement), rows)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn push(
        &self,
        node: &Node,
        said: Result<Said, BadDate>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        if node.attribute("negationInd") == Some("true") {
            return Ok(());
        }
        let said = match said {
            Ok(said) => said,
            Err(BadDate(text)) => {
                let reason = Reason::not_a_date(text, "20201231");
                rows.reject(node.line, Some("effectiveTime"), reason);
                return Ok(());
            }
        };
        // "No known allergies" is not an allergy.
        if said.code.as_ref().is_some_and(|(_, code)| NOTHING.contains(&code.as_str())) {
            return Ok(());
        }
        // A statement without label, code and value is empty.
        if said.label.is_none() && said.code.is_none() && said.value.is_none() {
            return Ok(());
        }
        let quantity = said.quantity.as_deref();
        Entry {
            holder: self.holder,
            on: said.when.on,
            until: said.when.until,
            kind: self.kind,
            label: said.label.as_deref(),
            code_system: said.code.as_ref().map(|(system, _)| system.as_str()),
            code: said.code.as_ref().map(|(_, code)| code.as_str()),
            provider: said.provider.as_deref(),
            quantity: quantity.and_then(thousandths),
            status: said.status.as_deref(),
            value: said.value.as_deref(),
            unit: said.unit.as_deref(),
            dose: said.dose.as_deref(),
            ..Entry::default()
        }
        .push(rows, node.line)
    }

    /// A result or a vital sign; its panel supplies missing values.
    fn observation(&self, node: &Node, panel: &Around) -> Result<Said, BadDate> {
        let (value, unit) = self.value(node.child("value"));
        Ok(Said {
            when: when(node.child("effectiveTime"))?.or(|| panel.when.clone())?,
            label: self.label(node.child("code"), node.child("text")),
            code: code(node.child("code")),
            provider: provider(node).or(panel.provider.clone()),
            status: status(node),
            value,
            unit,
            ..Said::default()
        })
    }

    /// An allergy or a problem, in the act that marks it as a concern.
    fn concern(&self, node: &Node, act: &Around) -> Result<Said, BadDate> {
        let agent = node.at(&["participant", "participantRole", "playingEntity"]);
        let what = match self.shape {
            kind::ALLERGY => agent.and_then(|agent| agent.child("code")),
            _ => node.child("value"),
        };
        let reaction = node
            .all("entryRelationship")
            .filter(|relation| relation.attribute("typeCode") == Some("MFST"))
            .find_map(|relation| relation.child("observation"));
        let value = reaction.and_then(|reaction| self.label(reaction.child("value"), reaction.child("text")));
        Ok(Said {
            when: when(node.child("effectiveTime"))?.or(|| act.when.clone())?,
            label: named(what).or(name(agent)).or_else(|| self.label(what, None)).or_else(|| match agent {
                // An allergy without an agent: "no known allergies", or only the kind of allergy.
                None => self.label(node.child("value"), node.child("text")),
                Some(_) => None,
            }),
            code: code(what),
            provider: act.provider.clone().or(provider(node)),
            // The concern's status comes first: the observation itself is always "completed".
            status: said_status(node).or(act.status.clone()).or(status(node)),
            value,
            ..Said::default()
        })
    }

    /// A medication or an immunization.
    fn substance(&self, node: &Node) -> Result<Said, BadDate> {
        let material = node.at(&["consumable", "manufacturedProduct", "manufacturedMaterial"]);
        let what = material.and_then(|material| material.child("code"));
        let supply = related(node, "supply").next();
        Ok(Said {
            when: when(node.child("effectiveTime"))?.or(|| supply.map_or(Ok(When::default()), supplied))?,
            label: named(what).or(name(material)).or_else(|| self.label(what, node.child("text"))),
            code: code(what),
            provider: provider(node).or(supply.and_then(provider)),
            quantity: supply.and_then(pieces),
            status: status(node),
            dose: dose(node),
            ..Said::default()
        })
    }

    /// A device, from the participating device.
    fn device(&self, node: &Node) -> Result<Said, BadDate> {
        let what = node
            .all("participant")
            .find_map(|participant| participant.at(&["participantRole", "playingDevice", "code"]));
        Ok(Said {
            when: when(node.child("effectiveTime"))?.or(|| supplied(node))?,
            label: self.label(what, node.child("text")),
            code: code(what),
            provider: provider(node),
            quantity: pieces(node),
            status: status(node),
            ..Said::default()
        })
    }

    /// A procedure, an encounter or a stay.
    fn act(&self, node: &Node) -> Result<Said, BadDate> {
        let own = node.child("code");
        // A stay in the French document: its code says "stay", and a qualifier gives the reason.
        let what =
            own.and_then(|code| code.at(&["qualifier", "value"])).filter(|_| self.shape == kind::ENCOUNTER);
        let what = what.or(own);
        let location = node
            .all("participant")
            .find_map(|participant| name(participant.at(&["participantRole", "playingEntity"])));
        Ok(Said {
            when: when(node.child("effectiveTime"))?,
            label: self.label(what, node.child("text")),
            code: code(what),
            provider: location.or(provider(node)),
            status: status(node),
            ..Said::default()
        })
    }

    /// Label of a code: its display name, its original text, or `text`.
    fn label(&self, code: Option<&Node>, text: Option<&Node>) -> Option<String> {
        let code_of = |code: &Node| {
            named(Some(code))
                .or_else(|| self.words(code.child("originalText")))
                .or_else(|| code.all("translation").find_map(|code| named(Some(code))))
        };
        code.and_then(code_of).or_else(|| self.words(text)).filter(|label| !label.is_empty())
    }

    /// Words of a text element: the text it refers to, else its own.
    fn words(&self, text: Option<&Node>) -> Option<String> {
        let text = text?;
        let reference = text.child("reference").and_then(|reference| reference.attribute("value"));
        // The `#` is sometimes missing.
        let referred = reference.and_then(|id| self.texts.get(id.strip_prefix('#').unwrap_or(id)));
        let words = referred.map(|node| gather(node)).filter(|words| !words.is_empty());
        words.or_else(|| Some(text.text.clone()).filter(|own| !own.is_empty()))
    }

    /// A value and its unit.
    fn value(&self, value: Option<&Node>) -> (Option<String>, Option<String>) {
        let Some(value) = value.filter(|value| value.attribute("nullFlavor").is_none()) else {
            return (None, None);
        };
        let unit = value.attribute("unit").filter(|unit| *unit != "1").map(str::to_owned);
        if let Some(number) = value.attribute("value") {
            return (Some(number.to_owned()), unit);
        }
        let end = |name| value.child(name).and_then(|end| end.attribute("value"));
        if let (Some(low), Some(high)) = (end("low"), end("high")) {
            let unit = value.child("low").and_then(|low| low.attribute("unit")).map(str::to_owned);
            return (Some(format!("{low}-{high}")), unit);
        }
        match self.label(Some(value), None).or_else(|| self.words(Some(value))) {
            Some(words) => {
                let (number, unit) = measure(&words);
                (Some(number.to_owned()), unit.map(str::to_owned))
            }
            None => (None, None),
        }
    }
}

impl When {
    /// `self`, or `other` if it is unknown.
    fn or(self, other: impl FnOnce() -> Result<When, BadDate>) -> Result<When, BadDate> {
        if self.on.is_some() || self.until.is_some() { Ok(self) } else { other() }
    }
}

/// Elements of this name that a statement is related to.
fn related<'n>(node: &'n Node, name: &'n str) -> impl Iterator<Item = &'n Node> {
    node.all("entryRelationship").filter_map(move |relation| relation.child(name))
}

/// Observations that an act is about, without those that link it to an episode (CCD's template "episode
/// observation").
fn subjects(act: &Node) -> impl Iterator<Item = &Node> {
    const EPISODE: &str = "2.16.840.1.113883.10.20.1.41";
    act.all("entryRelationship")
        .filter(|relation| matches!(relation.attribute("typeCode"), None | Some("SUBJ")))
        .filter_map(|relation| relation.child("observation"))
        .filter(|seen| !seen.all("templateId").any(|template| template.attribute("root") == Some(EPISODE)))
}

/// Days of a time: `value`, or from `low` until `high`.
fn when(time: Option<&Node>) -> Result<When, BadDate> {
    let Some(time) = time else { return Ok(When::default()) };
    let span = |node: Option<&Node>| match node.and_then(|node| node.attribute("value")) {
        None => Ok(None),
        Some(text) => days(text).map(Some).ok_or_else(|| BadDate::of(text)),
    };
    let (low, high) = (span(time.child("low"))?, span(time.child("high"))?);
    if low.is_some() || high.is_some() {
        return Ok(When { on: low.map(|(first, _)| first), until: high.map(|(_, last)| last) });
    }
    Ok(match span(Some(time))? {
        None => When::default(),
        Some((first, last)) => When { on: Some(first), until: (last != first).then_some(last) },
    })
}

/// Days of a supply: the French document attaches the time to the performer.
fn supplied(supply: &Node) -> Result<When, BadDate> {
    when(supply.at(&["performer", "time"]))?
        .or(|| when(supply.at(&["author", "time"])))?
        .or(|| when(supply.child("effectiveTime")))
}

/// First and last day that `YYYY[MM[DD[HH…]]]` covers.
fn days(text: &str) -> Option<(i64, i64)> {
    let digits = text.split(['+', '-', '.']).next()?;
    let has_offset = digits.len() < text.len();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || (has_offset && digits.len() < 8) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let day = |year: i16, month: i16, day: i16| {
        Day::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).map(|day| i64::from(day.0))
    };
    let year = number(0, 4)?;
    match digits.len() {
        4 => Some((day(year, 1, 1)?, day(year, 12, 31)?)),
        6 => {
            let month = number(4, 6)?;
            let next = if month == 12 { day(year.checked_add(1)?, 1, 1)? } else { day(year, month + 1, 1)? };
            Some((day(year, month, 1)?, next - 1))
        }
        8 | 10 | 12 | 14 => {
            let only = day(year, number(4, 6)?, number(6, 8)?)?;
            Some((only, only))
        }
        _ => None,
    }
}

/// A code and its system; the first translation if it has no code itself.
fn code(node: Option<&Node>) -> Option<(String, String)> {
    let node = node?;
    let own = |node: &Node| {
        let code = node.attribute("code").filter(|code| *code != "UNK")?;
        let oid = node.attribute("codeSystem").unwrap_or_default();
        let system = SYSTEMS.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name);
        let system = system.or(node.attribute("codeSystemName")).unwrap_or(oid);
        Some((system.to_owned(), code.to_owned()))
    };
    own(node).or_else(|| node.all("translation").find_map(own))
}

/// Name of an organisation, a person or a thing.
fn name(node: Option<&Node>) -> Option<String> {
    known(&gather(node?.child("name")?)).map(str::to_owned)
}

/// Display name of a code.
fn named(code: Option<&Node>) -> Option<String> {
    code.and_then(|code| code.attribute("displayName")).map(str::to_owned)
}

/// Number of pieces supplied; `None` for other quantities, such as milligrams.
fn pieces(supply: &Node) -> Option<String> {
    let quantity = supply.child("quantity")?;
    let counts = quantity.attribute("unit").is_none_or(|unit| unit == "1" || unit.starts_with('{'));
    quantity.attribute("value").filter(|_| counts).map(str::to_owned)
}

/// The provider: the performer's organisation, else the performer's name; else the author's organisation.
fn provider(node: &Node) -> Option<String> {
    let of = |role: &Node| name(role.child("representedOrganization")).or(name(role.child("assignedPerson")));
    let performer = node.all("performer").find_map(|performer| of(performer.child("assignedEntity")?));
    let author = || {
        let organisation = node.at(&["author", "assignedAuthor", "representedOrganization"]);
        name(organisation)
    };
    performer.or_else(author)
}

/// Status: the value of a "Status" observation, else the entry's own state.
fn status(node: &Node) -> Option<String> {
    let own = || node.child("statusCode").and_then(|status| status.attribute("code")).map(str::to_owned);
    said_status(node).or_else(own)
}

/// Value of the "Status" observation (LOINC 33999-4) of an entry.
fn said_status(node: &Node) -> Option<String> {
    let is_status =
        |seen: &&Node| seen.child("code").and_then(|code| code.attribute("code")) == Some("33999-4");
    let status = related(node, "observation").find(is_status)?;
    named(status.child("value"))
}

/// Amount and frequency: "2 {tbl} / 1 d".
fn dose(node: &Node) -> Option<String> {
    let amount = |node: &Node| {
        let value = node.attribute("value")?;
        Some(node.attribute("unit").map_or(value.to_owned(), |unit| format!("{value} {unit}")))
    };
    let dose = node.child("doseQuantity");
    let much = dose.and_then(|dose| amount(dose).or_else(|| amount(dose.child("low")?)));
    let often = node.all("effectiveTime").find_map(|time| amount(time.child("period")?));
    match (much, often) {
        (Some(much), Some(often)) => Some(format!("{much} / {often}")),
        (much, None) => much,
        (None, Some(often)) => Some(format!("1 / {often}")),
    }
}

/// Text of an element and its descendants, up to a bound: ids may be anywhere, and many references may
/// name an element that holds half of the document.
fn gather(node: &Node) -> String {
    /// Adds the text of an element; returns whether there is room for more.
    fn add(node: &Node, text: &mut String, pieces: &mut usize) -> bool {
        *pieces = pieces.saturating_sub(1);
        for word in node.text.split_whitespace() {
            if text.len() >= LONGEST {
                return false;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        *pieces > 0 && node.children.iter().all(|child| add(child, text, pieces))
    }
    let mut text = String::new();
    add(node, &mut text, &mut { PIECES });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(String, String)> {
        let show = |day: i64| Day(i32::try_from(day).unwrap()).to_string();
        days(text).map(|(first, last)| (show(first), show(last)))
    }

    #[test]
    fn a_date_is_the_days_that_it_may_be() {
        let whole = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(shown("1998"), whole("1998-01-01", "1998-12-31"));
        assert_eq!(shown("200002"), whole("2000-02-01", "2000-02-29"));
        assert_eq!(shown("199912"), whole("1999-12-01", "1999-12-31"));
        for day in [
            "20120806",
            "2012080609",
            "201208060915",
            "20120806091500",
            "20120806231500-0500",
            "20120806091500.123+0200",
        ] {
            assert_eq!(shown(day), whole("2012-08-06", "2012-08-06"), "{day}");
        }
        for bad in
            ["", "12", "201213", "20120230", "2012x806", "999999999", "-2012", "2012-08-06", "９９９９"]
        {
            assert_eq!(days(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_text_of_a_reference_is_bounded() {
        let leaf = Node { text: "word ".repeat(50), ..Node::default() };
        let wide = Node { children: vec![leaf; 5_000], ..Node::default() };
        assert!(gather(&wide).len() < LONGEST + 100);
        let empty = Node { children: vec![Node::default(); 5_000], ..Node::default() };
        assert_eq!(gather(&empty), "");
    }
}
