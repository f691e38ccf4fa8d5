//! Telephone numbers: one spelling per line, and the kind of line.
//!
//! Numbers are converted to E.164 (ITU-T); kinds follow the French numbering plan (ARCEP decision
//! 2018-0881). Existing libraries carry the plans of the whole world and their parsers. Only the home
//! country's plan matters here, and a foreign number is identified by its prefix.

use mesinfos_model::category::telecom::peer_kind;

/// A number in stored form: E.164 if it can be determined, else its digits; `None` if it is not a number.
pub(crate) fn normal(number: &str) -> Option<String> {
    let number = number.trim();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || number.contains(|c: char| c.is_alphabetic() || matches!(c, '*' | '#')) {
        return None;
    }
    Some(if number.starts_with('+') {
        format!("+{digits}")
    } else if let Some(rest) = digits.strip_prefix("00") {
        format!("+{rest}")
    } else if digits.len() == 10 && digits.starts_with('0') {
        format!("+33{}", &digits[1..])
    } else if digits.len() == 11 && digits.starts_with("33") {
        format!("+{digits}")
    } else {
        digits
    })
}

/// Code of `peer-kind` (see [`mesinfos_model::category::telecom`]) for a number in the form of
/// [`normal`].
pub(crate) fn kind(normal: &str) -> i64 {
    match normal.strip_prefix('+') {
        Some(international) => match international.strip_prefix("33") {
            Some(national) => match national.as_bytes().first() {
                _ if national.len() != 9 => peer_kind::UNKNOWN,
                Some(b'6' | b'7') => peer_kind::MOBILE,
                Some(b'1'..=b'5' | b'9') => peer_kind::LANDLINE,
                Some(b'8') => peer_kind::SHORT,
                _ => peer_kind::UNKNOWN,
            },
            None => peer_kind::INTERNATIONAL,
        },
        None if normal.len() <= 6 => peer_kind::SHORT,
        None => peer_kind::UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_one_spelling() {
        for spelling in
            ["06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678", "33612345678", "06.12.34.56.78"]
        {
            assert_eq!(normal(spelling).as_deref(), Some("+33612345678"), "{spelling}");
        }
        assert_eq!(normal("3949").as_deref(), Some("3949"));
        for none in ["", "-", "Orange Info", "#31#"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }

    #[test]
    fn kinds_follow_the_plan() {
        use mesinfos_model::category::telecom::peer_kind::{INTERNATIONAL, LANDLINE, MOBILE, SHORT, UNKNOWN};
        let of = |n: &str| kind(&normal(n).unwrap());
        assert_eq!([of("0612345678"), of("0123456789"), of("0800123456")], [MOBILE, LANDLINE, SHORT]);
        assert_eq!([of("3949"), of("+447700900123"), of("12345678")], [SHORT, INTERNATIONAL, UNKNOWN]);
    }
}
