//! Exact decimals from text: never through floating point.

/// A decimal number in text ("-52.00", "1,234.5", "+3") times 10^`digits`, exactly; none if it is
/// no number or has more digits than that.
pub(crate) fn scaled(text: &str, digits: u32) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.replace(',', "");
    let fraction = fraction.trim_end_matches('0');
    let digits_only = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !digits_only(&whole) || !digits_only(fraction) {
        return None;
    }
    let missing = (digits as usize).checked_sub(fraction.len())?;
    let value: i64 = format!("0{whole}{fraction}{}", "0".repeat(missing)).parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(scaled("-52.00", 2), Some(-5_200));
        assert_eq!(scaled("1,234.5", 2), Some(123_450));
        assert_eq!(scaled("-7.9", 2), Some(-790));
        assert_eq!(scaled(".5", 2), Some(50));
        assert_eq!(scaled("0.001", 2), None);
        for bad in ["", "-", "abc", "1.2.3", "--1", "1e5", "99999999999999999999"] {
            assert_eq!(scaled(bad, 2), None, "{bad}");
        }
    }
}
