//! Digit grouping and spacing by language.

use mesinfos_model::view::Lang;

/// Narrow no-break space, between groups of three digits in French.
const NARROW: char = '\u{202F}';
/// No-break space, between a number and its unit.
pub(crate) const NBSP: char = '\u{A0}';
/// Typographic minus sign, as wide as a digit.
pub(crate) const MINUS: char = '\u{2212}';

/// A whole number held as a float.
pub(crate) fn whole(n: f64, lang: Lang) -> String {
    localised(&rounded(n, 0), lang)
}

/// A number in ASCII with `decimals` decimals; never "-0".
pub(crate) fn rounded(n: f64, decimals: usize) -> String {
    let digits = format!("{n:.decimals$}");
    let is_zero = digits.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_zero { digits.trim_start_matches('-').to_owned() } else { digits }
}

/// An ASCII decimal with the separators and minus sign of the language.
pub(crate) fn localised(digits: &str, lang: Lang) -> String {
    let (group, mark) = lang.of((NARROW, ','), (',', '.'));
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(digits.len() + 8);
    if negative {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(mark);
        out.push_str(decimals);
    }
    out
}
