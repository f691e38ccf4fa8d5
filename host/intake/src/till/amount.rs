//! Amounts and quantities as till receipts and people write them.

use super::{LARGEST_TILL_AMOUNT, LARGEST_TILL_QUANTITY};

/// An amount in cents: `12,34`, `-1.50`, `1 234,50 €`, `3`. `None` if it is none, or over the limit.
pub fn amount(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = ["€", "EUR", "eur"].iter().fold(text, |text, sign| text.trim_end_matches(sign)).trim_end();
    let text = text.strip_prefix('€').unwrap_or(text).trim();
    let (text, is_negative) = match (text.strip_prefix(['-', '\u{2212}']), text.strip_suffix('-')) {
        (Some(rest), None) => (rest.trim_start(), true),
        (None, Some(rest)) => (rest.trim_end(), true),
        (None, None) => (text.strip_prefix('+').unwrap_or(text), false),
        (Some(_), Some(_)) => return None,
    };
    let cents = decimal(text, 2)?;
    (cents <= LARGEST_TILL_AMOUNT).then_some(if is_negative { -cents } else { cents })
}

/// A positive quantity in thousandths: `2`, `0,532`. `None` if it is none, or over the limit.
pub fn quantity(text: &str) -> Option<i64> {
    let thousandths = decimal(text.trim(), 3)?;
    (1..=LARGEST_TILL_QUANTITY).contains(&thousandths).then_some(thousandths)
}

/// A number of at most so many decimals, in units of the last of them. Groups of thousands may be apart.
fn decimal(text: &str, decimals: usize) -> Option<i64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    let is_number = !digits.is_empty() && digits.len() <= 12 && is_digits(&digits) && is_digits(part);
    if !is_number || part.len() > decimals || (part.is_empty() && text.contains([',', '.'])) {
        return None;
    }
    let padded = format!("{digits}{part:0<decimals$}");
    padded.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, cents) in [
            ("12,34", 1_234),
            (" 12.3 € ", 1_230),
            ("3", 300),
            ("-0,50", -50),
            ("0,50-", -50),
            ("\u{2212}1 EUR", -100),
            ("1 234,50", 123_450),
            ("1\u{202f}234,50\u{a0}€", 123_450),
            ("+2,00", 200),
            ("€4.20", 420),
            ("100000,00", LARGEST_TILL_AMOUNT),
        ] {
            assert_eq!(amount(text), Some(cents), "{text}");
        }
        for text in [
            "",
            "€",
            "-",
            "1,",
            ",5",
            "1,234",
            "1,2,3",
            "12 34,5",
            "1e5",
            "--1",
            "-1-",
            "100000,01",
            "٣",
            "1O,00",
            "99999999999999999999",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn quantities_are_positive() {
        assert_eq!(
            (quantity("2"), quantity("0,532"), quantity("1.5")),
            (Some(2_000), Some(532), Some(1_500))
        );
        for text in ["0", "-1", "0,0001", "x", "", "10001"] {
            assert_eq!(quantity(text), None, "{text}");
        }
    }
}
