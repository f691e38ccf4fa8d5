//! Exact numbers from text, never through floating point.

use crate::reason::Reason;
use mesinfos_model::money::exponent;

/// Decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `1,234.50`: commas, apostrophes or spaces may group digits.
    Point,
    /// `1.234,50` or `1 234,50`: points, apostrophes or spaces may group digits.
    Comma,
}

/// Characters that stand for a minus: the sign of mathematics, and dashes that spreadsheets make of one.
const MINUS: [char; 4] = ['\u{2212}', '\u{2013}', '\u{2010}', '\u{2011}'];

/// A decimal number in text ("-52.00", "1,234.5", "+3", "(5)") times 10^`digits`, exactly; `None` if it
/// is not a number or has more digits.
pub(crate) fn scaled(text: &str, digits: u32) -> Option<i64> {
    scaled_with(text, digits, Mark::Point)
}

/// Like [`scaled`], with either mark.
pub(crate) fn scaled_with(text: &str, digits: u32, mark: Mark) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        b'(' => (true, text[1..].strip_suffix(')')?),
        _ => match text.strip_prefix(MINUS) {
            Some(rest) => (true, rest),
            // Some banks write the sign at the end.
            None => text
                .strip_suffix('-')
                .or_else(|| text.strip_suffix(MINUS))
                .map_or((false, text), |rest| (true, rest)),
        },
    };
    let (decimal, group) = match mark {
        Mark::Point => ('.', ','),
        Mark::Comma => (',', '.'),
    };
    let mut value: i64 = 0;
    let mut fraction: Option<u32> = None;
    let mut any = false;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => {
                let digit = i64::from(u32::from(c) - u32::from('0'));
                any = true;
                match &mut fraction {
                    Some(seen) if *seen >= digits => {
                        // Further zeros do not change the value.
                        if digit != 0 {
                            return None;
                        }
                        continue;
                    }
                    Some(seen) => *seen += 1,
                    None => {}
                }
                value = value.checked_mul(10)?.checked_add(digit)?;
            }
            c if c == decimal && fraction.is_none() => fraction = Some(0),
            c if c == group && fraction.is_none() && any => {}
            ' ' | '\u{A0}' | '\u{202F}' | '\'' | '\u{2019}' if fraction.is_none() && any => {}
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    let missing = digits - fraction.unwrap_or(0);
    let value = value.checked_mul(10_i64.checked_pow(missing)?)?;
    Some(if negative { -value } else { value })
}

/// An amount in minor units of a currency, from text with or without the currency's sign ("£5.00",
/// "-12,50 €", "EUR 3.10"); or the problem.
pub(crate) fn amount(text: &str, currency: &str, mark: Mark) -> Result<i64, Reason> {
    let bare: String =
        text.chars().filter(|c| !c.is_alphabetic() && !matches!(c, '£' | '€' | '$' | '¥' | '"')).collect();
    scaled_with(&bare, u32::from(exponent(currency)), mark)
        .ok_or_else(|| Reason::not_an_amount_of(text, currency))
}

/// Decimal mark of a number, where its text tells. Of two different marks, the last separates the fraction. A single
/// mark does too, unless three digits follow it: then it may group thousands.
pub(crate) fn told_mark(text: &str) -> Option<Mark> {
    let bytes = text.trim_end_matches(|c: char| !c.is_ascii_digit()).as_bytes();
    let point = bytes.iter().rposition(|&b| b == b'.');
    let comma = bytes.iter().rposition(|&b| b == b',');
    let is_fraction = |at: usize| bytes.len() - at != 4 && bytes[..at].iter().all(|&b| b != bytes[at]);
    match (point, comma) {
        (Some(point), Some(comma)) if point > comma => Some(Mark::Point),
        (Some(_), Some(_)) => Some(Mark::Comma),
        (Some(point), None) if is_fraction(point) => Some(Mark::Point),
        (None, Some(comma)) if is_fraction(comma) => Some(Mark::Comma),
        _ => None,
    }
}

/// Decimal mark of a number; `usual` where its text does not tell.
pub(crate) fn mark_of(text: &str, usual: Mark) -> Mark {
    told_mark(text).unwrap_or(usual)
}

/// `value * numerator / denominator`, rounded half away from zero; `None` on overflow.
pub(crate) fn times(value: i64, numerator: i64, denominator: i64) -> Option<i64> {
    let product = i128::from(value) * i128::from(numerator);
    let (half, denominator) = (i128::from(denominator) / 2, i128::from(denominator));
    let rounded = if product < 0 { (product - half) / denominator } else { (product + half) / denominator };
    i64::try_from(rounded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(scaled("-52.00", 2), Some(-5_200));
        assert_eq!(scaled("1,234.5", 2), Some(123_450));
        assert_eq!(scaled("-7.9", 2), Some(-790));
        assert_eq!(scaled(".5", 2), Some(50));
        assert_eq!(scaled("(12.30)", 2), Some(-1_230));
        assert_eq!(scaled("12.30-", 2), Some(-1_230));
        assert_eq!(scaled("5.00000", 2), Some(500));
        assert_eq!(scaled("0.001", 2), None);
        assert_eq!(scaled_with("1 234,56", 2, Mark::Comma), Some(123_456));
        assert_eq!(scaled_with("1.234,5", 2, Mark::Comma), Some(123_450));
        assert_eq!(scaled_with("\u{2212}3\u{202F}000", 0, Mark::Comma), Some(-3_000));
        for bad in ["", "-", "abc", "1.2.3", "--1", "1e5", "99999999999999999999", ".", "1.,5", "(5"] {
            assert_eq!(scaled(bad, 2), None, "{bad}");
        }
    }

    #[test]
    fn amounts_know_their_currency() {
        assert_eq!(amount("-£52.00", "GBP", Mark::Point), Ok(-5_200));
        assert_eq!(amount("12,50 €", "EUR", Mark::Comma), Ok(1_250));
        assert_eq!(amount("900", "JPY", Mark::Point), Ok(900));
        assert!(amount("0,001 €", "EUR", Mark::Comma).is_err());
    }

    #[test]
    fn factors_round_half_away_from_zero() {
        assert_eq!(times(3, 1, 2), Some(2));
        assert_eq!(times(-3, 1, 2), Some(-2));
        assert_eq!(times(i64::MAX, 10, 1), None);
    }
}
