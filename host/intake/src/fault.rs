//! What a library says about a damaged file, as one of our reasons: its own texts are for developers, in English.

use crate::reason::Reason;
use std::io::{self, ErrorKind};
use zip::result::ZipError;

/// A file that is not JSON, or that ends too early.
pub(crate) fn json(error: &serde_json::Error) -> Reason {
    let (line, column) = (error.line().to_string(), error.column().to_string());
    if error.is_eof() { Reason::json_cut(line) } else { Reason::not_json(line, column) }
}

/// JSON that does not have the form of a record. The library has the name or the value only in its text; a text of
/// another form gives a reason without it.
pub(crate) fn record(error: &serde_json::Error) -> Reason {
    if !error.is_data() {
        return json(error);
    }
    let said = error.to_string();
    if let Some(rest) = said.strip_prefix("missing field ") {
        return quoted(rest).map_or(Reason::OddShape, Reason::no_member);
    }
    if let Some(rest) = said.strip_prefix("duplicate field ") {
        return quoted(rest).map_or(Reason::OddShape, Reason::member_twice);
    }
    let found = ["invalid type: ", "invalid value: ", "unknown variant "]
        .iter()
        .find_map(|start| said.strip_prefix(start)?.split_once(", expected "));
    let value = match found.map(|(found, _)| found) {
        Some("null") => Some("null"),
        Some("map") => Some("{…}"),
        Some("sequence") => Some("[…]"),
        Some(found) => quoted(found),
        None => None,
    };
    value.map_or(Reason::OddShape, Reason::not_expected)
}

/// What stands between quotation marks or backticks.
fn quoted(text: &str) -> Option<&str> {
    let marks = |c| c == '"' || c == '`';
    let (start, end) = (text.find(marks)?, text.rfind(marks)?);
    text.get(start + 1..end)
}

/// An archive that cannot be opened, or one of its members.
pub(crate) fn archive(error: &ZipError) -> Reason {
    match error {
        ZipError::Io(error) => packed(error).unwrap_or(Reason::NotAnArchive),
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Reason::Locked
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Reason::PackingNotRead
        }
        _ => Reason::NotAnArchive,
    }
}

/// Packed bytes that are damaged or cut; `None` for an error of the system.
pub(crate) fn packed(error: &io::Error) -> Option<Reason> {
    if error.raw_os_error().is_some() {
        return None;
    }
    match error.kind() {
        ErrorKind::UnexpectedEof => Some(Reason::PackedCut),
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Some(Reason::PackedDamaged),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only what does not fit is looked at")]
    struct Reading {
        value: u32,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Raw,
    }

    fn of(text: &str) -> Reason {
        record(&serde_json::from_str::<Reading>(text).unwrap_err())
    }

    #[test]
    fn a_record_says_which_value_does_not_fit() {
        for (text, expected) in [
            (r#"{"kind":"raw"}"#, Reason::no_member("value")),
            (r#"{"value":1,"value":2}"#, Reason::member_twice("value")),
            (r#"{"value":"beaucoup"}"#, Reason::not_expected("beaucoup")),
            (r#"{"value":1.5}"#, Reason::not_expected("1.5")),
            (r#"{"value":-3}"#, Reason::not_expected("-3")),
            (r#"{"value":null}"#, Reason::not_expected("null")),
            (r#"{"value":[]}"#, Reason::not_expected("[…]")),
            (r#"{"value":{}}"#, Reason::not_expected("{…}")),
            (r#"{"value":1,"kind":"other"}"#, Reason::not_expected("other")),
            (r#"{"value":1"#, Reason::json_cut("1")),
            ("{\"value\":\n1,}", Reason::not_json("2", "3")),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn damage_is_told_from_errors_of_the_system() {
        let damaged = io::Error::new(ErrorKind::InvalidData, "Invalid checksum");
        assert_eq!(packed(&damaged), Some(Reason::PackedDamaged));
        assert_eq!(packed(&ErrorKind::UnexpectedEof.into()), Some(Reason::PackedCut));
        assert_eq!(packed(&io::Error::from_raw_os_error(5)), None);
        assert_eq!(packed(&io::Error::other("why")), None);
        let locked = ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED);
        assert_eq!(archive(&locked), Reason::Locked);
        assert_eq!(archive(&ZipError::CompressionMethodNotSupported(98)), Reason::PackingNotRead);
        assert_eq!(archive(&ZipError::Io(damaged)), Reason::PackedDamaged);
    }
}
