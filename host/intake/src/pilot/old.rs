//! Files of the MesInfos pilot (2016-2017): bank operations and telephone logs, each a JSON array of
//! documents with a `docType`.

use crate::money::scaled;
use crate::{Format, Intake, IntakeError, text};
use mesinfos_model::category::{bank, telecom};
use mesinfos_model::view::Lang;
use mesinfos_model::{BatchBuilder, Category, Cell, Day};
use serde_json::Value;
use serde_json::value::RawValue;
use std::io::BufRead;

/// `docType` "bankoperation".
pub(crate) struct PilotBank;
/// `docType` "fr.orange.phonecommunicationlog".
pub(crate) struct PilotPhone;

const BANK_DOCUMENT: &str = "bankoperation";
const PHONE_DOCUMENT: &str = "phonecommunicationlog";

fn is_array_of(head: &[u8], document: &str) -> bool {
    let head = text::decode(head);
    head.trim_start().starts_with('[') && head.contains("\"docType\"") && head.contains(document)
}

impl Format for PilotBank {
    fn id(&self) -> &'static str {
        "mesinfos-bank-json"
    }
    fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => "Opérations bancaires du pilote MesInfos (JSON)",
            Lang::En => "Bank operations of the MesInfos pilot (JSON)",
        }
    }
    fn categories(&self) -> &'static [Category] {
        &[Category::Bank]
    }
    fn looks_for(&self) -> &'static str {
        "a JSON array of documents with docType \"bankoperation\""
    }
    fn spec(&self) -> &'static str {
        "https://mesinfos.fing.org/"
    }
    fn recognise(&self, head: &[u8]) -> bool {
        is_array_of(head, BANK_DOCUMENT)
    }
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
        documents(file, input, Category::Bank, operation)
    }
}

impl Format for PilotPhone {
    fn id(&self) -> &'static str {
        "mesinfos-phone-json"
    }
    fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => "Relevé d’appels du pilote MesInfos (JSON)",
            Lang::En => "Telephone log of the MesInfos pilot (JSON)",
        }
    }
    fn categories(&self) -> &'static [Category] {
        &[Category::Telecom]
    }
    fn looks_for(&self) -> &'static str {
        "a JSON array of documents with docType \"fr.orange.phonecommunicationlog\""
    }
    fn spec(&self) -> &'static str {
        "https://mesinfos.fing.org/"
    }
    fn recognise(&self, head: &[u8]) -> bool {
        is_array_of(head, PHONE_DOCUMENT)
    }
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
        documents(file, input, Category::Telecom, communication)
    }
}

/// Why a document is no row: the field and what is wrong.
type Wrong = (&'static str, String);

/// Reads each document of an array; one that is wrong is rejected by itself.
fn documents(
    file: &str,
    input: &mut dyn BufRead,
    category: Category,
    row: fn(&Value, &str, &mut BatchBuilder) -> Result<(), Wrong>,
) -> Result<Intake, IntakeError> {
    let text = text::whole(file, input)?;
    let documents: Vec<&RawValue> = serde_json::from_str(&text).map_err(|error| IntakeError::Malformed {
        file: file.to_owned(),
        line: error.line() as u64,
        reason: format!("not a JSON array: {error}"),
    })?;
    let mut intake = Intake::default();
    let mut builder = BatchBuilder::new(category);
    let mut line = 1;
    let mut seen = 0;
    for raw in documents {
        // A raw value is a slice of the text: where it starts says its line.
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text.as_bytes()[seen..start].iter().filter(|&&byte| byte == b'\n').count() as u64;
        seen = start;
        let read = serde_json::from_str::<Value>(raw.get())
            .map_err(|error| ("document", error.to_string()))
            .and_then(|document| row(&document, raw.get(), &mut builder));
        if let Err((field, reason)) = read {
            intake.reject(1, line, Some(field), reason);
        }
    }
    intake.batches.push(builder.finish());
    Ok(intake)
}

fn string<'a>(document: &'a Value, field: &str) -> Option<&'a str> {
    document.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn document_is(document: &Value, wanted: &str) -> Result<(), Wrong> {
    match string(document, "docType") {
        Some(found) if found.contains(wanted) => Ok(()),
        found => Err(("docType", format!("\"{wanted}\" is expected, not {found:?}"))),
    }
}

/// A number as it is written in the document: money must not pass through floating point.
fn literal(document: &Value, raw: &str, field: &'static str) -> Result<String, Wrong> {
    #[derive(serde::Deserialize)]
    struct Amount<'a> {
        #[serde(borrow)]
        amount: &'a RawValue,
    }
    if let Some(text) = string(document, field) {
        return Ok(text.to_owned());
    }
    serde_json::from_str::<Amount<'_>>(raw)
        .map(|document| document.amount.get().to_owned())
        .map_err(|_| (field, "a number is expected".to_owned()))
}

/// Our code of each kind of operation, by the id that the pilot's `operationtype` documents have.
const OPERATION_KINDS: &[(&str, i64)] = &[
    ("b24a4f14e7f1a2ee3b507b2ba900d6c1", 1), // transfer
    ("b24a4f14e7f1a2ee3b507b2ba900ddae", 2), // order: a standing direct debit
    ("b24a4f14e7f1a2ee3b507b2ba900eb4c", 4), // check
    ("b24a4f14e7f1a2ee3b507b2ba900f5d5", 7), // deposit
    ("b24a4f14e7f1a2ee3b507b2ba900fb9a", 1), // payback
    ("b24a4f14e7f1a2ee3b507b2ba901071c", 3), // withdrawal
    ("b24a4f14e7f1a2ee3b507b2ba9010a93", 0), // card
    ("b24a4f14e7f1a2ee3b507b2ba901141f", 2), // loan payment
    ("b24a4f14e7f1a2ee3b507b2ba90120a5", 5), // bank fee
];

fn operation(document: &Value, raw: &str, builder: &mut BatchBuilder) -> Result<(), Wrong> {
    document_is(document, BANK_DOCUMENT)?;
    let date = string(document, "date").ok_or(("date", "it is missing".to_owned()))?;
    let day: Day = date
        .get(..10)
        .filter(|_| date.len() == 10 || date.as_bytes()[10] == b'T')
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| ("date", format!("\"{date}\" is not a date as 2016-03-08T00:00:00.000Z")))?;
    let amount = literal(document, raw, "amount")?;
    let minor = scaled(&amount, 2)
        .ok_or_else(|| ("amount", format!("\"{amount}\" is not an amount with at most two decimals")))?;
    let known = string(document, "operationTypeID")
        .and_then(|id| OPERATION_KINDS.iter().find(|(known, _)| *known == id));
    let label = string(document, "raw").or_else(|| string(document, "title"));
    builder.push(&[
        (bank::HOLDER, "MesInfos".into()),
        (bank::ACCOUNT, string(document, "bankAccount").into()),
        (bank::BOOKED_ON, i64::from(day.0).into()),
        (bank::AMOUNT, minor.into()),
        (bank::CURRENCY, "EUR".into()),
        (bank::STATUS, 0_i64.into()),
        (bank::KIND, known.map_or(8, |(_, kind)| *kind).into()),
        (bank::LABEL, label.into()),
        (bank::COUNTERPARTY, string(document, "title").into()),
    ]);
    Ok(())
}

/// Service and direction from the operator's French words.
fn service(kind: &str, chip: &str) -> Option<(i64, i64)> {
    let kind = kind.to_lowercase();
    let service = match () {
        () if kind.contains("messagerie") || kind.contains("boite vocale") => 4,
        () if kind.contains("mms") => 2,
        () if kind.contains("sms") || chip == "M" || chip == "c" => 1,
        () if kind.contains("data") || kind.contains("internet") => 3,
        () if kind.contains("appel") => 0,
        () => return None,
    };
    let direction = match () {
        () if kind.contains("renvoy") => 2,
        () if kind.contains("sortant") => 1,
        () if kind.contains("entrant") => 0,
        () => return None,
    };
    Some((service, direction))
}

/// Kind of a number in the French numbering plan (Arcep): digits with the country code, no plus.
fn peer_kind(digits: &str) -> i64 {
    match digits.strip_prefix("33") {
        Some(rest) if rest.len() == 9 => match rest.as_bytes()[0] {
            b'6' | b'7' => 0,
            b'1'..=b'5' | b'9' => 1,
            _ => 2,
        },
        _ if (2..=5).contains(&digits.len()) => 2,
        _ if digits.len() >= 8 => 3,
        _ => 4,
    }
}

fn number(text: Option<&str>) -> Option<String> {
    let digits: String = text?.chars().filter(char::is_ascii_digit).collect();
    match digits.as_str() {
        "" => None,
        national if national.len() == 10 && national.starts_with('0') => {
            Some(format!("33{}", &national[1..]))
        }
        _ => Some(digits.strip_prefix("00").unwrap_or(&digits).to_owned()),
    }
}

fn communication(document: &Value, _raw: &str, builder: &mut BatchBuilder) -> Result<(), Wrong> {
    document_is(document, PHONE_DOCUMENT)?;
    let stamp = string(document, "timestamp").ok_or(("timestamp", "it is missing".to_owned()))?;
    let at: jiff::Timestamp = stamp
        .parse()
        .map_err(|_| ("timestamp", format!("\"{stamp}\" is not an instant as 2016-10-01T08:59:08Z")))?;
    let kind = string(document, "type").unwrap_or_default();
    let chip = string(document, "chipType").unwrap_or_default();
    let (service, direction) = service(kind, chip)
        .ok_or_else(|| ("type", format!("\"{kind}\" is no kind of call or message that is known")))?;
    let length = document.get("length").and_then(Value::as_i64);
    if length.is_some_and(|length| length < 0) {
        return Err(("length", "it is negative".to_owned()));
    }
    // `length` is seconds for "s" and a number of messages or characters for the others.
    let duration = length.filter(|_| chip == "s");
    let messages = match chip {
        "M" => length,
        "c" => Some(1),
        _ => None,
    };
    // The operator's clock is France's.
    let offset = jiff::tz::TimeZone::get("Europe/Paris")
        .map_or(0, |zone| i64::from(zone.to_offset(at).seconds()) / 60);
    let (line, peer) = (number(string(document, "msisdn")), number(string(document, "partner")));
    builder.push(&[
        (telecom::HOLDER, "Orange".into()),
        (telecom::LINE, line.as_deref().into()),
        (telecom::AT, at.as_second().into()),
        (telecom::UTC_OFFSET, offset.into()),
        (telecom::SERVICE, service.into()),
        (telecom::DIRECTION, direction.into()),
        (telecom::PEER, peer.as_deref().into()),
        (telecom::PEER_KIND, peer.as_deref().map_or(Cell::Int(4), |p| peer_kind(p).into())),
        (telecom::DURATION, duration.into()),
        (telecom::MESSAGES, messages.into()),
    ]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_document_is_rejected_with_its_line() {
        let file = "[\n{\"docType\":\"bankoperation\",\"date\":\"2016-03-08T00:00:00.000Z\",\"amount\":-22.28,\"raw\":\"CB\"},\n\
                    {\"docType\":\"bankoperation\",\"date\":\"2016-03-033T0\",\"amount\":1},\n\
                    {\"docType\":\"bankoperation\",\"date\":\"2016-03-09T00:00:00.000Z\",\"amount\":0.1}\n]";
        let intake = crate::read_file("x", &mut file.as_bytes()).unwrap();
        assert_eq!((intake.batches[0].rows(), intake.rejected_count), (2, 1));
        assert_eq!(intake.rejected[0].line, Some(3));
        assert_eq!(intake.batches[0].integer(bank::AMOUNT, 0), Some(-2_228));
        assert_eq!(intake.batches[0].integer(bank::AMOUNT, 1), Some(10));
    }

    #[test]
    fn calls_and_messages() {
        let file = r#"[{"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-01T08:59:08Z",
            "msisdn":"33612345678","partner":"0123456789","length":59,"chipType":"s","type":"appel sortant"},
            {"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-01T11:17:34Z",
            "partner":"33623456789","length":1,"chipType":"M","type":"SMS entrant"}]"#;
        let intake = crate::read_file("x", &mut file.as_bytes()).unwrap();
        let batch = &intake.batches[0];
        assert_eq!(batch.integer(telecom::DURATION, 0), Some(59));
        assert_eq!(batch.integer(telecom::PEER_KIND, 0), Some(1));
        assert_eq!(batch.integer(telecom::UTC_OFFSET, 0), Some(120));
        assert_eq!(batch.integer(telecom::DURATION, 1), None);
        assert_eq!(batch.integer(telecom::MESSAGES, 1), Some(1));
    }

    #[test]
    fn no_format_says_what_was_tried() {
        let error = crate::read_file("x.bin", &mut &b"hello"[..]).unwrap_err().to_string();
        assert!(error.contains("x.bin") && error.contains("bankoperation") && error.contains("Green Button"));
    }
}
