//! Visible characters: one list for views, records and the terminal.
//!
//! Texts of apps, holders and file names are hostile. A control character controls a terminal, a direction
//! mark moves the characters around it, and an invisible character carries hidden data. The list follows
//! Unicode's `Default_Ignorable_Code_Point`, `Bidi_Control` and `Cc`, with the blank characters that look
//! like a space.

/// Whether a character is invisible: a control, a direction mark, a character without width, or a blank
/// that is not a space.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Soft hyphen, joiners, fillers: no width.
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{3164}' | '\u{FFA0}'
            // Direction marks, and the joiners next to them.
            | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            // Blank.
            | '\u{2800}'
            // Variation selectors, byte order marks, annotations.
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            // Controls for hieroglyphs, shorthand and music.
            | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            // Tags and variation selectors.
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is a space of unusual width, which becomes a plain space. The no-break spaces of
/// French (U+00A0, U+202F) are not.
pub fn is_odd_space(c: char) -> bool {
    matches!(c, '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}')
}

/// The visible characters of a text. Line ends, tabs and odd spaces become spaces, and hidden characters
/// are removed.
pub fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            c if is_odd_space(c) => ' ',
            c => c,
        })
        .filter(|&c| !is_hidden(c))
}

/// A text as one line of visible characters.
pub fn clean(text: &str) -> String {
    visible(text).collect()
}

/// JSON text with hidden characters written as escapes (`\u202e`): the same value, but nothing in it acts
/// on a terminal. Outside strings, JSON contains no such characters except line ends and tabs, which stay.
pub fn marked(json: &str) -> String {
    let mut marked = String::with_capacity(json.len());
    for c in json.chars() {
        if matches!(c, '\n' | '\t') || !(is_hidden(c) || is_odd_space(c)) {
            marked.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                marked.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_or_hides_is_left_out() {
        let bad = "a\u{1b}[31mb\u{1b}]8;;x\u{7}\u{9b}2J\u{202E}c\u{200B}\r\nd\u{2066}\u{7f}";
        assert_eq!(clean(bad), "a[31mb]8;;x2Jc  d");
        for hidden in [
            '\u{034F}',
            '\u{115F}',
            '\u{1160}',
            '\u{180B}',
            '\u{180D}',
            '\u{180F}',
            '\u{2800}',
            '\u{3164}',
            '\u{FE00}',
            '\u{FE0F}',
            '\u{FFA0}',
            '\u{13430}',
            '\u{1343F}',
            '\u{1D173}',
            '\u{1D17A}',
            '\u{E0100}',
            '\u{E01EF}',
        ] {
            assert!(is_hidden(hidden), "{hidden:?}");
        }
    }

    #[test]
    fn a_space_has_one_width_and_french_keeps_its_own() {
        assert_eq!(clean("a\u{2003}b\u{3000}c\u{1680}d"), "a b c d");
        assert_eq!(clean("1\u{202F}234,50\u{A0}€ où ça"), "1\u{202F}234,50\u{A0}€ où ça");
    }

    #[test]
    fn marked_json_has_the_same_value() {
        let text = "é\u{1b}\u{7f}\u{9b}\u{202E}\u{E0041}\n\t\"\\\u{2003}";
        let json = String::from("\"é\\u001b\u{7f}\u{9b}\u{202E}\u{E0041}\\n\\t\\\"\\\\\u{2003}\"");
        let marked = marked(&json);
        assert!(!marked.chars().any(is_hidden), "{marked}");
        assert_eq!(marked, "\"é\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41\\n\\t\\\"\\\\\\u2003\"");
        assert!(text.chars().any(is_hidden));
    }
}
