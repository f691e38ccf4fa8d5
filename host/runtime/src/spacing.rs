//! Spaces at which a line must not break: before the marks of French, inside guillemets, between a number and its unit.
//!
//! Authors and translators write plain spaces, as no-break ones are invisible in a file. They are set where a text
//! enters: here for views, in `mesinfos_words` for the host's own messages.

use std::borrow::Cow;

/// No-break space.
const NBSP: char = '\u{A0}';

/// Units that stay with their number.
const UNITS: [&str; 21] = [
    "€", "%", "kWh", "kW", "W", "km/h", "km", "m²", "h", "min", "kVA", "Go", "GB", "MB", "L", "SMS", "kg",
    "CO₂", "g", "mg", "ml",
];

/// A text with no-break spaces before `: ; ? !` and inside guillemets, where it has plain ones. No other language
/// than French writes a space there.
pub fn marks(text: &str) -> Cow<'_, str> {
    if !text.contains([':', ';', '?', '!', '«', '»']) {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_bound = match chars.peek() {
            Some(':' | ';' | '?' | '!') => {
                // A mark at the start of a word is not punctuation: ":9000".
                let mut after = chars.clone();
                after.next();
                after.next().is_none_or(|after| after.is_whitespace() || after == '»' || after == NBSP)
            }
            Some('»') => true,
            _ => before == Some('«'),
        };
        spaced.push(if c == ' ' && is_bound { NBSP } else { c });
        before = Some(c);
    }
    Cow::Owned(spaced)
}

/// Also between a number and its unit, and between the groups of a number: "5 km", "95 %", "8 760".
pub fn bound(text: &str) -> String {
    let text = marks(text);
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_bound = c == ' '
            && before.is_some_and(|c: char| c.is_ascii_digit())
            && (is_unit(&text[at + 1..]) || is_group(&text[..at], &text[at + 1..]));
        spaced.push(if is_bound { NBSP } else { c });
        before = Some(c);
    }
    spaced
}

/// Whether a number goes on after a space: up to three digits before it, and exactly three after it.
fn is_group(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let last = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    last <= 3 && digits(after) == 3
}

/// Whether a text begins with a unit, as a whole word.
fn is_unit(text: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '’' || c == '\'');
    UNITS.iter().any(|unit| text.strip_prefix(unit).is_some_and(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_marks_stand_after_a_no_break_space() {
        assert_eq!(marks("Où : ici ? Non !"), "Où\u{A0}: ici\u{A0}? Non\u{A0}!");
        assert_eq!(marks("« un » ; « deux »"), "«\u{A0}un\u{A0}»\u{A0}; «\u{A0}deux\u{A0}»");
        assert_eq!(marks(" : "), "\u{A0}: ");
        assert_eq!(marks(" !"), "\u{A0}!");
        assert_eq!(marks("port :9000, 12:30"), "port :9000, 12:30");
        assert_eq!(marks("« "), "«\u{A0}");
        assert_eq!(marks(" »"), "\u{A0}»");
    }

    #[test]
    fn spaces_before_marks_and_units_do_not_break() {
        assert_eq!(
            bound("Prévu : 5 km, « ici » ; non ?"),
            "Prévu\u{A0}: 5\u{A0}km, «\u{A0}ici\u{A0}»\u{A0}; non\u{A0}?"
        );
        assert_eq!(bound("7 % de 1 kWh (1 kWh)"), "7\u{A0}% de 1\u{A0}kWh (1\u{A0}kWh)");
        assert_eq!(
            bound("8 760 heures, 1 g, 12 345 678"),
            "8\u{A0}760 heures, 1\u{A0}g, 12\u{A0}345\u{A0}678"
        );
        // Not a unit, not a mark, not a group, and English.
        for text in [
            "5 Lyon",
            "2023 120",
            "12 34",
            "12 3456",
            "1 grand",
            "12 l’hiver",
            "port :9000",
            "Expected: 5 trips",
            "1 mois",
        ] {
            assert_eq!(bound(text), text);
        }
    }
}
