//! jCard: vCard as JSON (RFC 7095).
//!
//! `["vcard", [[name, parameters, type, value, …], …]]`, or an array of such cards. A value is text, or
//! an array of components, each a text or an array of texts.

use super::contact::{Contact, PROPERTIES, Property};
use crate::error::FormatError;
use crate::fault;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, elements};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) struct JCard;

static ABOUT: FormatInfo = FormatInfo {
    id: "jcard",
    fr: "Contacts (jCard, JSON)",
    en: "Contacts (jCard, JSON)",
    origin: "Fastmail, RDAP",
    categories: &[Category::Social],
    looks_for: "a JSON array that begins with \"vcard\"",
    spec: "https://www.rfc-editor.org/rfc/rfc7095",
    counts: OrdinalKind::Entries,
};

impl Format for JCard {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let Some(text) = head.text().trim_start().strip_prefix('[') else {
            return false;
        };
        let text = text.trim_start();
        text.strip_prefix('[').unwrap_or(text).trim_start().starts_with("\"vcard\"")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut is_single = false;
        elements(input.text(), &[], &mut |ordinal, text| {
            if ordinal == 1 && text.starts_with('"') {
                is_single = true;
                return Ok(());
            }
            // In a file with a single card, the first element is the word "vcard".
            let ordinal = if is_single { ordinal - 1 } else { ordinal };
            let properties = match serde_json::from_str::<(&str, &RawValue)>(text) {
                _ if is_single => text,
                Ok(("vcard", properties)) => properties.get(),
                _ => {
                    rows.reject(ordinal, None, Reason::not_expected("[\"vcard\", […]]"));
                    return Ok(());
                }
            };
            match serde_json::from_str::<Vec<&RawValue>>(properties) {
                Ok(properties) => {
                    let mut contact = Contact::default();
                    properties
                        .iter()
                        .filter_map(|property| parsed(property.get()))
                        .for_each(|p| contact.take(&p));
                    contact.push(ordinal, rows)?;
                }
                Err(error) => rows.reject(ordinal, None, fault::record(&error)),
            }
            Ok(())
        })
    }
}

/// A property that is read; `None` for others and for anything malformed.
fn parsed(text: &str) -> Option<Property> {
    let pieces: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    let [name, parameters, _type, values @ ..] = &pieces[..] else {
        return None;
    };
    let name: String = serde_json::from_str::<String>(name.get()).ok()?.to_ascii_lowercase();
    if !PROPERTIES.contains(&name.as_str()) {
        return None;
    }
    let parameters: Value = serde_json::from_str(parameters.get()).ok()?;
    let kinds = texts(&parameters["type"]).into_iter().map(|kind| kind.to_ascii_lowercase()).collect();
    let values: Vec<Value> =
        values.iter().map(|value| serde_json::from_str(value.get()).ok()).collect::<Option<_>>()?;
    let parts = match &values[..] {
        // Components, each of which may be several words.
        [Value::Array(components)] => components.iter().map(|component| texts(component).join(" ")).collect(),
        values => values.iter().flat_map(texts).map(str::to_owned).collect(),
    };
    Some(Property { name, kinds, parts, omits_year: false })
}

/// A text, or the texts of an array.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::social as s;

    const CARD: &str = r#"["vcard", [["version", {}, "text", "4.0"], ["n", {}, "text", ["Dupond", "Zoé", "", "", ["M.Sc.", "Dr."]]],
        ["adr", {"type": "work"}, "text", ["", "", ["2 rue X", "Bât. B"], "Lyon", "", "69006", "France"]],
        ["tel", {"type": ["work", "CELL"], "pref": "1"}, "uri", "tel:+33-6-12-34-56-78;ext=1"], ["bday", {}, "date", "1980-03-22"],
        ["categories", {}, "text", "a", "b"], ["photo", {}, "uri", "data:image/png;base64,AAAA"], 5, ["org"]]]"#;

    #[test]
    fn one_card_or_several() {
        for (text, rows) in [(CARD.to_owned(), 1), (format!("[{CARD}, {CARD}, 7, [\"vevent\", []]]"), 2)] {
            let (reads, batches) = read_all(text.as_bytes()).unwrap();
            assert_eq!((reads[0].about.id, reads[0].rows), ("jcard", rows));
            assert_eq!(reads[0].rejected_count, if rows == 1 { 0 } else { 2 });
            let batch = &batches[0];
            assert_eq!(
                (batch.text(s::NAME, 0), batch.text(s::PERSON, 0)),
                (Some("Zoé Dupond M.Sc. Dr."), Some("+33612345678"))
            );
            assert_eq!(batch.text(s::ADDRESS, 0), Some("2 rue X Bât. B, Lyon, 69006, France"));
            assert_eq!((batch.integer(s::BIRTHDAY, 0), batch.text(s::GROUPS, 0)), (Some(3_733), Some("a,b")));
        }
    }

    #[test]
    fn what_is_no_card_is_told() {
        for text in [r#"["vcard", 5]"#, r#"["vcard", []]"#, r#"[["vcard", {}]]"#] {
            let (reads, _) = read_all(text.as_bytes()).unwrap();
            assert_eq!((reads[0].rows, reads[0].rejected_count), (0, 1), "{text}");
        }
        assert!(read_all(br#"["vcard""#).is_err());
    }
}
